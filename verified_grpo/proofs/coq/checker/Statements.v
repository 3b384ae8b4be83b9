(** * What a certificate says

    This file is what a reader must believe: the contrasts, one step of the recursion, and the meaning [means] of a
    statement, for each kind of claim.  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List Sorted.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions MeanStd SmallSteps.
From VerifiedGRPO.Checker Require Import Enclosures.
Import ListNotations.
Open Scope R_scope.

(** ** Contrasts *)
(** The mean of f over the number of successes among n answers, each right with probability p. *)
Fixpoint expected (p : R) (n : nat) (f : nat -> R) : R :=
  match n with O => f O | S m => (1 - p) * expected p m f + p * expected p m (fun k => f (S k)) end.
(** In a group of G answers of which j are right: the standard deviation of their rewards (divisor G or G-1), the
    advantage of an answer with reward r, and how much more a right answer gets than a wrong one beside k right ones. *)
Definition spread (G : nat) (ddof : bool) (j : nat) : R :=
  sqrt (INR j * (INR G - INR j) / (INR G * (INR G - if ddof then 1 else 0))).
Definition advantage (G : nat) (ddof : bool) (eps r : R) (j : nat) : R :=
  if ((j =? 0) || (j =? G))%nat%bool then 0 else (r - INR j / INR G) / (spread G ddof j + eps).
Definition height (G : nat) (ddof : bool) (eps : R) (k : nat) : R := advantage G ddof eps 1 (S k) - advantage G ddof eps 0 k.

(** A group has 2 + others answers. *)
Inductive contrast := MeanVar | MeanStd | Mean | Group (others : nat) (ddof : bool).
Definition contrast_of (c : contrast) (eps L : R) : R :=
  match c with
  | MeanVar => Omega eps L
  | MeanStd => Omega_std eps L
  | Mean => 1
  | Group others ddof => expected (sigma L) (S others) (height (S (S others)) ddof eps)
  end.
(** Their derivatives (Contrasts.v). *)
Definition slope_of (c : contrast) (eps L : R) : R :=
  match c with
  | MeanVar => slope eps L
  | MeanStd => slope_std eps L
  | Mean => 0
  | Group others ddof => let f := height (S (S others)) ddof eps in
    INR (S others) * v L * expected (sigma L) others (fun k => f (S k) - f k)
  end.

(** One step, its multiplier, and the drive of small steps, whose zeros are the fixed points. *)
Definition step_of c (alpha Lref beta eps L : R) : R := (1 - alpha) * L + alpha * Lref + contrast_of c eps L / beta.
Definition multiplier_of c (alpha beta eps L : R) : R := 1 - alpha + slope_of c eps L / beta.
Definition drive_of c (w Lref eps L : R) : R := contrast_of c eps L - w * (L - Lref).

(** ** Statements: a box of parameters, and what is claimed of it *)
Definition range := (Q * Q)%type.
Definition within (r : range) (x : R) : Prop := Q2R (fst r) <= x <= Q2R (snd r).
Record box := Box { b_contrast : contrast; b_alpha : range; b_beta : range; b_eps : range; b_pref : range }.
Definition in_box (b : box) (alpha beta eps pref : R) : Prop :=
  within (b_alpha b) alpha /\ within (b_beta b) beta /\ within (b_eps b) eps /\ within (b_pref b) pref.

(** A point on the line with its probability and the other one. *)
Inductive stability := Attracting | Repelling | Undecided.
Record point := Point { lo : Q; hi : Q; p_lo : num; p_hi : num; q_lo : num; q_hi : num; m_lo : num; m_hi : num;
  kind : stability }.
Record bracket := Bracket { from : Q; to : Q; p_from : num; p_to : num; q_from : num; q_to : num }.
Inductive claim :=
  | FixedPoints (points : list point)
  | Rises (limit : bracket) (step_from step_to : Q) | RisesBeyond (beyond step : Q) | RisesToOne (gain : Q)
  | Amplified (margin : Q) | AmplifiedTo (target : Q) | Contracting | ContractingAt (rate : Q) | Unique
  | Convergent | WithoutCycles | Reached (reach : Q) (least most : nat) | NeverReached (reach : Q)
  | NotAmplified (margin : Q) | NotAmplifiedTo (target : Q) | NotContracting | NotUnique.
Record statement := Statement { s_box : box; s_claim : claim }.

(** ** Fixed points *)
Definition means_point (c : contrast) (alpha beta eps : R) (p : point) (x : R) : Prop :=
  (Q2R (lo p) < x < Q2R (hi p) /\
   R_of_num (p_lo p) <= sigma x <= R_of_num (p_hi p) /\
   R_of_num (q_lo p) <= sigma (- x) <= R_of_num (q_hi p) /\
   R_of_num (m_lo p) <= multiplier_of c alpha beta eps x <= R_of_num (m_hi p)) /\
  match kind p with
  | Attracting => -1 < multiplier_of c alpha beta eps x < 1
  | Repelling => multiplier_of c alpha beta eps x < -1 \/ 1 < multiplier_of c alpha beta eps x
  | Undecided => True
  end.
(** Exactly these. *)
Definition means_fixed_points c alpha Lref beta eps ps : Prop :=
  exists xs : list R, Forall2 (means_point c alpha beta eps) ps xs /\ Sorted Rlt xs /\
    forall L, step_of c alpha Lref beta eps L = L <-> In L xs.

(** ** Small steps, L_(n+1) = L_n + eta_n F(L_n): [climbs]; their sum [diverges] *)
Definition in_bracket_of (b : bracket) (x : R) : Prop :=
  Q2R (from b) <= x <= Q2R (to b) /\ R_of_num (p_from b) <= sigma x <= R_of_num (p_to b) /\
  R_of_num (q_from b) <= sigma (- x) <= R_of_num (q_to b).
Definition small (step : R) (eta : nat -> R) : Prop := forall n, 0 <= eta n <= step.
Definition rises_to (F : R -> R) (a step l : R) : Prop := forall eta L, small step eta -> L 0%nat = a -> climbs F eta L ->
  (forall n, L n <= L (S n) <= l) /\ (diverges eta -> is_lim_seq L l).
Definition rises_past (F : R -> R) (a step : R) : Prop := forall eta L, small step eta -> L 0%nat = a -> climbs F eta L ->
  (forall n, L n <= L (S n)) /\ (forall z, F z = 0 -> forall n, L n <= z) /\
  (diverges eta -> (exists l, F l = 0 /\ is_lim_seq L l) \/ ((forall z, F z <> 0) /\ is_lim_seq L p_infty)).
(** s is how steeply the contrast falls at most between a and l. *)
Definition steepest_fall_of c (eps a l s : R) : Prop :=
  is_lub (fun y => exists t, a <= t <= l /\ y = Rmax 0 (- slope_of c eps t)) s.
Definition means_rises c alpha Lref beta eps limit x y : Prop :=
  let w := alpha * beta in let F := drive_of c w Lref eps in
  exists l, (step_of c alpha Lref beta eps l = l /\ forall z, step_of c alpha Lref beta eps z = z -> l <= z) /\
    in_bracket_of limit l /\ rises_to F Lref (Q2R x) l /\
    forall s, steepest_fall_of c eps Lref l s -> Q2R x <= / (w + s) <= Q2R y.
Definition means_rises_to_one c alpha Lref beta eps gain : Prop :=
  forall eta L, (forall n, 0 <= eta n) -> L 0%nat = Lref -> climbs (drive_of c (alpha * beta) Lref eps) eta L ->
  (forall n, L n + Q2R gain * eta n <= L (S n)) /\ (diverges eta -> is_lim_seq (fun n => sigma (L n)) 1).

(** ** What is claimed of one set of parameters, L_ref being logit p_ref *)
Definition claimed (c : contrast) (k : claim) (alpha Lref beta eps : R) : Prop :=
  let T := step_of c alpha Lref beta eps in
  let m := multiplier_of c alpha beta eps in
  match k with
  | FixedPoints ps => means_fixed_points c alpha Lref beta eps ps
  | Rises limit x y => means_rises c alpha Lref beta eps limit x y
  | RisesBeyond beyond x => let F := drive_of c (alpha * beta) Lref eps in
    (forall z, F z = 0 -> Q2R beyond <= z) /\ rises_past F Lref (Q2R x)
  | RisesToOne gain => means_rises_to_one c alpha Lref beta eps gain
  | Amplified margin => forall L, T L = L -> Q2R margin <= L - Lref
  | AmplifiedTo target => forall L, T L = L -> Q2R target <= sigma L
  | Contracting => forall L, T L = L -> Rabs (m L) < 1
  | ContractingAt rate => forall L, T L = L -> Rabs (m L) <= Q2R rate
  | Unique => exists l, forall L, T L = L <-> L = l
  | Convergent => exists l, T l = l /\ is_lim_seq (fun n => iterate T n Lref) l
  | WithoutCycles => forall n L, (0 < n)%nat -> iterate T n L = L -> T L = L
  | Reached reach least most => exists n, (least <= n <= most)%nat /\ Q2R reach <= sigma (iterate T n Lref) /\
      forall i, (i < n)%nat -> sigma (iterate T i Lref) < Q2R reach
  | NeverReached reach => forall n, sigma (iterate T n Lref) < Q2R reach
  | NotAmplified margin => exists L, T L = L /\ L - Lref < Q2R margin
  | NotAmplifiedTo target => exists L, T L = L /\ sigma L < Q2R target
  | NotContracting => exists L, T L = L /\ 1 <= Rabs (m L)
  | NotUnique => exists K L, K <> L /\ T K = K /\ T L = L
  end.
(** Steps without a pull have a meaning; fixed points do not. *)
Definition least_beta (k : claim) (beta : R) : Prop :=
  match k with Rises _ _ _ | RisesBeyond _ _ | RisesToOne _ => 0 <= beta | _ => 0 < beta end.
Definition of_some (k : claim) : bool :=
  match k with NotAmplified _ | NotAmplifiedTo _ | NotContracting | NotUnique => true | _ => false end.

(** The box is not empty; the claim holds for all of its parameters, or for some where it refutes. *)
Definition means (s : statement) : Prop :=
  (exists alpha beta eps pref, in_box (s_box s) alpha beta eps pref) /\
  (forall alpha beta eps pref, in_box (s_box s) alpha beta eps pref ->
    0 <= alpha <= 1 /\ least_beta (s_claim s) beta /\ 0 < eps /\ 0 < pref < 1) /\
  let holds alpha beta eps pref := claimed (b_contrast (s_box s)) (s_claim s) alpha (logit pref) beta eps in
  if of_some (s_claim s)
  then exists alpha beta eps pref, in_box (s_box s) alpha beta eps pref /\ holds alpha beta eps pref
  else forall alpha beta eps pref, in_box (s_box s) alpha beta eps pref -> holds alpha beta eps pref.

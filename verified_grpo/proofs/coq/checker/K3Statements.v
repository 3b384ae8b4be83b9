(** * What a certificate says of the penalty k3, KL(pi_ref || pi)

    One step maximises E_pi[A] - beta KL(pi_ref || pi), A the advantage at the policy before.  This file is what a reader
    must believe of it; nothing is proved here.  The box has no alpha: there is no second KL term. *)

From Coq Require Import Reals ZArith QArith Qreals List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions SmallSteps SmallStepsK3.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Open Scope R_scope.

(** The pull towards the reference, (p - p_ref)/(p (1-p)), and one step: from L to L'. *)
Definition pull_of (pref L : R) : R := (sigma L - pref) / (sigma L * (1 - sigma L)).
Definition moves (c : contrast) (beta eps pref L L' : R) : Prop := pull_of pref L' = contrast_of c eps L / beta.
(** The derivative of the step at a fixed point (K3Proved.v). *)
Definition multiplier_k3 (c : contrast) (beta eps pref L : R) : R := slope_of c eps L / (beta * pull_k3_slope pref L).
(** The drive of small steps. *)
Definition drive_of_k3 (c : contrast) (beta eps pref L : R) : R := contrast_of c eps L - beta * pull_of pref L.

Record box_k3 := BoxK3 { k3_contrast : contrast; k3_beta : range; k3_eps : range; k3_pref : range }.
Definition in_box_k3 (b : box_k3) (beta eps pref : R) : Prop :=
  within (k3_beta b) beta /\ within (k3_eps b) eps /\ within (k3_pref b) pref.

Inductive claim_k3 :=
  | OneFixedPoint (p : point) | AtLeast (margin : Q) | RisesK3 (limit : bracket) (step_from step_to : Q)
  | ConvergentK3 | NotAttracting.
Record statement_k3 := StatementK3 { k3_box : box_k3; k3_claim : claim_k3 }.

(** x is the only fixed point of the step. *)
Definition only_fixed (c : contrast) (beta eps pref x : R) : Prop := forall L, moves c beta eps pref L L <-> L = x.
Definition means_point_k3 (c : contrast) (beta eps pref : R) (p : point) (x : R) : Prop :=
  let m := multiplier_k3 c beta eps pref x in
  (Q2R (lo p) < x < Q2R (hi p) /\
   R_of_num (p_lo p) <= sigma x <= R_of_num (p_hi p) /\
   R_of_num (q_lo p) <= sigma (- x) <= R_of_num (q_hi p) /\
   R_of_num (m_lo p) <= m <= R_of_num (m_hi p)) /\
  match kind p with Attracting => -1 < m < 1 | Repelling => m < -1 \/ 1 < m | Undecided => True end.
(** Small steps along the drive rise to its only zero. *)
Definition means_rises_k3 (c : contrast) (beta eps pref : R) (limit : bracket) (x y : Q) : Prop :=
  let F := drive_of_k3 c beta eps pref in
  exists l, (forall L, F L = 0 <-> L = l) /\ in_bracket_of limit l /\ rises_to F (logit pref) (Q2R x) l /\
    forall s, steepest_fall_of c eps (logit pref) l s -> Q2R x <= / (s + beta * Rmax 1 (pull_k3_slope pref l)) <= Q2R y.
(** There is one step from everywhere; those from the reference tend to x. *)
Definition tends_to (c : contrast) (beta eps pref x : R) : Prop :=
  (forall L, exists L', forall K, moves c beta eps pref L K <-> K = L') /\
  forall L : nat -> R, L 0%nat = logit pref -> (forall n, moves c beta eps pref (L n) (L (S n))) -> is_lim_seq L x.

Definition claimed_k3 (c : contrast) (k : claim_k3) (beta eps pref : R) : Prop :=
  match k with
  | OneFixedPoint p => exists x, only_fixed c beta eps pref x /\ means_point_k3 c beta eps pref p x
  | AtLeast margin => exists x, only_fixed c beta eps pref x /\ Q2R margin <= x - logit pref
  | RisesK3 limit x y => means_rises_k3 c beta eps pref limit x y
  | ConvergentK3 => exists x, only_fixed c beta eps pref x /\ Rabs (multiplier_k3 c beta eps pref x) < 1 /\ tends_to c beta eps pref x
  | NotAttracting => exists x, only_fixed c beta eps pref x /\ 1 < Rabs (multiplier_k3 c beta eps pref x)
  end.

(** The box is not empty; the claim holds for all of its parameters, or for some where it refutes. *)
Definition means_k3 (s : statement_k3) : Prop :=
  let b := k3_box s in
  (exists beta eps pref, in_box_k3 b beta eps pref) /\
  (forall beta eps pref, in_box_k3 b beta eps pref -> 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\
  match k3_claim s with
  | NotAttracting => exists beta eps pref, in_box_k3 b beta eps pref /\ claimed_k3 (k3_contrast b) NotAttracting beta eps pref
  | k => forall beta eps pref, in_box_k3 b beta eps pref -> claimed_k3 (k3_contrast b) k beta eps pref
  end.

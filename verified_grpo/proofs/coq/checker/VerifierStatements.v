(** * What a certificate of a verifier that errs says

    A right answer passes with probability t, a wrong one with probability f.  This file is what a reader must believe,
    beside [Statements] and the definitions of [Verifiers] that it names.  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Verifiers.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Open Scope R_scope.

(** ** Errors drawn anew at each look *)
Inductive effect := Amplifies | Harms | StandsStill.
Record erring := Erring { v_box : box; v_true : range; v_false : range; v_effect : effect;
  v_apart : option Q; v_margin : option Q; v_threshold : option Q }.

(** One step: the contrast is that of the rate m = [observed] at which answers pass. *)
Definition erring_step c (t f alpha Lref beta eps : R) : R -> R :=
  erring_update (fun m => contrast_of c eps (logit m)) t f Lref alpha beta.
(** What holds of a number that is stated, if it is. *)
Definition where_stated (x : option Q) (P : R -> Prop) : Prop := match x with Some q => P (Q2R q) | None => True end.
Definition lead (e : effect) (t f : R) : R := match e with Amplifies => t - f | Harms => f - t | StandsStill => 0 end.
Definition in_rates (s : erring) (t f : R) : Prop :=
  within (v_true s) t /\ within (v_false s) f /\ where_stated (v_apart s) (fun d => d <= lead (v_effect s) t f).

(** From L_ref, each time a share of the way to T. *)
Definition goes (T : R -> R) (Lref : R) (L : nat -> R) : Prop := L 0%nat = Lref /\
  exists a : nat -> R, (forall n, 0 < a n <= 1) /\ forall n, L (S n) = (1 - a n) * L n + a n * T (L n).
Definition means_effect (e : effect) (T : R -> R) (alpha Lref : R) : Prop :=
  match e with
  | Amplifies => (forall L, goes T Lref L -> forall n, Lref < L (S n)) /\ forall x, T x = x -> Lref < x
  | Harms => (forall L, goes T Lref L -> forall n, L (S n) < Lref) /\ forall x, T x = x -> x < Lref
  | StandsStill => (forall L, goes T Lref L -> forall n, L n = Lref) /\ (0 < alpha -> forall x, T x = x <-> x = Lref)
  end.
Definition means_margin (T : R -> R) (Lref margin : R) : Prop := forall x, T x = x -> margin <= Rabs (x - Lref).
(** |T'| < 1 everywhere, uniformly. *)
Definition means_threshold (T : R -> R) (alpha beta threshold : R) : Prop := threshold < alpha * beta ->
  exists k, k < 1 /\ forall x, exists slope, is_derive T x slope /\ Rabs slope <= k.

(** There are such parameters and rates, and for all of them that is what happens. *)
Definition means_erring (s : erring) : Prop :=
  (exists alpha beta eps pref t f, in_box (v_box s) alpha beta eps pref /\ in_rates s t f) /\
  forall alpha beta eps pref t f, in_box (v_box s) alpha beta eps pref -> in_rates s t f ->
    (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1 /\ 0 <= t <= 1 /\ 0 <= f <= 1) /\
    let T := erring_step (b_contrast (v_box s)) t f alpha (logit pref) beta eps in
    means_effect (v_effect s) T alpha (logit pref) /\ where_stated (v_margin s) (means_margin T (logit pref)) /\
    where_stated (v_threshold s) (means_threshold T alpha beta).

(** ** Errors that belong to the answer

    t and f are the shares of the reference's right and wrong answers that pass, p is its rate of right answers; a policy
    weighs what passes by exp theta, and then [right] is its rate of right answers and [passing] that of answers that pass. *)
Inductive side := Below (bound : Q) | Above (bound : Q) | AtReference.
Record ceiling := Ceiling { u_pref : range; u_true : range; u_false : range; u_side : side; u_rates : list (range * range) }.
Definition means_side (k : side) (p now : R) : Prop :=
  match k with Below bound => now < Q2R bound | Above bound => Q2R bound < now | AtReference => now = p end.
Definition in_shares (s : ceiling) (p t f : R) : Prop := within (u_pref s) p /\ within (u_true s) t /\ within (u_false s) f.
Definition means_ceiling (s : ceiling) : Prop :=
  (exists p t f, in_shares s p t f) /\
  forall p t f, in_shares s p t f -> (0 < p < 1 /\ 0 <= t <= 1 /\ 0 <= f <= 1) /\ forall theta,
    let now := right t f p (exp theta) in let passed := passing t f p (exp theta) in
    means_side (u_side s) p now /\ List.Forall (fun k : range * range => within (fst k) passed -> within (snd k) now) (u_rates s).

Inductive verifier_statement := OfLooks (s : erring) | OfAnswers (s : ceiling).
Definition means_verifier (s : verifier_statement) : Prop :=
  match s with OfLooks s => means_erring s | OfAnswers s => means_ceiling s end.

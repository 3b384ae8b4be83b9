(** * Small steps with the KL term k3

    Suite, N10: with the estimator k3 in the loss the pull is R(L) = (1-p_ref) (1+e^L) - p_ref (1+e^-L) = (p-p_ref)/(p
    (1-p)) instead of L - L_ref. Small steps rise to the least zero of the drive Omega - beta R, for any steps up to
    1/(b + beta max(1, (1-p_ref) e^L* + p_ref e^-L* )), b a bound on how steeply Omega falls below 1/2; that zero
    exists. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Cells SmallSteps SmallStepsMeanVar.
Open Scope R_scope.

Definition pull_k3 (p_ref L : R) : R := (1 - p_ref) * (1 + exp L) - p_ref * (1 + exp (- L)).
Definition pull_k3_slope (p_ref L : R) : R := (1 - p_ref) * exp L + p_ref * exp (- L).
Definition drive_k3 (beta p_ref eps L : R) : R := Omega eps L - beta * pull_k3 p_ref L.

Lemma pull_k3_in_p p_ref L : pull_k3 p_ref L = (sigma L - p_ref) / (sigma L * (1 - sigma L)).
Proof.
  unfold pull_k3, sigma. pose proof (exp_pos (- L)) as P.
  replace (exp L) with (/ exp (- L)) by (rewrite <- exp_Ropp; f_equal; ring). field. lra.
Qed.

Section K3.
Variables beta p_ref eps : R.
Hypothesis B : 0 < beta.
Hypothesis P : 0 < p_ref < 1.
Hypothesis E : 0 < eps.
Let Lref := logit p_ref.

Lemma exp_reference : exp Lref = p_ref / (1 - p_ref) /\ exp (- Lref) = (1 - p_ref) / p_ref.
Proof.
  assert (H : exp Lref = p_ref / (1 - p_ref)) by (apply exp_ln, Rdiv_lt_0_compat; lra).
  split; [exact H|]. rewrite exp_Ropp, H. field. lra.
Qed.

Lemma drive_k3_derivative L : is_derive (drive_k3 beta p_ref eps) L (slope eps L - beta * pull_k3_slope p_ref L).
Proof.
  pose proof (Omega_derivative eps L E) as D. unfold drive_k3, pull_k3, pull_k3_slope. auto_derive.
  - exists (slope eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => Omega eps x) _ _ D). ring.
Qed.

Lemma drive_k3_continuous L : continuous (drive_k3 beta p_ref eps) L.
Proof. exact (continuous_of_derivative _ _ drive_k3_derivative L). Qed.

Lemma drive_k3_at_reference : 0 < drive_k3 beta p_ref eps Lref.
Proof.
  unfold drive_k3, pull_k3. destruct exp_reference as [-> ->]. pose proof (Omega_positive eps Lref E).
  replace ((1 - p_ref) * (1 + p_ref / (1 - p_ref)) - p_ref * (1 + (1 - p_ref) / p_ref)) with 0 by (field; lra). lra.
Qed.

Theorem n10_least_zero : exists l, least_zero (drive_k3 beta p_ref eps) Lref l.
Proof.
  pose proof (sqrt_lt_R0 eps E) as S. set (g := / sqrt eps / beta).
  assert (G : 0 < g) by (unfold g; apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat|]; lra).
  set (c := ln ((p_ref + g) / (1 - p_ref))).
  assert (X : exp c = (p_ref + g) / (1 - p_ref)) by (apply exp_ln, Rdiv_lt_0_compat; lra).
  assert (C : Lref < c).
  { apply ln_increasing; [apply Rdiv_lt_0_compat; lra|].
    apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat|]; lra. }
  destruct (least_zero_exists _ drive_k3_continuous Lref c) as [l [_ Z]]; [| | | now exists l].
  - left. exact drive_k3_at_reference.
  - lra.
  - unfold drive_k3, pull_k3. rewrite X.
    assert (Y : p_ref * exp (- c) < 1 - p_ref).
    { apply Rlt_le_trans with (p_ref * exp (- Lref)); [apply Rmult_lt_compat_l; [lra | apply exp_increasing; lra]|].
      rewrite (proj2 exp_reference). right. field. lra. }
    pose proof (Omega_upper eps c E) as O. replace (/ sqrt eps) with (beta * g) in O by (unfold g; field; lra).
    replace ((1 - p_ref) * (1 + (p_ref + g) / (1 - p_ref))) with (1 + g) by (field; lra). nra.
Qed.

(** The pull is steepest at an end. *)
Lemma pull_k3_steepest l t : Lref <= t <= l -> pull_k3_slope p_ref t <= Rmax 1 (pull_k3_slope p_ref l).
Proof.
  intros T. assert (one : pull_k3_slope p_ref Lref = 1).
  { unfold pull_k3_slope. destruct exp_reference as [-> ->]. field. lra. }
  assert (le : forall x y, x <= y -> exp x <= exp y) by (intros x y [H| ->]; [left; now apply exp_increasing | lra]).
  assert (D : forall x y, pull_k3_slope p_ref x - pull_k3_slope p_ref y
    = (exp x - exp y) * ((1 - p_ref) - p_ref * (exp (- x) * exp (- y)))).
  { intros x y. unfold pull_k3_slope. rewrite !exp_Ropp. pose proof (exp_pos x). pose proof (exp_pos y). field. lra. }
  pose proof (le _ _ (proj1 T)). pose proof (le _ _ (proj2 T)). pose proof (le (- t) (- Lref) ltac:(lra)).
  pose proof (le (- l) (- t) ltac:(lra)). pose proof (exp_pos (- t)).
  destruct (Rle_lt_dec ((1 - p_ref) - p_ref * (exp (- t) * exp (- Lref))) 0) as [Q|Q].
  - apply Rle_trans with 1; [|apply Rmax_l]. rewrite <- one. pose proof (D t Lref). nra.
  - apply Rle_trans with (pull_k3_slope p_ref l); [|apply Rmax_r]. pose proof (D t l).
    assert (0 < (1 - p_ref) - p_ref * (exp (- t) * exp (- l))); [|nra].
    assert (exp (- t) * exp (- l) <= exp (- t) * exp (- Lref)) by (apply Rmult_le_compat_l; lra). nra.
Qed.

Theorem n10_small_steps b l eta L : least_zero (drive_k3 beta p_ref eps) Lref l -> 0 <= b ->
  Omega_falls_at_most eps b Lref l -> L 0%nat = Lref -> climbs (drive_k3 beta p_ref eps) eta L ->
  (forall n, 0 <= eta n <= / (b + beta * Rmax 1 (pull_k3_slope p_ref l))) ->
  (forall n, L n <= L (S n) /\ Lref <= L n <= l) /\
  (diverges eta -> is_lim_seq L l /\ is_lim_seq (fun n => sigma (L n)) (sigma l)).
Proof.
  intros Z B0 O Start Climb Steps. set (k := b + beta * Rmax 1 (pull_k3_slope p_ref l)) in *.
  assert (K0 : 0 < k) by (unfold k; pose proof (Rmax_l 1 (pull_k3_slope p_ref l)); nra).
  assert (K : falls_at_most (drive_k3 beta p_ref eps) k Lref l).
  { apply (falls_at_most_by_slope _ _ k Lref l drive_k3_derivative). intros t T. pose proof (pull_k3_steepest l t T).
    assert (- slope eps t <= b).
    { destruct (Rle_lt_dec t 0) as [N|N]; [now apply O|]. pose proof (slope_nonnegative eps t E ltac:(lra)). lra. }
    unfold k. nra. }
  destruct (small_steps _ drive_k3_continuous Lref l k eta L) as [R T]; try assumption.
  - left. exact drive_k3_at_reference.
  - split; [exact R|]. intros D. split; [|apply sigma_limit]; now apply T.
Qed.
End K3.

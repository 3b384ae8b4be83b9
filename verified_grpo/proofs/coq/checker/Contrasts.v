(** * Contrasts: their slopes and bounds, which is all that the checker knows of them

    For the paper's contrast there are further facts in the library, on the shape of its slope; they save cells. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Cells.
From VerifiedGRPO.Checker Require Import Statements.
Open Scope R_scope.

Lemma root_of_v L : 0 < sqrt (v L) <= 1/2.
Proof.
  pose proof (v_range L). split; [apply sqrt_lt_R0; lra|]. rewrite <- (sqrt_Rsqr (1/2)) by lra.
  apply sqrt_le_1_alt. unfold Rsqr. lra.
Qed.
Lemma std_derivative eps L : 0 < eps -> is_derive (Omega_std eps) L (slope_std eps L).
Proof.
  intros E. pose proof (v_range L) as V. pose proof (v_derivative L) as D. pose proof (root_of_v L) as S.
  assert (Q : sqrt (v L) * sqrt (v L) = v L) by (apply sqrt_sqrt; lra).
  unfold Omega_std. auto_derive.
  - repeat split; [exists ((1 - 2 * sigma L) * v L); exact D | lra | lra].
  - rewrite (is_derive_unique (fun x : R => v x) _ _ D). unfold slope_std.
    set (s := sqrt (v L)) in *. rewrite <- Q. field. lra.
Qed.
Lemma contrast_derivative c eps L : 0 < eps -> is_derive (contrast_of c eps) L (slope_of c eps L).
Proof. destruct c; [apply Omega_derivative | apply std_derivative |]. intros _. apply @is_derive_const. Qed.
Lemma contrast_bounds c eps L : 0 < eps -> low_of c eps <= contrast_of c eps L <= high_of c eps.
Proof.
  intros E. destruct c; simpl.
  - pose proof (Omega_lower eps L E). pose proof (Omega_upper eps L E). lra.
  - pose proof (root_of_v L). unfold Omega_std. split; apply Rinv_le_contravar; lra.
  - lra.
Qed.
Lemma contrast_positive c eps L : 0 < eps -> 0 < contrast_of c eps L.
Proof.
  intros E. destruct c; simpl; [now apply Omega_positive | | lra]. pose proof (root_of_v L). apply Rinv_0_lt_compat. lra.
Qed.
Lemma gap_of_derivative c Lref w eps L : 0 < w -> 0 < eps -> is_derive (gap_of c Lref w eps) L (gap_slope_of c w eps L).
Proof.
  intros W E. pose proof (contrast_derivative c eps L E) as D. unfold gap_of, gap_slope_of. auto_derive.
  - repeat split; exists (slope_of c eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => contrast_of c eps x) _ _ D). field. lra.
Qed.
Lemma step_of_derivative c alpha Lref beta eps L : 0 < beta -> 0 < eps ->
  is_derive (step_of c alpha Lref beta eps) L (multiplier_of c alpha beta eps L).
Proof.
  intros B E. pose proof (contrast_derivative c eps L E) as D. unfold step_of, multiplier_of. auto_derive.
  - exists (slope_of c eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => contrast_of c eps x) _ _ D). field. lra.
Qed.
Lemma fixed_by_gap c alpha Lref beta eps L : 0 < alpha -> 0 < beta ->
  (step_of c alpha Lref beta eps L = L <-> gap_of c Lref (alpha * beta) eps L = 0).
Proof.
  intros A B. assert (K : L - step_of c alpha Lref beta eps L = alpha * gap_of c Lref (alpha * beta) eps L)
    by (unfold step_of, gap_of; field; lra).
  split; intros H; [|rewrite H in K; lra]. rewrite H in K. replace (L - L) with 0 in K by ring. symmetry in K.
  apply Rmult_integral in K. destruct K; lra.
Qed.

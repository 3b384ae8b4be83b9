(** * Contrasts: their slopes and bounds, which is all that the checkers know of them

    For the paper's contrast there are further facts in the library, on the shape of its slope; they save cells. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Monotone MeanStd Cells.
From VerifiedGRPO.Checker Require Import Statements GroupsProved.
Open Scope R_scope.

(** The least and the largest value, and the steepest slope, on the whole line. *)
Definition low_of (c : contrast) (eps : R) : R :=
  match c with MeanVar => / sqrt (1/4 + eps) | MeanStd => / (1/2 + eps) | Mean => 1
  | Group others ddof => contrast_of (Group others ddof) eps 0 end.
Definition high_of (c : contrast) (eps : R) : R :=
  match c with MeanVar => / sqrt eps | MeanStd => / eps | Mean => 1 | Group others ddof => highest_of others ddof eps end.
Definition steepest_of (c : contrast) (eps : R) : R :=
  match c with MeanVar => Bmax eps | MeanStd => Bmax_std eps | Mean => 0
  | Group others ddof => steepest_group others ddof eps end.
Definition gap_of c (Lref w eps L : R) : R := L - Lref - contrast_of c eps L / w.
Definition gap_slope_of c (w eps L : R) : R := 1 - slope_of c eps L / w.

Lemma contrast_derivative c eps L : 0 < eps -> is_derive (contrast_of c eps) L (slope_of c eps L).
Proof. destruct c; [apply Omega_derivative | apply Omega_std_derivative | | intros _; apply group_derivative].
  intros _. apply @is_derive_const. Qed.
Lemma contrast_bounds c eps L : 0 < eps -> low_of c eps <= contrast_of c eps L <= high_of c eps.
Proof.
  intros E. destruct c; simpl.
  - pose proof (Omega_lower eps L E). pose proof (Omega_upper eps L E). lra.
  - pose proof (deviation_range L). unfold Omega_std. split; apply Rinv_le_contravar; lra.
  - lra.
  - split; [now apply group_least | now apply group_largest].
Qed.
Lemma low_positive c eps : 0 < eps -> 0 < low_of c eps.
Proof. intros E. destruct c; simpl; [apply Rinv_0_lt_compat, sqrt_lt_R0; lra | apply Rinv_0_lt_compat; lra | lra | now apply group_positive]. Qed.
Lemma contrast_positive c eps L : 0 < eps -> 0 < contrast_of c eps L.
Proof. intros E. pose proof (contrast_bounds c eps L E). pose proof (low_positive c eps E). lra. Qed.
Lemma contrast_falls_in_eps c e eps L : 0 < e -> e <= eps -> contrast_of c eps L <= contrast_of c e L.
Proof.
  intros E H. pose proof (v_range L). pose proof (deviation_range L). destruct c; [| |simpl; lra | now apply group_falls].
  - apply Rinv_le_contravar; [apply sqrt_lt_R0; lra | apply sqrt_le_1_alt; lra].
  - apply Rinv_le_contravar; lra.
Qed.
Lemma slope_steepest c eps L : 0 < eps -> - steepest_of c eps <= slope_of c eps L <= steepest_of c eps.
Proof. intros E. destruct c; [now apply slope_bound | now apply slope_std_bound | simpl; lra | now apply group_steepest]. Qed.
Lemma slope_std_falls e eps L : 0 < e -> e <= eps -> 0 <= 2 * sigma L - 1 -> slope_std eps L <= slope_std e L.
Proof.
  intros E H P. pose proof (deviation_range L). unfold slope_std. apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|].
  apply Rinv_le_contravar; [apply Rmult_lt_0_compat; [lra | apply pow_lt; lra]|].
  apply Rmult_le_compat_l; [lra|]. apply pow_incr. lra.
Qed.
Lemma steepest_falls c e eps : 0 < e -> e <= eps -> steepest_of c eps <= steepest_of c e.
Proof.
  intros E H. destruct c; simpl; [now apply Bmax_falls | | lra |].
  1: destruct (Bmax_std_attained eps ltac:(lra)) as [L [P <-]].
  - pose proof (slope_std_falls e eps L E H ltac:(lra)). pose proof (slope_std_bound e E L). lra.
  - unfold steepest_group. pose proof (pos_INR (S others)). pose proof (highest_falls others ddof e eps E H). nra.
Qed.
(** Above 0 no contrast falls. *)
Lemma slope_above_0 c eps L : 0 < eps -> 0 <= L -> 0 <= slope_of c eps L.
Proof.
  intros E H. destruct c; [now apply slope_nonnegative | | simpl; lra | now apply group_above_0]. simpl.
  apply sigma_does_not_fall in H. rewrite sigma_0 in H. pose proof (deviation_range L).
  unfold slope_std. apply Rdiv_le_0_compat; [apply Rmult_le_pos; lra|]. apply Rmult_lt_0_compat; [lra | apply pow_lt; lra].
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
Lemma drive_of_derivative c w Lref eps L : 0 < eps -> is_derive (drive_of c w Lref eps) L (slope_of c eps L - w).
Proof.
  intros E. pose proof (contrast_derivative c eps L E) as D. unfold drive_of. auto_derive.
  - exists (slope_of c eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => contrast_of c eps x) _ _ D). ring.
Qed.
Lemma fixed_by_gap c alpha Lref beta eps L : 0 < alpha -> 0 < beta ->
  (step_of c alpha Lref beta eps L = L <-> gap_of c Lref (alpha * beta) eps L = 0).
Proof.
  intros A B. assert (K : L - step_of c alpha Lref beta eps L = alpha * gap_of c Lref (alpha * beta) eps L)
    by (unfold step_of, gap_of; field; lra).
  split; intros H; [|rewrite H in K; lra]. rewrite H in K. replace (L - L) with 0 in K by ring. symmetry in K.
  apply Rmult_integral in K. destruct K; lra.
Qed.
Lemma fixed_by_drive c alpha Lref beta eps L : 0 < alpha -> 0 < beta ->
  (step_of c alpha Lref beta eps L = L <-> drive_of c (alpha * beta) Lref eps L = 0).
Proof.
  intros A B. assert (K : beta * (step_of c alpha Lref beta eps L - L) = drive_of c (alpha * beta) Lref eps L)
    by (unfold step_of, drive_of; field; lra).
  split; intros H; [rewrite H in K; lra|]. rewrite H in K. apply Rmult_integral in K. destruct K; lra.
Qed.
Lemma drive_by_gap c w Lref eps L : 0 < w -> drive_of c w Lref eps L = - w * gap_of c Lref w eps L.
Proof. intros W. unfold drive_of, gap_of. field. lra. Qed.

(** * Version 4's variants with a closed form: mirror (alpha = 0) and mean only

    Paper (version 4): with the mirror alone p_n is strictly increasing and rises to 1, without a fixed point inside;
    for the mean only p* = sigma(L_ref + 1/beta) after one step, or L_n = L_ref + n/beta with the mirror.
    Suite, V3: L_n >= L_ref + n/(beta sqrt(1/4+eps)).  V4: L_n = L_ref + (1-(1-alpha)^n)/(alpha beta). *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification TwoKL.
Open Scope R_scope.

Definition T_mean (alpha Lref beta L : R) : R := (1 - alpha) * L + alpha * Lref + / beta.

Theorem v3_no_fixed_point Lref beta eps L : 0 < beta -> 0 < eps -> L < T2 0 Lref beta eps L.
Proof.
  intros B E. pose proof (Omega_positive eps L E). unfold T2.
  assert (0 < Omega eps L / beta) by (apply Rdiv_lt_0_compat; lra). lra.
Qed.

Theorem v3_mirror Lref beta eps L n : 0 < beta -> 0 < eps ->
  L + INR n * (/ sqrt (1/4 + eps) / beta) <= iterate (T2 0 Lref beta eps) n L.
Proof.
  intros B E. induction n as [|n IH]; [simpl; lra|].
  rewrite S_INR. cbn [iterate]. unfold T2 at 1. set (x := iterate (T2 0 Lref beta eps) n L) in *.
  pose proof (Omega_lower eps x E) as O.
  assert (/ sqrt (1/4 + eps) / beta <= Omega eps x / beta).
  { apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact O]. }
  lra.
Qed.

Theorem v3_rises_without_bound Lref beta eps L : 0 < beta -> 0 < eps ->
  is_lim_seq (fun n => iterate (T2 0 Lref beta eps) n L) p_infty.
Proof.
  intros B E. set (gain := / sqrt (1/4 + eps) / beta).
  assert (G : 0 < gain).
  { apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat, sqrt_lt_R0|]; lra. }
  apply is_lim_seq_le_p_loc with (fun n => L + INR n * gain).
  - exists 0%nat. intros n _. now apply v3_mirror.
  - apply is_lim_seq_spec. intros M.
    pose proof is_lim_seq_INR as I. apply is_lim_seq_spec in I. destruct (I ((M - L) / gain)) as [N HN].
    exists N. intros n Hn. specialize (HN n Hn). apply Rlt_div_l in HN; lra.
Qed.

Theorem v4_mean_only alpha Lref beta n : 0 < alpha -> 0 < beta ->
  iterate (T_mean alpha Lref beta) n Lref = Lref + (1 - (1 - alpha) ^ n) / (alpha * beta).
Proof.
  intros A B. induction n as [|n IH]; simpl; [field; lra|]. rewrite IH. unfold T_mean. field. lra.
Qed.

Theorem v4_mean_only_mirror Lref beta n : 0 < beta ->
  iterate (T_mean 0 Lref beta) n Lref = Lref + INR n / beta.
Proof.
  intros B. induction n as [|n IH]; [simpl; field; lra|].
  rewrite S_INR. cbn [iterate]. rewrite IH. unfold T_mean. field. lra.
Qed.

Theorem v4_mean_only_fixed_point alpha Lref beta L : 0 < alpha -> 0 < beta ->
  (T_mean alpha Lref beta L = L <-> L = Lref + / (alpha * beta)).
Proof.
  intros A B. assert (K : T_mean alpha Lref beta L - L = alpha * (Lref + / (alpha * beta) - L))
    by (unfold T_mean; field; lra).
  split; intros H.
  - rewrite H in K. replace (L - L) with 0 in K by ring. symmetry in K. apply Rmult_integral in K. destruct K; lra.
  - rewrite <- H in K. lra.
Qed.

(** * The recursion of GRPO with verifiable rewards, in log-odds

    Paper, Theorem 2: p_n = h(p_(n-1)) with h(p) = sigma (logit p_ref + Omega(p)/beta) with the contrast of the
    mean-variance advantages, Omega(p) = 1/sqrt(p(1-p)+eps). With p = sigma L nothing is astronomically small, and
    the fixed points of h are the zeros of the gap g(L) = L - L_ref - Omega(sigma L)/beta. *)

From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition sigma (L : R) : R := / (1 + exp (- L)).
Definition v (L : R) : R := sigma L * (1 - sigma L).
Definition Omega (eps L : R) : R := / sqrt (v L + eps).
Definition T (Lref beta eps L : R) : R := Lref + Omega eps L / beta.
Definition gap (Lref beta eps L : R) : R := L - Lref - Omega eps L / beta.
Definition logit (p : R) : R := ln (p / (1 - p)).

(** Slope of Omega over L, and the slope of the gap. *)
Definition slope (eps L : R) : R := (2 * sigma L - 1) * v L / (2 * (v L + eps) * sqrt (v L + eps)).
Definition gap_slope (beta eps L : R) : R := 1 - slope eps L / beta.

Lemma fixed_point_gap Lref beta eps L : T Lref beta eps L = L <-> gap Lref beta eps L = 0.
Proof. unfold T, gap; split; intros H; lra. Qed.

Lemma sigma_range L : 0 < sigma L < 1.
Proof.
  unfold sigma. pose proof (exp_pos (- L)) as E. split.
  - apply Rinv_0_lt_compat; lra.
  - rewrite <- Rinv_1 at 2. apply Rinv_lt_contravar; lra.
Qed.

Lemma v_range L : 0 < v L <= 1/4.
Proof. unfold v. pose proof (sigma_range L) as [A B]. split; [nra|].
  pose proof (pow2_ge_0 (sigma L - 1/2)). nra. Qed.

Lemma sigma_increasing a b : a < b -> sigma a < sigma b.
Proof.
  intros H. unfold sigma. pose proof (exp_pos (- a)). pose proof (exp_pos (- b)).
  assert (exp (- b) < exp (- a)) by (apply exp_increasing; lra).
  apply Rinv_lt_contravar; [nra | lra].
Qed.

Lemma sigma_logit p : 0 < p < 1 -> sigma (logit p) = p.
Proof.
  intros H. unfold sigma, logit. rewrite exp_Ropp, exp_ln.
  - field; lra.
  - apply Rdiv_lt_0_compat; lra.
Qed.

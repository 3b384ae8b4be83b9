(** * Amplification, with both bounds

    Paper, Theorem 3: a fixed point p* exceeds p_ref if p_ref <= 1/2, or if beta cosh^2(1/(2 beta sqrt(1/4+eps))) >=
    p_ref (1-p_ref) (2 p_ref - 1)/(2 (p_ref (1-p_ref) + eps)^(3/2)).
    Suite, S1: every fixed point exceeds p_ref, for all beta > 0 and eps > 0, and by how much:
    1/(beta sqrt(1/4+eps)) <= logit p* - logit p_ref < 1/(beta sqrt eps). *)

From Coq Require Import Reals Lra.
From VerifiedGRPO Require Import Definitions.
Open Scope R_scope.

Lemma Omega_lower eps L : 0 < eps -> / sqrt (1/4 + eps) <= Omega eps L.
Proof.
  intros E. pose proof (v_range L). unfold Omega.
  apply Rinv_le_contravar; [apply sqrt_lt_R0; lra | apply sqrt_le_1; lra].
Qed.

Lemma Omega_upper eps L : 0 < eps -> Omega eps L < / sqrt eps.
Proof.
  intros E. pose proof (v_range L). unfold Omega.
  assert (0 < sqrt eps) by (apply sqrt_lt_R0; lra).
  assert (sqrt eps < sqrt (v L + eps)) by (apply sqrt_lt_1; lra).
  apply Rinv_lt_contravar; [nra | lra].
Qed.

Lemma Omega_positive eps L : 0 < eps -> 0 < Omega eps L.
Proof.
  intros E. pose proof (v_range L). unfold Omega. apply Rinv_0_lt_compat, sqrt_lt_R0; lra.
Qed.

(** Bounds of one step from any policy. *)
Theorem step_bounds Lref beta eps L : 0 < beta -> 0 < eps ->
  Lref + / sqrt (1/4 + eps) / beta <= T Lref beta eps L < Lref + / sqrt eps / beta.
Proof.
  intros B E. unfold T. pose proof (Omega_lower eps L E). pose proof (Omega_upper eps L E).
  assert (0 < / beta) by (apply Rinv_0_lt_compat; lra).
  unfold Rdiv at 1 2 4 5. unfold Rdiv in *. split; nra.
Qed.

Theorem amplification_margin Lref beta eps L : 0 < beta -> 0 < eps -> gap Lref beta eps L = 0 ->
  / sqrt (1/4 + eps) / beta <= L - Lref < / sqrt eps / beta.
Proof.
  intros B E G. pose proof (step_bounds Lref beta eps L B E).
  assert (T Lref beta eps L = L) by (apply fixed_point_gap; exact G). lra.
Qed.

Theorem amplification Lref beta eps L : 0 < beta -> 0 < eps -> gap Lref beta eps L = 0 ->
  sigma Lref < sigma L.
Proof.
  intros B E G. apply sigma_increasing.
  pose proof (Omega_positive eps L E).
  assert (0 < Omega eps L / beta) by (apply Rdiv_lt_0_compat; lra).
  unfold gap in G. lra.
Qed.

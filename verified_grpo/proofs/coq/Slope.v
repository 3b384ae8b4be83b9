(** * The derivative of the gap, and its sign

    Paper, Proposition 1: h' = -h (1-h) (1-2p)/(2 beta (p(1-p)+eps)^(3/2)), negative below 1/2 and positive above.
    Suite: in log-odds T' = slope/beta, where slope = (2p-1) v / (2 (v+eps)^(3/2)), v = p(1-p), so the sign of T' is
    that of 2p-1; the paper's own form is in PaperMap.v. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions.
Open Scope R_scope.

Lemma sigma_derivative L : is_derive sigma L (v L).
Proof.
  unfold v, sigma. pose proof (exp_pos (- L)). auto_derive; [lra | field; lra].
Qed.

Lemma v_derivative L : is_derive v L ((1 - 2 * sigma L) * v L).
Proof.
  unfold v, sigma. pose proof (exp_pos (- L)). auto_derive; [lra | field; lra].
Qed.

Theorem Omega_derivative eps L : 0 < eps -> is_derive (Omega eps) L (slope eps L).
Proof.
  intros E. pose proof (v_range L) as V. pose proof (v_derivative L) as D.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (v L + eps) * sqrt (v L + eps) = v L + eps) by (apply sqrt_sqrt; lra).
  unfold Omega. auto_derive.
  - repeat split; [exists ((1 - 2 * sigma L) * v L); exact D | lra | lra].
  - rewrite (is_derive_unique (fun x : R => v x) _ _ D). unfold slope.
    set (s := sqrt (v L + eps)) in *. replace (v L + eps) with (s * s) by exact Q.
    field. lra.
Qed.

Theorem gap_derivative Lref beta eps L : 0 < beta -> 0 < eps ->
  is_derive (gap Lref beta eps) L (gap_slope beta eps L).
Proof.
  intros B E. pose proof (Omega_derivative eps L E) as D. unfold gap, gap_slope.
  auto_derive.
  - repeat split; exists (slope eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => Omega eps x) _ _ D). field. lra.
Qed.

(** The multiplier of the recursion is 1 minus the slope of the gap. *)
Theorem T_derivative Lref beta eps L : 0 < beta -> 0 < eps ->
  is_derive (T Lref beta eps) L (slope eps L / beta).
Proof.
  intros B E. pose proof (Omega_derivative eps L E) as D. unfold T.
  auto_derive.
  - repeat split; exists (slope eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => Omega eps x) _ _ D). field. lra.
Qed.

Lemma slope_sign eps L : 0 < eps ->
  (0 < slope eps L <-> 1/2 < sigma L) /\ (slope eps L < 0 <-> sigma L < 1/2).
Proof.
  intros E. pose proof (v_range L) as V.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (K : 0 < v L / (2 * (v L + eps) * sqrt (v L + eps))) by (apply Rdiv_lt_0_compat; nra).
  assert (F : slope eps L = (2 * sigma L - 1) * (v L / (2 * (v L + eps) * sqrt (v L + eps))))
    by (unfold slope; field; lra).
  rewrite F. repeat split; intros; nra.
Qed.

Lemma gap_continuous Lref beta eps : 0 < beta -> 0 < eps -> forall L, continuous (gap Lref beta eps) L.
Proof.
  intros B E L. apply (ex_derive_continuous (gap Lref beta eps)).
  exists (gap_slope beta eps L). now apply gap_derivative.
Qed.

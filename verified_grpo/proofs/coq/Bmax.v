(** * The steepest slope of Omega, and what follows above it

    Paper, after Lemma 1: |h'(p* )| < 1 if beta > B(p* ) = p* (1-p* ) |2 p* - 1|/(2 (p* (1-p* ) + eps)^(3/2)).
    Suite, S2, S3: B <= Bmax(eps) = 1/(3 sqrt(3 eps) (1+4 eps)); above it the fixed point is one, and attracts.  That
    Bmax is attained, and what holds at beta = Bmax, is in AtMostThree.v and Attraction.v. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Amplification Slope Counting Existence.
Open Scope R_scope.

Definition Bmax (eps : R) : R := / (3 * sqrt (3 * eps) * (1 + 4 * eps)).

(** With t = (2p-1)^2; the second factor vanishes exactly at the steepest point. *)
Lemma Bmax_identity t e :
  (1 - t + 4 * e)^3 - 27 * e * (1 + 4 * e)^2 * t * (1 - t)^2
  = (1 - t + e * (4 - 3 * t)) * ((1 + 12 * e) * t - (1 + 4 * e))^2.
Proof. ring. Qed.

Lemma Bmax_positive eps : 0 < eps -> 0 < Bmax eps.
Proof.
  intros E. unfold Bmax. assert (0 < sqrt (3 * eps)) by (apply sqrt_lt_R0; lra).
  apply Rinv_0_lt_compat. nra.
Qed.

Lemma Bmax_square eps : 0 < eps -> Bmax eps * Bmax eps = / (27 * eps * (1 + 4 * eps)^2).
Proof.
  intros E. unfold Bmax. assert (P : 0 < sqrt (3 * eps)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (3 * eps) * sqrt (3 * eps) = 3 * eps) by (apply sqrt_sqrt; lra).
  set (r := sqrt (3 * eps)) in *. rewrite <- Rinv_mult. f_equal.
  replace (3 * r * (1 + 4 * eps) * (3 * r * (1 + 4 * eps))) with (9 * (r * r) * (1 + 4 * eps)^2) by ring.
  rewrite Q. ring.
Qed.

Lemma slope_square eps L : 0 < eps ->
  slope eps L * slope eps L = (2 * sigma L - 1)^2 * (v L)^2 / (4 * (v L + eps)^3).
Proof.
  intros E. pose proof (v_range L). unfold slope.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (v L + eps) * sqrt (v L + eps) = v L + eps) by (apply sqrt_sqrt; lra).
  set (s := sqrt (v L + eps)) in *. replace (v L + eps) with (s * s) by exact Q.
  field. lra.
Qed.

Theorem slope_square_bound eps L : 0 < eps -> slope eps L * slope eps L <= Bmax eps * Bmax eps.
Proof.
  intros E. rewrite slope_square, Bmax_square by exact E.
  pose proof (v_range L) as V. pose proof (sigma_range L) as P.
  set (t := (2 * sigma L - 1)^2).
  assert (W : v L = (1 - t) / 4) by (unfold v, t; field).
  assert (N0 : 0 <= t) by (unfold t; apply pow2_ge_0).
  rewrite W in V |- *. pose proof (Bmax_identity t eps) as I.
  assert (N : 0 <= (1 - t + eps * (4 - 3 * t)) * ((1 + 12 * eps) * t - (1 + 4 * eps))^2).
  { assert (0 <= eps * (4 - 3 * t)) by (apply Rmult_le_pos; lra).
    apply Rmult_le_pos; [lra | apply pow2_ge_0]. }
  assert (D1 : 0 < (1 - t + 4 * eps)^3) by (apply pow_lt; lra).
  assert (D2 : 0 < 27 * eps * (1 + 4 * eps)^2) by (apply Rmult_lt_0_compat; [lra | apply pow_lt; lra]).
  replace (t * ((1 - t) / 4)^2 / (4 * ((1 - t) / 4 + eps)^3)) with (t * (1 - t)^2 / (1 - t + 4 * eps)^3)
    by (field; lra).
  apply Rmult_le_reg_r with ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2)); [now apply Rmult_lt_0_compat|].
  replace (t * (1 - t)^2 / (1 - t + 4 * eps)^3 * ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2)))
    with (27 * eps * (1 + 4 * eps)^2 * t * (1 - t)^2) by (field; lra).
  replace (/ (27 * eps * (1 + 4 * eps)^2) * ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2)))
    with ((1 - t + 4 * eps)^3) by (field; lra).
  lra.
Qed.

Theorem slope_bound eps L : 0 < eps -> - Bmax eps <= slope eps L <= Bmax eps.
Proof.
  intros E. pose proof (slope_square_bound eps L E). pose proof (Bmax_positive eps E). split; nra.
Qed.

(** The multiplier is below 1 everywhere, not only at a fixed point. *)
Theorem contraction Lref beta eps L : 0 < eps -> Bmax eps < beta ->
  is_derive (T Lref beta eps) L (slope eps L / beta) /\ -1 < slope eps L / beta < 1.
Proof.
  intros E H. pose proof (Bmax_positive eps E). pose proof (slope_bound eps L E). split.
  - apply T_derivative; lra.
  - assert (0 < / beta) by (apply Rinv_0_lt_compat; lra).
    assert (beta * / beta = 1) by (apply Rinv_r; lra). unfold Rdiv. split; nra.
Qed.

Theorem uniqueness Lref beta eps : 0 < eps -> Bmax eps < beta ->
  exists! L, T Lref beta eps L = L.
Proof.
  intros E H. pose proof (Bmax_positive eps E). assert (B : 0 < beta) by lra.
  destruct (existence Lref beta eps B E) as [x X]. exists x. split; [exact X|].
  intros y Y. apply fixed_point_gap in X, Y.
  assert (S : forall z, 0 < gap_slope beta eps z).
  { intros z. destruct (contraction Lref beta eps z E H). unfold gap_slope. lra. }
  destruct (Rtotal_order x y) as [C|[C|C]]; [|exact C|].
  - pose proof (increasing Lref beta eps B E x y (fun z _ => S z) x y). lra.
  - pose proof (increasing Lref beta eps B E y x (fun z _ => S z) y x). lra.
Qed.

(** * At most three fixed points; Bmax is attained; exactly one at and above it

    Paper, Proposition 1: a fixed point exists, "no guarantees for a unique fixed point"; Remark 2: for all
    prompts take the supremum of B(p* ).
    Suite, S2: h has one, two or three fixed points, and exactly one if beta >= Bmax.
    Suite, S3: |h'(p* )| < 1 at every fixed point of every prompt iff beta > Bmax; so Bmax is that supremum. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Existence Bmax.
Open Scope R_scope.

(** The derivative of the slope; with t = (2p-1)^2 it vanishes where (1+12 eps) t = 1+4 eps only. *)
Definition slope_slope (eps L : R) : R :=
  v L * ((1 + 4 * eps) - (1 + 12 * eps) * (2 * sigma L - 1) ^ 2)
  / (16 * ((v L + eps) * (v L + eps) * sqrt (v L + eps))).

Lemma slope_derivative eps L : 0 < eps -> is_derive (slope eps) L (slope_slope eps L).
Proof.
  intros E. pose proof (v_range L) as V.
  pose proof (v_derivative L) as D. pose proof (sigma_derivative L) as G.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (v L + eps) * sqrt (v L + eps) = v L + eps) by (apply sqrt_sqrt; lra).
  unfold slope. auto_derive.
  - repeat split; try (exists (v L); exact G); try (exists ((1 - 2 * sigma L) * v L); exact D); nra.
  - rewrite (is_derive_unique (fun x : R => v x) _ _ D), (is_derive_unique (fun x : R => sigma x) _ _ G).
    assert (W : v L = sigma L * (1 - sigma L)) by reflexivity.
    unfold slope_slope. set (s := sqrt (v L + eps)) in *. clearbody s. rewrite W in *.
    assert (X : eps = s * s - sigma L * (1 - sigma L)) by lra. subst eps.
    replace (sigma L * (1 - sigma L) + (s * s - sigma L * (1 - sigma L))) with (s * s) by ring.
    field. lra.
Qed.

(** Above p = 1/2 the slope has one critical point. *)
Lemma one_critical_point eps x y : 0 < eps -> 1/2 < sigma x -> 1/2 < sigma y ->
  (1 + 12 * eps) * (2 * sigma x - 1) ^ 2 = 1 + 4 * eps ->
  (1 + 12 * eps) * (2 * sigma y - 1) ^ 2 = 1 + 4 * eps -> x = y.
Proof.
  intros E X Y P Q.
  assert (S : (2 * sigma x - 1) ^ 2 = (2 * sigma y - 1) ^ 2)
    by (apply Rmult_eq_reg_l with (1 + 12 * eps); lra).
  assert (F : (sigma x - sigma y) * (sigma x + sigma y - 1) = 0) by nra.
  apply Rmult_integral in F. destruct F as [F|F]; [|lra].
  destruct (Rtotal_order x y) as [C|[C|C]]; [|exact C|]; apply sigma_increasing in C; lra.
Qed.

Lemma critical eps L : 0 < eps -> slope_slope eps L = 0 ->
  (1 + 12 * eps) * (2 * sigma L - 1) ^ 2 = 1 + 4 * eps.
Proof.
  intros E Z. pose proof (v_range L) as V.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  unfold slope_slope in Z.
  assert (D : 0 < 16 * ((v L + eps) * (v L + eps) * sqrt (v L + eps)))
    by (repeat apply Rmult_lt_0_compat; lra).
  assert (N : v L * ((1 + 4 * eps) - (1 + 12 * eps) * (2 * sigma L - 1) ^ 2) = 0).
  { apply Rmult_eq_reg_r with (/ (16 * ((v L + eps) * (v L + eps) * sqrt (v L + eps)))).
    - rewrite Rmult_0_l. exact Z.
    - apply Rinv_neq_0_compat. lra. }
  apply Rmult_integral in N. destruct N; lra.
Qed.

Lemma above_half_between x y z : 1/2 < sigma x -> x < y -> y < z -> 1/2 < sigma y.
Proof. intros H A _. apply sigma_increasing in A. lra. Qed.

(** No positive value is taken by the slope at three points. *)
Lemma slope_at_most_twice eps b x y z : 0 < eps -> 0 < b -> x < y -> y < z ->
  slope eps x = b -> slope eps y = b -> slope eps z = b -> False.
Proof.
  intros E B XY YZ X Y Z.
  destruct (rolle (slope eps) (slope_slope eps) x y) as [s [Hs Zs]];
    [intros t; now apply slope_derivative | exact XY | lra |].
  destruct (rolle (slope eps) (slope_slope eps) y z) as [r [Hr Zr]];
    [intros t; now apply slope_derivative | exact YZ | lra |].
  assert (P : 1/2 < sigma x) by (apply (slope_sign eps x E); lra).
  assert (s = r); [|lra].
  apply (one_critical_point eps); try apply critical; try assumption.
  - apply (above_half_between x s y); lra.
  - apply (above_half_between x r z); lra.
Qed.

Lemma between_zeros Lref beta eps x y : 0 < beta -> 0 < eps -> x < y ->
  gap Lref beta eps x = 0 -> gap Lref beta eps y = 0 -> exists t, x < t < y /\ slope eps t = beta.
Proof.
  intros B E XY X Y.
  destruct (rolle (gap Lref beta eps) (gap_slope beta eps) x y) as [t [Ht Z]];
    [intros t; now apply gap_derivative | exact XY | lra |].
  exists t. split; [exact Ht|]. unfold gap_slope in Z.
  apply Rmult_eq_reg_r with (/ beta); [|apply Rinv_neq_0_compat; lra].
  rewrite Rinv_r by lra. unfold Rdiv in Z. lra.
Qed.

(** S2: at most three. *)
Theorem s2_at_most_three Lref beta eps w x y z : 0 < beta -> 0 < eps -> w < x -> x < y -> y < z ->
  T Lref beta eps w = w -> T Lref beta eps x = x -> T Lref beta eps y = y -> T Lref beta eps z = z -> False.
Proof.
  intros B E WX XY YZ W X Y Z. apply fixed_point_gap in W, X, Y, Z.
  destruct (between_zeros Lref beta eps w x B E WX W X) as [r [Hr R1]].
  destruct (between_zeros Lref beta eps x y B E XY X Y) as [s [Hs S1]].
  destruct (between_zeros Lref beta eps y z B E YZ Y Z) as [t [Ht T1]].
  apply (slope_at_most_twice eps beta r s t); lra.
Qed.

(** Bmax, the equality case. *)
Theorem Bmax_equality eps L : 0 < eps ->
  (slope eps L * slope eps L = Bmax eps * Bmax eps <-> (1 + 12 * eps) * (2 * sigma L - 1) ^ 2 = 1 + 4 * eps).
Proof.
  intros E. rewrite slope_square, Bmax_square by exact E.
  pose proof (v_range L) as V. set (t := (2 * sigma L - 1) ^ 2).
  assert (W : v L = (1 - t) / 4) by (unfold v, t; field).
  assert (N0 : 0 <= t) by (unfold t; apply pow2_ge_0).
  rewrite W in V |- *. pose proof (Bmax_identity t eps) as I.
  assert (F : 0 < 1 - t + eps * (4 - 3 * t)).
  { assert (0 <= eps * (4 - 3 * t)) by (apply Rmult_le_pos; lra). lra. }
  assert (D1 : 0 < (1 - t + 4 * eps)^3) by (apply pow_lt; lra).
  assert (D2 : 0 < 27 * eps * (1 + 4 * eps)^2) by (apply Rmult_lt_0_compat; [lra | apply pow_lt; lra]).
  replace (t * ((1 - t) / 4)^2 / (4 * ((1 - t) / 4 + eps)^3)) with (t * (1 - t)^2 / (1 - t + 4 * eps)^3)
    by (field; lra).
  assert (K : t * (1 - t)^2 / (1 - t + 4 * eps)^3 - / (27 * eps * (1 + 4 * eps)^2)
    = - ((1 - t + eps * (4 - 3 * t)) * ((1 + 12 * eps) * t - (1 + 4 * eps))^2)
      / ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2))).
  { rewrite <- I. field. repeat split; lra. }
  split; intros H.
  - assert (Z : (1 - t + eps * (4 - 3 * t)) * ((1 + 12 * eps) * t - (1 + 4 * eps))^2 = 0).
    { apply Rmult_eq_reg_r with (- / ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2))).
      - rewrite Rmult_0_l. unfold Rdiv in K. lra.
      - assert (0 < / ((1 - t + 4 * eps)^3 * (27 * eps * (1 + 4 * eps)^2)))
          by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra). lra. }
    apply Rmult_integral in Z. destruct Z as [Z|Z]; [lra|].
    replace (((1 + 12 * eps) * t - (1 + 4 * eps))^2)
      with (((1 + 12 * eps) * t - (1 + 4 * eps)) * ((1 + 12 * eps) * t - (1 + 4 * eps))) in Z by ring.
    apply Rmult_integral in Z. destruct Z; lra.
  - rewrite H in K. replace (1 + 4 * eps - (1 + 4 * eps)) with 0 in K by ring.
    unfold Rdiv in K. rewrite pow_ne_zero in K by discriminate. lra.
Qed.

(** The log-odds of the peak. *)
Definition peak (eps : R) : R := logit ((1 + sqrt ((1 + 4 * eps) / (1 + 12 * eps))) / 2).

Theorem Bmax_attained eps : 0 < eps -> slope eps (peak eps) = Bmax eps.
Proof.
  intros E. set (q := (1 + 4 * eps) / (1 + 12 * eps)).
  assert (Q0 : 0 < q) by (apply Rdiv_lt_0_compat; lra).
  assert (Q1 : q < 1) by (apply (Rdiv_lt_1 (1 + 4 * eps) (1 + 12 * eps)); lra).
  assert (U0 : 0 < sqrt q) by (apply sqrt_lt_R0; exact Q0).
  assert (U1 : sqrt q < 1) by (rewrite <- sqrt_1; apply sqrt_lt_1; lra).
  assert (P : sigma (peak eps) = (1 + sqrt q) / 2) by (apply sigma_logit; lra).
  assert (S : slope eps (peak eps) * slope eps (peak eps) = Bmax eps * Bmax eps).
  { apply Bmax_equality; [exact E|]. rewrite P.
    replace ((2 * ((1 + sqrt q) / 2) - 1) ^ 2) with (sqrt q * sqrt q) by field.
    rewrite sqrt_sqrt by lra. unfold q. field. lra. }
  assert (G : 0 < slope eps (peak eps)) by (apply slope_sign; [exact E | rewrite P; lra]).
  pose proof (Bmax_positive eps E). nra.
Qed.

(** S2, last part: exactly one fixed point already at beta = Bmax. *)
Theorem s2_unique_at_Bmax Lref beta eps : 0 < eps -> Bmax eps <= beta -> exists! L, T Lref beta eps L = L.
Proof.
  intros E H. pose proof (Bmax_positive eps E) as P. assert (B : 0 < beta) by lra.
  destruct (existence Lref beta eps B E) as [x X]. exists x. split; [exact X|].
  assert (N : forall a b, a < b -> T Lref beta eps a = a -> T Lref beta eps b = b -> False).
  { intros a b AB A0 B0. apply fixed_point_gap in A0, B0.
    assert (up : forall s t, s <= t -> gap Lref beta eps s <= gap Lref beta eps t).
    { intros s t. apply (does_not_fall (gap Lref beta eps) (gap_slope beta eps)).
      - intros r. now apply gap_derivative.
      - intros r _. unfold gap_slope. pose proof (slope_bound eps r E) as S.
        assert (slope eps r / beta <= 1); [|lra]. apply Rle_div_l; lra. }
    set (m := (a + b) / 2).
    assert (M : gap Lref beta eps m = 0)
      by (pose proof (up a m ltac:(unfold m; lra)); pose proof (up m b ltac:(unfold m; lra)); lra).
    destruct (between_zeros Lref beta eps a m B E ltac:(unfold m; lra) A0 M) as [s [Hs S1]].
    destruct (between_zeros Lref beta eps m b B E ltac:(unfold m; lra) M B0) as [t [Ht T1]].
    assert (top : forall r, slope eps r = beta ->
      1/2 < sigma r /\ (1 + 12 * eps) * (2 * sigma r - 1) ^ 2 = 1 + 4 * eps).
    { intros r R1. pose proof (slope_bound eps r E). split.
      - apply (slope_sign eps r E). lra.
      - apply Bmax_equality; [exact E|]. replace (slope eps r) with (Bmax eps) by lra. reflexivity. }
    destruct (top s S1), (top t T1).
    assert (s = t) by (apply (one_critical_point eps); assumption). lra. }
  intros y Y. destruct (Rtotal_order x y) as [C|[C|C]]; [|exact C|]; exfalso; eapply N; eauto.
Qed.

(** S3: all multipliers of all prompts are inside (-1, 1) exactly when beta exceeds Bmax. *)
Theorem s3_uniform_contraction beta eps : 0 < beta -> 0 < eps ->
  ((forall Lref L, T Lref beta eps L = L -> Rabs (slope eps L / beta) < 1) <-> Bmax eps < beta).
Proof.
  intros B E. split; intros H.
  - destruct (Rlt_le_dec (Bmax eps) beta) as [G|G]; [exact G|]. exfalso.
    specialize (H (peak eps - Omega eps (peak eps) / beta) (peak eps)).
    rewrite Bmax_attained in H by exact E. pose proof (Bmax_positive eps E).
    assert (1 <= Bmax eps / beta) by (apply Rle_div_r; lra).
    rewrite Rabs_pos_eq in H by lra. apply Rlt_not_le in H; [lra|unfold T; lra].
  - intros Lref L _. destruct (contraction Lref beta eps L E H) as [_ C]. apply Rabs_def1; lra.
Qed.

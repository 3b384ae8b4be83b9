(** * Properties over a box of parameters, by an inequality at a corner, and their refutation by one point

    S1 and S3 of the suite over boxes: what the exported certificates of these kinds apply. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Amplification Slope Existence Bmax TwoKL Counting Cells.
Open Scope R_scope.

Theorem multiplier_inside alpha beta eps L : 0 < alpha -> alpha <= 1 -> 0 < beta -> 0 < eps ->
  Bmax eps < alpha * beta ->
  -1 < multiplier alpha beta eps L < 1.
Proof.
  intros A A1 B E H. pose proof (slope_bound eps L E) as [S1 S2]. unfold multiplier.
  assert (slope eps L / beta < alpha) by (apply Rlt_div_l; lra).
  assert (- alpha < slope eps L / beta) by (apply Rlt_div_r; lra). lra.
Qed.

Theorem one_fixed_point alpha Lref beta eps : 0 < alpha -> 0 < beta -> 0 < eps -> Bmax eps < alpha * beta ->
  exists! L, T2 alpha Lref beta eps L = L.
Proof.
  intros A B E H. destruct (uniqueness Lref (alpha * beta) eps E H) as [x [X U]]. exists x. split.
  - now apply s7_same_fixed_points.
  - intros y Y. apply U. now apply s7_same_fixed_points in Y.
Qed.

Section Box.
Variables a0 a1 b0 b1 e0 e1 : R.
Hypothesis A0 : 0 < a0.
Hypothesis B0 : 0 < b0.
Hypothesis E0 : 0 < e0.

Lemma weight_over_box alpha beta : a0 <= alpha <= a1 -> b0 <= beta <= b1 ->
  a0 * b0 <= alpha * beta <= a1 * b1.
Proof. intros HA HB. split; apply Rmult_le_compat; lra. Qed.

Lemma above_Bmax_over_box alpha beta eps : Bmax e0 < a0 * b0 ->
  a0 <= alpha <= a1 -> b0 <= beta <= b1 -> e0 <= eps <= e1 -> Bmax eps < alpha * beta.
Proof.
  intros K HA HB HE. pose proof (weight_over_box alpha beta HA HB).
  pose proof (Bmax_falls e0 eps E0 (proj1 HE)). lra.
Qed.

Theorem amplification_over_box margin alpha beta eps Lref : 0 < margin ->
  margin * (a1 * b1) * sqrt (1/4 + e1) <= 1 ->
  a0 <= alpha <= a1 -> b0 <= beta <= b1 -> e0 <= eps <= e1 ->
  forall L, T2 alpha Lref beta eps L = L -> margin <= L - Lref.
Proof.
  intros M K HA HB HE L F. pose proof (weight_over_box alpha beta HA HB).
  assert (W : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  apply s7_same_fixed_points in F; [|lra|lra]. apply fixed_point_gap in F.
  pose proof (amplification_margin Lref (alpha * beta) eps L W ltac:(lra) F).
  pose proof (margin_over_box (a1 * b1) e1 margin (alpha * beta) eps W ltac:(lra) ltac:(lra) ltac:(lra) M K).
  lra.
Qed.

Theorem uniqueness_over_box alpha beta eps Lref : Bmax e0 < a0 * b0 ->
  a0 <= alpha <= a1 -> b0 <= beta <= b1 -> e0 <= eps <= e1 -> exists! L, T2 alpha Lref beta eps L = L.
Proof. intros K HA HB HE. apply one_fixed_point; try lra. now apply above_Bmax_over_box. Qed.

Theorem contraction_over_box alpha beta eps : a1 <= 1 -> Bmax e0 < a0 * b0 ->
  a0 <= alpha <= a1 -> b0 <= beta <= b1 -> e0 <= eps <= e1 -> forall L, -1 < multiplier alpha beta eps L < 1.
Proof. intros A1 K HA HB HE L. apply multiplier_inside; try lra. now apply above_Bmax_over_box. Qed.

Theorem contraction_over_box_by_rate rate alpha beta eps : a1 <= 1 -> Bmax e0 / b0 <= rate - (1 - a0) ->
  a0 <= alpha <= a1 -> b0 <= beta <= b1 -> e0 <= eps <= e1 -> forall L,
    - rate <= multiplier alpha beta eps L <= rate.
Proof.
  intros A1 K HA HB HE L. pose proof (slope_bound eps L ltac:(lra)).
  pose proof (Bmax_falls e0 eps E0 (proj1 HE)).
  pose proof (Bmax_positive e0 E0).
  assert (Q : Bmax e0 / beta <= Bmax e0 / b0).
  { apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra. }
  pose proof (weighed beta ltac:(lra) (slope eps L) (Bmax e0) ltac:(lra)).
  pose proof (weighed beta ltac:(lra) (- Bmax e0) (slope eps L) ltac:(lra)).
  assert (- Bmax e0 / beta = - (Bmax e0 / beta)) by (field; lra). unfold multiplier. lra.
Qed.
End Box.

(** Witnesses. *)
Lemma sigma_reflected L : sigma (- L) = 1 - sigma L.
Proof. unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos L). field. lra. Qed.

Lemma slope_odd eps L : slope eps (- L) = - slope eps L.
Proof.
  unfold slope. assert (V : v (- L) = v L) by (unfold v; rewrite sigma_reflected; ring).
  rewrite V, sigma_reflected. unfold Rdiv. ring.
Qed.

(** On one side of p = 1/2 the slope is not below both its values at two points around. *)
Lemma slope_between eps w l r x : 0 < eps -> 0 <= l -> l <= x <= r -> w <= slope eps l -> w <= slope eps r ->
  w <= slope eps x.
Proof.
  intros E Z X Sl Sr. destruct (Rle_lt_dec (bend eps x) 0) as [Q|Q].
  - assert (slope eps l <= slope eps x); [|lra]. apply (slope_does_not_fall eps 0 x); try lra.
    unfold bend. rewrite Monotone.sigma_0. nra.
  - assert (slope eps r <= slope eps x); [|lra]. apply slope_does_not_rise; [exact E | | lra].
    intros t Ht. apply (bend_beyond eps x); lra.
Qed.

Section Witness.
Variables alpha Lref beta eps : R.
Hypothesis A : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.

Lemma multiplier_large_above l r x : 0 <= l -> l <= x <= r ->
  1 <= multiplier alpha beta eps l -> 1 <= multiplier alpha beta eps r -> 1 <= multiplier alpha beta eps x.
Proof.
  unfold multiplier. intros Z X Ml Mr.
  assert (K : alpha * beta <= slope eps x); [|assert (alpha <= slope eps x / beta); [apply Rle_div_r;
  lra | lra]].
  apply (slope_between eps (alpha * beta) l r); try assumption; apply Rle_div_r; lra.
Qed.

Lemma multiplier_large_below l r x : r <= 0 -> l <= x <= r ->
  multiplier alpha beta eps l <= -1 -> multiplier alpha beta eps r <= -1 -> multiplier alpha beta eps x <= -1.
Proof.
  unfold multiplier. intros Z X Ml Mr.
  assert (Rw : forall t, slope eps t / beta = - (slope eps (- t) / beta)) by (intros t; rewrite slope_odd;
  field; lra).
  rewrite Rw in Ml, Mr |- *. assert (K : (2 - alpha) * beta <= slope eps (- x)).
  { apply (slope_between eps ((2 - alpha) * beta) (- r) (- l)); try lra; apply Rle_div_r; lra. }
  assert (2 - alpha <= slope eps (- x) / beta) by (apply Rle_div_r; lra). lra.
Qed.

Lemma crosses_up l r : l < r -> gap Lref (alpha * beta) eps l < 0 -> 0 < gap Lref (alpha * beta) eps r ->
  exists L, l < L < r /\ T2 alpha Lref beta eps L = L.
Proof.
  intros LR Gl Gr. assert (W : 0 < alpha * beta) by now apply Rmult_lt_0_compat.
  destruct (zero_up Lref (alpha * beta) eps W E l r LR Gl Gr) as [x [X Z]]. exists x. split; [exact X|].
  apply s7_same_fixed_points; [exact A | exact B|]. now apply fixed_point_gap.
Qed.

Lemma crosses_down l r : l < r -> 0 < gap Lref (alpha * beta) eps l -> gap Lref (alpha * beta) eps r < 0 ->
  exists L, l < L < r /\ T2 alpha Lref beta eps L = L.
Proof.
  intros LR Gl Gr. assert (W : 0 < alpha * beta) by now apply Rmult_lt_0_compat.
  destruct (zero_down Lref (alpha * beta) eps W E l r LR Gl Gr) as [x [X Z]]. exists x. split; [exact X|].
  apply s7_same_fixed_points; [exact A | exact B|]. now apply fixed_point_gap.
Qed.

Theorem not_contracting_above l r : (exists L, l < L < r /\ T2 alpha Lref beta eps L = L) -> 0 <= l ->
  1 <= multiplier alpha beta eps l -> 1 <= multiplier alpha beta eps r ->
  exists L, T2 alpha Lref beta eps L = L /\
    (multiplier alpha beta eps L <= -1 \/ 1 <= multiplier alpha beta eps L).
Proof.
  intros [x [X F]] Z Ml Mr. exists x. split; [exact F|]. right. apply (multiplier_large_above l r); lra.
Qed.

Theorem not_contracting_below l r : (exists L, l < L < r /\ T2 alpha Lref beta eps L = L) -> r <= 0 ->
  multiplier alpha beta eps l <= -1 -> multiplier alpha beta eps r <= -1 ->
  exists L, T2 alpha Lref beta eps L = L /\
    (multiplier alpha beta eps L <= -1 \/ 1 <= multiplier alpha beta eps L).
Proof.
  intros [x [X F]] Z Ml Mr. exists x. split; [exact F|]. left. apply (multiplier_large_below l r); lra.
Qed.

Theorem not_unique a b c d : (exists L, a < L < b /\ T2 alpha Lref beta eps L = L) ->
  (exists L, c < L < d /\ T2 alpha Lref beta eps L = L) -> b <= c ->
  exists K L, K < L /\ T2 alpha Lref beta eps K = K /\ T2 alpha Lref beta eps L = L.
Proof. intros [x [X F]] [y [Y G]] BC. exists x, y. split; [lra|]. now split. Qed.
End Witness.

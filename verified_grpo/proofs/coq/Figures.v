(** * The curves of the figures, in log-odds

    Paper: Figures 1, 3 and 4.
    Suite: the logarithms of the curves at every log-odds, which the checker encloses strip by strip; where the curve
    of Figure 4 rises and falls; and the left side of the condition of Figure 3, for every beta. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Formulas AtMostThree.
Open Scope R_scope.

(** With a = exp(l/2) and b = exp(-l/2). *)
Lemma sigma_by_cosh l : sigma l = exp (l / 2) / (2 * cosh (l / 2)).
Proof.
  pose proof (half_exponentials l) as [A B]. pose proof (exp_pos (l / 2)). pose proof (exp_pos (- (l / 2))).
  unfold sigma, cosh. rewrite B.
  set (a := exp (l / 2)) in *. set (b := exp (- (l / 2))) in *.
  replace (2 * ((a + b) / 2)) with (a + b) by field.
  apply (Rmult_eq_reg_r ((1 + b * b) * (a + b))); [|apply Rgt_not_eq; nra].
  replace (/ (1 + b * b) * ((1 + b * b) * (a + b))) with (a + b) by (field; nra).
  replace (a / (a + b) * ((1 + b * b) * (a + b))) with (a + a * b * b) by (field; lra).
  rewrite A. ring.
Qed.

Lemma tanh_by_sigma y : tanh y = 2 * sigma (2 * y) - 1.
Proof.
  rewrite sigma_by_cosh. replace (2 * y / 2) with y by field. unfold tanh.
  pose proof (cosh_positive y) as C. unfold sinh. unfold cosh in C |- *. field. lra.
Qed.

Lemma tanh_rises x y : x < y -> tanh x < tanh y.
Proof. intros H. rewrite !tanh_by_sigma. assert (sigma (2 * x) < sigma (2 * y)) by (apply sigma_increasing; lra). lra. Qed.

Lemma tanh_of_positive y : 0 < y -> 0 < tanh y.
Proof.
  intros H. apply tanh_rises in H. unfold tanh at 1 in H. rewrite sinh_0 in H. unfold Rdiv in H. rewrite Rmult_0_l in H. exact H.
Qed.

Lemma cosh_at_least_one y : 1 <= cosh y.
Proof.
  pose proof (exp_plus y (- y)) as A. rewrite Rplus_opp_r, exp_0 in A.
  pose proof (exp_pos y). pose proof (exp_pos (- y)). unfold cosh. pose proof (pow2_ge_0 (exp y - exp (- y))). nra.
Qed.

Lemma variance_by_cosh l : v l = / (4 * cosh (l / 2) ^ 2).
Proof. unfold v. apply lemma_3_1. Qed.

Section Curves.
Variables eps l : R.
Hypothesis E : 0 < eps.
Let c := cosh (l / 2).
Let w := 1 + 4 * eps * c ^ 2.

Lemma c_positive : 0 < c.
Proof. apply cosh_positive. Qed.

Lemma w_positive : 0 < w.
Proof. unfold w. pose proof c_positive. assert (0 < c ^ 2) by (apply pow_lt; assumption). nra. Qed.

Lemma stabilised : v l + eps = w / (4 * c ^ 2).
Proof. rewrite variance_by_cosh. fold c. unfold w. pose proof c_positive. field. lra. Qed.

Lemma root : sqrt (v l + eps) = sqrt w / (2 * c).
Proof.
  pose proof c_positive. pose proof w_positive. rewrite stabilised, sqrt_div_alt by nra.
  replace (4 * c ^ 2) with ((2 * c) * (2 * c)) by ring. rewrite sqrt_square by lra. reflexivity.
Qed.

Lemma root_positive_w : 0 < sqrt w.
Proof. apply sqrt_lt_R0, w_positive. Qed.

Lemma ln_of_root : ln (sqrt w) = ln w / 2.
Proof.
  pose proof root_positive_w as S. pose proof w_positive as W.
  rewrite <- (sqrt_sqrt w) at 2 by lra. rewrite ln_mult by assumption. field.
Qed.

(** Figure 1. *)
Theorem weight_in_log_odds :
  ln (weight_of_failure eps (sigma l)) = l / 2 - ln (1 + 4 * eps * cosh (l / 2) ^ 2) / 2 /\
  weight_of_success eps (sigma l) = weight_of_failure eps (sigma (- l)).
Proof.
  pose proof c_positive as C. pose proof root_positive_w as S. split.
  - unfold weight_of_failure. fold (v l). rewrite root, sigma_by_cosh. fold c w.
    replace (exp (l / 2) / (2 * c) / (sqrt w / (2 * c))) with (exp (l / 2) * / sqrt w) by (field; lra).
    rewrite ln_mult, ln_Rinv, ln_exp, ln_of_root; try lra; [apply exp_pos | now apply Rinv_0_lt_compat].
  - assert (M : sigma (- l) = 1 - sigma l).
    { unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos l). field. split; lra. }
    unfold weight_of_success, weight_of_failure. rewrite M. f_equal. f_equal. ring.
Qed.

(** Figure 4: B is the slope of the contrast over the log-odds. *)
Lemma slope_by_cosh : slope eps l = sinh (l / 2) / (w * sqrt w).
Proof.
  pose proof c_positive as C. pose proof root_positive_w as S. pose proof w_positive as W.
  assert (D : 2 * sigma l - 1 = sinh (l / 2) / c).
  { pose proof (tanh_by_sigma (l / 2)) as T. replace (2 * (l / 2)) with l in T by field. rewrite <- T. reflexivity. }
  unfold slope. rewrite D, root, stabilised, variance_by_cosh. fold c. field. repeat split; lra.
Qed.

Theorem slope_in_log_odds : 0 < l ->
  0 < slope eps l /\ ln (slope eps l) = ln (sinh (l / 2)) - 3 / 2 * ln (1 + 4 * eps * cosh (l / 2) ^ 2).
Proof.
  intros L. pose proof root_positive_w as S. pose proof w_positive as W.
  assert (H : 0 < sinh (l / 2)) by (apply sinh_sign; lra).
  assert (D : 0 < w * sqrt w) by (apply Rmult_lt_0_compat; assumption).
  rewrite slope_by_cosh. split; [now apply Rdiv_lt_0_compat|]. unfold Rdiv at 1.
  rewrite ln_mult, ln_Rinv, ln_mult, ln_of_root; try assumption; [|now apply Rinv_0_lt_compat].
  fold c w. field.
Qed.
End Curves.

(** Where that curve rises and falls: up to (2p-1)^2 = (1 + 4 eps)/(1 + 12 eps), and after it. *)
Lemma squares_in_order a b : 0 <= a -> a < b -> a ^ 2 < b ^ 2.
Proof. intros A B. nra. Qed.

Theorem slope_rises_then_falls eps x y : 0 < eps -> 0 <= x -> x < y ->
  ((1 + 12 * eps) * (2 * sigma y - 1) ^ 2 <= 1 + 4 * eps -> slope eps x < slope eps y) /\
  (1 + 4 * eps <= (1 + 12 * eps) * (2 * sigma x - 1) ^ 2 -> slope eps y < slope eps x).
Proof.
  intros E X XY.
  assert (half : 1 / 2 <= sigma x).
  { replace (1 / 2) with (sigma 0) by (unfold sigma; rewrite Ropp_0, exp_0; field).
    destruct X as [X | <-]; [left; now apply sigma_increasing | right; reflexivity]. }
  assert (P : forall t, 0 < v t / (16 * ((v t + eps) * (v t + eps) * sqrt (v t + eps)))).
  { intros t. pose proof (v_range t) as [V _]. assert (0 < sqrt (v t + eps)) by (apply sqrt_lt_R0; lra).
    apply Rdiv_lt_0_compat; [exact V|]. assert (0 < (v t + eps) * (v t + eps)) by nra. nra. }
  assert (F : forall t, slope_slope eps t =
    v t / (16 * ((v t + eps) * (v t + eps) * sqrt (v t + eps))) * ((1 + 4 * eps) - (1 + 12 * eps) * (2 * sigma t - 1) ^ 2)).
  { intros t. pose proof (v_range t) as [V _]. assert (0 < sqrt (v t + eps)) by (apply sqrt_lt_R0; lra).
    unfold slope_slope. field. split; lra. }
  split; intros H.
  - apply (increases (slope eps) (slope_slope eps)); [intros t; now apply slope_derivative | | exact XY].
    intros t [T1 T2]. apply sigma_increasing in T1, T2. rewrite F. apply Rmult_lt_0_compat; [apply P|].
    assert (S : (2 * sigma t - 1) ^ 2 < (2 * sigma y - 1) ^ 2) by (apply squares_in_order; lra).
    pose proof (Rmult_lt_compat_l (1 + 12 * eps) _ _ ltac:(lra) S). lra.
  - apply (decreases (slope eps) (slope_slope eps)); [intros t; now apply slope_derivative | | exact XY].
    intros t [T1 T2]. apply sigma_increasing in T1, T2. rewrite F. pose proof (P t) as Q.
    assert (S : (2 * sigma x - 1) ^ 2 < (2 * sigma t - 1) ^ 2) by (apply squares_in_order; lra).
    pose proof (Rmult_lt_compat_l (1 + 12 * eps) _ _ ltac:(lra) S).
    apply Ropp_lt_cancel. rewrite Ropp_0, Ropp_mult_distr_r. apply Rmult_lt_0_compat; [exact Q | lra].
Qed.

(** Figure 3: the left side of the condition on beta. *)
Definition left_side (c beta : R) : R := beta * cosh (c / beta) ^ 2.

Lemma left_side_derivative c b : 0 < b ->
  is_derive (left_side c) b (cosh (c / b) ^ 2 * (1 - 2 * (c / b) * tanh (c / b))).
Proof.
  intros B. unfold left_side, tanh. pose proof (cosh_positive (c / b)) as C. unfold cosh, sinh in *.
  auto_derive; [lra|]. replace (- (c * / b)) with (- (c / b)) by reflexivity. fold (c / b).
  set (x := exp (c / b)) in *. set (z := exp (- (c / b))) in *. field. split; lra.
Qed.

Lemma steepness_rises y z : 0 < y -> y < z -> 2 * y * tanh y < 2 * z * tanh z.
Proof. intros Y YZ. pose proof (tanh_rises y z YZ). pose proof (tanh_of_positive y Y). nra. Qed.

Theorem left_side_falls_then_rises c a b : 0 < c -> 0 < a -> a < b ->
  (1 <= 2 * (c / b) * tanh (c / b) -> left_side c b < left_side c a) /\
  (2 * (c / a) * tanh (c / a) <= 1 -> left_side c a < left_side c b).
Proof.
  intros C A AB.
  assert (M : exists t, left_side c b - left_side c a = cosh (c / t) ^ 2 * (1 - 2 * (c / t) * tanh (c / t)) * (b - a) /\ a < t < b).
  { apply (MVT_cor2 (left_side c) (fun t => cosh (c / t) ^ 2 * (1 - 2 * (c / t) * tanh (c / t)))); [exact AB|].
    intros t [T _]. apply is_derive_Reals, left_side_derivative. lra. }
  destruct M as [t [D [T1 T2]]].
  assert (K : 0 < cosh (c / t) ^ 2) by (apply pow_lt, cosh_positive).
  assert (below : c / b < c / t) by (apply Rmult_lt_compat_l; [|apply Rinv_lt_contravar]; nra).
  assert (above : c / t < c / a) by (apply Rmult_lt_compat_l; [|apply Rinv_lt_contravar]; nra).
  assert (0 < c / b) by (apply Rdiv_lt_0_compat; lra). assert (0 < c / t) by (apply Rdiv_lt_0_compat; lra).
  split; intros Turn.
  - pose proof (steepness_rises (c / b) (c / t) ltac:(lra) below).
    assert (cosh (c / t) ^ 2 * (1 - 2 * (c / t) * tanh (c / t)) < 0) by nra. nra.
  - pose proof (steepness_rises (c / t) (c / a) ltac:(lra) above).
    assert (0 < cosh (c / t) ^ 2 * (1 - 2 * (c / t) * tanh (c / t))) by nra. nra.
Qed.

(** So between two values of beta it is no larger than at one of them. *)
Theorem left_side_between c a b d : 0 < c -> 0 < a -> a < b -> b < d ->
  left_side c b < Rmax (left_side c a) (left_side c d).
Proof.
  intros C A AB BD. destruct (Rle_lt_dec 1 (2 * (c / b) * tanh (c / b))) as [H | H].
  - eapply Rlt_le_trans; [|apply Rmax_l]. exact (proj1 (left_side_falls_then_rises c a b C A AB) H).
  - eapply Rlt_le_trans; [|apply Rmax_r]. apply (proj2 (left_side_falls_then_rises c b d C ltac:(lra) BD)). lra.
Qed.

Theorem left_side_at_least_beta c beta : 0 < beta -> beta <= left_side c beta.
Proof.
  intros B. unfold left_side. pose proof (cosh_at_least_one (c / beta)). assert (1 <= cosh (c / beta) ^ 2) by nra. nra.
Qed.

(** The least value of cosh(y)^2/y is above 2.23: by a tangent of cosh, near where it is. *)
Lemma doubled x b c y : 0 <= b -> b <= exp x -> c <= b * b -> y = 2 * x -> c <= exp y.
Proof. intros B X C ->. replace (2 * x) with (x + x) by ring. rewrite exp_plus. nra. Qed.

Lemma logarithm_of_the_tangent : ln (4674 / 1000) <= 15443 / 10000.
Proof.
  assert (S0 : (200301621 / 200000000) <= exp (15443 / 10000 / 1024))
    by (pose proof (exp_ineq1_le (15443 / 10000 / 1024)); lra).
  assert (S1 : (250754621 / 250000000) <= exp (15443 / 10000 / 512)) by (apply (doubled (15443 / 10000 / 1024) (200301621 / 200000000)); lra).
  assert (S2 : (1006046079 / 1000000000) <= exp (15443 / 10000 / 256)) by (apply (doubled (15443 / 10000 / 512) (250754621 / 250000000)); lra).
  assert (S3 : (1012128713 / 1000000000) <= exp (15443 / 10000 / 128)) by (apply (doubled (15443 / 10000 / 256) (1006046079 / 1000000000)); lra).
  assert (S4 : (1024404531 / 1000000000) <= exp (15443 / 10000 / 64)) by (apply (doubled (15443 / 10000 / 128) (1012128713 / 1000000000)); lra).
  assert (S5 : (1049404643 / 1000000000) <= exp (15443 / 10000 / 32)) by (apply (doubled (15443 / 10000 / 64) (1024404531 / 1000000000)); lra).
  assert (S6 : (137656263 / 125000000) <= exp (15443 / 10000 / 16)) by (apply (doubled (15443 / 10000 / 32) (1049404643 / 1000000000)); lra).
  assert (S7 : (1212751791 / 1000000000) <= exp (15443 / 10000 / 8)) by (apply (doubled (15443 / 10000 / 16) (137656263 / 125000000)); lra).
  assert (S8 : (735383453 / 500000000) <= exp (15443 / 10000 / 4)) by (apply (doubled (15443 / 10000 / 8) (1212751791 / 1000000000)); lra).
  assert (S9 : (2163155291 / 1000000000) <= exp (15443 / 10000 / 2)) by (apply (doubled (15443 / 10000 / 4) (735383453 / 500000000)); lra).
  assert (S10 : (1169810203 / 250000000) <= exp (15443 / 10000 / 1)) by (apply (doubled (15443 / 10000 / 2) (2163155291 / 1000000000)); lra).
  rewrite <- (ln_exp (15443 / 10000)). replace (15443 / 10000 / 1) with (15443 / 10000) in S10 by field.
  left. apply ln_increasing; lra.
Qed.

Lemma cosh_above_its_tangent a z : 0 < a -> (a + / a) / 2 + (a - / a) / 2 * (z - ln a) <= cosh z.
Proof.
  intros A. assert (I : 0 < / a) by (now apply Rinv_0_lt_compat).
  assert (U : exp z = a * exp (z - ln a)).
  { rewrite <- (exp_ln a) at 1 by exact A. rewrite <- exp_plus. f_equal. ring. }
  assert (D : exp (- z) = / a * exp (- (z - ln a))).
  { rewrite <- (exp_ln (/ a)) at 1 by exact I. rewrite ln_Rinv, <- exp_plus by exact A. f_equal. ring. }
  unfold cosh. rewrite U, D.
  pose proof (Rmult_le_compat_l a _ _ ltac:(lra) (exp_ineq1_le (z - ln a))).
  pose proof (Rmult_le_compat_l (/ a) _ _ ltac:(lra) (exp_ineq1_le (- (z - ln a)))). lra.
Qed.

Lemma square_of_cosh y : cosh y ^ 2 = (1 + cosh (2 * y)) / 2.
Proof.
  pose proof (exp_plus y (- y)) as A. rewrite Rplus_opp_r, exp_0 in A. unfold cosh.
  replace (2 * y) with (y + y) by ring. replace (- (y + y)) with (- y + - y) by ring. rewrite !exp_plus.
  set (x := exp y) in *. set (w := exp (- y)) in *. nra.
Qed.

Lemma square_of_cosh_above y : 0 < y -> 223 / 100 * y < cosh y ^ 2.
Proof.
  intros Y. rewrite square_of_cosh. pose proof (cosh_above_its_tangent (4674 / 1000) (2 * y) ltac:(lra)) as H.
  pose proof logarithm_of_the_tangent as L. set (l := ln (4674 / 1000)) in *.
  replace (/ (4674 / 1000)) with (1000 / 4674) in H by field. lra.
Qed.

Theorem least_left_side c beta : 0 < c -> 0 < beta -> 223 / 100 * c < left_side c beta.
Proof.
  intros C B. assert (Y : 0 < c / beta) by (apply Rdiv_lt_0_compat; assumption).
  pose proof (square_of_cosh_above (c / beta) Y).
  unfold left_side. replace c with (beta * (c / beta)) at 1 by (field; lra). nra.
Qed.

(** * What a cell of a certificate needs: values at its ends only

    Suite: the rules of certificate "fixed-points".  The slope rises where (1+12 eps) (2p-1)^2 <= 1+4 eps and falls
    beyond, so its sign against a weight follows from the ends of a cell. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax AtMostThree TwoKL Monotone.
Open Scope R_scope.

Definition bend (eps L : R) : R := (1 + 12 * eps) * (2 * sigma L - 1) ^ 2 - (1 + 4 * eps).

Lemma slope_slope_sign eps L : 0 < eps ->
  (bend eps L <= 0 -> 0 <= slope_slope eps L) /\ (0 <= bend eps L -> slope_slope eps L <= 0).
Proof.
  intros E. pose proof (v_range L) as V.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (K : 0 < v L / (16 * ((v L + eps) * (v L + eps) * sqrt (v L + eps)))).
  { apply Rdiv_lt_0_compat; [lra|]. repeat apply Rmult_lt_0_compat; lra. }
  assert (F : slope_slope eps L = - (v L / (16 * ((v L + eps) * (v L + eps) * sqrt (v L + eps)))) * bend eps L)
    by (unfold slope_slope, bend; field; lra).
  rewrite F. split; intros H; nra.
Qed.

Lemma sigma_does_not_fall a b : a <= b -> sigma a <= sigma b.
Proof. intros [H| ->]; [left; now apply sigma_increasing | lra]. Qed.

Lemma bend_between eps l r x : 0 < eps -> bend eps l <= 0 -> bend eps r <= 0 -> l <= x <= r -> bend eps x <= 0.
Proof.
  intros E A B [X Y]. apply sigma_does_not_fall in X, Y. unfold bend in *.
  assert ((2 * sigma x - 1) ^ 2 <= (2 * sigma l - 1) ^ 2 \/ (2 * sigma x - 1) ^ 2 <= (2 * sigma r - 1) ^ 2).
  { destruct (Rle_lt_dec (2 * sigma x - 1) 0); [left | right]; nra. }
  destruct H; nra.
Qed.

Lemma bend_beyond eps l x : 0 < eps -> 0 <= l -> l <= x -> 0 <= bend eps l -> 0 <= bend eps x.
Proof.
  intros E Z X A. apply sigma_does_not_fall in X, Z. rewrite sigma_0 in Z. unfold bend in *.
  assert ((2 * sigma l - 1) ^ 2 <= (2 * sigma x - 1) ^ 2) by nra. nra.
Qed.

Lemma bend_before eps r x : 0 < eps -> r <= 0 -> x <= r -> 0 <= bend eps r -> 0 <= bend eps x.
Proof.
  intros E Z X A. apply sigma_does_not_fall in X, Z. rewrite sigma_0 in Z. unfold bend in *.
  assert ((2 * sigma r - 1) ^ 2 <= (2 * sigma x - 1) ^ 2) by nra. nra.
Qed.

Lemma slope_does_not_fall eps l r x y : 0 < eps -> bend eps l <= 0 -> bend eps r <= 0 ->
  l <= x -> x <= y -> y <= r -> slope eps x <= slope eps y.
Proof.
  intros E A B X XY Y. apply (does_not_fall (slope eps) (slope_slope eps)); [| | exact XY].
  { intros t; now apply slope_derivative. }
  intros t Ht. apply slope_slope_sign; [exact E|]. apply (bend_between eps l r); lra.
Qed.

Lemma slope_does_not_rise eps x y : 0 < eps -> (forall t, x <= t <= y -> 0 <= bend eps t) -> x <= y ->
  slope eps y <= slope eps x.
Proof.
  intros E H XY. assert (- slope eps x <= - slope eps y); [|lra].
  apply (does_not_fall (fun t => - slope eps t) (fun t => - slope_slope eps t)); [| | exact XY].
  - intros t. apply (is_derive_opp (slope eps)). now apply slope_derivative.
  - intros t Ht. pose proof (slope_slope_sign eps t E) as [_ N]. specialize (N (H t Ht)). lra.
Qed.

Lemma slope_nonpositive eps L : 0 < eps -> L <= 0 -> slope eps L <= 0.
Proof.
  intros E H. destruct (slope_sign eps L E) as [P _]. destruct (Rle_lt_dec (slope eps L) 0) as [Q|Q]; [exact Q|].
  apply P in Q. apply sigma_does_not_fall in H. rewrite sigma_0 in H. lra.
Qed.

Lemma slope_nonnegative eps L : 0 < eps -> 0 <= L -> 0 <= slope eps L.
Proof.
  intros E H. destruct (slope_sign eps L E) as [_ P]. destruct (Rle_lt_dec 0 (slope eps L)) as [Q|Q]; [exact Q|].
  apply P in Q. apply sigma_does_not_fall in H. rewrite sigma_0 in H. lra.
Qed.

Section Weight.
Variables eps w : R.
Hypothesis E : 0 < eps.
Hypothesis W : 0 < w.

Lemma gap_slope_positive x : slope eps x < w -> 0 < gap_slope w eps x.
Proof. intros H. unfold gap_slope. assert (slope eps x / w < 1); [|lra]. apply Rlt_div_l; lra. Qed.

Lemma gap_slope_negative x : w < slope eps x -> gap_slope w eps x < 0.
Proof. intros H. unfold gap_slope. assert (1 < slope eps x / w); [|lra]. apply Rlt_div_r; lra. Qed.

Lemma rising_negative a b : b <= 0 -> forall x, a <= x <= b -> 0 < gap_slope w eps x.
Proof. intros B x X. apply gap_slope_positive. pose proof (slope_nonpositive eps x E). lra. Qed.

Lemma rising_left a b : 0 <= b -> bend eps b <= 0 -> slope eps b < w ->
  forall x, a <= x <= b -> 0 < gap_slope w eps x.
Proof.
  intros B K S x X. apply gap_slope_positive. destruct (Rle_lt_dec x 0) as [Q|Q].
  - pose proof (slope_nonpositive eps x E). lra.
  - assert (slope eps x <= slope eps b); [|lra].
    apply (slope_does_not_fall eps 0 b); try lra. unfold bend. rewrite sigma_0. nra.
Qed.

Lemma rising_right a b : 0 <= a -> 0 <= bend eps a -> slope eps a < w ->
  forall x, a <= x <= b -> 0 < gap_slope w eps x.
Proof.
  intros A K S x X. apply gap_slope_positive. assert (slope eps x <= slope eps a); [|lra].
  apply slope_does_not_rise; [exact E | | lra]. intros t Ht. apply (bend_beyond eps a); lra.
Qed.

Lemma rising_everywhere a b : Bmax eps < w -> forall x, a <= x <= b -> 0 < gap_slope w eps x.
Proof. intros B x _. apply gap_slope_positive. pose proof (slope_bound eps x E). lra. Qed.

Lemma falling_between a b : 0 <= a -> w < slope eps a -> w < slope eps b ->
  forall x, a <= x <= b -> gap_slope w eps x < 0.
Proof.
  intros A Sa Sb x X. apply gap_slope_negative. destruct (Rle_lt_dec (bend eps x) 0) as [Q|Q].
  - assert (slope eps a <= slope eps x); [|lra]. apply (slope_does_not_fall eps 0 x); try lra.
    unfold bend. rewrite sigma_0. nra.
  - assert (slope eps b <= slope eps x); [|lra]. apply slope_does_not_rise; [exact E | | lra].
    intros t Ht. apply (bend_beyond eps x); lra.
Qed.

Lemma Omega_rises x y : 0 <= x -> x <= y -> Omega eps x <= Omega eps y.
Proof.
  intros X. apply (does_not_fall (Omega eps) (slope eps)); [intros t; now apply Omega_derivative|].
  intros t Ht. apply slope_nonnegative; lra.
Qed.

Lemma Omega_falls x y : y <= 0 -> x <= y -> Omega eps y <= Omega eps x.
Proof.
  intros Y XY. assert (- Omega eps x <= - Omega eps y); [|lra].
  apply (does_not_fall (fun t => - Omega eps t) (fun t => - slope eps t)); [| | exact XY].
  - intros t. apply (is_derive_opp (Omega eps)). now apply Omega_derivative.
  - intros t Ht. pose proof (slope_nonpositive eps t E). lra.
Qed.

Lemma weighed x y : x <= y -> x / w <= y / w.
Proof. intros H. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact H]. Qed.

Lemma positive_cell Lref a b : 0 < a - Lref - Omega eps a / w -> 0 < a - Lref - Omega eps b / w ->
  forall x, a <= x <= b -> 0 < gap Lref w eps x.
Proof.
  intros A B x X. unfold gap. destruct (Rle_lt_dec 0 x) as [Q|Q].
  - pose proof (weighed _ _ (Omega_rises x b Q ltac:(lra))). lra.
  - pose proof (weighed _ _ (Omega_falls a x ltac:(lra) ltac:(lra))). lra.
Qed.

Lemma negative_cell_right Lref a b : 0 <= a -> b - Lref - Omega eps a / w < 0 ->
  forall x, a <= x <= b -> gap Lref w eps x < 0.
Proof. intros A B x X. unfold gap. pose proof (weighed _ _ (Omega_rises a x A ltac:(lra))). lra. Qed.

Lemma negative_cell_left Lref a b : b <= 0 -> b - Lref - Omega eps b / w < 0 ->
  forall x, a <= x <= b -> gap Lref w eps x < 0.
Proof. intros A B x X. unfold gap. pose proof (weighed _ _ (Omega_falls x b A ltac:(lra))). lra. Qed.

Lemma negative_cell_across Lref a b : b - Lref - / sqrt (1/4 + eps) / w < 0 ->
  forall x, a <= x <= b -> gap Lref w eps x < 0.
Proof. intros B x X. unfold gap. pose proof (weighed _ _ (Omega_lower eps x E)). lra. Qed.
End Weight.

(** The multiplier over a bracket, by its ends. *)
Definition multiplier (alpha beta eps L : R) : R := 1 - alpha + slope eps L / beta.

Lemma multiplier_rises alpha beta eps l r x : 0 < beta -> 0 < eps ->
  bend eps l <= 0 -> bend eps r <= 0 -> l < x < r ->
  multiplier alpha beta eps l <= multiplier alpha beta eps x <= multiplier alpha beta eps r.
Proof.
  intros B E A C X. unfold multiplier.
  pose proof (weighed beta B _ _ (slope_does_not_fall eps l r l x E A C ltac:(lra) ltac:(lra) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_fall eps l r x r E A C ltac:(lra) ltac:(lra) ltac:(lra))). lra.
Qed.

Lemma multiplier_falls alpha beta eps l r x : 0 < beta -> 0 < eps ->
  (0 <= l /\ 0 <= bend eps l) \/ (r <= 0 /\ 0 <= bend eps r) -> l < x < r ->
  multiplier alpha beta eps r <= multiplier alpha beta eps x <= multiplier alpha beta eps l.
Proof.
  intros B E A X.
  assert (N : forall t, l <= t <= r -> 0 <= bend eps t).
  { intros t Ht. destruct A as [[A1 A2]|[A1 A2]]; [apply (bend_beyond eps l); lra | apply (bend_before eps r); lra]. }
  unfold multiplier.
  pose proof (weighed beta B _ _ (slope_does_not_rise eps l x E (fun t Ht => N t ltac:(lra)) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_rise eps x r E (fun t Ht => N t ltac:(lra)) ltac:(lra))). lra.
Qed.

Lemma probability_between l r x : l < x < r ->
  sigma l <= sigma x <= sigma r /\ sigma (- r) <= sigma (- x) <= sigma (- l).
Proof. intros X. repeat split; apply sigma_does_not_fall; lra. Qed.

Lemma T2_continuous alpha Lref beta eps : 0 < beta -> 0 < eps -> forall t, continuous (T2 alpha Lref beta eps) t.
Proof.
  intros B E. apply (continuous_of_derivative _ (fun t => 1 - alpha + slope eps t / beta)).
  intros t. now apply T2_derivative.
Qed.

(** Boxes: Bmax and the margin fall in eps. *)
Lemma Bmax_falls e eps : 0 < e -> e <= eps -> Bmax eps <= Bmax e.
Proof.
  intros E H. unfold Bmax. assert (S0 : 0 < sqrt (3 * e)) by (apply sqrt_lt_R0; lra).
  assert (S : sqrt (3 * e) <= sqrt (3 * eps)) by (apply sqrt_le_1; lra).
  apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|]. apply Rmult_le_compat; lra.
Qed.

Lemma margin_over_box w0 eps0 margin w eps : 0 < w -> 0 < eps -> w <= w0 -> eps <= eps0 ->
  0 < margin -> margin * w0 * sqrt (1/4 + eps0) <= 1 -> margin <= / sqrt (1/4 + eps) / w.
Proof.
  intros W E W0 E0 M H. assert (S : 0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra).
  assert (S1 : sqrt (1/4 + eps) <= sqrt (1/4 + eps0)) by (apply sqrt_le_1; lra).
  apply Rle_div_r; [lra|]. apply Rmult_le_reg_r with (sqrt (1/4 + eps)); [exact S|]. rewrite Rinv_l by lra.
  assert (w * sqrt (1/4 + eps) <= w0 * sqrt (1/4 + eps0)) by (apply Rmult_le_compat; lra). nra.
Qed.

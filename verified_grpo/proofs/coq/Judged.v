(** * What the suite says of the paper beside its theorems: limits, the mirror above one half, and eps = 0

    Paper: the display after Proposition 1 (a limit of p_n is a fixed point); version 4's discussion of monotone
    improvement; Remark 1 (at eps = 0 the existence of fixed points is not guaranteed).
    Suite: the first holds; from p_ref >= 1/2 the sequence rises for every alpha in (0, 1] and every beta; and at eps
    = 0 there are two, one or no fixed points in (0, 1) as L_ref is below, at or above
    crest beta = 2 asinh beta - 2 sqrt(1 + beta^2)/beta. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Existence Bmax AtMostThree Basin Monotone
  TwoKL PaperMap.
Open Scope R_scope.

(** The display after Proposition 1. *)
Theorem limit_of_the_sequence p_ref beta eps p0 (l : R) : 0 < p_ref < 1 -> 0 < beta -> 0 < eps -> 0 <= p0 <= 1 ->
  is_lim_seq (fun n => iterate (h p_ref beta eps) n p0) l -> h p_ref beta eps l = l.
Proof.
  intros Pref B E P H. set (f := h p_ref beta eps) in *.
  assert (I : forall n, 0 <= iterate f n p0 <= 1).
  { induction n as [|n IH]; simpl; [exact P|].
    pose proof (lemma_2 p_ref beta eps (iterate f n p0) Pref B E IH). unfold f in *. lra. }
  assert (L0 : 0 <= l).
  { apply (is_lim_seq_le (fun _ => 0) (fun n => iterate f n p0) 0 l);
      [intros n; apply I | apply is_lim_seq_const | exact H]. }
  assert (L1 : l <= 1).
  { apply (is_lim_seq_le (fun n => iterate f n p0) (fun _ => 1) l 1);
      [intros n; apply I | exact H | apply is_lim_seq_const]. }
  assert (H1 : is_lim_seq (fun n => f (iterate f n p0)) (f l)).
  { apply (is_lim_seq_continuous f _ l); [|exact H].
    apply continuity_pt_filterlim, proposition_1_continuous; lra. }
  assert (H2 : is_lim_seq (fun n => iterate f (S n) p0) l) by (apply is_lim_seq_incr_1 in H; exact H).
  simpl in H2.
  assert (Q : Rbar.Finite (f l) = Rbar.Finite l).
  { rewrite <- (is_lim_seq_unique _ _ H1). apply is_lim_seq_unique. exact H2. }
  now injection Q.
Qed.

(** Version 4's discussion: with both KL terms, from p_ref >= 1/2. *)
Theorem v7_rises_above_half alpha Lref beta eps : 0 < alpha <= 1 -> 0 < beta -> 0 < eps -> 0 <= Lref ->
  (forall n, iterate (T2 alpha Lref beta eps) n Lref <= iterate (T2 alpha Lref beta eps) (S n) Lref) /\
  exists l : R, is_lim_seq (fun n => iterate (T2 alpha Lref beta eps) n Lref) l /\ T2 alpha Lref beta eps l = l /\
    forall y, T2 alpha Lref beta eps y = y -> l <= y.
Proof.
  intros A B E R0. apply rises_in_order; try lra. intros t H1.
  assert (S : 0 <= slope eps t).
  { destruct (slope_sign eps t E) as [_ N]. apply Rnot_lt_le. intros S. apply N in S.
    assert (0 <= t) by lra. pose proof sigma_0.
    destruct (Req_dec t 0) as [Z|Z]; [rewrite Z in S; lra|].
    assert (sigma 0 < sigma t) by (apply sigma_increasing; lra). lra. }
  assert (0 <= (1 - alpha) * beta) by (apply Rmult_le_pos; lra). lra.
Qed.

(** Remark 1: without a stabiliser. *)
Lemma contrast_without_eps L : Omega 0 L = exp (L / 2) + exp (- (L / 2)).
Proof.
  pose proof (exp_pos (L / 2)) as X. pose proof (exp_pos (- (L / 2))) as Y.
  assert (XY : exp (L / 2) * exp (- (L / 2)) = 1) by (rewrite <- exp_plus; replace (L / 2 + - (L / 2)) with 0 by ring; apply exp_0).
  assert (Q : exp (- L) = exp (- (L / 2)) * exp (- (L / 2))) by (rewrite <- exp_plus; f_equal; field).
  unfold Omega, v, sigma. rewrite Q. set (x := exp (L / 2)) in *. set (y := exp (- (L / 2))) in *.
  clearbody x y.
  replace (/ (1 + y * y) * (1 - / (1 + y * y)) + 0) with (/ (x + y) * / (x + y)).
  - rewrite sqrt_square; [apply Rinv_inv|]. left. apply Rinv_0_lt_compat. lra.
  - assert (x = / y) by (apply Rmult_eq_reg_r with y; [rewrite Rinv_l|]; lra). subst x. field. repeat split; nra.
Qed.

Definition summit (beta : R) : R := 2 * arcsinh beta.
Definition crest (beta : R) : R := 2 * arcsinh beta - 2 * sqrt (1 + beta ^ 2) / beta.
Definition bare_slope (beta L : R) : R := 1 - (exp (L / 2) - exp (- (L / 2))) / (2 * beta).

Lemma bare_derivative Lref beta L : 0 < beta -> is_derive (gap Lref beta 0) L (bare_slope beta L).
Proof.
  intros B. apply is_derive_ext with (fun t => t - Lref - (exp (t / 2) + exp (- (t / 2))) / beta).
  - intros t. unfold gap. now rewrite contrast_without_eps.
  - unfold bare_slope. auto_derive; [lra|]. unfold Rdiv. field. lra.
Qed.

Lemma exp_of_summit beta : exp (summit beta / 2) = beta + sqrt (beta ^ 2 + 1).
Proof.
  unfold summit, arcsinh. replace (2 * ln (beta + sqrt (beta ^ 2 + 1)) / 2) with (ln (beta + sqrt (beta ^ 2 + 1))) by field.
  apply exp_ln. pose proof (pow2_ge_0 beta).
  assert (Q : sqrt (beta ^ 2 + 1) * sqrt (beta ^ 2 + 1) = beta ^ 2 + 1) by (apply sqrt_sqrt; lra).
  pose proof (sqrt_pos (beta ^ 2 + 1)). nra.
Qed.

Lemma exp_of_minus_summit beta : exp (- (summit beta / 2)) = sqrt (beta ^ 2 + 1) - beta.
Proof.
  rewrite exp_Ropp, exp_of_summit. pose proof (pow2_ge_0 beta).
  assert (Q : sqrt (beta ^ 2 + 1) * sqrt (beta ^ 2 + 1) = beta ^ 2 + 1) by (apply sqrt_sqrt; lra).
  pose proof (sqrt_pos (beta ^ 2 + 1)).
  assert (0 < beta + sqrt (beta ^ 2 + 1)) by nra.
  apply Rmult_eq_reg_l with (beta + sqrt (beta ^ 2 + 1)); [rewrite Rinv_r; nra | lra].
Qed.

Lemma gap_at_summit Lref beta : 0 < beta -> gap Lref beta 0 (summit beta) = crest beta - Lref.
Proof.
  intros B. unfold gap. rewrite contrast_without_eps, exp_of_summit, exp_of_minus_summit. unfold crest, summit.
  replace (1 + beta ^ 2) with (beta ^ 2 + 1) by ring. field. lra.
Qed.

Lemma bare_slope_before beta L : 0 < beta -> L < summit beta -> 0 < bare_slope beta L.
Proof.
  intros B H. unfold bare_slope.
  assert (X : exp (L / 2) < exp (summit beta / 2)) by (apply exp_increasing; lra).
  assert (Y : exp (- (summit beta / 2)) < exp (- (L / 2))) by (apply exp_increasing; lra).
  rewrite exp_of_summit in X. rewrite exp_of_minus_summit in Y.
  assert ((exp (L / 2) - exp (- (L / 2))) / (2 * beta) < 1) by (apply Rlt_div_l; lra). lra.
Qed.

Lemma bare_slope_after beta L : 0 < beta -> summit beta < L -> bare_slope beta L < 0.
Proof.
  intros B H. unfold bare_slope.
  assert (X : exp (summit beta / 2) < exp (L / 2)) by (apply exp_increasing; lra).
  assert (Y : exp (- (L / 2)) < exp (- (summit beta / 2))) by (apply exp_increasing; lra).
  rewrite exp_of_summit in X. rewrite exp_of_minus_summit in Y.
  assert (1 < (exp (L / 2) - exp (- (L / 2))) / (2 * beta)) by (apply Rlt_div_r; lra). lra.
Qed.

Lemma rises_to_summit Lref beta x y : 0 < beta -> x < y -> y <= summit beta -> gap Lref beta 0 x < gap Lref beta 0 y.
Proof.
  intros B XY Y. apply (increases _ (bare_slope beta)); [intros t; now apply bare_derivative | | exact XY].
  intros t T. apply bare_slope_before; lra.
Qed.

Lemma falls_from_summit Lref beta x y : 0 < beta -> summit beta <= x -> x < y -> gap Lref beta 0 y < gap Lref beta 0 x.
Proof.
  intros B X XY. apply (decreases _ (bare_slope beta)); [intros t; now apply bare_derivative | | exact XY].
  intros t T. apply bare_slope_after; lra.
Qed.

Lemma below_the_crest Lref beta L : 0 < beta -> L <> summit beta -> gap Lref beta 0 L < crest beta - Lref.
Proof.
  intros B N. rewrite <- gap_at_summit by exact B. destruct (Rtotal_order L (summit beta)) as [H|[H|H]]; [|contradiction|].
  - apply rises_to_summit; lra.
  - apply falls_from_summit; lra.
Qed.

Theorem remark_1_none Lref beta : 0 < beta -> crest beta < Lref -> forall L, gap Lref beta 0 L <> 0.
Proof.
  intros B H L. destruct (Req_dec L (summit beta)) as [->|N].
  - rewrite gap_at_summit by exact B. lra.
  - pose proof (below_the_crest Lref beta L B N). lra.
Qed.

Theorem remark_1_one Lref beta : 0 < beta -> Lref = crest beta -> forall L, gap Lref beta 0 L = 0 <-> L = summit beta.
Proof.
  intros B -> L. split.
  - intros G. destruct (Req_dec L (summit beta)) as [H|N]; [exact H|].
    pose proof (below_the_crest (crest beta) beta L B N). lra.
  - intros ->. rewrite gap_at_summit by exact B. ring.
Qed.

Theorem remark_1_two Lref beta : 0 < beta -> Lref < crest beta ->
  exists a b, a < b /\ forall L, gap Lref beta 0 L = 0 <-> L = a \/ L = b.
Proof.
  intros B H. set (s := summit beta).
  assert (top : 0 < gap Lref beta 0 s) by (unfold s; rewrite gap_at_summit by exact B; lra).
  assert (C : forall t, continuous (gap Lref beta 0) t)
    by (apply (continuous_of_derivative _ (bare_slope beta)); intros t; now apply bare_derivative).
  assert (low : exists a0, a0 < s /\ gap Lref beta 0 a0 < 0).
  { exists (Rmin (s - 1) Lref). split; [pose proof (Rmin_l (s - 1) Lref); lra|].
    unfold gap. rewrite contrast_without_eps. pose proof (Rmin_r (s - 1) Lref).
    set (a0 := Rmin (s - 1) Lref) in *. pose proof (exp_pos (a0 / 2)). pose proof (exp_pos (- (a0 / 2))).
    assert (0 < (exp (a0 / 2) + exp (- (a0 / 2))) / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (high : exists b0, s < b0 /\ gap Lref beta 0 b0 < 0).
  { (* exp(b/2) >= (1 + b/4)^2 > beta (b - L_ref) for b this large *)
    pose proof (Rle_abs s). pose proof (Rabs_pos s). pose proof (Rle_abs (- Lref)) as A1. rewrite Rabs_Ropp in A1.
    pose proof (Rabs_pos Lref). set (b := Rabs s + 1 + 16 * beta + Rabs Lref). exists b.
    split; [unfold b; lra|].
    assert (b0 : 0 < b) by (unfold b; lra).
    assert (E4 : 1 + b / 4 < exp (b / 4)) by (apply exp_ineq1; lra).
    assert (E2 : exp (b / 2) = exp (b / 4) * exp (b / 4)) by (rewrite <- exp_plus; f_equal; field).
    assert (big : (1 + b / 4) * (1 + b / 4) < exp (b / 2)) by (rewrite E2; nra).
    assert (square : beta * b + beta * Rabs Lref <= b / 4 * (b / 4)).
    { assert (b = Rabs s + 1 + 16 * beta + Rabs Lref) by reflexivity. clearbody b.
      assert (16 * beta + Rabs Lref <= b) by lra.
      assert (16 * beta * Rabs Lref <= b * Rabs Lref) by (apply Rmult_le_compat_r; lra).
      assert (b * (16 * beta + Rabs Lref) <= b * b) by (apply Rmult_le_compat_l; lra). nra. }
    unfold gap. rewrite contrast_without_eps. pose proof (exp_pos (- (b / 2))).
    assert (b - Lref < (exp (b / 2) + exp (- (b / 2))) / beta); [|lra].
    apply Rlt_div_r; [lra|]. assert (- Lref * beta <= Rabs Lref * beta) by (apply Rmult_le_compat_r; lra). nra. }
  destruct low as [a0 [A0 GA]], high as [b0 [B0 GB]].
  destruct (zero_between (gap Lref beta 0) a0 s C) as [a [[Aa As] Za]]; [lra | nra |].
  destruct (zero_between (gap Lref beta 0) s b0 C) as [b [[Bs Bb] Zb]]; [lra | nra |].
  assert (a < s) by (destruct As as [As|As]; [exact As | rewrite As in Za; lra]).
  assert (s < b) by (destruct Bs as [Bs|Bs]; [exact Bs | rewrite <- Bs in Zb; lra]).
  exists a, b. split; [lra|]. intros L. split; [|intros [->| ->]; assumption].
  intros Z. destruct (Rle_lt_dec L s) as [Ls|Ls].
  - left. destruct (Rtotal_order L a) as [Q|[Q|Q]]; [|exact Q|].
    + pose proof (rises_to_summit Lref beta L a B Q ltac:(unfold s in *; lra)). lra.
    + pose proof (rises_to_summit Lref beta a L B Q ltac:(unfold s in *; lra)). lra.
  - right. destruct (Rtotal_order L b) as [Q|[Q|Q]]; [|exact Q|].
    + pose proof (falls_from_summit Lref beta L b B ltac:(unfold s in *; lra) Q). lra.
    + pose proof (falls_from_summit Lref beta b L B ltac:(unfold s in *; lra) Q). lra.
Qed.

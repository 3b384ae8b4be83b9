(** * Verifiers that err: what their rates say of every sequence, of fixed points, and of the slope of the step *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Verifiers.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts VerifierStatements.
Open Scope R_scope.

Section Erring.
Variables (c : contrast) (t f alpha Lref beta eps : R).
Hypothesis T1 : 0 <= t <= 1.
Hypothesis F1 : 0 <= f <= 1.
Hypothesis A : 0 <= alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation Om := (fun m => contrast_of c eps (logit m)).
Notation T := (erring_step c t f alpha Lref beta eps).
Lemma Om_positive m : 0 < m < 1 -> 0 < Om m. Proof. intros _. now apply contrast_positive. Qed.

(** A share a of the way is a step with a alpha in the place of alpha, and beta/a in that of beta. *)
Lemma share_is_a_step a x : 0 < a -> (1 - a) * x + a * T x = erring_update Om t f Lref (a * alpha) (beta / a) x.
Proof. intros K. unfold erring_step, erring_update. field. lra. Qed.
Lemma goes_by_steps L : goes T Lref L -> exists a : nat -> R, (forall n, 0 <= a n * alpha <= 1) /\ (forall n, 0 < beta / a n) /\
  L 0%nat = Lref /\ forall n, L (S n) = erring_update Om t f Lref (a n * alpha) (beta / a n) (L n).
Proof.
  intros [L0 [a [S1 Step]]]. exists a. split; [|split; [|split; [exact L0|]]]; intros n; specialize (S1 n).
  - split; [apply Rmult_le_pos; lra|]. rewrite <- (Rmult_1_l 1). apply Rmult_le_compat; lra.
  - apply Rdiv_lt_0_compat; lra.
  - rewrite Step. now apply share_is_a_step.
Qed.
(** Of a fixed point. *)
Lemma fixed_balance x : T x = x -> alpha * beta * (x - Lref) = push Om t f x.
Proof.
  unfold erring_step, erring_update. intros H. rewrite <- (push_over Om t f beta x B).
  replace (push Om t f x / beta) with (alpha * (x - Lref)) by lra. ring.
Qed.
Lemma weight_nonnegative : 0 <= alpha * beta. Proof. apply Rmult_le_pos; lra. Qed.

(** Every sequence goes by steps, and a fixed point lies to the side of what it is pushed to. *)
Ltac to_a_side all_steps pushed H := split;
  [ intros L G; destruct (goes_by_steps L G) as [a [K1 [K2 [K3 K4]]]];
    exact (all_steps Om t f Lref T1 F1 Om_positive _ _ L K1 K2 H K3 K4)
  | intros x X; apply fixed_balance in X; pose proof (pushed Om t f T1 F1 Om_positive x H); pose proof weight_nonnegative; nra ].
Theorem amplifies : f < t -> means_effect Amplifies T alpha Lref.
Proof. intros H. to_a_side r4_amplifies push_up H. Qed.
Theorem harms : t < f -> means_effect Harms T alpha Lref.
Proof. intros H. to_a_side r4_harms push_down H. Qed.
Theorem stands_still : t = f -> means_effect StandsStill T alpha Lref.
Proof.
  intros H. split.
  - intros L G. destruct (goes_by_steps L G) as [a [K1 [K2 [K3 K4]]]]. exact (r4_stands_still Om t f Lref _ _ L H K3 K4).
  - intros P x. split; intros X.
    + apply fixed_balance in X. rewrite (push_none Om t f x H) in X. assert (0 < alpha * beta) by (apply Rmult_lt_0_compat; lra). nra.
    + unfold erring_step, erring_update. rewrite (push_none Om t f x H), X. unfold Rdiv. ring.
Qed.

Lemma push_size x : t <> f -> Rabs (push Om t f x) = Rabs (t - f) * Om (observed t f (sigma x)).
Proof. intros _. unfold push. rewrite Rabs_mult. f_equal. apply Rabs_pos_eq. left. now apply contrast_positive. Qed.
Theorem margin_holds least margin : 0 < least -> least <= Rabs (t - f) -> 0 <= margin ->
  margin * (alpha * beta) <= least * low_of c eps -> means_margin T Lref margin.
Proof.
  intros P D M K x X. apply fixed_balance in X. assert (N : t <> f).
  { intros H. rewrite H, Rminus_diag_eq, Rabs_R0 in D by reflexivity. lra. }
  pose proof (push_size x N) as S. cbv beta in S. pose proof (low_positive c eps E) as Low.
  pose proof (proj1 (contrast_bounds c eps (logit (observed t f (sigma x))) E)) as O.
  assert (H : least * low_of c eps <= Rabs (t - f) * contrast_of c eps (logit (observed t f (sigma x)))) by (apply Rmult_le_compat; lra).
  rewrite <- S, <- X, Rabs_mult, (Rabs_pos_eq (alpha * beta) weight_nonnegative) in H.
  pose proof weight_nonnegative as W. assert (0 < least * low_of c eps) by (now apply Rmult_lt_0_compat).
  destruct (Rle_lt_or_eq_dec _ _ W) as [Q|Q]; [|rewrite <- Q in H; lra]. nra.
Qed.
End Erring.

(** ** The slope of the step with the contrast of mean-var *)
Lemma of_rate eps m : 0 < m < 1 -> contrast_of MeanVar eps (logit m) = / sqrt (m * (1 - m) + eps).
Proof. intros M. simpl. unfold Omega, v. now rewrite sigma_logit. Qed.
Lemma size_by_square x y : 0 <= y -> x ^ 2 <= y ^ 2 -> Rabs x <= y.
Proof. intros Y H. apply Rabs_le. split; apply Rnot_lt_le; intros C; nra. Qed.

Section Slope.
Variables (t f alpha Lref beta eps : R).
Hypothesis T1 : 0 <= t <= 1.
Hypothesis F1 : 0 <= f <= 1.
Hypothesis Differ : t <> f.
Hypothesis A : 0 <= alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (erring_step MeanVar t f alpha Lref beta eps).
Notation m x := (observed t f (sigma x)).
Lemma rate_between x : 0 < m x < 1 /\ Rmin t f <= m x <= Rmax t f.
Proof.
  destruct (Rtotal_order t f) as [H|[H|H]]; [|now elim Differ|].
  - pose proof (observed_between_reversed t f _ (sigma_range x) H). rewrite Rmin_left, Rmax_right by lra. lra.
  - pose proof (observed_between t f _ (sigma_range x) H). rewrite Rmin_right, Rmax_left by lra. lra.
Qed.
Lemma erring_step_derivative x : is_derive T x (1 - alpha + erring_slope eps t f (m x) / beta).
Proof.
  apply (is_derive_ext (fun x => (1 - alpha) * x + alpha * Lref + push (fun m => / sqrt (m * (1 - m) + eps)) t f x / beta)).
  { intros y. unfold erring_step, erring_update, push. rewrite (of_rate eps) by apply rate_between. reflexivity. }
  pose proof (r4_slope eps t f x T1 F1 E) as D. set (g := push _ t f) in *. auto_derive.
  - now exists (erring_slope eps t f (m x)).
  - rewrite (is_derive_unique (fun y : R => g y) _ _ D). field. lra.
Qed.
Theorem threshold_holds e w threshold : 0 < e <= eps -> 0 < w <= 1 -> - w <= 2 * t - 1 <= w -> - w <= 2 * f - 1 <= w ->
  0 <= threshold -> 4 * w ^ 6 <= threshold ^ 2 * (27 * (1 + 4 * e) ^ 2 * (1 + 4 * e - w ^ 2)) ->
  means_threshold T alpha beta threshold.
Proof.
  intros Ee W Wt Wf Th K More. assert (W2 : w ^ 2 <= 1) by nra.
  assert (Steep : forall x, Rabs (erring_slope eps t f (m x)) <= threshold).
  { intros x. apply size_by_square; [exact Th|].
    eapply Rle_trans; [exact (r4_steepest eps t f w (m x) E W Wt Wf (proj2 (rate_between x)))|]. unfold steepest_square.
    assert (0 <= 27 * (1 + 4 * e) ^ 2) by nra.
    assert (27 * (1 + 4 * e) ^ 2 * (1 + 4 * e - w ^ 2) <= 27 * (1 + 4 * eps) ^ 2 * (1 + 4 * eps - w ^ 2))
      by (apply Rmult_le_compat; nra).
    apply Rle_div_l; [apply Rmult_lt_0_compat; nra|]. eapply Rle_trans; [exact K|].
    apply Rmult_le_compat_l; [apply pow2_ge_0 | assumption]. }
  assert (Th' : threshold / beta < alpha) by (apply Rlt_div_l; lra).
  exists (Rmax (1 - alpha + threshold / beta) (alpha + threshold / beta - 1)). split; [apply Rmax_lub_lt; lra|].
  intros x. exists (1 - alpha + erring_slope eps t f (m x) / beta). split; [apply erring_step_derivative|].
  specialize (Steep x). apply Rabs_le_between in Steep. set (d := erring_slope eps t f (m x)) in *.
  assert (- (threshold / beta) <= d / beta <= threshold / beta).
  { pose proof (Rinv_0_lt_compat beta B). unfold Rdiv. split; nra. }
  pose proof (Rmax_l (1 - alpha + threshold / beta) (alpha + threshold / beta - 1)).
  pose proof (Rmax_r (1 - alpha + threshold / beta) (alpha + threshold / beta - 1)).
  apply Rabs_le. lra.
Qed.
End Slope.

(** ** Shares of right answers among those that pass and those that fail *)
Lemma FOR_is_PPV t f p : FOR t f p = PPV (1 - t) (1 - f) p.
Proof. reflexivity. Qed.
(** It rises in the shares and falls in what passes wrongly, with something that passes at either. *)
Lemma PPV_rises t f p t1 f0 p1 : 0 <= t <= t1 -> 0 <= f0 <= f -> 0 < p <= p1 -> p1 < 1 ->
  0 < p * t + (1 - p) * f -> 0 < p1 * t1 + (1 - p1) * f0 -> PPV t f p <= PPV t1 f0 p1.
Proof.
  intros T F P P1 X Y. unfold PPV. apply (proj2 (Rle_div_l _ _ _ X)).
  replace (p1 * t1 / (p1 * t1 + (1 - p1) * f0) * (p * t + (1 - p) * f))
    with (p1 * t1 * (p * t + (1 - p) * f) / (p1 * t1 + (1 - p1) * f0)) by (field; lra).
  apply (proj1 (Rle_div_r _ _ _ Y)).
  assert ((1 - p1) * p * (t * f0) <= (1 - p) * p1 * (t1 * f)).
  { apply Rmult_le_compat; [apply Rmult_le_pos; lra | apply Rmult_le_pos; lra | apply Rmult_le_compat; lra | apply Rmult_le_compat; lra]. }
  nra.
Qed.
(** A mean of two numbers, enclosed with them. *)
Lemma mean_between a a0 a1 b b0 b1 m m0 m1 r0 r1 : a0 <= a <= a1 -> b0 <= b <= b1 -> 0 <= m0 <= m -> m <= m1 <= 1 ->
  r0 <= a0 * m0 + b0 * (1 - m0) -> r0 <= a0 * m1 + b0 * (1 - m1) ->
  a1 * m0 + b1 * (1 - m0) <= r1 -> a1 * m1 + b1 * (1 - m1) <= r1 -> r0 <= a * m + b * (1 - m) <= r1.
Proof.
  intros Ha Hb M0 M1 K1 K2 K3 K4.
  assert (a0 * m + b0 * (1 - m) <= a * m + b * (1 - m)) by nra.
  assert (a * m + b * (1 - m) <= a1 * m + b1 * (1 - m)) by nra.
  destruct (Rle_lt_dec a0 b0); destruct (Rle_lt_dec a1 b1); split; nra.
Qed.

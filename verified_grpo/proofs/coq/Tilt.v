(** * Rewards of any values: a tilt by the mean reward, and what becomes of correctness

    Classes i = 0..N of answers, each with a weight w_i > 0 under the reference and a mean reward g_i; a_i is the share
    of correct answers, or anything else that is averaged. The policy at theta has weights w_i exp(theta g_i), made to
    sum to 1.
    Suite, R1: the exact maximiser of an update tilts by the mean reward alone, whatever the advantages are centred at.
    Suite, R2: the mean reward has the derivative Var(g) >= 0 in theta, and > 0 unless all g_i are equal; fixed points
    of theta -> (1-alpha) theta + Omega(theta)/beta lie in (0, B/(alpha beta)] if 0 < Omega <= B, and there is one if
    Omega is continuous.
    Suite, R3: the mean of a has the derivative Cov(a, g); as theta grows it tends to the share of the class of largest
    reward.
    Suite, R5: with two classes it stays below the larger share. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus SmallSteps.
From VerifiedGRPO Require Policies.
Open Scope R_scope.

(** Sums over classes. *)
Definition sum_over (N : nat) (f : nat -> R) : R := sum_f_R0 f N.
Definition class_weight (w g : nat -> R) (theta : R) (i : nat) : R := w i * exp (theta * g i).
Definition class_mass (N : nat) (w g : nat -> R) (theta : R) : R := sum_over N (class_weight w g theta).
Definition mean_of (N : nat) (w g f : nat -> R) (theta : R) : R :=
  sum_over N (fun i => class_weight w g theta i * f i) / class_mass N w g theta.
(** Covariance and variance under the policy at theta. *)
Definition covariance (N : nat) (w g f h : nat -> R) (theta : R) : R :=
  mean_of N w g (fun i => (f i - mean_of N w g f theta) * (h i - mean_of N w g h theta)) theta.

Lemma sum_over_ext N f h : (forall i, (i <= N)%nat -> f i = h i) -> sum_over N f = sum_over N h.
Proof. apply sum_eq. Qed.

Lemma sum_over_plus N f h : sum_over N (fun i => f i + h i) = sum_over N f + sum_over N h.
Proof. apply sum_plus. Qed.

Lemma sum_over_scal N c f : sum_over N (fun i => c * f i) = c * sum_over N f.
Proof. unfold sum_over. rewrite scal_sum. apply sum_eq. intros; ring. Qed.

Lemma sum_over_nonnegative N f : (forall i, (i <= N)%nat -> 0 <= f i) -> 0 <= sum_over N f.
Proof.
  unfold sum_over. induction N as [|n IH]; intros H; simpl; [apply H; lia|].
  specialize (IH (fun i I => H i ltac:(lia))). specialize (H (S n) ltac:(lia)). lra.
Qed.

Lemma sum_over_at_least N f k : (forall i, (i <= N)%nat -> 0 <= f i) -> (k <= N)%nat -> f k <= sum_over N f.
Proof.
  unfold sum_over. induction N as [|n IH]; intros H K; simpl.
  - replace k with 0%nat by lia. lra.
  - pose proof (sum_over_nonnegative n f (fun i I => H i ltac:(lia))) as P. unfold sum_over in P.
    destruct (Nat.eq_dec k (S n)) as [->|E]; [lra|].
    specialize (IH (fun i I => H i ltac:(lia)) ltac:(lia)). specialize (H (S n) ltac:(lia)). lra.
Qed.

Lemma is_derive_sum_over N (f f' : nat -> R -> R) t :
  (forall i, (i <= N)%nat -> is_derive (f i) t (f' i t)) ->
  is_derive (fun u => sum_over N (fun i => f i u)) t (sum_over N (fun i => f' i t)).
Proof.
  unfold sum_over. induction N as [|n IH]; intros H; simpl; [apply H; lia|].
  apply (is_derive_plus (fun u => sum_f_R0 (fun i => f i u) n) (f (S n))).
  - apply IH. intros i I. apply H. lia.
  - apply H. lia.
Qed.

Section Classes.
Variable N : nat.
Variables w g : nat -> R.
Hypothesis weights : forall i, (i <= N)%nat -> 0 < w i.

Lemma tilted_positive theta i : (i <= N)%nat -> 0 < class_weight w g theta i.
Proof. intros I. apply Rmult_lt_0_compat; [apply weights, I | apply exp_pos]. Qed.

Lemma mass_positive theta : 0 < class_mass N w g theta.
Proof.
  apply Rlt_le_trans with (class_weight w g theta 0); [apply tilted_positive; lia|].
  apply sum_over_at_least; [|lia]. intros i I. left. apply tilted_positive, I.
Qed.

Lemma mean_of_plus f h theta :
  mean_of N w g (fun i => f i + h i) theta = mean_of N w g f theta + mean_of N w g h theta.
Proof.
  unfold mean_of. pose proof (mass_positive theta).
  rewrite (sum_over_ext N _ (fun i => class_weight w g theta i * f i + class_weight w g theta i * h i)) by (intros; ring).
  rewrite sum_over_plus. field. lra.
Qed.

Lemma mean_of_scal c f theta : mean_of N w g (fun i => c * f i) theta = c * mean_of N w g f theta.
Proof.
  unfold mean_of. pose proof (mass_positive theta).
  rewrite (sum_over_ext N _ (fun i => c * (class_weight w g theta i * f i))) by (intros; ring).
  rewrite sum_over_scal. field. lra.
Qed.

Lemma mean_of_constant c theta : mean_of N w g (fun _ => c) theta = c.
Proof.
  unfold mean_of. pose proof (mass_positive theta).
  rewrite (sum_over_ext N _ (fun i => c * class_weight w g theta i)) by (intros; ring).
  rewrite sum_over_scal. fold (class_mass N w g theta). field. lra.
Qed.

Lemma mean_of_ext f h theta : (forall i, (i <= N)%nat -> f i = h i) -> mean_of N w g f theta = mean_of N w g h theta.
Proof. intros E. unfold mean_of. f_equal. apply sum_over_ext. intros i I. rewrite E by exact I. reflexivity. Qed.

Lemma covariance_expanded f h theta : covariance N w g f h theta =
  mean_of N w g (fun i => f i * h i) theta - mean_of N w g f theta * mean_of N w g h theta.
Proof.
  unfold covariance. set (F := mean_of N w g f theta). set (H := mean_of N w g h theta).
  rewrite (mean_of_ext _ (fun i => f i * h i + ((- H) * f i + ((- F) * h i + F * H)))) by (intros; ring).
  rewrite !mean_of_plus, !mean_of_scal, mean_of_constant. fold F H. ring.
Qed.

(** R3: correctness moves with its covariance with the reward. *)
Theorem r3_derivative f theta : is_derive (mean_of N w g f) theta (covariance N w g f g theta).
Proof.
  pose proof (mass_positive theta) as P.
  assert (D : forall h, is_derive (fun u => sum_over N (fun i => class_weight w g u i * h i)) theta
    (sum_over N (fun i => class_weight w g theta i * (h i * g i)))).
  { intros h. apply (is_derive_sum_over N (fun i u => class_weight w g u i * h i)
      (fun i u => class_weight w g u i * (h i * g i))). intros i _. unfold class_weight. auto_derive; [exact I | ring]. }
  assert (Dm : is_derive (class_mass N w g) theta (sum_over N (fun i => class_weight w g theta i * g i))).
  { apply is_derive_ext with (fun u => sum_over N (fun i => class_weight w g u i * 1)).
    - intros t. apply sum_over_ext. intros; ring.
    - replace (sum_over N (fun i => class_weight w g theta i * g i))
        with (sum_over N (fun i => class_weight w g theta i * (1 * g i))) by (apply sum_over_ext; intros; ring).
      apply (D (fun _ => 1)). }
  rewrite covariance_expanded. unfold mean_of at 1.
  evar_last. { apply (is_derive_div _ _ theta _ _ (D f) Dm). lra. }
  unfold mean_of. field. lra.
Qed.

(** R2: the mean reward never falls in theta. *)
Theorem r2_variance theta : 0 <= covariance N w g g g theta.
Proof.
  unfold covariance, mean_of at 1. apply Rdiv_le_0_compat; [|apply mass_positive].
  apply sum_over_nonnegative. intros i I.
  apply Rmult_le_pos; [left; apply tilted_positive, I | apply Rle_0_sqr].
Qed.

(** And it rises unless the reward is the same for all classes. *)
Theorem r2_strict theta k l : (k <= N)%nat -> (l <= N)%nat -> g k <> g l -> 0 < covariance N w g g g theta.
Proof.
  intros K L E. unfold covariance, mean_of at 1. set (M := mean_of N w g g theta).
  apply Rdiv_lt_0_compat; [|apply mass_positive].
  assert (J : exists j, (j <= N)%nat /\ g j <> M).
  { destruct (Req_dec (g k) M) as [A|A]; [exists l | exists k]; split; auto. congruence. }
  destruct J as [j [J A]].
  apply Rlt_le_trans with (class_weight w g theta j * ((g j - M) * (g j - M))).
  - apply Rmult_lt_0_compat; [apply tilted_positive, J | apply Rsqr_pos_lt; lra].
  - apply (sum_over_at_least N (fun i => class_weight w g theta i * ((g i - M) * (g i - M)))); [|exact J].
    intros i I. apply Rmult_le_pos; [left; apply tilted_positive, I | apply Rle_0_sqr].
Qed.

(** So every theta > 0 has a larger mean reward than the reference. *)
Theorem r2_mean_reward_rises x y k l : (k <= N)%nat -> (l <= N)%nat -> g k <> g l -> x < y ->
  mean_of N w g g x < mean_of N w g g y.
Proof.
  intros K L E XY.
  destruct (MVT_gen (mean_of N w g g) x y (covariance N w g g g)) as [c [C M]].
  - intros t _. apply r3_derivative.
  - intros t _. apply continuity_pt_filterlim, (ex_derive_continuous (mean_of N w g g)). eexists. apply r3_derivative.
  - pose proof (r2_strict c k l K L E). nra.
Qed.

(** R3: where the covariance is positive on the way correctness rises, where it is negative it falls. *)
Theorem r3_rises f x y : x < y -> (forall t, x <= t <= y -> 0 < covariance N w g f g t) ->
  mean_of N w g f x < mean_of N w g f y.
Proof.
  intros XY P. destruct (MVT_gen (mean_of N w g f) x y (covariance N w g f g)) as [c [C M]].
  - intros t _. apply r3_derivative.
  - intros t _. apply continuity_pt_filterlim, (ex_derive_continuous (mean_of N w g f)). eexists. apply r3_derivative.
  - rewrite Rmin_left, Rmax_right in C by lra. specialize (P c C). nra.
Qed.

Theorem r3_falls f x y : x < y -> (forall t, x <= t <= y -> covariance N w g f g t < 0) ->
  mean_of N w g f y < mean_of N w g f x.
Proof.
  intros XY P. destruct (MVT_gen (mean_of N w g f) x y (covariance N w g f g)) as [c [C M]].
  - intros t _. apply r3_derivative.
  - intros t _. apply continuity_pt_filterlim, (ex_derive_continuous (mean_of N w g f)). eexists. apply r3_derivative.
  - rewrite Rmin_left, Rmax_right in C by lra. specialize (P c C). nra.
Qed.

(** A mean lies below the largest value, strictly if some class has less. *)
Theorem r5_ceiling f c k theta : (forall i, (i <= N)%nat -> f i <= c) -> (k <= N)%nat -> f k < c ->
  mean_of N w g f theta < c.
Proof.
  intros B K L. apply Rlt_div_l; [apply mass_positive|].
  assert (S : 0 < sum_over N (fun i => class_weight w g theta i * (c - f i))).
  { apply Rlt_le_trans with (class_weight w g theta k * (c - f k)).
    - apply Rmult_lt_0_compat; [apply tilted_positive, K | lra].
    - apply (sum_over_at_least N (fun i => class_weight w g theta i * (c - f i))); [|exact K].
      intros i I. specialize (B i I). apply Rmult_le_pos; [left; apply tilted_positive, I | lra]. }
  rewrite (sum_over_ext N _ (fun i => c * class_weight w g theta i + (-1) * (class_weight w g theta i * f i))) in S
    by (intros; ring).
  rewrite sum_over_plus, !sum_over_scal in S. fold (class_mass N w g theta) in S. lra.
Qed.

End Classes.

(** R2, fixed points, for any contrast of theta that is positive and bounded. *)
Section FixedPoints.
Variable Omega : R -> R.
Variables alpha beta B : R.
Hypothesis A : 0 < alpha.
Hypothesis Bp : 0 < beta.
Hypothesis bounded : forall t, 0 < Omega t <= B.

Definition tilt_update (t : R) : R := (1 - alpha) * t + Omega t / beta.

Theorem r2_fixed_points_within t : tilt_update t = t -> 0 < t <= B / (alpha * beta).
Proof.
  intros E. specialize (bounded t). assert (P : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  assert (F : alpha * beta * t = Omega t).
  { unfold tilt_update in E. assert (alpha * t = Omega t / beta) by lra.
    replace (alpha * beta * t) with (beta * (alpha * t)) by ring. rewrite H. field. lra. }
  split.
  - destruct (Rlt_le_dec 0 t) as [H|H]; [exact H|]. nra.
  - apply Rle_div_r; lra.
Qed.

Theorem r2_fixed_point_exists : (forall t, continuous Omega t) -> exists t, tilt_update t = t.
Proof.
  intros C. assert (P : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  set (F := fun t => Omega t - alpha * beta * t).
  assert (CF : forall t, continuous F t).
  { intros t. apply (continuous_minus Omega (fun u => alpha * beta * u)); [apply C|].
    apply (continuous_mult (fun _ => alpha * beta) (fun u => u)); [apply continuous_const | apply continuous_id]. }
  destruct (least_zero_exists F CF 0 (B / (alpha * beta))) as [t [_ [_ [Z _]]]].
  - unfold F. specialize (bounded 0). lra.
  - apply Rdiv_le_0_compat; [|exact P]. specialize (bounded 0). lra.
  - unfold F. specialize (bounded (B / (alpha * beta))).
    replace (alpha * beta * (B / (alpha * beta))) with B by (field; lra). lra.
  - exists t. unfold F in Z. unfold tilt_update. replace (Omega t) with (alpha * beta * t) by lra. field. lra.
Qed.

End FixedPoints.

(** R3: the limit. Class N has the largest reward; what is averaged tends to what it is there. *)
Theorem r3_limit N w g f : (forall i, (i <= N)%nat -> 0 < w i) -> (forall i, (i < N)%nat -> g i < g N) ->
  is_lim (mean_of N w g f) p_infty (f N).
Proof.
  intros W G.
  set (share := fun (h : nat -> R) t => sum_over N (fun i => w i * exp (t * (g i - g N)) * h i)).
  assert (L : forall h, is_lim (share h) p_infty (w N * h N)).
  { intros h.
    assert (Each : forall i, (i < N)%nat -> is_lim (fun t => w i * exp (t * (g i - g N)) * h i) p_infty 0).
    { intros i I. specialize (G i I).
      apply is_lim_ext with (fun t => (w i * h i) * exp (t * (g i - g N))); [intros; ring|].
      replace (Finite 0) with (Rbar_mult (w i * h i) 0) by (simpl; f_equal; ring).
      apply is_lim_scal_l.
      apply is_lim_comp with m_infty; [apply is_lim_exp_m | |].
      - replace m_infty with (Rbar_mult p_infty (g i - g N)).
        + apply is_lim_scal_r, is_lim_id.
        + simpl. destruct (Rle_dec 0 (g i - g N)) as [H|H]; [exfalso; lra | reflexivity].
      - exists 0. intros; discriminate. }
    unfold share, sum_over. destruct N as [|n].
    - simpl. apply is_lim_ext with (fun _ => w 0%nat * h 0%nat); [|apply is_lim_const].
      intros t. replace (t * (g 0%nat - g 0%nat)) with 0 by ring. rewrite exp_0. ring.
    - apply is_lim_ext with (fun t => sum_f_R0 (fun i => w i * exp (t * (g i - g (S n))) * h i) n + w (S n) * h (S n)).
      + intros t. simpl. replace (t * (g (S n) - g (S n))) with 0 by ring. rewrite exp_0. ring.
      + replace (Finite (w (S n) * h (S n))) with (Rbar_plus 0 (w (S n) * h (S n))) by (simpl; f_equal; ring).
        apply (is_lim_plus _ _ _ 0 (w (S n) * h (S n))); [|apply is_lim_const | reflexivity].
        assert (Z : forall k, (k <= n)%nat ->
          is_lim (fun t => sum_f_R0 (fun i => w i * exp (t * (g i - g (S n))) * h i) k) p_infty 0).
        { induction k as [|k IH]; intros K; simpl; [apply Each; lia|].
          replace (Finite 0) with (Rbar_plus 0 0) by (simpl; f_equal; ring).
          apply (is_lim_plus _ _ _ 0 0); [apply IH; lia | apply Each; lia | reflexivity]. }
        apply Z. lia. }
  assert (P : 0 < w N) by (apply W; lia).
  apply is_lim_ext with (fun t => share f t / share (fun _ => 1) t).
  - intros t. pose proof (mass_positive N w g W t) as M. unfold mean_of.
    assert (E : forall h, sum_over N (fun i => class_weight w g t i * h i) = exp (t * g N) * share h t).
    { intros h. unfold share. rewrite <- sum_over_scal. apply sum_over_ext. intros i _. unfold class_weight.
      replace (t * g i) with (t * g N + t * (g i - g N)) by ring. rewrite exp_plus. ring. }
    assert (Em : class_mass N w g t = exp (t * g N) * share (fun _ => 1) t).
    { rewrite <- E. apply sum_over_ext. intros; ring. }
    rewrite E, Em. rewrite Em in M. pose proof (exp_pos (t * g N)).
    assert (share (fun _ => 1) t <> 0) by (intros Z; rewrite Z in M; lra).
    field. split; lra.
  - replace (Finite (f N)) with (Rbar_div (w N * f N) (w N * 1)) by (simpl; f_equal; field; lra).
    apply is_lim_div; [apply L | apply L | intros E; injection E; lra | reflexivity].
Qed.

(** R1: advantages (g_i - m) o and a KL term shared by the reference and the previous policy, itself a tilt. The only
    maximiser is the tilt by (1-alpha) theta + o/beta. *)
Theorem r1_update N ref g alpha beta theta m o : (forall i, 0 < ref i) -> Policies.sum N ref = 1 -> 0 < beta ->
  let prev := Policies.tilted N ref (fun i => theta * g i) in
  let J := fun pi => Policies.sum N (fun i => pi i * ((g i - m) * o)) -
    beta * (alpha * Policies.KL N pi ref + (1 - alpha) * Policies.KL N pi prev) in
  let best := Policies.tilted N ref (fun i => ((1 - alpha) * theta + o / beta) * g i) in
  forall pi, (forall i, 0 <= pi i) -> Policies.sum N pi = 1 ->
  J pi <= J best /\ (J pi = J best -> forall i, (i <= N)%nat -> pi i = best i).
Proof.
  intros Ref One B prev J best.
  set (t := fun i => ((1 - alpha) * theta + o / beta) * g i).
  assert (E : forall pi, (forall i, 0 <= pi i) -> Policies.sum N pi = 1 ->
    J pi = Policies.objective N ref t beta pi +
      (- m * o - beta * (1 - alpha) * ln (Policies.mass N ref (fun i => theta * g i)))).
  { intros pi P S.
    pose proof (Policies.objective_and_distance N ref (fun i => theta * g i) 1 Ref pi P S) as D.
    fold prev in D. unfold Policies.objective in D |- *. unfold J.
    assert (G1 : Policies.sum N (fun i => pi i * (1 * (theta * g i))) = theta * Policies.sum N (fun i => pi i * g i)).
    { rewrite (Policies.sum_ext N _ (fun i => theta * (pi i * g i) + 0 * 0)) by (intros; ring).
      rewrite Policies.sum_linear. ring. }
    assert (G2 : Policies.sum N (fun i => pi i * ((g i - m) * o)) = o * Policies.sum N (fun i => pi i * g i) - m * o).
    { rewrite (Policies.sum_ext N _ (fun i => o * (pi i * g i) + (- m * o) * pi i)) by (intros; ring).
      rewrite Policies.sum_linear, S. ring. }
    assert (G3 : Policies.sum N (fun i => pi i * (beta * t i)) =
      (beta * (1 - alpha) * theta + o) * Policies.sum N (fun i => pi i * g i)).
    { rewrite (Policies.sum_ext N _ (fun i => (beta * (1 - alpha) * theta + o) * (pi i * g i) + 0 * 0)).
      - rewrite Policies.sum_linear. ring.
      - intros i _. unfold t. field. lra. }
    rewrite G1 in D. rewrite G2, G3.
    replace (Policies.KL N pi prev) with (ln (Policies.mass N ref (fun i => theta * g i)) -
      theta * Policies.sum N (fun i => pi i * g i) + Policies.KL N pi ref) by lra.
    ring. }
  intros pi P S.
  assert (Q : forall i, 0 <= best i) by (intros i; left; apply Policies.tilted_positive, Ref).
  rewrite (E pi P S), (E best Q (Policies.tilted_is_a_policy N ref t Ref)).
  destruct (Policies.theorem_1 N ref t beta Ref pi B P S) as [_ [_ [Max Only]]].
  fold t in best. fold best in Max, Only.
  split; [lra|]. intros H. apply Only. lra.
Qed.

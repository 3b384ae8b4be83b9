(** * What sequences do in probabilities: from the first step on, up to 1, and mean-only

    Paper (version 4): with the mirror p_n rises to 1; mean-only is a closed form. Suite, S4: where the sequence is
    known to converge, it is monotone in [1/2, 1) from the first step on. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope TwoKL Monotone PaperMap Mirror.
Open Scope R_scope.

(** The half is carried to the upper half under S4's condition. *)
Lemma s4_lifts_the_half p_ref beta eps : 0 < p_ref < 1 -> 0 < beta -> 0 < eps ->
  1/2 <= p_ref \/ beta <= 2 / (sqrt (1 + 4 * eps) * ln ((1 - p_ref) / p_ref)) ->
  1/2 <= h p_ref beta eps (1/2).
Proof.
  intros P B E H. destruct (h_at_the_ends p_ref beta eps P) as [_ [_ ->]].
  assert (S : 0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra).
  assert (D : 0 < / sqrt (1/4 + eps) / beta) by (apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat|]; lra).
  assert (up : forall L, 0 <= L -> 1/2 <= sigma L).
  { intros L Q. rewrite <- sigma_0. destruct Q as [Q|<-]; [left; now apply sigma_increasing | lra]. }
  apply up. destruct (Rle_lt_dec (1/2) p_ref) as [Q|Q].
  - assert (0 <= logit p_ref); [|lra]. unfold logit. destruct Q as [Q|<-].
    + left. rewrite <- ln_1. apply ln_increasing; [lra|]. apply Rlt_div_r; lra.
    + replace (1/2 / (1 - 1/2)) with 1 by field. rewrite ln_1. lra.
  - destruct H as [H|H]; [lra|].
    assert (L : ln ((1 - p_ref) / p_ref) = - logit p_ref).
    { unfold logit. rewrite <- ln_Rinv by (apply Rdiv_lt_0_compat; lra). f_equal. field. lra. }
    assert (N : 0 < - logit p_ref).
    { rewrite <- L, <- ln_1. apply ln_increasing; [lra|]. apply Rlt_div_r; lra. }
    assert (R : sqrt (1 + 4 * eps) = 2 * sqrt (1/4 + eps)).
    { replace (1 + 4 * eps) with (2 * 2 * (1/4 + eps)) by field. rewrite sqrt_mult_alt, sqrt_square by lra. reflexivity. }
    rewrite L, R in H. set (s := sqrt (1/4 + eps)) in *. set (l := - logit p_ref) in *.
    assert (K : beta * (s * l) <= 1).
    { replace (2 / (2 * s * l)) with (/ (s * l)) in H by (field; lra).
      apply (Rmult_le_compat_r (s * l)) in H; [|nra]. rewrite Rinv_l in H by nra. exact H. }
    assert (l <= / s / beta); [|unfold l in *; lra].
    apply (Rmult_le_reg_r (s * beta)); [nra|]. replace (/ s / beta * (s * beta)) with 1 by (field; lra). lra.
Qed.

Theorem s4_from_the_first_step p_ref beta eps : 0 < p_ref < 1 -> 0 < beta -> 0 < eps ->
  1/2 <= p_ref \/ beta <= 2 / (sqrt (1 + 4 * eps) * ln ((1 - p_ref) / p_ref)) ->
  let p := fun n => iterate (h p_ref beta eps) n p_ref in
  (forall n, 1/2 <= p (S n) < 1) /\
  ((forall n, p (S n) <= p (S (S n))) \/ (forall n, p (S (S n)) <= p (S n))).
Proof.
  intros P B E H p.
  assert (half : 1/2 <= h p_ref beta eps (1/2)).
  { now apply s4_lifts_the_half. }
  assert (lift : forall x, 0 <= x <= 1 -> 1/2 <= h p_ref beta eps x < 1).
  { intros x X. pose proof (proposition_1_minimum p_ref beta eps x P B E X).
    pose proof (lemma_2 p_ref beta eps x P B E X). lra. }
  assert (I : forall n, 1/2 <= p (S n) < 1).
  { induction n as [|n IH].
    - apply lift. simpl. lra.
    - change (1/2 <= h p_ref beta eps (p (S n)) < 1). apply lift. lra. }
  split; [exact I|].
  assert (order : forall x y, 1/2 <= x -> x <= y -> y <= 1 -> h p_ref beta eps x <= h p_ref beta eps y).
  { intros x y X [XY| ->] Y; [|lra]. left. apply proposition_1_increasing; lra. }
  destruct (Rle_lt_dec (p 1%nat) (p 2%nat)) as [Q|Q]; [left|right]; induction n as [|n IH]; try (unfold p in *; simpl in *; lra).
  - change (h p_ref beta eps (p (S n)) <= h p_ref beta eps (p (S (S n)))).
    apply order; [apply I | exact IH | pose proof (I (S n)); lra].
  - change (h p_ref beta eps (p (S (S n))) <= h p_ref beta eps (p (S n))).
    apply order; [apply I | exact IH | pose proof (I n); lra].
Qed.

(** Log-odds without bound are a probability that tends to 1. *)
Theorem sigma_to_one (u : nat -> R) : is_lim_seq u p_infty -> is_lim_seq (fun n => sigma (u n)) 1.
Proof.
  intros H. apply is_lim_seq_spec. intros e. apply is_lim_seq_spec in H.
  destruct (H (/ e)) as [N Far]. exists N. intros n Hn. specialize (Far n Hn).
  pose proof (cond_pos e) as E. assert (I : 0 < / e) by (apply Rinv_0_lt_compat; exact E).
  pose proof (exp_ineq1 (u n) ltac:(lra)) as X. pose proof (sigma_range (u n)) as [S1 S2].
  assert (K : 1 - sigma (u n) < e).
  { replace (1 - sigma (u n)) with (/ (1 + exp (u n))).
    - rewrite <- (Rinv_inv e). apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | lra].
    - unfold sigma. rewrite exp_Ropp. pose proof (exp_pos (u n)). field. lra. }
  apply Rabs_def1; lra.
Qed.

Theorem v3_rises_to_one Lref beta eps L : 0 < beta -> 0 < eps ->
  (forall n, sigma (iterate (T2 0 Lref beta eps) n L) < sigma (iterate (T2 0 Lref beta eps) (S n) L)) /\
  is_lim_seq (fun n => sigma (iterate (T2 0 Lref beta eps) n L)) 1.
Proof.
  intros B E. split.
  - intros n. apply sigma_increasing. simpl. now apply v3_no_fixed_point.
  - apply sigma_to_one. now apply v3_rises_without_bound.
Qed.

(** Mean-only rises to its fixed point. *)
Theorem v4_mean_only_rises alpha Lref beta : 0 < alpha <= 1 -> 0 < beta ->
  let u := fun n => iterate (T_mean alpha Lref beta) n Lref in
  (forall n, u n <= u (S n)) /\ is_lim_seq u (Lref + / (alpha * beta)).
Proof.
  intros A B u. assert (AB : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  assert (I : 0 < / (alpha * beta)) by (apply Rinv_0_lt_compat; exact AB).
  assert (X : forall n, u n = Lref + / (alpha * beta) - / (alpha * beta) * (1 - alpha) ^ n).
  { intros n. unfold u. rewrite v4_mean_only by lra. unfold Rdiv. ring. }
  assert (W : forall n, 0 <= (1 - alpha) ^ n) by (intros n; apply pow_le; lra).
  split.
  - intros n. rewrite !X. simpl. specialize (W n).
    assert ((1 - alpha) * (1 - alpha) ^ n <= (1 - alpha) ^ n) by nra. nra.
  - apply (geometric_limit u (Lref + / (alpha * beta)) (/ (alpha * beta)) (1 - alpha)); [lra|].
    intros n. rewrite X. specialize (W n).
    replace (Lref + / (alpha * beta) - / (alpha * beta) * (1 - alpha) ^ n - (Lref + / (alpha * beta)))
      with (- (/ (alpha * beta) * (1 - alpha) ^ n)) by ring.
    rewrite Rabs_Ropp, Rabs_pos_eq by nra. lra.
Qed.

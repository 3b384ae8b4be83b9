(** * KL as a budget: what a distance from the reference can buy

    Suite, K1: for any two policies on a finite set of outcomes, KL(pi||rho) is kl(p||q), of their probabilities of
    success, and the KL of the parts: so at least kl(p||q), whatever the optimiser did. A budget of K nats buys at
    most the p above q at which kl(p||q) = K. An outcome that the reference excludes is one that the policy excludes
    (otherwise KL is infinite); 0 log 0 is 0. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Errors.
Open Scope R_scope.

Definition KL (N : nat) (pi rho : nat -> R) : R := sum_f_R0 (fun i => pi i * ln (pi i / rho i)) N.
Definition kl (p q : R) : R := p * ln (p / q) + (1 - p) * ln ((1 - p) / (1 - q)).

(** 0 is a probability, and what is 0 under the reference is 0. *)
Definition within (pi rho : nat -> R) : Prop := forall i, 0 <= pi i /\ 0 <= rho i /\ (rho i = 0 -> pi i = 0).
(** The distribution of outcomes with r = 1, among themselves. *)
Definition part (N : nat) (r pi : nat -> R) (i : nat) : R := r i * pi i / probability N r pi.

Lemma ln_strictly_below t : 0 < t -> t <> 1 -> ln t < t - 1.
Proof.
  intros T N. assert (Q : ln t <> 0).
  { intros Q. apply N. apply ln_inv; [exact T | lra | rewrite ln_1; exact Q]. }
  pose proof (exp_ineq1 (ln t) Q) as I. rewrite exp_ln in I by exact T. lra.
Qed.

Lemma ln_below t : 0 < t -> ln t <= t - 1.
Proof.
  intros T. destruct (Req_dec t 1) as [->|N]; [rewrite ln_1; lra | left; now apply ln_strictly_below].
Qed.

Lemma ln_quotient x y : 0 < x -> 0 < y -> ln (x / y) = ln x - ln y.
Proof. intros X Y. unfold Rdiv. rewrite ln_mult, ln_Rinv; auto using Rinv_0_lt_compat. Qed.

(** The tangent of x log(x/y) at the ratio c. *)
Lemma tangent x y c : 0 <= x -> 0 <= y -> (y = 0 -> x = 0) -> 0 < c -> x * ln c + x - c * y <= x * ln (x / y).
Proof.
  intros [X|X] Y0 Q C; [|rewrite <- X; nra].
  assert (Y : 0 < y) by (destruct Y0 as [Y|Y]; [exact Y | symmetry in Y; apply Q in Y; lra]).
  assert (T : 0 < c * y / x) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  pose proof (ln_below _ T) as B. rewrite ln_quotient, ln_mult in B by (try apply Rmult_lt_0_compat; lra).
  rewrite ln_quotient by lra. assert (x * (c * y / x) = c * y) by (field; lra). nra.
Qed.

Section Sums.
Variables (N : nat) (r pi rho : nat -> R).
Hypothesis R01 : forall i, r i = 0 \/ r i = 1.
Hypothesis W : within pi rho.
Let inside := sum_f_R0 (fun i => r i * (pi i * ln (pi i / rho i))) N.
Let P := probability N r pi.
Let Q := probability N r rho.

Lemma tangent_of_sums c : 0 < c -> P * ln c + P - c * Q <= inside.
Proof.
  intros C. unfold inside, P, Q, probability.
  assert (E : sum_f_R0 (fun i => r i * pi i) N * ln c + sum_f_R0 (fun i => r i * pi i) N
    - c * sum_f_R0 (fun i => r i * rho i) N = sum_f_R0 (fun i => r i * (pi i * ln c + pi i - c * rho i)) N).
  { induction N as [|n IH]; simpl; [ring|]. rewrite <- IH. ring. }
  rewrite E. apply sum_Rle. intros i _. destruct (W i) as [X [Y Z]]. apply Rmult_le_compat_l.
  - destruct (R01 i) as [-> | ->]; lra.
  - now apply tangent.
Qed.

Lemma probability_nonnegative u : (forall i, 0 <= u i) -> 0 <= probability N r u.
Proof.
  intros U. apply cond_pos_sum. intros i. specialize (U i). destruct (R01 i) as [-> | ->]; lra.
Qed.

(** The log-sum inequality. *)
Lemma log_sum : P * ln (P / Q) <= inside.
Proof.
  assert (P0 : 0 <= P) by (apply probability_nonnegative; apply W).
  assert (Q0 : 0 <= Q) by (apply probability_nonnegative; apply W).
  destruct P0 as [P0|P0].
  - destruct Q0 as [Q0|Q0].
    + pose proof (tangent_of_sums (P / Q) ltac:(now apply Rdiv_lt_0_compat)) as H.
      replace (P / Q * Q) with P in H by (field; lra). lra.
    + pose proof (tangent_of_sums (exp (inside / P)) (exp_pos _)) as H. rewrite ln_exp, <- Q0 in H.
      replace (P * (inside / P)) with inside in H by (field; lra). lra.
  - rewrite <- P0, Rmult_0_l. destruct (Rle_lt_dec 0 inside) as [H|H]; [exact H|]. exfalso.
    pose proof (tangent_of_sums (- inside / (Q + 1)) ltac:(apply Rdiv_lt_0_compat; lra)) as T. rewrite <- P0 in T.
    assert (- inside / (Q + 1) * Q < - inside); [|lra].
    replace (- inside) with (- inside / (Q + 1) * (Q + 1)) at 2 by (field; lra).
    apply Rmult_lt_compat_l; [apply Rdiv_lt_0_compat|]; lra.
Qed.

(** The KL of a part. *)
Lemma KL_of_part : 0 < P -> 0 < Q -> P * KL N (part N r pi) (part N r rho) = inside - P * ln (P / Q).
Proof.
  intros P0 Q0. unfold KL, part. fold P Q.
  assert (E : inside - P * ln (P / Q) = sum_f_R0 (fun i => r i * (pi i * (ln (pi i / rho i) - ln (P / Q)))) N).
  { unfold inside, P at 1, probability. generalize (ln (P / Q)). intros c. clear.
    induction N as [|n IH]; simpl; [ring|]. rewrite <- IH. ring. }
  rewrite E, scal_sum. apply sum_eq. intros i _. destruct (W i) as [X [Y Z]].
  destruct (R01 i) as [-> | ->]; [unfold Rdiv; ring|]. destruct X as [X|X]; [|rewrite <- X; unfold Rdiv; ring].
  assert (0 < rho i) by (destruct Y as [Y|Y]; [exact Y | symmetry in Y; apply Z in Y; lra]).
  rewrite !Rmult_1_l, !ln_quotient by (try apply Rdiv_lt_0_compat; lra). field. lra.
Qed.
End Sums.

Lemma KL_nonnegative N pi rho : within pi rho -> total N pi = total N rho -> 0 < total N pi -> 0 <= KL N pi rho.
Proof.
  intros W T P. pose proof (log_sum N (fun _ => 1) pi rho (fun _ => or_intror eq_refl) W) as H.
  assert (one : forall u, probability N (fun _ => 1) u = total N u).
  { intros u. unfold probability, total. apply sum_eq. intros i _. ring. }
  rewrite !one, T in H. unfold Rdiv in H at 1. rewrite Rinv_r, ln_1 in H by lra. unfold KL.
  rewrite (sum_eq _ (fun i => 1 * (pi i * ln (pi i / rho i)))) by (intros; ring). lra.
Qed.

(** KL is 0 of equal distributions only. *)
Lemma terms_of_zero_sum u N : (forall i, 0 <= u i) -> sum_f_R0 u N = 0 -> forall i, (i <= N)%nat -> u i = 0.
Proof.
  intros P. induction N as [|n IH]; simpl; intros S i I.
  - now replace i with 0%nat by lia.
  - pose proof (cond_pos_sum u n P). pose proof (P (Datatypes.S n)).
    destruct (Nat.eq_dec i (Datatypes.S n)) as [->|Q]; [lra | apply IH; [lra | lia]].
Qed.

Lemma tangent_touches x y : 0 <= x -> 0 <= y -> (y = 0 -> x = 0) -> x * ln (x / y) = x - y -> x = y.
Proof.
  intros [X|X] Y0 Q H; [|rewrite <- X in *; lra].
  assert (Y : 0 < y) by (destruct Y0 as [Y|Y]; [exact Y | symmetry in Y; apply Q in Y; lra]).
  destruct (Req_dec x y) as [E|E]; [exact E|]. exfalso.
  assert (T : 0 < y / x) by now apply Rdiv_lt_0_compat.
  pose proof (ln_strictly_below (y / x) T) as B. rewrite !ln_quotient in * by assumption.
  assert (N : y / x <> 1). { intros N. apply E. apply Rmult_eq_reg_r with (/ x); [|apply Rinv_neq_0_compat; lra].
    rewrite Rinv_r by lra. symmetry. exact N. }
  specialize (B N). assert (x * (y / x) = y) by (field; lra). nra.
Qed.

Lemma KL_zero N pi rho : within pi rho -> total N pi = total N rho -> KL N pi rho = 0 ->
  forall i, (i <= N)%nat -> pi i = rho i.
Proof.
  intros W T Z i I. set (d := fun i => pi i * ln (pi i / rho i) - pi i + rho i).
  assert (D : forall i, 0 <= d i).
  { intros j. destruct (W j) as [X [Y Q]]. pose proof (tangent (pi j) (rho j) 1 X Y Q ltac:(lra)) as H.
    rewrite ln_1 in H. unfold d. lra. }
  assert (S : sum_f_R0 d N = 0).
  { assert (E : sum_f_R0 d N = KL N pi rho - total N pi + total N rho); [|lra].
    unfold d, KL, total. clear. induction N as [|n IH]; simpl; [ring|]. rewrite IH. ring. }
  pose proof (terms_of_zero_sum d N D S i I) as H. destruct (W i) as [X [Y Q]].
  apply tangent_touches; try assumption. unfold d in H. lra.
Qed.

Lemma part_is_policy N r pi rho : (forall i, r i = 0 \/ r i = 1) -> within pi rho -> 0 < probability N r pi ->
  0 < probability N r rho ->
  within (part N r pi) (part N r rho) /\ total N (part N r pi) = 1 /\ total N (part N r rho) = 1.
Proof.
  intros R01 W P Q.
  assert (one : forall u, 0 < probability N r u -> total N (part N r u) = 1).
  { intros u U. unfold total, part, Rdiv. rewrite <- scal_sum.
    change (/ probability N r u * probability N r u = 1). rewrite Rinv_l; lra. }
  split; [|now split; apply one]. intros i. destruct (W i) as [X [Y Z]]. unfold part.
  destruct (R01 i) as [-> | ->]; [rewrite !Rmult_0_l; unfold Rdiv; lra|]. rewrite !Rmult_1_l.
  split; [now apply Rdiv_le_0_compat|]. split; [now apply Rdiv_le_0_compat|].
  intros H. rewrite Z; [unfold Rdiv; ring|]. apply Rmult_eq_reg_r with (/ probability N r rho).
  - rewrite Rmult_0_l. exact H.
  - apply Rinv_neq_0_compat. lra.
Qed.

Section Policies.
Variables (N : nat) (r pi rho : nat -> R).
Hypothesis R01 : forall i, r i = 0 \/ r i = 1.
Hypothesis W : within pi rho.
Hypothesis Pi : total N pi = 1.
Hypothesis Rho : total N rho = 1.
Notation p := (probability N r pi).
Notation q := (probability N r rho).

Lemma KL_by_reward : KL N pi rho = sum_f_R0 (fun i => r i * (pi i * ln (pi i / rho i))) N
  + sum_f_R0 (fun i => other r i * (pi i * ln (pi i / rho i))) N.
Proof. rewrite <- sum_plus. apply sum_eq. intros i _. unfold other. ring. Qed.

(** K1, in every case. *)
Theorem k1_bound : kl p q <= KL N pi rho.
Proof.
  rewrite KL_by_reward. unfold kl. rewrite <- !probability_of_failure by assumption.
  apply Rplus_le_compat; apply log_sum; auto using other_01.
Qed.

(** What is left over is the KL of the successes and that of the failures among themselves. *)
Theorem k1_chain : 0 < p < 1 -> 0 < q < 1 -> KL N pi rho = kl p q
  + p * KL N (part N r pi) (part N r rho) + (1 - p) * KL N (part N (other r) pi) (part N (other r) rho).
Proof.
  intros P Q. pose proof (probability_of_failure N r pi Pi). pose proof (probability_of_failure N r rho Rho).
  rewrite KL_by_reward, KL_of_part by (auto; lra). unfold kl. rewrite <- !probability_of_failure by assumption.
  rewrite KL_of_part by (auto using other_01; lra). ring.
Qed.

(** Equality holds if and only if both parts are the reference's. *)
Theorem k1_equality : 0 < p < 1 -> 0 < q < 1 -> (KL N pi rho = kl p q <-> forall i, (i <= N)%nat ->
  part N r pi i = part N r rho i /\ part N (other r) pi i = part N (other r) rho i).
Proof.
  intros P Q. pose proof (probability_of_failure N r pi Pi). pose proof (probability_of_failure N r rho Rho).
  destruct (part_is_policy N r pi rho R01 W) as [W1 [T1 U1]]; [lra | lra|].
  destruct (part_is_policy N (other r) pi rho (other_01 r R01) W) as [W0 [T0 U0]]; [lra | lra|].
  pose proof (KL_nonnegative N _ _ W1 ltac:(lra) ltac:(lra)) as N1.
  pose proof (KL_nonnegative N _ _ W0 ltac:(lra) ltac:(lra)) as N0.
  rewrite (k1_chain P Q). split.
  - intros E i I. split; apply (KL_zero N); try assumption; try lra; nra.
  - intros E. assert (same : forall u w, (forall i, (i <= N)%nat -> u i = w i) -> KL N u w = 0).
    { intros u w S. unfold KL. rewrite (sum_eq _ (fun _ => 0)); [now rewrite sum_eq_R0|].
      intros i I. rewrite (S i I). destruct (Req_dec (w i) 0) as [->|Z]; [ring|].
      unfold Rdiv. rewrite Rinv_r, ln_1 by exact Z. ring. }
    rewrite (same _ _ (fun i I => proj1 (E i I))), (same _ _ (fun i I => proj2 (E i I))). ring.
Qed.
End Policies.

(** The budget: kl rises with p above q. *)
Lemma kl_nonnegative p q : 0 <= p <= 1 -> 0 < q < 1 -> 0 <= kl p q.
Proof.
  intros P Q. unfold kl. pose proof (tangent p q 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  pose proof (tangent (1 - p) (1 - q) 1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)). rewrite ln_1 in *. lra.
Qed.

Lemma kl_through p m q : 0 <= p <= 1 -> 0 < m < 1 -> 0 < q < 1 ->
  kl p q = kl p m + kl m q + (p - m) * (ln (m / q) - ln ((1 - m) / (1 - q))).
Proof.
  intros P M Q. unfold kl.
  assert (L : forall x y z, 0 <= x -> 0 < y -> 0 < z -> x * ln (x / z) = x * ln (x / y) + x * ln (y / z)).
  { intros x y z [X|X] Y Z; [rewrite !ln_quotient by assumption; ring | rewrite <- X; ring]. }
  rewrite (L p m q), (L (1 - p) (1 - m) (1 - q)) by lra. ring.
Qed.

Theorem kl_rises q m p : 0 < q < 1 -> q <= m -> m < p -> p <= 1 -> kl m q < kl p q.
Proof.
  intros Q QM MP P1.
  assert (strict : forall m, q < m -> m < p -> kl m q < kl p q).
  { clear m QM MP. intros m QM MP. rewrite (kl_through p m q) by lra.
    pose proof (kl_nonnegative p m ltac:(lra) ltac:(lra)).
    assert (ln ((1 - m) / (1 - q)) < 0).
    { rewrite <- ln_1. apply ln_increasing; [apply Rdiv_lt_0_compat; lra|].
      apply Rmult_lt_reg_r with (1 - q); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    assert (0 < ln (m / q)).
    { rewrite <- ln_1. apply ln_increasing; [lra|].
      apply Rmult_lt_reg_r with q; [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    nra. }
  destruct QM as [QM| <-]; [now apply strict|].
  apply Rle_lt_trans with (kl ((q + p) / 2) q); [|apply strict; lra].
  assert (Z : kl q q = 0).
  { unfold kl, Rdiv. rewrite !Rinv_r, ln_1 by lra. ring. }
  rewrite Z. apply kl_nonnegative; lra.
Qed.

(** So a policy within K nats of the reference has at most the probability at which kl is K. *)
Theorem k1_budget N r pi rho K p_max : (forall i, r i = 0 \/ r i = 1) -> within pi rho ->
  total N pi = 1 -> total N rho = 1 -> 0 < probability N r rho < 1 -> probability N r rho <= p_max ->
  kl p_max (probability N r rho) = K -> KL N pi rho <= K -> probability N r pi <= p_max.
Proof.
  intros R01 W Pi Rho Q M E B. pose proof (k1_bound N r pi rho R01 W Pi Rho) as H.
  destruct (Rle_lt_dec (probability N r pi) p_max) as [G|G]; [exact G|].
  assert (P1 : probability N r pi <= 1).
  { pose proof (probability_of_failure N r pi Pi).
    pose proof (probability_nonnegative N (other r) (other_01 r R01) pi (fun i => proj1 (W i))). lra. }
  pose proof (kl_rises _ _ _ Q M G P1). lra.
Qed.

(** * Two KL terms on finitely many outcomes: one term to the geometric mean, and what stays of the reference

    Paper, version 4: alpha KL(pi || pi_ref) + (1-alpha) KL(pi || pi_o) = KL(pi || gm) + const, the log-odds of gm, the
    recursion, and that p_ref = 0 is absorbing.
    Suite: on outcomes 0..N. The maximiser of an iteration is the geometric mean, tilted by the reward; from pi_ref on
    it is pi_ref tilted by the reward, so that both Renyi divergences are 0 and L_n > L_ref without a condition. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification TwoKL Errors Policies.
Open Scope R_scope.

(** x^alpha y^(1-alpha); nothing where one of them is. *)
Definition geometric (alpha x y : R) : R :=
  if Rlt_dec 0 x then if Rlt_dec 0 y then exp (alpha * ln x + (1 - alpha) * ln y) else 0 else 0.
Definition total_mean (N : nat) (alpha : R) (ref old : nat -> R) : R := sum N (fun i => geometric alpha (ref i) (old i)).
Definition mean (N : nat) (alpha : R) (ref old : nat -> R) (i : nat) : R :=
  geometric alpha (ref i) (old i) / total_mean N alpha ref old.
(** The Renyi divergence between the conditionals of two policies, given an event. *)
Definition conditional (N : nat) (event u : nat -> R) (i : nat) : R := event i * u i / probability N event u.
Definition renyi (N : nat) (event : nat -> R) (alpha : R) (ref old : nat -> R) : R :=
  ln (sum N (fun i => geometric alpha (conditional N event ref i) (conditional N event old i))) / (alpha - 1).

Lemma geometric_inside alpha x y : 0 < x -> 0 < y -> geometric alpha x y = exp (alpha * ln x + (1 - alpha) * ln y).
Proof. intros X Y. unfold geometric. destruct (Rlt_dec 0 x); [|lra]. destruct (Rlt_dec 0 y); [reflexivity | lra]. Qed.

Lemma geometric_positive alpha x y : 0 < x -> 0 < y -> 0 < geometric alpha x y.
Proof. intros X Y. rewrite geometric_inside by assumption. apply exp_pos. Qed.

Lemma geometric_same alpha x : 0 <= x -> geometric alpha x x = x.
Proof.
  intros [X | <-]; [|unfold geometric; destruct (Rlt_dec 0 0); [lra | reflexivity]].
  rewrite geometric_inside by assumption. replace (alpha * ln x + (1 - alpha) * ln x) with (ln x) by ring. now apply exp_ln.
Qed.

Lemma geometric_scales alpha x y a b : 0 < a -> 0 < b -> geometric alpha (x / a) (y / b) = geometric alpha x y / geometric alpha a b.
Proof.
  intros A B. assert (G : 0 < geometric alpha a b) by now apply geometric_positive.
  unfold geometric at 1 2. destruct (Rlt_dec 0 x) as [X|X].
  - destruct (Rlt_dec 0 (x / a)) as [X'|X']; [|exfalso; apply X'; now apply Rdiv_lt_0_compat].
    destruct (Rlt_dec 0 y) as [Y|Y].
    + destruct (Rlt_dec 0 (y / b)) as [Y'|Y']; [|exfalso; apply Y'; now apply Rdiv_lt_0_compat].
      rewrite geometric_inside by assumption. unfold Rdiv. rewrite <- exp_Ropp, <- exp_plus. f_equal.
      rewrite !ln_mult, !ln_Rinv; try assumption; try (now apply Rinv_0_lt_compat). ring.
    + destruct (Rlt_dec 0 (y / b)) as [Y'|Y']; [|unfold Rdiv; ring].
      exfalso. apply Y. apply (Rmult_lt_reg_r (/ b)); [now apply Rinv_0_lt_compat | rewrite Rmult_0_l; exact Y'].
  - destruct (Rlt_dec 0 (x / a)) as [X'|X']; [|unfold Rdiv; ring].
    exfalso. apply X. apply (Rmult_lt_reg_r (/ a)); [now apply Rinv_0_lt_compat | rewrite Rmult_0_l; exact X'].
Qed.

Section Positive.
Variables (N : nat) (alpha : R) (ref old : nat -> R).
Hypothesis Ref : forall i, 0 < ref i.
Hypothesis Old : forall i, 0 < old i.
Let zeta := total_mean N alpha ref old.

Lemma zeta_positive : 0 < zeta.
Proof. apply sum_positive. intros i. now apply geometric_positive. Qed.

Lemma mean_positive i : 0 < mean N alpha ref old i.
Proof. apply Rdiv_lt_0_compat; [now apply geometric_positive | apply zeta_positive]. Qed.

Lemma mean_is_a_policy : sum N (mean N alpha ref old) = 1.
Proof.
  pose proof zeta_positive as Z. unfold mean. fold zeta.
  rewrite (sum_ext N _ (fun i => / zeta * geometric alpha (ref i) (old i) + 0 * 0)) by (intros; field; lra).
  rewrite sum_linear. fold (total_mean N alpha ref old). fold zeta. field. lra.
Qed.

Lemma one_term w i : 0 <= w -> alpha * (w * ln (w / ref i)) + (1 - alpha) * (w * ln (w / old i)) =
  w * ln (w / mean N alpha ref old i) - ln zeta * w.
Proof.
  intros [W | <-]; [|ring]. pose proof (Ref i) as P. pose proof (Old i) as Q. pose proof zeta_positive as Z.
  assert (L : forall x, 0 < x -> ln (w / x) = ln w - ln x).
  { intros x X. unfold Rdiv. rewrite ln_mult, ln_Rinv; [ring | exact X | exact W | now apply Rinv_0_lt_compat]. }
  rewrite (L _ (mean_positive i)), !L by assumption. unfold mean. fold zeta. unfold Rdiv at 1.
  rewrite ln_mult, ln_Rinv, geometric_inside, ln_exp; try assumption; [ring | apply geometric_positive; assumption |].
  now apply Rinv_0_lt_compat.
Qed.

(** Version 4: one KL term to the geometric mean. *)
Theorem one_term_to_the_mean w : (forall i, 0 <= w i) -> sum N w = 1 ->
  alpha * KL N w ref + (1 - alpha) * KL N w old = KL N w (mean N alpha ref old) - ln (total_mean N alpha ref old).
Proof.
  intros W One. fold zeta. unfold KL. rewrite <- sum_linear.
  rewrite (sum_ext N _ (fun i => 1 * (w i * ln (w i / mean N alpha ref old i)) + (- ln zeta) * w i)).
  - rewrite sum_linear, One. ring.
  - intros i _. rewrite (one_term (w i) i) by apply W. ring.
Qed.

(** So the maximiser of an iteration with both terms is the geometric mean, tilted by the advantages over beta. *)
Theorem maximiser_with_two_terms (A : nat -> R) beta w : 0 < beta -> (forall i, 0 <= w i) -> sum N w = 1 ->
  let J := fun u => sum N (fun i => u i * A i) - beta * (alpha * KL N u ref + (1 - alpha) * KL N u old) in
  let best := tilted N (mean N alpha ref old) (fun i => A i / beta) in
  (forall i, 0 < best i) /\ sum N best = 1 /\ J w <= J best /\ (J w = J best -> forall i, (i <= N)%nat -> w i = best i).
Proof.
  intros B W One J best. set (t := fun i => A i / beta). fold t in best.
  assert (P : forall i, 0 < best i) by (intros i; apply tilted_positive, mean_positive).
  assert (S : sum N best = 1) by (apply tilted_is_a_policy, mean_positive).
  assert (K : forall u, (forall i, 0 <= u i) -> sum N u = 1 ->
    J u = objective N (mean N alpha ref old) t beta u + beta * ln zeta).
  { intros u U U1. unfold J, objective. rewrite one_term_to_the_mean by assumption. fold zeta.
    rewrite (sum_ext N (fun i => u i * (beta * t i)) (fun i => u i * A i)) by (intros; unfold t; field; lra). ring. }
  destruct (theorem_1 N (mean N alpha ref old) t beta mean_positive w B W One) as [_ [_ [M U]]].
  fold best in M, U. rewrite !K by (try assumption; intros i; left; apply P).
  repeat split; [exact P | exact S | lra |]. intros E. apply U. lra.
Qed.

(** The mass of an event under the means is a product of means. *)
Lemma mass_of_an_event event : (forall i, event i = 0 \/ event i = 1) -> 0 < probability N event ref ->
  0 < probability N event old ->
  sum N (fun i => event i * geometric alpha (ref i) (old i)) = geometric alpha (probability N event ref) (probability N event old) *
    sum N (fun i => geometric alpha (conditional N event ref i) (conditional N event old i)).
Proof.
  intros E01 P Q. pose proof (geometric_positive alpha _ _ P Q) as G. set (g := geometric alpha _ _) in *.
  rewrite <- (Rplus_0_r (g * _)). replace 0 with (0 * sum N (fun _ => 0)) by ring. rewrite <- sum_linear. apply sum_ext.
  intros i _. unfold conditional. rewrite geometric_scales by assumption. fold g. destruct (E01 i) as [-> | ->].
  - rewrite !Rmult_0_l. rewrite (geometric_same alpha 0) by lra. unfold Rdiv. ring.
  - rewrite !Rmult_1_l. field. lra.
Qed.

Theorem log_odds_of_the_mean r : (forall i, r i = 0 \/ r i = 1) -> alpha < 1 ->
  0 < probability N r ref -> 0 < probability N (other r) ref -> 0 < probability N r old -> 0 < probability N (other r) old ->
  ln (probability N r (mean N alpha ref old) / probability N (other r) (mean N alpha ref old)) =
    alpha * ln (probability N r ref / probability N (other r) ref)
    + (1 - alpha) * ln (probability N r old / probability N (other r) old)
    + (1 - alpha) * (renyi N (other r) alpha ref old - renyi N r alpha ref old).
Proof.
  intros R01 A P1 P0 Q1 Q0. pose proof zeta_positive as Z.
  assert (event_mass : forall e, (forall i, e i = 0 \/ e i = 1) -> 0 < probability N e ref -> 0 < probability N e old ->
    exists c, 0 < c /\ ln c = (alpha - 1) * renyi N e alpha ref old /\
      probability N e (mean N alpha ref old) = geometric alpha (probability N e ref) (probability N e old) * c / zeta).
  { intros e E01 P Q. pose proof (mass_of_an_event e E01 P Q) as M.
    set (c := sum N (fun i => geometric alpha (conditional N e ref i) (conditional N e old i))) in *.
    pose proof (geometric_positive alpha _ _ P Q) as G.
    assert (H : probability N e (mean N alpha ref old) = sum N (fun i => e i * geometric alpha (ref i) (old i)) / zeta).
    { unfold probability, mean. fold zeta. fold (sum N (fun i => e i * (geometric alpha (ref i) (old i) / zeta))).
      rewrite (sum_ext N _ (fun i => / zeta * (e i * geometric alpha (ref i) (old i)) + 0 * 0)) by (intros; field; lra).
      rewrite sum_linear. field. lra. }
    assert (S : 0 < sum N (fun i => e i * geometric alpha (ref i) (old i))).
    { assert (S0 : 0 <= sum N (fun i => e i * geometric alpha (ref i) (old i))).
      { apply sum_nonnegative. intros i. pose proof (geometric_positive alpha _ _ (Ref i) (Old i)).
        destruct (E01 i) as [-> | ->]; lra. }
      destruct S0 as [S0 | S0]; [exact S0|]. exfalso. symmetry in S0.
      assert (none : forall i, (i <= N)%nat -> e i * ref i = 0 * 0).
      { intros i I. apply (sum_zero N) with (i := i) in S0; [|intros k; pose proof (geometric_positive alpha _ _ (Ref k) (Old k));
          destruct (E01 k) as [-> | ->]; lra | exact I].
        pose proof (geometric_positive alpha _ _ (Ref i) (Old i)). destruct (E01 i) as [-> | K]; [ring|]. rewrite K in S0. lra. }
      unfold probability in P. fold (sum N (fun i => e i * ref i)) in P. rewrite (sum_ext N _ _ none) in P.
      replace (sum N (fun _ => 0 * 0)) with 0 in P; [lra|].
      rewrite (sum_ext N _ (fun _ => 0 * 0 + 0 * 0)) by (intros; ring). rewrite sum_linear. ring. }
    assert (C : 0 < c) by (rewrite M in S; apply (Rmult_lt_reg_l (geometric alpha (probability N e ref) (probability N e old))); lra).
    exists c. split; [exact C|]. split; [unfold renyi; fold c; field; lra|]. rewrite H, M. reflexivity. }
  destruct (event_mass r R01 P1 Q1) as [c1 [C1 [L1 M1]]].
  destruct (event_mass (other r) (other_01 r R01) P0 Q0) as [c0 [C0 [L0 M0]]].
  rewrite M1, M0, !geometric_inside by assumption.
  assert (quotient : forall x y, 0 < x -> 0 < y -> ln (x / y) = ln x - ln y).
  { intros x y X Y. unfold Rdiv. rewrite ln_mult, ln_Rinv; [ring | exact Y | exact X | now apply Rinv_0_lt_compat]. }
  rewrite (quotient (_ / zeta) (_ / zeta)), !(quotient _ zeta), !quotient; try assumption;
    try (apply Rmult_lt_0_compat; [apply exp_pos | assumption]);
    try (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [apply exp_pos | assumption] | assumption]).
  rewrite !ln_mult, !ln_exp, L1, L0 by (try apply exp_pos; assumption). ring.
Qed.
End Positive.

(** From the reference on: policies that are the reference, tilted by the reward alone. *)
Definition of_the_reference (r ref u : nat -> R) : Prop :=
  exists x y, forall i, u i = ref i * exp (r i * x + (1 - r i) * y).

Section Reference.
Variables (N : nat) (alpha : R) (r ref : nat -> R).
Hypothesis R01 : forall i, r i = 0 \/ r i = 1.
Hypothesis Ref : forall i, 0 < ref i.

Theorem reference_is_of_itself : of_the_reference r ref ref.
Proof. exists 0, 0. intros i. rewrite !Rmult_0_r, Rplus_0_r, exp_0. ring. Qed.

(** So are all the policies after them, whatever the two weights of an iteration are. *)
Theorem next_is_of_the_reference up down old : of_the_reference r ref old ->
  of_the_reference r ref (tilted N (mean N alpha ref old) (fun i => r i * up - (1 - r i) * down)).
Proof.
  intros [x [y U]]. assert (Old : forall i, 0 < old i) by (intros i; rewrite U; apply Rmult_lt_0_compat; [apply Ref | apply exp_pos]).
  set (t := fun i => r i * up - (1 - r i) * down).
  pose proof (zeta_positive N alpha ref old Ref Old) as Z. set (zeta := total_mean N alpha ref old) in *.
  pose proof (mass_positive N (mean N alpha ref old) t (mean_positive N alpha ref old Ref Old)) as M.
  set (m := mass N (mean N alpha ref old) t) in *.
  exists ((1 - alpha) * x + up - ln zeta - ln m), ((1 - alpha) * y - down - ln zeta - ln m). intros i.
  unfold tilted. fold m. unfold mean. fold zeta. rewrite geometric_inside, U, ln_mult, ln_exp by (try apply exp_pos; apply Ref || apply Old || idtac).
  transitivity (exp (ln (ref i) + (1 - alpha) * (r i * x + (1 - r i) * y) + t i - ln zeta - ln m)).
  - replace (ln (ref i) + (1 - alpha) * (r i * x + (1 - r i) * y) + t i - ln zeta - ln m)
      with (alpha * ln (ref i) + (1 - alpha) * (ln (ref i) + (r i * x + (1 - r i) * y)) + t i + - ln zeta + - ln m) by ring.
    set (a := alpha * ln (ref i) + _). rewrite !exp_plus, !exp_Ropp, !exp_ln by assumption. unfold Rdiv. ring.
  - rewrite <- (exp_ln (ref i)) at 2 by apply Ref. rewrite <- exp_plus. f_equal. unfold t.
    destruct (R01 i) as [-> | ->]; ring.
Qed.

Lemma same_conditional event x y old i : (forall k, event k = 0 \/ event k = 1) ->
  ((forall k, event k = r k) \/ (forall k, event k = other r k)) ->
  (forall k, old k = ref k * exp (r k * x + (1 - r k) * y)) -> 0 < probability N event ref ->
  conditional N event old i = conditional N event ref i.
Proof.
  intros E01 Which U P.
  assert (H : exists c, 0 < c /\ forall k, event k * old k = c * (event k * ref k)).
  { destruct Which as [W|W]; [exists (exp x) | exists (exp y)]; (split; [apply exp_pos|]); intros k; rewrite U, W.
    - destruct (R01 k) as [-> | ->]; [ring|]. replace (1 * x + (1 - 1) * y) with x by ring. ring.
    - unfold other. destruct (R01 k) as [-> | ->]; [|ring]. replace (0 * x + (1 - 0) * y) with y by ring. ring. }
  destruct H as [c [C H]].
  assert (Q : probability N event old = c * probability N event ref).
  { unfold probability. fold (sum N (fun k => event k * old k)). fold (sum N (fun k => event k * ref k)).
    rewrite (sum_ext N _ (fun k => c * (event k * ref k) + 0 * 0)) by (intros; rewrite H; ring). rewrite sum_linear. ring. }
  unfold conditional. rewrite H, Q. field. lra.
Qed.

(** Their conditionals given success, and given failure, are the reference's: both divergences are 0. *)
Theorem no_divergence event old : ((forall k, event k = r k) \/ (forall k, event k = other r k)) ->
  of_the_reference r ref old -> 0 < probability N event ref ->
  (forall i, conditional N event old i = conditional N event ref i) /\ renyi N event alpha ref old = 0.
Proof.
  intros Which [x [y U]] P.
  assert (E01 : forall k, event k = 0 \/ event k = 1).
  { intros k. destruct Which as [W|W]; rewrite W; [apply R01 | now apply other_01]. }
  assert (C : forall i, conditional N event old i = conditional N event ref i) by (intros i; now apply (same_conditional event x y)).
  split; [exact C|]. unfold renyi.
  rewrite (sum_ext N _ (fun i => / probability N event ref * (event i * ref i) + 0 * 0)).
  - rewrite sum_linear. change (sum N (fun i => event i * ref i)) with (probability N event ref).
    rewrite Rinv_l by lra. rewrite Rmult_0_l, Rplus_0_r, ln_1. unfold Rdiv. ring.
  - intros i _. rewrite C, geometric_same.
    + unfold conditional. field. lra.
    + unfold conditional. apply Rmult_le_pos; [|left; now apply Rinv_0_lt_compat].
      pose proof (Ref i). destruct (E01 i) as [-> | ->]; lra.
Qed.
End Reference.

(** Version 4: L_n > L_ref, for any extra terms that are not negative; they are 0. *)
Theorem above_the_reference alpha Lref beta eps (L gaps : nat -> R) : alpha <= 1 -> 0 < beta -> 0 < eps -> L 0%nat = Lref ->
  (forall n, 0 <= gaps n) ->
  (forall n, L (S n) = alpha * Lref + (1 - alpha) * L n + (1 - alpha) * gaps n + Omega eps (L n) / beta) ->
  forall n, Lref < L (S n).
Proof.
  intros A B E L0 G H.
  assert (W : forall n, 0 < Omega eps (L n) / beta).
  { intros n. apply Rdiv_lt_0_compat; [|exact B]. unfold Omega. apply Rinv_0_lt_compat, sqrt_lt_R0. pose proof (v_range (L n)). lra. }
  assert (step : forall n, Lref <= L n -> Lref < L (S n)).
  { intros n I. rewrite H. specialize (W n). specialize (G n).
    assert (0 <= (1 - alpha) * (L n - Lref)) by (apply Rmult_le_pos; lra).
    assert (0 <= (1 - alpha) * gaps n) by (apply Rmult_le_pos; lra). lra. }
  induction n as [|n IH]; apply step; lra.
Qed.

(** Version 4: 0 is absorbing, and is never reached from elsewhere. u n is the policy, z its normaliser. *)
Section Absorbing.
Variables (N : nat) (alpha : R) (r ref : nat -> R) (u : nat -> nat -> R) (t : nat -> nat -> R) (z : nat -> R).
Hypothesis R01 : forall i, r i = 0 \/ r i = 1.
Hypothesis Ref : forall i, 0 <= ref i.
Hypothesis Start : forall i, u 0%nat i = ref i.
Hypothesis Normaliser : forall n, 0 < z n.
Hypothesis Next : forall n i, u (S n) i = geometric alpha (ref i) (u n i) * exp (t n i) / z n.

Lemma same_support n i : (ref i = 0 -> u n i = 0) /\ (0 < ref i -> 0 < u n i).
Proof.
  split; intros H; induction n as [|n IH]; try (rewrite Start; exact H); rewrite Next.
  - unfold geometric. destruct (Rlt_dec 0 (ref i)); [lra|]. unfold Rdiv. ring.
  - pose proof (geometric_positive alpha _ _ H IH). pose proof (exp_pos (t n i)).
    apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; assumption | apply Normaliser].
Qed.

Lemma event_without_mass e n : (forall i, e i = 0 \/ e i = 1) -> probability N e ref = 0 -> probability N e (u n) = 0.
Proof.
  intros E01 P. unfold probability in *. fold (sum N (fun i => e i * ref i)) in P. fold (sum N (fun i => e i * u n i)).
  rewrite (sum_ext N _ (fun i => 0 * 0 + 0 * 0)); [rewrite sum_linear; ring|]. intros i I.
  pose proof (sum_zero N (fun i => e i * ref i)) as Z. specialize (Z ltac:(intros k; cbv beta; destruct (E01 k) as [-> | ->]; specialize (Ref k); lra) P i I).
  destruct (E01 i) as [-> | K]; [ring|]. cbv beta in Z. rewrite K in Z |- *. rewrite (proj1 (same_support n i)) by lra. ring.
Qed.

Lemma event_with_mass e n : (forall i, e i = 0 \/ e i = 1) -> 0 < probability N e ref -> 0 < probability N e (u n).
Proof.
  intros E01 P. unfold probability in *. fold (sum N (fun i => e i * ref i)) in P. fold (sum N (fun i => e i * u n i)).
  assert (U : forall i, 0 <= u n i).
  { intros i. destruct (Ref i) as [H | H]; [left; now apply same_support|]. right. symmetry. apply same_support. lra. }
  assert (S : 0 <= sum N (fun i => e i * u n i)).
  { apply sum_nonnegative. intros i. pose proof (U i). destruct (E01 i) as [-> | ->]; lra. }
  destruct S as [S | S]; [exact S|]. exfalso. symmetry in S.
  rewrite (sum_ext N (fun i => e i * ref i) (fun i => 0 * 0 + 0 * 0)) in P; [rewrite sum_linear in P; lra|].
  intros i I. pose proof (sum_zero N (fun i => e i * u n i)) as Z.
  specialize (Z ltac:(intros k; cbv beta; pose proof (U k); destruct (E01 k) as [-> | ->]; lra) S i I).
  destruct (E01 i) as [-> | K]; [ring|]. cbv beta in Z. rewrite K in Z |- *.
  destruct (Ref i) as [H | H]; [pose proof (proj2 (same_support n i) H); lra | rewrite <- H; ring].
Qed.

Theorem zero_is_absorbing n : probability N r ref = 0 -> probability N r (u n) = 0.
Proof. now apply event_without_mass. Qed.

Theorem zero_is_never_reached n : 0 < probability N r ref -> 0 < probability N (other r) ref ->
  0 < probability N r (u n) /\ 0 < probability N (other r) (u n).
Proof. intros P Q. split; apply event_with_mass; try assumption. now apply other_01. Qed.
End Absorbing.

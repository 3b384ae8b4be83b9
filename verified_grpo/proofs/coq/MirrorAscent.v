(** * One step of mirror ascent on a policy, seen in log-odds

    Suite, N1, for policies on any finite set of outcomes: from a policy that is the reference tilted by the reward, a
    step of mirror ascent (the natural gradient of a softmax over outcomes) on the advantages less the KL terms gives
    such a policy again, and its log-odds of success move as inner_step of Drive.v says. Weights are up to a factor:
    to normalise them changes no log-odds. K2: no policy of that success probability is nearer to the reference. *)

From Coq Require Import Reals Lra Lia.
From VerifiedGRPO Require Import Definitions Errors Drive KLBudget.
Open Scope R_scope.

Definition log_odds (N : nat) (r u : nat -> R) : R := ln (probability N r u / probability N (other r) u).
(** u is the reference rho, tilted by t for each success, up to a factor. *)
Definition tilted (r rho : nat -> R) (t : R) (u : nat -> R) : Prop :=
  exists c, 0 < c /\ forall i, u i = c * (rho i * exp (t * r i)).

Lemma log_odds_of_policy N r u : total N u = 1 -> log_odds N r u = logit (probability N r u).
Proof. intros T. unfold log_odds, logit. now rewrite probability_of_failure. Qed.

(** The advantages of the paper at the policy prev, and the step of size eta from the policy pi. *)
Definition advantage (eps L : R) (reward : R) : R := (reward - sigma L) * Omega eps L.
Definition mirror_ascent (alpha beta eta : R) (A rho prev pi : nat -> R) (i : nat) : R :=
  pi i * exp (eta * (A i - alpha * beta * ln (pi i / rho i) - (1 - alpha) * beta * ln (pi i / prev i))).

Section Policies.
Variables (N : nat) (r rho : nat -> R).
Hypothesis R01 : forall i, r i = 0 \/ r i = 1.
Hypothesis Rho : forall i, 0 <= rho i.
Hypothesis Successes : 0 < probability N r rho.
Hypothesis Failures : 0 < probability N (other r) rho.

Lemma tilted_probabilities c t u : (forall i, u i = c * (rho i * exp (t * r i))) ->
  probability N r u = c * exp t * probability N r rho /\
  probability N (other r) u = c * probability N (other r) rho.
Proof.
  intros U. unfold probability, other. rewrite !scal_sum. split; apply sum_eq; intros i _; rewrite U.
  - destruct (R01 i) as [-> | ->]; [ring | rewrite Rmult_1_r; ring].
  - destruct (R01 i) as [-> | ->]; [rewrite Rmult_0_r, exp_0; ring | ring].
Qed.

Lemma tilted_log_odds t u : tilted r rho t u -> log_odds N r u = log_odds N r rho + t.
Proof.
  intros [c [C U]]. unfold log_odds. destruct (tilted_probabilities c t u U) as [-> ->].
  set (s := probability N r rho) in *. set (f := probability N (other r) rho) in *.
  pose proof (exp_pos t). replace (c * exp t * s / (c * f)) with (s / f * exp t) by (field; lra).
  rewrite ln_mult, ln_exp; [ring | now apply Rdiv_lt_0_compat | lra].
Qed.

Lemma tilt_of_ratio t s c d x : 0 < c -> 0 < d -> 0 < x ->
  ln (c * (x * exp t) / (d * (x * exp s))) = ln (c / d) + (t - s).
Proof.
  intros C D X. pose proof (exp_pos t). pose proof (exp_pos s).
  replace (c * (x * exp t) / (d * (x * exp s))) with (c / d * exp (t - s)).
  - rewrite ln_mult, ln_exp; [reflexivity | now apply Rdiv_lt_0_compat | apply exp_pos].
  - unfold Rminus. rewrite exp_plus, exp_Ropp. field. lra.
Qed.

Lemma exponents_join x y a b d e : a + b = d + e -> x * (y * exp a) * exp b = x * exp d * (y * exp e).
Proof.
  intros H. transitivity (x * y * exp (a + b)); [rewrite exp_plus; ring|]. rewrite H, exp_plus. ring.
Qed.

Theorem n1_tilted alpha beta eta a0 a1 t0 t prev pi : tilted r rho t0 prev -> tilted r rho t pi ->
  tilted r rho (t + eta * (a1 - alpha * beta * t - (1 - alpha) * beta * (t - t0)))
    (mirror_ascent alpha beta eta (fun i => a0 + a1 * r i) rho prev pi).
Proof.
  intros [d [D P]] [c [C U]].
  exists (c * exp (eta * (a0 - alpha * beta * ln (c / 1) - (1 - alpha) * beta * ln (c / d)))).
  split; [apply Rmult_lt_0_compat; [exact C | apply exp_pos]|]. intros i. unfold mirror_ascent.
  destruct (Rho i) as [X|X]; [|rewrite U, <- X; ring].
  assert (K : ln (pi i / rho i) = ln (c / 1) + (t * r i - 0)).
  { rewrite <- (tilt_of_ratio (t * r i) 0 c 1 (rho i)) by lra. rewrite U, exp_0. f_equal. f_equal. ring. }
  assert (K' : ln (pi i / prev i) = ln (c / d) + (t * r i - t0 * r i)).
  { rewrite U, P. now apply tilt_of_ratio. }
  rewrite K, K', U. apply exponents_join. ring.
Qed.

(** N1 for policies: the advantages are those at prev, kept during the inner steps. *)
Theorem n1_mirror_ascent alpha beta eps eta t0 t prev pi : tilted r rho t0 prev -> tilted r rho t pi ->
  let L0 := log_odds N r prev in
  let next := mirror_ascent alpha beta eta (fun i => advantage eps L0 (r i)) rho prev pi in
  (exists s, tilted r rho s next) /\
  log_odds N r next = inner_step alpha (log_odds N r rho) beta eps eta L0 (log_odds N r pi).
Proof.
  intros Prev Pi L0 next.
  pose proof (n1_tilted alpha beta eta (- (sigma L0 * Omega eps L0)) (Omega eps L0) t0 t prev pi Prev Pi) as [c [C H]].
  assert (T : tilted r rho (t + eta * (Omega eps L0 - alpha * beta * t - (1 - alpha) * beta * (t - t0))) next).
  { exists c. split; [exact C|]. intros i. rewrite <- H. unfold next, mirror_ascent, advantage.
    do 3 f_equal. ring. }
  split; [eexists; exact T|]. rewrite (tilted_log_odds _ _ T). unfold inner_step.
  rewrite (tilted_log_odds _ _ Pi). unfold L0 at 3. rewrite (tilted_log_odds _ _ Prev). ring.
Qed.

(** K2: such policies have no more KL to the reference than their probability of success asks for. *)
Theorem k2_frontier t pi : total N rho = 1 -> total N pi = 1 -> tilted r rho t pi ->
  KL N pi rho = kl (probability N r pi) (probability N r rho).
Proof.
  intros Tr Tp [c [C U]]. destruct (tilted_probabilities c t pi U) as [S F]. pose proof (exp_pos t) as X.
  assert (P : 0 < probability N r pi) by (rewrite S; repeat apply Rmult_lt_0_compat; assumption).
  assert (Q : 0 < probability N (other r) pi) by (rewrite F; now apply Rmult_lt_0_compat).
  pose proof (probability_of_failure N r pi Tp). pose proof (probability_of_failure N r rho Tr).
  apply k1_equality; try assumption; try lra.
  - intros i. rewrite U. pose proof (exp_pos (t * r i)) as Y. repeat split; [|apply Rho | intros ->; ring].
    apply Rmult_le_pos; [lra | apply Rmult_le_pos; [apply Rho | lra]].
  - intros i _. unfold part. rewrite S, F, U. unfold other at 1 3.
    destruct (R01 i) as [-> | ->]; [rewrite Rmult_0_r, exp_0 | rewrite Rmult_1_r]; split; field; lra.
Qed.
End Policies.

(** * Policies on finitely many outcomes: the maximiser of an iteration, and its probability of success

    Paper: equations (5) and (6), Theorem 1, Theorem 2 with (9); version 4: a general anchor, and p_ref = 0.
    Suite: on outcomes 0..N, for all weights. J(pi_n) - J(pi) = beta KL(pi || pi_n) >= 0, with 0 for pi_n alone; the
    log-odds of its success are those of the reference plus the sum of both weights. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Errors.
Open Scope R_scope.

Definition sum (N : nat) (u : nat -> R) : R := sum_f_R0 u N.
Definition KL (N : nat) (pi rho : nat -> R) : R := sum N (fun i => pi i * ln (pi i / rho i)).
Definition mass (N : nat) (ref t : nat -> R) : R := sum N (fun i => ref i * exp (t i)).
Definition tilted (N : nat) (ref t : nat -> R) (i : nat) : R := ref i * exp (t i) / mass N ref t.
(** t is the advantage over beta. *)
Definition objective (N : nat) (ref t : nat -> R) (beta : R) (pi : nat -> R) : R :=
  sum N (fun i => pi i * (beta * t i)) - beta * KL N pi ref.

Lemma sum_ext N u w : (forall i, (i <= N)%nat -> u i = w i) -> sum N u = sum N w.
Proof. intros H. unfold sum. apply sum_eq. exact H. Qed.

Lemma sum_linear N a b u w : sum N (fun i => a * u i + b * w i) = a * sum N u + b * sum N w.
Proof. unfold sum. induction N as [|N IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_nonnegative N u : (forall i, 0 <= u i) -> 0 <= sum N u.
Proof. intros H. unfold sum. induction N as [|N IH]; simpl; [apply H|]. specialize (H (S N)). lra. Qed.

Lemma sum_zero N u : (forall i, 0 <= u i) -> sum N u = 0 -> forall i, (i <= N)%nat -> u i = 0.
Proof.
  intros H. unfold sum. induction N as [|N IH]; simpl; intros Z i I.
  - replace i with 0%nat by lia. exact Z.
  - pose proof (sum_nonnegative N u H) as P. unfold sum in P. pose proof (H (S N)) as Q.
    destruct (Nat.eq_dec i (S N)) as [->|K]; [lra|]. apply IH; [lra|lia].
Qed.

Lemma sum_positive N u : (forall i, 0 < u i) -> 0 < sum N u.
Proof. intros H. unfold sum. induction N as [|N IH]; simpl; [apply H|]. specialize (H (S N)). lra. Qed.

(** Gibbs: w log(w/m) >= w - m, with equality at w = m alone. *)
Lemma gibbs_term w m : 0 <= w -> 0 < m -> w - m <= w * ln (w / m) /\ (w * ln (w / m) = w - m -> w = m).
Proof.
  intros [W|<-] M; [|split; [|intros H]; lra].
  assert (Q : 0 < w / m) by (apply Rdiv_lt_0_compat; lra). set (y := ln (w / m)).
  assert (Y : exp (- y) = m / w) by (unfold y; rewrite exp_Ropp, exp_ln by exact Q; field; lra).
  destruct (Req_dec y 0) as [Z|Z].
  - rewrite Z, Ropp_0, exp_0 in Y. assert (m = w) by (apply (Rmult_eq_reg_r (/ w)); [unfold Rdiv in Y; rewrite Rinv_r; lra |
      apply Rinv_neq_0_compat; lra]). rewrite Z. lra.
  - pose proof (exp_ineq1 (- y) ltac:(lra)) as S. rewrite Y in S.
    assert (K : (1 + - y) * w < m).
    { apply (Rmult_lt_reg_r (/ w)); [apply Rinv_0_lt_compat; lra|]. replace ((1 + - y) * w * / w) with (1 + - y) by (field; lra). exact S. }
    split; [nra|]. intros H. nra.
Qed.

Theorem KL_nonnegative N pi rho : (forall i, 0 <= pi i) -> (forall i, 0 < rho i) -> sum N pi = sum N rho ->
  0 <= KL N pi rho /\ (KL N pi rho = 0 -> forall i, (i <= N)%nat -> pi i = rho i).
Proof.
  intros P Q M. set (d := fun i => pi i * ln (pi i / rho i) - (pi i - rho i)).
  assert (D : forall i, 0 <= d i) by (intros i; unfold d; pose proof (gibbs_term _ _ (P i) (Q i)) as [G _]; lra).
  assert (S : sum N d = KL N pi rho).
  { unfold d, KL. rewrite (sum_ext N _ (fun i => 1 * (pi i * ln (pi i / rho i)) + (-1) * (1 * pi i + (-1) * rho i)))
      by (intros; ring). rewrite sum_linear, sum_linear, M. ring. }
  split; [rewrite <- S; now apply sum_nonnegative|]. intros Z i I. rewrite <- S in Z.
  apply (gibbs_term _ _ (P i) (Q i)). pose proof (sum_zero N d D Z i I) as K. unfold d in K. lra.
Qed.

Section Iteration.
Variables (N : nat) (ref t : nat -> R) (beta : R).
Hypothesis Ref : forall i, 0 < ref i.
Hypothesis One : sum N ref = 1.

Lemma mass_positive : 0 < mass N ref t.
Proof. apply sum_positive. intros i. apply Rmult_lt_0_compat; [apply Ref | apply exp_pos]. Qed.

Lemma tilted_positive i : 0 < tilted N ref t i.
Proof.
  apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [apply Ref | apply exp_pos] | apply mass_positive].
Qed.

Theorem tilted_is_a_policy : sum N (tilted N ref t) = 1.
Proof.
  pose proof mass_positive as M. unfold tilted.
  rewrite (sum_ext N _ (fun i => / mass N ref t * (ref i * exp (t i)) + 0 * 0)) by (intros; field; lra).
  rewrite sum_linear. fold (mass N ref t). field. lra.
Qed.

Theorem objective_and_distance pi : (forall i, 0 <= pi i) -> sum N pi = 1 ->
  objective N ref t beta pi + beta * KL N pi (tilted N ref t) = beta * ln (mass N ref t).
Proof.
  intros P S. pose proof mass_positive as M. unfold objective, KL.
  assert (term : forall i, 1 * (pi i * (beta * t i)) + beta * ((-1) * (pi i * ln (pi i / ref i)) +
      1 * (pi i * ln (pi i / tilted N ref t i))) = beta * ln (mass N ref t) * pi i + 0 * 0).
  { intros i. destruct (P i) as [Pi|<-]; [|ring]. pose proof (Ref i) as Ri. pose proof (exp_pos (t i)) as Ei.
    assert (L : ln (pi i / tilted N ref t i) = ln (pi i / ref i) - t i + ln (mass N ref t)).
    { unfold tilted. replace (pi i / (ref i * exp (t i) / mass N ref t)) with (pi i / ref i * (/ exp (t i) * mass N ref t))
        by (field; repeat split; lra).
      rewrite ln_mult, ln_mult, ln_Rinv, ln_exp; try lra.
      - apply Rinv_0_lt_compat; lra.
      - apply Rdiv_lt_0_compat; lra.
      - apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat; lra | lra]. }
    rewrite L. ring. }
  pose proof (sum_ext N _ _ (fun i _ => term i)) as E. rewrite !sum_linear, S in E. lra.
Qed.

(** Theorem 1: the tilted policy is the only maximiser, and by how much every other is worse. *)
Theorem theorem_1 pi : 0 < beta -> (forall i, 0 <= pi i) -> sum N pi = 1 ->
  objective N ref t beta (tilted N ref t) - objective N ref t beta pi = beta * KL N pi (tilted N ref t) /\
  objective N ref t beta (tilted N ref t) = beta * ln (mass N ref t) /\
  objective N ref t beta pi <= objective N ref t beta (tilted N ref t) /\
  (objective N ref t beta pi = objective N ref t beta (tilted N ref t) ->
    forall i, (i <= N)%nat -> pi i = tilted N ref t i).
Proof.
  intros B P S. set (q := tilted N ref t).
  assert (Q : forall i, 0 <= q i) by (intros i; left; apply tilted_positive).
  assert (Z : KL N q q = 0).
  { unfold KL. rewrite (sum_ext N _ (fun i => 0 * 0 + 0 * 0)).
    - rewrite sum_linear. ring.
    - intros i _. unfold Rdiv. rewrite Rinv_r, ln_1 by (pose proof (tilted_positive i); unfold q; lra). ring. }
  pose proof (objective_and_distance pi P S) as J. fold q in J.
  pose proof (objective_and_distance q Q tilted_is_a_policy) as J0. fold q in J0. rewrite Z in J0.
  destruct (KL_nonnegative N pi q P tilted_positive) as [K1 K2]; [unfold q; rewrite S, tilted_is_a_policy; reflexivity|].
  repeat split; try lra.
  - assert (0 <= beta * KL N pi q) by (apply Rmult_le_pos; lra). lra.
  - intros E. apply K2. apply (Rmult_eq_reg_l beta); lra.
Qed.
End Iteration.

(** 0/1 rewards: the mass, and the odds of success. *)
Theorem mass_of_a_reward N r ref up down : (forall i, r i = 0 \/ r i = 1) -> sum N ref = 1 ->
  mass N ref (fun i => r i * up - (1 - r i) * down) =
  probability N r ref * exp up + (1 - probability N r ref) * exp (- down).
Proof.
  intros R01 One. unfold mass, probability. fold (sum N (fun i => r i * ref i)).
  rewrite (sum_ext N _ (fun i => (exp up - exp (- down)) * (r i * ref i) + exp (- down) * ref i)).
  - rewrite sum_linear, One. ring.
  - intros i _. destruct (R01 i) as [-> | ->].
    + replace (0 * up - (1 - 0) * down) with (- down) by ring. ring.
    + replace (1 * up - (1 - 1) * down) with up by ring. ring.
Qed.

Theorem success_of_the_tilted N r ref up down : (forall i, r i = 0 \/ r i = 1) -> (forall i, 0 < ref i) ->
  sum N ref = 1 -> let t := fun i => r i * up - (1 - r i) * down in
  probability N r (tilted N ref t) = probability N r ref * exp up / mass N ref t.
Proof.
  intros R01 Ref One t. pose proof (mass_positive N ref t Ref) as M. unfold probability, tilted.
  fold (sum N (fun i => r i * (ref i * exp (t i) / mass N ref t))). fold (sum N (fun i => r i * ref i)).
  rewrite (sum_ext N _ (fun i => exp up / mass N ref t * (r i * ref i) + 0 * 0)).
  - rewrite sum_linear. field. lra.
  - intros i _. unfold t. destruct (R01 i) as [-> | ->].
    + unfold Rdiv. ring.
    + replace (1 * up - (1 - 1) * down) with up by ring. unfold Rdiv. ring.
Qed.

(** Version 4's general anchor, and Theorem 2: the log-odds move by the sum of both weights. *)
Theorem log_odds_of_the_tilted N r ref up down : (forall i, r i = 0 \/ r i = 1) -> (forall i, 0 < ref i) ->
  sum N ref = 1 -> 0 < probability N r ref < 1 -> let t := fun i => r i * up - (1 - r i) * down in
  0 < probability N r (tilted N ref t) < 1 /\
  logit (probability N r (tilted N ref t)) = logit (probability N r ref) + (up + down).
Proof.
  intros R01 Ref One P t. pose proof (success_of_the_tilted N r ref up down R01 Ref One) as S. cbv zeta in S. fold t in S.
  pose proof (mass_of_a_reward N r ref up down R01 One) as M. fold t in M.
  set (p := probability N r ref) in *. set (q := probability N r (tilted N ref t)) in *. rewrite M in S.
  pose proof (exp_pos up) as U. pose proof (exp_pos (- down)) as D.
  assert (A : 0 < p * exp up) by (apply Rmult_lt_0_compat; lra).
  assert (B : 0 < (1 - p) * exp (- down)) by (apply Rmult_lt_0_compat; lra).
  assert (Q : 0 < q < 1).
  { rewrite S. split; [apply Rdiv_lt_0_compat; lra | apply Rlt_div_l; lra]. }
  split; [exact Q|]. unfold logit.
  replace (q / (1 - q)) with (p / (1 - p) * (exp up * / exp (- down))).
  - rewrite ln_mult, ln_mult, ln_Rinv, !ln_exp; try lra.
    + apply Rinv_0_lt_compat; lra.
    + apply Rdiv_lt_0_compat; lra.
    + apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra].
  - rewrite S. field. repeat split; try lra.
Qed.

(** Equation (5): the importance weights cancel; equation (6): the objective is affine in the success. *)
Theorem importance_weights_cancel N old new A : (forall i, 0 < old i) ->
  sum N (fun i => old i * (new i / old i * A i)) = sum N (fun i => new i * A i).
Proof. intros O. apply sum_ext. intros i _. pose proof (O i). field. lra. Qed.

Theorem objective_is_affine N r pi up down : (forall i, r i = 0 \/ r i = 1) -> sum N pi = 1 ->
  sum N (fun i => pi i * (r i * up - (1 - r i) * down)) = (up + down) * probability N r pi - down.
Proof.
  intros R01 One. unfold probability. fold (sum N (fun i => r i * pi i)).
  rewrite (sum_ext N _ (fun i => (up + down) * (r i * pi i) + (- down) * pi i)) by (intros; ring).
  rewrite sum_linear, One. ring.
Qed.

(** * Monotone convergence

    Paper, Proposition 1: if the sequence converges, its limit is a fixed point (when it does is left open).
    Suite, S4: if p_ref >= 1/2, or beta <= beta_c = 2/(sqrt(1+4 eps) log((1-p_ref)/p_ref)), the sequence from p_ref
    converges; in the first case it rises to the least fixed point. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope.
Open Scope R_scope.

(** A map that keeps order on [a, u], carries a up and u not up. *)
Theorem rises_to_least (f : R -> R) (a u : R) :
  (forall t, continuous f t) -> (forall x y, a <= x -> x <= y -> y <= u -> f x <= f y) ->
  a <= u -> a <= f a -> f u <= u ->
  (forall n, a <= iterate f n a <= u /\ iterate f n a <= iterate f (S n) a) /\
  exists l : R, is_lim_seq (fun n => iterate f n a) l /\ f l = l /\ a <= l <= u /\
    forall y, a <= y -> f y = y -> l <= y.
Proof.
  intros C M AU A U.
  assert (P : forall n, a <= iterate f n a <= u /\ iterate f n a <= iterate f (S n) a).
  { induction n as [|n [I J]]; [simpl; lra|]. simpl in J |- *.
    assert (f (iterate f n a) <= f u) by (apply M; lra).
    split; [lra|]. apply M; lra. }
  split; [exact P|].
  destruct (ex_finite_lim_seq_incr (fun n => iterate f n a) u) as [l Hl].
  - intros n. apply P.
  - intros n. apply P.
  - assert (Up : forall y, (forall n, iterate f n a <= y) -> l <= y).
    { intros y Y. apply (is_lim_seq_le (fun n => iterate f n a) (fun _ => y) l y); [exact Y | exact Hl |].
      apply is_lim_seq_const. }
    exists l. repeat split.
    + exact Hl.
    + now apply (limit_is_fixed f a).
    + apply (is_lim_seq_le (fun _ => a) (fun n => iterate f n a) a l); [intros n; apply P | | exact Hl].
      apply is_lim_seq_const.
    + apply Up. intros n. apply P.
    + intros y Y F. destruct (Rle_lt_dec y u) as [D|D].
      * apply Up. induction n as [|n IH]; simpl; [exact Y|]. rewrite <- F. apply M; try lra. apply P.
      * apply Rle_trans with u; [apply Up; intros n; apply P | lra].
Qed.

Lemma iterate_reflected f n x : iterate (fun y => - f (- y)) n x = - iterate f n (- x).
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH, Ropp_involutive. reflexivity. Qed.

(** The same, turned round. *)
Theorem falls_to_greatest (f : R -> R) (u a : R) :
  (forall t, continuous f t) -> (forall x y, u <= x -> x <= y -> y <= a -> f x <= f y) ->
  u <= a -> f a <= a -> u <= f u ->
  exists l : R, is_lim_seq (fun n => iterate f n a) l /\ f l = l /\ u <= l <= a /\
    forall y, y <= a -> f y = y -> y <= l.
Proof.
  intros C M UA A U.
  destruct (rises_to_least (fun y => - f (- y)) (- a) (- u)) as [_ [l [Hl [F [I G]]]]].
  - intros t. apply (continuous_opp (fun y => f (- y))). apply (continuous_comp Ropp f); [|apply C].
    apply (continuous_opp (fun y : R => y)), continuous_id.
  - intros x y X XY Y. apply Ropp_le_contravar, M; lra.
  - lra.
  - rewrite Ropp_involutive. lra.
  - rewrite Ropp_involutive. lra.
  - exists (- l). repeat split; try lra.
    + apply is_lim_seq_ext with (fun n => - iterate (fun y => - f (- y)) n (- a)).
      * intros n. rewrite iterate_reflected, !Ropp_involutive. reflexivity.
      * exact (proj1 (is_lim_seq_opp _ (Finite l)) Hl).
    + intros y Y Fy. assert (l <= - y); [|lra]. apply G; [lra|]. rewrite Ropp_involutive. lra.
Qed.

Lemma T_continuous Lref beta eps : 0 < beta -> 0 < eps -> forall t, continuous (T Lref beta eps) t.
Proof.
  intros B E. apply (continuous_of_derivative _ (fun t => slope eps t / beta)). intros t. now apply T_derivative.
Qed.

Lemma sigma_0 : sigma 0 = 1/2.
Proof. unfold sigma. rewrite Ropp_0, exp_0. field. Qed.

(** T keeps order where p >= 1/2. *)
Lemma T_keeps_order Lref beta eps x y : 0 < beta -> 0 < eps -> 0 <= x -> x <= y ->
  T Lref beta eps x <= T Lref beta eps y.
Proof.
  intros B E X. apply (does_not_fall _ (fun t => slope eps t / beta)); [intros t; now apply T_derivative|].
  intros t Ht. apply Rdiv_le_0_compat; [|exact B].
  destruct (slope_sign eps t E) as [_ N]. destruct (Rle_lt_dec 0 (slope eps t)) as [H|H]; [exact H|].
  apply N in H. rewrite <- sigma_0 in H. destruct (Req_dec t 0) as [Z|Z]; [subst t; lra|].
  assert (0 < t) as P by lra. apply sigma_increasing in P. lra.
Qed.

Definition ceiling Lref beta eps := Lref + / sqrt eps / beta.

(** S4, first case: from p_ref >= 1/2, that is L_ref >= 0, it rises to the least of all fixed points. *)
Theorem s4_rises Lref beta eps : 0 < beta -> 0 < eps -> 0 <= Lref ->
  (forall n, iterate (T Lref beta eps) n Lref <= iterate (T Lref beta eps) (S n) Lref) /\
  exists l : R, is_lim_seq (fun n => iterate (T Lref beta eps) n Lref) l /\ T Lref beta eps l = l /\
    forall y, T Lref beta eps y = y -> l <= y.
Proof.
  intros B E R0.
  assert (below : forall t, Lref < T Lref beta eps t).
  { intros t. pose proof (Omega_positive eps t E). unfold T.
    assert (0 < Omega eps t / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (above : forall t, T Lref beta eps t < ceiling Lref beta eps) by (intros t; now apply step_bounds).
  destruct (rises_to_least (T Lref beta eps) Lref (ceiling Lref beta eps)) as [P [l [Hl [F [I G]]]]].
  - now apply T_continuous.
  - intros x y X XY _. apply T_keeps_order; lra.
  - specialize (below 0). specialize (above 0). lra.
  - left. apply below.
  - left. apply above.
  - split; [intros n; apply P|]. exists l. repeat split; [exact Hl | exact F |].
    intros y Y. apply G; [|exact Y]. rewrite <- Y. left. apply below.
Qed.

(** S4, second case, in log-odds: beta sqrt(1/4+eps) (- L_ref) <= 1. *)
Theorem s4_converges_log_odds Lref beta eps : 0 < beta -> 0 < eps -> beta * sqrt (1/4 + eps) * - Lref <= 1 ->
  exists l : R, is_lim_seq (fun n => iterate (T Lref beta eps) n Lref) l /\ T Lref beta eps l = l /\ 0 <= l.
Proof.
  intros B E H. set (f := T Lref beta eps). set (a := f Lref).
  assert (floor : forall t, 0 <= f t).
  { intros t. destruct (step_bounds Lref beta eps t B E) as [Q _].
    assert (S : 0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra).
    assert (0 <= Lref + / sqrt (1/4 + eps) / beta); [|unfold f; lra].
    replace (Lref + / sqrt (1/4 + eps) / beta) with ((1 + beta * sqrt (1/4 + eps) * Lref) / (beta * sqrt (1/4 + eps)))
      by (field; lra).
    apply Rdiv_le_0_compat; [lra | apply Rmult_lt_0_compat; lra]. }
  assert (above : forall t, f t < ceiling Lref beta eps) by (intros t; now apply step_bounds).
  assert (A0 : 0 <= a) by apply floor.
  assert (shift : forall l : R, is_lim_seq (fun n => iterate f n a) l -> is_lim_seq (fun n => iterate f n Lref) l).
  { intros l Hl. apply is_lim_seq_incr_1. apply is_lim_seq_ext with (2 := Hl).
    intros n. simpl. apply iterate_commutes. }
  destruct (Rle_lt_dec a (f a)) as [C|C].
  - destruct (rises_to_least f a (ceiling Lref beta eps)) as [_ [l [Hl [F [I _]]]]].
    + now apply T_continuous.
    + intros x y X XY _. apply T_keeps_order; lra.
    + left. apply above.
    + exact C.
    + left. apply above.
    + exists l. repeat split; [now apply shift | exact F | lra].
  - destruct (falls_to_greatest f 0 a) as [l [Hl [F [I _]]]].
    + now apply T_continuous.
    + intros x y X XY _. apply T_keeps_order; lra.
    + exact A0.
    + lra.
    + apply floor.
    + exists l. repeat split; [now apply shift | exact F | lra].
Qed.

Theorem s4_converges p beta eps : 0 < beta -> 0 < eps -> 0 < p < 1/2 ->
  beta <= 2 / (sqrt (1 + 4 * eps) * ln ((1 - p) / p)) ->
  exists l : R, is_lim_seq (fun n => iterate (T (logit p) beta eps) n (logit p)) l
    /\ T (logit p) beta eps l = l /\ 0 <= l.
Proof.
  intros B E P H. apply s4_converges_log_odds; try assumption.
  assert (K : ln ((1 - p) / p) = - logit p).
  { unfold logit. rewrite <- ln_Rinv by (apply Rdiv_lt_0_compat; lra). f_equal. field. lra. }
  assert (J : 0 < ln ((1 - p) / p)).
  { rewrite <- ln_1. apply ln_increasing; [lra|]. apply Rlt_div_r; lra. }
  assert (S : 0 < sqrt (1 + 4 * eps)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (1/4 + eps) = sqrt (1 + 4 * eps) / 2).
  { replace (1/4 + eps) with ((1 + 4 * eps) / (2 * 2)) by field.
    rewrite sqrt_div_alt by lra. rewrite sqrt_square by lra. reflexivity. }
  rewrite Q, <- K. apply Rle_div_r in H; [lra | apply Rmult_lt_0_compat; lra].
Qed.

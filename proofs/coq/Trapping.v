(** * Limits by a trap: intervals that the recursion maps into one another while it contracts

    What the exported certificates of limits apply. The whole line is cited nowhere: existence is by intermediate
    values, uniqueness and speed by the contraction (Theorem 6 of Basin.v). *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Basin Monotone TwoKL Cells.
Open Scope R_scope.

(** One more image of an enclosed point of the orbit. *)
Lemma next f x n a b c d : a <= iterate f n x <= b -> (forall t, a <= t <= b -> c <= f t <= d) ->
  c <= iterate f (S n) x <= d.
Proof. intros I H. exact (H _ I). Qed.

(** f maps [a, b] into [c, d] and shrinks distances by k. *)
Definition squeezes (f : R -> R) (a b c d k : R) : Prop :=
  (forall t, a <= t <= b -> c <= f t <= d) /\
  forall x y, a <= x <= b -> a <= y <= b -> Rabs (f x - f y) <= k * Rabs (x - y).

Lemma squeezes_first f a b c d k : squeezes f a b c d k -> squeezes (iterate f 1) a b c d k.
Proof. intros S. exact S. Qed.

Lemma squeezes_more f n a b c d e h k l : 0 <= l -> squeezes (iterate f n) a b c d k -> squeezes f c d e h l ->
  squeezes (iterate f (S n)) a b e h (l * k).
Proof.
  intros Hl [M K] [N L]. split; [intros t I; apply N, M, I|]. intros x y X Y. simpl.
  eapply Rle_trans; [apply L; apply M; assumption|]. rewrite Rmult_assoc. apply Rmult_le_compat_l; [exact Hl|]. now apply K.
Qed.

Section Trap.
Variable f : R -> R.
Hypothesis f_continuous : forall t, continuous f t.
Variables a b k rate : R.
Variable n : nat.
Hypothesis trapped : squeezes (iterate f n) a b a b k.
Hypothesis K : k <= rate.
Hypothesis rate_below_1 : 0 <= rate < 1.

Lemma shrinks x y : a <= x <= b -> a <= y <= b -> Rabs (iterate f n x - iterate f n y) <= rate * Rabs (x - y).
Proof.
  intros X Y. destruct trapped as [_ S]. eapply Rle_trans; [now apply S|].
  apply Rmult_le_compat_r; [apply Rabs_pos | exact K].
Qed.

(** f^n - id changes sign on a bracket: exactly one point of the basin returns after n steps, and it is in there. *)
Theorem returns l r : a <= l -> l < r -> r <= b -> l < iterate f n l -> iterate f n r < r ->
  exists x, l < x < r /\ iterate f n x = x /\ forall y, a <= y <= b -> iterate f n y = y -> y = x.
Proof.
  intros A LR B Fl Fr.
  destruct (zero_between (fun t => iterate f n t - t) l r) as [x [X Z]].
  - intros t. apply (continuous_minus (iterate f n) (fun t => t)); [now apply iterate_continuous | apply continuous_id].
  - lra.
  - nra.
  - exists x. assert (P : iterate f n x = x) by lra. split; [|split; [exact P|]].
    + destruct (Req_dec x l) as [->|]; [lra|]. destruct (Req_dec x r) as [->|]; [lra|]. lra.
    + intros y Y Q. pose proof (shrinks y x Y ltac:(lra)) as S. rewrite P, Q in S. pose proof (Rabs_pos (y - x)).
      assert (Rabs (y - x) = 0) by nra. apply Rabs_eq_0 in H0. lra.
Qed.

Lemma iterate_times m x : iterate (iterate f n) m x = iterate f (m * n) x.
Proof. induction m as [|m IH]; simpl; [reflexivity|]. rewrite IH. symmetry. apply iterate_plus. Qed.

Theorem caught s steps x : a <= iterate f steps s <= b -> a <= x <= b -> iterate f n x = x ->
  (forall m, Rabs (iterate f (m * n + steps) s - x) <= rate ^ m * Rabs (iterate f steps s - x)) /\
  is_lim_seq (fun m => iterate f (m * n + steps) s) x.
Proof.
  intros I X P.
  assert (In : forall m, a <= iterate f (m * n + steps) s <= b).
  { induction m as [|m IH]; [exact I|]. replace (S m * n + steps)%nat with (n + (m * n + steps))%nat by lia.
    rewrite iterate_plus. now apply (proj1 trapped). }
  assert (D : forall m, Rabs (iterate f (m * n + steps) s - x) <= rate ^ m * Rabs (iterate f steps s - x)).
  { induction m as [|m IH]; [simpl; lra|]. replace (S m * n + steps)%nat with (n + (m * n + steps))%nat by lia.
    rewrite iterate_plus. rewrite <- P at 1. eapply Rle_trans; [now apply shrinks|]. simpl. rewrite Rmult_assoc.
    apply Rmult_le_compat_l; [lra | exact IH]. }
  split; [exact D|]. apply (geometric_limit _ x (Rabs (iterate f steps s - x)) rate rate_below_1).
  intros m. rewrite Rmult_comm. apply D.
Qed.
End Trap.

(** The image of a point that returns is the one that returns to the next basin. *)
Lemma next_of_cycle f n x y c d : iterate f n x = x -> c <= f x <= d ->
  (forall z, c <= z <= d -> iterate f n z = z -> z = y) -> f x = y.
Proof. intros P I U. apply U; [exact I|]. rewrite iterate_commutes, P. reflexivity. Qed.

Lemma next_limit f (u : nat -> nat) s x y : (forall t, continuous f t) -> f x = y ->
  is_lim_seq (fun m => iterate f (u m) s) x -> is_lim_seq (fun m => iterate f (S (u m)) s) y.
Proof.
  intros C F H. rewrite <- F. apply (is_lim_seq_continuous f (fun m => iterate f (u m) s) x); [|exact H].
  apply continuity_pt_filterlim, C.
Qed.

(** How steep T is over an interval, by its ends or by Bmax. *)
Section Steepness.
Variables alpha Lref beta eps : R.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation m := (multiplier alpha beta eps).
Definition steep_at_most (a b k : R) : Prop := forall t, a <= t <= b -> Rabs (m t) <= k.

Lemma steep_between a b k : bend eps a <= 0 -> bend eps b <= 0 -> - k <= m a -> m b <= k -> steep_at_most a b k.
Proof.
  intros Ba Bb Ma Mb t I. apply Rabs_le. unfold multiplier in *.
  pose proof (weighed beta B _ _ (slope_does_not_fall eps a b a t E Ba Bb ltac:(lra) ltac:(lra) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_fall eps a b t b E Ba Bb ltac:(lra) ltac:(lra) ltac:(lra))). lra.
Qed.

Lemma steep_falling a b k : (forall t, a <= t <= b -> 0 <= bend eps t) -> - k <= m b -> m a <= k -> steep_at_most a b k.
Proof.
  intros N Mb Ma t I. apply Rabs_le. unfold multiplier in *.
  pose proof (weighed beta B _ _ (slope_does_not_rise eps a t E (fun s Hs => N s ltac:(lra)) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_rise eps t b E (fun s Hs => N s ltac:(lra)) ltac:(lra))). lra.
Qed.

Lemma steep_after_peak a b k : 0 <= a -> 0 <= bend eps a -> - k <= m b -> m a <= k -> steep_at_most a b k.
Proof. intros Z N. apply steep_falling. intros t I. apply (bend_beyond eps a); lra. Qed.

Lemma steep_before_trough a b k : b <= 0 -> 0 <= bend eps b -> - k <= m b -> m a <= k -> steep_at_most a b k.
Proof. intros Z N. apply steep_falling. intros t I. apply (bend_before eps b); lra. Qed.

Lemma steep_by_Bmax a b k : - k <= 1 - alpha - Bmax eps / beta -> 1 - alpha + Bmax eps / beta <= k -> steep_at_most a b k.
Proof.
  intros Kl Kr t _. apply Rabs_le. pose proof (slope_bound eps t E). unfold multiplier.
  pose proof (weighed beta B (slope eps t) (Bmax eps) ltac:(lra)).
  pose proof (weighed beta B (- Bmax eps) (slope eps t) ltac:(lra)).
  assert (- Bmax eps / beta = - (Bmax eps / beta)) by (field; lra). lra.
Qed.

(** From the middle, by the mean value theorem. *)
Lemma squeezes_by_steepness a b c d k : a <= b -> 0 <= k -> steep_at_most a b k ->
  c <= T2 alpha Lref beta eps ((a + b) / 2) - k * ((b - a) / 2) ->
  T2 alpha Lref beta eps ((a + b) / 2) + k * ((b - a) / 2) <= d -> squeezes (T2 alpha Lref beta eps) a b c d k.
Proof.
  intros AB K S C D.
  assert (L : forall x y, a <= x <= b -> a <= y <= b ->
    Rabs (T2 alpha Lref beta eps x - T2 alpha Lref beta eps y) <= k * Rabs (x - y)).
  { intros x y X Y. apply (lipschitz _ (fun t => 1 - alpha + slope eps t / beta) a b); try assumption.
    intros t. now apply T2_derivative. }
  split; [|exact L]. intros t I. pose proof (L t ((a + b) / 2) I ltac:(lra)) as Q.
  assert (Rabs (t - (a + b) / 2) <= (b - a) / 2) by (apply Rabs_le; lra).
  assert (k * Rabs (t - (a + b) / 2) <= k * ((b - a) / 2)) by (now apply Rmult_le_compat_l).
  apply Rabs_le_between' in Q. lra.
Qed.
End Steepness.

(** p and 1-p over a bracket. *)
Lemma probabilities l r p0 p1 q0 q1 x : l < x < r -> p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) ->
  sigma (- l) <= q1 -> p0 <= sigma x <= p1 /\ q0 <= sigma (- x) <= q1.
Proof. intros X P0 P1 Q0 Q1. destruct (probability_between l r x X). lra. Qed.

(** Monotone limits: T keeps order from where the orbit is to the far end of the bracket. *)
Section Runs.
Variables alpha Lref beta eps : R.
Hypothesis A1 : alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation f := (T2 alpha Lref beta eps).

Definition keeps_order (a b : R) : Prop := forall x y, a <= x -> x <= y -> y <= b -> f x <= f y.

Lemma keeps_order_by_slope a b : (forall t, a <= t <= b -> 0 <= 1 - alpha + slope eps t / beta) -> keeps_order a b.
Proof.
  intros H x y X XY Y. apply (does_not_fall _ (fun t => 1 - alpha + slope eps t / beta)); [intros t; now apply T2_derivative | | exact XY].
  intros t I. apply H. lra.
Qed.

Lemma keeps_order_above_half a b : 0 <= a -> keeps_order a b.
Proof.
  intros Z. apply keeps_order_by_slope. intros t I.
  pose proof (slope_nonnegative eps t E ltac:(lra)).
  assert (0 <= slope eps t / beta) by (apply Rdiv_le_0_compat; lra). lra.
Qed.

Lemma keeps_order_by_Bmax a b : Bmax eps <= (1 - alpha) * beta -> keeps_order a b.
Proof.
  intros H. apply keeps_order_by_slope. intros t _. pose proof (slope_bound eps t E).
  assert (- (1 - alpha) <= slope eps t / beta); [|lra]. apply Rle_div_r; lra.
Qed.

Lemma T2_is_continuous : forall t, continuous f t.
Proof. now apply T2_continuous. Qed.

Lemma run_shifted s n m : iterate f m (iterate f n s) = iterate f (m + n) s.
Proof. symmetry. apply iterate_plus. Qed.

(** From L_n on the orbit rises, to a limit in [l, r]; L_(n+m) has reached l. *)
Theorem rises_into s n m a l r : a <= iterate f n s -> iterate f n s <= r -> keeps_order a r ->
  iterate f n s <= f (iterate f n s) -> f r <= r -> l <= iterate f (m + n) s ->
  exists x, l <= x <= r /\ f x = x /\ is_lim_seq (fun i => iterate f (i + n) s) x /\
    (forall i, iterate f (i + n) s <= iterate f (S i + n) s) /\ forall y, iterate f n s <= y -> f y = y -> x <= y.
Proof.
  intros A R0 O U C Hl. set (b := iterate f n s) in *.
  destruct (rises_to_least f b r T2_is_continuous) as [P [x [Hx [F [I G]]]]]; try assumption.
  { intros u w. intros. apply O; lra. }
  assert (ext : forall i, iterate f i b = iterate f (i + n) s) by (intros i; unfold b; apply run_shifted).
  assert (Lx : is_lim_seq (fun i => iterate f (i + n) s) x) by (apply (is_lim_seq_ext _ _ _ ext Hx)).
  exists x. repeat split; try assumption; try lra.
  - assert (Inc : forall i, iterate f (m + n) s <= iterate f (i + (m + n)) s).
    { induction i as [|i IH]; [simpl; lra|]. replace (i + (m + n))%nat with ((i + m) + n)%nat in IH by lia.
      replace (S i + (m + n))%nat with (S (i + m) + n)%nat by lia. rewrite <- !ext in *. pose proof (proj2 (P (i + m)%nat)). lra. }
    apply Rle_trans with (iterate f (m + n) s); [exact Hl|].
    apply (is_lim_seq_le (fun _ => iterate f (m + n) s) (fun i => iterate f (i + (m + n)) s) (iterate f (m + n) s) x).
    + exact Inc.
    + apply is_lim_seq_const.
    + apply (is_lim_seq_incr_n _ m) in Lx. apply (is_lim_seq_ext (fun i => iterate f (i + m + n) s)); [|exact Lx].
      intros i. now rewrite Nat.add_assoc.
  - intros i. rewrite <- (ext i), <- (ext (S i)). apply P.
Qed.

Theorem falls_into s n m a l r : iterate f n s <= a -> l <= iterate f n s -> keeps_order l a ->
  f (iterate f n s) <= iterate f n s -> l <= f l -> iterate f (m + n) s <= r ->
  exists x, l <= x <= r /\ f x = x /\ is_lim_seq (fun i => iterate f (i + n) s) x /\
    (forall i, iterate f (S i + n) s <= iterate f (i + n) s) /\ forall y, y <= iterate f n s -> f y = y -> y <= x.
Proof.
  intros A L0 O U C Hr. set (b := iterate f n s) in *.
  assert (Or : forall u w, l <= u -> u <= w -> w <= b -> f u <= f w) by (intros; apply O; lra).
  destruct (falls_to_greatest f l b T2_is_continuous Or L0 U C) as [x [Hx [F [I G]]]].
  assert (ext : forall i, iterate f i b = iterate f (i + n) s) by (intros i; unfold b; apply run_shifted).
  assert (P : forall i, l <= iterate f i b <= b /\ iterate f (S i) b <= iterate f i b).
  { induction i as [|i [J Q]]; [simpl; lra|]. simpl in Q |- *.
    assert (f l <= f (iterate f i b)) by (apply Or; lra). split; [lra|]. apply Or; lra. }
  assert (Lx : is_lim_seq (fun i => iterate f (i + n) s) x) by (apply (is_lim_seq_ext _ _ _ ext Hx)).
  exists x. repeat split; try assumption; try lra.
  - assert (Dec : forall i, iterate f (i + (m + n)) s <= iterate f (m + n) s).
    { induction i as [|i IH]; [simpl; lra|]. replace (i + (m + n))%nat with ((i + m) + n)%nat in IH by lia.
      replace (S i + (m + n))%nat with (S (i + m) + n)%nat by lia. rewrite <- !ext in *. pose proof (proj2 (P (i + m)%nat)). lra. }
    apply Rle_trans with (iterate f (m + n) s); [|exact Hr].
    apply (is_lim_seq_le (fun i => iterate f (i + (m + n)) s) (fun _ => iterate f (m + n) s) x (iterate f (m + n) s)).
    + exact Dec.
    + apply (is_lim_seq_incr_n _ m) in Lx. apply (is_lim_seq_ext (fun i => iterate f (i + m + n) s)); [|exact Lx].
      intros i. now rewrite Nat.add_assoc.
    + apply is_lim_seq_const.
  - intros i. rewrite <- (ext i), <- (ext (S i)). apply P.
Qed.
End Runs.

(** alpha = 0: every step adds at least the gain, so the log-odds grow without bound. *)
Theorem rises_to_one Lref beta eps gain s : 0 < beta -> 0 < eps -> 0 < gain -> gain * beta * sqrt (1/4 + eps) <= 1 ->
  (forall n, iterate (T2 0 Lref beta eps) n s + gain <= iterate (T2 0 Lref beta eps) (S n) s) /\
  is_lim_seq (fun n => iterate (T2 0 Lref beta eps) n s) p_infty.
Proof.
  intros B E G H. set (f := T2 0 Lref beta eps).
  assert (step : forall t, t + gain <= f t).
  { intros t. unfold f, T2. pose proof (Omega_lower eps t E).
    assert (S : 0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra).
    assert (gain <= Omega eps t / beta); [|lra]. apply Rle_div_r; [exact B|].
    apply Rle_trans with (/ sqrt (1/4 + eps)); [|assumption].
    apply Rmult_le_reg_r with (sqrt (1/4 + eps)); [exact S|]. rewrite Rinv_l; lra. }
  split; [intros n; apply step|].
  apply (is_lim_seq_le_p_loc (fun n => s + gain * INR n)).
  - exists 0%nat. intros n _. induction n as [|n IH]; [simpl; lra|]. rewrite S_INR. simpl iterate. specialize (step (iterate f n s)). lra.
  - apply is_lim_seq_spec. intros M. destruct (archimed_cor1 (gain / (Rmax 1 (M - s)))) as [N [HN N0]].
    + apply Rdiv_lt_0_compat; [exact G|]. pose proof (Rmax_l 1 (M - s)). lra.
    + exists N. intros n Hn. pose proof (Rmax_l 1 (M - s)). pose proof (Rmax_r 1 (M - s)).
      assert (NP : 0 < INR N) by now apply lt_0_INR.
      assert (Q : Rmax 1 (M - s) < gain * INR N).
      { apply (Rmult_lt_reg_r (/ INR N)); [now apply Rinv_0_lt_compat|]. rewrite Rmult_assoc, Rinv_r by lra.
        apply (Rmult_lt_compat_l (Rmax 1 (M - s))) in HN; [|lra].
        replace (Rmax 1 (M - s) * (gain / Rmax 1 (M - s))) with gain in HN by (field; lra). lra. }
      assert (INR N <= INR n) by now apply le_INR. nra.
Qed.

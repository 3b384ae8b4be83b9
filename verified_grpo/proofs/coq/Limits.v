(** * Limits of the recursion: what the exported certificates of that kind apply

    By a trap (Traps.v) with brackets inside it, by a monotone run (Monotone.v), or by the mirror (Mirror.v).
      *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Monotone TwoKL Cells Traps Mirror.
Open Scope R_scope.

(** One more image of an enclosed point of the orbit. *)
Lemma next f x n a b c d : a <= iterate f n x <= b -> (forall t, a <= t <= b -> c <= f t <= d) ->
  c <= iterate f (S n) x <= d.
Proof. intros I H. exact (H _ I). Qed.

(** A trap, and a bracket in it at whose ends f^n - id has opposite signs: the point that returns is in
    there. *)
Lemma returning_bracket f n a b k l r : (forall t, continuous f t) -> 0 <= k < 1 -> carried f n a b a b k ->
  a <= l -> l < r -> r <= b -> l < iterate f n l -> iterate f n r < r ->
  exists x, (l < x < r /\ iterate f n x = x) /\ forall y, a <= y <= b -> iterate f n y = y -> y = x.
Proof.
  intros C K P A LR B Fl Fr.
  destruct (zero_between (fun t => iterate f n t - t) l r) as [x [X Z]].
  - intros t. apply (continuous_minus (iterate f n) (fun t => t));
    [now apply iterate_continuous | apply continuous_id].
  - lra.
  - nra.
  - assert (I : l < x < r).
    { destruct (Req_dec x l) as [->|]; [lra|]. destruct (Req_dec x r) as [->|]; lra. }
    destruct (trap f n a b k C ltac:(lra) K P) as [z [_ [_ [U _]]]].
    assert (F : iterate f n x = x) by lra. exists x. split; [now split|].
    intros y Y G. rewrite (U y Y G). symmetry. apply U; [lra | exact F].
Qed.

(** Any step of the cycle leads to the point that returns in the next trap. *)
Lemma next_of_cycle f n x y a b c d k : carried f 1 a b c d k -> a <= x <= b -> iterate f n x = x ->
  (forall z, c <= z <= d -> iterate f n z = z -> z = y) -> f x = y.
Proof.
  intros H X P U. apply U; [exact (proj1 (H x x X X))|]. now rewrite iterate_commutes, P.
Qed.

(** A sequence that some steps bring into the trap tends to the point, and in every phase to its image. *)
Theorem caught f n a b k x0 s x rate : (forall t, continuous f t) -> 0 <= k < 1 -> carried f n a b a b k ->
  a <= iterate f s x0 <= b -> (forall y, a <= y <= b -> iterate f n y = y -> y = x) -> k <= rate ->
  (forall m, Rabs (iterate f (m * n + s) x0 - x) <= rate ^ m * (b - a)) /\
  forall i, is_lim_seq (fun m => iterate f (i + (m * n + s)) x0) (iterate f i x).
Proof.
  intros C K P S U R. destruct (trapped f n a b k x0 s C K P S) as [l [L [F [_ [D Lim]]]]].
  rewrite <- (U l L F). split; [|exact Lim]. intros m. eapply Rle_trans; [apply D|].
  apply Rmult_le_compat_r; [lra | apply pow_incr; lra].
Qed.

(** How steep T is over an interval, by its ends or by Bmax. *)
Section Steepness.
Variables alpha Lref beta eps : R.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation m := (multiplier alpha beta eps).
Definition steep_at_most (a b k : R) : Prop := forall t, a <= t <= b -> Rabs (m t) <= k.

Lemma steep_between a b k : bend eps a <= 0 -> bend eps b <= 0 -> - k <= m a -> m b <= k ->
  steep_at_most a b k.
Proof.
  intros Ba Bb Ma Mb t I. apply Rabs_le. unfold multiplier in *.
  pose proof (weighed beta B _ _ (slope_does_not_fall eps a b a t E Ba Bb ltac:(lra) ltac:(lra) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_fall eps a b t b E Ba Bb ltac:(lra) ltac:(lra) ltac:(lra))).
  lra.
Qed.

Lemma steep_falling a b k : (forall t, a <= t <= b -> 0 <= bend eps t) -> - k <= m b -> m a <= k ->
  steep_at_most a b k.
Proof.
  intros N Mb Ma t I. apply Rabs_le. unfold multiplier in *.
  pose proof (weighed beta B _ _ (slope_does_not_rise eps a t E (fun s Hs => N s ltac:(lra)) ltac:(lra))).
  pose proof (weighed beta B _ _ (slope_does_not_rise eps t b E (fun s Hs => N s ltac:(lra)) ltac:(lra))).
  lra.
Qed.

Lemma steep_after_peak a b k : 0 <= a -> 0 <= bend eps a -> - k <= m b -> m a <= k -> steep_at_most a b k.
Proof. intros Z N. apply steep_falling. intros t I. apply (bend_beyond eps a); lra. Qed.

Lemma steep_before_trough a b k : b <= 0 -> 0 <= bend eps b -> - k <= m b -> m a <= k -> steep_at_most a b k.
Proof. intros Z N. apply steep_falling. intros t I. apply (bend_before eps b); lra. Qed.

Lemma steep_by_Bmax a b k : - k <= 1 - alpha - Bmax eps / beta -> 1 - alpha + Bmax eps / beta <= k ->
  steep_at_most a b k.
Proof.
  intros Kl Kr t _. apply Rabs_le. pose proof (slope_bound eps t E). unfold multiplier.
  pose proof (weighed beta B (slope eps t) (Bmax eps) ltac:(lra)).
  pose proof (weighed beta B (- Bmax eps) (slope eps t) ltac:(lra)).
  assert (- Bmax eps / beta = - (Bmax eps / beta)) by (field; lra). lra.
Qed.

(** From the middle, by the mean value theorem. *)
Lemma carried_by_steepness a b c d k : a <= b -> steep_at_most a b k ->
  c <= T2 alpha Lref beta eps ((a + b) / 2) - k * ((b - a) / 2) ->
  T2 alpha Lref beta eps ((a + b) / 2) + k * ((b - a) / 2) <= d ->
    carried (T2 alpha Lref beta eps) 1 a b c d k.
Proof.
  intros AB S C D. apply (carried_by_middle _ (fun t => multiplier alpha beta eps t) a b c d k ((a + b) / 2)); try assumption.
  - intros t. now apply T2_derivative.
  - field.
Qed.
End Steepness.

(** p and 1-p over a bracket. *)
Lemma probabilities l r p0 p1 q0 q1 x : l <= x <= r -> p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) ->
  sigma (- l) <= q1 -> p0 <= sigma x <= p1 /\ q0 <= sigma (- x) <= q1.
Proof.
  intros X P0 P1 Q0 Q1.
  pose proof (sigma_does_not_fall l x ltac:(lra)). pose proof (sigma_does_not_fall x r ltac:(lra)).
  pose proof (sigma_does_not_fall (- r) (- x) ltac:(lra)). pose proof (sigma_does_not_fall (- x) (- l) ltac:(lra)).
  lra.
Qed.

Lemma squeezed a b c d x : b <= x <= c -> a <= b -> c <= d -> a <= x <= d.
Proof. lra. Qed.

(** Monotone limits: T keeps order from where the orbit is to the far end of the bracket. *)
Section Runs.
Variables alpha Lref beta eps : R.
Hypothesis A1 : alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation f := (T2 alpha Lref beta eps).

Definition keeps_order (a b : R) : Prop := forall x y, a <= x -> x <= y -> y <= b -> f x <= f y.

Lemma keeps_order_by_slope a b : (forall t, a <= t <= b -> 0 <= 1 - alpha + slope eps t / beta) ->
  keeps_order a b.
Proof.
  intros H x y X XY Y. apply (does_not_fall _ (fun t => 1 - alpha + slope eps t / beta)); [intros t;
  now apply T2_derivative | | exact XY].
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
Theorem rises_into s n m a b c d e g l r : a <= iterate f n s <= b -> c <= iterate f (S n) s <= d ->
  e <= iterate f (m + n) s <= g -> b <= c -> b <= r -> l <= e -> keeps_order a r -> f r <= r ->
  exists x, l <= x <= r /\ f x = x /\ is_lim_seq (fun i => iterate f (i + n) s) x /\
    (forall i, iterate f (i + n) s <= iterate f (S i + n) s) /\ forall y, iterate f n s <= y -> f y = y -> x <= y.
Proof.
  intros In Inext Im BC BR LE O C. assert (U : iterate f n s <= f (iterate f n s)) by (simpl in Inext; lra).
  assert (R0 : iterate f n s <= r) by lra. assert (Hl : l <= iterate f (m + n) s) by lra.
  assert (A : a <= iterate f n s) by lra. clear In Inext Im BC BR LE b c d e g. set (b := iterate f n s) in *.
  destruct (rises_to_least f b r T2_is_continuous) as [P [x [Hx [F [I G]]]]]; try assumption.
  { intros u w. intros. apply O; lra. }
  assert (ext : forall i, iterate f i b = iterate f (i + n) s) by (intros i; unfold b; apply run_shifted).
  assert (Lx : is_lim_seq (fun i => iterate f (i + n) s) x) by (apply (is_lim_seq_ext _ _ _ ext Hx)).
  exists x. repeat split; try assumption; try lra.
  - assert (Inc : forall i, iterate f (m + n) s <= iterate f (i + (m + n)) s).
    { induction i as [|i IH]; [simpl; lra|]. replace (i + (m + n))%nat with ((i + m) + n)%nat in IH by lia.
      replace (S i + (m + n))%nat with (S (i + m) + n)%nat by lia.
      rewrite <- !ext in *. pose proof (proj2 (P (i + m)%nat)). lra. }
    apply Rle_trans with (iterate f (m + n) s); [exact Hl|].
    apply (is_lim_seq_le (fun _ => iterate f (m + n) s) (fun i => iterate f (i + (m + n)) s) (iterate f (m + n) s) x).
    + exact Inc.
    + apply is_lim_seq_const.
    + apply (is_lim_seq_incr_n _ m) in Lx. apply (is_lim_seq_ext (fun i => iterate f (i + m + n) s));
      [|exact Lx].
      intros i. now rewrite Nat.add_assoc.
  - intros i. rewrite <- (ext i), <- (ext (S i)). apply P.
Qed.

Theorem falls_into s n m a b c d e g l r : a <= iterate f n s <= b -> c <= iterate f (S n) s <= d ->
  e <= iterate f (m + n) s <= g -> d <= a -> l <= a -> g <= r -> keeps_order l b -> l <= f l ->
  exists x, l <= x <= r /\ f x = x /\ is_lim_seq (fun i => iterate f (i + n) s) x /\
    (forall i, iterate f (S i + n) s <= iterate f (i + n) s) /\ forall y, y <= iterate f n s -> f y = y -> y <= x.
Proof.
  intros In Inext Im DA LA GR O' C. assert (U : f (iterate f n s) <= iterate f n s) by (simpl in Inext; lra).
  assert (L0 : l <= iterate f n s) by lra. assert (Hr : iterate f (m + n) s <= r) by lra.
  assert (O : keeps_order l (iterate f n s)) by (intros u w ? ? ?; apply O'; lra).
  clear O' In Inext Im DA LA GR a b c d e g. set (b := iterate f n s) in *.
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
      replace (S i + (m + n))%nat with (S (i + m) + n)%nat by lia.
      rewrite <- !ext in *. pose proof (proj2 (P (i + m)%nat)). lra. }
    apply Rle_trans with (iterate f (m + n) s); [|exact Hr].
    apply (is_lim_seq_le (fun i => iterate f (i + (m + n)) s) (fun _ => iterate f (m + n) s) x (iterate f (m + n) s)).
    + exact Dec.
    + apply (is_lim_seq_incr_n _ m) in Lx. apply (is_lim_seq_ext (fun i => iterate f (i + m + n) s));
      [|exact Lx].
      intros i. now rewrite Nat.add_assoc.
    + apply is_lim_seq_const.
  - intros i. rewrite <- (ext i), <- (ext (S i)). apply P.
Qed.
End Runs.

(** alpha = 0: every step adds at least the gain, so the log-odds grow without bound. *)
Theorem rises_to_one Lref beta eps gain s : 0 < beta -> 0 < eps -> gain * beta * sqrt (1/4 + eps) <= 1 ->
  (forall n, iterate (T2 0 Lref beta eps) n s + gain <= iterate (T2 0 Lref beta eps) (S n) s) /\
  is_lim_seq (fun n => iterate (T2 0 Lref beta eps) n s) p_infty.
Proof.
  intros B E H. split; [|now apply v3_rises_without_bound]. intros n. simpl.
  pose proof (v3_mirror Lref beta eps (iterate (T2 0 Lref beta eps) n s) 1 B E) as V. simpl in V.
  assert (S : 0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra).
  assert (gain <= / sqrt (1/4 + eps) / beta); [|lra]. apply Rle_div_r; [exact B|].
  apply Rmult_le_reg_r with (sqrt (1/4 + eps)); [exact S|]. rewrite Rinv_l; lra.
Qed.

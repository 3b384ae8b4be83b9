(** * Small steps up a drive: any steps that are small enough rise to its least zero

    Suite, N2, N6 and N11, for any continuous drive F: the sequence L_(n+1) = L_n + eta_n F(L_n) from a start a with
    F(a) >= 0. If F falls by at most k a unit between a and the least zero l above it, then for any steps with eta_n k
    <= 1 the sequence never turns back, never exceeds l, and tends to l if the sum of the steps diverges. Where F is
    positive above a there is no bound on the steps, and the sequence grows without bound. What training does with the
    paper's contrast is in SmallStepsMeanVar.v. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Periods.
Open Scope R_scope.

(** The sequence, its steps eta being given: a schedule, or a state's own metric w(L_n). *)
Definition climbs (F : R -> R) (eta L : nat -> R) : Prop := forall n, L (S n) = L n + eta n * F (L n).
Definition diverges (eta : nat -> R) : Prop := is_lim_seq (sum_f_R0 eta) p_infty.
Definition least_zero (F : R -> R) (a l : R) : Prop := a <= l /\ F l = 0 /\ forall y, a <= y -> F y = 0 -> l <= y.
(** F falls by at most k a unit. *)
Definition falls_at_most (F : R -> R) (k a l : R) : Prop :=
  forall x y, a <= x -> x <= y -> y <= l -> F x - F y <= k * (y - x).

Lemma small_enough e k : 0 < k -> e <= / k -> e * k <= 1.
Proof. intros K H. rewrite <- (Rinv_l k) by lra. apply Rmult_le_compat_r; lra. Qed.

Lemma falls_at_most_by_slope F F' k a l : (forall t, is_derive F t (F' t)) ->
  (forall t, a <= t <= l -> - F' t <= k) -> falls_at_most F k a l.
Proof.
  intros D K x y X XY Y.
  assert (F x + k * x <= F y + k * y); [|lra].
  apply (does_not_fall (fun t => F t + k * t) (fun t => F' t + k)); [| | exact XY].
  - intros t. apply (is_derive_plus F (fun u => k * u)); [apply D|]. auto_derive; [exact I | ring].
  - intros t Ht. specialize (K t ltac:(lra)). lra.
Qed.

Section Drive.
Variable F : R -> R.
Hypothesis F_continuous : forall t, continuous F t.

Theorem least_zero_exists a c : 0 <= F a -> a <= c -> F c <= 0 -> exists l, a <= l <= c /\ least_zero F a l.
Proof.
  intros [A|A] AC C.
  - destruct (first_hit F a c 0 F_continuous AC A C) as [l [I [Z P]]]. exists l. split; [lra|].
    repeat split; [lra | exact Z |]. intros y Y Fy.
    destruct (Rle_lt_dec l y) as [H|H]; [exact H|]. specialize (P y ltac:(lra)). lra.
  - exists a. split; [lra|]. repeat split; auto; lra.
Qed.

Lemma positive_before a l : 0 <= F a -> least_zero F a l -> forall x, a <= x < l -> 0 < F x.
Proof.
  intros A [AL [Z Least]] x X. destruct (Rlt_le_dec 0 (F x)) as [P|P]; [exact P|].
  destruct (least_zero_exists a x A ltac:(lra) P) as [m [M [_ [Zm _]]]].
  specialize (Least m ltac:(lra) Zm). lra.
Qed.

Lemma nonnegative_before a l : 0 <= F a -> least_zero F a l -> forall x, a <= x <= l -> 0 <= F x.
Proof.
  intros A Z x X. destruct (Req_dec x l) as [->|N]; [destruct Z as [_ [-> _]]; lra|].
  left. apply (positive_before a l A Z). lra.
Qed.

(** Where F is at least m, the steps add up. *)
Lemma steps_add_up eta L m : (forall n, 0 <= eta n) -> climbs F eta L -> (forall n, m <= F (L n)) ->
  forall n, L 0%nat + m * sum_f_R0 eta n <= L (S n).
Proof.
  intros E C M. assert (Up : forall n, L n + eta n * m <= L (S n)).
  { intros n. rewrite C. specialize (M n). specialize (E n). nra. }
  induction n as [|n IH]; simpl sum_f_R0; [specialize (Up 0%nat); lra|]. specialize (Up (S n)). lra.
Qed.

(** So with steps whose sum diverges it does not stay where F is positive. *)
Lemma does_not_stay eta L a c : (forall n, 0 <= eta n) -> diverges eta -> climbs F eta L ->
  (forall x, a <= x <= c -> 0 < F x) -> ~ (forall n, a <= L n <= c).
Proof.
  intros E D C P In. assert (AC : a <= c) by (specialize (In 0%nat); lra).
  destruct (continuity_ab_min F a c AC) as [x [Min X]].
  { intros t _. apply continuity_pt_filterlim, F_continuous. }
  specialize (P x X). apply is_lim_seq_spec in D. destruct (D ((c - a) / F x)) as [n Hn].
  specialize (Hn n (le_n n)). apply Rlt_div_l in Hn; [|exact P].
  pose proof (steps_add_up eta L (F x) E C (fun i => Min (L i) (In i)) n).
  pose proof (In 0%nat). pose proof (In (S n)). lra.
Qed.

(** N2, N11: any sequence of steps eta_n >= 0 with eta_n k <= 1. *)
Section Bounded.
Variables (a l k : R) (eta L : nat -> R).
Hypothesis A : 0 <= F a.
Hypothesis Z : least_zero F a l.
Hypothesis K : falls_at_most F k a l.
Hypothesis Steps : forall n, 0 <= eta n /\ eta n * k <= 1.
Hypothesis Start : L 0%nat = a.
Hypothesis Climb : climbs F eta L.

(** One step keeps order. *)
Lemma step_keeps_order e x y : 0 <= e -> e * k <= 1 -> a <= x -> x <= y -> y <= l -> x + e * F x <= y + e * F y.
Proof. intros E0 E1 X XY Y. specialize (K x y X XY Y). nra. Qed.

Theorem small_steps_rise n : L n <= L (S n) /\ a <= L n <= l.
Proof.
  assert (In : a <= L n <= l).
  { induction n as [|n IH]; [rewrite Start; destruct Z; lra|]. rewrite Climb. destruct (Steps n) as [E0 E1].
    pose proof (nonnegative_before a l A Z (L n) IH). destruct Z as [AL [Fl _]].
    pose proof (step_keeps_order (eta n) (L n) l E0 E1 ltac:(lra) ltac:(lra) ltac:(lra)) as O. rewrite Fl in O.
    nra. }
  split; [|exact In]. rewrite Climb. destruct (Steps n). pose proof (nonnegative_before a l A Z (L n) In). nra.
Qed.

Theorem small_steps_tend : diverges eta -> is_lim_seq L l.
Proof.
  intros D. destruct (ex_finite_lim_seq_incr L l) as [m Hm]; try apply small_steps_rise.
  assert (below : forall n, L n <= m).
  { apply (is_lim_seq_incr_compare L m Hm). apply small_steps_rise. }
  assert (ML : m <= l).
  { apply (is_lim_seq_le L (fun _ => l) m l); [apply small_steps_rise | exact Hm | apply is_lim_seq_const]. }
  destruct (Req_dec m l) as [<-|N]; [exact Hm|]. exfalso.
  apply (does_not_stay eta L a m (fun n => proj1 (Steps n)) D Climb).
  - intros x X. apply (positive_before a l A Z). lra.
  - intros n. pose proof (small_steps_rise n). specialize (below n). lra.
Qed.

(** N5: where F is at least c a unit of the way that is left, that way shrinks by 1 - eta_n c at every step. *)
Theorem small_steps_rate c : (forall x, a <= x <= l -> c * (l - x) <= F x) -> forall n,
  l - L (S n) <= (1 - eta n * c) * (l - L n).
Proof.
  intros C n. destruct (small_steps_rise n) as [_ I]. specialize (C (L n) I). destruct (Steps n). rewrite Climb. nra.
Qed.
End Bounded.

(** The same in one sentence, for k > 0. *)
Corollary small_steps a l k eta L : 0 <= F a -> least_zero F a l -> falls_at_most F k a l -> 0 < k ->
  (forall n, 0 <= eta n <= / k) -> L 0%nat = a -> climbs F eta L ->
  (forall n, L n <= L (S n) /\ a <= L n <= l) /\ (diverges eta -> is_lim_seq L l).
Proof.
  intros A Z K P Steps Start Climb. assert (Steps' : forall n, 0 <= eta n /\ eta n * k <= 1).
  { intros n. destruct (Steps n) as [S0 S1]. split; [exact S0 | now apply small_enough]. }
  split; [now apply (small_steps_rise a l k eta) | now apply (small_steps_tend a l k eta)].
Qed.

(** With no zero above the start, any steps at all will do. *)
Theorem rises_without_bound a eta L : (forall x, a <= x -> 0 < F x) -> (forall n, 0 <= eta n) -> L 0%nat = a ->
  climbs F eta L -> (forall n, L n <= L (S n)) /\ (diverges eta -> is_lim_seq L p_infty).
Proof.
  intros P E Start C.
  assert (up : forall n, a <= L n -> L n <= L (S n)).
  { intros n H. rewrite C. specialize (P (L n) H). specialize (E n). nra. }
  assert (In : forall n, a <= L n /\ L n <= L (S n)).
  { induction n as [|n [I J]]; (split; [|apply up]); lra. }
  split; [apply In|]. intros D.
  destruct (ex_lim_seq_incr L (fun n => proj2 (In n))) as [[m| |] Hm]; [exfalso | exact Hm | exfalso].
  - apply (does_not_stay eta L a m E D C); [intros x X; apply P; lra|].
    intros n. split; [apply In|]. apply (is_lim_seq_incr_compare L m Hm). intros i. apply In.
  - assert (B : Rbar_le a m_infty); [|exact B].
    apply (is_lim_seq_le (fun _ => a) L a m_infty); [intros n; apply In | apply is_lim_seq_const | exact Hm].
Qed.
End Drive.

(** From a start where the drive is not positive, the same turned round: down to the greatest zero below. *)
Definition greatest_zero (F : R -> R) (a l : R) : Prop := l <= a /\ F l = 0 /\ forall y, y <= a -> F y = 0 -> y <= l.

Section Downward.
Variable F : R -> R.
Hypothesis F_continuous : forall t, continuous F t.
Let G x := - F (- x).

Lemma reflected_continuous t : continuous G t.
Proof.
  apply (continuous_opp (fun x => F (- x))). apply (continuous_comp Ropp F); [|apply F_continuous].
  apply (continuous_opp (fun x : R => x)), continuous_id.
Qed.

Lemma reflected_zero a l : greatest_zero F a l <-> least_zero G (- a) (- l).
Proof.
  unfold greatest_zero, least_zero, G. rewrite Ropp_involutive. split; intros [I [Z Q]]; (split; [lra | split; [lra|]]).
  - intros y Y Fy. specialize (Q (- y) ltac:(lra) ltac:(lra)). lra.
  - intros y Y Fy. specialize (Q (- y)). rewrite Ropp_involutive in Q. specialize (Q ltac:(lra) ltac:(lra)). lra.
Qed.

Theorem greatest_zero_exists a c : F a <= 0 -> c <= a -> 0 <= F c -> exists l, c <= l <= a /\ greatest_zero F a l.
Proof.
  intros A AC C. destruct (least_zero_exists G reflected_continuous (- a) (- c)) as [l [I Z]].
  - unfold G. rewrite Ropp_involutive. lra.
  - lra.
  - unfold G. rewrite Ropp_involutive. lra.
  - exists (- l). split; [lra|]. apply reflected_zero. now rewrite Ropp_involutive.
Qed.

Theorem small_steps_down a l k eta L : F a <= 0 -> greatest_zero F a l -> falls_at_most F k l a -> 0 < k ->
  (forall n, 0 <= eta n <= / k) -> L 0%nat = a -> climbs F eta L ->
  (forall n, L (S n) <= L n /\ l <= L n <= a) /\ (diverges eta -> is_lim_seq L l).
Proof.
  intros A Z K P Steps Start Climb.
  destruct (small_steps G reflected_continuous (- a) (- l) k eta (fun n => - L n)) as [R T]; try assumption.
  - unfold G. rewrite Ropp_involutive. lra.
  - now apply reflected_zero.
  - intros x y X XY Y. specialize (K (- y) (- x)). unfold G. lra.
  - now rewrite Start.
  - intros n. rewrite Climb. unfold G. rewrite Ropp_involutive. ring.
  - split; [intros n; specialize (R n); lra|]. intros D.
    exact (proj2 (is_lim_seq_opp L (Finite l)) (T D)).
Qed.
End Downward.

(** N6: of two drives the greater, from a start not below, has the greater least zero and the greater sequence. *)
Section Order.
Variables F G : R -> R.
Hypothesis F_continuous : forall t, continuous F t.
Hypothesis G_continuous : forall t, continuous G t.
Variables a b l m : R.
Hypothesis A : 0 <= F a.
Hypothesis B : 0 <= G b.
Hypothesis AB : a <= b.
Hypothesis Zf : least_zero F a l.
Hypothesis Zg : least_zero G b m.

Theorem least_zeros_in_order : (forall x, b <= x <= l -> F x <= G x) -> l <= m.
Proof.
  intros FG. destruct Zg as [BM [Gm _]]. destruct (Rle_lt_dec l m) as [H|H]; [exact H|].
  pose proof (positive_before F F_continuous a l A Zf m ltac:(lra)). specialize (FG m ltac:(lra)). lra.
Qed.

Theorem least_zeros_in_strict_order : (forall x, b <= x <= l -> F x < G x) -> l < m.
Proof.
  intros FG. destruct (least_zeros_in_order (fun x X => Rlt_le _ _ (FG x X))) as [H|Q]; [exact H|].
  destruct Zf as [_ [Fl _]], Zg as [BM [Gm _]]. specialize (FG l ltac:(lra)). rewrite Q in FG at 2. lra.
Qed.

Theorem small_steps_in_order k k' eta L M : (forall x, b <= x <= l -> F x <= G x) ->
  falls_at_most F k a l -> falls_at_most G k' b m ->
  (forall n, 0 <= eta n /\ eta n * k <= 1 /\ eta n * k' <= 1) ->
  L 0%nat = a -> M 0%nat = b -> climbs F eta L -> climbs G eta M -> forall n, L n <= M n.
Proof.
  intros FG Kf Kg E Sf Sg Cf Cg.
  assert (Up : forall n, L n <= L (S n) /\ a <= L n <= l).
  { apply (small_steps_rise F F_continuous a l k eta L A Zf Kf); try assumption. intros n. split; apply E. }
  assert (Um : forall n, M n <= M (S n) /\ b <= M n <= m).
  { apply (small_steps_rise G G_continuous b m k' eta M B Zg Kg); try assumption. intros n. split; apply E. }
  induction n as [|n IH]; [lra|]. destruct (Up (S n)) as [_ Ls], (Um n) as [Ms Mn], (Up n) as [_ Ln].
  destruct (Rle_lt_dec (M n) l) as [H|H]; [|lra]. rewrite Cf, Cg. destruct (E n) as [E0 [E1 _]].
  pose proof (step_keeps_order F a l k Kf (eta n) (L n) (M n) E0 E1 ltac:(lra) IH H).
  specialize (FG (M n) ltac:(lra)). nra.
Qed.
End Order.

(** * The flow of infinitely small steps

    Suite, N4: a solution of dL/dt = w(L) F(L), with any continuous w > 0, rises from L(0) = a, F(a) > 0, to the least
    zero of F above a; so the limit does not depend on w. It comes to a point b below that zero at the time that is
    the integral of dL/(w F) from a to b. F is asked to rise by at most k a unit from the zero on, without which a
    solution may pass it; for the paper's contrast k = Bmax(eps) (w = p (1-p) is the plain gradient of one logit, w =
    1 the natural one). That there is a solution for all times is in FlowExists.v. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Bmax Periods SmallSteps Drive SmallStepsMeanVar.
Open Scope R_scope.

(** A solution from time 0 on; before it L may be anything that is smooth at 0. *)
Definition flows (speed L : R -> R) : Prop := forall t, 0 <= t -> is_derive L t (speed (L t)).

(** The last time at c, of what is above c later. *)
Lemma last_time (g : R -> R) s t c : (forall x, s <= x -> continuous g x) -> s <= t -> g s <= c -> c < g t ->
  exists u, s <= u < t /\ g u = c /\ forall x, u < x <= t -> c < g x.
Proof.
  intros C ST S T. set (later := fun y => s + (t - y - s + Rabs (t - y - s)) / 2).
  assert (L0 : forall y, y <= t - s -> later y = t - y) by (intros y Y; unfold later; rewrite Rabs_pos_eq; lra).
  destruct (first_hit (fun y => g (later y)) 0 (t - s) c) as [y [Y [Gy Q]]].
  - intros y. apply (continuous_comp later g).
    + apply (continuous_plus (fun _ => s) (fun y => (t - y - s + Rabs (t - y - s)) / 2)); [apply continuous_const|].
      apply (continuous_mult (fun y => t - y - s + Rabs (t - y - s)) (fun _ => / 2)); [|apply continuous_const].
      assert (A : continuous (fun y => t - y - s) y)
        by (apply (ex_derive_continuous (fun y => t - y - s)); auto_derive; exact I).
      apply (continuous_plus (fun y => t - y - s) (fun y => Rabs (t - y - s))); [exact A|].
      apply (continuous_comp (fun y => t - y - s) Rabs); [exact A | apply continuous_Rabs].
    + apply C. unfold later. pose proof (Rle_abs (- (t - y - s))). rewrite Rabs_Ropp in H. lra.
  - lra.
  - rewrite L0 by lra. now rewrite Rminus_0_r.
  - rewrite L0 by lra. now replace (t - (t - s)) with s by ring.
  - rewrite L0 in Gy by lra. exists (t - y). split; [lra|]. split; [exact Gy|].
    intros x X. specialize (Q (t - x) ltac:(lra)). rewrite L0 in Q by lra.
    now replace (t - (t - x)) with x in Q by ring.
Qed.

Section Flow.
Variables w F L : R -> R.
Variables a l k : R.
Hypothesis w_continuous : forall x, continuous w x.
Hypothesis w_positive : forall x, 0 < w x.
Hypothesis F_continuous : forall x, continuous F x.
Hypothesis A : 0 < F a.
Hypothesis Z : least_zero F a l.
Hypothesis K0 : 0 <= k.
Hypothesis K : forall x, l <= x -> F x <= k * (x - l).
Hypothesis Start : L 0 = a.
Let speed x := w x * F x.
Hypothesis Flow : flows speed L.

Lemma speed_continuous x : continuous speed x.
Proof. apply (continuous_mult w F); [apply w_continuous | apply F_continuous]. Qed.

Lemma flow_continuous t : 0 <= t -> continuous L t.
Proof. intros T. apply (ex_derive_continuous L). exists (speed (L t)). now apply Flow. Qed.

Lemma flow_mean s t : 0 <= s -> s < t -> exists u, s < u < t /\ L t - L s = speed (L u) * (t - s).
Proof.
  intros S ST. destruct (MVT_cor2 L (fun u => speed (L u)) s t ST) as [u [D U]]; [|now exists u].
  intros u U. apply is_derive_Reals, Flow. lra.
Qed.

Lemma flow_not_below t : 0 <= t -> a <= L t.
Proof.
  intros T. destruct (Rle_lt_dec a (L t)) as [H|H]; [exact H|]. exfalso.
  destruct (last_time (fun x => - L x) 0 t (- a)) as [u [U [Lu Q]]]; try lra.
  { intros x X. apply (continuous_opp L). now apply flow_continuous. }
  destruct (stays_above (fun x => F (L x)) u 0) as [d [D0 D]].
  { apply (continuous_comp L F); [apply flow_continuous; lra | apply F_continuous]. }
  { replace (L u) with a by lra. exact A. }
  set (x := Rmin t (u + d / 2)). assert (X : u < x) by (unfold x; apply Rmin_glb_lt; lra).
  assert (Xt : x <= t) by apply Rmin_l. assert (Xd : x <= u + d / 2) by apply Rmin_r.
  destruct (flow_mean u x ltac:(lra) X) as [y [Y M]]. specialize (Q x ltac:(lra)).
  assert (0 < F (L y)) by (apply D; rewrite Rabs_pos_eq; lra). pose proof (w_positive (L y)).
  assert (0 < speed (L y)) by (unfold speed; apply Rmult_lt_0_compat; lra). nra.
Qed.

Lemma flow_not_above t : 0 <= t -> L t <= l.
Proof.
  intros T. destruct (Rle_lt_dec (L t) l) as [H|H]; [exact H|]. exfalso.
  destruct (last_time L 0 t l) as [u [U [Lu Q]]]; try assumption.
  { exact flow_continuous. }
  { rewrite Start. apply Z. }
  destruct (continuity_ab_maj (fun x => w (L x)) u t ltac:(lra)) as [m [Max _]].
  { intros x X. apply continuity_pt_filterlim.
    apply (continuous_comp L w); [apply flow_continuous; lra | apply w_continuous]. }
  set (c := w (L m) * k).
  destruct (MVT_cor2 (fun x => (L x - l) * exp (- (c * x)))
    (fun x => (speed (L x) - c * (L x - l)) * exp (- (c * x))) u t ltac:(lra)) as [x [M X]].
  - intros x X. apply is_derive_Reals. pose proof (Flow x ltac:(lra)) as D. auto_derive.
    + exists (speed (L x)); exact D.
    + rewrite (is_derive_unique (fun x : R => L x) _ _ D). ring.
  - specialize (Q x ltac:(lra)). pose proof (Max x ltac:(lra)). specialize (K (L x) ltac:(lra)).
    pose proof (w_positive (L x)). pose proof (exp_pos (- (c * x))). pose proof (exp_pos (- (c * t))).
    assert (speed (L x) <= c * (L x - l)).
    { unfold speed, c. apply Rle_trans with (w (L x) * (k * (L x - l))); [apply Rmult_le_compat_l; lra|].
      rewrite Rmult_assoc. apply Rmult_le_compat_r; [apply Rmult_le_pos; lra | lra]. }
    rewrite Lu, Rminus_eq_0, Rmult_0_l, Rminus_0_r in M.
    assert (0 < (L t - l) * exp (- (c * t))) by (apply Rmult_lt_0_compat; lra).
    assert (0 <= (c * (L x - l) - speed (L x)) * exp (- (c * x)) * (t - u)); [|nra].
    apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
Qed.

Lemma speed_positive x : a <= x < l -> 0 < speed x.
Proof.
  intros X. unfold speed. apply Rmult_lt_0_compat; [apply w_positive|].
  apply (positive_before F F_continuous a l); [lra | exact Z | exact X].
Qed.

(** N4. *)
Theorem n4_rises s t : 0 <= s -> s <= t -> L s <= L t <= l /\ a <= L s.
Proof.
  intros S ST. split; [|now apply flow_not_below]. split; [|apply flow_not_above; lra].
  destruct (Req_dec s t) as [->|N]; [lra|]. destruct (flow_mean s t S ltac:(lra)) as [u [U M]].
  pose proof (flow_not_below u ltac:(lra)). pose proof (flow_not_above u ltac:(lra)).
  assert (0 <= speed (L u)); [|nra]. destruct (Req_dec (L u) l) as [->|Q].
  - unfold speed. destruct Z as [_ [-> _]]. lra.
  - left. apply speed_positive. lra.
Qed.

(** It comes to every point below the zero. *)
Lemma flow_reaches b : a <= b < l -> exists t, 0 <= t /\ L t = b.
Proof.
  intros B. destruct (continuity_ab_min speed a b ltac:(lra)) as [m [Min Im]].
  { intros x _. apply continuity_pt_filterlim, speed_continuous. }
  pose proof (speed_positive m ltac:(lra)) as P. set (T := (b - a) / speed m + 1).
  assert (Q : 0 <= (b - a) / speed m) by (apply Rdiv_le_0_compat; lra). assert (T0 : 0 < T) by (unfold T; lra).
  assert (H : b <= L T).
  { destruct (Rle_lt_dec b (L T)) as [H|H]; [exact H|]. exfalso.
    destruct (flow_mean 0 T ltac:(lra) T0) as [u [U M]].
    pose proof (n4_rises 0 u ltac:(lra) ltac:(lra)). pose proof (n4_rises u T ltac:(lra) ltac:(lra)).
    pose proof (Min (L u) ltac:(lra)). rewrite Start, Rminus_0_r in M.
    assert (speed m * T = b - a + speed m) by (unfold T; field; lra). nra. }
  destruct (Req_dec (L T) b) as [E|N]; [exists T; split; [lra | exact E]|].
  destruct (last_time L 0 T b flow_continuous) as [t [I [E _]]]; try lra. exists t. split; [lra | exact E].
Qed.

Theorem n4_tends : is_lim L p_infty l.
Proof.
  apply is_lim_spec. intros [e E]. simpl. destruct (Rlt_le_dec (l - e) a) as [H|H].
  - exists 0. intros t T. pose proof (n4_rises 0 t ltac:(lra) ltac:(lra)). rewrite Start in *. apply Rabs_def1; lra.
  - destruct (flow_reaches (Rmax a (l - e / 2))) as [T [T0 LT]].
    { split; [apply Rmax_l|]. apply Rmax_lub_lt; lra. }
    exists T. intros t Ht. pose proof (n4_rises T t T0 ltac:(lra)). pose proof (Rmax_r a (l - e / 2)).
    apply Rabs_def1; lra.
Qed.

(** The time to a target. *)
Theorem n4_time b : a <= b < l ->
  exists t, 0 <= t /\ L t = b /\ is_RInt (fun x => / (w x * F x)) a b t.
Proof.
  intros B. destruct (flow_reaches b B) as [T [T0 LT]]. exists T. split; [exact T0|]. split; [exact LT|].
  assert (I : forall t, 0 <= t <= T -> 0 < speed (L t)).
  { intros t It. apply speed_positive. pose proof (n4_rises 0 t ltac:(lra) ltac:(lra)).
    pose proof (n4_rises t T ltac:(lra) ltac:(lra)). lra. }
  assert (C : forall x, 0 < speed x -> continuous (fun x => / speed x) x).
  { intros x X. apply continuous_Rinv_comp; [apply speed_continuous | lra]. }
  assert (H : is_RInt (fun t => scal (speed (L t)) (/ speed (L t))) 0 T (RInt (fun x => / speed x) (L 0) (L T))).
  { apply (is_RInt_comp (fun x => / speed x) L (fun t => speed (L t))); intros t;
      rewrite Rmin_left, Rmax_right by exact T0; intros It.
    - apply C, I, It.
    - split; [apply Flow; lra|].
      apply (continuous_comp L speed); [apply flow_continuous; lra | apply speed_continuous]. }
  assert (E : RInt (fun x => / speed x) a b = T).
  { rewrite <- Start at 1. rewrite <- LT at 1. rewrite <- (is_RInt_unique _ _ _ _ H).
    rewrite (RInt_ext _ (fun _ => 1)).
    - rewrite RInt_const. unfold scal; simpl; unfold mult; simpl. ring.
    - intros t. rewrite Rmin_left, Rmax_right by exact T0. intros It. unfold scal; simpl; unfold mult; simpl.
      field. apply Rgt_not_eq, I. lra. }
  rewrite <- E at 1. apply (RInt_correct (fun x => / speed x)). apply (ex_RInt_continuous (fun x => / speed x)).
  intros x. rewrite Rmin_left, Rmax_right by lra. intros X. apply C, speed_positive. lra.
Qed.
End Flow.

(** For the paper's contrast: whatever the metric w, it rises to the least fixed point. *)
Lemma drive_rises_at_most weight Lref eps l : 0 <= weight -> 0 < eps -> drive weight Lref eps l = 0 ->
  forall x, l <= x -> drive weight Lref eps x <= Bmax eps * (x - l).
Proof.
  intros W E Z x X. assert (H : Bmax eps * l - drive weight Lref eps l <= Bmax eps * x - drive weight Lref eps x);
    [|lra].
  apply (does_not_fall (fun t => Bmax eps * t - drive weight Lref eps t) (fun t => Bmax eps - (slope eps t - weight)));
    [| | exact X].
  - intros t. apply (is_derive_minus (fun t => Bmax eps * t) (drive weight Lref eps)); [|now apply drive_derivative].
    auto_derive; [exact I | ring].
  - intros t _. pose proof (slope_bound eps t E). lra.
Qed.

Theorem n4_mean_var weight Lref eps (w L : R -> R) (l : R) : 0 < weight -> 0 < eps -> (forall x, continuous w x) ->
  (forall x, 0 < w x) -> least_zero (drive weight Lref eps) Lref l -> L 0 = Lref ->
  flows (fun x => w x * drive weight Lref eps x) L ->
  (forall s t, 0 <= s -> s <= t -> L s <= L t <= l /\ Lref <= L s) /\ is_lim L p_infty l /\
  forall b, Lref <= b < l ->
    exists t, 0 <= t /\ L t = b /\ is_RInt (fun x => / (w x * drive weight Lref eps x)) Lref b t.
Proof.
  intros W E C P Z Start Flow. pose proof (drive_continuous weight Lref eps E) as D.
  pose proof (drive_at_reference weight Lref eps E) as A. pose proof (Rlt_le _ _ (Bmax_positive eps E)) as K0.
  pose proof (drive_rises_at_most weight Lref eps l (Rlt_le _ _ W) E (proj1 (proj2 Z))) as K. split; [|split].
  - exact (n4_rises w _ L Lref l (Bmax eps) C P D A Z K0 K Start Flow).
  - exact (n4_tends w _ L Lref l (Bmax eps) C P D A Z K0 K Start Flow).
  - exact (n4_time w _ L Lref l (Bmax eps) C P D A Z K0 K Start Flow).
Qed.

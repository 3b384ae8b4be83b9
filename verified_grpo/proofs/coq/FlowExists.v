(** * The flow exists

    Suite, N4: that there is a solution of dL/dt = w(L) F(L) for all times, from L(0) = a to the least zero l of F
    above it, if F(x) <= k (l - x) below l. On the scale y = -log((l-L)/(l-a)), which has no end, the speed is
    positive and bounded: a solution is the inverse of the time needed. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Bmax SmallSteps Drive SmallStepsMeanVar Flow.
Open Scope R_scope.

(** With a positive and bounded speed on the whole line. *)
Theorem flow_on_the_line (m : R -> R) k : (forall y, continuous m y) -> (forall y, 0 < m y <= k) ->
  exists Y : R -> R, Y 0 = 0 /\ forall t, is_derive Y t (m (Y t)).
Proof.
  intros C M. set (H := fun y => RInt (fun x => / m x) 0 y).
  assert (K0 : 0 < k) by (pose proof (M 0); lra).
  assert (Ci : forall y, continuous (fun x => / m x) y).
  { intros y. apply continuous_Rinv_comp; [apply C | pose proof (M y); lra]. }
  assert (D : forall y, is_derive H y (/ m y)).
  { intros y. apply (is_derive_RInt (fun x => / m x) H 0 y); [|apply Ci].
    apply filter_forall. intros z. apply (RInt_correct (fun x => / m x)). apply (ex_RInt_continuous (fun x => / m x)).
    intros x _. apply Ci. }
  assert (H0 : H 0 = 0) by apply (RInt_point 0 (fun x => / m x)).
  assert (low : forall y, / k <= / m y) by (intros y; apply Rinv_le_contravar; apply M).
  assert (far : forall x y, x <= y -> (y - x) / k <= H y - H x).
  { intros x y XY. assert (H x - x / k <= H y - y / k); [|unfold Rdiv in *; lra].
    apply (does_not_fall (fun t => H t - t / k) (fun t => / m t - / k)); [| |exact XY].
    - intros t. apply (is_derive_minus H (fun t => t / k)); [apply D|]. auto_derive; [exact I | field; lra].
    - intros t _. specialize (low t). lra. }
  assert (inverse : forall t, {y | H y = t}).
  { intros t. destruct (IVT_cor (fun y => H y - t) (- (k * Rabs t)) (k * Rabs t)) as [y [_ Y]].
    - apply continuity_of_continuous. intros y. apply (continuous_minus H (fun _ => t)); [|apply continuous_const].
      exact (continuous_of_derivative H _ D y).
    - assert (0 <= k * Rabs t) by (apply Rmult_le_pos; [lra | apply Rabs_pos]). lra.
    - pose proof (far 0 (k * Rabs t)) as U. pose proof (far (- (k * Rabs t)) 0) as L. rewrite H0 in U, L.
      assert (0 <= k * Rabs t) by (apply Rmult_le_pos; [lra | apply Rabs_pos]).
      specialize (U ltac:(lra)). specialize (L ltac:(lra)).
      replace ((k * Rabs t - 0) / k) with (Rabs t) in U by (field; lra).
      replace ((0 - - (k * Rabs t)) / k) with (Rabs t) in L by (field; lra).
      pose proof (Rle_abs t). pose proof (Rle_abs (- t)) as A. rewrite Rabs_Ropp in A. nra.
    - exists y. lra. }
  set (Y := fun t => proj1_sig (inverse t)).
  assert (HY : forall t, H (Y t) = t) by (intros t; exact (proj2_sig (inverse t))).
  exists Y. split.
  - pose proof (HY 0) as E. destruct (Rle_lt_dec 0 (Y 0)) as [Q|Q].
    + pose proof (far 0 (Y 0) Q) as F. rewrite E, H0 in F. apply Rle_antisym; [|exact Q].
      apply Rmult_le_reg_r with (/ k); [now apply Rinv_0_lt_compat|]. unfold Rdiv in F. lra.
    + pose proof (far (Y 0) 0 ltac:(lra)) as F. rewrite E, H0 in F.
      assert (0 < (0 - Y 0) / k) by (apply Rdiv_lt_0_compat; lra). lra.
  - intros t. apply is_derive_Reals. intros e E.
    destruct (C (Y t) (fun z => Rabs (z - m (Y t)) < e)) as [d N].
    { exists (mkposreal e E). intros z Z. exact Z. }
    assert (P : 0 < d / k) by (apply Rdiv_lt_0_compat; [apply cond_pos | exact K0]).
    exists (mkposreal _ P). intros h h0 Small. simpl in Small.
    destruct (MVT_gen H (Y t) (Y (t + h)) (fun y => / m y)) as [c [Ic Mc]].
    + intros x _. apply D.
    + intros x _. apply continuity_pt_filterlim. exact (continuous_of_derivative H _ D x).
    + rewrite !HY in Mc. pose proof (M c) as Mp.
      assert (G : Y (t + h) - Y t = m c * h).
      { transitivity (m c * (/ m c * (Y (t + h) - Y t))); [field; lra | rewrite <- Mc; ring]. }
      replace ((Y (t + h) - Y t) / h) with (m c) by (rewrite G; field; exact h0).
      apply N. change (Rabs (c - Y t) < d). apply Rle_lt_trans with (Rabs (Y (t + h) - Y t)).
      * revert Ic. unfold Rmin, Rmax. destruct (Rle_dec (Y t) (Y (t + h))); intros Ic.
        { rewrite !Rabs_pos_eq; lra. } { rewrite !Rabs_left1; lra. }
      * rewrite G, Rabs_mult, (Rabs_pos_eq (m c)) by lra. apply Rle_lt_trans with (k * Rabs h).
        { apply Rmult_le_compat_r; [apply Rabs_pos | lra]. }
        replace (pos d) with (k * (d / k)) by (field; lra). apply Rmult_lt_compat_l; [exact K0 | exact Small].
Qed.

(** Up to a zero that the speed nears at least linearly. *)
Theorem flow_exists (g : R -> R) a l k : (forall x, continuous g x) -> a < l -> (forall x, a <= x < l -> 0 < g x) ->
  (forall x, a <= x < l -> g x <= k * (l - x)) -> exists L : R -> R, L 0 = a /\ flows g L.
Proof.
  intros C AL P K. set (x := fun y => l - (l - a) * exp (- y)). set (z := fun y => (y + Rabs y) / 2).
  assert (z0 : forall y, 0 <= z y).
  { intros y. unfold z. pose proof (Rle_abs (- y)) as A. rewrite Rabs_Ropp in A. lra. }
  assert (zy : forall y, 0 <= y -> z y = y) by (intros y Y; unfold z; rewrite Rabs_pos_eq; lra).
  assert (range : forall y, 0 <= y -> a <= x y < l).
  { intros y Y. unfold x. pose proof (exp_pos (- y)).
    assert (exp (- y) <= 1).
    { rewrite <- exp_0. destruct Y as [Y|Y]; [left; apply exp_increasing | right; f_equal]; lra. }
    nra. }
  set (m := fun y => g (x y) * (exp y / (l - a))).
  assert (E : forall y, (l - x y) * (exp y / (l - a)) = 1).
  { intros y. unfold x. rewrite exp_Ropp. pose proof (exp_pos y). field. lra. }
  assert (Q : forall y, 0 < exp y / (l - a)) by (intros y; apply Rdiv_lt_0_compat; [apply exp_pos | lra]).
  destruct (flow_on_the_line (fun y => m (z y)) k) as [Y [Y0 D]].
  - intros y. apply (continuous_comp z m).
    + apply (continuous_mult (fun y => y + Rabs y) (fun _ => / 2)); [|apply continuous_const].
      apply (continuous_plus (fun y => y) Rabs); [apply continuous_id | apply continuous_Rabs].
    + apply (continuous_mult (fun y => g (x y)) (fun y => exp y / (l - a))).
      * apply (continuous_comp x g); [|apply C]. apply (ex_derive_continuous x). unfold x. auto_derive. exact I.
      * apply (ex_derive_continuous (fun y => exp y / (l - a))). auto_derive. exact I.
  - intros y. pose proof (range (z y) (z0 y)) as R. pose proof (P _ R) as G. pose proof (K _ R) as U. unfold m.
    split; [now apply Rmult_lt_0_compat|]. rewrite <- (Rmult_1_r k), <- (E (z y)), <- Rmult_assoc.
    apply Rmult_le_compat_r; [left; apply Q | exact U].
  - exists (fun t => x (Y t)). split.
    + rewrite Y0. unfold x. rewrite Ropp_0, exp_0. ring.
    + intros t T. assert (Yt : 0 <= Y t).
      { rewrite <- Y0. apply (does_not_fall Y (fun t => m (z (Y t)))); [exact D | | exact T].
        intros s _. left. apply Rmult_lt_0_compat; [|apply Q]. apply P, range, z0. }
      pose proof (D t) as Dt. rewrite zy in Dt by exact Yt. unfold x at 1. auto_derive.
      * exists (m (Y t)). exact Dt.
      * rewrite (is_derive_unique (fun t : R => Y t) _ _ Dt). unfold m. rewrite exp_Ropp. pose proof (exp_pos (Y t)).
        field. lra.
Qed.

(** For every metric w and every drive that falls by at most k a unit below its least zero. *)
Theorem n4_flow_exists (w F : R -> R) a l k : (forall x, continuous w x) -> (forall x, 0 < w x) ->
  (forall x, continuous F x) -> 0 < F a -> least_zero F a l -> 0 <= k -> falls_at_most F k a l ->
  exists L : R -> R, L 0 = a /\ flows (fun x => w x * F x) L.
Proof.
  intros Cw Pw CF A Z K0 K. pose proof (positive_before F CF a l (Rlt_le _ _ A) Z) as P.
  destruct Z as [AL [Fl _]]. assert (N : a < l) by (destruct (Req_dec a l) as [Q|Q]; [subst l; lra | lra]).
  destruct (continuity_ab_maj w a l AL) as [m [Max _]].
  { intros x _. apply continuity_pt_filterlim, Cw. }
  apply (flow_exists _ a l (w m * k)); [| exact N | |].
  - intros x. now apply (continuous_mult w F).
  - intros x X. apply Rmult_lt_0_compat; [apply Pw | now apply P].
  - intros x X. specialize (K x l (proj1 X) ltac:(lra) ltac:(lra)). specialize (Max x ltac:(lra)).
    specialize (P x X). specialize (Pw x). rewrite Rmult_assoc.
    apply Rmult_le_compat; lra.
Qed.

Corollary n4_flow_exists_mean_var weight Lref eps (w : R -> R) : 0 < weight -> 0 < eps -> (forall x, continuous w x) ->
  (forall x, 0 < w x) -> exists L : R -> R, L 0 = Lref /\ flows (fun x => w x * drive weight Lref eps x) L.
Proof.
  intros W E C P. destruct (n2_least_zero weight Lref eps W E) as [l Z]. pose proof (Bmax_positive eps E).
  apply (n4_flow_exists w _ Lref l (weight + Bmax eps)); try assumption.
  - now apply drive_continuous.
  - now apply drive_at_reference.
  - lra.
  - apply drive_falls_at_most; [exact E | lra | now apply Bmax_fall].
Qed.

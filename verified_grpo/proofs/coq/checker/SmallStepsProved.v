(** * Small steps of any contrast: what signs and slopes of the drive say about every sequence

    On top of the library's theorems N2, N6 and N11 (SmallSteps.v), which hold for any drive. *)

From Coq Require Import Reals Lra Classical.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Sequences SmallSteps.
From VerifiedGRPO.Checker Require Import Statements Contrasts.
Open Scope R_scope.

Section Drive.
Variables (c : contrast) (w Lref eps X : R).
Hypothesis E : 0 < eps.
Hypothesis W : 0 <= w.
Hypothesis X0 : 0 < X.
Notation F := (drive_of c w Lref eps).
Let b := slope_of c eps.

Lemma drive_continuous_of t : continuous F t.
Proof. apply (continuous_of_derivative F (fun t => b t - w)). intros u. now apply drive_of_derivative. Qed.
Lemma drive_below t : t <= Lref -> 0 < F t.
Proof. intros H. unfold drive_of. pose proof (contrast_positive c eps t E). nra. Qed.
Lemma zeros_above z : F z = 0 -> Lref < z.
Proof. intros Z. destruct (Rlt_le_dec Lref z) as [H|H]; [exact H|]. pose proof (drive_below z H). lra. Qed.

Lemma within_inverse t : X * t <= 1 -> t <= / X.
Proof. intros H. apply (Rmult_le_reg_l X); [exact X0|]. rewrite Rinv_r by lra. exact H. Qed.
Lemma step_within e k : e <= X -> k <= / X -> 0 <= e -> 0 < k -> e * k <= 1.
Proof. intros H K H0 K0. rewrite <- (Rinv_r X) by lra. apply Rmult_le_compat; lra. Qed.

Lemma falls_within l : (forall t, Lref <= t <= l -> X * (w - b t) <= 1) -> falls_at_most F (/ X) Lref l.
Proof.
  intros H. apply (falls_at_most_by_slope F (fun t => b t - w)); [intros t; now apply drive_of_derivative|].
  intros t T. apply within_inverse. specialize (H t T). lra.
Qed.

(** A zero that no other one is below is the limit. *)
Lemma rises_to_zero l : least_zero F Lref l -> (forall t, Lref <= t <= l -> X * (w - b t) <= 1) -> rises_to F Lref X l.
Proof.
  intros Z H eta L Small Start Climb. pose proof (Rinv_0_lt_compat X X0) as I.
  assert (Steps : forall n, 0 <= eta n /\ eta n * / X <= 1).
  { intros n. destruct (Small n). split; [assumption|]. apply step_within; lra. }
  pose proof (drive_below Lref (Rle_refl _)) as A. pose proof (falls_within l H) as K. split.
  - intros n. pose proof (small_steps_rise F drive_continuous_of Lref l (/ X) eta L ltac:(lra) Z K Steps Start Climb n).
    pose proof (small_steps_rise F drive_continuous_of Lref l (/ X) eta L ltac:(lra) Z K Steps Start Climb (S n)). lra.
  - intros D. exact (small_steps_tend F drive_continuous_of Lref l (/ X) eta L ltac:(lra) Z K Steps Start Climb D).
Qed.

Lemma least_zero_below z : F z = 0 -> exists l, least_zero F Lref l.
Proof.
  intros Z. pose proof (zeros_above z Z). pose proof (drive_below Lref (Rle_refl _)).
  destruct (least_zero_exists F drive_continuous_of Lref z) as [l [_ H1]]; [lra | lra | lra |]. now exists l.
Qed.
Lemma least_of_all l : least_zero F Lref l -> forall z, F z = 0 -> l <= z.
Proof. intros [_ [_ H]] z Z. apply H; [|exact Z]. pose proof (zeros_above z Z). lra. Qed.

(** Whatever zeros there are. *)
Lemma rises_past_any : (forall t, Lref <= t -> X * (w - b t) <= 1) -> rises_past F Lref X.
Proof.
  intros H eta L Small Start Climb. destruct (classic (exists z, F z = 0)) as [[z Z]|N].
  - destruct (least_zero_below z Z) as [l Least].
    destruct (rises_to_zero l Least (fun t T => H t (proj1 T)) eta L Small Start Climb) as [Up Lim].
    split; [intros n; apply Up|]. split; [intros y Y n; pose proof (least_of_all l Least y Y); destruct n; [rewrite Start; pose proof (zeros_above y Y); lra | pose proof (Up n); lra]|].
    intros D. left. exists l. split; [apply Least | now apply Lim].
  - assert (P : forall x, Lref <= x -> 0 < F x).
    { intros x Hx. destruct (Rlt_le_dec 0 (F x)) as [P|P]; [exact P|]. exfalso. apply N.
      pose proof (drive_below Lref (Rle_refl _)).
      destruct (least_zero_exists F drive_continuous_of Lref x) as [l [_ [_ [Z _]]]]; [lra | lra | lra |]. now exists l. }
    destruct (rises_without_bound F drive_continuous_of Lref eta L P (fun n => proj1 (Small n)) Start Climb) as [Up Lim].
    split; [exact Up|]. split; [intros z Z; exfalso; apply N; now exists z|].
    intros D. right. split; [intros z Z; apply N; now exists z | now apply Lim].
Qed.

(** The largest step, between its bounds. *)
Lemma largest_step l s Y : 0 < w -> X * w <= 1 -> Lref <= l -> (forall t, Lref <= t <= l -> X * (w - b t) <= 1) ->
  0 < Y -> (1 <= Y * w \/ exists t, Lref <= t <= l /\ 1 <= Y * (w - b t)) ->
  steepest_fall_of c eps Lref l s -> X <= / (w + s) <= Y.
Proof.
  intros W0 XW LL H Y0 Steep [Upper Least].
  assert (Is : forall t, Lref <= t <= l -> Rmax 0 (- b t) <= s).
  { intros t T. apply Upper. exists t. split; [exact T | reflexivity]. }
  assert (S0 : 0 <= s). { pose proof (Is Lref ltac:(lra)). pose proof (Rmax_l 0 (- b Lref)). lra. }
  assert (S1 : s <= / X - w).
  { apply Least. intros y [t [T ->]]. pose proof (within_inverse _ XW). pose proof (within_inverse _ (H t T)).
    unfold b in *. apply Rmax_lub; lra. }
  assert (Y1 : / Y <= w + s).
  { destruct Steep as [Hy|[t [T Hy]]].
    - apply (Rmult_le_reg_l Y); [exact Y0|]. rewrite Rinv_r by lra. nra.
    - pose proof (Is t T). pose proof (Rmax_r 0 (- b t)). apply (Rmult_le_reg_l Y); [exact Y0|]. rewrite Rinv_r by lra.
      assert (Y * (w - b t) <= Y * (w + s)) by (apply Rmult_le_compat_l; lra). lra. }
  split.
  - rewrite <- (Rinv_inv X). apply Rinv_le_contravar; [lra|]. lra.
  - rewrite <- (Rinv_inv Y). apply Rinv_le_contravar; [now apply Rinv_0_lt_compat | exact Y1].
Qed.
End Drive.

(** Without a pull every step adds. *)
Lemma rises_to_one_of c Lref eps gain : 0 < eps -> 0 < gain -> gain <= low_of c eps -> forall eta L,
  (forall n, 0 <= eta n) -> L 0%nat = Lref -> climbs (drive_of c 0 Lref eps) eta L ->
  (forall n, L n + gain * eta n <= L (S n)) /\ (diverges eta -> is_lim_seq (fun n => sigma (L n)) 1).
Proof.
  intros E G0 G eta L Steps Start Climb.
  assert (P : forall x, gain <= drive_of c 0 Lref eps x).
  { intros x. unfold drive_of. pose proof (contrast_bounds c eps x E). lra. }
  split; [intros n; rewrite Climb; specialize (P (L n)); specialize (Steps n); nra|]. intros D. apply sigma_to_one.
  refine (proj2 (rises_without_bound (drive_of c 0 Lref eps) _ Lref eta L _ Steps Start Climb) D).
  - apply drive_continuous_of. exact E.
  - intros x _. specialize (P x). lra.
Qed.

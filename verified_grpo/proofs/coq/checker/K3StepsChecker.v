(** * Checks of small steps under the penalty k3, and the proof that what they accept holds *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Slope Bmax Monotone Cells SmallSteps SmallStepsK3 Returns.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsProved SmallStepsChecker
  K3Statements K3Contrasts K3Proved K3Checker.
Import ListNotations.
Open Scope R_scope.

(** ** Sequences of steps of at most X, between the reference and the only zero l *)
Section Steps.
Variables (c : contrast) (beta eps pref l : R).
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis P : 0 < pref < 1.
Notation F := (drive_of_k3 c beta eps pref).
Notation b := (slope_of c eps).
Notation Lref := (logit pref).
Notation stiffest := (beta * Rmax 1 (pull_k3_slope pref l)).
Hypothesis Z : F l = 0.

Lemma reference_below : Lref < l.
Proof. apply (above_zero_of c beta eps pref B E P); [exact Z | now apply drive_at_reference]. Qed.
Lemma least_zero_k3 : least_zero F Lref l.
Proof.
  pose proof reference_below. split; [lra|]. split; [exact Z|]. intros y _ Y.
  rewrite (proj1 (only_zero c beta eps pref B E P l Z y) Y). lra.
Qed.
Lemma rises_to_k3 X : 0 < X -> (forall t, Lref <= t <= l -> X * (stiffest - b t) <= 1) -> rises_to F Lref X l.
Proof.
  intros X0 H eta L Small Start Climb.
  assert (Steps : forall n, 0 <= eta n /\ eta n * / X <= 1).
  { intros n. destruct (Small n) as [S0 S1]. split; [exact S0|]. rewrite <- (Rinv_r X) by lra.
    apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | exact S1]. }
  assert (K : falls_at_most F (/ X) Lref l).
  { apply (falls_at_most_by_slope F (fun t => b t - beta * pull_k3_slope pref t)); [intros t; now apply drive_k3_derivative_of|].
    intros t T. specialize (H t T). pose proof (pull_k3_steepest pref P l t T) as M.
    apply (Rmult_le_compat_l beta) in M; [|lra]. apply (Rmult_le_reg_l X); [exact X0|]. rewrite Rinv_r by lra.
    apply Rle_trans with (X * (stiffest - b t)); [apply Rmult_le_compat_l; lra | exact H]. }
  pose proof (drive_at_reference c beta eps pref E P) as A.
  pose proof (drive_k3_continuous_of c beta eps pref E) as Co.
  split.
  - intros n. pose proof (small_steps_rise F Co Lref l (/ X) eta L ltac:(lra) least_zero_k3 K Steps Start Climb n).
    pose proof (small_steps_rise F Co Lref l (/ X) eta L ltac:(lra) least_zero_k3 K Steps Start Climb (S n)). lra.
  - exact (small_steps_tend F Co Lref l (/ X) eta L ltac:(lra) least_zero_k3 K Steps Start Climb).
Qed.
End Steps.

(** Over a range of p_ref and L the slope of the pull is largest at a corner. *)
Lemma slope_at_ends p a z t : 0 < p < 1 -> a <= t <= z -> pull_k3_slope p t <= Rmax (pull_k3_slope p a) (pull_k3_slope p z).
Proof.
  intros P T.
  assert (le : forall x y, x <= y -> exp x <= exp y) by (intros x y [H| ->]; [left; now apply exp_increasing | lra]).
  assert (D : forall x y, pull_k3_slope p x - pull_k3_slope p y = (exp x - exp y) * ((1 - p) - p * (exp (- x) * exp (- y)))).
  { intros x y. unfold pull_k3_slope. rewrite !exp_Ropp. pose proof (exp_pos x). pose proof (exp_pos y). field. lra. }
  pose proof (le a t (proj1 T)). pose proof (le t z (proj2 T)). pose proof (le (- t) (- a) ltac:(lra)).
  pose proof (le (- z) (- t) ltac:(lra)). pose proof (exp_pos (- t)).
  destruct (Rle_lt_dec ((1 - p) - p * (exp (- t) * exp (- a))) 0) as [Q|Q].
  - apply Rle_trans with (2 := Rmax_l _ _). pose proof (D t a). nra.
  - apply Rle_trans with (2 := Rmax_r _ _). pose proof (D t z).
    assert (exp (- t) * exp (- z) <= exp (- t) * exp (- a)) by (apply Rmult_le_compat_l; lra).
    assert (0 < (1 - p) - p * (exp (- t) * exp (- z))) by nra. nra.
Qed.
Lemma slope_at_p_ends p r s t : r <= p <= s -> pull_k3_slope p t <= Rmax (pull_k3_slope r t) (pull_k3_slope s t).
Proof.
  intros H. unfold pull_k3_slope. set (x := exp t). set (y := exp (- t)). destruct (Rle_lt_dec x y) as [Q|Q].
  - apply Rle_trans with (2 := Rmax_r _ _). nra.
  - apply Rle_trans with (2 := Rmax_l _ _). nra.
Qed.

Module K3StepsChecker (F : FloatOps with Definition sensible_format := true).
Module K := K3Checker F.
Import K.S.C.E K.S.C K.S K.

Section Box.
Variables (prec : F.precision) (b : box_k3) (limit : bracket).
Notation c := (k3_contrast b).
Notation q := (e_Q prec).
Notation ib := (i_beta_k3 prec b).
Notation ie := (i_eps_k3 prec b).
Definition i_ref_k3 : I.type := logit_of prec (k3_pref b).
Definition e_corner (p x : Q) : I.type :=
  I.add prec (I.mul prec (q (1 - p)%Q) (e_exp prec (q x))) (I.mul prec (q p) (e_exp prec (I.neg (q x)))).
(** An upper bound of the steepest pull up to the limit. *)
Definition e_stiffest : I.type :=
  let (p, r) := k3_pref b in
  let at_ x := I.join (e_corner p x) (e_corner r x) in
  I.join (e_Z prec 1) (I.join (at_ (from limit)) (at_ (to limit))).
(** step (beta M - b) <= 1 from L_ref to 0, above which no contrast falls, or to the limit. *)
Definition steps_small_k3 (step : Q) (slopes : list Q) : bool :=
  let rest := I.sub prec (I.mul prec (q step) (I.mul prec ib e_stiffest)) (e_Z prec 1) in
  Qlt_bool 0 step &&& le prec rest (e_Z prec 0) &&&
  (Qle_bool (1 # 2) (fst (k3_pref b)) ||| le prec rest (I.neg (I.mul prec (q step) (e_steepest prec c ie))) |||
   match slopes with
   | a :: ((_ :: _) as others) =>
     le prec (q a) i_ref_k3 &&& (Qle_bool 0 (last others a) ||| Qle_bool (to limit) (last others a)) &&&
     slow_over prec c ie rest (q step) tests a others
   | _ => false
   end).
(** 1 <= bound (beta M + s): with M at least 1, and at least its slope at the limit; s at a point below the limit, or 0. *)
Definition steps_no_larger_k3 (bound : Q) (steepest : list Q) : bool :=
  let enough pull := le prec (e_Z prec 1) (I.mul prec (q bound) pull) in
  let stiff := I.mul prec ib (e_stiff prec b (cell prec (from limit) (to limit))) in
  Qlt_bool 0 bound &&&
  (enough ib ||| enough stiff |||
   existsb (fun t => le prec i_ref_k3 (q t) &&& Qle_bool t (from limit) &&&
     let fall := e_slope_of prec c ie (q t) in (enough (I.sub prec ib fall) ||| enough (I.sub prec stiff fall))) steepest).
Definition small_steps_k3 (x y : Q) (slopes steepest : list Q) : bool :=
  crosses_k3 prec b (from limit) (to limit) &&& brackets prec limit &&&
  steps_small_k3 x slopes &&& steps_no_larger_k3 y steepest.

Hypothesis D : domain_k3 b = true.
Variables beta eps pref : R.
Hypothesis In : in_box_k3 b beta eps pref.
Notation drive := (drive_of_k3 c beta eps pref).
Notation Lref := (logit pref).
Let B : 0 < beta. Proof. exact (proj1 (inside_k3 b D beta eps pref In)). Qed.
Let E : 0 < eps. Proof. exact (proj1 (proj2 (inside_k3 b D beta eps pref In))). Qed.
Let P : 0 < pref < 1. Proof. exact (proj2 (proj2 (inside_k3 b D beta eps pref In))). Qed.

Lemma enc_ref_k3 : encloses i_ref_k3 Lref. Proof. apply enc_logit, In. Qed.
Lemma enc_max i j x y : encloses i x -> encloses j y -> encloses (I.join i j) (Rmax x y).
Proof. intros H K. apply I.join_correct. unfold Rmax. destruct (Rle_dec x y); [right; exact K | left; exact H]. Qed.
Lemma enc_corner p x : encloses (e_corner p x) (pull_k3_slope (Q2R p) (Q2R x)).
Proof.
  unfold e_corner, pull_k3_slope. replace (1 - Q2R p) with (Q2R (1 - p)) by (rewrite Q2R_minus, Q2R_1; reflexivity).
  apply enc_add; apply enc_mul; try apply enc_Q; apply enc_exp; [|apply enc_neg]; apply enc_Q.
Qed.
Lemma stiffest_is l : Q2R (from limit) <= l <= Q2R (to limit) ->
  exists top, encloses e_stiffest top /\ Rmax 1 (pull_k3_slope pref l) <= top.
Proof.
  intros H. unfold e_stiffest. destruct In as [_ [_ Wp]]. unfold within in Wp. destruct (k3_pref b) as [p r]. cbn [fst snd] in Wp.
  set (at_ x := Rmax (pull_k3_slope (Q2R p) (Q2R x)) (pull_k3_slope (Q2R r) (Q2R x))).
  exists (Rmax 1 (Rmax (at_ (from limit)) (at_ (to limit)))). split.
  - apply enc_max; [apply enc_Z|]. apply enc_max; apply enc_max; apply enc_corner.
  - apply Rle_max_compat_l. apply Rle_trans with (1 := slope_at_ends pref _ _ l P H).
    pose proof (slope_at_p_ends pref (Q2R p) (Q2R r) (Q2R (from limit)) Wp).
    pose proof (slope_at_p_ends pref (Q2R p) (Q2R r) (Q2R (to limit)) Wp). apply Rmax_lub.
    + apply Rle_trans with (2 := Rmax_l _ _). assumption.
    + apply Rle_trans with (2 := Rmax_r _ _). assumption.
Qed.
Lemma steps_small_k3_correct step slopes l : steps_small_k3 step slopes = true -> Q2R (from limit) <= l <= Q2R (to limit) ->
  let w := beta * Rmax 1 (pull_k3_slope pref l) in
  0 < Q2R step /\ Q2R step * w <= 1 /\ forall t, Lref <= t <= l -> Q2R step * (w - slope_of c eps t) <= 1.
Proof.
  intros H Hl w. unfold steps_small_k3 in H. cbv zeta in H. apply both in H as [H Cells]. apply both in H as [S0 S1].
  apply Qlt_bool_Rlt in S0. rewrite Q2R_0 in S0. destruct (stiffest_is l Hl) as [top [Top Below]].
  set (rest := I.sub prec _ _) in *. set (x := Q2R step) in *. set (r := x * (beta * top) - 1).
  assert (Er : encloses rest r).
  { apply enc_sub; [|apply enc_Z]. apply enc_mul; [apply enc_Q|]. apply enc_mul; [exact (enc_beta_k3 prec b beta eps pref In) | exact Top]. }
  assert (W : x * w <= x * (beta * top)) by (apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; [lra | exact Below]).
  pose proof (le_correct prec _ _ _ _ Er (enc_Z prec 0) S1) as R0. unfold r in R0.
  split; [exact S0|]. split; [lra|]. intros t T. destruct (Rle_lt_dec 0 t) as [Q|Q].
  { pose proof (slope_above_0 c eps t E Q). nra. }
  apply either in Cells as [Cells|Cells]; [apply either in Cells as [Half|Closed]|].
  { exfalso. apply Qle_bool_Rle in Half. replace (Q2R (1 # 2)) with (1/2) in Half by (unfold Q2R; simpl; lra).
    destruct In as [_ [_ [P1 P2]]]. pose proof (sigma_increasing t 0 Q) as Sg. rewrite sigma_0 in Sg.
    pose proof (sigma_does_not_fall _ _ (proj1 T)) as K. rewrite (sigma_logit pref P) in K. lra. }
  { pose proof (enc_steepest prec c ie eps E (enc_eps_k3 prec b beta eps pref In)) as St.
    pose proof (le_correct prec _ _ _ _ Er (enc_neg _ _ (enc_mul prec _ _ _ _ (enc_Q prec step) St)) Closed) as R.
    pose proof (slope_steepest c eps t E) as [Sl _]. unfold r in R. fold x in R.
    assert (x * - steepest_of c eps <= x * slope_of c eps t) by (apply Rmult_le_compat_l; lra). nra. }
  destruct slopes as [|a [|a' others]]; try discriminate. apply both in Cells as [Cells Slow]. apply both in Cells as [First Last].
  pose proof (le_correct prec _ _ _ _ (enc_Q prec a) enc_ref_k3 First) as F1.
  assert (TL : t <= Q2R (last (a' :: others) a)).
  { apply either in Last as [K|K]; apply Qle_bool_Rle in K; [rewrite Q2R_0 in K|]; lra. }
  pose proof (slow_over_correct prec c ie _ _ eps r x E (enc_eps_k3 prec b beta eps pref In) Er (enc_Q prec step) S0 (a' :: others) _ a Slow t ltac:(lra) ltac:(congruence)) as R.
  unfold r in R. lra.
Qed.
Lemma steps_no_larger_k3_correct bound steepest l : steps_no_larger_k3 bound steepest = true -> Q2R (from limit) <= l <= Q2R (to limit) ->
  let w := beta * Rmax 1 (pull_k3_slope pref l) in
  0 < Q2R bound /\ (1 <= Q2R bound * w \/ exists t, Lref <= t <= l /\ 1 <= Q2R bound * (w - slope_of c eps t)).
Proof.
  intros H Hl w. unfold steps_no_larger_k3 in H. cbv zeta in H. apply both in H as [Y0 H]. apply Qlt_bool_Rlt in Y0. rewrite Q2R_0 in Y0.
  split; [exact Y0|]. set (y := Q2R bound) in *.
  set (stiff := I.mul prec ib (e_stiff prec b (cell prec (from limit) (to limit)))) in *.
  pose proof (enc_beta_k3 prec b beta eps pref In) as Eb.
  assert (Es : encloses stiff (beta * pull_k3_slope pref l)).
  { apply enc_mul; [exact Eb|]. apply (enc_stiff prec b beta eps pref In). now apply enc_cell. }
  assert (Enough : forall i x, encloses i x -> le prec (e_Z prec 1) (I.mul prec (q bound) i) = true -> 1 <= y * x).
  { intros i x Ei T. exact (le_correct prec _ _ _ _ (enc_Z prec 1) (enc_mul prec _ _ _ _ (enc_Q prec bound) Ei) T). }
  assert (W1 : beta <= w) by (unfold w; pose proof (Rmax_l 1 (pull_k3_slope pref l)); nra).
  assert (W2 : beta * pull_k3_slope pref l <= w) by (apply Rmult_le_compat_l; [lra | apply Rmax_r]).
  apply either in H as [H|H]; [left; apply either in H as [H|H]|right].
  - pose proof (Enough _ _ Eb H). nra.
  - pose proof (Enough _ _ Es H). nra.
  - apply existsb_exists in H as [t [_ H]]. apply both in H as [H T]. apply both in H as [T1 T2].
    apply Qle_bool_Rle in T2. pose proof (le_correct prec _ _ _ _ enc_ref_k3 (enc_Q prec t) T1) as T0.
    exists (Q2R t). split; [lra|].
    pose proof (enc_slope_of prec c _ _ _ _ E (enc_eps_k3 prec b beta eps pref In) (enc_Q prec t)) as Ef.
    apply either in T as [T|T].
    + pose proof (Enough _ _ (enc_sub prec _ _ _ _ Eb Ef) T). nra.
    + pose proof (Enough _ _ (enc_sub prec _ _ _ _ Es Ef) T). nra.
Qed.
Lemma small_steps_k3_correct x y slopes steepest : small_steps_k3 x y slopes steepest = true ->
  means_rises_k3 c beta eps pref limit x y.
Proof.
  intros H. unfold small_steps_k3 in H. apply both in H as [H Y]. apply both in H as [H X]. apply both in H as [Cr Br].
  destruct (crosses_k3_correct prec b D beta eps pref In _ _ Cr) as [l [I Z]].
  destruct (steps_small_k3_correct x slopes l X ltac:(lra)) as [X0 [XW Slow]].
  destruct (steps_no_larger_k3_correct y steepest l Y ltac:(lra)) as [Y0 Steep].
  pose proof (reference_below c beta eps pref l B E P Z) as Lo. pose proof (Rmax_l 1 (pull_k3_slope pref l)) as M.
  exists l. split; [now apply only_zero|]. split; [apply (brackets_correct prec); [exact Br | lra]|]. split.
  - now apply rises_to_k3.
  - intros s Hs. rewrite (Rplus_comm s).
    apply (largest_step c _ Lref eps (Q2R x) X0 l s (Q2R y)); try assumption; [nra | lra].
Qed.
End Box.
End K3StepsChecker.

(** * A checker of certificates of small steps, and the proof that what it accepts holds

    The drive is least, at every L above L_ref, at one corner of the box: where it is positive there up to the limit,
    no parameter of the box has a fixed point before it. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Returns Calculus Definitions Monotone Zeros Cells ListedZeros SmallSteps PaperFixedPoints.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts SmallStepsProved FixedPointsChecker.
Import ListNotations.
Open Scope R_scope.

(** Cells of the line from a start, where slopes are bounded, and points that are steep. *)
Inductive slow_evidence := NoPull (bits : positive)
  | LeastZero (bits : positive) (start : Q) (cells : list (rule * Q)) (slopes steepest : list Q).

Lemma logit_does_not_fall p q : 0 < p -> p <= q -> q < 1 -> logit p <= logit q.
Proof. intros P [H|<-] Q; [left; now apply logit_increasing | apply Rle_refl]. Qed.

Module SmallStepsChecker (F : FloatOps with Definition sensible_format := true).
Module C := Checker F.
Import C.E C.

(** Cells that hold no fixed point, up to some point. *)
Section Clear.
Variables (prec : F.precision) (c : contrast) (alpha beta eps Lref : R) (ie iw il : I.type).
Hypothesis He : encloses ie eps.
Hypothesis Hw : encloses iw (alpha * beta).
Hypothesis Hl : encloses il Lref.
Hypothesis A : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation w := (alpha * beta).
Notation g := (gap_of c Lref w eps).

Fixpoint clear (a : Q) (cells : list (rule * Q)) (reach : Q) : bool :=
  match cells with
  | [] => Qle_bool reach a
  | (r, b) :: rest =>
    match r with
    | Positive => false
    | Negative => negative_on prec c ie iw il fuel a b
    | Increasing => rises prec c ie iw a b &&& none_rising prec c ie iw il a b
    | Decreasing => falls prec c ie iw a b &&& none_falling prec c ie iw il a b
    end &&& clear b rest reach
  end.

Let gd := g_derivative c alpha beta eps Lref A B E.
Lemma clear_correct cells : forall a reach, clear a cells reach = true -> listed_up_to g (Q2R a) [] ->
  forall y, y <= Q2R reach -> g y <> 0.
Proof.
  induction cells as [|[r b] rest IH]; intros a reach H K.
  - simpl in H. apply Qle_bool_Rle in H. intros y Y Z. apply (proj2 K y); [lra | exact Z].
  - cbn [clear] in H. apply both in H as [H Rest]. apply (IH b reach Rest). apply (pass g (Q2R a)); [exact K|].
    destruct r; [discriminate | | |].
    + now apply (negative_on_correct prec c alpha beta eps Lref ie iw il He Hw Hl A B E fuel).
    + apply both in H as [R N]. apply (none_rising_correct prec c alpha beta eps Lref ie iw il He Hw Hl A B E); [|exact N].
      now apply (rises_correct prec c alpha beta eps ie iw He Hw A B E).
    + apply both in H as [R N]. apply (none_falling_correct prec c alpha beta eps Lref ie iw il He Hw Hl A B E); [|exact N].
      now apply (falls_correct prec c alpha beta eps ie iw He Hw A B E).
Qed.

Lemma negative_up_to a cells reach : starts prec c ie iw il a = true -> clear a cells reach = true ->
  forall y, y <= Q2R reach -> g y < 0.
Proof.
  intros S H y Y. pose proof (starts_correct prec c alpha beta eps Lref ie iw il He Hw Hl A B E a S) as K.
  pose proof (clear_correct cells a reach H K) as N.
  destruct (Rtotal_order (g y) 0) as [Q|[Q|Q]]; [exact Q | now apply N in Q |].
  exfalso. set (z := Rmin y (Rmin (Q2R a) (Lref + low_of c eps / w - 1))).
  assert (Z : z <= y /\ z <= Q2R a /\ z <= Lref + low_of c eps / w - 1).
  { unfold z. pose proof (Rmin_l y (Rmin (Q2R a) (Lref + low_of c eps / w - 1))).
    pose proof (Rmin_r y (Rmin (Q2R a) (Lref + low_of c eps / w - 1))).
    pose proof (Rmin_l (Q2R a) (Lref + low_of c eps / w - 1)). pose proof (Rmin_r (Q2R a) (Lref + low_of c eps / w - 1)). lra. }
  assert (W0 : 0 < w) by (apply Rmult_lt_0_compat; assumption).
  assert (Gz : g z < 0).
  { unfold gap_of. pose proof (contrast_bounds c eps z E). pose proof (weighed w W0 (low_of c eps) (contrast_of c eps z) ltac:(lra)). lra. }
  destruct (Req_dec z y) as [->|D]; [lra|].
  destruct (sign_change g _ gd z y) as [x [X Zx]]; [lra | left; lra |]. apply (N x); [lra | exact Zx].
Qed.
End Clear.

(** A test over a cell, or over its parts, where it asks for them, as long as the budget of tests lasts: what is left. *)
Fixpoint paid (test : Q -> Q -> bool) (depth budget : nat) (a z : Q) : option nat :=
  match budget with
  | O => None
  | S kept =>
    if test a z then Some kept else
    match depth with
    | O => None
    | S d => let m := middle a z in match paid test d kept a m with Some kept => paid test d kept m z | None => None end
    end
  end.
Lemma paid_correct (test : Q -> Q -> bool) (T : R -> Prop) :
  (forall a z, test a z = true -> forall x, Q2R a <= x <= Q2R z -> T x) ->
  forall d budget a z kept, paid test d budget a z = Some kept -> forall x, Q2R a <= x <= Q2R z -> T x.
Proof.
  intros K. induction d as [|d IH]; intros [|budget] a z kept H x X; cbn [paid] in H; try discriminate; cbv zeta in H.
  - destruct (test a z) eqn:Y; [exact (K a z Y x X) | discriminate].
  - destruct (test a z) eqn:Y; [exact (K a z Y x X)|]. destruct (paid test d budget a (middle a z)) as [rest|] eqn:Lo; [|discriminate].
    destruct (Rle_lt_dec x (Q2R (middle a z))); [apply (IH _ _ _ _ Lo) | apply (IH _ _ _ _ H)]; lra.
Qed.

(** rest <= step b over cells that follow one another. *)
Section Slow.
Variables (prec : F.precision) (c : contrast) (ie rest step : I.type).
Notation q := (e_Q prec).
Definition slow_at (l : I.type) : bool := le prec rest (I.mul prec step (e_slope_of prec c ie l)).
(** The slope of the paper's contrast over a cell is least at an end, unless its bottom is inside. *)
Definition slow_by_shape (a z : Q) : bool :=
  slow_at (q a) &&& slow_at (q z) &&&
  (Qle_bool 0 a ||| (Qle_bool a 0 &&& le prec (e_bend prec ie (q a)) (e_Z prec 0)) |||
   (Qle_bool z 0 &&& le prec (e_Z prec 0) (e_bend prec ie (q z)))).
Fixpoint slow_over (budget : nat) (a : Q) (points : list Q) : bool :=
  match points with
  | [] => true
  | z :: others =>
    if of_shape c slow_by_shape a z then slow_over budget z others else
    match paid (fun a z => slow_at (cell prec a z)) 48 budget a z with
    | Some kept => slow_over kept z others
    | None => false
    end
  end.
Variables eps r x : R.
Hypothesis E : 0 < eps.
Hypothesis He : encloses ie eps.
Hypothesis Hr : encloses rest r.
Hypothesis Hx : encloses step x.
Hypothesis X0 : 0 < x.
Lemma slow_at_correct l L : encloses l L -> slow_at l = true -> r <= x * slope_of c eps L.
Proof.
  intros Hl H. refine (le_correct prec _ _ _ _ Hr _ H). apply enc_mul; [exact Hx|]. now apply enc_slope_of.
Qed.
Lemma slow_by_shape_correct a z : c = MeanVar -> slow_by_shape a z = true -> forall t, Q2R a <= t <= Q2R z -> r <= x * slope_of c eps t.
Proof.
  intros C H t T. unfold slow_by_shape in H. apply both in H as [H Sh]. apply both in H as [Sa Sz].
  apply (slow_at_correct _ _ (enc_Q prec a)) in Sa. apply (slow_at_correct _ _ (enc_Q prec z)) in Sz. rewrite C in *.
  change (slope_of MeanVar eps) with (slope eps) in *.
  assert (By : forall y, r <= x * y <-> r / x <= y) by (intros y; rewrite (Rmult_comm x); symmetry; exact (Rle_div_l r y x X0)).
  apply By. apply By in Sa, Sz. apply (slope_at_least eps (Q2R a) (Q2R z)); try assumption. right.
  apply either in Sh as [Sh|Sh]; [apply either in Sh as [Sh|Sh]|].
  - left. apply Qle_bool_Rle in Sh. now rewrite Q2R_0 in Sh.
  - right; left. apply both in Sh as [S1 S2]. apply Qle_bool_Rle in S1. rewrite Q2R_0 in S1. split; [exact S1|].
    exact (le_correct prec _ _ _ _ (enc_bend prec _ _ _ _ He (enc_Q prec a)) (enc_Z prec 0) S2).
  - right; right. apply both in Sh as [S1 S2]. apply Qle_bool_Rle in S1. rewrite Q2R_0 in S1. split; [exact S1|].
    exact (le_correct prec _ _ _ _ (enc_Z prec 0) (enc_bend prec _ _ _ _ He (enc_Q prec z)) S2).
Qed.
Lemma slow_over_correct points : forall budget a, slow_over budget a points = true ->
  forall t, Q2R a <= t <= Q2R (last points a) -> points <> [] -> r <= x * slope_of c eps t.
Proof.
  induction points as [|z others IH]; intros budget a H t T N; [congruence|].
  assert (K : (forall t, Q2R a <= t <= Q2R z -> r <= x * slope_of c eps t) /\ exists kept, slow_over kept z others = true).
  { cbn [slow_over] in H. destruct (of_shape c slow_by_shape a z) eqn:Sh.
    - apply of_shape_correct in Sh as [C Sh]. split; [now apply slow_by_shape_correct | now exists budget].
    - destruct (paid _ 48 budget a z) as [kept|] eqn:Pd; [|discriminate]. split; [|now exists kept].
      apply (paid_correct _ _) with (2 := Pd). intros a' z' Y y Hy. exact (slow_at_correct _ y (enc_cell prec a' z' y Hy) Y). }
  destruct K as [Here [kept Rest]]. destruct (Rle_lt_dec t (Q2R z)) as [Q|Q]; [apply Here; lra|].
  destruct others as [|d others]; [simpl in T; lra|]. apply (IH kept z Rest); [|congruence].
  replace (last (d :: others) z) with (last (z :: d :: others) a); [lra|].
  cbn [last]. clear. revert d z a. induction others as [|e others IH]; intros d z a; [reflexivity|]. apply IH.
Qed.
End Slow.

(** So many cells and parts of cells are tried, in all. *)
Definition tests : nat := 4000.

Section Box.
Variables (prec : F.precision) (b : box).
Definition weight_high : Q := (snd (b_alpha b) * snd (b_beta b))%Q.
Definition weight_low : Q := (fst (b_alpha b) * fst (b_beta b))%Q.
Definition i_eps : I.type := e_range prec (b_eps b).
Definition i_weight : I.type := I.mul prec (e_range prec (b_alpha b)) (e_range prec (b_beta b)).
Definition i_ref : I.type := logit_of prec (b_pref b).

(** The drive is positive up to reach. *)
Definition drive_positive (start : Q) (cells : list (rule * Q)) (reach : Q) : bool :=
  let ie := e_Q prec (snd (b_eps b)) in let iw := e_Q prec weight_high in
  let il := logit_of prec (fst (b_pref b), fst (b_pref b)) in
  Qlt_bool 0 (snd (b_alpha b)) &&& Qlt_bool 0 (snd (b_beta b)) &&&
  starts prec (b_contrast b) ie iw il start &&& clear prec (b_contrast b) ie iw il start cells reach.
(** It is negative at one point. *)
Definition drive_negative (x : Q) : bool :=
  lt prec (I.sub prec (e_contrast prec (b_contrast b) i_eps (e_Q prec x)) (I.mul prec i_weight (I.sub prec (e_Q prec x) i_ref)))
    (e_Z prec 0).
(** step (w - b) <= 1 from L_ref to 0, above which no contrast falls, or to the limit. *)
Definition steps_small (step : Q) (limit : option Q) (slopes : list Q) : bool :=
  let rest := e_Q prec (step * weight_high - 1)%Q in
  Qlt_bool 0 step &&& Qle_bool (step * weight_high) 1 &&&
  (Qle_bool (1 # 2) (fst (b_pref b)) |||
   le prec rest (I.neg (I.mul prec (e_Q prec step) (e_steepest prec (b_contrast b) i_eps))) |||
   match slopes with
   | a :: ((_ :: _) as others) =>
     le prec (e_Q prec a) i_ref &&&
     (Qle_bool 0 (last others a) ||| match limit with Some l => Qle_bool l (last others a) | None => false end) &&&
     slow_over prec (b_contrast b) i_eps rest (e_Q prec step) tests a others
   | _ => false
   end).
(** 1 <= bound (w + s): by w alone, or at a point between L_ref and the limit. *)
Definition steps_no_larger (bound limit : Q) (steepest : list Q) : bool :=
  Qlt_bool 0 bound &&&
  (Qle_bool 1 (bound * weight_low) |||
   existsb (fun t => le prec i_ref (e_Q prec t) &&& Qle_bool t limit &&&
     le prec (I.mul prec (e_Q prec bound) (e_slope_of prec (b_contrast b) i_eps (e_Q prec t)))
             (e_Q prec (bound * weight_low - 1)%Q)) steepest).
Hypothesis D : domain b = true.
Variables alpha beta eps pref : R.
Hypothesis In : in_box b alpha beta eps pref.
Hypothesis B0 : 0 <= Q2R (fst (b_beta b)).
Notation c := (b_contrast b).
Notation w := (alpha * beta).
Notation Lref := (logit pref).
Notation drive := (drive_of c w Lref eps).

Lemma inside : 0 <= alpha <= 1 /\ 0 < eps /\ 0 < pref < 1 /\ 0 <= beta.
Proof.
  destruct (proj2 (domain_correct b D) _ _ _ _ In) as [A [E P]]. destruct In as [_ [[Wb _] _]]. repeat split; lra.
Qed.
Lemma enc_eps : encloses i_eps eps. Proof. apply enc_range, In. Qed.
Lemma enc_weight : encloses i_weight w. Proof. apply enc_mul; apply enc_range; apply In. Qed.
Lemma enc_ref : encloses i_ref Lref. Proof. apply enc_logit, In. Qed.
Lemma corner_inside : in_box b (Q2R (snd (b_alpha b))) (Q2R (snd (b_beta b))) (Q2R (snd (b_eps b))) (Q2R (fst (b_pref b))).
Proof. destruct In as [[A1 A2] [[B1 B2] [[E1 E2] [P1 P2]]]]. unfold in_box, within. repeat split; lra. Qed.
Lemma weight_between : Q2R weight_low <= w <= Q2R weight_high.
Proof.
  pose proof inside. destruct In as [[A1 A2] [[B1 B2] _]]. unfold weight_low, weight_high. rewrite !Q2R_mult.
  pose proof (proj2 (domain_correct b D) (Q2R (fst (b_alpha b))) beta eps pref) as [A _].
  { destruct In as [_ [W1 [W2 W3]]]. unfold in_box, within. repeat split; try apply W1; try apply W2; try apply W3; lra. }
  split; apply Rmult_le_compat; lra.
Qed.
Lemma weight_nonnegative : 0 <= w. Proof. pose proof inside. apply Rmult_le_pos; lra. Qed.

Lemma drive_positive_correct start cells reach : drive_positive start cells reach = true ->
  forall t, t <= Q2R reach -> 0 < drive t.
Proof.
  intros H t T. unfold drive_positive in H. cbv zeta in H. apply both in H as [H Cl]. apply both in H as [H St].
  apply both in H as [A1 B1]. apply Qlt_bool_Rlt in A1, B1. rewrite Q2R_0 in A1, B1. pose proof inside as [A [E [P B]]].
  destruct (proj2 (domain_correct b D) _ _ _ _ corner_inside) as [_ [E1 P1]].
  destruct (Rle_lt_dec t Lref) as [Q|Q]; [now apply drive_below; [exact E | exact weight_nonnegative | exact Q]|].
  set (L1 := logit (Q2R (fst (b_pref b)))). set (w1 := Q2R (snd (b_alpha b)) * Q2R (snd (b_beta b))).
  assert (W1 : encloses (e_Q prec weight_high) w1) by (unfold w1; rewrite <- Q2R_mult; apply enc_Q).
  assert (R1 : encloses (logit_of prec (fst (b_pref b), fst (b_pref b))) L1) by (apply enc_logit; split; apply Rle_refl).
  pose proof (negative_up_to prec c _ _ _ L1 _ _ _ (enc_Q prec (snd (b_eps b))) W1 R1 A1 B1 E1 start cells reach St Cl t T) as N.
  assert (W0 : 0 < w1) by (apply Rmult_lt_0_compat; assumption).
  pose proof (drive_by_gap c w1 L1 (Q2R (snd (b_eps b))) t W0) as K. fold w1 in N.
  assert (P2 : 0 < drive_of c w1 L1 (Q2R (snd (b_eps b))) t) by (rewrite K; nra). unfold drive_of in *.
  assert (L1 <= Lref) by (apply logit_does_not_fall; [lra | apply In | lra]).
  assert (contrast_of c (Q2R (snd (b_eps b))) t <= contrast_of c eps t) by (apply contrast_falls_in_eps; [exact E | apply In]).
  pose proof weight_between as [_ W2]. unfold weight_high in W2. rewrite Q2R_mult in W2. fold w1 in W2.
  pose proof weight_nonnegative. assert (w * (t - Lref) <= w1 * (t - L1)) by (apply Rmult_le_compat; lra). lra.
Qed.
Lemma drive_negative_correct x : drive_negative x = true -> drive (Q2R x) < 0.
Proof.
  intros H. refine (lt_correct prec _ _ _ _ _ _ H); [|apply enc_Z].
  apply enc_sub; [apply enc_contrast; [apply inside | exact enc_eps | apply enc_Q]|]. apply enc_mul; [exact enc_weight|].
  apply enc_sub; [apply enc_Q | exact enc_ref].
Qed.
Lemma steps_small_correct step limit slopes : steps_small step limit slopes = true ->
  0 < Q2R step /\ Q2R step * w <= 1 /\ forall t, Lref <= t -> (match limit with Some l => t <= Q2R l | None => True end) ->
  Q2R step * (w - slope_of c eps t) <= 1.
Proof.
  intros H. pose proof inside as [A [E [P B]]]. pose proof weight_between as [_ W]. unfold steps_small in H. cbv zeta in H.
  apply both in H as [H Cells]. apply both in H as [S0 S1]. apply Qlt_bool_Rlt in S0. rewrite Q2R_0 in S0.
  apply Qle_bool_Rle in S1. rewrite Q2R_mult, Q2R_1 in S1.
  assert (SW : Q2R step * w <= Q2R step * Q2R weight_high) by (apply Rmult_le_compat_l; lra).
  split; [exact S0|]. split; [lra|]. intros t T Lim. destruct (Rle_lt_dec 0 t) as [Q|Q].
  { pose proof (slope_above_0 c eps t E Q). nra. }
  assert (Rest : encloses (e_Q prec (step * weight_high - 1)%Q) (Q2R step * Q2R weight_high - 1)).
  { rewrite <- Q2R_mult, <- Q2R_1, <- Q2R_minus. apply enc_Q. }
  apply either in Cells as [Cells|Cells]; [apply either in Cells as [Half|Closed]|].
  { exfalso. apply Qle_bool_Rle in Half. replace (Q2R (1 # 2)) with (1/2) in Half by (unfold Q2R; simpl; lra).
    destruct In as [_ [_ [_ [P1 P2]]]]. assert (1/2 <= sigma t); [|pose proof (sigma_increasing t 0 Q) as S; rewrite sigma_0 in S; lra].
    rewrite <- (sigma_logit pref) in P1 by lra. pose proof (sigma_does_not_fall _ _ T). lra. }
  { pose proof (le_correct prec _ _ _ _ Rest (enc_neg _ _ (enc_mul prec _ _ _ _ (enc_Q prec step) (enc_steepest prec c _ _ E enc_eps))) Closed) as K.
    pose proof (slope_steepest c eps t E) as [St _]. apply (Rmult_le_compat_l (Q2R step)) in St; [|lra]. lra. }
  destruct slopes as [|a [|a' others]]; try discriminate. apply both in Cells as [Cells Slow]. apply both in Cells as [First Last].
  pose proof (le_correct prec _ _ _ _ (enc_Q prec a) enc_ref First) as F1.
  assert (TL : t <= Q2R (last (a' :: others) a)).
  { apply either in Last as [K|K]; [apply Qle_bool_Rle in K; rewrite Q2R_0 in K; lra|].
    destruct limit as [l|]; [|discriminate]. apply Qle_bool_Rle in K. lra. }
  pose proof (slow_over_correct prec c _ _ _ eps _ _ E enc_eps Rest (enc_Q prec step) S0 (a' :: others) tests a Slow t ltac:(lra) ltac:(congruence)) as R.
  lra.
Qed.
Lemma steps_no_larger_correct bound limit steepest : steps_no_larger bound limit steepest = true -> 0 < Q2R bound /\
  (1 <= Q2R bound * w \/ exists t, (Lref <= t <= Q2R limit) /\ 1 <= Q2R bound * (w - slope_of c eps t)).
Proof.
  intros H. pose proof weight_between as [W _]. unfold steps_no_larger in H. apply both in H as [Y0 H].
  apply Qlt_bool_Rlt in Y0. rewrite Q2R_0 in Y0. split; [exact Y0|].
  assert (YW : Q2R bound * Q2R weight_low <= Q2R bound * w) by (apply Rmult_le_compat_l; lra).
  apply either in H as [H|H].
  - left. apply Qle_bool_Rle in H. rewrite Q2R_mult, Q2R_1 in H. lra.
  - right. apply existsb_exists in H as [t [_ H]]. apply both in H as [H S]. apply both in H as [T1 T2].
    apply Qle_bool_Rle in T2. pose proof (le_correct prec _ _ _ _ enc_ref (enc_Q prec t) T1) as T0.
    exists (Q2R t). split; [lra|].
    pose proof (le_correct prec _ _ _ _ (enc_mul prec _ _ _ _ (enc_Q prec bound) (enc_slope_of prec c _ _ _ _ (proj1 (proj2 inside)) enc_eps (enc_Q prec t))) (enc_Q prec _) S) as K.
    rewrite Q2R_minus, Q2R_mult, Q2R_1 in K. lra.
Qed.
End Box.

Definition check_small_steps (b : box) (k : claim) (e : slow_evidence) : bool :=
  Qle_bool 0 (fst (b_beta b)) &&&
  match k, e with
  | Rises limit x y, LeastZero bits start cells slopes steepest =>
    let prec := F.PtoP bits in
    drive_positive prec b start cells (from limit) &&& drive_negative prec b (to limit) &&& brackets prec limit &&&
    steps_small prec b x (Some (to limit)) slopes &&& steps_no_larger prec b y (from limit) steepest
  | RisesBeyond beyond x, LeastZero bits start cells slopes steepest =>
    let prec := F.PtoP bits in drive_positive prec b start cells beyond &&& steps_small prec b x None slopes
  | RisesToOne gain, NoPull bits =>
    let prec := F.PtoP bits in
    Qlt_bool 0 gain &&& (Qle_bool (weight_high b) 0) &&&
    le prec (e_Q prec gain) (e_low prec (b_contrast b) (i_eps prec b))
  | _, _ => false
  end.

Theorem check_small_steps_correct b k e : domain b = true -> check_small_steps b k e = true ->
  forall alpha beta eps pref, in_box b alpha beta eps pref ->
  (least_beta k beta /\ of_some k = false) /\ claimed (b_contrast b) k alpha (logit pref) beta eps.
Proof.
  intros D H alpha beta eps pref In. unfold check_small_steps in H. apply both in H as [B0 H].
  apply Qle_bool_Rle in B0. rewrite Q2R_0 in B0.
  destruct (inside b D alpha beta eps pref In B0) as [A [E [P B]]].
  pose proof (weight_nonnegative b D alpha beta eps pref In B0) as W.
  destruct k; destruct e as [bits|bits start cells slopes steepest]; try discriminate; (split; [split; [exact B | reflexivity]|]); cbn [claimed]; cbv zeta in H;
    set (prec := F.PtoP bits) in *.
  - apply both in H as [H Y]. apply both in H as [H X]. apply both in H as [H Br]. apply both in H as [Pos Neg].
    pose proof (drive_positive_correct prec b D alpha beta eps pref In B0 start cells (from limit) Pos) as Fp.
    pose proof (drive_negative_correct prec b D alpha beta eps pref In B0 (to limit) Neg) as Fn.
    destruct (steps_small_correct prec b D alpha beta eps pref In B0 step_from (Some (to limit)) slopes X) as [X0 [XW Slow]].
    destruct (steps_no_larger_correct prec b D alpha beta eps pref In B0 step_to (from limit) steepest Y) as [Y0 Steep].
    assert (W0 : 0 < alpha * beta).
    { destruct (Rle_lt_dec (alpha * beta) 0) as [Q|Q]; [|exact Q]. exfalso. assert (Z : alpha * beta = 0) by lra.
      unfold drive_of in Fn. rewrite Z in Fn. pose proof (contrast_positive (b_contrast b) eps (Q2R (to limit)) E). lra. }
    assert (A1 : 0 < alpha) by nra. assert (B1 : 0 < beta) by nra.
    assert (Hi : logit pref < Q2R (to limit)).
    { destruct (Rle_lt_dec (Q2R (to limit)) (logit pref)) as [Q|Q]; [|exact Q]. pose proof (drive_below (b_contrast b) _ _ _ E W _ Q). lra. }
    pose proof (drive_below (b_contrast b) _ _ _ E W _ (Rle_refl (logit pref))) as Fr.
    destruct (least_zero_exists _ (drive_continuous_of (b_contrast b) (alpha * beta) (logit pref) eps E) (logit pref) (Q2R (to limit)))
      as [l [Il Zl]]; [lra | lra | lra |].
    pose proof (least_of_all (b_contrast b) _ _ _ E W l Zl) as Least.
    assert (Lo : Q2R (from limit) <= l).
    { destruct (Rle_lt_dec (Q2R (from limit)) l) as [Q|Q]; [exact Q|]. pose proof (Fp l ltac:(lra)). destruct Zl as [_ [Zl _]]. lra. }
    assert (Slow' : forall t, logit pref <= t <= l -> Q2R step_from * (alpha * beta - slope_of (b_contrast b) eps t) <= 1).
    { intros t T. apply Slow; lra. }
    exists l. split; [split|split; [|split]].
    + apply fixed_by_drive; [exact A1 | exact B1 | apply Zl].
    + intros z Z. apply Least. now apply fixed_by_drive in Z.
    + apply (brackets_correct prec); [exact Br | lra].
    + now apply rises_to_zero.
    + intros s. apply largest_step; try assumption; [apply Zl|]. destruct Steep as [S|[t [T S]]]; [now left|].
      right. exists t. split; [lra | exact S].
  - apply both in H as [Pos X].
    pose proof (drive_positive_correct prec b D alpha beta eps pref In B0 start cells beyond Pos) as Fp.
    destruct (steps_small_correct prec b D alpha beta eps pref In B0 step None slopes X) as [X0 [XW Slow]]. split.
    + intros z Z. destruct (Rle_lt_dec (Q2R beyond) z) as [Q|Q]; [exact Q|]. pose proof (Fp z ltac:(lra)). lra.
    + apply rises_past_any; try assumption. intros t T. now apply Slow.
  - apply both in H as [H G]. apply both in H as [G0 Z]. apply Qlt_bool_Rlt in G0. rewrite Q2R_0 in G0.
    apply Qle_bool_Rle in Z. rewrite Q2R_0 in Z. pose proof (weight_between b D alpha beta eps pref In B0).
    pose proof (le_correct prec _ _ _ _ (enc_Q prec gain) (enc_low prec (b_contrast b) _ _ E (enc_eps prec b alpha beta eps pref In)) G) as K.
    unfold means_rises_to_one. assert (Z0 : alpha * beta = 0) by lra. rewrite Z0. now apply rises_to_one_of.
Qed.
End SmallStepsChecker.

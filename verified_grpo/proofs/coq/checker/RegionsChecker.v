(** * A checker of properties over boxes of parameters, proved or refuted, and the proof that what it accepts holds

    Evidence is a closed form, a paving of the box and a part of the line, or a witness: one point of the box. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Zeros Cells ListedZeros.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts MapsProved FixedPointsChecker SmallStepsChecker.
Import ListNotations.
Open Scope R_scope.

Inductive axis := Line | Alpha | Beta | Eps | Pref.
(** In preorder: a cut is followed by what is below it, then by what is above. *)
Inductive node := Cut (along : axis) (at_ : Q) | Excluded | Holds.
Inductive region_evidence := ClosedForm (bits : positive) | Paving (bits : positive) (line : range) (nodes : list node)
  | Witness (bits : positive) (alpha beta eps pref : Q) (found : list range).

(** ** Pavings: what holds on every leaf holds on the root *)
Record leaf := Leaf { l_line : range; l_box : box }.
Definition in_leaf (l : leaf) (alpha beta eps pref L : R) : Prop := within (l_line l) L /\ in_box (l_box l) alpha beta eps pref.
Definition below (r : range) (x : Q) : range := (fst r, x).
Definition above (r : range) (x : Q) : range := (x, snd r).
Definition part (l : leaf) (a : axis) (cut : range -> range) : leaf :=
  let '(Leaf line (Box c ra rb re rp)) := l in
  match a with
  | Line => Leaf (cut line) (Box c ra rb re rp)
  | Alpha => Leaf line (Box c (cut ra) rb re rp) | Beta => Leaf line (Box c ra (cut rb) re rp)
  | Eps => Leaf line (Box c ra rb (cut re) rp) | Pref => Leaf line (Box c ra rb re (cut rp))
  end.
Fixpoint paves (test : bool -> leaf -> bool) (nodes : list node) (waiting : list leaf) : bool :=
  match nodes, waiting with
  | [], [] => true
  | Cut a x :: rest, l :: others => paves test rest (part l a (fun r => below r x) :: part l a (fun r => above r x) :: others)
  | Excluded :: rest, l :: others => if test false l then paves test rest others else false
  | Holds :: rest, l :: others => if test true l then paves test rest others else false
  | _, _ => false
  end.
Lemma either_part l a x alpha beta eps pref L : in_leaf l alpha beta eps pref L ->
  in_leaf (part l a (fun r => below r x)) alpha beta eps pref L \/ in_leaf (part l a (fun r => above r x)) alpha beta eps pref L.
Proof.
  destruct l as [line [c ra rb re rp]]. unfold in_leaf, in_box, within, below, above.
  intros [HL [HA [HB [HE HP]]]]. cbn [l_line l_box b_alpha b_beta b_eps b_pref] in *.
  destruct a; cbn [part l_line l_box b_alpha b_beta b_eps b_pref fst snd].
  - destruct (Rle_lt_dec L (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec alpha (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec beta (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec eps (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec pref (Q2R x)); [left | right]; repeat split; lra.
Qed.
Lemma part_contrast l a cut : b_contrast (l_box (part l a cut)) = b_contrast (l_box l).
Proof. destruct l as [line [c ra rb re rp]]. now destruct a. Qed.
Lemma paves_correct c test (P : R -> R -> R -> R -> R -> Prop) :
  (forall k l, b_contrast (l_box l) = c -> test k l = true -> forall alpha beta eps pref L, in_leaf l alpha beta eps pref L -> P alpha beta eps pref L) ->
  forall nodes waiting, (forall l, In l waiting -> b_contrast (l_box l) = c) -> paves test nodes waiting = true -> forall l, In l waiting ->
  forall alpha beta eps pref L, in_leaf l alpha beta eps pref L -> P alpha beta eps pref L.
Proof.
  intros K. induction nodes as [|n rest IH]; intros waiting C H l I alpha beta eps pref L X.
  - destruct waiting; [destruct I | discriminate].
  - destruct waiting as [|l0 others]; [destruct I|].
    assert (Leaf_case : forall k, test k l0 = true -> paves test rest others = true -> P alpha beta eps pref L).
    { intros k Tk R. destruct I as [->|I]; [now apply (K k l (C l (or_introl eq_refl)) Tk)|].
      apply (IH others (fun l I => C l (or_intror I)) R l I _ _ _ _ _ X). }
    destruct n as [a x| |]; cbn [paves] in H; try (apply both in H as [T R]; now apply (Leaf_case _ T R)).
    assert (C' : forall l, In l (part l0 a (fun r => below r x) :: part l0 a (fun r => above r x) :: others) -> b_contrast (l_box l) = c).
    { intros l' [<-|[<-|I']]; [rewrite part_contrast; apply C; now left | rewrite part_contrast; apply C; now left | apply C; now right]. }
    destruct I as [->|I].
    + destruct (either_part l a x _ _ _ _ _ X) as [Y|Y]; (eapply (IH _ C' H); [|exact Y]); [now left | right; now left].
    + apply (IH _ C' H l); [right; now right | exact X].
Qed.

(** ** What the fixed points have to satisfy, and what the multiplier for there to be no cycle *)
Definition proper (alpha beta eps pref : R) : Prop := 0 < alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1.
Definition at_fixed (c : contrast) (k : claim) (alpha beta eps pref L : R) : Prop :=
  let m := multiplier_of c alpha beta eps L in
  match k with
  | Amplified margin => Q2R margin <= L - logit pref
  | AmplifiedTo target => Q2R target <= sigma L
  | Contracting => Rabs m < 1
  | ContractingAt rate => Rabs m <= Q2R rate
  | Unique => slope_of c eps L < alpha * beta
  | _ => False
  end.
Definition of_all (k : claim) : bool :=
  match k with Amplified _ | AmplifiedTo _ | Contracting | ContractingAt _ | Unique | Convergent | WithoutCycles => true | _ => false end.
Definition about_cycles (k : claim) : bool := match k with Convergent | WithoutCycles => true | _ => false end.
Definition wanted (c : contrast) (k : claim) (alpha beta eps pref L : R) : Prop := proper alpha beta eps pref ->
  if about_cycles k then logit pref + low_of c eps / (alpha * beta) <= L -> -1 < multiplier_of c alpha beta eps L
  else step_of c alpha (logit pref) beta eps L = L -> at_fixed c k alpha beta eps pref L.

Lemma wanted_is_enough c k alpha beta eps pref : proper alpha beta eps pref ->
  of_all k = true ->
  (forall L, wanted c k alpha beta eps pref L) -> claimed c k alpha (logit pref) beta eps.
Proof.
  intros D K W. assert (V := fun L => W L D). destruct D as [A [B [E P]]].
  destruct k; try discriminate; cbn [about_cycles at_fixed claimed] in *; try exact V.
  - now apply one_fixed_of.
  - now apply converges_of.
  - now apply no_cycles_of.
Qed.

Module RegionsChecker (F : FloatOps with Definition sensible_format := true).
Module S := SmallStepsChecker F.
Import S.C.E S.C S.
(** Compared by name before it is unfolded, 2^14 times. *)
Strategy 1000 [by_range].

Section Leaf.
Variables (prec : F.precision) (b : box).
Notation c := (b_contrast b).
Notation q := (e_Q prec).
Definition i_alpha : I.type := e_range prec (b_alpha b).
Definition i_beta : I.type := e_range prec (b_beta b).
Notation ie := (i_eps prec b).
Notation iw := (i_weight prec b).
Notation il := (i_ref prec b).
(** The fixed points, and all points of cycles, lie between these. *)
Definition lowest : I.type := I.add prec il (I.div prec (e_low prec c ie) iw).
Definition highest : I.type := I.add prec il (I.div prec (e_high prec c ie) iw).
(** (alpha - 2) beta, which the slope exceeds where T' > -1. *)
Definition turn : I.type := I.mul prec (I.sub prec i_alpha (e_Z prec 2)) i_beta.
Definition no_turn (a z : Q) : bool :=
  Qle_bool 0 a ||| by_range (fun a z => lt prec turn (e_slope_of prec c ie (cell prec a z))) depth a z.
Definition rate_held (rate a z : Q) : bool :=
  let m := I.add prec (I.sub prec (e_Z prec 1) i_alpha) (I.div prec (e_slope_of prec c ie (cell prec a z)) i_beta) in
  le prec m (q rate) &&& le prec (q (- rate)%Q) m.
Definition holds_on (k : claim) (a z : Q) : bool :=
  match k with
  | Amplified margin =>
    le prec (q margin) (I.sub prec (q a) il) ||| le prec (q margin) (I.div prec (e_low prec c ie) iw) |||
    by_range (fun a z => le prec (q margin) (I.div prec (e_contrast prec c ie (cell prec a z)) iw)) 6 a z
  | AmplifiedTo target => le prec (q target) (e_sigma prec (q a))
  | Contracting => rises prec c ie iw a z &&& no_turn a z
  | ContractingAt rate =>
    by_range (rate_held rate) depth a z
  | Unique => rises prec c ie iw a z
  | Convergent | WithoutCycles => no_turn a z
  | _ => false
  end.
Definition excluded_on (k : claim) (a z : Q) : bool :=
  if about_cycles k then lt prec (q z) lowest
  else positive_on prec c ie iw il fuel a z ||| negative_on prec c ie iw il fuel a z.

Variables alpha beta eps pref : R.
Hypothesis In : in_box b alpha beta eps pref.
Hypothesis D : proper alpha beta eps pref.
Notation w := (alpha * beta).
Notation Lref := (logit pref).
Lemma enc_i_alpha : encloses i_alpha alpha. Proof. apply enc_range, In. Qed.
Lemma enc_i_beta : encloses i_beta beta. Proof. apply enc_range, In. Qed.
Lemma enc_lowest : encloses lowest (Lref + low_of c eps / w).
Proof.
  apply enc_add; [now apply (enc_ref prec b alpha beta eps pref)|]. apply enc_div; [|now apply (enc_weight prec b alpha beta eps pref)].
  apply enc_low; [apply D | now apply (enc_eps prec b alpha beta eps pref)].
Qed.
Lemma enc_highest : encloses highest (Lref + high_of c eps / w).
Proof.
  apply enc_add; [now apply (enc_ref prec b alpha beta eps pref)|]. apply enc_div; [|now apply (enc_weight prec b alpha beta eps pref)].
  apply enc_high; [apply D | now apply (enc_eps prec b alpha beta eps pref)].
Qed.
Lemma enc_turn : encloses turn ((alpha - 2) * beta).
Proof. apply enc_mul; [apply enc_sub; [exact enc_i_alpha | apply enc_Z] | exact enc_i_beta]. Qed.
Let Hee : encloses ie eps := enc_eps prec b alpha beta eps pref In.
Let Hww : encloses iw w := enc_weight prec b alpha beta eps pref In.
Let Hll : encloses il Lref := enc_ref prec b alpha beta eps pref In.
Let Ap : 0 < alpha := proj1 (proj1 D).
Let Bp : 0 < beta := proj1 (proj2 D).
Let Ep : 0 < eps := proj1 (proj2 (proj2 D)).
Let Wp : 0 < w := Rmult_lt_0_compat _ _ Ap Bp.

Lemma multiplier_above_turn L : (alpha - 2) * beta < slope_of c eps L -> -1 < multiplier_of c alpha beta eps L.
Proof. intros H. unfold multiplier_of. apply (Rlt_div_r (alpha - 2) _ beta Bp) in H. lra. Qed.
Lemma multiplier_below_one L : slope_of c eps L < w -> multiplier_of c alpha beta eps L < 1.
Proof. intros H. unfold multiplier_of. apply (Rlt_div_l (slope_of c eps L) alpha beta Bp) in H. lra. Qed.
Lemma no_turn_correct a z : no_turn a z = true -> forall L, Q2R a <= L <= Q2R z -> -1 < multiplier_of c alpha beta eps L.
Proof.
  intros H L X. apply multiplier_above_turn. apply either in H as [H|H].
  - apply Qle_bool_Rle in H. rewrite Q2R_0 in H. pose proof (slope_above_0 c eps L Ep ltac:(lra)). destruct D. nra.
  - apply (fun K => by_range_correct _ (fun L => (alpha - 2) * beta < slope_of c eps L) K _ a z H L X).
    intros a' z' K y Y. refine (lt_correct prec _ _ _ _ enc_turn _ K). apply enc_slope_of; [exact Ep | exact Hee | now apply enc_cell].
Qed.
Lemma rises_slope a z : rises prec c ie iw a z = true -> forall L, Q2R a <= L <= Q2R z -> slope_of c eps L < w.
Proof.
  intros H L X. pose proof (rises_correct prec c alpha beta eps ie iw Hee Hww Ap Bp Ep a z H L X) as K. unfold gap_slope_of in K.
  apply (Rlt_div_l (slope_of c eps L) 1 w Wp) in K || (assert (Q : slope_of c eps L / w < 1) by lra; apply (Rlt_div_l _ 1 w Wp) in Q; lra).
Qed.
Lemma gained L : step_of c alpha Lref beta eps L = L -> L - Lref = contrast_of c eps L / w.
Proof. intros H. apply fixed_by_gap in H; [|exact Ap | exact Bp]. unfold gap_of in H. lra. Qed.

Lemma holds_on_correct k a z : holds_on k a z = true -> forall L, Q2R a <= L <= Q2R z -> wanted c k alpha beta eps pref L.
Proof.
  intros H L X _. destruct k; try discriminate; cbn [holds_on about_cycles at_fixed] in *.
  - intros Fx. apply either in H as [H|H]; [apply either in H as [H|H]|].
    + pose proof (le_correct prec _ _ _ _ (enc_Q prec margin) (enc_sub prec _ _ _ _ (enc_Q prec a) Hll) H). lra.
    + pose proof (le_correct prec _ _ _ _ (enc_Q prec margin) (enc_div prec _ _ _ _ (enc_low prec c _ _ Ep Hee) Hww) H).
      rewrite (gained L Fx). pose proof (contrast_bounds c eps L Ep). pose proof (weighed w Wp (low_of c eps) (contrast_of c eps L) ltac:(lra)). lra.
    + rewrite (gained L Fx). apply (fun K => by_range_correct _ (fun L => Q2R margin <= contrast_of c eps L / w) K _ a z H L X).
      intros a' z' K y Y. refine (le_correct prec _ _ _ _ (enc_Q prec margin) _ K). apply enc_div; [|exact Hww].
      apply enc_contrast; [exact Ep | exact Hee | now apply enc_cell].
  - intros _. pose proof (le_correct prec _ _ _ _ (enc_Q prec target) (enc_sigma prec _ _ (enc_Q prec a)) H).
    pose proof (sigma_does_not_fall (Q2R a) L (proj1 X)). lra.
  - intros _. apply both in H as [R N]. pose proof (no_turn_correct a z N L X).
    pose proof (multiplier_below_one L (rises_slope a z R L X)). apply Rabs_def1; lra.
  - intros _. apply (fun K => by_range_correct _ (fun L => Rabs (multiplier_of c alpha beta eps L) <= Q2R rate) K _ a z H L X).
    intros a' z' K y Y. unfold rate_held in K. cbv zeta in K. apply both in K as [K1 K2].
    assert (M : encloses (I.add prec (I.sub prec (e_Z prec 1) i_alpha) (I.div prec (e_slope_of prec c ie (cell prec a' z')) i_beta)) (multiplier_of c alpha beta eps y)).
    { unfold multiplier_of. apply enc_add; [apply enc_sub; [apply enc_Z | exact enc_i_alpha]|]. apply enc_div; [|exact enc_i_beta].
      apply enc_slope_of; [exact Ep | exact Hee | now apply enc_cell]. }
    pose proof (le_correct prec _ _ _ _ M (enc_Q prec rate) K1). pose proof (le_correct prec _ _ _ _ (enc_Q prec (- rate)) M K2) as K3.
    rewrite Q2R_opp in K3. apply Rabs_le. lra.
  - intros _. now apply (rises_slope a z).
  - intros _. now apply (no_turn_correct a z).
  - intros _. now apply (no_turn_correct a z).
Qed.
Lemma excluded_on_correct k a z : excluded_on k a z = true -> forall L, Q2R a <= L <= Q2R z -> wanted c k alpha beta eps pref L.
Proof.
  intros H L X _. unfold excluded_on in H. destruct (about_cycles k).
  - intros Y. exfalso. pose proof (lt_correct prec _ _ _ _ (enc_Q prec z) enc_lowest H). lra.
  - intros Fx. exfalso. apply fixed_by_gap in Fx; [|exact Ap | exact Bp]. apply either in H as [H|H].
    + exact (positive_on_correct prec c alpha beta eps Lref ie iw il Hee Hww Hll Ap Bp Ep fuel a z H L X Fx).
    + exact (negative_on_correct prec c alpha beta eps Lref ie iw il Hee Hww Hll Ap Bp Ep fuel a z H L X Fx).
Qed.

(** ** Closed forms *)
Definition steep : I.type := e_steepest prec c (q (fst (b_eps b))).
Definition closed_form (k : claim) : bool :=
  match k with
  | Amplified margin => Qle_bool 0 margin &&& le prec (q (margin * weight_high b)%Q) (e_low prec c ie)
  | AmplifiedTo target => le prec (q target) (e_sigma prec lowest)
  | Contracting | Unique => lt prec steep (q (weight_low b))
  | ContractingAt rate => le prec (I.div prec steep (q (fst (b_beta b)))) (q (rate - (1 - fst (b_alpha b)))%Q)
  | Convergent | WithoutCycles =>
    le prec (e_Z prec 0) lowest ||| lt prec steep (q ((2 - snd (b_alpha b)) * fst (b_beta b))%Q)
  | _ => false
  end.
Hypothesis Dom : domain b = true.
Hypothesis Least_beta : 0 < Q2R (fst (b_beta b)).
Lemma slope_within L : - steepest_of c (Q2R (fst (b_eps b))) <= slope_of c eps L <= steepest_of c (Q2R (fst (b_eps b))).
Proof.
  pose proof In as [_ [_ [[E1 E2] _]]]. pose proof (slope_steepest c eps L Ep).
  assert (E0 : 0 < Q2R (fst (b_eps b))).
  { destruct (proj2 (domain_correct b Dom) alpha beta (Q2R (fst (b_eps b))) pref) as [_ [E0 _]]; [|exact E0].
    pose proof In as [I1 [I2 [I3 I4]]]. unfold in_box, within in *. repeat split; lra. }
  pose proof (steepest_falls c (Q2R (fst (b_eps b))) eps E0 E1). lra.
Qed.
Lemma enc_steep : encloses steep (steepest_of c (Q2R (fst (b_eps b)))).
Proof.
  apply enc_steepest; [|apply enc_Q].
  destruct (proj2 (domain_correct b Dom) alpha beta (Q2R (fst (b_eps b))) pref) as [_ [E0 _]]; [|exact E0].
  pose proof In as [I1 [I2 [I3 I4]]]. unfold in_box, within in *. repeat split; lra.
Qed.
Lemma closed_form_correct k : closed_form k = true -> forall L, wanted c k alpha beta eps pref L.
Proof.
  intros H L _. pose proof (slope_within L) as SL. pose proof (weight_between b Dom alpha beta eps pref In ltac:(lra)) as W.
  set (st := steepest_of c (Q2R (fst (b_eps b)))) in *.
  assert (Low : forall L, step_of c alpha Lref beta eps L = L -> low_of c eps / w <= L - Lref).
  { intros y Fx. rewrite (gained y Fx). pose proof (contrast_bounds c eps y Ep). apply weighed; [exact Wp | lra]. }
  assert (Below : lt prec steep (q (weight_low b)) = true -> - w < slope_of c eps L < w).
  { intros K. pose proof (lt_correct prec _ _ _ _ enc_steep (enc_Q prec _) K) as R. fold st in R. lra. }
  pose proof D as [[A1 A2] _].
  destruct k; try discriminate; cbn [closed_form about_cycles at_fixed] in *.
  - intros Fx. apply both in H as [M0 H]. apply Qle_bool_Rle in M0. rewrite Q2R_0 in M0.
    pose proof (le_correct prec _ _ _ _ (enc_Q prec _) (enc_low prec c _ _ Ep Hee) H) as R. rewrite Q2R_mult in R.
    apply Rle_trans with (low_of c eps / w); [|now apply Low]. apply (Rle_div_r (Q2R margin) (low_of c eps) w Wp). nra.
  - intros Fx. pose proof (le_correct prec _ _ _ _ (enc_Q prec _) (enc_sigma prec _ _ enc_lowest) H) as R.
    pose proof (Low L Fx). pose proof (sigma_does_not_fall (Lref + low_of c eps / w) L ltac:(lra)). lra.
  - intros _. specialize (Below H). pose proof (multiplier_below_one L ltac:(lra)).
    pose proof (multiplier_above_turn L). assert ((alpha - 2) * beta < slope_of c eps L) by nra. apply Rabs_def1; auto.
  - intros _. pose proof (le_correct prec _ _ _ _ (enc_div prec _ _ _ _ enc_steep (enc_Q prec _)) (enc_Q prec _) H) as R.
    fold st in R. rewrite !Q2R_minus, Q2R_1 in R. pose proof In as [[I1 _] [[I2 _] _]].
    assert (S0 : 0 <= st) by lra.
    assert (slope_of c eps L / beta <= st / Q2R (fst (b_beta b)) /\ - (st / Q2R (fst (b_beta b))) <= slope_of c eps L / beta).
    { assert (K : / beta <= / Q2R (fst (b_beta b))) by (apply Rinv_le_contravar; lra). pose proof (Rinv_0_lt_compat beta Bp).
      unfold Rdiv. split; nra. }
    unfold multiplier_of. apply Rabs_le. lra.
  - intros _. specialize (Below H). lra.
  - intros Y. apply either in H as [H|H].
    + pose proof (le_correct prec _ _ _ _ (enc_Z prec 0) enc_lowest H). apply multiplier_above_turn.
      pose proof (slope_above_0 c eps L Ep ltac:(lra)). nra.
    + pose proof (lt_correct prec _ _ _ _ enc_steep (enc_Q prec _) H) as R. fold st in R. rewrite Q2R_mult, Q2R_minus in R.
      replace (Q2R 2) with 2 in R by (unfold Q2R; simpl; lra). apply multiplier_above_turn. pose proof In as [[_ I1] [[I2 _] _]].
      assert ((2 - Q2R (snd (b_alpha b))) * Q2R (fst (b_beta b)) <= (2 - alpha) * beta) by
        (destruct (proj2 (domain_correct b Dom) (Q2R (snd (b_alpha b))) beta eps pref) as [HA _];
          [pose proof In as [J1 [J2 [J3 J4]]]; unfold in_box, within in *; repeat split; lra | apply Rmult_le_compat; lra]). lra.
  - intros Y. apply either in H as [H|H].
    + pose proof (le_correct prec _ _ _ _ (enc_Z prec 0) enc_lowest H). apply multiplier_above_turn.
      pose proof (slope_above_0 c eps L Ep ltac:(lra)). nra.
    + pose proof (lt_correct prec _ _ _ _ enc_steep (enc_Q prec _) H) as R. fold st in R. rewrite Q2R_mult, Q2R_minus in R.
      replace (Q2R 2) with 2 in R by (unfold Q2R; simpl; lra). apply multiplier_above_turn. pose proof In as [[_ I1] [[I2 _] _]].
      assert ((2 - Q2R (snd (b_alpha b))) * Q2R (fst (b_beta b)) <= (2 - alpha) * beta) by
        (destruct (proj2 (domain_correct b Dom) (Q2R (snd (b_alpha b))) beta eps pref) as [HA _];
          [pose proof In as [J1 [J2 [J3 J4]]]; unfold in_box, within in *; repeat split; lra | apply Rmult_le_compat; lra]). lra.
Qed.

(** ** Witnesses: a fixed point between two points where the gap has opposite signs *)
Definition crosses (r : range) : bool :=
  Qlt_bool (fst r) (snd r) &&&
  ((negative_at prec c ie iw il (fst r) &&& positive_at prec c ie iw il (snd r)) |||
   (positive_at prec c ie iw il (fst r) &&& negative_at prec c ie iw il (snd r))).
Definition outside_on (a z : Q) : bool :=
  by_range (fun a z => le prec iw (e_slope_of prec c ie (cell prec a z))) 6 a z |||
  by_range (fun a z => le prec (e_slope_of prec c ie (cell prec a z)) turn) 6 a z.
Definition refutes (k : claim) (found : list range) : bool :=
  match k, found with
  | NotAmplified margin, [r] => crosses r &&& lt prec (q (snd r)) (I.add prec il (q margin))
  | NotAmplifiedTo target, [r] => crosses r &&& lt prec (e_sigma prec (q (snd r))) (q target)
  | NotContracting, [r] => crosses r &&& outside_on (fst r) (snd r)
  | NotUnique, [r; s] => crosses r &&& crosses s &&& Qle_bool (snd r) (fst s)
  | _, _ => false
  end.
Lemma crosses_correct r : crosses r = true -> exists L, Q2R (fst r) < L < Q2R (snd r) /\ step_of c alpha Lref beta eps L = L.
Proof.
  intros H. unfold crosses in H. apply both in H as [O H]. apply Qlt_bool_Rlt in O.
  destruct (sign_change (gap_of c Lref w eps) (gap_slope_of c w eps) (g_derivative c alpha beta eps Lref Ap Bp Ep) _ _ O) as [L [X Z]].
  - apply either in H as [H|H]; apply both in H as [H1 H2]; [left | right]; split;
      first [now apply (negative_at_correct prec c alpha beta eps Lref ie iw il) | now apply (positive_at_correct prec c alpha beta eps Lref ie iw il)].
  - exists L. split; [exact X|]. now apply fixed_by_gap.
Qed.
Lemma refutes_correct k found : refutes k found = true -> claimed c k alpha Lref beta eps /\ of_some k = true.
Proof.
  intros H. destruct k; try discriminate; (split; [|reflexivity]); cbn [claimed]; destruct found as [|r [|s [|]]]; try discriminate; cbn [refutes] in H.
  - apply both in H as [X H]. destruct (crosses_correct r X) as [L [I Fx]]. exists L. split; [exact Fx|].
    pose proof (lt_correct prec _ _ _ _ (enc_Q prec _) (enc_add prec _ _ _ _ Hll (enc_Q prec margin)) H). lra.
  - apply both in H as [X H]. destruct (crosses_correct r X) as [L [I Fx]]. exists L. split; [exact Fx|].
    pose proof (lt_correct prec _ _ _ _ (enc_sigma prec _ _ (enc_Q prec _)) (enc_Q prec target) H).
    pose proof (sigma_does_not_fall L (Q2R (snd r)) ltac:(lra)). lra.
  - apply both in H as [X H]. destruct (crosses_correct r X) as [L [I Fx]]. exists L. split; [exact Fx|]. unfold multiplier_of.
    apply either in H as [H|H].
    + assert (K : w <= slope_of c eps L).
      { apply (fun K => by_range_correct _ (fun L => w <= slope_of c eps L) K _ _ _ H L); [|lra].
        intros a' z' K y Y. refine (le_correct prec _ _ _ _ Hww _ K). apply enc_slope_of; [exact Ep | exact Hee | now apply enc_cell]. }
      apply (Rle_div_r alpha (slope_of c eps L) beta Bp) in K. apply Rle_trans with (2 := Rle_abs _). lra.
    + assert (K : slope_of c eps L <= (alpha - 2) * beta).
      { apply (fun K => by_range_correct _ (fun L => slope_of c eps L <= (alpha - 2) * beta) K _ _ _ H L); [|lra].
        intros a' z' K y Y. refine (le_correct prec _ _ _ _ _ enc_turn K). apply enc_slope_of; [exact Ep | exact Hee | now apply enc_cell]. }
      apply (Rle_div_l (slope_of c eps L) (alpha - 2) beta Bp) in K. rewrite <- Rabs_Ropp. apply Rle_trans with (2 := Rle_abs _). lra.
  - apply both in H as [H O]. apply both in H as [X Y]. apply Qle_bool_Rle in O.
    destruct (crosses_correct r X) as [K [IK FK]], (crosses_correct s Y) as [L [IL FL]]. exists K, L. repeat split; try assumption. lra.
Qed.
End Leaf.

Definition test (prec : F.precision) (k : claim) (holds : bool) (l : leaf) : bool :=
  let (a, z) := l_line l in if holds then holds_on prec (l_box l) k a z else excluded_on prec (l_box l) k a z.
Definition point_box (c : contrast) (alpha beta eps pref : Q) : box := Box c (alpha, alpha) (beta, beta) (eps, eps) (pref, pref).
Definition inside_range (x : Q) (r : range) : bool := Qle_bool (fst r) x &&& Qle_bool x (snd r).

Definition check_region (b : box) (k : claim) (e : region_evidence) : bool :=
  Qlt_bool 0 (fst (b_beta b)) &&&
  match e with
  | ClosedForm bits => Qlt_bool 0 (fst (b_alpha b)) &&& closed_form (F.PtoP bits) b k
  | Paving bits line nodes =>
    let prec := F.PtoP bits in
    of_all k &&& Qlt_bool 0 (fst (b_alpha b)) &&&
    le prec (e_Q prec (fst line)) (lowest prec b) &&&
    (if about_cycles k then Qle_bool 0 (snd line) else le prec (highest prec b) (e_Q prec (snd line))) &&&
    paves (test prec k) nodes [Leaf line b]
  | Witness bits alpha beta eps pref found =>
    inside_range alpha (b_alpha b) &&& inside_range beta (b_beta b) &&& inside_range eps (b_eps b) &&& inside_range pref (b_pref b) &&&
    Qlt_bool 0 alpha &&& refutes (F.PtoP bits) (point_box (b_contrast b) alpha beta eps pref) k found
  end.

Lemma closed_form_of_all prec b k : closed_form prec b k = true -> of_all k = true.
Proof. destruct k; try discriminate; reflexivity. Qed.
Lemma of_all_least k beta : of_all k = true -> 0 < beta -> least_beta k beta /\ of_some k = false.
Proof. intros K B. destruct k; try discriminate; split; first [exact B | reflexivity]. Qed.
Lemma of_some_least k beta : of_some k = true -> 0 < beta -> least_beta k beta.
Proof. intros K B. destruct k; try discriminate; exact B. Qed.

Theorem check_region_correct b k e : domain b = true -> check_region b k e = true ->
  (forall alpha beta eps pref, in_box b alpha beta eps pref -> least_beta k beta) /\
  let holds alpha beta eps pref := claimed (b_contrast b) k alpha (logit pref) beta eps in
  if of_some k then exists alpha beta eps pref, in_box b alpha beta eps pref /\ holds alpha beta eps pref
  else forall alpha beta eps pref, in_box b alpha beta eps pref -> holds alpha beta eps pref.
Proof.
  intros D H. cbv zeta. unfold check_region in H. apply both in H as [B0 H]. apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  assert (Bp : forall alpha beta eps pref, in_box b alpha beta eps pref -> 0 < beta).
  { intros alpha beta eps pref [_ [[Wb _] _]]. lra. }
  destruct e as [bits|bits line nodes|bits a' b' e' p' found].
  - apply both in H as [A0 H]. apply Qlt_bool_Rlt in A0. rewrite Q2R_0 in A0. pose proof (closed_form_of_all _ _ _ H) as K.
    destruct (of_all_least k 1 K ltac:(lra)) as [_ S]. rewrite S.
    assert (P : forall alpha beta eps pref, in_box b alpha beta eps pref -> proper alpha beta eps pref).
    { intros alpha beta eps pref In. pose proof (proj2 (domain_correct b D) _ _ _ _ In). pose proof (Bp _ _ _ _ In).
      destruct In as [[A1 _] _]. unfold proper. repeat split; lra. }
    split; intros alpha beta eps pref In; [apply of_all_least; [exact K | now apply (Bp alpha beta eps pref)]|].
    apply wanted_is_enough; [now apply P | exact K |].
    now apply (closed_form_correct (F.PtoP bits) b alpha beta eps pref In (P _ _ _ _ In) D B0 k).
  - cbv zeta in H. apply both in H as [H Pv]. apply both in H as [H Right]. apply both in H as [H Left]. apply both in H as [K A0].
    apply Qlt_bool_Rlt in A0. rewrite Q2R_0 in A0. set (prec := F.PtoP bits) in *.
    assert (P : forall alpha beta eps pref, in_box b alpha beta eps pref -> proper alpha beta eps pref).
    { intros alpha beta eps pref In. pose proof (proj2 (domain_correct b D) _ _ _ _ In). pose proof (Bp _ _ _ _ In).
      destruct In as [[A1 _] _]. unfold proper. repeat split; lra. }
    destruct (of_all_least k 1 K ltac:(lra)) as [_ S]. rewrite S.
      split; intros alpha beta eps pref In; [apply of_all_least; [exact K | now apply (Bp alpha beta eps pref)]|].
      apply wanted_is_enough; [now apply P | exact K |].
      assert (Covered : forall L, Q2R (fst line) <= L <= Q2R (snd line) -> wanted (b_contrast b) k alpha beta eps pref L).
      { intros L HL. refine (paves_correct (b_contrast b) (test prec k) (wanted (b_contrast b) k) _ nodes [Leaf line b] _ Pv (Leaf line b) (or_introl eq_refl) alpha beta eps pref L (conj HL In)).
        - intros held [[a z] b1] C T1 al be ep pr L1 [W1 I1]. cbn [l_box] in C. rewrite <- C. intros D1. cbn [test l_line l_box] in T1.
          destruct held; [exact (holds_on_correct prec b1 al be ep pr I1 D1 k a z T1 L1 W1 D1) | exact (excluded_on_correct prec b1 al be ep pr I1 D1 k a z T1 L1 W1 D1)].
        - intros l [<-|[]]. reflexivity. }
      intros L HD. pose proof (le_correct prec _ _ _ _ (enc_Q prec _) (enc_lowest prec b alpha beta eps pref In HD) Left) as LL.
      destruct (about_cycles k) eqn:Cy.
      * intros Y. destruct (Rle_lt_dec L (Q2R (snd line))) as [Q|Q].
        -- pose proof (Covered L ltac:(lra) HD) as W. rewrite Cy in W. now apply W.
        -- apply Qle_bool_Rle in Right. rewrite Q2R_0 in Right. destruct HD as [HA [HB [HE HP]]].
           pose proof (slope_above_0 (b_contrast b) eps L HE ltac:(lra)).
           assert (0 <= slope_of (b_contrast b) eps L / beta) by (apply Rdiv_le_0_compat; lra). unfold multiplier_of. lra.
      * intros Fx. pose proof (le_correct prec _ _ _ _ (enc_highest prec b alpha beta eps pref In HD) (enc_Q prec _) Right) as LR.
        destruct HD as [HA [HB [HE HP]]].
        pose proof (fixed_between (b_contrast b) alpha (logit pref) beta eps HA HB HE L Fx) as Between.
        pose proof (Covered L ltac:(lra) (conj HA (conj HB (conj HE HP)))) as W. rewrite Cy in W. now apply W.
  - apply both in H as [H Rf]. apply both in H as [H A0]. apply both in H as [H H4]. apply both in H as [H H3]. apply both in H as [H1 H2].
    apply Qlt_bool_Rlt in A0. rewrite Q2R_0 in A0. unfold inside_range in *.
    apply both in H1 as [H11 H12]. apply both in H2 as [H21 H22]. apply both in H3 as [H31 H32]. apply both in H4 as [H41 H42].
    apply Qle_bool_Rle in H11, H12, H21, H22, H31, H32, H41, H42.
    assert (In : in_box b (Q2R a') (Q2R b') (Q2R e') (Q2R p')) by (unfold in_box, within; repeat split; lra).
    assert (In' : in_box (point_box (b_contrast b) a' b' e' p') (Q2R a') (Q2R b') (Q2R e') (Q2R p')).
    { unfold in_box, within, point_box. cbn. repeat split; lra. }
    pose proof (proj2 (domain_correct b D) _ _ _ _ In) as [HA [HE HP]]. pose proof (Bp _ _ _ _ In) as HB.
    assert (P : proper (Q2R a') (Q2R b') (Q2R e') (Q2R p')) by (unfold proper; repeat split; lra).
    destruct (refutes_correct (F.PtoP bits) (point_box (b_contrast b) a' b' e' p') _ _ _ _ In' P k found Rf) as [C S].
    rewrite S. split; [intros alpha beta eps pref I; apply of_some_least; [exact S | now apply (Bp alpha beta eps pref)]|].
    exists (Q2R a'), (Q2R b'), (Q2R e'), (Q2R p'). split; [exact In | exact C].
Qed.
End RegionsChecker.

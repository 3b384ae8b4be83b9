(** * A checker of certificates of where the exact iteration goes, and the proof that what it accepts holds

    The map is enclosed over an interval by its value at one point and its slope over the whole (mean value theorem), so
    that orbits lose few digits; no shape of a contrast is used. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals Bool List Arith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval Interval.Interval_compl.
From VerifiedGRPO Require Import Calculus Definitions Traps Monotone PaperFixedPoints.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker PassageChecker
  SequenceStatements SequencesProved.
Import ListNotations.
Open Scope R_scope.

Inductive closed_form := InOrder | Lifted | Contracted.
Inductive sequence_evidence := ByMirror (bits : positive) | ByRun (bits : positive) (steps : nat) | ByTrap (bits : positive)
  | ByForm (bits : positive) (form : closed_form).

(** Counted round and round. *)
Definition around {A} (n : nat) (l : list A) (d : A) (i : nat) : A := nth (i mod n) l d.
Lemma around_again {A} n (l : list A) d i : (0 < n)%nat -> around n l d (i + n) = around n l d i.
Proof. intros N. unfold around. f_equal. rewrite <- (Nat.mul_1_l n) at 1. apply Nat.mod_add. lia. Qed.
Lemma everywhere n (P : nat -> bool) (Q : nat -> Prop) : (0 < n)%nat -> (forall i, P i = true -> Q i) ->
  (forall i, Q (i mod n) -> Q i) -> forallb P (seq 0 n) = true -> forall i, Q i.
Proof.
  intros N H Mod K i. apply Mod, H. rewrite forallb_forall in K. apply K, in_seq. pose proof (Nat.mod_upper_bound i n). lia.
Qed.

Definition farthest : Q := (134217728 # 1)%Q.
Definition range_at (b : bracket) : range := (from b, to b).
Definition nowhere : range := (0%Q, 0%Q).
Definition apart (x y : range) : bool := Qlt_bool (snd x) (fst y) ||| Qlt_bool (snd y) (fst x).

Module SequencesChecker (F : FloatOps with Definition sensible_format := true).
Module P := PassageChecker F.
Import P.R.S.C.E P.R.S.C P.R.S.

(** ** The map and its multiplier over intervals *)
Section Map.
Variables (prec : F.precision) (c : contrast) (ia ib ie il widest : I.type).
Notation q := (e_Q prec).
Notation atmost := (le prec).
Notation zero := (e_Z prec 0).
Definition e_gain (l : I.type) : I.type :=
  I.add prec (I.mul prec ia (I.sub prec il l)) (I.div prec (e_contrast prec c ie l) ib).
Definition e_map (l : I.type) : I.type := I.add prec l (e_gain l).
(** No slope is beyond the steepest of the whole line. *)
Definition e_multiplier (l : I.type) : I.type :=
  I.meet widest (I.add prec (I.sub prec (e_Z prec 1) ia) (I.div prec (e_slope_of prec c ie l) ib)).
Definition middle_of (l : I.type) : I.type := I.singleton (I.midpoint l).
Definition narrow (l : I.type) : bool := atmost (I.sub prec l l) (q (1 # 64)%Q).
Fixpoint multiplier_over (n : nat) (l : I.type) : I.type :=
  match n with O => e_multiplier l | S k =>
    if narrow l then e_multiplier l else let (x, y) := I.bisect l in I.join (multiplier_over k x) (multiplier_over k y) end.
(** An orbit that is lost is not followed: numbers far out are dear. *)
Definition followed (l : I.type) : bool := atmost (q (- farthest)%Q) l &&& atmost l (q farthest).
Definition e_image (l : I.type) : I.type :=
  let m := middle_of l in
  let j := I.add prec (e_map m) (I.mul prec (multiplier_over 4 (I.join l m)) (I.sub prec l m)) in
  if followed j then j else I.nai.
Fixpoint walk (n : nat) (l : I.type) : I.type := match n with O => l | S k => walk k (e_image l) end.
Fixpoint e_turn (n : nat) (l : I.type) : I.type :=
  match n with O => e_Z prec 1 | S k => I.mul prec (e_multiplier l) (e_turn k (e_image l)) end.

Definition keeps_order_over : I.type -> bool := by_halves (fun l => atmost zero l ||| atmost zero (e_multiplier l)) 14.
Definition goes_into (target : range) : I.type -> bool :=
  by_halves (fun l => let j := e_image l in atmost (q (fst target)) j &&& atmost j (q (snd target))) 14.
Definition less_steep (bound : I.F.type) : I.type -> bool :=
  by_halves (fun l => atmost (I.abs (e_multiplier l)) (I.singleton bound)) 24.

(** *** A run in one direction *)
Definition check_rise (first : bool) (start : I.type) (step steps : nat) (limit : bracket) : bool :=
  let here := walk step start in let far := q (to limit) in
  brackets prec limit &&& Nat.leb step steps &&& atmost here far &&& keeps_order_over (I.join here far) &&& atmost (e_map far) far &&&
  (first ||| by_halves (fun l => atmost zero (e_gain l)) 8 here) &&& atmost (q (from limit)) (walk (steps - step) here).
Definition check_fall (start : I.type) (step steps : nat) (limit : bracket) : bool :=
  let here := walk step start in let far := q (from limit) in
  brackets prec limit &&& Nat.leb step steps &&& atmost far here &&& keeps_order_over (I.join far here) &&& atmost far (e_map far) &&&
  by_halves (fun l => atmost (e_gain l) zero) 8 here &&& atmost (walk (steps - step) here) (q (to limit)).

(** *** A trap: each basin has a bound of its own, so that their product is not above the rate; any bounds will do *)
Definition steepness (l : I.type) : I.type := I.abs (e_multiplier l).
Fixpoint sampled (n : nat) (l : I.type) : I.type :=
  match n with O => steepness (middle_of l) | S k => let (x, y) := I.bisect l in I.join (sampled k x) (sampled k y) end.
Definition peak (l : I.type) : I.type :=
  let ends := I.join (steepness (I.singleton (I.lower l))) (steepness (I.singleton (I.upper l))) in
  I.singleton (I.upper (I.join ends (sampled 5 l))).
Definition bounds_of (rate : Q) (basins : list I.type) : list I.F.type :=
  match basins with
  | [_] => [I.lower (q rate)]
  | _ =>
    let peaks := map peak basins in
    let room := I.ln prec (I.div prec (q rate) (fold_right (I.mul prec) (e_Z prec 1) peaks)) in
    let each := e_exp prec (I.div prec (I.mul prec room (q (1048575 # 1048576)%Q)) (e_Z prec (Z.of_nat (length basins)))) in
    map (fun p => I.lower (I.mul prec p each)) peaks
  end.
Fixpoint product_of (bound : nat -> I.F.type) (n : nat) : I.type :=
  match n with O => e_Z prec 1 | S j => I.mul prec (I.singleton (bound j)) (product_of bound j) end.
Definition refining : nat := 48.
Definition check_trap (start : I.type) (step : nat) (places : list place) (rate : Q) (least most : num) : bool :=
  let n := length places in
  let basins := map basin_at places in
  let inner := map (fun p => range_at (bracket_at p)) places in
  let basin := around n basins nowhere in
  let within_it := around n inner nowhere in
  let bound := around n (bounds_of rate (map (fun r => cell prec (fst r) (snd r)) basins)) F.zero in
  let every := fun test => forallb test (seq 0 n) in
  Nat.ltb 0 n &&& Qle_bool 0 rate &&& Qlt_bool rate 1 &&&
  forallb (fun p => brackets prec (bracket_at p) &&& Qle_bool (fst (basin_at p)) (from (bracket_at p)) &&&
    Qle_bool (to (bracket_at p)) (snd (basin_at p))) places &&&
  every (fun k => forallb (fun i => apart (within_it i) (within_it k)) (seq 0 k)) &&&
  (let l := walk step start in atmost (q (fst (basin 0%nat))) l &&& atmost l (q (snd (basin 0%nat)))) &&&
  every (fun i => goes_into (basin (S i)) (cell prec (fst (basin i)) (snd (basin i)))) &&&
  every (fun i => goes_into (within_it (S i)) (cell prec (fst (within_it i)) (snd (within_it i)))) &&&
  atmost (product_of bound n) (q rate) &&&
  every (fun i => less_steep (bound i) (cell prec (fst (basin i)) (snd (basin i)))) &&&
  let t := e_turn n (walk (refining * n) (cell prec (fst (within_it 0%nat)) (snd (within_it 0%nat)))) in
  atmost (e_num prec least) t &&& atmost t (e_num prec most).

(** ** Proofs *)
Variables alpha beta eps Lref : R.
Hypothesis Ha : encloses ia alpha.
Hypothesis Hb : encloses ib beta.
Hypothesis He : encloses ie eps.
Hypothesis Hl : encloses il Lref.
Hypothesis Hw : forall x, encloses widest (multiplier_of c alpha beta eps x).
Hypothesis A : 0 <= alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (step_of c alpha Lref beta eps).
Notation m := (multiplier_of c alpha beta eps).

Lemma enc_gain l x : encloses l x -> encloses (e_gain l) (T x - x).
Proof.
  intros H. unfold step_of. replace ((1 - alpha) * x + alpha * Lref + contrast_of c eps x / beta - x)
    with (alpha * (Lref - x) + contrast_of c eps x / beta) by ring.
  apply enc_add; [apply enc_mul; [exact Ha | now apply enc_sub]|]. apply enc_div; [now apply enc_contrast | exact Hb].
Qed.
Lemma enc_map l x : encloses l x -> encloses (e_map l) (T x).
Proof. intros H. replace (T x) with (x + (T x - x)) by ring. apply enc_add; [exact H | now apply enc_gain]. Qed.
Lemma enc_multiplier l x : encloses l x -> encloses (e_multiplier l) (m x).
Proof.
  intros H. apply I.meet_correct; [exact (Hw x)|].
  apply enc_add; [apply enc_sub; [apply enc_Z | exact Ha]|]. apply enc_div; [now apply enc_slope_of | exact Hb].
Qed.
Lemma enc_join_l i j x : encloses i x -> encloses (I.join i j) x.
Proof. intros H. apply I.join_correct. now left. Qed.
Lemma enc_join_r i j x : encloses j x -> encloses (I.join i j) x.
Proof. intros H. apply I.join_correct. now right. Qed.
Lemma enc_between i x y t : encloses i x -> encloses i y -> x <= t <= y -> encloses i t.
Proof. intros X Y H. exact (contains_connected _ _ _ X Y _ H). Qed.
Lemma enc_multiplier_over n : forall l x, encloses l x -> encloses (multiplier_over n l) (m x).
Proof.
  induction n as [|n IH]; intros l x H; cbn [multiplier_over]; [now apply enc_multiplier|].
  destruct (narrow l); [now apply enc_multiplier|]. pose proof (enc_half l x H) as K. destruct (I.bisect l) as [u w].
  destruct K as [K|K]; [apply enc_join_l | apply enc_join_r]; now apply IH.
Qed.
Lemma enc_image l x : encloses l x -> encloses (e_image l) (T x).
Proof.
  intros H. unfold e_image. cbv zeta. set (y := proj_val (I.convert_bound (I.midpoint l))).
  assert (Y : encloses (middle_of l) y) by apply I.singleton_correct.
  destruct (followed _); [|apply enc_nan; rewrite I.nai_correct; exact Logic.I].
  destruct (mean_value_between T m x y) as [t [I Q]]; [intros t; now apply step_of_derivative|]. rewrite Q.
  apply enc_add; [now apply enc_map|]. apply enc_mul; [|now apply enc_sub]. apply enc_multiplier_over.
  pose proof (enc_join_l l (middle_of l) x H) as Jx. pose proof (enc_join_r l (middle_of l) y Y) as Jy.
  destruct (Rle_lt_dec x y) as [XY|XY].
  - rewrite Rmin_left, Rmax_right in I by lra. exact (enc_between _ x y t Jx Jy I).
  - rewrite Rmin_right, Rmax_left in I by lra. exact (enc_between _ y x t Jy Jx I).
Qed.
Lemma enc_walk n : forall l x, encloses l x -> encloses (walk n l) (iterate T n x).
Proof.
  induction n as [|n IH]; intros l x H; cbn [walk iterate]; [exact H|]. rewrite <- iterate_commutes. now apply IH, enc_image.
Qed.
Lemma enc_turn n : forall l x, encloses l x -> encloses (e_turn n l) (turn T m n x).
Proof.
  induction n as [|n IH]; intros l x H; [apply enc_Z|]. rewrite turn_first. cbn [e_turn].
  apply enc_mul; [now apply enc_multiplier | now apply IH, enc_image].
Qed.
Lemma keeps_order_over_correct l : keeps_order_over l = true -> forall x, encloses l x -> 0 <= m x.
Proof.
  apply (by_halves_correct _ (fun x => 0 <= m x)). intros j H x X. apply either in H as [H|H].
  - pose proof (le_correct prec _ _ _ _ (enc_Z prec 0) X H) as P. unfold multiplier_of.
    pose proof (slope_above_0 c eps x E P). assert (0 <= slope_of c eps x / beta) by (apply Rdiv_le_0_compat; lra). lra.
  - exact (le_correct prec _ _ _ _ (enc_Z prec 0) (enc_multiplier j x X) H).
Qed.
Lemma goes_into_correct r l : goes_into r l = true -> forall x, encloses l x -> within r (T x).
Proof.
  apply (by_halves_correct _ (fun x => within r (T x))). intros j H x X. cbv zeta in H. apply both in H as [H1 H2].
  pose proof (enc_image j x X) as K. split; [exact (le_correct prec _ _ _ _ (enc_Q prec _) K H1) | exact (le_correct prec _ _ _ _ K (enc_Q prec _) H2)].
Qed.
Definition real_of (t : I.F.type) : R := proj_val (I.convert_bound t).
Lemma enc_real t : encloses (I.singleton t) (real_of t). Proof. apply I.singleton_correct. Qed.
Lemma less_steep_correct t l : less_steep t l = true -> forall x, encloses l x -> Rabs (m x) <= real_of t.
Proof.
  apply (by_halves_correct _ (fun x => Rabs (m x) <= real_of t)). intros j H x X.
  refine (le_correct prec _ _ _ _ _ (enc_real t) H). exact (I.abs_correct _ (Xreal (m x)) (enc_multiplier j x X)).
Qed.
Lemma enc_product bound n : encloses (product_of bound n) (stretched (fun i => real_of (bound i)) 0 n).
Proof. induction n as [|n IH]; [apply enc_Z|]. cbn [product_of stretched]. apply enc_mul; [apply enc_real | exact IH]. Qed.

Lemma map_continuous t : continuous T t.
Proof. apply (continuous_of_derivative T m). intros u. now apply step_of_derivative. Qed.
Lemma order_kept l x y : keeps_order_over l = true -> encloses l x -> encloses l y -> x <= y -> T x <= T y.
Proof.
  intros K X Y XY. apply (does_not_fall T m); [intros t; now apply step_of_derivative | | exact XY].
  intros t Ht. apply (keeps_order_over_correct l K). exact (enc_between l x y t X Y Ht).
Qed.
Lemma fixed_above_ref z : T z = z -> Lref <= z.
Proof.
  unfold step_of. intros H. pose proof (contrast_positive c eps z E). assert (0 < contrast_of c eps z / beta) by now apply Rdiv_lt_0_compat.
  destruct (Rle_lt_dec Lref z) as [Q|Q]; [exact Q|]. assert (0 <= alpha * (Lref - z)) by (apply Rmult_le_pos; lra). lra.
Qed.
Lemma first_step_up : Lref <= T Lref.
Proof.
  unfold step_of. pose proof (contrast_positive c eps Lref E). assert (0 < contrast_of c eps Lref / beta) by now apply Rdiv_lt_0_compat. lra.
Qed.

Theorem check_rise_correct first start x0 step steps limit : encloses start x0 -> (first = true -> step = 0%nat /\ x0 = Lref) ->
  check_rise first start step steps limit = true ->
  exists l, T l = l /\ in_bracket_of limit l /\ is_lim_seq (fun n => iterate T n x0) l /\
    (forall n, (step <= n)%nat -> iterate T n x0 <= iterate T (S n) x0) /\ forall z, T z = z -> iterate T step x0 <= z -> l <= z.
Proof.
  intros S First H. unfold check_rise in H. cbv zeta in H. apply both in H as [H Reach]. apply both in H as [H Up]. apply both in H as [H Far].
  apply both in H as [H Keep]. apply both in H as [H Below]. apply both in H as [Br Le]. apply Nat.leb_le in Le.
  pose proof (enc_walk step start x0 S) as W. set (here := walk step start) in *. set (x := iterate T step x0) in *.
  pose proof (enc_Q prec (to limit)) as Q. set (u := Q2R (to limit)) in *.
  pose proof (le_correct prec _ _ _ _ W Q Below) as XU.
  pose proof (le_correct prec _ _ _ _ (enc_map _ _ Q) Q Far) as Tu.
  pose proof (le_correct prec _ _ _ _ (enc_Q prec (from limit)) (enc_walk (steps - step) here x W) Reach) as R.
  unfold x in R. rewrite <- iterate_plus in R. replace (steps - step + step)%nat with steps in R by lia.
  assert (Tx : x <= T x).
  { apply either in Up as [Up|Up].
    - destruct (First Up) as [Z ->]. unfold x. rewrite Z. exact first_step_up.
    - assert (0 <= T x - x); [|lra]. apply (by_halves_correct _ (fun y => 0 <= T y - y)) with (2 := Up); [|exact W].
      intros j K y Y. exact (le_correct prec _ _ _ _ (enc_Z prec 0) (enc_gain j y Y) K). }
  assert (Order : forall y z, x <= y -> y <= z -> z <= u -> T y <= T z).
  { intros y z Y YZ Z. pose proof (enc_join_l here (e_Q prec (to limit)) x W). pose proof (enc_join_r here (e_Q prec (to limit)) u Q).
    apply (order_kept _ y z Keep); [| |exact YZ]; apply (enc_between _ x u); try assumption; lra. }
  destruct (run_rises T map_continuous x0 step steps Le u _ Order XU Tx Tu R) as [l [Fl [I [Lim [Mono Least]]]]].
  exists l. split; [exact Fl|]. split; [now apply (brackets_correct prec)|]. repeat split; assumption.
Qed.
Theorem check_fall_correct start x0 step steps limit : encloses start x0 -> check_fall start step steps limit = true ->
  exists l, T l = l /\ in_bracket_of limit l /\ is_lim_seq (fun n => iterate T n x0) l /\
    (forall n, (step <= n)%nat -> iterate T (S n) x0 <= iterate T n x0) /\ forall z, T z = z -> z <= iterate T step x0 -> z <= l.
Proof.
  intros S H. unfold check_fall in H. cbv zeta in H. apply both in H as [H Reach]. apply both in H as [H Down]. apply both in H as [H Far].
  apply both in H as [H Keep]. apply both in H as [H Above]. apply both in H as [Br Le]. apply Nat.leb_le in Le.
  pose proof (enc_walk step start x0 S) as W. set (here := walk step start) in *. set (x := iterate T step x0) in *.
  pose proof (enc_Q prec (from limit)) as Q. set (u := Q2R (from limit)) in *.
  pose proof (le_correct prec _ _ _ _ Q W Above) as UX.
  pose proof (le_correct prec _ _ _ _ Q (enc_map _ _ Q) Far) as Tu.
  pose proof (le_correct prec _ _ _ _ (enc_walk (steps - step) here x W) (enc_Q prec (to limit)) Reach) as R.
  unfold x in R. rewrite <- iterate_plus in R. replace (steps - step + step)%nat with steps in R by lia.
  assert (Tx : T x <= x).
  { assert (T x - x <= 0); [|lra]. apply (by_halves_correct _ (fun y => T y - y <= 0)) with (2 := Down); [|exact W].
    intros j K y Y. exact (le_correct prec _ _ _ _ (enc_gain j y Y) (enc_Z prec 0) K). }
  assert (Order : forall y z, u <= y -> y <= z -> z <= x -> T y <= T z).
  { intros y z Y YZ Z. pose proof (enc_join_r (e_Q prec (from limit)) here x W). pose proof (enc_join_l (e_Q prec (from limit)) here u Q).
    apply (order_kept _ y z Keep); [| |exact YZ]; apply (enc_between _ u x); try assumption; lra. }
  destruct (run_falls T x0 step steps u _ map_continuous Le Order UX Tx Tu R) as [l [Fl [I [Lim [Mono Greatest]]]]].
  exists l. split; [exact Fl|]. split; [now apply (brackets_correct prec)|]. repeat split; assumption.
Qed.

Lemma apart_correct x y s t : apart x y = true -> within x s -> within y t -> s <> t.
Proof. intros H [S1 S2] [T1 T2]. apply either in H as [H|H]; apply Qlt_bool_Rlt in H; lra. Qed.
Theorem check_trap_correct start x0 step places rate least most : encloses start x0 ->
  check_trap start step places rate least most = true -> means_drawn T m x0 step places rate least most.
Proof.
  intros S H. unfold check_trap in H. cbv zeta in H. set (n := length places) in *.
  set (basins := map basin_at places) in *. set (inner := map (fun p => range_at (bracket_at p)) places) in *.
  set (basin := around n basins nowhere) in *. set (within_it := around n inner nowhere) in *.
  set (bound := around n (bounds_of _ _) F.zero) in *.
  apply both in H as [H Turned]. apply both in H as [H Steep]. apply both in H as [H Prod]. apply both in H as [H IntoInner].
  apply both in H as [H Into]. apply both in H as [H Caught]. apply both in H as [H Apart]. apply both in H as [H Each].
  apply both in H as [H R1]. apply both in H as [N R0]. apply Nat.ltb_lt in N. apply Qlt_bool_Rlt in R1. rewrite Q2R_1 in R1.
  rewrite forallb_forall in Each.
  assert (Listed : forall i p, nth_error places i = Some p -> (i < n)%nat /\ basin i = basin_at p /\ within_it i = range_at (bracket_at p) /\ In p places).
  { intros i p K. assert (I : (i < n)%nat) by (apply nth_error_Some; congruence).
    split; [exact I|]. unfold basin, within_it, around, basins, inner. rewrite Nat.mod_small by exact I.
    pose proof (map_nth_error basin_at i places K) as K1. pose proof (map_nth_error (fun p => range_at (bracket_at p)) i places K) as K2.
    apply nth_error_nth with (d := nowhere) in K1, K2. split; [exact K1|]. split; [exact K2|]. now apply nth_error_In in K. }
  assert (Some_ : forall i, exists p, nth_error places (i mod n) = Some p).
  { intros i. destruct (nth_error places (i mod n)) as [p|] eqn:K; [now exists p|]. apply nth_error_None in K.
    pose proof (Nat.mod_upper_bound i n ltac:(lia)). unfold n in *. lia. }
  assert (Mod : forall A (l : list A) d i, around n l d (i mod n) = around n l d i).
  { intros A' l d i. unfold around. now rewrite Nat.mod_mod by lia. }
  assert (ModS : forall A (l : list A) d i, around n l d (Datatypes.S (i mod n)) = around n l d (Datatypes.S i)).
  { intros A' l d i. unfold around. f_equal. exact (Nat.add_mod_idemp_r 1 i n ltac:(lia)). }
  assert (Inside : forall i, Q2R (fst (basin i)) <= Q2R (fst (within_it i)) /\ Q2R (fst (within_it i)) <= Q2R (snd (within_it i)) /\
    Q2R (snd (within_it i)) <= Q2R (snd (basin i))).
  { intros i. destruct (Some_ i) as [p K]. destruct (Listed _ p K) as [_ [K1 [K2 K3]]].
    unfold basin, within_it in K1, K2 |- *. rewrite <- (Mod _ basins), <- (Mod _ inner), K1, K2. cbn [range_at fst snd].
    specialize (Each p K3). apply both in Each as [Each E3]. apply both in Each as [E1 E2]. apply Qle_bool_Rle in E2, E3.
    assert (Q2R (from (bracket_at p)) <= Q2R (to (bracket_at p))); [|lra]. unfold brackets in E1.
    do 4 (apply both in E1 as [E1 _]). now apply Qle_bool_Rle. }
  assert (Cell : forall r x, within r x -> encloses (cell prec (fst r) (snd r)) x) by (intros r x X; now apply enc_cell).
  assert (Into' : forall i x, within (basin i) x -> within (basin (Datatypes.S i)) (T x)).
  { refine (everywhere n _ (fun i => forall x, within (basin i) x -> within (basin (Datatypes.S i)) (T x)) N _ _ Into).
    - intros i K x X. apply (goes_into_correct _ _ K), Cell, X.
    - intros i K x X. unfold basin in *. rewrite (Mod _ basins) in K. rewrite (ModS _ basins) in K. now apply K. }
  assert (IntoInner' : forall i x, within (within_it i) x -> within (within_it (Datatypes.S i)) (T x)).
  { refine (everywhere n _ (fun i => forall x, within (within_it i) x -> within (within_it (Datatypes.S i)) (T x)) N _ _ IntoInner).
    - intros i K x X. apply (goes_into_correct _ _ K), Cell, X.
    - intros i K x X. unfold within_it in *. rewrite (Mod _ inner) in K. rewrite (ModS _ inner) in K. now apply K. }
  assert (Steep' : forall i t, within (basin i) t -> Rabs (m t) <= real_of (bound i)).
  { refine (everywhere n _ (fun i => forall t, within (basin i) t -> Rabs (m t) <= real_of (bound i)) N _ _ Steep).
    - intros i K x X. apply (less_steep_correct _ _ K), Cell, X.
    - intros i K x X. unfold basin, bound in *. rewrite !Mod in K. now apply K. }
  pose proof (le_correct prec _ _ _ _ (enc_product bound n) (enc_Q prec rate) Prod) as Rate.
  destruct (cycle_in_trap T m n (fun i => Q2R (fst (basin i))) (fun i => Q2R (snd (basin i))) (fun i => real_of (bound i))
    (fun i => Q2R (fst (within_it i))) (fun i => Q2R (snd (within_it i))) (Q2R rate)) as [x [Next [Round [Xb Follow]]]]; try assumption.
  { intros t. now apply step_of_derivative. }
  { intros i. unfold basin, bound, within_it. now rewrite !around_again. }
  exists x. split; [exact Next|]. split; [exact Round|]. split; [|split; [|split]].
  - intros i k [IK K]. rewrite forallb_forall in Apart. specialize (Apart k ltac:(apply in_seq; unfold n in *; lia)).
    rewrite forallb_forall in Apart. specialize (Apart i ltac:(apply in_seq; lia)).
    exact (apart_correct _ _ _ _ Apart (Xb i) (Xb k)).
  - assert (Back : iterate T (refining * n) (x 0%nat) = x 0%nat).
    { assert (Go : forall j, iterate T j (x 0%nat) = x j) by (induction j as [|j IH]; [reflexivity | cbn [iterate]; now rewrite IH]).
      generalize refining. intros r. induction r as [|r IH]; [reflexivity|]. cbn [Nat.mul]. rewrite iterate_plus, IH, Go. exact Round. }
    pose proof (enc_walk (refining * n) _ _ (Cell (within_it 0%nat) (x 0%nat) (Xb 0%nat))) as W. rewrite Back in W.
    pose proof (enc_turn n _ _ W) as K. apply both in Turned as [T1 T2].
    split; [exact (le_correct prec _ _ _ _ (enc_num prec _) K T1) | exact (le_correct prec _ _ _ _ K (enc_num prec _) T2)].
  - intros i p K. destruct (Listed i p K) as [_ [K1 [K2 K3]]]. specialize (Each p K3). do 2 (apply both in Each as [Each _]). split.
    + apply (brackets_correct prec); [exact Each|]. pose proof (Xb i) as X. rewrite K2 in X. exact X.
    + intros y Y. apply Follow. now rewrite K1.
  - destruct (Some_ 0%nat) as [p K]. rewrite Nat.mod_0_l in K by lia. exists p. split; [exact K|].
    destruct (Listed 0%nat p K) as [_ [K1 _]]. rewrite <- K1. pose proof (enc_walk step start x0 S) as W. apply both in Caught as [C1 C2].
    split; [exact (le_correct prec _ _ _ _ (enc_Q prec _) W C1) | exact (le_correct prec _ _ _ _ W (enc_Q prec _) C2)].
Qed.
End Map.

(** ** For every parameter of a box *)
Definition half : Q := (1 # 2)%Q.
Definition start_over (prec : F.precision) (b : box) (start : option Q) : I.type :=
  match start with Some p => logit_of prec (p, p) | None => logit_of prec (b_pref b) end.
Definition steepest_over (prec : F.precision) (b : box) : I.type := e_steepest prec (b_contrast b) (e_Q prec (fst (b_eps b))).
Definition widest_over (prec : F.precision) (b : box) : I.type :=
  let s := steepest_over prec b in
  I.add prec (I.sub prec (e_Z prec 1) (e_range prec (b_alpha b))) (I.div prec (I.join (I.neg s) s) (e_range prec (b_beta b))).
Definition from_above_half (b : box) (start : option Q) : bool :=
  Qle_bool half (fst (b_pref b)) &&& match start with Some p => Qle_bool half p | None => true end.

Definition check_sequence (b : box) (start : option Q) (k : course) (e : sequence_evidence) : bool :=
  let bits := match e with ByMirror bits | ByRun bits _ | ByTrap bits | ByForm bits _ => bits end in
  let prec := F.PtoP bits in
  let c := b_contrast b in
  let ia := e_range prec (b_alpha b) in
  let ib := e_range prec (b_beta b) in
  let ie := e_range prec (b_eps b) in
  let il := logit_of prec (b_pref b) in
  let widest := widest_over prec b in
  let first := start_over prec b start in
  let pulled := Qlt_bool 0 (fst (b_alpha b)) in
  let in_order := pulled &&& (from_above_half b start |||
    keeps_order_over prec c ia ib ie widest (I.join (I.join first il) (e_Z prec 0))) in
  Qlt_bool 0 (fst (b_beta b)) &&& match start with Some p => Qlt_bool 0 p &&& Qlt_bool p 1 | None => true end &&&
  match k, e with
  | GainsAlways gain, ByMirror _ =>
    Qlt_bool 0 gain &&& Qle_bool (snd (b_alpha b)) 0 &&& le prec (I.mul prec (e_Q prec gain) ib) (e_low prec c ie)
  | RisesFrom step limit, ByRun _ steps =>
    check_rise prec c ia ib ie il widest (match start with None => Nat.eqb step 0 | Some _ => false end) first step steps limit
  | FallsFrom step limit, ByRun _ steps => check_fall prec c ia ib ie il widest first step steps limit
  | DrawnTo step places rate least most, ByTrap _ => check_trap prec c ia ib ie il widest first step places rate least most
  | RisesToLeast, ByForm _ InOrder => match start with None => in_order | Some _ => false end
  | Settles, ByForm _ InOrder => in_order
  | Settles, ByForm _ Lifted =>
    pulled &&& le prec (e_Z prec 0) (I.add prec (I.mul prec ia il) (I.div prec (e_low prec c ie) ib))
  | Settles, ByForm _ Contracted =>
    pulled &&& lt prec (steepest_over prec b) (e_Q prec (fst (b_alpha b) * fst (b_beta b))%Q)
  | _, _ => false
  end.

Lemma above_half p : 0 < p < 1 -> 1/2 <= p -> 0 <= logit p.
Proof.
  intros P H. pose proof (logit_does_not_fall (1/2) p ltac:(lra) H ltac:(lra)) as K.
  replace (logit (1/2)) with 0 in K; [exact K|]. unfold logit. replace (1/2 / (1 - 1/2)) with 1 by field. now rewrite ln_1.
Qed.

Theorem check_sequence_correct b start k e : domain b = true -> check_sequence b start k e = true ->
  (forall p, start = Some p -> 0 < Q2R p < 1) /\
  forall alpha beta eps pref, in_box b alpha beta eps pref -> 0 < beta /\ goes (b_contrast b) k start alpha (logit pref) beta eps.
Proof.
  intros D H. unfold check_sequence in H. cbv zeta in H. set (prec := F.PtoP _) in *.
  apply both in H as [H K]. apply both in H as [B0 St]. apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  assert (Start : forall p, start = Some p -> 0 < Q2R p < 1).
  { intros p ->. apply both in St as [S0 S1]. apply Qlt_bool_Rlt in S0, S1. rewrite Q2R_0 in S0. rewrite Q2R_1 in S1. lra. }
  split; [exact Start|]. intros alpha beta eps pref In. destruct (proj2 (domain_correct b D) _ _ _ _ In) as [A [E P]].
  assert (B : 0 < beta) by (destruct In as [_ [[W _] _]]; lra). split; [exact B|].
  set (c := b_contrast b) in *. set (Lref := logit pref). set (x0 := first_of_all start Lref).
  pose proof (enc_range prec _ _ (proj1 In)) as Ha. pose proof (enc_range prec _ _ (proj1 (proj2 In))) as Hb.
  pose proof (enc_range prec _ _ (proj1 (proj2 (proj2 In)))) as He. pose proof (enc_logit prec _ _ (proj2 (proj2 (proj2 In)))) as Hl.
  fold Lref in Hl. set (ia := e_range prec (b_alpha b)) in *. set (ib := e_range prec (b_beta b)) in *. set (ie := e_range prec (b_eps b)) in *.
  set (il := logit_of prec (b_pref b)) in *. set (first := start_over prec b start) in *.
  assert (E1 : 0 < Q2R (fst (b_eps b))).
  { destruct (proj2 (domain_correct b D) alpha beta (Q2R (fst (b_eps b))) pref) as [_ [Q _]]; [|exact Q].
    destruct In as [W1 [W2 [[W3 W4] W5]]]. repeat split; try apply W1; try apply W2; try apply W5; lra. }
  pose proof (enc_steepest prec c _ _ E1 (enc_Q prec _) : encloses (steepest_over prec b) _) as Hs.
  pose proof (steepest_falls c _ eps E1 (proj1 (proj1 (proj2 (proj2 In))))) as Falls.
  assert (Hw : forall x, encloses (widest_over prec b) (multiplier_of c alpha beta eps x)).
  { intros x. apply enc_add; [apply enc_sub; [apply enc_Z | exact Ha]|]. apply enc_div; [|exact Hb].
    apply (enc_between _ (- steepest_of c (Q2R (fst (b_eps b)))) (steepest_of c (Q2R (fst (b_eps b))))).
    - now apply enc_join_l, enc_neg.
    - now apply enc_join_r.
    - pose proof (slope_steepest c eps x E). lra. }
  set (widest := widest_over prec b) in *.
  assert (Hx : encloses first x0).
  { unfold first, x0, start_over, first_of_all. destruct start; [apply enc_logit; split; apply Rle_refl | exact Hl]. }
  assert (Pulled : Qlt_bool 0 (fst (b_alpha b)) = true -> 0 < alpha <= 1).
  { intros Q. apply Qlt_bool_Rlt in Q. rewrite Q2R_0 in Q. destruct In as [[W _] _]. lra. }
  assert (Ordered : (Qlt_bool 0 (fst (b_alpha b)) &&& (from_above_half b start |||
      keeps_order_over prec c ia ib ie widest (I.join (I.join first il) (e_Z prec 0)))) = true ->
    exists z, step_of c alpha Lref beta eps z = z /\ is_lim_seq (fun n => iterate (step_of c alpha Lref beta eps) n x0) z /\
    (x0 = Lref -> (forall n, iterate (step_of c alpha Lref beta eps) n x0 <= iterate (step_of c alpha Lref beta eps) (S n) x0) /\
      forall y, step_of c alpha Lref beta eps y = y -> z <= y)).
  { intros Q. apply both in Q as [Q0 Q]. apply Pulled in Q0. apply either in Q as [Q|Q].
    - apply both in Q as [Q1 Q2]. apply Qle_bool_Rle in Q1. replace (Q2R half) with (1/2) in Q1 by (unfold half, Q2R; simpl; lra).
      assert (R0 : 0 <= Lref). { apply above_half; [exact P|]. destruct In as [_ [_ [_ [W _]]]]. lra. }
      apply (settles_in_order c alpha Lref beta eps x0 Q0 B E 0); [|exact R0|].
      + unfold x0, first_of_all. destruct start as [p|]; [|exact R0]. apply above_half; [now apply Start|].
        apply Qle_bool_Rle in Q2. replace (Q2R half) with (1/2) in Q2 by (unfold half, Q2R; simpl; lra). exact Q2.
      + intros t T0 T1. unfold multiplier_of. pose proof (slope_above_0 c eps t E T0).
        assert (0 <= slope_of c eps t / beta) by (apply Rdiv_le_0_compat; lra). lra.
    - pose proof (enc_join_r (I.join first il) (e_Z prec 0) 0 (enc_Z prec 0)) as J0.
      pose proof (enc_join_l (I.join first il) (e_Z prec 0) x0 (enc_join_l first il x0 Hx)) as J1.
      pose proof (enc_join_l (I.join first il) (e_Z prec 0) Lref (enc_join_r first il Lref Hl)) as J2.
      set (l := Rmin (Rmin x0 Lref) 0). assert (Low : l <= x0 /\ l <= Lref /\ l <= 0).
      { unfold l. pose proof (Rmin_l (Rmin x0 Lref) 0). pose proof (Rmin_r (Rmin x0 Lref) 0). pose proof (Rmin_l x0 Lref). pose proof (Rmin_r x0 Lref). lra. }
      assert (J : encloses (I.join (I.join first il) (e_Z prec 0)) l).
      { unfold l, Rmin. destruct (Rle_dec x0 Lref); destruct (Rle_dec _ 0); assumption. }
      apply (settles_in_order c alpha Lref beta eps x0 Q0 B E l); try apply Low. intros t T0 T1.
      apply (keeps_order_over_correct prec c ia ib ie widest alpha beta eps Ha Hb He Hw A B E _ Q).
      exact (enc_between _ l 0 t J J0 (conj T0 T1)). }
  destruct k as [gain|step limit|step limit|step places rate least most| |]; destruct e as [bits|bits steps|bits|bits form]; try discriminate; cbn [goes]; cbv zeta; fold x0.
  - apply both in K as [K K2]. apply both in K as [K0 K1]. apply Qlt_bool_Rlt in K0. apply Qle_bool_Rle in K1. rewrite Q2R_0 in K0, K1.
    assert (Z : alpha = 0) by (destruct In as [[_ W] _]; lra). rewrite Z. apply gains_always; try assumption.
    exact (le_correct prec _ _ _ _ (enc_mul prec _ _ _ _ (enc_Q prec gain) Hb) (enc_low prec c _ _ E He) K2).
  - destruct (check_rise_correct prec c ia ib ie il widest alpha beta eps Lref Ha Hb He Hl Hw A B E
      (match start with None => Nat.eqb step 0 | Some _ => false end) first x0 step steps limit Hx) with (2 := K) as [l [F [I [Lim [Mono Least]]]]].
    { intros Q. unfold x0, first_of_all. destruct start; [discriminate|]. apply Nat.eqb_eq in Q. now split. }
    exists l. split; [exact F|]. split; [exact I|]. split; [exact Lim|]. split; [exact Mono|]. split; [exact Least|].
    intros S0 N z Z. apply Least; [exact Z|]. rewrite S0. cbn [iterate]. unfold x0. rewrite N. cbn [first_of_all].
    exact (fixed_above_ref c alpha beta eps Lref A B E z Z).
  - exact (check_fall_correct prec c ia ib ie il widest alpha beta eps Lref Ha Hb He Hl Hw A B E first x0 step steps limit Hx K).
  - exact (check_trap_correct prec c ia ib ie il widest alpha beta eps Lref Ha Hb He Hl Hw A B E first x0 step places rate least most Hx K).
  - destruct form; try discriminate. destruct start; [discriminate|]. destruct (Ordered K) as [z [F [Lim G]]].
    destruct (G eq_refl) as [Up Least]. exists z. repeat split; assumption.
  - destruct form.
    + destruct (Ordered K) as [z [F [Lim _]]]. exists z. now split.
    + apply both in K as [K0 K]. apply Pulled in K0. apply settles_by_lift; try assumption.
      refine (le_correct prec _ _ _ _ (enc_Z prec 0) _ K). apply enc_add; [now apply enc_mul|]. apply enc_div; [now apply enc_low | exact Hb].
    + apply both in K as [K0 K]. apply Pulled in K0. apply settles_by_contraction; try assumption.
      pose proof (lt_correct prec _ _ _ _ Hs (enc_Q prec _) K) as Q. rewrite Q2R_mult in Q.
      assert (Q2R (fst (b_alpha b)) * Q2R (fst (b_beta b)) <= alpha * beta); [|lra].
      destruct In as [[W1 W2] [[W3 W4] W5]]. assert (0 <= Q2R (fst (b_alpha b))).
      { destruct (proj2 (domain_correct b D) (Q2R (fst (b_alpha b))) beta eps pref) as [Z _]; [|lra].
        repeat split; try apply W5; lra. }
      apply Rmult_le_compat; lra.
Qed.
End SequencesChecker.

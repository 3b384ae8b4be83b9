(** * Orbits of cells, enclosed: the map, its iterates and their slopes over intervals

    The map over an interval is enclosed as it is written and by the mean value theorem, from the middle. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval Interval.Interval_compl.
From VerifiedGRPO Require Import Calculus Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker RegionsChecker CycleStatements CyclesProved.
Import ListNotations.
Open Scope R_scope.

(** The mean value theorem, from either side. *)
Lemma mean_value_beside (f f' : R -> R) y x : (forall t, is_derive f t (f' t)) ->
  exists t, Rmin y x <= t <= Rmax y x /\ f x = f y + f' t * (x - y).
Proof.
  intros D. destruct (MVT_gen f y x f') as [t [I H]].
  - intros t _. apply D.
  - intros t _. apply continuity_pt_filterlim. apply (ex_derive_continuous f). now exists (f' t).
  - exists t. split; [exact I | lra].
Qed.

Module OrbitEnclosures (F : FloatOps with Definition sensible_format := true).
Module R := RegionsChecker F.
Import R.S.C.E R.S.C R.S R.

Notation middle_of l := (proj_val (I.F.toX (I.midpoint l))).
Definition at_middle (l : I.type) : I.type := I.singleton (I.midpoint l).
Lemma enc_middle l x : encloses l x -> encloses l (middle_of l) /\ encloses (at_middle l) (middle_of l).
Proof.
  intros H. split; [|apply I.singleton_correct]. destruct (I.midpoint_correct l) as [E C]; [now exists x|].
  unfold encloses. now rewrite <- E.
Qed.
Lemma enc_between l x y t : encloses l x -> encloses l y -> Rmin y x <= t <= Rmax y x -> encloses l t.
Proof.
  intros X Y H. unfold Rmin, Rmax in H. destruct (Rle_dec y x).
  - exact (contains_connected _ y x Y X t H).
  - exact (contains_connected _ x y X Y t H).
Qed.
Lemma enc_meet i j x : encloses i x -> encloses j x -> encloses (I.meet i j) x.
Proof. apply I.meet_correct. Qed.

Section Map.
Variables (prec : F.precision) (c : contrast).
(** 1 - alpha, alpha L_ref, beta and eps do not change from step to step. *)
Variables stay pull ib ie : I.type.
Definition e_map (l : I.type) : I.type :=
  I.add prec (I.add prec (I.mul prec stay l) pull) (I.div prec (e_contrast prec c ie l) ib).
Definition e_multiplier (l : I.type) : I.type := I.add prec stay (I.div prec (e_slope_of prec c ie l) ib).
(** The map and its slope over an interval. *)
Definition image (l : I.type) : I.type * I.type :=
  let m := at_middle l in let s := e_multiplier l in
  (I.meet (e_map l) (I.add prec (e_map m) (I.mul prec s (I.sub prec l m))), s).
(** The same of n steps. *)
Fixpoint turned (n : nat) (l : I.type) : I.type * I.type :=
  match n with
  | O => (l, e_Z prec 1)
  | S k => let (there, s) := image l in let (far, steep) := turned k there in (far, I.mul prec s steep)
  end.

Variables alpha beta eps Lref : R.
Hypothesis Stay : encloses stay (1 - alpha).
Hypothesis Pull : encloses pull (alpha * Lref).
Hypothesis Hb : encloses ib beta.
Hypothesis He : encloses ie eps.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (step_of c alpha Lref beta eps).
Notation m := (multiplier_of c alpha beta eps).
Lemma T_derivative x : is_derive T x (m x). Proof. now apply step_of_derivative. Qed.
Lemma enc_map l x : encloses l x -> encloses (e_map l) (T x).
Proof.
  intros H. apply enc_add; [apply enc_add; [now apply enc_mul | exact Pull]|]. apply enc_div; [|exact Hb]. now apply enc_contrast.
Qed.
Lemma enc_multiplier l x : encloses l x -> encloses (e_multiplier l) (m x).
Proof. intros H. apply enc_add; [exact Stay|]. apply enc_div; [|exact Hb]. now apply enc_slope_of. Qed.
Lemma enc_image l x : encloses l x -> encloses (fst (image l)) (T x) /\ encloses (snd (image l)) (m x).
Proof.
  intros H. unfold image. cbn [fst snd]. split; [|now apply enc_multiplier]. apply enc_meet; [now apply enc_map|].
  destruct (enc_middle l x H) as [M N]. destruct (mean_value_beside T m (middle_of l) x T_derivative) as [t [I ->]].
  apply enc_add; [now apply enc_map|]. apply enc_mul; [|now apply enc_sub]. apply enc_multiplier. exact (enc_between l x _ t H M I).
Qed.
Lemma enc_turned n : forall l x, encloses l x ->
  encloses (fst (turned n l)) (iterate T n x) /\ encloses (snd (turned n l)) (product m (orbit T n x)).
Proof.
  induction n as [|n IH]; intros l x H; [split; [exact H | apply enc_Z]|]. cbn [turned orbit].
  destruct (enc_image l x H) as [I1 I2]. destruct (image l) as [there s]. cbn [fst snd] in I1, I2.
  destruct (IH there (T x) I1) as [J1 J2]. destruct (turned n there) as [far steep]. cbn [fst snd] in *.
  split; [cbn [iterate]; now rewrite <- iterate_commutes|]. now apply enc_mul.
Qed.
End Map.
End OrbitEnclosures.

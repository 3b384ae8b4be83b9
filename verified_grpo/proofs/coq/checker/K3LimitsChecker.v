(** * Checks of convergence under the penalty k3, and the proof that what they accept holds

    Evidence is that all steps stay above 1/2, or a tree of parts of the box where they do, or where the values of the step
    keep to intervals, each within the one before, in the last of which the step contracts; against it, one point. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval Interval.Interval_compl.
From VerifiedGRPO Require Import Calculus Definitions Monotone Cells SmallStepsK3.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker
  K3Statements K3Contrasts K3Proved K3Limits K3Checker K3StepsChecker.
Import ListNotations.
Open Scope R_scope.

(** In preorder: a cut is followed by what is below it, then by what is above. *)
Inductive axis_k3 := AlongBeta | AlongEps | AlongPref.
Inductive node_k3 := CutK3 (along : axis_k3) (at_ : Q) | HalfLeaf | NestedLeaf.
Definition part_k3 (b : box_k3) (a : axis_k3) (cut : range -> range) : box_k3 :=
  let '(BoxK3 c rb re rp) := b in
  match a with AlongBeta => BoxK3 c (cut rb) re rp | AlongEps => BoxK3 c rb (cut re) rp | AlongPref => BoxK3 c rb re (cut rp) end.
Fixpoint paves_k3 (test : bool -> box_k3 -> bool) (nodes : list node_k3) (waiting : list box_k3) : bool :=
  match nodes, waiting with
  | [], [] => true
  | CutK3 a x :: rest, l :: others =>
    paves_k3 test rest (part_k3 l a (fun r => (fst r, x)) :: part_k3 l a (fun r => (x, snd r)) :: others)
  | HalfLeaf :: rest, l :: others => if test true l then paves_k3 test rest others else false
  | NestedLeaf :: rest, l :: others => if test false l then paves_k3 test rest others else false
  | _, _ => false
  end.
Lemma either_part_k3 b a x beta eps pref : in_box_k3 b beta eps pref ->
  in_box_k3 (part_k3 b a (fun r => (fst r, x))) beta eps pref \/ in_box_k3 (part_k3 b a (fun r => (x, snd r))) beta eps pref.
Proof.
  destruct b as [c rb re rp]. unfold in_box_k3, within. intros [HB [HE HP]]. cbn [k3_beta k3_eps k3_pref] in *.
  destruct a; cbn [part_k3 k3_beta k3_eps k3_pref fst snd].
  - destruct (Rle_lt_dec beta (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec eps (Q2R x)); [left | right]; repeat split; lra.
  - destruct (Rle_lt_dec pref (Q2R x)); [left | right]; repeat split; lra.
Qed.
Lemma part_contrast_k3 b a cut : k3_contrast (part_k3 b a cut) = k3_contrast b.
Proof. destruct b as [c rb re rp]. now destruct a. Qed.
Lemma paves_k3_correct c test (T : R -> R -> R -> Prop) :
  (forall k b, k3_contrast b = c -> test k b = true -> forall beta eps pref, in_box_k3 b beta eps pref -> T beta eps pref) ->
  forall nodes waiting, (forall b, In b waiting -> k3_contrast b = c) -> paves_k3 test nodes waiting = true ->
  forall b, In b waiting -> forall beta eps pref, in_box_k3 b beta eps pref -> T beta eps pref.
Proof.
  intros K. induction nodes as [|n rest IH]; intros waiting C H b I beta eps pref X.
  - destruct waiting; [destruct I | discriminate].
  - destruct waiting as [|b0 others]; [destruct n; discriminate|].
    assert (Leaf_case : forall k, (if test k b0 then paves_k3 test rest others else false) = true -> T beta eps pref).
    { intros k R. apply both in R as [Tk R]. destruct I as [->|I]; [exact (K k b (C b (or_introl eq_refl)) Tk _ _ _ X)|].
      exact (IH others (fun b I => C b (or_intror I)) R b I _ _ _ X). }
    destruct n as [a x| |]; cbn [paves_k3] in H; try (now apply (Leaf_case _ H)).
    assert (C' : forall b, In b (part_k3 b0 a (fun r => (fst r, x)) :: part_k3 b0 a (fun r => (x, snd r)) :: others) -> k3_contrast b = c).
    { intros b' [<-|[<-|I']]; [rewrite part_contrast_k3; apply C; now left | rewrite part_contrast_k3; apply C; now left | apply C; now right]. }
    destruct I as [->|I].
    + destruct (either_part_k3 b a x _ _ _ X) as [Y|Y]; (eapply (IH _ C' H); [|exact Y]); [now left | right; now left].
    + apply (IH _ C' H b); [right; now right | exact X].
Qed.

Module K3LimitsChecker (F : FloatOps with Definition sensible_format := true).
Module St := K3StepsChecker F.
Import St.K.S.C.E St.K.S.C St.K.S St.K St.

(** ** Ends of an interval, as intervals of one point *)
Definition point_of (f : F.type) : I.type := if F.real f then I.bnd f f else I.nai.
Definition low_end (i : I.type) : I.type := point_of (I.lower i).
Definition high_end (i : I.type) : I.type := point_of (I.upper i).
Lemma enc_point f x : (F.real f = true -> F.toX f = Xreal x) -> encloses (point_of f) x.
Proof.
  intros H. unfold point_of. destruct (F.real f) eqn:R; [|apply enc_nan; rewrite I.nai_correct; exact I].
  specialize (H eq_refl). unfold encloses. rewrite F.classify_correct in R. rewrite I.bnd_correct.
  - rewrite H. simpl. lra.
  - unfold I.valid_lb. rewrite F.valid_lb_correct. destruct (F.classify f); try discriminate; reflexivity.
  - unfold I.valid_ub. rewrite F.valid_ub_correct. destruct (F.classify f); try discriminate; reflexivity.
Qed.
Lemma enc_ends i x : encloses i x -> exists a z, a <= x <= z /\ encloses (low_end i) a /\ encloses (high_end i) z.
Proof.
  intros H. assert (N : not_empty (I.convert i)) by (now exists x).
  pose proof (I.lower_correct i N) as L. pose proof (I.upper_correct i N) as U. unfold encloses in H.
  exists (match F.toX (I.lower i) with Xreal a => a | Xnan => x end), (match F.toX (I.upper i) with Xreal z => z | Xnan => x end).
  split; [|split].
  - change I.F.toX with F.toX in *. rewrite L, U. destruct (I.convert i) as [|l u]; simpl in *; [lra|]. destruct l, u; simpl in *; lra.
  - apply enc_point. intros R. rewrite F.real_correct in R. destruct (F.toX (I.lower i)); [discriminate | reflexivity].
  - apply enc_point. intros R. rewrite F.real_correct in R. destruct (F.toX (I.upper i)); [discriminate | reflexivity].
Qed.
Definition bounded (i : I.type) : bool := F.real (I.lower i) &&& F.real (I.upper i).
Lemma bounded_ends i : bounded i = true -> exists a z, encloses (low_end i) a /\ encloses (high_end i) z /\
  forall x, encloses i x <-> a <= x <= z.
Proof.
  intros H. apply both in H as [L U]. destruct i as [|l u]; cbn [I.lower I.upper] in *.
  - exfalso. rewrite F.classify_correct, F.nan_correct in L. discriminate.
  - exists (match F.toX l with Xreal a => a | Xnan => 0 end), (match F.toX u with Xreal z => z | Xnan => 0 end).
    split; [|split].
    + apply enc_point. cbn [I.lower]. intros R. rewrite F.real_correct in R. destruct (F.toX l); [discriminate | reflexivity].
    + apply enc_point. cbn [I.upper]. intros R. rewrite F.real_correct in R. destruct (F.toX u); [discriminate | reflexivity].
    + intros x. unfold encloses. cbn [I.convert].
      assert (V : (F.valid_lb l && F.valid_ub u)%bool = true).
      { rewrite F.valid_lb_correct, F.valid_ub_correct. rewrite F.classify_correct in L, U.
        destruct (F.classify l), (F.classify u); try discriminate; reflexivity. }
      change I.F.valid_lb with F.valid_lb. change I.F.valid_ub with F.valid_ub. change I.F.toX with F.toX. rewrite V.
      rewrite F.real_correct in L, U. destruct (F.toX l), (F.toX u); try discriminate. reflexivity.
Qed.
Lemma enc_between i j a x z : encloses i a -> encloses j z -> a <= x <= z -> encloses (I.join i j) x.
Proof.
  intros A Z H. apply (contains_connected _ a z); [| |exact H]; apply I.join_correct; [left; exact A | right; exact Z].
Qed.

Section Box.
Variables (prec : F.precision) (b : box_k3).
Notation c := (k3_contrast b).
Notation q := (e_Q prec).
Notation ib := (i_beta_k3 prec b).
Notation ie := (i_eps_k3 prec b).

(** beta (2 - 4 p_ref) <= Omega(0). *)
Definition above_half_k3 : bool :=
  le prec (q (snd (k3_beta b) * (2 - 4 * fst (k3_pref b)))%Q) (e_low prec c ie).

(** ** Values of the step over an interval *)
(** The contrast is even and rises in |L|. *)
Definition e_contrast_over (i : I.type) : I.type :=
  let a := low_end i in let z := high_end i in let ends := I.join (e_contrast prec c ie a) (e_contrast prec c ie z) in
  if le prec (e_Z prec 0) a ||| le prec z (e_Z prec 0) then ends else I.join (e_low prec c ie) ends.
(** The log of the positive root, in the form that loses no digits. *)
Definition e_root (p : Q) (k : I.type) : I.type :=
  let t := I.sub prec k (q (1 - 2 * p)%Q) in
  let s := I.sqrt prec (I.add prec (I.mul prec t t) (q (4 * (p * (1 - p)))%Q)) in
  I.ln prec (if lt prec t (e_Z prec 0) then I.div prec (q (2 * p)%Q) (I.sub prec s t)
             else I.div prec (I.add prec t s) (q (2 * (1 - p))%Q)).
(** It rises in k and in p_ref. *)
Definition e_answer (k : I.type) : I.type :=
  I.join (e_root (fst (k3_pref b)) (low_end k)) (e_root (snd (k3_pref b)) (high_end k)).
Definition values_over (k : I.type) : I.type := e_answer (I.div prec k ib).
Definition first_k3 : I.type := I.join (i_ref_k3 prec b) (values_over (e_high prec c ie)).
Definition shrunk (i : I.type) : I.type := I.meet i (values_over (e_contrast_over i)).

(** ** Contraction: |b| <= rate beta kappa, kappa a lower bound of the slope of the pull *)
Definition rate : Q := 1099511627775 # 1099511627776.
Definition least_variance : Q :=
  let (p, r) := k3_pref b in if Qle_bool (p * (1 - p)) (r * (1 - r)) then (p * (1 - p))%Q else (r * (1 - r))%Q.
Definition flat (kappa i : I.type) : bool :=
  let t := I.mul prec (q rate) (I.mul prec ib kappa) in let t' := I.neg t in
  by_halves (fun j => let s := e_slope_of prec c ie j in le prec s t &&& le prec t' s) 6 i.
Definition contracts (i : I.type) : bool :=
  bounded i &&&
  (flat (I.mul prec (e_Z prec 2) (I.sqrt prec (q least_variance))) i |||
   flat (I.add prec (I.mul prec (i_other_k3 prec b) (e_exp prec (low_end i)))
     (I.mul prec (i_pref_k3 prec b) (e_exp prec (I.neg (high_end i))))) i).
Fixpoint nests (n : nat) (i : I.type) : bool :=
  contracts i ||| match n with O => false | S k => nests k (shrunk i) end.
Definition nested_k3 (n : nat) : bool := nests n first_k3.

Hypothesis D : domain_k3 b = true.
Variables beta eps pref : R.
Hypothesis In : in_box_k3 b beta eps pref.
Notation drive := (drive_of_k3 c beta eps pref).
Notation Omega := (contrast_of c eps).
Notation Lref := (logit pref).
Let B : 0 < beta. Proof. exact (proj1 (inside_k3 b D beta eps pref In)). Qed.
Let E : 0 < eps. Proof. exact (proj1 (proj2 (inside_k3 b D beta eps pref In))). Qed.
Let P : 0 < pref < 1. Proof. exact (proj2 (proj2 (inside_k3 b D beta eps pref In))). Qed.
Let Eb : encloses ib beta. Proof. exact (enc_beta_k3 prec b beta eps pref In). Qed.
Let Ee : encloses ie eps. Proof. exact (enc_eps_k3 prec b beta eps pref In). Qed.

Lemma above_half_k3_correct : above_half_k3 = true -> claimed_k3 c ConvergentK3 beta eps pref.
Proof.
  intros H. pose proof (le_correct prec _ _ _ _ (enc_Q prec _) (enc_low prec c ie eps E Ee) H) as R.
  rewrite Q2R_mult, Q2R_minus, Q2R_mult, Q2R_2 in R. replace (Q2R 4) with 4 in R by (unfold Q2R; simpl; lra).
  pose proof In as [[B1 B2] [_ [P1 P2]]]. pose proof (low_positive c eps E) as W.
  assert (Half : beta * (2 - 4 * pref) <= low_of c eps).
  { destruct (Rle_lt_dec (2 - 4 * pref) 0) as [Q|Q]; [nra|]. apply Rle_trans with (2 := R). apply Rmult_le_compat; lra. }
  destruct (zero_exists c beta eps pref B E P) as [x Z]. exists x. split; [now apply (only_fixed_of c beta eps pref B E P)|].
  split; [now apply (fixed_above_half c beta eps pref x B E P Z)|]. split.
  - intros L. now apply one_step.
  - intros L Start Moves. now apply (tends_above_half c beta eps pref x B E P Z L).
Qed.

Lemma enc_contrast_over i L : encloses i L -> encloses (e_contrast_over i) (Omega L).
Proof.
  intros H. unfold e_contrast_over. cbv zeta. destruct (enc_ends i L H) as [a [z [T [Ea Ez]]]].
  pose proof (enc_contrast prec c _ _ _ _ E Ee Ea) as Oa. pose proof (enc_contrast prec c _ _ _ _ E Ee Ez) as Oz.
  set (ends := I.join _ _).
  assert (Up : 0 <= a -> encloses ends (Omega L)).
  { intros Q. apply (enc_between _ _ (Omega a) _ (Omega z) Oa Oz). split; apply contrast_rises; lra. }
  assert (Down : z <= 0 -> encloses ends (Omega L)).
  { intros Q. unfold ends. apply (contains_connected _ (Omega z) (Omega a)).
    - apply I.join_correct. right. exact Oz.
    - apply I.join_correct. left. exact Oa.
    - rewrite <- (contrast_even c eps z E), <- (contrast_even c eps L E), <- (contrast_even c eps a E). split; apply contrast_rises; lra. }
  destruct (le prec (e_Z prec 0) (low_end i) ||| le prec (high_end i) (e_Z prec 0)) eqn:S.
  - apply either in S as [S|S]; [apply Up, (le_correct prec _ _ _ _ (enc_Z prec 0) Ea S) | apply Down, (le_correct prec _ _ _ _ Ez (enc_Z prec 0) S)].
  - pose proof (contrast_bounds c eps L E) as [Lw _]. pose proof (enc_low prec c ie eps E Ee) as El.
    destruct (Rle_lt_dec 0 L) as [Q|Q].
    + apply (enc_between _ _ (low_of c eps) _ (Omega z) El); [apply I.join_correct; right; exact Oz|].
      split; [exact Lw | apply contrast_rises; lra].
    + apply (enc_between _ _ (low_of c eps) _ (Omega a) El); [apply I.join_correct; left; exact Oa|].
      split; [exact Lw|]. rewrite <- (contrast_even c eps L E), <- (contrast_even c eps a E). apply contrast_rises; lra.
Qed.
Lemma enc_root p k x : 0 < Q2R p < 1 -> encloses k x -> encloses (e_root p k) (answer (Q2R p) x).
Proof.
  intros Pp H. unfold e_root, answer. cbv zeta. set (t := I.sub prec _ _).
  assert (Et : encloses t (x - (1 - 2 * Q2R p))).
  { apply enc_sub; [exact H|]. replace (1 - 2 * Q2R p) with (Q2R (1 - 2 * p)) by (rewrite Q2R_minus, Q2R_mult, Q2R_1, Q2R_2; reflexivity). apply enc_Q. }
  set (y := x - (1 - 2 * Q2R p)) in *. pose proof (root_positive (Q2R p) Pp y) as R.
  assert (Es : encloses (I.sqrt prec (I.add prec (I.mul prec t t) (q (4 * (p * (1 - p)))%Q))) (sqrt (y * y + 4 * (Q2R p * (1 - Q2R p))))).
  { apply enc_sqrt, enc_add; [now apply enc_mul|].
    replace (4 * (Q2R p * (1 - Q2R p))) with (Q2R (4 * (p * (1 - p))));
      [apply enc_Q | rewrite !Q2R_mult, Q2R_minus, Q2R_1; replace (Q2R 4) with 4 by (unfold Q2R; simpl; lra); reflexivity]. }
  set (s := sqrt _) in *. apply enc_ln. destruct (lt prec t (e_Z prec 0)) eqn:N.
  - pose proof (lt_correct prec _ _ _ _ Et (enc_Z prec 0) N) as Y0.
    assert (S : s * s = y * y + 4 * (Q2R p * (1 - Q2R p))).
    { unfold s. apply sqrt_sqrt. assert (0 < Q2R p * (1 - Q2R p)) by (apply Rmult_lt_0_compat; lra). nra. }
    replace ((y + s) / (2 * (1 - Q2R p))) with (Q2R (2 * p) / (s - y)).
    + apply enc_div; [apply enc_Q | now apply enc_sub].
    + rewrite Q2R_mult, Q2R_2. apply (Rmult_eq_reg_r ((s - y) * (2 * (1 - Q2R p)))); [|apply Rgt_not_eq, Rmult_lt_0_compat; lra].
      replace (2 * Q2R p / (s - y) * ((s - y) * (2 * (1 - Q2R p)))) with (4 * (Q2R p * (1 - Q2R p))) by (field; lra).
      replace ((y + s) / (2 * (1 - Q2R p)) * ((s - y) * (2 * (1 - Q2R p)))) with (s * s - y * y) by (field; lra). lra.
  - apply enc_div; [now apply enc_add|]. replace (2 * (1 - Q2R p)) with (Q2R (2 * (1 - p))) by (rewrite Q2R_mult, Q2R_minus, Q2R_1, Q2R_2; reflexivity).
    apply enc_Q.
Qed.
Lemma pull_falls_in_p p r L : p <= r -> pull_of r L <= pull_of p L.
Proof.
  intros H. unfold pull_of. pose proof (v_range L) as V. unfold v in V. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | lra].
Qed.
Lemma answer_rises_in_p p r k : 0 < p < 1 -> 0 < r < 1 -> p <= r -> answer p k <= answer r k.
Proof.
  intros Pp Pr H. apply (pull_order r Pr). rewrite (pull_answer r Pr). rewrite <- (pull_answer p Pp k) at 2. now apply pull_falls_in_p.
Qed.
Lemma ends_inside : 0 < Q2R (fst (k3_pref b)) < 1 /\ 0 < Q2R (snd (k3_pref b)) < 1.
Proof.
  destruct In as [HB [HE [P1 P2]]]. split.
  - destruct (inside_k3 b D beta eps (Q2R (fst (k3_pref b)))) as [_ [_ H]]; [|exact H]. unfold in_box_k3, within in *. repeat split; lra.
  - destruct (inside_k3 b D beta eps (Q2R (snd (k3_pref b)))) as [_ [_ H]]; [|exact H]. unfold in_box_k3, within in *. repeat split; lra.
Qed.
Lemma enc_answer k x : encloses k x -> encloses (e_answer k) (answer pref x).
Proof.
  intros H. destruct (enc_ends k x H) as [a [z [T [Ea Ez]]]]. destruct ends_inside as [P1 P2]. pose proof In as [_ [_ [I1 I2]]].
  apply (enc_between _ _ _ _ _ (enc_root _ _ _ P1 Ea) (enc_root _ _ _ P2 Ez)). split.
  - apply Rle_trans with (answer (Q2R (fst (k3_pref b))) x); [now apply answer_order | now apply answer_rises_in_p].
  - apply Rle_trans with (answer (Q2R (snd (k3_pref b))) x); [now apply answer_rises_in_p | now apply answer_order].
Qed.

Variable x : R.
Hypothesis X : drive x = 0.
(** The fixed point is in i, and so is every sequence, from the n-th element on. *)
Definition holds_in (n : nat) (i : I.type) : Prop := encloses i x /\
  forall L : nat -> R, L 0%nat = Lref -> (forall n, moves c beta eps pref (L n) (L (S n))) -> forall k, (n <= k)%nat -> encloses i (L k).

Lemma enc_value i L L' : encloses i L -> moves c beta eps pref L L' -> encloses (values_over (e_contrast_over i)) L'.
Proof.
  intros H M. apply (moves_is c beta eps pref P) in M. rewrite M. apply enc_answer. apply enc_div; [now apply enc_contrast_over | exact Eb].
Qed.
Lemma first_holds : holds_in 0 first_k3.
Proof.
  pose proof (enc_logit prec _ pref (proj2 (proj2 In))) as Er.
  assert (V : forall L L', moves c beta eps pref L L' -> encloses first_k3 L').
  { intros L L' M. apply (enc_between _ _ Lref _ (answer pref (high_of c eps / beta)) Er).
    - apply enc_answer. apply enc_div; [|exact Eb]. apply enc_high; [exact E | exact Ee].
    - now apply (values c beta eps pref B E P L). }
  split; [exact (V x x (fixed_value c beta eps pref x B X))|]. intros L Start Moves k _. destruct k as [|k].
  - rewrite Start. apply I.join_correct. left. exact Er.
  - exact (V (L k) (L (S k)) (Moves k)).
Qed.
Lemma shrunk_holds n i : holds_in n i -> holds_in (S n) (shrunk i).
Proof.
  intros [Hx Hl]. split.
  - apply I.meet_correct; [exact Hx|]. exact (enc_value i x x Hx (fixed_value c beta eps pref x B X)).
  - intros L Start Moves k Hk. destruct k as [|k]; [lia|]. apply I.meet_correct; [apply (Hl L Start Moves); lia|].
    apply (enc_value i (L k)); [apply (Hl L Start Moves); lia | apply Moves].
Qed.

Definition contracting (n : nat) (a z kappa r : R) : Prop := 0 <= r < 1 /\ 0 < kappa /\
  (forall t, a <= t <= z -> kappa <= pull_k3_slope pref t) /\ (forall t, a <= t <= z -> Rabs (slope_of c eps t) <= r * (beta * kappa)) /\
  a <= x <= z /\ forall L : nat -> R, L 0%nat = Lref -> (forall n, moves c beta eps pref (L n) (L (S n))) -> forall k, (n <= k)%nat -> a <= L k <= z.
Lemma flat_correct kappa i k : flat kappa i = true -> encloses kappa k ->
  forall t, encloses i t -> Rabs (slope_of c eps t) <= Q2R rate * (beta * k).
Proof.
  intros H K. unfold flat in H. cbv zeta in H.
  apply (by_halves_correct _ (fun t => Rabs (slope_of c eps t) <= Q2R rate * (beta * k))) with (2 := H).
  intros j T t Hj. apply both in T as [T1 T2].
  assert (Et : encloses (I.mul prec (q rate) (I.mul prec ib kappa)) (Q2R rate * (beta * k))) by (apply enc_mul; [apply enc_Q | now apply enc_mul]).
  pose proof (enc_slope_of prec c _ _ _ _ E Ee Hj) as Es. apply Rabs_le. split.
  - exact (le_correct prec _ _ _ _ (enc_neg _ _ Et) Es T2).
  - exact (le_correct prec _ _ _ _ Es Et T1).
Qed.
Lemma rate_is : 0 <= Q2R rate < 1.
Proof. unfold rate, Q2R. simpl. lra. Qed.
Lemma least_variance_is : 0 < Q2R least_variance <= pref * (1 - pref).
Proof.
  destruct ends_inside as [P1 P2]. pose proof In as [_ [_ [I1 I2]]]. unfold least_variance. destruct (k3_pref b) as [p r]. cbn [fst snd] in *.
  assert (Cv : Q2R p * (1 - Q2R p) <= pref * (1 - pref) \/ Q2R r * (1 - Q2R r) <= pref * (1 - pref)).
  { destruct (Rle_lt_dec (Q2R p + pref) 1) as [Q|Q]; [left | right]; nra. }
  assert (V : forall u, 0 < Q2R u < 1 -> 0 < Q2R u * (1 - Q2R u)) by (intros; apply Rmult_lt_0_compat; lra).
  pose proof (V p P1). pose proof (V r P2).
  destruct (Qle_bool (p * (1 - p)) (r * (1 - r))) eqn:Q.
  - apply Qle_bool_Rle in Q. rewrite !Q2R_mult, !Q2R_minus, Q2R_1 in *. lra.
  - assert (Q2R (r * (1 - r)) <= Q2R (p * (1 - p))).
    { apply Qle_Rle. destruct (Qlt_le_dec (r * (1 - r)) (p * (1 - p))) as [K|K]; [now apply Qlt_le_weak|].
      apply Qle_bool_iff in K. congruence. }
    rewrite !Q2R_mult, !Q2R_minus, Q2R_1 in *. lra.
Qed.
Lemma contracts_correct n i : contracts i = true -> holds_in n i -> exists a z kappa, contracting n a z kappa (Q2R rate).
Proof.
  intros H [Hx Hl]. unfold contracts in H. apply both in H as [Bd H]. destruct (bounded_ends i Bd) as [a [z [Ea [Ez All]]]]. exists a, z.
  pose proof rate_is as R. apply either in H as [H|H].
  - pose proof least_variance_is as [V1 V2]. pose proof (sqrt_lt_R0 _ V1) as S. exists (2 * sqrt (Q2R least_variance)).
    repeat split; try (apply All; assumption); try lra.
    + intros t _. apply Rle_trans with (2 := pull_slope_floor pref P t). apply Rmult_le_compat_l; [lra | now apply sqrt_le_1_alt].
    + intros t T. apply (flat_correct _ i _ H); [|now apply All]. apply enc_mul; [apply enc_Z | apply enc_sqrt, enc_Q].
    + intros. now apply All, (Hl L).
    + intros. now apply All, (Hl L).
  - exists ((1 - pref) * exp a + pref * exp (- z)). pose proof (exp_pos a). pose proof (exp_pos (- z)).
    assert (le : forall u w, u <= w -> exp u <= exp w) by (intros u w [K| ->]; [left; now apply exp_increasing | lra]).
    repeat split; try (apply All; assumption); try lra; try nra.
    + intros t T. unfold pull_k3_slope. apply Rplus_le_compat; apply Rmult_le_compat_l; try lra; apply le; lra.
    + intros t T. apply (flat_correct _ i _ H); [|now apply All].
      apply enc_add; apply enc_mul; [exact (enc_other_k3 prec b beta eps pref In) | now apply enc_exp |
        exact (enc_pref_k3 prec b beta eps pref In) | now apply enc_exp, enc_neg].
    + intros. now apply All, (Hl L).
    + intros. now apply All, (Hl L).
Qed.
Lemma nests_correct k : forall n i, nests k i = true -> holds_in n i -> exists m a z kappa, contracting m a z kappa (Q2R rate).
Proof.
  induction k as [|k IH]; intros n i H Hi; cbn [nests] in H; apply either in H as [H|H]; try discriminate.
  - exists n. now apply (contracts_correct n i).
  - exists n. now apply (contracts_correct n i).
  - apply (IH (S n) (shrunk i) H). now apply shrunk_holds.
Qed.
End Box.

Lemma nested_k3_correct prec b k beta eps pref : domain_k3 b = true -> in_box_k3 b beta eps pref -> nested_k3 prec b k = true ->
  claimed_k3 (k3_contrast b) ConvergentK3 beta eps pref.
Proof.
  intros D In H. destruct (inside_k3 b D beta eps pref In) as [B [E P]]. set (c := k3_contrast b) in *.
  destruct (zero_exists c beta eps pref B E P) as [x X]. exists x. split; [now apply (only_fixed_of c beta eps pref B E P)|].
  destruct (nests_correct prec b D beta eps pref In x X k 0 _ H (first_holds prec b D beta eps pref In x X))
    as [n [a [z [kappa [Rt [Kp [Stiff [Flat [Fx Inside]]]]]]]]].
  split; [exact (contraction_attracts c beta eps pref x B P a z kappa (Q2R rate) Rt Kp Stiff Flat Fx)|]. split.
  - intros L. now apply one_step.
  - intros L Start Moves.
    exact (tends_by_contraction c beta eps pref x B E P X L Moves a z kappa (Q2R rate) n Rt Kp Stiff Flat (Inside L Start Moves) Fx).
Qed.

Definition tree_k3 (prec : F.precision) (b : box_k3) (steps : nat) (nodes : list node_k3) : bool :=
  paves_k3 (fun half l => domain_k3 l &&& if half then above_half_k3 prec l else nested_k3 prec l steps) nodes [b].
Lemma tree_k3_correct prec b steps nodes beta eps pref : in_box_k3 b beta eps pref -> tree_k3 prec b steps nodes = true ->
  claimed_k3 (k3_contrast b) ConvergentK3 beta eps pref.
Proof.
  intros In H. refine (paves_k3_correct (k3_contrast b) _ (claimed_k3 (k3_contrast b) ConvergentK3) _ nodes [b] _ H b (or_introl eq_refl) beta eps pref In).
  - intros half l C T be ep pr I. apply both in T as [D T]. rewrite <- C. destruct half.
    + now apply (above_half_k3_correct prec l D).
    + now apply (nested_k3_correct prec l steps).
  - intros l [<-|[]]. reflexivity.
Qed.

(** ** Against it: one point of the box, where the multiplier is below -1 *)
Definition point_box_k3 (c : contrast) (beta eps pref : Q) : box_k3 := BoxK3 c (beta, beta) (eps, eps) (pref, pref).
Definition within_bool (r : range) (x : Q) : bool := Qle_bool (fst r) x &&& Qle_bool x (snd r).
Definition witness_k3 (prec : F.precision) (b : box_k3) (beta eps pref : Q) (found : range) : bool :=
  let at_ := point_box_k3 (k3_contrast b) beta eps pref in
  domain_k3 at_ &&& within_bool (k3_beta b) beta &&& within_bool (k3_eps b) eps &&& within_bool (k3_pref b) pref &&&
  crosses_k3 prec at_ (fst found) (snd found) &&&
  over prec (fun l => lt prec (e_multiplier prec at_ l) (e_Z prec (-1))) (fst found) (snd found).
Lemma within_bool_correct r x : within_bool r x = true -> within r (Q2R x).
Proof. intros H. apply both in H as [H1 H2]. apply Qle_bool_Rle in H1, H2. now split. Qed.
Lemma witness_k3_correct prec b beta eps pref found : domain_k3 b = true -> witness_k3 prec b beta eps pref found = true ->
  exists beta eps pref, in_box_k3 b beta eps pref /\ claimed_k3 (k3_contrast b) NotAttracting beta eps pref.
Proof.
  intros D H. unfold witness_k3 in H. cbv zeta in H. set (at_ := point_box_k3 (k3_contrast b) beta eps pref) in *.
  apply both in H as [H M]. apply both in H as [H Cr]. apply both in H as [H Wp]. apply both in H as [H We].
  apply both in H as [Da Wb].
  apply within_bool_correct in Wb, We, Wp. exists (Q2R beta), (Q2R eps), (Q2R pref).
  assert (In : in_box_k3 b (Q2R beta) (Q2R eps) (Q2R pref)) by (unfold in_box_k3; auto). split; [exact In|].
  destruct (inside_k3 b D _ _ _ In) as [B [E P]].
  assert (Ia : in_box_k3 at_ (Q2R beta) (Q2R eps) (Q2R pref)) by (unfold in_box_k3, within, at_, point_box_k3; simpl; repeat split; lra).
  destruct (crosses_k3_correct prec at_ Da _ _ _ Ia _ _ Cr) as [x [I Z]]. exists x.
  split; [exact (only_fixed_of (k3_contrast b) _ _ _ B E P x Z)|].
  pose proof (over_correct prec _ _ _ (fun L => multiplier_k3 (k3_contrast b) (Q2R beta) (Q2R eps) (Q2R pref) L < -1) M) as K.
  assert (N : multiplier_k3 (k3_contrast b) (Q2R beta) (Q2R eps) (Q2R pref) x < -1).
  { apply K; [|lra]. intros l L Hl T. exact (lt_correct prec _ _ _ _ (enc_multiplier prec at_ Da _ _ _ Ia l L Hl) (enc_Z prec (-1)) T). }
  rewrite Rabs_left by lra. lra.
Qed.
End K3LimitsChecker.

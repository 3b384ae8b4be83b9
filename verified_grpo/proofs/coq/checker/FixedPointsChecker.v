(** * A checker of certificates of fixed points over boxes, and the proof that what it accepts holds

    For any contrast with a slope and two bounds; for the paper's contrast the shape of its slope saves cells.  What is
    accepted [means] what [Statements] says. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List Sorted.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval Interval.Interval_compl.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax TwoKL Counting Cells Zeros ListedZeros
  FixedPoints Boxes Returns MeanStd.
From VerifiedGRPO.Checker Require Import Enclosures Statements GroupsProved Contrasts GroupEnclosures.
Import ListNotations.
Open Scope R_scope.

(** What is offered as evidence. *)
Inductive rule := Positive | Negative | Increasing | Decreasing.
Inductive evidence := Mirror | LinePartition (bits : positive) (start : Q) (cells : list (rule * Q)).

Notation "x &&& y" := (if x then y else false) (at level 40, left associativity, only parsing).
Notation "x ||| y" := (if x then true else y) (at level 50, left associativity, only parsing).
Lemma both (x y : bool) : x &&& y = true -> x = true /\ y = true.
Proof. destruct x; [auto | discriminate]. Qed.
Lemma either (x y : bool) : x ||| y = true -> x = true \/ y = true.
Proof. destruct x; auto. Qed.
Ltac parts := repeat match goal with H : _ &&& _ = true |- _ => apply both in H; destruct H end.

Definition Qlt_bool (x y : Q) : bool := (Qnum x * QDen y <? Qnum y * QDen x)%Z.
Lemma Qlt_bool_Rlt x y : Qlt_bool x y = true -> Q2R x < Q2R y.
Proof. intros H. apply Z.ltb_lt in H. now apply Qlt_Rlt. Qed.
Lemma Qle_bool_Rle x y : Qle_bool x y = true -> Q2R x <= Q2R y.
Proof. intros H. apply Qle_bool_iff in H. now apply Qle_Rle. Qed.
Lemma Q2R_0 : Q2R 0 = 0. Proof. unfold Q2R; simpl; lra. Qed.
Lemma Q2R_1 : Q2R 1 = 1. Proof. unfold Q2R; simpl; lra. Qed.
Definition middle (a b : Q) : Q := Qred ((a + b) / 2).

Fixpoint ordered (ps : list point) : bool :=
  match ps with
  | p :: (q :: _) as rest => Qle_bool (hi p) (lo q) &&& ordered rest
  | _ => true
  end.

Module Checker (F : FloatOps with Definition sensible_format := true).
Module E := EncloseGroups F.
Import E.

Section Evaluate.
Variable prec : F.precision.
Variable c : contrast.
Definition e_contrast (ie l : I.type) : I.type :=
  match c with
  | MeanVar => e_Omega prec ie l
  | MeanStd => I.inv prec (I.add prec (I.sqrt prec (e_v prec l)) ie)
  | Mean => e_Z prec 1
  | Group others ddof => let (p, q) := e_sigmas prec l in e_group prec others ddof ie p q
  end.
Definition e_slope_of (ie l : I.type) : I.type :=
  match c with
  | MeanVar => e_slope prec ie l
  | MeanStd => let (p, q) := e_sigmas prec l in
    let s := I.sqrt prec (I.mul prec p q) in let t := I.add prec s ie in
    I.div prec (I.mul prec (I.sub prec p q) s) (I.mul prec (e_Z prec 2) (I.mul prec t t))
  | Mean => e_Z prec 0
  | Group others ddof => let (p, q) := e_sigmas prec l in e_group_slope prec others ddof ie p q
  end.
Definition e_low (ie : I.type) : I.type :=
  match c with
  | MeanVar => I.inv prec (I.sqrt prec (I.add prec (I.div prec (e_Z prec 1) (e_Z prec 4)) ie))
  | MeanStd => I.inv prec (I.add prec (I.div prec (e_Z prec 1) (e_Z prec 2)) ie)
  | Mean => e_Z prec 1
  | Group _ _ => e_contrast ie (e_Z prec 0)
  end.
Definition e_high (ie : I.type) : I.type :=
  match c with MeanVar => I.inv prec (I.sqrt prec ie) | MeanStd => I.inv prec ie | Mean => e_Z prec 1
  | Group others ddof => e_highest prec others ddof ie end.
(** The peak of mean-std, 2 eps / (1 + sqrt (1 + 32 eps^2)), in a form that loses no digits. *)
Definition e_steepest (ie : I.type) : I.type :=
  match c with
  | MeanVar => e_Bmax prec ie
  | MeanStd =>
    let t := I.div prec (I.mul prec (e_Z prec 2) ie) (I.add prec (e_Z prec 1) (I.sqrt prec
      (I.add prec (e_Z prec 1) (I.mul prec (e_Z prec 32) (I.mul prec ie ie))))) in
    let s := I.add prec t ie in
    I.div prec (I.mul prec t (I.sqrt prec (I.sub prec (e_Z prec 1) (I.mul prec (e_Z prec 4) (I.mul prec t t)))))
               (I.mul prec (e_Z prec 2) (I.mul prec s s))
  | Mean => e_Z prec 0
  | Group others ddof => I.mul prec (e_nat prec (S others))
      (I.mul prec (I.div prec (e_Z prec 1) (e_Z prec 4)) (e_highest prec others ddof ie))
  end.
Opaque encloses e_Z e_sigma e_Omega e_slope.
Lemma enc_steepest e eps : 0 < eps -> encloses e eps -> encloses (e_steepest e) (steepest_of c eps).
Proof.
  intros P X. unfold e_steepest. destruct c; simpl steepest_of; [now apply enc_Bmax | | apply enc_Z |].
  2: { apply enc_mul; [apply enc_nat|]. apply enc_mul; [apply enc_div; apply enc_Z | now apply enc_highest]. }
  cbv zeta. unfold Bmax_std.
  replace (peak_std eps) with (2 * eps / (1 + sqrt (1 + 32 * (eps * eps)))).
  - set (t := 2 * eps / (1 + sqrt (1 + 32 * (eps * eps)))). replace (1 - 4 * t ^ 2) with (1 - 4 * (t * t)) by ring.
    replace ((t + eps) ^ 2) with ((t + eps) * (t + eps)) by ring.
    assert (K : encloses (I.div prec (I.mul prec (e_Z prec 2) e) (I.add prec (e_Z prec 1) (I.sqrt prec
      (I.add prec (e_Z prec 1) (I.mul prec (e_Z prec 32) (I.mul prec e e)))))) t).
    { apply enc_div; [apply enc_mul; [apply enc_Z | exact X]|]. apply enc_add; [apply enc_Z|]. apply enc_sqrt.
      apply enc_add; [apply enc_Z|]. apply enc_mul; [apply enc_Z | now apply enc_mul]. }
    pose proof (enc_add prec _ _ _ _ K X) as S.
    apply enc_div; apply enc_mul; try apply enc_Z; try assumption; [|now apply enc_mul].
    apply enc_sqrt, enc_sub; [apply enc_Z|]. apply enc_mul; [apply enc_Z | now apply enc_mul].
  - unfold peak_std. replace (eps ^ 2) with (eps * eps) by ring. assert (Q : 0 <= 1 + 32 * (eps * eps)) by nra.
    pose proof (sqrt_pos (1 + 32 * (eps * eps))). pose proof (sqrt_sqrt _ Q).
    set (r := sqrt (1 + 32 * (eps * eps))) in *. apply (Rmult_eq_reg_r (16 * eps * (1 + r))); [|apply Rgt_not_eq; nra].
    replace (2 * eps / (1 + r) * (16 * eps * (1 + r))) with (32 * (eps * eps)) by (field; lra).
    replace ((r - 1) / (16 * eps) * (16 * eps * (1 + r))) with (r * r - 1) by (field; lra). lra.
Qed.
Lemma enc_contrast e l eps L : 0 < eps -> encloses e eps -> encloses l L -> encloses (e_contrast e l) (contrast_of c eps L).
Proof.
  intros P X Y. unfold e_contrast. destruct c as [| | |others ddof]; [now apply enc_Omega | | apply enc_Z |].
  - apply enc_inv, enc_add; [|exact X]. apply enc_sqrt. now apply enc_v.
  - destruct (e_sigmas prec l) as [p q] eqn:S. destruct (enc_sigmas _ _ _ _ _ S Y) as [Ep Eq]. rewrite minus_sigma in Eq. now apply enc_group.
Qed.
Lemma enc_slope_of e l eps L : 0 < eps -> encloses e eps -> encloses l L -> encloses (e_slope_of e l) (slope_of c eps L).
Proof.
  intros Pe X Y. unfold e_slope_of. destruct c as [| | |others ddof]; [now apply enc_slope | | apply enc_Z |];
    destruct (e_sigmas prec l) as [p q] eqn:Both; destruct (enc_sigmas _ _ _ _ _ Both Y) as [P Q];
    [|rewrite minus_sigma in Q; now apply enc_group_slope].
  cbv zeta. simpl. unfold slope_std, deviation.
  replace ((sqrt (v L) + eps) ^ 2) with ((sqrt (v L) + eps) * (sqrt (v L) + eps)) by ring.
  replace (2 * sigma L - 1) with (sigma L - sigma (- L)) by (rewrite minus_sigma; ring).
  replace (v L) with (sigma L * sigma (- L)) by (unfold v; now rewrite minus_sigma).
  pose proof (enc_sqrt prec _ _ (enc_mul prec _ _ _ _ P Q)) as S. pose proof (enc_add prec _ _ _ _ S X) as W.
  apply enc_div; apply enc_mul; try assumption; [now apply enc_sub | apply enc_Z | now apply enc_mul].
Qed.
Lemma enc_low e eps : 0 < eps -> encloses e eps -> encloses (e_low e) (low_of c eps).
Proof.
  intros P X. unfold e_low. destruct c as [| | |others ddof] eqn:C; [| |apply enc_Z |]; cbn [low_of].
  - apply enc_inv, enc_sqrt. apply enc_add; [apply enc_div; apply enc_Z | exact X].
  - apply enc_inv. apply enc_add; [apply enc_div; apply enc_Z | exact X].
  - rewrite <- C. apply enc_contrast; [exact P | exact X | apply enc_Z].
Qed.
Lemma enc_high e eps : 0 < eps -> encloses e eps -> encloses (e_high e) (high_of c eps).
Proof.
  intros P X. unfold e_high. destruct c; [| |apply enc_Z | now apply enc_highest]; apply enc_inv; [now apply enc_sqrt | exact X].
Qed.

Variables alpha beta eps Lref : R.
Notation w := (alpha * beta).
Notation g := (gap_of c Lref w eps).
Notation g' := (gap_slope_of c w eps).

(** Numbers that do not change from cell to cell are computed once and passed on. *)
Variables ie iw il : I.type.
Hypothesis He : encloses ie eps.
Hypothesis Hw : encloses iw w.
Hypothesis Hl : encloses il Lref.
Hypothesis A : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.

Notation q := (e_Q prec).
Notation less := (lt prec).
Notation zero := (e_Z prec 0).
Definition rise (x : Q) : I.type := I.div prec (e_contrast ie (q x)) iw.
Definition gap_at (x : Q) : I.type := I.sub prec (I.sub prec (q x) il) (rise x).
Definition gap_mixed (x y : Q) : I.type := I.sub prec (I.sub prec (q x) il) (rise y).
Definition least_rise : I.type := I.div prec (e_low ie) iw.
Definition positive_at (x : Q) : bool := less zero (gap_at x).
Definition negative_at (x : Q) : bool := less (gap_at x) zero.

Definition cell (a b : Q) : I.type := I.join (q a) (q b).
Fixpoint by_range (test : Q -> Q -> bool) (n : nat) (a b : Q) : bool :=
  test a b ||| match n with O => false
  | S k => by_range test k a (middle a b) &&& by_range test k (middle a b) b end.
Definition depth := 14%nat.
(** The paper's contrast: its slope is below 0 left of 0, rises up to one peak, of height Bmax, and falls behind it. *)
Definition shape_rises (a b : Q) : bool :=
  Qle_bool b 0 |||
  (Qle_bool 0 b &&& le prec (e_bend prec ie (q b)) zero &&& less (e_slope prec ie (q b)) iw) |||
  (Qle_bool 0 a &&& le prec zero (e_bend prec ie (q a)) &&& less (e_slope prec ie (q a)) iw) |||
  less (e_Bmax prec ie) iw.
Definition shape_falls (a b : Q) : bool :=
  Qle_bool 0 a &&& less iw (e_slope prec ie (q a)) &&& less iw (e_slope prec ie (q b)).
Definition of_shape (test : Q -> Q -> bool) (a b : Q) : bool := match c with MeanVar => test a b | _ => false end.
Definition rises (a b : Q) : bool :=
  of_shape shape_rises a b ||| by_range (fun a b => less (e_slope_of ie (cell a b)) iw) depth a b.
Definition falls (a b : Q) : bool :=
  of_shape shape_falls a b ||| by_range (fun a b => less iw (e_slope_of ie (cell a b))) depth a b.
Definition gap_over (a b : Q) : I.type := I.sub prec (I.sub prec (cell a b) il) (I.div prec (e_contrast ie (cell a b)) iw).
Definition shape_positive (a b : Q) : bool := less zero (gap_mixed a a) &&& less zero (gap_mixed a b).
Definition shape_negative (a b : Q) : bool :=
  if Qle_bool 0 a then less (gap_mixed b a) zero
  else if Qle_bool b 0 then less (gap_mixed b b) zero
  else less (I.sub prec (I.sub prec (q b) il) least_rise) zero.
Definition positive_on := by_range (fun a b => of_shape shape_positive a b ||| less zero (gap_over a b)).
Definition negative_on := by_range (fun a b => of_shape shape_negative a b ||| less (gap_over a b) zero).

Definition fuel := 12%nat.
Definition inside (a b : Q) (p : point) : bool := Qle_bool a (lo p) &&& Qle_bool (hi p) b.
Definition none_rising (a b : Q) : bool := positive_at a ||| negative_at b.
Definition none_falling (a b : Q) : bool := negative_at a ||| positive_at b.

Fixpoint walk (a : Q) (cells : list (rule * Q)) (ps : list point) : bool :=
  match cells with
  | [] =>
    match ps with
    | [] => less zero (I.sub prec (I.sub prec (q a) il) (I.div prec (e_high ie) iw))
    | _ => false
    end
  | (r, b) :: rest =>
    Qlt_bool a b &&&
    match r with
    | Positive => positive_on fuel a b &&& walk b rest ps
    | Negative => negative_on fuel a b &&& walk b rest ps
    | Increasing =>
      rises a b &&&
      match ps with
      | p :: others =>
        if inside a b p then Qlt_bool (lo p) (hi p) &&& negative_at (lo p) &&& positive_at (hi p) &&& walk b rest others
        else none_rising a b &&& walk b rest ps
      | [] => none_rising a b &&& walk b rest []
      end
    | Decreasing =>
      falls a b &&&
      match ps with
      | p :: others =>
        if inside a b p then Qlt_bool (lo p) (hi p) &&& positive_at (lo p) &&& negative_at (hi p) &&& walk b rest others
        else none_falling a b &&& walk b rest ps
      | [] => none_falling a b &&& walk b rest []
      end
    end
  end.

Definition starts (a : Q) : bool := less (I.sub prec (I.sub prec (q a) il) least_rise) zero.

(** What is said of one point, by the ends of its bracket. *)
Variable ib : I.type.
Hypothesis Hb : encloses ib beta.
Variable less_share : num -> I.type.
Hypothesis Hs : forall m, encloses (less_share m) (R_of_num m - (1 - alpha)).
Definition share (m : num) : I.type := I.mul prec (less_share m) ib.
Definition shape_swing (low high : I.type) (a b : Q) : bool :=
  let l := q a in let r := q b in
  let sl := e_slope prec ie l in let sr := e_slope prec ie r in
  le prec low sl &&& le prec low sr &&& le prec sl high &&& le prec sr high &&&
  (Qle_bool 0 a ||| (Qle_bool a 0 &&& le prec (e_bend prec ie l) zero) |||
    (Qle_bool b 0 &&& le prec zero (e_bend prec ie r)) ||| le prec low (I.neg (e_Bmax prec ie))) &&&
  (Qle_bool b 0 ||| (Qle_bool 0 b &&& le prec (e_bend prec ie r) zero) |||
    (Qle_bool 0 a &&& le prec zero (e_bend prec ie l)) ||| le prec (e_Bmax prec ie) high).
Definition swing (low high : I.type) (a b : Q) : bool :=
  of_shape (shape_swing low high) a b |||
  by_range (fun a b => let s := e_slope_of ie (cell a b) in le prec low s &&& le prec s high) depth a b.
(** Probabilities are between 0 and 1 without looking. *)
Definition no_less (n : num) (p : I.type) : bool := le prec (e_num prec n) (e_Z prec 0) ||| le prec (e_num prec n) p.
Definition no_more (n : num) (p : I.type) : bool := le prec (e_Z prec 1) (e_num prec n) ||| le prec p (e_num prec n).
Definition brackets (b : bracket) : bool :=
  let (p, q) := e_sigmas prec (e_Q prec (from b)) in let (p', q') := e_sigmas prec (e_Q prec (to b)) in
  Qle_bool (from b) (to b) &&& no_less (p_from b) p &&& no_more (p_to b) p' &&& no_less (q_from b) q' &&& no_more (q_to b) q.
Definition point_holds (p : point) : bool :=
  brackets (Bracket (lo p) (hi p) (p_lo p) (p_hi p) (q_lo p) (q_hi p)) &&&
  swing (share (m_lo p)) (share (m_hi p)) (lo p) (hi p) &&&
  match kind p with
  | Attracting => less (e_Z prec (-1)) (e_num prec (m_lo p)) &&& less (e_num prec (m_hi p)) (e_Z prec 1)
  | Repelling => less (e_num prec (m_hi p)) (e_Z prec (-1)) ||| less (e_Z prec 1) (e_num prec (m_lo p))
  | Undecided => true
  end.

(** ** Proofs *)

Opaque encloses e_Z e_Q e_num e_sigma e_Omega e_slope e_bend e_Bmax e_contrast e_slope_of e_low e_high.
Lemma W : 0 < w. Proof. now apply Rmult_lt_0_compat. Qed.
Lemma g_derivative L : is_derive g L (g' L). Proof. apply gap_of_derivative; [exact W | exact E]. Qed.
Ltac enclosure := repeat first [assumption | apply enc_Q | apply enc_Z | apply enc_num
  | apply enc_Omega | apply enc_slope | apply enc_bend | apply enc_Bmax | apply enc_contrast | apply enc_slope_of | apply enc_low | apply enc_high | apply enc_sigma | apply enc_neg
  | apply enc_sub | apply enc_div | apply enc_add | apply enc_inv | apply enc_sqrt | apply enc_mul].

Lemma less_correct i j x y : less i j = true -> encloses i x -> encloses j y -> x < y.
Proof. intros H I J. exact (lt_correct prec i j x y I J H). Qed.
Lemma atmost_correct i j x y : le prec i j = true -> encloses i x -> encloses j y -> x <= y.
Proof. intros H I J. exact (le_correct prec i j x y I J H). Qed.

Lemma enc_mixed x y : encloses (gap_mixed x y) (Q2R x - Lref - contrast_of c eps (Q2R y) / w).
Proof. unfold gap_mixed, rise. enclosure. Qed.
Lemma enc_least : encloses least_rise (low_of c eps / w).
Proof. unfold least_rise. enclosure. Qed.

Lemma positive_at_correct x : positive_at x = true -> 0 < g (Q2R x).
Proof. intros H. apply (less_correct _ _ _ _ H); [apply enc_Z | apply enc_mixed]. Qed.
Lemma negative_at_correct x : negative_at x = true -> g (Q2R x) < 0.
Proof. intros H. apply (less_correct _ _ _ _ H); [apply enc_mixed | apply enc_Z]. Qed.

Lemma enc_cell a b x : Q2R a <= x <= Q2R b -> encloses (cell a b) x.
Proof.
  intros X. Transparent encloses. apply (contains_connected _ (Q2R a) (Q2R b)); [| |exact X]; apply I.join_correct; [left | right]; apply enc_Q.
  Opaque encloses.
Qed.
Lemma by_range_correct (test : Q -> Q -> bool) (P : R -> Prop) :
  (forall a b, test a b = true -> forall x, Q2R a <= x <= Q2R b -> P x) ->
  forall n a b, by_range test n a b = true -> forall x, Q2R a <= x <= Q2R b -> P x.
Proof.
  intros K. induction n as [|n IH]; intros a b H x X; simpl in H; apply either in H as [H|H]; try discriminate; try (now apply (K a b)).
  apply both in H as [H1 H2]. destruct (Rle_lt_dec x (Q2R (middle a b))); [apply (IH _ _ H1) | apply (IH _ _ H2)]; lra.
Qed.
Lemma of_shape_correct (test : Q -> Q -> bool) a b : of_shape test a b = true -> c = MeanVar /\ test a b = true.
Proof. unfold of_shape. destruct c; [auto | discriminate..]. Qed.
Lemma shape_rises_correct a b : c = MeanVar -> shape_rises a b = true -> rising g' (Q2R a) (Q2R b).
Proof.
  intros C. unfold shape_rises. rewrite C. intros H. apply either in H as [H|H]; [apply either in H as [H|H]; [apply either in H as [H|H]|]|].
  - apply Qle_bool_Rle in H. rewrite Q2R_0 in H. now apply rising_below_half.
  - parts. apply Qle_bool_Rle in H. rewrite Q2R_0 in H. apply rising_before_peak; try assumption.
    + apply (atmost_correct _ _ _ _ H1); enclosure.
    + apply (less_correct _ _ _ _ H0); enclosure.
  - parts. apply Qle_bool_Rle in H. rewrite Q2R_0 in H. apply rising_after_peak; try assumption.
    + apply (atmost_correct _ _ _ _ H1); enclosure.
    + apply (less_correct _ _ _ _ H0); enclosure.
  - apply rising_above_Bmax; try assumption. apply (less_correct _ _ _ _ H); enclosure.
Qed.
Lemma shape_falls_correct a b : c = MeanVar -> shape_falls a b = true -> falling g' (Q2R a) (Q2R b).
Proof.
  intros C. unfold shape_falls. rewrite C. intros H. parts. apply Qle_bool_Rle in H. rewrite Q2R_0 in H. apply falling_over_peak; try assumption.
  - apply (less_correct _ _ _ _ H1); enclosure.
  - apply (less_correct _ _ _ _ H0); enclosure.
Qed.
Lemma rises_correct a b : rises a b = true -> rising g' (Q2R a) (Q2R b).
Proof.
  intros H. apply either in H as [H|H]; [apply of_shape_correct in H as [C H]; now apply shape_rises_correct|].
  intros x X. pose proof W. unfold gap_slope_of. assert (slope_of c eps x < w); [|assert (slope_of c eps x / w < 1); [apply Rlt_div_l; lra | lra]]. revert x X. apply (fun K => by_range_correct _ _ K _ _ _ H).
  intros a' b' T x X. apply (less_correct _ _ _ _ T); [|exact Hw]. apply enc_slope_of; [exact E | exact He | now apply enc_cell].
Qed.
Lemma falls_correct a b : falls a b = true -> falling g' (Q2R a) (Q2R b).
Proof.
  intros H. apply either in H as [H|H]; [apply of_shape_correct in H as [C H]; now apply shape_falls_correct|].
  intros x X. pose proof W. unfold gap_slope_of. assert (w < slope_of c eps x); [|assert (1 < slope_of c eps x / w); [apply Rlt_div_r; lra | lra]]. revert x X. apply (fun K => by_range_correct _ _ K _ _ _ H).
  intros a' b' T x X. apply (less_correct _ _ _ _ T); [exact Hw|]. apply enc_slope_of; [exact E | exact He | now apply enc_cell].
Qed.
Lemma enc_gap_over a b x : Q2R a <= x <= Q2R b -> encloses (gap_over a b) (g x).
Proof. intros X. pose proof (enc_cell a b x X). unfold gap_over, gap_of. enclosure. Qed.
Lemma shape_positive_correct a b : c = MeanVar -> shape_positive a b = true ->
  forall x, Q2R a <= x <= Q2R b -> 0 < g x.
Proof.
  intros C H. unfold shape_positive in H. parts. pose proof (less_correct _ _ _ _ H (enc_Z prec 0) (enc_mixed a a)) as P.
  pose proof (less_correct _ _ _ _ H0 (enc_Z prec 0) (enc_mixed a b)) as Q. rewrite C in P, Q |- *.
  exact (positive_cell eps w E W Lref (Q2R a) (Q2R b) P Q).
Qed.
Lemma shape_negative_correct a b : c = MeanVar -> shape_negative a b = true ->
  forall x, Q2R a <= x <= Q2R b -> g x < 0.
Proof.
  intros C H. unfold shape_negative in H. destruct (Qle_bool 0 a) eqn:Z.
  - apply Qle_bool_Rle in Z. rewrite Q2R_0 in Z.
    pose proof (less_correct _ _ _ _ H (enc_mixed b a) (enc_Z prec 0)) as P. rewrite C in P |- *.
    exact (negative_cell_right eps w E W Lref (Q2R a) (Q2R b) Z P).
  - destruct (Qle_bool b 0) eqn:Y.
    + apply Qle_bool_Rle in Y. rewrite Q2R_0 in Y.
      pose proof (less_correct _ _ _ _ H (enc_mixed b b) (enc_Z prec 0)) as P. rewrite C in P |- *.
      exact (negative_cell_left eps w E W Lref (Q2R a) (Q2R b) Y P).
    + intros x X. pose proof (contrast_bounds c eps x E) as Bounds. pose proof enc_least.
      assert (Q2R b - Lref - low_of c eps / w < 0) by (apply (less_correct _ _ _ _ H); enclosure).
      pose proof (weighed w W (low_of c eps) (contrast_of c eps x) ltac:(lra)). unfold gap_of. lra.
Qed.
Lemma positive_on_correct n : forall a b, positive_on n a b = true -> empty g (Q2R a) (Q2R b).
Proof.
  intros a b H. apply empty_positive. apply (fun K => by_range_correct _ (fun x => 0 < g x) K _ _ _ H).
  intros a' b' T. apply either in T as [T|T]; [apply of_shape_correct in T as [C T]; now apply shape_positive_correct|].
  intros x X. apply (less_correct _ _ _ _ T); [apply enc_Z | now apply enc_gap_over].
Qed.
Lemma negative_on_correct n : forall a b, negative_on n a b = true -> empty g (Q2R a) (Q2R b).
Proof.
  intros a b H. apply empty_negative. apply (fun K => by_range_correct _ (fun x => g x < 0) K _ _ _ H).
  intros a' b' T. apply either in T as [T|T]; [apply of_shape_correct in T as [C T]; now apply shape_negative_correct|].
  intros x X. apply (less_correct _ _ _ _ T); [now apply enc_gap_over | apply enc_Z].
Qed.

Lemma none_rising_correct a b : rising g' (Q2R a) (Q2R b) -> none_rising a b = true -> empty g (Q2R a) (Q2R b).
Proof.
  intros R H. apply either in H as [H|H].
  - apply (empty_rising_left g g' g_derivative); try assumption. now apply positive_at_correct.
  - apply (empty_rising_right g g' g_derivative); try assumption. now apply negative_at_correct.
Qed.
Lemma none_falling_correct a b : falling g' (Q2R a) (Q2R b) -> none_falling a b = true -> empty g (Q2R a) (Q2R b).
Proof.
  intros R H. apply either in H as [H|H].
  - apply (empty_falling_left g g' g_derivative); try assumption. now apply negative_at_correct.
  - apply (empty_falling_right g g' g_derivative); try assumption. now apply positive_at_correct.
Qed.

Definition in_bracket (p : point) (x : R) : Prop := Q2R (lo p) < x < Q2R (hi p).

Theorem walk_correct cells : forall a ps zeros, walk a cells ps = true -> listed_up_to g (Q2R a) zeros ->
  exists new, Forall2 in_bracket ps new /\
    forall L, step_of c alpha Lref beta eps L = L <-> In L (zeros ++ new).
Proof.
  induction cells as [|[r b] rest IH]; intros a ps zeros H K.
  - simpl in H. destruct ps; [|discriminate]. exists []. split; [constructor|]. rewrite app_nil_r.
    intros L. rewrite (fixed_by_gap c alpha Lref beta eps L A B). apply (all_listed g (Q2R a)); [exact K|].
    intros y Y Z. unfold gap_of in Z. pose proof (contrast_bounds c eps y E).
    assert (0 < Q2R a - Lref - high_of c eps / w) by (apply (less_correct _ _ _ _ H); enclosure).
    pose proof (weighed w W (contrast_of c eps y) (high_of c eps) ltac:(lra)). lra.
  - cbn [walk] in H. apply both in H as [AB H]. apply Qlt_bool_Rlt in AB.
    assert (Pass : forall ps, empty g (Q2R a) (Q2R b) -> walk b rest ps = true -> exists new, Forall2 in_bracket ps new /\
      forall L, step_of c alpha Lref beta eps L = L <-> In L (zeros ++ new)).
    { intros l N Wk. apply (IH b); [exact Wk|]. now apply (pass g (Q2R a)). }
    assert (Take : forall p others x, one_in g (Q2R a) (Q2R b) (Q2R (lo p)) (Q2R (hi p)) x -> walk b rest others = true ->
      exists new, Forall2 in_bracket (p :: others) new /\
      forall L, step_of c alpha Lref beta eps L = L <-> In L (zeros ++ new)).
    { intros p others x O Wk. destruct (IH b others (zeros ++ [x]) Wk) as [new [X Y]].
      - exact (take g _ _ _ _ _ _ K O).
      - exists (x :: new). split; [constructor; [exact (proj1 (proj1 O)) | exact X]|].
        intros L. rewrite (Y L), <- app_assoc. reflexivity. }
    destruct r.
    + parts. apply Pass; [now apply (positive_on_correct fuel) | assumption].
    + parts. apply Pass; [now apply (negative_on_correct fuel) | assumption].
    + apply both in H as [R H]. apply rises_correct in R. destruct ps as [|p others].
      { parts. apply Pass; [now apply none_rising_correct | assumption]. }
      destruct (inside a b p) eqn:N.
      * unfold inside in N. parts.
        destruct (one_rising g g' g_derivative (Q2R a) (Q2R b) (Q2R (lo p)) (Q2R (hi p)) R) as [x O].
        -- now apply Qle_bool_Rle.
        -- now apply Qlt_bool_Rlt.
        -- now apply Qle_bool_Rle.
        -- now apply negative_at_correct.
        -- now apply positive_at_correct.
        -- now apply (Take p others x).
      * parts. apply Pass; [now apply none_rising_correct | assumption].
    + apply both in H as [R H]. apply falls_correct in R. destruct ps as [|p others].
      { parts. apply Pass; [now apply none_falling_correct | assumption]. }
      destruct (inside a b p) eqn:N.
      * unfold inside in N. parts.
        destruct (one_falling g g' g_derivative (Q2R a) (Q2R b) (Q2R (lo p)) (Q2R (hi p)) R) as [x O].
        -- now apply Qle_bool_Rle.
        -- now apply Qlt_bool_Rlt.
        -- now apply Qle_bool_Rle.
        -- now apply positive_at_correct.
        -- now apply negative_at_correct.
        -- now apply (Take p others x).
      * parts. apply Pass; [now apply none_falling_correct | assumption].
Qed.

Lemma starts_correct a : starts a = true -> listed_up_to g (Q2R a) [].
Proof.
  intros H. apply none_yet. intros y Y Z. unfold gap_of in Z. pose proof (contrast_bounds c eps y E). pose proof enc_least.
  assert (Q2R a - Lref - low_of c eps / w < 0) by (apply (less_correct _ _ _ _ H); enclosure).
  pose proof (weighed w W (low_of c eps) (contrast_of c eps y) ltac:(lra)). lra.
Qed.

Lemma share_correct m : encloses (share m) ((R_of_num m - (1 - alpha)) * beta).
Proof. unfold share. apply enc_mul; [apply Hs | exact Hb]. Qed.

Ltac use H := first [apply (less_correct _ _ _ _ H); enclosure | apply (atmost_correct _ _ _ _ H); enclosure].

Lemma shape_swing_correct low high L H a b : c = MeanVar -> shape_swing low high a b = true ->
  encloses low L -> encloses high H -> forall x, Q2R a < x < Q2R b -> L <= slope_of c eps x <= H.
Proof.
  intros C K SL SH x X. rewrite C. change (slope_of MeanVar) with slope. unfold shape_swing in K. cbv zeta in K.
  apply both in K as [K Upper]. apply both in K as [K Lower].
  apply both in K as [K H8]. apply both in K as [K H7]. apply both in K as [H5 H6]. split.
  - apply (slope_at_least eps (Q2R a) (Q2R b)); [exact E | lra | use H5 | use H6 |].
    apply either in Lower as [Lower|Lower]; [apply either in Lower as [Lower|Lower]; [apply either in Lower as [Lower|Lower]|]|].
    + right; left. apply Qle_bool_Rle in Lower. now rewrite Q2R_0 in Lower.
    + right; right; left. apply both in Lower as [L1 L2]. apply Qle_bool_Rle in L1. rewrite Q2R_0 in L1. split; [exact L1 | use L2].
    + right; right; right. apply both in Lower as [L1 L2]. apply Qle_bool_Rle in L1. rewrite Q2R_0 in L1. split; [exact L1 | use L2].
    + left. use Lower.
  - apply (slope_at_most eps (Q2R a) (Q2R b)); [exact E | lra | use H7 | use H8 |].
    apply either in Upper as [Upper|Upper]; [apply either in Upper as [Upper|Upper]; [apply either in Upper as [Upper|Upper]|]|].
    + right; left. apply Qle_bool_Rle in Upper. now rewrite Q2R_0 in Upper.
    + right; right; left. apply both in Upper as [L1 L2]. apply Qle_bool_Rle in L1. rewrite Q2R_0 in L1. split; [exact L1 | use L2].
    + right; right; right. apply both in Upper as [L1 L2]. apply Qle_bool_Rle in L1. rewrite Q2R_0 in L1. split; [exact L1 | use L2].
    + left. use Upper.
Qed.
Lemma swing_correct low high L H a b : swing low high a b = true -> encloses low L -> encloses high H ->
  forall x, Q2R a < x < Q2R b -> L <= slope_of c eps x <= H.
Proof.
  intros K SL SH x X. apply either in K as [K|K].
  - apply of_shape_correct in K as [C K]. now apply (shape_swing_correct low high L H a b C K SL SH).
  - apply (fun G => by_range_correct _ (fun x => L <= slope_of c eps x <= H) G _ _ _ K); [|lra].
    intros a' b' T y Y. cbv beta zeta in T. apply both in T as [T1 T2].
    assert (S : encloses (e_slope_of ie (cell a' b')) (slope_of c eps y))
      by (apply enc_slope_of; [exact E | exact He | now apply enc_cell]).
    split; [exact (atmost_correct _ _ _ _ T1 SL S) | exact (atmost_correct _ _ _ _ T2 S SH)].
Qed.

Lemma no_less_correct n i L : encloses i (sigma L) -> no_less n i = true -> R_of_num n <= sigma L.
Proof.
  intros Hi K. pose proof (sigma_range L). apply either in K as [K|K].
  - pose proof (le_correct prec _ _ _ _ (enc_num prec n) (enc_Z prec 0) K). lra.
  - exact (le_correct prec _ _ _ _ (enc_num prec n) Hi K).
Qed.
Lemma no_more_correct n i L : encloses i (sigma L) -> no_more n i = true -> sigma L <= R_of_num n.
Proof.
  intros Hi K. pose proof (sigma_range L). apply either in K as [K|K].
  - pose proof (le_correct prec _ _ _ _ (enc_Z prec 1) (enc_num prec n) K). lra.
  - exact (le_correct prec _ _ _ _ Hi (enc_num prec n) K).
Qed.
Lemma brackets_correct b x : brackets b = true -> Q2R (from b) <= x <= Q2R (to b) -> in_bracket_of b x.
Proof.
  intros H X. unfold brackets in H. destruct (e_sigmas prec (e_Q prec (from b))) as [p q'] eqn:Low.
  destruct (e_sigmas prec (e_Q prec (to b))) as [p' q''] eqn:High.
  destruct (enc_sigmas _ _ _ _ _ Low (enc_Q prec _)) as [P Q]. destruct (enc_sigmas _ _ _ _ _ High (enc_Q prec _)) as [P' Q'].
  apply both in H as [H H4]. apply both in H as [H H3]. apply both in H as [H H2]. apply both in H as [_ H1].
  pose proof (no_less_correct _ _ _ P H1). pose proof (no_more_correct _ _ _ P' H2).
  pose proof (no_less_correct _ _ _ Q' H3). pose proof (no_more_correct _ _ _ Q H4).
  pose proof (sigma_does_not_fall (Q2R (from b)) x (proj1 X)). pose proof (sigma_does_not_fall x (Q2R (to b)) (proj2 X)).
  pose proof (sigma_does_not_fall (- x) (- Q2R (from b)) ltac:(lra)). pose proof (sigma_does_not_fall (- Q2R (to b)) (- x) ltac:(lra)).
  unfold in_bracket_of. lra.
Qed.
Theorem point_holds_correct p x : point_holds p = true -> in_bracket p x -> means_point c alpha beta eps p x.
Proof.
  intros H X. unfold point_holds in H. cbv zeta in H. pose proof (share_correct (m_lo p)) as SL.
  pose proof (share_correct (m_hi p)) as SH. set (low := share (m_lo p)) in *. set (high := share (m_hi p)) in *.
  apply both in H as [H Kind]. apply both in H as [H1 H2].
  unfold in_bracket in X. destruct (brackets_correct _ x H1 ltac:(cbn [from to]; lra)) as [_ [P Q]]. cbn [p_from p_to q_from q_to] in P, Q.
  pose proof (swing_correct _ _ _ _ _ _ H2 SL SH x X) as M.
  assert (M0 : R_of_num (m_lo p) <= multiplier_of c alpha beta eps x).
  { destruct M as [M _]. pose proof (proj1 (Rle_div_r (R_of_num (m_lo p) - (1 - alpha)) (slope_of c eps x) beta B) M). unfold multiplier_of. lra. }
  assert (M1 : multiplier_of c alpha beta eps x <= R_of_num (m_hi p)).
  { destruct M as [_ M]. pose proof (proj2 (Rle_div_l (slope_of c eps x) (R_of_num (m_hi p) - (1 - alpha)) beta B) M). unfold multiplier_of. lra. }
  unfold means_point. split; [repeat split; lra|]. destruct (kind p); [| |exact I].
  - apply both in Kind as [K1 K2].
    assert (-1 < R_of_num (m_lo p)) by use K1. assert (R_of_num (m_hi p) < 1) by use K2. lra.
  - apply either in Kind as [K|K].
    + assert (R_of_num (m_hi p) < -1) by use K. lra.
    + assert (1 < R_of_num (m_lo p)) by use K. lra.
Qed.
End Evaluate.

Definition e_range (prec : F.precision) (r : range) : I.type :=
  if Qeq_bool (fst r) (snd r) then e_Q prec (fst r) else I.join (e_Q prec (fst r)) (e_Q prec (snd r)).
Lemma enc_range prec r x : within r x -> encloses (e_range prec r) x.
Proof.
  intros [X Y]. unfold e_range. destruct (Qeq_bool (fst r) (snd r)) eqn:K.
  - apply Qeq_bool_eq, Qeq_eqR in K. replace x with (Q2R (fst r)) by lra. apply enc_Q.
  - apply (contains_connected _ (Q2R (fst r)) (Q2R (snd r))); [| |lra].
    + apply I.join_correct. left. apply enc_Q.
    + apply I.join_correct. right. apply enc_Q.
Qed.
(** m - (1 - alpha), exactly for an exact alpha. *)
Definition e_share (prec : F.precision) (alpha : range) (m : num) : I.type :=
  if Qeq_bool (fst alpha) (snd alpha) then e_less prec m (1 - fst alpha)%Q
  else I.add prec (e_less prec m 1) (e_range prec alpha).
Lemma enc_share prec r alpha m : within r alpha -> encloses (e_share prec r m) (R_of_num m - (1 - alpha)).
Proof.
  intros W. unfold e_share. destruct (Qeq_bool (fst r) (snd r)) eqn:K.
  - apply Qeq_bool_eq, Qeq_eqR in K. destruct W. replace (1 - alpha) with (Q2R (1 - fst r))
      by (rewrite Q2R_minus, Q2R_1; lra). apply enc_less.
  - replace (R_of_num m - (1 - alpha)) with (R_of_num m - Q2R 1 + alpha) by (rewrite Q2R_1; ring).
    apply enc_add; [apply enc_less | now apply enc_range].
Qed.

Definition logit_of (prec : F.precision) (r : range) : I.type :=
  let ip := e_range prec r in I.ln prec (I.div prec ip (I.sub prec (e_Z prec 1) ip)).
Lemma enc_logit prec r pref : within r pref -> encloses (logit_of prec r) (logit pref).
Proof. intros H. apply enc_ln, enc_div; [|apply enc_sub; [apply enc_Z|]]; now apply enc_range. Qed.

Definition some (r : range) : bool := Qle_bool (fst r) (snd r).
Definition domain (b : box) : bool :=
  some (b_alpha b) &&& some (b_beta b) &&& some (b_eps b) &&& some (b_pref b) &&&
  Qle_bool 0 (fst (b_alpha b)) &&& Qle_bool (snd (b_alpha b)) 1 &&&
  Qlt_bool 0 (fst (b_eps b)) &&& Qlt_bool 0 (fst (b_pref b)) &&& Qlt_bool (snd (b_pref b)) 1.
Lemma domain_correct b : domain b = true -> (exists alpha beta eps pref, in_box b alpha beta eps pref) /\
  forall alpha beta eps pref, in_box b alpha beta eps pref -> 0 <= alpha <= 1 /\ 0 < eps /\ 0 < pref < 1.
Proof.
  destruct b as [c ra rb re rp]. unfold domain, some, in_box, within. cbn [b_alpha b_beta b_eps b_pref]. intros D.
  apply both in D as [D D6]. apply both in D as [D D5]. apply both in D as [D D4].
  apply both in D as [D D2]. apply both in D as [D D1]. apply both in D as [D N4]. apply both in D as [D N3].
  apply both in D as [N1 N2].
  apply Qle_bool_Rle in N1, N2, N3, N4, D1, D2. apply Qlt_bool_Rlt in D4, D5, D6. rewrite Q2R_0 in *. rewrite Q2R_1 in *.
  split.
  - exists (Q2R (fst ra)), (Q2R (fst rb)), (Q2R (fst re)), (Q2R (fst rp)). repeat split; lra.
  - intros alpha beta eps pref H. lra.
Qed.

Definition check_fixed_points (b : box) (ps : list point) (e : evidence) : bool :=
  Qlt_bool 0 (fst (b_beta b)) &&&
  match e with
  | Mirror => Qle_bool (snd (b_alpha b)) 0 &&& match ps with [] => true | _ => false end
  | LinePartition bits start cells =>
    let prec := F.PtoP bits in
    let c := b_contrast b in
    let ib := e_range prec (b_beta b) in
    let ie := e_range prec (b_eps b) in
    let iw := I.mul prec (e_range prec (b_alpha b)) ib in
    let il := logit_of prec (b_pref b) in
    Qlt_bool 0 (fst (b_alpha b)) &&&
    ordered ps &&&
    starts prec c ie iw il start &&&
    walk prec c ie iw il start cells ps &&&
    forallb (point_holds prec c ie ib (e_share prec (b_alpha b))) ps
  end.

Lemma ordered_correct ps : ordered ps = true -> forall xs, Forall2 in_bracket ps xs -> Sorted Rlt xs.
Proof.
  induction ps as [|p ps IH]; intros H xs K; inversion K as [|p' x ps' xs' Ix Kx]; subst; [constructor|].
  destruct ps as [|p2 ps].
  - inversion Kx; subst. repeat constructor.
  - cbn [ordered] in H. apply both in H as [Hp H]. apply Qle_bool_Rle in Hp. constructor; [now apply IH|].
    inversion Kx as [|? y ? ys Iy Ky]; subst. constructor. unfold in_bracket in *. lra.
Qed.

Theorem check_fixed_points_correct b ps e : domain b = true -> check_fixed_points b ps e = true ->
  forall alpha beta eps pref, in_box b alpha beta eps pref ->
  0 < beta /\ means_fixed_points (b_contrast b) alpha (logit pref) beta eps ps.
Proof.
  intros D H alpha beta eps pref In. destruct (proj2 (domain_correct b D) alpha beta eps pref In) as [_ [E0 _]].
  destruct b as [c ra rb re rp]. destruct In as [Wa [Wb [We Wp]]]. cbn [b_contrast b_alpha b_beta b_eps b_pref] in *.
  unfold check_fixed_points in H. cbn [b_contrast b_alpha b_beta b_eps b_pref] in H.
  apply both in H as [B0 H]. apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  assert (B : 0 < beta) by (destruct Wb; lra). split; [exact B|]. destruct e as [|bits start cells].
  - apply both in H as [Z N]. destruct ps; [|discriminate]. apply Qle_bool_Rle in Z. rewrite Q2R_0 in Z.
    exists []. split; [constructor|]. split; [constructor|]. intros L. split; [|intros []]. intros K. exfalso.
    pose proof (proj1 (proj2 (domain_correct _ D) _ _ _ _ (conj Wa (conj Wb (conj We Wp))))) as [A0 _].
    assert (A1 : alpha = 0) by (destruct Wa; lra). unfold step_of in K. rewrite A1 in K. pose proof (contrast_positive c eps L E0).
    assert (0 < contrast_of c eps L / beta) by (apply Rdiv_lt_0_compat; lra). lra.
  - cbv zeta in H. set (prec := F.PtoP bits) in *.
    pose proof (enc_range prec ra alpha Wa) as Ha. pose proof (enc_range prec rb beta Wb) as Hb.
    pose proof (enc_range prec re eps We) as He.
    pose proof (enc_mul prec _ _ _ _ Ha Hb) as Hw. pose proof (enc_logit prec rp pref Wp) as Hl.
    pose proof (fun m => enc_share prec ra alpha m Wa) as Hs.
    apply both in H as [H P]. apply both in H as [H W]. apply both in H as [H St]. apply both in H as [A O].
    apply Qlt_bool_Rlt in A. rewrite Q2R_0 in A. assert (A0 : 0 < alpha) by (destruct Wa; lra).
    pose proof (starts_correct prec c alpha beta eps (logit pref) _ _ _ He Hw Hl A0 B E0 start St) as K.
    destruct (walk_correct prec c alpha beta eps (logit pref) _ _ _ He Hw Hl A0 B E0 cells start ps [] W K) as [xs [In_ All]].
    exists xs. split; [|split; [now apply (ordered_correct ps) | exact All]].
    clear W O All. revert xs In_. rewrite forallb_forall in P. induction ps as [|p ps IH]; intros xs K'; inversion K'; subst; constructor.
    + apply (point_holds_correct prec c alpha beta eps _ He B E0 _ Hb _ Hs p); [apply P; now left | assumption].
    + apply IH; [|assumption]. intros p' Hp'. apply P. now right.
Qed.
End Checker.

(** * All fixed points for given parameters: what the exported certificates of that kind apply

    The cells are those of the certificate;
      the hypotheses left to each exported file are order of rationals and signs
    of the gap, of the slope against the weight and of the bend at ends of cells and brackets. *)

From Coq Require Import Reals Lra List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax TwoKL Counting Cells Zeros ListedZeros.
Import ListNotations.
Open Scope R_scope.

Definition attracting (alpha beta eps L : R) : Prop := -1 < multiplier alpha beta eps L < 1.
Definition repelling (alpha beta eps L : R) : Prop :=
  multiplier alpha beta eps L < -1 \/ 1 < multiplier alpha beta eps L.

Section Given.
Variables alpha Lref beta eps : R.
Hypothesis A : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Local Notation w := (alpha * beta).
Local Notation g := (gap Lref (alpha * beta) eps).
Local Notation g' := (gap_slope (alpha * beta) eps).

Lemma W : 0 < w.
Proof. now apply Rmult_lt_0_compat. Qed.

Lemma gap_of_weight L : is_derive g L (g' L).
Proof. apply gap_derivative; [exact W | exact E]. Qed.

Lemma left_tail b : b - Lref - / sqrt (1/4 + eps) / w < 0 -> listed_up_to g b [].
Proof. intros H. apply none_yet. intros L. apply (none_left Lref w eps W E). lra. Qed.

Lemma right_tail b zeros : listed_up_to g b zeros -> 0 < b - Lref - / sqrt eps / w ->
  forall L, T2 alpha Lref beta eps L = L <-> In L zeros.
Proof.
  intros H R L. rewrite s7_same_fixed_points, fixed_point_gap by assumption. apply (all_listed g b);
  [exact H|].
  apply (none_right Lref w eps W E). lra.
Qed.

(** The slope of the gap, and its sign, over a cell. *)
Lemma rising_below_half a b : b <= 0 -> rising g' a b.
Proof. exact (rising_negative eps w E W a b). Qed.
Lemma rising_before_peak a b : 0 <= b -> bend eps b <= 0 -> slope eps b < w -> rising g' a b.
Proof. exact (rising_left eps w E W a b). Qed.
Lemma rising_after_peak a b : 0 <= a -> 0 <= bend eps a -> slope eps a < w -> rising g' a b.
Proof. exact (rising_right eps w E W a b). Qed.
Lemma rising_above_Bmax a b : Bmax eps < w -> rising g' a b.
Proof. exact (rising_everywhere eps w E W a b). Qed.
Lemma falling_over_peak a b : 0 <= a -> w < slope eps a -> w < slope eps b -> falling g' a b.
Proof. exact (falling_between eps w E W a b). Qed.

(** The sign of the gap over a cell. *)
Lemma gap_positive a b : 0 < a - Lref - Omega eps a / w -> 0 < a - Lref - Omega eps b / w -> empty g a b.
Proof. intros P Q. apply empty_positive. exact (positive_cell eps w E W Lref a b P Q). Qed.
Lemma gap_negative_right a b : 0 <= a -> b - Lref - Omega eps a / w < 0 -> empty g a b.
Proof. intros P Q. apply empty_negative. exact (negative_cell_right eps w E W Lref a b P Q). Qed.
Lemma gap_negative_left a b : b <= 0 -> b - Lref - Omega eps b / w < 0 -> empty g a b.
Proof. intros P Q. apply empty_negative. exact (negative_cell_left eps w E W Lref a b P Q). Qed.
Lemma gap_negative_across a b : b - Lref - / sqrt (1/4 + eps) / w < 0 -> empty g a b.
Proof. intros Q. apply empty_negative. exact (negative_cell_across eps w E W Lref a b Q). Qed.

Definition empty_when_rising_left a b := empty_rising_left g g' gap_of_weight a b.
Definition empty_when_rising_right a b := empty_rising_right g g' gap_of_weight a b.
Definition empty_when_falling_left a b := empty_falling_left g g' gap_of_weight a b.
Definition empty_when_falling_right a b := empty_falling_right g g' gap_of_weight a b.
Definition one_when_rising a b l r := one_rising g g' gap_of_weight a b l r.
Definition one_when_falling a b l r := one_falling g g' gap_of_weight a b l r.
End Given.

(** What a certificate says of one fixed point x in the bracket (l, r). *)
Definition described (alpha beta eps l r p0 p1 q0 q1 m0 m1 x : R) : Prop :=
  l < x < r /\ p0 <= sigma x <= p1 /\ q0 <= sigma (- x) <= q1 /\ m0 <= multiplier alpha beta eps x <= m1.

Lemma located l r p0 p1 q0 q1 x : l < x < r -> p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) ->
  sigma (- l) <= q1 -> p0 <= sigma x <= p1 /\ q0 <= sigma (- x) <= q1.
Proof. intros X P0 P1 Q0 Q1. destruct (probability_between l r x X). lra. Qed.

Lemma described_by_rise alpha beta eps l r p0 p1 q0 q1 m0 m1 x : 0 < beta -> 0 < eps -> l < x < r ->
  p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) -> sigma (- l) <= q1 ->
  bend eps l <= 0 -> bend eps r <= 0 -> m0 <= multiplier alpha beta eps l ->
    multiplier alpha beta eps r <= m1 ->
  described alpha beta eps l r p0 p1 q0 q1 m0 m1 x.
Proof.
  intros B E X P0 P1 Q0 Q1 Bl Br M0 M1. destruct (located l r p0 p1 q0 q1 x) as [P Q]; try assumption.
  pose proof (multiplier_rises alpha beta eps l r x B E Bl Br X). unfold described. lra.
Qed.

Lemma described_by_fall_right alpha beta eps l r p0 p1 q0 q1 m0 m1 x : 0 < beta -> 0 < eps -> l < x < r ->
  p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) -> sigma (- l) <= q1 ->
  0 <= l -> 0 <= bend eps l -> m0 <= multiplier alpha beta eps r -> multiplier alpha beta eps l <= m1 ->
  described alpha beta eps l r p0 p1 q0 q1 m0 m1 x.
Proof.
  intros B E X P0 P1 Q0 Q1 Z Bl M0 M1. destruct (located l r p0 p1 q0 q1 x) as [P Q]; try assumption.
  pose proof (multiplier_falls alpha beta eps l r x B E (or_introl (conj Z Bl)) X). unfold described. lra.
Qed.

Lemma described_by_fall_left alpha beta eps l r p0 p1 q0 q1 m0 m1 x : 0 < beta -> 0 < eps -> l < x < r ->
  p0 <= sigma l -> sigma r <= p1 -> q0 <= sigma (- r) -> sigma (- l) <= q1 ->
  r <= 0 -> 0 <= bend eps r -> m0 <= multiplier alpha beta eps r -> multiplier alpha beta eps l <= m1 ->
  described alpha beta eps l r p0 p1 q0 q1 m0 m1 x.
Proof.
  intros B E X P0 P1 Q0 Q1 Z Br M0 M1. destruct (located l r p0 p1 q0 q1 x) as [P Q]; try assumption.
  pose proof (multiplier_falls alpha beta eps l r x B E (or_intror (conj Z Br)) X). unfold described. lra.
Qed.

Section Kind.
Variables alpha beta eps l r p0 p1 q0 q1 m0 m1 x : R.
Hypothesis D : described alpha beta eps l r p0 p1 q0 q1 m0 m1 x.
Lemma attracts : -1 < m0 -> m1 < 1 -> attracting alpha beta eps x.
Proof. destruct D as [_ [_ [_ M]]]. unfold attracting. lra. Qed.
Lemma repels_downward : m1 < -1 -> repelling alpha beta eps x.
Proof. destruct D as [_ [_ [_ M]]]. unfold repelling. lra. Qed.
Lemma repels_upward : 1 < m0 -> repelling alpha beta eps x.
Proof. destruct D as [_ [_ [_ M]]]. unfold repelling. lra. Qed.
End Kind.

(** For alpha = 0 there is none: every step rises. *)
Theorem mirror_has_none Lref beta eps : 0 < beta -> 0 < eps -> forall L, T2 0 Lref beta eps L <> L.
Proof.
  intros B E L. unfold T2. pose proof (Omega_positive eps L E).
  assert (0 < Omega eps L / beta) by (apply Rdiv_lt_0_compat; lra). lra.
Qed.

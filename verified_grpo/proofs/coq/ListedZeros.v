(** * All zeros of a function of the line, listed from left to right

    What is known up to some point is extended cell by cell until the right tail:
      then the list holds every zero. *)

From Coq Require Import Reals Lra List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Zeros.
Import ListNotations.
Open Scope R_scope.

Section Line.
Variable F : R -> R.

Definition listed_up_to (b : R) (zeros : list R) : Prop :=
  (forall L, In L zeros -> F L = 0) /\ (forall L, L <= b -> F L = 0 -> In L zeros).
Definition empty (a b : R) : Prop := forall L, a <= L <= b -> F L <> 0.
(** One zero in the cell [a, b], and it is in the bracket (l, r). *)
Definition one_in (a b l r x : R) : Prop := (l < x < r /\ F x = 0) /\ forall L, a <= L <= b -> F L = 0 ->
  L = x.

Lemma none_yet b : (forall L, L <= b -> F L <> 0) -> listed_up_to b [].
Proof. intros H. split; [intros L []|]. intros L I Z. now specialize (H L I). Qed.

Lemma pass a b zeros : listed_up_to a zeros -> empty a b -> listed_up_to b zeros.
Proof.
  intros [P Q] N. split; [exact P|]. intros L I Z.
  destruct (Rle_lt_dec L a) as [D|D]; [now apply Q|]. exfalso. apply (N L); [lra | exact Z].
Qed.

Lemma take a b l r x zeros : listed_up_to a zeros -> one_in a b l r x -> listed_up_to b (zeros ++ [x]).
Proof.
  intros [P Q] [[_ X] U]. split.
  - intros L I. apply in_app_or in I. destruct I as [I|[<-|[]]]; [now apply P | exact X].
  - intros L I Z. apply in_or_app. destruct (Rle_lt_dec L a) as [D|D]; [left; now apply Q|].
    right. left. symmetry. apply U; [lra | exact Z].
Qed.

Lemma all_listed b zeros : listed_up_to b zeros -> (forall L, b <= L -> F L <> 0) ->
  forall L, F L = 0 <-> In L zeros.
Proof.
  intros [P Q] N L. split; [|apply P]. intros Z. destruct (Rle_lt_dec L b) as [D|D]; [now apply Q|].
  exfalso. apply (N L); [lra | exact Z].
Qed.

(** Cells, by the sign of F or of its derivative. *)
Variable F' : R -> R.
Hypothesis derivative : forall L, is_derive F L (F' L).
Definition rising (a b : R) : Prop := forall L, a <= L <= b -> 0 < F' L.
Definition falling (a b : R) : Prop := forall L, a <= L <= b -> F' L < 0.

Lemma empty_positive a b : (forall L, a <= L <= b -> 0 < F L) -> empty a b.
Proof. intros H L I Z. specialize (H L I). lra. Qed.

Lemma empty_negative a b : (forall L, a <= L <= b -> F L < 0) -> empty a b.
Proof. intros H L I Z. specialize (H L I). lra. Qed.

Lemma empty_rising_left a b : rising a b -> 0 < F a -> empty a b.
Proof. intros H A. exact (none_in_rising_cell F F' derivative a b H (or_introl A)). Qed.

Lemma empty_rising_right a b : rising a b -> F b < 0 -> empty a b.
Proof. intros H A. exact (none_in_rising_cell F F' derivative a b H (or_intror A)). Qed.

Lemma empty_falling_left a b : falling a b -> F a < 0 -> empty a b.
Proof. intros H A. exact (none_in_falling_cell F F' derivative a b H (or_introl A)). Qed.

Lemma empty_falling_right a b : falling a b -> 0 < F b -> empty a b.
Proof. intros H A. exact (none_in_falling_cell F F' derivative a b H (or_intror A)). Qed.

Lemma one_rising a b l r : rising a b -> a <= l -> l < r -> r <= b -> F l < 0 -> 0 < F r -> exists x,
  one_in a b l r x.
Proof. exact (one_in_rising_cell F F' derivative a b l r). Qed.

Lemma one_falling a b l r : falling a b -> a <= l -> l < r -> r <= b -> 0 < F l -> F r < 0 -> exists x,
  one_in a b l r x.
Proof. exact (one_in_falling_cell F F' derivative a b l r). Qed.
End Line.

(** Points in brackets one after the other. *)
Lemma apart a b c d x y : a < x < b -> b <= c -> c < y < d -> x < y.
Proof. lra. Qed.

(** * Counting fixed points cell by cell

    Suite: certificate "fixed-points", rule "line-partition".  What a partition of the line says about the number of
    fixed points.  A cell is a closed interval; the hypotheses on it are strict signs of the gap or of its slope. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Calculus Zeros Amplification Slope.
Open Scope R_scope.

Section Cells.
Variables Lref beta eps : R.
Hypothesis beta_positive : 0 < beta.
Hypothesis eps_positive : 0 < eps.
Let g := gap Lref beta eps.
Let s := gap_slope beta eps.
Let g_derivative : forall t, is_derive g t (s t).
Proof. intros t. now apply gap_derivative. Qed.

Lemma increasing a b : (forall x, a <= x <= b -> 0 < s x) ->
  forall x y, a <= x -> x < y -> y <= b -> g x < g y.
Proof. intros H x y A XY B. apply (increases g s x y g_derivative); [|exact XY]. intros t Ht. apply H. lra. Qed.

Lemma zero_up a b : a < b -> g a < 0 -> 0 < g b -> exists x, a < x < b /\ g x = 0.
Proof. intros AB A B. apply (sign_change g s g_derivative); [exact AB | left; split; assumption]. Qed.

Lemma zero_down a b : a < b -> 0 < g a -> g b < 0 -> exists x, a < x < b /\ g x = 0.
Proof. intros AB A B. apply (sign_change g s g_derivative); [exact AB | right; split; assumption]. Qed.

(** Every zero of a monotone cell is the one in the bracket [l, r]. *)
Definition only_zero (a b l r : R) : Prop :=
  exists x, (l < x < r /\ g x = 0) /\ forall y, a <= y <= b -> g y = 0 -> y = x.
Definition no_zero (a b : R) : Prop := forall y, a <= y <= b -> g y <> 0.

Lemma one_increasing a b l r : (forall x, a <= x <= b -> 0 < s x) -> a <= l -> l < r -> r <= b ->
  g l < 0 -> 0 < g r -> only_zero a b l r.
Proof. exact (one_in_rising_cell g s g_derivative a b l r). Qed.

Lemma one_decreasing a b l r : (forall x, a <= x <= b -> s x < 0) -> a <= l -> l < r -> r <= b ->
  0 < g l -> g r < 0 -> only_zero a b l r.
Proof. exact (one_in_falling_cell g s g_derivative a b l r). Qed.

Lemma none_positive a b : (forall x, a <= x <= b -> 0 < g x) -> no_zero a b.
Proof. intros H y Y G. specialize (H y Y). lra. Qed.

Lemma none_negative a b : (forall x, a <= x <= b -> g x < 0) -> no_zero a b.
Proof. intros H y Y G. specialize (H y Y). lra. Qed.

(** A monotone cell without a zero: a sign at the end that excludes it. *)
Lemma none_increasing a b : (forall x, a <= x <= b -> 0 < s x) -> 0 < g a \/ g b < 0 -> no_zero a b.
Proof. exact (none_in_rising_cell g s g_derivative a b). Qed.

Lemma none_decreasing a b : (forall x, a <= x <= b -> s x < 0) -> g a < 0 \/ 0 < g b -> no_zero a b.
Proof. exact (none_in_falling_cell g s g_derivative a b). Qed.

(** The two tails: beyond the bounds of Omega there is nothing. *)
Lemma none_left a : a < Lref + / sqrt (1/4 + eps) / beta -> forall y, y <= a -> g y <> 0.
Proof.
  intros A y Y G. pose proof (amplification_margin Lref beta eps y beta_positive eps_positive G). lra.
Qed.

Lemma none_right b : Lref + / sqrt eps / beta < b -> forall y, b <= y -> g y <> 0.
Proof.
  intros B y Y G. pose proof (amplification_margin Lref beta eps y beta_positive eps_positive G). lra.
Qed.
End Cells.

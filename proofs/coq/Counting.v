(** * The gap of fixed points: monotone stretches, sign changes, tails

    Suite: certificate "fixed-points", rule "line-partition".  The general facts of Zeros.v for g(L) = L - L_ref -
    Omega(L)/beta, whose zeros are the fixed points, and the two tails that the bounds of Omega leave empty. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Zeros Amplification Slope.
Open Scope R_scope.

Section Gap.
Variables Lref beta eps : R.
Hypothesis beta_positive : 0 < beta.
Hypothesis eps_positive : 0 < eps.
Let g := gap Lref beta eps.
Let s := gap_slope beta eps.
Let g_derivative : forall t, is_derive g t (s t).
Proof. intros t. now apply gap_derivative. Qed.

Lemma increasing a b : (forall x, a <= x <= b -> 0 < s x) ->
  forall x y, a <= x -> x < y -> y <= b -> g x < g y.
Proof. exact (fun H x y => rises g s g_derivative a b x y H). Qed.

Lemma zero_up a b : a < b -> g a < 0 -> 0 < g b -> exists x, a < x < b /\ g x = 0.
Proof. exact (crossing g s g_derivative a b). Qed.

Lemma zero_down a b : a < b -> 0 < g a -> g b < 0 -> exists x, a < x < b /\ g x = 0.
Proof. exact (crossing_down g s g_derivative a b). Qed.

Lemma none_left a : a < Lref + / sqrt (1/4 + eps) / beta -> forall y, y <= a -> g y <> 0.
Proof.
  intros A y Y G. pose proof (amplification_margin Lref beta eps y beta_positive eps_positive G). lra.
Qed.

Lemma none_right b : Lref + / sqrt eps / beta < b -> forall y, b <= y -> g y <> 0.
Proof.
  intros B y Y G. pose proof (amplification_margin Lref beta eps y beta_positive eps_positive G). lra.
Qed.
End Gap.

(** * Counting zeros cell by cell

    What a partition of the line says about the number of fixed points.  A cell is a closed interval; the
    hypotheses on it are strict signs of the gap or of its slope. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Amplification Slope.
Open Scope R_scope.

Section Cells.
Variables Lref beta eps : R.
Hypothesis beta_positive : 0 < beta.
Hypothesis eps_positive : 0 < eps.
Let g := gap Lref beta eps.
Let s := gap_slope beta eps.

Lemma mean_value a b : a < b -> exists c, a <= c <= b /\ g b - g a = s c * (b - a).
Proof.
  intros H. destruct (MVT_gen g a b s) as [c [C D]].
  - intros x _. now apply gap_derivative.
  - intros x _. apply continuity_pt_filterlim, gap_continuous; assumption.
  - exists c. rewrite Rmin_left, Rmax_right in C by lra. auto.
Qed.

Lemma increasing a b : (forall x, a <= x <= b -> 0 < s x) ->
  forall x y, a <= x -> x < y -> y <= b -> g x < g y.
Proof.
  intros H x y A XY B. destruct (mean_value x y XY) as [c [C D]].
  assert (0 < s c) by (apply H; lra). nra.
Qed.

Lemma decreasing a b : (forall x, a <= x <= b -> s x < 0) ->
  forall x y, a <= x -> x < y -> y <= b -> g y < g x.
Proof.
  intros H x y A XY B. destruct (mean_value x y XY) as [c [C D]].
  assert (s c < 0) by (apply H; lra). nra.
Qed.

(** A zero between two points of opposite signs. *)
Lemma zero_up a b : a < b -> g a < 0 -> 0 < g b -> exists x, a < x < b /\ g x = 0.
Proof.
  intros AB A B. destruct (IVT_gen g a b 0) as [x [X G]].
  - intros x. apply continuity_pt_filterlim, gap_continuous; assumption.
  - rewrite Rmin_left, Rmax_right by lra. lra.
  - rewrite Rmin_left, Rmax_right in X by lra. exists x. split; [|exact G].
    destruct (Req_dec x a); [subst; lra|]. destruct (Req_dec x b); [subst; lra|]. lra.
Qed.

Lemma zero_down a b : a < b -> 0 < g a -> g b < 0 -> exists x, a < x < b /\ g x = 0.
Proof.
  intros AB A B. destruct (IVT_gen g a b 0) as [x [X G]].
  - intros x. apply continuity_pt_filterlim, gap_continuous; assumption.
  - rewrite Rmin_right, Rmax_left by lra. lra.
  - rewrite Rmin_left, Rmax_right in X by lra. exists x. split; [|exact G].
    destruct (Req_dec x a); [subst; lra|]. destruct (Req_dec x b); [subst; lra|]. lra.
Qed.

(** Every zero of a monotone cell is the one in the bracket [l, r]. *)
Definition only_zero (a b l r : R) : Prop :=
  exists x, (l < x < r /\ g x = 0) /\ forall y, a <= y <= b -> g y = 0 -> y = x.
Definition no_zero (a b : R) : Prop := forall y, a <= y <= b -> g y <> 0.

Lemma one_increasing a b l r : (forall x, a <= x <= b -> 0 < s x) -> a <= l -> l < r -> r <= b ->
  g l < 0 -> 0 < g r -> only_zero a b l r.
Proof.
  intros H A LR B GL GR. destruct (zero_up l r LR GL GR) as [x [X Z]]. exists x. split; [auto|].
  intros y Y G. destruct (Rtotal_order y x) as [C|[C|C]]; [|exact C|].
  - pose proof (increasing a b H y x). lra.
  - pose proof (increasing a b H x y). lra.
Qed.

Lemma one_decreasing a b l r : (forall x, a <= x <= b -> s x < 0) -> a <= l -> l < r -> r <= b ->
  0 < g l -> g r < 0 -> only_zero a b l r.
Proof.
  intros H A LR B GL GR. destruct (zero_down l r LR GL GR) as [x [X Z]]. exists x. split; [auto|].
  intros y Y G. destruct (Rtotal_order y x) as [C|[C|C]]; [|exact C|].
  - pose proof (decreasing a b H y x). lra.
  - pose proof (decreasing a b H x y). lra.
Qed.

Lemma none_positive a b : (forall x, a <= x <= b -> 0 < g x) -> no_zero a b.
Proof. intros H y Y G. specialize (H y Y). lra. Qed.

Lemma none_negative a b : (forall x, a <= x <= b -> g x < 0) -> no_zero a b.
Proof. intros H y Y G. specialize (H y Y). lra. Qed.

(** A monotone cell without a zero: a sign at the end that excludes it. *)
Lemma none_increasing a b : (forall x, a <= x <= b -> 0 < s x) -> 0 < g a \/ g b < 0 -> no_zero a b.
Proof.
  intros H E y Y G. destruct E as [E|E].
  - destruct (Req_dec a y) as [->|]; [lra|]. pose proof (increasing a b H a y). lra.
  - destruct (Req_dec y b) as [->|]; [lra|]. pose proof (increasing a b H y b). lra.
Qed.

Lemma none_decreasing a b : (forall x, a <= x <= b -> s x < 0) -> g a < 0 \/ 0 < g b -> no_zero a b.
Proof.
  intros H E y Y G. destruct E as [E|E].
  - destruct (Req_dec a y) as [->|]; [lra|]. pose proof (decreasing a b H a y). lra.
  - destruct (Req_dec y b) as [->|]; [lra|]. pose proof (decreasing a b H y b). lra.
Qed.

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

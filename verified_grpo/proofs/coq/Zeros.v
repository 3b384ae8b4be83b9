(** * Counting zeros cell by cell

    For any function g of the line with derivative s: what strict signs of g or of s on a closed interval, and at
    its ends, say about the zeros of g in it.  Every count of fixed points or cycles is put together from these. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus.
Open Scope R_scope.

Section Zeros.
Variables g s : R -> R.
Hypothesis g_derivative : forall t, is_derive g t (s t).

(** A zero between two points of opposite signs. *)
Lemma sign_change a b : a < b -> (g a < 0 /\ 0 < g b) \/ (0 < g a /\ g b < 0) -> exists x, a < x < b /\ g x = 0.
Proof.
  intros AB Ends.
  destruct (zero_between g a b) as [x [X Z]].
  - exact (continuous_of_derivative g s g_derivative).
  - lra.
  - destruct Ends; nra.
  - exists x. split; [|exact Z].
    destruct (Req_dec x a) as [->|]; [lra|]. destruct (Req_dec x b) as [->|]; lra.
Qed.

(** A monotone cell with a bracket of opposite signs: the zero in the bracket is the only one of the cell. *)
Lemma one_in_rising_cell a b l r : (forall x, a <= x <= b -> 0 < s x) -> a <= l -> l < r -> r <= b ->
  g l < 0 -> 0 < g r -> exists x, (l < x < r /\ g x = 0) /\ forall y, a <= y <= b -> g y = 0 -> y = x.
Proof.
  intros H A LR B GL GR. destruct (sign_change l r LR) as [x [X Z]]; [lra|]. exists x. split; [auto|].
  intros y Y G. destruct (Rtotal_order y x) as [C|[C|C]]; [|exact C|].
  - pose proof (increases g s y x g_derivative (fun t Ht => H t ltac:(lra)) C). lra.
  - pose proof (increases g s x y g_derivative (fun t Ht => H t ltac:(lra)) C). lra.
Qed.

Lemma one_in_falling_cell a b l r : (forall x, a <= x <= b -> s x < 0) -> a <= l -> l < r -> r <= b ->
  0 < g l -> g r < 0 -> exists x, (l < x < r /\ g x = 0) /\ forall y, a <= y <= b -> g y = 0 -> y = x.
Proof.
  intros H A LR B GL GR. destruct (sign_change l r LR) as [x [X Z]]; [lra|]. exists x. split; [auto|].
  intros y Y G. destruct (Rtotal_order y x) as [C|[C|C]]; [|exact C|].
  - pose proof (decreases g s y x g_derivative (fun t Ht => H t ltac:(lra)) C). lra.
  - pose proof (decreases g s x y g_derivative (fun t Ht => H t ltac:(lra)) C). lra.
Qed.

(** A monotone cell without a zero: a sign at the end that excludes it. *)
Lemma none_in_rising_cell a b : (forall x, a <= x <= b -> 0 < s x) -> 0 < g a \/ g b < 0 ->
  forall y, a <= y <= b -> g y <> 0.
Proof.
  intros H E y Y G. destruct E as [E|E].
  - destruct (Req_dec a y) as [->|]; [lra|].
    pose proof (increases g s a y g_derivative (fun t Ht => H t ltac:(lra)) ltac:(lra)). lra.
  - destruct (Req_dec y b) as [->|]; [lra|].
    pose proof (increases g s y b g_derivative (fun t Ht => H t ltac:(lra)) ltac:(lra)). lra.
Qed.

Lemma none_in_falling_cell a b : (forall x, a <= x <= b -> s x < 0) -> g a < 0 \/ 0 < g b ->
  forall y, a <= y <= b -> g y <> 0.
Proof.
  intros H E y Y G. destruct E as [E|E].
  - destruct (Req_dec a y) as [->|]; [lra|].
    pose proof (decreases g s a y g_derivative (fun t Ht => H t ltac:(lra)) ltac:(lra)). lra.
  - destruct (Req_dec y b) as [->|]; [lra|].
    pose proof (decreases g s y b g_derivative (fun t Ht => H t ltac:(lra)) ltac:(lra)). lra.
Qed.
End Zeros.

(** * Chaos witnesses: four enclosed points, or a bracket of period three, and the points of every period

    Cited, not proved: the uncountable scrambled set of Li and Yorke's theorem. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Periods.
Open Scope R_scope.

Section Witness.
Variable f : R -> R.
Hypothesis f_continuous : forall t, continuous f t.

Theorem chaos_falls x a b c d e g : a <= f x <= b -> c <= f (f x) <= d -> e <= f (f (f x)) <= g ->
  x <= e -> b < x -> d < a ->
  (a <= f x <= b /\ c <= f (f x) <= d /\ e <= f (f (f x)) <= g) /\
  forall n, (1 <= n)%nat -> exists L, has_period f n L.
Proof. intros I J K XE BX DA. split; [auto|]. apply (li_yorke_downward f x f_continuous); lra. Qed.

Theorem chaos_rises x a b c d e g : a <= f x <= b -> c <= f (f x) <= d -> e <= f (f (f x)) <= g ->
  g <= x -> x < a -> b < c ->
  (a <= f x <= b /\ c <= f (f x) <= d /\ e <= f (f (f x)) <= g) /\
  forall n, (1 <= n)%nat -> exists L, has_period f n L.
Proof. intros I J K XE BX DA. split; [auto|]. apply (li_yorke_upward f x f_continuous); lra. Qed.

(** f^3 - id changes sign on [l, r], and f leads out of it. *)
Theorem chaos_by_return l r : l < r ->
  (f (f (f l)) < l /\ r < f (f (f r))) \/ (l < f (f (f l)) /\ f (f (f r)) < r) ->
  (forall t, l <= t <= r -> f t < l) \/ (forall t, l <= t <= r -> r < f t) ->
  (exists L, l < L < r /\ has_period f 3 L) /\ forall n, (1 <= n)%nat -> exists L, has_period f n L.
Proof.
  intros LR S Out.
  destruct (zero_between (fun t => iterate f 3 t - t) l r) as [x [X Z]].
  - intros t. apply (continuous_minus (iterate f 3) (fun t => t));
    [now apply iterate_continuous | apply continuous_id].
  - lra.
  - simpl. destruct S; nra.
  - simpl in Z. assert (P : f (f (f x)) = x) by lra.
    assert (N : f x <> x) by (destruct Out as [O|O]; specialize (O x X); lra).
    assert (I : l < x < r).
    { destruct (Req_dec x l) as [->|]; [lra|]. destruct (Req_dec x r) as [->|]; [lra|]. lra. }
    split; [|now apply (period_three f x)]. exists x. split; [exact I|]. split; [exact P|].
    intros k K Fk. assert (k = 1%nat \/ k = 2%nat) as [->| ->] by Lia.lia; simpl in Fk.
    + now apply N.
    + rewrite Fk in P. now apply N.
Qed.
End Witness.

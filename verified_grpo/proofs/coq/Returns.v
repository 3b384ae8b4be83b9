(** * All points that n steps bring back: what an exported count of cycles applies

    Suite: certificate "cycles", rule "cells" (lemmas 23 and 24 of the checker).  The zeros of T^n(L) - L are listed
    cell by cell, from enclosures of the images of a cell and of the slope of T over them; all by values at ends. *)

From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Monotone TwoKL Periods Cells Boxes Zeros
  ListedZeros Traps Cycles.
Import ListNotations.
Open Scope R_scope.

(** The slope over a cell, from above and from below: by its ends unless a peak or a trough may lie between. *)
Lemma slope_at_most eps a b hi x : 0 < eps -> a <= x <= b -> slope eps a <= hi -> slope eps b <= hi ->
  Bmax eps <= hi \/ b <= 0 \/ (0 <= b /\ bend eps b <= 0) \/ (0 <= a /\ 0 <= bend eps a) -> slope eps x <= hi.
Proof.
  intros E X Sa Sb [H|[H|[[H K]|[H K]]]].
  - pose proof (slope_bound eps x E). lra.
  - assert (- hi <= slope eps (- x)); [|rewrite slope_odd in H0; lra].
    apply (slope_between eps (- hi) (- b) (- a)); try assumption; rewrite ?slope_odd; lra.
  - destruct (Rle_lt_dec x 0) as [Q|Q].
    + pose proof (slope_nonpositive eps x E Q). pose proof (slope_nonnegative eps b E H). lra.
    + assert (slope eps x <= slope eps b); [|lra]. apply (slope_does_not_fall eps 0 b); try lra.
      unfold bend. rewrite sigma_0. nra.
  - assert (slope eps x <= slope eps a); [|lra]. apply slope_does_not_rise; [exact E | | lra].
    intros t Ht. apply (bend_beyond eps a); lra.
Qed.

Lemma bend_even eps L : bend eps (- L) = bend eps L.
Proof. unfold bend. rewrite sigma_reflected. ring. Qed.

Lemma slope_at_least eps a b lo x : 0 < eps -> a <= x <= b -> lo <= slope eps a -> lo <= slope eps b ->
  lo <= - Bmax eps \/ 0 <= a \/ (a <= 0 /\ bend eps a <= 0) \/ (b <= 0 /\ 0 <= bend eps b) -> lo <= slope eps x.
Proof.
  intros E X Sa Sb H. assert (slope eps (- x) <= - lo); [|rewrite slope_odd in H0; lra].
  apply (slope_at_most eps (- b) (- a)); try assumption; rewrite ?slope_odd, ?bend_even; lra.
Qed.

(** n steps from the cell [a, b] lead into [c, d], and stretch by lo to hi on the way. *)
Definition swept (f f' : R -> R) (n : nat) (a b c d lo hi : R) : Prop :=
  forall x, a <= x <= b -> c <= iterate f n x <= d /\ lo <= turn f f' n x <= hi.

(** A product between the products of the ends. *)
Lemma product_between s t s0 s1 t0 t1 lo hi : s0 <= s <= s1 -> t0 <= t <= t1 ->
  lo <= s0 * t0 -> lo <= s0 * t1 -> lo <= s1 * t0 -> lo <= s1 * t1 ->
  s0 * t0 <= hi -> s0 * t1 <= hi -> s1 * t0 <= hi -> s1 * t1 <= hi -> lo <= s * t <= hi.
Proof.
  intros S U. intros. destruct (Rle_lt_dec 0 t) as [T|T].
  - assert (s0 * t <= s * t <= s1 * t) by (split; apply Rmult_le_compat_r; lra).
    split; [destruct (Rle_lt_dec 0 s0); nra | destruct (Rle_lt_dec 0 s1); nra].
  - assert (s1 * t <= s * t <= s0 * t) by (split; nra).
    split; [destruct (Rle_lt_dec 0 s1); nra | destruct (Rle_lt_dec 0 s0); nra].
Qed.

Section Sweep.
Variables f f' : R -> R.
Hypothesis derivative : forall t, is_derive f t (f' t).

Lemma swept_once a b c d lo hi : (forall x, a <= x <= b -> c <= f x <= d /\ lo <= f' x <= hi) ->
  swept f f' 1 a b c d lo hi.
Proof. intros H x X. simpl. rewrite Rmult_1_l. exact (H x X). Qed.

Lemma swept_again n a b c d e g s0 s1 t0 t1 lo hi : swept f f' n a b c d s0 s1 -> swept f f' 1 c d e g t0 t1 ->
  lo <= s0 * t0 -> lo <= s0 * t1 -> lo <= s1 * t0 -> lo <= s1 * t1 ->
  s0 * t0 <= hi -> s0 * t1 <= hi -> s1 * t0 <= hi -> s1 * t1 <= hi -> swept f f' (S n) a b e g lo hi.
Proof.
  intros P Q. intros. intros x X. destruct (P x X) as [I S]. destruct (Q _ I) as [J U]. simpl in J, U |- *.
  rewrite Rmult_1_l in U. split; [exact J|]. now apply (product_between _ _ s0 s1 t0 t1).
Qed.

Definition returning (n : nat) (L : R) : R := iterate f n L - L.
Definition returning_slope (n : nat) (L : R) : R := turn f f' n L - 1.

Lemma returning_derivative n L : is_derive (returning n) L (returning_slope n L).
Proof.
  apply (is_derive_minus (iterate f n) (fun t => t) L (turn f f' n L) 1); [now apply turn_derivative | apply (is_derive_id L)].
Qed.

Lemma returning_rises n a b c d lo hi : swept f f' n a b c d lo hi -> 1 < lo -> rising (returning_slope n) a b.
Proof. intros S H x X. destruct (S x X) as [_ U]. unfold returning_slope. lra. Qed.

Lemma returning_falls n a b c d lo hi : swept f f' n a b c d lo hi -> hi < 1 -> falling (returning_slope n) a b.
Proof. intros S H x X. destruct (S x X) as [_ U]. unfold returning_slope. lra. Qed.

(** No point returns: the cell is carried off itself, or is too short for the value in its middle. *)
Lemma carried_off n a b c d lo hi : swept f f' n a b c d lo hi -> b < c \/ d < a -> empty (returning n) a b.
Proof. intros S H x X Z. destruct (S x X) as [I _]. unfold returning in Z. lra. Qed.

Lemma kept_away n a b c d lo hi k : swept f f' n a b c d lo hi -> a < b -> hi - 1 <= k -> 1 - lo <= k ->
  k * ((b - a) / 2) < returning n ((a + b) / 2) \/ returning n ((a + b) / 2) < - (k * ((b - a) / 2)) ->
  empty (returning n) a b.
Proof.
  intros S AB K1 K2 H x X Z. set (m := (a + b) / 2) in *. set (r := (b - a) / 2) in *.
  assert (Q : Rabs (returning n x - returning n m) <= k * Rabs (x - m)).
  { apply (lipschitz (returning n) (returning_slope n) a b); [apply returning_derivative | | exact X | unfold m; lra].
    intros t Ht. destruct (S t Ht) as [_ U]. unfold returning_slope. apply Rabs_le. lra. }
  assert (k0 : 0 <= k) by (destruct (S x X); lra).
  assert (W : Rabs (x - m) <= r) by (apply Rabs_le; unfold m, r; lra).
  assert (Rabs (returning n x - returning n m) <= k * r) by (eapply Rle_trans; [exact Q | now apply Rmult_le_compat_l]).
  apply Rabs_le_between' in H0. rewrite Z in H0. lra.
Qed.

(** A fixed point in the bracket of a cell is a zero there too; the image of a zero is one. *)
Lemma returning_fixed n x : f x = x -> returning n x = 0.
Proof. intros F. unfold returning. rewrite iterate_fixed by exact F. ring. Qed.

Lemma returning_next n x : returning n x = 0 -> returning n (f x) = 0.
Proof.
  unfold returning. intros Z. rewrite iterate_commutes. replace (iterate f n x) with x by lra. ring.
Qed.
End Sweep.

(** One step of T2 over a cell: image and slope. *)
Section Step.
Variables alpha Lref beta eps : R.
Hypothesis A1 : alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation f := (T2 alpha Lref beta eps).
Notation f' := (fun t => 1 - alpha + slope eps t / beta).

Lemma image_right a b c d : 0 <= a -> c <= (1 - alpha) * a + alpha * Lref + Omega eps a / beta ->
  (1 - alpha) * b + alpha * Lref + Omega eps b / beta <= d -> forall x, a <= x <= b -> c <= f x <= d.
Proof.
  intros Z C D x X. unfold T2.
  pose proof (weighed beta B _ _ (Omega_rises eps E a x Z ltac:(lra))).
  pose proof (weighed beta B _ _ (Omega_rises eps E x b ltac:(lra) ltac:(lra))).
  assert ((1 - alpha) * a <= (1 - alpha) * x <= (1 - alpha) * b) by (split; apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma image_left a b c d : b <= 0 -> c <= (1 - alpha) * a + alpha * Lref + Omega eps b / beta ->
  (1 - alpha) * b + alpha * Lref + Omega eps a / beta <= d -> forall x, a <= x <= b -> c <= f x <= d.
Proof.
  intros Z C D x X. unfold T2.
  pose proof (weighed beta B _ _ (Omega_falls eps E a x ltac:(lra) ltac:(lra))).
  pose proof (weighed beta B _ _ (Omega_falls eps E x b Z ltac:(lra))).
  assert ((1 - alpha) * a <= (1 - alpha) * x <= (1 - alpha) * b) by (split; apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma image_across a b c d : a <= 0 -> 0 <= b -> c <= (1 - alpha) * a + alpha * Lref + Omega eps 0 / beta ->
  (1 - alpha) * b + alpha * Lref + Omega eps a / beta <= d ->
  (1 - alpha) * b + alpha * Lref + Omega eps b / beta <= d -> forall x, a <= x <= b -> c <= f x <= d.
Proof.
  intros Z1 Z2 C D1 D2 x X. unfold T2.
  assert ((1 - alpha) * a <= (1 - alpha) * x <= (1 - alpha) * b) by (split; apply Rmult_le_compat_l; lra).
  destruct (Rle_lt_dec x 0) as [Q|Q].
  - pose proof (weighed beta B _ _ (Omega_falls eps E a x Q ltac:(lra))).
    pose proof (weighed beta B _ _ (Omega_falls eps E x 0 ltac:(lra) Q)). lra.
  - pose proof (weighed beta B _ _ (Omega_rises eps E 0 x ltac:(lra) ltac:(lra))).
    pose proof (weighed beta B _ _ (Omega_rises eps E x b ltac:(lra) ltac:(lra))). lra.
Qed.

Lemma step_swept a b c d s0 s1 lo hi : (forall x, a <= x <= b -> c <= f x <= d) ->
  (forall x, a <= x <= b -> s0 <= slope eps x) -> (forall x, a <= x <= b -> slope eps x <= s1) ->
  lo <= 1 - alpha + s0 / beta -> 1 - alpha + s1 / beta <= hi -> swept f f' 1 a b c d lo hi.
Proof.
  intros I S0 S1 Lo Hi. apply swept_once. intros x X. split; [now apply I|].
  pose proof (weighed beta B _ _ (S0 x X)). pose proof (weighed beta B _ _ (S1 x X)). lra.
Qed.

(** Nothing returns outside the bounds of Omega. *)
Lemma no_return_left n b : 0 < alpha -> (1 <= n)%nat -> b < Lref + / sqrt (1/4 + eps) / (alpha * beta) ->
  listed_up_to (returning f n) b [].
Proof.
  intros A N H. apply none_yet. intros x X Z. unfold returning in Z.
  pose proof (cycles_lie_within alpha Lref beta eps x n (conj A A1) B E N ltac:(lra)). lra.
Qed.

Lemma no_return_right n b zeros : 0 < alpha -> (1 <= n)%nat -> listed_up_to (returning f n) b zeros ->
  Lref + / sqrt eps / (alpha * beta) < b -> forall x, iterate f n x = x <-> In x zeros.
Proof.
  intros A N Z H x. rewrite <- (all_listed (returning f n) b zeros Z).
  - unfold returning. split; lra.
  - intros y Y Q. unfold returning in Q.
    pose proof (cycles_lie_within alpha Lref beta eps y n (conj A A1) B E N ltac:(lra)). lra.
Qed.
End Step.

(** What returns after 2 or 3 steps and is not fixed has that exact period. *)
Theorem exact_period_two (f : R -> R) x : has_period f 2 x <-> iterate f 2 x = x /\ f x <> x.
Proof.
  split; intros [P Q]; (split; [exact P|]).
  - exact (Q 1%nat ltac:(lia)).
  - intros k K. replace k with 1%nat by lia. exact Q.
Qed.

Theorem exact_period_three (f : R -> R) x : has_period f 3 x <-> iterate f 3 x = x /\ f x <> x.
Proof.
  split; intros [P Q]; (split; [exact P|]).
  - exact (Q 1%nat ltac:(lia)).
  - intros k K F. assert (k = 1%nat \/ k = 2%nat) as [->| ->] by lia; [now apply Q|].
    simpl in P, F. rewrite F in P. now apply Q.
Qed.

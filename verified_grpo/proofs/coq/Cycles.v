(** * Where cycles are, and that an increasing map has none

    Suite, S7: "no cycles, for any prompt"; certificate "cycles": every point of a cycle lies within the bounds of
    Omega (lemma 23 of the checker), and a point that n steps bring back has exact period n when its first n - 1
    images lie elsewhere. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax TwoKL Periods.
Open Scope R_scope.

(** A step towards or beyond a bound comes nearer by the factor 1 - alpha at least. *)
Lemma excess_above alpha Lref beta eps x n : 0 < alpha <= 1 -> 0 < beta -> 0 < eps ->
  let u := Lref + / sqrt eps / (alpha * beta) in
  iterate (T2 alpha Lref beta eps) n x - u <= (1 - alpha) ^ n * (x - u).
Proof.
  intros A B E u. induction n as [|n IH]; simpl; [lra|].
  set (y := iterate (T2 alpha Lref beta eps) n x) in *.
  assert (K : T2 alpha Lref beta eps y - u = (1 - alpha) * (y - u) + (Omega eps y - / sqrt eps) / beta).
  { assert (0 < sqrt eps) by (apply sqrt_lt_R0; lra). unfold T2, u. field. lra. }
  assert (D : (Omega eps y - / sqrt eps) / beta <= 0).
  { pose proof (Omega_upper eps y E). assert (0 < / beta) by (apply Rinv_0_lt_compat; lra). unfold Rdiv. nra. }
  rewrite K, Rmult_assoc. assert ((1 - alpha) * (y - u) <= (1 - alpha) * ((1 - alpha) ^ n * (x - u)))
    by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma excess_below alpha Lref beta eps x n : 0 < alpha <= 1 -> 0 < beta -> 0 < eps ->
  let u := Lref + / sqrt (1/4 + eps) / (alpha * beta) in
  (1 - alpha) ^ n * (x - u) <= iterate (T2 alpha Lref beta eps) n x - u.
Proof.
  intros A B E u. induction n as [|n IH]; simpl; [lra|].
  set (y := iterate (T2 alpha Lref beta eps) n x) in *.
  assert (K : T2 alpha Lref beta eps y - u = (1 - alpha) * (y - u) + (Omega eps y - / sqrt (1/4 + eps)) / beta).
  { assert (0 < sqrt (1/4 + eps)) by (apply sqrt_lt_R0; lra). unfold T2, u. field. lra. }
  assert (D : 0 <= (Omega eps y - / sqrt (1/4 + eps)) / beta).
  { pose proof (Omega_lower eps y E). assert (0 < / beta) by (apply Rinv_0_lt_compat; lra). unfold Rdiv. nra. }
  rewrite K, Rmult_assoc. assert ((1 - alpha) * ((1 - alpha) ^ n * (x - u)) <= (1 - alpha) * (y - u))
    by (apply Rmult_le_compat_l; lra). lra.
Qed.

Theorem cycles_lie_within alpha Lref beta eps x n : 0 < alpha <= 1 -> 0 < beta -> 0 < eps -> (1 <= n)%nat ->
  iterate (T2 alpha Lref beta eps) n x = x ->
  Lref + / sqrt (1/4 + eps) / (alpha * beta) <= x <= Lref + / sqrt eps / (alpha * beta).
Proof.
  intros A B E N P.
  pose proof (excess_above alpha Lref beta eps x n A B E) as U.
  pose proof (excess_below alpha Lref beta eps x n A B E) as V.
  cbv zeta in U, V. rewrite P in U, V.
  assert (Q : (1 - alpha) ^ n < 1).
  { destruct n as [|n]; [lia|]. simpl. assert (0 <= (1 - alpha) ^ n) by (apply pow_le; lra).
    assert ((1 - alpha) ^ n <= 1) by (rewrite <- (pow1 n) at 2; apply pow_incr; lra).
    apply Rle_lt_trans with ((1 - alpha) * 1); [apply Rmult_le_compat_l; lra | lra]. }
  split; nra.
Qed.

(** A map that keeps order has fixed points only. *)
Theorem increasing_has_no_cycles (f : R -> R) n x : (forall s t, s <= t -> f s <= f t) ->
  (1 <= n)%nat -> iterate f n x = x -> f x = x.
Proof.
  intros M N P. destruct n as [|n]; [lia|]. simpl in P. rewrite <- iterate_commutes in P.
  assert (up : x <= f x -> forall k, f x <= iterate f k (f x)).
  { intros H. induction k as [|k IH]; simpl; [lra|].
    apply Rle_trans with (f (f x)); [apply M; exact H | apply M; exact IH]. }
  assert (down : f x <= x -> forall k, iterate f k (f x) <= f x).
  { intros H. induction k as [|k IH]; simpl; [lra|].
    apply Rle_trans with (f (f x)); [apply M; exact IH | apply M; exact H]. }
  destruct (Rle_lt_dec x (f x)) as [H|H].
  - specialize (up H n). lra.
  - specialize (down ltac:(lra) n). lra.
Qed.

(** S7: with a mirror weight (1-alpha) beta >= Bmax no prompt has a cycle. *)
Theorem s7_no_cycles alpha Lref beta eps n x : 0 < beta -> 0 < eps -> Bmax eps <= (1 - alpha) * beta ->
  (1 <= n)%nat -> iterate (T2 alpha Lref beta eps) n x = x -> T2 alpha Lref beta eps x = x.
Proof.
  intros B E H. apply increasing_has_no_cycles. intros s t ST.
  apply (does_not_fall _ (fun r => 1 - alpha + slope eps r / beta)); [intros r; now apply T2_derivative | | exact ST].
  intros r _. pose proof (slope_bound eps r E) as [S _].
  assert (- (1 - alpha) <= slope eps r / beta); [|lra]. apply Rle_div_r; lra.
Qed.

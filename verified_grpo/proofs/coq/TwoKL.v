(** * Two KL terms

    Paper (version 4): adding the reference to the mirror gives a fixed point inside, and "no monotone improvement
    is guaranteed".
    Suite, S7: T(L) = (1-alpha) L + alpha L_ref + Omega/beta has the fixed points of alpha = 1 at weight alpha
    beta, with multiplier 1 - alpha (1 - m); if (1-alpha) beta >= Bmax it increases, the sequence from p_ref rises
    to the least fixed point, and there is no cycle (Cycles.v); if alpha beta > Bmax every start converges
    (Attraction.v). *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Monotone.
Open Scope R_scope.

Definition T2 (alpha Lref beta eps L : R) : R := (1 - alpha) * L + alpha * Lref + Omega eps L / beta.

Theorem s7_same_fixed_points alpha Lref beta eps L : 0 < alpha -> 0 < beta ->
  (T2 alpha Lref beta eps L = L <-> T Lref (alpha * beta) eps L = L).
Proof.
  intros A B.
  assert (K : L - T2 alpha Lref beta eps L = alpha * (L - T Lref (alpha * beta) eps L)) by (unfold T2, T; field; lra).
  split; intros H.
  - rewrite H in K. replace (L - L) with 0 in K by ring. symmetry in K. apply Rmult_integral in K. destruct K; lra.
  - rewrite H in K. lra.
Qed.

Theorem T2_derivative alpha Lref beta eps L : 0 < beta -> 0 < eps ->
  is_derive (T2 alpha Lref beta eps) L (1 - alpha + slope eps L / beta).
Proof.
  intros B E. pose proof (Omega_derivative eps L E) as D. unfold T2. auto_derive.
  - exists (slope eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => Omega eps x) _ _ D). field. lra.
Qed.

Theorem s7_multiplier alpha beta eps L : 0 < alpha -> 0 < beta ->
  1 - alpha + slope eps L / beta = 1 - alpha * (1 - slope eps L / (alpha * beta)).
Proof. intros A B. field. lra. Qed.

(** It rises to the least fixed point where it keeps order above the reference. *)
Lemma rises_in_order alpha Lref beta eps : 0 < alpha -> 0 < beta -> 0 < eps ->
  (forall t, Lref <= t -> - ((1 - alpha) * beta) <= slope eps t) ->
  (forall n, iterate (T2 alpha Lref beta eps) n Lref <= iterate (T2 alpha Lref beta eps) (S n) Lref) /\
  exists l : R, is_lim_seq (fun n => iterate (T2 alpha Lref beta eps) n Lref) l /\ T2 alpha Lref beta eps l = l /\
    forall y, T2 alpha Lref beta eps y = y -> l <= y.
Proof.
  intros A B E H. set (f := T2 alpha Lref beta eps).
  assert (AB : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  set (u := ceiling Lref (alpha * beta) eps).
  assert (Uf : f u <= u).
  { pose proof (step_bounds Lref (alpha * beta) eps u AB E) as [_ S].
    fold (ceiling Lref (alpha * beta) eps) in S. fold u in S.
    assert (K : u - f u = alpha * (u - T Lref (alpha * beta) eps u)) by (unfold f, T2, T; field; lra). nra. }
  assert (Af : Lref <= f Lref).
  { unfold f, T2. pose proof (Omega_positive eps Lref E).
    assert (0 < Omega eps Lref / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  destruct (rises_to_least f Lref u) as [P [l [Hl [F [I G]]]]].
  - apply (continuous_of_derivative _ (fun t => 1 - alpha + slope eps t / beta)). intros t. now apply T2_derivative.
  - intros x y X XY _. apply (does_not_fall _ (fun t => 1 - alpha + slope eps t / beta)); [| | exact XY].
    { intros t; now apply T2_derivative. }
    intros t [S _]. specialize (H t ltac:(lra)).
    assert (- (1 - alpha) <= slope eps t / beta); [|lra]. apply Rle_div_r; lra.
  - pose proof (step_bounds Lref (alpha * beta) eps Lref AB E) as [S1 S2].
    pose proof (Omega_positive eps Lref E).
    assert (0 < Omega eps Lref / (alpha * beta)) by (apply Rdiv_lt_0_compat; lra).
    unfold u, ceiling. unfold T in S2. lra.
  - exact Af.
  - exact Uf.
  - split; [intros n; apply P|]. exists l. repeat split; [exact Hl | exact F |].
    intros y Y. apply G; [|exact Y]. apply s7_same_fixed_points in Y; [|lra|lra].
    apply fixed_point_gap in Y.
    pose proof (amplification_margin Lref (alpha * beta) eps y AB E Y) as [S _].
    assert (0 < / sqrt (1/4 + eps) / (alpha * beta)).
    { apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat, sqrt_lt_R0|]; lra. } lra.
Qed.

Theorem s7_rises alpha Lref beta eps : 0 < alpha -> 0 < beta -> 0 < eps -> Bmax eps <= (1 - alpha) * beta ->
  (forall n, iterate (T2 alpha Lref beta eps) n Lref <= iterate (T2 alpha Lref beta eps) (S n) Lref) /\
  exists l : R, is_lim_seq (fun n => iterate (T2 alpha Lref beta eps) n Lref) l /\ T2 alpha Lref beta eps l = l /\
    forall y, T2 alpha Lref beta eps y = y -> l <= y.
Proof.
  intros A B E H. apply rises_in_order; try assumption. intros t _. pose proof (slope_bound eps t E). lra.
Qed.

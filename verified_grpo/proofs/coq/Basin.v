(** * Theorem 4: the basin of an attracting fixed point, with radius and rate

    Paper: if |h'(p* )| < 1 there is delta > 0 such that the iteration converges when p_0 is within delta.
    Here: m = T'(L* ), radius (1 - |m|) beta/(2 K) with K = (1 + 8 eps)/(16 eps sqrt eps), rate (1 + |m|)/2. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope AtMostThree.
Open Scope R_scope.

(** Theorem 6: a map that contracts towards its fixed point on an interval around it. *)
Theorem theorem_6 (f : R -> R) (x0 l r k : R) :
  0 <= k < 1 -> (forall x, Rabs (x - l) <= r -> Rabs (f x - l) <= k * Rabs (x - l)) -> Rabs (x0 - l) <= r ->
  (forall n, Rabs (iterate f n x0 - l) <= k ^ n * Rabs (x0 - l)) /\ is_lim_seq (fun n => iterate f n x0) l.
Proof.
  intros K H S.
  assert (P : forall n, Rabs (iterate f n x0 - l) <= k ^ n * Rabs (x0 - l)).
  { induction n as [|n IH]; simpl; [lra|].
    assert (I : Rabs (iterate f n x0 - l) <= r).
    { assert (k ^ n <= 1) by (rewrite <- (pow1 n); apply pow_incr; lra).
      pose proof (Rabs_pos (x0 - l)). nra. }
    apply H in I. rewrite Rmult_assoc. eapply Rle_trans; [exact I|].
    apply Rmult_le_compat_l; [lra|exact IH]. }
  split; [exact P|]. apply (geometric_limit _ l (Rabs (x0 - l)) k K).
  intros n. rewrite (Rmult_comm (Rabs _)). apply P.
Qed.

Definition steepness (eps : R) : R := (1 + 8 * eps) / (16 * (eps * sqrt eps)).

Lemma slope_slope_bound eps L : 0 < eps -> Rabs (slope_slope eps L) <= steepness eps.
Proof.
  intros E. pose proof (v_range L) as V. pose proof (sigma_range L) as G.
  assert (S0 : 0 < sqrt eps) by (apply sqrt_lt_R0; lra).
  assert (S : sqrt eps <= sqrt (v L + eps)) by (apply sqrt_le_1; lra).
  unfold slope_slope, steepness. set (t := (2 * sigma L - 1) ^ 2).
  assert (t0 : 0 <= t) by (unfold t; apply pow2_ge_0).
  assert (t1 : t <= 1) by (unfold t; nra).
  set (n := 1 + 4 * eps - (1 + 12 * eps) * t).
  assert (Nb : Rabs n <= 1 + 8 * eps) by (apply Rabs_le; unfold n; split; nra).
  set (w := v L + eps) in *. set (s := sqrt w) in *.
  assert (W : 0 < w) by (unfold w; lra).
  replace (v L * n / (16 * (w * w * s))) with (v L / w * (n / (16 * (w * s)))) by (field; lra).
  rewrite Rabs_mult, (Rabs_pos_eq (v L / w)) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
  assert (Q : v L / w <= 1) by (apply Rle_div_l; unfold w; lra).
  assert (D : 0 < 16 * (w * s)) by (assert (0 < w * s) by (apply Rmult_lt_0_compat; lra); lra).
  assert (D0 : 0 < 16 * (eps * sqrt eps)) by (assert (0 < eps * sqrt eps) by (apply Rmult_lt_0_compat; lra); lra).
  assert (DD : 16 * (eps * sqrt eps) <= 16 * (w * s)).
  { apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat; unfold w; lra. }
  assert (F : Rabs (n / (16 * (w * s))) <= (1 + 8 * eps) / (16 * (eps * sqrt eps))).
  { unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ _)) by (left; apply Rinv_0_lt_compat; lra).
    apply Rmult_le_compat; [apply Rabs_pos | left; apply Rinv_0_lt_compat; lra | exact Nb |].
    apply Rinv_le_contravar; lra. }
  pose proof (Rabs_pos (n / (16 * (w * s)))).
  assert (0 < v L / w) by (apply Rdiv_lt_0_compat; lra). nra.
Qed.

Theorem theorem_4 Lref beta eps l x0 : 0 < beta -> 0 < eps -> T Lref beta eps l = l ->
  Rabs (slope eps l / beta) < 1 ->
  let m := Rabs (slope eps l / beta) in
  Rabs (x0 - l) <= (1 - m) * beta / (2 * steepness eps) ->
  (forall n, Rabs (iterate (T Lref beta eps) n x0 - l) <= ((1 + m) / 2) ^ n * Rabs (x0 - l))
  /\ is_lim_seq (fun n => iterate (T Lref beta eps) n x0) l.
Proof.
  intros B E F M m S. unfold m in S. set (r := (1 - Rabs (slope eps l / beta)) * beta / (2 * steepness eps)) in S.
  assert (K0 : 0 < steepness eps).
  { unfold steepness. assert (0 < sqrt eps) by (apply sqrt_lt_R0; lra).
    apply Rdiv_lt_0_compat; [lra|]. assert (0 < eps * sqrt eps) by (apply Rmult_lt_0_compat; lra). lra. }
  assert (R0 : 0 < r) by (unfold r; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  pose proof (Rabs_pos (slope eps l / beta)) as M0.
  apply (theorem_6 _ _ _ r); [unfold m; lra | | exact S].
  intros x X. rewrite <- F at 1.
  apply (lipschitz _ (fun t => slope eps t / beta) (l - r) (l + r)).
  - intros t. now apply T_derivative.
  - intros t Ht.
    assert (D : Rabs (slope eps t - slope eps l) <= steepness eps * Rabs (t - l)).
    { apply (lipschitz _ (slope_slope eps) (l - r) (l + r)); try lra.
      - intros u. now apply slope_derivative.
      - intros u _. now apply slope_slope_bound. }
    assert (A : Rabs (t - l) <= r) by (apply Rabs_le; lra).
    replace (slope eps t / beta) with (slope eps l / beta + (slope eps t - slope eps l) / beta) by (field; lra).
    eapply Rle_trans; [apply Rabs_triang|].
    assert (Q : Rabs ((slope eps t - slope eps l) / beta) <= (1 - m) / 2); [|unfold m in *; lra].
    unfold Rdiv at 1. rewrite Rabs_mult, (Rabs_pos_eq (/ beta)) by (left; apply Rinv_0_lt_compat; lra).
    apply Rle_div_l; [lra|]. eapply Rle_trans; [exact D|].
    apply Rle_trans with (steepness eps * r); [apply Rmult_le_compat_l; lra|].
    right. unfold r, m. field. lra.
  - apply Rabs_le_between' in X. lra.
  - lra.
Qed.

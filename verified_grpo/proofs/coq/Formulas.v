(** * The paper's formulas, for all real parameters

    Paper: equations (1) to (4), Section 2.1, Fig. 1, Lemmas 3 and 4, Theorem 6, and sequences that have no limit.
    Suite: each as printed, or in the form that is true; where a condition is needed, exactly which. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Counting PaperMap.
Open Scope R_scope.

(** Equations (1) and (2): mean and variance of a 0/1 reward, and its whitened values. *)
Theorem moments_of_the_reward p : p * 1 + (1 - p) * 0 = p /\ p * (1 - p) ^ 2 + (1 - p) * (0 - p) ^ 2 = p * (1 - p).
Proof. split; ring. Qed.

Theorem whitened_success p : 0 < p < 1 -> (1 - p) / sqrt (p * (1 - p)) = sqrt ((1 - p) / p).
Proof.
  intros P. rewrite sqrt_mult_alt, sqrt_div_alt by lra.
  assert (A : 0 < sqrt p) by (apply sqrt_lt_R0; lra). assert (B : 0 < sqrt (1 - p)) by (apply sqrt_lt_R0; lra).
  rewrite <- (sqrt_sqrt (1 - p)) at 1 by lra. field. lra.
Qed.

Theorem whitened_failure p : 0 < p < 1 -> (0 - p) / sqrt (p * (1 - p)) = - sqrt (p / (1 - p)).
Proof.
  intros P. rewrite sqrt_mult_alt, sqrt_div_alt by lra.
  assert (A : 0 < sqrt p) by (apply sqrt_lt_R0; lra). assert (B : 0 < sqrt (1 - p)) by (apply sqrt_lt_R0; lra).
  rewrite <- (sqrt_sqrt p) at 1 by lra. field. lra.
Qed.

(** Equation (4) and Fig. 1: the two weights. *)
Definition weight_of_success (eps p : R) : R := (1 - p) / sqrt (p * (1 - p) + eps).
Definition weight_of_failure (eps p : R) : R := p / sqrt (p * (1 - p) + eps).

Lemma root_positive eps p : 0 < eps -> 0 <= p <= 1 -> 0 < sqrt (p * (1 - p) + eps).
Proof. intros E P. apply sqrt_lt_R0. nra. Qed.

Theorem equation_4 eps p : 0 < eps -> 0 <= p <= 1 ->
  weight_of_success eps p + weight_of_failure eps p = omega eps p /\
  p * weight_of_success eps p = (1 - p) * weight_of_failure eps p.
Proof.
  intros E P. pose proof (root_positive eps p E P). unfold weight_of_success, weight_of_failure, omega.
  split; field; lra.
Qed.

Theorem weights_in_order eps p : 0 < eps -> 0 <= p <= 1 ->
  (weight_of_success eps p < weight_of_failure eps p <-> 1/2 < p) /\
  (weight_of_failure eps p < weight_of_success eps p <-> p < 1/2).
Proof.
  intros E P. pose proof (root_positive eps p E P) as Q.
  assert (D : weight_of_failure eps p - weight_of_success eps p = (2 * p - 1) * / sqrt (p * (1 - p) + eps))
    by (unfold weight_of_success, weight_of_failure; field; lra).
  assert (I : 0 < / sqrt (p * (1 - p) + eps)) by (apply Rinv_0_lt_compat; exact Q).
  repeat split; intros H; nra.
Qed.

Theorem weight_of_failure_rises eps p q : 0 < eps -> 0 <= p -> p < q -> q <= 1 ->
  weight_of_failure eps p < weight_of_failure eps q.
Proof.
  intros E P PQ Q. unfold weight_of_failure.
  assert (A : 0 < sqrt (p * (1 - p) + eps)) by (apply root_positive; lra).
  assert (B : 0 < sqrt (q * (1 - q) + eps)) by (apply root_positive; lra).
  assert (A2 : sqrt (p * (1 - p) + eps) * sqrt (p * (1 - p) + eps) = p * (1 - p) + eps) by (apply sqrt_sqrt; nra).
  assert (B2 : sqrt (q * (1 - q) + eps) * sqrt (q * (1 - q) + eps) = q * (1 - q) + eps) by (apply sqrt_sqrt; nra).
  set (a := sqrt (p * (1 - p) + eps)) in *. set (b := sqrt (q * (1 - q) + eps)) in *. clearbody a b.
  assert (K : p * b < q * a).
  { apply Rsqr_incrst_0; [|nra|nra]. unfold Rsqr.
    replace (p * b * (p * b)) with (p * p * (b * b)) by ring. replace (q * a * (q * a)) with (q * q * (a * a)) by ring.
    rewrite A2, B2.
    assert (q * q * (p * (1 - p) + eps) - p * p * (q * (1 - q) + eps) = (q - p) * (p * q + eps * (p + q))) by ring.
    assert (0 < (q - p) * (p * q + eps * (p + q))) by (apply Rmult_lt_0_compat; nra). lra. }
  apply (Rmult_lt_reg_r (a * b)); [nra|]. replace (p / a * (a * b)) with (p * b) by (field; lra).
  replace (q / b * (a * b)) with (q * a) by (field; lra). exact K.
Qed.

Theorem weight_of_success_falls eps p q : 0 < eps -> 0 <= p -> p < q -> q <= 1 ->
  weight_of_success eps q < weight_of_success eps p.
Proof.
  intros E P PQ Q. pose proof (weight_of_failure_rises eps (1 - q) (1 - p) E ltac:(lra) ltac:(lra) ltac:(lra)) as H.
  unfold weight_of_failure, weight_of_success in *.
  replace ((1 - q) * (1 - (1 - q))) with (q * (1 - q)) in H by ring.
  replace ((1 - p) * (1 - (1 - p))) with (p * (1 - p)) in H by ring. exact H.
Qed.

(** Equation (3), against the display before it: the two denominators. *)
Theorem stabilisers_differ eps s : 0 < eps -> 0 <= s -> (s + eps = sqrt (s ^ 2 + eps) <-> eps = 1 - 2 * s).
Proof.
  intros E S. assert (Q : sqrt (s ^ 2 + eps) * sqrt (s ^ 2 + eps) = s ^ 2 + eps) by (apply sqrt_sqrt; nra).
  pose proof (sqrt_pos (s ^ 2 + eps)) as N. set (r := sqrt (s ^ 2 + eps)) in *. clearbody r. split; intros H.
  - assert (eps * (2 * s + eps - 1) = 0) by nra. apply Rmult_integral in H0. destruct H0; lra.
  - assert (K : (s + eps - r) * (s + eps + r) = 0) by nra. apply Rmult_integral in K. destruct K; lra.
Qed.

(** Section 2.1: the clipped objective. *)
Definition clip (low high x : R) : R := Rmin (Rmax x low) high.

Theorem clipped_form e x y : 0 <= e ->
  (0 <= y -> Rmin (x * y) (clip (1 - e) (1 + e) x * y) = y * Rmin x (1 + e)) /\
  (y <= 0 -> Rmin (x * y) (clip (1 - e) (1 + e) x * y) = y * Rmax x (1 - e)).
Proof.
  intros E. unfold clip, Rmin, Rmax. split; intros Y; repeat destruct Rle_dec; nra.
Qed.

(** Lemma 3 and Lemma 4. *)
Lemma half_exponentials z : exp (z / 2) * exp (- (z / 2)) = 1 /\ exp (- z) = exp (- (z / 2)) * exp (- (z / 2)).
Proof.
  split; rewrite <- exp_plus.
  - replace (z / 2 + - (z / 2)) with 0 by ring. apply exp_0.
  - f_equal. field.
Qed.

Theorem lemma_3_1 z : sigma z * (1 - sigma z) = / (4 * cosh (z / 2) ^ 2).
Proof.
  destruct (half_exponentials z) as [U V]. unfold sigma, cosh. rewrite V.
  pose proof (exp_pos (z / 2)). pose proof (exp_pos (- (z / 2))).
  set (x := exp (z / 2)) in *. set (y := exp (- (z / 2))) in *. clearbody x y.
  assert (x = / y) by (apply Rmult_eq_reg_r with y; [rewrite Rinv_l|]; lra). subst x.
  field. repeat split; nra.
Qed.

Lemma sinh_sign t : (0 < t -> 0 < sinh t) /\ (t < 0 -> sinh t < 0).
Proof.
  unfold sinh. split; intros T.
  - assert (exp (- t) < exp t) by (apply exp_increasing; lra). lra.
  - assert (exp t < exp (- t)) by (apply exp_increasing; lra). lra.
Qed.

Lemma cosh_positive t : 0 < cosh t.
Proof. unfold cosh. pose proof (exp_pos t). pose proof (exp_pos (- t)). lra. Qed.

Lemma cosh_of_sum s t : cosh (s + t) = cosh s * cosh t + sinh s * sinh t.
Proof.
  unfold cosh, sinh. replace (- (s + t)) with (- s + - t) by ring. rewrite !exp_plus. field.
Qed.

Theorem lemma_3_2 z a :
  (0 < z * a -> sigma (z + a) * (1 - sigma (z + a)) < / (4 * cosh (z / 2) ^ 2 * cosh (a / 2) ^ 2)) /\
  (z * a = 0 -> sigma (z + a) * (1 - sigma (z + a)) = / (4 * cosh (z / 2) ^ 2 * cosh (a / 2) ^ 2)) /\
  (z * a < 0 -> / (4 * cosh (z / 2) ^ 2 * cosh (a / 2) ^ 2) < sigma (z + a) * (1 - sigma (z + a))).
Proof.
  rewrite lemma_3_1. replace ((z + a) / 2) with (z / 2 + a / 2) by field.
  pose proof (cosh_of_sum (z / 2) (a / 2)) as S.
  pose proof (cosh_positive (z / 2)) as C. pose proof (cosh_positive (a / 2)) as D.
  pose proof (cosh_positive (z / 2 + a / 2)) as F.
  destruct (sinh_sign (z / 2)) as [Z1 Z2], (sinh_sign (a / 2)) as [A1 A2].
  set (c := cosh (z / 2)) in *. set (d := cosh (a / 2)) in *. set (f := cosh (z / 2 + a / 2)) in *.
  set (u := sinh (z / 2)) in *. set (w := sinh (a / 2)) in *. clearbody c d f.
  assert (CD : 0 < c * d) by (apply Rmult_lt_0_compat; lra).
  replace (4 * c ^ 2 * d ^ 2) with (4 * (c * d) ^ 2) by ring.
  repeat split; intros H.
  - assert (0 < u * w).
    { destruct (Rtotal_order z 0) as [Q|[Q|Q]]; [|rewrite Q in H; lra|].
      - assert (a < 0) by nra. assert (u < 0) by (apply Z2; lra). assert (w < 0) by (apply A2; lra). nra.
      - assert (0 < a) by nra. assert (0 < u) by (apply Z1; lra). assert (0 < w) by (apply A1; lra). nra. }
    apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; nra|]. nra.
  - assert (u * w = 0).
    { apply Rmult_integral in H. destruct H as [-> | ->].
      - replace u with 0; [ring|]. unfold u, sinh. replace (0 / 2) with 0 by field. rewrite Ropp_0. field.
      - replace w with 0; [ring|]. unfold w, sinh. replace (0 / 2) with 0 by field. rewrite Ropp_0. field. }
    rewrite S, H0, Rplus_0_r. reflexivity.
  - assert (u * w < 0).
    { destruct (Rtotal_order z 0) as [Q|[Q|Q]]; [|rewrite Q in H; lra|].
      - assert (0 < a) by nra. assert (u < 0) by (apply Z2; lra). assert (0 < w) by (apply A1; lra). nra.
      - assert (a < 0) by nra. assert (0 < u) by (apply Z1; lra). assert (w < 0) by (apply A2; lra). nra. }
    apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; nra|]. nra.
Qed.

Theorem lemma_4 p : 0 < p < 1 -> cosh (logit p / 2) ^ 2 = / (4 * p * (1 - p)).
Proof.
  intros P. pose proof (lemma_3_1 (logit p)) as L. rewrite sigma_logit in L by exact P.
  pose proof (cosh_positive (logit p / 2)) as C. set (c := cosh (logit p / 2)) in *. clearbody c.
  replace (4 * p * (1 - p)) with (4 * (p * (1 - p))) by ring. rewrite L. field. nra.
Qed.

Theorem lemma_4_sign p : 0 < p < 1 -> (0 < logit p <-> 1/2 < p).
Proof.
  intros P. unfold logit. split; intros H.
  - apply Rnot_le_lt. intros Q. assert (p / (1 - p) <= 1) by (apply Rle_div_l; lra).
    assert (ln (p / (1 - p)) <= ln 1).
    { destruct H0 as [K|K]; [left; apply ln_increasing; [apply Rdiv_lt_0_compat; lra | exact K] | rewrite K; lra]. }
    rewrite ln_1 in H1. lra.
  - rewrite <- ln_1. apply ln_increasing; [lra|]. apply Rlt_div_r; lra.
Qed.

(** The graph of h is symmetric. *)
Theorem h_symmetric p_ref beta eps p : h p_ref beta eps (1 - p) = h p_ref beta eps p.
Proof. unfold h, omega. replace ((1 - p) * (1 - (1 - p))) with (p * (1 - p)) by ring. reflexivity. Qed.

(** A sequence that tends to two different points in turn has no limit. *)
Theorem two_points_no_limit (u : nat -> R) (a b : R) : a <> b ->
  is_lim_seq (fun n => u (2 * n)%nat) a -> is_lim_seq (fun n => u (2 * n + 1)%nat) b -> ~ ex_lim_seq u.
Proof.
  intros N A B [l H].
  assert (Hl : is_lim_seq (fun n => u (2 * n)%nat) l).
  { apply (is_lim_seq_subseq u l (fun n => (2 * n)%nat)); [|exact H]. apply eventually_subseq. intros n. lia. }
  assert (Hr : is_lim_seq (fun n => u (2 * n + 1)%nat) l).
  { apply (is_lim_seq_subseq u l (fun n => (2 * n + 1)%nat)); [|exact H]. apply eventually_subseq. intros n. lia. }
  apply is_lim_seq_unique in A, B, Hl, Hr. rewrite A in Hl. rewrite B in Hr. rewrite <- Hl in Hr.
  apply N. injection Hr. intros K. symmetry. exact K.
Qed.

(** Theorem 6: radius and rate, and that the fixed point is the only one there. *)
Theorem theorem_6_radius (f f' : R -> R) (l : R) : (forall t, is_derive f t (f' t)) -> continuous f' l ->
  Rabs (f' l) < 1 -> f l = l ->
  exists r k : R, 0 < r /\ 0 <= k < 1 /\ (forall x, Rabs (x - l) <= r -> Rabs (f' x) <= k) /\
    forall x, Rabs (x - l) <= r -> Rabs (f x - l) <= k * Rabs (x - l).
Proof.
  intros D C H F. set (k := (1 + Rabs (f' l)) / 2). pose proof (Rabs_pos (f' l)) as P.
  assert (K : 0 < k - Rabs (f' l)) by (unfold k; lra).
  apply continuity_pt_filterlim in C. destruct (C (k - Rabs (f' l)) K) as [d [Hd Near]].
  assert (bound : forall x, Rabs (x - l) <= d / 2 -> Rabs (f' x) <= k).
  { intros x X. destruct (Req_dec x l) as [->|N]; [unfold k; lra|].
    assert (Q : Rabs (f' x - f' l) < k - Rabs (f' l)).
    { apply (Near x). split; [split; [exact I | auto]|]. simpl. unfold R_dist. lra. }
    pose proof (Rabs_triang_inv (f' x) (f' l)). lra. }
  exists (d / 2), k. split; [lra|]. split; [unfold k; lra|]. split; [exact bound|].
  intros x X. rewrite <- F at 1. apply (lipschitz f f' (l - d / 2) (l + d / 2)); [exact D | | | split; lra].
  - intros t [T1 T2]. apply bound. apply Rabs_le. lra.
  - apply Rabs_le_between in X. lra.
Qed.

Theorem theorem_6_unique (f : R -> R) (l r k : R) : 0 <= k < 1 ->
  (forall x, Rabs (x - l) <= r -> Rabs (f x - l) <= k * Rabs (x - l)) ->
  forall y, Rabs (y - l) <= r -> f y = y -> y = l.
Proof.
  intros K H y Y F. specialize (H y Y). rewrite F in H. pose proof (Rabs_pos (y - l)) as P.
  destruct (Req_dec y l) as [Q|Q]; [exact Q|]. assert (0 < Rabs (y - l)) by (apply Rabs_pos_lt; lra). nra.
Qed.

(** S5: beyond beta_c there is exactly one fixed point below one half. *)
Theorem s5_one_below_half Lref beta eps : 0 < beta -> 0 < eps -> / sqrt (1/4 + eps) / beta < - Lref ->
  exists L, (Lref < L < 0 /\ T Lref beta eps L = L) /\ forall y, y <= 0 -> T Lref beta eps y = y -> y = L.
Proof.
  intros B E H.
  assert (half : v 0 = 1/4) by (unfold v, sigma; rewrite Ropp_0, exp_0; field).
  assert (G0 : 0 < gap Lref beta eps 0) by (unfold gap, Omega; rewrite half; lra).
  assert (GL : gap Lref beta eps Lref < 0).
  { unfold gap. pose proof (Omega_positive eps Lref E).
    assert (0 < Omega eps Lref / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (S0 : forall t, t <= 0 -> 0 < gap_slope beta eps t).
  { intros t T0. unfold gap_slope. destruct (slope_sign eps t E) as [P _].
    assert (N : slope eps t <= 0).
    { apply Rnot_lt_le. intros Q. apply P in Q. unfold sigma in Q.
      assert (1 <= exp (- t)) by (pose proof (exp_ineq1_le (- t)); lra).
      assert (/ (1 + exp (- t)) <= / 2) by (apply Rinv_le_contravar; lra). lra. }
    assert (slope eps t / beta <= 0).
    { unfold Rdiv. assert (0 < / beta) by (apply Rinv_0_lt_compat; lra). nra. } lra. }
  assert (neg : Lref < 0).
  { assert (0 < / sqrt (1/4 + eps) / beta) by (apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat, sqrt_lt_R0; lra | lra]). lra. }
  assert (up : forall x y, x < y -> y <= 0 -> gap Lref beta eps x < gap Lref beta eps y).
  { intros x y XY Y. apply (increases _ (gap_slope beta eps)); [intros t; now apply gap_derivative | | exact XY].
    intros t T. apply S0. lra. }
  assert (C : forall t, continuous (gap Lref beta eps) t)
    by (apply (continuous_of_derivative _ (gap_slope beta eps)); intros t; now apply gap_derivative).
  destruct (zero_between (gap Lref beta eps) Lref 0 C) as [L [[A1 A2] Z]]; [lra | nra |].
  exists L. split; [split|].
  - destruct A1 as [A1|<-]; [|lra]. destruct A2 as [A2| ->]; [|lra]. lra.
  - now apply fixed_point_gap.
  - intros y Y F. apply fixed_point_gap in F. destruct (Rtotal_order y L) as [Q|[Q|Q]]; [|exact Q|].
    + pose proof (up y L Q A2). lra.
    + pose proof (up L y Q Y). lra.
Qed.

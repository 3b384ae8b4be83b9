(** * The paper's map h of probabilities, its derivative, and Lemma 1

    Paper, Theorem 2: p_n = h(p_(n-1)), h(p) = 1/(1 + (1-p_ref)/p_ref exp(-Omega(p)/beta)), Omega(p) =
    1/sqrt(p(1-p)+eps).  Proposition 1: h' = -h (1-h) (1-2p)/(2 beta (p(1-p)+eps)^(3/2)); h falls below 1/2, rises
    above it, and is least there.  All of it holds, on all of [0, 1]. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Amplification Slope.
Open Scope R_scope.

Definition omega (eps p : R) : R := / sqrt (p * (1 - p) + eps).
Definition h (p_ref beta eps p : R) : R := / (1 + (1 - p_ref) / p_ref * exp (- (omega eps p / beta))).
Definition h_derivative (p_ref beta eps p : R) : R :=
  h p_ref beta eps p * (1 - h p_ref beta eps p) * (2 * p - 1)
  / (2 * beta * ((p * (1 - p) + eps) * sqrt (p * (1 - p) + eps))).

(** The log-odds of h(p) are those of p_ref plus Omega(p)/beta; so h is T read through sigma. *)
Theorem theorem_2 p_ref beta eps p : 0 < p_ref < 1 ->
  h p_ref beta eps p = sigma (logit p_ref + omega eps p / beta).
Proof.
  intros P. unfold h, sigma. set (x := omega eps p / beta).
  replace (- (logit p_ref + x)) with (- logit p_ref + - x) by ring.
  rewrite exp_plus, (exp_Ropp (logit p_ref)). unfold logit. rewrite exp_ln by (apply Rdiv_lt_0_compat; lra).
  f_equal. f_equal. f_equal. field. lra.
Qed.

Theorem h_of_sigma p_ref beta eps L : 0 < p_ref < 1 ->
  h p_ref beta eps (sigma L) = sigma (T (logit p_ref) beta eps L).
Proof. intros P. now apply theorem_2. Qed.

Section Interval.
Variables p_ref beta eps p : R.
Hypothesis Pref : 0 < p_ref < 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis P : 0 <= p <= 1.
Let w := p * (1 - p) + eps.

Lemma w_range : eps <= w <= 1/4 + eps.
Proof. unfold w. pose proof (pow2_ge_0 (p - 1/2)). split; nra. Qed.

Lemma omega_bounds : / sqrt (1/4 + eps) <= omega eps p <= / sqrt eps.
Proof.
  pose proof w_range as W. unfold omega. fold w. split.
  - apply Rinv_le_contravar; [apply sqrt_lt_R0 | apply sqrt_le_1]; lra.
  - apply Rinv_le_contravar; [apply sqrt_lt_R0 | apply sqrt_le_1]; lra.
Qed.

Lemma h_denominator : 1 < 1 + (1 - p_ref) / p_ref * exp (- (omega eps p / beta)) < / p_ref.
Proof.
  pose proof omega_bounds as [O _].
  assert (0 < / sqrt (1/4 + eps)) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra).
  assert (0 < omega eps p / beta) by (apply Rdiv_lt_0_compat; lra).
  assert (R0 : 0 < (1 - p_ref) / p_ref) by (apply Rdiv_lt_0_compat; lra).
  pose proof (exp_pos (- (omega eps p / beta))) as X.
  assert (Y : exp (- (omega eps p / beta)) < 1) by (rewrite <- exp_0; apply exp_increasing; lra).
  split; [nra|]. replace (/ p_ref) with (1 + (1 - p_ref) / p_ref) by (field; lra). nra.
Qed.

(** Paper, Lemma 2: h(p_ref) > p_ref.  Here h(p) > p_ref for every p in [0,1], and h never reaches 1. *)
Theorem lemma_2 : p_ref < h p_ref beta eps p < 1.
Proof.
  pose proof h_denominator as [D1 D2]. unfold h. split.
  - rewrite <- (Rinv_inv p_ref) at 1. apply Rinv_lt_contravar; [|exact D2].
    apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra].
  - rewrite <- Rinv_1. apply Rinv_lt_contravar; lra.
Qed.

Theorem proposition_1_derivative : is_derive (h p_ref beta eps) p (h_derivative p_ref beta eps p).
Proof.
  pose proof w_range as W. pose proof h_denominator as [D _].
  assert (S : 0 < sqrt w) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt w * sqrt w = w) by (apply sqrt_sqrt; lra).
  assert (Dw : is_derive (fun x => x * (1 - x) + eps) p (1 - 2 * p)) by (auto_derive; [trivial | ring]).
  assert (Do : is_derive (omega eps) p ((2 * p - 1) / (2 * (w * sqrt w)))).
  { unfold omega. auto_derive; fold w; change (p * (1 + - p) + eps) with w; [repeat split; lra|].
    set (s := sqrt w) in *. clearbody s. rewrite <- Q. field. lra. }
  unfold h. auto_derive.
  - repeat split; [eexists; exact Do|]. unfold Rdiv in D. lra.
  - rewrite (is_derive_unique (fun x : R => omega eps x) _ _ Do). unfold h_derivative, h. fold w.
    unfold Rdiv in D. replace (- (omega eps p / beta)) with (- (omega eps p * / beta)) by reflexivity.
    set (x := exp (- (omega eps p * / beta))) in *. clearbody x. set (s := sqrt w) in *. clearbody s.
    field. repeat split; try lra. intros K.
    assert (p_ref * (1 + (1 - p_ref) * / p_ref * x) = 0); [|apply Rmult_integral in H; lra].
    rewrite <- K. field. lra.
Qed.

(** The signs of h', and the printed value at a fixed point. *)
Theorem proposition_1_signs :
  (0 < h_derivative p_ref beta eps p <-> 1/2 < p) /\ (h_derivative p_ref beta eps p < 0 <-> p < 1/2).
Proof.
  pose proof w_range as W. pose proof lemma_2 as [H1 H2]. unfold h_derivative. fold w.
  assert (S : 0 < sqrt w) by (apply sqrt_lt_R0; lra).
  set (y := h p_ref beta eps p) in *.
  assert (K : 0 < y * (1 - y) / (2 * beta * (w * sqrt w))).
  { assert (0 < y * (1 - y)) by (apply Rmult_lt_0_compat; lra).
    assert (0 < w * sqrt w) by (apply Rmult_lt_0_compat; lra).
    apply Rdiv_lt_0_compat; [assumption|]. apply Rmult_lt_0_compat; lra. }
  replace (y * (1 - y) * (2 * p - 1) / (2 * beta * (w * sqrt w)))
    with (y * (1 - y) / (2 * beta * (w * sqrt w)) * (2 * p - 1)) by (field; lra).
  repeat split; intros; nra.
Qed.

Theorem proposition_1_minimum : h p_ref beta eps (1/2) <= h p_ref beta eps p.
Proof.
  pose proof w_range as W. pose proof h_denominator as [D _].
  assert (O : omega eps (1/2) <= omega eps p).
  { unfold omega. replace (1/2 * (1 - 1/2)) with (1/4) by field. fold w.
    apply Rinv_le_contravar; [apply sqrt_lt_R0 | apply sqrt_le_1]; lra. }
  unfold h. apply Rinv_le_contravar; [lra|].
  assert (R0 : 0 < (1 - p_ref) / p_ref) by (apply Rdiv_lt_0_compat; lra).
  assert (exp (- (omega eps p / beta)) <= exp (- (omega eps (1/2) / beta))); [|nra].
  assert (I : omega eps (1/2) / beta <= omega eps p / beta).
  { apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | exact O]. }
  destruct I as [I|I]; [left; apply exp_increasing; lra | rewrite I; lra].
Qed.

(** Paper, Lemma 1: the value of h' at a fixed point. *)
Theorem lemma_1 : h p_ref beta eps p = p ->
  h_derivative p_ref beta eps p
  = p * (1 - p) * (2 * p - 1) / (2 * beta * ((p * (1 - p) + eps) * sqrt (p * (1 - p) + eps))).
Proof. intros F. unfold h_derivative. rewrite F. reflexivity. Qed.
End Interval.

(** Bounds of h: its least value, at 1/2, and its largest, at 0 and 1, which is below 1. *)
Theorem h_bounds p_ref beta eps p : 0 < p_ref < 1 -> 0 < beta -> 0 < eps -> 0 <= p <= 1 ->
  sigma (logit p_ref + / sqrt (1/4 + eps) / beta) <= h p_ref beta eps p <= sigma (logit p_ref + / sqrt eps / beta).
Proof.
  intros Pref B E P. rewrite theorem_2 by exact Pref. pose proof (omega_bounds eps p E P) as [O1 O2].
  assert (le : forall a b, a <= b -> sigma a <= sigma b).
  { intros a b [Q| ->]; [left; now apply sigma_increasing | lra]. }
  assert (I : 0 <= / beta) by (left; apply Rinv_0_lt_compat; lra).
  split; apply le, Rplus_le_compat_l, Rmult_le_compat_r; assumption.
Qed.

Theorem h_at_the_ends p_ref beta eps : 0 < p_ref < 1 ->
  h p_ref beta eps 0 = sigma (logit p_ref + / sqrt eps / beta) /\
  h p_ref beta eps 1 = sigma (logit p_ref + / sqrt eps / beta) /\
  h p_ref beta eps (1/2) = sigma (logit p_ref + / sqrt (1/4 + eps) / beta).
Proof.
  intros P. rewrite !theorem_2 by exact P. unfold omega.
  replace (0 * (1 - 0) + eps) with eps by ring. replace (1 * (1 - 1) + eps) with eps by ring.
  replace (1/2 * (1 - 1/2)) with (1/4) by field. auto.
Qed.

(** Proposition 1: h falls on [0, 1/2], rises on [1/2, 1], and is continuous on [0, 1]. *)
Lemma h_follows_omega p_ref beta eps p q : 0 < p_ref < 1 -> 0 < beta -> 0 < eps -> 0 <= p <= 1 ->
  p * (1 - p) < q * (1 - q) -> h p_ref beta eps q < h p_ref beta eps p.
Proof.
  intros Pref B E P V. rewrite !theorem_2 by exact Pref. apply sigma_increasing, Rplus_lt_compat_l.
  apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat; lra|]. unfold omega.
  assert (0 <= p * (1 - p)) by (apply Rmult_le_pos; lra).
  assert (S : 0 < sqrt (p * (1 - p) + eps)) by (apply sqrt_lt_R0; lra).
  assert (S1 : sqrt (p * (1 - p) + eps) < sqrt (q * (1 - q) + eps)) by (apply sqrt_lt_1; lra).
  apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra | exact S1].
Qed.

Theorem proposition_1_decreasing p_ref beta eps p q : 0 < p_ref < 1 -> 0 < beta -> 0 < eps ->
  0 <= p -> p < q -> q <= 1/2 -> h p_ref beta eps q < h p_ref beta eps p.
Proof. intros Pref B E P PQ Q. apply h_follows_omega; try assumption; nra. Qed.

Theorem proposition_1_increasing p_ref beta eps p q : 0 < p_ref < 1 -> 0 < beta -> 0 < eps ->
  1/2 <= p -> p < q -> q <= 1 -> h p_ref beta eps p < h p_ref beta eps q.
Proof. intros Pref B E P PQ Q. apply h_follows_omega; try assumption; nra. Qed.

Theorem proposition_1_continuous p_ref beta eps p : 0 < p_ref < 1 -> 0 < beta -> 0 < eps -> 0 <= p <= 1 ->
  continuous (h p_ref beta eps) p.
Proof.
  intros Pref B E P. apply (ex_derive_continuous (h p_ref beta eps)).
  exists (h_derivative p_ref beta eps p). now apply proposition_1_derivative.
Qed.

(** * A verifier that errs

    It passes a right answer with probability t, a wrong one with probability f; p is the rate of right answers.
    Suite, R4: with errors drawn anew at each look the advantage of being right is (t - f) Omega(m) at the observed
    rate m = f + (t - f) p. Updates raise p if t > f, lower it if t < f, and leave it where it is if t = f. Without KL
    the rate then tends to 1, or to 0; with KL it keeps away from both, and where it rests depends on t and f.
    For the mean-variance contrast the slope is at most that of a symmetric verifier in whose range t and f lie.
    Suite, R5: with errors that belong to the answer the policy is tilted by what passes, and p stays below the share
    of right answers among those of the reference that pass (above it if t < f). *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Slope Sequences.
Open Scope R_scope.

Definition observed (t f p : R) : R := f + (t - f) * p.

Lemma observed_between t f p : 0 < p < 1 -> f < t -> f < observed t f p < t.
Proof. unfold observed. intros P H. split; nra. Qed.

Lemma observed_between_reversed t f p : 0 < p < 1 -> t < f -> t < observed t f p < f.
Proof. unfold observed. intros P H. split; nra. Qed.

Section Independent.
Variable Omega_of : R -> R.
Variables t f Lref : R.
Hypothesis T1 : 0 <= t <= 1.
Hypothesis F1 : 0 <= f <= 1.
Hypothesis positive : forall m, 0 < m < 1 -> 0 < Omega_of m.

(** The advantage of being right, on average. *)
Definition push (L : R) : R := (t - f) * Omega_of (observed t f (sigma L)).
Definition erring_update (alpha beta L : R) : R := (1 - alpha) * L + alpha * Lref + push L / beta.

Lemma push_up L : f < t -> 0 < push L.
Proof.
  intros H. pose proof (observed_between t f (sigma L) (sigma_range L) H).
  apply Rmult_lt_0_compat; [lra | apply positive; lra].
Qed.

Lemma push_down L : t < f -> push L < 0.
Proof.
  intros H. pose proof (observed_between_reversed t f (sigma L) (sigma_range L) H).
  unfold push. assert (0 < Omega_of (observed t f (sigma L))) by (apply positive; lra). nra.
Qed.

Lemma push_none L : t = f -> push L = 0.
Proof. intros H. unfold push. rewrite H. ring. Qed.

Lemma push_over beta L : 0 < beta -> push L / beta * beta = push L.
Proof. intros B. field. lra. Qed.

(** R4, the sign: every update from the reference raises p, lowers it, or leaves it. Steps are among them: a share a
    of the way is an update with a alpha in the place of alpha, and beta/a in that of beta. *)
Theorem r4_amplifies (alpha beta L : nat -> R) : (forall n, 0 <= alpha n <= 1) -> (forall n, 0 < beta n) -> f < t ->
  L 0%nat = Lref -> (forall n, L (S n) = erring_update (alpha n) (beta n) (L n)) -> forall n, Lref < L (S n).
Proof.
  intros A B H L0 Step.
  assert (Next : forall n, Lref <= L n -> Lref < L (S n)).
  { intros n I. rewrite Step. unfold erring_update. specialize (A n). specialize (B n).
    assert (0 < push (L n) / beta n) by (apply Rdiv_lt_0_compat; [now apply push_up | lra]). nra. }
  induction n as [|n IH]; apply Next; lra.
Qed.

Theorem r4_harms (alpha beta L : nat -> R) : (forall n, 0 <= alpha n <= 1) -> (forall n, 0 < beta n) -> t < f ->
  L 0%nat = Lref -> (forall n, L (S n) = erring_update (alpha n) (beta n) (L n)) -> forall n, L (S n) < Lref.
Proof.
  intros A B H L0 Step.
  assert (Next : forall n, L n <= Lref -> L (S n) < Lref).
  { intros n I. rewrite Step. unfold erring_update. specialize (A n). specialize (B n).
    assert (push (L n) / beta n < 0).
    { pose proof (push_down (L n) H). pose proof (push_over (beta n) (L n) B). nra. }
    nra. }
  induction n as [|n IH]; apply Next; lra.
Qed.

Theorem r4_stands_still (alpha beta L : nat -> R) : t = f -> L 0%nat = Lref ->
  (forall n, L (S n) = erring_update (alpha n) (beta n) (L n)) -> forall n, L n = Lref.
Proof.
  intros H L0 Step. induction n as [|n IH]; [exact L0|].
  rewrite Step, IH. unfold erring_update. rewrite push_none by exact H. unfold Rdiv. ring.
Qed.

(** And so do the fixed points, by at least (t - f) lo/(alpha beta) where Omega >= lo. *)
Theorem r4_fixed_points alpha beta L : 0 < alpha -> 0 < beta -> erring_update alpha beta L = L ->
  (f < t -> Lref < L) /\ (t < f -> L < Lref) /\ (t = f -> L = Lref).
Proof.
  intros A B E. assert (D : alpha * (L - Lref) * beta = push L).
  { unfold erring_update in E. rewrite <- (push_over beta L B). f_equal. lra. }
  assert (P : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  repeat split; intros H.
  - pose proof (push_up L H). nra.
  - pose proof (push_down L H). nra.
  - rewrite (push_none L H) in D. nra.
Qed.

Theorem r4_margin alpha beta lo L : 0 < alpha -> 0 < beta -> f < t -> (forall m, 0 < m < 1 -> lo <= Omega_of m) ->
  erring_update alpha beta L = L -> (t - f) * lo / (alpha * beta) <= L - Lref.
Proof.
  intros A B H Low E. assert (P : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  assert (D : alpha * (L - Lref) * beta = push L).
  { unfold erring_update in E. rewrite <- (push_over beta L B). f_equal. lra. }
  pose proof (observed_between t f (sigma L) (sigma_range L) H).
  assert (lo <= Omega_of (observed t f (sigma L))) by (apply Low; lra).
  apply Rle_div_l; [exact P|]. unfold push in D. nra.
Qed.

(** Fate, without KL: steps that do not die out take p to 1 if t > f, and to 0 if t < f. *)
Lemma at_least_linear (u : nat -> R) g : (forall n, u n + g <= u (S n)) -> 0 < g -> is_lim_seq u p_infty.
Proof.
  intros U G. assert (Bound : forall n, INR n * g + u 0%nat <= u n).
  { induction n as [|n IH]; [simpl; lra|]. rewrite S_INR. specialize (U n). lra. }
  apply is_lim_seq_le_p_loc with (fun n => INR n * g + u 0%nat); [exists 0%nat; intros n _; apply Bound|].
  eapply is_lim_seq_plus; [|apply is_lim_seq_const|].
  - eapply is_lim_seq_mult; [apply is_lim_seq_INR | apply is_lim_seq_const |].
    apply is_Rbar_mult_p_infty_pos. simpl. exact G.
  - reflexivity.
Qed.

Theorem r4_fate_up (L step : nat -> R) lo least : f < t -> 0 < lo -> 0 < least ->
  (forall m, 0 < m < 1 -> lo <= Omega_of m) -> (forall n, least <= step n) ->
  (forall n, L (S n) = L n + step n * push (L n)) -> is_lim_seq (fun n => sigma (L n)) 1.
Proof.
  intros H Lo Le Low Steps Step. assert (G : 0 < (t - f) * lo) by (apply Rmult_lt_0_compat; lra).
  apply sigma_to_one, (at_least_linear L (least * ((t - f) * lo))); [|now apply Rmult_lt_0_compat].
  intros n. rewrite Step. specialize (Steps n).
  pose proof (observed_between t f (sigma (L n)) (sigma_range (L n)) H).
  assert (W : (t - f) * lo <= push (L n)) by (apply Rmult_le_compat_l; [lra | apply Low; lra]).
  assert (least * ((t - f) * lo) <= step n * push (L n)) by (apply Rmult_le_compat; lra). lra.
Qed.

Theorem r4_fate_down (L step : nat -> R) lo least : t < f -> 0 < lo -> 0 < least ->
  (forall m, 0 < m < 1 -> lo <= Omega_of m) -> (forall n, least <= step n) ->
  (forall n, L (S n) = L n + step n * push (L n)) -> is_lim_seq (fun n => sigma (L n)) 0.
Proof.
  intros H Lo Le Low Steps Step. assert (G : 0 < (f - t) * lo) by (apply Rmult_lt_0_compat; lra).
  assert (One : is_lim_seq (fun n => sigma (- L n)) 1).
  { apply sigma_to_one, (at_least_linear (fun n => - L n) (least * ((f - t) * lo))); [|now apply Rmult_lt_0_compat].
    intros n. rewrite Step. specialize (Steps n).
    pose proof (observed_between_reversed t f (sigma (L n)) (sigma_range (L n)) H).
    assert (W : (f - t) * lo <= - push (L n)).
    { unfold push. assert (lo <= Omega_of (observed t f (sigma (L n)))) by (apply Low; lra). nra. }
    assert (least * ((f - t) * lo) <= step n * - push (L n)) by (apply Rmult_le_compat; lra). lra. }
  apply is_lim_seq_ext with (fun n => 1 - sigma (- L n)).
  - intros n. unfold sigma. rewrite Ropp_involutive.
    replace (exp (L n)) with (/ exp (- L n)) by (rewrite exp_Ropp, Rinv_inv; reflexivity).
    pose proof (exp_pos (- L n)). field. lra.
  - replace (Finite 0) with (Finite (1 - 1)) by (f_equal; ring).
    apply is_lim_seq_minus'; [apply is_lim_seq_const | exact One].
Qed.

Theorem r4_fate_none (L step : nat -> R) : t = f -> (forall n, L (S n) = L n + step n * push (L n)) ->
  forall n, L n = L 0%nat.
Proof.
  intros H Step. induction n as [|n IH]; [reflexivity|]. rewrite Step, push_none, IH by exact H. ring.
Qed.

(** With KL, updates and steps alike: each goes a share s of the way to Lref, and is pushed by no more than s y. *)
Theorem r4_no_extinction (L share added : nat -> R) y : L 0%nat = Lref -> 0 <= y ->
  (forall n, 0 <= share n <= 1) -> (forall n, added n <= share n * y) ->
  (forall n, L (S n) = (1 - share n) * L n + share n * Lref + added n) ->
  forall n, sigma (L n) <= sigma (Lref + y) < 1.
Proof.
  intros L0 Y Shares Added Step n.
  assert (Bound : L n <= Lref + y).
  { induction n as [|n IH]; [lra|]. rewrite Step. specialize (Shares n). specialize (Added n). nra. }
  split; [|apply sigma_range].
  destruct (Rle_lt_or_eq_dec _ _ Bound) as [C|C]; [left; now apply sigma_increasing | rewrite C; lra].
Qed.

End Independent.

(** Where it rests depends on the errors: without a division, at log-odds Lref + (t - f)/(alpha beta). *)
Theorem r4_rest t f Lref alpha beta L : 0 < alpha -> 0 < beta ->
  erring_update (fun _ => 1) t f Lref alpha beta L = L <-> L = Lref + (t - f) / (alpha * beta).
Proof.
  intros A B. unfold erring_update, push. split; intros H.
  - assert (alpha * (L - Lref) = (t - f) / beta) by lra.
    apply Rmult_eq_reg_l with alpha; [|lra]. rewrite Rmult_plus_distr_l.
    replace (alpha * ((t - f) / (alpha * beta))) with ((t - f) / beta) by (field; lra). lra.
  - rewrite H. field. lra.
Qed.

(** Of the mean-variance contrast. *)
Definition erring_slope (eps t f m : R) : R :=
  (m - f) * (t - m) * (2 * m - 1) / (2 * (m * (1 - m) + eps) * sqrt (m * (1 - m) + eps)).

Theorem r4_slope eps t f L : 0 <= t <= 1 -> 0 <= f <= 1 -> 0 < eps ->
  is_derive (push (fun m => / sqrt (m * (1 - m) + eps)) t f) L
    (erring_slope eps t f (observed t f (sigma L))).
Proof.
  intros T1 F1 E. pose proof (sigma_range L) as P. set (p := sigma L) in *.
  assert (M : 0 <= observed t f p <= 1) by (unfold observed; split; nra).
  assert (V : 0 < observed t f p * (1 - observed t f p) + eps) by nra.
  assert (S : 0 < sqrt (observed t f p * (1 - observed t f p) + eps)) by (now apply sqrt_lt_R0).
  assert (Q : sqrt (observed t f p * (1 - observed t f p) + eps) * sqrt (observed t f p * (1 - observed t f p) + eps)
    = observed t f p * (1 - observed t f p) + eps) by (apply sqrt_sqrt; lra).
  assert (D : is_derive (fun x => (t - f) * / sqrt (observed t f x * (1 - observed t f x) + eps)) p
    ((t - f) * (t - f) * (2 * observed t f p - 1) /
      (2 * (observed t f p * (1 - observed t f p) + eps) * sqrt (observed t f p * (1 - observed t f p) + eps)))).
  { unfold observed in *. set (m := f + (t - f) * p) in *. set (r := sqrt (m * (1 - m) + eps)) in *.
    auto_derive.
    - fold m. change (m * (1 + - m) + eps) with (m * (1 - m) + eps). fold r. repeat split; lra.
    - fold m. change (m * (1 + - m) + eps) with (m * (1 - m) + eps). fold r.
      rewrite <- Q. field. lra. }
  evar_last. { exact (is_derive_comp _ sigma L _ _ D (sigma_derivative L)). }
  unfold scal; simpl; unfold mult; simpl. unfold erring_slope, v. fold p.
  set (s := sqrt (observed t f p * (1 - observed t f p) + eps)) in *.
  replace (observed t f p - f) with ((t - f) * p) by (unfold observed; ring).
  replace (t - observed t f p) with ((t - f) * (1 - p)) by (unfold observed; ring).
  field. lra.
Qed.

(** With s = (2m-1)^2, K = w^2 and c = 1 + 4 eps; the square vanishes exactly at the steepest point. *)
Lemma steepest_identity s K c :
  4 * K^3 * (c - s)^3 - 27 * c^2 * (c - K) * s * (K - s)^2
  = ((3 * c - 2 * K) * s - K * c)^2 * (4 * K * c - (3 * c + K) * s).
Proof. ring. Qed.

Lemma steepest_bound s K c : 0 <= s <= K -> 0 < K -> K < c ->
  27 * c^2 * (c - K) * s * (K - s)^2 <= 4 * K^3 * (c - s)^3.
Proof.
  intros S P C. pose proof (steepest_identity s K c) as I.
  assert (0 <= ((3 * c - 2 * K) * s - K * c)^2) by apply pow2_ge_0.
  assert (0 <= 4 * K * c - (3 * c + K) * s) by nra.
  assert (0 <= ((3 * c - 2 * K) * s - K * c)^2 * (4 * K * c - (3 * c + K) * s)) by (now apply Rmult_le_pos).
  lra.
Qed.

(** The square of 2 w^3/(3 sqrt 3 c sqrt(c - w^2)). *)
Definition steepest_square (eps w : R) : R := 4 * w^6 / (27 * (1 + 4 * eps)^2 * (1 + 4 * eps - w^2)).

Theorem r4_steepest eps t f w m : 0 < eps -> 0 < w <= 1 -> -w <= 2 * t - 1 <= w -> -w <= 2 * f - 1 <= w ->
  Rmin t f <= m <= Rmax t f -> (erring_slope eps t f m)^2 <= steepest_square eps w.
Proof.
  intros E W Tw Fw M. set (x := 2 * m - 1). set (K := w^2). set (c := 1 + 4 * eps).
  assert (X : -w <= x <= w).
  { unfold x. destruct (Rmax_Rle t f m) as [Up _]. destruct (proj1 (Rmax_Rle t f m) (proj2 M)) as [A|A];
      unfold Rmin in M; destruct (Rle_dec t f); lra. }
  assert (Kp : 0 < K <= 1) by (unfold K; split; nra).
  assert (Xs : 0 <= x^2 <= K) by (unfold K; split; nra).
  assert (Vm : m * (1 - m) + eps = (c - x^2) / 4) by (unfold c, x; field).
  assert (Vp : 0 < c - x^2) by (unfold c; lra).
  assert (N : ((m - f) * (t - m))^2 <= ((K - x^2) / 4)^2).
  { assert (B : - ((K - x^2) / 4) <= (m - f) * (t - m) <= (K - x^2) / 4).
    { replace m with ((1 + x) / 2) by (unfold x; field).
      replace ((K - x^2) / 4) with ((w - x) / 2 * ((w + x) / 2)) by (unfold K; field).
      assert (R : Rmin t f <= (1 + x) / 2 <= Rmax t f)
        by (replace ((1 + x) / 2) with m by (unfold x; field); exact M).
      unfold Rmin, Rmax in R. destruct (Rle_dec t f) as [C|C].
      - assert (0 <= f - (1 + x) / 2 <= (w - x) / 2) by lra.
        assert (0 <= (1 + x) / 2 - t <= (w + x) / 2) by lra. split; nra.
      - assert (0 <= t - (1 + x) / 2 <= (w - x) / 2) by lra.
        assert (0 <= (1 + x) / 2 - f <= (w + x) / 2) by lra. split; nra. }
    set (a := (m - f) * (t - m)) in *. set (b := (K - x^2) / 4) in *.
    assert (0 <= (b - a) * (b + a)) by (apply Rmult_le_pos; lra). lra. }
  assert (Sq : (erring_slope eps t f m)^2 = ((m - f) * (t - m))^2 * x^2 * 16 / (c - x^2)^3).
  { unfold erring_slope. fold x.
    assert (0 < m * (1 - m) + eps) by (rewrite Vm; lra).
    assert (S : 0 < sqrt (m * (1 - m) + eps)) by (now apply sqrt_lt_R0).
    assert (Q : sqrt (m * (1 - m) + eps) * sqrt (m * (1 - m) + eps) = m * (1 - m) + eps) by (apply sqrt_sqrt; lra).
    set (r := sqrt (m * (1 - m) + eps)) in *.
    replace (((m - f) * (t - m) * x / (2 * (m * (1 - m) + eps) * r))^2)
      with (((m - f) * (t - m))^2 * x^2 / (4 * (m * (1 - m) + eps)^2 * (r * r))) by (field; lra).
    rewrite Q, Vm. field. lra. }
  rewrite Sq.
  assert (D3 : 0 < (c - x^2)^3) by (now apply pow_lt).
  apply Rle_trans with (((K - x^2) / 4)^2 * x^2 * 16 / (c - x^2)^3).
  { apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|]. nra. }
  assert (Ck : 0 < c - K) by (unfold c; lra).
  pose proof (steepest_bound (x^2) K c Xs (proj1 Kp) ltac:(lra)) as Bd.
  unfold steepest_square. fold c. replace (w^6) with (K^3) by (unfold K; ring). fold K.
  assert (Cp : 0 < c) by (unfold c; lra).
  assert (Dd : 0 < 27 * c^2 * (c - K)) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; [lra | now apply pow_lt] | exact Ck]).
  apply (proj1 (Rle_div_r _ _ _ Dd)).
  replace (((K - x^2) / 4)^2 * x^2 * 16 / (c - x^2)^3 * (27 * c^2 * (c - K)))
    with (27 * c^2 * (c - K) * x^2 * (K - x^2)^2 / (c - x^2)^3) by (field; lra).
  apply (proj2 (Rle_div_l _ _ _ D3)). exact Bd.
Qed.

(** Errors that belong to the answer. Of the reference p t is right and passes, p (1-t) is right and fails, (1-p) f is
    wrong and passes; the policy weighs what passes by e = exp theta. *)
Definition passing (t f p e : R) : R :=
  (p * t + (1 - p) * f) * e / ((p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f))).
Definition right (t f p e : R) : R :=
  (p * t * e + p * (1 - t)) / ((p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f))).
Definition PPV (t f p : R) : R := p * t / (p * t + (1 - p) * f).
Definition FOR (t f p : R) : R := p * (1 - t) / (p * (1 - t) + (1 - p) * (1 - f)).

Section Systematic.
Variables t f p e : R.
Hypothesis P : 0 < p < 1.
Hypothesis T1 : 0 <= t <= 1.
Hypothesis F1 : 0 <= f <= 1.
Hypothesis E : 0 < e.

Lemma total_positive : 0 < (p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f)).
Proof.
  assert (A : 0 <= p * t + (1 - p) * f) by nra. assert (B : 0 <= p * (1 - t) + (1 - p) * (1 - f)) by nra.
  assert (Sum : p * (1 - t) + (1 - p) * (1 - f) = 1 - (p * t + (1 - p) * f)) by ring.
  assert (G : 0 <= (p * t + (1 - p) * f) * e) by (apply Rmult_le_pos; lra).
  destruct (Rle_lt_or_eq_dec _ _ B) as [C|C]; [lra|].
  replace (p * t + (1 - p) * f) with 1 by lra. lra.
Qed.

(** The shares of right answers among those that pass and among those that fail stay what they were. *)
Theorem r5_shares : 0 < p * t + (1 - p) * f < 1 ->
  right t f p e = PPV t f p * passing t f p e + FOR t f p * (1 - passing t f p e).
Proof.
  intros M. pose proof total_positive. unfold right, PPV, FOR, passing. field. repeat split; lra.
Qed.

(** R5: no tilt, hence no beta and no number of updates, passes PPV. *)
Theorem r5_below : f < t -> right t f p e < PPV t f p.
Proof.
  intros H. pose proof total_positive as D. unfold right, PPV.
  assert (A : 0 < p * t + (1 - p) * f) by nra.
  apply (proj2 (Rlt_div_l _ _ _ D)).
  replace (p * t / (p * t + (1 - p) * f) * ((p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f))))
    with (p * t * e + p * t * (p * (1 - t) + (1 - p) * (1 - f)) / (p * t + (1 - p) * f)) by (field; lra).
  assert (p * (1 - t) < p * t * (p * (1 - t) + (1 - p) * (1 - f)) / (p * t + (1 - p) * f)).
  { apply (proj1 (Rlt_div_r _ _ _ A)). assert (0 < p * (1 - p)) by nra. nra. }
  lra.
Qed.

Theorem r5_above : t < f -> PPV t f p < right t f p e.
Proof.
  intros H. pose proof total_positive as D. unfold right, PPV.
  assert (A : 0 < p * t + (1 - p) * f) by nra.
  apply (proj1 (Rlt_div_r _ _ _ D)).
  replace (p * t / (p * t + (1 - p) * f) * ((p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f))))
    with (p * t * e + p * t * (p * (1 - t) + (1 - p) * (1 - f)) / (p * t + (1 - p) * f)) by (field; lra).
  assert (p * t * (p * (1 - t) + (1 - p) * (1 - f)) / (p * t + (1 - p) * f) < p * (1 - t)).
  { apply (proj2 (Rlt_div_l _ _ _ A)). assert (0 < p * (1 - p)) by nra. nra. }
  lra.
Qed.

Theorem r5_at : t = f -> right t f p e = p.
Proof.
  intros H. pose proof total_positive as D. unfold right. apply Rmult_eq_reg_r with
    ((p * t + (1 - p) * f) * e + (p * (1 - t) + (1 - p) * (1 - f))); [|lra].
  unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. rewrite <- H. ring.
Qed.

End Systematic.

(** PPV over ranges: it rises in t and in p, and falls in f. *)
Theorem r5_ceiling_over_ranges t f p t1 f0 p1 : 0 <= t <= t1 -> 0 <= f0 <= f -> 0 < p <= p1 -> p1 < 1 -> f < t ->
  PPV t f p <= PPV t1 f0 p1.
Proof.
  intros T F P P1 H. unfold PPV.
  assert (A : 0 < p * t + (1 - p) * f) by nra. assert (B : 0 < p1 * t1 + (1 - p1) * f0) by nra.
  apply (proj2 (Rle_div_l _ _ _ A)).
  replace (p1 * t1 / (p1 * t1 + (1 - p1) * f0) * (p * t + (1 - p) * f))
    with (p1 * t1 * (p * t + (1 - p) * f) / (p1 * t1 + (1 - p1) * f0)) by (field; lra).
  apply (proj1 (Rle_div_r _ _ _ B)).
  assert (X : (1 - p1) * p <= (1 - p) * p1) by nra.
  assert (Y : 0 <= (1 - p1) * p) by nra.
  assert (Z : t * f0 <= t1 * f) by nra.
  assert (0 <= t * f0) by nra.
  assert ((1 - p1) * p * (t * f0) <= (1 - p) * p1 * (t1 * f)) by (apply Rmult_le_compat; lra).
  nra.
Qed.

(** * Small steps rise to the least fixed point

    Paper: every update is solved exactly. Suite, N2, for the paper's contrast and any sequence of steps: steps up to
    1/(alpha beta + b), b a bound on how steeply Omega falls below 1/2, rise to the least fixed point, and tend to it
    if their sum diverges. Bmax(eps) is such a bound for every prompt, and 0 where p_ref >= 1/2. Without a KL term any
    steps rise to 1. N5, N6: how fast, and that sequences and limits keep the order of prompts. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Bmax Monotone TwoKL Cells PaperMap
  PaperFixedPoints SmallSteps Drive.
Open Scope R_scope.

(** Far out the KL term is the stronger. *)
Lemma drive_goes_under weight Lref eps s : 0 < weight -> 0 < eps -> exists c, s <= c /\ drive weight Lref eps c <= 0.
Proof.
  intros W E. pose proof (sqrt_lt_R0 eps E) as S. exists (Rmax s (Lref + / sqrt eps / weight)).
  split; [apply Rmax_l|]. pose proof (Rmax_r s (Lref + / sqrt eps / weight)) as H.
  set (c := Rmax s (Lref + / sqrt eps / weight)) in *. unfold drive. pose proof (Omega_upper eps c E) as O.
  assert (weight * (/ sqrt eps / weight) = / sqrt eps) by (field; lra). nra.
Qed.

Theorem n2_least_zero weight Lref eps : 0 < weight -> 0 < eps -> exists l, least_zero (drive weight Lref eps) Lref l.
Proof.
  intros W E. destruct (drive_goes_under weight Lref eps Lref W E) as [c [RC C]].
  destruct (least_zero_exists _ (drive_continuous weight Lref eps E) Lref c) as [l [_ Z]];
    [|exact RC | exact C | now exists l].
  left. now apply drive_at_reference.
Qed.

(** It is the least of all fixed points. *)
Theorem n2_least_fixed_point alpha Lref beta eps l : 0 < alpha -> 0 < beta -> 0 < eps ->
  least_zero (drive (alpha * beta) Lref eps) Lref l ->
  T2 alpha Lref beta eps l = l /\ Lref < l /\ forall y, T2 alpha Lref beta eps y = y -> l <= y.
Proof.
  intros A B E [Rl [Z Least]]. assert (W : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  assert (above : forall y, drive (alpha * beta) Lref eps y = 0 -> Lref < y).
  { intros y Y. unfold drive in Y. pose proof (Omega_positive eps y E).
    apply Rmult_lt_reg_l with (alpha * beta); [exact W|]. lra. }
  repeat split; [now apply drive_zero | now apply above |].
  intros y Y. apply drive_zero in Y; [|lra|lra]. apply Least; [left; now apply above | exact Y].
Qed.

(** The steepest fall of Omega that counts is below 1/2. *)
Definition Omega_falls_at_most (eps b a l : R) : Prop := forall t, a <= t <= l -> t <= 0 -> - slope eps t <= b.

Lemma drive_falls_at_most weight Lref eps b a l : 0 < eps -> 0 <= b -> Omega_falls_at_most eps b a l ->
  falls_at_most (drive weight Lref eps) (weight + b) a l.
Proof.
  intros E B O. apply (falls_at_most_by_slope _ (fun t => slope eps t - weight)).
  - intros t. now apply drive_derivative.
  - intros t T. destruct (Rle_lt_dec t 0) as [N|P]; [specialize (O t T N); lra|].
    pose proof (slope_nonnegative eps t E ltac:(lra)). lra.
Qed.

Lemma above_half_no_fall eps a l : 0 < eps -> 0 <= a -> Omega_falls_at_most eps 0 a l.
Proof. intros E H t T N. pose proof (slope_nonnegative eps t E ltac:(lra)). lra. Qed.

Lemma Bmax_fall eps a l : 0 < eps -> Omega_falls_at_most eps (Bmax eps) a l.
Proof. intros E t _ _. pose proof (slope_bound eps t E). lra. Qed.

Lemma sigma_limit (L : nat -> R) (l : R) : is_lim_seq L l -> is_lim_seq (fun n => sigma (L n)) (sigma l).
Proof.
  apply (is_lim_seq_continuous sigma). apply continuity_pt_filterlim.
  apply (continuous_of_derivative sigma v), sigma_derivative.
Qed.

Lemma sigma_limit_1 (L : nat -> R) : is_lim_seq L p_infty -> is_lim_seq (fun n => sigma (L n)) 1.
Proof.
  intros H. assert (X : is_lim_seq (fun n => exp (- L n)) 0).
  { apply (is_lim_comp_seq exp (fun n => - L n) m_infty 0); [exact is_lim_exp_m | exists 0%nat; discriminate |].
    exact (proj1 (is_lim_seq_opp _ p_infty) H). }
  apply is_lim_seq_le_le with (fun n => 1 - exp (- L n)) (fun _ => 1).
  - intros n. split; [|left; apply sigma_range]. unfold sigma. pose proof (exp_pos (- L n)) as P.
    apply Rmult_le_reg_r with (1 + exp (- L n)); [lra|]. rewrite Rinv_l by lra. nra.
  - replace (Finite 1) with (Finite (1 - 0)) by (f_equal; ring). apply is_lim_seq_minus'; [|exact X].
    apply is_lim_seq_const.
  - apply is_lim_seq_const.
Qed.

Section Steps.
Variables weight Lref eps : R.
Hypothesis W : 0 < weight.
Hypothesis E : 0 < eps.
Variables eta L : nat -> R.
Hypothesis Start : L 0%nat = Lref.
Hypothesis Climb : climbs (drive weight Lref eps) eta L.

Theorem n2_small_steps b l : least_zero (drive weight Lref eps) Lref l -> 0 <= b ->
  Omega_falls_at_most eps b Lref l -> (forall n, 0 <= eta n <= / (weight + b)) ->
  (forall n, L n <= L (S n) /\ Lref <= L n <= l) /\
  (diverges eta -> is_lim_seq L l /\ is_lim_seq (fun n => sigma (L n)) (sigma l)).
Proof.
  intros Z B O Steps.
  destruct (small_steps _ (drive_continuous weight Lref eps E) Lref l (weight + b) eta L) as [R T]; try assumption.
  - left. now apply drive_at_reference.
  - now apply drive_falls_at_most.
  - lra.
  - split; [exact R|]. intros D. split; [|apply sigma_limit]; now apply T.
Qed.

(** For every prompt at once. *)
Corollary n2_every_prompt l : least_zero (drive weight Lref eps) Lref l ->
  (forall n, 0 <= eta n <= / (weight + Bmax eps)) ->
  (forall n, L n <= L (S n) /\ Lref <= L n <= l) /\
  (diverges eta -> is_lim_seq L l /\ is_lim_seq (fun n => sigma (L n)) (sigma l)).
Proof.
  intros Z. apply n2_small_steps; [exact Z | left; now apply Bmax_positive | now apply Bmax_fall].
Qed.

(** From p_ref >= 1/2. *)
Corollary n2_from_half l : 0 <= Lref -> least_zero (drive weight Lref eps) Lref l ->
  (forall n, 0 <= eta n <= / weight) ->
  (forall n, L n <= L (S n) /\ Lref <= L n <= l) /\
  (diverges eta -> is_lim_seq L l /\ is_lim_seq (fun n => sigma (L n)) (sigma l)).
Proof.
  intros H Z Steps.
  apply (n2_small_steps 0); [exact Z | lra | now apply above_half_no_fall | now rewrite Rplus_0_r].
Qed.

(** N5: below 1/2, with one step size, the way left shrinks by 1 - eta alpha beta at every step. *)
Theorem n5_rate b l e : least_zero (drive weight Lref eps) Lref l -> l <= 0 -> 0 <= b ->
  Omega_falls_at_most eps b Lref l -> 0 <= e <= / (weight + b) -> (forall n, eta n = e) ->
  forall n, l - L n <= (l - Lref) * (1 - e * weight) ^ n.
Proof.
  intros Z N B O Bound Const. pose proof (drive_continuous weight Lref eps E) as C.
  pose proof (Rlt_le _ _ (drive_at_reference weight Lref eps E)) as A.
  pose proof (drive_falls_at_most weight Lref eps b Lref l E B O) as K.
  pose proof (small_enough e (weight + b) ltac:(lra) (proj2 Bound)) as S1.
  assert (Pull : forall x, Lref <= x <= l -> weight * (l - x) <= drive weight Lref eps x).
  { intros x X. destruct Z as [_ [Zl _]]. unfold drive in *.
    assert (- Omega eps x <= - Omega eps l); [|lra].
    apply (does_not_fall (fun t => - Omega eps t) (fun t => - slope eps t)); [| |lra].
    - intros t. apply (is_derive_opp (Omega eps)). now apply Omega_derivative.
    - intros t T. pose proof (slope_nonpositive eps t E ltac:(lra)). lra. }
  assert (Steps : forall n, 0 <= eta n /\ eta n * (weight + b) <= 1) by (intros n; rewrite Const; lra).
  induction n as [|n IH]; simpl; [rewrite Start; lra|].
  pose proof (small_steps_rate _ C Lref l (weight + b) eta L A Z K Steps Start Climb weight Pull n) as H.
  rewrite Const in H. assert (0 <= e * b) by (apply Rmult_le_pos; lra). nra.
Qed.
End Steps.

(** The same as the paper would write it: p_n rises from p_ref to the least fixed point of h at weight alpha beta. *)
Theorem n2_in_p p_ref alpha beta eps : 0 < p_ref < 1 -> 0 < alpha -> 0 < beta -> 0 < eps ->
  exists p : R, p_ref < p < 1 /\ h p_ref (alpha * beta) eps p = p /\
    (forall q, 0 <= q <= 1 -> h p_ref (alpha * beta) eps q = q -> p <= q) /\
    forall eta L, L 0%nat = logit p_ref -> climbs (drive (alpha * beta) (logit p_ref) eps) eta L ->
      (forall n, 0 <= eta n <= / (alpha * beta + Bmax eps)) ->
      (forall n, sigma (L n) <= sigma (L (S n)) <= p) /\ (diverges eta -> is_lim_seq (fun n => sigma (L n)) p).
Proof.
  intros P A B E. assert (W : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  destruct (n2_least_zero (alpha * beta) (logit p_ref) eps W E) as [l Z]. exists (sigma l).
  destruct (n2_least_fixed_point alpha (logit p_ref) beta eps l A B E Z) as [F [Up Least]].
  apply s7_same_fixed_points in F; [|lra|lra].
  pose proof (sigma_increasing _ _ Up) as I. rewrite sigma_logit in I by exact P. pose proof (sigma_range l).
  split; [lra|]. split; [|split].
  - rewrite h_of_sigma by exact P. now rewrite F.
  - intros q Q Fq. apply fixed_points_of_h in Fq; try assumption. destruct Fq as [Q1 Fq].
    rewrite <- (sigma_logit q Q1). apply sigma_does_not_fall, Least. now apply s7_same_fixed_points.
  - intros eta L Start Climb Steps.
    destruct (n2_every_prompt (alpha * beta) (logit p_ref) eps W E eta L Start Climb l Z Steps) as [R D]. split.
    + intros n. pose proof (R n). pose proof (R (S n)). split; apply sigma_does_not_fall; lra.
    + intros S. now apply D.
Qed.

(** From any start it tends to the next fixed point the way the drive points, and comes no less near at any step. *)
Theorem n2_any_start weight Lref eps s : 0 < weight -> 0 < eps ->
  exists l : R, drive weight Lref eps l = 0 /\
    (forall y, Rmin s l <= y <= Rmax s l -> drive weight Lref eps y = 0 -> y = l) /\
    forall eta L, L 0%nat = s -> climbs (drive weight Lref eps) eta L ->
      (forall n, 0 <= eta n <= / (weight + Bmax eps)) ->
      (forall n, Rabs (L (S n) - l) <= Rabs (L n - l)) /\ (diverges eta -> is_lim_seq L l).
Proof.
  intros W E. pose proof (Bmax_positive eps E) as B. pose proof (drive_continuous weight Lref eps E) as C.
  assert (K : forall a l, falls_at_most (drive weight Lref eps) (weight + Bmax eps) a l).
  { intros a l. apply drive_falls_at_most; [exact E | lra | now apply Bmax_fall]. }
  destruct (Rle_lt_dec 0 (drive weight Lref eps s)) as [D|D].
  - destruct (drive_goes_under weight Lref eps s W E) as [c [SC Dc]].
    destruct (least_zero_exists _ C s c D SC Dc) as [l [_ Z]]. exists l. split; [apply Z|].
    rewrite Rmin_left, Rmax_right by apply Z. split.
    + intros y Y Dy. apply Rle_antisym; [apply Y | apply Z; [apply Y | exact Dy]].
    + intros eta L Start Climb Steps.
      destruct (small_steps _ C s l (weight + Bmax eps) eta L D Z (K s l) ltac:(lra) Steps Start Climb) as [R T].
      split; [|exact T]. intros n. pose proof (R n). pose proof (R (S n)). rewrite !Rabs_left1; lra.
  - assert (RS : Lref <= s).
    { destruct (Rle_lt_dec Lref s) as [H|H]; [exact H|]. exfalso. unfold drive in D.
      pose proof (Omega_positive eps s E). nra. }
    destruct (greatest_zero_exists _ C s Lref (Rlt_le _ _ D) RS) as [l [_ Z]].
    { left. now apply drive_at_reference. }
    exists l. split; [apply Z|]. rewrite Rmin_right, Rmax_left by apply Z. split.
    + intros y Y Dy. apply Rle_antisym; [apply Z; [apply Y | exact Dy] | apply Y].
    + intros eta L Start Climb Steps.
      destruct (small_steps_down _ C s l (weight + Bmax eps) eta L (Rlt_le _ _ D) Z (K l s) ltac:(lra) Steps Start
        Climb) as [R T].
      split; [|exact T]. intros n. pose proof (R n). pose proof (R (S n)). rewrite !Rabs_pos_eq; lra.
Qed.

(** Without a KL term it rises to 1, whatever the steps, exactly if their sum diverges; and how far it is by then. *)
Theorem n2_without_KL Lref eps eta L : 0 < eps -> (forall n, 0 <= eta n) -> L 0%nat = Lref ->
  climbs (drive 0 Lref eps) eta L ->
  (forall n, L n <= L (S n)) /\
  (forall n, / sqrt (1/4 + eps) * sum_f_R0 eta n <= L (S n) - Lref <= / sqrt eps * sum_f_R0 eta n) /\
  (diverges eta <-> is_lim_seq L p_infty) /\ (diverges eta -> is_lim_seq (fun n => sigma (L n)) 1).
Proof.
  intros E S0 Start C.
  assert (low : forall n, L n + / sqrt (1/4 + eps) * eta n <= L (S n)).
  { intros n. rewrite C. unfold drive. pose proof (Omega_lower eps (L n) E). specialize (S0 n). nra. }
  assert (high : forall n, L (S n) <= L n + / sqrt eps * eta n).
  { intros n. rewrite C. unfold drive. pose proof (Omega_upper eps (L n) E). specialize (S0 n). nra. }
  assert (Q : 0 < / sqrt eps) by (apply Rinv_0_lt_compat, sqrt_lt_R0, E).
  assert (far : forall n, / sqrt (1/4 + eps) * sum_f_R0 eta n <= L (S n) - Lref <= / sqrt eps * sum_f_R0 eta n).
  { induction n as [|n IH]; simpl sum_f_R0.
    - specialize (low 0%nat). specialize (high 0%nat). lra.
    - specialize (low (S n)). specialize (high (S n)). lra. }
  assert (P : forall x, Lref <= x -> 0 < drive 0 Lref eps x).
  { intros x _. unfold drive. pose proof (Omega_positive eps x E). lra. }
  destruct (rises_without_bound _ (drive_continuous 0 Lref eps E) Lref eta L P S0 Start C) as [Up Lim].
  split; [exact Up|]. split; [exact far|]. split.
  - split; [exact Lim|]. intros H. apply is_lim_seq_spec. intros M. apply is_lim_seq_spec in H.
    destruct (H (Lref + / sqrt eps * M)) as [N HN]. exists N. intros n Hn. specialize (HN (S n) ltac:(lia)).
    specialize (far n). apply Rmult_lt_reg_l with (/ sqrt eps); [exact Q|]. lra.
  - intros D. apply sigma_limit_1, Lim, D.
Qed.

(** N6: from an easier prompt, at a smaller weight and with a smaller eps, the least fixed point is the greater *)
Lemma Omega_falls_in_eps eps eps' L : 0 < eps' -> eps' <= eps -> Omega eps L <= Omega eps' L.
Proof.
  intros E H. unfold Omega. pose proof (v_range L).
  apply Rinv_le_contravar; [apply sqrt_lt_R0; lra | apply sqrt_le_1; lra].
Qed.

Section Prompts.
Variables weight weight' Lref Lref' eps eps' l l' : R.
Hypothesis W' : 0 < weight'.
Hypothesis WW : weight' <= weight.
Hypothesis E' : 0 < eps'.
Hypothesis EE : eps' <= eps.
Hypothesis Z : least_zero (drive weight Lref eps) Lref l.
Hypothesis Z' : least_zero (drive weight' Lref' eps') Lref' l'.

Lemma drives_in_order x : Lref <= Lref' -> Lref' <= x ->
  drive weight Lref eps x + weight * (Lref' - Lref) <= drive weight' Lref' eps' x.
Proof.
  intros H X. unfold drive. pose proof (Omega_falls_in_eps eps eps' x E' EE). nra.
Qed.

Theorem n6_order : Lref <= Lref' -> l <= l'.
Proof.
  intros H. assert (E : 0 < eps) by lra.
  apply (least_zeros_in_order (drive weight Lref eps) (drive weight' Lref' eps')) with (a := Lref) (b := Lref');
    try assumption.
  - now apply drive_continuous.
  - left. now apply drive_at_reference.
  - intros x X. pose proof (drives_in_order x H ltac:(lra)). nra.
Qed.

Theorem n6_strict_order : Lref < Lref' -> l < l'.
Proof.
  intros H. assert (E : 0 < eps) by lra.
  apply (least_zeros_in_strict_order (drive weight Lref eps) (drive weight' Lref' eps')) with (a := Lref) (b := Lref');
    try assumption.
  - now apply drive_continuous.
  - left. now apply drive_at_reference.
  - lra.
  - intros x X. pose proof (drives_in_order x ltac:(lra) ltac:(lra)). nra.
Qed.

(** At every step, too, if the steps are small enough for every prompt. *)
Theorem n6_order_of_steps eta L M : Lref <= Lref' ->
  (forall n, 0 <= eta n <= / (weight + Bmax eps) /\ eta n <= / (weight' + Bmax eps')) ->
  L 0%nat = Lref -> M 0%nat = Lref' -> climbs (drive weight Lref eps) eta L ->
  climbs (drive weight' Lref' eps') eta M -> forall n, L n <= M n /\ sigma (L n) <= sigma (M n).
Proof.
  intros H Steps SL SM CL CM. assert (E : 0 < eps) by lra.
  pose proof (Bmax_positive eps E). pose proof (Bmax_positive eps' E').
  assert (O : forall n, L n <= M n); [|intros n; split; [apply O | apply sigma_does_not_fall, O]].
  apply (small_steps_in_order (drive weight Lref eps) (drive weight' Lref' eps') (drive_continuous _ _ _ E)
    (drive_continuous _ _ _ E') Lref Lref' l l') with (k := weight + Bmax eps) (k' := weight' + Bmax eps') (eta := eta);
    try assumption.
  - left. now apply drive_at_reference.
  - left. now apply drive_at_reference.
  - intros x X. pose proof (drives_in_order x H ltac:(lra)). nra.
  - apply drive_falls_at_most; [exact E | lra | now apply Bmax_fall].
  - apply drive_falls_at_most; [exact E' | lra | now apply Bmax_fall].
  - intros n. destruct (Steps n) as [[S0 S1] S2]. split; [exact S0 | split; apply small_enough; lra].
Qed.
End Prompts.

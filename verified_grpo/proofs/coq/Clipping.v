(** * Clipping in the exact iteration

    GRPO's surrogate with the ratios clipped to [1-low, 1+high], solved exactly with the KL terms. The advantages have
    the mean 0 (A1 = (1-p) Omega, A0 = -p Omega), so as a function of the new probability p' the surrogate is
    Omega ((1-p) min(p', cap) + p min(p', cap')) up to a constant, cap = p (1+high), cap' = p + low (1-p): concave, of
    slope Omega up to the lesser cap, w up to the greater one, and 0 beyond, with w = Omega p if the cap of the
    successes is the lesser, else Omega (1-p). The KL terms have the slope beta (L' - A), A = alpha L_ref +
    (1-alpha) L. So the maximiser is where the two slopes meet: `clipped` below, with the caps c1 <= c2 in log-odds.
    Suite, N8: it moves no fixed point, is the map without clipping near one, and never goes farther. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification TwoKL SmallSteps Drive SmallStepsMeanVar.
Open Scope R_scope.

(** The map in log-odds, of anchor A, full step d = Omega/beta, step e = w/beta between the caps c1 <= c2. *)
Definition clipped (A d e c1 c2 : R) : R := Rmax (Rmax (Rmin (A + d) c1) (Rmin (A + e) c2)) A.

(** Where the slope of a concave objective is positive it rises, where it is negative it falls: its maximiser x has a
    slope >= 0 to its left and <= 0 to its right. *)
Definition marginal (d e c1 c2 A x : R) : R :=
  (if Rlt_dec x c1 then d else if Rlt_dec x c2 then e else 0) - (x - A).

Theorem n8_maximiser A d e c1 c2 : 0 < e < d -> c1 <= c2 ->
  forall x, (x < clipped A d e c1 c2 -> 0 < marginal d e c1 c2 A x) /\
            (clipped A d e c1 c2 < x -> marginal d e c1 c2 A x < 0).
Proof.
  intros E C x. unfold clipped, marginal.
  split; intros H; destruct (Rlt_dec x c1), (Rlt_dec x c2); try lra;
    unfold Rmax, Rmin in H; repeat destruct Rle_dec; lra.
Qed.

Theorem n8_never_farther A d e c1 c2 : 0 < e < d -> clipped A d e c1 c2 <= A + d.
Proof. intros E. unfold clipped, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(** Both caps are above the policy. *)
Theorem n8_same_fixed_points L A d e c1 c2 : 0 < e < d -> L < c1 -> c1 <= c2 ->
  (clipped A d e c1 c2 = L <-> A + d = L).
Proof.
  intros E C1 C2. unfold clipped, Rmax, Rmin. split; intros H.
  - revert H. repeat destruct Rle_dec; lra.
  - repeat destruct Rle_dec; lra.
Qed.

(** Near a fixed point it is the map without clipping, so it has the same multiplier. *)
Theorem n8_same_nearby A d e c1 c2 : 0 < e < d -> A + d <= c1 -> c1 <= c2 -> clipped A d e c1 c2 = A + d.
Proof. intros E C1 C2. unfold clipped, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(** Caps in p, and that they lie above the policy. *)
Theorem n8_caps p low high : 0 < p < 1 -> 0 < low -> 0 < high -> p < p * (1 + high) /\ p < p + low * (1 - p).
Proof. intros P L H. split; nra. Qed.

(** A clipped update is a shorter one, by no less than the room below the caps: where the full one leads up, it leads up. *)
Theorem n8_shorter_step L A d e c1 c2 : 0 < e < d -> L < c1 -> L <= A + d ->
  L <= clipped A d e c1 c2 <= A + d /\ Rmin (A + d) c1 <= clipped A d e c1 c2.
Proof. intros E C1 F. unfold clipped, Rmax, Rmin. repeat destruct Rle_dec; lra. Qed.

(** So with steps below the bound of N2 the clipped sequence rises to the least fixed point as well. *)
Section Sequence.
Variables alpha Lref beta eps b l room : R.
Variables e c1 c2 : R -> R.
Hypothesis A0 : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis Z : least_zero (drive (alpha * beta) Lref eps) Lref l.
Hypothesis B0 : 0 <= b.
Hypothesis Fall : Omega_falls_at_most eps b Lref l.
Hypothesis Bound : / beta <= / (alpha * beta + b).
Hypothesis W : forall x, 0 < e x < Omega eps x / beta.
Hypothesis Room : 0 < room.
Hypothesis Caps : forall x, x + room <= c1 x.
Variable L : nat -> R.
Hypothesis Start : L 0%nat = Lref.
Hypothesis Next : forall n,
  L (S n) = clipped ((1 - alpha) * L n + alpha * Lref) (Omega eps (L n) / beta) (e (L n)) (c1 (L n)) (c2 (L n)).
Notation F := (drive (alpha * beta) Lref eps).

Lemma weight_positive : 0 < alpha * beta.
Proof. apply Rmult_lt_0_compat; lra. Qed.

Lemma full_step x : (1 - alpha) * x + alpha * Lref + Omega eps x / beta = x + / beta * F x.
Proof. unfold drive. field. lra. Qed.

Lemma F_positive_at_reference : 0 < F Lref.
Proof. now apply drive_at_reference. Qed.

Lemma one_step x : Lref <= x <= l ->
  forall y, y = clipped ((1 - alpha) * x + alpha * Lref) (Omega eps x / beta) (e x) (c1 x) (c2 x) ->
  0 <= F x /\ x <= y <= x + / beta * F x /\ Rmin (x + / beta * F x) (x + room) <= y /\ x + / beta * F x <= l.
Proof.
  intros X y Y. pose proof weight_positive as AB. pose proof (drive_continuous (alpha * beta) Lref eps E) as C.
  pose proof (Rlt_le _ _ F_positive_at_reference) as R0.
  pose proof (nonnegative_before F C Lref l R0 Z x X) as P.
  assert (0 < / beta) by (apply Rinv_0_lt_compat; lra).
  assert (0 <= / beta * F x) by (apply Rmult_le_pos; lra).
  specialize (Caps x).
  destruct (n8_shorter_step x ((1 - alpha) * x + alpha * Lref) (Omega eps x / beta) (e x) (c1 x) (c2 x) (W x)
    ltac:(lra)) as [S1 S2]; [rewrite full_step; lra|].
  rewrite <- Y, full_step in S1, S2. repeat split; try lra.
  - apply Rle_trans with (2 := S2). apply Rle_min_compat_l. lra.
  - pose proof (drive_falls_at_most (alpha * beta) Lref eps b Lref l E B0 Fall) as K.
    pose proof (small_enough (/ beta) (alpha * beta + b) ltac:(lra) Bound) as S.
    pose proof (step_keeps_order F Lref l (alpha * beta + b) K (/ beta) x l ltac:(lra) S ltac:(lra) ltac:(lra)
      ltac:(lra)) as Q.
    destruct Z as [_ [Zl _]]. rewrite Zl in Q. lra.
Qed.

Lemma stays n : Lref <= L n <= l.
Proof.
  induction n as [|n IH]; [rewrite Start; destruct Z; lra|].
  destruct (one_step (L n) IH (L (S n)) (Next n)) as [_ [S1 [_ S2]]]. lra.
Qed.

(** The step that the clipped update amounts to. *)
Definition step_taken n : R := if Rlt_dec 0 (F (L n)) then (L (S n) - L n) / F (L n) else / beta.

Lemma step_taken_bounds : exists t, 0 < t /\ forall n, t <= step_taken n <= / beta.
Proof.
  pose proof weight_positive as AB. assert (H : 0 < / beta) by (apply Rinv_0_lt_compat; lra).
  assert (Q : 0 < / sqrt eps) by (apply Rinv_0_lt_compat, sqrt_lt_R0, E).
  exists (Rmin (/ beta) (room * sqrt eps)). split.
  { apply Rmin_pos; [exact H|]. apply Rmult_lt_0_compat; [exact Room | now apply sqrt_lt_R0]. }
  intros n. destruct (one_step (L n) (stays n) (L (S n)) (Next n)) as [P [[S1 S2] [S3 _]]].
  unfold step_taken. destruct (Rlt_dec 0 (F (L n))) as [Pos|_]; [|split; [apply Rmin_l | lra]]. split.
  - apply Rle_div_r; [exact Pos|].
    assert (F (L n) <= / sqrt eps).
    { unfold drive. pose proof (Omega_upper eps (L n) E). pose proof (stays n). nra. }
    assert (R1 : room * sqrt eps * F (L n) <= room).
    { replace room with (room * sqrt eps * / sqrt eps) at 2
        by (field; apply Rgt_not_eq, sqrt_lt_R0; exact E).
      apply Rmult_le_compat_l; [|assumption]. left. apply Rmult_lt_0_compat; [exact Room | now apply sqrt_lt_R0]. }
    unfold Rmin in *. repeat destruct Rle_dec; nra.
  - apply Rle_div_l; [exact Pos | lra].
Qed.

Theorem n8_small_steps : (forall n, L n <= L (S n) /\ Lref <= L n <= l) /\ is_lim_seq L l.
Proof.
  destruct step_taken_bounds as [t [T0 Bt]].
  assert (Climb : climbs F step_taken L).
  { intros n. destruct (one_step (L n) (stays n) (L (S n)) (Next n)) as [P [[S1 S2] _]].
    unfold step_taken. destruct (Rlt_dec 0 (F (L n))) as [Pos|N]; [field; lra|].
    assert (F (L n) = 0) by lra. rewrite H in *. lra. }
  destruct (n2_small_steps (alpha * beta) Lref eps weight_positive E step_taken L Start Climb b l Z B0 Fall)
    as [Rise Lim].
  { intros n. specialize (Bt n). lra. }
  split; [exact Rise|]. apply Lim. unfold diverges.
  apply is_lim_seq_le_p_loc with (fun n => INR n * t).
  - exists 0%nat. intros n _. induction n as [|n IH]; simpl sum_f_R0.
    + simpl. specialize (Bt 0%nat). lra.
    + rewrite S_INR. specialize (Bt (S n)). lra.
  - apply is_lim_seq_spec. intros M. pose proof is_lim_seq_INR as I. apply is_lim_seq_spec in I.
    destruct (I (M / t)) as [N HN]. exists N. intros n Hn. specialize (HN n Hn). apply Rlt_div_l in HN; lra.
Qed.
End Sequence.

(** * Above Bmax, and at it, every start converges to the one fixed point

    Paper, after Lemma 1: local convergence where beta > B(p* ).
    Suite: from every start, for every prompt: at rate Bmax/beta if beta > Bmax, with two KL terms at rate 1 - alpha +
    Bmax/beta if alpha beta > Bmax, and without a rate if beta = Bmax. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Existence Bmax AtMostThree Basin TwoKL Monotone Periods.
Open Scope R_scope.

(** A map whose slope is at most k < 1 everywhere brings every start to its fixed point. *)
Theorem global_attraction (f f' : R -> R) (l k : R) : (forall t, is_derive f t (f' t)) ->
  0 <= k < 1 -> (forall t, Rabs (f' t) <= k) -> f l = l ->
  forall x, (forall n, Rabs (iterate f n x - l) <= k ^ n * Rabs (x - l)) /\ is_lim_seq (fun n => iterate f n x) l.
Proof.
  intros D K S F x. apply (theorem_6 f x l (Rabs (x - l)) k K); [|lra].
  intros y _. rewrite <- F at 1. apply (lipschitz f f' (Rmin y l) (Rmax y l)); auto.
  - split; [apply Rmin_l | apply Rmax_l].
  - split; [apply Rmin_r | apply Rmax_r].
Qed.

(** S7: with two KL terms, where alpha beta > Bmax. *)
Theorem s7_attraction alpha Lref beta eps : 0 < alpha <= 1 -> 0 < beta -> 0 < eps -> Bmax eps < alpha * beta ->
  let k := 1 - alpha + Bmax eps / beta in
  0 <= k < 1 /\ exists l : R, T2 alpha Lref beta eps l = l /\
    forall x, (forall n, Rabs (iterate (T2 alpha Lref beta eps) n x - l) <= k ^ n * Rabs (x - l)) /\
      is_lim_seq (fun n => iterate (T2 alpha Lref beta eps) n x) l.
Proof.
  intros A B E H k. pose proof (Bmax_positive eps E) as P.
  assert (K0 : 0 < Bmax eps / beta) by (apply Rdiv_lt_0_compat; lra).
  assert (K1 : Bmax eps / beta < alpha) by (apply Rlt_div_l; lra).
  split; [unfold k; lra|].
  destruct (uniqueness Lref (alpha * beta) eps E H) as [l [F _]].
  apply s7_same_fixed_points in F; [|lra|lra]. exists l. split; [exact F|].
  apply (global_attraction _ (fun t => 1 - alpha + slope eps t / beta)); [| unfold k; lra | | exact F].
  - intros t. now apply T2_derivative.
  - intros t. pose proof (slope_bound eps t E) as S.
    assert (slope eps t / beta <= Bmax eps / beta)
      by (apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | lra]).
    assert (- (Bmax eps / beta) <= slope eps t / beta)
      by (rewrite <- Ropp_div; apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | lra]).
    apply Rabs_le. unfold k. lra.
Qed.

Theorem attraction Lref beta eps : 0 < eps -> Bmax eps < beta ->
  exists l : R, T Lref beta eps l = l /\
    forall x, (forall n, Rabs (iterate (T Lref beta eps) n x - l) <= (Bmax eps / beta) ^ n * Rabs (x - l)) /\
      is_lim_seq (fun n => iterate (T Lref beta eps) n x) l.
Proof.
  intros E H. pose proof (Bmax_positive eps E) as P.
  destruct (uniqueness Lref beta eps E H) as [l [F _]]. exists l. split; [exact F|].
  assert (K : Bmax eps / beta < 1) by (apply Rlt_div_l; lra).
  assert (K0 : 0 < Bmax eps / beta) by (apply Rdiv_lt_0_compat; lra).
  apply (global_attraction _ (fun t => slope eps t / beta)); [| lra | | exact F].
  - intros t. apply T_derivative; lra.
  - intros t. unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ beta)) by (left; apply Rinv_0_lt_compat; lra).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | apply Rabs_le; now apply slope_bound].
Qed.

(** A map that brings every point strictly nearer to l brings it to l. *)
Theorem nearer_every_step (f : R -> R) (l : R) : (forall t, continuous f t) ->
  (forall x, x <> l -> Rabs (f x - l) < Rabs (x - l)) -> f l = l -> forall x, is_lim_seq (fun n => iterate f n x) l.
Proof.
  intros C N F x. set (d := fun n => Rabs (iterate f n x - l)).
  assert (down : forall n, d (S n) <= d n).
  { intros n. unfold d. simpl. destruct (Req_dec (iterate f n x) l) as [->|Q]; [rewrite F; lra | left; now apply N]. }
  destruct (ex_finite_lim_seq_decr d 0 down (fun n => Rabs_pos _)) as [e He].
  assert (e0 : 0 <= e).
  { apply (is_lim_seq_le (fun _ => 0) d 0 e); [intros n; apply Rabs_pos | apply is_lim_seq_const | exact He]. }
  assert (above : forall n, e <= d n) by (intros n; apply (is_lim_seq_decr_compare d e He down)).
  assert (Z : e = 0).
  { destruct (Req_dec e 0) as [Q|Q]; [exact Q|]. exfalso.
    set (g := fun y => Rabs (f y - l)).
    assert (Cg : forall y, continuous g y).
    { intros y. unfold g. apply (continuous_comp (fun t => f t - l) Rabs); [|apply continuous_Rabs].
      apply (continuous_minus f (fun _ => l)); [apply C | apply continuous_const]. }
    assert (up : g (l + e) < e).
    { unfold g. eapply Rlt_le_trans; [apply N; lra|]. replace (l + e - l) with e by ring. rewrite Rabs_pos_eq; lra. }
    assert (dn : g (l - e) < e).
    { unfold g. eapply Rlt_le_trans; [apply N; lra|]. replace (l - e - l) with (- e) by ring.
      rewrite Rabs_Ropp, Rabs_pos_eq; lra. }
    destruct (stays_below g (l + e) e (Cg _) up) as [a [a0 A]].
    destruct (stays_below g (l - e) e (Cg _) dn) as [b [b0 B]].
    assert (m0 : 0 < Rmin a b) by (apply Rmin_glb_lt; assumption).
    apply is_lim_seq_spec in He. destruct (He (mkposreal _ m0)) as [n Hn]. simpl in Hn.
    specialize (Hn n (le_n n)). pose proof (above n) as En. pose proof (above (S n)) as Es.
    pose proof (Rmin_l a b). pose proof (Rmin_r a b). apply Rabs_def2 in Hn.
    set (y := iterate f n x) in *. assert (dn_y : d n = Rabs (y - l)) by reflexivity.
    assert (ds_y : d (S n) = g y) by reflexivity.
    assert (g y < e); [|lra]. destruct (Rle_lt_dec 0 (y - l)) as [Y|Y].
    - rewrite Rabs_pos_eq in dn_y by exact Y. apply A. apply Rabs_def1; lra.
    - rewrite Rabs_left in dn_y by exact Y. apply B. apply Rabs_def1; lra. }
  subst e. apply is_lim_seq_ext with (fun n => l + (iterate f n x - l)); [intros n; ring|].
  replace (Finite l) with (Finite (l + 0)) by (f_equal; ring).
  apply is_lim_seq_plus'; [apply is_lim_seq_const|]. apply is_lim_seq_abs_0. exact He.
Qed.

(** At most two points have the steepest slope: so T shrinks every distance, even where beta = Bmax. *)
Lemma steepest_at_most_twice eps x y z : 0 < eps -> x < y -> y < z ->
  (1 + 12 * eps) * (2 * sigma x - 1) ^ 2 = 1 + 4 * eps -> (1 + 12 * eps) * (2 * sigma y - 1) ^ 2 = 1 + 4 * eps ->
  (1 + 12 * eps) * (2 * sigma z - 1) ^ 2 = 1 + 4 * eps -> False.
Proof.
  intros E XY YZ X Y Z. apply sigma_increasing in XY, YZ.
  assert (Q : (sigma x - sigma y) * (sigma x + sigma y - 1) = 0).
  { apply Rmult_eq_reg_l with (4 * (1 + 12 * eps)); [|lra]. nra. }
  assert (S : (sigma y - sigma z) * (sigma y + sigma z - 1) = 0).
  { apply Rmult_eq_reg_l with (4 * (1 + 12 * eps)); [|lra]. nra. }
  apply Rmult_integral in Q, S. lra.
Qed.

Lemma shrinks_at_Bmax Lref beta eps a b : 0 < eps -> Bmax eps <= beta -> a < b ->
  Rabs (T Lref beta eps b - T Lref beta eps a) < b - a.
Proof.
  intros E H AB. pose proof (Bmax_positive eps E) as P. assert (B : 0 < beta) by lra.
  set (f := T Lref beta eps). set (w := (b - a) / 3).
  assert (step : forall s, exists c, s < c < s + w /\ Rabs (f (s + w) - f s) <= w /\
    (w <= Rabs (f (s + w) - f s) -> (1 + 12 * eps) * (2 * sigma c - 1) ^ 2 = 1 + 4 * eps)).
  { intros s. destruct (mean_value f (fun t => slope eps t / beta) s (s + w)) as [c [Hc M]].
    - intros t. now apply T_derivative.
    - unfold w; lra.
    - exists c. split; [exact Hc|]. replace (s + w - s) with w in M by ring.
      assert (W : 0 < w) by (unfold w; lra). pose proof (slope_bound eps c E) as S.
      assert (K : Rabs (f (s + w) - f s) = Rabs (slope eps c) / beta * w).
      { rewrite M. unfold Rdiv. rewrite !Rabs_mult, (Rabs_pos_eq (/ beta)), (Rabs_pos_eq w); try lra.
        left; apply Rinv_0_lt_compat; lra. }
      assert (S1 : Rabs (slope eps c) <= beta) by (apply Rabs_le; lra).
      assert (S2 : Rabs (slope eps c) / beta <= 1) by (apply Rle_div_l; lra).
      rewrite K. split; [nra|]. intros G.
      assert (S3 : 1 <= Rabs (slope eps c) / beta) by nra. apply Rle_div_r in S3; [|lra].
      assert (S4 : Rabs (slope eps c) <= Bmax eps) by (apply Rabs_le; lra).
      apply Bmax_equality; [exact E|]. assert (S5 : Rabs (slope eps c) = Bmax eps) by lra.
      rewrite <- S5, <- Rabs_mult. symmetry. apply Rabs_pos_eq. apply Rle_0_sqr. }
  destruct (step a) as [c1 [C1 [U1 V1]]], (step (a + w)) as [c2 [C2 [U2 V2]]].
  destruct (step (a + w + w)) as [c3 [C3 [U3 V3]]].
  destruct (Rlt_le_dec (Rabs (f b - f a)) (b - a)) as [G|G]; [exact G|]. exfalso.
  assert (K : f b - f a = (f (a + w + w + w) - f (a + w + w)) + ((f (a + w + w) - f (a + w)) + (f (a + w) - f a))).
  { replace (a + w + w + w) with b by (unfold w; field). ring. }
  assert (Tri : b - a <= Rabs (f (a + w + w + w) - f (a + w + w))
    + (Rabs (f (a + w + w) - f (a + w)) + Rabs (f (a + w) - f a))).
  { rewrite K in G. eapply Rle_trans; [exact G|]. eapply Rle_trans; [apply Rabs_triang|].
    apply Rplus_le_compat_l. apply Rabs_triang. }
  assert (b - a = w + (w + w)) by (unfold w; field).
  apply (steepest_at_most_twice eps c1 c2 c3); [exact E | lra | lra | apply V1; lra | apply V2; lra | apply V3; lra].
Qed.

(** S2, last part, with convergence: at beta >= Bmax the one fixed point attracts every start. *)
Theorem attraction_at_Bmax Lref beta eps : 0 < eps -> Bmax eps <= beta ->
  exists l : R, T Lref beta eps l = l /\ forall x, is_lim_seq (fun n => iterate (T Lref beta eps) n x) l.
Proof.
  intros E H. pose proof (Bmax_positive eps E).
  destruct (s2_unique_at_Bmax Lref beta eps E H) as [l [F _]]. exists l. split; [exact F|].
  apply nearer_every_step; [apply T_continuous; lra | | exact F].
  intros x N. rewrite <- F at 1. destruct (Rlt_le_dec x l) as [Q|Q].
  - rewrite (Rabs_left (x - l)), Rabs_minus_sym by lra. pose proof (shrinks_at_Bmax Lref beta eps x l E H Q). lra.
  - rewrite (Rabs_pos_eq (x - l)) by lra. apply shrinks_at_Bmax; lra.
Qed.

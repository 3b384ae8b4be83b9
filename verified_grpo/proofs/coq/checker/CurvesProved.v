(** * Folds, flips and settling as functions of L: beta and L_ref of the curve's point at each log-odds

    On each curve alpha beta D = N and (L - L_ref) N = O D, with functions N, D, O of L alone that are above 0, or, O, not below. *)

From Coq Require Import Reals Lra ZArith QArith Qreals.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Monotone MeanStd Cells PaperFixedPoints.
From VerifiedGRPO.Checker Require Import Enclosures Statements GroupsProved Contrasts MapsProved CurveStatements.
Open Scope R_scope.

(** ** Contrasts are even, so their slopes are odd *)
Lemma sigma_mirrored L : sigma (- L) = 1 - sigma L.
Proof. unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos L). field. lra. Qed.
Lemma v_even L : v (- L) = v L.
Proof. unfold v. rewrite sigma_mirrored. ring. Qed.
Lemma contrast_even c eps L : 0 < eps -> contrast_of c eps (- L) = contrast_of c eps L.
Proof.
  intros E. destruct c; cbn [contrast_of]; [| | reflexivity | now apply group_even].
  - unfold Omega. now rewrite v_even.
  - unfold Omega_std, deviation. now rewrite v_even.
Qed.
Lemma slope_odd c eps L : 0 < eps -> slope_of c eps (- L) = - slope_of c eps L.
Proof.
  intros E. assert (D : is_derive (contrast_of c eps) L (- slope_of c eps (- L))).
  { apply (is_derive_ext (fun x => contrast_of c eps (- x))); [intros t; now apply contrast_even|].
    replace (- slope_of c eps (- L)) with (-1 * slope_of c eps (- L)) by ring.
    apply (is_derive_comp (contrast_of c eps) Ropp); [now apply contrast_derivative|].
    apply (is_derive_opp (fun x : R => x) L 1). apply (is_derive_id (K := R_AbsRing)). }
  pose proof (is_derive_unique _ _ _ D) as U. pose proof (is_derive_unique _ _ _ (contrast_derivative c eps L E)) as V.
  rewrite V in U. lra.
Qed.
Lemma slope_below_0 c eps L : 0 < eps -> L <= 0 -> slope_of c eps L <= 0.
Proof. intros E H. pose proof (slope_above_0 c eps (- L) E ltac:(lra)) as K. rewrite slope_odd in K by exact E. lra. Qed.
Lemma low_is_middle c eps : 0 < eps -> low_of c eps = contrast_of c eps 0.
Proof.
  intros E. destruct c; cbn [low_of contrast_of]; try reflexivity.
  - unfold Omega, v. rewrite sigma_0. f_equal. f_equal. lra.
  - unfold Omega_std, deviation, v. rewrite sigma_0. f_equal. f_equal. replace (1/2 * (1 - 1/2)) with (1/2 * (1/2)) by lra.
    rewrite sqrt_square; lra.
Qed.
(** T' is above -1 from the lowest fixed point on where that is above 0. *)
Lemma settling_settles c alpha eps : 0 < alpha <= 1 -> 0 < eps -> settles_above c alpha eps.
Proof.
  intros A E beta pref B P H. apply (converges_of c alpha (logit pref) beta eps A B E).
  rewrite low_is_middle by exact E. intros t T. assert (0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  assert (0 <= t).
  { replace (- contrast_of c eps 0 / (alpha * beta)) with (- (contrast_of c eps 0 / (alpha * beta))) in H by (field; lra). lra. }
  pose proof (slope_above_0 c eps t E H1). assert (0 <= slope_of c eps t / beta) by (apply Rdiv_le_0_compat; lra).
  unfold multiplier_of. lra.
Qed.

(** ** The curve's point at a log-odds *)
Section Curve.
Variables (c : contrast) (k : curve) (alpha eps : R).
Hypothesis A : 0 < alpha <= 1.
Hypothesis E : 0 < eps.
Definition top_of (L : R) : R :=
  match k with
  | Fold => slope_of c eps L
  | Flip => - (alpha * slope_of c eps L)
  | FlipOfStep eta => 2 / Q2R eta + slope_of c eps L
  | Settling => contrast_of c eps 0
  end.
Definition under_of (L : R) : R := match k with Flip => 2 - alpha | Settling => - L | _ => 1 end.
Definition fall_of (L : R) : R := match k with Settling => 0 | _ => contrast_of c eps L end.
Notation N := top_of.
Notation D := under_of.
Notation O := fall_of.
Definition on_its_side (L : R) : Prop := match k with Fold => 0 < L | _ => L < 0 end.
Definition short (beta : R) : Prop := match k with FlipOfStep eta => 0 < Q2R eta /\ Q2R eta * (alpha * beta) < 2 | _ => True end.

Lemma fixed_excess Lref beta L : 0 < beta -> step_of c alpha Lref beta eps L = L -> alpha * beta * (L - Lref) = contrast_of c eps L.
Proof.
  intros B H. unfold step_of in H. assert (K : contrast_of c eps L / beta = alpha * (L - Lref)) by lra.
  replace (contrast_of c eps L) with (contrast_of c eps L / beta * beta) by (field; lra). rewrite K. ring.
Qed.
Lemma fixed_of_excess Lref beta L : 0 < beta -> alpha * beta * (L - Lref) = contrast_of c eps L -> step_of c alpha Lref beta eps L = L.
Proof. intros B H. unfold step_of. rewrite <- H. field. lra. Qed.

Lemma curve_form beta pref L : 0 < beta -> short beta -> on_curve c k alpha eps beta pref L ->
  on_its_side L /\ 0 < N L /\ 0 < D L /\ N L = alpha * beta * D L /\ (L - logit pref) * N L = O L * D L.
Proof.
  intros B S H. assert (W : 0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
  unfold on_curve, short, top_of, under_of, fall_of, on_its_side, multiplier_of in *. cbv zeta in H. destruct k as [| |eta|].
  - destruct H as [F M]. apply (fixed_excess _ _ _ B) in F. assert (Sl : slope_of c eps L = alpha * beta).
    { assert (K : slope_of c eps L / beta = alpha) by lra. rewrite <- K. field. lra. }
    rewrite Sl. repeat split; try lra. destruct (Rle_lt_dec L 0) as [Q|Q]; [pose proof (slope_below_0 c eps L E Q); lra | exact Q].
  - destruct H as [F M]. apply (fixed_excess _ _ _ B) in F. assert (Sl : slope_of c eps L = - ((2 - alpha) * beta)).
    { assert (K : slope_of c eps L / beta = - (2 - alpha)) by lra. replace (- ((2 - alpha) * beta)) with (- (2 - alpha) * beta) by ring. rewrite <- K. field. lra. }
    assert (Q : 0 < (2 - alpha) * beta) by (apply Rmult_lt_0_compat; lra).
    rewrite Sl. repeat split; try lra.
    + destruct (Rlt_le_dec L 0) as [U|U]; [exact U | pose proof (slope_above_0 c eps L E U); lra].
    + replace (- (alpha * - ((2 - alpha) * beta))) with (alpha * ((2 - alpha) * beta)) by ring. apply Rmult_lt_0_compat; lra.
    + rewrite <- F. ring.
  - destruct H as [F M]. apply (fixed_excess _ _ _ B) in F. destruct S as [S1 S2].
    assert (Sl : slope_of c eps L = alpha * beta - 2 / Q2R eta).
    { apply (Rmult_eq_reg_l (Q2R eta)); [|lra]. replace (Q2R eta * (alpha * beta - 2 / Q2R eta)) with (Q2R eta * (alpha * beta) - 2) by (field; lra). lra. }
    assert (alpha * beta < 2 / Q2R eta).
    { apply (Rmult_lt_reg_l (Q2R eta)); [exact S1|]. replace (Q2R eta * (2 / Q2R eta)) with 2 by (field; lra). exact S2. }
    rewrite Sl. repeat split; try lra. destruct (Rlt_le_dec L 0) as [U|U]; [exact U | pose proof (slope_above_0 c eps L E U); lra].
  - destruct H as [F M]. pose proof (contrast_positive c eps 0 E) as C.
    assert (K : alpha * beta * - L = contrast_of c eps 0) by (rewrite F, M; field; lra).
    assert (L < 0) by nra. repeat split; try lra. rewrite <- F. ring.
Qed.

(** Where N and D are above 0 there is a point. *)
Definition beta_at (L : R) : R := N L / (alpha * D L).
Definition ref_at (L : R) : R := L - O L * D L / N L.
Lemma form_is_curve L : match k with FlipOfStep eta => 0 < Q2R eta | _ => True end -> 0 < N L -> 0 < D L ->
  0 < beta_at L /\ 0 < sigma (ref_at L) < 1 /\ on_curve c k alpha eps (beta_at L) (sigma (ref_at L)) L.
Proof.
  intros Eta Np Dp. assert (AD : 0 < alpha * D L) by (apply Rmult_lt_0_compat; lra).
  assert (B : 0 < beta_at L) by (apply Rdiv_lt_0_compat; lra). split; [exact B|]. split; [apply sigma_range|].
  assert (W : alpha * beta_at L * D L = N L) by (unfold beta_at; field; lra).
  assert (Ex : alpha * beta_at L * (L - ref_at L) = O L) by (unfold beta_at, ref_at; field; lra).
  unfold on_curve. cbv zeta. rewrite logit_sigma. set (beta := beta_at L) in *. set (r := ref_at L) in *.
  unfold top_of, under_of, fall_of, multiplier_of in *. destruct k as [| |eta|].
  - split; [now apply fixed_of_excess|]. replace (slope_of c eps L) with (alpha * beta) by lra. field. lra.
  - split; [now apply fixed_of_excess|]. assert (Sl : slope_of c eps L = - ((2 - alpha) * beta)).
    { apply (Rmult_eq_reg_l alpha); [|lra]. lra. }
    rewrite Sl. field. lra.
  - split; [now apply fixed_of_excess|]. replace (slope_of c eps L) with (alpha * beta - 2 / Q2R eta) by lra. field. lra.
  - assert (K : alpha * beta * (L - r) = 0) by lra. assert (0 < alpha * beta) by (apply Rmult_lt_0_compat; lra).
    assert (L = r) by nra. split; [exact H0|]. rewrite <- H0. apply (Rmult_eq_reg_l (alpha * beta)); [|lra].
    replace (alpha * beta * (- contrast_of c eps 0 / (alpha * beta))) with (- contrast_of c eps 0) by (field; lra). lra.
Qed.
End Curve.

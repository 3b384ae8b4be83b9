(** * S3 for the contrast of the frameworks, 1/(sqrt(p(1-p)) + eps)

    Suite: |h'(p-star)| < 1 at every fixed point for every p_ref iff beta exceeds the value of
    s sqrt(1-4s^2)/(2 (s+eps)^2) at s = (sqrt(1 + 32 eps^2) - 1)/(16 eps); 1/(8 eps) suffices. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope.
Open Scope R_scope.

Definition deviation (L : R) : R := sqrt (v L).
Definition Omega_std (eps L : R) : R := / (deviation L + eps).
Definition slope_std (eps L : R) : R := (2 * sigma L - 1) * deviation L / (2 * (deviation L + eps) ^ 2).
Definition T_std (Lref beta eps L : R) : R := Lref + Omega_std eps L / beta.
Definition peak_std (eps : R) : R := (sqrt (1 + 32 * eps ^ 2) - 1) / (16 * eps).
Definition Bmax_std (eps : R) : R :=
  peak_std eps * sqrt (1 - 4 * peak_std eps ^ 2) / (2 * (peak_std eps + eps) ^ 2).

Lemma deviation_range L : 0 < deviation L <= 1/2.
Proof.
  pose proof (v_range L) as V. unfold deviation. split; [apply sqrt_lt_R0; lra|].
  rewrite <- (sqrt_square (1/2)) by lra. apply sqrt_le_1_alt. lra.
Qed.

Lemma deviation_square L : deviation L * deviation L = v L.
Proof. pose proof (v_range L). unfold deviation. apply sqrt_sqrt. lra. Qed.

(** The multiplier is the slope of the contrast over beta. *)
Theorem Omega_std_derivative eps L : 0 < eps -> is_derive (Omega_std eps) L (slope_std eps L).
Proof.
  intros E. pose proof (deviation_range L) as S. pose proof (deviation_square L) as Q. pose proof (v_range L) as V.
  pose proof (v_derivative L) as D. unfold Omega_std, deviation in *.
  auto_derive; [repeat split; [eexists; exact D | lra | lra]|].
  replace (Derive (fun x => v x) L) with ((1 - 2 * sigma L) * v L) by (symmetry; now apply is_derive_unique).
  unfold slope_std, deviation. set (s := sqrt (v L)) in *. rewrite <- Q. field. split; lra.
Qed.

Theorem T_std_derivative Lref beta eps L : 0 < beta -> 0 < eps -> is_derive (T_std Lref beta eps) L (slope_std eps L / beta).
Proof.
  intros B E. pose proof (Omega_std_derivative eps L E) as D. unfold T_std. auto_derive; [eexists; exact D|].
  replace (Derive (fun x => Omega_std eps x) L) with (slope_std eps L) by (symmetry; now apply is_derive_unique). field. lra.
Qed.

Lemma slope_std_square eps L : 0 < eps -> slope_std eps L * slope_std eps L =
  deviation L ^ 2 * (1 - 4 * deviation L ^ 2) / (4 * (deviation L + eps) ^ 4).
Proof.
  intros E. pose proof (deviation_range L) as S. pose proof (deviation_square L) as Q. unfold slope_std, v in *.
  assert (K : (2 * sigma L - 1) * (2 * sigma L - 1) = 1 - 4 * deviation L ^ 2) by (simpl; rewrite Rmult_1_r, Q; ring).
  rewrite <- K. field. lra.
Qed.

Section Peak.
Variable eps : R.
Hypothesis E : 0 < eps.
Let t := peak_std eps.

Lemma peak_range : 0 < t /\ 8 * t ^ 2 < 1 /\ eps = t / (1 - 8 * t ^ 2).
Proof.
  assert (W : 1 < sqrt (1 + 32 * eps ^ 2)) by (rewrite <- sqrt_1 at 1; apply sqrt_lt_1_alt; nra).
  assert (Q : sqrt (1 + 32 * eps ^ 2) * sqrt (1 + 32 * eps ^ 2) = 1 + 32 * eps ^ 2) by (apply sqrt_sqrt; nra).
  set (w := sqrt (1 + 32 * eps ^ 2)) in *.
  assert (T : 0 < t) by (unfold t, peak_std; fold w; apply Rdiv_lt_0_compat; lra).
  assert (Z : 8 * eps * t ^ 2 + t = eps).
  { unfold t, peak_std. fold w. apply (Rmult_eq_reg_l (16 * eps)); [|lra].
    replace (16 * eps * (8 * eps * ((w - 1) / (16 * eps)) ^ 2 + (w - 1) / (16 * eps))) with ((w * w - 1) / 2) by (field; lra).
    rewrite Q. field. }
  assert (P : 0 < 1 - 8 * t ^ 2) by (apply (Rmult_lt_reg_l eps); lra).
  repeat split; [exact T | lra |]. apply (Rmult_eq_reg_r (1 - 8 * t ^ 2)); [|lra]. unfold Rdiv.
  rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

Definition largest : R := (1 - 8 * t ^ 2) ^ 4 / (64 * t ^ 2 * (1 - 4 * t ^ 2) ^ 3).
Definition others (s : R) : R :=
  s ^ 2 * (1 + 32 * t ^ 2 * (1 - 4 * t ^ 2) * (1 - 8 * t ^ 2)) + s * t * (6 - 32 * t ^ 2) + t ^ 2.

Lemma Bmax_std_square : 0 < Bmax_std eps /\ Bmax_std eps * Bmax_std eps = largest.
Proof.
  pose proof peak_range as [T [P V]]. unfold Bmax_std. fold t.
  assert (S : 0 < sqrt (1 - 4 * t ^ 2)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (1 - 4 * t ^ 2) * sqrt (1 - 4 * t ^ 2) = 1 - 4 * t ^ 2) by (apply sqrt_sqrt; lra).
  split; [apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat | assert (0 < (t + eps) ^ 2) by (apply pow_lt; lra); lra]|].
  set (s := sqrt (1 - 4 * t ^ 2)) in *.
  replace (t * s / (2 * (t + eps) ^ 2) * (t * s / (2 * (t + eps) ^ 2))) with (t ^ 2 * (s * s) / (4 * (t + eps) ^ 4)) by (field; lra).
  rewrite Q. unfold largest. rewrite V. field. repeat split; nra.
Qed.

Lemma below_largest s : 0 < s <= 1/2 -> s ^ 2 * (1 - 4 * s ^ 2) / (4 * (s + eps) ^ 4) <= largest.
Proof.
  intros S. pose proof peak_range as [T [P V]]. apply Rminus_le_0.
  assert (D : 0 < s * (1 - 8 * t ^ 2) + t) by nra.
  replace (largest - s ^ 2 * (1 - 4 * s ^ 2) / (4 * (s + eps) ^ 4))
    with ((s - t) ^ 2 * (1 - 8 * t ^ 2) ^ 4 * others s / (64 * t ^ 2 * (1 - 4 * t ^ 2) ^ 3 * (s * (1 - 8 * t ^ 2) + t) ^ 4)).
  - assert (O : 0 < others s).
    { unfold others. assert (0 < s * t) by nra. assert (0 < s * t * (6 - 32 * t ^ 2)) by nra.
      assert (0 <= t ^ 2 * (1 - 4 * t ^ 2)) by nra. assert (0 <= t ^ 2 * (1 - 4 * t ^ 2) * (1 - 8 * t ^ 2)) by nra.
      assert (0 < s ^ 2) by nra. assert (0 < t ^ 2) by nra. nra. }
    apply Rmult_le_pos.
    + apply Rmult_le_pos; [|lra]. apply Rmult_le_pos; [apply pow2_ge_0 | apply pow_le; lra].
    + left. apply Rinv_0_lt_compat.
      assert (0 < 64 * t ^ 2) by nra. assert (0 < (1 - 4 * t ^ 2) ^ 3) by (apply pow_lt; lra).
      assert (0 < (s * (1 - 8 * t ^ 2) + t) ^ 4) by (apply pow_lt; exact D).
      apply Rmult_lt_0_compat; [now apply Rmult_lt_0_compat | assumption].
  - unfold largest, others. rewrite V. field. repeat split; nra.
Qed.

Theorem slope_std_bound L : - Bmax_std eps <= slope_std eps L <= Bmax_std eps.
Proof.
  pose proof Bmax_std_square as [B Q]. pose proof (below_largest (deviation L) (deviation_range L)) as K.
  rewrite <- slope_std_square, <- Q in K by exact E. split; nra.
Qed.

Theorem Bmax_std_attained : exists L, 1/2 < sigma L /\ slope_std eps L = Bmax_std eps.
Proof.
  pose proof peak_range as [T [P V]].
  assert (S : 0 < sqrt (1 - 4 * t ^ 2)) by (apply sqrt_lt_R0; lra).
  assert (Q : sqrt (1 - 4 * t ^ 2) * sqrt (1 - 4 * t ^ 2) = 1 - 4 * t ^ 2) by (apply sqrt_sqrt; lra).
  assert (One : sqrt (1 - 4 * t ^ 2) < 1) by (rewrite <- sqrt_1 at 2; apply sqrt_lt_1_alt; nra).
  set (s := sqrt (1 - 4 * t ^ 2)) in *. exists (logit ((1 + s) / 2)).
  assert (G : sigma (logit ((1 + s) / 2)) = (1 + s) / 2) by (apply sigma_logit; lra).
  assert (D : deviation (logit ((1 + s) / 2)) = t).
  { unfold deviation, v. rewrite G. replace ((1 + s) / 2 * (1 - (1 + s) / 2)) with (t * t); [now apply sqrt_square; lra|].
    replace ((1 + s) / 2 * (1 - (1 + s) / 2)) with ((1 - s * s) / 4) by field. rewrite Q. field. }
  split; [rewrite G; lra|]. unfold slope_std, Bmax_std. fold t s. rewrite D, G. field. lra.
Qed.

Theorem Bmax_std_below : Bmax_std eps < / (8 * eps).
Proof.
  pose proof peak_range as [T [P V]]. pose proof Bmax_std_square as [B Q].
  assert (I : 0 < / (8 * eps)) by (apply Rinv_0_lt_compat; lra).
  assert (K : largest < / (8 * eps) * / (8 * eps)); [|rewrite <- Q in K; nra].
  apply Rminus_gt_0_lt.
  replace (/ (8 * eps) * / (8 * eps) - largest)
    with (4 * t ^ 2 * (1 - 4 * t ^ 2 - 16 * t ^ 4) * (1 - 8 * t ^ 2) ^ 2 / (64 * t ^ 2 * (1 - 4 * t ^ 2) ^ 3)).
  - assert (Y : 0 < t ^ 2) by nra.
    assert (0 < 1 - 4 * t ^ 2 - 16 * t ^ 4) by (replace (16 * t ^ 4) with (4 * t ^ 2 * (4 * t ^ 2)) by ring; nra).
    assert (0 < (1 - 4 * t ^ 2) ^ 3) by (apply pow_lt; lra). assert (0 < (1 - 8 * t ^ 2) ^ 2) by (apply pow_lt; lra).
    apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; try assumption; try apply Rmult_lt_0_compat; lra.
  - unfold largest. rewrite V. field. repeat split; nra.
Qed.
End Peak.

(** The threshold for all prompts. *)
Theorem s3_mean_std beta eps : 0 < beta -> 0 < eps ->
  ((forall Lref L, T_std Lref beta eps L = L -> Rabs (slope_std eps L / beta) < 1) <-> Bmax_std eps < beta).
Proof.
  intros B E. pose proof (Bmax_std_square eps E) as [P _]. split; intros H.
  - destruct (Bmax_std_attained eps E) as [L [_ S]].
    specialize (H (L - Omega_std eps L / beta) L). unfold T_std in H. specialize (H ltac:(ring)). rewrite S in H.
    rewrite Rabs_pos_eq in H by (left; now apply Rdiv_lt_0_compat). apply Rlt_div_l in H; lra.
  - intros Lref L _. pose proof (slope_std_bound eps E L) as [S1 S2].
    apply Rabs_def1; [apply Rlt_div_l; lra | apply Rlt_div_r; lra].
Qed.

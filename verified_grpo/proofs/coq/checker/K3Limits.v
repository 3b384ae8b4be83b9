(** * Sequences under the penalty k3 that tend to the fixed point: above 1/2 monotone, elsewhere where the step contracts *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Monotone Cells SmallStepsK3.
From VerifiedGRPO.Checker Require Import Statements Contrasts K3Statements K3Contrasts K3Proved.
Open Scope R_scope.

Section Sequence.
Variables (c : contrast) (beta eps pref x : R).
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis P : 0 < pref < 1.
Notation K := (pull_of pref).
Notation K' := (pull_k3_slope pref).
Notation Omega := (contrast_of c eps).
Notation b := (slope_of c eps).
Notation Lref := (logit pref).
Notation m := (multiplier_k3 c beta eps pref).
Hypothesis X : drive_of_k3 c beta eps pref x = 0.

Lemma one_step L : exists L', forall k, moves c beta eps pref L k <-> k = L'.
Proof. exists (answer pref (Omega L / beta)). intros k. now apply moves_is. Qed.
Lemma pull_at_fixed : K x = Omega x / beta.
Proof. pose proof (zero_pull c beta eps pref x X) as H. rewrite <- H. field. lra. Qed.
Lemma order_over_beta r s : r <= s -> r / beta <= s / beta.
Proof. intros H. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | exact H]. Qed.
(** Every value of the step is above the reference, and below what the largest contrast gives. *)
Lemma values L L' : moves c beta eps pref L L' -> Lref <= L' <= answer pref (high_of c eps / beta).
Proof.
  intros H. pose proof (contrast_bounds c eps L E) as [_ U]. pose proof (contrast_positive c eps L E) as W. split.
  - apply (pull_order pref P). rewrite (pull_at_reference pref P), H. left. now apply Rdiv_lt_0_compat.
  - apply (pull_order pref P). rewrite (pull_answer pref P), H. now apply order_over_beta.
Qed.
Lemma fixed_value : moves c beta eps pref x x.
Proof. exact pull_at_fixed. Qed.

Variable L : nat -> R.
Hypothesis Start : L 0%nat = Lref.
Hypothesis Moves : forall n, moves c beta eps pref (L n) (L (S n)).

(** ** Above 1/2 *)
Section Half.
Hypothesis Half : beta * (2 - 4 * pref) <= low_of c eps.
Lemma pull_at_half : K 0 = 2 - 4 * pref.
Proof. unfold pull_of. rewrite sigma_0. field. Qed.
Lemma above_half y z : moves c beta eps pref y z -> 0 <= z.
Proof.
  intros H. apply (pull_order pref P). rewrite pull_at_half, H. pose proof (contrast_bounds c eps y E).
  apply (Rle_div_r (2 - 4 * pref) (Omega y) beta B). lra.
Qed.
Lemma half_order i j : 0 <= L i -> L i <= L j -> L (S i) <= L (S j).
Proof.
  intros I H. apply (pull_order pref P). rewrite (Moves i), (Moves j). apply order_over_beta. now apply contrast_rises.
Qed.
Lemma half_limit (l : R) : is_lim_seq (fun n => L (S n)) l -> l = x.
Proof.
  intros H. apply (only_zero c beta eps pref B E P x X). unfold drive_of_k3.
  assert (H1 : is_lim_seq (fun n => K (L (S (S n)))) (K l)).
  { apply (is_lim_seq_continuous K (fun n => L (S (S n))) l); [|now apply -> (is_lim_seq_incr_1 (fun n => L (S n)))].
    apply continuity_pt_filterlim. now apply pull_continuous. }
  assert (H2 : is_lim_seq (fun n => Omega (L (S n)) * / beta) (Omega l * / beta)).
  { apply (is_lim_seq_scal_r (fun n => Omega (L (S n))) (/ beta) (Omega l)).
    apply (is_lim_seq_continuous Omega (fun n => L (S n)) l); [|exact H].
    apply continuity_pt_filterlim, (continuous_of_derivative Omega b). intros t. now apply contrast_derivative. }
  apply (is_lim_seq_ext _ (fun n => K (L (S (S n))))) in H2; [|intros n; symmetry; apply (Moves (S n))].
  apply is_lim_seq_unique in H1, H2. rewrite H1 in H2. injection H2 as H2. rewrite H2. field. lra.
Qed.
Theorem tends_above_half : is_lim_seq L x.
Proof.
  apply is_lim_seq_incr_1. set (top := answer pref (high_of c eps / beta)).
  assert (In : forall n, 0 <= L (S n) <= top).
  { intros n. split; [apply (above_half (L n)), Moves | apply (values (L n)), Moves]. }
  assert (Lim : ex_finite_lim_seq (fun n => L (S n))).
  { destruct (Rle_lt_dec (L 1%nat) (L 2%nat)) as [Q|Q].
    - apply (ex_finite_lim_seq_incr _ top); [|apply In]. induction n as [|n IH]; [exact Q|]. apply half_order; [apply In | exact IH].
    - apply (ex_finite_lim_seq_decr _ 0); [|apply In]. induction n as [|n IH]; [lra|]. apply half_order; [apply In | exact IH]. }
  destruct Lim as [l Hl]. now rewrite <- (half_limit l Hl).
Qed.
Lemma fixed_above_half : Rabs (m x) < 1.
Proof.
  pose proof (above_half x x fixed_value) as H. pose proof (multiplier_above_half c beta eps pref B E P x H).
  pose proof (multiplier_below_1 c beta eps pref B E P x X). rewrite Rabs_pos_eq; assumption.
Qed.
End Half.

(** ** Where the step contracts: from some n on, between a and z *)
Section Contraction.
Variables (a z kappa rate : R) (N : nat).
Hypothesis Rate : 0 <= rate < 1.
Hypothesis Kappa : 0 < kappa.
Hypothesis Stiff : forall t, a <= t <= z -> kappa <= K' t.
Hypothesis Flat : forall t, a <= t <= z -> Rabs (b t) <= rate * (beta * kappa).
Hypothesis Inside : forall n, (N <= n)%nat -> a <= L n <= z.
Hypothesis Fixed : a <= x <= z.

Lemma stiff_distance y : a <= y <= z -> kappa * Rabs (y - x) <= Rabs (K y - K x).
Proof.
  intros Y. assert (Up : forall r s, a <= r -> r <= s -> s <= z -> kappa * (s - r) <= K s - K r).
  { intros r s R RS S. assert (K r - kappa * r <= K s - kappa * s); [|lra].
    apply (does_not_fall (fun t => K t - kappa * t) (fun t => K' t - kappa)); [| |exact RS].
    - intros t. apply (is_derive_minus K (fun u => kappa * u)); [now apply pull_derivative|]. auto_derive; [exact I | ring].
    - intros t T. specialize (Stiff t ltac:(lra)). lra. }
  destruct (Rle_lt_dec y x) as [Q|Q].
  - pose proof (Up y x ltac:(lra) Q ltac:(lra)). pose proof (proj2 (pull_order pref P y x) Q).
    rewrite !Rabs_left1 by lra. lra.
  - pose proof (Up x y ltac:(lra) ltac:(lra) ltac:(lra)). pose proof (proj2 (pull_order pref P x y) ltac:(lra)).
    rewrite !Rabs_pos_eq by lra. lra.
Qed.
Lemma one_contraction n : (N <= n)%nat -> Rabs (L (S n) - x) <= rate * Rabs (L n - x).
Proof.
  intros H. pose proof (Inside n H) as I0. pose proof (Inside (S n) ltac:(lia)) as I1.
  pose proof (stiff_distance (L (S n)) I1) as D. rewrite (Moves n), pull_at_fixed in D.
  pose proof (lipschitz_on Omega b a z (rate * (beta * kappa)) (L n) x (fun t _ => contrast_derivative c eps t E) Flat I0 Fixed) as Lip.
  replace (Omega (L n) / beta - Omega x / beta) with ((Omega (L n) - Omega x) * / beta) in D by (field; lra).
  rewrite Rabs_mult, (Rabs_pos_eq (/ beta)) in D by (left; now apply Rinv_0_lt_compat).
  apply (Rmult_le_compat_r (/ beta)) in Lip; [|left; now apply Rinv_0_lt_compat].
  replace (rate * (beta * kappa) * Rabs (L n - x) * / beta) with (kappa * (rate * Rabs (L n - x))) in Lip by (field; lra).
  apply (Rmult_le_reg_l kappa); [exact Kappa | lra].
Qed.
Theorem tends_by_contraction : is_lim_seq L x.
Proof.
  apply (is_lim_seq_incr_n L N). apply (geometric_limit _ x (Rabs (L N - x)) rate Rate).
  induction n as [|n IH]; simpl; [lra|].
  apply Rle_trans with (rate * Rabs (L (n + N)%nat - x)); [apply one_contraction; lia|].
  apply Rle_trans with (rate * (Rabs (L N - x) * rate ^ n)); [apply Rmult_le_compat_l; [lra | exact IH] | right; ring].
Qed.
Lemma contraction_attracts : Rabs (m x) < 1.
Proof.
  specialize (Stiff x Fixed). specialize (Flat x Fixed). pose proof (pull_slope_positive pref P x) as S.
  assert (W : 0 < beta * K' x) by now apply Rmult_lt_0_compat.
  assert (V : 0 < beta * kappa) by now apply Rmult_lt_0_compat.
  unfold multiplier_k3. rewrite Rabs_div by lra. rewrite (Rabs_pos_eq (beta * K' x)) by lra.
  apply (Rlt_div_l (Rabs (b x)) 1 (beta * K' x) W).
  assert (beta * kappa <= beta * K' x) by (apply Rmult_le_compat_l; lra). nra.
Qed.
End Contraction.
End Sequence.

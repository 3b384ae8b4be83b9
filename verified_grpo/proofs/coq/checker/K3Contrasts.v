(** * What the penalty k3 asks of a contrast: it is even, and p (1-p) Omega does not rise above 1/2

    Less than that p (1-p) Omega is concave, and enough for one fixed point. *)

From Coq Require Import Reals Lra Lia Arith Bool.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Monotone MeanStd Cells.
From VerifiedGRPO.Checker Require Import Enclosures Statements GroupsProved Contrasts.
Open Scope R_scope.

Lemma v_even L : v (- L) = v L.
Proof. unfold v. rewrite minus_sigma_group. ring. Qed.
Lemma contrast_even c eps L : 0 < eps -> contrast_of c eps (- L) = contrast_of c eps L.
Proof.
  intros E. destruct c; cbn [contrast_of]; [| | reflexivity | exact (group_even others ddof eps L E)].
  - unfold Omega. now rewrite v_even.
  - unfold Omega_std, deviation. now rewrite v_even.
Qed.
Lemma contrast_rises c eps x y : 0 < eps -> 0 <= x -> x <= y -> contrast_of c eps x <= contrast_of c eps y.
Proof.
  intros E X XY. apply (does_not_fall (contrast_of c eps) (slope_of c eps)); [intros t; now apply contrast_derivative | | exact XY].
  intros t T. apply slope_above_0; [exact E | lra].
Qed.
Lemma slope_odd c eps L : 0 < eps -> slope_of c eps (- L) = - slope_of c eps L.
Proof.
  intros E. assert (D : is_derive (contrast_of c eps) L (- slope_of c eps (- L))).
  { apply (is_derive_ext (fun x => contrast_of c eps (- x))); [intros t; now apply contrast_even|].
    pose proof (contrast_derivative c eps (- L) E) as K. auto_derive; [exists (slope_of c eps (- L)); exact K|].
    rewrite (is_derive_unique (fun x : R => contrast_of c eps x) _ _ K). ring. }
  apply is_derive_unique in D. rewrite (is_derive_unique _ _ _ (contrast_derivative c eps L E)) in D. lra.
Qed.
Lemma slope_below_0 c eps L : 0 < eps -> L <= 0 -> slope_of c eps L <= 0.
Proof. intros E H. pose proof (slope_above_0 c eps (- L) E ltac:(lra)). rewrite (slope_odd c eps L E) in *. lra. Qed.

Lemma weighted_derivative c eps L : 0 < eps -> is_derive (fun x => v x * contrast_of c eps x) L
  (v L * (slope_of c eps L - (2 * sigma L - 1) * contrast_of c eps L)).
Proof.
  intros E. pose proof (contrast_derivative c eps L E) as K. pose proof (v_derivative L) as D. auto_derive.
  - repeat split; [exists ((1 - 2 * sigma L) * v L); exact D | exists (slope_of c eps L); exact K].
  - rewrite (is_derive_unique (fun x : R => contrast_of c eps x) _ _ K), (is_derive_unique (fun x : R => v x) _ _ D). ring.
Qed.

(** ** The mean advantage of a right answer, times its probability *)
Lemma expected_weighted p n : forall f,
  expected p (S n) (fun j => INR j * f j) = INR (S n) * p * expected p n (fun k => f (S k)).
Proof.
  induction n as [|n IH]; intros f.
  - cbn [expected INR]. ring.
  - change (expected p (S (S n)) (fun j => INR j * f j)) with
      ((1 - p) * expected p (S n) (fun j => INR j * f j) + p * expected p (S n) (fun j => INR (S j) * f (S j))).
    rewrite (expected_ext p (S n) (fun j => INR (S j) * f (S j)) (fun j => 1 * (INR j * f (S j)) + 1 * f (S j)))
      by (intros k _; rewrite S_INR; ring).
    rewrite expected_linear, IH, (IH (fun j => f (S j))), (S_INR (S n)). cbn [expected]. ring.
Qed.
Lemma expected_weighted_other p n f :
  expected p (S n) (fun j => (INR (S n) - INR j) * f j) = INR (S n) * (1 - p) * expected p n f.
Proof.
  rewrite (expected_ext p (S n) _ (fun j => INR (S n) * f j + (-1) * (INR j * f j))) by (intros; ring).
  rewrite expected_linear, expected_weighted. cbn [expected]. ring.
Qed.

Section Group.
Variables (others : nat) (ddof : bool) (eps : R).
Hypothesis E : 0 < eps.
Notation G := (S (S others)).
Notation g := (INR G).
Notation s := (spread G ddof).
Definition share_of (j : nat) : R := INR j * advantage G ddof eps 1 j / INR G.
Notation psi := share_of.

Lemma g_positive : 2 <= g. Proof. exact (size others). Qed.
Lemma advantage_is r j : (j = 0 \/ j = G)%nat \/ advantage G ddof eps r j = (r - INR j / g) / (s j + eps).
Proof.
  unfold advantage. destruct (Nat.eqb_spec j 0); [left; now left|]. destruct (Nat.eqb_spec j G); [left; now right|].
  right. reflexivity.
Qed.
Lemma advantage_at_ends r j : (j = 0 \/ j = G)%nat -> advantage G ddof eps r j = 0.
Proof. unfold advantage. intros [->| ->]; [reflexivity|]. now rewrite Nat.eqb_refl, orb_true_r. Qed.
Lemma advantages_cancel j : INR j * advantage G ddof eps 1 j + (g - INR j) * advantage G ddof eps 0 j = 0.
Proof.
  destruct (Nat.eqb_spec j 0) as [Z|Z]; [rewrite !advantage_at_ends by auto; ring|].
  destruct (Nat.eqb_spec j G) as [Q|Q]; [rewrite !advantage_at_ends by auto; ring|].
  destruct (advantage_is 1 j) as [[|]| ->]; try contradiction. destruct (advantage_is 0 j) as [[|]| ->]; try contradiction.
  pose proof (spread_nonnegative others ddof j). pose proof g_positive. field. lra.
Qed.
Lemma share_is j : (j <= G)%nat -> psi j = INR j * (g - INR j) / (s j + eps) / (g * g).
Proof.
  intros J. pose proof g_positive. pose proof (spread_nonnegative others ddof j). unfold share_of.
  destruct (Nat.eqb_spec j 0) as [->|Z]; [rewrite advantage_at_ends by auto; simpl (INR 0); field; lra|].
  destruct (Nat.eqb_spec j G) as [->|Q]; [rewrite advantage_at_ends by auto; field; lra|].
  destruct (advantage_is 1 j) as [[|]| ->]; try contradiction. field. lra.
Qed.
Lemma weighted_contrast L : v L * contrast_of (Group others ddof) eps L = expected (sigma L) G psi.
Proof.
  pose proof g_positive as G2. cbn [contrast_of]. unfold height.
  set (p := sigma L).
  rewrite (expected_minus p (S others) (fun k => advantage G ddof eps 1 (S k)) (fun k => advantage G ddof eps 0 k)).
  pose proof (expected_weighted p (S others) (advantage G ddof eps 1)) as A.
  pose proof (expected_weighted_other p (S others) (advantage G ddof eps 0)) as B.
  assert (Z : expected p G (fun j => INR j * advantage G ddof eps 1 j) + expected p G (fun j => (g - INR j) * advantage G ddof eps 0 j) = 0).
  { pose proof (expected_linear p G 1 1 (fun j => INR j * advantage G ddof eps 1 j) (fun j => (g - INR j) * advantage G ddof eps 0 j)) as K.
    rewrite !Rmult_1_l in K. rewrite <- K. etransitivity; [|exact (expected_const p G 0)].
    apply expected_ext. intros k _. rewrite !Rmult_1_l. apply advantages_cancel. }
  rewrite A, B in Z.
  rewrite (expected_ext p G psi (fun j => / g * (INR j * advantage G ddof eps 1 j) + 0 * 0)) by (intros; unfold share_of; field; lra).
  rewrite expected_linear, A, Rmult_0_l, Rplus_0_r. fold (v L). replace (v L) with (p * (1 - p)) by reflexivity.
  set (x := expected p (S others) (fun k => advantage G ddof eps 1 (S k))) in *.
  set (y := expected p (S others) (fun k => advantage G ddof eps 0 k)) in *.
  change (expected p (S others) (advantage G ddof eps 0)) with y in Z.
  assert (W : p * x + (1 - p) * y = 0).
  { apply (Rmult_eq_reg_l g); [|lra]. rewrite Rmult_0_r, <- Z. ring. }
  replace (/ g * (g * p * x)) with (p * x) by (field; lra).
  replace (p * (1 - p) * (x - y)) with (p * x - p * (p * x + (1 - p) * y)) by ring. rewrite W. ring.
Qed.

(** It rises up to the middle, by the square of the spread. *)
Lemma share_rises i j : (i <= G)%nat -> (j <= G)%nat -> INR i * (g - INR i) <= INR j * (g - INR j) -> psi i <= psi j.
Proof.
  intros I J H. rewrite !share_is by assumption. pose proof g_positive as G2.
  pose proof (freedom_positive others ddof) as Fr. set (k := g * (g - (if ddof then 1 else 0))) in *.
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; nra|].
  assert (Sq : forall l, (l <= G)%nat -> INR l * (g - INR l) = k * (s l * s l)).
  { intros l Hl. unfold spread. fold k. rewrite sqrt_sqrt; [field; lra|].
    apply le_INR in Hl. pose proof (pos_INR l). apply Rdiv_le_0_compat; [apply Rmult_le_pos; lra | exact Fr]. }
  pose proof (spread_order others ddof i j H) as O. pose proof (spread_nonnegative others ddof i) as Pi. pose proof (spread_nonnegative others ddof j) as Pj.
  rewrite (Sq i I), (Sq j J).
  apply (Rmult_le_reg_r ((s i + eps) * (s j + eps))); [apply Rmult_lt_0_compat; lra|].
  replace (k * (s i * s i) / (s i + eps) * ((s i + eps) * (s j + eps))) with (k * (s i * s i) * (s j + eps)) by (field; lra).
  replace (k * (s j * s j) / (s j + eps) * ((s i + eps) * (s j + eps))) with (k * (s j * s j) * (s i + eps)) by (field; lra).
  rewrite !Rmult_assoc. apply Rmult_le_compat_l; [lra|].
  assert (0 <= s i * s j * (s j - s i)) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra | lra]).
  assert (s i * s i <= s j * s j) by (apply Rmult_le_compat; lra). nra.
Qed.
Lemma share_mirrored j : (j <= G)%nat -> psi (G - j) = psi j.
Proof.
  intros J. rewrite !share_is by lia. rewrite (spread_mirrored others ddof j J), minus_INR by exact J. f_equal. f_equal. ring.
Qed.

Lemma group_weighted L : 0 <= L ->
  slope_of (Group others ddof) eps L <= (2 * sigma L - 1) * contrast_of (Group others ddof) eps L.
Proof.
  intros H. set (c := Group others ddof). pose proof (v_range L) as V. pose proof g_positive as G2.
  pose proof (weighted_derivative c eps L E) as D1.
  assert (D2 : is_derive (fun x => expected (sigma x) G psi) L (v L * (g * expected (sigma L) (S others) (fun k => psi (S k) - psi k)))).
  { pose proof (expected_derivative G psi (sigma L)) as D. replace (G - 1)%nat with (S others) in D by lia.
    exact (is_derive_comp (fun p => expected p G psi) sigma L _ _ D (sigma_derivative L)). }
  apply (is_derive_ext _ _ _ _ weighted_contrast) in D1. apply is_derive_unique in D1, D2.
  pose proof (eq_trans (eq_sym D1) D2) as D. clear D1 D2. rename D into D2.
  apply Rmult_eq_reg_l in D2; [|lra].
  assert (P : 1/2 <= sigma L <= 1).
  { pose proof (sigma_range L). apply sigma_does_not_fall in H. rewrite sigma_0 in H. lra. }
  assert (N : 0 <= expected (sigma L) (S others) (fun k => psi k - psi (S k))).
  { apply expected_odd; [exact P | |].
    - intros k K. replace (S (S others - k)) with (G - k)%nat by lia. replace (S others - k)%nat with (G - S k)%nat by lia.
      rewrite !share_mirrored by lia. ring.
    - intros k K. assert (psi k <= psi (S k)); [|lra]. apply share_rises; [lia | lia|].
      assert (2 * INR k + 1 <= g).
      { assert (M : (2 * k + 1 <= G)%nat) by lia. apply le_INR in M. rewrite plus_INR, mult_INR in M. simpl (INR 2) in M. simpl (INR 1) in M. lra. }
      rewrite (S_INR k). nra. }
  rewrite expected_minus in N. rewrite expected_minus in D2. fold c. nra.
Qed.
End Group.

(** p (1-p) Omega does not rise above 1/2: its derivative is p (1-p) times the difference of the two. *)
Lemma weighted_falls c eps L : 0 < eps -> 0 <= L -> slope_of c eps L <= (2 * sigma L - 1) * contrast_of c eps L.
Proof.
  intros E H. assert (P : 0 <= 2 * sigma L - 1).
  { apply sigma_does_not_fall in H. rewrite sigma_0 in H. lra. }
  pose proof (v_range L) as V. destruct c; cbn [slope_of contrast_of].
  - unfold slope, Omega. pose proof (sqrt_lt_R0 (v L + eps) ltac:(lra)) as S.
    unfold Rdiv. rewrite !Rmult_assoc. apply Rmult_le_compat_l; [exact P|].
    replace (v L * / (2 * ((v L + eps) * sqrt (v L + eps)))) with (v L / (2 * (v L + eps)) * / sqrt (v L + eps)) by (field; lra).
    rewrite <- (Rmult_1_l (/ sqrt (v L + eps))) at 2. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
    apply Rle_div_l; lra.
  - pose proof (deviation_range L) as D. unfold slope_std, Omega_std. unfold Rdiv. rewrite Rmult_assoc. apply Rmult_le_compat_l; [exact P|].
    replace (deviation L * / (2 * (deviation L + eps) ^ 2)) with (deviation L / (2 * (deviation L + eps)) * / (deviation L + eps)) by (field; lra).
    rewrite <- (Rmult_1_l (/ (deviation L + eps))) at 2. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
    apply Rle_div_l; lra.
  - lra.
  - now apply group_weighted.
Qed.

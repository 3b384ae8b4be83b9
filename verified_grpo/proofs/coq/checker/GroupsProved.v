(** * The contrast of groups: its derivative, that it is even and rises above 0, its bounds, and that it falls in eps *)

From Coq Require Import Reals Lra Lia Arith Bool.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Monotone.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Open Scope R_scope.

(** ** Means over the number of successes *)
Lemma expected_ext p n : forall f g, (forall k, (k <= n)%nat -> f k = g k) -> expected p n f = expected p n g.
Proof.
  induction n as [|n IH]; intros f g H; simpl; [apply H; lia|].
  rewrite (IH f g), (IH (fun k => f (S k)) (fun k => g (S k))); [reflexivity | |]; intros k K; apply H; lia.
Qed.
Lemma expected_linear p n a b : forall f g,
  expected p n (fun k => a * f k + b * g k) = a * expected p n f + b * expected p n g.
Proof. induction n as [|n IH]; intros f g; simpl; [reflexivity|]. rewrite !IH. ring. Qed.
Lemma expected_order p n : 0 <= p <= 1 -> forall f g, (forall k, (k <= n)%nat -> f k <= g k) -> expected p n f <= expected p n g.
Proof.
  intros P. induction n as [|n IH]; intros f g H; simpl; [apply H; lia|].
  assert (expected p n f <= expected p n g) by (apply IH; intros; apply H; lia).
  assert (expected p n (fun k => f (S k)) <= expected p n (fun k => g (S k))) by (apply IH; intros; apply H; lia). nra.
Qed.
Lemma expected_const p n x : expected p n (fun _ => x) = x.
Proof. induction n as [|n IH]; simpl; [reflexivity|]. rewrite IH. ring. Qed.
Lemma expected_next p n f : expected p (S n) f = expected p n (fun k => (1 - p) * f k + p * f (S k)).
Proof. simpl. now rewrite expected_linear. Qed.
Lemma expected_reversed p n : forall f, expected (1 - p) n f = expected p n (fun k => f (n - k)%nat).
Proof.
  induction n as [|n IH]; intros f; simpl; [reflexivity|]. rewrite !IH.
  rewrite (expected_ext p n (fun k => f (S (n - k))) (fun k => f match k with 0%nat => S n | S l => (n - l)%nat end)).
  - ring.
  - intros k K. f_equal. destruct k; lia.
Qed.
Lemma expected_minus p n f g : expected p n (fun k => f k - g k) = expected p n f - expected p n g.
Proof.
  transitivity (expected p n (fun k => 1 * f k + (-1) * g k)); [apply expected_ext; intros; ring|].
  rewrite expected_linear. ring.
Qed.
Lemma mixed_derivative (F G : R -> R) p a b : is_derive F p a -> is_derive G p b ->
  is_derive (fun x => (1 - x) * F x + x * G x) p (G p - F p + ((1 - p) * a + p * b)).
Proof.
  intros DF DG. auto_derive; [split; [now exists a | split; [now exists b | exact I]]|].
  rewrite (is_derive_unique (fun x : R => F x) _ _ DF), (is_derive_unique (fun x : R => G x) _ _ DG). ring.
Qed.
Lemma expected_derivative n : forall f p, is_derive (fun p => expected p n f) p
  (INR n * expected p (n - 1) (fun k => f (S k) - f k)).
Proof.
  induction n as [|n IH]; intros f p.
  - simpl. rewrite Rmult_0_l. apply @is_derive_const.
  - pose proof (mixed_derivative _ _ p _ _ (IH f p) (IH (fun k => f (S k)) p)) as D. cbn beta in D.
    replace (INR (S n) * _) with (expected p n (fun k => f (S k)) - expected p n f +
      ((1 - p) * (INR n * expected p (n - 1) (fun k => f (S k) - f k)) + p * (INR n * expected p (n - 1) (fun k => f (S (S k)) - f (S k)))));
      [exact D|].
    replace (S n - 1)%nat with n by lia. rewrite S_INR, <- expected_minus.
    destruct n as [|n]; [simpl; ring|]. replace (S n - 1)%nat with n by lia. cbn [expected]. ring.
Qed.

(** Coefficients that depend on neither p nor f. *)
Lemma expected_sum n : exists C : nat -> R, (forall k, 0 <= C k) /\ (forall k, (n < k)%nat -> C k = 0) /\
  forall p f, expected p n f = sum_f_R0 (fun k => C k * (p ^ k * (1 - p) ^ (n - k)) * f k) n.
Proof.
  induction n as [|n [C [P [Z H]]]].
  - exists (fun k => match k with O => 1 | _ => 0 end). cbn beta. split; [intros [|k]; cbn; lra|]. split; [intros [|k] K; [lia | reflexivity]|].
    intros p f. simpl. ring.
  - exists (fun k => C k + match k with O => 0 | S j => C j end). split; [intros [|k]; [pose proof (P 0%nat); lra|]; pose proof (P k); pose proof (P (S k)); lra|].
    split; [intros [|k] K; [lia|]; rewrite (Z (S k)), (Z k) by lia; ring|].
    intros p f. cbn [expected]. rewrite !H.
    transitivity (sum_f_R0 (fun k => C k * (p ^ k * (1 - p) ^ (S n - k)) * f k) (S n) +
                  sum_f_R0 (fun k => match k with O => 0 | S j => C j end * (p ^ k * (1 - p) ^ (S n - k)) * f k) (S n)).
    + f_equal.
      * rewrite tech5, (Z (S n)) by lia. rewrite scal_sum, !Rmult_0_l, Rplus_0_r. apply sum_eq. intros k K.
        replace (S n - k)%nat with (S (n - k)) by lia. simpl. ring.
      * rewrite (decomp_sum _ (S n)) by lia. cbn [pred]. rewrite scal_sum, !Rmult_0_l, Rplus_0_l. apply sum_eq. intros k K.
        replace (S n - S k)%nat with (n - k)%nat by lia. simpl. ring.
    + rewrite <- plus_sum. apply sum_eq. intros k _. ring.
Qed.

Lemma cond_pos_sum_to (f : nat -> R) n : (forall k, (k <= n)%nat -> 0 <= f k) -> 0 <= sum_f_R0 f n.
Proof. intros H. induction n as [|n IH]; simpl; [apply H; lia|]. pose proof (H (S n) ltac:(lia)). assert (0 <= sum_f_R0 f n) by (apply IH; intros; apply H; lia). lra. Qed.
(** A function that is odd about the middle, and not positive before it, has a mean >= 0 where p >= 1/2. *)
Lemma expected_odd p n d : 1/2 <= p <= 1 -> (forall k, (k <= n)%nat -> d (n - k)%nat = - d k) ->
  (forall k, (2 * k <= n)%nat -> d k <= 0) -> 0 <= expected p n d.
Proof.
  intros P Odd Neg. assert (R : expected (1 - p) n d = - expected p n d).
  { rewrite expected_reversed. transitivity (expected p n (fun k => (-1) * d k + 0 * d k)).
    - apply expected_ext. intros k K. rewrite Odd by exact K. ring.
    - rewrite expected_linear. ring. }
  destruct (expected_sum n) as [C [Pos [_ H]]].
  assert (0 <= expected p n d - expected (1 - p) n d); [|lra]. rewrite !H, <- minus_sum. apply cond_pos_sum_to.
  intros k K. replace (1 - (1 - p)) with p by ring.
  replace (C k * (p ^ k * (1 - p) ^ (n - k)) * d k - C k * ((1 - p) ^ k * p ^ (n - k)) * d k)
    with (C k * (d k * (p ^ k * (1 - p) ^ (n - k) - (1 - p) ^ k * p ^ (n - k)))) by ring.
  apply Rmult_le_pos; [apply Pos|].
  assert (W : forall i j, (i <= j)%nat -> p ^ i * (1 - p) ^ j <= (1 - p) ^ i * p ^ j).
  { intros i j IJ. replace j with (i + (j - i))%nat by lia. rewrite !pow_add.
    pose proof (pow_le p i ltac:(lra)). pose proof (pow_le (1 - p) i ltac:(lra)). pose proof (pow_incr (1 - p) p (j - i) ltac:(lra)).
    assert (0 <= p ^ i * (1 - p) ^ i) by now apply Rmult_le_pos. nra. }
  destruct (le_lt_dec (2 * k) n) as [Q|Q].
  - pose proof (Neg k Q). pose proof (W k (n - k)%nat ltac:(lia)). nra.
  - pose proof (Neg (n - k)%nat ltac:(lia)) as Dn. rewrite Odd in Dn by exact K.
    pose proof (W (n - k)%nat k ltac:(lia)). nra.
Qed.

(** ** The heights c_k of a group of G = others + 2 *)
Lemma minus_sigma_group L : sigma (- L) = 1 - sigma L.
Proof. unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos L). field. lra. Qed.
Section Group.
Variables (others : nat) (ddof : bool).
Notation G := (S (S others)).
Let g : R := INR G.
Let freedom : R := g - if ddof then 1 else 0.
Notation s := (spread G ddof).
Definition inverse (eps : R) (j : nat) : R := / (spread (S (S others)) ddof j + eps).
Notation u := inverse.
Notation c := (height G ddof).

Lemma size : 2 <= g. Proof. unfold g. rewrite !S_INR. pose proof (pos_INR others). lra. Qed.
Lemma freedom_positive : 0 < g * freedom.
Proof. pose proof size. unfold freedom. apply Rmult_lt_0_compat; [lra|]. destruct ddof; lra. Qed.
Lemma spread_nonnegative j : 0 <= s j. Proof. apply sqrt_pos. Qed.
Lemma spread_order i j : INR i * (g - INR i) <= INR j * (g - INR j) -> s i <= s j.
Proof.
  intros H. apply sqrt_le_1_alt. apply Rmult_le_compat_r; [|exact H]. left. apply Rinv_0_lt_compat, freedom_positive.
Qed.
Lemma spread_mirrored j : (j <= G)%nat -> s (G - j) = s j.
Proof. intros J. unfold spread. f_equal. rewrite minus_INR by exact J. unfold Rdiv. ring. Qed.
Lemma inverse_positive eps j : 0 < eps -> 0 < u eps j.
Proof. intros E. pose proof (spread_nonnegative j). apply Rinv_0_lt_compat. lra. Qed.
Lemma inverse_order eps i j : 0 < eps -> s i <= s j -> u eps j <= u eps i.
Proof. intros E H. pose proof (spread_nonnegative i). apply Rinv_le_contravar; lra. Qed.
Lemma inverse_falls e eps j : 0 < e -> e <= eps -> u eps j <= u e j.
Proof. intros E H. pose proof (spread_nonnegative j). apply Rinv_le_contravar; lra. Qed.

(** Where an advantage is set to 0 its weight vanishes. *)
Lemma height_is eps k : 0 < eps -> (k < G)%nat -> c eps k = ((g - INR (S k)) * u eps (S k) + INR k * u eps k) / g.
Proof.
  intros E K. pose proof size as S2. unfold height, advantage.
  assert (A1 : (if ((S k =? 0) || (S k =? G))%bool then 0 else (1 - INR (S k) / INR G) / (s (S k) + eps)) = (g - INR (S k)) * u eps (S k) / g).
  { pose proof (spread_nonnegative (S k)). destruct (Nat.eqb_spec (S k) G) as [Q|Q].
    - rewrite orb_true_r. unfold g. rewrite Q. unfold Rdiv. ring.
    - replace (S k =? 0)%nat with false by reflexivity. cbn [orb]. unfold inverse. fold g. field. lra. }
  assert (A0 : (if ((k =? 0) || (k =? G))%bool then 0 else (0 - INR k / INR G) / (s k + eps)) = - (INR k * u eps k / g)).
  { pose proof (spread_nonnegative k). destruct (Nat.eqb_spec k 0) as [->|Q].
    - cbn [orb INR]. unfold Rdiv. ring.
    - replace (k =? G)%nat with false by (symmetry; apply Nat.eqb_neq; lia). cbn [orb]. unfold inverse. fold g. field. lra. }
  etransitivity; [exact (f_equal2 Rminus A1 A0)|]. field. lra.
Qed.
Lemma height_mirrored eps k : 0 < eps -> (k <= S others)%nat -> c eps (S others - k) = c eps k.
Proof.
  intros E K. rewrite !height_is by (exact E || lia).
  replace (S (S others - k)) with (G - k)%nat by lia. replace (S others - k)%nat with (G - S k)%nat by lia.
  unfold inverse. rewrite !spread_mirrored by lia. rewrite !minus_INR by lia. fold g. f_equal. ring.
Qed.
Lemma height_drop eps k : 0 < eps -> (S k < G)%nat ->
  c eps (S k) - c eps k = - ((g - 2 * INR k - 2) * (u eps (S k) - u eps (S (S k))) + INR k * (u eps k - u eps (S (S k)))) / g.
Proof. intros E K. pose proof size. rewrite !height_is by (exact E || lia). rewrite !S_INR. field. lra. Qed.
Lemma height_falls_to_middle eps k : 0 < eps -> (2 * k <= others)%nat -> c eps (S k) - c eps k <= 0.
Proof.
  intros E K. pose proof size as S2. rewrite height_drop by (exact E || lia).
  assert (Kr : 2 * INR k + 2 <= g).
  { unfold g. rewrite !S_INR. apply le_INR in K. rewrite mult_INR in K. simpl (INR 2) in K. lra. }
  assert (U2 : u eps (S (S k)) <= u eps k).
  { apply inverse_order; [exact E|]. apply spread_order. rewrite !S_INR. pose proof (pos_INR k). nra. }
  assert (U1 : 0 <= (g - 2 * INR k - 2) * (u eps (S k) - u eps (S (S k)))).
  { destruct (Nat.eq_dec (2 * k) others) as [Q|Q].
    - replace (g - 2 * INR k - 2) with 0; [lra|]. unfold g. rewrite <- Q, !S_INR, mult_INR. simpl (INR 2). ring.
    - apply Rmult_le_pos; [lra|]. assert (u eps (S (S k)) <= u eps (S k)); [|lra]. apply inverse_order; [exact E|].
      apply spread_order. assert (2 * INR k + 3 <= g).
      { unfold g. rewrite !S_INR. assert (L : (2 * k + 1 <= others)%nat) by lia. apply le_INR in L.
        rewrite plus_INR, mult_INR in L. simpl (INR 2) in L. simpl (INR 1) in L. lra. }
      rewrite !S_INR. nra. }
  pose proof (pos_INR k). assert (0 <= INR k * (u eps k - u eps (S (S k)))) by (apply Rmult_le_pos; lra).
  unfold Rdiv. pose proof (Rinv_0_lt_compat g ltac:(lra)). nra.
Qed.
Lemma height_positive eps k : 0 < eps -> (k < G)%nat -> 0 < c eps k.
Proof.
  intros E K. pose proof size as S2. rewrite height_is by (exact E || exact K). apply Rdiv_lt_0_compat; [|lra].
  pose proof (inverse_positive eps k E). pose proof (inverse_positive eps (S k) E). pose proof (pos_INR k).
  assert (INR (S k) <= g) by (apply le_INR; lia). rewrite S_INR in *.
  destruct k as [|k]; [simpl in *; nra|]. rewrite S_INR in *. pose proof (pos_INR k). nra.
Qed.
(** The largest is c_0. *)
Definition highest_of (eps : R) : R := (INR (S (S others)) - 1) * inverse eps 1 / INR (S (S others)).
Lemma height_bounded eps k : 0 < eps -> (k < G)%nat -> c eps k <= highest_of eps.
Proof.
  intros E K. pose proof size as S2. rewrite height_is by (exact E || exact K). unfold highest_of. fold g.
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
  assert (First : forall j, (1 <= j < G)%nat -> u eps j <= u eps 1).
  { intros j [J1 J2]. apply inverse_order; [exact E|]. apply spread_order. simpl (INR 1).
    assert (1 <= INR j) by (apply (le_INR 1); exact J1). assert (INR j <= g - 1); [|nra].
    assert (L : INR (S j) <= g) by (apply le_INR; lia). rewrite S_INR in L. lra. }
  pose proof (inverse_positive eps 1 E) as U. pose proof (pos_INR k).
  assert (A : (g - INR (S k)) * u eps (S k) <= (g - INR (S k)) * u eps 1).
  { assert (L : INR (S k) <= g) by (apply le_INR; lia). destruct (Nat.eq_dec (S k) G) as [Q|Q].
    - replace (g - INR (S k)) with 0 by (unfold g; rewrite Q; ring). lra.
    - apply Rmult_le_compat_l; [lra|]. apply First. lia. }
  assert (B : INR k * u eps k <= INR k * u eps 1).
  { destruct k as [|k]; [simpl; lra|]. apply Rmult_le_compat_l; [lra|]. apply First. lia. }
  rewrite S_INR in *. lra.
Qed.
Lemma height_falls e eps k : 0 < e -> e <= eps -> (k < G)%nat -> c eps k <= c e k.
Proof.
  intros E H K. pose proof size as S2. rewrite !height_is by (lra || exact K).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
  pose proof (inverse_falls e eps k E H). pose proof (inverse_falls e eps (S k) E H). pose proof (pos_INR k).
  assert (L : INR (S k) <= g) by (apply le_INR; lia). apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.
Lemma highest_falls e eps : 0 < e -> e <= eps -> highest_of eps <= highest_of e.
Proof.
  intros E H. pose proof size as S2. unfold highest_of. fold g. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
  apply Rmult_le_compat_l; [lra|]. now apply inverse_falls.
Qed.

(** ** The contrast *)
Notation contrast := (contrast_of (Group others ddof)).
Notation slope := (slope_of (Group others ddof)).
Lemma unit p : 0 < p < 1 -> 0 <= p <= 1. Proof. lra. Qed.
Lemma group_derivative eps L : is_derive (contrast eps) L (slope eps L).
Proof.
  cbn [contrast_of slope_of]. pose proof (expected_derivative (S others) (c eps) (sigma L)) as D.
  replace (S others - 1)%nat with others in D by lia.
  pose proof (is_derive_comp (fun p => expected p (S others) (c eps)) sigma L _ _ D (sigma_derivative L)) as K.
  replace (INR (S others) * v L * _) with (scal (v L) (INR (S others) * expected (sigma L) others (fun k => c eps (S k) - c eps k))); [exact K|].
  change (v L * (INR (S others) * expected (sigma L) others (fun k => c eps (S k) - c eps k)) =
    INR (S others) * v L * expected (sigma L) others (fun k => c eps (S k) - c eps k)). ring.
Qed.
Lemma group_above_0 eps L : 0 < eps -> 0 <= L -> 0 <= slope eps L.
Proof.
  intros E H. cbn [slope_of]. pose proof (v_range L). pose proof (pos_INR (S others)). pose proof (sigma_range L).
  assert (Half : 1/2 <= sigma L).
  { destruct H as [H|<-]; [apply Rlt_le; rewrite <- sigma_0; now apply sigma_increasing | rewrite sigma_0; lra]. }
  apply Rmult_le_pos; [apply Rmult_le_pos; lra|]. apply expected_odd; [lra | |].
  - intros k K. rewrite <- (height_mirrored eps (S (others - k))), <- (height_mirrored eps (others - k)) by (exact E || lia).
    replace (S others - S (others - k))%nat with k by lia. replace (S others - (others - k))%nat with (S k) by lia. ring.
  - intros k K. now apply height_falls_to_middle.
Qed.
Lemma group_even eps L : 0 < eps -> contrast eps (- L) = contrast eps L.
Proof.
  intros E. cbn [contrast_of]. rewrite minus_sigma_group, expected_reversed. apply expected_ext. intros k K. now apply height_mirrored.
Qed.
Lemma group_least eps L : 0 < eps -> contrast eps 0 <= contrast eps L.
Proof.
  intros E. assert (Up : forall x, 0 <= x -> contrast eps 0 <= contrast eps x).
  { intros x X. apply (does_not_fall (contrast eps) (slope eps)); [apply group_derivative | | exact X].
    intros t T. apply group_above_0; [exact E | lra]. }
  destruct (Rle_lt_dec 0 L) as [Q|Q]; [now apply Up|]. rewrite <- (group_even eps L E). apply Up. lra.
Qed.
Lemma group_largest eps L : 0 < eps -> contrast eps L <= highest_of eps.
Proof.
  intros E. rewrite <- (expected_const (sigma L) (S others) (highest_of eps)). cbn [contrast_of].
  apply expected_order; [apply unit, sigma_range|]. intros k K. apply height_bounded; [exact E | lia].
Qed.
Lemma group_positive eps L : 0 < eps -> 0 < contrast eps L.
Proof.
  intros E. cbn [contrast_of]. generalize (sigma_range L). generalize (sigma L). intros p P.
  assert (H : forall n f, (forall k, (k <= n)%nat -> 0 < f k) -> 0 < expected p n f).
  { induction n as [|n IH]; intros f H; simpl; [apply H; lia|].
    assert (0 < expected p n f) by (apply IH; intros; apply H; lia).
    assert (0 < expected p n (fun k => f (S k))) by (apply IH; intros; apply H; lia). nra. }
  apply H. intros k K. apply height_positive; [exact E | lia].
Qed.
Lemma group_falls e eps L : 0 < e -> e <= eps -> contrast eps L <= contrast e L.
Proof.
  intros E H. cbn [contrast_of]. apply expected_order; [apply unit, sigma_range|]. intros k K. apply height_falls; [exact E | exact H | lia].
Qed.
(** A crude bound of the slope: a quarter of the largest height an answer. *)
Definition steepest_group (eps : R) : R := INR (S others) * (1/4 * highest_of eps).
Lemma group_steepest eps L : 0 < eps -> - steepest_group eps <= slope eps L <= steepest_group eps.
Proof.
  intros E. cbn [slope_of]. pose proof (v_range L) as V. pose proof (pos_INR (S others)) as N.
  assert (B : - highest_of eps <= expected (sigma L) others (fun k => c eps (S k) - c eps k) <= highest_of eps).
  { split.
    - rewrite <- (expected_const (sigma L) others (- highest_of eps)). apply expected_order; [apply unit, sigma_range|].
      intros k K. pose proof (height_bounded eps k E ltac:(lia)). pose proof (height_positive eps (S k) E ltac:(lia)). lra.
    - rewrite <- (expected_const (sigma L) others (highest_of eps)). apply expected_order; [apply unit, sigma_range|].
      intros k K. pose proof (height_bounded eps (S k) E ltac:(lia)). pose proof (height_positive eps k E ltac:(lia)). lra. }
  unfold steepest_group. rewrite (Rmult_assoc (INR (S others))). set (x := expected _ _ _) in *.
  assert (- (1/4 * highest_of eps) <= v L * x <= 1/4 * highest_of eps) by nra. split; nra.
Qed.
End Group.

(** * Approximate policies: Theorem 5 with delta* instead of 2 delta*, and S8

    Paper, Theorem 5: if TV(pi~_n, pi_n) <= TV(pi~_(n-1), pi_(n-1)) + delta_n, sum delta_n = delta* and p_n tends to
    p*, then lim |p~_n - p*| <= 2 delta*.
    Suite: limsup |p~_n - p*| <= delta*, on any finite set of outcomes (the limit itself need not exist).
    Suite, S8: if p~_n = h(p~_(n-1)) + e_n, |e_n| <= d, in an interval where |h'| <= k < 1, then
    limsup |p~_n - p*| <= d/(1-k). *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus PaperMap.
Open Scope R_scope.

(** Errors of size d at every step, in an interval where f contracts by k towards its fixed point l. *)
Theorem s8_approximate_policies (f : R -> R) (q : nat -> R) (l k d : R) :
  0 <= k < 1 -> (forall n, Rabs (f (q n) - l) <= k * Rabs (q n - l)) ->
  (forall n, Rabs (q (S n) - f (q n)) <= d) ->
  forall n, Rabs (q n - l) <= k ^ n * Rabs (q 0%nat - l) + d * (1 - k ^ n) / (1 - k).
Proof.
  intros K F D. induction n as [|n IH]; simpl.
  - replace (d * (1 - 1) / (1 - k)) with 0 by (field; lra). lra.
  - replace (q (S n) - l) with ((q (S n) - f (q n)) + (f (q n) - l)) by ring.
    eapply Rle_trans; [apply Rabs_triang|].
    specialize (F n). specialize (D n).
    assert (k * Rabs (q n - l) <= k * (k ^ n * Rabs (q 0%nat - l) + d * (1 - k ^ n) / (1 - k)))
      by (apply Rmult_le_compat_l; lra).
    replace (k * k ^ n * Rabs (q 0%nat - l) + d * (1 - k * k ^ n) / (1 - k))
      with (d + k * (k ^ n * Rabs (q 0%nat - l) + d * (1 - k ^ n) / (1 - k))) by (field; lra).
    lra.
Qed.

(** limsup |q_n - l| <= d/(1-k), spelled out. *)
Corollary s8_limsup (f : R -> R) (q : nat -> R) (l k d : R) :
  0 <= k < 1 -> (forall n, Rabs (f (q n) - l) <= k * Rabs (q n - l)) ->
  (forall n, Rabs (q (S n) - f (q n)) <= d) ->
  forall eta, 0 < eta -> exists N, forall n, (N <= n)%nat -> Rabs (q n - l) <= d / (1 - k) + eta.
Proof.
  intros K F D eta He.
  assert (D0 : 0 <= d) by (eapply Rle_trans; [apply Rabs_pos | apply (D 0%nat)]).
  set (c := Rabs (q 0%nat - l)).
  assert (L : is_lim_seq (fun n => c * k ^ n) 0).
  { replace (Finite 0) with (Rbar_mult c 0) by (simpl; f_equal; ring).
    apply is_lim_seq_scal_l, is_lim_seq_geom. rewrite Rabs_pos_eq; lra. }
  apply is_lim_seq_spec in L. destruct (L (mkposreal eta He)) as [N HN]. simpl in HN.
  exists N. intros n Hn. specialize (HN n Hn). rewrite Rminus_0_r in HN. apply Rabs_def2 in HN.
  pose proof (s8_approximate_policies f q l k d K F D n) as B. fold c in B.
  assert (P : 0 <= k ^ n) by (apply pow_le; lra).
  assert (d * (1 - k ^ n) / (1 - k) <= d / (1 - k)).
  { unfold Rdiv. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|]. nra. }
  lra.
Qed.

(** S8 for the paper's h: [a, b] in [0, 1] holds p* and all p~_n, and |h'| <= k < 1 on it. *)
Theorem s8_for_h p_ref beta eps a b k d p_star (q : nat -> R) :
  0 < p_ref < 1 -> 0 < beta -> 0 < eps -> 0 <= a -> b <= 1 -> 0 <= k < 1 ->
  (forall p, a <= p <= b -> Rabs (h_derivative p_ref beta eps p) <= k) ->
  a <= p_star <= b -> h p_ref beta eps p_star = p_star ->
  (forall n, a <= q n <= b) -> (forall n, Rabs (q (S n) - h p_ref beta eps (q n)) <= d) ->
  forall eta, 0 < eta -> exists N, forall n, (N <= n)%nat -> Rabs (q n - p_star) <= d / (1 - k) + eta.
Proof.
  intros Pref B E A B1 K H Ps F Q D. apply (s8_limsup (h p_ref beta eps)); [exact K | | exact D].
  intros n. rewrite <- F at 1.
  apply (lipschitz_on _ (h_derivative p_ref beta eps) a b); [ | exact H | apply Q | exact Ps].
  intros t Ht. apply proposition_1_derivative; (assumption || lra).
Qed.

(** Policies on outcomes 0..N as weights; r is the reward, 0 or 1, and 1 - r that of failures. *)
Definition probability (N : nat) (r pi : nat -> R) : R := sum_f_R0 (fun i => r i * pi i) N.
Definition total (N : nat) (pi : nat -> R) : R := sum_f_R0 pi N.
Definition other (r : nat -> R) (i : nat) : R := 1 - r i.
Definition total_variation (N : nat) (pi rho : nat -> R) : R := sum_f_R0 (fun i => Rabs (pi i - rho i)) N / 2.

Lemma other_01 r : (forall i, r i = 0 \/ r i = 1) -> forall i, other r i = 0 \/ other r i = 1.
Proof. intros R01 i. unfold other. destruct (R01 i) as [-> | ->]; lra. Qed.

Lemma probability_of_failure N r u : total N u = 1 -> probability N (other r) u = 1 - probability N r u.
Proof.
  intros T. assert (E : probability N (other r) u = total N u - probability N r u); [|lra]. clear T.
  unfold probability, total, other. induction N as [|n IH]; simpl; [ring|]. rewrite IH. ring.
Qed.

Lemma sum_bound N u w : (forall i, Rabs (u i) <= w i) -> Rabs (sum_f_R0 u N) <= sum_f_R0 w N.
Proof.
  intros H. induction N as [|N IH]; simpl; [apply H|].
  eapply Rle_trans; [apply Rabs_triang|]. specialize (H (S N)). lra.
Qed.

(** An event moves by at most the total variation, with no factor 2. *)
Theorem event_moves_by_total_variation N r pi rho :
  (forall i, r i = 0 \/ r i = 1) -> total N pi = total N rho ->
  Rabs (probability N r pi - probability N r rho) <= total_variation N pi rho.
Proof.
  intros R01 M.
  assert (K : probability N r pi - probability N r rho = sum_f_R0 (fun i => (r i - 1/2) * (pi i - rho i)) N).
  { unfold probability, total in *.
    assert (Z : sum_f_R0 (fun i => (r i - 1/2) * (pi i - rho i)) N
      = sum_f_R0 (fun i => r i * pi i) N - sum_f_R0 (fun i => r i * rho i) N
        - 1/2 * (sum_f_R0 pi N - sum_f_R0 rho N)).
    { clear. induction N as [|N IH]; simpl; [ring|]. rewrite IH. ring. }
    rewrite Z, M. ring. }
  rewrite K. unfold total_variation. rewrite <- (Rmult_1_l (sum_f_R0 _ N / 2)).
  replace (1 * (sum_f_R0 (fun i => Rabs (pi i - rho i)) N / 2))
    with (sum_f_R0 (fun i => Rabs (pi i - rho i) * (1/2)) N) by (rewrite <- scal_sum; field).
  apply sum_bound. intros i. rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat_l; [apply Rabs_pos|].
  apply Rabs_le. destruct (R01 i) as [-> | ->]; lra.
Qed.

(** Theorem 5. Paper: lim |p~_n - p*| <= 2 delta*. Here limsup <= delta*: the factor 2 is not needed. *)
Theorem theorem_5 N r (pi rho : nat -> nat -> R) (delta : nat -> R) (star p_star : R) :
  (forall i, r i = 0 \/ r i = 1) -> (forall n, total N (pi n) = total N (rho n)) ->
  total_variation N (rho 0%nat) (pi 0%nat) = 0 ->
  (forall n, total_variation N (rho (S n)) (pi (S n)) <= total_variation N (rho n) (pi n) + delta (S n)) ->
  (forall n, sum_f_R0 (fun i => delta (S i)) n <= star) -> 0 <= star ->
  is_lim_seq (fun n => probability N r (pi n)) p_star ->
  forall eta, 0 < eta -> exists M, forall n, (M <= n)%nat -> Rabs (probability N r (rho n) - p_star) <= star + eta.
Proof.
  intros R01 Tot Z Step Sum S0 Lim eta He.
  assert (TV : forall n, total_variation N (rho n) (pi n) <= star).
  { assert (P : forall n, total_variation N (rho (S n)) (pi (S n)) <= sum_f_R0 (fun i => delta (S i)) n).
    { induction n as [|n IH]; simpl; [specialize (Step 0%nat); lra|]. specialize (Step (S n)). lra. }
    intros [|n]; [lra|]. specialize (P n). specialize (Sum n). lra. }
  apply is_lim_seq_spec in Lim. destruct (Lim (mkposreal eta He)) as [M HM]. simpl in HM.
  exists M. intros n Hn. specialize (HM n Hn).
  replace (probability N r (rho n) - p_star)
    with ((probability N r (rho n) - probability N r (pi n)) + (probability N r (pi n) - p_star)) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  pose proof (event_moves_by_total_variation N r (rho n) (pi n) R01 (eq_sym (Tot n))). specialize (TV n). lra.
Qed.

(** "In the case delta* = 0 we have convergence to the fixed point." *)
Corollary theorem_5_exact N r (pi rho : nat -> nat -> R) (delta : nat -> R) (p_star : R) :
  (forall i, r i = 0 \/ r i = 1) -> (forall n, total N (pi n) = total N (rho n)) ->
  total_variation N (rho 0%nat) (pi 0%nat) = 0 ->
  (forall n, total_variation N (rho (S n)) (pi (S n)) <= total_variation N (rho n) (pi n) + delta (S n)) ->
  (forall n, sum_f_R0 (fun i => delta (S i)) n <= 0) ->
  is_lim_seq (fun n => probability N r (pi n)) p_star -> is_lim_seq (fun n => probability N r (rho n)) p_star.
Proof.
  intros R01 Tot Z Step Sum Lim. apply is_lim_seq_spec. intros [eta He].
  destruct (theorem_5 N r pi rho delta 0 p_star R01 Tot Z Step Sum (Rle_refl 0) Lim (eta / 2)) as [M HM]; [lra|].
  exists M. intros n Hn. specialize (HM n Hn). simpl. lra.
Qed.

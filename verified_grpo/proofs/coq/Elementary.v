(** * Small steps of the paper's argument, for all numbers

    Paper: Remark 1, Theorem 4 (its converse), Theorem 5 (that its constant is sharp, and that there need be no limit),
    the total variation as a supremum; suite: S2 (double fixed points).
    Suite: each as a theorem, so that no step of the judgement rests on a calculation done by hand. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Bmax AtMostThree PaperMap Errors.
Open Scope R_scope.

(** Remark 1: without a stabiliser. *)
Theorem remark_1_tail x : 0 < x -> exp (- (1 / x)) <= x.
Proof.
  intros X. assert (Y : 0 < 1 / x) by (apply Rdiv_lt_0_compat; lra).
  pose proof (exp_ineq1_le (1 / x)) as K. pose proof (exp_pos (1 / x)) as P.
  rewrite exp_Ropp. apply (Rmult_le_reg_r (exp (1 / x))); [exact P|]. rewrite Rinv_l by lra.
  apply Rle_trans with (x * (1 / x)); [right; field; lra|]. apply Rmult_le_compat_l; lra.
Qed.

Section Bare.
Variables p_ref beta : R.
Hypothesis Pref : 0 < p_ref < 1.
Hypothesis B : 0 < beta.
Let odds := (1 - p_ref) / p_ref.

Lemma odds_positive : 0 < odds.
Proof. apply Rdiv_lt_0_compat; lra. Qed.

Theorem remark_1_distance p : 0 < p < 1 ->
  0 <= 1 - h p_ref beta 0 p <= (1 - p_ref) / p_ref * beta * sqrt (p * (1 - p)).
Proof.
  intros P. pose proof odds_positive as O. fold odds. unfold h. fold odds.
  assert (S : 0 < sqrt (p * (1 - p))) by (apply sqrt_lt_R0; nra).
  assert (X : 0 < beta * sqrt (p * (1 - p))) by (apply Rmult_lt_0_compat; lra).
  replace (omega 0 p / beta) with (1 / (beta * sqrt (p * (1 - p)))) by (unfold omega; rewrite Rplus_0_r; field; lra).
  pose proof (remark_1_tail _ X) as T. pose proof (exp_pos (- (1 / (beta * sqrt (p * (1 - p)))))) as Q.
  set (x := exp (- (1 / (beta * sqrt (p * (1 - p)))))) in *. set (y := beta * sqrt (p * (1 - p))) in *.
  assert (OX : 0 < odds * x) by (apply Rmult_lt_0_compat; lra).
  replace (1 - / (1 + odds * x)) with (odds * x / (1 + odds * x)) by (field; lra). split.
  - left. apply Rdiv_lt_0_compat; lra.
  - apply Rle_trans with (odds * x).
    + apply Rle_div_l; [lra|]. nra.
    + replace (odds * beta * sqrt (p * (1 - p))) with (odds * y) by (unfold y; ring). apply Rmult_le_compat_l; lra.
Qed.

(** The map with 1 at both ends. *)
Definition bare (p : R) : R := if Rle_dec p 0 then 1 else if Rle_dec 1 p then 1 else h p_ref beta 0 p.

Lemma bare_inside p : 0 < p < 1 -> bare p = h p_ref beta 0 p.
Proof. intros P. unfold bare. destruct (Rle_dec p 0); [lra|]. destruct (Rle_dec 1 p); [lra | reflexivity]. Qed.

Lemma bare_near_one p : 0 <= p <= 1 -> 0 <= 1 - bare p <= odds * beta * sqrt (p * (1 - p)).
Proof.
  intros P. pose proof odds_positive. assert (0 <= odds * beta) by nra. pose proof (sqrt_pos (p * (1 - p))).
  unfold bare. destruct (Rle_dec p 0); [nra|]. destruct (Rle_dec 1 p); [nra|]. apply remark_1_distance. lra.
Qed.

Theorem remark_1_fixed_point : bare 0 = 1 /\ bare 1 = 1.
Proof. unfold bare. destruct (Rle_dec 0 0), (Rle_dec 1 0), (Rle_dec 1 1); lra. Qed.

Lemma bare_continuous_inside p : 0 < p < 1 -> continuous (h p_ref beta 0) p.
Proof.
  intros P. pose proof odds_positive as O. fold odds in O. apply (ex_derive_continuous (h p_ref beta 0)).
  assert (V : 0 < p * (1 - p)) by nra. assert (S : 0 < sqrt (p * (1 - p))) by (apply sqrt_lt_R0; exact V).
  unfold h, omega. auto_derive. rewrite !Rplus_0_r. replace (p * (1 + - p)) with (p * (1 - p)) by ring.
  repeat split; try lra. fold odds.
  match goal with |- context [exp ?z] => pose proof (exp_pos z) end. apply Rgt_not_eq. nra.
Qed.

Lemma bare_continuous_at_an_end a : a = 0 \/ a = 1 -> forall eta, 0 < eta -> exists delta, 0 < delta /\
  forall q, 0 <= q <= 1 -> Rabs (q - a) < delta -> Rabs (bare q - bare a) < eta.
Proof.
  intros A eta H. pose proof odds_positive as O. assert (K : 0 < odds * beta) by nra.
  set (d := eta / (odds * beta)). assert (D : 0 < d) by (apply Rdiv_lt_0_compat; lra).
  exists (d * d). split; [nra|]. intros q Q N. pose proof (bare_near_one q Q) as [N1 N2].
  assert (F : bare a = 1) by (pose proof remark_1_fixed_point; destruct A as [-> | ->]; tauto). rewrite F.
  assert (V : q * (1 - q) < d * d).
  { apply Rabs_def2 in N. destruct A as [-> | ->]; nra. }
  assert (S : sqrt (q * (1 - q)) < d).
  { rewrite <- (sqrt_square d) by lra. apply sqrt_lt_1_alt. split; [nra | exact V]. }
  rewrite Rabs_minus_sym. rewrite Rabs_pos_eq by lra.
  apply Rle_lt_trans with (odds * beta * sqrt (q * (1 - q))); [exact N2|].
  apply Rlt_le_trans with (odds * beta * d); [apply Rmult_lt_compat_l; lra|]. right. unfold d. field. lra.
Qed.

Theorem remark_1_continuous p : 0 <= p <= 1 -> forall eta, 0 < eta -> exists delta, 0 < delta /\
  forall q, 0 <= q <= 1 -> Rabs (q - p) < delta -> Rabs (bare q - bare p) < eta.
Proof.
  intros P eta H. destruct (Req_dec p 0) as [Z|Z]; [apply bare_continuous_at_an_end; tauto|].
  destruct (Req_dec p 1) as [W|W]; [apply bare_continuous_at_an_end; tauto|].
  assert (I : 0 < p < 1) by lra. pose proof (bare_continuous_inside p I) as C.
  apply continuity_pt_filterlim in C. destruct (C eta H) as [d [D N]].
  set (m := Rmin d (Rmin p (1 - p))).
  assert (M : 0 < m) by (unfold m; repeat apply Rmin_glb_lt; lra).
  assert (m <= d /\ m <= p /\ m <= 1 - p) as [M1 [M2 M3]].
  { unfold m. pose proof (Rmin_l d (Rmin p (1 - p))). pose proof (Rmin_r d (Rmin p (1 - p))).
    pose proof (Rmin_l p (1 - p)). pose proof (Rmin_r p (1 - p)). lra. }
  exists m. split; [exact M|]. intros q Q K. pose proof K as K'. apply Rabs_def2 in K'.
  rewrite (bare_inside p I), (bare_inside q) by lra.
  destruct (Req_dec q p) as [->|E]; [rewrite Rminus_diag_eq, Rabs_R0; lra|].
  apply (N q). split; [split; [exact Logic.I | auto]|]. simpl. unfold R_dist. lra.
Qed.
End Bare.

(** S2: double fixed points, and where two folds meet. *)
Theorem double_fixed_point Lref beta eps L : 0 < beta -> 0 < eps ->
  (gap Lref beta eps L = 0 /\ gap_slope beta eps L = 0 <-> slope eps L = beta /\ Lref = L - Omega eps L / beta) /\
  (slope eps L = beta -> 1/2 < sigma L).
Proof.
  intros B E. unfold gap, gap_slope. split.
  - split; intros [H1 H2].
    + split; [|lra]. apply (Rmult_eq_reg_r (/ beta)); [|apply Rinv_neq_0_compat; lra]. rewrite Rinv_r by lra.
      unfold Rdiv in H2. lra.
    + split; [lra|]. rewrite H1. field. lra.
  - intros S. apply (slope_sign eps L E). lra.
Qed.

Theorem folds_meet_at_the_peak beta eps L : 0 < beta -> 0 < eps -> slope eps L = beta -> slope_slope eps L = 0 ->
  (2 * sigma L - 1) ^ 2 = (1 + 4 * eps) / (1 + 12 * eps) /\ beta = Bmax eps.
Proof.
  intros B E S Z. pose proof (critical eps L E Z) as C. split; [apply (Rmult_eq_reg_l (1 + 12 * eps)); [|lra];
    rewrite C; field; lra|].
  apply (Bmax_equality eps L E) in C. rewrite S in C. pose proof (Bmax_positive eps E). nra.
Qed.

(** Theorem 4's converse: near a fixed point that repels distances grow. *)
Theorem repels (f f' : R -> R) (l : R) : (forall t, is_derive f t (f' t)) -> continuous f' l ->
  1 < Rabs (f' l) -> f l = l ->
  exists r k : R, 0 < r /\ 1 < k /\ forall x, Rabs (x - l) <= r -> k * Rabs (x - l) <= Rabs (f x - l).
Proof.
  intros D C H F. set (k := (1 + Rabs (f' l)) / 2). assert (K : 0 < Rabs (f' l) - k) by (unfold k; lra).
  apply continuity_pt_filterlim in C. destruct (C (Rabs (f' l) - k) K) as [d [Hd Near]].
  assert (bound : forall x, Rabs (x - l) <= d / 2 -> k <= Rabs (f' x)).
  { intros x X. destruct (Req_dec x l) as [->|N]; [unfold k; lra|].
    assert (Q : Rabs (f' x - f' l) < Rabs (f' l) - k).
    { apply (Near x). split; [split; [exact Logic.I | auto]|]. simpl. unfold R_dist. lra. }
    pose proof (Rabs_triang_inv (f' l) (f' x)). rewrite Rabs_minus_sym in Q. lra. }
  exists (d / 2), k. split; [lra|]. split; [unfold k; lra|]. intros x X. rewrite <- F at 2.
  destruct (MVT_gen f l x f') as [t [Ht E]].
  - intros t _. apply D.
  - intros t _. apply derivable_continuous_pt. exists (f' t). apply is_derive_Reals, D.
  - rewrite E, Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|]. apply bound.
    apply Rle_trans with (Rabs (x - l)); [|exact X]. apply Rabs_le_between in X.
    unfold Rmin, Rmax in Ht. destruct (Rle_dec l x).
    + rewrite !Rabs_pos_eq; lra.
    + rewrite !Rabs_left1; lra.
Qed.

(** The total variation as a supremum: d is the difference of two policies. *)
Definition moved (N : nat) (f d : nat -> R) : R := sum_f_R0 (fun i => f i * d i) N.
Definition sign (x : R) : R := if Rle_dec 0 x then 1 else -1.

Theorem bounded_functions N d : (forall f, (forall i, Rabs (f i) <= 1) ->
    Rabs (moved N f d) <= sum_f_R0 (fun i => Rabs (d i)) N) /\
  (forall i, Rabs (sign (d i)) <= 1) /\ moved N (fun i => sign (d i)) d = sum_f_R0 (fun i => Rabs (d i)) N.
Proof.
  split; [|split].
  - intros f F. apply sum_bound. intros i. rewrite Rabs_mult.
    pose proof (Rabs_pos (d i)). specialize (F i). nra.
  - intros i. unfold sign. destruct (Rle_dec 0 (d i)); apply Rabs_le; lra.
  - apply sum_eq. intros i _. unfold sign. destruct (Rle_dec 0 (d i)).
    + rewrite Rabs_pos_eq by lra. ring.
    + rewrite Rabs_left by lra. ring.
Qed.

Lemma moved_scales N c f d : moved N (fun i => c * f i) d = c * moved N f d.
Proof. unfold moved. induction N as [|N IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma a_difference_counts N d i : (i <= N)%nat -> d i <> 0 -> 0 < sum_f_R0 (fun k => Rabs (d k)) N.
Proof.
  intros I D. induction N as [|N IH].
  - replace i with 0%nat in D by lia. simpl. now apply Rabs_pos_lt.
  - simpl. destruct (Nat.eq_dec i (S N)) as [->|K].
    + pose proof (Rabs_pos_lt _ D). assert (0 <= sum_f_R0 (fun k => Rabs (d k)) N) by (apply cond_pos_sum; intros; apply Rabs_pos). lra.
    + pose proof (Rabs_pos (d (S N))). assert (0 < sum_f_R0 (fun k => Rabs (d k)) N) by (apply IH; lia). lra.
Qed.

Theorem unbounded_functions N d i : (i <= N)%nat -> d i <> 0 -> forall M, exists f, M < moved N f d.
Proof.
  intros I D M. pose proof (a_difference_counts N d i I D) as P. destruct (bounded_functions N d) as [_ [_ A]].
  set (s := sum_f_R0 (fun k => Rabs (d k)) N) in *. set (c := (Rabs M + 1) / s).
  exists (fun k => c * sign (d k)). rewrite moved_scales, A. unfold c.
  replace ((Rabs M + 1) / s * s) with (Rabs M + 1) by (field; lra). pose proof (Rle_abs M). lra.
Qed.

(** Theorem 5: two successes and a failure; p n is the success of the policy, d the error of the first step. *)
Definition reward (i : nat) : R := match i with 2%nat => 0 | _ => 1 end.
Definition policy (p : R) (i : nat) : R := match i with 2%nat => 1 - p | _ => p / 2 end.
(** Mass d moves from the failure to a success, or between the successes. *)
Definition to_success (p d : R) (i : nat) : R := match i with 0%nat => p / 2 + d | 1%nat => p / 2 | _ => 1 - p - d end.
Definition between (p d : R) (i : nat) : R := match i with 0%nat => p / 2 + d | 1%nat => p / 2 - d | _ => 1 - p end.
Definition sharp (p : nat -> R) (d : R) (n : nat) : nat -> R :=
  match n with 0%nat => policy (p 0%nat) | _ => to_success (p n) d end.
Definition in_turn (p : nat -> R) (d : R) (n : nat) : nat -> R :=
  match n with 0%nat => policy (p 0%nat) | _ => if Nat.odd n then to_success (p n) d else between (p n) d end.
Definition first_error (d : R) (n : nat) : R := match n with 1%nat => d | _ => 0 end.

Lemma errors_sum_to d n : sum_f_R0 (fun i => first_error d (S i)) n = d.
Proof. induction n as [|n IH]; [reflexivity|]. rewrite tech5, IH. unfold first_error. ring. Qed.

Lemma some_room (p : nat -> R) (l : R) : (forall n, 0 < p n < 1) -> is_lim_seq p l -> 0 < l < 1 ->
  exists d, 0 < d /\ forall n, d < p n / 2 /\ d < 1 - p n.
Proof.
  intros P L I. apply is_lim_seq_spec in L.
  set (m := Rmin l (1 - l) / 2). assert (M : 0 < m) by (unfold m; apply Rdiv_lt_0_compat; [apply Rmin_glb_lt|]; lra).
  assert (m <= l / 2 /\ m <= (1 - l) / 2) as [M1 M2] by (unfold m; pose proof (Rmin_l l (1 - l)); pose proof (Rmin_r l (1 - l)); lra).
  destruct (L (mkposreal m M)) as [K HK]. simpl in HK.
  assert (first : forall k, exists d, 0 < d /\ forall n, (n < k)%nat -> d < p n / 2 /\ d < 1 - p n).
  { induction k as [|k [d [D IH]]]; [exists 1; split; [lra | intros n N; lia]|].
    set (e := Rmin d (Rmin (p k / 2) (1 - p k)) / 2). pose proof (P k) as Pk.
    assert (0 < Rmin d (Rmin (p k / 2) (1 - p k))) by (repeat apply Rmin_glb_lt; lra).
    pose proof (Rmin_l d (Rmin (p k / 2) (1 - p k))). pose proof (Rmin_r d (Rmin (p k / 2) (1 - p k))).
    pose proof (Rmin_l (p k / 2) (1 - p k)). pose proof (Rmin_r (p k / 2) (1 - p k)).
    exists e. unfold e. split; [lra|]. intros n N. destruct (Nat.eq_dec n k) as [->|Q]; [lra|].
    destruct (IH n ltac:(lia)). lra. }
  destruct (first K) as [d [D HD]]. exists (Rmin d (m / 2)). split; [apply Rmin_glb_lt; lra|].
  intros n. pose proof (Rmin_l d (m / 2)). pose proof (Rmin_r d (m / 2)).
  destruct (lt_dec n K) as [N|N]; [destruct (HD n N); lra|].
  specialize (HK n ltac:(lia)). apply Rabs_def2 in HK. lra.
Qed.

Section Sharp.
Variables (p : nat -> R) (d : R).
Hypothesis D : 0 < d.
Hypothesis Room : forall n, d < p n / 2 /\ d < 1 - p n.

Lemma policies_of_the_sharp_case n :
  (forall i, (i <= 2)%nat -> 0 < policy (p n) i /\ 0 < sharp p d n i /\ 0 < in_turn p d n i) /\
  total 2 (policy (p n)) = 1 /\ total 2 (sharp p d n) = 1 /\ total 2 (in_turn p d n) = 1 /\
  probability 2 reward (policy (p n)) = p n.
Proof.
  pose proof (Room n) as [R1 R2]. split.
  - intros i I. unfold sharp, in_turn. destruct n as [|n]; [|destruct (Nat.odd (S n))];
      (destruct i as [|[|[|i]]]; [| | | lia]); unfold policy, to_success, between; repeat split; lra.
  - unfold total, probability, sharp, in_turn, reward. destruct n as [|n]; [|destruct (Nat.odd (S n))];
      unfold policy, to_success, between; simpl; repeat split; lra.
Qed.

Lemma distances n :
  total_variation 2 (sharp p d (S n)) (policy (p (S n))) = d /\
  total_variation 2 (in_turn p d (S n)) (policy (p (S n))) = d /\
  probability 2 reward (sharp p d (S n)) - p (S n) = d /\
  probability 2 reward (in_turn p d (S n)) - p (S n) = if Nat.odd (S n) then d else 0.
Proof.
  unfold total_variation, probability, sharp, in_turn, reward. destruct (Nat.odd (S n));
    unfold policy, to_success, between; simpl; repeat split; try lra;
    unfold Rabs; repeat destruct (Rcase_abs _); lra.
Qed.

Lemma at_the_start : total_variation 2 (sharp p d 0) (policy (p 0%nat)) = 0 /\
  total_variation 2 (in_turn p d 0) (policy (p 0%nat)) = 0.
Proof.
  unfold total_variation, sharp, in_turn. simpl. rewrite !Rminus_diag_eq by reflexivity. rewrite Rabs_R0. split; lra.
Qed.
End Sharp.

(** The error of one step alone: d = delta* of the policies under Assumption 1, and the success is off by it for ever. *)
Theorem theorem_5_sharp (p : nat -> R) (l : R) : (forall n, 0 < p n < 1) -> is_lim_seq p l -> 0 < l < 1 ->
  exists d, 0 < d /\
    (forall n i, (i <= 2)%nat -> 0 < policy (p n) i /\ 0 < sharp p d n i) /\
    (forall n, total 2 (policy (p n)) = 1 /\ total 2 (sharp p d n) = 1 /\ probability 2 reward (policy (p n)) = p n) /\
    total_variation 2 (sharp p d 0) (policy (p 0%nat)) = 0 /\
    (forall n, total_variation 2 (sharp p d (S n)) (policy (p (S n))) <=
      total_variation 2 (sharp p d n) (policy (p n)) + first_error d (S n)) /\
    (forall n, sum_f_R0 (fun i => first_error d (S i)) n = d) /\
    forall n, Rabs (probability 2 reward (sharp p d (S n)) - p (S n)) = d.
Proof.
  intros P L I. destruct (some_room p l P L I) as [d [D Room]]. exists d. split; [exact D|].
  pose proof (policies_of_the_sharp_case p d D Room) as A. pose proof (distances p d D) as V.
  pose proof (at_the_start p d) as [Z _].
  split; [intros n i K; destruct (A n) as [B _]; destruct (B i K) as [B1 [B2 _]]; tauto|].
  split; [intros n; destruct (A n) as [_ [B1 [B2 [_ B3]]]]; tauto|]. split; [exact Z|].
  split; [|split].
  - intros [|n]; destruct (V 0%nat) as [V0 _]; [rewrite V0, Z; unfold first_error; lra|].
    destruct (V n) as [V1 _], (V (S n)) as [V2 _]. rewrite V1, V2. unfold first_error. lra.
  - apply errors_sum_to.
  - intros n. destruct (V n) as [_ [_ [-> _]]]. apply Rabs_pos_eq. lra.
Qed.

(** The same, with a success whose distance is d and 0 in turn. *)
Theorem theorem_5_in_turn (p : nat -> R) (l : R) : (forall n, 0 < p n < 1) -> is_lim_seq p l -> 0 < l < 1 ->
  exists d, 0 < d /\
    (forall n i, (i <= 2)%nat -> 0 < policy (p n) i /\ 0 < in_turn p d n i) /\
    (forall n, total 2 (policy (p n)) = 1 /\ total 2 (in_turn p d n) = 1 /\ probability 2 reward (policy (p n)) = p n) /\
    total_variation 2 (in_turn p d 0) (policy (p 0%nat)) = 0 /\
    (forall n, total_variation 2 (in_turn p d (S n)) (policy (p (S n))) <=
      total_variation 2 (in_turn p d n) (policy (p n)) + first_error d (S n)) /\
    (forall n, sum_f_R0 (fun i => first_error d (S i)) n = d) /\
    is_lim_seq (fun n => Rabs (probability 2 reward (in_turn p d (2 * n + 1)) - l)) d /\
    is_lim_seq (fun n => Rabs (probability 2 reward (in_turn p d (2 * n + 2)) - l)) 0.
Proof.
  intros P L I. destruct (some_room p l P L I) as [d [D Room]]. exists d. split; [exact D|].
  pose proof (policies_of_the_sharp_case p d D Room) as A. pose proof (distances p d D) as V.
  pose proof (at_the_start p d) as [_ Z].
  split; [intros n i K; destruct (A n) as [B _]; destruct (B i K) as [B1 [_ B2]]; tauto|].
  split; [intros n; destruct (A n) as [_ [B1 [_ [B2 B3]]]]; tauto|]. split; [exact Z|].
  split; [|split; [|split]].
  - intros [|n]; destruct (V 0%nat) as [_ [V0 _]]; [rewrite V0, Z; unfold first_error; lra|].
    destruct (V n) as [_ [V1 _]], (V (S n)) as [_ [V2 _]]. rewrite V1, V2. unfold first_error. lra.
  - apply errors_sum_to.
  - assert (S1 : is_lim_seq (fun n => p (2 * n + 1)%nat - l + d) d).
    { replace (Finite d) with (Finite (l - l + d)) by (f_equal; ring).
      apply is_lim_seq_plus'; [|apply is_lim_seq_const]. apply is_lim_seq_minus'; [|apply is_lim_seq_const].
      apply (is_lim_seq_subseq p l (fun n => (2 * n + 1)%nat)); [|exact L]. apply eventually_subseq. intros n. lia. }
    apply is_lim_seq_abs in S1. cbn [Rbar_abs] in S1. rewrite (Rabs_pos_eq d) in S1 by lra.
    eapply is_lim_seq_ext; [|exact S1]. intros n. cbv beta. apply (f_equal Rabs).
    replace (2 * n + 1)%nat with (S (2 * n)) by lia. destruct (V (2 * n)%nat) as [_ [_ [_ V3]]].
    assert (O : Nat.odd (S (2 * n)) = true) by (rewrite Nat.odd_succ; apply Nat.even_mul). rewrite O in V3. cbv iota in V3. lra.
  - assert (S1 : is_lim_seq (fun n => p (2 * n + 2)%nat - l) 0).
    { replace (Finite 0) with (Finite (l - l)) by (f_equal; ring).
      apply is_lim_seq_minus'; [|apply is_lim_seq_const].
      apply (is_lim_seq_subseq p l (fun n => (2 * n + 2)%nat)); [|exact L]. apply eventually_subseq. intros n. lia. }
    apply is_lim_seq_abs in S1. cbn [Rbar_abs] in S1. rewrite Rabs_R0 in S1.
    eapply is_lim_seq_ext; [|exact S1]. intros n. cbv beta. apply (f_equal Rabs).
    replace (2 * n + 2)%nat with (S (2 * n + 1)) by lia. destruct (V (2 * n + 1)%nat) as [_ [_ [_ V3]]].
    assert (O : Nat.odd (S (2 * n + 1)) = false).
    { rewrite Nat.odd_succ. replace (2 * n + 1)%nat with (S (2 * n)) by lia. rewrite Nat.even_succ, <- Nat.negb_even, Nat.even_mul. reflexivity. }
    rewrite O in V3. cbv iota in V3. lra.
Qed.

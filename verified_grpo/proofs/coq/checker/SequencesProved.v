(** * Where iterates go: cycles in traps, monotone runs, and closed forms, for any contrast

    On top of Traps.v and Monotone.v; nothing here is about enclosures. *)

From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Traps Monotone Sequences.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts MapsProved SequenceStatements.
Open Scope R_scope.

Lemma mean_value_between (f f' : R -> R) (x y : R) : (forall t, is_derive f t (f' t)) ->
  exists t, Rmin x y <= t <= Rmax x y /\ f x = f y + f' t * (x - y).
Proof.
  intros D. destruct (Rtotal_order x y) as [H|[->|H]].
  - destruct (mean_value f f' x y D H) as [t [I Q]]. exists t. rewrite Rmin_left, Rmax_right by lra. split; lra.
  - exists y. rewrite Rmin_left, Rmax_left by lra. split; [lra | ring].
  - destruct (mean_value f f' y x D H) as [t [I Q]]. exists t. rewrite Rmin_right, Rmax_left by lra. split; lra.
Qed.

(** ** Traps: intervals that T carries round, how much each stretches, and intervals inside them that are carried round, too *)
Fixpoint stretched (k : nat -> R) (i n : nat) : R := match n with O => 1 | S j => k (i + j)%nat * stretched k i j end.
Lemma stretched_first k n : forall i, stretched k i (S n) = k i * stretched k (S i) n.
Proof.
  induction n as [|n IH]; intros i; [simpl; now rewrite Nat.add_0_r|].
  change (stretched k i (S (S n))) with (k (i + S n)%nat * stretched k i (S n)). rewrite IH. cbn [stretched].
  replace (i + S n)%nat with (S i + n)%nat by lia. ring.
Qed.
Lemma stretched_round k n : (forall i, k (i + n)%nat = k i) -> forall i, stretched k i n = stretched k 0 n.
Proof.
  intros P. induction i as [|i IH]; [reflexivity|]. rewrite <- IH. destruct n as [|n]; [reflexivity|].
  rewrite (stretched_first k n i). cbn [stretched]. replace (S i + n)%nat with (i + S n)%nat by lia. rewrite P. ring.
Qed.
Lemma round_and_round (f : nat -> R) n i j : (forall i, f (i + n)%nat = f i) -> f (i + j * n)%nat = f i.
Proof.
  intros P. induction j as [|j IH]; [now rewrite Nat.add_0_r|]. rewrite <- IH, <- (P (i + j * n)%nat). f_equal. lia.
Qed.

Section Carried.
Variables (T m : R -> R) (lo hi k : nat -> R).
Hypothesis D : forall t, is_derive T t (m t).
Hypothesis Order : forall i, lo i <= hi i.
Hypothesis Into : forall i x, lo i <= x <= hi i -> lo (S i) <= T x <= hi (S i).
Hypothesis Steep : forall i t, lo i <= t <= hi i -> Rabs (m t) <= k i.
Lemma steep_nonnegative i : 0 <= k i.
Proof. pose proof (Steep i (lo i)). pose proof (Rabs_pos (m (lo i))). pose proof (Order i). lra. Qed.
Lemma carried_along i j : carried T j (lo i) (hi i) (lo (i + j)%nat) (hi (i + j)%nat) (stretched k i j).
Proof.
  induction j as [|j IH].
  - intros x y X Y. cbn [iterate stretched]. rewrite Nat.add_0_r. lra.
  - rewrite Nat.add_succ_r. cbn [stretched]. apply (carried_on T j 1 _ _ _ _ _ _ _ _ (steep_nonnegative (i + j)) IH).
    apply (carried_by_image T m); [exact D | apply Steep | apply Into].
Qed.
End Carried.

Section Cycle.
Variables (T m : R -> R) (n : nat) (lo hi k a b : nat -> R) (rate : R).
Hypothesis D : forall t, is_derive T t (m t).
Hypothesis N : (0 < n)%nat.
Hypothesis Round : forall i, lo (i + n)%nat = lo i /\ hi (i + n)%nat = hi i /\ k (i + n)%nat = k i /\ a (i + n)%nat = a i /\ b (i + n)%nat = b i.
Hypothesis Into : forall i x, lo i <= x <= hi i -> lo (S i) <= T x <= hi (S i).
Hypothesis Steep : forall i t, lo i <= t <= hi i -> Rabs (m t) <= k i.
Hypothesis Inside : forall i, lo i <= a i /\ a i <= b i /\ b i <= hi i.
Hypothesis IntoInside : forall i x, a i <= x <= b i -> a (S i) <= T x <= b (S i).
Hypothesis Rate : stretched k 0 n <= rate.
Hypothesis Less : rate < 1.

Lemma basins_in_order i : lo i <= hi i. Proof. destruct (Inside i) as [P [Q R]]. lra. Qed.
Lemma rate_nonnegative : 0 <= rate.
Proof.
  assert (forall j, 0 <= stretched k 0 j); [|specialize (H n); lra].
  induction j as [|j IH]; cbn [stretched]; [lra|]. apply Rmult_le_pos; [|exact IH].
  apply (steep_nonnegative m lo hi k); [exact basins_in_order | exact Steep].
Qed.
Lemma turn_of_basin i : carried T n (lo i) (hi i) (lo i) (hi i) rate.
Proof.
  pose proof (carried_along T m lo hi k D basins_in_order Into Steep i n) as K. destruct (Round i) as [R1 [R2 _]].
  rewrite R1, R2, (stretched_round k n) in K by (intros j; apply Round). exact (carried_less _ _ _ _ _ _ _ _ Rate K).
Qed.
Lemma turn_of_bracket i : carried T n (a i) (b i) (a i) (b i) rate.
Proof.
  assert (Steep' : forall j t, a j <= t <= b j -> Rabs (m t) <= k j).
  { intros j t Ht. apply Steep. destruct (Inside j) as [P [Q R]]. lra. }
  pose proof (carried_along T m a b k D (fun j => proj1 (proj2 (Inside j))) IntoInside Steep' i n) as K.
  destruct (Round i) as [_ [_ [_ [R1 R2]]]].
  rewrite R1, R2, (stretched_round k n) in K by (intros j; apply Round). exact (carried_less _ _ _ _ _ _ _ _ Rate K).
Qed.
Lemma stays_round (u v : nat -> R) : (forall i x, u i <= x <= v i -> u (S i) <= T x <= v (S i)) -> forall i x j, u i <= x <= v i ->
  u (i + j)%nat <= iterate T j x <= v (i + j)%nat.
Proof.
  intros H i x j X. induction j as [|j IH]; [now rewrite Nat.add_0_r|]. rewrite Nat.add_succ_r. cbn [iterate]. now apply H.
Qed.

Theorem cycle_in_trap : exists x : nat -> R, (forall i, T (x i) = x (S i)) /\ x n = x 0%nat /\ (forall i, a i <= x i <= b i) /\
  forall i y, lo i <= y <= hi i -> follows T n (fun j => x (i + j)%nat) rate y.
Proof.
  assert (C : forall t, continuous T t) by now apply (continuous_of_derivative T m).
  pose proof rate_nonnegative as R0.
  destruct (trap T n (a 0%nat) (b 0%nat) rate C (proj1 (proj2 (Inside 0))) (conj R0 Less) (turn_of_bracket 0)) as [l [L [F _]]].
  set (x := fun i => iterate T i l). exists x.
  assert (Xb : forall i, a i <= x i <= b i) by (intros i; exact (stays_round a b IntoInside 0 l i L)).
  assert (Xn : forall i, iterate T n (x i) = x i).
  { intros i. unfold x. rewrite <- iterate_plus, Nat.add_comm, iterate_plus. now rewrite F. }
  assert (Xl : forall i, lo i <= x i <= hi i) by (intros i; specialize (Xb i); destruct (Inside i) as [P [Q R]]; lra).
  split; [reflexivity|]. split; [exact F|]. split; [exact Xb|]. intros i y Y j.
  pose proof (stays_round lo hi Into i y) as In.
  assert (Near : forall u, lo (i + j)%nat <= u <= hi (i + j)%nat -> Rabs (iterate T n u - x (i + j)%nat) <= rate * Rabs (u - x (i + j)%nat)).
  { intros u U. destruct (turn_of_basin (i + j) u (x (i + j)%nat) U (Xl _)) as [_ Q]. now rewrite Xn in Q. }
  split; [rewrite iterate_plus; now apply Near, In|].
  apply (geometric_limit _ _ (Rabs (iterate T j y - x (i + j)%nat)) rate (conj R0 Less)). intros q.
  induction q as [|q IH]; [rewrite Nat.add_0_r; simpl; lra|].
  replace (j + S q * n)%nat with (n + (j + q * n))%nat by lia. rewrite iterate_plus. cbn [pow].
  assert (J : lo (i + j)%nat <= iterate T (j + q * n) y <= hi (i + j)%nat).
  { pose proof (In (j + q * n)%nat Y) as K. rewrite Nat.add_assoc in K.
    rewrite (round_and_round lo), (round_and_round hi) in K by (intros r; apply Round). exact K. }
  pose proof (Near _ J). pose proof (Rmult_le_compat_l rate _ _ R0 IH). lra.
Qed.
End Cycle.

Lemma turn_first f f' n : forall x, turn f f' (S n) x = f' x * turn f f' n (f x).
Proof.
  induction n as [|n IH]; intros x; [simpl; ring|].
  change (turn f f' (S (S n)) x) with (turn f f' (S n) x * f' (iterate f (S n) x)). rewrite IH. cbn [turn].
  rewrite iterate_commutes. cbn [iterate]. ring.
Qed.

(** ** Monotone runs from a step on *)
Section Runs.
Variable T : R -> R.
Hypothesis C : forall t, continuous T t.
Variables (x0 : R) (s N : nat).
Hypothesis SN : (s <= N)%nat.
Notation L := (fun n => iterate T n x0).
Lemma shifted_limit l : is_lim_seq (fun n => iterate T n (L s)) l -> is_lim_seq L l.
Proof. intros H. apply (is_lim_seq_incr_n L s). apply (is_lim_seq_ext _ _ _ (fun n => eq_sym (iterate_plus T n s x0)) H). Qed.

Theorem run_rises u least : (forall x y, L s <= x -> x <= y -> y <= u -> T x <= T y) -> L s <= u -> L s <= T (L s) -> T u <= u ->
  least <= L N -> exists l, T l = l /\ least <= l <= u /\ is_lim_seq L l /\ (forall n, (s <= n)%nat -> L n <= L (S n)) /\
    forall z, T z = z -> L s <= z -> l <= z.
Proof.
  intros M U Up Down Reach. destruct (rises_to_least T (L s) u C M U Up Down) as [P [l [Lim [F [I G]]]]].
  assert (Mono : forall n, (s <= n)%nat -> L n <= L (S n)).
  { intros n H. destruct (P (n - s)%nat) as [_ Q]. rewrite <- !iterate_plus in Q.
    replace (n - s + s)%nat with n in Q by lia. replace (S (n - s) + s)%nat with (S n) in Q by lia. exact Q. }
  exists l. split; [exact F|]. split.
  - split; [|apply I]. apply Rle_trans with (1 := Reach).
    apply (is_lim_seq_le (fun _ => L N) (fun n => iterate T (n + N) x0) (L N) l).
    + induction n as [|n IH]; [simpl; lra|]. apply Rle_trans with (1 := IH). apply (Mono (n + N)%nat). lia.
    + apply is_lim_seq_const.
    + apply (is_lim_seq_incr_n L N). now apply shifted_limit.
  - split; [now apply shifted_limit|]. split; [exact Mono|]. intros z Z H. now apply G.
Qed.
End Runs.

Theorem run_falls T x0 s N u most : (forall t, continuous T t) -> (s <= N)%nat ->
  (forall x y, u <= x -> x <= y -> y <= iterate T s x0 -> T x <= T y) -> u <= iterate T s x0 ->
  T (iterate T s x0) <= iterate T s x0 -> u <= T u -> iterate T N x0 <= most ->
  exists l, T l = l /\ u <= l <= most /\ is_lim_seq (fun n => iterate T n x0) l /\
    (forall n, (s <= n)%nat -> iterate T (S n) x0 <= iterate T n x0) /\ forall z, T z = z -> z <= iterate T s x0 -> z <= l.
Proof.
  intros C SN M U Down Up Reach. set (g := fun y => - T (- y)).
  assert (G : forall n, iterate g n (- x0) = - iterate T n x0).
  { intros n. unfold g. now rewrite iterate_reflected, Ropp_involutive. }
  assert (Cg : forall t, continuous g t).
  { intros t. apply (continuous_opp (fun y => T (- y))). apply (continuous_comp Ropp T); [|apply C].
    apply (continuous_opp (fun y : R => y)), continuous_id. }
  destruct (run_rises g Cg (- x0) s N SN (- u) (- most)) as [l [F [I [Lim [Mono Least]]]]]; rewrite ?G.
  - intros x y X XY Y. apply Ropp_le_contravar, M; lra.
  - lra.
  - unfold g. rewrite Ropp_involutive. lra.
  - unfold g. rewrite Ropp_involutive. lra.
  - lra.
  - exists (- l). unfold g in F. split; [lra|]. split; [lra|]. split.
    + apply is_lim_seq_ext with (fun n => - iterate g n (- x0)); [intros n; rewrite G; ring|].
      exact (proj1 (is_lim_seq_opp _ (Finite l)) Lim).
    + split; [intros n H; specialize (Mono n H); rewrite !G in Mono; lra|]. intros z Z H.
      assert (l <= - z); [|lra]. apply Least; [unfold g; rewrite Ropp_involutive; lra | rewrite G; lra].
Qed.

(** ** Without a pull *)
Lemma gains_always c Lref beta eps gain x0 : 0 < beta -> 0 < eps -> 0 < gain -> gain * beta <= low_of c eps ->
  let L := fun n => iterate (step_of c 0 Lref beta eps) n x0 in
  (forall n, L n + gain <= L (S n) /\ sigma (L n) < sigma (L (S n))) /\ is_lim_seq L p_infty /\ is_lim_seq (fun n => sigma (L n)) 1.
Proof.
  intros B E G0 G L.
  assert (Up : forall n, L n + gain <= L (S n)).
  { intros n. change (L (S n)) with (step_of c 0 Lref beta eps (L n)). unfold step_of. set (y := L n).
    pose proof (contrast_bounds c eps y E). assert (gain <= contrast_of c eps y / beta) by (apply Rle_div_r; lra). lra. }
  assert (Lim : is_lim_seq L p_infty).
  { apply is_lim_seq_le_p_loc with (fun n => x0 + INR n * gain).
    - exists 0%nat. intros n _. induction n as [|n IH]; [unfold L; simpl; lra|]. rewrite S_INR. specialize (Up n). lra.
    - apply is_lim_seq_spec. intros M. pose proof (archimed ((M - x0) / gain)) as [A _].
      exists (Z.to_nat (Z.max 0 (up ((M - x0) / gain)))). intros n Hn.
      assert (K : (M - x0) / gain < INR n).
      { apply Rlt_le_trans with (1 := A). rewrite INR_IZR_INZ. apply IZR_le. lia. }
      apply Rlt_div_l in K; lra. }
  split; [intros n; split; [apply Up | apply sigma_increasing; specialize (Up n); lra]|]. split; [exact Lim | now apply sigma_to_one].
Qed.

(** ** Closed forms *)
Section Forms.
Variables (c : contrast) (alpha Lref beta eps x0 : R).
Hypothesis A0 : 0 < alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (step_of c alpha Lref beta eps).
Notation w := (alpha * beta).
Notation A := (Lref + low_of c eps / w).
Notation M := (Lref + high_of c eps / w).
Let C := step_continuous c alpha Lref beta eps B E.
Let Between := step_between c alpha Lref beta eps A0 B E.
Lemma A_above_ref : Lref < A.
Proof.
  assert (0 < low_of c eps / w); [|lra]. apply Rdiv_lt_0_compat; [now apply low_positive | apply Rmult_lt_0_compat; lra].
Qed.

Lemma settles_above l x : (forall y z, l <= y -> y <= z -> T y <= T z) -> l <= T l -> l <= x ->
  exists z, T z = z /\ is_lim_seq (fun n => iterate T n x) z /\
    (x <= T x -> (forall n, iterate T n x <= iterate T (S n) x) /\ forall y, x <= y -> T y = y -> z <= y).
Proof.
  intros Keep Low X. destruct (Rle_lt_dec x (T x)) as [Q|Q].
  - set (u := Rmax x M). assert (U : x <= u /\ M <= u) by (split; [apply Rmax_l | apply Rmax_r]).
    assert (Tu : T u <= u). { destruct (Between u) as [_ K], U as [_ U]. revert K U. generalize M. intros q K U. nra. }
    destruct (rises_to_least T x u C) as [P [z [Z [F [_ G]]]]]; try (exact Q || exact Tu || apply U).
    { intros y y' Y YY _. apply Keep; lra. }
    exists z. split; [exact F|]. split; [exact Z|]. intros _. split; [intros n; apply P | exact G].
  - destruct (falls_to_greatest T l x C) as [z [Z [F _]]]; try (exact X || exact Low || lra).
    { intros y y' Y YY _. apply Keep; lra. }
    exists z. split; [exact F|]. split; [exact Z|]. intros K. lra.
Qed.

Lemma slope_keeps_order l : (forall t, l <= t -> t <= 0 -> 0 <= multiplier_of c alpha beta eps t) ->
  forall y z, l <= y -> y <= z -> T y <= T z.
Proof.
  intros H y z Y YZ. apply (does_not_fall T (multiplier_of c alpha beta eps)); [intros t; now apply step_of_derivative | | exact YZ].
  intros t Ht. destruct (Rle_lt_dec t 0) as [Q|Q]; [apply H; lra|]. unfold multiplier_of.
  pose proof (slope_above_0 c eps t E ltac:(lra)). assert (0 <= slope_of c eps t / beta) by (apply Rdiv_le_0_compat; lra). lra.
Qed.

Theorem settles_in_order l : l <= x0 -> l <= Lref -> (forall t, l <= t -> t <= 0 -> 0 <= multiplier_of c alpha beta eps t) ->
  exists z, T z = z /\ is_lim_seq (fun n => iterate T n x0) z /\
    (x0 = Lref -> (forall n, iterate T n x0 <= iterate T (S n) x0) /\ forall y, T y = y -> z <= y).
Proof.
  intros X R H. pose proof A_above_ref as Ar. pose proof (slope_keeps_order l H) as K.
  assert (Low : l <= T l). { destruct (Between l) as [Q _]. revert Q Ar. generalize A. intros q Q Ar. nra. }
  destruct (settles_above l x0 K Low X) as [z [F [Z G]]]. exists z. split; [exact F|]. split; [exact Z|]. intros Start.
  assert (Up : x0 <= T x0). { destruct (Between x0) as [Q _]. rewrite Start in Q |- *. revert Q Ar. generalize A. intros q Q Ar. nra. }
  destruct (G Up) as [Rise Least]. split; [exact Rise|]. intros y Y. apply Least; [|exact Y].
  pose proof (fixed_between c alpha Lref beta eps A0 B E y Y) as [Q _]. lra.
Qed.

Theorem settles_by_lift : 0 <= alpha * Lref + low_of c eps / beta -> exists z, T z = z /\ is_lim_seq (fun n => iterate T n x0) z.
Proof.
  intros H. assert (Up : forall x, (1 - alpha) * x <= T x).
  { intros x. unfold step_of. pose proof (contrast_bounds c eps x E).
    assert (low_of c eps / beta <= contrast_of c eps x / beta) by (apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | lra]). lra. }
  assert (Keep : forall y z, 0 <= y -> y <= z -> T y <= T z) by (apply slope_keeps_order; intros t T0 T1; replace t with 0 by lra;
    unfold multiplier_of; pose proof (slope_above_0 c eps 0 E ltac:(lra)); assert (0 <= slope_of c eps 0 / beta) by (apply Rdiv_le_0_compat; lra); lra).
  destruct (Classical_Prop.classic (exists N, 0 <= iterate T N x0)) as [[N HN]|Never].
  - destruct (settles_above 0 (iterate T N x0) Keep) as [z [F [Z _]]]; [pose proof (Up 0); lra | exact HN |].
    exists z. split; [exact F|]. apply (is_lim_seq_incr_n (fun n => iterate T n x0) N).
    apply (is_lim_seq_ext _ _ _ (fun n => eq_sym (iterate_plus T n N x0)) Z).
  - assert (Neg : forall n, iterate T n x0 < 0) by (intros n; apply Rnot_le_lt; intros K; apply Never; now exists n).
    destruct (ex_finite_lim_seq_incr (fun n => iterate T n x0) 0) as [z Z].
    + intros n. cbn [iterate]. pose proof (Up (iterate T n x0)). pose proof (Neg n). nra.
    + intros n. left. apply Neg.
    + exists z. split; [exact (limit_is_fixed T x0 z C Z) | exact Z].
Qed.

Theorem settles_by_contraction : steepest_of c eps < w -> exists z, T z = z /\ is_lim_seq (fun n => iterate T n x0) z.
Proof.
  intros H. destruct (some_fixed c alpha Lref beta eps A0 B E) as [z F]. exists z. split; [exact F|].
  set (k := 1 - alpha + steepest_of c eps / beta).
  assert (S : steepest_of c eps / beta < alpha) by (apply Rlt_div_l; lra).
  assert (S0 : 0 <= steepest_of c eps / beta).
  { apply Rdiv_le_0_compat; [|exact B]. pose proof (slope_steepest c eps 0 E). lra. }
  assert (K : forall t, Rabs (multiplier_of c alpha beta eps t) <= k).
  { intros t. pose proof (slope_steepest c eps t E) as [S1 S2]. unfold multiplier_of, k.
    assert (slope_of c eps t / beta <= steepest_of c eps / beta) by (apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | lra]).
    assert (- steepest_of c eps / beta <= slope_of c eps t / beta) by (apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | lra]).
    assert (- steepest_of c eps / beta = - (steepest_of c eps / beta)) by (field; lra). apply Rabs_le. lra. }
  apply (geometric_limit _ z (Rabs (x0 - z)) k); [unfold k; lra|].
  induction n as [|n IH]; [simpl; lra|]. cbn [iterate pow].
  pose proof (lipschitz T (multiplier_of c alpha beta eps) (Rmin (iterate T n x0) z) (Rmax (iterate T n x0) z) k (iterate T n x0) z
    (fun t => step_of_derivative c alpha Lref beta eps t B E) (fun t _ => K t) (conj (Rmin_l _ _) (Rmax_l _ _)) (conj (Rmin_r _ _) (Rmax_r _ _))) as Q.
  rewrite F in Q. apply Rle_trans with (1 := Q). replace (Rabs (x0 - z) * (k * k ^ n)) with (k * (Rabs (x0 - z) * k ^ n)) by ring.
  apply Rmult_le_compat_l; [unfold k; lra | exact IH].
Qed.
End Forms.

(** * Maps of any contrast: one fixed point, none that turns, and convergence where two steps never fall back

    A map with T' > -1 from A on has no cycle there, and every sequence that stays bounded converges: [settles] is
    that argument (Coppel's, in the case of a slope), by order alone. *)

From Coq Require Import Reals Lra Lia Arith Classical.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Periods.
From VerifiedGRPO.Checker Require Import Statements Contrasts.
Open Scope R_scope.

(** ** Sequences whose sums of two neighbours keep order *)
Section Sums.
Variable x : nat -> R.
Hypothesis Sums : forall i j, x i < x j -> x i + x (S i) < x j + x (S j).
Hypothesis Same : forall i j, x i = x j -> x (S i) = x (S j).

Lemma stays n k : x n = x (S n) -> x (n + k)%nat = x n.
Proof.
  intros H. induction k as [|k IH]; [now rewrite Nat.add_0_r|]. rewrite Nat.add_succ_r.
  rewrite (Same (n + k) n IH). now symmetry.
Qed.
(** Above a point from which the sequence rises it stays, and below one from which it falls. *)
Lemma parted m : forall n, (n < m)%nat -> (x n < x (S n) -> x n < x m) /\ (x (S n) < x n -> x m < x n).
Proof.
  induction m as [m IH] using lt_wf_ind. intros n.
  remember (m - n)%nat as d eqn:D. revert n D. induction d as [d Inner] using lt_wf_ind. intros n D N.
  destruct (Nat.eq_dec m (S n)) as [->|M]; [auto|].
  assert (Prev : (n < m - 1 < m)%nat) by lia. set (i := (m - 1)%nat) in *. replace m with (S i) in * by lia.
  pose proof (IH i ltac:(lia) n ltac:(lia)) as [Above Below].
  pose proof (Inner (S i - S n)%nat ltac:(lia) (S n) eq_refl ltac:(lia)) as [NextUp NextDown].
  split; intros H.
  - specialize (Above H). destruct (Rle_lt_dec (x i) (x (S n))) as [Q|Q]; [pose proof (Sums n i Above); lra|].
    destruct (Rtotal_order (x (S n)) (x (S (S n)))) as [R|[R|R]].
    + specialize (NextUp R). lra.
    + pose proof (stays (S n) (S i - S n) R) as E. replace (S n + (S i - S n))%nat with (S i) in E by lia. lra.
    + destruct (Nat.eq_dec i (S n)) as [K|K]; [rewrite K in Q; lra|].
      pose proof (proj2 (IH i ltac:(lia) (S n) ltac:(lia)) R). lra.
  - specialize (Below H). destruct (Rle_lt_dec (x (S n)) (x i)) as [Q|Q]; [pose proof (Sums i n Below); lra|].
    destruct (Rtotal_order (x (S n)) (x (S (S n)))) as [R|[R|R]].
    + destruct (Nat.eq_dec i (S n)) as [K|K]; [rewrite K in Q; lra|].
      pose proof (proj1 (IH i ltac:(lia) (S n) ltac:(lia)) R). lra.
    + pose proof (stays (S n) (S i - S n) R) as E. replace (S n + (S i - S n))%nat with (S i) in E by lia. lra.
    + specialize (NextDown R). lra.
Qed.
Lemma returns_to_itself k : (0 < k)%nat -> x k = x 0%nat -> x 1%nat = x 0%nat.
Proof.
  intros K H. destruct (parted k 0%nat K) as [U D]. destruct (Rtotal_order (x 0%nat) (x 1%nat)) as [Q|[Q|Q]]; [|now symmetry|].
  - specialize (U Q). lra.
  - specialize (D Q). lra.
Qed.
End Sums.

(** ** Convergence *)
Section Settles.
Variables (T : R -> R) (A M : R) (x : nat -> R).
Hypothesis Turns : forall a b, A <= a -> a < b -> a + T a < b + T b.
Hypothesis Next : forall n, x (S n) = T (x n).
Hypothesis Inside : forall n, A <= x n <= M.

Lemma neighbours i j : x i < x j -> x i + x (S i) < x j + x (S j).
Proof. intros H. rewrite !Next. apply Turns; [apply Inside | exact H]. Qed.
Lemma same_next i j : x i = x j -> x (S i) = x (S j).
Proof. intros H. rewrite !Next. now f_equal. Qed.

Lemma switch (P : nat -> Prop) n k : P n -> ~ P (n + k)%nat -> exists i, (n <= i)%nat /\ P i /\ ~ P (S i).
Proof.
  induction k as [|k IH]; intros H K; [rewrite Nat.add_0_r in K; contradiction|].
  destruct (classic (P (n + k)%nat)) as [Q|Q]; [|now apply IH]. exists (n + k)%nat. split; [lia|]. split; [exact Q|].
  now rewrite Nat.add_succ_r in K.
Qed.

Theorem settles : exists l : R, is_lim_seq x l.
Proof.
  destruct (classic (exists N, forall n, (N <= n)%nat -> x n <= x (S n))) as [[N H]|Down].
  { destruct (ex_finite_lim_seq_incr (fun n => x (n + N)%nat) M) as [l L].
    - intros n. apply H. lia.
    - intros n. apply Inside.
    - exists l. now apply (is_lim_seq_incr_n x N). }
  destruct (classic (exists N, forall n, (N <= n)%nat -> x (S n) <= x n)) as [[N H]|Up].
  { destruct (ex_finite_lim_seq_decr (fun n => x (n + N)%nat) A) as [l L].
    - intros n. apply H. lia.
    - intros n. apply Inside.
    - exists l. now apply (is_lim_seq_incr_n x N). }
  assert (Downs : forall N, exists n, (N <= n)%nat /\ x (S n) < x n).
  { intros N. apply NNPP. intros Q. apply Down. exists N. intros n Hn. apply Rnot_lt_le. intros K. apply Q. now exists n. }
  assert (Ups : forall N, exists n, (N <= n)%nat /\ x n < x (S n)).
  { intros N. apply NNPP. intros Q. apply Up. exists N. intros n Hn. apply Rnot_lt_le. intros K. apply Q. now exists n. }
  assert (Moves : forall n, x n <> x (S n)).
  { intros n H. destruct (Ups n) as [m [Hm K]]. pose proof (stays x same_next n (m - n) H) as S1.
    pose proof (stays x same_next n (S m - n) H) as S2. replace (n + (m - n))%nat with m in S1 by lia.
    replace (n + (S m - n))%nat with (S m) in S2 by lia. lra. }
  pose proof (parted x neighbours same_next) as Parted.
  assert (Order : forall n m, x n < x (S n) -> x (S m) < x m -> x n < x m).
  { intros n m Un Dm. destruct (lt_eq_lt_dec n m) as [[Q|Q]|Q].
    - exact (proj1 (Parted m n Q) Un).
    - subst. lra.
    - exact (proj2 (Parted n m Q) Dm). }
  destruct (completeness (fun y => exists n, x n < x (S n) /\ y = x n)) as [u [U1 U2]].
  { exists M. intros y [n [_ ->]]. apply Inside. }
  { destruct (Ups 0%nat) as [n [_ H]]. now exists (x n), n. }
  destruct (completeness (fun y => exists n, x (S n) < x n /\ y = - x n)) as [d' [D1 D2]].
  { exists (- A). intros y [n [_ ->]]. pose proof (Inside n). lra. }
  { destruct (Downs 0%nat) as [n [_ H]]. now exists (- x n), n. }
  set (d := - d'). assert (Du : d' = - d) by (unfold d; ring).
  assert (Ule : forall n, x n < x (S n) -> x n <= u) by (intros n H; apply U1; now exists n).
  assert (Dle : forall n, x (S n) < x n -> d <= x n).
  { intros n H. pose proof (D1 (- x n) (ex_intro _ n (conj H eq_refl))). lra. }
  assert (Unear : forall e, 0 < e -> exists n, x n < x (S n) /\ u - e < x n).
  { intros e E. apply NNPP. intros Q. pose proof (U2 (u - e)). assert (u <= u - e); [|lra]. apply H. intros y [n [Hn ->]].
    apply Rnot_lt_le. intros K. apply Q. now exists n. }
  assert (Dnear : forall e, 0 < e -> exists n, x (S n) < x n /\ x n < d + e).
  { intros e E. apply NNPP. intros Q. pose proof (D2 (d' - e)). assert (d' <= d' - e); [|lra]. apply H. intros y [n [Hn ->]].
    apply Rnot_lt_le. intros K. apply Q. exists n. split; [exact Hn | lra]. }
  assert (Late : forall e, 0 < e -> exists N, forall n, (N <= n)%nat -> u - e < x n < d + e).
  { intros e E. destruct (Unear e E) as [n [N1 N2]], (Dnear e E) as [m [M1 M2]]. exists (S (n + m)). intros k K.
    pose proof (proj1 (Parted k n ltac:(lia)) N1). pose proof (proj2 (Parted k m ltac:(lia)) M1). lra. }
  assert (UD : u <= d).
  { apply Rnot_lt_le. intros Q. destruct (Unear ((u - d) / 2) ltac:(lra)) as [n [N1 N2]], (Dnear ((u - d) / 2) ltac:(lra)) as [m [M1 M2]].
    pose proof (Order n m N1 M1). lra. }
  assert (AU : A <= u). { destruct (Ups 0%nat) as [n [_ H]]. pose proof (Ule n H). pose proof (Inside n). lra. }
  assert (Eq : u = d).
  { destruct UD as [Q|Q]; [|exact Q]. exfalso. pose proof (Turns u d AU Q) as K.
    set (e := (d + T d - (u + T u)) / 4). assert (E : 0 < e) by (unfold e; lra). destruct (Late e E) as [N HN].
    destruct (Ups N) as [n [Hn Un]], (Downs n) as [m [Hm Dm]].
    destruct (switch (fun i => x i < x (S i)) n (m - n) Un) as [i [Hi [Ui Di]]].
    { replace (n + (m - n))%nat with m by lia. lra. }
    assert (x (S (S i)) < x (S i)) by (pose proof (Moves (S i)); lra).
    destruct (Ups m) as [k [Hk Uk]].
    destruct (switch (fun i => x (S i) < x i) m (k - m) Dm) as [j [Hj [Dj Uj]]].
    { replace (m + (k - m))%nat with k by lia. lra. }
    assert (x (S j) < x (S (S j))) by (pose proof (Moves (S j)); lra).
    pose proof (Ule i Ui). pose proof (Dle (S i) H). pose proof (Dle j Dj). pose proof (Ule (S j) H0).
    pose proof (HN i ltac:(lia)). pose proof (HN j ltac:(lia)).
    assert (S1 : x i + x (S i) <= u + T u).
    { destruct H1 as [Z|Z]; [|rewrite Next, Z; lra]. rewrite Next. pose proof (Turns (x i) u (proj1 (Inside i)) Z). lra. }
    assert (S2 : d + T d <= x j + x (S j)).
    { destruct H3 as [Z|Z]; [|rewrite Next, <- Z; lra]. rewrite Next. assert (A <= d) by lra. pose proof (Turns d (x j) H3 Z). lra. }
    unfold e in *. lra. }
  exists u. apply is_lim_seq_spec. intros e. destruct (Late e (cond_pos e)) as [N HN]. exists N. intros n Hn.
  specialize (HN n Hn). apply Rabs_def1; lra.
Qed.
End Settles.

(** ** The step of a contrast *)
Section Step.
Variables (c : contrast) (alpha Lref beta eps : R).
Hypothesis A0 : 0 < alpha <= 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation w := (alpha * beta).
Notation T := (step_of c alpha Lref beta eps).
Notation m := (multiplier_of c alpha beta eps).
Notation g := (gap_of c Lref w eps).
Notation A := (Lref + low_of c eps / w).
Notation M := (Lref + high_of c eps / w).

Lemma weight_positive : 0 < w. Proof. apply Rmult_lt_0_compat; lra. Qed.
Lemma step_continuous t : continuous T t.
Proof. apply (continuous_of_derivative T m). intros u. now apply step_of_derivative. Qed.
Lemma gap_of_continuous t : continuous g t.
Proof.
  apply (continuous_of_derivative g (gap_slope_of c w eps)). intros u. apply gap_of_derivative; [exact weight_positive | exact E].
Qed.
Lemma share_of_low x : x / beta = alpha * (x / w).
Proof. field. lra. Qed.
Lemma step_between x : (1 - alpha) * x + alpha * A <= T x <= (1 - alpha) * x + alpha * M.
Proof.
  unfold step_of. pose proof (contrast_bounds c eps x E) as K.
  assert (low_of c eps / beta <= contrast_of c eps x / beta <= high_of c eps / beta).
  { split; (apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | lra]). }
  rewrite (share_of_low (low_of c eps)), (share_of_low (high_of c eps)) in H. lra.
Qed.
Lemma fixed_between x : T x = x -> A <= x <= M.
Proof. intros H. pose proof (step_between x) as K. rewrite H in K. nra. Qed.
Lemma A_below_M : A <= M.
Proof.
  pose proof (contrast_bounds c eps 0 E) as K. pose proof (Rinv_0_lt_compat w weight_positive).
  assert (low_of c eps * / w <= high_of c eps * / w) by (apply Rmult_le_compat_r; lra). unfold Rdiv. lra.
Qed.
Lemma some_fixed : exists x, T x = x.
Proof.
  destruct (zero_between g A M) as [x [_ Z]].
  - intros t. apply gap_of_continuous.
  - exact A_below_M.
  - pose proof (contrast_bounds c eps A E). pose proof (contrast_bounds c eps M E).
    pose proof (Rinv_0_lt_compat w weight_positive).
    assert (g A <= 0).
    { unfold gap_of. assert (low_of c eps / w <= contrast_of c eps A / w) by (apply Rmult_le_compat_r; lra). lra. }
    assert (0 <= g M).
    { unfold gap_of. assert (contrast_of c eps M / w <= high_of c eps / w) by (apply Rmult_le_compat_r; lra). lra. }
    nra.
  - exists x. apply fixed_by_gap; [apply A0 | exact B | exact Z].
Qed.

(** Where the slope is below w at every fixed point there is one: between two of them there would be another where it is not. *)
Lemma sign_beside x : g x = 0 -> slope_of c eps x < w ->
  exists d, 0 < d /\ (forall h, 0 < h < d -> 0 < g (x + h)) /\ (forall h, - d < h < 0 -> g (x + h) < 0).
Proof.
  intros Z S. assert (P : 0 < gap_slope_of c w eps x).
  { unfold gap_slope_of. assert (slope_of c eps x / w < 1); [|lra]. pose proof weight_positive. apply Rlt_div_l; lra. }
  pose proof (proj1 (is_derive_Reals g x _) (gap_of_derivative c Lref w eps x weight_positive E)) as D.
  destruct (D _ P) as [d H]. exists d. split; [apply cond_pos|].
  assert (Q : forall h, h <> 0 -> Rabs h < d -> 0 < g (x + h) / h).
  { intros h N K. specialize (H h N K). rewrite Z, Rminus_0_r in H. apply Rabs_def2 in H. lra. }
  split; intros h K.
  - specialize (Q h ltac:(lra)). rewrite Rabs_pos_eq in Q by lra. specialize (Q ltac:(lra)).
    replace (g (x + h)) with (g (x + h) / h * h) by (field; lra). apply Rmult_lt_0_compat; lra.
  - specialize (Q h ltac:(lra)). rewrite Rabs_left in Q by lra. specialize (Q ltac:(lra)).
    replace (g (x + h)) with (g (x + h) / h * h) by (field; lra). nra.
Qed.
Theorem one_fixed_of : (forall x, T x = x -> slope_of c eps x < w) -> exists l, forall x, T x = x <-> x = l.
Proof.
  intros H. destruct some_fixed as [l Fl]. exists l.
  assert (Two : forall a b, a < b -> T a = a -> T b = b -> False).
  { intros a b AB Fa Fb. pose proof (H a Fa) as Sa. apply fixed_by_gap in Fa, Fb; [|apply A0|exact B|apply A0|exact B].
    destruct (sign_beside a Fa Sa) as [d [D [Right _]]]. set (h := Rmin d (b - a) / 2).
    assert (Hh : 0 < h < d /\ h < b - a).
    { pose proof (Rmin_l d (b - a)). pose proof (Rmin_r d (b - a)).
      assert (0 < Rmin d (b - a)) by (apply Rmin_glb_lt; lra). unfold h. lra. }
    destruct (first_hit g (a + h) b 0 gap_of_continuous) as [u [U [Fu P]]]; [lra | apply Right; lra | lra |].
    assert (Su : slope_of c eps u < w) by (apply H, fixed_by_gap; [apply A0 | exact B | exact Fu]).
    destruct (sign_beside u Fu Su) as [k [K [_ Left]]]. set (q := Rmin k (u - (a + h)) / 2).
    assert (Hq : 0 < q < k /\ q < u - (a + h)).
    { pose proof (Rmin_l k (u - (a + h))). pose proof (Rmin_r k (u - (a + h))).
      assert (0 < Rmin k (u - (a + h))) by (apply Rmin_glb_lt; lra). unfold q. lra. }
    pose proof (Left (- q) ltac:(lra)). pose proof (P (u + - q) ltac:(lra)). lra. }
  intros x. split; [|intros ->; exact Fl]. intros Fx.
  destruct (Rtotal_order x l) as [Q|[Q|Q]]; [|exact Q|]; exfalso; [now apply (Two x l) | now apply (Two l x)].
Qed.

(** Where T' > -1 from the least fixed point on. *)
Hypothesis Turn : forall t, A <= t -> -1 < m t.
Lemma turns_of a b : A <= a -> a < b -> a + T a < b + T b.
Proof.
  intros Aa AB. apply (increases (fun t => t + T t) (fun t => 1 + m t) a b); [| |exact AB].
  - intros t. apply (is_derive_plus (fun t : R => t) T); [apply (is_derive_id (K := R_AbsRing)) | now apply step_of_derivative].
  - intros t Ht. pose proof (Turn t ltac:(lra)). lra.
Qed.
Lemma stays_from n x : A <= x -> A <= iterate T n x.
Proof. intros H. induction n as [|n IH]; simpl; [exact H|]. pose proof (step_between (iterate T n x)). nra. Qed.

Theorem no_cycles_of n x : (0 < n)%nat -> iterate T n x = x -> T x = x.
Proof.
  intros N H. assert (Ax : A <= x).
  { destruct (Rle_lt_dec A x) as [Q|Q]; [exact Q|]. exfalso.
    assert (K : forall k, (1 - alpha) ^ k * (x - A) <= iterate T k x - A).
    { clear H. induction k as [|k IH]; [simpl; lra|]. cbn [iterate]. pose proof (step_between (iterate T k x)) as [S _].
      set (a := A) in *. clearbody a. set (y := iterate T k x) in *.
      pose proof (Rmult_le_compat_l (1 - alpha) _ _ ltac:(lra) IH). cbn [pow].
      rewrite Rmult_assoc. lra. }
    specialize (K n). rewrite H in K. destruct n as [|n]; [lia|]. simpl pow in K.
    assert (0 <= (1 - alpha) ^ n <= 1).
    { split; [apply pow_le; lra|]. pose proof (pow_incr (1 - alpha) 1 n ltac:(lra)) as P. now rewrite pow1 in P. }
    set (a := A) in *. clearbody a. set (r := (1 - alpha) ^ n) in *. clearbody r.
    assert ((1 - alpha) * r < 1) by nra. nra. }
  apply (returns_to_itself (fun k => iterate T k x)) with (k := n); [| |exact N | exact H].
  - intros i j K. cbn [iterate]. apply turns_of; [now apply stays_from | exact K].
  - intros i j K. cbn [iterate]. now rewrite K.
Qed.

Theorem converges_of : exists l, T l = l /\ is_lim_seq (fun n => iterate T n Lref) l.
Proof.
  set (x := fun n => iterate T n Lref). assert (Low : 0 < low_of c eps / w).
  { apply Rdiv_lt_0_compat; [now apply low_positive | exact weight_positive]. }
  assert (Top : forall n, x n <= M).
  { pose proof A_below_M. induction n as [|n IH]; [unfold x; simpl; lra|].
    unfold x in *. cbn [iterate]. pose proof (step_between (iterate T n Lref)). nra. }
  assert (L : exists l : R, is_lim_seq x l).
  { destruct (classic (exists N, A <= x N)) as [[N HN]|Below].
    - destruct (settles T A M (fun n => x (n + N)%nat)) as [l Hl].
      + exact turns_of.
      + reflexivity.
      + intros n. split; [|apply Top]. unfold x. rewrite iterate_plus. now apply stays_from.
      + exists l. now apply (is_lim_seq_incr_n x N).
    - assert (Lt : forall n, x n < A) by (intros n; apply Rnot_le_lt; intros K; apply Below; now exists n).
      destruct (ex_finite_lim_seq_incr x A) as [l Hl].
      + intros n. pose proof (Lt n) as K. unfold x in *. cbn [iterate]. pose proof (step_between (iterate T n Lref)). nra.
      + intros n. left. apply Lt.
      + now exists l. }
  destruct L as [l Hl]. exists l. split; [|exact Hl]. exact (limit_is_fixed T Lref l step_continuous Hl).
Qed.
End Step.

(** * A checker of passages: how many whole steps a prompt needs to reach a probability, for every parameter of a box

    At every L from L_ref on the map lies between those of two corners of the box; where these keep order, so do the
    sequences. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals Bool List Arith Classical.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Cells PaperFixedPoints.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker RegionsChecker.
Import ListNotations.
Open Scope R_scope.

Inductive passage_evidence := Corners (bits : positive) (cuts : list Q) | Barrier (bits : positive) (barrier : Q) (cuts : list Q).

(** ** Sequences between two others *)
Section Between.
Variables (T Slow Fast : R -> R) (l0 s0 f0 t : R).
Hypothesis Least : forall x, l0 <= x -> l0 <= T x.
Hypothesis SlowLeast : forall x, s0 <= x -> s0 <= Slow x.
Hypothesis Above : forall x, l0 <= x -> Slow x <= T x.
Hypothesis Below : forall x, l0 <= x -> T x <= Fast x.
Hypothesis Starts : s0 <= l0 <= f0.
Definition keeps_order_to (f : R -> R) (u : R) : Prop := forall x y, s0 <= x -> x <= y -> y <= u -> f x <= f y.

Lemma never_below n : l0 <= iterate T n l0.
Proof. induction n as [|n IH]; simpl; [lra | now apply Least]. Qed.
Lemma slow_below n : keeps_order_to Slow t -> (forall i, (i < n)%nat -> iterate T i l0 < t) -> s0 <= iterate Slow n s0 <= iterate T n l0.
Proof.
  intros K. induction n as [|n IH]; intros H; simpl; [lra|]. destruct (IH (fun i I => H i (Nat.lt_lt_succ_r _ _ I))) as [A B].
  split; [now apply SlowLeast|]. pose proof (H n (Nat.lt_succ_diag_r n)). pose proof (Above (iterate T n l0) (never_below n)).
  pose proof (K (iterate Slow n s0) (iterate T n l0) A B ltac:(lra)). lra.
Qed.
Lemma fast_above n : keeps_order_to Fast t -> (forall i, (i < n)%nat -> iterate Fast i f0 < t) -> iterate T n l0 <= iterate Fast n f0.
Proof.
  intros K. induction n as [|n IH]; intros H; simpl; [lra|]. pose proof (IH (fun i I => H i (Nat.lt_lt_succ_r _ _ I))) as B.
  pose proof (H n (Nat.lt_succ_diag_r n)). pose proof (never_below n) as N. pose proof (Below (iterate T n l0) N).
  pose proof (K (iterate T n l0) (iterate Fast n f0) ltac:(lra) B ltac:(lra)). lra.
Qed.
Lemma held_below x n : keeps_order_to Fast x -> f0 <= x -> Fast x <= x -> iterate T n l0 <= x.
Proof.
  intros K F H. induction n as [|n IH]; simpl; [lra|]. pose proof (never_below n) as N. pose proof (Below (iterate T n l0) N).
  pose proof (K (iterate T n l0) x ltac:(lra) IH ltac:(lra)). lra.
Qed.
End Between.

Lemma first_of (P : nat -> Prop) N : (forall n, P n \/ ~ P n) -> P N -> exists n, (n <= N)%nat /\ P n /\ forall i, (i < n)%nat -> ~ P i.
Proof.
  intros Dec. induction N as [N IH] using lt_wf_ind. intros H.
  destruct (classic (exists i, (i < N)%nat /\ P i)) as [[i [I Pi]]|No].
  - destruct (IH i I Pi) as [n [A B]]. exists n. split; [lia | exact B].
  - exists N. split; [lia|]. split; [exact H|]. intros i I Pi. apply No. now exists i.
Qed.

(** One corner of the box. *)
Record corner := Corner { c_alpha : Q; c_beta : Q; c_eps : Q; c_pref : Q }.
Definition slow_corner (b : box) : corner := Corner (snd (b_alpha b)) (snd (b_beta b)) (snd (b_eps b)) (fst (b_pref b)).
Definition fast_corner (b : box) : corner := Corner (fst (b_alpha b)) (fst (b_beta b)) (fst (b_eps b)) (snd (b_pref b)).
Definition step_corner (c : contrast) (k : corner) : R -> R :=
  step_of c (Q2R (c_alpha k)) (logit (Q2R (c_pref k))) (Q2R (c_beta k)) (Q2R (c_eps k)).

Module PassageChecker (F : FloatOps with Definition sensible_format := true).
Module R := RegionsChecker F.
Import R.S.C.E R.S.C R.S.

Section Corner.
Variables (prec : F.precision) (c : contrast) (k : corner).
Notation q := (e_Q prec).
Definition start_of : I.type := logit_of prec (c_pref k, c_pref k).
Definition e_step (l : I.type) : I.type :=
  I.add prec (I.add prec (I.mul prec (q (1 - c_alpha k)%Q) l) (I.mul prec (q (c_alpha k)) start_of))
    (I.div prec (e_contrast prec c (q (c_eps k)) l) (q (c_beta k))).
(** T' >= 0 from the first cut to the last, and above 0 anyway. *)
Definition in_order (cuts : list Q) (reach : Q -> bool) (first : I.type) : bool :=
  match cuts with
  | a :: ((_ :: _) as others) =>
    le prec (q a) first &&& (Qle_bool 0 (last others a) ||| reach (last others a)) &&&
    slow_over prec c (q (c_eps k)) (q (- ((1 - c_alpha k) * c_beta k))%Q) (e_Z prec 1) tests a others
  | [a] => le prec (q a) first &&& Qle_bool 0 a
  | [] => false
  end.
Fixpoint not_before (reach : Q) (n : nat) (l : I.type) : bool :=
  match n with O => true | S m => lt prec (e_sigma prec l) (q reach) &&& not_before reach m (e_step l) end.
Fixpoint reached (reach : Q) (n : nat) (l : I.type) : bool :=
  le prec (q reach) (e_sigma prec l) ||| match n with O => false | S m => reached reach m (e_step l) end.

Hypothesis A : 0 <= Q2R (c_alpha k) <= 1.
Hypothesis B : 0 < Q2R (c_beta k).
Hypothesis E : 0 < Q2R (c_eps k).
Lemma enc_start : encloses start_of (logit (Q2R (c_pref k))).
Proof. apply enc_logit. split; apply Rle_refl. Qed.
Lemma enc_step l x : encloses l x -> encloses (e_step l) ((step_corner c k) x).
Proof.
  intros H. unfold step_corner, step_of. replace (1 - Q2R (c_alpha k)) with (Q2R (1 - c_alpha k)) by (rewrite Q2R_minus, Q2R_1; reflexivity).
  apply enc_add; [apply enc_add; apply enc_mul; [apply enc_Q | exact H | apply enc_Q | exact enc_start]|].
  apply enc_div; [|apply enc_Q]. apply enc_contrast; [exact E | apply enc_Q | exact H].
Qed.
Lemma not_before_correct reach n : forall l x, encloses l x -> not_before reach n l = true ->
  forall i, (i < n)%nat -> sigma (iterate (step_corner c k) i x) < Q2R reach.
Proof.
  induction n as [|n IH]; intros l x H K i I; [lia|]. cbn [not_before] in K. apply both in K as [K1 K2]. destruct i as [|i].
  - simpl. exact (lt_correct prec _ _ _ _ (enc_sigma prec _ _ H) (enc_Q prec reach) K1).
  - cbn [iterate]. rewrite <- iterate_commutes. apply (IH _ _ (enc_step l x H) K2). lia.
Qed.
Lemma reached_correct reach n : forall l x, encloses l x -> reached reach n l = true ->
  exists i, (i <= n)%nat /\ Q2R reach <= sigma (iterate (step_corner c k) i x).
Proof.
  induction n as [|n IH]; intros l x H K; cbn [reached] in K; apply either in K as [K|K]; try discriminate;
    try (exists 0%nat; split; [lia | exact (le_correct prec _ _ _ _ (enc_Q prec reach) (enc_sigma prec _ _ H) K)]).
  destruct (IH _ _ (enc_step l x H) K) as [i [I Hi]]. exists (S i). split; [lia|]. cbn [iterate]. now rewrite <- iterate_commutes.
Qed.
Lemma in_order_correct cuts reach first m u : in_order cuts reach first = true -> encloses first m ->
  (forall z, reach z = true -> u <= Q2R z) -> forall x y, m <= x -> x <= y -> y <= u -> (step_corner c k) x <= (step_corner c k) y.
Proof.
  intros H M Reach x y X XY Y.
  assert (Slope : forall t, m <= t <= u -> - ((1 - Q2R (c_alpha k)) * Q2R (c_beta k)) <= slope_of c (Q2R (c_eps k)) t).
  { intros t T. destruct (Rle_lt_dec 0 t) as [P|P].
    - pose proof (slope_above_0 c _ t E P). assert (0 <= (1 - Q2R (c_alpha k)) * Q2R (c_beta k)) by (apply Rmult_le_pos; lra). lra.
    - destruct cuts as [|a [|a' others]]; [discriminate | |]; cbn [in_order] in H.
      + apply both in H as [H1 H2]. apply Qle_bool_Rle in H2. rewrite Q2R_0 in H2.
        pose proof (le_correct prec _ _ _ _ (enc_Q prec a) M H1). lra.
      + apply both in H as [H Sl]. apply both in H as [H1 H2]. pose proof (le_correct prec _ _ _ _ (enc_Q prec a) M H1).
        assert (TL : t <= Q2R (last (a' :: others) a)).
        { apply either in H2 as [H2|H2]; [apply Qle_bool_Rle in H2; rewrite Q2R_0 in H2; lra | apply Reach in H2; lra]. }
        pose proof (slow_over_correct prec c _ _ _ _ _ _ E (enc_Q prec _) (enc_Q prec _) (enc_Z prec 1) Rlt_0_1 (a' :: others) tests a Sl t ltac:(lra) ltac:(congruence)) as R.
        rewrite Q2R_opp, Q2R_mult, Q2R_minus, Q2R_1 in R. lra. }
  apply (does_not_fall (step_corner c k) (multiplier_of c (Q2R (c_alpha k)) (Q2R (c_beta k)) (Q2R (c_eps k)))); [| | exact XY].
  - intros t. now apply step_of_derivative.
  - intros t T. unfold multiplier_of. pose proof (Slope t ltac:(lra)) as S.
    assert (- (1 - Q2R (c_alpha k)) <= slope_of c (Q2R (c_eps k)) t / Q2R (c_beta k)); [|lra].
    apply (Rle_div_r (- (1 - Q2R (c_alpha k))) _ _ B). lra.
Qed.
End Corner.

Definition check_passage (b : box) (k : claim) (e : passage_evidence) : bool :=
  let c := b_contrast b in let sl := slow_corner b in let fa := fast_corner b in
  Qlt_bool 0 (fst (b_beta b)) &&&
  match k, e with
  | Reached reach least most, Corners bits cuts =>
    let prec := F.PtoP bits in
    let far z := le prec (e_Q prec reach) (e_sigma prec (e_Q prec z)) in
    Qlt_bool 0 reach &&& Qlt_bool reach 1 &&& Nat.leb least most &&&
    not_before prec c fa reach least (start_of prec fa) &&&
    (Nat.eqb most 0 ||| (in_order prec c sl cuts far (start_of prec sl) &&& in_order prec c fa cuts far (start_of prec sl))) &&&
    (Qle_bool reach (fst (b_pref b)) ||| reached prec c sl reach most (start_of prec sl))
  | NeverReached reach, Barrier bits x cuts =>
    let prec := F.PtoP bits in
    in_order prec c fa cuts (fun z => Qle_bool x z) (start_of prec sl) &&&
    le prec (start_of prec fa) (e_Q prec x) &&& lt prec (e_sigma prec (e_Q prec x)) (e_Q prec reach) &&&
    le prec (e_step prec c fa (e_Q prec x)) (e_Q prec x)
  | _, _ => false
  end.

Theorem check_passage_correct b k e : domain b = true -> check_passage b k e = true ->
  forall alpha beta eps pref, in_box b alpha beta eps pref ->
  (least_beta k beta /\ of_some k = false) /\ claimed (b_contrast b) k alpha (logit pref) beta eps.
Proof.
  intros D H alpha beta eps pref In. unfold check_passage in H. cbv zeta in H. apply both in H as [B0 H].
  apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  pose proof (proj2 (domain_correct b D) _ _ _ _ In) as [A [E P]]. set (c := b_contrast b) in *.
  set (sl := slow_corner b) in *. set (fa := fast_corner b) in *.
  assert (Is : in_box b (Q2R (c_alpha sl)) (Q2R (c_beta sl)) (Q2R (c_eps sl)) (Q2R (c_pref sl))).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold in_box, within, sl, slow_corner. cbn. repeat split; lra. }
  assert (If : in_box b (Q2R (c_alpha fa)) (Q2R (c_beta fa)) (Q2R (c_eps fa)) (Q2R (c_pref fa))).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold in_box, within, fa, fast_corner. cbn. repeat split; lra. }
  pose proof (proj2 (domain_correct b D) _ _ _ _ Is) as [As [Es Ps]]. pose proof (proj2 (domain_correct b D) _ _ _ _ If) as [Af [Ef Pf]].
  assert (Bs : 0 < Q2R (c_beta sl)) by (destruct Is as [_ [[K _] _]]; lra).
  assert (Bf : 0 < Q2R (c_beta fa)) by (destruct If as [_ [[K _] _]]; lra).
  assert (B : 0 < beta) by (destruct In as [_ [[K _] _]]; lra).
  set (T := step_of c alpha (logit pref) beta eps). set (l0 := logit pref) in *.
  set (s0 := logit (Q2R (c_pref sl))). set (f0 := logit (Q2R (c_pref fa))).
  assert (Ord : Q2R (c_alpha fa) <= alpha <= Q2R (c_alpha sl) /\ Q2R (c_beta fa) <= beta <= Q2R (c_beta sl) /\
    Q2R (c_eps fa) <= eps <= Q2R (c_eps sl) /\ Q2R (c_pref sl) <= pref <= Q2R (c_pref fa)).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold sl, fa, slow_corner, fast_corner. cbn. lra. }
  destruct Ord as [Oa [Ob [Oe Op]]].
  assert (Starts : s0 <= l0 <= f0) by (split; apply logit_does_not_fall; lra).
  assert (Gain : forall e be x, 0 < e -> 0 < be -> 0 < contrast_of c e x / be).
  { intros e0 be x He Hb. apply Rdiv_lt_0_compat; [now apply contrast_positive | exact Hb]. }
  assert (Least : forall x, l0 <= x -> l0 <= T x).
  { intros x X. unfold T, step_of. pose proof (Gain eps beta x E B). assert (0 <= (1 - alpha) * (x - l0)) by (apply Rmult_le_pos; lra). lra. }
  assert (SlowLeast : forall x, s0 <= x -> s0 <= step_corner c sl x).
  { intros x X. unfold step_corner, step_of. fold s0. pose proof (Gain _ _ x Es Bs).
    assert (0 <= (1 - Q2R (c_alpha sl)) * (x - s0)) by (apply Rmult_le_pos; lra). lra. }
  assert (Rise : forall e1 e2 b1 b2 x, 0 < e1 -> e1 <= e2 -> 0 < b1 -> b1 <= b2 -> contrast_of c e2 x / b2 <= contrast_of c e1 x / b1).
  { intros e1 e2 b1 b2 x E1 E2 B1 B2. pose proof (contrast_falls_in_eps c e1 e2 x E1 E2). pose proof (contrast_positive c e2 x ltac:(lra)).
    assert (/ b2 <= / b1) by (apply Rinv_le_contravar; lra). pose proof (Rinv_0_lt_compat b2 ltac:(lra)).
    unfold Rdiv. apply Rmult_le_compat; lra. }
  assert (Above : forall x, l0 <= x -> step_corner c sl x <= T x).
  { intros x X. unfold T, step_corner, step_of. fold s0. pose proof (Rise eps _ beta _ x E (proj2 Oe) B (proj2 Ob)).
    assert (alpha * (x - l0) <= Q2R (c_alpha sl) * (x - s0)) by (apply Rmult_le_compat; lra). lra. }
  assert (Below : forall x, l0 <= x -> T x <= step_corner c fa x).
  { intros x X. unfold T, step_corner, step_of. fold f0. pose proof (Rise _ eps _ beta x Ef (proj1 Oe) Bf (proj1 Ob)).
    assert (Q2R (c_alpha fa) * (x - f0) <= alpha * (x - l0)).
    { destruct (Rle_lt_dec 0 (x - f0)); [apply Rmult_le_compat; lra|].
      assert (0 <= alpha * (x - l0)) by (apply Rmult_le_pos; lra).
      assert (0 <= Q2R (c_alpha fa) * (f0 - x)) by (apply Rmult_le_pos; lra). lra. }
    lra. }
  destruct k; destruct e as [bits cuts|bits x cuts]; try discriminate; (split; [split; [exact B | reflexivity]|]); cbn [claimed]; set (prec := F.PtoP bits) in *;
    pose proof (enc_start prec sl) as Ss; fold s0 in Ss; pose proof (enc_start prec fa) as Sf; fold f0 in Sf.
  - apply both in H as [H Hit]. apply both in H as [H Keep]. apply both in H as [H Not]. apply both in H as [H Le]. apply both in H as [R0 R1].
    apply Qlt_bool_Rlt in R0, R1. rewrite Q2R_0 in R0. rewrite Q2R_1 in R1. apply Nat.leb_le in Le.
    set (t := logit (Q2R reach)). assert (St : sigma t = Q2R reach) by (apply sigma_logit; lra).
    assert (To : forall y, sigma y < Q2R reach <-> y < t).
    { intros y. rewrite <- St. split; intros Y; [|now apply sigma_increasing].
      destruct (Rlt_le_dec y t) as [Q|Q]; [exact Q|]. pose proof (sigma_does_not_fall _ _ Q). lra. }
    assert (Far : forall z, le prec (e_Q prec reach) (e_sigma prec (e_Q prec z)) = true -> t <= Q2R z).
    { intros z Z. pose proof (le_correct prec _ _ _ _ (enc_Q prec reach) (enc_sigma prec _ _ (enc_Q prec z)) Z) as Q.
      destruct (Rle_lt_dec t (Q2R z)) as [K|K]; [exact K|]. apply To in K. lra. }
    assert (Orders : most = 0%nat \/ (keeps_order_to s0 (step_corner c sl) t /\ keeps_order_to s0 (step_corner c fa) t)).
    { apply either in Keep as [Keep|Keep]; [left; now apply Nat.eqb_eq|right]. apply both in Keep as [K1 K2].
      split; intros x y X XY Y; [apply (in_order_correct prec c sl As Bs Es cuts _ _ s0 t K1 Ss Far) | apply (in_order_correct prec c fa Af Bf Ef cuts _ _ s0 t K2 Ss Far)]; assumption. }
    assert (NotYet : forall i, (i < least)%nat -> iterate T i l0 < t).
    { intros i I. destruct Orders as [Z|[_ Kf]]; [lia|].
      pose proof (not_before_correct prec c fa Ef reach least _ _ Sf Not) as Nb.
      pose proof (fast_above T (step_corner c fa) l0 s0 f0 t Least Below Starts i Kf) as Up.
      assert (F1 : forall j, (j < least)%nat -> iterate (step_corner c fa) j f0 < t) by (intros j J; apply To; now apply Nb).
      specialize (Up (fun j J => F1 j ltac:(lia))). pose proof (F1 i I). lra. }
    assert (Hits : exists N, (N <= most)%nat /\ t <= iterate T N l0).
    { apply either in Hit as [Hit|Hit].
      - exists 0%nat. split; [lia|]. simpl. apply Qle_bool_Rle in Hit. apply logit_does_not_fall; [exact R0 | | lra].
        destruct In as [_ [_ [_ [I7 _]]]]. lra.
      - destruct (reached_correct prec c sl Es reach most _ _ Ss Hit) as [N [NM HN]].
        assert (SN : t <= iterate (step_corner c sl) N s0) by (destruct (Rle_lt_dec t (iterate (step_corner c sl) N s0)) as [Q|Q]; [exact Q | apply To in Q; lra]).
        destruct (classic (exists i, (i < N)%nat /\ t <= iterate T i l0)) as [[i [I Hi]]|No]; [exists i; split; [lia | exact Hi]|].
        exists N. split; [exact NM|]. destruct N as [|N]; [simpl in *; lra|].
        destruct Orders as [Z|[Ks _]]; [lia|].
        pose proof (slow_below T (step_corner c sl) l0 s0 f0 t Least SlowLeast Above Starts (S N) Ks) as Dn.
        destruct Dn as [_ Dn]; [|lra]. intros i I. apply Rnot_le_lt. intros K. apply No. now exists i. }
    destruct Hits as [N [NM HN]].
    destruct (first_of (fun n => t <= iterate T n l0) N) as [n [n1 [n2 n3]]]; [intros n; apply classic | exact HN |].
    exists n. split; [split; [|lia]|split].
    + destruct (le_lt_dec least n) as [Q|Q]; [exact Q|]. pose proof (NotYet n Q). lra.
    + rewrite <- St. now apply sigma_does_not_fall.
    + intros i I. apply To. apply Rnot_le_lt. now apply n3.
  - apply both in H as [H Turned]. apply both in H as [H Low]. apply both in H as [Keep Start].
    pose proof (le_correct prec _ _ _ _ Sf (enc_Q prec x) Start) as F0.
    pose proof (lt_correct prec _ _ _ _ (enc_sigma prec _ _ (enc_Q prec x)) (enc_Q prec reach) Low) as Lw.
    pose proof (le_correct prec _ _ _ _ (enc_step prec c fa Ef _ _ (enc_Q prec x)) (enc_Q prec x) Turned) as Tn.
    assert (Kf : keeps_order_to s0 (step_corner c fa) (Q2R x)).
    { intros y z Y YZ Z. apply (in_order_correct prec c fa Af Bf Ef cuts _ _ s0 (Q2R x) Keep Ss); try assumption. intros u U. now apply Qle_bool_Rle. }
    intros n. pose proof (held_below T (step_corner c fa) l0 s0 f0 Least Below Starts (Q2R x) n Kf F0 Tn) as Hn.
    pose proof (sigma_does_not_fall _ _ Hn) as Sn. exact (Rle_lt_trans _ _ _ Sn Lw).
Qed.
End PassageChecker.

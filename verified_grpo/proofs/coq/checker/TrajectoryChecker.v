(** * A checker of trajectories: between which bounds the sequence is after so many steps, for every parameter of a box

    The map lies between those of two corners of the box, as for passages; where these keep order, so do the sequences. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals Bool List Arith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker PassageChecker
  SequenceStatements SequencesProved SequencesChecker.
Import ListNotations.
Open Scope R_scope.

Record trajectory_evidence := Between { t_bits : positive; t_cuts : list Q }.

Lemma bounded_up_to (u : nat -> R) N : exists t, forall i, (i < N)%nat -> u i < t.
Proof.
  induction N as [|N [t H]]; [exists 0; lia|]. exists (Rmax t (u N + 1)). intros i I.
  pose proof (Rmax_l t (u N + 1)). pose proof (Rmax_r t (u N + 1)).
  destruct (Nat.eq_dec i N) as [->|]; [lra | specialize (H i ltac:(lia)); lra].
Qed.

Module TrajectoryChecker (F : FloatOps with Definition sensible_format := true).
Module Q := SequencesChecker F.
Import Q.P.R.S.C.E Q.P.R.S.C Q.P.R.S Q.P Q.

(** ** The sequence of one corner *)
Section Corner.
Variables (prec : F.precision) (c : contrast) (k : corner).
Notation q := (e_Q prec).
Definition widest_at : I.type :=
  let s := e_steepest prec c (q (c_eps k)) in
  I.add prec (I.sub prec (e_Z prec 1) (q (c_alpha k))) (I.div prec (I.join (I.neg s) s) (q (c_beta k))).
Definition onward (n : nat) (l : I.type) : I.type :=
  walk prec c (q (c_alpha k)) (q (c_beta k)) (q (c_eps k)) (start_of prec k) widest_at n l.
(** The test of each value, from a step on. *)
Fixpoint passes (test : bracket -> I.type -> bool) (now : nat) (l : I.type) (values : list (nat * bracket)) : bool :=
  match values with
  | [] => true
  | (n, b) :: rest => Nat.leb now n &&& let here := onward (n - now) l in test b here &&& passes test n here rest
  end.
Fixpoint stays_below (x : Q) (n : nat) (l : I.type) : bool :=
  match n with O => true | S m => lt prec l (q x) &&& stays_below x m (onward 1 l) end.

Hypothesis A : 0 <= Q2R (c_alpha k) <= 1.
Hypothesis B : 0 < Q2R (c_beta k).
Hypothesis E : 0 < Q2R (c_eps k).
Lemma enc_widest_at x : encloses widest_at (multiplier_of c (Q2R (c_alpha k)) (Q2R (c_beta k)) (Q2R (c_eps k)) x).
Proof.
  pose proof (enc_steepest prec c _ _ E (enc_Q prec (c_eps k))) as H.
  apply enc_add; [apply enc_sub; [apply enc_Z | apply enc_Q]|]. apply enc_div; [|apply enc_Q].
  apply (enc_between _ (- steepest_of c (Q2R (c_eps k))) (steepest_of c (Q2R (c_eps k)))).
  - now apply enc_join_l, enc_neg.
  - now apply enc_join_r.
  - now apply slope_steepest.
Qed.
Lemma enc_onward n l x : encloses l x -> encloses (onward n l) (iterate (step_corner c k) n x).
Proof.
  apply (enc_walk prec c _ _ _ _ _ (Q2R (c_alpha k)) (Q2R (c_beta k)) (Q2R (c_eps k)) (logit (Q2R (c_pref k)))); try assumption;
    try apply enc_Q; [apply enc_start | apply enc_widest_at].
Qed.
Lemma passes_correct test x values : forall now l, encloses l (iterate (step_corner c k) now x) -> passes test now l values = true ->
  forall n b, In (n, b) values -> exists j, encloses j (iterate (step_corner c k) n x) /\ test b j = true.
Proof.
  induction values as [|[n b] rest IH]; intros now l H K m d I; [destruct I|]. cbn [passes] in K. cbv zeta in K.
  apply both in K as [Le K]. apply both in K as [K1 K2]. apply Nat.leb_le in Le.
  pose proof (enc_onward (n - now) l _ H) as W. rewrite <- iterate_plus in W. replace (n - now + now)%nat with n in W by lia.
  destruct I as [I|I]; [injection I as <- <-; now exists (onward (n - now) l) | exact (IH n _ W K2 m d I)].
Qed.
Lemma stays_below_correct x n : forall l y, encloses l y -> stays_below x n l = true ->
  forall i, (i < n)%nat -> iterate (step_corner c k) i y < Q2R x.
Proof.
  induction n as [|n IH]; intros l y H K i I; [lia|]. cbn [stays_below] in K. apply both in K as [K1 K2]. destruct i as [|i].
  - exact (lt_correct prec _ _ _ _ H (enc_Q prec x) K1).
  - cbn [iterate]. rewrite <- iterate_commutes. apply (IH _ _ (enc_onward 1 l y H) K2). lia.
Qed.
End Corner.

Definition check_trajectory (b : box) (values : list (nat * bracket)) (e : trajectory_evidence) : bool :=
  let prec := F.PtoP (t_bits e) in
  let cuts := t_cuts e in
  let c := b_contrast b in let sl := slow_corner b in let fa := fast_corner b in
  let end_ := last cuts 0%Q in
  let most := last (map fst values) 0%nat in
  let first := start_of prec sl in
  let in_order := fun reach => in_order prec c sl cuts reach first &&& in_order prec c fa cuts reach first in
  Qlt_bool 0 (fst (b_beta b)) &&& match values with [] => false | _ => true end &&&
  forallb (fun v => brackets prec (snd v)) values &&&
  passes prec c sl (fun d j => le prec (e_Q prec (from d)) j) 0 first values &&&
  passes prec c fa (fun d j => le prec j (e_Q prec (to d))) 0 (start_of prec fa) values &&&
  forallb (fun v => Nat.leb (fst v) most) values &&&
  (in_order (fun _ => false) ||| (in_order (fun z => Qle_bool end_ z) &&& stays_below prec c fa end_ most (start_of prec fa))).

Lemma between_corners b alpha beta eps pref : domain b = true -> 0 < Q2R (fst (b_beta b)) -> in_box b alpha beta eps pref ->
  let c := b_contrast b in let sl := slow_corner b in let fa := fast_corner b in
  let T := step_of c alpha (logit pref) beta eps in let l0 := logit pref in
  let s0 := logit (Q2R (c_pref sl)) in let f0 := logit (Q2R (c_pref fa)) in
  (0 <= Q2R (c_alpha sl) <= 1 /\ 0 < Q2R (c_beta sl) /\ 0 < Q2R (c_eps sl)) /\
  (0 <= Q2R (c_alpha fa) <= 1 /\ 0 < Q2R (c_beta fa) /\ 0 < Q2R (c_eps fa)) /\
  (forall x, l0 <= x -> l0 <= T x) /\ (forall x, s0 <= x -> s0 <= step_corner c sl x) /\
  (forall x, l0 <= x -> step_corner c sl x <= T x) /\ (forall x, l0 <= x -> T x <= step_corner c fa x) /\ s0 <= l0 <= f0.
Proof.
  intros D B0 In c sl fa T l0 s0 f0.
  pose proof (proj2 (domain_correct b D) _ _ _ _ In) as [A [E P]].
  assert (Is : in_box b (Q2R (c_alpha sl)) (Q2R (c_beta sl)) (Q2R (c_eps sl)) (Q2R (c_pref sl))).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold in_box, within, sl, slow_corner. cbn. repeat split; lra. }
  assert (If : in_box b (Q2R (c_alpha fa)) (Q2R (c_beta fa)) (Q2R (c_eps fa)) (Q2R (c_pref fa))).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold in_box, within, fa, fast_corner. cbn. repeat split; lra. }
  pose proof (proj2 (domain_correct b D) _ _ _ _ Is) as [As [Es Ps]]. pose proof (proj2 (domain_correct b D) _ _ _ _ If) as [Af [Ef Pf]].
  assert (Bs : 0 < Q2R (c_beta sl)) by (destruct Is as [_ [[K _] _]]; lra).
  assert (Bf : 0 < Q2R (c_beta fa)) by (destruct If as [_ [[K _] _]]; lra).
  assert (B : 0 < beta) by (destruct In as [_ [[K _] _]]; lra).
  assert (Ord : Q2R (c_alpha fa) <= alpha <= Q2R (c_alpha sl) /\ Q2R (c_beta fa) <= beta <= Q2R (c_beta sl) /\
    Q2R (c_eps fa) <= eps <= Q2R (c_eps sl) /\ Q2R (c_pref sl) <= pref <= Q2R (c_pref fa)).
  { destruct In as [[I1 I2] [[I3 I4] [[I5 I6] [I7 I8]]]]. unfold sl, fa, slow_corner, fast_corner. cbn. lra. }
  destruct Ord as [Oa [Ob [Oe Op]]].
  assert (Starts : s0 <= l0 <= f0) by (split; apply logit_does_not_fall; lra).
  assert (Gain : forall e be x, 0 < e -> 0 < be -> 0 < contrast_of c e x / be).
  { intros e0 be x He Hb. apply Rdiv_lt_0_compat; [now apply contrast_positive | exact Hb]. }
  assert (Rise : forall e1 e2 b1 b2 x, 0 < e1 -> e1 <= e2 -> 0 < b1 -> b1 <= b2 -> contrast_of c e2 x / b2 <= contrast_of c e1 x / b1).
  { intros e1 e2 b1 b2 x E1 E2 B1 B2. pose proof (contrast_falls_in_eps c e1 e2 x E1 E2). pose proof (contrast_positive c e2 x ltac:(lra)).
    assert (/ b2 <= / b1) by (apply Rinv_le_contravar; lra). pose proof (Rinv_0_lt_compat b2 ltac:(lra)).
    unfold Rdiv. apply Rmult_le_compat; lra. }
  split; [now split|]. split; [now split|]. split; [|split; [|split; [|split]]].
  - intros x X. unfold T, step_of. fold l0. pose proof (Gain eps beta x E B). assert (0 <= (1 - alpha) * (x - l0)) by (apply Rmult_le_pos; lra). lra.
  - intros x X. unfold step_corner, step_of. fold s0. pose proof (Gain _ _ x Es Bs).
    assert (0 <= (1 - Q2R (c_alpha sl)) * (x - s0)) by (apply Rmult_le_pos; lra). lra.
  - intros x X. unfold T, step_corner, step_of. fold s0 l0. pose proof (Rise eps _ beta _ x E (proj2 Oe) B (proj2 Ob)).
    assert (alpha * (x - l0) <= Q2R (c_alpha sl) * (x - s0)) by (apply Rmult_le_compat; lra). lra.
  - intros x X. unfold T, step_corner, step_of. fold f0 l0. pose proof (Rise _ eps _ beta x Ef (proj1 Oe) Bf (proj1 Ob)).
    assert (Q2R (c_alpha fa) * (x - f0) <= alpha * (x - l0)).
    { destruct (Rle_lt_dec 0 (x - f0)); [apply Rmult_le_compat; lra|].
      assert (0 <= alpha * (x - l0)) by (apply Rmult_le_pos; lra).
      assert (0 <= Q2R (c_alpha fa) * (f0 - x)) by (apply Rmult_le_pos; lra). lra. }
    lra.
  - exact Starts.
Qed.

Theorem check_trajectory_correct b values e : domain b = true -> check_trajectory b values e = true ->
  forall alpha beta eps pref, in_box b alpha beta eps pref -> 0 < beta /\
    forall n d, In (n, d) values -> in_bracket_of d (iterate (step_of (b_contrast b) alpha (logit pref) beta eps) n (logit pref)).
Proof.
  intros D H alpha beta eps pref In_. unfold check_trajectory in H. cbv zeta in H. set (prec := F.PtoP _) in *.
  apply both in H as [H Order]. apply both in H as [H Most]. apply both in H as [H Upper]. apply both in H as [H Lower].
  apply both in H as [H Br]. apply both in H as [B0 _]. apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  split; [destruct In_ as [_ [[W _] _]]; lra|].
  destruct (between_corners b alpha beta eps pref D B0 In_) as [[As [Bs Es]] [[Af [Bf Ef]] [Least [SlowLeast [Above [Below Starts]]]]]].
  set (c := b_contrast b) in *. set (sl := slow_corner b) in *. set (fa := fast_corner b) in *.
  set (T := step_of c alpha (logit pref) beta eps) in *. set (l0 := logit pref) in *.
  set (s0 := logit (Q2R (c_pref sl))) in *. set (f0 := logit (Q2R (c_pref fa))) in *.
  set (most := last (map fst values) 0%nat) in *. set (end_ := last (t_cuts e) 0%Q) in *.
  pose proof (enc_start prec sl) as Ss. pose proof (enc_start prec fa) as Sf. fold s0 in Ss. fold f0 in Sf.
  assert (Kept : exists t, keeps_order_to s0 (step_corner c sl) t /\ keeps_order_to s0 (step_corner c fa) t /\
    (forall i, (i < most)%nat -> iterate (step_corner c fa) i f0 < t)).
  { apply either in Order as [O|O].
    - apply both in O as [O1 O2]. destruct (bounded_up_to (fun i => iterate (step_corner c fa) i f0) most) as [t Ht].
      exists t. split; [|split; [|exact Ht]]; intros x y X XY Y.
      + apply (in_order_correct prec c sl As Bs Es _ _ _ s0 t O1 Ss); try assumption. discriminate.
      + apply (in_order_correct prec c fa Af Bf Ef _ _ _ s0 t O2 Ss); try assumption. discriminate.
    - apply both in O as [O St]. apply both in O as [O1 O2]. exists (Q2R end_). split; [|split].
      + intros x y X XY Y. apply (in_order_correct prec c sl As Bs Es _ _ _ s0 (Q2R end_) O1 Ss); try assumption. intros z. apply Qle_bool_Rle.
      + intros x y X XY Y. apply (in_order_correct prec c fa Af Bf Ef _ _ _ s0 (Q2R end_) O2 Ss); try assumption. intros z. apply Qle_bool_Rle.
      + exact (stays_below_correct prec c fa Bf Ef end_ most _ f0 Sf St). }
  destruct Kept as [t [Ks [Kf Ht]]]. intros n d I.
  assert (N : (n <= most)%nat). { rewrite forallb_forall in Most. specialize (Most _ I). now apply Nat.leb_le in Most. }
  assert (Up : forall i, (i <= n)%nat -> iterate T i l0 <= iterate (step_corner c fa) i f0).
  { intros i J. apply (fast_above T (step_corner c fa) l0 s0 f0 t Least Below Starts i Kf). intros r R. apply Ht. lia. }
  assert (Down : iterate (step_corner c sl) n s0 <= iterate T n l0).
  { apply (slow_below T (step_corner c sl) l0 s0 f0 t Least SlowLeast Above Starts n Ks). intros i J.
    pose proof (Up i ltac:(lia)). pose proof (Ht i ltac:(lia)). lra. }
  destruct (passes_correct prec c sl As Bs Es _ s0 values 0 _ Ss Lower n d I) as [j [J1 J2]].
  destruct (passes_correct prec c fa Af Bf Ef _ f0 values 0 _ Sf Upper n d I) as [u [U1 U2]].
  pose proof (le_correct prec _ _ _ _ (enc_Q prec (from d)) J1 J2). pose proof (le_correct prec _ _ _ _ U1 (enc_Q prec (to d)) U2).
  pose proof (Up n ltac:(lia)). apply (brackets_correct prec); [|lra].
  rewrite forallb_forall in Br. exact (Br _ I).
Qed.
End TrajectoryChecker.

(** * Checks of the fixed point under the penalty k3, and the proof that what they accept holds *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Monotone Cells SmallSteps SmallStepsK3.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker
  K3Statements K3Contrasts K3Proved.
Import ListNotations.
Open Scope R_scope.

Lemma Q2R_2 : Q2R 2 = 2. Proof. unfold Q2R; simpl; lra. Qed.

Module K3Checker (F : FloatOps with Definition sensible_format := true).
Module S := SmallStepsChecker F.
Import S.C.E S.C S.

Definition domain_k3 (b : box_k3) : bool :=
  some (k3_beta b) &&& some (k3_eps b) &&& some (k3_pref b) &&& Qlt_bool 0 (fst (k3_beta b)) &&&
  Qlt_bool 0 (fst (k3_eps b)) &&& Qlt_bool 0 (fst (k3_pref b)) &&& Qlt_bool (snd (k3_pref b)) 1.
Lemma domain_k3_correct b : domain_k3 b = true -> (exists beta eps pref, in_box_k3 b beta eps pref) /\
  forall beta eps pref, in_box_k3 b beta eps pref -> 0 < beta /\ 0 < eps /\ 0 < pref < 1.
Proof.
  destruct b as [c rb re rp]. unfold domain_k3, some, in_box_k3, within. cbn [k3_beta k3_eps k3_pref]. intros D.
  apply both in D as [D D7]. apply both in D as [D D6]. apply both in D as [D D5]. apply both in D as [D D4].
  apply both in D as [D D3]. apply both in D as [D1 D2].
  apply Qle_bool_Rle in D1, D2, D3. apply Qlt_bool_Rlt in D4, D5, D6, D7. rewrite Q2R_0 in *. rewrite Q2R_1 in *. split.
  - exists (Q2R (fst rb)), (Q2R (fst re)), (Q2R (fst rp)). repeat split; lra.
  - intros beta eps pref H. lra.
Qed.

Section Box.
Variables (prec : F.precision) (b : box_k3).
Notation c := (k3_contrast b).
Notation q := (e_Q prec).
(** What is asked of p_ref, each exact where it is. *)
Definition falling_range (f : Q -> Q) (r : range) : range := (f (snd r), f (fst r)).
Definition i_beta_k3 : I.type := e_range prec (k3_beta b).
Definition i_eps_k3 : I.type := e_range prec (k3_eps b).
Definition i_pref_k3 : I.type := e_range prec (k3_pref b).
Definition i_other_k3 : I.type := e_range prec (falling_range (fun p => 1 - p)%Q (k3_pref b)).
Definition i_lean_k3 : I.type := e_range prec (falling_range (fun p => 1 - 2 * p)%Q (k3_pref b)).
Notation ib := i_beta_k3.
Notation ie := i_eps_k3.
(** The pull in a form in which no end of p_ref is used against the other, its slope, the drive, the multiplier. *)
Definition e_pull (l : I.type) : I.type :=
  I.add prec (I.sub prec (I.mul prec i_other_k3 (e_exp prec l)) (I.mul prec i_pref_k3 (e_exp prec (I.neg l)))) i_lean_k3.
Definition e_stiff (l : I.type) : I.type :=
  I.add prec (I.mul prec i_other_k3 (e_exp prec l)) (I.mul prec i_pref_k3 (e_exp prec (I.neg l))).
Definition e_drive (l : I.type) : I.type := I.sub prec (e_contrast prec c ie l) (I.mul prec ib (e_pull l)).
Definition e_multiplier (l : I.type) : I.type := I.div prec (e_slope_of prec c ie l) (I.mul prec ib (e_stiff l)).
(** The only zero of the drive lies between. *)
Definition crosses_k3 (x y : Q) : bool :=
  lt prec (e_Z prec 0) (e_drive (q x)) &&& lt prec (e_drive (q y)) (e_Z prec 0).

Definition over (test : I.type -> bool) (x y : Q) : bool := by_range (fun x y => test (cell prec x y)) 8 x y.
Definition point_k3 (p : point) : bool :=
  let upper := Qle_bool 0 (lo p) in
  crosses_k3 (lo p) (hi p) &&& brackets prec (Bracket (lo p) (hi p) (p_lo p) (p_hi p) (q_lo p) (q_hi p)) &&&
  ((upper &&& le prec (e_num prec (m_lo p)) (e_Z prec 0)) ||| over (fun l => le prec (e_num prec (m_lo p)) (e_multiplier l)) (lo p) (hi p)) &&&
  (le prec (e_Z prec 1) (e_num prec (m_hi p)) ||| over (fun l => le prec (e_multiplier l) (e_num prec (m_hi p))) (lo p) (hi p)) &&&
  match kind p with
  | Attracting => upper ||| over (fun l => lt prec (e_Z prec (-1)) (e_multiplier l)) (lo p) (hi p)
  | Repelling => over (fun l => lt prec (e_multiplier l) (e_Z prec (-1))) (lo p) (hi p)
  | Undecided => true
  end.
(** beta K(L_ref + margin) <= Omega(0), by the largest p_ref. *)
Definition margin_k3 (margin : Q) : bool :=
  let p := snd (k3_pref b) in
  let needed := I.add prec (I.mul prec (q p) (I.sub prec (e_exp prec (q margin)) (e_Z prec 1)))
    (I.mul prec (q (1 - p)%Q) (I.sub prec (e_Z prec 1) (e_exp prec (I.neg (q margin))))) in
  Qlt_bool 0 margin &&& le prec (I.mul prec ib needed) (e_low prec c ie).

Hypothesis D : domain_k3 b = true.
Variables beta eps pref : R.
Hypothesis In : in_box_k3 b beta eps pref.
Notation drive := (drive_of_k3 c beta eps pref).
Notation Lref := (logit pref).
Notation m := (multiplier_k3 c beta eps pref).

Lemma inside_k3 : 0 < beta /\ 0 < eps /\ 0 < pref < 1.
Proof. exact (proj2 (domain_k3_correct b D) beta eps pref In). Qed.
Let B : 0 < beta. Proof. apply inside_k3. Qed.
Let E : 0 < eps. Proof. apply inside_k3. Qed.
Let P : 0 < pref < 1. Proof. apply inside_k3. Qed.
Lemma enc_beta_k3 : encloses ib beta. Proof. apply enc_range, In. Qed.
Lemma enc_eps_k3 : encloses ie eps. Proof. apply enc_range, In. Qed.
Lemma enc_pref_k3 : encloses i_pref_k3 pref. Proof. apply enc_range, In. Qed.
Lemma enc_other_k3 : encloses i_other_k3 (1 - pref).
Proof.
  apply enc_range. destruct In as [_ [_ [P1 P2]]]. unfold within, falling_range. cbn [fst snd].
  rewrite !Q2R_minus, Q2R_1. lra.
Qed.
Lemma enc_lean_k3 : encloses i_lean_k3 (1 - 2 * pref).
Proof.
  apply enc_range. destruct In as [_ [_ [P1 P2]]]. unfold within, falling_range. cbn [fst snd].
  rewrite !Q2R_minus, !Q2R_mult, Q2R_1, Q2R_2. lra.
Qed.
Lemma enc_pull l L : encloses l L -> encloses (e_pull l) (pull_of pref L).
Proof.
  intros H. rewrite pull_is. unfold pull_k3.
  replace ((1 - pref) * (1 + exp L) - pref * (1 + exp (- L))) with ((1 - pref) * exp L - pref * exp (- L) + (1 - 2 * pref)) by ring.
  apply enc_add; [|exact enc_lean_k3].
  apply enc_sub; apply enc_mul; [exact enc_other_k3 | now apply enc_exp | exact enc_pref_k3 | now apply enc_exp, enc_neg].
Qed.
Lemma enc_stiff l L : encloses l L -> encloses (e_stiff l) (pull_k3_slope pref L).
Proof.
  intros H. apply enc_add; apply enc_mul; [exact enc_other_k3 | now apply enc_exp | exact enc_pref_k3 | now apply enc_exp, enc_neg].
Qed.
Lemma enc_drive l L : encloses l L -> encloses (e_drive l) (drive L).
Proof.
  intros H. apply enc_sub; [apply enc_contrast; [exact E | exact enc_eps_k3 | exact H]|].
  apply enc_mul; [exact enc_beta_k3 | now apply enc_pull].
Qed.
Lemma enc_multiplier l L : encloses l L -> encloses (e_multiplier l) (m L).
Proof.
  intros H. apply enc_div; [apply enc_slope_of; [exact E | exact enc_eps_k3 | exact H]|].
  apply enc_mul; [exact enc_beta_k3 | now apply enc_stiff].
Qed.

Lemma crosses_k3_correct x y : crosses_k3 x y = true -> exists l, Q2R x < l < Q2R y /\ drive l = 0.
Proof.
  intros H. unfold crosses_k3 in H. apply both in H as [H1 H2].
  pose proof (lt_correct prec _ _ _ _ (enc_Z prec 0) (enc_drive _ _ (enc_Q prec x)) H1).
  pose proof (lt_correct prec _ _ _ _ (enc_drive _ _ (enc_Q prec y)) (enc_Z prec 0) H2).
  now apply (zero_between_of c beta eps pref B E P).
Qed.
Lemma over_correct test x y (T : R -> Prop) : over test x y = true -> (forall l L, encloses l L -> test l = true -> T L) ->
  forall L, Q2R x <= L <= Q2R y -> T L.
Proof.
  intros H K. apply (fun G => by_range_correct _ T G _ _ _ H). intros x' y' H' L HL. exact (K _ L (enc_cell prec x' y' L HL) H').
Qed.
Lemma point_k3_correct p : point_k3 p = true -> exists x, only_fixed c beta eps pref x /\ means_point_k3 c beta eps pref p x.
Proof.
  intros H. unfold point_k3 in H. cbv zeta in H. apply both in H as [H Kind]. apply both in H as [H Hi]. apply both in H as [H Lo].
  apply both in H as [H Br]. destruct (crosses_k3_correct _ _ H) as [x [X Z]]. exists x.
  split; [now apply (only_fixed_of c beta eps pref B E P)|].
  pose proof (brackets_correct prec _ x Br ltac:(cbn [from to]; lra)) as [_ [Bp Bq]]. cbn [p_from p_to q_from q_to] in Bp, Bq.
  assert (X' : Q2R (lo p) <= x <= Q2R (hi p)) by lra.
  pose proof (multiplier_below_1 c beta eps pref B E P x Z) as M1.
  assert (M0 : Qle_bool 0 (lo p) = true -> 0 <= m x).
  { intros U. apply Qle_bool_Rle in U. rewrite Q2R_0 in U. apply multiplier_above_half; try assumption. lra. }
  unfold means_point_k3. cbv zeta. split; [split; [exact X|]; split; [exact Bp|]; split; [exact Bq|]; split|].
  - apply either in Lo as [Lo|Lo].
    + apply both in Lo as [U Lo]. specialize (M0 U). pose proof (le_correct prec _ _ _ _ (enc_num prec (m_lo p)) (enc_Z prec 0) Lo). lra.
    + apply (over_correct _ _ _ (fun L => R_of_num (m_lo p) <= m L) Lo); [|exact X'].
      intros l L Hl T. exact (le_correct prec _ _ _ _ (enc_num prec _) (enc_multiplier l L Hl) T).
  - apply either in Hi as [Hi|Hi].
    + pose proof (le_correct prec _ _ _ _ (enc_Z prec 1) (enc_num prec (m_hi p)) Hi). lra.
    + apply (over_correct _ _ _ (fun L => m L <= R_of_num (m_hi p)) Hi); [|exact X'].
      intros l L Hl T. exact (le_correct prec _ _ _ _ (enc_multiplier l L Hl) (enc_num prec _) T).
  - destruct (kind p); [| |exact I].
    + split; [|exact M1]. apply either in Kind as [U|K]; [specialize (M0 U); lra|].
      apply (over_correct _ _ _ (fun L => -1 < m L) K); [|exact X'].
      intros l L Hl T. exact (lt_correct prec _ _ _ _ (enc_Z prec (-1)) (enc_multiplier l L Hl) T).
    + left. apply (over_correct _ _ _ (fun L => m L < -1) Kind); [|exact X'].
      intros l L Hl T. exact (lt_correct prec _ _ _ _ (enc_multiplier l L Hl) (enc_Z prec (-1)) T).
Qed.
Lemma margin_k3_correct margin : margin_k3 margin = true -> exists x, only_fixed c beta eps pref x /\ Q2R margin <= x - Lref.
Proof.
  intros H. unfold margin_k3 in H. cbv zeta in H. apply both in H as [_ H].
  destruct (zero_exists c beta eps pref B E P) as [x Z]. exists x. split; [now apply (only_fixed_of c beta eps pref B E P)|].
  set (p := snd (k3_pref b)) in *. set (k := Q2R margin).
  assert (R : beta * (Q2R p * (exp k - 1) + Q2R (1 - p) * (1 - exp (- k))) <= low_of c eps).
  { refine (le_correct prec _ _ _ _ _ (enc_low prec c ie eps E enc_eps_k3) H).
    apply enc_mul; [exact enc_beta_k3|]. apply enc_add; apply enc_mul; try apply enc_Q.
    - apply enc_sub; [apply enc_exp, enc_Q | apply enc_Z].
    - apply enc_sub; [apply enc_Z | apply enc_exp, enc_neg, enc_Q]. }
  rewrite Q2R_minus, Q2R_1 in R. destruct In as [_ [_ [_ P2]]]. fold p in P2.
  assert (G : 0 <= exp k + exp (- k) - 2).
  { rewrite exp_Ropp. pose proof (exp_pos k) as X. replace (exp k + / exp k - 2) with ((exp k - 1) * (exp k - 1) / exp k) by (field; lra).
    apply Rdiv_le_0_compat; [apply Rle_0_sqr | exact X]. }
  assert (N : pref * (exp k - 1) + (1 - pref) * (1 - exp (- k)) <= Q2R p * (exp k - 1) + (1 - Q2R p) * (1 - exp (- k))) by nra.
  apply (Rmult_le_compat_l beta) in N; [|lra]. pose proof (contrast_bounds c eps (Lref + k) E) as Bd.
  destruct (Rle_lt_dec (Lref + k) x) as [Q|Q]; [lra|]. pose proof (crosses_once c beta eps pref B E P x (Lref + k) Q ltac:(lra)) as K.
  unfold drive_of_k3 in K. rewrite (pull_beside_reference pref P) in K. lra.
Qed.
End Box.
End K3Checker.

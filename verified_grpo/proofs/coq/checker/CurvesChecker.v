(** * A checker of certificates of curves in the plane of (beta, p_ref), and the proof that what it accepts holds

    Cells cover the log-odds that belong to the window; each is in a piece, or its part of the curve is outside the window.
    Nothing is divided: what is asked of beta and L_ref is asked of N, D and O. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions PaperFixedPoints.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts MapsProved FixedPointsChecker SmallStepsChecker RegionsChecker
  OrbitEnclosures CurveStatements CurvesProved.
Import ListNotations.
Open Scope R_scope.

(** Cells one after the other from a start: whether the curve is followed there, and where the cell ends. *)
Inductive curve_evidence := CurveCells (bits : positive) (start : Q) (cells : list (bool * Q)).

Module CurvesChecker (F : FloatOps with Definition sensible_format := true).
Module O := OrbitEnclosures F.
Import O.R.S.C.E O.R.S.C O.R.S O.R O.

Section Curve.
Variables (prec : F.precision) (c : contrast) (k : curve) (a : Q) (window : box) (ie steepest_ia middle_height : I.type).
Notation q := (e_Q prec).
Notation zero := (e_Z prec 0).
(** The slope, no steeper than the steepest. *)
Definition e_steep (l : I.type) : I.type := I.meet (e_slope_of prec c ie l) (I.join (I.neg steepest_ia) steepest_ia).
Definition e_top (l : I.type) : I.type :=
  match k with
  | Fold => e_steep l
  | Flip => I.neg (I.mul prec (q a) (e_steep l))
  | FlipOfStep eta => I.add prec (I.div prec (e_Z prec 2) (q eta)) (e_steep l)
  | Settling => middle_height
  end.
Definition e_under (l : I.type) : I.type := match k with Flip => q (2 - a)%Q | Settling => I.neg l | _ => e_Z prec 1 end.
Definition e_fall (l : I.type) : I.type := match k with Settling => zero | _ => e_contrast prec c ie l end.
(** The least and the largest L_ref of the window. *)
Variables first last : I.type.
Definition outside (x z : Q) : bool :=
  let l := cell prec x z in let n := e_top l in let d := e_under l in let o := I.mul prec (e_fall l) d in
  lt prec (I.mul prec (q (a * snd (b_beta window))%Q) d) n ||| lt prec n (I.mul prec (q (a * fst (b_beta window))%Q) d) |||
  lt prec (I.mul prec (I.sub prec l first) n) o ||| lt prec o (I.mul prec (I.sub prec l last) n).
Definition references_hold (e : piece) (x z : Q) (l n o : I.type) : bool :=
  match k with
  | Settling => Qle_bool (fst (reference e)) x &&& Qle_bool z (snd (reference e))
  | _ => le prec o (I.mul prec (I.sub prec l (q (fst (reference e)))) n) &&& le prec (I.mul prec (I.sub prec l (q (snd (reference e)))) n) o
  end.
Definition piece_on (e : piece) (low high : I.type) (x z : Q) : bool :=
  let l := cell prec x z in let n := e_top l in let d := e_under l in
  lt prec zero d &&& le prec (I.mul prec low d) n &&& le prec n (I.mul prec high d) &&&
  references_hold e x z l n (I.mul prec (e_fall l) d).
Definition piece_holds (e : piece) : bool :=
  let bound x := I.mul prec (q a) (e_exp prec (q x)) in
  by_range (piece_on e (bound (fst (log_beta e))) (bound (snd (log_beta e)))) depth (fst (along e)) (snd (along e)).
(** Where the curve cannot go on: beyond the highest fixed point, or L_ref, and beyond 0 but for folds. *)
Variables furthest : I.type.
Definition ends_at (x : Q) : bool :=
  match k with Fold => false | _ => Qle_bool 0 x end ||| lt prec (match k with Settling => last | _ => furthest end) (q x).
Fixpoint covered (x : Q) (cells : list (bool * Q)) (pieces : list piece) : bool :=
  match cells with
  | [] => ends_at x &&& match pieces with [] => true | _ => false end
  | (followed, z) :: rest =>
    Qlt_bool x z &&&
    if followed
    then match pieces with
      | e :: others => Qeq_bool x (fst (along e)) &&& Qeq_bool z (snd (along e)) &&& piece_holds e &&& covered z rest others
      | [] => false
      end
    else by_range outside depth x z &&& covered z rest pieces
  end.

Variables alpha eps : R.
Hypothesis Al : alpha = Q2R a.
Hypothesis A : 0 < alpha <= 1.
Hypothesis E : 0 < eps.
Hypothesis He : encloses ie eps.
Hypothesis Hs : encloses steepest_ia (steepest_of c eps).
Hypothesis Hm : encloses middle_height (contrast_of c eps 0).
Hypothesis Eta : match k with FlipOfStep eta => 0 < Q2R eta | _ => True end.
Notation N := (top_of c k alpha eps).
Notation D := (under_of k alpha).
Notation O := (fall_of c k eps).
Lemma enc_a : encloses (q a) alpha. Proof. rewrite Al. apply enc_Q. Qed.
Lemma enc_steep_slope l x : encloses l x -> encloses (e_steep l) (slope_of c eps x).
Proof.
  intros H. apply enc_meet; [now apply enc_slope_of|]. pose proof (slope_steepest c eps x E).
  apply (enc_between _ (- steepest_of c eps) (steepest_of c eps)); [apply I.join_correct; left; now apply enc_neg | apply I.join_correct; now right|].
  unfold Rmin, Rmax. destruct (Rle_dec _ _); lra.
Qed.
Lemma enc_top l x : encloses l x -> encloses (e_top l) (N x).
Proof.
  intros H. pose proof (enc_steep_slope l x H) as S. unfold e_top, top_of. destruct k as [| |eta|]; [exact S | | | exact Hm].
  - apply enc_neg, enc_mul; [exact enc_a | exact S].
  - apply enc_add; [|exact S]. apply enc_div; [apply enc_Z | apply enc_Q].
Qed.
Lemma enc_under l x : encloses l x -> encloses (e_under l) (D x).
Proof.
  intros H. unfold e_under, under_of. destruct k; [apply enc_Z | | apply enc_Z | now apply enc_neg].
  rewrite Al. replace (2 - Q2R a) with (Q2R (2 - a)) by (rewrite Q2R_minus; f_equal; unfold Q2R; simpl; lra). apply enc_Q.
Qed.
Lemma enc_fall l x : encloses l x -> encloses (e_fall l) (O x).
Proof. intros H. unfold e_fall, fall_of. destruct k; [now apply enc_contrast.. | apply enc_Z]. Qed.

(** A piece: at each of its points there is one of the curve, in its ranges. *)
Definition has_point (e : piece) (L : R) : Prop := exists beta pref, 0 < beta /\ 0 < pref < 1 /\
  on_curve c k alpha eps beta pref L /\ within (log_beta e) (ln beta) /\ within (reference e) (logit pref).
Definition keeps_to (e : piece) (L : R) : Prop := 0 < D L /\
  alpha * exp (Q2R (fst (log_beta e))) * D L <= N L <= alpha * exp (Q2R (snd (log_beta e))) * D L /\
  (L - Q2R (snd (reference e))) * N L <= O L * D L <= (L - Q2R (fst (reference e))) * N L.
Lemma piece_holds_correct e L : piece_holds e = true -> within (along e) L -> keeps_to e L.
Proof.
  intros H W. refine (by_range_correct _ (keeps_to e) _ _ _ _ H L W). clear H W L.
  intros x z H L X. unfold piece_on in H. cbv zeta in H. pose proof (enc_cell prec x z L X) as C.
  pose proof (enc_top _ _ C) as Tn. pose proof (enc_under _ _ C) as Td. pose proof (enc_mul prec _ _ _ _ (enc_fall _ _ C) Td) as To.
  assert (Bd : forall y, encloses (I.mul prec (q a) (e_exp prec (q y))) (alpha * exp (Q2R y))) by (intros y; apply enc_mul; [exact enc_a | apply enc_exp, enc_Q]).
  apply both in H as [H H4]. apply both in H as [H H3]. apply both in H as [H1 H2].
  pose proof (lt_correct prec _ _ _ _ (enc_Z prec 0) Td H1) as Dp.
  pose proof (le_correct prec _ _ _ _ (enc_mul prec _ _ _ _ (Bd _) Td) Tn H2) as Lo.
  pose proof (le_correct prec _ _ _ _ Tn (enc_mul prec _ _ _ _ (Bd _) Td) H3) as Hi.
  split; [exact Dp|]. split; [split; assumption|].
  assert (Np : 0 < N L).
  { apply Rlt_le_trans with (2 := Lo). pose proof (exp_pos (Q2R (fst (log_beta e)))).
    apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra | exact Dp]. }
  unfold references_hold in H4.
  assert (Away : forall y, encloses (I.mul prec (I.sub prec (cell prec x z) (q y)) (e_top (cell prec x z))) ((L - Q2R y) * N L)).
  { intros y. apply enc_mul; [apply enc_sub; [exact C | apply enc_Q] | exact Tn]. }
  assert (Plain : le prec (I.mul prec (e_fall (cell prec x z)) (e_under (cell prec x z))) (I.mul prec (I.sub prec (cell prec x z) (q (fst (reference e)))) (e_top (cell prec x z))) = true ->
    le prec (I.mul prec (I.sub prec (cell prec x z) (q (snd (reference e)))) (e_top (cell prec x z))) (I.mul prec (e_fall (cell prec x z)) (e_under (cell prec x z))) = true ->
    (L - Q2R (snd (reference e))) * N L <= O L * D L <= (L - Q2R (fst (reference e))) * N L).
  { intros K1 K2. split; [exact (le_correct prec _ _ _ _ (Away _) To K2) | exact (le_correct prec _ _ _ _ To (Away _) K1)]. }
  destruct k eqn:Kk; apply both in H4 as [K1 K2]; try (now apply Plain).
  apply Qle_bool_Rle in K1, K2. unfold fall_of. rewrite Rmult_0_l. split; [|apply Rmult_le_pos; lra].
  assert (0 <= (Q2R (snd (reference e)) - L) * top_of c Settling alpha eps L) by (apply Rmult_le_pos; lra). lra.
Qed.
Lemma ln_within (r : range) (x : R) : exp (Q2R (fst r)) <= x <= exp (Q2R (snd r)) -> within r (ln x).
Proof.
  intros [H1 H2]. unfold within. pose proof (exp_pos (Q2R (fst r))).
  assert (Order : forall y z, 0 < y -> y <= z -> ln y <= ln z).
  { intros y z Y [Z| ->]; [left; now apply ln_increasing | lra]. }
  rewrite <- (ln_exp (Q2R (fst r))). split; [apply Order; lra|]. rewrite <- (ln_exp (Q2R (snd r))). apply Order; lra.
Qed.
Lemma keeps_beta e beta L : keeps_to e L -> N L = alpha * beta * D L -> within (log_beta e) (ln beta).
Proof.
  intros [Dp [[L1 L2] _]] H. apply ln_within. rewrite H in L1, L2. split.
  - apply (Rmult_le_reg_l alpha); [lra|]. apply (Rmult_le_reg_r (D L)); [exact Dp | exact L1].
  - apply (Rmult_le_reg_l alpha); [lra|]. apply (Rmult_le_reg_r (D L)); [exact Dp | exact L2].
Qed.
Lemma keeps_positive e L : keeps_to e L -> 0 < N L.
Proof.
  intros [Dp [[L1 _] _]]. apply Rlt_le_trans with (2 := L1). pose proof (exp_pos (Q2R (fst (log_beta e)))).
  apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; lra | exact Dp].
Qed.
Lemma keeps_reference e r L : keeps_to e L -> (L - r) * N L = O L * D L -> within (reference e) r.
Proof.
  intros K H. pose proof (keeps_positive e L K) as Np. destruct K as [_ [_ [K1 K2]]]. rewrite <- H in K1, K2.
  apply (Rmult_le_reg_r _ _ _ Np) in K1, K2. unfold within. lra.
Qed.
Lemma keeps_has_point e L : keeps_to e L -> has_point e L.
Proof.
  intros K. pose proof (keeps_positive e L K) as Np. pose proof (proj1 K) as Dp.
  destruct (form_is_curve c k alpha eps A L Eta Np Dp) as [B [P On]].
  exists (beta_at c k alpha eps L), (sigma (ref_at c k alpha eps L)). split; [exact B|]. split; [exact P|]. split; [exact On|].
  split; [apply (keeps_beta e _ L K); unfold beta_at; field; lra|].
  rewrite logit_sigma. apply (keeps_reference e _ L K). unfold ref_at. field. lra.
Qed.

Variables beta pref L : R.
Hypothesis B : 0 < beta.
Hypothesis Short : short k alpha beta.
Hypothesis Wb : within (b_beta window) beta.
Hypothesis Hf : encloses first (logit (Q2R (fst (b_pref window)))).
Hypothesis Hl : encloses last (logit (Q2R (snd (b_pref window)))).
Hypothesis Wp : logit (Q2R (fst (b_pref window))) <= logit pref <= logit (Q2R (snd (b_pref window))).
Hypothesis On : on_curve c k alpha eps beta pref L.
Hypothesis Furthest : match k with Settling => True | _ => exists y, encloses furthest y /\ L <= y end.
Let form := curve_form c k alpha eps A E beta pref L B Short On.
Lemma outside_correct x z : outside x z = true -> ~ (Q2R x <= L <= Q2R z).
Proof.
  intros H X. unfold outside in H. cbv zeta in H. pose proof (enc_cell prec x z L X) as C. destruct form as [_ [Np [Dp [Nw Nr]]]].
  pose proof (enc_top _ _ C) as Tn. pose proof (enc_under _ _ C) as Td. pose proof (enc_mul prec _ _ _ _ (enc_fall _ _ C) Td) as To.
  rewrite <- Nr in To. assert (W : forall y, encloses (I.mul prec (q (a * y)%Q) (e_under (cell prec x z))) (alpha * Q2R y * D L)).
  { intros y. apply enc_mul; [rewrite Al, <- Q2R_mult; apply enc_Q | exact Td]. }
  assert (Beside : forall u v, u * D L < v * D L -> u < v) by (intros u v; apply Rmult_lt_reg_r; exact Dp).
  assert (Beside' : forall u v, u * N L < v * N L -> u < v) by (intros u v; apply Rmult_lt_reg_r; exact Np).
  apply either in H as [H|H]; [apply either in H as [H|H]; [apply either in H as [H|H]|]|].
  - pose proof (lt_correct prec _ _ _ _ (W _) Tn H) as K. rewrite Nw in K. apply Beside in K.
    apply (Rmult_lt_reg_l alpha) in K; [|lra]. destruct Wb. lra.
  - pose proof (lt_correct prec _ _ _ _ Tn (W _) H) as K. rewrite Nw in K. apply Beside in K.
    apply (Rmult_lt_reg_l alpha) in K; [|lra]. destruct Wb. lra.
  - pose proof (lt_correct prec _ _ _ _ (enc_mul prec _ _ _ _ (enc_sub prec _ _ _ _ C Hf) Tn) To H) as K. apply Beside' in K. lra.
  - pose proof (lt_correct prec _ _ _ _ To (enc_mul prec _ _ _ _ (enc_sub prec _ _ _ _ C Hl) Tn) H) as K. apply Beside' in K. lra.
Qed.
Lemma ends_at_correct x : ends_at x = true -> L < Q2R x.
Proof.
  intros H. pose proof (proj1 form) as Side. pose proof On as Ref. clear form. unfold ends_at, on_its_side in *. apply either in H as [H|H].
  - destruct k; [discriminate|..]; apply Qle_bool_Rle in H; rewrite Q2R_0 in H; lra.
  - destruct k; try (destruct Furthest as [y [Y1 Y2]]; pose proof (lt_correct prec _ _ _ _ Y1 (enc_Q prec x) H); lra).
    pose proof (lt_correct prec _ _ _ _ Hl (enc_Q prec x) H). destruct Ref as [K _]. lra.
Qed.
Lemma covered_correct cells : forall x pieces, covered x cells pieces = true -> Q2R x <= L -> exists e, In e pieces /\ in_piece beta pref L e.
Proof.
  induction cells as [|[followed z] rest IH]; intros x pieces H X; cbn [covered] in H.
  - apply both in H as [H _]. apply ends_at_correct in H. lra.
  - apply both in H as [_ H]. destruct (Rle_lt_dec L (Q2R z)) as [Z|Z].
    + destruct followed.
      * destruct pieces as [|e others]; [discriminate|]. apply both in H as [H _]. apply both in H as [H K]. apply both in H as [H1 H2].
        apply Qeq_bool_eq, Qeq_eqR in H1, H2. exists e. split; [now left|].
        assert (W : within (along e) L) by (unfold within; lra). pose proof (piece_holds_correct e L K W) as Kt.
        destruct form as [_ [_ [_ [Nw Nr]]]]. unfold in_piece. split; [exact W|]. split; [exact (keeps_beta e beta L Kt Nw)|]. exact (keeps_reference e _ L Kt Nr).
      * apply both in H as [H _]. exfalso.
        refine (by_range_correct outside (fun y => y <> L) _ _ _ _ H L _ eq_refl); [|lra].
        intros x' z' K y Y Q. subst y. exact (outside_correct x' z' K Y).
    + destruct followed.
      * destruct pieces as [|e others]; [discriminate|]. apply both in H as [_ H].
        destruct (IH z others H ltac:(lra)) as [e' [I1 I2]]. exists e'. split; [now right | exact I2].
      * apply both in H as [_ H]. exact (IH z pieces H ltac:(lra)).
Qed.
End Curve.

Definition window_of (s : curve_statement) : box := Box (v_contrast s) (v_alpha s, v_alpha s) (v_beta s) (v_eps s, v_eps s) (v_pref s).
Definition short_steps (s : curve_statement) : bool :=
  match v_curve s with FlipOfStep eta => Qlt_bool 0 eta &&& Qlt_bool (eta * (v_alpha s * snd (v_beta s))) 2 | _ => true end.
Definition begins (prec : F.precision) (k : curve) (b : box) (first : I.type) (start : Q) : bool :=
  match k with
  | Fold => Qle_bool start 0 ||| le prec (e_Q prec start) (lowest prec b)
  | Settling => le prec (e_Q prec start) first
  | _ => le prec (e_Q prec start) (lowest prec b)
  end.
Definition check_curve (s : curve_statement) (e : curve_evidence) : bool :=
  let b := window_of s in
  domain b &&& Qlt_bool 0 (v_alpha s) &&& Qlt_bool 0 (fst (v_beta s)) &&& short_steps s &&&
  let '(CurveCells bits start cells) := e in
  let prec := F.PtoP bits in let c := v_contrast s in let ie := e_Q prec (v_eps s) in
  let first := logit_of prec (fst (v_pref s), fst (v_pref s)) in let last := logit_of prec (snd (v_pref s), snd (v_pref s)) in
  begins prec (v_curve s) b first start &&&
  covered prec c (v_curve s) (v_alpha s) b ie (e_steepest prec c ie) (e_contrast prec c ie (e_Z prec 0)) first last (highest prec b)
    start cells (v_pieces s).

Lemma short_steps_correct s beta : short_steps s = true -> 0 < Q2R (v_alpha s) -> within (v_beta s) beta ->
  short (v_curve s) (Q2R (v_alpha s)) beta.
Proof.
  unfold short_steps, short. intros H A [_ W]. destruct (v_curve s); try exact I. apply both in H as [H1 H2].
  apply Qlt_bool_Rlt in H1, H2. rewrite Q2R_0 in H1. rewrite !Q2R_mult in H2. replace (Q2R 2) with 2 in H2 by (unfold Q2R; simpl; lra).
  split; [exact H1|]. apply Rle_lt_trans with (2 := H2). apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; lra.
Qed.
Lemma all_pieces_hold prec c k a b ie st mh first last far cells : forall x pieces,
  covered prec c k a b ie st mh first last far x cells pieces = true -> forall e, In e pieces -> piece_holds prec c k a ie st mh e = true.
Proof.
  induction cells as [|[followed z] rest IH]; intros x pieces H e I; cbn [covered] in H.
  - apply both in H as [_ H]. destruct pieces; [destruct I | discriminate].
  - apply both in H as [_ H]. destruct followed; [|apply both in H as [_ H]; exact (IH z pieces H e I)].
    destruct pieces as [|e' others]; [discriminate|]. apply both in H as [H R]. apply both in H as [_ K].
    destruct I as [<-|I]; [exact K | exact (IH z others R e I)].
Qed.

Theorem check_curve_correct s e : check_curve s e = true -> means_curve s.
Proof.
  intros H. unfold check_curve in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [H Sh]. apply both in H as [H B0]. apply both in H as [Dm A0].
  apply Qlt_bool_Rlt in A0, B0. rewrite Q2R_0 in A0, B0. pose proof (domain_correct _ Dm) as [Some_ Dom].
  destruct e as [bits start cells]. set (prec := F.PtoP bits) in *. apply both in K as [Begins Cover].
  set (alpha := Q2R (v_alpha s)) in *. set (eps := Q2R (v_eps s)) in *. set (c := v_contrast s) in *.
  assert (In_box : forall beta pref, within (v_beta s) beta -> within (v_pref s) pref -> in_box (window_of s) alpha beta eps pref).
  { intros beta pref Wb Wp. unfold in_box, window_of. cbn [b_alpha b_beta b_eps b_pref]. unfold within at 1 3. cbn [fst snd].
    repeat split; try apply Wb; try apply Wp; unfold alpha, eps; lra. }
  destruct Some_ as [al [be [ep [pr [_ [Wbe [_ Wpr]]]]]]]. cbn [window_of b_beta b_pref] in Wbe, Wpr.
  pose proof (Dom _ _ _ _ (In_box be pr Wbe Wpr)) as [A [E _]].
  assert (A' : 0 < alpha <= 1) by lra.
  assert (Eta : match v_curve s with FlipOfStep eta => 0 < Q2R eta | _ => True end).
  { pose proof (short_steps_correct s be Sh A0 Wbe) as S. unfold short in S. destruct (v_curve s); try exact I. apply S. }
  pose proof (enc_Q prec (v_eps s)) as He. fold eps in He.
  pose proof (enc_steepest prec c _ _ E He) as Hs. pose proof (enc_contrast prec c _ _ eps 0 E He (enc_Z prec 0)) as Hm.
  unfold means_curve. cbv zeta. fold alpha eps c. split; [split; assumption|]. split; [exists be, pr; split; assumption|]. split; [|split; [|split]].
  - intros beta pref [Wb Wp]. pose proof (Dom _ _ _ _ (In_box beta pref Wb Wp)) as [_ [_ P]].
    split; [destruct Wb; lra|]. split; [exact P|]. exact (short_steps_correct s beta Sh A0 Wb).
  - intros beta pref L [Wb Wp] On. assert (B : 0 < beta) by (destruct Wb; lra). pose proof (In_box beta pref Wb Wp) as Ib.
    pose proof (Dom _ _ _ _ Ib) as [_ [_ P]]. assert (Pr : proper alpha beta eps pref) by (unfold proper; repeat split; lra).
    pose proof (short_steps_correct s beta Sh A0 Wb) as S. fold alpha in S.
    pose proof (enc_lowest prec _ alpha beta eps pref Ib Pr) as Lo. pose proof (enc_highest prec _ alpha beta eps pref Ib Pr) as Hi.
    pose proof (proj2 (domain_correct _ Dm) alpha beta eps (Q2R (fst (v_pref s))) (In_box beta (Q2R (fst (v_pref s))) Wb ltac:(unfold within in *; lra))) as [_ [_ P1]].
    pose proof (proj2 (domain_correct _ Dm) alpha beta eps (Q2R (snd (v_pref s))) (In_box beta (Q2R (snd (v_pref s))) Wb ltac:(unfold within in *; lra))) as [_ [_ P2]].
    assert (Hf : encloses (logit_of prec (fst (v_pref s), fst (v_pref s))) (logit (Q2R (fst (v_pref s))))) by (apply enc_logit; split; cbn [fst snd]; lra).
    assert (Hl : encloses (logit_of prec (snd (v_pref s), snd (v_pref s))) (logit (Q2R (snd (v_pref s))))) by (apply enc_logit; split; cbn [fst snd]; lra).
    assert (Wl : logit (Q2R (fst (v_pref s))) <= logit pref <= logit (Q2R (snd (v_pref s)))).
    { destruct Wp as [W1 W2]. split; apply logit_does_not_fall; lra. }
    pose proof (curve_form c (v_curve s) alpha eps A' E beta pref L B S On) as [Side _].
    assert (Fx : v_curve s <> Settling -> step_of c alpha (logit pref) beta eps L = L).
    { intros Q. unfold on_curve in On. cbv zeta in On. destruct (v_curve s); [apply On.. | now destruct Q]. }
    assert (Start : Q2R start <= L).
    { unfold begins in Begins. unfold on_its_side in Side.
      assert (Low : v_curve s <> Settling -> le prec (e_Q prec start) (lowest prec (window_of s)) = true -> Q2R start <= L).
      { intros Q R. pose proof (le_correct prec _ _ _ _ (enc_Q prec _) Lo R).
        pose proof (fixed_between (v_contrast s) alpha (logit pref) beta eps A' B E L (Fx Q)) as Between.
        cbn [window_of b_contrast] in *. lra. }
      destruct (v_curve s) eqn:Kv; [apply either in Begins as [R|R]; [apply Qle_bool_Rle in R; rewrite Q2R_0 in R; lra | apply Low; [discriminate | exact R]] | apply Low; [discriminate | exact Begins].. |].
      pose proof (le_correct prec _ _ _ _ (enc_Q prec _) Hf Begins). destruct On as [On _]. lra. }
    refine (covered_correct prec c (v_curve s) (v_alpha s) (window_of s) _ _ _ _ _ _ alpha eps eq_refl A' E He Hs Hm Eta beta pref L B S Wb Hf Hl Wl On _ cells start (v_pieces s) Cover Start).
    destruct (v_curve s) eqn:Kv; [ | | | exact I]; eexists; (split; [exact Hi|]); apply (fixed_between c alpha (logit pref) beta eps A' B E L); apply Fx; discriminate.
  - intros e L I W. pose proof (all_pieces_hold _ _ _ _ _ _ _ _ _ _ _ cells start (v_pieces s) Cover e I) as Ph.
    pose proof (piece_holds_correct prec c (v_curve s) (v_alpha s) _ _ _ alpha eps eq_refl A' E He Hs Hm Eta e L Ph W) as Kt.
    destruct (keeps_has_point c (v_curve s) alpha eps A' Eta e L Kt) as [beta [pref [B [P [On [Wb Wp]]]]]].
    exists beta, pref. split; [exact B|]. split; [exact P|]. split; [exact On|]. unfold in_piece. auto.
  - destruct (v_curve s); try exact I. now apply settling_settles.
Qed.
End CurvesChecker.

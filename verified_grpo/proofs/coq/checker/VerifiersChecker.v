(** * A checker of certificates of verifiers that err, and the proof that what it accepts holds

    All is exact but the least value of the contrast, which is enclosed. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions Verifiers.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker VerifierStatements VerifiersProved.
Import ListNotations.
Open Scope R_scope.

Inductive verifier_evidence := Sign (bits : positive) | Shares.

Definition larger (x y : Q) : Q := if Qle_bool x y then y else x.
Lemma larger_correct x y : Q2R x <= Q2R (larger x y) /\ Q2R y <= Q2R (larger x y) /\ (larger x y = x \/ larger x y = y).
Proof.
  unfold larger. destruct (Qle_bool x y) eqn:K; [apply Qle_bool_Rle in K; auto with real|].
  assert (Q2R y <= Q2R x); [|auto with real]. apply Qle_Rle, Qlt_le_weak, Qnot_le_lt. intros H. apply Qle_bool_iff in H. congruence.
Qed.
Definition rate_range (r : range) : bool := Qle_bool (fst r) (snd r) &&& Qle_bool 0 (fst r) &&& Qle_bool (snd r) 1.
Lemma rate_range_correct r : rate_range r = true ->
  0 <= Q2R (fst r) /\ Q2R (fst r) <= Q2R (snd r) <= 1 /\ forall x, within r x -> 0 <= x <= 1.
Proof.
  unfold rate_range, within. intros H. apply both in H as [H H3]. apply both in H as [H1 H2]. apply Qle_bool_Rle in H1, H2, H3.
  rewrite Q2R_0 in H2. rewrite Q2R_1 in H3. repeat split; try lra; destruct H; lra.
Qed.
Lemma Q2R_2 : Q2R 2 = 2. Proof. unfold Q2R; simpl; lra. Qed.
Lemma Q2R_4 : Q2R 4 = 4. Proof. unfold Q2R; simpl; lra. Qed.
Lemma Q2R_27 : Q2R 27 = 27. Proof. unfold Q2R; simpl; lra. Qed.
Ltac as_reals := repeat first [rewrite Q2R_plus in * | rewrite Q2R_minus in * | rewrite Q2R_mult in * | rewrite Q2R_0 in *
  | rewrite Q2R_1 in * | rewrite Q2R_2 in * | rewrite Q2R_4 in * | rewrite Q2R_27 in *].

(** ** Errors drawn anew *)
(** How far t and f are apart at most, and at least, the way that is stated. *)
Definition farthest (e : effect) (t f : range) : Q :=
  match e with Amplifies => snd t - fst f | Harms => snd f - fst t | StandsStill => 0 end%Q.
Definition nearest (e : effect) (t f : range) : Q :=
  match e with Amplifies => fst t - snd f | Harms => fst f - snd t | StandsStill => 0 end%Q.
Definition least_lead (s : erring) : Q :=
  let g := nearest (v_effect s) (v_true s) (v_false s) in match v_apart s with Some d => larger d g | None => g end.
Definition one_number (t f : range) : bool :=
  Qeq_bool (fst t) (snd t) &&& Qeq_bool (fst f) (snd f) &&& Qeq_bool (fst t) (fst f).
(** |2t - 1| and |2f - 1| at most. *)
Definition breadth (r : range) : Q := larger (1 - 2 * fst r)%Q (2 * snd r - 1)%Q.
Definition width (s : erring) : Q := larger (breadth (v_true s)) (breadth (v_false s)).
Definition threshold_shown (s : erring) (threshold : Q) : bool :=
  let w := width s in let w2 := (w * w)%Q in let c := (1 + 4 * fst (b_eps (v_box s)))%Q in
  match b_contrast (v_box s) with MeanVar => true | _ => false end &&&
  Qle_bool 0 threshold &&& Qlt_bool 0 w &&&
  Qle_bool (4 * (w2 * w2 * w2)) (threshold * threshold * (27 * (c * c) * (c - w2))).

(** ** Errors that belong to the answer *)
(** The share of right answers among those of which a right one is with a share x and a wrong one with y. *)
Definition share_right (x y p : Q) : Q := (p * x / (p * x + (1 - p) * y))%Q.
Record corner := Corner { k_pref : Q; k_true : Q; k_false : Q }.
Definition among_passing (k : corner) : Q := share_right (k_true k) (k_false k) (k_pref k).
Definition among_failing (k : corner) : Q := share_right (1 - k_true k) (1 - k_false k) (k_pref k).
(** Shares among what passes rise in t and p_ref and fall in f; among what fails they fall in t and rise in f. *)
Definition passing_range (s : ceiling) : range :=
  (among_passing (Corner (fst (u_pref s)) (fst (u_true s)) (snd (u_false s))),
   among_passing (Corner (snd (u_pref s)) (snd (u_true s)) (fst (u_false s)))).
Definition failing_range (s : ceiling) : range :=
  (among_failing (Corner (fst (u_pref s)) (snd (u_true s)) (fst (u_false s))),
   among_failing (Corner (snd (u_pref s)) (fst (u_true s)) (snd (u_false s)))).
Definition mixed (a b m : Q) : Q := (a * m + b * (1 - m))%Q.
Definition rates_shown (passes fails : range) (k : range * range) : bool :=
  let (m, r) := k in
  rate_range m &&&
  Qle_bool (fst r) (mixed (fst passes) (fst fails) (fst m)) &&& Qle_bool (fst r) (mixed (fst passes) (fst fails) (snd m)) &&&
  Qle_bool (mixed (snd passes) (snd fails) (fst m)) (snd r) &&& Qle_bool (mixed (snd passes) (snd fails) (snd m)) (snd r).
Definition ceiling_domain (s : ceiling) : bool :=
  rate_range (u_true s) &&& rate_range (u_false s) &&& Qle_bool (fst (u_pref s)) (snd (u_pref s)) &&&
  Qlt_bool 0 (fst (u_pref s)) &&& Qlt_bool (snd (u_pref s)) 1.
Definition check_ceiling (s : ceiling) : bool :=
  let t := u_true s in let f := u_false s in
  let passes := passing_range s in let fails := failing_range s in
  ceiling_domain s &&&
  match u_side s with
  | Below bound => Qlt_bool (snd f) (fst t) &&& Qle_bool (snd passes) bound &&& forallb (rates_shown passes fails) (u_rates s)
  | Above bound => Qlt_bool (snd t) (fst f) &&& Qle_bool bound (fst passes) &&& forallb (rates_shown passes fails) (u_rates s)
  | AtReference => one_number t f &&& Qlt_bool 0 (fst t) &&& Qlt_bool (fst t) 1 &&&
    forallb (rates_shown (u_pref s) (u_pref s)) (u_rates s)
  end.

Lemma one_number_correct t f x y : one_number t f = true -> within t x -> within f y -> x = y /\ x = Q2R (fst t).
Proof.
  unfold one_number, within. intros H X Y. apply both in H as [H H3]. apply both in H as [H1 H2].
  apply Qeq_bool_eq, Qeq_eqR in H1, H2, H3. lra.
Qed.

Section Ceiling.
Variables (s : ceiling) (p t f : R).
Hypothesis D : ceiling_domain s = true.
Hypothesis In : in_shares s p t f.
Notation p0 := (Q2R (fst (u_pref s))). Notation p1 := (Q2R (snd (u_pref s))).
Notation t0 := (Q2R (fst (u_true s))). Notation t1 := (Q2R (snd (u_true s))).
Notation f0 := (Q2R (fst (u_false s))). Notation f1 := (Q2R (snd (u_false s))).
Lemma ceiling_ends : (0 < p0 /\ p0 <= p <= p1 /\ p1 < 1) /\ (0 <= t0 /\ t0 <= t <= t1 /\ t1 <= 1) /\ (0 <= f0 /\ f0 <= f <= f1 /\ f1 <= 1).
Proof.
  destruct In as [P [T F]]. apply both in D as [K D5]. apply both in K as [K D4]. apply both in K as [K _]. apply both in K as [D1 D2].
  apply Qlt_bool_Rlt in D4, D5. rewrite Q2R_0 in D4. rewrite Q2R_1 in D5. unfold within in P, T, F.
  destruct (rate_range_correct _ D1) as [X1 [X2 _]]. destruct (rate_range_correct _ D2) as [Y1 [Y2 _]]. lra.
Qed.
Lemma share_right_is x y q : 0 < Q2R q * Q2R x + (1 - Q2R q) * Q2R y -> Q2R (share_right x y q) = PPV (Q2R x) (Q2R y) (Q2R q).
Proof.
  intros H. unfold share_right, PPV. rewrite Q2R_div.
  - as_reals. reflexivity.
  - intros Z. apply Qeq_eqR in Z. as_reals. lra.
Qed.
Lemma something x y q : 0 < q < 1 -> 0 <= x -> 0 <= y -> 0 < x \/ 0 < y -> 0 < q * x + (1 - q) * y.
Proof. intros Q X Y [H|H]; nra. Qed.
Lemma ranges_hold : f1 < t0 \/ t1 < f0 -> within (passing_range s) (PPV t f p) /\ within (failing_range s) (FOR t f p).
Proof.
  intros H. pose proof ceiling_ends as [P [T F]]. unfold passing_range, failing_range, within, among_passing, among_failing.
  cbn [fst snd k_pref k_true k_false].
  rewrite !FOR_is_PPV. rewrite !share_right_is by (as_reals; apply something; lra). as_reals.
  repeat split; apply PPV_rises; try lra; apply something; lra.
Qed.
Lemma rates_hold passes fails e : 0 < e -> within passes (PPV t f p) -> within fails (FOR t f p) -> 0 < p * t + (1 - p) * f < 1 ->
  forall k, rates_shown passes fails k = true -> within (fst k) (passing t f p e) -> within (snd k) (right t f p e).
Proof.
  intros E Pa Fa M [m r] H W. pose proof ceiling_ends as [P [T F]]. cbn [fst snd] in *. unfold rates_shown in H.
  apply both in H as [H K4]. apply both in H as [H K3]. apply both in H as [H K2]. apply both in H as [R0 K1].
  destruct (rate_range_correct _ R0) as [R1 [R2 _]]. apply Qle_bool_Rle in K1, K2, K3, K4. unfold mixed in *. as_reals.
  rewrite (r5_shares t f p e) by (lra || exact E || exact M).
  unfold within in *. apply (mean_between _ (Q2R (fst passes)) (Q2R (snd passes)) _ (Q2R (fst fails)) (Q2R (snd fails)) _ (Q2R (fst m)) (Q2R (snd m))); lra.
Qed.
End Ceiling.

Theorem check_ceiling_correct s : check_ceiling s = true -> means_ceiling s.
Proof.
  intros H. unfold check_ceiling in H. cbv zeta in H. apply both in H as [D H]. split.
  { exists (Q2R (fst (u_pref s))), (Q2R (fst (u_true s))), (Q2R (fst (u_false s))).
    apply both in D as [K _]. apply both in K as [K _]. apply both in K as [K Ps]. apply both in K as [D1 D2]. apply Qle_bool_Rle in Ps.
    destruct (rate_range_correct _ D1) as [X1 [X2 _]]. destruct (rate_range_correct _ D2) as [Y1 [Y2 _]].
    unfold in_shares, within. lra. }
  intros p t f In. pose proof (ceiling_ends s p t f D In) as [P [T F]]. split; [lra|]. intros theta. cbv zeta.
  pose proof (exp_pos theta) as E. set (e := exp theta) in *. clearbody e. destruct (u_side s) as [bound|bound|]; cbn [means_side].
  - apply both in H as [H K]. apply both in H as [H1 H2]. apply Qlt_bool_Rlt in H1. apply Qle_bool_Rle in H2.
    destruct (ranges_hold s p t f D In (or_introl H1)) as [Pa Fa]. split.
    + apply Rlt_le_trans with (PPV t f p); [apply r5_below; lra|]. unfold within in Pa. lra.
    + apply Forall_forall. intros k I. rewrite forallb_forall in K.
      apply (rates_hold s p t f D In _ _ e E Pa Fa); [split; nra | now apply K].
  - apply both in H as [H K]. apply both in H as [H1 H2]. apply Qlt_bool_Rlt in H1. apply Qle_bool_Rle in H2.
    destruct (ranges_hold s p t f D In (or_intror H1)) as [Pa Fa]. split.
    + apply Rle_lt_trans with (PPV t f p); [unfold within in Pa; lra | apply r5_above; lra].
    + apply Forall_forall. intros k I. rewrite forallb_forall in K.
      apply (rates_hold s p t f D In _ _ e E Pa Fa); [split; nra | now apply K].
  - apply both in H as [H K]. apply both in H as [H H3]. apply both in H as [H1 H2]. apply Qlt_bool_Rlt in H2, H3. as_reals.
    destruct (one_number_correct _ _ t f H1 (proj1 (proj2 In)) (proj2 (proj2 In))) as [Tf Te].
    assert (Pa : PPV t f p = p) by (unfold PPV; rewrite <- Tf; field; lra).
    assert (Fa : FOR t f p = p) by (unfold FOR; rewrite <- Tf; field; lra). split.
    + apply r5_at; lra.
    + apply Forall_forall. intros k I. rewrite forallb_forall in K.
      apply (rates_hold s p t f D In (u_pref s) (u_pref s) e E); [rewrite Pa; apply In | rewrite Fa; apply In | rewrite <- Tf; lra | now apply K].
Qed.

Module VerifiersChecker (F : FloatOps with Definition sensible_format := true).
Module C := Checker F.
Import C.E C.

(** The margin times the largest alpha beta is no more than the least lead times the least contrast. *)
Definition margin_shown (prec : F.precision) (s : erring) (margin : Q) : bool :=
  let b := v_box s in
  Qlt_bool 0 margin &&&
  le prec (e_Q prec (margin * (snd (b_alpha b) * snd (b_beta b)))%Q)
    (I.mul prec (e_Q prec (least_lead s)) (e_low prec (b_contrast b) (e_range prec (b_eps b)))).
Definition where_shown (x : option Q) (test : Q -> bool) : bool := match x with Some q => test q | None => true end.
Definition check_erring (bits : positive) (s : erring) : bool :=
  let b := v_box s in let t := v_true s in let f := v_false s in
  domain b &&& Qlt_bool 0 (fst (b_beta b)) &&& rate_range t &&& rate_range f &&&
  match v_effect s with
  | StandsStill => one_number t f &&& match v_apart s, v_margin s, v_threshold s with None, None, None => true | _, _, _ => false end
  | e => Qlt_bool 0 (least_lead s) &&& where_shown (v_apart s) (fun d => Qle_bool d (farthest e t f)) &&&
    where_shown (v_margin s) (margin_shown (F.PtoP bits) s) &&& where_shown (v_threshold s) (threshold_shown s)
  end.
Definition check_verifier (s : verifier_statement) (e : verifier_evidence) : bool :=
  match s, e with
  | OfLooks s, Sign bits => check_erring bits s
  | OfAnswers s, Shares => check_ceiling s
  | _, _ => false
  end.

Lemma least_lead_correct s t f : in_rates s t f -> Q2R (least_lead s) <= lead (v_effect s) t f.
Proof.
  intros [T [F P]]. unfold within in T, F. assert (N : Q2R (nearest (v_effect s) (v_true s) (v_false s)) <= lead (v_effect s) t f).
  { destruct (v_effect s); cbn [nearest lead]; as_reals; lra. }
  unfold least_lead. cbv zeta. destruct (v_apart s) as [d|]; cbn [where_stated] in P; [|exact N].
  destruct (larger_correct d (nearest (v_effect s) (v_true s) (v_false s))) as [_ [_ [->| ->]]]; assumption.
Qed.
Lemma breadth_correct r x : within r x -> - Q2R (breadth r) <= 2 * x - 1 <= Q2R (breadth r).
Proof.
  unfold within, breadth. intros X. destruct (larger_correct (1 - 2 * fst r) (2 * snd r - 1)) as [L1 [L2 _]]. as_reals. lra.
Qed.
Lemma breadth_at_most_1 r : rate_range r = true -> Q2R (breadth r) <= 1.
Proof.
  intros H. destruct (rate_range_correct r H) as [R0 [R1 _]]. unfold breadth.
  destruct (larger_correct (1 - 2 * fst r) (2 * snd r - 1)) as [_ [_ [->| ->]]]; as_reals; lra.
Qed.

Section Each.
Variables (bits : positive) (s : erring) (alpha beta eps pref t f : R).
Hypothesis Di : domain (v_box s) = true.
Hypothesis B0 : 0 < Q2R (fst (b_beta (v_box s))).
Hypothesis Rt : rate_range (v_true s) = true.
Hypothesis Rf : rate_range (v_false s) = true.
Hypothesis In : in_box (v_box s) alpha beta eps pref.
Hypothesis Ir : in_rates s t f.
Lemma sound : 0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1 /\ 0 <= t <= 1 /\ 0 <= f <= 1.
Proof.
  destruct (proj2 (domain_correct _ Di) _ _ _ _ In) as [A [E P]]. destruct In as [_ [[Wb _] _]].
  pose proof (proj2 (proj2 (rate_range_correct _ Rt)) t (proj1 Ir)). pose proof (proj2 (proj2 (rate_range_correct _ Rf)) f (proj1 (proj2 Ir))). lra.
Qed.
Notation c := (b_contrast (v_box s)).
Notation T := (erring_step c t f alpha (logit pref) beta eps).
Hypothesis Lead : 0 < Q2R (least_lead s).
Hypothesis Apart : Q2R (least_lead s) <= Rabs (t - f).
Lemma margin_correct margin : margin_shown (F.PtoP bits) s margin = true -> means_margin T (logit pref) (Q2R margin).
Proof.
  intros H. apply both in H as [M H]. apply Qlt_bool_Rlt in M. rewrite Q2R_0 in M. pose proof sound as [A [B [E [P [T1 F1]]]]].
  apply (margin_holds c t f alpha (logit pref) beta eps A B E (Q2R (least_lead s))); [exact Lead | exact Apart | lra|].
  assert (Ie : encloses (e_range (F.PtoP bits) (b_eps (v_box s))) eps) by (apply enc_range, In).
  pose proof (le_correct _ _ _ _ _ (enc_Q _ _) (enc_mul _ _ _ _ _ (enc_Q _ _) (enc_low _ c _ _ E Ie)) H) as K. as_reals.
  destruct In as [[_ A1] [[_ B1] _]]. assert (alpha * beta <= Q2R (snd (b_alpha (v_box s))) * Q2R (snd (b_beta (v_box s))))
    by (apply Rmult_le_compat; lra).
  pose proof (Rmult_le_compat_l (Q2R margin) _ _ ltac:(lra) H0). lra.
Qed.
Lemma threshold_correct threshold : threshold_shown s threshold = true -> means_threshold T alpha beta (Q2R threshold).
Proof.
  intros H. unfold threshold_shown in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [H W0]. apply both in H as [C Th].
  destruct c; try discriminate. pose proof sound as [A [B [E [P [T1 F1]]]]].
  apply Qle_bool_Rle in K, Th. apply Qlt_bool_Rlt in W0.
  assert (W1 : Q2R (width s) <= 1).
  { unfold width. destruct (larger_correct (breadth (v_true s)) (breadth (v_false s))) as [_ [_ [->| ->]]]; now apply breadth_at_most_1. }
  destruct (larger_correct (breadth (v_true s)) (breadth (v_false s))) as [Wt [Wf _]]. fold (width s) in Wt, Wf.
  pose proof (breadth_correct _ _ (proj1 Ir)). pose proof (breadth_correct _ _ (proj1 (proj2 Ir))).
  set (w := width s) in *. clearbody w. assert (N : t <> f).
  { intros Z. rewrite Z, Rminus_diag_eq, Rabs_R0 in Apart by reflexivity. lra. }
  apply both in Di as [Dk _]. apply both in Dk as [Dk _]. apply both in Dk as [_ E0]. apply Qlt_bool_Rlt in E0. as_reals.
  destruct In as [_ [_ [[E1 _] _]]].
  apply (threshold_holds t f alpha (logit pref) beta eps T1 F1 N A B E (Q2R (fst (b_eps (v_box s)))) (Q2R w)); try lra; try (split; lra).
Qed.
End Each.

Theorem check_erring_correct bits s : check_erring bits s = true -> means_erring s.
Proof.
  intros H. unfold check_erring in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [H Rf]. apply both in H as [H Rt].
  apply both in H as [D B0]. apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0.
  destruct (rate_range_correct _ Rt) as [Rt0 [Rt1 _]]. destruct (rate_range_correct _ Rf) as [Rf0 [Rf1 _]].
  destruct (proj1 (domain_correct _ D)) as [alpha0 [beta0 [eps0 [pref0 In0]]]]. split.
  - exists alpha0, beta0, eps0, pref0. unfold in_rates, within. destruct (v_effect s).
    + apply both in K as [K _]. apply both in K as [K _]. apply both in K as [_ K].
      exists (Q2R (snd (v_true s))), (Q2R (fst (v_false s))). split; [exact In0|]. split; [lra|]. split; [lra|].
      destruct (v_apart s); [|exact I]. apply Qle_bool_Rle in K. cbn [farthest lead] in *. as_reals. exact K.
    + apply both in K as [K _]. apply both in K as [K _]. apply both in K as [_ K].
      exists (Q2R (fst (v_true s))), (Q2R (snd (v_false s))). split; [exact In0|]. split; [lra|]. split; [lra|].
      destruct (v_apart s); [|exact I]. apply Qle_bool_Rle in K. cbn [farthest lead] in *. as_reals. exact K.
    + apply both in K as [_ K]. destruct (v_apart s); [discriminate|].
      exists (Q2R (fst (v_true s))), (Q2R (fst (v_false s))). split; [exact In0|]. split; [lra|]. split; [lra | exact I].
  - intros alpha beta eps pref t f In Ir. pose proof (sound s alpha beta eps pref t f D B0 Rt Rf In Ir) as S. split; [exact S|].
    cbv zeta. destruct S as [A [B [E [P [T1 F1]]]]]. pose proof (least_lead_correct s t f Ir) as Le.
    assert (Bounds : 0 < Q2R (least_lead s) -> Q2R (least_lead s) <= Rabs (t - f) ->
      where_shown (v_margin s) (margin_shown (F.PtoP bits) s) = true -> where_shown (v_threshold s) (threshold_shown s) = true ->
      where_stated (v_margin s) (means_margin (erring_step (b_contrast (v_box s)) t f alpha (logit pref) beta eps) (logit pref)) /\
      where_stated (v_threshold s) (means_threshold (erring_step (b_contrast (v_box s)) t f alpha (logit pref) beta eps) alpha beta)).
    { intros P0 P1 Ma Th. split.
      - destruct (v_margin s); [|exact I]. now apply (margin_correct bits s alpha beta eps pref t f D B0 Rt Rf In Ir).
      - destruct (v_threshold s); [|exact I]. now apply (threshold_correct s alpha beta eps pref t f D B0 Rt Rf In Ir). }
    destruct (v_effect s); cbn [lead] in Le.
    + apply both in K as [K Th]. apply both in K as [K Ma]. apply both in K as [L0 _]. apply Qlt_bool_Rlt in L0. as_reals.
      split; [apply amplifies; lra|]. apply Bounds; try assumption. rewrite Rabs_pos_eq; lra.
    + apply both in K as [K Th]. apply both in K as [K Ma]. apply both in K as [L0 _]. apply Qlt_bool_Rlt in L0. as_reals.
      split; [apply harms; lra|]. apply Bounds; try assumption. rewrite Rabs_left; lra.
    + apply both in K as [K N]. destruct (v_apart s); [discriminate|]. destruct (v_margin s); [discriminate|]. destruct (v_threshold s); [discriminate|].
      destruct (one_number_correct _ _ t f K (proj1 Ir) (proj1 (proj2 Ir))) as [Tf _].
      split; [now apply stands_still | split; exact I].
Qed.

Theorem check_verifier_correct s e : check_verifier s e = true -> means_verifier s.
Proof. destruct s, e; try discriminate; [apply check_erring_correct | apply check_ceiling_correct]. Qed.
End VerifiersChecker.

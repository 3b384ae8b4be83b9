(** * A checker of rows of audited tables, and the proof that what it accepts holds

    A row brings no evidence of its own.  The table's says where the gap turns, which is the same for every prompt; cells are
    made from that, and nothing is believed of them: they are checked as those of a certificate are. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List Sorted.
From Interval Require Import Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Definitions SmallSteps Cells.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts SmallStepsProved FixedPointsChecker SmallStepsChecker
  RowStatements.
Import ListNotations.
Open Scope R_scope.

(** Zones in which the gap may turn, ascending, and a point beyond its zeros. *)
Record turning := Turning { t_bits : positive; t_zones : list (Q * Q); t_end : Q }.

(** The double that is so many from the one next to a number: decimals that enclose what doubles enclose are one of them too
    wide.  (Of numbers up to 2^52; others are left as they are.) *)
Definition magnitude (x : Q) : Z :=
  let n := Z.abs (Qnum x) in let k := (Z.log2 n - Z.log2 (QDen x))%Z in
  let larger := if (0 <=? k)%Z then (n <? QDen x * 2 ^ k)%Z else (n * 2 ^ (- k) <? QDen x)%Z in
  if larger then (k - 1)%Z else k.
Definition double_beside (by_ : Z) (x : Q) : Q :=
  match (magnitude x - 52)%Z with
  | Zneg k => ((2 * Qnum x * 2 ^ Zpos k + QDen x) / (2 * QDen x) + by_)%Z # (2 ^ k)
  | _ => x
  end.

(** Sizes are bounded before the work. *)
Definition moderate (x : Q) : bool := (Z.log2 (Z.abs (Qnum x)) + Z.log2 (QDen x) <? 4096)%Z.
Definition moderate_range (r : range) : bool := moderate (fst r) &&& moderate (snd r).
Definition moderate_turns (t : turning) : bool :=
  Nat.leb (List.length (t_zones t)) 64 &&& moderate (t_end t) &&& Qle_bool (t_end t) (10 ^ 12)%Q &&&
  forallb moderate_range (t_zones t).
Definition moderate_row (r : row) : bool :=
  let b := r_box r in
  forallb moderate_range [b_alpha b; b_beta b; b_eps b; b_pref b; (from (r_limit r), to (r_limit r))] &&&
  match r_step r with Some x => moderate x | None => true end.

Module RowChecker (F : FloatOps with Definition sensible_format := true).
Module S := SmallStepsChecker F.
Import S.C.E S.C S.

Section Row.
Variables (turns : turning) (b : box).
Let prec := F.PtoP (t_bits turns).
Let c := b_contrast b.
Let ib := e_range prec (b_beta b).
Let ie := i_eps prec b.
Let iw := i_weight prec b.
Let il := i_ref prec b.

(** ** Made up, and checked later *)
Definition is_below (ref : I.type) (x : Q) : bool := le prec (e_Q prec x) ref.
Fixpoint deep (ref : I.type) (n : nat) (x : Q) : Q :=
  match n with O => x | S m => if is_below ref x then x else deep ref m (2 * x)%Q end.
Fixpoint nearer (ref : I.type) (n : nat) (x by_ : Q) : Q :=
  match n with O => x | S m =>
    let y := Qred (x + by_) in nearer ref m (if is_below ref y then y else x) (by_ / 2)%Q end.
(** A little below L_ref, and below 0. *)
Definition beside : Q := let ref := il in let x := deep ref 40 (-1 # 1)%Q in nearer ref 80 x (- x / 2)%Q.
(** For the paper's contrast the ends of the zones are near enough; others want room beside them. *)
Definition zones : list (Q * Q) :=
  match c with MeanVar => t_zones turns | _ => map (fun z => (fst z - (1 # 64), snd z + (1 # 64))%Q) (t_zones turns) end.
Definition first_of_all : Q :=
  match zones with (u, _) :: _ => let v := (u - 1)%Q in if Qle_bool v beside then v else beside | [] => beside end.
Definition one_way (rising : bool) : rule := if rising then Increasing else Decreasing.
Fixpoint cells_to (left_ : list (Q * Q)) (rising : bool) (reach : Q) : list (rule * Q) :=
  match left_ with
  | (u, v) :: rest =>
    if Qle_bool reach u then [(one_way rising, reach)]
    else (one_way rising, u) ::
      (if Qle_bool reach v then [(Negative, reach)] else (Negative, v) :: cells_to rest (negb rising) reach)
  | [] => [(one_way rising, reach)]
  end.
Definition crossing (rising : bool) (x y : Q) : list point :=
  let n := Num 0 1 0 in let found := [Point x y n n n n n n Undecided] in
  let low := negative_at prec c ie iw il in let high := positive_at prec c ie iw il in
  if (if rising then low x &&& high y else high x &&& low y) then found else [].
Fixpoint beyond (n : nat) (x : Q) : Q :=
  match n with O => x | S m =>
    if lt prec (e_Z prec 0) (I.sub prec (I.sub prec (e_Q prec x) il) (I.div prec (e_high prec c ie) iw)) then x
    else beyond m (2 * x)%Q end.
Fixpoint whole_line (left_ : list (Q * Q)) (rising : bool) (x last : Q) : list (rule * Q) * list point :=
  match left_ with
  | (u, v) :: rest =>
    let sign := if negative_at prec c ie iw il u then Negative else Positive in
    let others := whole_line rest (negb rising) v last in
    ((one_way rising, u) :: (sign, v) :: fst others, crossing rising x u ++ snd others)
  | [] => ([(one_way rising, last)], crossing rising x last)
  end.

(** ** Checks *)
Definition counted (n : nat) : bool :=
  let start := first_of_all in
  let line := whole_line zones true start (beyond 40 (t_end turns)) in
  Nat.eqb (List.length (snd line)) n &&& ordered (snd line) &&& starts prec c ie iw il start &&&
  walk prec c ie iw il start (fst line) (snd line).
Definition above (x : Q) : bool := drive_positive prec b first_of_all (cells_to zones true x) x.
Definition below (x : Q) : bool := drive_negative prec b x.
Definition gained (l : bracket) (gain : option (num * num)) : bool :=
  let ip := e_range prec (b_pref b) in
  match gain with
  | Some (low, high) =>
    (le prec (e_num prec low) (e_Z prec 0) |||
     le prec (e_num prec low) (I.sub prec (e_sigma prec (e_Q prec (from l))) ip)) &&&
    le prec (I.sub prec (e_sigma prec (e_Q prec (to l))) ip) (e_num prec high)
  | None => true
  end.
(** Below 0, or up to the limit. *)
Definition until (l : bracket) : Q := if Qle_bool 0 (to l) then 0%Q else to l.
Definition stepped (l : bracket) (step : option Q) : bool :=
  match step with
  | Some x => steps_small prec b x (Some (to l)) [beside; until l]
  | None => true
  end.
(** The bracket that is stated, each end moved inwards by one double where that is proved, too. *)
Definition inner (l : bracket) : bracket :=
  let x := Qred (double_beside 1 (from l)) in let y := Qred (double_beside (-1) (to l)) in
  Bracket (if above x then x else from l) (if below y then y else to l) (p_from l) (p_to l) (q_from l) (q_to l).
Definition check_claims (r : row) : bool :=
  let l := inner (r_limit r) in
  Qlt_bool 0 (fst (b_alpha b)) &&& Qlt_bool 0 (fst (b_beta b)) &&&
  Qle_bool (from (r_limit r)) (from l) &&& Qle_bool (to l) (to (r_limit r)) &&&
  above (from l) &&& below (to l) &&& brackets prec l &&& gained l (r_gain r) &&& stepped l (r_step r) &&&
  match r_count r with Some n => counted n | None => true end.

(** ** Proofs *)
Hypothesis D : domain b = true.
Variables alpha beta eps pref : R.
Hypothesis In : in_box b alpha beta eps pref.
Hypothesis A : 0 < alpha.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis P : 0 < pref < 1.
Hypothesis B0 : 0 <= Q2R (fst (b_beta b)).
Notation T := (step_of c alpha (logit pref) beta eps).

Lemma counted_correct n : counted n = true ->
  exists xs, List.length xs = n /\ Sorted Rlt xs /\ forall L, T L = L <-> List.In L xs.
Proof.
  intros H. unfold counted in H. cbv zeta in H. set (line := whole_line _ _ _ _) in H.
  apply both in H as [H Wk]. apply both in H as [H St]. apply both in H as [Ln Or]. apply Nat.eqb_eq in Ln.
  pose proof (enc_eps prec b alpha beta eps pref In) as He.
  pose proof (enc_weight prec b alpha beta eps pref In) as Hw.
  pose proof (enc_ref prec b alpha beta eps pref In) as Hl.
  pose proof (starts_correct prec c alpha beta eps (logit pref) _ _ _ He Hw Hl A B E _ St) as K.
  destruct (walk_correct prec c alpha beta eps (logit pref) _ _ _ He Hw Hl A B E _ _ _ [] Wk K) as [xs [In_ All]].
  exists xs. split; [|split; [exact (ordered_correct _ Or xs In_) | exact All]].
  rewrite <- Ln. clear - In_. induction In_; simpl; [reflexivity | now f_equal].
Qed.

Lemma gained_correct l low high x : gained l (Some (low, high)) = true -> logit pref < x -> Q2R (from l) <= x <= Q2R (to l) ->
  R_of_num low <= sigma x - pref <= R_of_num high.
Proof.
  intros H X [X1 X2]. unfold gained in H. cbv zeta in H. apply both in H as [H1 H2].
  assert (Hp : encloses (e_range prec (b_pref b)) pref) by (apply enc_range, In).
  pose proof (sigma_does_not_fall _ _ X1). pose proof (sigma_does_not_fall _ _ X2).
  assert (Rise : pref < sigma x) by (rewrite <- (sigma_logit pref) by exact P; now apply sigma_increasing).
  split.
  - apply either in H1 as [H1|H1].
    + pose proof (le_correct prec _ _ _ _ (enc_num prec _) (enc_Z prec 0) H1). simpl in *. lra.
    + pose proof (le_correct prec _ _ _ _ (enc_num prec _) (enc_sub prec _ _ _ _ (enc_sigma prec _ _ (enc_Q prec (from l))) Hp) H1). lra.
  - pose proof (le_correct prec _ _ _ _ (enc_sub prec _ _ _ _ (enc_sigma prec _ _ (enc_Q prec (to l))) Hp) (enc_num prec _) H2). lra.
Qed.

Lemma stepped_correct l x limit : stepped l (Some x) = true -> limit < Q2R (to l) ->
  0 < Q2R x /\ forall t, logit pref <= t <= limit -> Q2R x * (alpha * beta - slope_of c eps t) <= 1.
Proof.
  intros H Lt. destruct (steps_small_correct prec b D alpha beta eps pref In B0 x (Some (to l)) _ H) as [X0 [_ Slow]].
  split; [exact X0|]. intros t [T0 T1]. apply Slow; lra.
Qed.

Theorem check_claims_correct r : b = r_box r -> check_claims r = true -> claimed_of_row r alpha beta eps pref.
Proof.
  intros Is H. unfold check_claims in H. cbv zeta in H. set (l := inner (r_limit r)) in *.
  apply both in H as [H Count]. apply both in H as [H Step]. apply both in H as [H Gain]. apply both in H as [H Br].
  apply both in H as [H Neg]. apply both in H as [H Pos]. apply both in H as [H In2]. apply both in H as [H In1]. clear H.
  apply Qle_bool_Rle in In1, In2.
  pose proof (drive_positive_correct prec b D alpha beta eps pref In B0 _ _ _ Pos) as Fp.
  pose proof (drive_negative_correct prec b D alpha beta eps pref In B0 _ Neg) as Fn.
  assert (W : 0 < alpha * beta) by now apply Rmult_lt_0_compat.
  assert (W0 : 0 <= alpha * beta) by lra.
  assert (Hi : logit pref < Q2R (to l)).
  { destruct (Rle_lt_dec (Q2R (to l)) (logit pref)) as [Q|Q]; [|exact Q]. pose proof (drive_below c _ _ _ E W0 _ Q). unfold c in *. lra. }
  pose proof (drive_below c _ _ _ E W0 _ (Rle_refl (logit pref))) as Fr.
  destruct (least_zero_exists _ (drive_continuous_of c (alpha * beta) (logit pref) eps E) (logit pref) (Q2R (to l)))
    as [x [Ix Zx]]; [lra | lra | unfold c in *; lra |].
  pose proof (least_of_all c _ _ _ E W0 x Zx) as Least.
  assert (Lo : Q2R (from l) <= x).
  { destruct (Rle_lt_dec (Q2R (from l)) x) as [Q|Q]; [exact Q|]. pose proof (Fp x ltac:(lra)). destruct Zx as [_ [Zx _]]. unfold c in *. lra. }
  assert (Up : logit pref < x) by (apply (zeros_above c (alpha * beta) (logit pref) eps E W0); apply Zx).
  unfold claimed_of_row. rewrite <- Is. fold c. cbv zeta. exists x.
  split; [split|split; [|split; [|split]]].
  - apply fixed_by_drive; [exact A | exact B | apply Zx].
  - intros z Z. apply Least. now apply fixed_by_drive in Z.
  - pose proof (brackets_correct prec l x Br ltac:(lra)) as [_ K]. unfold in_bracket_of in *. destruct (r_limit r) as [f t pf pt qf qt].
    unfold l, inner in *. cbn [from to p_from p_to q_from q_to] in *. split; [lra | exact K].
  - destruct (r_gain r) as [[low high]|]; [|exact I]. apply (gained_correct l); [exact Gain | exact Up | lra].
  - destruct (r_step r) as [step|]; [|exact I].
    assert (Below : x < Q2R (to l)).
    { destruct Ix as [_ Ix]. destruct (Req_dec x (Q2R (to l))) as [Q|Q]; [|lra]. destruct Zx as [_ [Zx _]]. rewrite Q in Zx. unfold c in *. lra. }
    destruct (stepped_correct l step x Step Below) as [X0 Slow]. now apply rises_to_zero.
  - destruct (r_count r) as [n|]; [|exact I]. now apply counted_correct.
Qed.
End Row.

Definition check_row (turns : turning) (r : row) : bool :=
  moderate_turns turns &&& moderate_row r &&& domain (r_box r) &&& check_claims turns (r_box r) r.
(** What does not follow is left out of what is said. *)
Definition follows (turns : turning) (r : row) : row :=
  let b := r_box r in let l := inner turns b (r_limit r) in
  Row b (r_limit r) (if gained turns b l (r_gain r) then r_gain r else None) (if stepped turns b l (r_step r) then r_step r else None)
    (match r_count r with Some n => if counted turns b n then Some n else None | None => None end).
Theorem check_row_correct turns r : check_row turns r = true -> means_row r.
Proof.
  intros H. apply both in H as [D H]. apply both in D as [_ D]. pose proof (domain_correct _ D) as [Some_ Dom]. split; [exact Some_|].
  intros alpha beta eps pref In. destruct (Dom _ _ _ _ In) as [[_ A1] [E P]]. pose proof H as K. unfold check_claims in K. cbv zeta in K.
  do 8 (apply both in K as [K _]). apply both in K as [K1 K2]. apply Qlt_bool_Rlt in K1, K2. rewrite Q2R_0 in *.
  assert (A : 0 < alpha) by (destruct In as [[Wa _] _]; lra).
  assert (B : 0 < beta) by (destruct In as [_ [[Wb _] _]]; lra).
  split; [lra|]. apply (check_claims_correct turns (r_box r)); try assumption; [lra | reflexivity].
Qed.
End RowChecker.

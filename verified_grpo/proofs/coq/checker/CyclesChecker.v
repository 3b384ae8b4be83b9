(** * A checker of certificates of cycles, and the proof that what it accepts holds

    A tree cuts the part of the line where cycles are into cells that hold no zero of T^n(L) - L, or at most one. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Zeros Periods.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker RegionsChecker
  CycleStatements CyclesProved OrbitEnclosures.
Import ListNotations.
Open Scope R_scope.

(** In preorder: a cell is cut, and the left part described first; or it holds no zero, or T^n(L) - L is monotone on it. *)
Inductive letter := Split | Empty | Monotone.
Inductive cycles_evidence := NoPoint
  | CycleCells (bits : positive) (span : range) (tree : list letter) (smaller : list (nat * range)).

(** Where a cell is cut, 31/64 of its width from the left; and how often one may be, and how many brackets are compared. *)
Definition cut_of (r : range) : Q := Qred ((33 * fst r + 31 * snd r) / 64).
Definition deepest : nat := 256.
Definition most_brackets : nat := 4096.
(** Compared by name, never counted out. *)
Strategy opaque [deepest most_brackets].

Fixpoint leaves (tree : list letter) (waiting : list (nat * range)) : option (list (bool * range)) :=
  match tree, waiting with
  | [], [] => Some []
  | Split :: rest, (S k, r) :: others => leaves rest ((k, (fst r, cut_of r)) :: (k, (cut_of r, snd r)) :: others)
  | Empty :: rest, (_, r) :: others => match leaves rest others with Some l => Some ((false, r) :: l) | None => None end
  | Monotone :: rest, (_, r) :: others => match leaves rest others with Some l => Some ((true, r) :: l) | None => None end
  | _, _ => None
  end.
Lemma leaves_cover tree : forall waiting l, leaves tree waiting = Some l -> forall k r x, In (k, r) waiting -> within r x ->
  exists t s, In (t, s) l /\ within s x.
Proof.
  induction tree as [|n tree IH]; intros waiting l H k r x I X; [destruct waiting; [destruct I | discriminate]|].
  destruct n, waiting as [|[[|j] s] others]; cbn [leaves] in H; try discriminate.
  2-5: destruct (leaves tree others) as [l'|] eqn:L; [|discriminate]; injection H as <-;
    (destruct I as [I|I]; [injection I as _ <-; eexists _, _; split; [now left | exact X]|]);
    destruct (IH _ _ L k r x I X) as [t [s' [I1 I2]]]; exists t, s'; split; [now right | exact I2].
  destruct I as [I|I]; [|apply (IH _ _ H k r x); [right; now right | exact X]].
  injection I as _ <-. unfold within in X. destruct (Rle_lt_dec x (Q2R (cut_of s))).
  - apply (IH _ _ H j (fst s, cut_of s) x); [now left | unfold within; cbn [fst snd]; lra].
  - apply (IH _ _ H j (cut_of s, snd s) x); [right; now left | unfold within; cbn [fst snd]; lra].
Qed.

Definition apart_bool (b d : bracket) : bool := Qle_bool (to b) (from d) ||| Qle_bool (to d) (from b).
Fixpoint all_apart (bs : list bracket) : bool := match bs with b :: rest => forallb (apart_bool b) rest &&& all_apart rest | [] => true end.
Lemma all_apart_correct bs : all_apart bs = true -> ForallOrdPairs apart bs.
Proof.
  induction bs as [|b bs IH]; intros H; [constructor|]. cbn [all_apart] in H. apply both in H as [H1 H2]. constructor; [|now apply IH].
  apply Forall_forall. intros d D. rewrite forallb_forall in H1. specialize (H1 d D). unfold apart.
  apply either in H1 as [K|K]; apply Qle_bool_Rle in K; [now left | now right].
Qed.
Definition holds_range (r : range) (a z : Q) : bool := Qle_bool (fst r) a &&& Qle_bool z (snd r).

Module CyclesChecker (F : FloatOps with Definition sensible_format := true).
Module O := OrbitEnclosures F.
Import O.R.S.C.E O.R.S.C O.R.S O.R O.

Section Point.
Variables (prec : F.precision) (c : contrast) (n : nat) (stay pull ib ie : I.type).
Notation q := (e_Q prec).
Notation turns := (turned prec c stay pull ib ie).
Notation zero := (e_Z prec 0).
Notation one := (e_Z prec 1).
Definition after (d : nat) (x : Q) : I.type := fst (turns d (q x)).
Definition is_above (d : nat) (x : Q) : bool := lt prec (q x) (after d x).
Definition is_below (d : nat) (x : Q) : bool := lt prec (after d x) (q x).
Definition crosses_at (d : nat) (r : range) : bool :=
  Qlt_bool (fst r) (snd r) &&&
  ((is_below d (fst r) &&& is_above d (snd r)) ||| (is_above d (fst r) &&& is_below d (snd r))).
(** No zero: the image is beside the cell, or T^n(L) - L keeps its sign by the mean value theorem. *)
Definition away (a z : Q) : bool :=
  let l := cell prec a z in let (far, steep) := turns n l in
  lt prec (q z) far ||| lt prec far (q a) |||
  (let x := middle a z in
   let f := I.add prec (I.sub prec (after n x) (q x)) (I.mul prec (I.sub prec steep one) (I.sub prec l (q x))) in
   Qle_bool a x &&& Qle_bool x z &&& (lt prec zero f ||| lt prec f zero)).
Definition steeper (a z : Q) : bool := lt prec one (snd (turns n (cell prec a z))).
Definition flatter (a z : Q) : bool := lt prec (snd (turns n (cell prec a z))) one.
(** Which of the two is asked is seen at the middle. *)
Definition at_most_one (r : range) : bool :=
  let x := middle (fst r) (snd r) in by_range (if steeper x x then steeper else flatter) depth (fst r) (snd r).
Definition same_side (r : range) : bool :=
  (is_above n (fst r) &&& is_above n (snd r)) ||| (is_below n (fst r) &&& is_below n (snd r)).
Definition cell_holds (listed : list bracket) (smaller : list (nat * range)) (k : bool * range) : bool :=
  let (single, r) := k in
  if single
  then at_most_one r &&& (existsb (fun b => holds_range r (from b) (to b)) listed |||
    existsb (fun d : nat * range => let (_, s) := d in holds_range r (fst s) (snd s)) smaller ||| same_side r)
  else by_range away depth (fst r) (snd r).
Definition smaller_holds (d : nat * range) : bool := Nat.leb 1 (fst d) &&& Nat.ltb (fst d) n &&& Nat.eqb (n mod fst d) 0 &&& crosses_at (fst d) (snd d).
Definition leads (cells : list (bool * range)) (b d : bracket) : bool :=
  existsb (fun k : bool * range => let (single, r) := k in single &&& holds_range r (from d) (to d) &&&
    (let there := fst (image prec c stay pull ib ie (cell prec (from b) (to b))) in
     le prec (q (fst r)) there &&& le prec there (q (snd r)))) cells.
Fixpoint linked_bool (cells : list (bool * range)) (bs : list bracket) : bool :=
  match bs with
  | b :: rest => match rest with d :: _ => leads cells b d | [] => true end &&& linked_bool cells rest
  | [] => true
  end.
Definition steepness (bs : list bracket) : I.type :=
  fold_right (fun b s => I.mul prec (e_multiplier prec c stay ib ie (cell prec (from b) (to b))) s) one bs.
Definition kind_holds (k : stability) (s : I.type) : bool :=
  match k with
  | Attracting => lt prec (e_Z prec (-1)) s &&& lt prec s one
  | Repelling => lt prec s (e_Z prec (-1)) ||| lt prec one s
  | Undecided => true
  end.
Definition cycle_holds (cells : list (bool * range)) (y : cycle) : bool :=
  let s := steepness (y_points y) in
  Nat.eqb (List.length (y_points y)) n &&& linked_bool cells (y_points y) &&& forallb (brackets prec) (y_points y) &&&
  le prec (e_num prec (y_low y)) s &&& le prec s (e_num prec (y_high y)) &&& kind_holds (y_kind y) s.
Definition cells_hold (cells : list (bool * range)) (ys : list cycle) (smaller : list (nat * range)) : bool :=
  let listed := flat_map y_points ys in
  Nat.leb (List.length listed + List.length smaller) most_brackets &&& all_apart listed &&&
  forallb (fun b => crosses_at n (from b, to b)) listed &&& forallb smaller_holds smaller &&&
  forallb (cell_holds listed smaller) cells &&& forallb (cycle_holds cells) ys.

Variables alpha beta eps Lref : R.
Hypothesis Stay : encloses stay (1 - alpha).
Hypothesis Pull : encloses pull (alpha * Lref).
Hypothesis Hb : encloses ib beta.
Hypothesis He : encloses ie eps.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis N : (1 <= n)%nat.
Notation T := (step_of c alpha Lref beta eps).
Notation m := (multiplier_of c alpha beta eps).
Notation slope_after d := (fun x => product m (orbit T d x)).
Let turned_correct d l x : encloses l x -> encloses (fst (turns d l)) (iterate T d x) /\ encloses (snd (turns d l)) (slope_after d x).
Proof. now apply enc_turned. Qed.
Lemma enc_after d x : encloses (after d x) (iterate T d (Q2R x)). Proof. apply turned_correct, enc_Q. Qed.
Lemma is_above_correct d x : is_above d x = true -> Q2R x < iterate T d (Q2R x).
Proof. intros H. exact (lt_correct prec _ _ _ _ (enc_Q prec x) (enc_after d x) H). Qed.
Lemma is_below_correct d x : is_below d x = true -> iterate T d (Q2R x) < Q2R x.
Proof. intros H. exact (lt_correct prec _ _ _ _ (enc_after d x) (enc_Q prec x) H). Qed.
Let gain (d : nat) (x : R) : R := iterate T d x - x.
Lemma gain_derivative d x : is_derive (gain d) x (slope_after d x - 1).
Proof.
  apply (is_derive_minus (iterate T d) (fun y : R => y)); [|apply (is_derive_id (K := R_AbsRing))].
  apply (iterate_derivative T m). intros y. now apply step_of_derivative.
Qed.
Lemma crosses_at_correct d r : crosses_at d r = true -> exists x, Q2R (fst r) < x < Q2R (snd r) /\ iterate T d x = x.
Proof.
  intros H. apply both in H as [O H]. apply Qlt_bool_Rlt in O.
  destruct (sign_change _ _ (gain_derivative d) _ _ O) as [x [X Z]]; unfold gain in *; [|exists x; split; [exact X | lra]].
  apply either in H as [H|H]; apply both in H as [H1 H2].
  - apply is_below_correct in H1. apply is_above_correct in H2. left. lra.
  - apply is_above_correct in H1. apply is_below_correct in H2. right. lra.
Qed.
Lemma away_correct a z : away a z = true -> forall x, Q2R a <= x <= Q2R z -> iterate T n x <> x.
Proof.
  intros H x X Fx. unfold away in H. pose proof (enc_cell prec a z x X) as Cx.
  destruct (turned_correct n _ x Cx) as [T1 _]. pose proof (fun t => turned_correct n (cell prec a z) t) as T2.
  destruct (turns n (cell prec a z)) as [far steep] eqn:Tu. cbn [fst snd] in T1, T2. rewrite Fx in T1. apply either in H as [H|H]; [apply either in H as [H|H]|].
  - pose proof (lt_correct prec _ _ _ _ (enc_Q prec z) T1 H). lra.
  - pose proof (lt_correct prec _ _ _ _ T1 (enc_Q prec a) H). lra.
  - set (y := middle a z) in *. apply both in H as [H Sign]. apply both in H as [Y1 Y2]. apply Qle_bool_Rle in Y1, Y2.
    destruct (mean_value_beside (gain n) _ (Q2R y) x (gain_derivative n)) as [t [I M]]. unfold gain in M.
    assert (Ct : encloses (cell prec a z) t) by (apply (enc_between _ x (Q2R y)); [exact Cx | apply enc_cell; lra | exact I]).
    assert (K : encloses (I.add prec (I.sub prec (after n y) (q y)) (I.mul prec (I.sub prec steep one) (I.sub prec (cell prec a z) (q y)))) (iterate T n x - x)).
    { rewrite M. apply enc_add; [apply enc_sub; [apply enc_after | apply enc_Q]|]. apply enc_mul; apply enc_sub; [|apply enc_Z | exact Cx | apply enc_Q].
      exact (proj2 (T2 t Ct)). }
    apply either in Sign as [S|S].
    + pose proof (lt_correct prec _ _ _ _ (enc_Z prec 0) K S). lra.
    + pose proof (lt_correct prec _ _ _ _ K (enc_Z prec 0) S). lra.
Qed.
Definition grows (r : range) : Prop := forall x, within r x -> 1 < slope_after n x.
Definition lags (r : range) : Prop := forall x, within r x -> slope_after n x < 1.
Lemma at_most_one_correct r : at_most_one r = true -> grows r \/ lags r.
Proof.
  unfold at_most_one. cbv zeta. destruct (steeper _ _); intros H; [left | right]; intros x X.
  - refine (by_range_correct steeper (fun x => 1 < slope_after n x) _ depth _ _ H x X).
    intros a z K y Y. exact (lt_correct prec _ _ _ _ (enc_Z prec 1) (proj2 (turned_correct n _ y (enc_cell prec a z y Y))) K).
  - refine (by_range_correct flatter (fun x => slope_after n x < 1) _ depth _ _ H x X).
    intros a z K y Y. exact (lt_correct prec _ _ _ _ (proj2 (turned_correct n _ y (enc_cell prec a z y Y))) (enc_Z prec 1) K).
Qed.
Definition orders (r : range) : Prop :=
  (forall x y, within r x -> within r y -> x < y -> gain n x < gain n y) \/
  (forall x y, within r x -> within r y -> x < y -> gain n y < gain n x).
Lemma orders_of r : grows r \/ lags r -> orders r.
Proof.
  intros [K|K]; [left | right]; intros x y [X1 X2] [Y1 Y2] O.
  - apply (increases (gain n) _ x y (gain_derivative n)); [|exact O]. intros t Ht. specialize (K t). unfold within in K. lra.
  - apply (decreases (gain n) _ x y (gain_derivative n)); [|exact O]. intros t Ht. specialize (K t). unfold within in K. lra.
Qed.
Lemma only_one r x y : orders r -> within r x -> within r y -> iterate T n x = x -> iterate T n y = y -> x = y.
Proof.
  unfold orders, gain. intros K X Y Zx Zy.
  destruct (Rtotal_order x y) as [O|[O|O]]; [|exact O|]; destruct K as [K|K];
    first [pose proof (K x y X Y O) | pose proof (K y x Y X O)]; lra.
Qed.
Lemma same_side_correct r : orders r -> same_side r = true -> forall x, within r x -> iterate T n x <> x.
Proof.
  intros K H x X Fx. assert (W : within r (Q2R (fst r)) /\ within r (Q2R (snd r))) by (unfold within in *; lra). destruct W as [Wa Wz].
  assert (Ends : (0 < gain n (Q2R (fst r)) /\ 0 < gain n (Q2R (snd r))) \/ (gain n (Q2R (fst r)) < 0 /\ gain n (Q2R (snd r)) < 0)).
  { unfold gain. apply either in H as [H|H]; apply both in H as [H1 H2].
    - apply is_above_correct in H1, H2. left. lra.
    - apply is_below_correct in H1, H2. right. lra. }
  assert (Z : gain n x = 0) by (unfold gain; lra).
  destruct (Req_dec (Q2R (fst r)) x) as [Q|Q]; [rewrite Q in Ends; lra|].
  destruct (Req_dec x (Q2R (snd r))) as [U|U]; [rewrite <- U in Ends; lra|].
  assert (O : Q2R (fst r) < x < Q2R (snd r)) by (destruct X; lra).
  destruct K as [K|K]; pose proof (K _ _ Wa X (proj1 O)); pose proof (K _ _ X Wz (proj2 O)); lra.
Qed.
Lemma holds_range_correct r a z x : holds_range r a z = true -> Q2R a <= x <= Q2R z -> within r x.
Proof. intros H X. apply both in H as [H1 H2]. apply Qle_bool_Rle in H1, H2. unfold within. lra. Qed.

Notation zero_of := (zero_in T n).
Lemma leads_correct cells b d : (forall r, In (true, r) cells -> orders r) -> leads cells b d = true ->
  forall x y, zero_of b x -> zero_of d y -> T x = y.
Proof.
  intros K H x y [X1 X2] [Y1 Y2]. apply existsb_exists in H as [[single r] [I H]]. destruct single; [|discriminate].
  apply both in H as [H1 H2]. cbv zeta in H2. apply both in H2 as [H2 H3].
  assert (Cx : encloses (cell prec (from b) (to b)) x) by (apply enc_cell; lra).
  pose proof (proj1 (enc_image prec c stay pull ib ie alpha beta eps Lref Stay Pull Hb He B E _ x Cx)) as Im.
  pose proof (le_correct prec _ _ _ _ (enc_Q prec _) Im H2). pose proof (le_correct prec _ _ _ _ Im (enc_Q prec _) H3).
  apply (only_one r); [now apply K | split; lra | apply (holds_range_correct r _ _ y H1); lra | | exact Y2].
  rewrite iterate_commutes. now rewrite X2.
Qed.
Lemma linked_bool_correct cells bs : (forall r, In (true, r) cells -> orders r) -> linked_bool cells bs = true -> linked T n bs.
Proof.
  intros K. induction bs as [|b bs IH]; intros H; [exact I|]. cbn [linked_bool] in H. apply both in H as [H1 H2]. split; [|now apply IH].
  destruct bs as [|d bs]; [exact I|]. now apply (leads_correct cells).
Qed.
Lemma steepness_correct bs xs : Forall2 zero_of bs xs -> encloses (steepness bs) (product m xs).
Proof.
  induction 1 as [|b x bs xs [H _] F IH]; [apply enc_Z|]. apply enc_mul; [|exact IH].
  apply (enc_multiplier prec c stay ib ie alpha beta eps Stay Hb He E). apply enc_cell. lra.
Qed.
Lemma kind_holds_correct k s x : encloses s x -> kind_holds k s = true -> means_multiplier k x.
Proof.
  intros X H. destruct k; cbn [kind_holds means_multiplier] in *; [| |exact I].
  - apply both in H as [H1 H2]. pose proof (lt_correct prec _ _ _ _ (enc_Z prec (-1)) X H1). pose proof (lt_correct prec _ _ _ _ X (enc_Z prec 1) H2). lra.
  - apply either in H as [H|H]; [left; exact (lt_correct prec _ _ _ _ X (enc_Z prec (-1)) H) | right; exact (lt_correct prec _ _ _ _ (enc_Z prec 1) X H)].
Qed.

Theorem cells_hold_correct cells ys smaller : cells_hold cells ys smaller = true ->
  (forall x, iterate T n x = x -> exists t s, In (t, s) cells /\ within s x) ->
  exists starts, Forall2 (means_cycle T m n) ys starts /\ NoDup (flat_map (orbit T n) starts) /\
    forall L, has_period T n L <-> In L (flat_map (orbit T n) starts).
Proof.
  intros H Cover. unfold cells_hold in H. cbv zeta in H. set (listed := flat_map y_points ys) in *.
  apply both in H as [H Hys]. apply both in H as [H Hcells]. apply both in H as [H Hsmall]. apply both in H as [H Hlisted]. apply both in H as [_ Hapart].
  rewrite forallb_forall in Hys, Hcells, Hsmall, Hlisted.
  assert (Slopes : forall r, In (true, r) cells -> orders r).
  { intros r I. specialize (Hcells _ I). cbn [cell_holds] in Hcells. apply both in Hcells as [K _]. now apply orders_of, at_most_one_correct. }
  destruct (all_cycles T n N ys) as [starts [F [U A]]].
  - intros y Y. specialize (Hys y Y). unfold cycle_holds in Hys. cbv zeta in Hys. do 4 apply both in Hys as [Hys _].
    apply both in Hys as [H1 H2]. split; [now apply Nat.eqb_eq | now apply (linked_bool_correct cells)].
  - intros b Hb'. destruct (crosses_at_correct n _ (Hlisted b Hb')) as [x X]. now exists x.
  - now apply all_apart_correct.
  - intros L Z. destruct (Cover L Z) as [single [r [I W]]]. pose proof (Hcells _ I) as K. cbn [cell_holds] in K. destruct single.
    + pose proof (Slopes r I) as S. apply both in K as [_ K]. apply either in K as [K|K]; [apply either in K as [K|K]|].
      * left. apply existsb_exists in K as [b [Hb' K]]. exists b. split; [exact Hb'|]. intros x [X1 X2].
        apply (only_one r _ _ S); [exact W | apply (holds_range_correct r _ _ x K); lra | exact Z | exact X2].
      * right. apply existsb_exists in K as [[d s] [Hd K]]. specialize (Hsmall _ Hd). unfold smaller_holds in Hsmall. cbn [fst snd] in *.
        apply both in Hsmall as [Hsmall Cr]. apply both in Hsmall as [Hsmall Div]. apply both in Hsmall as [D1 D2].
        apply Nat.leb_le in D1. apply Nat.ltb_lt in D2. apply Nat.eqb_eq in Div.
        destruct (crosses_at_correct d s Cr) as [x [X1 X2]]. exists d. split; [lia|].
        assert (Fx : iterate T n x = x).
        { apply Nat.mod_divides in Div; [|lia]. destruct Div as [k ->]. clear - X2. induction k as [|k IH]; [now rewrite Nat.mul_0_r|].
          rewrite Nat.mul_succ_r, iterate_plus, X2. exact IH. }
        assert (L = x); [|now subst]. apply (only_one r _ _ S); [exact W | apply (holds_range_correct r _ _ x K); lra | exact Z | exact Fx].
      * exfalso. exact (same_side_correct r S K L W Z).
    + exfalso. refine (by_range_correct away (fun x => iterate T n x <> x) away_correct depth _ _ K L W Z).
  - exists starts. split; [|split; [exact U | exact A]].
    assert (Hys' : forall y, In y ys -> cycle_holds cells y = true) by exact Hys. clear - F Hys' Stay Hb He E N B Pull.
    induction F as [|y x ys xs Hy F IH]; [constructor|]. constructor; [|apply IH; intros y' Y'; apply Hys'; now right].
    specialize (Hys' y (or_introl eq_refl)). unfold cycle_holds in Hys'. cbv zeta in Hys'.
    apply both in Hys' as [H K6]. apply both in H as [H K5]. apply both in H as [H K4]. apply both in H as [H K3].
    pose proof (steepness_correct _ _ Hy) as St. unfold means_cycle. cbv zeta. split; [|split].
    + clear - Hy K3. rewrite forallb_forall in K3. set (bs := y_points y) in *. clearbody bs. set (xs := orbit T n x) in *. clearbody xs.
      induction Hy as [|b z bs zs [Hz _] Hy IH]; [constructor|]. constructor; [|apply IH; intros b' B'; apply K3; now right].
      apply (brackets_correct prec); [apply K3; now left | lra].
    + split; [exact (le_correct prec _ _ _ _ (enc_num prec _) St K4) | exact (le_correct prec _ _ _ _ St (enc_num prec _) K5)].
    + exact (kind_holds_correct _ _ _ St K6).
Qed.
End Point.

Definition exact_box (s : cycles_statement) : box :=
  Box (y_contrast s) (y_alpha s, y_alpha s) (y_beta s, y_beta s) (y_eps s, y_eps s) (y_pref s, y_pref s).
Definition check_cycles (s : cycles_statement) (e : cycles_evidence) : bool :=
  let b := exact_box s in
  domain b &&& Qlt_bool 0 (y_beta s) &&& Nat.leb 1 (y_period s) &&&
  match e with
  | NoPoint => Qle_bool (y_alpha s) 0 &&& match y_cycles s with [] => true | _ => false end
  | CycleCells bits span tree smaller =>
    let prec := F.PtoP bits in
    Qlt_bool 0 (y_alpha s) &&& le prec (e_Q prec (fst span)) (lowest prec b) &&& le prec (highest prec b) (e_Q prec (snd span)) &&&
    match leaves tree [(deepest, span)] with
    | Some cells => cells_hold prec (y_contrast s) (y_period s) (e_Q prec (1 - y_alpha s)) (I.mul prec (e_Q prec (y_alpha s)) (i_ref prec b))
        (e_Q prec (y_beta s)) (e_Q prec (y_eps s)) cells (y_cycles s) smaller
    | None => false
    end
  end.

Theorem check_cycles_correct s e : check_cycles s e = true -> means_cycles s.
Proof.
  intros H. unfold check_cycles in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [H P1]. apply both in H as [D B0].
  apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0. apply Nat.leb_le in P1.
  assert (In : in_box (exact_box s) (Q2R (y_alpha s)) (Q2R (y_beta s)) (Q2R (y_eps s)) (Q2R (y_pref s))).
  { unfold in_box, within, exact_box. cbn. repeat split; lra. }
  pose proof (proj2 (domain_correct _ D) _ _ _ _ In) as [A [E P]]. unfold means_cycles. cbv zeta.
  split; [auto|]. split; [exact P1|].
  set (alpha := Q2R (y_alpha s)) in *. set (beta := Q2R (y_beta s)) in *. set (eps := Q2R (y_eps s)) in *. set (pref := Q2R (y_pref s)) in *.
  set (T := step_of (y_contrast s) alpha (logit pref) beta eps). destruct e as [|bits span tree smaller].
  - apply both in K as [Z Nil]. apply Qle_bool_Rle in Z. rewrite Q2R_0 in Z. destruct (y_cycles s); [|discriminate].
    exists []. split; [constructor|]. split; [constructor|]. intros L. split; [|intros []]. intros [Q _]. exfalso.
    apply (no_cycle_of_mirror (y_contrast s) alpha (logit pref) beta eps B0 E (y_period s) L); [fold alpha in Z; lra | exact P1 | exact Q].
  - set (prec := F.PtoP bits) in *. apply both in K as [K Cells]. apply both in K as [K Right]. apply both in K as [A0 Left].
    apply Qlt_bool_Rlt in A0. rewrite Q2R_0 in A0. fold alpha in A0.
    assert (Pr : proper alpha beta eps pref) by (unfold proper; repeat split; lra).
    destruct (leaves tree [(deepest, span)]) as [cells|] eqn:Lv; [|discriminate].
    apply (cells_hold_correct prec (y_contrast s) (y_period s) _ _ _ _ alpha beta eps (logit pref)) with (3 := enc_Q prec _) (4 := enc_Q prec _) in Cells;
      [exact Cells | | | exact B0 | exact E | exact P1 |].
    + unfold alpha. replace (1 - Q2R (y_alpha s)) with (Q2R (1 - y_alpha s)) by (rewrite Q2R_minus, Q2R_1; reflexivity). apply enc_Q.
    + apply enc_mul; [apply enc_Q|]. exact (enc_ref prec (exact_box s) alpha beta eps pref In).
    + intros x Fx. pose proof (cycles_between (y_contrast s) alpha (logit pref) beta eps B0 E (y_period s) x ltac:(lra) P1 Fx) as [X1 X2].
      pose proof (le_correct prec _ _ _ _ (enc_Q prec _) (enc_lowest prec (exact_box s) alpha beta eps pref In Pr) Left).
      pose proof (le_correct prec _ _ _ _ (enc_highest prec (exact_box s) alpha beta eps pref In Pr) (enc_Q prec _) Right).
      cbn [b_contrast exact_box] in *. apply (leaves_cover _ _ _ Lv deepest span x); [now left | unfold within; lra].
Qed.
End CyclesChecker.

(** * A checker of certificates of chaos, and the proof that what it accepts holds *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Calculus Definitions Periods Chaos.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts FixedPointsChecker SmallStepsChecker RegionsChecker
  OrbitEnclosures ChaosStatements.
Open Scope R_scope.

Inductive chaos_evidence := Orbit (bits : positive) | Return (bits : positive).

(** Where an orbit is farther out, it is not followed: exponentials of such log-odds take long. *)
Definition farthest : Z := 10 ^ 300.

Module ChaosChecker (F : FloatOps with Definition sensible_format := true).
Module O := OrbitEnclosures F.
Import O.R.S.C.E O.R.S.C O.R.S O.R O.

Section Box.
Variables (prec : F.precision) (b : box).
Notation q := (e_Q prec).
Notation c := (b_contrast b).
(** 1 - alpha and alpha L_ref. *)
Definition stays : I.type := e_range prec ((1 - snd (b_alpha b))%Q, (1 - fst (b_alpha b))%Q).
Definition pulled : I.type := I.mul prec (i_alpha prec b) (i_ref prec b).
(** The step over an interval, and over each of 2^n parts of it. *)
Definition near (l : I.type) : bool := le prec (e_Z prec (- farthest)) l &&& le prec l (e_Z prec farthest).
Definition over_whole (l : I.type) : I.type :=
  if near l then fst (image prec c stays pulled (i_beta prec b) (i_eps prec b) l) else I.nai.
Fixpoint next (n : nat) (l : I.type) : I.type :=
  match n with O => over_whole l | S k => let (a, z) := I.bisect l in I.join (next k a) (next k z) end.
Definition e_place (x : start) : I.type := match x with AtLogit l => q l | AtRate p => logit_of prec (p, p) end.
Definition is_place_bool (x : start) : bool := match x with AtLogit _ => true | AtRate p => Qlt_bool 0 p &&& Qlt_bool p 1 end.
Definition is_in (i : I.type) (r : range) : bool := le prec (q (fst r)) i &&& le prec i (q (snd r)).
(** By the ends of the images that are stated. *)
Definition in_order_bool (o : order) (x : I.type) (one two three : range) : bool :=
  match o with
  | Falling => le prec x (q (fst three)) &&& lt prec (q (snd one)) x &&& Qlt_bool (snd two) (fst one)
  | Rising => le prec (q (snd three)) x &&& lt prec x (q (fst one)) &&& Qlt_bool (snd one) (fst two)
  end.
Definition four_points (n : nat) (at_ : start) (o : order) (one two three : range) : bool :=
  let x := e_place at_ in let y := next n x in let z := next n y in
  is_place_bool at_ &&& is_in y one &&& is_in z two &&& is_in (next n z) three &&& in_order_bool o x one two three.
(** T^3(L) - L changes its sign in the bracket, out of which T leads. *)
Definition third (n : nat) (x : Q) : I.type := next n (next n (next n (q x))).
Definition returns (n : nat) (r : range) : bool :=
  let (x, y) := r in let x3 := third n x in let y3 := third n y in let there := next n (cell prec x y) in
  Qlt_bool x y &&&
  ((lt prec x3 (q x) &&& lt prec (q y) y3) ||| (lt prec (q x) x3 &&& lt prec y3 (q y))) &&&
  (lt prec there (q x) ||| lt prec (q y) there).

Variables alpha beta eps pref : R.
Hypothesis In : in_box b alpha beta eps pref.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (step_of c alpha (logit pref) beta eps).
Lemma enc_stays : encloses stays (1 - alpha).
Proof. destruct In as [[A1 A2] _]. apply enc_range. unfold within. cbn [fst snd]. rewrite !Q2R_minus, Q2R_1. lra. Qed.
Lemma enc_pulled : encloses pulled (alpha * logit pref).
Proof. apply enc_mul; [apply enc_range, In | exact (enc_ref prec b alpha beta eps pref In)]. Qed.
Let Hb : encloses (i_beta prec b) beta. Proof. apply enc_range, In. Qed.
Let He : encloses (i_eps prec b) eps := enc_eps prec b alpha beta eps pref In.
Lemma enc_next n : forall l x, encloses l x -> encloses (next n l) (T x).
Proof.
  induction n as [|n IH]; intros l x H; cbn [next].
  - unfold over_whole. destruct (near l); [|apply enc_anything].
    exact (proj1 (enc_image prec c _ _ _ _ alpha beta eps _ enc_stays enc_pulled Hb He B E l x H)).
  - pose proof (enc_half l x H) as K. destruct (I.bisect l) as [a z]. apply I.join_correct. destruct K; [left | right]; now apply IH.
Qed.
Lemma enc_place x : encloses (e_place x) (place x).
Proof. destruct x; [apply enc_Q|]. apply enc_logit. split; apply Rle_refl. Qed.
Lemma is_in_correct i r x : encloses i x -> is_in i r = true -> within r x.
Proof.
  intros X H. apply both in H as [H1 H2].
  split; [exact (le_correct prec _ _ _ _ (enc_Q prec _) X H1) | exact (le_correct prec _ _ _ _ X (enc_Q prec _) H2)].
Qed.
Lemma T_continuous x : continuous T x.
Proof. apply (ex_derive_continuous T). exists (multiplier_of c alpha beta eps x). now apply step_of_derivative. Qed.
Notation every := (forall n, (1 <= n)%nat -> exists x, has_period T n x).

Lemma four_points_correct n at_ o one two three : four_points n at_ o one two three = true ->
  means_verdict (FourPoints at_ o one two three) T /\ every.
Proof.
  intros H. unfold four_points in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [H H3]. apply both in H as [H H2].
  apply both in H as [P H1]. pose proof (enc_place at_) as X0. pose proof (enc_next n _ _ X0) as X1. pose proof (enc_next n _ _ X1) as X2.
  pose proof (enc_next n _ _ X2) as X3. apply (is_in_correct _ _ _ X1) in H1. apply (is_in_correct _ _ _ X2) in H2.
  apply (is_in_correct _ _ _ X3) in H3. set (x := place at_) in *.
  assert (O : in_order o x (T x) (T (T x)) (T (T (T x))) /\ every).
  { unfold within in H1, H2, H3. destruct o; cbn [in_order in_order_bool] in *; apply both in K as [K K3]; apply both in K as [K1 K2];
      apply Qlt_bool_Rlt in K3.
    - pose proof (le_correct prec _ _ _ _ X0 (enc_Q prec _) K1) as O1. pose proof (lt_correct prec _ _ _ _ (enc_Q prec _) X0 K2) as O2.
      split; [lra | exact (proj2 (chaos_falls T T_continuous x _ _ _ _ _ _ H1 H2 H3 O1 O2 K3))].
    - pose proof (le_correct prec _ _ _ _ (enc_Q prec _) X0 K1) as O1. pose proof (lt_correct prec _ _ _ _ X0 (enc_Q prec _) K2) as O2.
      split; [lra | exact (proj2 (chaos_rises T T_continuous x _ _ _ _ _ _ H1 H2 H3 O1 O2 K3))]. }
  split; [|apply O]. cbn [means_verdict]. cbv zeta. fold x. split; [|split; [auto | apply O]].
  destruct at_; [exact I|]. cbn [is_place_bool is_place] in *.
  apply both in P as [P1 P2]. apply Qlt_bool_Rlt in P1, P2. rewrite Q2R_0 in P1. rewrite Q2R_1 in P2. lra.
Qed.
Lemma enc_third n x : encloses (third n x) (T (T (T (Q2R x)))).
Proof. apply enc_next, enc_next, enc_next, enc_Q. Qed.
Lemma returns_correct n r : returns n r = true -> means_verdict (PeriodThree r) T /\ every.
Proof.
  destruct r as [x y]. intros H. unfold returns in H. cbv zeta in H. apply both in H as [H Out]. apply both in H as [O Signs].
  apply Qlt_bool_Rlt in O. destruct (chaos_by_return T T_continuous (Q2R x) (Q2R y) O) as [[z [Z P]] All].
  - apply either in Signs as [S|S]; apply both in S as [S1 S2]; [left | right]; split;
      first [exact (lt_correct prec _ _ _ _ (enc_third n _) (enc_Q prec _) S1) | exact (lt_correct prec _ _ _ _ (enc_Q prec _) (enc_third n _) S1)
        | exact (lt_correct prec _ _ _ _ (enc_third n _) (enc_Q prec _) S2) | exact (lt_correct prec _ _ _ _ (enc_Q prec _) (enc_third n _) S2)].
  - apply either in Out as [S|S]; [left | right]; intros t Ht; pose proof (enc_next n _ _ (enc_cell prec x y t Ht)) as There;
      [exact (lt_correct prec _ _ _ _ There (enc_Q prec _) S) | exact (lt_correct prec _ _ _ _ (enc_Q prec _) There S)].
  - split; [|exact All]. exists z. split; [unfold within; cbn [fst snd]; lra | exact P].
Qed.
End Box.

(** As many parts of each image as boxes of parameters need. *)
Definition halvings : nat := 5.
Definition check_chaos (s : chaos_statement) (e : chaos_evidence) : bool :=
  let b := h_box s in
  domain b &&& Qlt_bool 0 (fst (b_beta b)) &&&
  match h_verdict s, e with
  | FourPoints at_ o one two three, Orbit bits =>
    four_points (F.PtoP bits) b 0 at_ o one two three ||| four_points (F.PtoP bits) b halvings at_ o one two three
  | PeriodThree r, Return bits => returns (F.PtoP bits) b 0 r ||| returns (F.PtoP bits) b halvings r
  | _, _ => false
  end.
Theorem check_chaos_correct s e : check_chaos s e = true -> means_chaos s.
Proof.
  intros H. unfold check_chaos in H. cbv zeta in H. apply both in H as [H K]. apply both in H as [D B0].
  apply Qlt_bool_Rlt in B0. rewrite Q2R_0 in B0. destruct (domain_correct _ D) as [Some_ Dom]. split; [exact Some_|].
  intros alpha beta eps pref In. destruct (Dom _ _ _ _ In) as [A [E P]].
  assert (B : 0 < beta) by (destruct In as [_ [[Wb _] _]]; lra). split; [auto|]. cbv zeta.
  destruct (h_verdict s), e; try discriminate.
  - apply either in K as [K|K]; exact (four_points_correct _ _ alpha beta eps pref In B E _ _ _ _ _ _ K).
  - apply either in K as [K|K]; exact (returns_correct _ _ alpha beta eps pref In B E _ _ K).
Qed.
End ChaosChecker.

(** * A checker of inequalities over a box, and the proof that what it accepts holds

    The box is cut into leaves by a tree in preorder; on each of them an enclosure of the expression has the sign. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List Ascii.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker ExpressionStatements.
Import ListNotations.
Open Scope R_scope.

Definition same_name (x y : name) : {x = y} + {x <> y} := list_eq_dec ascii_dec x y.
Fixpoint looked_up {A} (x : name) (l : list (name * A)) : option A :=
  match l with [] => None | (y, a) :: r => if same_name x y then Some a else looked_up x r end.
Lemma looked_up_in {A} x (l : list (name * A)) a : looked_up x l = Some a -> In (x, a) l.
Proof.
  induction l as [|[y b] l IH]; [discriminate|]. cbn [looked_up]. destruct (same_name x y) as [->|].
  - intros H. injection H as ->. now left.
  - intros H. right. now apply IH.
Qed.

(** ** Trees: a cut is followed by what is below it, then by what is above *)
Inductive branch := Split (along : name) (at_ : Q) | Leaf.
Record tree_evidence := Tree { t_bits : positive; t_nodes : list branch }.
Fixpoint with_side (x : name) (r : range) (b : sides) : sides :=
  match b with [] => [] | (y, s) :: rest => if same_name x y then (y, r) :: rest else (y, s) :: with_side x r rest end.
Fixpoint covers (test : sides -> bool) (nodes : list branch) (waiting : list sides) : bool :=
  match nodes, waiting with
  | [], [] => true
  | Leaf :: rest, b :: others => test b &&& covers test rest others
  | Split x q :: rest, b :: others =>
    match looked_up x b with
    | Some (low, high) => Qlt_bool low q &&& Qlt_bool q high &&&
        covers test rest (with_side x (low, q) b :: with_side x (q, high) b :: others)
    | None => false
    end
  | _, _ => false
  end.
(** A box with one side cut holds the points of the box on that side of the cut. *)
Lemma with_side_holds x r b values : in_sides b values -> within r (values x) -> in_sides (with_side x r b) values.
Proof.
  intros H W. induction b as [|[y s] b IH]; [exact H|]. cbn [with_side]. destruct (same_name x y) as [<-|].
  - intros z t [E|I]; [injection E as <- <-; exact W | apply H; now right].
  - intros z t [E|I]; [injection E as <- <-; apply H; now left|].
    apply IH; [intros u k J; apply H; now right | exact I].
Qed.
Lemma covers_correct test (P : (name -> R) -> Prop) : (forall b, test b = true -> forall values, in_sides b values -> P values) ->
  forall nodes waiting, covers test nodes waiting = true -> forall b, In b waiting -> forall values, in_sides b values -> P values.
Proof.
  intros K. induction nodes as [|n rest IH]; intros waiting H b I values X.
  - destruct waiting; [destruct I | discriminate].
  - destruct waiting as [|b0 others]; [destruct n; destruct I|]. destruct n as [x q|]; cbn [covers] in H.
    + destruct (looked_up x b0) as [[low high]|] eqn:L; [|discriminate]. apply both in H as [_ H].
      destruct I as [->|I]; [|apply (IH _ H b); [right; now right | exact X]].
      apply looked_up_in in L. pose proof (X _ _ L) as [W1 W2]. cbn [fst snd] in W1, W2.
      destruct (Rle_lt_dec (values x) (Q2R q)).
      * apply (IH _ H (with_side x (low, q) b)); [now left|]. apply with_side_holds; [exact X | split; cbn; lra].
      * apply (IH _ H (with_side x (q, high) b)); [right; now left|]. apply with_side_holds; [exact X | split; cbn; lra].
    + apply both in H as [T H]. destruct I as [->|I]; [now apply (K b T) | now apply (IH _ H b)].
Qed.

(** ** The box has points *)
Fixpoint has_points (b : sides) : bool :=
  match b with
  | [] => true
  | (x, (low, high)) :: rest =>
    Qle_bool low high &&& match looked_up x rest with None => has_points rest | Some _ => false end
  end.
Lemma has_points_correct b : has_points b = true -> exists values, in_sides b values.
Proof.
  induction b as [|[x [low high]] b IH]; intros H; [exists (fun _ => 0); intros x r []|].
  cbn [has_points] in H. apply both in H as [Q H]. destruct (looked_up x b) eqn:L; [discriminate|].
  destruct (IH H) as [values V]. exists (fun y => if same_name x y then Q2R low else values y). intros y r [E|I].
  - injection E as <- <-. destruct (same_name x x); [|congruence]. apply Qle_bool_Rle in Q. split; cbn; lra.
  - destruct (same_name x y) as [<-|]; [exfalso | now apply V].
    clear - L I. induction b as [|[z s] b IH]; [destruct I|]. cbn [looked_up] in L. destruct (same_name x z); [discriminate|].
    destruct I as [E|I]; [congruence | now apply IH].
Qed.

Module InequalitiesChecker (F : FloatOps with Definition sensible_format := true).
Module C := Checker F.
Import C.E C.

Section Enclosure.
Variable prec : F.precision.
(** Signs, certain. *)
Definition positive (i : I.type) : bool := match I.sign_strict i with Xgt => true | _ => false end.
Definition negative (i : I.type) : bool := match I.sign_strict i with Xlt => true | _ => false end.
Definition not_negative (i : I.type) : bool := match I.sign_large i with Xgt => true | Xeq => true | _ => false end.
Definition not_positive (i : I.type) : bool := match I.sign_large i with Xlt => true | Xeq => true | _ => false end.
Definition in_relation (r : relation) (i : I.type) : bool :=
  match r with Greater => positive i | Less => negative i | AtLeast => not_negative i | AtMost => not_positive i end.
Lemma in_relation_correct r i x : encloses i x -> in_relation r i = true -> stands r x.
Proof.
  intros H. pose proof (I.sign_strict_correct i) as S. pose proof (I.sign_large_correct i) as T. unfold encloses in H.
  destruct r; cbn [in_relation stands]; unfold positive, negative, not_negative, not_positive;
    [destruct (I.sign_strict i) | destruct (I.sign_strict i) | destruct (I.sign_large i) | destruct (I.sign_large i)];
    intros E; try discriminate;
    first [destruct (S _ H) as [_ N]; simpl in N; lra | destruct (T _ H) as [_ N]; simpl in N; lra
          | specialize (T _ H); injection T as T; lra].
Qed.
Lemma in_relation_not_0 i x : encloses i x -> positive i || negative i = true -> x <> 0.
Proof.
  intros H N. apply orb_true_iff in N as [N|N]; [pose proof (in_relation_correct Greater i x H N) as K | pose proof (in_relation_correct Less i x H N) as K];
    cbn in K; lra.
Qed.

(** Ends far out are declined before a sum aligns them, and before a power of e is taken. *)
Definition within_power (e : Z) (i : I.type) : bool :=
  (Z.abs (F.StoZ (F.mag (I.lower i))) <=? e)%Z && (Z.abs (F.StoZ (F.mag (I.upper i))) <=? e)%Z.
Definition largest_power : Z := 1000000.
Definition kept (i : I.type) : option I.type := if within_power largest_power i then Some i else None.
Lemma kept_is i j : kept i = Some j -> i = j.
Proof. unfold kept. destruct (within_power largest_power i); [now intros [= <-] | discriminate]. Qed.
Definition exponent_fits (i : I.type) : bool :=
  (F.StoZ (F.mag (I.lower i)) <=? 19)%Z && (F.StoZ (F.mag (I.upper i)) <=? 19)%Z.

(** Each function in a form in which its argument stands once, so that wide intervals lose nothing. *)
Definition e_half (i : I.type) : I.type := I.mul prec i (e_Q prec (1 # 2)).
Definition e_sinh (i : I.type) : I.type := e_half (I.sub prec (e_exp prec i) (e_exp prec (I.neg i))).
Definition e_cosh (i : I.type) : I.type :=
  I.add prec (e_Z prec 1) (I.mul prec (e_Z prec 2) (I.power_int prec (e_sinh (e_half i)) 2)).
Definition e_tanh (i : I.type) : I.type :=
  I.sub prec (e_Z prec 1) (I.div prec (e_Z prec 2) (I.add prec (e_exp prec (I.mul prec (e_Z prec 2) i)) (e_Z prec 1))).
Definition e_function (f : function) (i : I.type) : option I.type :=
  match f with
  | Sqrt => if not_negative i then Some (I.sqrt prec i) else None
  | Log => if positive i then Some (I.ln prec i) else None
  | Abs => Some (I.abs i)
  | Exp => if exponent_fits i then Some (e_exp prec i) else None
  | Cosh => if exponent_fits i then Some (e_cosh i) else None
  | Sinh => if exponent_fits i then Some (e_sinh i) else None
  | Tanh => if exponent_fits i then Some (e_tanh i) else None
  | Sigma => if exponent_fits i then Some (e_sigma prec i) else None
  end.
Definition then_ (x : option I.type) (f : I.type -> option I.type) : option I.type := match x with Some i => f i | None => None end.
Fixpoint enclosure (sides : list (name * I.type)) (e : expression) : option I.type :=
  match e with
  | Number q => kept (e_Q prec q)
  | Named x => looked_up x sides
  | Negative a => then_ (enclosure sides a) (fun i => Some (I.neg i))
  | Sum a b => then_ (enclosure sides a) (fun i => then_ (enclosure sides b) (fun j => kept (I.add prec i j)))
  | Difference a b => then_ (enclosure sides a) (fun i => then_ (enclosure sides b) (fun j => kept (I.sub prec i j)))
  | Product a b => then_ (enclosure sides a) (fun i => then_ (enclosure sides b) (fun j => kept (I.mul prec i j)))
  | Quotient a b => then_ (enclosure sides a) (fun i => then_ (enclosure sides b) (fun j =>
      if positive j || negative j then kept (I.div prec i j) else None))
  | Power a n => then_ (enclosure sides a) (fun i =>
      if (0 <=? n)%Z || (positive i || negative i) then kept (I.power_int prec i n) else None)
  | Of f a => then_ (enclosure sides a) (fun i => then_ (e_function f i) kept)
  end.

Lemma enc_power i x n : encloses i x -> encloses (I.power_int prec i n) (powerRZ x n).
Proof.
  intros H. pose proof (I.power_int_correct prec n i (Xreal x) H) as D.
  unfold encloses. unfold Xpower_int, Xbind, Xpower_int' in D. unfold powerRZ.
  destruct n; [exact D | exact D |]. destruct (is_zero x); [now apply enc_nan | exact D].
Qed.
Lemma enc_half i x : encloses i x -> encloses (e_half i) (x / 2).
Proof.
  intros H. unfold e_half. replace (x / 2) with (x * Q2R (1 # 2)) by (unfold Q2R; cbn; lra).
  apply enc_mul; [exact H | apply enc_Q].
Qed.
Lemma enc_sinh i x : encloses i x -> encloses (e_sinh i) (sinh x).
Proof. intros H. apply enc_half, enc_sub; apply enc_exp; [exact H | now apply enc_neg]. Qed.
Lemma cosh_by_sinh x : cosh x = 1 + 2 * powerRZ (sinh (x / 2)) 2.
Proof.
  unfold cosh, sinh. change (powerRZ ?a 2) with (a ^ 2).
  replace x with (x / 2 + x / 2) at 1 by field. replace (- x) with (- (x / 2) + - (x / 2)) by field.
  rewrite !exp_plus. assert (P : exp (x / 2) * exp (- (x / 2)) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0). nra.
Qed.
Lemma enc_cosh i x : encloses i x -> encloses (e_cosh i) (cosh x).
Proof.
  intros H. rewrite cosh_by_sinh. apply enc_add; [apply (enc_Z prec 1)|]. apply enc_mul; [apply (enc_Z prec 2)|].
  now apply enc_power, enc_sinh, enc_half.
Qed.
Lemma tanh_by_exp x : tanh x = 1 - 2 / (exp (2 * x) + 1).
Proof.
  unfold tanh, cosh, sinh. replace (2 * x) with (x + x) by ring. rewrite exp_plus, exp_Ropp. pose proof (exp_pos x). field.
  split; nra.
Qed.
Lemma enc_tanh i x : encloses i x -> encloses (e_tanh i) (tanh x).
Proof.
  intros H. rewrite tanh_by_exp. apply enc_sub; [apply (enc_Z prec 1)|]. apply enc_div; [apply (enc_Z prec 2)|].
  apply enc_add; [|apply (enc_Z prec 1)]. apply enc_exp, enc_mul; [apply (enc_Z prec 2) | exact H].
Qed.
Lemma e_function_correct f i j x : encloses i x -> e_function f i = Some j -> in_domain f x /\ encloses j (function_of f x).
Proof.
  intros H. destruct f; cbn [e_function in_domain function_of];
    try (destruct (exponent_fits i); [|discriminate]; intros [= <-]; split; [exact I|]).
  - destruct (not_negative i) eqn:N; [|discriminate]. intros [= <-]. split; [|now apply enc_sqrt].
    exact (in_relation_correct AtLeast i x H N).
  - now apply enc_exp.
  - destruct (positive i) eqn:N; [|discriminate]. intros [= <-]. split; [|now apply enc_ln].
    exact (in_relation_correct Greater i x H N).
  - now apply enc_cosh.
  - now apply enc_sinh.
  - now apply enc_tanh.
  - now apply enc_sigma.
  - intros [= <-]. split; [exact I|]. exact (I.abs_correct i (Xreal x) H).
Qed.
Lemma then_is x f j : then_ x f = Some j -> exists i, x = Some i /\ f i = Some j.
Proof. destruct x as [i|]; [now exists i | discriminate]. Qed.
Theorem enclosure_correct sides values : (forall x i, In (x, i) sides -> encloses i (values x)) ->
  forall e i, enclosure sides e = Some i -> defined values e /\ encloses i (value_of values e).
Proof.
  intros V. induction e as [q|x|a IHa|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa n|f a IHa]; intros i H;
    cbn [enclosure defined value_of] in *;
    try (apply then_is in H as [ia [Ha H]]; apply IHa in Ha as [Da Ea]);
    try (apply then_is in H as [ib [Hb H]]; apply IHb in Hb as [Db Eb]).
  - apply kept_is in H as <-. split; [exact I | apply enc_Q].
  - split; [exact I | now apply V, looked_up_in].
  - injection H as <-. split; [exact Da | now apply enc_neg].
  - apply kept_is in H as <-. split; [now split | now apply enc_add].
  - apply kept_is in H as <-. split; [now split | now apply enc_sub].
  - apply kept_is in H as <-. split; [now split | now apply enc_mul].
  - destruct (positive ib || negative ib) eqn:N; [|discriminate]. apply kept_is in H as <-.
    split; [|now apply enc_div]. split; [exact Da|]. split; [exact Db|]. exact (in_relation_not_0 _ _ Eb N).
  - destruct ((0 <=? n)%Z || (positive ia || negative ia)) eqn:N; [|discriminate]. apply kept_is in H as <-.
    split; [|now apply enc_power]. split; [exact Da|]. intros Below. apply orb_true_iff in N as [N|N].
    + apply Z.leb_le in N. exfalso. apply (Z.lt_irrefl 0). now apply Z.le_lt_trans with n.
    + exact (in_relation_not_0 _ _ Ea N).
  - apply then_is in H as [j [Hj H]]. apply kept_is in H as <-. destruct (e_function_correct _ _ _ _ Ea Hj). now repeat split.
Qed.

Definition holds_on (e : expression) (r : relation) (b : sides) : bool :=
  match enclosure (map (fun side => (fst side, e_range prec (snd side))) b) e with Some i => in_relation r i | None => false end.
Lemma holds_on_correct e r b : holds_on e r b = true -> forall values, in_sides b values ->
  defined values e /\ stands r (value_of values e).
Proof.
  unfold holds_on. intros H values V. destruct (enclosure _ e) as [i|] eqn:K; [|discriminate].
  apply (enclosure_correct _ values) in K as [D E]; [split; [exact D | exact (in_relation_correct r i _ E H)]|].
  intros x j J. apply in_map_iff in J as [[y s] [[= <- <-] J]]. apply enc_range. now apply V.
Qed.
End Enclosure.

Definition check_inequality (s : inequality) (t : tree_evidence) : bool :=
  has_points (i_sides s) &&&
  covers (holds_on (F.PtoP (t_bits t)) (i_left s) (i_relation s)) (t_nodes t) [i_sides s].
Theorem check_inequality_correct s t : check_inequality s t = true -> means_inequality s.
Proof.
  intros H. unfold check_inequality in H. apply both in H as [P H]. split; [now apply has_points_correct|].
  intros values V. apply (covers_correct _ (fun values => defined values (i_left s) /\ stands (i_relation s) (value_of values (i_left s)))
    (holds_on_correct _ _ _) _ _ H (i_sides s)); [now left | exact V].
Qed.
End InequalitiesChecker.

(** * A checker of identities, and the proof that what it accepts holds

    Both sides are brought to numerator over denominator without cancelling, by the same rules three times: over
    polynomials with integer coefficients in normal form, which have to be equal when multiplied crosswise; over the
    integers at a point, where no divisor may vanish; and over bounds, before either. *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool List Ascii Ring_polynom RealField BinList.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker ExpressionStatements InequalitiesChecker.
Import ListNotations.
Open Scope R_scope.

(** ** Numerators over denominators in a ring *)
Section Ratios.
Variables (A : Type) (of_Z : Z -> A) (add mul : A -> A -> A) (opp : A -> A) (variable : name -> option A).
Fixpoint times (a : A) (n : nat) : A := match n with O => of_Z 1 | S n => mul a (times a n) end.
(** A numerator, a denominator, and all that must not vanish for the value to be defined. *)
Fixpoint ratio (e : expression) (seen : list A) : option (A * A * list A) :=
  match e with
  | Number q => Some (of_Z (Qnum q), of_Z (Zpos (Qden q)), seen)
  | Named x => match variable x with Some a => Some (a, of_Z 1, seen) | None => None end
  | Negative a => match ratio a seen with Some (n, d, seen) => Some (opp n, d, seen) | None => None end
  | Sum a b =>
    match ratio a seen with None => None | Some (n, d, seen) =>
    match ratio b seen with None => None | Some (m, c, seen) => Some (add (mul n c) (mul m d), mul d c, seen) end end
  | Difference a b =>
    match ratio a seen with None => None | Some (n, d, seen) =>
    match ratio b seen with None => None | Some (m, c, seen) => Some (add (mul n c) (mul (opp m) d), mul d c, seen) end end
  | Product a b =>
    match ratio a seen with None => None | Some (n, d, seen) =>
    match ratio b seen with None => None | Some (m, c, seen) => Some (mul n m, mul d c, seen) end end
  | Quotient a b =>
    match ratio a seen with None => None | Some (n, d, seen) =>
    match ratio b seen with None => None | Some (m, c, seen) => Some (mul n c, mul d m, m :: seen) end end
  | Power a k =>
    match ratio a seen with None => None | Some (n, d, seen) =>
      let times a := times a (Z.to_nat (Z.abs k)) in
      if (0 <=? k)%Z then Some (times n, times d, seen) else Some (times d, times n, n :: seen) end
  | Of _ _ => None
  end.

Variables (real : A -> R) (values : name -> R).
Hypothesis real_Z : forall z, real (of_Z z) = IZR z.
Hypothesis real_add : forall a b, real (add a b) = real a + real b.
Hypothesis real_mul : forall a b, real (mul a b) = real a * real b.
Hypothesis real_opp : forall a, real (opp a) = - real a.
Hypothesis real_variable : forall x a, variable x = Some a -> real a = values x.
Lemma real_times a n : real (times a n) = real a ^ n.
Proof. induction n as [|n IH]; cbn [times pow]; [apply real_Z | now rewrite real_mul, IH]. Qed.
Lemma power_of_ratio x y k : x = y -> powerRZ x k =
  if (0 <=? k)%Z then y ^ Z.to_nat (Z.abs k) else / y ^ Z.to_nat (Z.abs k).
Proof. intros ->. destruct k; reflexivity. Qed.
Lemma quotient_to_power x y n : y <> 0 -> (x / y) ^ n = x ^ n / y ^ n.
Proof. intros H. unfold Rdiv. rewrite Rpow_mult_distr. now rewrite Rinv_pow. Qed.

Ltac opened H := repeat match type of H with
  | match ratio ?e ?s with _ => _ end = _ => let n := fresh "n" in let d := fresh "d" in let r := fresh "r" in let K := fresh "K" in
      destruct (ratio e s) as [[[n d] r]|] eqn:K; [|discriminate H] end.
(** Where an expression is defined, it is the one over the other. *)
Lemma ratio_value e : forall seen n d rest, ratio e seen = Some (n, d, rest) -> defined values e ->
  real d <> 0 /\ value_of values e = real n / real d.
Proof.
  induction e as [q|x|a IHa|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa k|f a IHa]; intros seen n d rest H D;
    cbn [ratio defined value_of] in *; opened H; try discriminate.
  - injection H as <- <- _. rewrite !real_Z. split; [apply not_0_IZR; discriminate | reflexivity].
  - destruct (variable x) as [a|] eqn:K; [|discriminate]. injection H as <- <- _. rewrite real_Z.
    split; [lra|]. rewrite (real_variable _ _ K). field.
  - injection H as <- <- _. destruct (IHa _ _ _ _ K D) as [N V]. rewrite real_opp, V. split; [exact N | now field].
  - injection H as <- <- _. destruct D as [Da Db]. destruct (IHa _ _ _ _ K Da) as [N V], (IHb _ _ _ _ K0 Db) as [M W].
    rewrite real_add, !real_mul, V, W. split; [now apply Rmult_integral_contrapositive_currified | now field].
  - injection H as <- <- _. destruct D as [Da Db]. destruct (IHa _ _ _ _ K Da) as [N V], (IHb _ _ _ _ K0 Db) as [M W].
    rewrite real_add, !real_mul, real_opp, V, W. split; [now apply Rmult_integral_contrapositive_currified | now field].
  - injection H as <- <- _. destruct D as [Da Db]. destruct (IHa _ _ _ _ K Da) as [N V], (IHb _ _ _ _ K0 Db) as [M W].
    rewrite !real_mul, V, W. split; [now apply Rmult_integral_contrapositive_currified | now field].
  - injection H as <- <- _. destruct D as [Da [Db Z]]. destruct (IHa _ _ _ _ K Da) as [N V], (IHb _ _ _ _ K0 Db) as [M W].
    assert (real n1 <> 0) by (intros Q; apply Z; rewrite W, Q; now field).
    rewrite !real_mul, V, W. split; [now apply Rmult_integral_contrapositive_currified | now field].
  - destruct D as [Da Z]. destruct (IHa _ _ _ _ K Da) as [N V]. rewrite (power_of_ratio _ _ k V).
    destruct (Z.leb_spec 0 k); injection H as <- <- _; rewrite !real_times, quotient_to_power by exact N.
    + split; [now apply pow_nonzero | reflexivity].
    + assert (real n0 <> 0) by (intros Q; apply (Z H0); rewrite V, Q; now field).
      split; [now apply pow_nonzero|]. field. split; now apply pow_nonzero.
Qed.
(** Where no divisor vanishes, it is defined. *)
Lemma ratio_defined e : forall seen n d rest, ratio e seen = Some (n, d, rest) -> Forall (fun a => real a <> 0) rest ->
  defined values e /\ Forall (fun a => real a <> 0) seen.
Proof.
  induction e as [q|x|a IHa|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa k|f a IHa]; intros seen n d rest H D;
    cbn [ratio defined] in *; opened H; try discriminate.
  - injection H as _ _ <-. now split.
  - destruct (variable x); [|discriminate]. injection H as _ _ <-. now split.
  - injection H as _ _ <-. now apply (IHa _ _ _ _ K).
  - injection H as _ _ <-. destruct (IHb _ _ _ _ K0 D) as [Db S]. destruct (IHa _ _ _ _ K S). tauto.
  - injection H as _ _ <-. destruct (IHb _ _ _ _ K0 D) as [Db S]. destruct (IHa _ _ _ _ K S). tauto.
  - injection H as _ _ <-. destruct (IHb _ _ _ _ K0 D) as [Db S]. destruct (IHa _ _ _ _ K S). tauto.
  - injection H as _ _ <-. inversion D as [|? ? Z D']; subst. destruct (IHb _ _ _ _ K0 D') as [Db S]. destruct (IHa _ _ _ _ K S) as [Da S'].
    destruct (ratio_value _ _ _ _ _ K0 Db) as [M W]. split; [|exact S']. split; [exact Da|]. split; [exact Db|].
    rewrite W. apply Rmult_integral_contrapositive_currified; [exact Z | now apply Rinv_neq_0_compat].
  - destruct (Z.leb_spec 0 k).
    + injection H as _ _ <-. destruct (IHa _ _ _ _ K D) as [Da S]. split; [|exact S]. split; [exact Da|]. intros Q.
      exfalso. apply (Z.lt_irrefl 0). now apply Z.le_lt_trans with k.
    + injection H as _ _ <-. inversion D as [|? ? Z D']; subst. destruct (IHa _ _ _ _ K D') as [Da S].
      destruct (ratio_value _ _ _ _ _ K Da) as [M W]. split; [|exact S]. split; [exact Da|]. intros _.
      rewrite W. apply Rmult_integral_contrapositive_currified; [exact Z | now apply Rinv_neq_0_compat].
Qed.
End Ratios.

(** ** Polynomials in normal form: those of Coq's ring *)
Definition polynomial := Pol Z.
Definition p_add : polynomial -> polynomial -> polynomial := Padd 0%Z Z.add Zeq_bool.
Definition p_mul : polynomial -> polynomial -> polynomial := Pmul 0%Z 1%Z Z.add Z.mul Zeq_bool.
Definition p_opp : polynomial -> polynomial := Popp Z.opp.
Definition p_same : polynomial -> polynomial -> bool := Peq Zeq_bool.
(** The number of a variable among some. *)
Fixpoint place (x : name) (names : list name) : option positive :=
  match names with
  | [] => None
  | y :: r => if same_name x y then Some 1%positive else match place x r with Some p => Some (Pos.succ p) | None => None end
  end.
Definition p_variable (names : list name) (x : name) : option polynomial :=
  match place x names with Some p => Some (mk_X 0%Z 1%Z p) | None => None end.
Definition p_real (l : list R) : polynomial -> R := Pphi 0 Rplus Rmult IZR l.

Definition R_almost := Rth_ARth (Eqsth R) (Eq_ext Rplus Rmult Ropp) RTheory.
Lemma p_add_real l a b : p_real l (p_add a b) = p_real l a + p_real l b.
Proof. apply (Padd_ok (Eqsth R) (Eq_ext _ _ _) R_almost R_rm). Qed.
Lemma p_mul_real l a b : p_real l (p_mul a b) = p_real l a * p_real l b.
Proof. apply (Pmul_ok (Eqsth R) (Eq_ext _ _ _) R_almost R_rm). Qed.
Lemma p_opp_real l a : p_real l (p_opp a) = - p_real l a.
Proof. apply (Popp_ok (Eqsth R) (Eq_ext _ _ _) R_almost R_rm). Qed.
Lemma p_same_real l a b : p_same a b = true -> p_real l a = p_real l b.
Proof. intros H. apply (Peq_ok (Eqsth R) (Eq_ext _ _ _) R_rm _ _ H). Qed.
Lemma nth_succ (p : positive) : forall l, BinList.nth 0 (Pos.succ p) l = BinList.nth 0 p (tl l).
Proof.
  induction p as [p IH|p IH|]; intros l; cbn [Pos.succ BinList.nth]; [|reflexivity|reflexivity].
  rewrite IH, jump_succ. now rewrite <- !jump_tl.
Qed.
Lemma place_value values x names : forall p, place x names = Some p -> BinList.nth 0 p (map values names) = values x.
Proof.
  induction names as [|y names IH]; intros p H; [discriminate|]. cbn [place] in H. destruct (same_name x y) as [<-|].
  - injection H as <-. reflexivity.
  - destruct (place x names) as [q|]; [|discriminate]. injection H as <-. rewrite nth_succ. now apply IH.
Qed.
Lemma p_variable_real values names x a : p_variable names x = Some a -> p_real (map values names) a = values x.
Proof.
  unfold p_variable. destruct (place x names) as [p|] eqn:K; [|discriminate]. intros [= <-].
  rewrite <- (place_value values x names p K). symmetry.
  apply (mkX_ok (Eqsth R) (Eq_ext _ _ _) R_almost R_rm).
Qed.
Definition of_polynomials (names : list name) (e : expression) : option (polynomial * polynomial) :=
  match ratio polynomial (@Pc Z) p_add p_mul p_opp (p_variable names) e [] with Some (n, d, _) => Some (n, d) | None => None end.
Definition same_sides (s : identity) : bool :=
  match of_polynomials (d_variables s) (d_left s), of_polynomials (d_variables s) (d_right s) with
  | Some (n, d), Some (m, c) => p_same (p_mul n c) (p_mul m d)
  | _, _ => false
  end.
Lemma of_polynomials_correct values names e n d : of_polynomials names e = Some (n, d) -> defined values e ->
  p_real (map values names) d <> 0 /\ value_of values e = p_real (map values names) n / p_real (map values names) d.
Proof.
  unfold of_polynomials. destruct (ratio _ _ _ _ _ _ e []) as [[[n' d'] r]|] eqn:K; [|discriminate]. intros [= -> ->].
  refine (ratio_value _ _ _ _ _ _ (p_real (map values names)) values _ _ _ _ _ e [] n d r K).
  - reflexivity.
  - apply p_add_real.
  - apply p_mul_real.
  - apply p_opp_real.
  - apply p_variable_real.
Qed.
Lemma same_sides_correct s : same_sides s = true -> forall values, defined values (d_left s) -> defined values (d_right s) ->
  value_of values (d_left s) = value_of values (d_right s).
Proof.
  unfold same_sides. intros H values L R. destruct (of_polynomials _ (d_left s)) as [[n d]|] eqn:KL; [|discriminate].
  destruct (of_polynomials _ (d_right s)) as [[m c]|] eqn:KR; [|discriminate].
  destruct (of_polynomials_correct values _ _ _ _ KL L) as [D ->]. destruct (of_polynomials_correct values _ _ _ _ KR R) as [C ->].
  apply (p_same_real (map values (d_variables s))) in H. rewrite !p_mul_real in H.
  apply (Rmult_eq_reg_r (p_real (map values (d_variables s)) d * p_real (map values (d_variables s)) c));
    [|now apply Rmult_integral_contrapositive_currified]. field_simplify; [|exact C|exact D]. lra.
Qed.

(** ** A point where both sides are defined, of integers in no simple relation *)
Fixpoint scattered (names : list name) (z : Z) : list (name * Z) :=
  match names with [] => [] | x :: r => let z := (z * 7919 mod 10007 + 2)%Z in (x, z) :: scattered r z end.
Definition starts : list Z := [1; 2; 3; 5; 8; 13; 21; 34]%Z.
Definition defined_at (s : identity) (start : Z) : bool :=
  let point := scattered (d_variables s) start in
  let ratio e seen := ratio Z (fun z => z) Z.add Z.mul Z.opp (fun x => looked_up x point) e seen in
  match ratio (d_left s) [] with
  | Some (_, _, seen) =>
    match ratio (d_right s) seen with Some (_, _, all) => forallb (fun z => negb (z =? 0)%Z) all | None => false end
  | None => false
  end.
Lemma defined_at_correct s start : defined_at s start = true -> exists values, defined values (d_left s) /\ defined values (d_right s).
Proof.
  unfold defined_at. set (point := scattered _ _). intros H.
  set (values := fun x => match looked_up x point with Some z => IZR z | None => 0 end). exists values.
  assert (V : forall x z, looked_up x point = Some z -> IZR z = values x) by (intros x z K; unfold values; now rewrite K).
  destruct (ratio _ _ _ _ _ _ (d_left s) []) as [[[n d] seen]|] eqn:L; [|discriminate].
  destruct (ratio _ _ _ _ _ _ (d_right s) seen) as [[[m c] all]|] eqn:K; [|discriminate].
  assert (N : Forall (fun z => IZR z <> 0) all).
  { apply Forall_forall. intros z I. rewrite forallb_forall in H. apply H in I. apply not_0_IZR. intros ->. discriminate. }
  destruct (ratio_defined _ _ _ _ _ _ IZR values (fun z => eq_refl) plus_IZR mult_IZR opp_IZR V _ _ _ _ _ K N) as [Dr S].
  now destruct (ratio_defined _ _ _ _ _ _ IZR values (fun z => eq_refl) plus_IZR mult_IZR opp_IZR V _ _ _ _ _ L S).
Qed.

(** ** What the work is at most *)
(** Of a polynomial: its degrees, its terms, the bits of the sum of its coefficients, and the dearest product on the way. *)
Record bound := Bound { degrees : list Z; terms : Z; coefficient : Z; dearest : Z }.
Definition dense (ds : list Z) : Z := fold_right (fun d n => (d + 1) * n)%Z 1%Z ds.
Fixpoint zipped (f : Z -> Z -> Z) (a b : list Z) : list Z :=
  match a, b with x :: a, y :: b => f x y :: zipped f a b | _, _ => [] end.
Definition b_Z (count : nat) (z : Z) : bound := Bound (repeat 0%Z count) 1 (Z.log2 (Z.abs z) + 1) 1.
Definition b_add (a b : bound) : bound :=
  let ds := zipped Z.max (degrees a) (degrees b) in
  Bound ds (Z.min (terms a + terms b) (dense ds)) (Z.max (coefficient a) (coefficient b) + 1)
    (Z.max (terms a + terms b) (Z.max (dearest a) (dearest b))).
Definition b_mul (a b : bound) : bound :=
  let ds := zipped Z.add (degrees a) (degrees b) in
  Bound ds (Z.min (terms a * terms b) (dense ds)) (coefficient a + coefficient b)
    (Z.max (terms a * terms b) (Z.max (dearest a) (dearest b))).
Fixpoint b_variable (names : list name) (x : name) : option (list Z) :=
  match names with
  | [] => None
  | y :: r => if same_name x y then Some (1%Z :: repeat 0%Z (length r))
              else match b_variable r x with Some ds => Some (0%Z :: ds) | None => None end
  end.
Definition bounds (names : list name) (e : expression) : option (bound * bound * list bound) :=
  ratio bound (b_Z (length names)) b_add b_mul (fun a => a)
    (fun x => match b_variable names x with Some ds => Some (Bound ds 1 1 1) | None => None end) e [].
(** Operations on rings that an expression asks for. *)
Fixpoint operations (e : expression) : Z :=
  match e with
  | Number _ | Named _ => 1
  | Negative a | Of _ a => 1 + operations a
  | Power a n => 1 + 2 * Z.abs n + operations a
  | Sum a b | Difference a b | Product a b | Quotient a b => 4 + operations a + operations b
  end%Z.
(** In hundredths of a microsecond, roughly, of numbers of so many bits. *)
Definition price (bits : Z) : Z := (100 + bits + bits * bits / 1000)%Z.
Definition most_work : Z := 3000000000.
Definition affordable_identity (s : identity) : bool :=
  match bounds (d_variables s) (d_left s), bounds (d_variables s) (d_right s) with
  | Some (n, d, _), Some (m, c, _) =>
    let whole := b_add (b_mul n c) (b_mul m d) in
    let at_points := (8 * price (coefficient whole + 14 * fold_right Z.add 0 (degrees whole)))%Z in
    ((operations (d_left s) + operations (d_right s)) * (dearest whole * price (coefficient whole) + at_points) <=? most_work)%Z
  | _, _ => false
  end.

Definition check_identity (s : identity) : bool := affordable_identity s &&& existsb (defined_at s) starts &&& same_sides s.
Theorem check_identity_correct s : check_identity s = true -> means_identity s.
Proof.
  intros H. unfold check_identity in H. apply both in H as [H S]. apply both in H as [_ D].
  apply existsb_exists in D as [start [_ D]]. split; [exact (defined_at_correct _ _ D) | exact (same_sides_correct _ S)].
Qed.

(** * Numbers enclosed by computation: the interval functions of Coq-Interval, and what each of them encloses *)

From Coq Require Import Reals Lra ZArith QArith Qreals Bool.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval Interval.Float Interval.Float_full.
From VerifiedGRPO Require Import Definitions Bmax TwoKL Cells.
Open Scope R_scope.

(** An exact number: n/d * 10^e. *)
Record num := Num { num_n : Z; num_d : positive; num_e : Z }.
Definition R_of_num (x : num) : R := IZR (num_n x) / IZR (Zpos (num_d x)) * powerRZ 10 (num_e x).

(** The same number as a fraction, its power multiplied out. *)
Definition Q_of_num (x : num) : Q :=
  match num_e x with
  | Z0 => num_n x # num_d x
  | Zpos e => (num_n x * 10 ^ Zpos e) # num_d x
  | Zneg e => num_n x # (num_d x * 10 ^ e)
  end.
Lemma pow10_pos e : IZR (10 ^ Zpos e) = 10 ^ Pos.to_nat e.
Proof. rewrite <- (positive_nat_Z e). symmetry. apply (pow_IZR 10). Qed.
Lemma Q_of_num_correct x : Q2R (Q_of_num x) = R_of_num x.
Proof.
  unfold Q_of_num, R_of_num, Q2R, powerRZ. destruct (num_e x) as [|e|e]; cbn [Qnum Qden].
  - unfold Rdiv. ring.
  - rewrite mult_IZR, pow10_pos. unfold Rdiv. ring.
  - assert (D : IZR (Zpos (num_d x)) <> 0) by (apply not_0_IZR; discriminate).
    assert (P : 10 ^ Pos.to_nat e <> 0) by (apply pow_nonzero; lra).
    rewrite Pos2Z.inj_mul, Pos2Z.inj_pow, mult_IZR, pow10_pos. unfold Rdiv. rewrite Rinv_mult_distr by assumption. ring.
Qed.

Module Enclose (F : FloatOps with Definition sensible_format := true).
Module I := FloatIntervalFull F.

Definition encloses (i : I.type) (x : R) : Prop := contains (I.convert i) (Xreal x).

Section Precision.
Variable prec : F.precision.

Definition e_Z (z : Z) : I.type := I.fromZ prec z.
Definition e_Q (q : Q) : I.type :=
  if (Zpos (Qden q) =? 1)%Z then e_Z (Qnum q) else I.div prec (e_Z (Qnum q)) (e_Z (Zpos (Qden q))).
Definition e_pow10 (e : Z) : I.type := I.power_int prec (e_Z 10) e.
(** A small power is multiplied out, so that 10e-1 is 1 and no wider. *)
Definition e_num (x : num) : I.type :=
  if (Z.abs (num_e x) <=? 64)%Z then e_Q (Q_of_num x)
  else I.mul prec (e_Q (num_n x # num_d x)) (e_pow10 (num_e x)).

Lemma enc_Z z : encloses (e_Z z) (IZR z).
Proof. apply I.fromZ_correct. Qed.
Lemma enc_neg i x : encloses i x -> encloses (I.neg i) (- x).
Proof. intros H. exact (I.neg_correct i (Xreal x) H). Qed.
Lemma enc_add i j x y : encloses i x -> encloses j y -> encloses (I.add prec i j) (x + y).
Proof. intros H K. exact (I.add_correct prec i j (Xreal x) (Xreal y) H K). Qed.
Lemma enc_sub i j x y : encloses i x -> encloses j y -> encloses (I.sub prec i j) (x - y).
Proof. intros H K. exact (I.sub_correct prec i j (Xreal x) (Xreal y) H K). Qed.
Lemma enc_mul i j x y : encloses i x -> encloses j y -> encloses (I.mul prec i j) (x * y).
Proof. intros H K. exact (I.mul_correct prec i j (Xreal x) (Xreal y) H K). Qed.
(** At a point once, not at both of its ends. *)
Definition e_exp (i : I.type) : I.type :=
  match F.cmp (I.lower i) (I.upper i) with Xeq => I.T.exp_fast prec (I.lower i) | _ => I.exp prec i end.
Lemma enc_exp i x : encloses i x -> encloses (e_exp i) (exp x).
Proof.
  intros H. pose proof (I.exp_correct prec i (Xreal x) H) as D. unfold e_exp.
  destruct (F.cmp (I.lower i) (I.upper i)) eqn:Same; try exact D. clear D.
  pose proof (I.T.exp_fast_correct prec (I.lower i)) as K. enough (P : F.toX (I.lower i) = Xreal x) by (rewrite P in K; exact K).
  rewrite F.cmp_correct in Same. unfold encloses in H. destruct i as [|a z]; cbn [I.lower I.upper I.convert] in *.
  - change I.F.nan with F.nan in Same. now rewrite F.nan_correct in Same.
  - change I.F.valid_lb with F.valid_lb in H. change I.F.valid_ub with F.valid_ub in H.
    rewrite F.valid_lb_correct, F.valid_ub_correct in H. pose proof (F.classify_correct a) as A. pose proof (F.classify_correct z) as Z.
    rewrite F.real_correct in A, Z. destruct (F.classify a), (F.classify z); try discriminate; try (destruct H; simpl in *; lra).
    change I.F.toX with F.toX in *. destruct (F.toX a) as [|r]; [discriminate|]. destruct (F.toX z) as [|t]; [discriminate|].
    simpl in Same. destruct (Raux.Rcompare_spec r t); try discriminate. destruct H as [H1 H2]. simpl in H1, H2. f_equal. lra.
Qed.
Lemma enc_sqrt i x : encloses i x -> encloses (I.sqrt prec i) (sqrt x).
Proof. intros H. exact (I.sqrt_correct prec i (Xreal x) H). Qed.
Lemma enc_nan i x : contains (I.convert i) Xnan -> encloses i x.
Proof. unfold encloses. destruct (I.convert i); simpl; [trivial | intros []]. Qed.
Lemma enc_div i j x y : encloses i x -> encloses j y -> encloses (I.div prec i j) (x / y).
Proof.
  intros H K. pose proof (I.div_correct prec i j (Xreal x) (Xreal y) H K) as D.
  unfold Xdiv, Xbind2, Xdiv' in D. destruct (is_zero y); [now apply enc_nan | exact D].
Qed.
Lemma enc_inv i x : encloses i x -> encloses (I.inv prec i) (/ x).
Proof.
  intros H. pose proof (I.inv_correct prec i (Xreal x) H) as D.
  unfold Xinv, Xbind, Xinv' in D. destruct (is_zero x); [now apply enc_nan | exact D].
Qed.
Lemma enc_ln i x : encloses i x -> encloses (I.ln prec i) (ln x).
Proof.
  intros H. pose proof (I.ln_correct prec i (Xreal x) H) as D.
  unfold Xln, Xbind, Xln' in D. destruct (is_positive x); [exact D | now apply enc_nan].
Qed.
Lemma enc_pow10 e : encloses (e_pow10 e) (powerRZ 10 e).
Proof.
  pose proof (I.power_int_correct prec e (e_Z 10) (Xreal 10) (enc_Z 10)) as D.
  unfold encloses, e_pow10. unfold Xpower_int, Xbind, Xpower_int' in D. unfold powerRZ.
  destruct e; [exact D | exact D |]. destruct (is_zero 10); [now apply enc_nan | exact D].
Qed.
Lemma enc_Q q : encloses (e_Q q) (Q2R q).
Proof.
  unfold e_Q, Q2R. destruct (Z.eqb_spec (Zpos (Qden q)) 1) as [->|].
  - replace (IZR (Qnum q) * / 1) with (IZR (Qnum q)) by field. apply enc_Z.
  - apply enc_div; apply enc_Z.
Qed.
Lemma enc_num x : encloses (e_num x) (R_of_num x).
Proof.
  unfold e_num. destruct (Z.abs (num_e x) <=? 64)%Z; [rewrite <- Q_of_num_correct; apply enc_Q|].
  apply enc_mul; [exact (enc_Q (num_n x # num_d x)) | apply enc_pow10].
Qed.

(** A number less a fraction, subtracted exactly unless its power is huge. *)
Definition moderate (x : num) : bool := (Z.abs (num_e x) <=? 20000)%Z.
Definition e_less (x : num) (q : Q) : I.type :=
  if moderate x then e_Q (Q_of_num x - q)%Q else I.sub prec (e_num x) (e_Q q).
Lemma enc_less x q : encloses (e_less x q) (R_of_num x - Q2R q).
Proof.
  unfold e_less. destruct (moderate x).
  - rewrite <- Q_of_num_correct, <- Q2R_minus. apply enc_Q.
  - apply enc_sub; [apply enc_num | apply enc_Q].
Qed.

(** What holds on an interval, or on both of its halves, and so on, so many times. *)
Fixpoint by_halves (test : I.type -> bool) (n : nat) (i : I.type) : bool :=
  if test i then true else match n with O => false | S k =>
    let (l, r) := I.bisect i in if by_halves test k l then by_halves test k r else false end.
Lemma enc_half i x : encloses i x -> encloses (fst (I.bisect i)) x \/ encloses (snd (I.bisect i)) x.
Proof. intros H. pose proof (I.bisect_correct i (Xreal x) H) as C. now destruct (I.bisect i). Qed.
Lemma by_halves_correct test (P : R -> Prop) : (forall i, test i = true -> forall x, encloses i x -> P x) ->
  forall n i, by_halves test n i = true -> forall x, encloses i x -> P x.
Proof.
  intros K. induction n as [|n IH]; intros i H x X; cbn [by_halves] in H; destruct (test i) eqn:T; try discriminate;
    try (exact (K i T x X)).
  pose proof (enc_half i x X) as Z. destruct (I.bisect i) as [l r]. destruct (by_halves test n l) eqn:Left; [|discriminate].
  destruct Z as [Z|Z]; [exact (IH l Left x Z) | exact (IH r H x Z)].
Qed.

(** Order, certain. *)
Definition lt (i j : I.type) : bool := match I.sign_strict (I.sub prec i j) with Xlt => true | _ => false end.
Definition le (i j : I.type) : bool :=
  match I.sign_large (I.sub prec i j) with Xlt => true | Xeq => true | _ => false end.
Lemma lt_correct i j x y : encloses i x -> encloses j y -> lt i j = true -> x < y.
Proof.
  intros H K. unfold lt. pose proof (enc_sub _ _ _ _ H K) as D. pose proof (I.sign_strict_correct (I.sub prec i j)) as S.
  destruct (I.sign_strict (I.sub prec i j)); intros E; try discriminate.
  destruct (S _ D) as [_ N]. simpl in N. lra.
Qed.
Lemma le_correct i j x y : encloses i x -> encloses j y -> le i j = true -> x <= y.
Proof.
  intros H K. unfold le. pose proof (enc_sub _ _ _ _ H K) as D. pose proof (I.sign_large_correct (I.sub prec i j)) as S.
  destruct (I.sign_large (I.sub prec i j)); intros E; try discriminate.
  - specialize (S _ D). injection S as S. lra.
  - destruct (S _ D) as [_ N]. simpl in N. lra.
Qed.

(** The functions of the recursion, in forms that keep relative accuracy in both tails. *)
Definition e_sigma (l : I.type) : I.type := I.inv prec (I.add prec (e_Z 1) (e_exp (I.neg l))).
(** sigma(L) and 1 - sigma(L) out of one exponential. *)
Definition e_sigmas (l : I.type) : I.type * I.type :=
  let x := e_exp (I.neg l) in (I.inv prec (I.add prec (e_Z 1) x), I.inv prec (I.add prec (e_Z 1) (I.inv prec x))).
Definition e_v (l : I.type) : I.type := let (p, q) := e_sigmas l in I.mul prec p q.
Definition e_Omega (eps l : I.type) : I.type := I.inv prec (I.sqrt prec (I.add prec (e_v l) eps)).
Definition e_slope (eps l : I.type) : I.type :=
  let (p, q) := e_sigmas l in let v := I.mul prec p q in let w := I.add prec v eps in
  I.div prec (I.mul prec (I.sub prec p q) v) (I.mul prec (I.mul prec (e_Z 2) w) (I.sqrt prec w)).
Definition e_bend (eps l : I.type) : I.type :=
  let (p, q) := e_sigmas l in let d := I.sub prec p q in
  I.sub prec (I.mul prec (I.add prec (e_Z 1) (I.mul prec (e_Z 12) eps)) (I.mul prec d d))
             (I.add prec (e_Z 1) (I.mul prec (e_Z 4) eps)).
Definition e_Bmax (eps : I.type) : I.type :=
  I.inv prec (I.mul prec (I.mul prec (e_Z 3) (I.sqrt prec (I.mul prec (e_Z 3) eps)))
                         (I.add prec (e_Z 1) (I.mul prec (e_Z 4) eps))).

Lemma minus_sigma L : sigma (- L) = 1 - sigma L.
Proof. unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos L). field. lra. Qed.

Lemma enc_sigma l L : encloses l L -> encloses (e_sigma l) (sigma L).
Proof. intros H. unfold e_sigma, sigma. apply enc_inv, enc_add; [apply (enc_Z 1) | now apply enc_exp, enc_neg]. Qed.
Lemma enc_sigmas l L p q : e_sigmas l = (p, q) -> encloses l L -> encloses p (sigma L) /\ encloses q (sigma (- L)).
Proof.
  intros K H. apply pair_equal_spec in K as [<- <-]. split; [now apply enc_sigma|]. unfold sigma. rewrite exp_Ropp.
  apply enc_inv, enc_add; [apply (enc_Z 1) | now apply enc_inv, enc_exp, enc_neg].
Qed.
Lemma enc_v l L : encloses l L -> encloses (e_v l) (v L).
Proof.
  intros H. unfold e_v, v. rewrite <- minus_sigma. destruct (e_sigmas l) as [p q] eqn:S.
  destruct (enc_sigmas _ _ _ _ S H). now apply enc_mul.
Qed.
Lemma enc_Omega e l eps L : encloses e eps -> encloses l L -> encloses (e_Omega e l) (Omega eps L).
Proof. intros E H. apply enc_inv, enc_sqrt, enc_add; [now apply enc_v | exact E]. Qed.
Lemma enc_slope e l eps L : encloses e eps -> encloses l L -> encloses (e_slope e l) (slope eps L).
Proof.
  intros E H. unfold e_slope, slope.
  replace (2 * sigma L - 1) with (sigma L - sigma (- L)) by (rewrite minus_sigma; ring).
  replace (v L) with (sigma L * sigma (- L)) by (unfold v; now rewrite minus_sigma).
  destruct (e_sigmas l) as [p q] eqn:S. destruct (enc_sigmas _ _ _ _ S H) as [P Q]. pose proof (enc_mul _ _ _ _ P Q) as V. pose proof (enc_add _ _ _ _ V E) as W.
  apply enc_div; apply enc_mul; try assumption; [now apply enc_sub | apply enc_mul; [apply (enc_Z 2) | exact W] | now apply enc_sqrt].
Qed.
Lemma enc_bend e l eps L : encloses e eps -> encloses l L -> encloses (e_bend e l) (bend eps L).
Proof.
  intros E H. unfold e_bend, bend.
  replace (2 * sigma L - 1) with (sigma L - sigma (- L)) by (rewrite minus_sigma; ring).
  replace ((sigma L - sigma (- L)) ^ 2) with ((sigma L - sigma (- L)) * (sigma L - sigma (- L))) by ring.
  destruct (e_sigmas l) as [p q] eqn:S. destruct (enc_sigmas _ _ _ _ S H) as [P Q]. pose proof (enc_sub _ _ _ _ P Q) as D.
  repeat first [apply enc_sub | apply enc_add | apply enc_mul]; try assumption; apply enc_Z.
Qed.
Lemma enc_Bmax e eps : encloses e eps -> encloses (e_Bmax e) (Bmax eps).
Proof.
  intros E. unfold e_Bmax, Bmax. apply enc_inv.
  repeat first [apply enc_sqrt | apply enc_add | apply enc_mul]; try assumption; apply enc_Z.
Qed.
End Precision.
End Enclose.

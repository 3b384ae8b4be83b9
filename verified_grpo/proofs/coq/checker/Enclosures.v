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
Lemma enc_exp i x : encloses i x -> encloses (I.exp prec i) (exp x).
Proof. intros H. exact (I.exp_correct prec i (Xreal x) H). Qed.
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
Definition e_sigma (l : I.type) : I.type := I.inv prec (I.add prec (e_Z 1) (I.exp prec (I.neg l))).
Definition e_v (l : I.type) : I.type := I.mul prec (e_sigma l) (e_sigma (I.neg l)).
Definition e_Omega (eps l : I.type) : I.type := I.inv prec (I.sqrt prec (I.add prec (e_v l) eps)).
Definition e_slope (eps l : I.type) : I.type :=
  let p := e_sigma l in let q := e_sigma (I.neg l) in let v := I.mul prec p q in let w := I.add prec v eps in
  I.div prec (I.mul prec (I.sub prec p q) v) (I.mul prec (I.mul prec (e_Z 2) w) (I.sqrt prec w)).
Definition e_bend (eps l : I.type) : I.type :=
  let d := I.sub prec (e_sigma l) (e_sigma (I.neg l)) in
  I.sub prec (I.mul prec (I.add prec (e_Z 1) (I.mul prec (e_Z 12) eps)) (I.mul prec d d))
             (I.add prec (e_Z 1) (I.mul prec (e_Z 4) eps)).
Definition e_Bmax (eps : I.type) : I.type :=
  I.inv prec (I.mul prec (I.mul prec (e_Z 3) (I.sqrt prec (I.mul prec (e_Z 3) eps)))
                         (I.add prec (e_Z 1) (I.mul prec (e_Z 4) eps))).

Lemma minus_sigma L : sigma (- L) = 1 - sigma L.
Proof. unfold sigma. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos L). field. lra. Qed.

Lemma enc_sigma l L : encloses l L -> encloses (e_sigma l) (sigma L).
Proof. intros H. unfold e_sigma, sigma. apply enc_inv, enc_add; [apply (enc_Z 1) | now apply enc_exp, enc_neg]. Qed.
Lemma enc_v l L : encloses l L -> encloses (e_v l) (v L).
Proof.
  intros H. unfold e_v, v. rewrite <- minus_sigma. apply enc_mul; apply enc_sigma; [exact H | now apply enc_neg].
Qed.
Lemma enc_Omega e l eps L : encloses e eps -> encloses l L -> encloses (e_Omega e l) (Omega eps L).
Proof. intros E H. apply enc_inv, enc_sqrt, enc_add; [now apply enc_v | exact E]. Qed.
Lemma enc_slope e l eps L : encloses e eps -> encloses l L -> encloses (e_slope e l) (slope eps L).
Proof.
  intros E H. unfold e_slope, slope.
  replace (2 * sigma L - 1) with (sigma L - sigma (- L)) by (rewrite minus_sigma; ring).
  replace (v L) with (sigma L * sigma (- L)) by (unfold v; now rewrite minus_sigma).
  pose proof (enc_sigma _ _ H) as P. pose proof (enc_sigma _ _ (enc_neg _ _ H)) as Q.
  pose proof (enc_mul _ _ _ _ P Q) as V. pose proof (enc_add _ _ _ _ V E) as W.
  apply enc_div; apply enc_mul; try assumption; [now apply enc_sub | apply enc_mul; [apply (enc_Z 2) | exact W] | now apply enc_sqrt].
Qed.
Lemma enc_bend e l eps L : encloses e eps -> encloses l L -> encloses (e_bend e l) (bend eps L).
Proof.
  intros E H. unfold e_bend, bend.
  replace (2 * sigma L - 1) with (sigma L - sigma (- L)) by (rewrite minus_sigma; ring).
  replace ((sigma L - sigma (- L)) ^ 2) with ((sigma L - sigma (- L)) * (sigma L - sigma (- L))) by ring.
  pose proof (enc_sigma _ _ H) as P. pose proof (enc_sigma _ _ (enc_neg _ _ H)) as Q.
  pose proof (enc_sub _ _ _ _ P Q) as D.
  repeat first [apply enc_sub | apply enc_add | apply enc_mul]; try assumption; apply enc_Z.
Qed.
Lemma enc_Bmax e eps : encloses e eps -> encloses (e_Bmax e) (Bmax eps).
Proof.
  intros E. unfold e_Bmax, Bmax. apply enc_inv.
  repeat first [apply enc_sqrt | apply enc_add | apply enc_mul]; try assumption; apply enc_Z.
Qed.
End Precision.
End Enclose.

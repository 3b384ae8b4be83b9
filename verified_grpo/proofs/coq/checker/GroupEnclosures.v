(** * The contrast of groups enclosed by computation: means over successes by repeated mixing of neighbours *)

From Coq Require Import Reals Lra Lia ZArith List Bool Arith.
From Interval Require Import Real.Xreal Float.Basic Float.Sig Interval.Interval.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements GroupsProved.
Import ListNotations.
Open Scope R_scope.

Module EncloseGroups (F : FloatOps with Definition sensible_format := true).
Include Enclose F.
Section Precision.
Variable prec : F.precision.
Notation plus := (I.add prec).
Notation times := (I.mul prec).

Definition e_nat (n : nat) : I.type := e_Z prec (Z.of_nat n).
Lemma enc_nat n : encloses (e_nat n) (INR n).
Proof. rewrite INR_IZR_INZ. apply enc_Z. Qed.
Lemma enc_anything x : encloses I.nai x.
Proof. apply enc_nan. rewrite I.nai_correct. exact I. Qed.

Fixpoint mix (p q : I.type) (l : list I.type) : list I.type :=
  match l with a :: ((b :: _) as r) => plus (times q a) (times p b) :: mix p q r | _ => [] end.
Fixpoint mean (p q : I.type) (n : nat) (l : list I.type) : I.type :=
  match n with O => nth 0 l I.nai | S m => mean p q m (mix p q l) end.
Lemma enc_mix p q P : encloses p P -> encloses q (1 - P) -> forall l k x y,
  encloses (nth k l I.nai) x -> encloses (nth (S k) l I.nai) y -> encloses (nth k (mix p q l) I.nai) ((1 - P) * x + P * y).
Proof.
  intros Hp Hq. induction l as [|a [|b r] IH]; intros k x y X Y; try (destruct k; apply enc_anything).
  destruct k as [|k].
  - cbn [mix nth] in *. apply enc_add; now apply enc_mul.
  - cbn [mix]. change (encloses (nth k (mix p q (b :: r)) I.nai) ((1 - P) * x + P * y)). now apply IH.
Qed.
Lemma enc_mean p q P n : encloses p P -> encloses q (1 - P) -> forall l f,
  (forall k, (k <= n)%nat -> encloses (nth k l I.nai) (f k)) -> encloses (mean p q n l) (expected P n f).
Proof.
  intros Hp Hq. induction n as [|n IH]; intros l f H; [apply H; lia|].
  rewrite expected_next. cbn [mean]. apply IH. intros k K. apply enc_mix; try assumption; apply H; lia.
Qed.
Lemma nth_of (f : nat -> I.type) n : forall k a, (k < n)%nat -> nth k (map f (seq a n)) I.nai = f (a + k)%nat.
Proof.
  induction n as [|n IH]; intros k a K; [lia|]. destruct k as [|k]; cbn [seq map nth]; [now rewrite Nat.add_0_r|].
  rewrite IH by lia. f_equal. lia.
Qed.

Section Group.
Variables (others : nat) (ddof : bool) (ie : I.type) (eps : R).
Hypothesis He : encloses ie eps.
Hypothesis Hp : 0 < eps.
Notation G := (S (S others)).
Definition e_spread (j : nat) : I.type :=
  I.sqrt prec (I.div prec (times (e_nat j) (I.sub prec (e_nat G) (e_nat j)))
    (times (e_nat G) (I.sub prec (e_nat G) (e_Z prec (if ddof then 1 else 0))))).
Definition e_inverse (j : nat) : I.type := I.inv prec (plus (e_spread j) ie).
Definition e_height (k : nat) : I.type :=
  I.div prec (plus (times (e_Z prec (Z.of_nat (S others) - Z.of_nat k)) (e_inverse (S k))) (times (e_nat k) (e_inverse k))) (e_nat G).
(** u_i - u_j in a form where eps stands once in each factor. *)
Definition e_fall (i j : nat) : I.type := times (I.sub prec (e_spread j) (e_spread i)) (times (e_inverse i) (e_inverse j)).
Definition e_drop (k : nat) : I.type :=
  I.div prec (I.neg (plus (times (e_Z prec (Z.of_nat others - 2 * Z.of_nat k)) (e_fall (S k) (S (S k))))
                          (times (e_nat k) (e_fall k (S (S k)))))) (e_nat G).
Definition e_difference (k : nat) : I.type := if (2 * k <=? others)%nat then e_drop k else I.neg (e_drop (others - k)).
Definition e_group (p q : I.type) : I.type := mean p q (S others) (map e_height (seq 0 G)).
Definition e_group_slope (p q : I.type) : I.type :=
  times (times (e_nat (S others)) (times p q)) (mean p q others (map e_difference (seq 0 (S others)))).
Definition e_highest : I.type := I.div prec (times (e_nat (S others)) (e_inverse 1)) (e_nat G).

Lemma enc_spread j : encloses (e_spread j) (spread G ddof j).
Proof.
  apply enc_sqrt, enc_div; apply enc_mul; try apply enc_nat; apply enc_sub; try apply enc_nat. destruct ddof; apply enc_Z.
Qed.
Lemma enc_inverse j : encloses (e_inverse j) (inverse others ddof eps j).
Proof. apply enc_inv, enc_add; [apply enc_spread | exact He]. Qed.
Lemma enc_height k : (k < G)%nat -> encloses (e_height k) (height G ddof eps k).
Proof.
  intros K. rewrite height_is by assumption. apply enc_div; [|apply enc_nat]. apply enc_add.
  - apply enc_mul; [|apply enc_inverse].
    replace (INR G - INR (S k)) with (IZR (Z.of_nat (S others) - Z.of_nat k)) by (rewrite minus_IZR, <- !INR_IZR_INZ, !S_INR; ring).
    apply enc_Z.
  - apply enc_mul; [apply enc_nat | apply enc_inverse].
Qed.
Lemma enc_fall i j : encloses (e_fall i j) (inverse others ddof eps i - inverse others ddof eps j).
Proof.
  pose proof (spread_nonnegative others ddof i). pose proof (spread_nonnegative others ddof j).
  replace (inverse others ddof eps i - inverse others ddof eps j)
    with ((spread G ddof j - spread G ddof i) * (inverse others ddof eps i * inverse others ddof eps j)) by (unfold inverse; field; lra).
  apply enc_mul; [apply enc_sub; apply enc_spread | apply enc_mul; apply enc_inverse].
Qed.
Lemma enc_drop k : (k <= others)%nat -> encloses (e_drop k) (height G ddof eps (S k) - height G ddof eps k).
Proof.
  intros K. rewrite height_drop by (exact Hp || lia). apply enc_div; [|apply enc_nat]. apply enc_neg, enc_add.
  - apply enc_mul; [|apply enc_fall].
    replace (INR G - 2 * INR k - 2) with (IZR (Z.of_nat others - 2 * Z.of_nat k)) by (rewrite minus_IZR, mult_IZR, <- !INR_IZR_INZ, !S_INR; ring).
    apply enc_Z.
  - apply enc_mul; [apply enc_nat | apply enc_fall].
Qed.
Lemma enc_difference k : (k <= others)%nat -> encloses (e_difference k) (height G ddof eps (S k) - height G ddof eps k).
Proof.
  intros K. unfold e_difference. destruct (2 * k <=? others)%nat; [now apply enc_drop|].
  replace (height G ddof eps (S k) - height G ddof eps k)
    with (- (height G ddof eps (S (others - k)) - height G ddof eps (others - k))); [apply enc_neg, enc_drop; lia|].
  rewrite <- (height_mirrored others ddof eps (S (others - k))), <- (height_mirrored others ddof eps (others - k)) by (exact Hp || lia).
  replace (S others - S (others - k))%nat with k by lia. replace (S others - (others - k))%nat with (S k) by lia. ring.
Qed.
Lemma enc_group p q L : encloses p (sigma L) -> encloses q (1 - sigma L) ->
  encloses (e_group p q) (contrast_of (Group others ddof) eps L).
Proof.
  intros Ep Eq. apply enc_mean; [exact Ep | exact Eq|]. intros k K. rewrite nth_of by lia. cbn [plus]. apply enc_height. simpl. lia.
Qed.
Lemma enc_group_slope p q L : encloses p (sigma L) -> encloses q (1 - sigma L) ->
  encloses (e_group_slope p q) (slope_of (Group others ddof) eps L).
Proof.
  intros Ep Eq. cbn [slope_of]. apply enc_mul; [apply enc_mul; [apply enc_nat | now apply enc_mul]|].
  apply enc_mean; [exact Ep | exact Eq|]. intros k K. rewrite nth_of by lia. apply enc_difference. simpl. lia.
Qed.
Lemma enc_highest : encloses e_highest (highest_of others ddof eps).
Proof.
  apply enc_div; [|apply enc_nat]. apply enc_mul; [|apply enc_inverse].
  replace (INR G - 1) with (INR (S others)) by (rewrite (S_INR (S others)); ring). apply enc_nat.
Qed.
End Group.
End Precision.
End EncloseGroups.

(** * What certificates about expressions say: inequalities over a box, identities

    This file is what a reader must believe of them.  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List Ascii.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Statements.
Import ListNotations.
Open Scope R_scope.

(** The name of a variable, its characters. *)
Definition name := list ascii.
Inductive function := Sqrt | Exp | Log | Cosh | Sinh | Tanh | Sigma | Abs.
Inductive expression :=
  | Number (q : Q) | Named (x : name) | Negative (a : expression)
  | Sum (a b : expression) | Difference (a b : expression) | Product (a b : expression) | Quotient (a b : expression)
  | Power (a : expression) (n : Z) | Of (f : function) (a : expression).

Definition function_of (f : function) : R -> R :=
  match f with
  | Sqrt => sqrt | Exp => exp | Log => ln | Cosh => cosh | Sinh => sinh | Tanh => tanh | Sigma => sigma | Abs => Rabs
  end.
(** The value of an expression where the variables have these values; a power 0 is 1, of 0 too. *)
Fixpoint value_of (values : name -> R) (e : expression) : R :=
  match e with
  | Number q => Q2R q
  | Named x => values x
  | Negative a => - value_of values a
  | Sum a b => value_of values a + value_of values b
  | Difference a b => value_of values a - value_of values b
  | Product a b => value_of values a * value_of values b
  | Quotient a b => value_of values a / value_of values b
  | Power a n => powerRZ (value_of values a) n
  | Of f a => function_of f (value_of values a)
  end.
(** It is defined where every part of it is: no divisor and no base of a negative power is 0, no root is of a negative
    number, every logarithm is of a positive one. *)
Definition in_domain (f : function) (x : R) : Prop := match f with Sqrt => 0 <= x | Log => 0 < x | _ => True end.
Fixpoint defined (values : name -> R) (e : expression) : Prop :=
  match e with
  | Number _ | Named _ => True
  | Negative a => defined values a
  | Sum a b | Difference a b | Product a b => defined values a /\ defined values b
  | Quotient a b => defined values a /\ defined values b /\ value_of values b <> 0
  | Power a n => defined values a /\ ((n < 0)%Z -> value_of values a <> 0)
  | Of f a => defined values a /\ in_domain f (value_of values a)
  end.

(** ** An inequality: the expression is defined and stands in its relation to 0 everywhere on a box, which has points *)
Inductive relation := Greater | Less | AtLeast | AtMost.
Definition stands (r : relation) (x : R) : Prop :=
  match r with Greater => 0 < x | Less => x < 0 | AtLeast => 0 <= x | AtMost => x <= 0 end.
Definition sides := list (name * range).
Definition in_sides (b : sides) (values : name -> R) : Prop := forall x r, In (x, r) b -> within r (values x).
Record inequality := Inequality { i_sides : sides; i_left : expression; i_relation : relation }.
Definition means_inequality (s : inequality) : Prop :=
  (exists values, in_sides (i_sides s) values) /\
  forall values, in_sides (i_sides s) values ->
    defined values (i_left s) /\ stands (i_relation s) (value_of values (i_left s)).

(** ** An identity: both sides are equal wherever both are defined, and somewhere they are *)
(** Its variables are those that the sides may name. *)
Record identity := Identity { d_variables : list name; d_left : expression; d_right : expression }.
Definition means_identity (s : identity) : Prop :=
  (exists values, defined values (d_left s) /\ defined values (d_right s)) /\
  forall values, defined values (d_left s) -> defined values (d_right s) ->
    value_of values (d_left s) = value_of values (d_right s).

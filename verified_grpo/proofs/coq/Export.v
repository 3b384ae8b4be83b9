(** * What exported certificates are built on: everything they apply, and numbers enclosed by Interval

    Interval computes over floats made of plain integers: its default floats would bring in the axioms of hardware
    arithmetic; these leave the four of the classical reals. *)

From Coq Require Export Reals Lra Lia List.
From Coquelicot Require Export Coquelicot.
From Interval Require Import Float.Specific_stdz Float.Specific_ops Tactic.
From VerifiedGRPO Require Export Definitions Slope Bmax TwoKL Cells Zeros ListedZeros FixedPoints Boxes Calculus
  Periods Chaos Traps Limits Mirror Cycles Returns.
Export ListNotations.
Global Open Scope R_scope.

Module PlainFloats := SpecificFloat StdZRadix2.
Module PlainInterval := IntervalTactic PlainFloats.

(** Both tails keep their relative accuracy when 1 - sigma L is written sigma (- L). *)
Lemma one_minus_sigma L : 1 - sigma L = / (1 + exp L).
Proof. unfold sigma. rewrite exp_Ropp. pose proof (exp_pos L). field. lra. Qed.

Lemma v_form L : v L = / (1 + exp (- L)) * / (1 + exp L).
Proof. unfold v. rewrite one_minus_sigma. reflexivity. Qed.

Lemma slope_form eps L : slope eps L = (/ (1 + exp (- L)) - / (1 + exp L)) * (/ (1 + exp (- L)) * / (1 + exp L))
  / (2 * (/ (1 + exp (- L)) * / (1 + exp L) + eps) * sqrt (/ (1 + exp (- L)) * / (1 + exp L) + eps)).
Proof.
  unfold slope. replace (2 * sigma L - 1) with (sigma L - (1 - sigma L)) by ring.
  rewrite one_minus_sigma, v_form. reflexivity.
Qed.

Lemma Omega_form eps L : Omega eps L = / sqrt (/ (1 + exp (- L)) * / (1 + exp L) + eps).
Proof. unfold Omega. rewrite v_form. reflexivity. Qed.

Import PlainInterval.
Ltac numbers := unfold multiplier, gap, gap_slope, T2, T, bend, Bmax, logit;
  rewrite ?slope_form, ?Omega_form; unfold sigma.

(** Order of exact rationals; a number enclosed, with more digits when these do not do; either; T over an
    interval, where the goal says for all t of it. What a goal does not need is dropped first,
      and each is a lemma
    of its own: both save time. *)
Ltac order := clear; lra.
Tactic Notation "enclose" constr(bits) :=
  clear; abstract (numbers; first
    [interval with (i_prec bits) | let more :=
      eval compute in (bits + bits)%positive in interval with (i_prec more)]).
Tactic Notation "verify" constr(bits) := first [order | enclose bits].
Tactic Notation "carry" constr(bits) :=
  clear; abstract (let t := fresh "t" in intros t ?; numbers; interval with (i_prec bits)).
Ltac closed_ends := repeat match goal with H : ?a < ?x < ?b |- _ =>
  assert (a <= x <= b) by (clear - H; lra); clear H end.
Tactic Notation "enclose_within" constr(bits) := intros; closed_ends; numbers; interval with (i_prec bits).

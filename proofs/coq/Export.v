(** * What exported certificates are built with: numbers enclosed by Interval, over floats made of plain integers

    Default floats would bring in the axioms of hardware arithmetic; these leave the four of the classical reals. *)

From Coq Require Import Reals Lra.
From Interval Require Import Float.Specific_stdz Float.Specific_ops Tactic.
From VerifiedGRPO Require Import Definitions Slope Bmax TwoKL Cells.
Open Scope R_scope.

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
Tactic Notation "enclose" constr(bits) := numbers; interval with (i_prec bits).
(** Between two values that are enclosed, without looking inside the numbers. *)
Lemma squeezed a b c d x : b <= x <= c -> a <= b -> c <= d -> a <= x <= d.
Proof. lra. Qed.
Ltac lra_atoms H := eapply squeezed; [exact H | eassumption | eassumption].

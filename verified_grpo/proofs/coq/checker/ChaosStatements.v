(** * What a certificate of chaos says: a point and its three images in an order, or a point of period three

    This file is what a reader must believe, beside [Statements].  The uncountable scrambled set of Li and Yorke's theorem
    is not part of it.  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals.
From VerifiedGRPO Require Import Calculus Definitions Periods.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Open Scope R_scope.

(** A point of the line, by its log-odds or as a probability. *)
Inductive start := AtLogit (l : Q) | AtRate (p : Q).
Definition place (x : start) : R := match x with AtLogit l => Q2R l | AtRate p => logit (Q2R p) end.
Definition is_place (x : start) : Prop := match x with AtLogit _ => True | AtRate p => 0 < Q2R p < 1 end.
Inductive order := Falling | Rising.
Definition in_order (o : order) (x one two three : R) : Prop :=
  match o with Falling => two < one < x /\ x <= three | Rising => three <= x /\ x < one < two end.

Inductive verdict := FourPoints (x : start) (o : order) (one two three : range) | PeriodThree (r : range).
Record chaos_statement := ChaosStatement { h_box : box; h_verdict : verdict }.
Definition means_verdict (k : verdict) (T : R -> R) : Prop :=
  match k with
  | FourPoints at_ o one two three => let x := place at_ in
    is_place at_ /\ (within one (T x) /\ within two (T (T x)) /\ within three (T (T (T x)))) /\
    in_order o x (T x) (T (T x)) (T (T (T x)))
  | PeriodThree r => exists x, within r x /\ has_period T 3 x
  end.

(** There are such parameters, and for all of them; and there are points of every exact period. *)
Definition means_chaos (s : chaos_statement) : Prop :=
  (exists alpha beta eps pref, in_box (h_box s) alpha beta eps pref) /\
  forall alpha beta eps pref, in_box (h_box s) alpha beta eps pref ->
    (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\
    let T := step_of (b_contrast (h_box s)) alpha (logit pref) beta eps in
    means_verdict (h_verdict s) T /\ forall n, (1 <= n)%nat -> exists x, has_period T n x.

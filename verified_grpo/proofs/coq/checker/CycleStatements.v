(** * What a certificate of cycles says: all cycles of exactly one period, at exact parameters

    This file is what a reader must believe, beside [Statements].  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List.
From VerifiedGRPO Require Import Calculus Definitions Periods.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Import ListNotations.
Open Scope R_scope.

(** The first n points of an orbit, and the product of what a function is at some points. *)
Fixpoint orbit (f : R -> R) (n : nat) (x : R) : list R := match n with O => [] | S k => x :: orbit f k (f x) end.
Definition product (m : R -> R) (xs : list R) : R := fold_right (fun x r => m x * r) 1 xs.

(** A cycle: its points in the order of the map, and its multiplier. *)
Record cycle := Cycle { y_points : list bracket; y_low : num; y_high : num; y_kind : stability }.
Record cycles_statement := CyclesStatement { y_contrast : contrast; y_alpha : Q; y_beta : Q; y_eps : Q; y_pref : Q;
  y_period : nat; y_cycles : list cycle }.

Definition means_multiplier (k : stability) (m : R) : Prop :=
  match k with Attracting => -1 < m < 1 | Repelling => m < -1 \/ 1 < m | Undecided => True end.
Definition means_cycle (T m : R -> R) (n : nat) (y : cycle) (x : R) : Prop :=
  let slope := product m (orbit T n x) in
  Forall2 in_bracket_of (y_points y) (orbit T n x) /\
  R_of_num (y_low y) <= slope <= R_of_num (y_high y) /\ means_multiplier (y_kind y) slope.
(** Exactly these, one start of each, no point twice. *)
Definition means_cycles (s : cycles_statement) : Prop :=
  let alpha := Q2R (y_alpha s) in let beta := Q2R (y_beta s) in let eps := Q2R (y_eps s) in let pref := Q2R (y_pref s) in
  let T := step_of (y_contrast s) alpha (logit pref) beta eps in
  let m := multiplier_of (y_contrast s) alpha beta eps in
  (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\ (1 <= y_period s)%nat /\
  exists starts : list R, Forall2 (means_cycle T m (y_period s)) (y_cycles s) starts /\
    NoDup (flat_map (orbit T (y_period s)) starts) /\
    forall L, has_period T (y_period s) L <-> In L (flat_map (orbit T (y_period s)) starts).

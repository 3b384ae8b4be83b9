(** * What a certificate says of exact iteration, L_n = T(L_(n-1)) from a start: where it goes

    What a reader must believe beside [Statements.v].  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Traps.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Open Scope R_scope.

(** A point of a cycle: its bracket, and an interval of starts that are drawn to it. *)
Record place := Place { bracket_at : bracket; basin_at : range }.
Inductive course :=
  | GainsAlways (gain : Q)
  | RisesFrom (step : nat) (limit : bracket) | FallsFrom (step : nat) (limit : bracket)
  | DrawnTo (step : nat) (places : list place) (rate : Q) (least most : num)
  | RisesToLeast | Settles.
(** From L_ref, or from a probability. *)
Record sequence_statement := SequenceStatement { q_box : box; q_start : option Q; q_course : course }.
Definition first_of_all (start : option Q) (Lref : R) : R := match start with Some p => logit (Q2R p) | None => Lref end.

(** The sequence from y follows x, of period n: every turn leaves at most [rate] of the distance. *)
Definition follows (T : R -> R) (n : nat) (x : nat -> R) (rate y : R) : Prop := forall k,
  Rabs (iterate T (n + k) y - x k) <= rate * Rabs (iterate T k y - x k) /\
  is_lim_seq (fun j => iterate T (k + j * n) y) (x k).
(** A cycle of exactly so many points, in their order, each in its bracket and followed from its basin; [turn] is the product
    of the multipliers of its points. *)
Definition means_drawn (T m : R -> R) (start : R) (step : nat) (places : list place) (rate : Q) (least most : num) : Prop :=
  let n := length places in
  exists x : nat -> R, (forall i, T (x i) = x (S i)) /\ x n = x 0%nat /\ (forall i k, (i < k < n)%nat -> x i <> x k) /\
    R_of_num least <= turn T m n (x 0%nat) <= R_of_num most /\
    (forall i p, nth_error places i = Some p -> in_bracket_of (bracket_at p) (x i) /\
      forall y, within (basin_at p) y -> follows T n (fun k => x (i + k)%nat) (Q2R rate) y) /\
    exists p, nth_error places 0 = Some p /\ within (basin_at p) (iterate T step start).

Definition goes (c : contrast) (k : course) (start : option Q) (alpha Lref beta eps : R) : Prop :=
  let T := step_of c alpha Lref beta eps in
  let m := multiplier_of c alpha beta eps in
  let L := fun n => iterate T n (first_of_all start Lref) in
  match k with
  | GainsAlways gain => (forall n, L n + Q2R gain <= L (S n) /\ sigma (L n) < sigma (L (S n))) /\
      is_lim_seq L p_infty /\ is_lim_seq (fun n => sigma (L n)) 1
  | RisesFrom step limit => exists l, T l = l /\ in_bracket_of limit l /\ is_lim_seq L l /\
      (forall n, (step <= n)%nat -> L n <= L (S n)) /\ (forall z, T z = z -> L step <= z -> l <= z) /\
      (step = 0%nat -> start = None -> forall z, T z = z -> l <= z)
  | FallsFrom step limit => exists l, T l = l /\ in_bracket_of limit l /\ is_lim_seq L l /\
      (forall n, (step <= n)%nat -> L (S n) <= L n) /\ (forall z, T z = z -> z <= L step -> z <= l)
  | DrawnTo step places rate least most => means_drawn T m (first_of_all start Lref) step places rate least most
  | RisesToLeast => exists l, T l = l /\ is_lim_seq L l /\ (forall n, L n <= L (S n)) /\ forall z, T z = z -> l <= z
  | Settles => exists l, T l = l /\ is_lim_seq L l
  end.

(** The box is not empty, and what is claimed holds for all of its parameters. *)
Definition means_sequence (s : sequence_statement) : Prop :=
  (exists alpha beta eps pref, in_box (q_box s) alpha beta eps pref) /\
  (forall p, q_start s = Some p -> 0 < Q2R p < 1) /\
  forall alpha beta eps pref, in_box (q_box s) alpha beta eps pref ->
    (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\
    goes (b_contrast (q_box s)) (q_course s) (q_start s) alpha (logit pref) beta eps.

(** ** Where the sequence from L_ref is after so many steps *)
Record trajectory_statement := TrajectoryStatement { j_box : box; j_values : list (nat * bracket) }.
Definition means_trajectory (s : trajectory_statement) : Prop :=
  (exists alpha beta eps pref, in_box (j_box s) alpha beta eps pref) /\
  forall alpha beta eps pref, in_box (j_box s) alpha beta eps pref ->
    (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\
    forall n b, In (n, b) (j_values s) ->
      in_bracket_of b (iterate (step_of (b_contrast (j_box s)) alpha (logit pref) beta eps) n (logit pref)).

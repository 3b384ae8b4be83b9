(** * What is said of a row of an audited table

    With [Statements.v] and what is read of JSON in [Json.v] and [Readings.v], this file is what a reader must believe of
    rows that are printed as proved. *)

From Coq Require Import Reals ZArith QArith Qreals List Sorted String.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements Json Readings.
Import ListNotations.
Open Scope R_scope.

(** The prompt's least fixed point, what is gained up to it, steps that rise to it, and how many fixed points there are. *)
Record row := Row { r_box : box; r_limit : bracket; r_gain : option (num * num); r_step : option Q; r_count : option nat }.

Definition claimed_of_row (r : row) (alpha beta eps pref : R) : Prop :=
  let c := b_contrast (r_box r) in let T := step_of c alpha (logit pref) beta eps in
  exists l, (T l = l /\ forall z, T z = z -> l <= z) /\ in_bracket_of (r_limit r) l /\
    match r_gain r with
    | Some (low, high) => R_of_num low <= sigma l - pref <= R_of_num high
    | None => True
    end /\
    match r_step r with
    | Some x => rises_to (drive_of c (alpha * beta) (logit pref) eps) (logit pref) (Q2R x) l
    | None => True
    end /\
    match r_count r with
    | Some n => exists xs, List.length xs = n /\ Sorted Rlt xs /\ forall L, T L = L <-> List.In L xs
    | None => True
    end.
(** There are such parameters, and it holds for all of them. *)
Definition means_row (r : row) : Prop :=
  (exists alpha beta eps pref, in_box (r_box r) alpha beta eps pref) /\
  forall alpha beta eps pref, in_box (r_box r) alpha beta eps pref ->
    (0 < alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\ claimed_of_row r alpha beta eps pref.

(** An empty list claims nothing. *)
Definition optional {A} (f : json -> option A) (j : json) : option (option A) :=
  match j with JList [] => Some None | _ => let? x := f j in Some (Some x) end.
Definition read_row (j : json) : option row :=
  let? kind := key_of "kind" j in
  if is_text "table-row" kind then
    let? b := read_box 7 j in
    let? limit := bind (member 7 "limit" j) read_bracket in
    let? gain := bind (member 7 "gain" j) (optional (pair number)) in
    let? step := bind (member 7 "largest_step" j) (optional rational) in
    let? count := bind (member 7 "fixed_points" j) (optional count_of) in
    Some (Row b limit gain step count)
  else None.
Definition row_holds (j : json) : Prop := match read_row j with Some r => means_row r | None => False end.

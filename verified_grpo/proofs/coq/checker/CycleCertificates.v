(** * Certificates of cycles: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements CycleStatements CyclesChecker Json Readings ExactReadings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition stability_of (j : json) : option stability :=
  if is_text "attracting" j then Some Attracting else if is_text "repelling" j then Some Repelling
  else if is_text "undecided" j then Some Undecided else None.
Definition read_cycle (j : json) : option cycle :=
  let? points := bind (member 3 "points" j) (listed read_bracket) in
  let? m := bind (member 3 "multiplier" j) (pair number) in
  let? k := bind (member 3 "stability" j) stability_of in
  Some (Cycle points (fst m) (snd m) k).
Definition largest_period : Z := 64.
Definition period_of (j : json) : option nat :=
  match j with JNatural n => if (1 <=? n)%Z && (n <=? largest_period)%Z then Some (Z.to_nat n) else None | _ => None end.
Definition read_cycles (j : json) : option cycles_statement :=
  let? kind := member 6 "kind" j in
  let? b := read_box 6 j in
  let? alpha := exact_of (b_alpha b) in
  let? beta := exact_of (b_beta b) in
  let? eps := exact_of (b_eps b) in
  let? pref := exact_of (b_pref b) in
  let? period := bind (member 6 "period" j) period_of in
  let? count := member 6 "count" j in
  let? cycles := bind (member 6 "cycles" j) (listed read_cycle) in
  match count with
  | JNatural n =>
    if is_text "cycles" kind && (Z.of_nat (List.length cycles) =? n)%Z
    then Some (CyclesStatement (b_contrast b) alpha beta eps pref period cycles) else None
  | _ => None
  end.

(** ** Evidence *)
Definition longest_tree : Z := 100000.
Definition letter_of (c : ascii) : option letter :=
  match c with "s" => Some Split | "e" => Some Empty | "m" => Some Monotone | _ => None end.
Definition read_tree (j : json) : option (list letter) :=
  match j with JText t => if (Z.of_nat (List.length t) <=? longest_tree)%Z then each letter_of t else None | _ => None end.
Definition read_smaller (j : json) : option (nat * range) :=
  let? period := bind (member 2 "period" j) period_of in
  let? l := bind (member 2 "logit" j) (pair log_odds) in Some (period, l).
Definition read_cycles_evidence (j : json) : option cycles_evidence :=
  if ruled 1 "mirror" j then Some NoPoint
  else if ruled 5 "cells" j then
    let? span := bind (member 5 "logit" j) (pair log_odds) in
    let? tree := bind (member 5 "tree" j) read_tree in
    let? smaller := bind (member 5 "smaller" j) (listed read_smaller) in
    let? bits := bind (member 5 "bits" j) precision_of in
    Some (CycleCells bits span tree smaller)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_cycles : json -> Prop := stands read_cycles means_cycles.

Module CycleChecker (F : FloatOps with Definition sensible_format := true).
Module C := CyclesChecker F.
Definition accepts : json -> json -> bool := shown_by read_cycles read_cycles_evidence C.check_cycles.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_cycles stated.
Proof. apply shown_by_correct, C.check_cycles_correct. Qed.
End CycleChecker.

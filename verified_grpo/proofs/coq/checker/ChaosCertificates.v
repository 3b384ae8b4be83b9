(** * Certificates of chaos: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements ChaosStatements ChaosChecker Json Readings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition read_start (j : json) : option start :=
  or_else (let? l := bind (member 1 "logit" j) log_odds in Some (AtLogit l))
    (let? p := bind (member 1 "p" j) rational in Some (AtRate p)).
Definition order_of (j : json) : option order :=
  if is_text "falls" j then Some Falling else if is_text "rises" j then Some Rising else None.
(** How many members the statement has, and its verdict. *)
Definition read_verdict (j : json) : option (nat * verdict) :=
  let? name := key_of "verdict" j in
  if is_text "li-yorke" name then
    let? x := bind (member 7 "start" j) read_start in
    let? o := bind (member 7 "order" j) order_of in
    let? images := bind (member 7 "images" j) (listed (pair log_odds)) in
    match images with [one; two; three] => Some (7%nat, FourPoints x o one two three) | _ => None end
  else if is_text "period-three" name then
    let? r := bind (member 5 "logit" j) (pair log_odds) in Some (5%nat, PeriodThree r)
  else None.
Definition read_chaos (j : json) : option chaos_statement :=
  let? (count, k) := read_verdict j in
  let? kind := member count "kind" j in
  let? b := read_box count j in
  if is_text "chaos" kind then Some (ChaosStatement b k) else None.

(** ** Evidence *)
Definition read_chaos_evidence (j : json) : option chaos_evidence :=
  let? bits := bind (member 2 "bits" j) precision_of in
  if ruled 2 "orbit" j then Some (Orbit bits) else if ruled 2 "return" j then Some (Return bits) else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_chaos : json -> Prop := stands read_chaos means_chaos.

Module ChaosFamily (F : FloatOps with Definition sensible_format := true).
Module C := ChaosChecker F.
Definition accepts : json -> json -> bool := shown_by read_chaos read_chaos_evidence C.check_chaos.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_chaos stated.
Proof. apply shown_by_correct, C.check_chaos_correct. Qed.
End ChaosFamily.

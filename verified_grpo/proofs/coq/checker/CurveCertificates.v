(** * Certificates of curves: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements CurveStatements CurvesChecker Json Readings ExactReadings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition read_piece (j : json) : option piece :=
  let? l := bind (member 3 "logit" j) (pair log_odds) in
  let? b := bind (member 3 "log_beta" j) (pair log_odds) in
  let? p := bind (member 3 "logit_p_ref" j) (pair log_odds) in
  Some (Piece l b p).
(** How many members the statement has, and which curve it is of. *)
Definition curve_of (j : json) : option (nat * curve) :=
  let? name := key_of "curve" j in
  if is_text "fold" name then Some (5%nat, Fold)
  else if is_text "settling" name then Some (5%nat, Settling)
  else if is_text "flip" name then
    match key_of "step_size" j with
    | None => Some (5%nat, Flip)
    | Some step => let? eta := rational step in Some (6%nat, FlipOfStep eta)
    end
  else None.
Definition read_curve (j : json) : option curve_statement :=
  let? (count, k) := curve_of j in
  let? kind := member count "kind" j in
  let? b := read_box count j in
  let? alpha := exact_of (b_alpha b) in
  let? eps := exact_of (b_eps b) in
  let? pieces := bind (member count "pieces" j) (listed read_piece) in
  if is_text "curve" kind then Some (CurveStatement (b_contrast b) alpha eps (b_beta b) (b_pref b) k pieces) else None.

(** ** Evidence *)
Definition read_curve_cell (j : json) : option (bool * Q) :=
  let? z := bind (member 2 "end" j) log_odds in
  let? r := member 2 "rule" j in
  if is_text "piece" r then Some (true, z) else if is_text "outside" r then Some (false, z) else None.
Definition read_curve_evidence (j : json) : option curve_evidence :=
  if ruled 4 "cells" j then
    let? start := bind (member 4 "start" j) log_odds in
    let? cells := bind (member 4 "cells" j) (listed read_curve_cell) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (CurveCells bits start cells)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_curve : json -> Prop := stands read_curve means_curve.

Module CurveChecker (F : FloatOps with Definition sensible_format := true).
Module C := CurvesChecker F.
Definition accepts : json -> json -> bool := shown_by read_curve read_curve_evidence C.check_curve.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_curve stated.
Proof. apply shown_by_correct, C.check_curve_correct. Qed.
End CurveChecker.

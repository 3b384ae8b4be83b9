(** * Certificates of verifiers that err: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements VerifierStatements VerifiersChecker Json Readings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition effect_of (j : json) : option effect :=
  if is_text "amplifies" j then Some Amplifies else if is_text "harms" j then Some Harms
  else if is_text "stands-still" j then Some StandsStill else None.
(** A number that may be left out. *)
Definition if_there (key : string) (j : json) : option (option Q) :=
  match key_of key j with Some x => let? q := rational x in Some (Some q) | None => Some None end.
Definition as_many {A} (x : option A) : nat := match x with Some _ => 1 | None => 0 end.
Definition read_erring (j : json) : option erring :=
  let? apart := if_there "apart" j in
  let? margin := if_there "margin" j in
  let? threshold := if_there "threshold" j in
  let count := (6 + as_many apart + as_many margin + as_many threshold)%nat in
  let? b := read_box count j in
  let? t := bind (member count "true_positive" j) range_of in
  let? f := bind (member count "false_positive" j) range_of in
  let? e := bind (member count "effect" j) effect_of in
  Some (Erring b t f e apart margin threshold).
Definition read_side (j : json) : option (nat * side) :=
  let? name := key_of "side" j in
  let bound := bind (member 7 "bound" j) rational in
  if is_text "below" name then let? x := bound in Some (7%nat, Below x)
  else if is_text "above" name then let? x := bound in Some (7%nat, Above x)
  else if is_text "at" name then Some (6%nat, AtReference) else None.
Definition read_rate (j : json) : option (range * range) :=
  let? m := bind (member 2 "passed" j) (pair rational) in
  let? r := bind (member 2 "right" j) (pair rational) in Some (m, r).
Definition read_ceiling (j : json) : option ceiling :=
  let? (count, k) := read_side j in
  let? pref := bind (member count "p_ref" j) range_of in
  let? t := bind (member count "true_positive" j) range_of in
  let? f := bind (member count "false_positive" j) range_of in
  let? rates := bind (member count "rates" j) (listed read_rate) in
  Some (Ceiling pref t f k rates).
Definition read_verifier (j : json) : option verifier_statement :=
  let? kind := key_of "kind" j in
  if is_text "erring-verifier" kind then let? s := read_erring j in Some (OfLooks s)
  else if is_text "verifier-ceiling" kind then let? s := read_ceiling j in Some (OfAnswers s) else None.

(** ** Evidence *)
Definition read_verifier_evidence (j : json) : option verifier_evidence :=
  if ruled 1 "shares" j then Some Shares
  else if ruled 2 "sign" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Sign bits)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_verifier : json -> Prop := stands read_verifier means_verifier.

Module VerifierChecker (F : FloatOps with Definition sensible_format := true).
Module C := VerifiersChecker F.
Definition accepts : json -> json -> bool := shown_by read_verifier read_verifier_evidence C.check_verifier.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_verifier stated.
Proof. apply shown_by_correct, C.check_verifier_correct. Qed.
End VerifierChecker.

(** * Parameters of a statement that have to be exact *)

From Coq Require Import QArith Bool.
From VerifiedGRPO.Checker Require Import Statements.

(** The number that a range of one point is. *)
Definition exact_of (r : range) : option Q := if Qeq_bool (fst r) (snd r) then Some (fst r) else None.

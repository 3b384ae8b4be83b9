(** * Out of Coq: the program, and the axioms of its theorems

    Integers become Zarith's, characters OCaml's; five operations on integers are mapped to single calls of Zarith.
    [sig_forall_dec] is an axiom of the real numbers, which no program runs. *)

From Coq Require Import String Extraction ExtrOcamlBasic ExtrOcamlZBigInt ExtrOcamlString Reals.
From Interval Require Import Float.Specific_ops.
From VerifiedGRPO.Checker Require Import Integers Json Certificates Printing RowStatements Tables.

Module Floats := SpecificFloat FastZ.
Module Proved := TextChecker Floats.
Module ProvedRows := TableChecker Floats.

Theorem accepted_holds : forall file j, Proved.check_text file = Some j -> holds j.
Proof. exact Proved.check_text_correct. Qed.
(** What is printed is read as that statement and no other. *)
Theorem printed_is_read_again : forall file j, Proved.check_text file = Some j -> value (as_fuel (shown j)) (shown j) = Some (j, nil).
Proof.
  intros file j H. apply read_again. unfold Proved.check_text in H.
  destruct (value (as_fuel file) file) as [[tree rest]|] eqn:V; [|discriminate]. apply value_plain in V.
  destruct (skip rest); [|discriminate]. unfold bind in H.
  destruct (key_of "statement" tree) as [stated|] eqn:K; [|discriminate]. apply (key_of_plain _ _ _ V) in K.
  destruct (key_of "evidence" tree); [|discriminate]. destruct (Proved.accepts _ _); [|discriminate]. now injection H as <-.
Qed.
(** Of a row of a table both. *)
Theorem accepted_row_holds : forall q header cells j, ProvedRows.check_line q header cells = Some j ->
  row_holds j /\ value (as_fuel (shown j)) (shown j) = Some (j, nil).
Proof. exact ProvedRows.check_line_correct. Qed.
Definition theorems := (accepted_holds, printed_is_read_again, accepted_row_holds).
Print Assumptions theorems.

Extract Constant ClassicalDedekindReals.sig_forall_dec => "(fun _ -> assert false)".
Extract Constant length2 => "Zops.numbits".
Extract Constant shift_left => "Zops.shift_left".
Extract Constant shift_right => "(fun m n -> Big_int_Z.(let n = int_of_big_int n in (shift_right_big_int m n, extract_big_int m 0 n)))".
Extract Constant quotient => "Big_int_Z.quomod_big_int".
Extract Constant root => "(fun m -> Big_int_Z.(let s = sqrt_big_int m in (s, sub_big_int m (mult_big_int s s))))".
Extraction "proved.ml" Proved.check_text open_table said_of ProvedRows.check_line shown.

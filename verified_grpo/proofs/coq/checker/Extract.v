(** * Out of Coq: the program, and the axioms of its theorem

    Integers become Zarith's, characters OCaml's; four operations on integers are mapped to single calls of Zarith.
    [sig_forall_dec] is an axiom of the real numbers, which no program runs. *)

From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlZBigInt ExtrOcamlString Reals.
From Interval Require Import Float.Specific_ops.
From VerifiedGRPO.Checker Require Import Integers Certificates.

Module Floats := SpecificFloat FastZ.
Module Proved := TextChecker Floats.

Theorem accepted_holds : forall file j, Proved.check_text file = Some j -> holds j.
Proof. exact Proved.check_text_correct. Qed.
Print Assumptions accepted_holds.

Extract Constant ClassicalDedekindReals.sig_forall_dec => "(fun _ -> assert false)".
Extract Constant length2 => "Zops.numbits".
Extract Constant shift_left => "(fun m n -> Big_int_Z.(shift_left_big_int m (int_of_big_int n)))".
Extract Constant quotient => "Big_int_Z.quomod_big_int".
Extract Constant root => "(fun m -> Big_int_Z.(let s = sqrt_big_int m in (s, sub_big_int m (mult_big_int s s))))".
Extraction "proved.ml" Proved.check_text shown.

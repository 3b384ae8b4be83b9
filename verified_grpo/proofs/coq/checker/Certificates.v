(** * From the bytes of a certificate to its statement, and the theorem about the bytes

    A JSON tree is read; the statement is one subtree of it, and what is printed as accepted is that subtree.  Kinds come in
    families, each with its statements, its checks and a reader; no kind is of two. *)

From Coq Require Import List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Json BoxCertificates SequenceCertificates CycleCertificates
  CurveCertificates K3Certificates ExpressionCertificates VerifierCertificates ChaosCertificates.
Import ListNotations.

(** What is claimed by a statement of JSON. *)
Definition holds (j : json) : Prop :=
  holds_of_box j \/ holds_of_sequence j \/ holds_of_cycles j \/ holds_of_curve j \/ holds_of_k3 j \/
  holds_of_expression j \/ holds_of_verifier j \/ holds_of_chaos j.

Module TextChecker (F : FloatOps with Definition sensible_format := true).
Module Box := BoxChecker F.
Module Sequence := SequenceChecker F.
Module Cycle := CycleChecker F.
Module Curve := CurveChecker F.
Module K3 := K3Family F.
Module Expression := ExpressionChecker F.
Module Verifier := VerifierChecker F.
Module Chaos := ChaosFamily F.
Definition accepts (stated offered : json) : bool :=
  (Box.accepts stated offered ||
   Sequence.accepts stated offered ||
   Cycle.accepts stated offered ||
   Curve.accepts stated offered ||
   K3.accepts stated offered ||
   Expression.accepts stated offered ||
   Verifier.accepts stated offered ||
   Chaos.accepts stated offered)%bool.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds stated.
Proof.
  unfold accepts, holds. rewrite !orb_true_iff.
  pose proof (Box.accepts_correct stated offered).
  pose proof (Sequence.accepts_correct stated offered).
  pose proof (Cycle.accepts_correct stated offered).
  pose proof (Curve.accepts_correct stated offered).
  pose proof (K3.accepts_correct stated offered).
  pose proof (Expression.accepts_correct stated offered).
  pose proof (Verifier.accepts_correct stated offered).
  pose proof (Chaos.accepts_correct stated offered).
  tauto.
Qed.

Definition check_text (file : text) : option json :=
  match value (as_fuel file) file with
  | Some (tree, rest) =>
    match skip rest with
    | [] =>
      let? stated := key_of "statement" tree in
      let? offered := key_of "evidence" tree in
      if accepts stated offered then Some stated else None
    | _ => None
    end
  | None => None
  end.

Theorem check_text_correct file j : check_text file = Some j -> holds j.
Proof.
  unfold check_text. destruct (value (as_fuel file) file) as [[tree rest]|]; [|discriminate].
  destruct (skip rest); [|discriminate]. unfold bind.
  destruct (key_of "statement" tree) as [stated|]; [|discriminate].
  destruct (key_of "evidence" tree) as [offered|]; [|discriminate].
  destruct (accepts stated offered) eqn:K; [|discriminate].
  intros H. injection H as <-. exact (accepts_correct stated offered K).
Qed.
End TextChecker.

(** * Certificates about the penalty k3: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker K3Statements K3StepsChecker
  Json Readings BoxCertificates.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition read_box_k3 (count : nat) (j : json) : option box_k3 :=
  let? variant := member count "variant" j in
  let? named := or_else (bind (member 1 "contrast" variant) contrast_named) (group_of variant) in
  let? parameters := member count "parameters" j in
  let? beta := bind (member 3 "beta" parameters) range_of in
  let? eps := bind (member 3 "eps" parameters) range_of in
  let? pref := bind (member 3 "p_ref" parameters) range_of in
  Some (BoxK3 named beta eps pref).
Definition read_claim_k3 (j : json) : option (nat * claim_k3) :=
  let? kind := key_of "kind" j in
  if is_text "k3-fixed-point" kind then
    let? p := bind (member 4 "fixed_point" j) read_point in Some (4%nat, OneFixedPoint p)
  else if is_text "k3-amplification" kind then
    let? margin := bind (member 4 "margin" j) rational in Some (4%nat, AtLeast margin)
  else if is_text "k3-small-steps" kind then
    let? limit := bind (member 5 "limit" j) read_bracket in
    let? step := bind (member 5 "largest_step" j) (pair rational) in Some (5%nat, RisesK3 limit (fst step) (snd step))
  else None.
Definition read_statement_k3 (j : json) : option statement_k3 :=
  let? (count, k) := read_claim_k3 j in let? b := read_box_k3 count j in Some (StatementK3 b k).

(** ** Evidence *)
Inductive evidence_k3 := Concave (bits : positive) | Closed (bits : positive) | Slow (bits : positive) (slopes steepest : list Q).
Definition read_evidence_k3 (j : json) : option evidence_k3 :=
  if ruled 2 "concave" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Concave bits)
  else if ruled 2 "closed-form" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Closed bits)
  else if ruled 4 "concave" j then
    let? slopes := bind (member 4 "slopes" j) (listed rational) in
    let? steepest := bind (member 4 "steepest" j) (listed rational) in
    let? bits := bind (member 4 "bits" j) precision_of in Some (Slow bits slopes steepest)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_k3 (j : json) : Prop := match read_statement_k3 j with Some s => means_k3 s | None => False end.

Module K3Family (F : FloatOps with Definition sensible_format := true).
Module St := K3StepsChecker F.
Definition check_k3 (s : statement_k3) (e : evidence_k3) : bool :=
  let b := k3_box s in
  St.K.domain_k3 b &&&
  match k3_claim s, e with
  | OneFixedPoint p, Concave bits => St.K.point_k3 (F.PtoP bits) b p
  | AtLeast margin, Closed bits => St.K.margin_k3 (F.PtoP bits) b margin
  | RisesK3 limit x y, Slow bits slopes steepest => St.small_steps_k3 (F.PtoP bits) b limit x y slopes steepest
  | _, _ => false
  end.
Theorem check_k3_correct s e : check_k3 s e = true -> means_k3 s.
Proof.
  destruct s as [b k]. unfold check_k3. cbn [k3_box k3_claim]. cbv zeta. intros H. apply both in H as [D H].
  destruct (St.K.domain_k3_correct b D) as [Some_ Dom]. split; [exact Some_|]. split; [exact Dom|]. cbn [k3_box k3_claim].
  destruct k, e; try discriminate; intros beta eps pref In; cbn [claimed_k3].
  - exact (St.K.point_k3_correct _ b D beta eps pref In p H).
  - exact (St.K.margin_k3_correct _ b D beta eps pref In margin H).
  - exact (St.small_steps_k3_correct _ b limit D beta eps pref In _ _ _ _ H).
Qed.

Definition accepts (stated offered : json) : bool :=
  match read_statement_k3 stated, read_evidence_k3 offered with Some s, Some e => check_k3 s e | _, _ => false end.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_k3 stated.
Proof.
  unfold accepts, holds_of_k3. destruct (read_statement_k3 stated) as [s|]; [|discriminate].
  destruct (read_evidence_k3 offered) as [e|]; [|discriminate]. apply check_k3_correct.
Qed.
End K3Family.

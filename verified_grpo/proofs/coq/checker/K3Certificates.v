(** * Certificates about the penalty k3: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker K3Statements K3LimitsChecker
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
    let? margin := bind (member 4 "margin" j) log_odds in Some (4%nat, AtLeast margin)
  else if is_text "k3-small-steps" kind then
    let? limit := bind (member 5 "limit" j) read_bracket in
    let? step := bind (member 5 "largest_step" j) (pair rational) in
    Some (5%nat, RisesK3 limit (fst step) (snd step))
  else if is_text "k3-convergence" kind then
    let? verdict := member 4 "verdict" j in
    if is_text "proved" verdict then Some (4%nat, ConvergentK3)
    else if is_text "refuted" verdict then Some (4%nat, NotAttracting) else None
  else None.
Definition read_statement_k3 (j : json) : option statement_k3 :=
  let? (count, k) := read_claim_k3 j in let? b := read_box_k3 count j in Some (StatementK3 b k).

(** ** Evidence *)
Inductive evidence_k3 := Concave (bits : positive) | Closed (bits : positive) | Slow (bits : positive) (slopes steepest : list Q)
  | Half (bits : positive) | Parts (bits : positive) (steps : nat) (nodes : list node_k3)
  | Against (bits : positive) (beta eps pref : Q) (found : range).
Definition read_node_k3 (j : json) : option node_k3 :=
  match j with
  | JList [k] => if is_text "half" k then Some HalfLeaf else if is_text "nested" k then Some NestedLeaf else None
  | JList [k; a; x] =>
    if is_text "split" k then
      let? x := rational x in
      if is_text "beta" a then Some (CutK3 AlongBeta x) else if is_text "eps" a then Some (CutK3 AlongEps x)
      else if is_text "p_ref" a then Some (CutK3 AlongPref x) else None
    else None
  | _ => None
  end.
(** More intervals, each within the one before, are declined. *)
Definition most_steps : nat := 1000.
Definition read_evidence_k3 (j : json) : option evidence_k3 :=
  if ruled 2 "concave" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Concave bits)
  else if ruled 2 "closed-form" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Closed bits)
  else if ruled 4 "concave" j then
    let? slopes := bind (member 4 "slopes" j) (listed log_odds) in
    let? steepest := bind (member 4 "steepest" j) (listed log_odds) in
    let? bits := bind (member 4 "bits" j) precision_of in Some (Slow bits slopes steepest)
  else if ruled 2 "half" j then let? bits := bind (member 2 "bits" j) precision_of in Some (Half bits)
  else if ruled 4 "tree" j then
    let? steps := bind (member 4 "steps" j) count_of in
    let? nodes := bind (member 4 "nodes" j) (listed read_node_k3) in
    let? bits := bind (member 4 "bits" j) precision_of in
    if Nat.leb steps most_steps then Some (Parts bits steps nodes) else None
  else if ruled 4 "witness" j then
    let? at_ := member 4 "parameters" j in
    let? beta := bind (member 3 "beta" at_) rational in
    let? eps := bind (member 3 "eps" at_) rational in
    let? pref := bind (member 3 "p_ref" at_) rational in
    let? found := bind (member 4 "bracket" j) (pair log_odds) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (Against bits beta eps pref found)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_k3 : json -> Prop := stands read_statement_k3 means_k3.

Module K3Family (F : FloatOps with Definition sensible_format := true).
Module L := K3LimitsChecker F.
Definition check_k3 (s : statement_k3) (e : evidence_k3) : bool :=
  let b := k3_box s in
  L.St.K.domain_k3 b &&&
  match k3_claim s, e with
  | OneFixedPoint p, Concave bits => L.St.K.point_k3 (F.PtoP bits) b p
  | AtLeast margin, Closed bits => L.St.K.margin_k3 (F.PtoP bits) b margin
  | RisesK3 limit x y, Slow bits slopes steepest => L.St.small_steps_k3 (F.PtoP bits) b limit x y slopes steepest
  | ConvergentK3, Half bits => L.above_half_k3 (F.PtoP bits) b
  | ConvergentK3, Parts bits steps nodes => L.tree_k3 (F.PtoP bits) b steps nodes
  | NotAttracting, Against bits beta eps pref found => L.witness_k3 (F.PtoP bits) b beta eps pref found
  | _, _ => false
  end.
Theorem check_k3_correct s e : check_k3 s e = true -> means_k3 s.
Proof.
  destruct s as [b k]. unfold check_k3. cbn [k3_box k3_claim]. cbv zeta. intros H. apply both in H as [D H].
  destruct (L.St.K.domain_k3_correct b D) as [Some_ Dom]. split; [exact Some_|]. split; [exact Dom|]. cbn [k3_box k3_claim].
  destruct k, e; try discriminate; try (intros beta' eps' pref' In).
  - exact (L.St.K.point_k3_correct _ b D beta' eps' pref' In p H).
  - exact (L.St.K.margin_k3_correct _ b D beta' eps' pref' In margin H).
  - exact (L.St.small_steps_k3_correct _ b limit D beta' eps' pref' In _ _ _ _ H).
  - exact (L.above_half_k3_correct _ b D beta' eps' pref' In H).
  - exact (L.tree_k3_correct _ b _ _ beta' eps' pref' In H).
  - exact (L.witness_k3_correct _ b _ _ _ _ D H).
Qed.

Definition accepts : json -> json -> bool := shown_by read_statement_k3 read_evidence_k3 check_k3.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_k3 stated.
Proof. apply shown_by_correct, check_k3_correct. Qed.
End K3Family.

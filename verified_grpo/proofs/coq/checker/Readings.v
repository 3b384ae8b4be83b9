(** * What statements and evidence of several kinds are read from *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From VerifiedGRPO.Checker Require Import Enclosures Statements Json.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition range_of (j : json) : option range :=
  match j with JList _ => pair rational j | _ => let? x := rational j in Some (x, x) end.
Definition contrast_named (j : json) : option contrast :=
  if is_text "mean-var" j then Some MeanVar else if is_text "mean-std" j then Some MeanStd
  else if is_text "mean" j then Some Mean else None.
Definition largest_group : Z := 1024.
Definition group_of (j : json) : option contrast :=
  let? name := member 3 "contrast" j in
  let? size := member 3 "group_size" j in
  let? ddof := member 3 "ddof" j in
  match size, ddof with
  | JNatural n, JNatural d =>
    if is_text "group" name && (2 <=? n)%Z && (n <=? largest_group)%Z && (d <=? 1)%Z
    then Some (Group (Z.to_nat (n - 2)) (d =? 1)%Z) else None
  | _, _ => None
  end.
(** What a statement of JSON stands for: objects with so many members, no other. *)
Definition read_box (count : nat) (j : json) : option box :=
  let? variant := member count "variant" j in
  let? named := or_else (bind (member 1 "contrast" variant) contrast_named) (group_of variant) in
  let? parameters := member count "parameters" j in
  let? alpha := bind (member 4 "alpha" parameters) range_of in
  let? beta := bind (member 4 "beta" parameters) range_of in
  let? eps := bind (member 4 "eps" parameters) range_of in
  let? pref := bind (member 4 "p_ref" parameters) range_of in
  Some (Box named alpha beta eps pref).
(** Log-odds farther out are declined before their exponentials are asked for. *)
Definition largest_log_odds : Z := 10 ^ 300.
Definition log_odds (j : json) : option Q :=
  let? x := rational j in if (Z.abs (Qnum x) <=? largest_log_odds * QDen x)%Z then Some x else None.
Definition read_bracket (j : json) : option bracket :=
  let? l := bind (member 3 "logit" j) (pair log_odds) in
  let? p := bind (member 3 "p" j) (pair number) in
  let? q := bind (member 3 "one_minus_p" j) (pair number) in
  Some (Bracket (fst l) (snd l) (fst p) (snd p) (fst q) (snd q)).
(** A number of steps; more are declined. *)
Definition count_of (j : json) : option nat :=
  match j with JNatural n => if (n <=? 100000)%Z then Some (Z.to_nat n) else None | _ => None end.

Definition guard_bits : Z := 64.
Definition precision_of (j : json) : option positive :=
  match j with JNatural n => if (n <=? 100000)%Z then Some (Z.to_pos (n + guard_bits)) else None | _ => None end.
Definition ruled (count : nat) (rule : string) (j : json) : bool :=
  match member count "rule" j with Some r => is_text rule r | None => false end.

(** What is claimed by a statement of JSON, and whether evidence of JSON is enough for it. *)
Definition stands {A} (read : json -> option A) (means : A -> Prop) (j : json) : Prop :=
  match read j with Some s => means s | None => False end.
Definition shown_by {A B} (read : json -> option A) (evidence : json -> option B) (check : A -> B -> bool) (stated offered : json) : bool :=
  match read stated, evidence offered with Some s, Some e => check s e | _, _ => false end.
Lemma shown_by_correct {A B} read (means : A -> Prop) evidence (check : A -> B -> bool) : (forall s e, check s e = true -> means s) ->
  forall stated offered, shown_by read evidence check stated offered = true -> stands read means stated.
Proof.
  intros K stated offered. unfold shown_by, stands. destruct (read stated) as [s|]; [|discriminate].
  destruct (evidence offered) as [e|]; [|discriminate]. apply K.
Qed.

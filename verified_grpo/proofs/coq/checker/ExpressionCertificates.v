(** * Certificates of the kinds of [ExpressionStatements.v]: read, checked, and the theorem about them

    Depth, operands, names, numbers and exponents are bounded as they are read, and the work before it is done. *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker ExpressionStatements InequalitiesChecker
  IdentitiesChecker Json Readings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Fixpoint longer {A} (l : list A) (most : Z) : bool :=
  match l with [] => false | _ :: r => if (most <=? 0)%Z then true else longer r (most - 1) end.
Definition short {A} (most : Z) (l : list A) : option (list A) := if longer l most then None else Some l.
Definition largest_number : Z := 30000.
Definition largest_list : Z := 64.
Definition largest_scale : Z := 4000.
Definition largest_depth : nat := 200.

(** A number; a name: a small letter, then small letters, digits and underscores. *)
Definition constant (j : json) : option Q :=
  match j with
  | JText s =>
    let? _ := short largest_number s in
    let? x := number j in if (Z.abs (num_e x) <=? largest_scale)%Z then Some (Q_of_num x) else None
  | _ => None
  end.
Definition small_letter (c : ascii) : bool := let n := N_of_ascii c in ((97 <=? n) && (n <=? 122))%N.
Definition in_names (c : ascii) : bool :=
  small_letter c || Ascii.eqb c "_" || match digit c with Some _ => true | None => false end.
Definition name_of (s : text) : option name :=
  match s with
  | c :: r => if small_letter c && forallb in_names r then short largest_list s else None
  | [] => None
  end.
(** An exponent, its digits written in one way. *)
Definition whole (s : text) : option Z :=
  match digits s 0 with (n, []) => if same s (natural n) then Some n else None | _ => None end.
Definition power_of (j : json) : option Z :=
  let? n := match j with
    | JText s => let? s := short 3 s in match s with "-" :: r => let? n := whole r in if (n =? 0)%Z then None else Some (- n)%Z | _ => whole s end
    | _ => None
    end in
  if (Z.abs n <=? 64)%Z then Some n else None.
Definition function_named (s : text) : option function :=
  if same s (T "sqrt") then Some Sqrt else if same s (T "exp") then Some Exp else if same s (T "log") then Some Log
  else if same s (T "cosh") then Some Cosh else if same s (T "sinh") then Some Sinh else if same s (T "tanh") then Some Tanh
  else if same s (T "sigma") then Some Sigma else if same s (T "abs") then Some Abs else None.
(** A sum or product has two terms or more, a difference or quotient two. *)
Definition applied (operator : text) (operands : list expression) : option expression :=
  match operands with
  | [] => None
  | [a] => if same operator (T "neg") then Some (Negative a) else let? f := function_named operator in Some (Of f a)
  | a :: b :: rest =>
    if same operator (T "+") then Some (fold_left Sum (b :: rest) a)
    else if same operator (T "*") then Some (fold_left Product (b :: rest) a)
    else match rest with
      | [] => if same operator (T "-") then Some (Difference a b) else if same operator (T "/") then Some (Quotient a b) else None
      | _ => None
      end
  end.
Fixpoint read_expression (depth : nat) (j : json) : option expression :=
  match depth with O => None | S depth =>
  match j with
  | JText s => or_else (let? x := name_of s in Some (Named x)) (let? q := constant j in Some (Number q))
  | JList (JText operator :: operands) =>
    if same operator (T "^") then
      match operands with
      | [base; power] => let? a := read_expression depth base in let? n := power_of power in Some (Power a n)
      | _ => None
      end
    else let? operands := short largest_list operands in
      let? operands := each (read_expression depth) operands in applied operator operands
  | _ => None
  end end.

(** What a statement of JSON stands for: objects with so many members, no other. *)
Definition kind_is (kind : string) (j : json) : bool := match member 4 "kind" j with Some k => is_text kind k | None => false end.
Definition side_of (p : text * json) : option (name * range) :=
  let? x := name_of (fst p) in
  let? r := match snd p with
    | JList _ => let? r := pair constant (snd p) in if Qlt_bool (fst r) (snd r) then Some r else None
    | _ => let? q := constant (snd p) in Some (q, q)
    end in Some (x, r).
Definition relation_of (j : json) : option relation :=
  if is_text ">" j then Some Greater else if is_text "<" j then Some Less
  else if is_text ">=" j then Some AtLeast else if is_text "<=" j then Some AtMost else None.
Definition read_inequality (j : json) : option inequality :=
  if kind_is "inequality" j then
    let? b := (match member 4 "box" j with Some (JObject l) => let? l := short largest_list l in each side_of l | _ => None end) in
    let? e := bind (member 4 "expression" j) (read_expression largest_depth) in
    let? r := bind (member 4 "relation" j) relation_of in
    Some (Inequality b e r)
  else None.
Fixpoint distinct (names : list name) : bool :=
  match names with [] => true | x :: r => negb (existsb (same x) r) && distinct r end.
Definition read_identity (j : json) : option identity :=
  if kind_is "identity" j then
    let? names := (match member 4 "variables" j with
      | Some (JList l) => let? l := short largest_list l in each (fun j => match j with JText s => name_of s | _ => None end) l
      | _ => None end) in
    let? a := bind (member 4 "left" j) (read_expression largest_depth) in
    let? b := bind (member 4 "right" j) (read_expression largest_depth) in
    if distinct names then Some (Identity names a b) else None
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_expression (j : json) : Prop :=
  stands read_inequality means_inequality j \/ stands read_identity means_identity j.

(** ** Evidence *)
Definition read_branch (j : json) : option branch :=
  match j with
  | JList [k] => if is_text "leaf" k then Some Leaf else None
  | JList [k; JText x; q] => if is_text "split" k then let? q := constant q in Some (Split x q) else None
  | _ => None
  end.
Definition read_tree (j : json) : option tree_evidence :=
  if ruled 3 "tree" j then
    let? nodes := bind (member 3 "nodes" j) (listed read_branch) in
    let? bits := bind (member 3 "bits" j) precision_of in
    Some (Tree bits nodes)
  else None.
(** An exponential is some operations. *)
Definition affordable_tree (s : inequality) (t : tree_evidence) : bool :=
  let nodes := fold_left (fun n _ => n + 1)%Z (t_nodes t) 0%Z in
  (nodes * (24 * operations (i_left s) + 64) * price (Zpos (t_bits t)) <=? most_work)%Z.
Definition read_grid (j : json) : option unit := if ruled 1 "grid" j then Some tt else None.

Module ExpressionChecker (F : FloatOps with Definition sensible_format := true).
Module I := InequalitiesChecker F.
Definition accepts (stated offered : json) : bool :=
  shown_by read_inequality read_tree (fun s t => affordable_tree s t &&& I.check_inequality s t) stated offered |||
  shown_by read_identity read_grid (fun s _ => check_identity s) stated offered.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_expression stated.
Proof.
  intros H. apply either in H as [H|H]; [left | right]; revert H; apply shown_by_correct.
  - intros s t H. apply both in H as [_ H]. exact (I.check_inequality_correct s t H).
  - intros s _. apply check_identity_correct.
Qed.
End ExpressionChecker.

(** * From the bytes of an audited table and of its certificate to the statements of its rows

    What a row says is written as a tree of JSON and read back by the reader of certificates; what is printed as proved is that
    tree, and it holds. *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker Json Readings Printing RowStatements Rows.
Import ListNotations.
Open Scope char_scope.

(** ** Comma-separated values *)
Inductive place := AtStart | Bare | Quoted | Closed.
Fixpoint csv (s : text) (at_ : place) (cell : text) (line : list text) (lines : list (list text)) : option (list (list text)) :=
  match s with
  | [] =>
    match at_, cell, line with
    | Quoted, _, _ => None
    | AtStart, [], [] => Some (reversed lines)
    | _, _, _ => Some (reversed (reversed (reversed cell :: line) :: lines))
    end
  | c :: r =>
    match at_ with
    | Quoted => if Ascii.eqb c """" then csv r Closed cell line lines else csv r Quoted (c :: cell) line lines
    | _ =>
      if Ascii.eqb c "," then csv r AtStart [] (reversed cell :: line) lines
      else if Ascii.eqb c "010" then csv r AtStart [] [] (reversed (reversed cell :: line) :: lines)
      else if Ascii.eqb c "013" then match r with "010" :: _ => csv r Closed cell line lines | _ => None end
      else match at_ with
      | AtStart => if Ascii.eqb c """" then csv r Quoted cell line lines else csv r Bare (c :: cell) line lines
      | Bare => if Ascii.eqb c """" then None else csv r Bare (c :: cell) line lines
      | _ => if Ascii.eqb c """" then csv r Quoted (c :: cell) line lines else None
      end
    end
  end.

(** ** The question *)
Record question := Question { variant : json; alpha : json; beta : json; eps : json; turns : turning }.
(** Any small steps, with the pull of KL(pi || pi_ref). *)
Definition read_question (tree : json) : option question :=
  let? j := key_of "statement" tree in
  let? kind := key_of "kind" j in
  let? steps := key_of "steps" j in
  let? pull := key_of "regulariser" j in
  if is_text "audited-table" kind && is_text "small" steps && is_text "reverse" pull then
    let? variant := key_of "variant" j in
    let? alpha := key_of "alpha" j in
    let? beta := key_of "beta" j in
    let? eps := key_of "eps" j in
    let? e := key_of "evidence" tree in
    if ruled 5 "profile" e then
      let? bits := bind (member 5 "bits" e) precision_of in
      let? zones := bind (member 5 "turns" e) (listed (pair log_odds)) in
      let? last := bind (member 5 "end" e) log_odds in
      Some (Question variant alpha beta eps (Turning bits zones last))
    else None
  else None.

(** ** What a row says *)
Fixpoint cell_of (name : text) (header cells : list text) : option text :=
  match header, cells with
  | n :: header, x :: cells => if same n name then Some x else cell_of name header cells
  | _, _ => None
  end.
Section Cells.
Variables (header cells : list text) (left_out : list string).
Definition cell (name : string) : option text := cell_of (T (append "certified_" name)) header cells.
Definition ends (name : string) : option json :=
  let? low := cell (append name "_low") in
  let? high := cell (append name "_high") in Some (JList [JText low; JText high]).
(** Nothing is claimed by an empty cell, and nothing by one that is left out. *)
Definition unless (name : string) (j : option json) : json :=
  if existsb (String.eqb name) left_out then JList [] else match j with Some j => j | None => JList [] end.
Definition filled (name : string) : option text := match cell name with Some ((_ :: _) as x) => Some x | _ => None end.
Definition whole (x : text) : json := match digits x 0 with (n, []) => JNatural n | _ => JText x end.
Definition tree_of (q : question) : option json :=
  let? verdict := cell "verdict" in
  if is_text "rises" (JText verdict) then
    let? pref := or_else (ends "p_ref") (let? x := cell "p_ref" in Some (JText x)) in
    let? logit := ends "logit" in
    let? p := ends "p" in
    let? rest := ends "one_minus_p" in
    Some (JObject [
      (T "kind", JText (T "table-row")); (T "variant", variant q);
      (T "parameters", JObject [(T "alpha", alpha q); (T "beta", beta q); (T "eps", eps q); (T "p_ref", pref)]);
      (T "limit", JObject [(T "logit", logit); (T "p", p); (T "one_minus_p", rest)]); (T "gain", unless "gain" (ends "gain"));
      (T "largest_step", unless "largest_step" (option_map JText (filled "largest_step")));
      (T "fixed_points", unless "fixed_points" (option_map whole (filled "fixed_points")))])
  else None.
End Cells.
(** As it is printed. *)
Definition said_of (q : question) (header cells : list text) (left_out : list string) : option json :=
  let? j := tree_of header cells left_out q in
  let s := shown j in
  match value (as_fuel s) s with Some (j, []) => Some j | _ => None end.

Definition open_table (certificate table : text) : option (question * list text * list (list text)) :=
  let? (tree, rest) := value (as_fuel certificate) certificate in
  match skip rest with
  | [] =>
    let? q := read_question tree in
    match csv table AtStart [] [] [] with
    | Some (header :: lines) => Some (q, header, lines)
    | _ => None
    end
  | _ => None
  end.

Module TableChecker (F : FloatOps with Definition sensible_format := true).
Module R := RowChecker F.
Definition check_said (q : question) (header cells : list text) (left_out : list string) : option json :=
  let? j := said_of q header cells left_out in
  let? r := read_row j in
  if R.check_row (turns q) r then Some j else None.
Definition missing {A} (name : string) (x y : option A) : list string :=
  match x, y with Some _, None => [name] | _, _ => [] end.
(** All that the row says, else what follows of it. *)
Definition check_line (q : question) (header cells : list text) : option json :=
  or_else (check_said q header cells [])
    (let? j := said_of q header cells [] in
     let? r := read_row j in
     if negb (moderate_turns (turns q) && moderate_row r) then None else
     let f := R.follows (turns q) r in
     check_said q header cells (missing "gain" (r_gain r) (r_gain f) ++ missing "largest_step" (r_step r) (r_step f) ++
       missing "fixed_points" (r_count r) (r_count f))).

Lemma check_said_correct q header cells left_out j : check_said q header cells left_out = Some j ->
  row_holds j /\ value (as_fuel (shown j)) (shown j) = Some (j, []).
Proof.
  unfold check_said, bind. destruct (said_of q header cells left_out) as [k|] eqn:S; [|discriminate].
  destruct (read_row k) as [r|] eqn:K; [|discriminate]. destruct (R.check_row (turns q) r) eqn:C; [|discriminate].
  intros H. injection H as <-. split.
  - unfold row_holds. rewrite K. now apply (R.check_row_correct (turns q)).
  - apply read_again. unfold said_of, bind in S. destruct (tree_of header cells left_out q) as [t|]; [|discriminate].
    destruct (value (as_fuel (shown t)) (shown t)) as [[k' rest]|] eqn:V; [|discriminate]. apply value_plain in V.
    destruct rest; [|discriminate]. now injection S as <-.
Qed.
Theorem check_line_correct q header cells j : check_line q header cells = Some j ->
  row_holds j /\ value (as_fuel (shown j)) (shown j) = Some (j, []).
Proof.
  unfold check_line, or_else. destruct (check_said q header cells []) as [k|] eqn:S.
  - intros H. injection H as <-. now apply check_said_correct in S.
  - unfold bind. destruct (said_of q header cells []) as [k|]; [|discriminate]. destruct (read_row k) as [r|]; [|discriminate].
    destruct (negb _); [discriminate | apply check_said_correct].
Qed.
End TableChecker.

(** * JSON: from bytes to a tree and back, and the numbers that stand in it *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From VerifiedGRPO.Checker Require Import Enclosures.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Notation text := (list ascii).
(** In one pass; [rev] takes as many as the square of the length. *)
Definition reversed {A} (l : list A) : list A := rev_append l [].
Inductive json := JText (t : text) | JNatural (n : Z) | JList (l : list json) | JObject (l : list (text * json)).

Definition T (s : string) : text := list_ascii_of_string s.
Fixpoint same (x y : text) : bool :=
  match x, y with
  | [], [] => true
  | a :: x, b :: y => if Ascii.eqb a b then same x y else false
  | _, _ => false
  end.
Definition digit (c : ascii) : option Z :=
  let n := Z.of_N (N_of_ascii c) in if ((48 <=? n) && (n <=? 57))%Z then Some (n - 48)%Z else None.
Definition blank (c : ascii) : bool := Ascii.eqb c " " || Ascii.eqb c "010".
Fixpoint skip (s : text) : text := match s with c :: r => if blank c then skip r else s | [] => [] end.
Definition expect (c : ascii) (s : text) : option text :=
  match skip s with d :: r => if Ascii.eqb c d then Some r else None | [] => None end.
(** Texts hold no quote and no backslash. *)
Fixpoint quoted (s : text) (seen : text) : option (text * text) :=
  match s with
  | """" :: r => Some (reversed seen, r)
  | "\" :: _ => None
  | c :: r => quoted r (c :: seen)
  | [] => None
  end.
Fixpoint digits (s : text) (n : Z) : Z * text :=
  match s with c :: r => match digit c with Some d => digits r (10 * n + d)%Z | None => (n, s) end | [] => (n, []) end.

(** The rest of a list, and of an object, [one] reading what stands in them. *)
Fixpoint elements (one : text -> option (json * text)) (k : nat) (s : text) (seen : list json) : option (json * text) :=
  match k with O => None | S k =>
  match one s with
  | Some (j, r) =>
    match skip r with
    | "," :: r => elements one k r (j :: seen)
    | "]" :: r => Some (JList (reversed (j :: seen)), r)
    | _ => None
    end
  | None => None
  end end.
Fixpoint members (one : text -> option (json * text)) (k : nat) (s : text) (seen : list (text * json)) : option (json * text) :=
  match k with O => None | S k =>
  match expect """" s with
  | Some s =>
    match quoted s [] with
    | Some (key, s) =>
      match expect ":" s with
      | Some s =>
        match one s with
        | Some (j, r) =>
          match skip r with
          | "," :: r => members one k r ((key, j) :: seen)
          | "}" :: r => Some (JObject (reversed ((key, j) :: seen)), r)
          | _ => None
          end
        | None => None
        end
      | None => None
      end
    | None => None
    end
  | None => None
  end end.
Fixpoint value (fuel : nat) (s : text) : option (json * text) :=
  match fuel with O => None | S fuel =>
  match skip s with
  | """" :: r => match quoted r [] with Some (t, r) => Some (JText t, r) | None => None end
  | "[" :: r => match skip r with "]" :: r => Some (JList [], r) | _ => elements (value fuel) fuel r [] end
  | "{" :: r => match skip r with "}" :: r => Some (JObject [], r) | _ => members (value fuel) fuel r [] end
  | c :: r => match digit c with Some d => let (n, r) := digits r d in Some (JNatural n, r) | None => None end
  | [] => None
  end end.

Definition bind {A B} (x : option A) (f : A -> option B) : option B := match x with Some a => f a | None => None end.
Notation "'let?' x := e 'in' f" := (bind e (fun x => f)) (at level 200, x pattern, right associativity).
Fixpoint find (key : text) (l : list (text * json)) : option json :=
  match l with (k, j) :: r => if same key k then Some j else find key r | [] => None end.
(** The member of an object that has exactly so many. *)
Definition member (count : nat) (key : string) (j : json) : option json :=
  match j with JObject l => if Nat.eqb (List.length l) count then find (T key) l else None | _ => None end.
Definition is_text (s : string) (j : json) : bool := match j with JText t => same t (T s) | _ => false end.
Fixpoint each_before {A B} (f : A -> option B) (l : list A) (seen : list B) : option (list B) :=
  match l with [] => Some (reversed seen) | x :: r => let? y := f x in each_before f r (y :: seen) end.
Definition each {A B} (f : A -> option B) (l : list A) : option (list B) := each_before f l [].

Definition or_else {A} (x y : option A) : option A := match x with Some _ => x | None => y end.

Definition key_of (key : string) (j : json) : option json := match j with JObject l => find (T key) l | _ => None end.
Definition listed {A} (f : json -> option A) (j : json) : option (list A) := match j with JList l => each f l | _ => None end.
(** One more than there are characters. *)
Fixpoint counted (s : text) (n : nat) : nat := match s with [] => n | _ :: r => counted r (S n) end.
Definition as_fuel (s : text) : nat := counted s 1.

(** Numbers: an integer or decimal, either with an exponent, or a/b. *)
Definition exponent (s : text) : option Z :=
  match s with
  | [] => Some 0%Z
  | "e" :: "-" :: r => match digits r 0 with (n, []) => Some (- n)%Z | _ => None end
  | "e" :: r => match digits r 0 with (n, []) => Some n | _ => None end
  | _ => None
  end.
Definition signed (negative : bool) (n : Z) : Z := if negative then (- n)%Z else n.
Definition unsigned (negative : bool) (s : text) : option num :=
  match s with
  | c :: _ =>
    match digit c with
    | None => None
    | Some _ =>
      let (n, r) := digits s 0 in
      match r with
      | "/" :: r => match digits r 0 with (Zpos d, []) => Some (Num (signed negative n) d 0) | _ => None end
      | "." :: r =>
        let (m, r2) := digits r n in
        let? e := exponent r2 in
        Some (Num (signed negative m) 1 (e - Z.of_nat (List.length r - List.length r2)))
      | _ => let? e := exponent r in Some (Num (signed negative n) 1 e)
      end
    end
  | [] => None
  end.
(** A power of ten far out is declined before it is multiplied out or aligned: sizes are bounded before the work. *)
Definition largest_exponent : Z := 20000.
Definition number (j : json) : option num :=
  let? x := match j with JText ("-" :: s) => unsigned true s | JText s => unsigned false s | _ => None end in
  if (Z.abs (num_e x) <=? largest_exponent)%Z then Some x else None.
Definition rational (j : json) : option Q := let? x := number j in Some (Q_of_num x).
Definition pair {A} (f : json -> option A) (j : json) : option (A * A) :=
  match j with JList [a; b] => let? x := f a in let? y := f b in Some (x, y) | _ => None end.

(** Printing: members in their order, no blanks. *)
Fixpoint decimal (fuel : nat) (n : Z) (after : text) : text :=
  match fuel with O => after | S k =>
    let d := ascii_of_N (Z.to_N (48 + n mod 10)) in
    if (n <? 10)%Z then d :: after else decimal k (n / 10) (d :: after) end.
Definition natural (n : Z) : text := decimal (S (Z.to_nat (Z.log2 n))) n [].
Fixpoint joined (l : list text) : text := match l with [] => [] | x :: r => match r with [] => x | _ => x ++ "," :: joined r end end.
Fixpoint shown (j : json) : text :=
  match j with
  | JText t => """" :: t ++ [""""]
  | JNatural n => natural n
  | JList l => "[" :: joined (map shown l) ++ ["]"]
  | JObject l => "{" :: joined (map (fun p : text * json => let (k, x) := p in """" :: k ++ """" :: ":" :: shown x) l) ++ ["}"]
  end.

(** * From the bytes of a certificate to its statement, and the theorem about the bytes

    A JSON tree is read; the statement is one subtree of it, and what is printed as accepted is that subtree. *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker SmallStepsChecker RegionsChecker PassageChecker.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Notation text := (list ascii).
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
  | """" :: r => Some (rev seen, r)
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
    | "]" :: r => Some (JList (rev (j :: seen)), r)
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
          | "}" :: r => Some (JObject (rev ((key, j) :: seen)), r)
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
Fixpoint each {A B} (f : A -> option B) (l : list A) : option (list B) :=
  match l with [] => Some [] | x :: r => let? y := f x in let? z := each f r in Some (y :: z) end.

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

Definition range_of (j : json) : option range :=
  match j with JList _ => pair rational j | _ => let? x := rational j in Some (x, x) end.
Definition read_point (j : json) : option point :=
  let? l := bind (member 5 "logit" j) (pair rational) in
  let? p := bind (member 5 "p" j) (pair number) in
  let? q := bind (member 5 "one_minus_p" j) (pair number) in
  let? m := bind (member 5 "multiplier" j) (pair number) in
  let? s := member 5 "stability" j in
  let? k := (if is_text "attracting" s then Some Attracting else if is_text "repelling" s then Some Repelling
             else if is_text "undecided" s then Some Undecided else None) in
  Some (Point (fst l) (snd l) (fst p) (snd p) (fst q) (snd q) (fst m) (snd m) k).

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
Definition or_else {A} (x y : option A) : option A := match x with Some _ => x | None => y end.

(** What a statement of JSON stands for: objects with so many members, no other. *)
Definition key_of (key : string) (j : json) : option json := match j with JObject l => find (T key) l | _ => None end.
Definition read_box (count : nat) (j : json) : option box :=
  let? variant := member count "variant" j in
  let? named := or_else (bind (member 1 "contrast" variant) contrast_named) (group_of variant) in
  let? parameters := member count "parameters" j in
  let? alpha := bind (member 4 "alpha" parameters) range_of in
  let? beta := bind (member 4 "beta" parameters) range_of in
  let? eps := bind (member 4 "eps" parameters) range_of in
  let? pref := bind (member 4 "p_ref" parameters) range_of in
  Some (Box named alpha beta eps pref).
Definition read_bracket (j : json) : option bracket :=
  let? l := bind (member 3 "logit" j) (pair rational) in
  let? p := bind (member 3 "p" j) (pair number) in
  let? q := bind (member 3 "one_minus_p" j) (pair number) in
  Some (Bracket (fst l) (snd l) (fst p) (snd p) (fst q) (snd q)).
Definition with_verdict (count : nat) (verdict : string) (j : json) (k : option claim) : option (nat * claim) :=
  match member count "verdict" j with
  | Some v => if is_text verdict v then let? k := k in Some (count, k) else None
  | None => None
  end.
(** A number of steps; more are declined. *)
Definition count_of (j : json) : option nat :=
  match j with JNatural n => if (n <=? 100000)%Z then Some (Z.to_nat n) else None | _ => None end.
Definition read_claim (j : json) : option (nat * claim) :=
  let? kind := key_of "kind" j in
  if is_text "fixed-points" kind then
    let? count := member 5 "count" j in
    let? listed := member 5 "fixed_points" j in
    match listed, count with
    | JList l, JNatural n =>
      if (Z.of_nat (List.length l) =? n)%Z then let? points := each read_point l in Some (5%nat, FixedPoints points) else None
    | _, _ => None
    end
  else if is_text "small-steps" kind then
    or_else (with_verdict 6 "rises" j
      (let? limit := bind (member 6 "limit" j) read_bracket in
       let? step := bind (member 6 "largest_step" j) (pair rational) in Some (Rises limit (fst step) (snd step))))
    (or_else (with_verdict 6 "rises-beyond" j
      (let? beyond := bind (member 6 "beyond" j) rational in
       let? step := bind (member 6 "largest_step" j) rational in Some (RisesBeyond beyond step)))
    (with_verdict 5 "rises-to-one" j (let? gain := bind (member 5 "gain" j) rational in Some (RisesToOne gain))))
  else if is_text "amplification" kind then
    let margin := bind (member 5 "margin" j) rational in
    let target := bind (member 5 "target" j) rational in
    or_else (with_verdict 5 "proved" j (let? m := margin in Some (Amplified m)))
    (or_else (with_verdict 5 "proved" j (let? t := target in Some (AmplifiedTo t)))
    (or_else (with_verdict 5 "refuted" j (let? m := margin in Some (NotAmplified m)))
    (with_verdict 5 "refuted" j (let? t := target in Some (NotAmplifiedTo t)))))
  else if is_text "contraction" kind then
    or_else (with_verdict 5 "proved" j (let? rate := bind (member 5 "rate" j) rational in Some (ContractingAt rate)))
    (or_else (with_verdict 4 "proved" j (Some Contracting)) (with_verdict 4 "refuted" j (Some NotContracting)))
  else if is_text "uniqueness" kind then
    or_else (with_verdict 4 "proved" j (Some Unique)) (with_verdict 4 "refuted" j (Some NotUnique))
  else if is_text "passage" kind then
    or_else (with_verdict 6 "reached" j
      (let? reach := bind (member 6 "reach" j) rational in
       let? steps := bind (member 6 "steps" j) (pair count_of) in Some (Reached reach (fst steps) (snd steps))))
    (with_verdict 5 "never" j (let? reach := bind (member 5 "reach" j) rational in Some (NeverReached reach)))
  else if is_text "convergence" kind then with_verdict 4 "proved" j (Some Convergent)
  else if is_text "no-cycles" kind then with_verdict 4 "proved" j (Some WithoutCycles)
  else None.
Definition read_statement (j : json) : option statement :=
  let? (count, k) := read_claim j in let? b := read_box count j in Some (Statement b k).

(** ** Evidence *)
Definition read_cell (j : json) : option (rule * Q) :=
  let? b := bind (member 2 "end" j) rational in
  let? r := member 2 "rule" j in
  let? k := (if is_text "positive" r then Some Positive else if is_text "negative" r then Some Negative
             else if is_text "increasing" r then Some Increasing else if is_text "decreasing" r then Some Decreasing
             else None) in Some (k, b).
Definition guard_bits : Z := 64.
Definition precision_of (j : json) : option positive :=
  match j with JNatural n => if (n <=? 100000)%Z then Some (Z.to_pos (n + guard_bits)) else None | _ => None end.
Definition ruled (count : nat) (rule : string) (j : json) : bool :=
  match member count "rule" j with Some r => is_text rule r | None => false end.
Definition listed {A} (f : json -> option A) (j : json) : option (list A) := match j with JList l => each f l | _ => None end.
Definition read_evidence (j : json) : option evidence :=
  if ruled 1 "mirror" j then Some Mirror
  else if ruled 4 "line-partition" j then
    let? start := bind (member 4 "start" j) rational in
    let? cells := bind (member 4 "cells" j) (listed read_cell) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (LinePartition bits start cells)
  else None.
Definition read_slow_evidence (j : json) : option slow_evidence :=
  if ruled 2 "no-pull" j then let? bits := bind (member 2 "bits" j) precision_of in Some (NoPull bits)
  else if ruled 6 "least-zero" j then
    let? start := bind (member 6 "start" j) rational in
    let? cells := bind (member 6 "cells" j) (listed read_cell) in
    let? slopes := bind (member 6 "slopes" j) (listed rational) in
    let? steepest := bind (member 6 "steepest" j) (listed rational) in
    let? bits := bind (member 6 "bits" j) precision_of in
    Some (LeastZero bits start cells slopes steepest)
  else None.
Definition read_axis (j : json) : option axis :=
  if is_text "logit" j then Some Line else if is_text "alpha" j then Some Alpha else if is_text "beta" j then Some Beta
  else if is_text "eps" j then Some Eps else if is_text "p_ref" j then Some Pref else None.
Definition read_node (j : json) : option node :=
  match j with
  | JList [k] => if is_text "holds" k then Some Holds else if is_text "excluded" k then Some Excluded else None
  | JList [k; a; x] => if is_text "split" k then let? a := read_axis a in let? x := rational x in Some (Cut a x) else None
  | _ => None
  end.
Definition read_region_evidence (j : json) : option region_evidence :=
  if ruled 2 "closed-form" j then let? bits := bind (member 2 "bits" j) precision_of in Some (ClosedForm bits)
  else if ruled 4 "tree" j then
    let? line := bind (member 4 "logit" j) (pair rational) in
    let? nodes := bind (member 4 "nodes" j) (listed read_node) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (Paving bits line nodes)
  else if ruled 4 "witness" j then
    let? at_ := member 4 "parameters" j in
    let? alpha := bind (member 4 "alpha" at_) rational in
    let? beta := bind (member 4 "beta" at_) rational in
    let? eps := bind (member 4 "eps" at_) rational in
    let? pref := bind (member 4 "p_ref" at_) rational in
    let? found := bind (member 4 "brackets" j) (listed (pair rational)) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (Witness bits alpha beta eps pref found)
  else None.

Definition read_passage_evidence (j : json) : option passage_evidence :=
  if ruled 3 "corners" j then
    let? cuts := bind (member 3 "cuts" j) (listed rational) in
    let? bits := bind (member 3 "bits" j) precision_of in Some (Corners bits cuts)
  else if ruled 4 "barrier" j then
    let? cuts := bind (member 4 "cuts" j) (listed rational) in
    let? barrier := bind (member 4 "barrier" j) rational in
    let? bits := bind (member 4 "bits" j) precision_of in Some (Barrier bits barrier cuts)
  else None.

Fixpoint as_fuel (s : text) : nat := match s with [] => 1%nat | _ :: r => S (as_fuel r) end.

(** What is claimed by a statement of JSON. *)
Definition holds (j : json) : Prop := match read_statement j with Some s => means s | None => False end.

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

Module TextChecker (F : FloatOps with Definition sensible_format := true).
Module P := PassageChecker F.
Definition check_statement (s : statement) (offered : json) : bool :=
  let b := s_box s in
  let accepted {E} (read : json -> option E) (check : E -> bool) := match read offered with Some e => check e | None => false end in
  P.R.S.C.domain b &&&
  match s_claim s with
  | FixedPoints ps => accepted read_evidence (P.R.S.C.check_fixed_points b ps)
  | Reached _ _ _ | NeverReached _ => accepted read_passage_evidence (P.check_passage b (s_claim s))
  | Rises _ _ _ | RisesBeyond _ _ | RisesToOne _ => accepted read_slow_evidence (P.R.S.check_small_steps b (s_claim s))
  | _ => accepted read_region_evidence  (P.R.check_region b (s_claim s))
  end.
Theorem check_statement_correct s offered : check_statement s offered = true -> means s.
Proof.
  destruct s as [b k]. unfold check_statement. cbn [s_box s_claim]. cbv zeta. intros H. apply both in H as [D H].
  pose proof (P.R.S.C.domain_correct b D) as [Some_ Dom]. unfold means. cbn [s_box s_claim].
  assert (Each : (forall alpha beta eps pref, in_box b alpha beta eps pref ->
    (least_beta k beta /\ of_some k = false) /\ claimed (b_contrast b) k alpha (logit pref) beta eps) -> means (Statement b k)).
  { intros K. split; [exact Some_|]. split.
    - intros alpha beta eps pref In. destruct (Dom _ _ _ _ In) as [A [E P]]. destruct (K _ _ _ _ In) as [[B _] _]. auto.
    - cbn [s_box s_claim]. cbv zeta. destruct (of_some k) eqn:S; [|intros alpha beta eps pref In; now apply K].
      destruct Some_ as [alpha [beta [eps [pref In]]]]. destruct (K _ _ _ _ In) as [[_ Z] _]. congruence. }
  assert (Steps : (exists e, P.R.S.check_small_steps b k e = true) -> means (Statement b k)).
  { intros [e C]. apply Each. exact (P.R.S.check_small_steps_correct b k e D C). }
  assert (Passages : (exists e, P.check_passage b k e = true) -> means (Statement b k)).
  { intros [e C]. apply Each. exact (P.check_passage_correct b k e D C). }
  assert (Region : (exists e, P.R.check_region b k e = true) -> means (Statement b k)).
  { intros [e C]. destruct  (P.R.check_region_correct b k e D C) as [B K]. split; [exact Some_|]. split; [|exact K].
    intros alpha beta eps pref In. destruct (Dom _ _ _ _ In) as [A [E P]]. pose proof (B _ _ _ _ In). auto. }
  destruct k;
    try (apply Region; destruct (read_region_evidence offered) as [e|]; [now exists e | discriminate]);
    try (apply Passages; destruct (read_passage_evidence offered) as [e|]; [now exists e | discriminate]);
    try (apply Steps; destruct (read_slow_evidence offered) as [e|]; [now exists e | discriminate]).
  destruct (read_evidence offered) as [e|]; [|discriminate].
  pose proof (P.R.S.C.check_fixed_points_correct b points e D H) as K. split; [exact Some_|]. split.
  - intros alpha beta eps pref In. destruct (Dom _ _ _ _ In) as [A [E P]]. destruct (K _ _ _ _ In) as [B _]. auto.
  - intros alpha beta eps pref In. now apply K.
Qed.

Definition check_text (file : text) : option json :=
  match value (as_fuel file) file with
  | Some (tree, rest) =>
    match skip rest with
    | [] =>
      let? stated := key_of "statement" tree in
      let? offered := key_of "evidence" tree in
      let? s := read_statement stated in
      if check_statement s offered then Some stated else None
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
  destruct (read_statement stated) as [s|] eqn:R; [|discriminate].
  destruct (check_statement s offered) eqn:K; [|discriminate].
  intros H. injection H as <-. unfold holds. rewrite R. exact (check_statement_correct s offered K).
Qed.
End TextChecker.

(** * Certificates of the kinds of [Statements.v]: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker SmallStepsChecker RegionsChecker PassageChecker
  Json Readings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition read_point (j : json) : option point :=
  let? l := bind (member 5 "logit" j) (pair log_odds) in
  let? p := bind (member 5 "p" j) (pair number) in
  let? q := bind (member 5 "one_minus_p" j) (pair number) in
  let? m := bind (member 5 "multiplier" j) (pair number) in
  let? s := member 5 "stability" j in
  let? k := (if is_text "attracting" s then Some Attracting else if is_text "repelling" s then Some Repelling
             else if is_text "undecided" s then Some Undecided else None) in
  Some (Point (fst l) (snd l) (fst p) (snd p) (fst q) (snd q) (fst m) (snd m) k).

Definition with_verdict (count : nat) (verdict : string) (j : json) (k : option claim) : option (nat * claim) :=
  match member count "verdict" j with
  | Some v => if is_text verdict v then let? k := k in Some (count, k) else None
  | None => None
  end.
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
      (let? beyond := bind (member 6 "beyond" j) log_odds in
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
  let? b := bind (member 2 "end" j) log_odds in
  let? r := member 2 "rule" j in
  let? k := (if is_text "positive" r then Some Positive else if is_text "negative" r then Some Negative
             else if is_text "increasing" r then Some Increasing else if is_text "decreasing" r then Some Decreasing
             else None) in Some (k, b).
Definition read_evidence (j : json) : option evidence :=
  if ruled 1 "mirror" j then Some Mirror
  else if ruled 4 "line-partition" j then
    let? start := bind (member 4 "start" j) log_odds in
    let? cells := bind (member 4 "cells" j) (listed read_cell) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (LinePartition bits start cells)
  else None.
Definition read_slow_evidence (j : json) : option slow_evidence :=
  if ruled 2 "no-pull" j then let? bits := bind (member 2 "bits" j) precision_of in Some (NoPull bits)
  else if ruled 6 "least-zero" j then
    let? start := bind (member 6 "start" j) log_odds in
    let? cells := bind (member 6 "cells" j) (listed read_cell) in
    let? slopes := bind (member 6 "slopes" j) (listed log_odds) in
    let? steepest := bind (member 6 "steepest" j) (listed log_odds) in
    let? bits := bind (member 6 "bits" j) precision_of in
    Some (LeastZero bits start cells slopes steepest)
  else None.
Definition read_axis (j : json) : option axis :=
  if is_text "logit" j then Some Line else if is_text "alpha" j then Some Alpha else if is_text "beta" j then Some Beta
  else if is_text "eps" j then Some Eps else if is_text "p_ref" j then Some Pref else None.
Definition read_node (j : json) : option node :=
  match j with
  | JList [k] => if is_text "holds" k then Some Holds else if is_text "excluded" k then Some Excluded else None
  | JList [k; a; x] => if is_text "split" k then let? a := read_axis a in let? x := (match a with Line => log_odds x | _ => rational x end) in Some (Cut a x) else None
  | _ => None
  end.
Definition read_region_evidence (j : json) : option region_evidence :=
  if ruled 2 "closed-form" j then let? bits := bind (member 2 "bits" j) precision_of in Some (ClosedForm bits)
  else if ruled 4 "tree" j then
    let? line := bind (member 4 "logit" j) (pair log_odds) in
    let? nodes := bind (member 4 "nodes" j) (listed read_node) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (Paving bits line nodes)
  else if ruled 4 "witness" j then
    let? at_ := member 4 "parameters" j in
    let? alpha := bind (member 4 "alpha" at_) rational in
    let? beta := bind (member 4 "beta" at_) rational in
    let? eps := bind (member 4 "eps" at_) rational in
    let? pref := bind (member 4 "p_ref" at_) rational in
    let? found := bind (member 4 "brackets" j) (listed (pair log_odds)) in
    let? bits := bind (member 4 "bits" j) precision_of in
    Some (Witness bits alpha beta eps pref found)
  else None.

Definition read_passage_evidence (j : json) : option passage_evidence :=
  if ruled 3 "corners" j then
    let? cuts := bind (member 3 "cuts" j) (listed log_odds) in
    let? bits := bind (member 3 "bits" j) precision_of in Some (Corners bits cuts)
  else if ruled 4 "barrier" j then
    let? cuts := bind (member 4 "cuts" j) (listed log_odds) in
    let? barrier := bind (member 4 "barrier" j) log_odds in
    let? bits := bind (member 4 "bits" j) precision_of in Some (Barrier bits barrier cuts)
  else None.

(** What is claimed by a statement of JSON. *)
Definition holds_of_box (j : json) : Prop := match read_statement j with Some s => means s | None => False end.

Module BoxChecker (F : FloatOps with Definition sensible_format := true).
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

Definition accepts (stated offered : json) : bool :=
  match read_statement stated with Some s => check_statement s offered | None => false end.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_box stated.
Proof.
  unfold accepts, holds_of_box. destruct (read_statement stated) as [s|]; [|discriminate]. apply check_statement_correct.
Qed.
End BoxChecker.

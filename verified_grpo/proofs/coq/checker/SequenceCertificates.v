(** * Certificates of where the exact iteration goes: read, checked, and the theorem about them *)

From Coq Require Import ZArith QArith List Ascii String Bool.
From Interval Require Import Float.Basic Float.Sig.
From VerifiedGRPO Require Import Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements FixedPointsChecker SequenceStatements SequencesChecker TrajectoryChecker
  Json Readings.
Import ListNotations.
Open Scope char_scope.
Open Scope bool_scope.

Definition read_start (j : json) : option (option Q) :=
  if is_text "p_ref" j then Some None else let? p := rational j in Some (Some p).
(** A limit may be so near 1 that the other probability is smaller than other kinds have it; its power is never multiplied
    out here. *)
Definition largest_scale : Z := 100000.
Definition probability (j : json) : option num :=
  let? x := match j with JText ("-" :: s) => unsigned true s | JText s => unsigned false s | _ => None end in
  if (Z.abs (num_e x) <=? largest_scale)%Z then Some x else None.
(** Orbits are not followed farther. *)
Definition near_log_odds (j : json) : option Q :=
  let? x := rational j in
  if (Z.abs (Qnum x) <=? Qnum farthest * QDen x)%Z then Some x else None.
(** The bracket of a point that has so many members. *)
Definition read_limit (count : nat) (j : json) : option bracket :=
  let? l := bind (member count "logit" j) (pair near_log_odds) in
  let? p := bind (member count "p" j) (pair probability) in
  let? q := bind (member count "one_minus_p" j) (pair probability) in
  Some (Bracket (fst l) (snd l) (fst p) (snd p) (fst q) (snd q)).
Definition read_place (j : json) : option place :=
  let? bracket := read_limit 4 j in
  let? basin := bind (member 4 "basin" j) (pair near_log_odds) in Some (Place bracket basin).
Definition largest_period : nat := 64.
(** The points are as many as the period says. *)
Definition read_drawn (j : json) (fits : nat -> bool) : option course :=
  let? step := bind (member 10 "step" j) count_of in
  let? period := bind (member 10 "period" j) count_of in
  let? places := bind (member 10 "points" j) (listed read_place) in
  let? rate := bind (member 10 "rate" j) rational in
  let? m := bind (member 10 "multiplier" j) (pair number) in
  if Nat.eqb (List.length places) period && fits period then Some (DrawnTo step places rate (fst m) (snd m)) else None.
Definition read_course (j : json) : option (nat * course) :=
  let? verdict := key_of "verdict" j in
  if is_text "rises-to-one" verdict then
    let? gain := bind (member 6 "gain" j) rational in Some (6%nat, GainsAlways gain)
  else if is_text "rises" verdict then
    let? step := bind (member 7 "step" j) count_of in
    let? limit := bind (member 7 "limit" j) (read_limit 3) in Some (7%nat, RisesFrom step limit)
  else if is_text "falls" verdict then
    let? step := bind (member 7 "step" j) count_of in
    let? limit := bind (member 7 "limit" j) (read_limit 3) in Some (7%nat, FallsFrom step limit)
  else if is_text "fixed-point" verdict then let? k := read_drawn j (Nat.eqb 1) in Some (10%nat, k)
  else if is_text "cycle" verdict then
    let? k := read_drawn j (fun n => Nat.leb 2 n && Nat.leb n largest_period) in Some (10%nat, k)
  else if is_text "settles" verdict then
    let? manner := member 6 "manner" j in
    let? k := (if is_text "rises" manner then Some RisesToLeast else if is_text "tends" manner then Some Settles else None) in
    Some (6%nat, k)
  else None.
Definition read_sequence (j : json) : option sequence_statement :=
  let? kind := key_of "kind" j in
  if is_text "limit" kind then
    let? (count, k) := read_course j in
    let? b := read_box count j in
    let? start := bind (member count "start" j) read_start in
    Some (SequenceStatement b start k)
  else None.
(** The numbers of steps ascend; that there are any, the check asks for. *)
Fixpoint ascending (l : list nat) : bool :=
  match l with n :: ((k :: _) as others) => Nat.ltb n k && ascending others | _ => true end.
Definition read_value (j : json) : option (nat * bracket) :=
  let? n := bind (member 4 "n" j) count_of in
  let? b := read_limit 4 j in Some (n, b).
Definition read_trajectory (j : json) : option trajectory_statement :=
  let? kind := member 4 "kind" j in
  if is_text "trajectory" kind then
    let? b := read_box 4 j in
    let? values := bind (member 4 "values" j) (listed read_value) in
    if ascending (map fst values) then Some (TrajectoryStatement b values) else None
  else None.
Definition holds_of_sequence (j : json) : Prop :=
  stands read_sequence means_sequence j \/ stands read_trajectory means_trajectory j.

(** ** Evidence *)
Definition read_form (j : json) : option closed_form :=
  if is_text "order" j then Some InOrder else if is_text "lift" j then Some Lifted
  else if is_text "contraction" j then Some Contracted else None.
(** The cells are halved here as far as is needed. *)
Definition at_least_one (j : json) : bool := match j with JNatural n => (1 <=? n)%Z | _ => false end.
Definition read_sequence_evidence (j : json) : option sequence_evidence :=
  if ruled 2 "mirror" j then let? bits := bind (member 2 "bits" j) precision_of in Some (ByMirror bits)
  else if ruled 2 "trap" j then let? bits := bind (member 2 "bits" j) precision_of in Some (ByTrap bits)
  else if ruled 4 "monotone" j then
    let? steps := bind (member 4 "steps" j) count_of in
    let? cells := member 4 "cells" j in
    let? bits := bind (member 4 "bits" j) precision_of in
    if at_least_one cells then Some (ByRun bits steps) else None
  else if ruled 3 "closed-form" j then
    let? form := bind (member 3 "form" j) read_form in
    let? bits := bind (member 3 "bits" j) precision_of in Some (ByForm bits form)
  else None.

(** Steps times bits, bounded before the work. *)
Definition most_work : Z := 2 ^ 25.
Definition affordable (k : course) (e : sequence_evidence) : bool :=
  let stated := match k with RisesFrom step _ | FallsFrom step _ | DrawnTo step _ _ _ _ => step | _ => 0%nat end in
  let (steps, bits) := match e with ByRun bits steps => (steps, bits) | ByMirror bits | ByTrap bits | ByForm bits _ => (0%nat, bits) end in
  ((Z.of_nat stated + Z.of_nat steps) * Zpos bits <=? most_work)%Z.
Definition read_trajectory_evidence (j : json) : option trajectory_evidence :=
  if ruled 3 "corners" j then
    let? cuts := bind (member 3 "cuts" j) (listed near_log_odds) in
    let? bits := bind (member 3 "bits" j) precision_of in Some (Between bits cuts)
  else None.
Definition affordable_values (values : list (nat * bracket)) (e : trajectory_evidence) : bool :=
  forallb (fun v => Z.of_nat (fst v) * Zpos (t_bits e) <=? most_work)%Z values.

Module SequenceChecker (F : FloatOps with Definition sensible_format := true).
Module J := TrajectoryChecker F.
Definition check_statement (s : sequence_statement) (e : sequence_evidence) : bool :=
  affordable (q_course s) e && J.Q.P.R.S.C.domain (q_box s) && J.Q.check_sequence (q_box s) (q_start s) (q_course s) e.
Theorem check_statement_correct s e : check_statement s e = true -> means_sequence s.
Proof.
  intros H. apply andb_prop in H as [H K]. apply andb_prop in H as [_ D].
  pose proof (J.Q.P.R.S.C.domain_correct _ D) as [Some_ Dom]. destruct (J.Q.check_sequence_correct _ _ _ _ D K) as [Start G].
  split; [exact Some_|]. split; [exact Start|]. intros alpha beta eps pref In.
  destruct (G _ _ _ _ In) as [B Goes]. destruct (Dom _ _ _ _ In) as [A [E P]]. auto.
Qed.
Definition check_values (s : trajectory_statement) (e : trajectory_evidence) : bool :=
  affordable_values (j_values s) e && J.Q.P.R.S.C.domain (j_box s) && J.check_trajectory (j_box s) (j_values s) e.
Theorem check_values_correct s e : check_values s e = true -> means_trajectory s.
Proof.
  intros H. apply andb_prop in H as [H K]. apply andb_prop in H as [_ D].
  pose proof (J.Q.P.R.S.C.domain_correct _ D) as [Some_ Dom]. split; [exact Some_|]. intros alpha beta eps pref In.
  destruct (J.check_trajectory_correct _ _ _ D K _ _ _ _ In) as [B Values]. destruct (Dom _ _ _ _ In) as [A [E P]]. auto.
Qed.

Definition accepts (stated offered : json) : bool :=
  shown_by read_sequence read_sequence_evidence check_statement stated offered |||
  shown_by read_trajectory read_trajectory_evidence check_values stated offered.
Theorem accepts_correct stated offered : accepts stated offered = true -> holds_of_sequence stated.
Proof.
  intros H. apply either in H as [H|H]; [left | right]; revert H; apply shown_by_correct;
    [apply check_statement_correct | apply check_values_correct].
Qed.
End SequenceChecker.

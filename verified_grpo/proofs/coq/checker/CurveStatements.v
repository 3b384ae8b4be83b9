(** * What a certificate of a curve says: where in the plane of (beta, p_ref) a fixed point folds or flips, or settling begins

    This file is what a reader must believe, beside [Statements].  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions.
From VerifiedGRPO.Checker Require Import Enclosures Statements.
Import ListNotations.
Open Scope R_scope.

Inductive curve := Fold | Flip | FlipOfStep (eta : Q) | Settling.
(** A cell of L, and the ranges of log beta and of logit p_ref that its part of the curve lies in. *)
Record piece := Piece { along : range; log_beta : range; reference : range }.
(** alpha and eps are exact; the curve is looked for in a window of beta and p_ref. *)
Record curve_statement := CurveStatement { v_contrast : contrast; v_alpha : Q; v_eps : Q; v_beta : range; v_pref : range;
  v_curve : curve; v_pieces : list piece }.

(** A point of the curve, at the log-odds L.  A step of size eta adds eta times the drive; its slope is in the third line. *)
Definition on_curve (c : contrast) (k : curve) (alpha eps beta pref L : R) : Prop :=
  let fixed := step_of c alpha (logit pref) beta eps L = L in
  match k with
  | Fold => fixed /\ multiplier_of c alpha beta eps L = 1
  | Flip => fixed /\ multiplier_of c alpha beta eps L = -1
  | FlipOfStep eta => fixed /\ 1 + Q2R eta * (slope_of c eps L - alpha * beta) = -1
  | Settling => L = logit pref /\ logit pref = - contrast_of c eps 0 / (alpha * beta)
  end.
Definition in_piece (beta pref L : R) (e : piece) : Prop :=
  within (along e) L /\ within (log_beta e) (ln beta) /\ within (reference e) (logit pref).
(** From the settling curve upwards the sequence from p_ref tends to a fixed point. *)
Definition settles_above (c : contrast) (alpha eps : R) : Prop := forall beta pref, 0 < beta -> 0 < pref < 1 ->
  - contrast_of c eps 0 / (alpha * beta) <= logit pref ->
  let T := step_of c alpha (logit pref) beta eps in exists l, T l = l /\ is_lim_seq (fun n => iterate T n (logit pref)) l.

Definition means_curve (s : curve_statement) : Prop :=
  let c := v_contrast s in let alpha := Q2R (v_alpha s) in let eps := Q2R (v_eps s) in
  let window beta pref := within (v_beta s) beta /\ within (v_pref s) pref in
  (0 < alpha <= 1 /\ 0 < eps) /\ (exists beta pref, window beta pref) /\
  (forall beta pref, window beta pref -> 0 < beta /\ 0 < pref < 1 /\
    match v_curve s with FlipOfStep eta => 0 < Q2R eta /\ Q2R eta * (alpha * beta) < 2 | _ => True end) /\
  (** every point in the window is in a piece; *)
  (forall beta pref L, window beta pref -> on_curve c (v_curve s) alpha eps beta pref L ->
    exists e, In e (v_pieces s) /\ in_piece beta pref L e) /\
  (** at every L of a piece there is one, in its ranges; *)
  (forall e L, In e (v_pieces s) -> within (along e) L ->
    exists beta pref, 0 < beta /\ 0 < pref < 1 /\ on_curve c (v_curve s) alpha eps beta pref L /\ in_piece beta pref L e) /\
  match v_curve s with Settling => settles_above c alpha eps | _ => True end.

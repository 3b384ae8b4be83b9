(** * What a certificate of fixed points says

    This file is what a reader must believe: the contrasts, one step of the recursion, and the meaning [means] of a
    statement.  Nothing is proved here. *)

From Coq Require Import Reals ZArith QArith Qreals List Sorted.
From VerifiedGRPO Require Import Definitions Amplification Slope.
From VerifiedGRPO.Checker Require Import Enclosures.
Import ListNotations.
Open Scope R_scope.

(** ** Contrasts *)
Inductive contrast := MeanVar | MeanStd | Mean.
Definition Omega_std (eps L : R) : R := / (sqrt (v L) + eps).
Definition slope_std (eps L : R) : R :=
  (2 * sigma L - 1) * sqrt (v L) / (2 * ((sqrt (v L) + eps) * (sqrt (v L) + eps))).
Definition contrast_of (c : contrast) : R -> R -> R := match c with MeanVar => Omega | MeanStd => Omega_std | Mean => fun _ _ => 1 end.
Definition slope_of (c : contrast) : R -> R -> R := match c with MeanVar => slope | MeanStd => slope_std | Mean => fun _ _ => 0 end.
Definition low_of (c : contrast) (eps : R) : R :=
  match c with MeanVar => / sqrt (1/4 + eps) | MeanStd => / (1/2 + eps) | Mean => 1 end.
Definition high_of (c : contrast) (eps : R) : R := match c with MeanVar => / sqrt eps | MeanStd => / eps | Mean => 1 end.

(** One step, its gap and its slope. *)
Definition step_of c (alpha Lref beta eps L : R) : R := (1 - alpha) * L + alpha * Lref + contrast_of c eps L / beta.
Definition gap_of c (Lref w eps L : R) : R := L - Lref - contrast_of c eps L / w.
Definition gap_slope_of c (w eps L : R) : R := 1 - slope_of c eps L / w.
Definition multiplier_of c (alpha beta eps L : R) : R := 1 - alpha + slope_of c eps L / beta.

(** What a certificate says. *)
Inductive stability := Attracting | Repelling | Undecided.
Record point := Point { lo : Q; hi : Q; p_lo : num; p_hi : num; q_lo : num; q_hi : num; m_lo : num; m_hi : num;
  kind : stability }.
Definition range := (Q * Q)%type.
Definition within (r : range) (x : R) : Prop := Q2R (fst r) <= x <= Q2R (snd r).
Record statement := Statement { s_contrast : contrast; s_alpha : range; s_beta : range; s_eps : range; s_pref : range; s_points : list point }.

Definition means_point (c : contrast) (alpha beta eps : R) (p : point) (x : R) : Prop :=
  (Q2R (lo p) < x < Q2R (hi p) /\
   R_of_num (p_lo p) <= sigma x <= R_of_num (p_hi p) /\
   R_of_num (q_lo p) <= sigma (- x) <= R_of_num (q_hi p) /\
   R_of_num (m_lo p) <= multiplier_of c alpha beta eps x <= R_of_num (m_hi p)) /\
  match kind p with
  | Attracting => -1 < multiplier_of c alpha beta eps x < 1
  | Repelling => multiplier_of c alpha beta eps x < -1 \/ 1 < multiplier_of c alpha beta eps x
  | Undecided => True
  end.

(** For all parameters of the box: exactly these fixed points.  The box is not empty. *)
Definition means (s : statement) : Prop :=
  (Q2R (fst (s_alpha s)) <= Q2R (snd (s_alpha s)) /\ Q2R (fst (s_beta s)) <= Q2R (snd (s_beta s)) /\
   Q2R (fst (s_eps s)) <= Q2R (snd (s_eps s)) /\ Q2R (fst (s_pref s)) <= Q2R (snd (s_pref s))) /\
  forall alpha beta eps pref : R,
    within (s_alpha s) alpha -> within (s_beta s) beta -> within (s_eps s) eps -> within (s_pref s) pref ->
  (0 <= alpha <= 1 /\ 0 < beta /\ 0 < eps /\ 0 < pref < 1) /\
  exists xs : list R, Forall2 (means_point (s_contrast s) alpha beta eps) (s_points s) xs /\ Sorted Rlt xs /\
    forall L, step_of (s_contrast s) alpha (logit pref) beta eps L = L <-> In L xs.

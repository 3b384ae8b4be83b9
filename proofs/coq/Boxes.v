(** * Properties over a box of parameters, by Bmax < alpha beta

    Suite: certificates "contraction" and "uniqueness" by the rule "closed-form". *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Definitions Slope Existence Bmax TwoKL Cells.
Open Scope R_scope.

Theorem multiplier_inside alpha beta eps L : 0 < alpha -> alpha <= 1 -> 0 < beta -> 0 < eps ->
  Bmax eps < alpha * beta ->
  -1 < multiplier alpha beta eps L < 1.
Proof.
  intros A A1 B E H. pose proof (slope_bound eps L E) as [S1 S2]. unfold multiplier.
  assert (slope eps L / beta < alpha) by (apply Rlt_div_l; lra).
  assert (- alpha < slope eps L / beta) by (apply Rlt_div_r; lra). lra.
Qed.

Theorem one_fixed_point alpha Lref beta eps : 0 < alpha -> 0 < beta -> 0 < eps -> Bmax eps < alpha * beta ->
  exists! L, T2 alpha Lref beta eps L = L.
Proof.
  intros A B E H. destruct (uniqueness Lref (alpha * beta) eps E H) as [x [X U]]. exists x. split.
  - now apply s7_same_fixed_points.
  - intros y Y. apply U. now apply s7_same_fixed_points in Y.
Qed.

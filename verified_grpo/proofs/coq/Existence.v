(** * Existence of a fixed point

    Paper, Proposition 1: h admits at least one fixed point, for every beta > 0, eps > 0. *)

From Coq Require Import Reals Lra.
From VerifiedGRPO Require Import Definitions Amplification Slope Counting.
Open Scope R_scope.

Theorem existence Lref beta eps : 0 < beta -> 0 < eps -> exists L, T Lref beta eps L = L.
Proof.
  intros B E. set (l := Lref). set (r := Lref + / sqrt eps / beta).
  assert (P : 0 < / sqrt eps / beta).
  { apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat, sqrt_lt_R0|]; lra. }
  assert (GL : gap Lref beta eps l < 0).
  { unfold gap, l. pose proof (Omega_positive eps Lref E).
    assert (0 < Omega eps Lref / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (GR : 0 < gap Lref beta eps r).
  { pose proof (step_bounds Lref beta eps r B E). unfold gap, T in *. unfold r in *. lra. }
  destruct (zero_up Lref beta eps B E l r) as [x [_ G]]; try assumption.
  - unfold l, r. lra.
  - exists x. now apply fixed_point_gap.
Qed.

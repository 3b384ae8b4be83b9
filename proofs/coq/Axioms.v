(** * The audit: every theorem in one tuple, and the axioms they rest on *)

From VerifiedGRPO Require Import Definitions Amplification Slope Counting Existence Bmax.

Definition theorems :=
  (@sigma_logit, @fixed_point_gap, @step_bounds, @amplification_margin, @amplification, @Omega_derivative,
   @gap_derivative, @T_derivative, @slope_sign, @existence, @slope_bound, @contraction, @uniqueness,
   @one_increasing, @one_decreasing, @none_positive, @none_negative, @none_increasing, @none_decreasing,
   @none_left, @none_right).

Print Assumptions theorems.

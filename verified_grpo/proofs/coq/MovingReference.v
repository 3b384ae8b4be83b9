(** * A reference that is replaced by the current policy

    Suite, N9: replace the reference by the current policy after every period of N updates, each of which goes the
    share a of the way to the maximiser. A period adds (1-(1-a)^N) Omega_min/beta or more to the log-odds, Omega_min =
    1/sqrt(1/4+eps): p tends to 1, whatever beta. With a = 1, the exact iteration, it is Omega_min/beta. A reference
    that is mixed with the policy instead is another thing. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification TwoKL Drive SmallStepsMeanVar.
Open Scope R_scope.

(** One update of the share a: T2 with a of the weight beta/a. *)
Definition part_of_update (a Lref beta eps L : R) : R := L + a * (T Lref beta eps L - L).
Definition period (a beta eps : R) (N : nat) (Lref : R) : R := iterate (part_of_update a Lref beta eps) N Lref.

Lemma part_is_T2 a Lref beta eps L : 0 < a -> 0 < beta ->
  part_of_update a Lref beta eps L = T2 a Lref (beta / a) eps L.
Proof. intros A B. unfold part_of_update, T2, T. field. lra. Qed.

Theorem n9_gain a beta eps Lref N : 0 <= a <= 1 -> 0 < beta -> 0 < eps ->
  Lref + (1 - (1 - a) ^ N) * (/ sqrt (1/4 + eps) / beta) <= period a beta eps N Lref.
Proof.
  intros A B E. unfold period. set (g := / sqrt (1/4 + eps) / beta).
  induction N as [|N IH]; [simpl; lra|]. cbn [iterate]. set (x := iterate (part_of_update a Lref beta eps) N Lref) in *.
  unfold part_of_update. pose proof (step_bounds Lref beta eps x B E) as [S _]. fold g in S.
  assert (Q : (1 - a) * (Lref + (1 - (1 - a) ^ N) * g) <= (1 - a) * x) by (apply Rmult_le_compat_l; lra).
  assert (a * (Lref + g) <= a * T Lref beta eps x) by (apply Rmult_le_compat_l; lra).
  simpl pow. nra.
Qed.

Theorem n9_periods a beta eps Lref N k : 0 <= a <= 1 -> 0 < beta -> 0 < eps ->
  Lref + INR k * ((1 - (1 - a) ^ N) * (/ sqrt (1/4 + eps) / beta)) <= iterate (period a beta eps N) k Lref.
Proof.
  intros A B E. induction k as [|k IH]; [simpl; lra|]. rewrite S_INR. cbn [iterate].
  pose proof (n9_gain a beta eps (iterate (period a beta eps N) k Lref) N A B E). lra.
Qed.

Theorem n9_tends_to_one a beta eps p_ref N : 0 < a <= 1 -> 0 < beta -> 0 < eps -> (0 < N)%nat ->
  is_lim_seq (fun k => iterate (period a beta eps N) k (logit p_ref)) p_infty /\
  is_lim_seq (fun k => sigma (iterate (period a beta eps N) k (logit p_ref))) 1.
Proof.
  intros A B E HN.
  assert (G : 0 < (1 - (1 - a) ^ N) * (/ sqrt (1/4 + eps) / beta)).
  { apply Rmult_lt_0_compat.
    - destruct N as [|N]; [lia|]. simpl. assert (K : 0 <= 1 - a) by lra. pose proof (pow_le (1 - a) N K) as P.
      assert (Q : (1 - a) ^ N <= 1 ^ N) by (apply pow_incr; lra). rewrite pow1 in Q.
      pose proof (Rmult_le_compat_l (1 - a) _ 1 K Q). lra.
    - apply Rdiv_lt_0_compat; [apply Rinv_0_lt_compat, sqrt_lt_R0|]; lra. }
  set (gain := (1 - (1 - a) ^ N) * (/ sqrt (1/4 + eps) / beta)) in *.
  assert (U : is_lim_seq (fun k => iterate (period a beta eps N) k (logit p_ref)) p_infty).
  { apply is_lim_seq_le_p_loc with (fun k => logit p_ref + INR k * gain).
    - exists 0%nat. intros k _. apply n9_periods; lra.
    - apply is_lim_seq_spec. intros M.
      pose proof is_lim_seq_INR as I. apply is_lim_seq_spec in I. destruct (I ((M - logit p_ref) / gain)) as [K HK].
      exists K. intros k Hk. specialize (HK k Hk). apply Rlt_div_l in HK; lra. }
  split; [exact U | now apply sigma_limit_1].
Qed.

(** * Small steps with the paper's contrast: the drive, and what inner steps add up to

    Paper: every update is solved exactly. Training takes steps of mirror ascent. Suite, section N: the step of size
    eta from the policy at L is L + eta (Omega(L) - alpha beta (L - L_ref)); a step of size 1/beta is the paper's
    update. N1: mu inner steps with frozen advantages are one update of the share 1-(1-eta beta)^mu. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope TwoKL.
Open Scope R_scope.

(** The drive at weight alpha beta; its zeros are the fixed points. *)
Definition drive (weight Lref eps L : R) : R := Omega eps L - weight * (L - Lref).
Definition small_step (weight Lref eps eta L : R) : R := L + eta * drive weight Lref eps L.

Lemma drive_zero alpha Lref beta eps L : 0 < alpha -> 0 < beta ->
  (drive (alpha * beta) Lref eps L = 0 <-> T2 alpha Lref beta eps L = L).
Proof.
  intros A B. assert (K : T2 alpha Lref beta eps L - L = drive (alpha * beta) Lref eps L / beta)
    by (unfold T2, drive; field; lra).
  split; intros H.
  - rewrite H in K. unfold Rdiv in K. lra.
  - rewrite H in K. replace (L - L) with 0 in K by ring. symmetry in K. apply Rmult_integral in K.
    destruct K as [K|K]; [exact K|]. pose proof (Rinv_0_lt_compat beta B). lra.
Qed.

(** A step of size 1/beta is the paper's update, whole. *)
Lemma whole_step alpha Lref beta eps L : 0 < beta ->
  small_step (alpha * beta) Lref eps (/ beta) L = T2 alpha Lref beta eps L.
Proof. intros B. unfold small_step, drive, T2. field. lra. Qed.

Lemma drive_derivative weight Lref eps L : 0 < eps -> is_derive (drive weight Lref eps) L (slope eps L - weight).
Proof.
  intros E. pose proof (Omega_derivative eps L E) as D. unfold drive. auto_derive.
  - exists (slope eps L); exact D.
  - rewrite (is_derive_unique (fun x : R => Omega eps x) _ _ D). ring.
Qed.

Lemma drive_continuous weight Lref eps : 0 < eps -> forall L, continuous (drive weight Lref eps) L.
Proof.
  intros E. apply (continuous_of_derivative _ (fun t => slope eps t - weight)). intros t. now apply drive_derivative.
Qed.

Lemma drive_at_reference weight Lref eps : 0 < eps -> 0 < drive weight Lref eps Lref.
Proof. intros E. unfold drive. pose proof (Omega_positive eps Lref E). lra. Qed.

Theorem small_step_derivative weight Lref eps eta L : 0 < eps ->
  is_derive (small_step weight Lref eps eta) L (1 - eta * (weight - slope eps L)).
Proof.
  intros E. pose proof (drive_derivative weight Lref eps L E) as D. unfold small_step. auto_derive.
  - exists (slope eps L - weight); exact D.
  - rewrite (is_derive_unique (fun x : R => drive weight Lref eps x) _ _ D). ring.
Qed.

(** N1: steps of mirror ascent from the policy at L0, with its advantages and, with two KL terms, with it as the
    previous policy, on which the weight is (1-alpha) beta. *)
Definition inner_step (alpha Lref beta eps eta L0 x : R) : R :=
  x + eta * (Omega eps L0 - alpha * beta * (x - Lref) - (1 - alpha) * beta * (x - L0)).
Definition share (eta beta : R) (mu : nat) : R := 1 - (1 - eta * beta) ^ mu.

Lemma inner_steps alpha Lref beta eps eta L mu : 0 < beta ->
  iterate (inner_step alpha Lref beta eps eta L) mu L
  = (1 - share eta beta mu) * L + share eta beta mu * T2 alpha Lref beta eps L.
Proof.
  intros B. unfold share. induction mu as [|mu IH]; simpl; [ring|]. rewrite IH. unfold inner_step, T2. field. lra.
Qed.

Lemma share_range eta beta mu : 0 < eta * beta <= 1 -> (0 < mu)%nat -> 0 < share eta beta mu <= 1.
Proof.
  intros H M. unfold share. destruct mu as [|mu]; [lia|]. simpl. set (r := 1 - eta * beta).
  assert (0 <= r < 1) by (unfold r; lra). pose proof (pow_le r mu ltac:(lra)).
  assert (r ^ mu <= 1) by (rewrite <- (pow1 mu); apply pow_incr; lra). nra.
Qed.

(** One update of the recursion with share a alpha of a total weight beta/a, and one small step of size a/beta. *)
Theorem n1_inner_steps alpha Lref beta eps eta L mu : 0 < beta -> 0 < eta * beta <= 1 -> (0 < mu)%nat ->
  let a := share eta beta mu in
  iterate (inner_step alpha Lref beta eps eta L) mu L = T2 (a * alpha) Lref (beta / a) eps L /\
  iterate (inner_step alpha Lref beta eps eta L) mu L = small_step (alpha * beta) Lref eps (a / beta) L.
Proof.
  intros B H M a. pose proof (share_range eta beta mu H M) as [A _]. fold a in A.
  rewrite inner_steps by exact B. fold a. unfold T2, small_step, drive. split; field; lra.
Qed.

Theorem n1_without_KL alpha Lref eps eta L mu :
  iterate (inner_step alpha Lref 0 eps eta L) mu L = small_step 0 Lref eps (eta * INR mu) L.
Proof.
  unfold small_step, drive. induction mu as [|mu IH]; [simpl; ring|].
  rewrite S_INR. cbn [iterate]. rewrite IH. unfold inner_step. ring.
Qed.

(** * The step at which a fixed point below 1/2 flips

    Suite, N3: at a fixed point L* < 0 the multiplier of a step of size eta is 1 - eta (alpha beta + |Omega'(L* )|),
    below 1; so swings about it die out if eta < 2/(alpha beta + |Omega'(L* )|), and grow if eta is above that. This
    is local: a sequence from L_ref may have left for another fixed point at smaller steps. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Slope Monotone Basin Drive.
Open Scope R_scope.

(** A map near a fixed point is as its derivative there says. *)
Lemma near_derivative (f : R -> R) l m d : is_derive f l m -> 0 < d ->
  exists r, 0 < r /\ forall x, Rabs (x - l) <= r -> Rabs (f x - f l - m * (x - l)) <= d * Rabs (x - l).
Proof.
  intros D P. apply is_derive_Reals in D. destruct (D d P) as [[r R0] H]. simpl in H. exists (r / 2). split; [lra|].
  intros x X. destruct (Req_dec x l) as [->|N].
  - replace (f l - f l - m * (l - l)) with 0 by ring. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - specialize (H (x - l) ltac:(lra) ltac:(lra)). replace (l + (x - l)) with x in H by ring.
    replace (f x - f l - m * (x - l)) with (((f x - f l) / (x - l) - m) * (x - l)) by (field; lra).
    rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos | lra].
Qed.

Theorem attracts_by_derivative (f : R -> R) (l m : R) : is_derive f l m -> f l = l -> Rabs m < 1 ->
  exists r, 0 < r /\ forall x, Rabs (x - l) <= r -> is_lim_seq (fun n => iterate f n x) l.
Proof.
  intros D Fl M. destruct (near_derivative f l m ((1 - Rabs m) / 2) D ltac:(lra)) as [r [R0 H]].
  exists r. split; [exact R0|]. intros x X. pose proof (Rabs_pos m).
  apply (theorem_6 f x l r ((1 + Rabs m) / 2)); [lra | | exact X].
  intros y Y. specialize (H y Y). rewrite Fl in H.
  replace (f y - l) with ((f y - l - m * (y - l)) + m * (y - l)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. lra.
Qed.

(** What starts near it, and not at it, leaves the neighbourhood. *)
Theorem repels_by_derivative (f : R -> R) (l m : R) : is_derive f l m -> f l = l -> 1 < Rabs m ->
  exists r, 0 < r /\ forall x, x <> l -> exists n, r < Rabs (iterate f n x - l).
Proof.
  intros D Fl M. destruct (near_derivative f l m ((Rabs m - 1) / 2) D ltac:(lra)) as [r [R0 H]].
  exists r. split; [exact R0|]. set (k := (1 + Rabs m) / 2). assert (K : 1 < k) by (unfold k; lra).
  assert (away : forall y, Rabs (y - l) <= r -> k * Rabs (y - l) <= Rabs (f y - l)).
  { intros y Y. specialize (H y Y). rewrite Fl in H.
    pose proof (Rabs_triang_inv (m * (y - l)) (- (f y - l - m * (y - l)))) as I. rewrite Rabs_Ropp, Rabs_mult in I.
    replace (m * (y - l) - - (f y - l - m * (y - l))) with (f y - l) in I by ring. unfold k. lra. }
  intros x N. assert (P : 0 < Rabs (x - l)) by (apply Rabs_pos_lt; lra).
  destruct (Pow_x_infinity k ltac:(rewrite Rabs_pos_eq; lra) (r / Rabs (x - l) + 1)) as [n Hn].
  specialize (Hn n (le_n n)). rewrite Rabs_pos_eq in Hn by (apply pow_le; lra).
  destruct (Classical_Prop.classic (exists i, r < Rabs (iterate f i x - l))) as [Q|Q]; [exact Q|]. exfalso.
  assert (B : forall i, Rabs (iterate f i x - l) <= r).
  { intros i. destruct (Rle_lt_dec (Rabs (iterate f i x - l)) r) as [Y|Y]; [exact Y|]. destruct Q. now exists i. }
  assert (G : forall i, k ^ i * Rabs (x - l) <= Rabs (iterate f i x - l)).
  { induction i as [|i IH]; simpl; [lra|]. specialize (away _ (B i)). nra. }
  specialize (G n). specialize (B n). assert (r / Rabs (x - l) * Rabs (x - l) = r) by (field; lra). nra.
Qed.

Theorem n3_edge weight eps eta l : 0 < weight -> 0 < eps -> 0 < eta -> l < 0 ->
  let m := 1 - eta * (weight - slope eps l) in
  let edge := 2 / (weight + Rabs (slope eps l)) in
  m = 1 - eta * (weight + Rabs (slope eps l)) /\ m < 1 /\ (m = -1 <-> eta = edge) /\ (-1 < m <-> eta < edge).
Proof.
  intros W E H N m edge. assert (S : slope eps l < 0).
  { apply (slope_sign eps l E). rewrite <- sigma_0. now apply sigma_increasing. }
  unfold m, edge. rewrite Rabs_left by exact S. set (d := weight + - slope eps l).
  assert (D : 0 < d) by (unfold d; lra).
  replace (weight - slope eps l) with d by (unfold d; ring). repeat split; intros.
  - nra.
  - apply Rmult_eq_reg_r with d; [|lra]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - subst eta. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - apply Rlt_div_r; lra.
  - apply Rlt_div_r in H0; lra.
Qed.

Section At.
Variables weight Lref eps eta l : R.
Hypothesis W : 0 < weight.
Hypothesis E : 0 < eps.
Hypothesis Eta : 0 < eta.
Hypothesis Z : drive weight Lref eps l = 0.
Hypothesis N : l < 0.
Notation step := (small_step weight Lref eps eta).

Theorem n3_attracts : eta < 2 / (weight + Rabs (slope eps l)) ->
  exists r, 0 < r /\ forall x, Rabs (x - l) <= r -> is_lim_seq (fun n => iterate step n x) l.
Proof.
  intros H. destruct (n3_edge weight eps eta l W E Eta N) as [_ [M1 [_ M2]]]. apply M2 in H.
  apply attracts_by_derivative with (m := 1 - eta * (weight - slope eps l)).
  - now apply small_step_derivative.
  - unfold small_step. rewrite Z. ring.
  - apply Rabs_def1; lra.
Qed.

Theorem n3_repels : 2 / (weight + Rabs (slope eps l)) < eta ->
  exists r, 0 < r /\ forall x, x <> l -> exists n, r < Rabs (iterate step n x - l).
Proof.
  intros H. destruct (n3_edge weight eps eta l W E Eta N) as [_ [M1 [M0 M2]]].
  apply repels_by_derivative with (m := 1 - eta * (weight - slope eps l)).
  - now apply small_step_derivative.
  - unfold small_step. rewrite Z. ring.
  - assert (1 - eta * (weight - slope eps l) < -1); [|rewrite Rabs_left; lra].
    destruct (Rtotal_order (1 - eta * (weight - slope eps l)) (-1)) as [Q|[Q|Q]]; [exact Q | |].
    + apply M0 in Q. lra.
    + apply M2 in Q. lra.
Qed.
End At.

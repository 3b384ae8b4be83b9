(** * Traps: attracting fixed points and cycles from intervals that are carried into one another

    Suite: certificate "limit", rule "trap". Closed intervals J_0, ..., J_(n-1), each carried by T into the next
    and the last into the first, with the product of the largest |T'| below 1, hold one cycle, and it attracts
    every start in them. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus.
Open Scope R_scope.

(** n steps of f carry [a, b] into [c, d] and stretch distances at most k times. *)
Definition carried (f : R -> R) (n : nat) (a b c d k : R) : Prop :=
  forall x y, a <= x <= b -> a <= y <= b ->
  c <= iterate f n x <= d /\ Rabs (iterate f n x - iterate f n y) <= k * Rabs (x - y).

(** One step, by the image and a bound of the derivative. *)
Lemma carried_by_image f f' a b c d k : (forall t, is_derive f t (f' t)) ->
  (forall x, a <= x <= b -> Rabs (f' x) <= k) -> (forall x, a <= x <= b -> c <= f x <= d) ->
  carried f 1 a b c d k.
Proof.
  intros D K I x y X Y. simpl. split; [apply I; exact X|].
  now apply (lipschitz f f' a b).
Qed.

(** One step, by the value in the middle and a bound of the derivative. *)
Lemma carried_by_middle f f' a b c d k m : (forall t, is_derive f t (f' t)) ->
  (forall x, a <= x <= b -> Rabs (f' x) <= k) -> a <= b -> a + b = 2 * m ->
  c <= f m - k * ((b - a) / 2) -> f m + k * ((b - a) / 2) <= d -> carried f 1 a b c d k.
Proof.
  intros D K AB M C1 D1. apply (carried_by_image f f'); try assumption.
  intros x X. assert (0 <= k) by (eapply Rle_trans; [apply Rabs_pos | apply (K m); lra]).
  assert (Q : Rabs (f x - f m) <= k * Rabs (x - m)) by (apply (lipschitz f f' a b); try assumption; lra).
  assert (W : Rabs (x - m) <= (b - a) / 2) by (apply Rabs_le; lra).
  assert (Rabs (f x - f m) <= k * ((b - a) / 2)) by (eapply Rle_trans; [exact Q | now apply Rmult_le_compat_l]).
  apply Rabs_le_between' in H0. lra.
Qed.

Lemma carried_on f m n a b c d e g k j : 0 <= j ->
  carried f m a b c d k -> carried f n c d e g j -> carried f (n + m) a b e g (j * k).
Proof.
  intros J P Q x y X Y. rewrite !iterate_plus.
  destruct (P x y X Y) as [Px Pk]. destruct (P y x Y X) as [Py _].
  destruct (Q _ _ Px Py) as [Qx Qk]. split; [exact Qx|].
  eapply Rle_trans; [exact Qk|]. rewrite Rmult_assoc. now apply Rmult_le_compat_l.
Qed.

Lemma carried_less f n a b c d k j : k <= j -> carried f n a b c d k -> carried f n a b c d j.
Proof.
  intros J P x y X Y. destruct (P x y X Y) as [Px Pk]. split; [exact Px|].
  eapply Rle_trans; [exact Pk|]. apply Rmult_le_compat_r; [apply Rabs_pos | exact J].
Qed.

(** A trap of n steps: one point that n steps bring back, and every start tends to it, by k a turn. *)
Theorem trap f n a b k : (forall t, continuous f t) -> a <= b -> 0 <= k < 1 -> carried f n a b a b k ->
  exists l, a <= l <= b /\ iterate f n l = l /\ (forall y, a <= y <= b -> iterate f n y = y -> y = l) /\
    forall x, a <= x <= b -> forall m, Rabs (iterate f (m * n) x - l) <= k ^ m * Rabs (x - l).
Proof.
  intros C AB K P.
  destruct (zero_between (fun x => iterate f n x - x) a b) as [l [L Z]].
  - intros t. apply (continuous_minus (iterate f n) (fun x => x)); [|apply continuous_id].
    now apply iterate_continuous.
  - exact AB.
  - destruct (P a a) as [Pa _]; try lra. destruct (P b b) as [Pb _]; try lra. nra.
  - assert (F : iterate f n l = l) by lra. exists l. split; [exact L|]. split; [exact F|]. split.
    + intros y Y G. destruct (P y l Y L) as [_ Q]. rewrite F, G in Q.
      assert (N : Rabs (y - l) = 0) by (pose proof (Rabs_pos (y - l)); nra).
      apply Rabs_eq_0 in N. lra.
    + intros x X m.
      assert (I : a <= iterate f (m * n) x <= b /\ Rabs (iterate f (m * n) x - l) <= k ^ m * Rabs (x - l));
        [|apply I].
      induction m as [|m [In Q]]; simpl; [lra|]. rewrite iterate_plus.
      destruct (P _ l In L) as [Jn J]. split; [exact Jn|]. rewrite F in J.
      eapply Rle_trans; [exact J|]. rewrite Rmult_assoc. apply Rmult_le_compat_l; lra.
Qed.

(** A sequence that s steps bring into the trap tends to the cycle, each phase i to its point. *)
Theorem trapped f n a b k x0 s : (forall t, continuous f t) -> 0 <= k < 1 -> carried f n a b a b k ->
  a <= iterate f s x0 <= b ->
  exists l, a <= l <= b /\ iterate f n l = l /\ (forall y, a <= y <= b -> iterate f n y = y -> y = l) /\
    (forall m, Rabs (iterate f (m * n + s) x0 - l) <= k ^ m * (b - a)) /\
    forall i, is_lim_seq (fun m => iterate f (i + (m * n + s)) x0) (iterate f i l).
Proof.
  intros C K P S. destruct (trap f n a b k C) as [l [L [F [U R]]]]; try assumption; [lra|].
  exists l. split; [exact L|]. split; [exact F|]. split; [exact U|].
  assert (B : forall m, Rabs (iterate f (m * n + s) x0 - l) <= k ^ m * (b - a)).
  { intros m. rewrite iterate_plus. eapply Rle_trans; [apply R; exact S|].
    apply Rmult_le_compat_l; [apply pow_le; lra | apply Rabs_le; lra]. }
  split; [exact B|]. intros i. apply is_lim_seq_ext with (fun m => iterate f i (iterate f (m * n + s) x0)).
  - intros m. symmetry. apply iterate_plus.
  - apply (is_lim_seq_continuous (iterate f i) (fun m => iterate f (m * n + s) x0) l).
    + apply continuity_pt_filterlim. now apply iterate_continuous.
    + apply (geometric_limit _ l (b - a) k K). intros m. rewrite (Rmult_comm (b - a)). apply B.
Qed.

(** A trap of one step: the sequence converges to the one fixed point in it. *)
Corollary trapped_by_fixed_point f a b k x0 s : (forall t, continuous f t) -> 0 <= k < 1 -> carried f 1 a b a b k ->
  a <= iterate f s x0 <= b ->
  exists l : R, a <= l <= b /\ f l = l /\ (forall y, a <= y <= b -> f y = y -> y = l) /\
    (forall m, Rabs (iterate f (m + s) x0 - l) <= k ^ m * (b - a)) /\ is_lim_seq (fun m => iterate f m x0) l.
Proof.
  intros C K P S. destruct (trapped f 1 a b k x0 s C K P S) as [l [L [F [U [B I]]]]].
  exists l. split; [exact L|]. split; [exact F|]. split; [exact U|]. split.
  - intros m. specialize (B m). now rewrite Nat.mul_1_r in B.
  - apply is_lim_seq_incr_n with (N := s). apply is_lim_seq_ext with (2 := I 0%nat).
    intros m. simpl. now rewrite Nat.mul_1_r.
Qed.

(** The derivative of a whole turn is the product of the derivatives on the way. *)
Fixpoint turn (f f' : R -> R) (n : nat) (x : R) : R :=
  match n with O => 1 | S m => turn f f' m x * f' (iterate f m x) end.

Theorem turn_derivative f f' n x : (forall t, is_derive f t (f' t)) -> is_derive (iterate f n) x (turn f f' n x).
Proof.
  intros D. induction n as [|n IH]; simpl.
  - apply is_derive_ext with (fun t : R => t); [reflexivity | apply (is_derive_id x)].
  - apply (is_derive_comp f (iterate f n) x (f' (iterate f n x)) (turn f f' n x)); [apply D | exact IH].
Qed.

(** * Facts of the real line that every other file leans on

    Mean values, Rolle, bounds of distances, intermediate values, iterates and their limits. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** The mean value theorem, for a derivative known everywhere. *)
Lemma mean_value f f' x y :
  (forall t, is_derive f t (f' t)) -> x < y -> exists t, x < t < y /\ f y - f x = f' t * (y - x).
Proof.
  intros Hf Hxy.
  destruct (MVT_cor2 f f' x y Hxy) as [t [Ht Hin]].
  - intros c _. apply is_derive_Reals, Hf.
  - exists t. split; assumption.
Qed.

(** Rolle's theorem for two equal values. *)
Lemma rolle f f' x y :
  (forall t, is_derive f t (f' t)) -> x < y -> f x = f y -> exists t, x < t < y /\ f' t = 0.
Proof.
  intros Hf Hxy Heq. destruct (mean_value f f' x y Hf Hxy) as [t [Ht E]].
  exists t. split; [assumption|]. replace (f y - f x) with 0 in E by lra.
  symmetry in E. apply Rmult_integral in E. destruct E; lra.
Qed.

Lemma increases f f' x y :
  (forall t, is_derive f t (f' t)) -> (forall t, x < t < y -> 0 < f' t) -> x < y -> f x < f y.
Proof.
  intros Hf Hpos Hxy. destruct (mean_value f f' x y Hf Hxy) as [t [Ht E]].
  specialize (Hpos t Ht). nra.
Qed.

Lemma does_not_fall f f' x y :
  (forall t, is_derive f t (f' t)) -> (forall t, x <= t <= y -> 0 <= f' t) -> x <= y -> f x <= f y.
Proof.
  intros Hf Hpos Hxy. destruct (Req_dec x y) as [->|Hne]; [lra|].
  destruct (mean_value f f' x y Hf) as [t [Ht E]]; [lra|].
  assert (0 <= f' t) by (apply Hpos; lra). nra.
Qed.

Lemma decreases f f' x y :
  (forall t, is_derive f t (f' t)) -> (forall t, x < t < y -> f' t < 0) -> x < y -> f y < f x.
Proof.
  intros Hf Hneg Hxy. destruct (mean_value f f' x y Hf Hxy) as [t [Ht E]].
  specialize (Hneg t Ht). nra.
Qed.

(** A bound [k] of the derivative on an interval bounds distances between images. *)
Lemma lipschitz_on f f' a b k x y :
  (forall t, a <= t <= b -> is_derive f t (f' t)) -> (forall t, a <= t <= b -> Rabs (f' t) <= k) ->
  a <= x <= b -> a <= y <= b -> Rabs (f x - f y) <= k * Rabs (x - y).
Proof.
  intros Hf Hk Hx Hy.
  pose proof (Rmin_glb y x a ltac:(lra) ltac:(lra)). pose proof (Rmax_lub y x b ltac:(lra) ltac:(lra)).
  destruct (MVT_gen f y x f') as [t [Ht E]].
  - intros t Ht. apply Hf. lra.
  - intros t Ht. apply derivable_continuous_pt. exists (f' t). apply is_derive_Reals, Hf. lra.
  - rewrite E, Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|]. apply Hk. lra.
Qed.

Lemma lipschitz f f' a b k x y :
  (forall t, is_derive f t (f' t)) -> (forall t, a <= t <= b -> Rabs (f' t) <= k) ->
  a <= x <= b -> a <= y <= b -> Rabs (f x - f y) <= k * Rabs (x - y).
Proof. intros Hf. apply lipschitz_on. intros t _. apply Hf. Qed.

Lemma continuous_of_derivative (f f' : R -> R) : (forall t, is_derive f t (f' t)) -> forall t, continuous f t.
Proof. intros Hf t. apply (ex_derive_continuous f t). exists (f' t). apply Hf. Qed.

Lemma continuity_of_continuous (f : R -> R) : (forall t, continuous f t) -> continuity f.
Proof. intros Hf t. apply continuity_pt_filterlim, Hf. Qed.

(** Intermediate values: a sign change of a continuous function, in either direction. *)
Lemma zero_between (f : R -> R) x y :
  (forall t, continuous f t) -> x <= y -> f x * f y <= 0 -> exists t, x <= t <= y /\ f t = 0.
Proof.
  intros Hf Hxy Hsign.
  destruct (IVT_cor f x y (continuity_of_continuous f Hf) Hxy Hsign) as [t [Ht E]].
  exists t. split; assumption.
Qed.

(** Iterates: [iterate f n x] applies [f] to [x] [n] times. *)
Fixpoint iterate (f : R -> R) (n : nat) (x : R) : R :=
  match n with O => x | S k => f (iterate f k x) end.

Lemma iterate_plus f m n x : iterate f (m + n) x = iterate f m (iterate f n x).
Proof. induction m as [|m IH]; simpl; [reflexivity|]. rewrite IH. reflexivity. Qed.

Lemma iterate_commutes f n x : iterate f n (f x) = f (iterate f n x).
Proof. induction n as [|n IH]; simpl; [reflexivity|]. rewrite IH. reflexivity. Qed.

Lemma iterate_continuous (f : R -> R) n : (forall t, continuous f t) -> forall t, continuous (iterate f n) t.
Proof.
  intros Hf. induction n as [|n IH]; intros t; simpl.
  - apply continuous_id.
  - apply (continuous_comp (iterate f n) f); [apply IH | apply Hf].
Qed.

Lemma iterate_fixed f n x : f x = x -> iterate f n x = x.
Proof. intros H. induction n as [|n IH]; simpl; [reflexivity|]. rewrite IH. exact H. Qed.

(** A limit of iterates of a continuous map is a fixed point. *)
Lemma limit_is_fixed (f : R -> R) x (l : R) :
  (forall t, continuous f t) -> is_lim_seq (fun n => iterate f n x) l -> f l = l.
Proof.
  intros Hf Hl.
  assert (H1 : is_lim_seq (fun n => f (iterate f n x)) (f l)).
  { apply (is_lim_seq_continuous f _ l).
    - apply continuity_pt_filterlim, Hf.
    - exact Hl. }
  assert (H2 : is_lim_seq (fun n => iterate f (S n) x) l) by (apply is_lim_seq_incr_1 in Hl; exact Hl).
  simpl in H2.
  assert (E : Rbar.Finite (f l) = Rbar.Finite l).
  { rewrite <- (is_lim_seq_unique _ _ H1). apply is_lim_seq_unique. exact H2. }
  now injection E.
Qed.

(** A sequence closer to [l] than a geometric one tends to [l]. *)
Lemma geometric_limit (u : nat -> R) (l c k : R) :
  0 <= k < 1 -> (forall n, Rabs (u n - l) <= c * k ^ n) -> is_lim_seq u l.
Proof.
  intros Hk Hu.
  apply is_lim_seq_ext with (fun n => l + (u n - l)). { intros n; ring. }
  replace (Rbar.Finite l) with (Rbar.Finite (l + 0)) by (f_equal; ring).
  apply is_lim_seq_plus'; [apply is_lim_seq_const|].
  apply is_lim_seq_abs_0.
  apply is_lim_seq_le_le with (fun _ => 0) (fun n => c * k ^ n).
  - intros n. split; [apply Rabs_pos | apply Hu].
  - apply is_lim_seq_const.
  - replace (Rbar.Finite 0) with (Rbar.Finite (c * 0)) by (f_equal; ring).
    apply (is_lim_seq_scal_l (fun n => k ^ n) c 0). apply is_lim_seq_geom. rewrite Rabs_pos_eq; lra.
Qed.

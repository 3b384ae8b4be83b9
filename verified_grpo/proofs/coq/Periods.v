(** * From Li and Yorke's hypothesis to points of every period

    Suite, S6: Li and Yorke's condition at one point, or a point of period 3, certified for the recursion.
    For a continuous f on the line: if f^3(x) <= x < f(x) < f^2(x), or all turned round, or x has period 3, then f has
    a point of exact period n for every n >= 1.  Cited, not proved: the uncountable scrambled set of their theorem. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Monotone.
Open Scope R_scope.

Definition has_period (f : R -> R) (n : nat) (x : R) : Prop :=
  iterate f n x = x /\ forall k, (1 <= k < n)%nat -> iterate f k x <> x.

Lemma stays_above (g : R -> R) x c : continuous g x -> c < g x ->
  exists d, 0 < d /\ forall y, Rabs (y - x) < d -> c < g y.
Proof.
  intros C H. destruct (C (fun y => c < y)) as [d D].
  - apply (open_gt c). exact H.
  - exists d. split; [apply cond_pos|]. intros y Y. apply D. exact Y.
Qed.

Lemma stays_below (g : R -> R) x c : continuous g x -> g x < c ->
  exists d, 0 < d /\ forall y, Rabs (y - x) < d -> g y < c.
Proof.
  intros C H. destruct (C (fun y => y < c)) as [d D].
  - apply (open_lt c). exact H.
  - exists d. split; [apply cond_pos|]. intros y Y. apply D. exact Y.
Qed.

(** The first point where a continuous function comes down to c. *)
Lemma first_hit (g : R -> R) s t c : (forall x, continuous g x) -> s <= t -> c < g s -> g t <= c ->
  exists u, s < u <= t /\ g u = c /\ forall x, s <= x < u -> c < g x.
Proof.
  intros C ST S Tc.
  set (E := fun x => s <= x <= t /\ forall y, s <= y <= x -> c < g y).
  destruct (completeness E) as [u [Ub Least]].
  - exists t. intros x [X _]. lra.
  - exists s. split; [lra|]. intros y Y. replace y with s by lra. exact S.
  - assert (Es : E s) by (split; [lra|]; intros y Y; replace y with s by lra; exact S).
    pose proof (Ub s Es) as SU.
    assert (UT : u <= t) by (apply Least; intros x [X _]; lra).
    assert (B : forall x, s <= x < u -> c < g x).
    { intros x [X1 X2]. destruct (Rlt_le_dec c (g x)) as [H|H]; [exact H|]. exfalso.
      assert (u <= x); [|lra]. apply Least. intros z [Z1 Z2].
      destruct (Rle_lt_dec z x) as [Q|Q]; [exact Q|]. specialize (Z2 x). lra. }
    assert (G : g u = c).
    { destruct (Rtotal_order (g u) c) as [H|[H|H]]; [|exact H|]; exfalso.
      - destruct (stays_below g u c (C u) H) as [d [D0 D]].
        destruct (Req_dec s u) as [Q|Q]; [subst u; lra|].
        set (y := Rmax s (u - d / 2)).
        assert (Y : s <= y < u) by (unfold y; split; [apply Rmax_l | apply Rmax_lub_lt; lra]).
        assert (u - d / 2 <= y) by apply Rmax_r.
        specialize (D y). rewrite Rabs_left in D by lra. specialize (B y Y). lra.
      - destruct (stays_above g u c (C u) H) as [d [D0 D]].
        assert (Q : u < t) by (destruct (Req_dec u t); [subst u; lra | lra]).
        set (y := Rmin t (u + d / 2)). assert (Y : u < y) by (unfold y; apply Rmin_glb_lt; lra).
        assert (Yt : y <= t) by apply Rmin_l. assert (Yd : y <= u + d / 2) by apply Rmin_r.
        assert (E y); [|pose proof (Ub y H0); lra]. split; [lra|].
        intros z Z. destruct (Rlt_le_dec z u) as [W|W]; [apply B; lra|]. apply D.
        rewrite Rabs_pos_eq; lra. }
    exists u. repeat split; try assumption. destruct (Req_dec s u); [subst u; lra | lra].
Qed.

Lemma reflected_continuous (g : R -> R) : (forall x, continuous g x) -> forall x, continuous (fun y => g (- y)) x.
Proof.
  intros C x. apply (continuous_comp Ropp g); [|apply C].
  apply (continuous_opp (fun y : R => y)), continuous_id.
Qed.

(** A stretch on which g runs from c down to b, and stays between them. *)
Lemma crossing_down (g : R -> R) s t b c : (forall x, continuous g x) -> s <= t -> b < c -> c <= g s -> g t <= b ->
  exists s' t', s <= s' /\ s' < t' /\ t' <= t /\ g s' = c /\ g t' = b /\ forall x, s' <= x <= t' -> b <= g x <= c.
Proof.
  intros C ST BC S Tb.
  destruct (first_hit g s t b C ST) as [t' [T1 [T2 T3]]]; [lra | exact Tb |].
  destruct (first_hit (fun y => - g (- y)) (- t') (- s) (- c)) as [u [U1 [U2 U3]]].
  - intros x. apply (continuous_opp (fun y => g (- y))). now apply reflected_continuous.
  - lra.
  - rewrite Ropp_involutive. lra.
  - rewrite Ropp_involutive. lra.
  - exists (- u), t'. repeat split; try lra.
    + destruct (Rlt_le_dec x t') as [Q|Q]; [left; apply T3; lra | replace x with t' by lra; lra].
    + destruct (Req_dec x (- u)) as [->|Q]; [lra|].
      specialize (U3 (- x)). rewrite Ropp_involutive in U3. lra.
Qed.

Lemma crossing_up (g : R -> R) s t b c : (forall x, continuous g x) -> s <= t -> b < c -> g s <= b -> c <= g t ->
  exists s' t', s <= s' /\ s' < t' /\ t' <= t /\ g s' = b /\ g t' = c /\ forall x, s' <= x <= t' -> b <= g x <= c.
Proof.
  intros C ST BC S Tc.
  destruct (crossing_down (fun y => g (- y)) (- t) (- s) b c) as [u [w [A [B [D [E [F G]]]]]]].
  - now apply reflected_continuous.
  - lra.
  - exact BC.
  - rewrite Ropp_involutive. lra.
  - rewrite Ropp_involutive. lra.
  - exists (- w), (- u). repeat split; try lra.
    + specialize (G (- x)). rewrite Ropp_involutive in G. lra.
    + specialize (G (- x)). rewrite Ropp_involutive in G. lra.
Qed.

Section FourPoints.
Variables (f : R -> R) (a b c d : R).
Hypothesis f_continuous : forall x, continuous f x.
Hypothesis da : d <= a.
Hypothesis ab : a < b.
Hypothesis bc : b < c.
Hypothesis fa : f a = b.
Hypothesis fb : f b = c.
Hypothesis fc : f c = d.

(** A stretch of [a, b] whose first n+1 images stay in [b, c], the last of them crossing it. *)
Lemma itinerary n : exists s t, a <= s /\ s < t /\ t <= b /\
  ((iterate f (S n) s = b /\ iterate f (S n) t = c) \/ (iterate f (S n) s = c /\ iterate f (S n) t = b)) /\
  forall x, s <= x <= t -> forall i, (1 <= i <= S n)%nat -> b <= iterate f i x <= c.
Proof.
  induction n as [|n [s [t [A [B [D [Ends In]]]]]]].
  - destruct (crossing_up f a b b c f_continuous) as [s [t [A [B [D [E [F G]]]]]]]; try lra.
    exists s, t. repeat split; try assumption; [left; split; assumption | |].
    + replace i with 1%nat by lia. simpl. apply G. assumption.
    + replace i with 1%nat by lia. simpl. apply G. assumption.
  - set (g := iterate f (S (S n))).
    assert (C : forall x, continuous g x) by (apply iterate_continuous, f_continuous).
    assert (step : forall s' t', s <= s' -> s' < t' -> t' <= t ->
      ((g s' = b /\ g t' = c) \/ (g s' = c /\ g t' = b)) -> (forall x, s' <= x <= t' -> b <= g x <= c) ->
      exists s t, a <= s /\ s < t /\ t <= b /\ ((g s = b /\ g t = c) \/ (g s = c /\ g t = b)) /\
        forall x, s <= x <= t -> forall i, (1 <= i <= S (S n))%nat -> b <= iterate f i x <= c).
    { intros s' t' S1 S2 S3 E G. exists s', t'. repeat split; try lra; try exact E.
      - destruct (Nat.eq_dec i (S (S n))) as [->|Q]; [apply G; lra | apply In; [lra | lia]].
      - destruct (Nat.eq_dec i (S (S n))) as [->|Q]; [apply G; lra | apply In; [lra | lia]]. }
    destruct Ends as [[Es Et]|[Es Et]].
    + assert (Gs : g s = c) by (unfold g; change (f (iterate f (S n) s) = c); rewrite Es; exact fb).
      assert (Gt : g t = d) by (unfold g; change (f (iterate f (S n) t) = d); rewrite Et; exact fc).
      destruct (crossing_down g s t b c C) as [s' [t' [S1 [S2 [S3 [E [F G]]]]]]]; try lra.
      apply (step s' t'); try assumption. right. split; assumption.
    + assert (Gs : g s = d) by (unfold g; change (f (iterate f (S n) s) = d); rewrite Es; exact fc).
      assert (Gt : g t = c) by (unfold g; change (f (iterate f (S n) t) = c); rewrite Et; exact fb).
      destruct (crossing_up g s t b c C) as [s' [t' [S1 [S2 [S3 [E [F G]]]]]]]; try lra.
      apply (step s' t'); try assumption. left. split; assumption.
Qed.

Lemma period_one : exists x, has_period f 1 x.
Proof.
  destruct (zero_between (fun x => f x - x) b c) as [x [X Z]].
  - intros t. apply (continuous_minus f (fun x => x)); [apply f_continuous | apply continuous_id].
  - lra.
  - rewrite fb, fc. nra.
  - exists x. split; [simpl; lra | intros k K; lia].
Qed.

Lemma period_two_or_more m : exists x, has_period f (S (S m)) x.
Proof.
  destruct (itinerary m) as [s [t [A [B [D [Ends In]]]]]].
  set (g := iterate f (S (S m))).
  destruct (zero_between (fun x => g x - x) s t) as [x [X Z]].
  - intros u. apply (continuous_minus g (fun x => x)); [apply iterate_continuous, f_continuous | apply continuous_id].
  - lra.
  - assert (val : forall u, g u = f (iterate f (S m) u)) by reflexivity.
    destruct Ends as [[Es Et]|[Es Et]]; rewrite !val, Es, Et, fb, fc; nra.
  - exists x. assert (P : iterate f (S (S m)) x = x) by (unfold g in Z; lra). split; [exact P|].
    intros k K Fk.
    assert (J : b <= iterate f k x <= c) by (apply In; [lra | lia]).
    assert (xb : x = b) by lra. subst x.
    assert (two : iterate f 2 b = d) by (simpl; rewrite fb; exact fc).
    destruct m as [|m].
    + rewrite two in P. lra.
    + assert (b <= iterate f 2 b <= c) by (apply In; [lra | lia]). lra.
Qed.

Theorem every_period n : (1 <= n)%nat -> exists x, has_period f n x.
Proof. intros H. destruct n as [|[|m]]; [lia | apply period_one | apply period_two_or_more]. Qed.
End FourPoints.

Theorem li_yorke_upward (f : R -> R) x : (forall t, continuous f t) ->
  f (f (f x)) <= x -> x < f x -> f x < f (f x) -> forall n, (1 <= n)%nat -> exists y, has_period f n y.
Proof. intros C A B D n. now apply (every_period f x (f x) (f (f x)) (f (f (f x)))). Qed.

Theorem li_yorke_downward (f : R -> R) x : (forall t, continuous f t) ->
  x <= f (f (f x)) -> f x < x -> f (f x) < f x -> forall n, (1 <= n)%nat -> exists y, has_period f n y.
Proof.
  intros C A B D n N. set (g := fun y => - f (- y)).
  destruct (li_yorke_upward g (- x)) with (n := n) as [y [P Q]];
    try (unfold g; rewrite ?Ropp_involutive; lra); try exact N.
  - intros t. apply (continuous_opp (fun y => f (- y))). now apply reflected_continuous.
  - exists (- y). split.
    + unfold g in P. rewrite iterate_reflected in P. lra.
    + intros k K Z. apply (Q k K). unfold g. rewrite iterate_reflected. lra.
Qed.

(** A point of period 3 is a special case. *)
Theorem period_three (f : R -> R) x : (forall t, continuous f t) -> f (f (f x)) = x -> f x <> x ->
  forall n, (1 <= n)%nat -> exists y, has_period f n y.
Proof.
  intros C P N.
  assert (least : forall m, f (f (f m)) = m -> m < f m -> m < f (f m) ->
    forall n, (1 <= n)%nat -> exists y, has_period f n y).
  { intros m M A B. destruct (Rtotal_order (f m) (f (f m))) as [H|[H|H]].
    - apply (li_yorke_upward f m); try assumption. lra.
    - rewrite <- H in M. lra.
    - apply (li_yorke_downward f (f m)); try assumption; rewrite M; lra. }
  assert (N1 : f (f x) <> f x) by (intros Q; rewrite Q in P; lra).
  assert (N2 : f (f x) <> x) by (intros Q; rewrite Q in P; lra).
  destruct (Rlt_le_dec x (f x)) as [A|A], (Rlt_le_dec x (f (f x))) as [B|B], (Rlt_le_dec (f x) (f (f x))) as [D|D];
    try lra.
  all: first [ apply (least x); lra | apply (least (f x)); rewrite ?P; lra
    | apply (least (f (f x))); rewrite ?P; lra ].
Qed.

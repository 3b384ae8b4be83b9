(** * Cycles of a map: where they are, their slope, and that zeros of T^n(L) - L in linked brackets are cycles

    Nothing here is computed: cells and brackets are what the checker has established of them. *)

From Coq Require Import Reals Lra Lia List Arith QArith Qreals.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Periods.
From VerifiedGRPO.Checker Require Import Enclosures Statements Contrasts MapsProved CycleStatements.
Import ListNotations.
Open Scope R_scope.

(** ** Orbits *)
Lemma orbit_length f n : forall x, length (orbit f n x) = n.
Proof. induction n as [|n IH]; intros x; simpl; [reflexivity | now rewrite IH]. Qed.
Lemma orbit_nth f n : forall k x d, (k < n)%nat -> nth k (orbit f n x) d = iterate f k x.
Proof.
  induction n as [|n IH]; intros k x d K; [lia|]. destruct k as [|k]; [reflexivity|]. cbn [orbit nth].
  rewrite IH by lia. cbn [iterate]. apply iterate_commutes.
Qed.
Lemma orbit_in f n x y : In y (orbit f n x) -> exists k, (k < n)%nat /\ y = iterate f k x.
Proof.
  intros H. apply (In_nth _ _ 0) in H as [k [K H]]. rewrite orbit_length in K. exists k. split; [exact K|].
  now rewrite orbit_nth in H.
Qed.
(** The chain rule. *)
Lemma iterate_derivative (T m : R -> R) : (forall x, is_derive T x (m x)) ->
  forall n x, is_derive (iterate T n) x (product m (orbit T n x)).
Proof.
  intros D. induction n as [|n IH]; intros x; [apply (is_derive_id (K := R_AbsRing))|].
  apply (is_derive_ext (fun y => iterate T n (T y))); [intros t; apply iterate_commutes|].
  apply (is_derive_comp (iterate T n) T); [apply IH | apply D].
Qed.

(** Points of an orbit that comes back, all different, have that exact period. *)
Lemma distinct_have_period T n x k : NoDup (orbit T n x) -> iterate T n x = x -> (k < n)%nat -> has_period T n (iterate T k x).
Proof.
  intros N P K. split.
  - rewrite <- iterate_plus, Nat.add_comm, iterate_plus. now rewrite P.
  - intros j J Q. assert (B : iterate T j x = x).
    { rewrite <- P at 1. rewrite <- P at 2. replace n with ((n - k) + k)%nat by lia. rewrite !(iterate_plus T (n - k) k x).
      rewrite <- Q at 2. rewrite <- !iterate_plus. f_equal. lia. }
    rewrite NoDup_nth with (d := 0) in N. rewrite orbit_length in N. specialize (N j 0%nat ltac:(lia) ltac:(lia)).
    rewrite !orbit_nth in N by lia. specialize (N B). lia.
Qed.

(** ** Zeros in brackets *)
Lemma choose_each {A B} (P : A -> B -> Prop) l : (forall a, In a l -> exists b, P a b) -> exists l', Forall2 P l l'.
Proof.
  induction l as [|a l IH]; intros H; [now exists []|]. destruct (H a (or_introl eq_refl)) as [b Hb].
  destruct IH as [l' Hl]; [intros c C; apply H; now right|]. exists (b :: l'). now constructor.
Qed.
Lemma with_partner {A B} (P : A -> B -> Prop) l l' : Forall2 P l l' -> forall a, In a l -> exists b, In b l' /\ P a b.
Proof.
  induction 1 as [|a b l l' H F IH]; intros c C; [destruct C|]. destruct C as [->|C]; [exists b; split; [now left | exact H]|].
  destruct (IH c C) as [d [D E]]. exists d. split; [now right | exact E].
Qed.
Lemma NoDup_part {A} (l l' : list A) : NoDup (l ++ l') -> NoDup l /\ NoDup l'.
Proof.
  induction l as [|a l IH]; simpl; intros H; [split; [constructor | exact H]|]. inversion H as [|x y N U]; subst.
  destruct (IH U) as [V W]. split; [constructor; [intros I; apply N, in_or_app; now left | exact V] | exact W].
Qed.
Lemma NoDup_each {A B} (f : A -> list B) l : NoDup (flat_map f l) -> forall a, In a l -> NoDup (f a).
Proof.
  induction l as [|b l IH]; simpl; intros H a I; [destruct I|]. apply NoDup_part in H as [U V]. destruct I as [->|I]; auto.
Qed.

Section Cycles.
Variables (T : R -> R) (n : nat).
Hypothesis Some_steps : (1 <= n)%nat.
Definition zero_in (b : bracket) (x : R) : Prop := Q2R (from b) < x < Q2R (to b) /\ iterate T n x = x.
Definition apart (b c : bracket) : Prop := Q2R (to b) <= Q2R (from c) \/ Q2R (to c) <= Q2R (from b).
(** T leads from the zero in each bracket to that in the next. *)
Fixpoint linked (bs : list bracket) : Prop :=
  match bs with
  | b :: rest => match rest with c :: _ => forall x y, zero_in b x -> zero_in c y -> T x = y | [] => True end /\ linked rest
  | [] => True
  end.

Lemma apart_differ bs xs : Forall2 zero_in bs xs -> ForallOrdPairs apart bs -> NoDup xs.
Proof.
  induction 1 as [|b x bs xs H F IH]; intros P; [constructor|]. inversion P as [|c cs A Q]; subst. constructor; [|now apply IH].
  intros I. clear IH Q P. induction F as [|c y bs xs Hc F IH]; [destruct I|]. inversion A as [|d ds A1 A2]; subst.
  destruct I as [->|I]; [|now apply IH]. destruct H as [[H1 H2] _], Hc as [[H3 H4] _], A1; lra.
Qed.
Lemma linked_orbit bs xs : Forall2 zero_in bs xs -> linked bs -> match xs with x :: _ => xs = orbit T (length bs) x | [] => True end.
Proof.
  induction 1 as [|b x bs xs H F IH]; intros K; [exact I|]. destruct K as [K1 K2]. specialize (IH K2). cbn [length orbit]. f_equal.
  destruct F as [|c y cs ys Hc F]; [reflexivity|]. rewrite (K1 x y H Hc). exact IH.
Qed.
Lemma its_start bs : length bs = n -> linked bs -> (forall b, In b bs -> exists x, zero_in b x) ->
  exists x, Forall2 zero_in bs (orbit T n x).
Proof.
  intros N K Z. destruct (choose_each _ _ Z) as [xs F]. pose proof (linked_orbit bs xs F K) as O. rewrite N in O.
  destruct xs as [|x xs]; [inversion F; subst; simpl in N; lia|]. exists x. now rewrite <- O.
Qed.

Theorem all_cycles (ys : list cycle) :
  (forall y, In y ys -> length (y_points y) = n /\ linked (y_points y)) ->
  (forall b, In b (flat_map y_points ys) -> exists x, zero_in b x) ->
  ForallOrdPairs apart (flat_map y_points ys) ->
  (forall L, iterate T n L = L -> (exists b, In b (flat_map y_points ys) /\ forall x, zero_in b x -> L = x) \/
    exists d, (1 <= d < n)%nat /\ iterate T d L = L) ->
  exists starts, Forall2 (fun y x => Forall2 zero_in (y_points y) (orbit T n x)) ys starts /\
    NoDup (flat_map (orbit T n) starts) /\ forall L, has_period T n L <-> In L (flat_map (orbit T n) starts).
Proof.
  intros Each Zeros Apart All.
  destruct (choose_each (fun y x => Forall2 zero_in (y_points y) (orbit T n x)) ys) as [starts F].
  { intros y Y. destruct (Each y Y) as [N K]. apply (its_start _ N K). intros b B. apply Zeros, in_flat_map. now exists y. }
  assert (G : Forall2 zero_in (flat_map y_points ys) (flat_map (orbit T n) starts)).
  { clear Each Zeros Apart All. induction F as [|y x ys xs H F IH]; simpl; [constructor | now apply Forall2_app]. }
  pose proof (apart_differ _ _ G Apart) as U. exists starts. split; [exact F|]. split; [exact U|]. intros L. split.
  - intros [P Q]. destruct (All L P) as [[b [B E]]|[d [D E]]]; [|now specialize (Q d D)].
    destruct (with_partner _ _ _ G b B) as [x [X Z]]. now rewrite (E x Z).
  - intros I. apply in_flat_map in I as [x [X I]]. apply orbit_in in I as [k [K ->]].
    apply distinct_have_period; [exact (NoDup_each _ _ U x X) | | exact K].
    assert (H : exists b, In x (orbit T n x) /\ zero_in b x).
    { clear - F X Some_steps. induction F as [|y z ys zs H F IH]; [destruct X|]. destruct X as [->|X]; [|now apply IH].
      destruct n as [|k]; [lia|]. cbn [orbit] in H |- *. inversion H as [|b w bs ws Hb Hw]; subst. exists b. split; [now left | exact Hb]. }
    destruct H as [b [_ [_ H]]]. exact H.
Qed.
End Cycles.

(** ** Where cycles are *)
Lemma power_within a n : 0 <= a <= 1 -> 0 <= a ^ n <= 1.
Proof. intros A. split; [apply pow_le; lra|]. rewrite <- (pow1 n). apply pow_incr. lra. Qed.
Section Step.
Variables (c : contrast) (alpha Lref beta eps : R).
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Notation T := (step_of c alpha Lref beta eps).

Lemma cycles_between n x : 0 < alpha <= 1 -> (1 <= n)%nat -> iterate T n x = x ->
  Lref + low_of c eps / (alpha * beta) <= x <= Lref + high_of c eps / (alpha * beta).
Proof.
  intros A N P. set (u := Lref + low_of c eps / (alpha * beta)). set (z := Lref + high_of c eps / (alpha * beta)).
  assert (K : forall k, (1 - alpha) ^ k * (x - u) <= iterate T k x - u /\ iterate T k x - z <= (1 - alpha) ^ k * (x - z)).
  { induction k as [|k [IH1 IH2]]; [simpl; lra|]. cbn [iterate pow].
    pose proof (step_between c alpha Lref beta eps A B E (iterate T k x)) as [S1 S2]. fold u in S1. fold z in S2.
    set (y := iterate T k x) in *. pose proof (Rmult_le_compat_l (1 - alpha) _ _ ltac:(lra) IH1).
    pose proof (Rmult_le_compat_l (1 - alpha) _ _ ltac:(lra) IH2). rewrite !Rmult_assoc. lra. }
  destruct (K n) as [K1 K2]. rewrite P in K1, K2. destruct n as [|n]; [lia|]. cbn [pow] in K1, K2.
  pose proof (power_within (1 - alpha) n ltac:(lra)) as W. set (r := (1 - alpha) ^ n) in *.
  assert ((1 - alpha) * r < 1) by nra. split; nra.
Qed.
Lemma no_cycle_of_mirror n x : alpha = 0 -> (1 <= n)%nat -> iterate T n x <> x.
Proof.
  intros A N P. assert (Up : forall y, y < T y).
  { intros y. unfold step_of. rewrite A. pose proof (contrast_positive c eps y E).
    assert (0 < contrast_of c eps y / beta) by (apply Rdiv_lt_0_compat; lra). lra. }
  assert (K : forall k, x < iterate T (S k) x).
  { induction k as [|k IH]; cbn [iterate] in *; [apply Up|]. pose proof (Up (T (iterate T k x))). lra. }
  destruct n as [|n]; [lia|]. specialize (K n). lra.
Qed.
End Step.

(** * Fixed points and sequences in probabilities, as the paper writes them

    Paper: Theorems 3 and 4, Lemma 1, Remark 2, Fig. 2 ("p* = 1 is almost always a fixed point").
    Suite: h on [0, 1] is T on the line, read through sigma: fixed points, their multipliers and the sequences
    correspond.  So what is proved in log-odds is stated here again for p_n = h(p_(n-1)), p_0 = p_ref or any p_0. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Existence Bmax AtMostThree Basin Monotone
  Attraction PaperMap.
Open Scope R_scope.

Lemma logit_sigma L : logit (sigma L) = L.
Proof.
  unfold logit, sigma. pose proof (exp_pos (- L)).
  replace (/ (1 + exp (- L)) / (1 - / (1 + exp (- L)))) with (/ exp (- L)) by (field; lra).
  rewrite <- exp_Ropp, Ropp_involutive. apply ln_exp.
Qed.

Lemma sigma_injective a b : sigma a = sigma b -> a = b.
Proof. intros H. rewrite <- (logit_sigma a), H. apply logit_sigma. Qed.

Lemma logit_increasing p q : 0 < p -> p < q -> q < 1 -> logit p < logit q.
Proof.
  intros P PQ Q. destruct (Rlt_le_dec (logit p) (logit q)) as [H|[H|H]]; [exact H| |]; exfalso.
  - apply sigma_increasing in H. rewrite !sigma_logit in H; lra.
  - apply (f_equal sigma) in H. rewrite !sigma_logit in H; lra.
Qed.

Section Prompt.
Variables p_ref beta eps : R.
Hypothesis Pref : 0 < p_ref < 1.
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Let f := T (logit p_ref) beta eps.
Let hh := h p_ref beta eps.

Theorem h_iterates n L : iterate hh n (sigma L) = sigma (iterate f n L).
Proof. induction n as [|n IH]; simpl; [reflexivity|]. rewrite IH. now apply h_of_sigma. Qed.

(** The fixed points of h in [0, 1] are those of T; none is 0 or 1. *)
Theorem fixed_points_of_h p : 0 <= p <= 1 -> (hh p = p <-> 0 < p < 1 /\ f (logit p) = logit p).
Proof.
  intros P. split.
  - intros F. pose proof (lemma_2 p_ref beta eps p Pref B E P) as R. fold hh in R.
    assert (P1 : 0 < p < 1) by lra. split; [exact P1|]. apply sigma_injective.
    unfold f. rewrite <- h_of_sigma by exact Pref. rewrite sigma_logit by exact P1. exact F.
  - intros [P1 F]. rewrite <- (sigma_logit p P1) at 1. unfold hh. rewrite h_of_sigma by exact Pref.
    fold f. rewrite F. now apply sigma_logit.
Qed.

Theorem figure_2 : hh 1 <> 1.
Proof. pose proof (lemma_2 p_ref beta eps 1 Pref B E) as R. fold hh in R. lra. Qed.

(** Theorem 3, with no condition on beta, and S1's two bounds. *)
Theorem theorem_3 p : 0 <= p <= 1 -> hh p = p -> p_ref < p < 1.
Proof. intros P F. pose proof (lemma_2 p_ref beta eps p Pref B E P) as R. fold hh in R. lra. Qed.

Theorem s1_amplification p : 0 <= p <= 1 -> hh p = p ->
  / sqrt (1/4 + eps) / beta <= logit p - logit p_ref < / sqrt eps / beta.
Proof.
  intros P F. apply fixed_points_of_h in F; [|exact P]. destruct F as [_ F].
  apply amplification_margin; [exact B | exact E|]. now apply fixed_point_gap.
Qed.

(** Lemma 1: the multiplier at a fixed point is that of T, and is below 1 exactly when beta > B(p). *)
Definition B_of (p : R) : R :=
  p * (1 - p) * Rabs (2 * p - 1) / (2 * ((p * (1 - p) + eps) * sqrt (p * (1 - p) + eps))).

Theorem lemma_1_multiplier p : 0 <= p <= 1 -> hh p = p -> h_derivative p_ref beta eps p = slope eps (logit p) / beta.
Proof.
  intros P F. rewrite lemma_1 by assumption. apply fixed_points_of_h in F; [|exact P]. destruct F as [P1 _].
  unfold slope, v. rewrite sigma_logit by exact P1.
  assert (W : 0 < p * (1 - p) + eps) by (assert (0 < p * (1 - p)) by (apply Rmult_lt_0_compat; lra); lra).
  pose proof (sqrt_lt_R0 _ W). field. lra.
Qed.

Lemma B_of_slope L : B_of (sigma L) = Rabs (slope eps L).
Proof.
  unfold B_of, slope. fold (v L). pose proof (v_range L) as V.
  assert (S : 0 < sqrt (v L + eps)) by (apply sqrt_lt_R0; lra).
  assert (D : 0 < (v L + eps) * sqrt (v L + eps)) by (apply Rmult_lt_0_compat; lra).
  unfold Rdiv. rewrite !Rabs_mult, (Rabs_pos_eq (v L)), (Rabs_pos_eq (/ _))
    by (try (left; apply Rinv_0_lt_compat); lra).
  rewrite Rmult_assoc with (r1 := 2). ring.
Qed.

Theorem lemma_1_condition p : 0 <= p <= 1 -> hh p = p -> (Rabs (h_derivative p_ref beta eps p) < 1 <-> B_of p < beta).
Proof.
  intros P F. rewrite lemma_1_multiplier by assumption.
  apply fixed_points_of_h in F; [|exact P]. destruct F as [P1 _].
  rewrite <- (sigma_logit p P1) at 2. rewrite B_of_slope.
  unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ beta)) by (left; apply Rinv_0_lt_compat; lra).
  change (Rabs (slope eps (logit p)) * / beta) with (Rabs (slope eps (logit p)) / beta).
  rewrite Rlt_div_l, Rmult_1_l by lra. reflexivity.
Qed.

(** Remark 2: B <= Bmax for every prompt, with equality exactly where (1+12 eps)(2p-1)^2 = 1+4 eps. *)
Theorem B_bound p : 0 < p < 1 ->
  B_of p <= Bmax eps /\ (B_of p = Bmax eps <-> (1 + 12 * eps) * (2 * p - 1) ^ 2 = 1 + 4 * eps).
Proof.
  intros P. rewrite <- (sigma_logit p P) at 1 2 3. rewrite B_of_slope, sigma_logit by exact P.
  pose proof (Bmax_positive eps E) as M. pose proof (slope_bound eps (logit p) E) as S.
  split; [apply Rabs_le; exact S|]. rewrite <- (sigma_logit p P) at 2.
  rewrite <- Bmax_equality by exact E. split; intros H.
  - rewrite <- H, <- Rabs_mult. symmetry. apply Rabs_pos_eq, Rle_0_sqr.
  - pose proof (Rabs_pos (slope eps (logit p))).
    assert (Q : Rabs (slope eps (logit p)) * Rabs (slope eps (logit p)) = Bmax eps * Bmax eps).
    { rewrite <- Rabs_mult, <- H. apply Rabs_pos_eq, Rle_0_sqr. } nra.
Qed.

Theorem proposition_1_existence : exists p, 0 <= p <= 1 /\ hh p = p.
Proof.
  destruct (existence (logit p_ref) beta eps B E) as [L F]. exists (sigma L).
  pose proof (sigma_range L). split; [lra|]. unfold hh. rewrite h_of_sigma by exact Pref. now rewrite F.
Qed.

Theorem s2_at_most_three_in_p a b c d : 0 <= a -> a < b -> b < c -> c < d -> d <= 1 ->
  hh a = a -> hh b = b -> hh c = c -> hh d = d -> False.
Proof.
  intros A AB BC CD D Fa Fb Fc Fd.
  apply fixed_points_of_h in Fa, Fb, Fc, Fd; try lra.
  destruct Fa as [Pa Fa], Fb as [Pb Fb], Fc as [Pc Fc], Fd as [Pd Fd].
  apply (s2_at_most_three (logit p_ref) beta eps (logit a) (logit b) (logit c) (logit d)); try assumption;
    apply logit_increasing; lra.
Qed.

Theorem s2_count_above_Bmax : Bmax eps <= beta -> exists! p, 0 <= p <= 1 /\ hh p = p.
Proof.
  intros H. destruct proposition_1_existence as [p [P F]]. exists p. split; [split; assumption|].
  intros q [Q G]. apply fixed_points_of_h in F, G; try assumption. destruct F as [P1 F], G as [Q1 G].
  destruct (s2_unique_at_Bmax (logit p_ref) beta eps E H) as [l [_ U]].
  rewrite <- (sigma_logit p P1), <- (sigma_logit q Q1). f_equal. rewrite <- (U _ F). exact (U _ G).
Qed.

(** Limits carry over. *)
Theorem limit_of_h L (l : R) : is_lim_seq (fun n => iterate f n L) l ->
  is_lim_seq (fun n => iterate hh n (sigma L)) (sigma l).
Proof.
  intros H. apply is_lim_seq_ext with (fun n => sigma (iterate f n L)).
  - intros n. symmetry. apply h_iterates.
  - apply (is_lim_seq_continuous sigma _ l); [|exact H].
    apply continuity_pt_filterlim, (continuous_of_derivative sigma v), sigma_derivative.
Qed.

(** Above Bmax, and at it, every p_0 in (0, 1) is brought to the one fixed point. *)
Theorem attraction_in_p : Bmax eps <= beta ->
  exists p : R, hh p = p /\ p_ref < p < 1 /\ forall p0, 0 < p0 < 1 -> is_lim_seq (fun n => iterate hh n p0) p.
Proof.
  intros H. destruct (attraction_at_Bmax (logit p_ref) beta eps E H) as [l [F C]]. exists (sigma l).
  pose proof (sigma_range l) as R.
  assert (G : hh (sigma l) = sigma l) by (unfold hh; rewrite h_of_sigma, F by exact Pref; reflexivity).
  split; [exact G|]. split; [apply theorem_3; [lra | exact G]|].
  intros p0 P0. rewrite <- (sigma_logit p0 P0). apply limit_of_h. apply C.
Qed.

(** Theorem 4 for h: the radius r in log-odds is that of theorem_4; in p it is the distance to the nearer end. *)
Definition basin_radius (L : R) : R := (1 - Rabs (slope eps L / beta)) * beta / (2 * steepness eps).
Definition basin_radius_in_p (p : R) : R :=
  let r := basin_radius (logit p) in
  Rmin (p - sigma (logit p - r)) (sigma (logit p + r) - p).

Theorem theorem_4_in_p p p0 : 0 <= p <= 1 -> hh p = p -> Rabs (h_derivative p_ref beta eps p) < 1 ->
  0 < basin_radius_in_p p /\
  (Rabs (p0 - p) <= basin_radius_in_p p -> is_lim_seq (fun n => iterate hh n p0) p).
Proof.
  intros P F M. rewrite lemma_1_multiplier in M by assumption.
  apply fixed_points_of_h in F; [|exact P]. destruct F as [P1 F].
  set (L := logit p) in *. set (r := basin_radius L).
  assert (K : 0 < steepness eps).
  { unfold steepness. pose proof (sqrt_lt_R0 eps E). apply Rdiv_lt_0_compat; [lra|].
    assert (0 < eps * sqrt eps) by (apply Rmult_lt_0_compat; lra). lra. }
  assert (R0 : 0 < r) by (unfold r, basin_radius; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  assert (PL : sigma L = p) by (apply sigma_logit; exact P1).
  assert (D1 : sigma (L - r) < p) by (rewrite <- PL; apply sigma_increasing; lra).
  assert (D2 : p < sigma (L + r)) by (rewrite <- PL; apply sigma_increasing; lra).
  unfold basin_radius_in_p. fold L. fold r. cbv zeta. split; [apply Rmin_glb_lt; lra|].
  intros D. pose proof (Rmin_l (p - sigma (L - r)) (sigma (L + r) - p)).
  pose proof (Rmin_r (p - sigma (L - r)) (sigma (L + r) - p)).
  apply Rabs_le_between' in D. pose proof (sigma_range (L - r)). pose proof (sigma_range (L + r)).
  assert (P0 : 0 < p0 < 1) by lra.
  rewrite <- PL, <- (sigma_logit p0 P0). apply limit_of_h.
  apply (theorem_4 (logit p_ref) beta eps L (logit p0) B E F M).
  change (Rabs (logit p0 - L) <= r). apply Rabs_le.
  assert (L - r <= logit p0 <= L + r); [|lra].
  rewrite <- (logit_sigma (L - r)), <- (logit_sigma (L + r)).
  split.
  - destruct (Req_dec (sigma (L - r)) p0) as [->|]; [lra | left; apply logit_increasing; lra].
  - destruct (Req_dec p0 (sigma (L + r))) as [->|]; [lra | left; apply logit_increasing; lra].
Qed.

(** S4 for the paper's own sequence, started at p_ref. *)
Theorem s4_rises_in_p : 1/2 <= p_ref ->
  (forall n, iterate hh n p_ref <= iterate hh (S n) p_ref) /\
  exists p : R, is_lim_seq (fun n => iterate hh n p_ref) p /\ hh p = p /\ p_ref < p < 1 /\
    forall q, 0 <= q <= 1 -> hh q = q -> p <= q.
Proof.
  intros H.
  assert (R0 : 0 <= logit p_ref).
  { unfold logit. destruct (Req_dec p_ref (1/2)) as [->|N].
    - replace (1/2 / (1 - 1/2)) with 1 by field. rewrite ln_1. lra.
    - left. rewrite <- ln_1. apply ln_increasing; [lra|]. apply Rlt_div_r; lra. }
  destruct (s4_rises (logit p_ref) beta eps B E R0) as [Up [l [Hl [F G]]]]. fold f in Up, Hl.
  assert (X : forall n, iterate hh n p_ref = sigma (iterate f n (logit p_ref))).
  { intros n. rewrite <- h_iterates, sigma_logit by exact Pref. reflexivity. }
  assert (le : forall a b, a <= b -> sigma a <= sigma b).
  { intros a b [Q| ->]; [left; now apply sigma_increasing | lra]. }
  split; [intros n; rewrite !X; apply le, Up|].
  assert (Fp : hh (sigma l) = sigma l) by (unfold hh; rewrite h_of_sigma, F by exact Pref; reflexivity).
  pose proof (sigma_range l). exists (sigma l). split; [|split; [exact Fp | split]].
  - rewrite <- (sigma_logit p_ref Pref). now apply limit_of_h.
  - apply theorem_3; [lra | exact Fp].
  - intros q Q Fq. apply fixed_points_of_h in Fq; [|exact Q]. destruct Fq as [Q1 Fq].
    rewrite <- (sigma_logit q Q1). apply le, G, Fq.
Qed.

Theorem s4_converges_in_p : p_ref < 1/2 -> beta <= 2 / (sqrt (1 + 4 * eps) * ln ((1 - p_ref) / p_ref)) ->
  exists p : R, is_lim_seq (fun n => iterate hh n p_ref) p /\ hh p = p /\ 1/2 <= p < 1.
Proof.
  intros H K. destruct (s4_converges p_ref beta eps B E) as [l [Hl [F G]]]; [lra | exact K |].
  exists (sigma l). split; [|split].
  - rewrite <- (sigma_logit p_ref Pref). now apply limit_of_h.
  - unfold hh. rewrite h_of_sigma, F by exact Pref. reflexivity.
  - split; [|apply sigma_range]. rewrite <- sigma_0.
    destruct G as [G|<-]; [left; now apply sigma_increasing | lra].
Qed.
End Prompt.

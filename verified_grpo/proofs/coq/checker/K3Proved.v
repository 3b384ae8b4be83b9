(** * The recursion under k3: one step from everywhere, one fixed point, its multiplier *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From VerifiedGRPO Require Import Calculus Definitions Amplification Slope Monotone Cells SmallSteps SmallStepsK3.
From VerifiedGRPO.Checker Require Import Statements Contrasts K3Statements K3Contrasts.
Open Scope R_scope.

(** ** The pull: it rises through every value *)
Section Pull.
Variable pref : R.
Hypothesis P : 0 < pref < 1.
Notation K := (pull_of pref).
Notation K' := (pull_k3_slope pref).

Lemma pull_is L : K L = pull_k3 pref L.
Proof. symmetry. apply pull_k3_in_p. Qed.
Lemma pull_slope_positive L : 0 < K' L.
Proof.
  unfold pull_k3_slope. pose proof (exp_pos L). pose proof (exp_pos (- L)).
  assert (0 < (1 - pref) * exp L) by (apply Rmult_lt_0_compat; lra).
  assert (0 < pref * exp (- L)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.
Lemma pull_derivative L : is_derive K L (K' L).
Proof.
  apply (is_derive_ext (pull_k3 pref)); [intros t; symmetry; apply pull_is|].
  unfold pull_k3, pull_k3_slope. auto_derive; [exact I | ring].
Qed.
Lemma pull_rises x y : x < y -> K x < K y.
Proof. intros H. apply (increases K K' x y pull_derivative); [intros t _; apply pull_slope_positive | exact H]. Qed.
Lemma pull_order x y : K x <= K y <-> x <= y.
Proof.
  split; intros H.
  - destruct (Rle_lt_dec x y) as [Q|Q]; [exact Q|]. pose proof (pull_rises y x Q). lra.
  - destruct H as [H| ->]; [left; now apply pull_rises | apply Rle_refl].
Qed.
Lemma pull_same x y : K x = K y -> x = y.
Proof. intros H. apply Rle_antisym; apply pull_order; lra. Qed.
Lemma pull_continuous L : continuous K L.
Proof. exact (continuous_of_derivative K K' pull_derivative L). Qed.
Lemma pull_at_reference : K (logit pref) = 0.
Proof. unfold pull_of. rewrite sigma_logit by exact P. unfold Rdiv. ring. Qed.
(** pq K' = 1 + (p-q) K in p. *)
Lemma pull_slope_is L : K' L = 1 + (2 * sigma L - 1) * K L.
Proof.
  clear P. unfold pull_of, pull_k3_slope, sigma. pose proof (exp_pos (- L)) as X.
  replace (exp L) with (/ exp (- L)) by (rewrite <- exp_Ropp; f_equal; ring). field. lra.
Qed.
Lemma pull_slope_floor L : 2 * sqrt (pref * (1 - pref)) <= K' L.
Proof.
  unfold pull_k3_slope. rewrite exp_Ropp. pose proof (exp_pos L) as X. set (x := exp L) in *.
  rewrite sqrt_mult by lra. pose proof (sqrt_sqrt pref ltac:(lra)) as A. pose proof (sqrt_sqrt (1 - pref) ltac:(lra)) as B.
  set (a := sqrt pref) in *. set (b := sqrt (1 - pref)) in *.
  assert (S : 0 <= (b * x - a) * (b * x - a) / x) by (apply Rdiv_le_0_compat; [apply Rle_0_sqr | exact X]).
  replace ((b * x - a) * (b * x - a) / x) with (b * b * x + a * a * / x - 2 * (a * b)) in S by (field; lra).
  rewrite A, B in S. lra.
Qed.

(** The log of the positive root x of (1-p_ref) x^2 - B x - p_ref, B = k - (1 - 2 p_ref). *)
Definition answer (k : R) : R :=
  let b := k - (1 - 2 * pref) in ln ((b + sqrt (b * b + 4 * (pref * (1 - pref)))) / (2 * (1 - pref))).
Lemma root_positive b : 0 < b + sqrt (b * b + 4 * (pref * (1 - pref))).
Proof.
  assert (Q : 0 < pref * (1 - pref)) by (apply Rmult_lt_0_compat; lra).
  assert (S : Rabs b < sqrt (b * b + 4 * (pref * (1 - pref)))).
  { rewrite <- (sqrt_Rsqr_abs b). apply sqrt_lt_1_alt. unfold Rsqr. split; [nra | lra]. }
  pose proof (Rle_abs (- b)). rewrite Rabs_Ropp in *. lra.
Qed.
Lemma pull_answer k : K (answer k) = k.
Proof.
  rewrite pull_is. unfold pull_k3, answer. set (b := k - (1 - 2 * pref)). pose proof (root_positive b) as R.
  set (s := sqrt (b * b + 4 * (pref * (1 - pref)))) in *.
  assert (S : s * s = b * b + 4 * (pref * (1 - pref))).
  { unfold s. apply sqrt_sqrt. assert (0 < pref * (1 - pref)) by (apply Rmult_lt_0_compat; lra). nra. }
  assert (X : 0 < (b + s) / (2 * (1 - pref))) by (apply Rdiv_lt_0_compat; lra).
  rewrite exp_Ropp, exp_ln by exact X.
  apply (Rmult_eq_reg_r (b + s)); [|lra].
  replace (((1 - pref) * (1 + (b + s) / (2 * (1 - pref))) - pref * (1 + / ((b + s) / (2 * (1 - pref))))) * (b + s))
    with ((1 - 2 * pref) * (b + s) + (b * b + 2 * b * s + s * s) / 2 - 2 * (pref * (1 - pref))) by (field; lra).
  rewrite S. unfold b. field.
Qed.
(** Its derivative is the inverse of the pull's. *)
Lemma answer_derivative k : is_derive answer k (/ K' (answer k)).
Proof.
  assert (Q : 0 < pref * (1 - pref)) by (apply Rmult_lt_0_compat; lra).
  set (b := k - (1 - 2 * pref)). pose proof (root_positive b) as R. set (s := sqrt (b * b + 4 * (pref * (1 - pref)))) in *.
  assert (S : s * s = b * b + 4 * (pref * (1 - pref))) by (unfold s; apply sqrt_sqrt; nra).
  assert (S0 : 0 < s) by (unfold s; apply sqrt_lt_R0; nra).
  assert (X : 0 < (b + s) / (2 * (1 - pref))) by (apply Rdiv_lt_0_compat; lra).
  replace (K' (answer k)) with s.
  - unfold answer. auto_derive; change (k + - (1 - 2 * pref)) with b; fold s; [repeat split; [nra | exact X]|]. field. lra.
  - unfold pull_k3_slope, answer. fold b. fold s. rewrite exp_Ropp, exp_ln by exact X.
    apply (Rmult_eq_reg_r (2 * (b + s))); [|lra].
    replace (((1 - pref) * ((b + s) / (2 * (1 - pref))) + pref * / ((b + s) / (2 * (1 - pref)))) * (2 * (b + s)))
      with (b * b + 2 * b * s + s * s + 4 * (pref * (1 - pref))) by (field; lra).
    replace (4 * (pref * (1 - pref))) with (s * s - b * b) by lra. ring.
Qed.
Lemma answer_only k L : K L = k <-> L = answer k.
Proof.
  split; [intros H; apply pull_same; now rewrite pull_answer | intros ->; apply pull_answer].
Qed.
Lemma answer_order k l : k <= l -> answer k <= answer l.
Proof. intros H. apply pull_order. now rewrite !pull_answer. Qed.
End Pull.

(** ** The drive, whose zeros are the fixed points, changes its sign once *)
Section Drive.
Variables (c : contrast) (beta eps pref : R).
Hypothesis B : 0 < beta.
Hypothesis E : 0 < eps.
Hypothesis P : 0 < pref < 1.
Notation K := (pull_of pref).
Notation K' := (pull_k3_slope pref).
Notation F := (drive_of_k3 c beta eps pref).
Notation Omega := (contrast_of c eps).
Notation b := (slope_of c eps).
Notation Lref := (logit pref).
Notation m := (multiplier_k3 c beta eps pref).

Lemma moves_is L L' : moves c beta eps pref L L' <-> L' = answer pref (Omega L / beta).
Proof. unfold moves. now apply answer_only. Qed.
Lemma fixed_k3 L : moves c beta eps pref L L <-> F L = 0.
Proof.
  unfold moves, drive_of_k3. split; intros H; [rewrite H; field; lra|].
  apply (Rmult_eq_reg_l beta); [|lra]. replace (beta * (Omega L / beta)) with (Omega L) by (field; lra). lra.
Qed.
Lemma drive_k3_derivative_of L : is_derive F L (b L - beta * K' L).
Proof.
  apply (is_derive_minus Omega (fun x => beta * K x)); [now apply contrast_derivative|].
  apply (is_derive_scal K L beta). now apply pull_derivative.
Qed.
Lemma drive_k3_continuous_of L : continuous F L.
Proof. exact (continuous_of_derivative F _ drive_k3_derivative_of L). Qed.
Lemma drive_at_reference : 0 < F Lref.
Proof. unfold drive_of_k3. rewrite pull_at_reference by exact P. pose proof (contrast_positive c eps Lref E). lra. Qed.

Lemma falls_below_half x y : x < y -> y <= 0 -> F y < F x.
Proof.
  intros H Y. apply (decreases F (fun t => b t - beta * K' t) x y drive_k3_derivative_of); [|exact H].
  intros t T. pose proof (slope_below_0 c eps t E ltac:(lra)). pose proof (pull_slope_positive pref P t).
  assert (0 < beta * K' t) by now apply Rmult_lt_0_compat. lra.
Qed.
(** Above 1/2 p (1-p) times the drive falls. *)
Lemma falls_above_half x y : 0 <= x -> x < y -> v y * F y < v x * F x.
Proof.
  intros X H. apply (decreases (fun t => v t * F t) (fun t => v t * (b t - (2 * sigma t - 1) * Omega t - beta)) x y); [| |exact H].
  - intros t. replace (v t * (b t - (2 * sigma t - 1) * Omega t - beta)) with
      ((1 - 2 * sigma t) * v t * F t + v t * (b t - beta * K' t)); [exact (is_derive_mult v F t _ _ (v_derivative t) (drive_k3_derivative_of t) Rmult_comm)|].
    rewrite (pull_slope_is pref t). unfold drive_of_k3. ring.
  - intros t T. pose proof (weighted_falls c eps t E ltac:(lra)). pose proof (v_range t). nra.
Qed.
Lemma crosses_once x y : x < y -> F x <= 0 -> F y < 0.
Proof.
  intros H X. destruct (Rle_lt_dec y 0) as [Y|Y]; [pose proof (falls_below_half x y H Y); lra|].
  assert (Up : forall z, 0 <= z -> z < y -> F z <= 0 -> F y < 0).
  { intros z Z ZY Fz. pose proof (falls_above_half z y Z ZY). pose proof (v_range y). pose proof (v_range z). nra. }
  destruct (Rle_lt_dec 0 x) as [Q|Q]; [now apply (Up x)|]. apply (Up 0); [lra | exact Y|].
  pose proof (falls_below_half x 0 Q (Rle_refl 0)). lra.
Qed.
Lemma before_zero x y : F y = 0 -> x < y -> 0 < F x.
Proof. intros Y H. destruct (Rle_lt_dec (F x) 0) as [Q|Q]; [|exact Q]. pose proof (crosses_once x y H Q). lra. Qed.
Lemma above_zero_of x y : F y = 0 -> 0 < F x -> x < y.
Proof.
  intros Y X. destruct (Rle_lt_dec y x) as [[Q| ->]|Q]; [|lra|exact Q]. pose proof (crosses_once y x Q ltac:(lra)). lra.
Qed.
Lemma below_zero_of x y : F y = 0 -> F x < 0 -> y < x.
Proof. intros Y X. destruct (Rle_lt_dec x y) as [[Q| ->]|Q]; [|lra|exact Q]. pose proof (before_zero x y Y Q). lra. Qed.
Lemma only_zero x : F x = 0 -> forall L, F L = 0 <-> L = x.
Proof.
  intros X L. split; [|intros ->; exact X]. intros Z. destruct (Rtotal_order L x) as [Q|[Q|Q]]; [|exact Q|].
  - pose proof (before_zero L x X Q). lra.
  - pose proof (before_zero x L Z Q). lra.
Qed.
Lemma only_fixed_of x : F x = 0 -> only_fixed c beta eps pref x.
Proof. intros X L. rewrite fixed_k3. now apply only_zero. Qed.
Lemma zero_between_of x y : 0 < F x -> F y < 0 -> exists l, x < l < y /\ F l = 0.
Proof.
  intros X Y. assert (x < y).
  { destruct (Rle_lt_dec y x) as [[Q| ->]|Q]; [pose proof (crosses_once y x Q ltac:(lra)) | |]; lra. }
  destruct (least_zero_exists F drive_k3_continuous_of x y) as [l [I [_ [Z _]]]]; [lra..|]. exists l. split; [|exact Z].
  split; [destruct (proj1 I) as [Q|Q] | destruct (proj2 I) as [Q|Q]]; subst; lra.
Qed.
Lemma drive_beyond : F (answer pref (high_of c eps / beta)) <= 0.
Proof.
  unfold drive_of_k3. rewrite pull_answer by exact P. pose proof (contrast_bounds c eps (answer pref (high_of c eps / beta)) E).
  replace (beta * (high_of c eps / beta)) with (high_of c eps) by (field; lra). lra.
Qed.
Lemma zero_exists : exists l, F l = 0.
Proof.
  pose proof drive_at_reference as A. pose proof drive_beyond as Z. set (y := answer pref (high_of c eps / beta)) in *.
  destruct Z as [Z|Z]; [|now exists y]. destruct (zero_between_of Lref y A Z) as [l [_ H]]. now exists l.
Qed.

(** ** The multiplier *)
Lemma zero_pull l : F l = 0 -> beta * K l = Omega l.
Proof. unfold drive_of_k3. lra. Qed.
Lemma multiplier_below_1 l : F l = 0 -> m l < 1.
Proof.
  intros Z. pose proof (pull_slope_positive pref P l) as S. assert (W : 0 < beta * K' l) by now apply Rmult_lt_0_compat.
  unfold multiplier_k3. apply (Rlt_div_l (b l) 1 (beta * K' l) W). rewrite Rmult_1_l.
  destruct (Rle_lt_dec l 0) as [Q|Q]; [pose proof (slope_below_0 c eps l E Q); lra|].
  pose proof (weighted_falls c eps l E ltac:(lra)). rewrite (pull_slope_is pref l).
  replace (beta * (1 + (2 * sigma l - 1) * K l)) with (beta + (2 * sigma l - 1) * (beta * K l)) by ring.
  rewrite (zero_pull l Z). lra.
Qed.
Lemma multiplier_above_half l : 0 <= l -> 0 <= m l.
Proof.
  intros H. pose proof (pull_slope_positive pref P l) as S. apply Rdiv_le_0_compat; [now apply slope_above_0 | now apply Rmult_lt_0_compat].
Qed.

(** It is the derivative of the step there, whatever function the step is written as. *)
Lemma step_derivative f l : (forall L, moves c beta eps pref L (f L)) -> F l = 0 -> is_derive f l (m l).
Proof.
  intros M Z. apply (is_derive_ext (fun L => answer pref (Omega L / beta))); [intros t; symmetry; now apply moves_is|].
  assert (A : answer pref (Omega l / beta) = l) by (symmetry; now apply moves_is, fixed_k3).
  pose proof (answer_derivative pref P (Omega l / beta)) as D. rewrite A in D.
  assert (O : is_derive (fun L => Omega L / beta) l (b l / beta)).
  { apply (is_derive_ext (fun L => / beta * Omega L)); [intros t; apply Rmult_comm|].
    replace (b l / beta) with (/ beta * b l) by (unfold Rdiv; ring). now apply (is_derive_scal Omega), contrast_derivative. }
  pose proof (is_derive_comp (answer pref) (fun L => Omega L / beta) l _ _ D O) as C.
  pose proof (pull_slope_positive pref P l). replace (m l) with (scal (b l / beta) (/ K' l)); [exact C|].
  change (b l / beta * / K' l = m l). unfold multiplier_k3. field. lra.
Qed.

(** The margin of lemma 28: the pull where the margin is added to the reference. *)
Lemma pull_beside_reference x : K (Lref + x) = pref * (exp x - 1) + (1 - pref) * (1 - exp (- x)).
Proof.
  rewrite pull_is. unfold pull_k3. rewrite Ropp_plus_distr, !exp_plus. destruct (exp_reference pref P) as [-> ->]. field. lra.
Qed.
End Drive.

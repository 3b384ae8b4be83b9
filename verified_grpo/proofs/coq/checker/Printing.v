(** * What is printed has one reading: the tree that was printed *)

From Coq Require Import ZArith List Ascii String Bool Lia.
From VerifiedGRPO.Checker Require Import Json.
Import ListNotations.
Open Scope char_scope.

(** Texts that need no escape, numbers that are natural: all that is ever read. *)
Definition quiet (t : text) : Prop := Forall (fun c => c <> """" /\ c <> "\") t.
Fixpoint plain (j : json) : Prop :=
  match j with
  | JText t => quiet t
  | JNatural n => (0 <= n)%Z
  | JList l => (fix all l := match l with [] => True | x :: r => plain x /\ all r end) l
  | JObject l => (fix all (l : list (text * json)) := match l with [] => True | (k, x) :: r => (quiet k /\ plain x) /\ all r end) l
  end.

Lemma reversed_is {A} (l : list A) : reversed l = rev l.
Proof. symmetry. apply rev_alt. Qed.
Lemma quoted_next c r seen : quoted (c :: r) seen =
  if Ascii.eqb c """" then Some (reversed seen, r) else if Ascii.eqb c "\" then None else quoted r (c :: seen).
Proof. destruct c as [[] [] [] [] [] [] [] []]; reflexivity. Qed.
Lemma quoted_quiet t : forall seen r, quiet t -> quoted (t ++ """" :: r) seen = Some (rev seen ++ t, r).
Proof.
  induction t as [|c t IH]; intros seen r H; cbn [app].
  - rewrite quoted_next, Ascii.eqb_refl, app_nil_r, reversed_is. reflexivity.
  - inversion H as [|? ? [Q B] K]; subst. rewrite quoted_next.
    destruct (Ascii.eqb_spec c """"); [contradiction|]. destruct (Ascii.eqb_spec c "\"); [contradiction|].
    rewrite IH by exact K. cbn [rev]. now rewrite <- app_assoc.
Qed.
Lemma quoted_gives s : forall seen t r, quoted s seen = Some (t, r) -> quiet seen -> quiet t.
Proof.
  induction s as [|c s IH]; intros seen t r H Q; [discriminate|]. rewrite quoted_next in H.
  destruct (Ascii.eqb_spec c """"); [injection H as <- <-; rewrite reversed_is; now apply Forall_rev|].
  destruct (Ascii.eqb_spec c "\"); [discriminate|]. apply (IH _ _ _ H). now constructor.
Qed.

(** ** Natural numbers *)
Definition tenth (d : Z) : ascii := ascii_of_N (Z.to_N (48 + d)).
Lemma small_digit d : (0 <= d < 10)%Z -> d = 0%Z \/ d = 1%Z \/ d = 2%Z \/ d = 3%Z \/ d = 4%Z \/ d = 5%Z \/ d = 6%Z \/ d = 7%Z \/ d = 8%Z \/ d = 9%Z.
Proof. lia. Qed.
Lemma digit_tenth d : (0 <= d < 10)%Z -> digit (tenth d) = Some d.
Proof. intros H. apply small_digit in H. repeat destruct H as [->|H]; [reflexivity..|]. now subst. Qed.
Lemma decimal_more k : forall n a b, (decimal k n a ++ b = decimal k n (a ++ b))%list.
Proof.
  induction k as [|k IH]; intros n a b; cbn [decimal]; [reflexivity|]. destruct (n <? 10)%Z; [reflexivity|]. now rewrite IH.
Qed.
Lemma digits_decimal k : forall n, (0 <= n < 10 ^ Z.of_nat (S k))%Z -> exists e, forall m after,
  digits (decimal (S k) n after) m = digits after (m * e + n)%Z.
Proof.
  induction k as [|k IH]; intros n H.
  - exists 10%Z. intros m after. change (10 ^ Z.of_nat 1)%Z with 10%Z in H. cbn [decimal].
    destruct (Z.ltb_spec n 10); [|lia]. rewrite Z.mod_small by lia. cbn [digits]. change (ascii_of_N (Z.to_N (48 + n))) with (tenth n).
    rewrite digit_tenth by lia. f_equal. ring.
  - pose proof (Z.mod_pos_bound n 10 ltac:(lia)) as B. pose proof (Z.div_mod n 10 ltac:(lia)) as D.
    assert (Q : (0 <= n / 10 < 10 ^ Z.of_nat (S k))%Z).
    { rewrite Nat2Z.inj_succ, Z.pow_succ_r in H by lia. split; [apply Z.div_pos; lia|]. apply Z.div_lt_upper_bound; lia. }
    destruct (IH (n / 10)%Z Q) as [e E]. destruct (Z.ltb_spec n 10) as [L|L].
    + exists 10%Z. intros m after. remember (S k) as k1. cbn [decimal]. destruct (Z.ltb_spec n 10); [|lia].
      rewrite Z.mod_small by lia. cbn [digits]. change (ascii_of_N (Z.to_N (48 + n))) with (tenth n). rewrite digit_tenth by lia. f_equal. ring.
    + exists (e * 10)%Z. intros m after. remember (S k) as k1. cbn [decimal]. destruct (Z.ltb_spec n 10); [lia|].
      rewrite E. cbn [digits]. change (ascii_of_N (Z.to_N (48 + n mod 10))) with (tenth (n mod 10)). rewrite digit_tenth by lia.
      f_equal. rewrite D at 3. ring.
Qed.
Lemma decimal_opens k : forall n after, (0 <= n)%Z -> exists d r, (0 <= d < 10)%Z /\ decimal (S k) n after = tenth d :: r.
Proof.
  induction k as [|k IH]; intros n after H.
  - exists (n mod 10)%Z, after. split; [apply Z.mod_pos_bound; lia|]. cbn [decimal]. destruct (n <? 10)%Z; reflexivity.
  - remember (S k) as k1. cbn [decimal]. destruct (Z.ltb_spec n 10).
    + exists (n mod 10)%Z, after. split; [apply Z.mod_pos_bound; lia | reflexivity].
    + subst k1. apply IH. apply Z.div_pos; lia.
Qed.
Lemma enough_digits n : (0 <= n)%Z -> (0 <= n < 10 ^ Z.of_nat (S (Z.to_nat (Z.log2 n))))%Z.
Proof.
  intros H. split; [exact H|]. rewrite Nat2Z.inj_succ, Z2Nat.id by apply Z.log2_nonneg.
  destruct (Z.eq_dec n 0) as [->|N]; [reflexivity|]. destruct (Z.log2_spec n ltac:(lia)) as [_ U].
  apply Z.lt_le_trans with (1 := U). apply Z.pow_le_mono_l. lia.
Qed.

(** ** Reading what was printed *)
Definition stops (r : text) : Prop := r = [] \/ exists c s, r = c :: s /\ (c = "," \/ c = "]" \/ c = "}").
Lemma digits_stop r n : stops r -> digits r n = (n, r).
Proof. intros [->|[c [s [-> [->|[->| ->]]]]]]; reflexivity. Qed.

Lemma json_induction (P : json -> Prop) : (forall t, P (JText t)) -> (forall n, P (JNatural n)) ->
  (forall l, Forall P l -> P (JList l)) -> (forall l, Forall (fun p => P (snd p)) l -> P (JObject l)) -> forall j, P j.
Proof.
  intros Ht Hn Hl Ho. fix self 1. intros [t|n|l|l]; [apply Ht | apply Hn | apply Hl | apply Ho].
  - induction l; constructor; [apply self | assumption].
  - induction l as [|[k x] l IH]; constructor; [apply self | assumption].
Qed.
Lemma value_natural fuel n r : (0 <= n)%Z -> stops r -> value (S fuel) (natural n ++ r) = Some (JNatural n, r).
Proof.
  intros H K. unfold natural. rewrite decimal_more. cbn [app]. set (k := Z.to_nat (Z.log2 n)).
  destruct (digits_decimal k n (enough_digits n H)) as [e E]. destruct (decimal_opens k n r H) as [d [s [D Q]]].
  specialize (E 0%Z r). rewrite Q in *. cbn [digits] in E. rewrite digit_tenth in E by exact D.
  rewrite (digits_stop r _ K) in E. replace (10 * 0 + d)%Z with d in E by ring. replace (0 * e + n)%Z with n in E by ring.
  assert (V : value (S fuel) (tenth d :: s) = let (n, r) := digits s d in Some (JNatural n, r)).
  { apply small_digit in D. repeat destruct D as [->|D]; [reflexivity..|]. now subst. }
  rewrite V, E. reflexivity.
Qed.
(** The first character of what is printed is neither blank nor a closing bracket. *)
Lemma opens j : plain j -> exists c r, shown j = c :: r /\ skip (c :: r) = c :: r /\
  (forall (A : Type) (x : text -> A) (y : A), match c :: r with "]" :: q => x q | _ => y end = y).
Proof.
  destruct j as [t|n|l|l]; intros H; cbn [shown].
  - exists """". eexists. split; [reflexivity|]. split; reflexivity.
  - unfold natural. destruct (decimal_opens (Z.to_nat (Z.log2 n)) n [] H) as [d [r [D ->]]]. exists (tenth d), r.
    apply small_digit in D. split; [reflexivity|]. repeat destruct D as [->|D]; [split; reflexivity..|]. subst. split; reflexivity.
  - exists "[". eexists. split; [reflexivity|]. split; reflexivity.
  - exists "{". eexists. split; [reflexivity|]. split; reflexivity.
Qed.
Definition entry (p : text * json) : text := let (k, x) := p in """" :: k ++ """" :: ":" :: shown x.
Lemma joined_next {A} (f : A -> text) x y l rest :
  (joined (map f (x :: y :: l)) ++ rest = f x ++ "," :: joined (map f (y :: l)) ++ rest)%list.
Proof. cbn [map joined]. rewrite <- app_assoc. reflexivity. Qed.
Lemma elements_listed one l : l <> [] -> (forall x, In x l -> forall r, stops r -> one (shown x ++ r)%list = Some (x, r)) ->
  forall k seen rest, (List.length l <= k)%nat ->
  elements one k (joined (map shown l) ++ "]" :: rest) seen = Some (JList (rev seen ++ l), rest).
Proof.
  induction l as [|x [|y l] IH]; intros N H k seen rest K; [congruence| |].
  - destruct k as [|k]; [simpl in K; lia|]. cbn [map joined elements].
    rewrite H; [|now left | right; exists "]", rest; auto].
    change (Some (JList (reversed (x :: seen)), rest) = Some (JList (rev seen ++ [x]), rest)). now rewrite reversed_is.
  - destruct k as [|k]; [simpl in K; lia|]. rewrite joined_next. cbn [elements].
    rewrite H; [|now left | right; eexists ",", _; split; [reflexivity | auto]].
    change (elements one k (joined (map shown (y :: l)) ++ "]" :: rest) (x :: seen) = Some (JList (rev seen ++ x :: y :: l), rest)).
    rewrite IH; [|discriminate | intros z Z; apply H; now right | simpl in *; lia]. cbn [rev]. now rewrite <- app_assoc.
Qed.
Lemma members_listed one l : l <> [] -> (forall p, In p l -> quiet (fst p)) ->
  (forall p, In p l -> forall r, stops r -> one (shown (snd p) ++ r)%list = Some (snd p, r)) ->
  forall k seen rest, (List.length l <= k)%nat ->
  members one k (joined (map entry l) ++ "}" :: rest) seen = Some (JObject (rev seen ++ l), rest).
Proof.
  assert (Head : forall key x s k seen, quiet key -> members one (S k) (entry (key, x) ++ s) seen =
    match one (shown x ++ s)%list with
    | Some (j, r) => match skip r with
      | "," :: r => members one k r ((key, j) :: seen)
      | "}" :: r => Some (JObject (reversed ((key, j) :: seen)), r)
      | _ => None end
    | None => None end).
  { intros key x s k seen Q. cbn [entry app]. rewrite <- app_assoc. cbn [app members expect skip blank orb Ascii.eqb].
    cbn. rewrite quoted_quiet by exact Q. cbn. reflexivity. }
  induction l as [|[key x] [|y l] IH]; intros N Q H k seen rest K; [congruence| |].
  - destruct k as [|k]; [simpl in K; lia|]. cbn [map joined]. rewrite Head by (exact (Q _ (or_introl eq_refl))).
    rewrite (H (key, x) (or_introl eq_refl)); [|right; exists "}", rest; auto].
    change (Some (JObject (reversed ((key, x) :: seen)), rest) = Some (JObject (rev seen ++ [(key, x)]), rest)). now rewrite reversed_is.
  - destruct k as [|k]; [simpl in K; lia|]. rewrite joined_next, Head by (exact (Q _ (or_introl eq_refl))).
    rewrite (H (key, x) (or_introl eq_refl)); [|right; eexists ",", _; split; [reflexivity | auto]].
    change (members one k (joined (map entry (y :: l)) ++ "}" :: rest) ((key, x) :: seen) = Some (JObject (rev seen ++ (key, x) :: y :: l), rest)).
    rewrite IH; [|discriminate | intros z Z; apply Q; now right | intros z Z; apply H; now right | simpl in *; lia].
    cbn [rev]. now rewrite <- app_assoc.
Qed.

Lemma plain_list l : plain (JList l) <-> Forall plain l.
Proof.
  split; [induction l as [|x l IH]; intros H; constructor; [apply H | apply IH, H]|].
  induction 1; cbn; auto.
Qed.
Lemma plain_object l : plain (JObject l) <-> Forall (fun p => quiet (fst p) /\ plain (snd p)) l.
Proof.
  split; [induction l as [|[k x] l IH]; intros H; constructor; [apply H | apply IH, H]|].
  induction 1 as [|[k x] l [A B] C IH]; cbn; auto.
Qed.
Lemma part_length {A} (f : A -> text) l x : In x l -> (List.length (f x) <= List.length (joined (map f l)))%nat.
Proof.
  induction l as [|y [|z l] IH]; intros H; [destruct H | destruct H as [->|[]]; reflexivity |].
  change (joined (map f (y :: z :: l))) with (f y ++ "," :: joined (map f (z :: l)))%list.
  rewrite app_length. cbn [List.length]. destruct H as [->|H]; [lia|]. specialize (IH H). lia.
Qed.
Lemma count_length {A} (f : A -> text) l : (forall x, In x l -> (1 <= List.length (f x))%nat) -> (List.length l <= List.length (joined (map f l)))%nat.
Proof.
  induction l as [|y [|z l] IH]; intros H; [simpl; lia | pose proof (H y (or_introl eq_refl)); cbn in *; lia |].
  change (joined (map f (y :: z :: l))) with (f y ++ "," :: joined (map f (z :: l)))%list.
  rewrite app_length. cbn [List.length]. specialize (IH (fun x I => H x (or_intror I))). cbn [List.length] in IH. lia.
Qed.

Theorem value_shown j : plain j -> forall fuel rest, (List.length (shown j) <= fuel)%nat -> stops rest ->
  value fuel (shown j ++ rest) = Some (j, rest).
Proof.
  induction j as [t|n|l IH|l IH] using json_induction; intros P fuel rest Len Stop.
  - destruct fuel as [|fuel]; [cbn in Len; lia|]. cbn [shown app]. rewrite <- app_assoc. cbn [app value skip].
    change (match quoted (t ++ """" :: rest) [] with Some (t, r) => Some (JText t, r) | None => None end = Some (JText t, rest)).
    now rewrite quoted_quiet.
  - destruct fuel as [|fuel]; [|now apply value_natural].
    destruct (decimal_opens (Z.to_nat (Z.log2 n)) n [] P) as [d [r [_ Q]]]. cbn [shown] in Len. unfold natural in Len. rewrite Q in Len. cbn in Len. lia.
  - apply plain_list in P. destruct fuel as [|fuel]; [cbn in Len; lia|]. cbn [shown app]. rewrite <- app_assoc. cbn [app].
    assert (Inner : (List.length (joined (map shown l)) <= fuel)%nat) by (cbn [shown List.length] in Len; rewrite app_length in Len; cbn in Len; lia).
    change (value (S fuel) ("[" :: joined (map shown l) ++ "]" :: rest)) with
      (match skip (joined (map shown l) ++ "]" :: rest) with "]" :: r => Some (JList [], r) | _ => elements (value fuel) fuel (joined (map shown l) ++ "]" :: rest) [] end).
    destruct l as [|x l]; [reflexivity|].
    assert (Px : plain x) by (inversion P; assumption). destruct (opens x Px) as [c [r [Q [S1 S2]]]].
    assert (E : exists r', (joined (map shown (x :: l)) ++ "]" :: rest)%list = c :: r').
    { destruct l as [|y l]; [cbn [map joined]|rewrite joined_next]; rewrite Q; eexists; reflexivity. }
    destruct E as [r' E].
    assert (Sk : forall q, skip (c :: q) = c :: q /\ forall (A : Type) (f : text -> A) (y : A), match c :: q with "]" :: p => f p | _ => y end = y).
    { intros q. split.
      - cbn [skip] in *. destruct (blank c); [|reflexivity]. exfalso. apply (f_equal (@List.length ascii)) in S1. clear - S1.
        assert (B : forall s, (List.length (skip s) <= List.length s)%nat) by (induction s as [|a s I]; cbn [skip]; [lia|]; destruct (blank a); cbn [List.length] in *; lia).
        specialize (B r). cbn [List.length] in S1. lia.
      - intros A f y. specialize (S2 bool (fun _ => true) false). destruct c as [[] [] [] [] [] [] [] []]; first [reflexivity | discriminate S2]. }
    rewrite E. destruct (Sk r') as [K1 K2]. rewrite K1.
    etransitivity; [apply (K2 (option (json * text)%type) (fun r => Some (JList [], r)))|]. rewrite <- E.
    rewrite elements_listed; [reflexivity | discriminate | |].
    + intros z Z s St. rewrite Forall_forall in IH, P. apply IH; [exact Z | now apply P | | exact St].
      pose proof (part_length shown (x :: l) z Z). lia.
    + apply Nat.le_trans with (2 := Inner). apply count_length. intros z Z. rewrite Forall_forall in P. destruct (opens z (P z Z)) as [c' [s [-> _]]]. cbn. lia.
  - apply plain_object in P. destruct fuel as [|fuel]; [cbn in Len; lia|]. cbn [shown app]. rewrite <- app_assoc. cbn [app].
    change (map (fun p : text * json => let (k, x) := p in """" :: k ++ """" :: ":" :: shown x) l) with (map entry l) in *.
    assert (Inner : (List.length (joined (map entry l)) <= fuel)%nat).
    { cbn [shown List.length] in Len. rewrite app_length in Len. cbn in Len. change (map (fun p : text * json => let (k, x) := p in """" :: k ++ """" :: ":" :: shown x) l) with (map entry l) in Len. lia. }
    change (value (S fuel) ("{" :: joined (map entry l) ++ "}" :: rest)) with
      (match skip (joined (map entry l) ++ "}" :: rest) with "}" :: r => Some (JObject [], r) | _ => members (value fuel) fuel (joined (map entry l) ++ "}" :: rest) [] end).
    destruct l as [|[key x] l]; [reflexivity|].
    assert (E : exists r', (joined (map entry ((key, x) :: l)) ++ "}" :: rest)%list = """" :: r').
    { destruct l as [|y l]; [cbn [map joined]|rewrite joined_next]; cbn [entry app]; eexists; reflexivity. }
    destruct E as [r' E]. rewrite E. change (skip ("""" :: r')) with ("""" :: r'). cbv iota. rewrite <- E.
    rewrite members_listed; [reflexivity | discriminate | | |].
    + intros p Z. rewrite Forall_forall in P. apply (P p Z).
    + intros p Z s St. rewrite Forall_forall in IH, P. apply (IH p Z); [apply (P p Z) | | exact St].
      pose proof (part_length entry ((key, x) :: l) p Z) as Le. destruct p as [k0 x0]. cbn [entry snd List.length] in *. rewrite app_length in Le. cbn [List.length] in Le. lia.
    + apply Nat.le_trans with (2 := Inner). apply count_length. intros [k0 x0] Z. cbn. lia.
Qed.

(** ** All that is read is plain *)
Lemma digits_natural s : forall n m r, digits s n = (m, r) -> (0 <= n)%Z -> (0 <= m)%Z.
Proof.
  induction s as [|c s IH]; intros n m r H N; cbn [digits] in H; [injection H as <- _; exact N|].
  destruct (digit c) as [d|] eqn:D; [|injection H as <- _; exact N]. apply (IH _ _ _ H).
  unfold digit in D. destruct ((48 <=? Z.of_N (N_of_ascii c)) && (Z.of_N (N_of_ascii c) <=? 57))%Z%bool eqn:B; [|discriminate].
  apply andb_true_iff in B as [B _]. apply Z.leb_le in B. injection D as <-. lia.
Qed.
Lemma elements_plain one : (forall s j r, one s = Some (j, r) -> plain j) ->
  forall k s seen j r, elements one k s seen = Some (j, r) -> Forall plain seen -> plain j.
Proof.
  intros O. induction k as [|k IH]; intros s seen j r H F; [discriminate|]. cbn [elements] in H.
  destruct (one s) as [[x q]|] eqn:X; [|discriminate]. apply O in X.
  assert (F' : Forall plain (x :: seen)) by now constructor.
  destruct (skip q) as [|c q']; [discriminate|]. destruct c as [[] [] [] [] [] [] [] []]; try discriminate H;
    first [exact (IH _ _ _ _ H F') | injection H as <- _; rewrite reversed_is; apply plain_list; exact (Forall_rev F')].
Qed.
Lemma members_plain one : (forall s j r, one s = Some (j, r) -> plain j) ->
  forall k s seen j r, members one k s seen = Some (j, r) -> Forall (fun p => quiet (fst p) /\ plain (snd p)) seen -> plain j.
Proof.
  intros O. induction k as [|k IH]; intros s seen j r H F; [discriminate|]. cbn [members] in H.
  destruct (expect """" s) as [s1|]; [|discriminate]. destruct (quoted s1 []) as [[key s2]|] eqn:Q; [|discriminate].
  apply quoted_gives in Q; [|constructor]. destruct (expect ":" s2) as [s3|]; [|discriminate].
  destruct (one s3) as [[x q]|] eqn:X; [|discriminate]. apply O in X.
  assert (F' : Forall (fun p => quiet (fst p) /\ plain (snd p)) ((key, x) :: seen)) by (constructor; [now split | exact F]).
  destruct (skip q) as [|c q']; [discriminate|]. destruct c as [[] [] [] [] [] [] [] []]; try discriminate H;
    first [exact (IH _ _ _ _ H F') | injection H as <- _; rewrite reversed_is; apply plain_object; exact (Forall_rev F')].
Qed.
Theorem value_plain fuel : forall s j r, value fuel s = Some (j, r) -> plain j.
Proof.
  induction fuel as [|fuel IH]; intros s j r H; [discriminate|]. cbn [value] in H.
  destruct (skip s) as [|c q]; [discriminate|].
  assert (Number : (match digit c with Some d => let (n, r) := digits q d in Some (JNatural n, r) | None => None end) = Some (j, r) -> plain j).
  { clear H. destruct (digit c) as [d|] eqn:D; [|discriminate]. destruct (digits q d) as [n r'] eqn:N. intros H. injection H as <- _.
    apply (digits_natural q d n r' N). unfold digit in D.
    destruct ((48 <=? Z.of_N (N_of_ascii c)) && (Z.of_N (N_of_ascii c) <=? 57))%Z%bool eqn:B; [|discriminate].
    apply andb_true_iff in B as [B _]. apply Z.leb_le in B. injection D as <-. lia. }
  assert (Listed : forall x, (match skip x with "]" :: r => Some (JList [], r) | _ => elements (value fuel) fuel x [] end) = Some (j, r) -> plain j).
  { intros x Hx. assert (El : elements (value fuel) fuel x [] = Some (j, r) -> plain j) by (intros E; apply (elements_plain _ IH _ _ _ _ _ E); constructor).
    destruct (skip x) as [|a y]; [now apply El|]. destruct a as [[] [] [] [] [] [] [] []]; try (now apply El). injection Hx as <- _. exact I. }
  assert (Object : forall x, (match skip x with "}" :: r => Some (JObject [], r) | _ => members (value fuel) fuel x [] end) = Some (j, r) -> plain j).
  { intros x Hx. assert (El : members (value fuel) fuel x [] = Some (j, r) -> plain j) by (intros E; apply (members_plain _ IH _ _ _ _ _ E); constructor).
    destruct (skip x) as [|a y]; [now apply El|]. destruct a as [[] [] [] [] [] [] [] []]; try (now apply El). injection Hx as <- _. exact I. }
  destruct c as [[] [] [] [] [] [] [] []]; first [exact (Number H) | exact (Listed _ H) | exact (Object _ H) | idtac].
  destruct (quoted q []) as [[t r']|] eqn:Q; [|discriminate]. injection H as <- _. apply (quoted_gives _ _ _ _ Q). constructor.
Qed.

Lemma find_plain key l x : Forall (fun p => quiet (fst p) /\ plain (snd p)) l -> find key l = Some x -> plain x.
Proof.
  induction l as [|[k y] l IH]; intros F H; [discriminate|]. inversion F; subst. cbn [find] in H.
  destruct (same key k); [injection H as <-; apply H2 | now apply IH].
Qed.
Lemma key_of_plain key j x : plain j -> key_of key j = Some x -> plain x.
Proof. destruct j; try discriminate. intros P H. apply plain_object in P. exact (find_plain _ _ _ P H). Qed.
Lemma as_fuel_is s : as_fuel s = S (List.length s).
Proof.
  unfold as_fuel. change (S (List.length s)) with (1 + List.length s)%nat. generalize 1%nat.
  induction s as [|c s IH]; intros n; cbn [counted List.length]; [lia | rewrite IH; lia].
Qed.
(** A printed statement is read as the statement that was printed. *)
Corollary read_again j : plain j -> value (as_fuel (shown j)) (shown j) = Some (j, []).
Proof.
  intros P. rewrite <- (app_nil_r (shown j)) at 2. apply value_shown; [exact P | rewrite as_fuel_is; lia | now left].
Qed.

"""The steps of a statement of the paper: what leads from its formal parts to its conclusions.

Each step is of one of three classes, and what it yields is printed in the checker's own words:

a rule of this file, applied to one formal part:
  restates      The step concludes nothing but the parts it names, as they are printed.
  sign          An identity left = right, and the sign of right. Numbers have their signs, the expressions
                listed are supposed positive, sums of one sign keep it, products and quotients multiply signs,
                even powers are not negative: so left has that sign wherever both sides are defined and the
                suppositions hold.
  substitution  An identity holds for all real values of its variables where both sides are defined, so in
                particular for the values that real expressions take in their place.
  counterexample  A part proves `e > 0` on a box. So a claim `e < 0`, or `e <= 0`, for all of a box that holds
                this one is false; and likewise for the other relations.
a theorem that Coq's kernel has checked: file, name and digest of its statement stand in `theorems.py`;
an assumption: the step's sentence is supposed, as an application of what `textbook.py` names.

That a theorem says what the step's sentence says is part of the reading (`paper.py`), as the sentences are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.expressions import FUNCTIONS, RATIONAL, Infix, Program, read_expression, run
from verified_grpo.checker.fuel import pay_for_reading
from verified_grpo.checker.identities import Identity
from verified_grpo.checker.inequalities import Inequality
from verified_grpo.checker.reading import choice, items, mapping, natural, printable, record, tag, text
from verified_grpo.checker.textbook import ASSUMPTIONS
from verified_grpo.checker.theorems import THEOREMS

RULE, THEOREM, ASSUMED = "rule", "theorem", "assumption"
CLASSES = (RULE, THEOREM, ASSUMED)
_CONTRARY = {">": ("<", "<="), ">=": ("<",), "<": (">", ">="), "<=": (">",)}


@dataclass(frozen=True)
class PaperStep:
    """One step: its class, whether it says something for all parameters, what it assumes, what is checked of
    it in words, and its prose, which nothing has checked."""

    kind: str
    general: bool
    assumed: tuple[str, ...]
    words: str
    prose: str


def read_step(value: object, where: str, parts: Collection[object]) -> PaperStep:
    """The step, with its rule applied; ``parts`` are the claims that were read before it."""
    fields = record(value, where, ("text", "parts", "because"))
    named = [natural(k, f"{where}.parts") for k in items(fields["parts"], f"{where}.parts")]
    known = named == sorted(set(named)) and all(1 <= k <= len(parts) for k in named)
    require(known, Code.PARTS_MISMATCH, f"{where}: no such parts in ascending order: {named}")
    claims = {k: claim for k, claim in enumerate(parts, 1) if k in named}
    because = mapping(fields["because"], f"{where}.because")
    require(
        len(because) > 0, Code.MISSING_KEY, f"{where}.because: a rule, theorems or assumptions are missing"
    )
    prose = printable(text(fields["text"], f"{where}.text"))
    beside = f" (beside part {', '.join(map(str, named))})" if named else ""
    if "theorems" in because:
        return PaperStep(THEOREM, True, (), _by_theorems(because, f"{where}.because") + beside, prose)
    if "assumptions" in because:
        names, said = _assumed(because, f"{where}.because")
        return PaperStep(ASSUMED, True, names, said + beside, prose)
    general, said = _by_rule(because, f"{where}.because", claims)  # says itself which parts it is about
    return PaperStep(RULE, general, (), said, prose)


def _by_theorems(because: Mapping[str, object], where: str) -> str:
    given = items(record(because, where, ("theorems",))["theorems"], f"{where}.theorems")
    require(len(given) > 0, Code.BAD_VALUE, f"{where}.theorems: at least one is needed")
    names = []
    for k, item in enumerate(given):
        place = f"{where}.theorems[{k}]"
        fields = record(item, place, ("file", "name", "sha256"))
        file, name, digest = (text(fields[key], f"{place}.{key}") for key in ("file", "name", "sha256"))
        known = THEOREMS.get(file, {}).get(name)
        require(known is not None, Code.UNKNOWN_THEOREM, f"{place}: {file[:60]!r} has no {name[:60]!r} here")
        require(known == digest, Code.WRONG_THEOREM, f"{place}: the statement of {name} has another digest")
        names.append(f"{name} ({file}, statement {digest[:12]})")
    return f"checked by Coq's kernel: {', '.join(names)}"


def _assumed(because: Mapping[str, object], where: str) -> tuple[tuple[str, ...], str]:
    given = items(record(because, where, ("assumptions",))["assumptions"], f"{where}.assumptions")
    names = [text(item, f"{where}.assumptions") for item in given]
    require(len(names) > 0, Code.BAD_VALUE, f"{where}.assumptions: at least one is needed")
    for name in names:
        require(name in ASSUMPTIONS, Code.UNKNOWN_ASSUMPTION, f"{where}: {name[:60]!r} is no assumption here")
    said = "; ".join(f"{name}: {ASSUMPTIONS[name]}" for name in names)
    return tuple(names), f"ASSUMED by {said}"


def _by_rule(because: Mapping[str, object], where: str, claims: Mapping[int, object]) -> tuple[bool, str]:
    """Whether it says something for all parameters, and what."""
    require("rule" in because, Code.UNKNOWN_KEY, f"{where}: neither a rule, nor theorems, nor assumptions")
    rule = choice(because["rule"], f"{where}.rule", ("restates", "sign", "substitution", "counterexample"))
    require(len(claims) > 0, Code.PARTS_MISMATCH, f"{where}: a rule needs a part")
    if rule == "restates":
        record(because, where, ("rule",))
        general = any(isinstance(claim, Identity) for claim in claims.values())
        return general, f"by rule restates: no more than part {', '.join(map(str, claims))}"
    require(len(claims) == 1, Code.PARTS_MISMATCH, f"{where}: this rule is about one part")
    ((number, claim),) = claims.items()
    if rule == "counterexample":
        return True, f"by rule counterexample from part {number}: {_counterexample(because, where, claim)}"
    if not isinstance(claim, Identity):
        raise Fault(Code.WRONG_RULE, f"{where}: the rule {rule} is about an identity")
    said = (_sign if rule == "sign" else _substituted)(because, where, claim)
    return True, f"by rule {rule} from part {number}: {said}"


class Signs:
    """Formulas with their signs: 1 and -1, 2 and -2 where 0 is possible too, and 0 for unknown."""

    def __init__(self, positive: Collection[str]) -> None:
        self.positive = positive
        self.formula = Infix()

    def constant(self, text: str, value: Fraction) -> tuple[str, int]:
        return self.formula.constant(text, value), 2 if value == 0 else 1 if value > 0 else -1

    def variable(self, name: str) -> tuple[str, int]:
        return name, int(name in self.positive)

    def power(self, base: tuple[str, int], exponent: int) -> tuple[str, int]:
        written = self.formula.power(base[0], exponent)
        sign = base[1]
        if exponent % 2 == 0:
            sign = 1 if abs(sign) == 1 or exponent <= 0 else 2
        return written, 1 if written in self.positive else sign

    def apply(self, operator: str, operands: list[tuple[str, int]]) -> tuple[str, int]:
        written = self.formula.apply(operator, [formula for formula, _ in operands])
        if written in self.positive:
            return written, 1
        signs = [sign for _, sign in operands]
        if operator == "neg":
            return written, -signs[0]
        if operator == "-":
            operator, signs = "+", [signs[0], -signs[1]]
        if operator == "/":  # defined, so the divisor is not 0
            operator, signs = "*", [signs[0], (signs[1] > 0) - (signs[1] < 0)]
        return written, _sum(signs) if operator == "+" else _product(signs)


def _sum(signs: list[int]) -> int:
    """Of one side, and strict if one summand is."""
    if all(sign > 0 for sign in signs):
        return min(signs)
    return max(signs) if all(sign < 0 for sign in signs) else 0


def _product(signs: list[int]) -> int:
    sign = 1
    for factor in signs:
        turned = (factor > 0) - (factor < 0)
        sign *= turned * (2 if abs(factor) == 2 and abs(sign) == 1 else 1)
    return sign


def _sign(because: Mapping[str, object], where: str, claim: Identity) -> str:
    fields = record(because, where, ("rule", "positive", "relation"))
    positive = [
        run(read_expression(item, f"{where}.positive", claim.variables, RATIONAL), Infix())
        for item in items(fields["positive"], f"{where}.positive")
    ]
    relation = choice(fields["relation"], f"{where}.relation", (">", "<", ">=", "<="))
    pay_for_reading(len(claim.left) + len(claim.right))
    _, sign = run(claim.right, Signs(positive))
    proved = {">": (1,), "<": (-1,), ">=": (1, 2), "<=": (-1, -2)}[relation]
    require(sign in proved, Code.SIGN_NOT_PROVED, f"{where}: the sign of the right side is not proved")
    supposed = "".join(f", and {formula} > 0" for formula in positive)
    return f"wherever both sides are defined{supposed}: {run(claim.left, Infix())} {relation} 0"


class _Filled(Infix):
    """A formula with others in the place of its variables."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self.where = where

    def variable(self, name: str) -> str:
        return self.where.get(name, name)


def _substituted(because: Mapping[str, object], where: str, claim: Identity) -> str:
    fields = record(because, where, ("rule", "variables", "where"))
    names = [text(name, f"{where}.variables") for name in items(fields["variables"], f"{where}.variables")]
    given = mapping(fields["where"], f"{where}.where")
    filled = {}
    for name, value in given.items():
        require(
            name in claim.variables, Code.UNDECLARED_VARIABLE, f"{where}: {name[:60]!r} is no variable of it"
        )
        expression = read_expression(value, f"{where}.where.{name}", names, (*RATIONAL, *FUNCTIONS))
        filled[name] = run(expression, Infix())
    require(len(filled) > 0, Code.BAD_VALUE, f"{where}: nothing is put in")
    put = ", ".join(f"{name} := {formula}" for name, formula in filled.items())
    pay_for_reading((len(claim.left) + len(claim.right)) * max(map(len, filled.values())))
    left, right = (run(side, _Filled(filled)) for side in (claim.left, claim.right))
    return f"with {put}, wherever both sides are defined: {left} = {right}"


def _counterexample(because: Mapping[str, object], where: str, part: object) -> str:
    fields = record(because, where, ("rule", "claim"))
    if not isinstance(part, Inequality):
        raise Fault(Code.WRONG_RULE, f"{where}: a counterexample is an inequality on a box")
    claim = mapping(fields["claim"], f"{where}.claim")
    tag(claim, f"{where}.claim", "kind", ("inequality",))
    refuted = Inequality.read(claim)
    same = _shape(refuted.expression) == _shape(part.expression)
    contrary = refuted.relation in _CONTRARY[part.relation]
    inside = set(refuted.box) == set(part.box) and all(
        refuted.box[name][0] <= low and high <= refuted.box[name][1] for name, (low, high) in part.box.items()
    )
    require(
        same and contrary and inside, Code.NOT_CONTRARY, f"{where}: the part does not contradict the claim"
    )
    return f"it is NOT true that: {refuted.words}"


def _shape(program: Program) -> list[tuple[str, str, Fraction, int]]:
    """A program with numbers by value, however they are written."""
    return [(s.operator, "" if s.operator == "constant" else s.name, s.value, s.number) for s in program]

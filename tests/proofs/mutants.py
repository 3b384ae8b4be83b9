"""Mutants of claims: a sign, a constant, an exponent or a hypothesis changed in one place.

Each comes with the kind of its change, and each is false: an exact value, or the checker's own arithmetic at
a point, shows it before the prover is asked.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy as sp

from verified_grpo.certificates.expressions import to_expression
from verified_grpo.certificates.grammar.formulas import Relation
from verified_grpo.checker.expressions import FUNCTIONS, RATIONAL, read_expression, run
from verified_grpo.checker.numbers import ball
from verified_grpo.checker.ranges import Range, Ranges, Unknown
from verified_grpo.intervals import exact_range
from verified_grpo.proofs.claims import AllFixedPoints, Claim, Identity, Inequality, LimitOf, Region
from verified_grpo.proofs.class_claims import TiltOf
from verified_grpo.proofs.dynamics_claims import (
    AllCycles,
    ChaoticArea,
    EntropyAtLeast,
    LiYorkeAt,
    PointOfPeriodThree,
)
from verified_grpo.proofs.step_claims import RiseBySteps, StepsUntil
from verified_grpo.proofs.verifier_claims import CeilingOf, ErringOver

SIGN, CONSTANT, EXPONENT, HYPOTHESIS = "sign", "constant", "exponent", "hypothesis"
ZERO = Fraction(1, 10**20)  # of an exact number, whose 30 digits are told to the last
LEAVES = 200  # a false inequality is refuted early or never proved: no long search for it

Mutant = tuple[str, Claim]
FLIPPED: dict[Relation, Relation] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def claim_mutants(claim: Claim) -> Iterator[Mutant]:
    """False claims next to a true one."""
    if isinstance(claim, Identity):
        yield from identity_mutants(claim)
    elif isinstance(claim, Inequality):
        yield from inequality_mutants(claim)
    elif isinstance(claim, AllFixedPoints):
        yield CONSTANT, replace(claim, count=claim.count + 1)
        yield CONSTANT, replace(claim, count=claim.count - 1)
        yield from other_counts(claim)
    elif isinstance(claim, Region):
        yield SIGN, replace(claim, verdict="refuted" if claim.verdict == "proved" else "proved")
    elif isinstance(claim, LimitOf):
        other = {"cycle": "fixed-point", "fixed-point": "cycle", "rises": "falls", "rises-to-one": "rises"}
        yield SIGN, replace(claim, verdict=other[claim.verdict])
    elif isinstance(claim, TiltOf):
        other = {"rises": "falls", "falls": "rises", "turns": "rises", "stays": "rises"}
        yield SIGN, replace(claim, course=other[claim.course])
        yield CONSTANT, replace(claim, count=claim.count + 1)
        yield CONSTANT, replace(claim, turns=claim.turns + 1)
        yield CONSTANT, replace(claim, ceiling="0")
    elif isinstance(claim, AllCycles):
        yield CONSTANT, replace(claim, count=claim.count + 1)
        yield CONSTANT, replace(claim, count=claim.count - 1)
    elif isinstance(claim, LiYorkeAt):
        yield SIGN, replace(claim, order="rises" if claim.order == "falls" else "falls")
        yield CONSTANT, replace(claim, p="1/2")
    elif isinstance(claim, PointOfPeriodThree):
        yield SIGN, replace(claim, sign=-claim.sign)
        yield HYPOTHESIS, replace(claim, beta=100)
    elif isinstance(claim, EntropyAtLeast):
        yield CONSTANT, replace(claim, bound="0.7")  # more than log 2
        yield HYPOTHESIS, replace(claim, beta=100)
    elif isinstance(claim, ChaoticArea):
        yield CONSTANT, replace(claim, area="9")
        yield HYPOTHESIS, replace(claim, beta="50:100")
    elif isinstance(claim, ErringOver):
        other = {"amplifies": "harms", "harms": "amplifies", "stands-still": "amplifies"}
        yield SIGN, replace(claim, effect=other[claim.effect])
        yield HYPOTHESIS, replace(claim, true_positive="0:1", false_positive="0:1", apart="0")
        if claim.margin is not None:
            yield CONSTANT, replace(claim, margin="1")
        if claim.threshold is not None:
            yield CONSTANT, replace(claim, threshold="0.6")
    elif isinstance(claim, CeilingOf):
        yield SIGN, replace(claim, side="above" if claim.side == "below" else "below")
        yield CONSTANT, replace(claim, bound="0" if claim.side == "below" else "1")
    elif isinstance(claim, RiseBySteps):
        yield SIGN, replace(claim, verdict="rises" if claim.verdict != "rises" else "rises-to-one")
        yield CONSTANT, replace(claim, step=str(100 * Fraction(claim.step)))  # many whole steps
    elif isinstance(claim, StepsUntil):
        yield SIGN, replace(claim, steps=5 if claim.steps is None else None)
        if claim.steps is not None:
            yield CONSTANT, replace(claim, steps=claim.steps + 1)
            yield CONSTANT, replace(claim, steps=claim.steps - 1)


def formula_mutants(formula: sp.Expr) -> Iterator[tuple[str, sp.Expr]]:
    """The formula with one thing changed; a mutant may happen to say the same. Doubling a letter drops the
    hypothesis that says what it stands for."""
    formula = sp.sympify(formula)
    yield SIGN, -formula
    yield CONSTANT, formula + 1
    yield CONSTANT, 2 * formula
    for node in sp.preorder_traversal(formula):
        if node.is_Pow and node.exp.is_Integer:
            yield EXPONENT, formula.xreplace({node: node.base ** (node.exp + 1)})
        elif node.is_Pow and node.exp.is_Rational:
            yield EXPONENT, formula.xreplace({node: node.base ** (node.exp + sp.Rational(1, 2))})
    for number in sorted(formula.atoms(sp.Rational), key=str):
        if number not in (-1, 0):
            yield CONSTANT, formula.xreplace({number: number + 1})
    for symbol in sorted(formula.free_symbols, key=str):
        yield HYPOTHESIS, formula.xreplace({symbol: 2 * symbol})


def identity_mutants(claim: Identity) -> Iterator[Mutant]:
    """False mutants of an identity: the two sides differ at some exact point."""
    pairs = [(kind, claim.left, m) for kind, m in formula_mutants(claim.right)]
    pairs += [(kind, m, claim.right) for kind, m in formula_mutants(claim.left)]
    for kind, left, right in pairs:
        if differ(left, right):
            yield kind, Identity(left, right)


def differ(left: sp.Expr, right: sp.Expr) -> bool:
    """Whether exact values at some of a few random rational points differ."""
    chance = random.Random(f"{left} {right}")
    symbols = sorted((sp.sympify(left).free_symbols | sp.sympify(right).free_symbols), key=str)
    for _ in range(4):
        point = {s: sp.Rational(chance.randrange(3, 997), chance.randrange(998, 1999)) for s in symbols}
        difference = sp.sympify(left).xreplace(point) - sp.sympify(right).xreplace(point)
        if difference.is_finite and abs(difference.evalf(30)) > ZERO:
            return True
    return False


def inequality_mutants(claim: Inequality) -> Iterator[Mutant]:
    """False mutants of an inequality: the relation certainly fails at some point of the box."""
    yield SIGN, replace(claim, relation=FLIPPED[claim.relation], leaves=LEAVES)
    formal = claim.expression
    changed = formula_mutants(formal) if isinstance(formal, sp.Basic) else tree_mutants(formal, claim.box)
    mutants = [(kind, replace(claim, expression=expression)) for kind, expression in changed]
    mutants += [(HYPOTHESIS, replace(claim, box=box)) for box in wider_boxes(claim.box)]
    for kind, mutant in mutants:
        if fails_somewhere(mutant):
            yield kind, replace(mutant, leaves=LEAVES)


def tree_mutants(formal: Any, box: Mapping[sp.Symbol, Any]) -> Iterator[tuple[str, Any]]:
    """Mutants of a formula that stands in the certificates' language: its negative, and of each kind one that
    chance picks, so that a run of parts with one formula tries them all."""
    yield SIGN, ["neg", formal]
    chance = random.Random(f"{json.dumps(formal)} {box}")
    for kind, found in (
        (CONSTANT, replacements(formal, lambda x: x[0].isdigit() or x[0] == "-")),
        (EXPONENT, replacements(formal, lambda x: x[0].isdigit(), powers=True)),
        (HYPOTHESIS, replacements(formal, lambda x: x[0].isalpha())),
    ):
        yield from ((kind, mutant) for mutant in chance.sample(found, min(3, len(found))))


def replacements(formal: Any, wanted: Any, *, powers: bool = False) -> list[Any]:
    """The formula with one leaf changed in each possible place: a number made one larger, a letter doubled;
    or only exponents."""
    if isinstance(formal, str):
        if powers or not wanted(formal):
            return []
        return [["*", "2", formal] if formal[0].isalpha() else str(Fraction(formal) + 1)]
    head, *parts = formal
    if head == "^":
        inside = [["^", new, parts[1]] for new in replacements(parts[0], wanted, powers=powers)]
        return [*inside, ["^", parts[0], str(int(parts[1]) + 1)]] if powers else inside
    return [
        [head, *parts[:k], new, *parts[k + 1 :]]
        for k, part in enumerate(parts)
        for new in replacements(part, wanted, powers=powers)
    ]


def wider_boxes(box: Mapping[sp.Symbol, Any]) -> Iterator[dict[sp.Symbol, Any]]:
    """The box with one side made longer, or one number replaced: a hypothesis dropped."""
    for symbol, given in box.items():
        low, high = exact_range(given)
        reach = high - low or max(abs(high), Fraction(1, 100))
        for more in (1, 9, 99):
            yield {**box, symbol: (low - more * reach, high)}
            yield {**box, symbol: (low, high + more * reach)}


def fails_somewhere(claim: Inequality) -> bool:
    """Whether the checker's own arithmetic refutes the relation at an end, the middle or a random point."""
    chance = random.Random(str(claim.expression))
    box = {str(symbol): exact_range(side) for symbol, side in claim.box.items()}
    shares = [
        Fraction(0),
        Fraction(1, 2),
        Fraction(1),
        *(Fraction(chance.randrange(97), 97) for _ in range(5)),
    ]
    given = claim.expression
    formal = to_expression(given) if isinstance(given, sp.Basic) else given
    program = read_expression(formal, "mutant", box, (*RATIONAL, *FUNCTIONS))
    for share in shares:
        point = {name: ball(low + share * (high - low)) for name, (low, high) in box.items()}
        try:
            value = run(program, Ranges({name: Range(x, x) for name, x in point.items()}))
        except Unknown:
            continue
        if not _stands(value, claim.relation):
            return True
    return False


def _stands(value: Range, relation: str) -> bool:
    """Whether the relation is possible for a value."""
    zero = ball(Fraction(0))
    return bool(not value.upper <= zero) if relation.startswith(">") else bool(not value.lower >= zero)


def other_counts(claim: AllFixedPoints) -> Iterator[Mutant]:
    """The same number claimed at another weight, where a scan in floating point counts another."""
    if claim.contrast.name != "mean-var" or str(claim.alpha) != "1":
        return
    for beta in ("0.02", "2", "5", "20", "100"):
        eps, p_ref = (float(exact_range(x)[0]) for x in (claim.eps, claim.p_ref))
        seen = scanned(float(Fraction(beta)), eps, p_ref)
        if seen != claim.count:
            yield HYPOTHESIS, replace(claim, beta=beta)
            return


def scanned(beta: float, eps: float, p_ref: float) -> int:
    """About how many fixed points there are: sign changes of the gap on a grid that reaches far enough."""
    reference = math.log(p_ref / (1 - p_ref))
    top = reference + 1 / (beta * math.sqrt(eps)) + 1
    grid = [reference + (top - reference) * (k / 20_000) ** 3 for k in range(20_001)]

    def gap(logit: float) -> float:
        v = 1 / (2 + 2 * math.cosh(min(abs(logit), 700)))
        return logit - reference - 1 / (beta * math.sqrt(v + eps))

    return sum(gap(a) < 0 <= gap(b) or gap(b) < 0 <= gap(a) for a, b in pairwise(grid))

"""Mutants of formulas: a sign, a constant, a coefficient or an exponent changed in one place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import sympy as sp
from flint import arb

from proofs.claims import Identity, Inequality
from verified_grpo.certificates.expressions import to_expression
from verified_grpo.checker.expressions import FUNCTIONS, RATIONAL, read_expression, run
from verified_grpo.checker.numbers import ball
from verified_grpo.checker.ranges import Range, Ranges, Unknown
from verified_grpo.intervals import exact_range

LEAVES = 200  # a false inequality is refuted early or never proved: no long search for it


def formula_mutants(formula: sp.Expr) -> Iterator[sp.Expr]:
    """The formula with one thing changed; a mutant may happen to say the same."""
    formula = sp.sympify(formula)
    yield -formula
    yield formula + 1
    yield 2 * formula
    for node in sp.preorder_traversal(formula):
        if node.is_Pow and node.exp.is_Integer:
            yield formula.xreplace({node: node.base ** (node.exp + 1)})
    for number in sorted(formula.atoms(sp.Rational), key=str):
        if number not in (-1, 0):
            yield formula.xreplace({number: number + 1})
    for symbol in sorted(formula.free_symbols, key=str):
        yield formula.xreplace({symbol: 2 * symbol})


def identity_mutants(claim: Identity) -> Iterator[Identity]:
    """False mutants of an identity: the two sides differ at some exact point."""
    pairs = [(claim.left, m) for m in formula_mutants(claim.right)]
    pairs += [(m, claim.right) for m in formula_mutants(claim.left)]
    for left, right in pairs:
        if differ(left, right):
            yield Identity(left, right)


def differ(left: sp.Expr, right: sp.Expr) -> bool:
    """Whether exact values at some of a few random rational points differ."""
    chance = random.Random(f"{left} {right}")
    symbols = sorted((sp.sympify(left).free_symbols | sp.sympify(right).free_symbols), key=str)
    for _ in range(4):
        point = {s: sp.Rational(chance.randrange(3, 997), chance.randrange(998, 1999)) for s in symbols}
        difference = sp.sympify(left).xreplace(point) - sp.sympify(right).xreplace(point)
        if difference.is_finite and sp.nsimplify(difference) != 0:
            return True
    return False


def inequality_mutants(claim: Inequality) -> Iterator[Inequality]:
    """False mutants of an inequality: the relation certainly fails at some point of the box."""
    flipped = {">": "<", "<": ">", ">=": "<=", "<=": ">="}[claim.relation]
    yield Inequality(claim.expression, flipped, claim.box, leaves=LEAVES)
    for expression in formula_mutants(claim.expression):
        mutant = Inequality(expression, claim.relation, claim.box, leaves=LEAVES)
        if fails_somewhere(mutant):
            yield mutant


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
    program = read_expression(to_expression(claim.expression), "mutant", box, (*RATIONAL, *FUNCTIONS))
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
    zero = arb(0)
    return bool(not value.upper <= zero) if relation.startswith(">") else bool(not value.lower >= zero)

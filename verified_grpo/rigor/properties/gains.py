"""How much every fixed point gains at least on p_ref, against what is asked: a factor of the odds, or a
target for p.

At a fixed point ``L - L_ref = c Omega(L)`` with ``c = 1/(alpha beta)``, at least ``c Omega(0)`` (S1). The
gap ``g(L) = L - L_ref - c Omega(L)`` increases in alpha, beta and eps, and is negative up to the least fixed
point. So every fixed point gains more than M for all parameters where ``g < 0`` on ``[L_ref, L_ref + M]``
with the largest of each; and where ``g > 0`` somewhere there with the least of each, one gains less than M
for all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Generic, TypeVar

from ...intervals import Engine, Sign, decimal_down, exact
from ...model import Fact, GapOverBox, Parameters, Point, Range, Workbench
from ..points.fixed_points import FixedPoints, fixed_points
from ..subdivision import Subdivision, halves
from .leaf_rules import needed_margin
from .outcomes import PropertyQuestion, Refuted

V = TypeVar("V")

FINENESS = 64
"""Into how many equal parts the way from L_ref to the goal is cut at most."""
GUESSES, SHARES, SLIGHT = 256, (0.95, 0.5, 0.1), 1e-6
"""Where gains are guessed at, what share of the guess is asked for, and a guess that is none."""
PLACES = 24
"""How many places on the way are tried for ``g > 0``."""


def least_margin(engine: Engine[V], question: PropertyQuestion) -> tuple[Fraction, bool]:
    """A decimal below S1's ``Omega_min(eps_hi)/(alpha_hi beta_hi)``, and whether it is proved to be as much
    as the gain or the target asks for."""
    box, bench = question.parameters, Workbench(engine, question.contrast)
    eps = box.eps[1]
    smallest = bench.profile(eps, (eps, eps)).omega_min
    value = engine.div(smallest, engine.exact(box.alpha[1] * box.beta[1]))
    margin = exact(decimal_down(engine.lower(value), 12))
    surplus = engine.exact(margin)
    if question.gain is not None:
        surplus = engine.sub(surplus, needed_margin(engine, question))
    elif question.target is not None:
        needed = engine.sub(bench.log_odds(question.target), bench.log_odds(box.p_ref[0]))
        surplus = engine.sub(surplus, needed)
    return margin, engine.sign(surplus) is Sign.POSITIVE


def modest_gains(engine: Engine[V], question: PropertyQuestion) -> Iterator[Fraction]:
    """Gains, ever smaller ones, that a paving may prove: below ``Omega/(alpha beta)`` at places where the
    fixed points can lie. Guesses."""
    gap = GapOverBox(Workbench(engine, question.contrast), question.parameters)
    (low, high), worst = gap.domain(), gap.highest
    places = (low + (high - low) * k / GUESSES for k in range(GUESSES + 1))
    least = min(float(engine.lower(engine.mul(worst.profile.at(x)[0], worst.weight))) for x in places)
    for share in SHARES:
        if share * least > SLIGHT:
            yield Fraction(math.exp(min(share * least, 600.0))).limit_denominator(10**9)


class Goal(Generic[V]):
    """What is asked of the fixed points of one part of a box: ``L >= anchor + needed``; the anchor is L_ref,
    or for a target the end of its range that matters."""

    def __init__(self, bench: Workbench[V], question: PropertyQuestion, part: Parameters) -> None:
        self.engine, gap = bench.engine, GapOverBox(bench, part)
        self.worst, self.best = gap.highest, gap.lowest
        low, high = (bench.log_odds(p) for p in part.p_ref)
        self._references = self._bounds(low)[0], self._bounds(high)[1]
        self._target = None if question.target is None else bench.log_odds(question.target)
        self._margin = None if self._target is not None else needed_margin(self.engine, question)

    def is_reached(self) -> bool:
        """Whether all fixed points of all parameters are proved to reach the goal."""
        first, last, needed = self._way(1)
        ways = Subdivision([(Fraction(0), needed)])
        for low, high in ways:
            if high <= 0 or self._is_short(low, high, first, last):
                continue
            if (high - low) * FINENESS < needed:
                return False
            ways.put_back(*halves(low, high)[::-1])
        return True

    def _is_short(self, low: Fraction, high: Fraction, first: Fraction, last: Fraction) -> bool:
        """Whether ``M < c Omega(L_ref + M)`` on the whole of the way from low to high."""
        omega = self.worst.profile.least_omega_over(first + low, last + high)
        return self._positive(self.engine.mul(omega, self.worst.weight), high)

    def is_missed(self) -> bool:
        """Whether a fixed point is proved to miss the goal, for each parameter of the part."""
        first, last, needed = self._way(0)
        if needed <= 0:
            return False
        return any(self._lies_above(needed * k / PLACES, first, last) for k in range(PLACES, 0, -1))

    def _lies_above(self, moved: Fraction, first: Fraction, last: Fraction) -> bool:
        """Whether ``M > c Omega(L_ref + M)`` at M = moved: then a fixed point lies below."""
        omega = self.best.profile.largest_omega_over(first + moved, last + moved)
        gained = self.engine.mul(omega, self.best.weight)
        return self.engine.sign(self.engine.sub(gained, self.engine.exact(moved))) is Sign.NEGATIVE

    def _way(self, end: int) -> tuple[Fraction, Fraction, Fraction]:
        """The range of L_ref to look at, and how far the goal is from there: at most (1) or at least (0).
        Farthest from a target is the least p_ref, nearest the largest."""
        if self._margin is not None:
            return *self._references, self._bounds(self._margin)[end]
        start = self._references[1 - end]
        return start, start, self._bounds(self._target)[end] - start

    def _positive(self, value: V, less: Fraction) -> bool:
        return self.engine.sign(self.engine.sub(value, self.engine.exact(less))) is Sign.POSITIVE

    def _bounds(self, value: V | None) -> Range:
        assert value is not None
        return self.engine.lower(value), self.engine.upper(value)


def find_weak_gain(question: PropertyQuestion, engine: Engine[V]) -> Refuted | None:
    """Exact parameters at which a fixed point is proved to miss the goal, or None when none was found.

    The goal is missed by most at the largest alpha, beta and eps, and there at the least p_ref for a target;
    for a gain where the fixed point is nearest to p = 1/2, or as near as an end of the range brings it.
    """
    box, bench = question.parameters, Workbench(engine, question.contrast)
    for p_ref in _references(engine, question, bench):
        at = Point(box.alpha[1], box.beta[1], box.eps[1], p_ref)
        found = fixed_points(question.contrast, at.box, engine=engine.name)
        if not isinstance(found, FixedPoints):
            continue
        bracket = found.points[0].logit
        if question.target is not None:
            goal, margin = bench.log_odds(question.target), None
        else:
            margin = exact(decimal_down(engine.lower(needed_margin(engine, question)), 12))
            goal = engine.add(bench.log_odds(p_ref), engine.exact(margin))
        if engine.sign(engine.sub(engine.exact(bracket[1]), goal)) is Sign.NEGATIVE:
            return Refuted(question, at, (bracket,), found.bits, margin)
    return None


def _references(engine: Engine[V], question: PropertyQuestion, bench: Workbench[V]) -> Iterator[Fraction]:
    low, high = question.parameters.p_ref
    yield low
    if question.target is not None:
        return
    yield high
    if not question.contrast.knows(Fact.EVEN_RISING):
        return
    box = question.parameters
    least = bench.profile(box.eps[1], (box.eps[1], box.eps[1])).omega_min
    moved = float(engine.upper(least) / (box.alpha[1] * box.beta[1]))
    for share in (1.0, 0.5, 1.5):
        if share * moved < 700:
            odds = Fraction(math.exp(-share * moved)).limit_denominator(10**12)
            if low < (p_ref := odds / (1 + odds)) < high:
                yield p_ref

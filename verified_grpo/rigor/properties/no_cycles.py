"""Does the sequence from p_ref converge, and has ``T`` no cycle: the rules beyond the paving by ``T' > -1``.

That paving, and its closed form here, cover S4 (``A >= 0``: p_ref >= 1/2, or beta <= beta_c), S7
(``(1 - alpha) beta >= Bmax``) and S3 (``Bmax < alpha beta``) at once: ``Bmax < (2 - alpha) beta``, or
``A >= 0``. Where T is steeper than that:

* no cycle of two, though ``T' <= -1`` somewhere: the zeros of ``T^2(L) - L`` are counted, cell by cell, and
  are not more than the fixed points. Then there is no cycle (Sharkovskii), and every orbit converges
  (Coppel);
* a limit over the whole box (:mod:`..sequences.limits`): a fixed point, or a cycle, which refutes;
* a fixed point L* < 0 with ``T'(L*) < -1`` is the least one (g rises on L <= 0), so just below it
  ``T^2(L) < L``, and far below ``T^2(L) > L``: a zero between is no fixed point, and belongs to a cycle of
  two.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine, Sign
from ...model import Contrast, Fact, GapOverBox, Parameters, Point, Range, Workbench
from ...model.approximate import approx_log_odds
from ...model.step import Step
from ..chaos.cycles import Cycles, cycles
from ..points.fixed_points import FixedPoints, fixed_points
from ..sequences.approx_orbits import ApproxStep
from ..sequences.limits import limit
from ..sequences.orbits import Enclosure, image
from ..sequences.outcomes import ConvergesToCycle, Limit, Monotone
from ..subdivision import Subdivision, nearly_halves
from .leaf_rules import NEEDS, least_cycle_point
from .outcomes import Argued, Outcome, PropertyQuestion, Proved, Refuted
from .scales import middle

V = TypeVar("V")

CELL_LIMIT = 2_000
SMALLEST = Fraction(1, 2**12)
"""Of cells on which zeros of ``T^2(L) - L`` are counted."""


def descends_gently(engine: Engine[V], contrast: Contrast, part: Parameters) -> bool:
    """Whether ``A >= 0`` or ``Bmax(eps) < (2 - alpha) beta`` is proved for the whole box: no cycles.

    Raises:
        MissingFact: the contrast is not known to be bounded, even and rising.
    """
    contrast.require(*NEEDS["no-cycles"])
    bench = Workbench(engine, contrast)
    gap = GapOverBox(bench, part)
    if engine.lower(least_cycle_point(gap)) >= 0:
        return True
    if not contrast.knows(Fact.STEEPEST):
        return False
    weight = engine.exact((2 - part.alpha[1]) * part.beta[0])
    return engine.sign(engine.sub(weight, gap.lowest.profile.slope_bound)) is Sign.POSITIVE


def beyond_descent(question: PropertyQuestion, engine: Engine[V], otherwise: Outcome) -> Outcome:
    """The other rules, on the whole box at once; then a search for a cycle at points of it."""
    box = question.parameters
    caught = limit(question.contrast, box, engine=engine.name)
    if question.property == "convergence" and converges(caught):
        assert isinstance(caught, Monotone | ConvergesToCycle)
        return Proved(question, Argued("limit over the box", caught.bits), carrier=caught)
    if question.property == "no-cycles" and box.is_point:
        listed = cycles(question.contrast, box, 2, engine=engine.name)
        if isinstance(listed, Cycles) and not listed.cycles:
            return Proved(question, Argued("list of all cycles of two", listed.bits), carrier=listed)
    if has_no_cycle_of_two(engine, question.contrast, box):
        return Proved(question, Argued("count of the zeros of T(T(L)) - L", engine.bits))
    for point in (*_middle_and_corners(box), *_guessed(question)):
        witness = cycle_at(question, point, engine.name)
        if witness is not None:
            return witness
    return otherwise


def converges(found: Limit) -> bool:
    """Whether this is a proved limit that is a fixed point."""
    return isinstance(found, Monotone) or (isinstance(found, ConvergesToCycle) and found.period == 1)


def is_caught_by_cycle(found: Limit) -> bool:
    """Whether this is a proved limit cycle of two points or more."""
    return isinstance(found, ConvergesToCycle) and found.period > 1


def flips_for_all(engine: Engine[V], contrast: Contrast, part: Parameters) -> bool:
    """Whether a fixed point L* < 0 with ``T' < -1`` is proved for each parameter of the part: there is a
    cycle."""
    found = fixed_points(contrast, part, engine=engine.name)
    if not isinstance(found, FixedPoints) or not found.points or found.points[0].logit[1] >= 0:
        return False
    multiplier = GapOverBox(Workbench(engine, contrast), part).multiplier_over(*found.points[0].logit)
    return engine.sign(engine.add(multiplier, engine.exact(1))) is Sign.NEGATIVE


def has_no_cycle_of_two(engine: Engine[V], contrast: Contrast, part: Parameters) -> bool:
    """Whether ``T^2(L) - L`` is proved to have no zero on [A, 0] but fixed points, for each parameter of the
    part. A cycle of two has a point there: between its points ``T' = -1``, and ``T' >= 0`` for L >= 0."""
    found = fixed_points(contrast, part, engine=engine.name)
    if not isinstance(found, FixedPoints) or any(p.logit[0] < 0 <= p.logit[1] for p in found.points):
        return False
    bench = Workbench(engine, contrast)
    try:
        least = Fraction(engine.lower(least_cycle_point(GapOverBox(bench, part))).__floor__())
        zeros = _zeros_at_most(Step(bench, part), (least, Fraction(0))) if least < 0 else 0
    except NotEnoughPrecision:
        return False
    return zeros is not None and zeros <= sum(p.logit[1] < 0 for p in found.points)


def _zeros_at_most(step: Step[V], domain: Range) -> int | None:
    """How many zeros ``T^2(L) - L`` has at most, None where cells are left: one for each run of neighbouring
    cells on which it is monotone the same way."""
    cells, zeros, last = Subdivision([domain]), 0, "signed"
    for low, high in cells:
        rule = _rule_over(step, low, high)
        if rule is None:
            if high - low < SMALLEST or cells.taken > CELL_LIMIT:
                return None
            cells.put_back(*nearly_halves(low, high))
            continue
        zeros += rule != "signed" and rule != last
        last = rule
    return zeros


def _rule_over(step: Step[V], low: Fraction, high: Fraction) -> str | None:
    """``signed`` where ``T^2(L) - L`` has no zero on the cell; ``rising`` or ``falling``, where it does."""
    engine, center, radius = step.engine, (low + high) / 2, (high - low) / 2
    here, thin, slope = Enclosure(center, radius), Enclosure(center, Fraction(0)), engine.exact(1)
    for _ in range(2):
        slope = engine.mul(slope, step.multiplier_over(here.low, here.high))
        here, thin = image(step, here), image(step, thin)
    slope = engine.sub(slope, engine.exact(1))
    least, most = engine.lower(slope), engine.upper(slope)
    swing = radius * max(abs(least), abs(most))  # the mean value form
    if here.low > high or here.high < low or thin.low - center > swing or thin.high - center < -swing:
        return "signed"
    return "rising" if least > 0 else "falling" if most < 0 else None


def cycle_at(question: PropertyQuestion, point: Point, name: str) -> Refuted | None:
    """The cycle that catches the sequence from p_ref; for ``no-cycles`` any cycle of two as well."""
    caught = limit(question.contrast, point.box, engine=name)
    if isinstance(caught, ConvergesToCycle) and is_caught_by_cycle(caught):
        brackets = tuple(place.logit for place in caught.points)
        return Refuted(question, point, brackets, caught.bits, carrier=caught)
    if question.property == "no-cycles":
        found = cycles(question.contrast, point.box, 2, engine=name)
        if isinstance(found, Cycles) and found.cycles:
            brackets = tuple(place.logit for place in found.cycles[0].points)
            return Refuted(question, point, brackets, found.bits, carrier=found)
    return None


def _middle_and_corners(box: Parameters) -> Iterator[Point]:
    yield box.midpoint
    if not box.is_point:
        for corner in product(*(sorted(set(side)) for _, side in box)):
            yield Point(*corner)


def _guessed(question: PropertyQuestion) -> Iterator[Point]:
    """Points on a grid whose orbit seems, in floating point, to end in a cycle of two points or more."""
    box = question.parameters
    ranges = sum(low < high for _, (low, high) in box)
    cuts = {0: 0, 1: 5, 2: 3}.get(ranges, 2)
    for values in product(*(_spread(axis, side, cuts) for axis, side in box)):
        point = Point(*values)
        log_odds = approx_log_odds(point.p_ref)
        try:
            settled = ApproxStep(question.contrast, point, log_odds).settle(log_odds)
        except (OverflowError, ZeroDivisionError):
            continue
        if settled is not None and len(settled) > 1:
            yield point


def _spread(axis: str, side: Range, cuts: int) -> list[Fraction]:
    """Some values inside the side: ends of ``2^cuts`` pieces equal on the side's scale."""
    if side[0] == side[1]:
        return [side[0]]
    ends = list(side)
    for _ in range(cuts):
        ends = sorted({*ends, *(middle(axis, piece) for piece in pairwise(ends))})
    return ends[1:-1]

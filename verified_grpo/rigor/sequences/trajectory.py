"""A trajectory: between which bounds the sequence is, step by step, by the two extreme corners of a box.

The bounds are carried on from one side each, so that they do not widen over a million steps. The lemma is
that of ``checker/trajectory.py``; where the map may not keep order on the way nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, decimal_down, decimal_up, exact, make_engine
from ...model import Contrast, Parameters, Workbench
from ...model.contrasts import Fact
from ...model.step import Step
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import probability
from .outcomes import LimitPoint
from .passage import BITS, NOT_IN_ORDER, STEP_LIMIT, cuts_between

V = TypeVar("V")

NEEDS = (Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS)
ROWS = 1000
"""The most numbers n at which the enclosures are written down, the first and the last among them."""
DIGITS = 17
MARGIN = Fraction(1, 2**64)
"""By which rounding may lift a bound, once it stands still, above those that are listed."""


@dataclass(frozen=True)
class Trajectory(NoTruthValue, read="values"):
    """For every parameter L_n lies in the bracket of each of these n; on the cells between ``cuts`` the map
    keeps order."""

    contrast: Contrast
    parameters: Parameters
    values: tuple[tuple[int, LimitPoint], ...]
    cuts: tuple[Fraction, ...]
    engine: str
    bits: int


@dataclass(frozen=True)
class UndecidedTrajectory(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says why."""

    contrast: Contrast
    parameters: Parameters
    reason: str


def trajectory(
    contrast: Contrast, parameters: Parameters, updates: int, *, engine: str = "arb"
) -> Trajectory | UndecidedTrajectory:
    """The sequence from ``p_ref`` for so many updates, enclosed at up to a thousand of them.

    Args:
        contrast: any contrast.
        parameters: of the recursion, exact numbers or ranges.
        updates: from 1 to 1,000,000.
        engine: ``arb`` or ``mpmath``.

    Returns:
        The enclosures, or undecided where steps may overshoot on the way.

    Raises:
        InputError: updates out of range.
    """
    if not 1 <= updates <= STEP_LIMIT:
        raise InputError(f"updates must be from 1 to {STEP_LIMIT}, not {updates}")
    if missing := contrast.lacks(*NEEDS):
        return UndecidedTrajectory(contrast, parameters, missing)
    with make_engine(engine, BITS) as arithmetic:
        bench = Workbench(arithmetic, contrast)
        try:
            return _followed(bench, parameters, updates)
        except NotEnoughPrecision as error:
            return UndecidedTrajectory(contrast, parameters, f"not enough precision: {error}")


def _followed(bench: Workbench[V], box: Parameters, updates: int) -> Trajectory | UndecidedTrajectory:
    engine = bench.engine
    slow, fast = (Step(bench, corner.box) for corner in (box.highest_gap, box.lowest_gap))
    wanted = listed_numbers(updates)
    lower = list(_terms(slow, wanted, up=False))
    upper = list(_terms(fast, wanted, up=True))
    cuts = cuts_between((slow, fast), engine.lower(slow.log_odds_ref), max(upper) + MARGIN)
    if cuts is None:
        return UndecidedTrajectory(bench.contrast, box, NOT_IN_ORDER)
    values = tuple(
        (n, enclosed(engine, low, high)) for n, low, high in zip(wanted, lower, upper, strict=True)
    )
    return Trajectory(bench.contrast, box, values, cuts, engine.name, engine.bits)


def _terms(step: Step[V], wanted: list[int], *, up: bool) -> Iterator[Fraction]:
    """A bound of the sequence from one side, at some of its terms."""
    engine = step.engine
    bound = engine.upper if up else engine.lower
    here = bound(step.log_odds_ref)
    for before, n in pairwise([0, *wanted]):
        for _ in range(before, n):
            here = bound(step.once(here))
        yield here


def listed_numbers(updates: int) -> list[int]:
    """Evenly spread, the first and the last among them."""
    return [k * updates // min(ROWS - 1, updates) for k in range(min(ROWS - 1, updates) + 1)]


def enclosed(engine: Engine[V], low: Fraction, high: Fraction) -> LimitPoint:
    """p rises with L: what is known of it at the ends is not lost in the width between them."""
    bracket = exact(decimal_down(low, DIGITS)), exact(decimal_up(high, DIGITS))
    left, right = (engine.exact(end) for end in bracket)
    p = probability(engine, left, DIGITS)[0], probability(engine, right, DIGITS)[1]
    others = engine.neg(right), engine.neg(left)
    complement = probability(engine, others[0], DIGITS)[0], probability(engine, others[1], DIGITS)[1]
    return LimitPoint(bracket, p, complement)

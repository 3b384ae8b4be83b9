"""Where in a box of parameters a property holds: parts where it does for all of them, parts where it fails
for all of them, and what is left between.

A part is halved until one of the two is proved. What is asked of a part is more than of a counterexample: a
property fails *for each* parameter of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import TypeVar

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, Sign, make_engine
from ...model import Fact, GapOverBox, Parameters, Range, Workbench
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import FixedPoints, fixed_points
from ..points.guesses import Guess
from ..points.partition import Unresolved, partition
from ..sequences.limits import limit as limit_of
from ..subdivision import LargestFirst
from .certify import pave
from .gains import Goal
from .leaf_rules import ITINERARIES, NEEDS
from .no_cycles import converges, descends_gently, flips_for_all, has_no_cycle_of_two, is_caught_by_cycle
from .outcomes import PropertyQuestion, Proved
from .scales import length, middle

V = TypeVar("V")

INNER, OUTER, UNDECIDED = "inner", "outer", "undecided"
PART_LIMIT = 2_500
SLOW_LIMIT = 500
"""The same where orbits are followed, or slopes of groups enclosed, which takes longer."""
COARSE = 16
"""How finely cells of L are cut before a part counts as one on which the number of fixed points changes."""
SMALLEST = 1e-4
FEW = 40
"""Leaves of a paving by the descent of T on one part."""
BITS = 80

Side = tuple[str, Fraction, Fraction]


@dataclass(frozen=True)
class Part:
    """A part of a box: its sides that are ranges, as (name, low, high), and its verdict. A side named
    ``log_beta`` or ``logit_p_ref`` has its ends on that scale."""

    sides: tuple[Side, ...]
    verdict: str


@dataclass(frozen=True)
class Parts(NoTruthValue, read="parts"):
    """Parts that together are the box of the question, and share only edges.

    ``inner``: the property is proved for every parameter of the part; ``outer``: it is proved to fail for
    every one; ``undecided``: neither.
    """

    question: PropertyQuestion
    parts: tuple[Part, ...]

    def volume(self, *verdicts: str) -> Range:
        """Bounds of the total volume of the parts with these verdicts (of all, where none is named), in
        natural logarithms of beta, eps and alpha, and log-odds of p_ref."""
        with make_engine("arb", BITS) as engine:
            total = engine.exact(0)
            for part in self.parts:
                if not verdicts or part.verdict in verdicts:
                    total = engine.add(total, _volume(engine, part))
            return engine.lower(total), engine.upper(total)

    def share(self, verdict: str) -> Range:
        """Bounds of the share of the box's volume that has this verdict."""
        (low, high), (least, most) = self.volume(verdict), self.volume()
        return low / most, min(high / least, Fraction(1))


def find_parts(
    question: PropertyQuestion,
    *,
    tolerance: Fraction = Fraction(1, 20),
    engine: str = "arb",
    limit: int | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> Parts:
    """Halve the box until all but a share of it is decided, the largest part first.

    Args:
        question: as :func:`.certify.ask` makes it.
        tolerance: the share of the volume that may stay undecided, in (0, 1].
        engine: ``arb`` or ``mpmath``.
        limit: of parts; None takes 2,500, or 500 where orbits are asked about, or no closed form of the
            steepest slope is known (groups).
        progress: called with the parts and the share decided so far.

    Raises:
        InputError: a tolerance outside (0, 1], alpha reaching 0, or a box without a range.
        MissingFact: the property's rules need one of the contrast that is not proved of it.
    """
    if not 0 < tolerance <= 1:
        raise InputError("the tolerance is a share of the volume and must lie in (0, 1]")
    if question.parameters.alpha[0] == 0:
        raise InputError("parts are measured on logarithmic scales: alpha must be above 0")
    axes = [axis for axis, (low, high) in question.parameters if low < high]
    if not axes:
        raise InputError("a single choice of parameters has no parts: give a range LO:HI")
    question.contrast.require(*NEEDS[question.property])
    slow = question.property in ITINERARIES or not question.contrast.knows(Fact.STEEPEST)
    most = limit or (SLOW_LIMIT if slow and question.property != "amplification" else PART_LIMIT)
    whole, open_share = _size(question.parameters, axes), 1.0

    def share(part: Parameters) -> float:
        return _size(part, axes) / whole

    waiting = LargestFirst(question.parameters, share)
    found: list[tuple[Parameters, str]] = []
    with make_engine(engine, BITS) as arithmetic:
        while waiting and open_share > tolerance and len(found) + len(waiting) < most:
            part = waiting.take()
            verdict = verdict_over(arithmetic, question, part)
            longest = max(axes, key=lambda axis: length(axis, getattr(part, axis)))
            if verdict != UNDECIDED or length(longest, getattr(part, longest)) < SMALLEST:
                found.append((part, verdict))
                open_share -= share(part) if verdict != UNDECIDED else 0.0
            else:
                waiting.put_back(*halves(part, longest))
            if progress:
                progress(len(found), 1 - open_share)
    found += [(part, UNDECIDED) for part in waiting.rest()]
    return Parts(
        question,
        tuple(Part(tuple((a, *getattr(part, a)) for a in axes), verdict) for part, verdict in found),
    )


def verdict_over(engine: Engine[V], question: PropertyQuestion, part: Parameters) -> str:
    """``inner`` where the property is proved for each parameter of the part, ``outer`` where it is proved to
    fail for each, else ``undecided``."""
    rules = {"amplification": _by_gain, "uniqueness": _by_fixed_points, "contraction": _by_fixed_points}
    try:
        return rules.get(question.property, _by_orbits)(engine, question, part)
    except NotEnoughPrecision:
        return UNDECIDED


def halves(part: Parameters, axis: str) -> Iterable[Parameters]:
    """The part cut near the middle of one side."""
    low, high = getattr(part, axis)
    at = middle(axis, (low, high))
    return [replace(part, **{axis: side}) for side in ((low, at), (at, high))]


def _by_gain(engine: Engine[V], question: PropertyQuestion, part: Parameters) -> str:
    if question.gain is None and question.target is None:
        return INNER  # S1
    goal = Goal(Workbench(engine, question.contrast), question, part)
    return INNER if goal.is_reached() else OUTER if goal.is_missed() else UNDECIDED


def _by_fixed_points(engine: Engine[V], question: PropertyQuestion, part: Parameters) -> str:
    """By the list of fixed points over the part, where their number is the same on all of it."""
    gap = GapOverBox(Workbench(engine, question.contrast), part)
    cuts = Guess.beside(gap).cut_points(*gap.domain())
    if isinstance(partition(gap, cuts, COARSE), Unresolved):
        return UNDECIDED  # at once: more bits, which a second try would take, do not help here
    found = fixed_points(question.contrast, part, digits=8, engine=engine.name)
    if not isinstance(found, FixedPoints):
        return UNDECIDED
    if question.property == "uniqueness":
        return INNER if found.count == 1 else OUTER
    rate = engine.exact(1 if question.rate is None else question.rate)
    within = []
    for point in found.points:
        if question.rate is None and point.stability != "undecided":
            within.append(point.stability == "attracting")
            continue
        multiplier = gap.multiplier_over(*point.logit)
        room = [engine.sign(side) for side in (engine.sub(rate, multiplier), engine.add(rate, multiplier))]
        if Sign.NEGATIVE in room:
            return OUTER
        within.append(room == [Sign.POSITIVE, Sign.POSITIVE])
    if question.rate is None and any(point.stability == "repelling" for point in found.points):
        return OUTER
    return INNER if all(within) else UNDECIDED


def _by_orbits(engine: Engine[V], question: PropertyQuestion, part: Parameters) -> str:
    contrast = question.contrast
    if descends_gently(engine, contrast, part):
        return INNER
    about_cycles = question.property == "no-cycles"
    if about_cycles and flips_for_all(engine, contrast, part):
        return OUTER
    if isinstance(pave(engine, replace(question, parameters=part), FEW), Proved):
        return INNER
    caught = limit_of(contrast, part, engine=engine.name, digits=8)
    if is_caught_by_cycle(caught):
        return OUTER
    if not about_cycles and converges(caught):
        return INNER
    return INNER if has_no_cycle_of_two(engine, contrast, part) else UNDECIDED


def _volume(engine: Engine[V], part: Part) -> V:
    total = engine.exact(1)
    for axis, low, high in part.sides:
        if axis.startswith("log"):
            side = engine.exact(high - low)
        else:
            odds = (1 - low) / (1 - high) if axis == "p_ref" else Fraction(1)
            side = engine.log(engine.exact(high / low * odds))
        total = engine.mul(total, side)
    return total


def _size(part: Parameters, axes: Iterable[str]) -> float:
    return prod(length(axis, getattr(part, axis)) for axis in axes)

"""The inverse question: for which values of one parameter does a property hold, whatever the others are in
their ranges?

Between two sets: an inner one, on which it is proved for the whole of the other ranges, and an outer one,
beyond which a counterexample is proved at every value. Where a closed form gives the set for *all* prompts,
its threshold is enclosed beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from ...errors import InputError
from ...intervals import Engine, make_engine
from ...model import Contrast, Fact, Parameters, Range, Workbench
from ..no_truth_value import NoTruthValue
from ..subdivision import LargestFirst
from .certify import decide
from .leaf_rules import ITINERARIES, NEEDS, needed_margin
from .outcomes import Outcome, PropertyQuestion, Proved, Refuted
from .scales import length
from .where_it_holds import BITS, INNER, UNDECIDED, halves, verdict_over

V = TypeVar("V")

AXES = ("beta", "alpha", "eps")
LEAVES = 1_500
CELL_LIMIT, ORBIT_LIMIT = 400, 60
"""How many ranges are tried; fewer where orbits are asked about, which takes longer."""
LARGEST_GROUP = 512


@dataclass(frozen=True)
class Threshold:
    """For every p_ref in (0, 1): the property holds for all values ``above`` it (or below), and fails for
    some p_ref at every value on the other side, unless it is only ``sufficient``. ``value`` encloses it."""

    value: Range
    above: bool
    sufficient: bool
    formula: str


@dataclass(frozen=True)
class LargestSet(NoTruthValue, read="cells"):
    """Neighbouring ranges of ``axis`` with their verdicts, in ascending order, which together are the range
    searched: ``inner`` (the property is proved for the whole of the other ranges), ``outer`` (at every value
    it fails for some of the others) and ``undecided``.

    ``witness`` is the last counterexample that was found; ``threshold`` a closed form for all prompts.
    """

    question: PropertyQuestion
    axis: str
    cells: tuple[tuple[Range, str], ...]
    witness: Refuted | None
    threshold: Threshold | None

    def ranges(self, *verdicts: str) -> tuple[Range, ...]:
        """The ranges with one of these verdicts, joined where they touch."""
        joined: list[Range] = []
        for (low, high), verdict in self.cells:
            if verdict in verdicts:
                start = joined.pop()[0] if joined and joined[-1][1] == low else low
                joined.append((start, high))
        return tuple(joined)


@dataclass(frozen=True)
class GroupSizes(NoTruthValue, read="outcomes"):
    """For each group size the answer to the same question."""

    outcomes: tuple[Outcome, ...]


def largest_set(
    question: PropertyQuestion,
    axis: str = "beta",
    *,
    tolerance: Fraction = Fraction(1, 1000),
    engine: str = "arb",
    progress: Callable[[int, float], None] | None = None,
) -> LargestSet:
    """The set of values of one parameter for which a property holds for all the others in their ranges.

    Args:
        question: as :func:`.certify.ask` makes it; ``axis`` has the range that is searched.
        axis: ``beta``, ``alpha`` or ``eps``.
        tolerance: ranges narrower than this, on a logarithmic scale, are left undecided.
        engine: ``arb`` or ``mpmath``.
        progress: called with the ranges decided and the share of the search.

    Raises:
        InputError: another axis, no range on it, alpha reaching 0, or a tolerance outside (0, 1).
        MissingFact: the property's rules need one of the contrast that is not proved of it.
    """
    if axis not in AXES:
        raise InputError(f"the largest set of {axis!r}: choose one of {', '.join(AXES)}, group-size")
    question.contrast.require(*NEEDS[question.property])
    parameters = question.parameters
    if parameters.alpha[0] == 0:
        raise InputError("a largest set is searched on logarithmic scales: alpha must be above 0")
    whole = length(axis, getattr(parameters, axis))
    if not whole:
        raise InputError(f"the largest set of {axis} needs a range LO:HI of it to search")
    if not 0 < tolerance < 1:
        raise InputError("the tolerance of a largest set must lie strictly between 0 and 1")
    most = ORBIT_LIMIT if question.property in ITINERARIES else CELL_LIMIT
    cells: list[tuple[Range, str]] = []

    def size(part: Parameters) -> float:
        return length(axis, getattr(part, axis))

    waiting, done, witness = LargestFirst(parameters, size), 0.0, None
    for part in waiting:
        tried = waiting.taken > most
        verdict, against = (UNDECIDED, None) if tried else _decide(question, part, axis, engine)
        witness = witness if against is None else against
        if verdict == UNDECIDED and size(part) > tolerance and waiting.taken < most:
            waiting.put_back(*halves(part, axis))
            continue
        cells.append((getattr(part, axis), verdict))
        done += size(part) / whole
        if progress:
            progress(len(cells), done)
    with make_engine(engine, BITS) as arithmetic:
        threshold = _threshold(arithmetic, question, axis)
    return LargestSet(question, axis, tuple(sorted(cells)), witness, threshold)


def group_sizes(question: PropertyQuestion, largest: int, *, engine: str = "arb") -> GroupSizes:
    """The answer for every group size from 2 to ``largest``; of the question's contrast only ddof matters.

    Raises:
        InputError: ``largest`` outside 2 to 512.
    """
    if not 2 <= largest <= LARGEST_GROUP:
        raise InputError(f"group sizes are tried from 2 up to at most {LARGEST_GROUP}, not up to {largest}")
    sizes = (Contrast("group", size, question.contrast.ddof) for size in range(2, largest + 1))
    asked = (replace(question, contrast=contrast) for contrast in sizes)
    return GroupSizes(tuple(decide(one, engine=engine, leaves=LEAVES) for one in asked))


def _decide(question: PropertyQuestion, part: Parameters, axis: str, name: str) -> tuple[str, Refuted | None]:
    """The verdict on all of a range of the axis, and a counterexample if there is one."""
    outcome = decide(replace(question, parameters=part), engine=name, leaves=LEAVES)
    if isinstance(outcome, Proved):
        return INNER, None
    if not isinstance(outcome, Refuted):
        return UNDECIDED, None
    line = replace(outcome.point.box, **{axis: getattr(part, axis)})
    with make_engine(name, BITS) as engine:
        return verdict_over(engine, question, line), outcome


def _threshold(engine: Engine[V], question: PropertyQuestion, axis: str) -> Threshold | None:
    """The closed form for all prompts, at the worst of the other parameters."""
    box, contrast = question.parameters, question.contrast
    if axis == "eps" or (axis == "alpha" and question.property == "no-cycles"):
        return None
    bench = Workbench(engine, contrast)
    if question.property == "amplification" and not contrast.knows(Fact.EVEN_RISING, Fact.FALLS_IN_EPS):
        return None
    if question.property == "amplification" and question.gain is not None:
        other = box.alpha[1] if axis == "beta" else box.beta[1]
        least = bench.profile(box.eps[1], (box.eps[1], box.eps[1])).omega_min
        value = engine.div(least, engine.mul(engine.exact(other), needed_margin(engine, question)))
        other_name = "alpha" if axis == "beta" else "beta"
        return Threshold(_bounds(engine, value), False, False, f"Omega(1/2)/({other_name} log gain)")
    if question.property == "amplification" or not contrast.knows(Fact.ONE_PEAK, Fact.STEEPEST):
        return None
    if question.rate is not None:
        return None
    steepest = bench.profile(box.eps[0], (box.eps[0], box.eps[0])).slope_bound
    exact = question.property in ("contraction", "uniqueness")
    other = (box.alpha[0] if exact else 2 - box.alpha[1]) if axis == "beta" else box.beta[0]
    words = "alpha" if exact else "(2 - alpha)"
    formula = f"Bmax(eps)/{words if axis == 'beta' else 'beta'}"
    value = engine.div(steepest, engine.exact(other))
    return Threshold(_bounds(engine, value), True, not exact, formula)


def _bounds(engine: Engine[V], value: V) -> Range:
    return engine.lower(value), engine.upper(value)

"""What becomes of correctness on the way: it rises, falls, or turns, with every turn in a bracket.

Its slope in theta is ``Cov(a, g)``, a positive multiple of a sum of exponentials
(:class:`.curves.Covariance`), whose sign changes are counted on a line of cells; beyond the last cell the
first term outweighs the others.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeVar

from ...intervals import Engine, canonical, decimal_enclosure, exact
from ...model import Range
from ...model.tilt import Tilt
from ..points.partition import Unresolved
from .curves import Covariance, cells_of, zeros
from .outcomes import Correctness, TiltQuestion

V = TypeVar("V")
ZERO, ONE = Fraction(0), Fraction(1)
SMALLEST = 300
TURN_NEAR = "a turn of correctness is not told from the least fixed point"
DOUBLE = "correctness may turn twice, or not at all, for theta in"


def correctness(
    tilt: Tilt[V], question: TiltQuestion, least: Range | None, digits: int
) -> tuple[Correctness | None, str]:
    """The course of correctness from theta = 0 to the least fixed point (None: for ever), or why none is
    proved; ``""``: it is, or nothing is known of correctness.

    Raises:
        NotEnoughPrecision: signs are not decided.
    """
    if not question.classes.knows_correct:
        return None, ""
    curve = Covariance(tilt.engine, question.classes)
    if not curve.terms:
        share = question.classes.classes[0].correct
        assert share is not None
        stays = within(tilt.engine, tilt.engine.exact(share), ZERO, ONE, digits + 2)
        return Correctness("stays", (), 0, stays, ()), ""
    cells = cells_of(curve, curve.end())
    if isinstance(cells, Unresolved):
        return None, f"{DOUBLE} [{canonical(cells.low)}, {canonical(cells.high)}]"
    turns = zeros(curve, cells, digits)
    if least is not None and any(low <= least[1] and least[0] <= high for low, high in turns):
        return None, TURN_NEAR
    before = [turn for turn in turns if least is None or turn[1] < least[0]]
    begins = _begins(len(turns), curve)
    supremum = _supremum(tilt, begins, before, least, digits)
    return Correctness(begins, tuple(turns), len(before), supremum, tuple(cells)), ""


def within(engine: Engine[V], value: V, least: Fraction, most: Fraction, digits: int) -> tuple[str, str]:
    """Decimal text around a value that is known to lie in a range, and ends there."""
    low, high = (_written(end, up) for up, end in enumerate(decimal_enclosure(engine, value, digits)))
    return low if exact(low) >= least else canonical(least), high if exact(high) <= most else canonical(most)


def _written(end: str, up: int) -> str:
    """An end outward of this one whose exponent can be read again."""
    mantissa, _, exponent = end.partition("e-")
    if not exponent or int(exponent) < SMALLEST:
        return end
    return "0" if mantissa.startswith("-") == bool(up) else f"{'' if up else '-'}1e-{SMALLEST}"


def _begins(turns: int, curve: Covariance[V]) -> Literal["rises", "falls"]:
    """In the end the sign is that of the first term; each turn changes it."""
    rises_last = curve.terms[0][1] > 0
    return "rises" if rises_last == (turns % 2 == 0) else "falls"


def _supremum(
    tilt: Tilt[V], begins: str, before: list[Range], least: Range | None, digits: int
) -> tuple[str, str]:
    """The largest of the values at the ends and at the turns from rise to fall."""
    e = tilt.engine
    values = [tilt.at(Fraction(0)).correct]
    values += [
        tilt.over(*turn).correct for k, turn in enumerate(before) if (k % 2 == 0) == (begins == "rises")
    ]
    if least is not None:
        values.append(tilt.over(*least).correct)
    else:
        share = tilt.classes.classes[-1].correct
        assert share is not None
        values.append(e.exact(share))
    low, high = max(e.lower(x) for x in values), max(e.upper(x) for x in values)
    return within(e, e.interval(low, high), ZERO, ONE, digits + 2)

"""What is decided on a leaf of a paving of log-odds x parameters: the leaf holds none of the points in
question, or the property holds on all of it.

About fixed points: ``L_ref = L - Omega/(alpha beta)`` is explicit in the fixed point L, so a leaf is
*excluded* when that expression misses the box's range of ``L_ref``, and no fixed point has to be searched
for.

About orbits (``convergence``, ``no-cycles``): every point of a cycle is at least
``A = L_ref + Omega(0)/(alpha beta)``, and where ``T' > -1`` from A to 0 there is no cycle of two, hence none
at all (Sharkovskii), and every orbit converges (Coppel). A leaf below A is excluded; on the others
``T' > -1`` is asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine, Sign, decimal_up, exact
from ...model import Fact, GapOverBox, Parameters, Range, Workbench
from .outcomes import PropertyQuestion

V = TypeVar("V")

ITINERARIES = ("convergence", "no-cycles")
MARGIN_DIGITS = 20
LINE = (Fact.BOUNDED,)
"""Known of a contrast, this closes the line of log-odds above; all else takes no more than enclosures."""
SHAPED = (Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS)
NEEDS = {
    "amplification": LINE,
    "contraction": LINE,
    "uniqueness": LINE,
    "convergence": SHAPED,
    "no-cycles": SHAPED,
}
"""What must be known of a contrast for the rules of each property."""


def leaf(bench: Workbench[V], question: PropertyQuestion, cell: Range, part: Parameters) -> str | None:
    """``excluded``, ``holds`` or None."""
    if question.property in ITINERARIES:
        return _descent(bench, cell, part)
    gap = GapOverBox(bench, part)
    if gap.lowest.has_sign_over(*cell, Sign.POSITIVE) or gap.highest.has_sign_over(*cell, Sign.NEGATIVE):
        return "excluded"
    if question.property == "amplification":
        holds = _gains(bench, question, gap, cell)
    elif question.property == "uniqueness":
        holds = _positive(bench.engine, gap.lowest.slope_over(*cell))
    else:
        holds = _contracts(gap, cell, Fraction(1) if question.rate is None else question.rate)
    return "holds" if holds else None


def least_cycle_point(gap: GapOverBox[V]) -> V:
    """Encloses the least ``A = L_ref + Omega(0)/(alpha beta)`` of the box, below which no cycle reaches."""
    engine, corner = gap.engine, gap.highest
    return engine.add(corner.log_odds_ref, engine.mul(corner.profile.omega_min, corner.weight))


def _descent(bench: Workbench[V], cell: Range, part: Parameters) -> str | None:
    """About ``T' > -1`` on a leaf in L <= 0."""
    engine, gap = bench.engine, GapOverBox(bench, part)
    if _positive(engine, engine.sub(least_cycle_point(gap), engine.exact(cell[1]))):
        return "excluded"
    (_, alpha), (beta, _), (eps, _) = part.alpha, part.beta, part.eps
    fall = bench.profile(eps, (eps, eps)).slope_over(*cell)  # b <= 0 there, and |b| falls in eps
    margin = engine.add(engine.exact(2 - alpha), engine.div(fall, engine.exact(beta)))
    return "holds" if _positive(engine, margin) else None


def _gains(bench: Workbench[V], question: PropertyQuestion, gap: GapOverBox[V], cell: Range) -> bool:
    """By the place of the leaf, or by ``L - L_ref = Omega/(alpha beta)``."""
    engine, low = bench.engine, bench.engine.exact(cell[0])
    if question.target is not None:
        return _positive(engine, engine.sub(low, bench.log_odds(question.target)))
    margin = engine.exact(margin_above(engine, question))
    gained = engine.mul(gap.highest.profile.least_omega_over(*cell), gap.highest.weight)
    moved = engine.sub(low, gap.lowest.log_odds_ref)
    return any(_positive(engine, engine.sub(value, margin)) for value in (gained, moved))


def needed_margin(engine: Engine[V], question: PropertyQuestion) -> V:
    """Encloses ``log(gain)``.

    Raises:
        NotEnoughPrecision: no gain was asked for.
    """
    if question.gain is None:
        raise NotEnoughPrecision("no gain was asked for")
    return engine.log(engine.exact(question.gain))


def margin_above(engine: Engine[V], question: PropertyQuestion) -> Fraction:
    """A decimal not below ``log(gain)``."""
    return exact(decimal_up(engine.upper(needed_margin(engine, question)), MARGIN_DIGITS))


def _contracts(gap: GapOverBox[V], cell: Range, rate: Fraction) -> bool:
    engine, multiplier = gap.engine, gap.multiplier_over(*cell)
    limit = engine.exact(rate)
    sides = (engine.sub(limit, multiplier), engine.add(limit, multiplier))
    return all(_positive(engine, side) for side in sides)


def _positive(engine: Engine[V], value: V) -> bool:
    return engine.sign(value) is Sign.POSITIVE

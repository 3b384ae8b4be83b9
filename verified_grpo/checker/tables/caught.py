"""A limit that the updates of a row may pass on the way: a fixed point that attracts, and an orbit that comes
into its basin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval
from verified_grpo.checker.orbits import Orbits, ends
from verified_grpo.checker.tables.binomial import BITS
from verified_grpo.checker.tables.bracketing import Brackets, Limit
from verified_grpo.checker.tables.question import OURS
from verified_grpo.checker.tables.reference import Reference, inner
from verified_grpo.checker.tables.rows import Beyond, Row, Unfit

_HALF = Fraction(1, 2)
_WIDEST, _NARROWEST, _FOLLOWED = 8, 48, 400


def settled(brackets: Brackets, row: Row, reference: Reference) -> Limit:
    """A fixed point of an update to which the sequence from p_ref tends: F changes its sign over the
    bracket, around which T maps an interval into itself and contracts (lemma 9), and the sequence comes
    into it."""
    stated = [row.number(f"{OURS}logit_{end}") for end in ("low", "high")]
    low, high = stated
    if low is None or high is None or reference.least is None or reference.most is None:
        raise Beyond("a limit without a bracket")
    if not brackets.crosses(reference, (low, high)):
        raise Unfit(f"{OURS}logit_low", "no fixed point is proved to lie in the bracket")
    inside = inner(low, "low"), inner(high, "high")
    bracket = inside if inside[0] < inside[1] and brackets.crosses(reference, inside) else (low, high)
    update = brackets.question.update(_HALF)
    orbits = Orbits(replace(update, box=replace(update.box, p_ref=(reference.low, reference.high))))
    try:
        basin = next(filter(partial(_traps, orbits), _around(bracket)), None)
        caught = basin is not None and _comes_into(orbits, basin)
    except Fault as fault:
        raise Beyond(str(fault)) from None
    if not caught:
        raise Beyond("a sequence that is not seen to settle")
    return Limit.between(*bracket)


def _around(bracket: Interval) -> Iterator[Interval]:
    """Intervals around a bracket, the largest first."""
    for halvings in range(_NARROWEST):
        reach = Fraction(_WIDEST, 2**halvings)
        yield bracket[0] - reach, bracket[1] + reach


def _traps(orbits: Orbits, cell: Interval) -> bool:
    """Whether T maps a cell into itself and contracts there."""
    return orbits.maps_into(cell, cell) and bool(orbits.steepest(cell) < 1)


def _comes_into(orbits: Orbits, cell: Interval) -> bool:
    """Whether the sequence from p_ref is seen in a cell, for every p_ref."""
    pay_for_evaluations(4 * _FOLLOWED, BITS, orbits.recursion.contrast.cost)
    here = orbits.start(None)
    for _ in range(_FOLLOWED):
        low, high = ends(here)
        if cell[0] <= low and high <= cell[1]:
            return True
        here = orbits.image(here)
    return False

"""Closed forms that prove, for a whole box at once and without an orbit, that sequences tend to a fixed
point: order kept from the start on (S7), the lift ``T(0) >= 0`` (S4), contraction everywhere (S3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from ...errors import NotEnoughPrecision
from ...intervals import Engine, decimal_down, exact
from ...model import Fact, Workbench
from ...model.step import Step
from ..verdicts import FORMS, SettlingForm
from .outcomes import Sequence, Settles

V = TypeVar("V")

ZERO = Fraction(0)
ORDER = (Fact.EVEN_RISING, Fact.BOUNDED)
"""What an order that is kept, and the lift, need: above 0 sequences are monotone and bounded."""
DIGITS = 3
LEAST_ALPHA = Fraction(1, 10**100)
"""Where the certificate of a closed form next to alpha = 0 begins, or at half of the end if that is less."""


def closed_form(engine: Engine[V], sequence: Sequence) -> Settles | None:
    """The first closed form that holds on the whole box; alpha must be above 0.

    The lemma with the proofs is that of ``verified_grpo/checker/settling.py``.
    """
    step = Step(Workbench(engine, sequence.contrast), sequence.parameters)
    for form, holds in zip(FORMS, (_keeps_order, _lifts, _contracts), strict=True):
        try:
            if holds(step, sequence):
                return _settles(engine, sequence, form)
        except NotEnoughPrecision:
            continue
    return None


def near_mirror(engine: Engine[V], sequence: Sequence) -> Settles | None:
    """A closed form that holds for every alpha in (0, end], with ``end`` as large as it is found: order kept,
    or the lift.

    Both are tested on the closed range [0, end], whose inequalities are then those of each alpha above 0
    alone. The lift ``T(0) = alpha L_ref + Omega(0)/beta >= 0`` always holds for small alpha.
    """
    box = sequence.parameters
    for end in _ends(engine, sequence):
        step = Step(Workbench(engine, sequence.contrast), replace(box, alpha=(ZERO, end)))
        above = replace(box, alpha=(min(LEAST_ALPHA, end / 2), end))
        for form, holds in zip(FORMS[:2], (_keeps_order, _lifts), strict=True):
            if holds(step, replace(sequence, parameters=step.parameters)):
                return _settles(engine, replace(sequence, parameters=above), form)
    return None


def _settles(engine: Engine[V], sequence: Sequence, form: SettlingForm) -> Settles:
    """From ``p_ref`` an order that is kept makes every step a rise."""
    rises = form == "order" and sequence.start is None
    return Settles(sequence, form, rises, engine.name, engine.bits)


def _ends(engine: Engine[V], sequence: Sequence) -> Iterator[Fraction]:
    """Ends to be tried, the largest first: the whole range, then where the two forms should end."""
    box, most = sequence.parameters, sequence.parameters.alpha[1]
    yield most
    mirror = Step(Workbench(engine, sequence.contrast), replace(box, alpha=(ZERO, ZERO)))
    # T' at alpha = 0; at another it is less by that.
    kept = engine.lower(mirror.multiplier_over(_lowest(mirror, sequence), ZERO))
    reference = engine.lower(mirror.log_odds_ref)
    lifted = engine.lower(mirror.at(ZERO)) / -reference if reference < 0 else most
    found = {exact(decimal_down(end, DIGITS)) for end in (kept, lifted) if 0 < end < most}
    yield from sorted(found, reverse=True)


def _keeps_order(step: Step[V], sequence: Sequence) -> bool:
    """``T' >= 0`` on ``L >= min(L_0, L_ref)``."""
    if not sequence.contrast.knows(*ORDER):
        return False
    low = _lowest(step, sequence)
    return low == 0 or step.rises_over(low, ZERO)


def _lowest(step: Step[V], sequence: Sequence) -> Fraction:
    """The least of L_0, L_ref and 0."""
    starts = [step.bench.log_odds(sequence.parameters.p_ref[0])]
    if sequence.start is not None:
        starts.append(step.bench.log_odds(sequence.start))
    return min(ZERO, *map(step.engine.lower, starts))


def _lifts(step: Step[V], sequence: Sequence) -> bool:
    """``T(0) >= 0``: then [0, oo) is mapped into itself, and below 0 the sequence rises."""
    if not sequence.contrast.knows(*ORDER):
        return False
    return step.engine.lower(step.at(ZERO)) >= 0


def _contracts(step: Step[V], sequence: Sequence) -> bool:
    """``Bmax(eps) < alpha beta``: for the contrasts with a closed form of the largest slope."""
    contrast, box, engine = sequence.contrast, sequence.parameters, step.engine
    if not contrast.knows(Fact.STEEPEST, Fact.FALLS_IN_EPS):
        return False
    steepest = step.bench.profile(box.eps[0], box.eps).slope_bound
    return engine.upper(steepest) < box.alpha[0] * box.beta[0]

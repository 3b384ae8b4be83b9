"""Closed forms that prove, for a whole box at once and without an orbit, that sequences tend to a fixed
point: order kept from the start on (S7), the lift ``T(0) >= 0`` (S4), contraction everywhere (S3)."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from ..errors import NotEnoughPrecision
from ..intervals import Engine
from ..model import MEAN, Workbench
from ..model.step import Step
from .limit_outcomes import Sequence, Settles

V = TypeVar("V")

ZERO = Fraction(0)


def closed_form(engine: Engine[V], sequence: Sequence) -> Settles | None:
    """The first closed form that holds on the whole box; alpha must be above 0.

    The lemma with the proofs is that of ``verified_grpo/checker/settling.py``.
    """
    step = Step(Workbench(engine, sequence.contrast), sequence.parameters)
    for form, holds in (("order", _keeps_order), ("lift", _lifts), ("contraction", _contracts)):
        try:
            if holds(step, sequence):
                rises = form == "order" and sequence.start is None
                return Settles(sequence, form, rises, engine.name, engine.bits)
        except NotEnoughPrecision:
            continue
    return None


def _keeps_order(step: Step[V], sequence: Sequence) -> bool:
    """``T' >= 0`` on ``L >= min(L_0, L_ref)``."""
    starts = [step.bench.log_odds(sequence.parameters.p_ref[0])]
    if sequence.start is not None:
        starts.append(step.bench.log_odds(sequence.start))
    low = min(ZERO, *map(step.engine.lower, starts))
    return low == 0 or step.rises_over(low, ZERO)


def _lifts(step: Step[V], sequence: Sequence) -> bool:
    """``T(0) >= 0``: then [0, oo) is mapped into itself, and below 0 the sequence rises."""
    return step.engine.lower(step.at(ZERO)) >= 0


def _contracts(step: Step[V], sequence: Sequence) -> bool:
    """``Bmax(eps) < alpha beta``: for the contrasts with a closed form of the largest slope."""
    contrast, box, engine = sequence.contrast, sequence.parameters, step.engine
    if contrast == MEAN:
        return True
    if contrast.name == "group":
        return False
    steepest = step.bench.profile(box.eps[0], box.eps).slope_bound
    return engine.upper(steepest) < box.alpha[0] * box.beta[0]

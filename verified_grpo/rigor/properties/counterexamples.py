"""Counterexamples: exact parameters in a box at which contraction or uniqueness fails, found by guess,
certified by brackets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

import numpy as np

from ...intervals import Sign, make_engine
from ...intervals.steady_arrays import approx_exp
from ...model import GapOverBox, Point, Workbench
from ...model.approximate import approx
from ..points.fixed_points import FixedPoint, FixedPoints, fixed_points
from ..points.guesses import GRID, SlopeGrid, approx_profile
from .outcomes import PropertyQuestion, Refuted

TRIES = 12


def find_witness(question: PropertyQuestion, engine: str) -> Refuted | None:
    """A certified counterexample, or None when none was found (which proves nothing)."""
    box = question.parameters
    others = {box.midpoint: None, box.lowest_gap: None, box.highest_gap: None}
    for point in chain(_candidates(question), others):  # where p_ref is one number, guesses miss it
        found = fixed_points(question.contrast, point.box, engine=engine)
        if not isinstance(found, FixedPoints):
            continue
        guilty = _guilty(question, found)
        if guilty:
            brackets = tuple(p.logit for p in guilty)
            carrier = None if question.rate is None else found  # its multipliers show the rate exceeded
            return Refuted(question, point, brackets, found.bits, carrier=carrier)
    return None


def _guilty(question: PropertyQuestion, found: FixedPoints) -> tuple[FixedPoint, ...]:
    """The fixed points that contradict the property: one that repels (or exceeds the rate), or two of
    them."""
    if question.property == "uniqueness":
        return found.points[:2] if found.count > 1 else ()
    if question.rate is not None:
        return tuple(p for p in found.points if _exceeds(found, p, question.rate))[:1]
    return tuple(p for p in found.points if p.stability == "repelling")[:1]


def _exceeds(found: FixedPoints, point: FixedPoint, rate: Fraction) -> bool:
    """Whether ``|T'| > rate`` is proved at a fixed point."""
    with make_engine(found.engine, found.bits) as engine:
        gap = GapOverBox(Workbench(engine, found.contrast), found.parameters)
        multiplier, limit = gap.multiplier_over(*point.logit), engine.exact(rate)
        room = (engine.sub(limit, multiplier), engine.add(limit, multiplier))
        return any(engine.sign(side) is Sign.NEGATIVE for side in room)


def _candidates(question: PropertyQuestion) -> Iterator[Point]:
    """Points of the box where the multiplier is guessed to be farthest outside [-1, 1], or [-rate, rate],
    the worst first."""
    box = question.parameters
    along = SlopeGrid(question.contrast, approx(box.eps[0]))
    grid, half = (np.array([value(k) for k in range(GRID)]) for value in (along.place, along.slope))
    logits = np.concatenate([-grid[:0:-1], grid])
    slopes = np.concatenate([-half[:0:-1], half])
    profile = approx_profile(question.contrast, approx(box.eps[0]))
    omegas = np.array([profile(float(x))[0] for x in logits])
    beta, eps = box.beta[0], box.eps[0]
    scored: list[tuple[float, float, Fraction]] = []
    for alpha in {box.alpha[0], box.alpha[1]}:
        weight = 1 / approx(alpha * beta)
        with np.errstate(over="ignore"):
            references = 1 / (1 + approx_exp(-(logits - omegas * weight)))
        inside = (references > float(box.p_ref[0])) & (references < float(box.p_ref[1]))
        multipliers = 1 - float(alpha) + slopes / approx(beta)
        rate = 1.0 if question.rate is None else float(question.rate)
        excess = multipliers - 1 if question.property == "uniqueness" else np.abs(multipliers) - rate
        for k in np.flatnonzero(inside & (excess > 0)):
            scored.append((-float(excess[k]), float(references[k]), alpha))
    scored.sort()
    for _, reference, alpha in scored[:TRIES]:
        p_ref = _short_rational(reference, *box.p_ref)
        if p_ref is not None:
            yield Point(alpha, beta, eps, p_ref)


def _short_rational(x: float, low: Fraction, high: Fraction) -> Fraction | None:
    """A decimal of few digits near x inside [low, high]; x may be as close to 0 or 1 as floats go."""
    room = min(x, 1 - x)
    if not room > 0:
        return None
    places = 3 - math.floor(math.log10(room))
    short = Fraction(round(x * 10**places), 10**places) if places < 16 else Fraction(x)
    return short if low <= short <= high and 0 < short < 1 else None

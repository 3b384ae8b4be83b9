"""Positive topological entropy by coverings: disjoint intervals, each carried by ``T^n`` over some of them.

Floating point proposes an interval J and the monotone pieces of ``T^n`` inside J whose images cover J: s of
them make a shift on s symbols, entropy ``log(s)/n`` at least. Enclosures of the images of their ends then say
which intervals are really covered (by the intermediate value theorem), and Collatz's and Wielandt's bound,
``A w >= r w`` with ``w > 0``, gives ``log(r)/n``. The lemma stands in the checker's ``chaos.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import numpy as np

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Engine, decimal_down, exact, make_engine
from ...model import Contrast, Parameters, Range, Workbench
from ...model.step import Step
from ..sequences.orbits import Enclosure, image
from .outcomes import Covering, NoWitness
from .witnesses import ApproxMap, Floats

V = TypeVar("V")

BITS = 128
TURNS_LIMIT = 8
GRID = 60_001
CANDIDATES = 100
REACH = 60.0
OVERSHOOT = 1e-4
ENTROPY_DIGITS = 8
MIRROR = "at alpha = 0 every orbit rises, so no covering serves it: ask for alpha above 0"
WEIGHT_SCALE = 10_000


@dataclass(frozen=True)
class _Shift:
    """A guess: pieces of ``T^turns`` that each cover them all."""

    turns: int
    pieces: tuple[tuple[float, float], ...]

    @property
    def entropy(self) -> float:
        return math.log(max(len(self.pieces), 1)) / self.turns


def entropy_bound(
    contrast: Contrast, parameters: Parameters, *, turns: int | None = None, engine: str = "arb"
) -> Covering | NoWitness:
    """A rigorous lower bound of the topological entropy of T, in natural logarithms.

    Args:
        contrast: any contrast.
        parameters: exact numbers, or ranges (one bound for the whole box).
        turns: n of ``T^n``, 1 to 8; all are tried when None, and the best is kept.
        engine: ``arb`` or ``mpmath``.

    Returns:
        Intervals with their bound, or that no covering was found.

    Raises:
        InputError: ``turns`` outside its domain.

    Not proved: how much larger the entropy is; that the sequence from p_ref sees any of it. Source: S6.
    """
    if turns is not None and not 1 <= turns <= TURNS_LIMIT:
        raise InputError(f"turns must be from 1 to {TURNS_LIMIT}, not {turns}")
    if parameters.alpha[0] == 0:
        return NoWitness(contrast, parameters, MIRROR, engine, BITS)
    approx = ApproxMap.middle_of(contrast, parameters)
    tried = [turns] if turns else range(1, TURNS_LIMIT + 1)
    best = None
    for n in tried:
        shift = _guess(approx, n)
        if shift is not None and (best is None or shift.entropy > best.entropy + 1e-9):
            best = shift
    reason = "no covering was found, which does not mean that the entropy is 0"
    if best is not None:
        with make_engine(engine, BITS) as arithmetic:
            step = Step(Workbench(arithmetic, contrast), parameters)
            found = _proved(step, best)
            if found is not None:
                return found
        reason = "the coverings seen in floating point were not proved"
    return NoWitness(contrast, parameters, reason, engine, BITS)


def _guess(approx: ApproxMap, turns: int) -> _Shift | None:
    """The interval J with the most pieces that cover it, in floating point."""
    core = _core(approx)
    if core is None:
        return None
    x = np.linspace(*core, GRID)
    y = x
    for _ in range(turns):
        y = approx(y)
    signs = np.sign(np.diff(y))
    turning = [0, *(np.nonzero(signs[1:] != signs[:-1])[0] + 1).tolist(), GRID - 1]
    values = y[turning]
    margin = OVERSHOOT * (core[1] - core[0])
    gap = approx(x) - x
    fixed = x[np.nonzero(gap[1:] * gap[:-1] < 0)[0]]
    ends = np.unique(
        np.concatenate([x[turning], *(near + side for near in (values, fixed) for side in (margin, -margin))])
    )
    ends = ends[(ends >= core[0]) & (ends <= core[1])]
    if len(ends) > CANDIDATES:
        ends = ends[np.linspace(0, len(ends) - 1, CANDIDATES).astype(int)]
    laps, best, most = np.array(list(pairwise(turning))), None, 1
    at_ends = np.interp(ends, x, y)
    for i, low in enumerate(ends):
        for k in range(i + 1, len(ends)):
            high = ends[k]
            left, right = x[laps[:, 0]], x[laps[:, 1]]
            first = np.where(left < low, at_ends[i], y[laps[:, 0]])
            last = np.where(right > high, at_ends[k], y[laps[:, 1]])
            inside = (right > low) & (left < high)
            covers = inside & (np.minimum(first, last) < low) & (np.maximum(first, last) > high)
            if (count := int(covers.sum())) > most:
                most, best = count, (low, high, laps[covers])
    if best is None:
        return None
    low, high, chosen = best
    return _Shift(turns, tuple(_piece(x, y, a, b, low, high) for a, b in chosen))


def _core(approx: ApproxMap) -> tuple[float, float] | None:
    """Where the interesting part of the orbits lies: from the least value of T to the image of that."""
    grid = np.linspace(-REACH, REACH, 4801)
    values = approx(grid)
    falls = np.nonzero((values[1:-1] <= values[:-2]) & (values[1:-1] <= values[2:]))[0] + 1
    if not len(falls):
        return None
    least = float(values[falls].min())
    second = float(approx(np.array([least]))[0])
    third = float(approx(np.array([second]))[0])
    high = min(max(second, third) + OVERSHOOT, REACH)
    return (least - OVERSHOOT, high) if high > least else None


def _piece(x: Floats, y: Floats, a: int, b: int, low: float, high: float) -> tuple[float, float]:
    """The part of a lap inside [low, high] whose image reaches half as far beyond as the lap's."""
    first, last = max(float(x[a]), low), min(float(x[b]), high)
    inner = np.linspace(first, last, 4001)
    values = np.interp(inner, x, y)
    rising = values[-1] > values[0]
    under, over = (values[0], values[-1]) if rising else (values[-1], values[0])
    targets = (low + under) / 2, (high + over) / 2
    if rising:
        found = np.interp(targets, values, inner)
    else:
        found = np.interp(targets, values[::-1], inner[::-1])[::-1]
    return float(found[0]), float(found[1])


def _proved(step: Step[V], guess: _Shift) -> Covering | None:
    """The coverings that enclosures of the images of the ends prove, and the entropy they give."""
    intervals = [_short(low, high) for low, high in guess.pieces if low < high]
    intervals = [j for k, j in enumerate(intervals) if k == 0 or intervals[k - 1][1] < j[0]]
    covered = [_covered(step, interval, intervals, guess.turns) for interval in intervals]
    matrix = np.array([[float(k in range(*reach)) for k in range(len(intervals))] for reach in covered])
    weights = _weights(matrix) if len(intervals) > 1 else []
    ratios = [sum(weights[slice(*reach)]) / w for reach, w in zip(covered, weights, strict=False) if w]
    if not ratios or min(ratios) <= 1:
        return None
    entropy = _growth(step.engine, min(ratios), guess.turns)
    counted = [(j, w) for j, w in zip(intervals, weights, strict=True) if w]  # others play no part
    made_by = step.engine.name, step.engine.bits
    return Covering(
        step.bench.contrast,
        step.parameters,
        guess.turns,
        tuple(j for j, _ in counted),
        tuple(w for _, w in counted),
        entropy,
        *made_by,
    )


def _covered(step: Step[V], interval: Range, intervals: list[Range], turns: int) -> tuple[int, int]:
    """The range of numbers of the intervals that the image of one certainly covers (they are neighbours)."""
    images = []
    try:
        for end in interval:
            here = Enclosure(end, Fraction(0))
            for _ in range(turns):
                here = image(step, here)
            images.append(here.widened())
    except NotEnoughPrecision:
        return 0, 0
    low, high = min(here.high for here in images), max(here.low for here in images)
    numbers = [k for k, j in enumerate(intervals) if low <= j[0] and j[1] <= high]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _weights(matrix: Floats) -> list[Fraction]:
    """A vector of small integers near the positive eigenvector, by powers."""
    vector = np.ones(len(matrix))
    for _ in range(200):
        vector = matrix @ vector + vector  # A + 1 has the same eigenvectors, and no other of the same size
        vector /= vector.max() or 1.0
    return [Fraction(round(WEIGHT_SCALE * float(w)), WEIGHT_SCALE) for w in vector]


def _growth(engine: Engine[V], ratio: Fraction, turns: int) -> Fraction:
    """A decimal below ``log(ratio)/turns``."""
    bound = engine.lower(engine.div(engine.log(engine.exact(ratio)), engine.exact(turns)))
    return exact(decimal_down(bound, ENTROPY_DIGITS))


def _short(low: float, high: float) -> Range:
    """An interval with ends of few decimals, inside the given one."""
    places = max(3, 4 - math.floor(math.log10(high - low)))
    scale = 10**places
    return Fraction(math.ceil(low * scale), scale), Fraction(math.floor(high * scale), scale)

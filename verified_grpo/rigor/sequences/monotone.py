"""Monotone runs: a rise or a fall from some step on, and the fixed point it ends in.

If ``L_s <= U``, ``T' >= 0`` between them, ``T(L_s) >= L_s`` and ``T(U) <= U``, then ``T`` maps ``[L_s, U]``
into itself and keeps order: the sequence rises from step s on and tends to the least fixed point not below
``L_s``, which every later ``L_n`` and U bracket. A fall is the mirror image. No rate is needed, so this
decides also beside folds (S4, S7).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Generic, TypeVar

from ...intervals import Sign
from ...model import Fact, GapOverBox, Range
from ...model.step import Step
from .orbits import Enclosure, iterate
from .outcomes import (
    ConvergesToFixedPoint,
    FallsToGreatest,
    LimitPoint,
    Monotone,
    RisesToLeast,
    Sequence,
    probabilities,
)

V = TypeVar("V")

SETTLING_LIMIT = 20_000
"""Steps of the orbit within which it should have reached the bracket."""
CELLS = (1, 16, 256)
"""Numbers of cells tried for a proof of ``T' >= 0``."""


def monotone_run(
    step: Step[V],
    sequence: Sequence,
    brackets: list[Range],
    latest: int,
    digits: int,
    attraction: ConvergesToFixedPoint | None = None,
    *,
    complete: bool = False,
) -> Monotone | None:
    """A monotone run towards one of the brackets that begins at step ``latest`` at the latest.

    ``complete``: the brackets are those of all fixed points, ascending. Then the bracket nearest on the way
    is that of the limit, also where the orbit is too slow to show it.
    """
    enclosures, slopes = iterate(step, sequence.start), _Slopes(step)
    for begin in range(latest + 1):
        here = next(enclosures)
        above = next((b for b in brackets if b[0] >= here.high), None)
        below = next((b for b in reversed(brackets) if b[1] <= here.low), None)
        above = None if above and slopes.falls_within(here.low, above[1]) else above
        below = None if below and slopes.falls_within(below[0], here.high) else below
        if not (above or below):
            continue
        first = begin == 0 and sequence.start is None  # T(L_ref) = L_ref + Omega/beta > L_ref
        moves = Sign.POSITIVE if first else _moves(step, here)
        if above and moves is Sign.POSITIVE and _stays(step, above[1], Sign.NEGATIVE):
            near, cells, rising = above, slopes.rising_cells(here.low, above[1]), True
        elif below and moves is Sign.NEGATIVE and _stays(step, below[0], Sign.POSITIVE):
            near, cells, rising = below, slopes.rising_cells(below[0], here.high), False
        else:
            continue
        if cells:
            taken, bracket = _settled(enclosures, near, digits, rising=rising)
            kind = RisesToLeast if rising else FallsToGreatest
            point, narrow = LimitPoint(*probabilities(step.engine, bracket)), None
            clear = all(b[1] < here.low or here.high < b[0] for b in brackets)
            reached = bracket == near
            if not reached and (attraction is not None or (complete and clear)):
                narrow = LimitPoint(*probabilities(step.engine, near))
            proof = begin, begin + taken, cells, attraction, step.engine.name, step.engine.bits
            return kind(sequence, point, *proof, reached, narrow)
    return None


class _Slopes(Generic[V]):
    """Proofs of ``T' >= 0``, and where none can be: a point with ``T' < 0`` spares all intervals that hold
    it, as an orbit in chaos comes back to the same stretch again and again."""

    def __init__(self, step: Step[V]) -> None:
        self.step = step
        self.falling: list[Fraction] = []

    def falls_within(self, low: Fraction, high: Fraction) -> bool:
        """Whether ``T' < 0`` is known of a point of [low, high]."""
        return any(low <= x <= high for x in self.falling)

    def rising_cells(self, low: Fraction, high: Fraction) -> int | None:
        """Into how many cells the part of [low, high] below 0 must be cut for ``T' >= 0`` to be proved; above
        0 it always is, where an even contrast rises."""
        step, stuck = self.step, low
        end = min(high, Fraction(0)) if step.bench.contrast.knows(Fact.EVEN_RISING) else high
        for cells in CELLS:
            width = (end - low) / cells
            open_ends = (
                low + (k + 1) * width
                for k in range(cells)
                if not step.rises_over(low + k * width, low + (k + 1) * width)
            )
            if low >= end or (found := next(open_ends, None)) is None:
                return cells
            stuck = found
        if step.engine.sign(step.multiplier_over(stuck, stuck)) is Sign.NEGATIVE:
            self.falling.append(stuck)
        return None


def _stays(step: Step[V], end: Fraction, sign: Sign) -> bool:
    """Whether ``T(end) - end = -alpha gap`` has this sign for all parameters: the end stays inside."""
    gap = GapOverBox(step.bench, step.parameters).sign_at(end)  # by corners: brackets over a box touch them
    return gap is (Sign.POSITIVE if sign is Sign.NEGATIVE else Sign.NEGATIVE)


def _moves(step: Step[V], here: Enclosure) -> Sign:
    """The sign of ``T(L) - L`` on the whole enclosure: the mean value form with slope ``T' - 1``."""
    engine = step.engine
    swing = (step.steepest_over(here.low, here.high) + 1) * here.radius
    change = engine.sub(step.at(here.center), engine.exact(here.center))
    return engine.sign(engine.add(change, engine.interval(-swing, swing)))


def _settled(
    enclosures: Iterator[Enclosure], bracket: Range, digits: int, *, rising: bool
) -> tuple[int, Range]:
    """How many more steps the orbit needs to reach the bracket, and the bracket that is proved then.

    Where it does not reach it within the limit, the bracket is widened to the best bound on the way: the
    sequence is monotone, so each of them holds.
    """
    best: tuple[int, Fraction] | None = None
    side = 1 if rising else -1
    for n, here in enumerate(islice(enclosures, SETTLING_LIMIT), 1):
        known = side * (here.widened().low if rising else here.widened().high)
        if known >= side * bracket[0 if rising else 1]:
            return n, bracket
        if best is None or known > best[1]:
            best = n, known
        if here.radius > 1:
            break
    assert best is not None
    near = side * Fraction((best[1] * 10**digits).__floor__(), 10**digits)
    return best[0], (near, bracket[1]) if rising else (bracket[0], near)

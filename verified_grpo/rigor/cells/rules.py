"""The rules that decide cells, on arrays: every conclusion is an inequality between bounds that enclosures
give, with a little to spare so that an arithmetic that rounds otherwise agrees.

Notation: a cell is all (x, y) of a rectangle, w = exp(-x); T(L) = (1-alpha) L + alpha y + w Omega(L) and the
sequence starts at L_0 = y. As Omega > 0, every L_n >= y. alpha is in (0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...intervals.array_bounds import SPARE, TIGHT, Array, Counts, Flags, Interval, between, magnitude, points
from ...intervals.environment import in_sound_floats
from .falling import below_half
from .flow import Flow, spread_of
from .guesses import Guess, guess
from .patches import Law, Patches
from .terms import Terms
from .tokens import UNDECIDED, Verdicts

FINE = 0.25
"""Cells on both sides of p = 1/2 are cut in log-odds until they are so high."""
LEAST = 1.5
SIZES = "abcdefghijklmnopqrst"
"""How far a trap reaches to either side of the orbit: LEAST spreads, and twice as far with each letter."""


@dataclass(frozen=True)
class Outcome:
    """Verdicts of cells, and whether to cut those that have none in log beta rather than in log-odds."""

    verdicts: Verdicts
    across: Flags
    mixed: Flags
    """Cells on both sides of p = 1/2, which are to be cut in log-odds."""


@in_sound_floats
def decide(law: Law, cells: Patches) -> Outcome:
    """What is proved of each cell, the simplest rule first."""
    verdicts: Verdicts = [UNDECIDED] * len(cells)
    high = cells.y1 - cells.y0
    mixed = np.zeros(len(cells), dtype=bool)
    if law.is_ordered:
        for token, proof, holds in _at_once(law, cells):
            _note(verdicts, holds, token, proof)
        mixed = (cells.y0 < 0) & (cells.y1 > 0) & (high > FINE)  # its upper part may deserve "rises"
    for k in np.flatnonzero(mixed):
        verdicts[k] = UNDECIDED
    left = _left(verdicts)
    left = left[~mixed[left]]
    if law.is_ordered and law.alpha == 1 and law.update is None and len(left):
        for k, found in zip(left, below_half(law, cells.take(left)), strict=True):
            verdicts[k] = found
    left = _left(verdicts)
    left = left[~mixed[left]]
    across = np.zeros(len(cells), dtype=bool)
    if len(left):
        part = cells.take(left)
        guessed = guess(law, part)
        across[left] = guessed.across
        for k, found in zip(left, _by_orbits(law, part, guessed), strict=True):
            verdicts[k] = found
    return Outcome(verdicts, across, mixed)


def _left(verdicts: Verdicts) -> Counts:
    return np.array([k for k, found in enumerate(verdicts) if found == UNDECIDED], dtype=np.int64)


def _note(verdicts: Verdicts, holds: Flags, token: str, proof: str) -> None:
    for k in np.flatnonzero(holds):
        if verdicts[k] == UNDECIDED:
            verdicts[k] = token, proof


def _at_once(law: Law, cells: Patches) -> list[tuple[str, str, Flags]]:
    """The rules that need no orbit."""
    terms = Terms(law, cells)
    low = between(cells.y0, cells.y0)
    lightest, heaviest = (between(w, w) for w in (terms.weight.lo, terms.weight.hi))
    below = between(np.minimum(cells.y0, 0.0), np.zeros(len(cells)))
    fall = law.shape.over(below)[1]  # b <= 0 there
    least_lift = terms.pull * low + lightest * law.shape.least  # of T(0)
    return [
        ("r", "h", cells.y0 >= 0),
        ("r", "v", (terms.share + heaviest * fall).lo >= SPARE),
        ("f", "s", least_lift.lo >= SPARE),
        ("f", "g", _flat(terms, heaviest)),
        ("f", "w", _contracts(terms, heaviest)),
    ]


def _flat(terms: Terms, heaviest: Interval) -> Flags:
    """``w Bmax < alpha``: ``|T'| < 1`` on the line."""
    steepest = terms.law.shape.steepest
    if steepest is None:
        return np.zeros(len(heaviest.hi), dtype=bool)
    return np.asarray((heaviest * steepest).hi <= terms.pull.lo * TIGHT)


def _contracts(terms: Terms, heaviest: Interval) -> Flags:
    """``|T'| < 1`` on ``[y0, U]``, which T maps into itself: ``U = y1 + w Omega(y0)/alpha <= |y0|``."""
    law, cells, pull = terms.law, terms.cells, between(terms.pull.lo, terms.pull.lo)
    farthest = law.shape.omega(points(cells.y0))
    top = (points(cells.y1) + heaviest * farthest / pull).hi
    slope = law.shape.over(between(cells.y0, np.maximum(top, cells.y0)))[1]
    multiplier = terms.share + heaviest * slope
    inside = (top <= -cells.y0) & (multiplier.hi <= TIGHT) & (multiplier.lo >= -TIGHT)
    return np.asarray(inside)


def _by_orbits(law: Law, cells: Patches, guessed: Guess) -> Verdicts:
    """Climbs first, then traps, from the earliest step at which one may hold."""
    verdicts: Verdicts = [UNDECIDED] * len(cells)
    start = Flow.from_reference(law, cells)
    chosen = np.flatnonzero((guessed.climb >= 0) & law.is_ordered)
    steps = guessed.climb[chosen]
    for k, step, holds in zip(chosen, steps, _climbs(start.take(chosen).after(steps)), strict=True):
        if holds:
            verdicts[k] = "f", f"e{step}"
    open_ = np.array([found == UNDECIDED for found in verdicts])
    rows, chosen = np.nonzero((guessed.steps >= 0) & open_)
    steps = guessed.steps[rows, chosen]
    exponents = np.array([_above(side[rows, chosen]) for side in (guessed.below, guessed.above)])
    flow = start.take(chosen).after(steps)
    found = _trapped(flow, guessed.period[chosen], guessed.multiplier[chosen], exponents)
    for k, step, proof in zip(chosen, steps, found, strict=True):  # rows in order: the earliest step first
        if proof and verdicts[k] == UNDECIDED:
            n = int(guessed.period[k])
            verdicts[k] = "f" if n == 1 else f"c{n}", f"{proof[0]}{step}{proof[1]}"
    return verdicts


def _above(size: Array) -> Counts:
    """The least exponent of a power of 2 that is not below each size; where there is none, one too large."""
    share, exponent = np.frexp(size)
    return np.where(np.isfinite(size) & (size > 0), exponent - (share == 0.5), len(SIZES)).astype(np.int64)


def _climbs(flow: Flow) -> Flags:
    """``L_n >= A >= 0`` with ``T(A) >= A``: on [A, oo) T rises and stays, so the rest is monotone and
    bounded."""
    law, cells, terms, end = flow.law, flow.patches, flow.terms, flow.reach.lo
    lightest = between(terms.weight.lo, terms.weight.lo)
    start = between(np.maximum(end, 0.0), np.maximum(end, 0.0))
    gain = terms.pull * (points(cells.y0) - start) + lightest * law.shape.omega(start)
    return np.asarray((end >= 0) & (gain.lo >= SPARE))


def _trapped(
    flow: Flow, period: Counts, multiplier: Array, exponents: Counts
) -> list[tuple[str, str] | None]:
    """How each cell's orbit is proved to be in a trap of the period, if it is: the rule and the sizes."""
    found: list[tuple[str, str] | None] = [None] * len(period)
    kinds = np.where(np.abs(multiplier) < 0.2, "t", np.where(multiplier > 0, "n", "d"))
    fits = exponents.max(axis=0) < len(SIZES)
    for n in np.unique(period):
        for kind, rule in RULES.items():
            chosen = np.flatnonzero((period == n) & (kinds == kind) & fits)
            if len(chosen):
                part = flow.take(chosen)
                unit = part.spread * LEAST
                ends = [
                    part.center + between(x, x)
                    for x in (-np.ldexp(unit, exponents[0][chosen]), np.ldexp(unit, exponents[1][chosen]))
                ]
                for k in chosen[rule(part, ends, int(n))]:
                    found[k] = kind, "".join(SIZES[e[k]] for e in exponents)
    return found


def _turned(first: Flow, steps: int, apart: int) -> tuple[Flow, Flags]:
    """So many steps on, and whether the images meet the first interval at multiples of ``apart`` only."""
    now, alone = first, np.ones(len(first.patches), dtype=bool)
    for j in range(1, steps + 1):
        now = now.step()
        if j % apart:
            alone &= (now.reach.lo > first.reach.hi) | (now.reach.hi < first.reach.lo)
    return now, alone


def _contraction(flow: Flow, ends: Ends, period: int, turns: int = 1) -> Flags:
    """Whether ``T^n`` (``T^2n``) maps the interval into itself with slope of size < 1."""
    first = flow.from_between(*ends)
    radius = first.inside.lo
    now, alone = _turned(first, period * turns, period)
    needed = spread_of(now.across, now.along, now.inside, now.beside) + magnitude(now.center - first.center)
    return np.asarray(alone & (needed <= radius * TIGHT) & (magnitude(now.inside) < radius * TIGHT))


def _double_turn(flow: Flow, ends: Ends, period: int) -> Flags:
    """``T^2n`` contracts, and ``T^n(L) - L`` has opposite signs at the ends: its fixed point is one of
    ``T^n``."""
    return _contraction(flow, ends, period, 2) & _crosses(flow, ends, period)


def _order(flow: Flow, ends: Ends, period: int) -> Flags:
    """``T^n`` rises on the interval and moves its ends inward: all orbits in it are monotone and bounded."""
    first = flow.from_between(*ends)
    now, alone = _turned(first, period, period)
    return np.asarray(alone & (now.inside.lo >= 0)) & _crosses(flow, ends, period)


def _crosses(flow: Flow, ends: Ends, period: int) -> Flags:
    """Whether ``T^n(L) - L`` is > 0 at the lower end and < 0 at the upper end, for all of the cell."""
    holds = np.ones(len(flow.patches), dtype=bool)
    for side, end in zip((-1, 1), ends, strict=True):
        now = flow.from_point(end)
        for _ in range(period):
            now = now.step()
        moved = now.reach - end
        holds &= np.asarray((moved.lo >= SPARE) if side < 0 else (moved.hi <= -SPARE))
    return holds


Ends = list[Interval]
RULES = {"t": _contraction, "d": _double_turn, "n": _order}

"""Witnesses of chaos in the sense of Li and Yorke: four points in order, or a point of period 3.

A search in floating point proposes; enclosures of three steps decide. That such a point forces cycles of
every period and an uncountable scrambled set is the theorem of Li and Yorke (1975) with Sharkovskii's order,
which is cited and not proved here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import numpy as np

from ...errors import InputError, NotEnoughPrecision
from ...intervals import Exact, Sign, exact, make_engine
from ...intervals.steady_arrays import approx_exp
from ...model import Contrast, Parameters, Range, Workbench
from ...model.approximate import approx, approx_log_odds
from ...model.formulas import approx_profile_over_arrays
from ...model.step import Step
from ..sequences.orbits import Enclosure, enclosure_of, image
from .cycles import Cycles, cycles
from .outcomes import LiYorke, NoWitness, PeriodThree

V = TypeVar("V")
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

BITS = 96
NEAR, POINTS = 60.0, 4000
"""The search looks at so many points within this distance of 1/2, in log-odds, and some beyond."""
REFINEMENTS, TRIES = 6, 6
PLACES = 9  # decimals of a witness, at most
NOTHING = "no witness was found, which does not mean that there is none"
MIRROR = "at alpha = 0 every orbit rises, so no witness serves it: ask for alpha above 0"


class ApproxMap:
    """T in floating point, on arrays, for guesses; parameters may be arrays as well."""

    def __init__(
        self, contrast: Contrast, alpha: float, beta: object, eps: float, log_odds_ref: object
    ) -> None:
        self.alpha, self.eps = alpha, eps
        self.weight = 1 / np.asarray(beta, dtype=float)
        self.pull = alpha * np.asarray(log_odds_ref, dtype=float)
        self._profile = approx_profile_over_arrays(contrast)

    @staticmethod
    def middle_of(contrast: Contrast, parameters: Parameters) -> ApproxMap:
        """At the middle of a box."""
        point = parameters.midpoint
        reference = approx_log_odds(point.p_ref)
        return ApproxMap(contrast, float(point.alpha), approx(point.beta), approx(point.eps), reference)

    def __call__(self, x: Floats) -> Floats:
        omega = self._profile(approx_exp(-np.minimum(np.abs(x), 700.0)), self.eps)[0]
        value: Floats = (1 - self.alpha) * x + self.pull + omega * self.weight
        return value

    def room(self, x: Floats) -> tuple[Floats, Floats]:
        """By how much the four points are in order, falling and rising: the least of the three gaps."""
        first = self(x)
        second = self(first)
        third = self(second)
        falling = np.minimum(np.minimum(third - x, x - first), first - second)
        rising = np.minimum(np.minimum(x - third, first - x), second - first)
        return falling, rising


def chaos_witness(
    contrast: Contrast,
    parameters: Parameters,
    *,
    start: Exact | None = None,
    engine: str = "arb",
) -> LiYorke | PeriodThree | NoWitness:
    """A proof that T is chaotic in the sense of Li and Yorke, for every parameter of a box.

    Args:
        contrast: any contrast.
        parameters: exact numbers, or ranges (one witness for the whole box).
        start: the probability of the point to be tried, in (0, 1); searched for when None.
        engine: ``arb`` or ``mpmath``.

    Returns:
        Four points in order; else, at exact parameters, a point of period 3; else that none was found.

    Raises:
        InputError: ``start`` outside (0, 1).

    Not proved: that the sequence from p_ref is chaotic; almost every sequence may tend to an attracting
    cycle beside the chaos. Source: S6.
    """
    if start is not None:
        given = exact(start if isinstance(start, str | int | Fraction) else "")
        if not 0 < given < 1:
            raise InputError("the point to be tried must lie strictly between 0 and 1, as a probability")
        candidates: Iterable[tuple[Fraction, bool]] = [(given, True)]
    else:
        candidates = ((x, False) for x in guesses(contrast, parameters))
    with make_engine(engine, BITS) as arithmetic:
        if parameters.alpha[0] == 0:
            return NoWitness(contrast, parameters, MIRROR, engine, BITS)
        step = Step(Workbench(arithmetic, contrast), parameters)
        for x, is_probability in candidates:
            found = four_points(step, x, is_probability=is_probability)
            if found is not None:
                return replace(found, contrast=contrast)
    nothing = NoWitness(contrast, parameters, NOTHING, engine, BITS)
    if start is not None or not parameters.is_point:
        return nothing
    returning = period_three(contrast, parameters, engine=engine)
    return nothing if returning is None else returning


def four_points(step: Step[V], x: Fraction, *, is_probability: bool = False) -> LiYorke | None:
    """The witness at x, if its order is proved for every parameter."""
    engine = step.engine
    try:
        log_odds = step.bench.log_odds(x) if is_probability else engine.exact(x)
        here = first = enclosure_of(engine, log_odds)
        images = []
        for _ in range(3):
            here = image(step, here)
            images.append(rounded_out(here))
    except NotEnoughPrecision:
        return None
    falls = images[2][0] >= first.high and first.low > images[0][1] and images[0][0] > images[1][1]
    rises = images[2][1] <= first.low and first.high < images[0][0] and images[0][1] < images[1][0]
    if not (falls or rises):
        return None
    made_by = engine.name, engine.bits
    return LiYorke(
        step.bench.contrast,
        step.parameters,
        x,
        is_probability,
        falls,
        (images[0], images[1], images[2]),
        *made_by,
    )


def rounded_out(here: Enclosure) -> Range:
    """An enclosure with short ends, a little wider: its own size decides to how many places."""
    around = here.widened()
    places = max(0, min(30, 2 - math.floor(math.log10(max(float(around.radius), 1e-20)))))
    unit = Fraction(1, 10**places)
    return (around.low / unit).__floor__() * unit, (around.high / unit).__ceil__() * unit


def guesses(contrast: Contrast, parameters: Parameters) -> list[Fraction]:
    """Log-odds at which floating point sees the four points in order, the roomiest first; proved by
    nothing."""
    guess = ApproxMap.middle_of(contrast, parameters)
    grid = np.concatenate([np.linspace(-NEAR, NEAR, POINTS), np.geomspace(NEAR, 1e5, POINTS // 8)])
    found: list[Fraction] = []
    for side in (0, 1):
        room = guess.room(grid)[side]
        for k in np.argsort(room)[::-1][:TRIES]:
            x, gain = _refined(guess, side, float(grid[k]))
            if gain > 0:
                found.append(_short(x, gain))
    return list(dict.fromkeys(found))


def _refined(guess: ApproxMap, side: int, x: float) -> tuple[float, float]:
    """A point near x with more room, by ever finer grids, and its room."""
    width, best = 2 * NEAR / POINTS, -math.inf
    for _ in range(REFINEMENTS):
        grid = x + width * np.linspace(-1, 1, 65)
        room = guess.room(grid)[side]
        k = int(np.argmax(room))
        x, best, width = float(grid[k]), float(room[k]), width / 16
    return x, best


def _short(x: float, room: float) -> Fraction:
    """x to as many decimals as its room asks for."""
    places = min(PLACES, max(2, 3 - math.floor(math.log10(room))))
    return Fraction(round(x * 10**places), 10**places)


def period_three(contrast: Contrast, parameters: Parameters, *, engine: str = "arb") -> PeriodThree | None:
    """A point of exact period 3 at exact parameters, None where none was found or proved."""
    found = cycles(contrast, parameters, 3, engine=engine)
    if not isinstance(found, Cycles) or not found.cycles:
        return None
    bracket = found.cycles[0].points[0].logit
    with make_engine(engine, found.bits) as arithmetic:
        step = Step(Workbench(arithmetic, contrast), parameters)
        if not _returns(step, bracket):
            return None
    return PeriodThree(contrast, parameters, bracket, engine, found.bits)


def _returns(step: Step[V], bracket: Range) -> bool:
    """Whether ``T^3(L) - L`` changes sign on the bracket, and T leads out of it."""
    signs = []
    for end in bracket:
        here = Enclosure(end, Fraction(0))
        for _ in range(3):
            here = image(step, here)
        signs.append(
            Sign.POSITIVE if here.low > end else Sign.NEGATIVE if here.high < end else Sign.UNDECIDED
        )
    low, high = bracket
    there = image(step, Enclosure((low + high) / 2, (high - low) / 2))
    apart = there.high < low or there.low > high
    return apart and set(signs) == {Sign.POSITIVE, Sign.NEGATIVE}

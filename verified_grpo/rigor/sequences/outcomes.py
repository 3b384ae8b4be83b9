"""What a question about a sequence can end in: each verdict with what a certificate needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from ...intervals import Engine
from ...model import Contrast, Parameters, Range
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import probability
from ..verdicts import SettlingForm

V = TypeVar("V")

PROBABILITY_DIGITS = 17


@dataclass(frozen=True)
class Sequence:
    """``L_0, T(L_0), ...`` for every parameter of a box; ``start`` is ``p_0``, None for ``p_ref``."""

    contrast: Contrast
    parameters: Parameters
    start: Fraction | None

    @property
    def is_single(self) -> bool:
        """Whether this is one sequence."""
        return self.parameters.is_point and self.contrast.is_single


@dataclass(frozen=True)
class LimitPoint:
    """A limit: its bracket in log-odds, and its probability and complement as decimal text, rounded
    outward."""

    logit: Range
    p: tuple[str, str]
    one_minus_p: tuple[str, str]


@dataclass(frozen=True)
class BasinPoint(LimitPoint):
    """A point of an attracting cycle. ``basin``: log-odds from which every orbit tends to the cycle, in step
    with it."""

    basin: Range

    @property
    def radius(self) -> Fraction:
        """How far, in log-odds, the basin reaches at least to both sides of the point."""
        return min(self.logit[0] - self.basin[0], self.basin[1] - self.logit[1])


@dataclass(frozen=True)
class RisesToOne(NoTruthValue, read="gain"):
    """alpha = 0: every step adds at least ``gain`` > 0 to the log-odds, so p rises to 1 and there is no
    fixed point."""

    sequence: Sequence
    gain: Fraction
    engine: str
    bits: int


@dataclass(frozen=True)
class ConvergesToCycle(NoTruthValue, read="points"):
    """``L_(step + j + n m)`` tends to ``points[j]`` as m grows, n the period: exactly n different points.

    From ``step`` on each turn (n steps) multiplies the distance by at most ``rate`` < 1. ``multiplier``
    encloses ``(T^n)'`` on the cycle, decimal text rounded outward.
    """

    sequence: Sequence
    points: tuple[BasinPoint, ...]
    multiplier: tuple[str, str]
    rate: Fraction
    step: int
    engine: str
    bits: int

    @property
    def period(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class ConvergesToFixedPoint(ConvergesToCycle):
    """A cycle of one point: an attracting fixed point."""

    @property
    def point(self) -> BasinPoint:
        return self.points[0]


@dataclass(frozen=True)
class Monotone(NoTruthValue, read="limit"):
    """From ``step`` on the sequence never turns back and tends to ``limit``.

    Evidence: the bracket's near end needs the orbit up to ``orbit_steps``; ``T' >= 0`` is proved on so many
    ``cells``. ``attraction`` adds the rate where the limit is proved to attract at one. Where
    the orbit was not followed until it ``reached`` the bracket of the fixed point, ``narrow`` is that bracket
    as far as it is proved: that of ``attraction``, or of the fixed point in the complete list.
    """

    sequence: Sequence
    limit: LimitPoint
    step: int
    orbit_steps: int
    cells: int
    attraction: ConvergesToFixedPoint | None
    engine: str
    bits: int
    reached: bool = True
    narrow: LimitPoint | None = None


@dataclass(frozen=True)
class RisesToLeast(Monotone):
    """The limit is the least fixed point not below ``L_step``; from ``p_ref`` at step 0, the least of all."""


@dataclass(frozen=True)
class FallsToGreatest(Monotone):
    """The limit is the greatest fixed point not above ``L_step``."""


@dataclass(frozen=True)
class Settles(NoTruthValue, read="form"):
    """The sequence tends to a fixed point by a closed form; to which one may depend on the parameters, and no
    rate is claimed.

    ``form``: ``order`` (``T' >= 0`` from the start on, S7), ``lift`` (``T(0) >= 0``, S4) or ``contraction``
    (``Bmax < alpha beta``, S3). ``rises``: it never falls, and the limit is the least fixed point.
    """

    sequence: Sequence
    form: SettlingForm
    rises: bool
    engine: str
    bits: int


@dataclass(frozen=True)
class TendsInBox(NoTruthValue, read="period"):
    """For all parameters of the box the sequence from p_ref tends to a cycle of exactly ``period`` points (1:
    a fixed point); which one may depend on the parameters.

    ``certificate``: the proof, as it was found: an atlas of so many ``cells``, or, where there are none, ``T'
    > -1`` wherever a cycle could be.
    """

    sequence: Sequence
    period: int
    cells: int
    certificate: Mapping[str, Any]


@dataclass(frozen=True)
class UndecidedLimit(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says where it stopped."""

    sequence: Sequence
    reason: str
    bits: int


@dataclass(frozen=True)
class ByAlpha(NoTruthValue, read="parts"):
    """alpha from 0 upwards: no one verdict is true of all parameters, so each part of the range has its own.

    ``mirror``: alpha = 0. ``near``: every alpha with 0 < alpha <= ``end``, by a closed form that holds for
    all of them; no certificate has half-open ranges, so its parameters begin at a tiny alpha above 0.
    ``beyond``: from ``end`` upwards, None where nothing is left.
    """

    sequence: Sequence
    mirror: RisesToOne
    near: Settles
    beyond: Limit | None

    @property
    def parts(self) -> tuple[Limit, ...]:
        """The parts in ascending order of alpha."""
        return (self.mirror, self.near, *(() if self.beyond is None else (self.beyond,)))


Limit = RisesToOne | Monotone | ConvergesToCycle | Settles | TendsInBox | ByAlpha | UndecidedLimit


def probabilities(engine: Engine[V], bracket: Range) -> tuple[Range, tuple[str, str], tuple[str, str]]:
    """A bracket with what it says of p and 1 - p."""
    hull = engine.interval(*bracket)
    sides = (hull, engine.neg(hull))
    p, complement = (probability(engine, side, PROBABILITY_DIGITS) for side in sides)
    return bracket, p, complement

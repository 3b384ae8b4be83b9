"""The gap ``g(L) = L - L_ref - Omega(L)/(alpha beta)``, whose zeros are the fixed points, at the corners of
a box.

For every L the gap increases in alpha, beta and eps and decreases in p_ref, because ``Omega > 0`` and
``Omega`` decreases in eps. So over a box of parameters its range is given by two corners, and a sign over
the box is a sign at one of them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Generic, TypeVar

from ..intervals import Engine, Sign
from .contrast import Contrast
from .parameters import Parameters, Point, Range
from .profile import Profile, shared_profile

V = TypeVar("V")


class Workbench(Generic[V]):
    """One engine and one contrast, with what many boxes share: the reference log-odds by p_ref, profiles by
    eps."""

    def __init__(self, engine: Engine[V], contrast: Contrast) -> None:
        self.engine = engine
        self.contrast = contrast
        self._log_odds: dict[Fraction, V] = {}

    def profile(self, eps: Fraction, eps_range: Range) -> Profile[V]:
        """The profile at eps; the range matters to contrast ``group`` only."""
        wide = eps_range if self.contrast.name == "group" else (eps, eps)
        return shared_profile(self.engine.name, self.engine.bits, self.contrast, eps, wide)

    def log_odds(self, p_ref: Fraction) -> V:
        """Encloses ``log(p_ref/(1 - p_ref))``."""
        if p_ref not in self._log_odds:
            self._log_odds[p_ref] = self.engine.log(self.engine.exact(p_ref / (1 - p_ref)))
        return self._log_odds[p_ref]


class Gap(Generic[V]):
    """The gap at one exact choice of the parameters (alpha > 0); over ``group`` slopes cover the whole
    ``eps_range``."""

    def __init__(self, bench: Workbench[V], point: Point, eps_range: Range | None = None) -> None:
        self.engine = bench.engine
        self.point = point
        self.profile = bench.profile(point.eps, eps_range or (point.eps, point.eps))
        self.log_odds_ref = bench.log_odds(point.p_ref)
        self.weight = self.engine.exact(1 / (point.alpha * point.beta))
        self._one = self.engine.exact(1)
        self._values: dict[tuple[int, int], V] = {}

    def at(self, x: Fraction) -> V:
        """Encloses ``g(x)``."""
        key = x.as_integer_ratio()
        if key not in self._values:
            self._values[key] = self._value(x, self.profile.at(x)[0])
        return self._values[key]

    def slope_at(self, x: Fraction) -> V:
        """Encloses ``g'(x) = 1 - b/(alpha beta)``."""
        return self._slope(self.profile.at(x)[1])

    def slope_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``g'`` on the cell."""
        return self._slope(self.profile.slope_over(low, high))

    def sign_at(self, x: Fraction) -> Sign:
        return self.engine.sign(self.at(x))

    def has_sign_over(self, low: Fraction, high: Fraction, sign: Sign) -> bool:
        """Whether ``g`` is proved to have this sign on the whole cell, by end points or by the mean value
        form."""
        engine = self.engine
        near = (
            low if sign is Sign.POSITIVE else high
        )  # L at the end nearest the wrong side; Omega's range covers the rest
        if engine.sign(self._value(near, self.profile.omega_over(low, high))) is sign:
            return True
        middle, radius = (low + high) / 2, (high - low) / 2
        deviation = engine.mul(self.slope_over(low, high), engine.interval(-radius, radius))
        return engine.sign(engine.add(self.at(middle), deviation)) is sign

    def _value(self, x: Fraction, omega: V) -> V:
        engine = self.engine
        return engine.sub(engine.sub(engine.exact(x), self.log_odds_ref), engine.mul(omega, self.weight))

    def _slope(self, slope: V) -> V:
        return self.engine.sub(self._one, self.engine.mul(slope, self.weight))


class GapOverBox(Generic[V]):
    """The gap over a box of parameters: its two corners, the same one for a point."""

    def __init__(self, bench: Workbench[V], parameters: Parameters) -> None:
        self.engine = bench.engine
        self.parameters = parameters
        self.lowest = Gap(bench, parameters.lowest_gap, parameters.eps)
        self.highest = (
            self.lowest if parameters.is_point else Gap(bench, parameters.highest_gap, parameters.eps)
        )

    def sign_at(self, x: Fraction) -> Sign:
        """The sign of ``g(x)`` for all parameters of the box, if it is one."""
        if self.highest is self.lowest:
            return self.lowest.sign_at(x)
        if self.lowest.sign_at(x) is Sign.POSITIVE:
            return Sign.POSITIVE
        return Sign.NEGATIVE if self.highest.sign_at(x) is Sign.NEGATIVE else Sign.UNDECIDED

    def domain(self) -> tuple[Fraction, Fraction]:
        """Integers between which every fixed point lies: ``g < 0`` up to the first, ``g > 0`` from the
        second on."""
        engine = self.engine
        first = engine.lower(self.highest.log_odds_ref)
        low = self.lowest
        last = engine.upper(engine.add(low.log_odds_ref, engine.mul(low.profile.omega_max, low.weight)))
        return Fraction(first.__floor__()), Fraction(last.__ceil__() + 1)

    def multiplier_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``T' = (1 - alpha) + b/beta`` on the cell for all parameters of the box."""
        engine, box = self.engine, self.parameters
        slope = self.lowest.profile.slope_over(low, high)
        if self.highest is not self.lowest:
            slope = engine.hull(slope, self.highest.profile.slope_over(low, high))
        share = engine.interval(1 - box.alpha[1], 1 - box.alpha[0])
        return engine.add(share, engine.div(slope, engine.interval(*box.beta)))

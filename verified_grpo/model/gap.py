"""The gap ``g(L) = L - L_ref - Omega(L)/(alpha beta)``, whose zeros are the fixed points, at the corners of
a box.

For every L the gap increases in alpha and beta and decreases in p_ref, because ``Omega > 0``; and it
increases in eps where ``Omega`` decreases (where that is not known, profiles cover the range of eps). So
over a box of parameters its range is given by two corners, and a sign over the box is a sign at one of them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Generic, TypeVar

from ..intervals import Dyadic, Engine, Sign
from .contrasts import Contrast, Fact
from .parameters import Parameters, Point, Range
from .profile import Profile, shared_profile, varies_inside

V = TypeVar("V")


class Workbench(Generic[V]):
    """One engine and one contrast, with what many boxes share: the reference log-odds by p_ref, profiles by
    eps."""

    def __init__(self, engine: Engine[V], contrast: Contrast) -> None:
        self.engine = engine
        self.contrast = contrast
        self._varies_inside = varies_inside(contrast)
        self._log_odds: dict[tuple[int, int], V] = {}

    def profile(self, eps: Fraction, eps_range: Range) -> Profile[V]:
        """The profile at eps; the range matters where it is not known by its ends."""
        wide = eps_range if self._varies_inside else None
        return shared_profile(self.engine.name, self.engine.bits, self.contrast, eps, wide)

    def log_odds(self, p_ref: Fraction) -> V:
        """Encloses ``log(p_ref/(1 - p_ref))``."""
        key = successes, total = p_ref.as_integer_ratio()
        known = self._log_odds.get(key)
        if known is None:
            engine = self.engine
            odds = engine.div(engine.exact(successes), engine.exact(total - successes))
            known = self._log_odds[key] = engine.log(odds)
        return known


class Gap(Generic[V]):
    """The gap at one exact choice of the parameters (alpha > 0); what is not known by the ends of
    ``eps_range`` covers all of it. ``end``: of a contrast that stands for many, below (``NEGATIVE``) or above
    all of their gaps."""

    def __init__(
        self, bench: Workbench[V], point: Point, eps_range: Range | None = None, end: Sign | None = None
    ) -> None:
        self.engine = bench.engine
        self._end = end
        self.point = point
        self.profile = bench.profile(point.eps, eps_range or (point.eps, point.eps))
        self.log_odds_ref = bench.log_odds(point.p_ref)
        self._one = self.engine.exact(1)
        self.alpha, self.beta = self.engine.exact(point.alpha), self.engine.exact(point.beta)
        self.weight = self.engine.div(self._one, self.engine.mul(self.alpha, self.beta))
        self._values: dict[tuple[int, int], tuple[V, Sign, V, Sign]] = {}

    def at(self, x: Fraction) -> V:
        """Encloses ``g(x)``."""
        return self._evaluated(x)[0]

    def sign_at(self, x: Fraction) -> Sign:
        """The sign of ``g(x)``, if it is proved."""
        return self._evaluated(x)[1]

    def sign_once(self, x: Fraction) -> Sign:
        """The sign at a point that will not be asked about again."""
        return self.engine.sign(self._value(*self.profile.omega_once(x)))

    def _evaluated(self, x: Fraction) -> tuple[V, Sign, V, Sign]:
        """``g(x)``, its sign, ``g'(x) = 1 - b/(alpha beta)`` and its sign (remembered)."""
        key = x.as_integer_ratio()
        known = self._values.get(key)
        if known is None:
            engine, weight, (point, omega, b) = self.engine, self.weight, self.profile.look_up(x)
            value = self._value(point, omega)
            slope = engine.sub(self._one, engine.mul(b, weight))
            known = self._values[key] = value, engine.sign(value), slope, engine.sign(slope)
        return known

    def newton_step(self, x: Fraction) -> V:
        """Encloses ``x - g(x)/g'(x)``."""
        value, _, slope, _ = self._evaluated(x)
        return self.engine.sub(self.profile.look_up(x)[0], self.engine.div(value, slope))

    def slope_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``g'`` on the cell."""
        return self._slope(self.profile.slope_over(low, high))

    def rises_over(self, low: Fraction, high: Fraction) -> bool:
        """Whether ``g' > 0`` is proved on the cell; for a contrast of one peak by its sign where ``b`` is
        largest."""
        profile = self.profile
        if not profile.has_one_peak:
            return self.engine.sign(self.slope_over(low, high)) is Sign.POSITIVE
        if high.numerator <= 0:
            return True  # b <= 0 there
        if not profile.may_hold_peak(low, high):  # b is largest at the end next to the peak
            return self._evaluated(low if profile.is_past_peak(low) else high)[3] is Sign.POSITIVE
        return self._rises_at_the_peak

    def falls_over(self, low: Fraction, high: Fraction) -> bool:
        """Whether ``g' < 0`` is proved on the cell; for a contrast of one peak by the signs at its ends,
        which lie in L > 0."""
        if not self.profile.has_one_peak:
            return self.engine.sign(self.slope_over(low, high)) is Sign.NEGATIVE
        return self._evaluated(low)[3] is Sign.NEGATIVE is self._evaluated(high)[3]

    @cached_property
    def _rises_at_the_peak(self) -> bool:
        return self.engine.sign(self._slope(self.profile.slope_bound)) is Sign.POSITIVE

    def has_sign_over(self, low: Fraction, high: Fraction, sign: Sign) -> bool:
        """Whether ``g`` is proved to have this sign on the whole cell, by end points or by the mean value
        form."""
        engine = self.engine
        # L at the end nearest the wrong side, Omega at its largest or least.
        near, omega = (
            (low, self.profile.largest_omega_over(low, high))
            if sign is Sign.POSITIVE
            else (high, self.profile.least_omega_over(low, high))
        )
        if engine.sign(self._value(engine.exact(near), omega)) is sign:
            return True
        middle, radius = (low + high) / 2, (high - low) / 2
        deviation = engine.mul(self.slope_over(low, high), engine.interval(-radius, radius))
        return engine.sign(engine.add(self.at(middle), deviation)) is sign

    def _value(self, point: V, omega: V) -> V:
        engine = self.engine
        if self._end is not None and engine.is_finite(omega):
            outer = engine.upper if self._end is Sign.NEGATIVE else engine.lower
            omega = engine.exact(outer(omega))
        return engine.sub(engine.sub(point, self.log_odds_ref), engine.mul(omega, self.weight))

    def _slope(self, slope: V) -> V:
        return self.engine.sub(self._one, self.engine.mul(slope, self.weight))


def corner_box(contrast: Contrast, box: Parameters, corner: Point) -> Parameters:
    """A corner of a box; with all of its eps where Omega is not known to fall in eps."""
    return corner.box if contrast.knows(Fact.FALLS_IN_EPS) else replace(corner.box, eps=box.eps)


class GapOverBox(Generic[V]):
    """The gap over a box of parameters: its two corners, the same one for a point; ``has_corners`` says
    whether these are exact parameters, and not at all eps at once."""

    def __init__(self, bench: Workbench[V], parameters: Parameters) -> None:
        self.engine, self.contrast = bench.engine, bench.contrast
        below, above = (None, None) if bench.contrast.is_single else (Sign.NEGATIVE, Sign.POSITIVE)
        self.lowest = Gap(bench, parameters.lowest_gap, parameters.eps, below)
        self.highest = (
            self.lowest
            if parameters.is_point and below is None
            else Gap(bench, parameters.highest_gap, parameters.eps, above)
        )
        self._ends: dict[tuple[int, int], Sign] = {}
        self.has_corners = parameters.eps[0] == parameters.eps[1] or bench.contrast.knows(Fact.FALLS_IN_EPS)

    def sign_at(self, x: Fraction) -> Sign:
        """The sign of ``g(x)`` for all parameters of the box, if it is one."""
        known = self._ends.get(x.as_integer_ratio())
        if known is not None:
            return known
        sign = self.lowest.sign_at(x)
        if sign is Sign.POSITIVE or self.highest is self.lowest:
            return sign
        return Sign.NEGATIVE if self.highest.sign_at(x) is Sign.NEGATIVE else Sign.UNDECIDED

    def anchor(self) -> Range:
        """Integers around the least ``L_ref``; up to the first ``g < 0``, whatever Omega is."""
        first = _floor(self.engine.lower_dyadic(self.highest.log_odds_ref))
        self._ends = {(first, 1): Sign.NEGATIVE}
        return Fraction(first), Fraction(first + 1)

    def domain(self) -> Range:
        """Integers between which every fixed point lies: ``g < 0`` up to the first, ``g > 0`` from the
        second on."""
        engine, low = self.engine, self.lowest
        farthest = engine.add(low.log_odds_ref, engine.mul(low.profile.omega_max, low.weight))
        first = _floor(engine.lower_dyadic(self.highest.log_odds_ref))
        last = _floor(engine.upper_dyadic(farthest)) + 2
        self._ends = {(first, 1): Sign.NEGATIVE, (last, 1): Sign.POSITIVE}
        return Fraction(first), Fraction(last)

    def multiplier_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``T' = (1 - alpha) + b/beta`` on the cell for all parameters of the box."""
        engine, first, second = self.engine, self.lowest, self.highest
        slope, alpha, beta = first.profile.slope_over(low, high), first.alpha, first.beta
        if second is not first:
            slope = engine.hull(slope, second.profile.slope_over(low, high))
            alpha, beta = engine.hull(alpha, second.alpha), engine.hull(beta, second.beta)
        return engine.add(engine.sub(engine.exact(1), alpha), engine.div(slope, beta))


def _floor(number: Dyadic) -> int:
    m, e = number
    return m << e if e >= 0 else m >> -e

"""The step ``T(L) = (1 - alpha) L + alpha L_ref + Omega/beta`` and its multiplier, over a box of parameters,
alpha = 0 included."""

from __future__ import annotations

from fractions import Fraction
from typing import Generic, TypeVar

from ..intervals import Dyadic
from ..intervals.engine import dyadic_fraction
from .gap import Workbench
from .parameters import Parameters

V = TypeVar("V")

STEEPNESS_BITS = 64
LEAST_STEEPNESS = Fraction(1, 2**128)


class Step(Generic[V]):
    """One update of the log-odds, for all parameters of a box at once.

    Where ``Omega`` decreases in eps, and ``|b|`` by its shape, hulls of the two ends of eps enclose both over
    the box; elsewhere the profiles cover the range of eps by themselves.
    """

    def __init__(self, bench: Workbench[V], parameters: Parameters) -> None:
        self.bench, self.parameters = bench, parameters
        engine = self.engine = bench.engine
        low, high = (bench.profile(eps, parameters.eps) for eps in parameters.eps)
        self._profiles = (low,) if low is high else (low, high)
        self.log_odds_ref = engine.hull(*(bench.log_odds(p) for p in parameters.p_ref))
        self._alpha = engine.interval(*parameters.alpha)
        self._beta = engine.interval(*parameters.beta)
        self._share = engine.interval(1 - parameters.alpha[1], 1 - parameters.alpha[0])

    def at(self, x: Fraction) -> V:
        """Encloses ``T(x)`` for every parameter; written as ``x + alpha (L_ref - x) + Omega/beta``, alpha
        once."""
        point, omega, _ = self._profiles[0].look_up(x)
        if len(self._profiles) == 2:
            omega = self.engine.hull(omega, self._profiles[1].at(x)[0])
        return self._after(point, omega)

    def once(self, x: Fraction) -> V:
        """The same at a point that will not be asked about again, as on a long way."""
        point, omega = self._profiles[0].omega_once(x)
        if len(self._profiles) == 2:
            omega = self.engine.hull(omega, self._profiles[1].omega_once(x)[1])
        return self._after(point, omega)

    def _after(self, point: V, omega: V) -> V:
        engine = self.engine
        pull = engine.mul(self._alpha, engine.sub(self.log_odds_ref, point))
        return engine.add(engine.add(point, pull), engine.div(omega, self._beta))

    def multiplier_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``T' = (1 - alpha) + b/beta`` on the cell for every parameter."""
        engine = self.engine
        slope = self._profiles[0].slope_over(low, high)
        if len(self._profiles) == 2:
            slope = engine.hull(slope, self._profiles[1].slope_over(low, high))
        return engine.add(self._share, engine.div(slope, self._beta))

    def steepest_over(self, low: Fraction, high: Fraction) -> Fraction:
        """An upper bound of ``|T'|`` on the cell, a short positive number (never below 2^-128).

        Raises:
            NotEnoughPrecision: nothing is known about the multiplier.
        """
        multiplier = self.multiplier_over(low, high)
        (m, e), (n, f) = self.engine.lower_dyadic(multiplier), self.engine.upper_dyadic(multiplier)
        return max(_not_below((-m, e)), _not_below((n, f)))

    def rises_over(self, low: Fraction, high: Fraction) -> bool:
        """Whether ``T' >= 0`` is proved on the cell for every parameter: always on L >= 0 where an even
        contrast rises."""
        if low >= 0 and self._profiles[0].is_even:
            return True
        return self.engine.lower_dyadic(self.multiplier_over(low, high))[0] >= 0


def shortened_up(x: Fraction) -> Fraction:
    """The least number of 64 or 65 bits that is not below x > 0; x itself for 0."""
    if not x:
        return x
    shift = x.denominator.bit_length() - x.numerator.bit_length() + STEEPNESS_BITS
    if shift >= 0:
        return Fraction(-(-(x.numerator << shift) // x.denominator), 1 << shift)
    return Fraction(-(-x.numerator // (x.denominator << -shift)) << -shift)


def _not_below(number: Dyadic) -> Fraction:
    """A short number not below m 2^e, at least 2^-128 (multipliers go down to e^(-3e10))."""
    m, e = number
    if m <= 0 or m.bit_length() + e < -128:
        return LEAST_STEEPNESS
    return max(shortened_up(dyadic_fraction(number)), LEAST_STEEPNESS)

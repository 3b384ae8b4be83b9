"""Contrast and slope at points and over cells of log-odds, on one engine, at one exact eps.

Over a cell the shape is used instead of wide arithmetic, so that the enclosures are as sharp as at points:

* ``Omega`` is even in L and does not decrease in ``|L|``: for ``mean-var``, ``mean-std`` it decreases in the
  variance ``v = p q``, which decreases in ``|L|``; for ``group`` it is a Bernstein polynomial whose
  coefficients are checked to fall up to the middle and to be symmetric (then its derivative in p changes
  sign once, at 1/2, by variation diminishing).
* the slope ``b`` is odd; on L >= 0 it rises to its one peak and falls after it (S2, S3), for ``mean-var``
  and ``mean-std``. For ``group`` the slope over a cell is the plain enclosure of its Bernstein form.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Generic, TypeVar

from ..errors import NotEnoughPrecision
from ..intervals import Engine, Sign, make_engine
from . import formulas
from .contrast import MEAN, Contrast
from .parameters import Range
from .program import BoundProgram

V = TypeVar("V")

MEMORY_LIMIT = 4096
"""Points remembered by one profile before it starts again."""


class Profile(Generic[V]):
    """``Omega`` and ``b`` of one contrast on one engine. ``omega_max`` encloses the limit of ``Omega`` at p
    = 0 and 1.

    Args:
        engine: any scalar engine.
        contrast: the contrast.
        eps: the exact stabiliser.
        eps_range: for ``group`` over a box, the range of eps over which slopes are enclosed: ``b`` is
            monotone in eps only for the other contrasts, whose corners are enough.

    Raises:
        NotEnoughPrecision: the shape of a group's ``Omega`` is not proved at the engine's precision.
    """

    def __init__(
        self, engine: Engine[V], contrast: Contrast, eps: Fraction, eps_range: Range | None = None
    ) -> None:
        self.engine = engine
        self.contrast = contrast
        self.has_one_peak = contrast.name in ("mean-var", "mean-std")
        eps_value = self._eps = engine.exact(eps)
        wide = engine.interval(*eps_range) if eps_range and contrast.name == "group" else eps_value
        self._profile = formulas.profile_program(contrast).bind(engine, eps=eps_value)
        if contrast.name == "group":
            self._slope = formulas.slope_program(contrast).bind(engine, eps=wide)
        self._slope_varies_with_eps = wide is not eps_value
        self._points: dict[tuple[int, int], tuple[V, V, V]] = {}
        if self.has_one_peak:
            peak, self.slope_bound = formulas.peak_program(contrast).bind(engine, eps=eps_value)()
            self._peak = engine.lower(peak).as_integer_ratio(), engine.upper(peak).as_integer_ratio()
        self.omega_max = formulas.limit_program(contrast).bind(engine, eps=eps_value)()[0]
        if contrast.name == "group" and not _falls_to_the_middle(engine, contrast, eps_value):
            raise NotEnoughPrecision(
                "the group's Bernstein coefficients are not proved to fall up to the middle"
            )

    def at(self, x: Fraction) -> tuple[V, V]:
        """Enclosures of ``Omega`` and ``b`` at log-odds x."""
        return self.look_up(x)[1:]

    def look_up(self, x: Fraction) -> tuple[V, V, V]:
        """Enclosures of x, ``Omega`` and ``b`` at log-odds x (remembered)."""
        key = x.as_integer_ratio()
        values = self._points.get(key)
        if values is None:
            if len(self._points) >= MEMORY_LIMIT:
                self._points.clear()
            engine, mirrored = self.engine, key[0] < 0
            point = engine.exact(x)
            omega, slope = self._profile(engine.exp(point if mirrored else engine.neg(point)))
            if self._slope_varies_with_eps:
                (slope,) = self._slope(point)
            elif mirrored:
                slope = engine.neg(slope)
            values = self._points[key] = point, omega, slope
        return values

    def omega_once(self, x: Fraction) -> tuple[V, V]:
        """Enclosures of x and ``Omega`` at a point that will not be asked about again: nothing else is
        computed, and nothing remembered."""
        engine = self.engine
        point = engine.exact(x)
        return point, self._omega(engine.exp(point if x.numerator < 0 else engine.neg(point)))[0]

    @cached_property
    def _omega(self) -> BoundProgram[V]:
        return formulas.omega_program(self.contrast).bind(self.engine, eps=self._eps)

    def omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``Omega`` on the cell [low, high]."""
        hull = self.engine.hull(self.at(low)[0], self.at(high)[0])
        return self.engine.hull(hull, self.at(Fraction(0))[0]) if low < 0 < high else hull

    def largest_omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses the largest ``Omega`` on the cell, which is at the end farther from L = 0."""
        return self.at(high if low.numerator >= 0 or -low <= high else low)[0]

    def least_omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses the least ``Omega`` on the cell, which is at its point nearest to L = 0."""
        return self.at(low if low.numerator > 0 else high if high.numerator < 0 else Fraction(0))[0]

    def slope_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``b`` on the cell [low, high]."""
        engine = self.engine
        if self.contrast == MEAN:
            return engine.exact(0)
        if self.contrast.name == "group":
            return self._slope(engine.interval(low, high))[0]
        hull = engine.hull(self.at(low)[1], self.at(high)[1])
        if low.numerator >= 0:
            return engine.hull(hull, self.slope_bound) if self.may_hold_peak(low, high) else hull
        if high.numerator <= 0:
            return (
                engine.hull(hull, engine.neg(self.slope_bound)) if self.may_hold_peak(-high, -low) else hull
            )
        zero = Fraction(0)
        return engine.hull(self.slope_over(low, zero), self.slope_over(zero, high))

    def may_hold_peak(self, low: Fraction, high: Fraction) -> bool:
        """Whether the peak of ``b``, which lies in L > 0, is not proved to lie outside [low, high]."""
        (a, b), (c, d) = self._peak  # integers: comparing Fractions costs more than the arithmetic around it
        m, n = low.as_integer_ratio()
        k, j = high.as_integer_ratio()
        return m * d <= c * n and a * j <= k * b

    def is_past_peak(self, x: Fraction) -> bool:
        """Whether x is proved to lie beyond the peak of ``b`` (or at it)."""
        c, d = self._peak[1]
        return x.numerator * d >= c * x.denominator

    @property
    def omega_min(self) -> V:
        """Encloses the smallest ``Omega`` of all policies: its value at p = 1/2."""
        return self.at(Fraction(0))[0]


def _falls_to_the_middle(engine: Engine[V], contrast: Contrast, eps_value: V) -> bool:
    """Whether ``c_0 >= c_1 >= ...`` up to the middle is proved; the symmetry ``c_k = c_{G-1-k}`` is exact by
    construction."""
    values = formulas.coefficients_program(contrast).bind(engine, eps=eps_value)()
    return all(
        left is right  # one slot of the program: SymPy found the two coefficients equal
        or engine.sign(engine.sub(left, right)) is Sign.POSITIVE
        for left, right in pairwise(values)
    )


@lru_cache(maxsize=256)
def shared_profile(
    engine: str, bits: int, contrast: Contrast, eps: Fraction, eps_range: Range | None = None
) -> Profile[Any]:
    """A profile kept for later calls: many questions share contrast and eps. Made with the precision in
    force."""
    return Profile(make_engine(engine, bits), contrast, eps, eps_range)

"""Contrast and slope at points and over cells of log-odds, on one engine, at one exact eps.

Over a cell the shape is used where it is known, instead of wide arithmetic, so that the enclosures are as
sharp as at points:

* where ``Omega`` is even in L and does not fall in ``|L|``, its range over a cell is values at two points,
  and the slope ``b`` is odd;
* where ``b`` moreover rises to one peak on L >= 0 and falls after it, its range is values at the ends of a
  cell, or the peak's (S2, S3);
* elsewhere both are plain enclosures over the cell.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from ..intervals import Engine, Sign, make_engine
from . import formulas
from .contrasts import PEAKED, Contrast, Fact
from .parameters import Range
from .program import BoundProgram

V = TypeVar("V")

NARROW = Fraction(1, 8)
"""Balls are as good as intervals on cells so wide."""
MEMORY_LIMIT = 4096
"""Points remembered by one profile before it starts again."""


class Profile(Generic[V]):
    """``Omega`` and ``b`` of one contrast on one engine.

    Args:
        engine: any scalar engine.
        contrast: the contrast.
        eps: the exact stabiliser.
        eps_range: over a box, the range of eps for which everything is enclosed that its ends do not tell:
            see :func:`varies_inside`.
    """

    def __init__(
        self, engine: Engine[V], contrast: Contrast, eps: Fraction, eps_range: Range | None = None
    ) -> None:
        self.engine = engine
        self.contrast = contrast
        self.has_one_peak = contrast.knows(*PEAKED)
        self.is_even = contrast.knows(Fact.EVEN_RISING)
        self._is_constant = contrast.knows(Fact.CONSTANT)
        self.eps_range = eps_range or (eps, eps)
        contrast.definition.require_defined(contrast, self.eps_range)
        eps_value = engine.exact(eps)
        self._slope_varies_with_eps = eps_range is not None and varies_inside(contrast)
        wide = engine.interval(*eps_range) if eps_range and self._slope_varies_with_eps else eps_value
        self._eps = eps_value if contrast.knows(Fact.FALLS_IN_EPS) else wide
        self._by_odds = self.is_even and contrast.tree is None
        if self._by_odds:
            self._profile = formulas.profile_program(contrast).bind(engine, eps=self._eps)
        else:
            self._plain = formulas.plain_program(contrast).bind(engine, eps=self._eps)
        if contrast.tree is not None:
            self._cells = _Cells(self)
        if not self.has_one_peak:
            self._slope = formulas.slope_program(contrast).bind(engine, eps=wide)
        self._points: dict[tuple[int, int], tuple[V, V, V]] = {}
        if self.has_one_peak:
            peak, self._summit = formulas.peak_program(contrast).bind(engine, eps=eps_value)()
            self._peak = engine.lower(peak).as_integer_ratio(), engine.upper(peak).as_integer_ratio()

    @cached_property
    def omega_max(self) -> V:
        """Encloses the limit of ``Omega`` at p = 0 and 1, or a bound above all its values.

        Raises:
            MissingFact: Omega is not known to be bounded.
        """
        bound = self.contrast.definition.bound(self.contrast, self.eps_range)
        if bound is not None:
            return self.engine.exact(bound * self.contrast.scale)
        return formulas.limit_program(self.contrast).bind(self.engine, eps=self._eps)()[0]

    @property
    def slope_bound(self) -> V:
        """Encloses Bmax, the largest ``|b|``.

        Raises:
            MissingFact: no closed form is known.
        """
        self.contrast.require(Fact.STEEPEST)
        return self._summit if self.has_one_peak else self.engine.exact(0)

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
            omega, slope = self._both(point, mirrored)
            if self._slope_varies_with_eps:
                (slope,) = self._slope(point)
            elif mirrored and self._by_odds:
                slope = engine.neg(slope)
            values = self._points[key] = point, omega, slope
        return values

    def omega_once(self, x: Fraction) -> tuple[V, V]:
        """Enclosures of x and ``Omega`` at a point that will not be asked about again: nothing else is
        computed, and nothing remembered."""
        engine = self.engine
        point = engine.exact(x)
        if not self._by_odds:
            return point, self._plain(point)[0]
        return point, self._omega(engine.exp(point if x.numerator < 0 else engine.neg(point)))[0]

    def _both(self, point: V, mirrored: bool) -> tuple[V, ...]:
        """``Omega`` and ``b`` at a point; of an even contrast, at ``|L|``."""
        if not self._by_odds:
            return self._plain(point)
        return self._profile(self.engine.exp(point if mirrored else self.engine.neg(point)))

    @cached_property
    def _omega(self) -> BoundProgram[V]:
        return formulas.omega_program(self.contrast).bind(self.engine, eps=self._eps)

    def omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``Omega`` on the cell [low, high]."""
        if not self.is_even:
            if self.contrast.tree is not None:
                return self._cells.omega(low, high)
            return self._plain(self.engine.interval(low, high))[0]
        hull = self.engine.hull(self.at(low)[0], self.at(high)[0])
        return self.engine.hull(hull, self.at(Fraction(0))[0]) if low < 0 < high else hull

    def largest_omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses the largest ``Omega`` on the cell, which of an even contrast is at the end farther from
        L = 0; of another, all of them."""
        if not self.is_even:
            return self.omega_over(low, high)
        return self.at(high if low.numerator >= 0 or -low <= high else low)[0]

    def least_omega_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses the least ``Omega`` on the cell, which of an even contrast is at its point nearest to
        L = 0; of another, all of them."""
        if not self.is_even:
            return self.omega_over(low, high)
        return self.at(low if low.numerator > 0 else high if high.numerator < 0 else Fraction(0))[0]

    def slope_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``b`` on the cell [low, high]."""
        engine = self.engine
        if self._is_constant:
            return engine.exact(0)
        if self.contrast.tree is not None:
            return self._cells.slope(low, high)
        if not self.has_one_peak:
            return self._slope(engine.interval(low, high))[0]
        hull = engine.hull(self.at(low)[1], self.at(high)[1])
        if low.numerator >= 0:
            return engine.hull(hull, self._summit) if self.may_hold_peak(low, high) else hull
        if high.numerator <= 0:
            return engine.hull(hull, engine.neg(self._summit)) if self.may_hold_peak(-high, -low) else hull
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
        """Encloses the smallest ``Omega`` of all policies: its value at p = 1/2.

        Raises:
            MissingFact: that is not known to be the smallest.
        """
        self.contrast.require(Fact.EVEN_RISING)
        return self.at(Fraction(0))[0]


class _Cells(Generic[V]):
    """A written contrast over cells, each looked at once, for all eps of the profile.

    The slope is cut by what its values at the ends and its derivative allow (the checker's lemma 66). Balls
    tell the sign of the derivative on most cells, and then the ends tell all. Elsewhere intervals are taken,
    whatever the engine: a ball of a wide cell loses the end near 0, and with it the sign of what is divided
    by.
    """

    def __init__(self, profile: Profile[V]) -> None:
        self.profile, self.engine = profile, profile.engine
        self._intervals = make_engine("mpmath", self.engine.bits)
        program, eps = formulas.turns_program(profile.contrast), profile.eps_range
        self._balls = program.bind(self.engine, eps=self.engine.interval(*eps))
        with self._intervals as intervals:
            self._program = program.bind(intervals, eps=intervals.interval(*eps))
        self._slopes: dict[Range, V] = {}

    def omega(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``Omega``."""
        return self._over(low, high)[0]

    def slope(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``b``."""
        if low == high:
            return self.profile.at(low)[1]
        known = self._slopes.get((low, high))
        if known is None:
            if len(self._slopes) >= MEMORY_LIMIT:
                self._slopes.clear()
            known = self._slopes[low, high] = self._cut(low, high)
        return known

    def _cut(self, low: Fraction, high: Fraction) -> V:
        engine = self.engine
        first, last = (self.profile.at(end)[1] for end in (low, high))
        _, slope, turn = self._balls(*_letters(engine, low, high))
        if not (self._tells(turn) or (high - low <= NARROW and engine.is_finite(turn))):
            _, slope, turn = self._over(low, high)
        if self._tells(turn):
            return engine.hull(first, last)
        if not engine.is_finite(turn):
            return slope
        falls, rises = engine.lower(turn) * (high - low), engine.upper(turn) * (high - low)
        least = max(engine.lower(first) + falls, engine.lower(last) - rises)
        most = min(engine.upper(first) + rises, engine.upper(last) - falls)
        if engine.is_finite(slope):
            least, most = max(least, engine.lower(slope)), min(most, engine.upper(slope))
        return engine.interval(least, most)

    def _tells(self, turn: V) -> bool:
        """Whether the slope is known not to turn."""
        return self.engine.sign(turn) in (Sign.POSITIVE, Sign.NEGATIVE)

    def _over(self, low: Fraction, high: Fraction) -> tuple[V, V, V]:
        """``Omega``, ``b`` and its derivative by intervals."""
        with self._intervals as intervals:
            values = self._program(*_letters(intervals, low, high))
        omega, slope, turn = (self._taken(value) for value in values)
        return omega, slope, turn

    def _taken(self, value: Any) -> V:
        if not self._intervals.is_finite(value):
            return self.engine.div(self.engine.exact(1), self.engine.exact(0))
        return self.engine.interval(self._intervals.lower(value), self._intervals.upper(value))


def _letters(engine: Engine[V], low: Fraction, high: Fraction) -> tuple[V, V, V]:
    """p, q and v on a cell of log-odds, by their values at its ends; v has its top at 0."""
    ends = [(engine.sigmoid(engine.exact(x)), engine.sigmoid(engine.exact(-x))) for x in (low, high)]
    (p, q), (r, s) = ends
    v = engine.hull(engine.mul(p, q), engine.mul(r, s))
    if low.numerator < 0 < high.numerator:
        v = engine.hull(v, engine.exact(Fraction(1, 4)))
    return engine.hull(p, r), engine.hull(q, s), v


def varies_inside(contrast: Contrast) -> bool:
    """Whether what is enclosed over a range of eps may be more than what is at its ends: ``b`` by plain
    enclosures, and ``Omega`` where it is not known to fall in eps."""
    return not contrast.knows(*PEAKED) and not contrast.knows(Fact.CONSTANT)


@lru_cache(maxsize=256)
def shared_profile(
    engine: str, bits: int, contrast: Contrast, eps: Fraction, eps_range: Range | None = None
) -> Profile[Any]:
    """A profile kept for later calls: many questions share contrast and eps. Made with the precision in
    force."""
    return Profile(make_engine(engine, bits), contrast, eps, eps_range)

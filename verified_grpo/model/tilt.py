"""What a tilt makes of classes of answers, enclosed at a theta and over cells of it.

With the weights ``w_c(theta) ~ w_c exp(theta g_c)``: the mean reward ``M``, the correctness ``C``, the
variance ``V = sum_{c<d} w_c w_d (g_c - g_d)^2 + sum w_c (s_c - g_c^2)`` (all terms positive: nothing
cancels), its slope ``V' = sum_{c<d} w_c w_d (g_c - g_d)^2 (g_c + g_d - 2M) + sum w_c (s_c - g_c^2)(g_c -
M)``, Omega and its slope.

Over a cell the quotients ``w_d/w_c`` are monotone in theta, and so is M: ends enclose them. ``|V'| <= 2 D V``
with the span D of the rewards holds where a cell is too wide for the sum.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Generic, TypeVar

from ..intervals import Dyadic, Engine
from ..intervals.engine import dyadic_fraction
from .classes import AnswerClasses, TiltContrast
from .parameters import Range

V = TypeVar("V")
HALF = Fraction(1, 2)
TINY = Fraction(1, 2**4000)
"""A variance below is not told from 0: the ends of an enclosure are written out as fractions."""


class Tilt(Generic[V]):
    """The tilt map of classes with exact parameters on one engine."""

    def __init__(
        self, engine: Engine[V], classes: AnswerClasses, contrast: TiltContrast, eps: Fraction
    ) -> None:
        self.engine, self.classes, self.contrast = engine, classes, contrast
        self.eps = engine.exact(eps)
        self.rewards = [c.reward for c in classes.classes]
        self.noises = [engine.exact(c.noise) if c.noise else None for c in classes.classes]
        self.pairs = [
            (c, d, engine.exact((y - x) ** 2), engine.exact(x + y))
            for c, x in enumerate(self.rewards)
            for d, y in enumerate(self.rewards)
            if c < d
        ]
        self.exact_rewards = [engine.exact(g) for g in self.rewards]
        self._logs = [engine.exact(c.weight) for c in classes.classes]
        self._known: dict[Fraction, list[V]] = {}

    def odds(self, theta: Fraction) -> list[V]:
        """``w_c exp(theta (g_c - g_max))``, of the ends that were used last."""
        if theta not in self._known:
            if len(self._known) > 64:
                self._known.clear()
            e, top = self.engine, self.rewards[-1]
            self._known[theta] = [
                e.mul(w, e.exp(e.exact(theta * (g - top))))
                for w, g in zip(self._logs, self.rewards, strict=True)
            ]
        return self._known[theta]

    def over(self, low: Fraction, high: Fraction) -> Cell[V]:
        """What holds for all theta of a closed cell."""
        return Cell(self, (low, high))

    def at(self, theta: Fraction) -> Cell[V]:
        """At one theta."""
        return Cell(self, (theta, theta))

    def sum(self, terms: list[V]) -> V:
        """Of one term or more."""
        total = terms[0]
        for term in terms[1:]:
            total = self.engine.add(total, term)
        return total


class Cell(Generic[V]):
    """Enclosures over one cell, computed when they are read."""

    def __init__(self, tilt: Tilt[V], cell: Range) -> None:
        self.tilt, self.cell, self.engine = tilt, cell, tilt.engine

    @cached_property
    def weights(self) -> list[V]:
        """The shares of the classes."""
        e, low, high = self.engine, self.tilt.odds(self.cell[0]), self.tilt.odds(self.cell[1])
        if self.cell[0] == self.cell[1]:
            total = self.tilt.sum(low)
            return [e.div(x, total) for x in low]
        one, found = e.exact(1), []
        for c, (a, b) in enumerate(zip(low, high, strict=True)):
            falling = [e.div(x, a) for x in low[:c]], [e.div(y, b) for y in high[:c]]
            rising = [e.div(x, a) for x in low[c + 1 :]], [e.div(y, b) for y in high[c + 1 :]]
            most = self.tilt.sum([one, *falling[0], *rising[1]])
            least = self.tilt.sum([one, *falling[1], *rising[0]])
            found.append(e.hull(e.div(one, most), e.div(one, least)))
        return found

    @cached_property
    def mean(self) -> V:
        """M, which rises with theta."""
        if self.cell[0] == self.cell[1]:
            return self._average(self.tilt.exact_rewards)
        return self.engine.hull(self.tilt.at(self.cell[0]).mean, self.tilt.at(self.cell[1]).mean)

    @cached_property
    def correct(self) -> V:
        """C; the classes must know it."""
        shares = [c.correct for c in self.tilt.classes.classes]
        return self._average([self.engine.exact(a) for a in shares if a is not None])

    @cached_property
    def _products(self) -> list[V]:
        e, w = self.engine, self.weights
        return [e.mul(e.mul(w[c], w[d]), square) for c, d, square, _ in self.tilt.pairs]

    @cached_property
    def _noises(self) -> list[tuple[V, V]]:
        e = self.engine
        given = zip(self.weights, self.tilt.noises, self.tilt.exact_rewards, strict=True)
        return [(e.mul(w, r), g) for w, r, g in given if r is not None]

    @cached_property
    def variance(self) -> V:
        """V >= 0."""
        return self.tilt.sum([*self._products, *(x for x, _ in self._noises)])

    @cached_property
    def variance_slope(self) -> V:
        """V'."""
        e = self.engine
        twice = e.add(self.mean, self.mean)
        terms = [
            e.mul(x, e.sub(total, twice))
            for x, (_, _, _, total) in zip(self._products, self.tilt.pairs, strict=True)
        ]
        return self.tilt.sum([*terms, *(e.mul(x, e.sub(g, self.mean)) for x, g in self._noises)])

    @cached_property
    def omega(self) -> V:
        """Omega > 0."""
        if self.tilt.contrast == "mean":
            return self.engine.exact(1)
        return self._falling(lambda v: self.engine.div(self.engine.exact(1), self._divisor(v)))

    @cached_property
    def omega_slope(self) -> V:
        """Omega'."""
        e = self.engine
        if self.tilt.contrast == "mean":
            return e.exact(0)
        if self.tilt.contrast == "mean-var":
            steep = self._falling(lambda v: e.power(e.div(e.exact(1), self._divisor(v)), 3))
            return e.mul(e.mul(e.exact(-HALF), self.variance_slope), steep)
        steep = self._falling(lambda v: e.power(e.div(e.exact(1), self._divisor(v)), 2))
        low, high = self._ends
        root = e.hull(e.sqrt(e.exact(low)), e.sqrt(e.exact(high)))
        return e.mul(e.mul(e.exact(-HALF), e.mul(self._growth, root)), steep)

    @cached_property
    def _ends(self) -> Range:
        """Of V, which is not negative; between 0 and the least one told apart from it."""
        low, high = self.engine.lower_dyadic(self.variance), self.engine.upper_dyadic(self.variance)
        least = Fraction(0) if low[0] <= 0 or _is_tiny(low) else dyadic_fraction(low)
        return least, TINY if _is_tiny(high) else dyadic_fraction(high)

    def _divisor(self, variance: V) -> V:
        """1/Omega at one variance."""
        e = self.engine
        if self.tilt.contrast == "mean-var":
            return e.sqrt(e.add(variance, self.tilt.eps))
        return e.add(e.sqrt(variance), self.tilt.eps)

    def _falling(self, function: Callable[[V], V]) -> V:
        """What falls in V, at both ends."""
        low, high = (function(self.engine.exact(end)) for end in self._ends)
        return self.engine.hull(low, high)

    @cached_property
    def _growth(self) -> V:
        """V'/V, between -2D and 2D."""
        e, bound = self.engine, 2 * self.tilt.classes.span
        if self._ends[0] > 0:
            quotient = e.div(self.variance_slope, self.variance)
            if e.is_finite(quotient):
                low, high = max(e.lower(quotient), -bound), min(e.upper(quotient), bound)
                return e.interval(min(low, high), max(low, high))
        return e.interval(-bound, bound)

    def _average(self, values: list[V]) -> V:
        e = self.engine
        return self.tilt.sum([e.mul(w, x) for w, x in zip(self.weights, values, strict=True)])


def _is_tiny(number: Dyadic) -> bool:
    return number[0].bit_length() + number[1] < -4000

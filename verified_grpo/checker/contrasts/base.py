"""A contrast: its definition, the facts that are proved of it, and enclosures of Omega and b.

The enclosures here need no fact, and are as sharp as the facts allow: where Omega is known to be even and to
rise, or to fall in eps, its range over a cell is its values at corners.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from verified_grpo.checker.contrasts.facts import Fact, Facts, require_fact
from verified_grpo.checker.contrasts.jets import Jet, Place
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval
from verified_grpo.checker.reading import record

Balls = tuple[Ball, Ball]


class Contrast:
    """What the checks see of the advantage.

    A contrast gives its name in certificates, its formula in words, and `omega`; then the facts, each with
    its argument, and for some facts what they speak of: `supremum`, `infimum` and `steepest`.
    """

    name: ClassVar[str]
    facts: ClassVar[Facts] = {}

    @classmethod
    def read(cls, value: object, where: str) -> Contrast:
        """From a statement's variant, which has no keys but the name."""
        record(value, where, ("contrast",))
        return cls()

    @property
    def cost(self) -> int:
        """Of one evaluation, in units of the cheapest."""
        return 1

    @property
    def label(self) -> str:
        """In a message."""
        return self.name

    @property
    def formula(self) -> str:
        """The definition in one line."""
        raise NotImplementedError

    def omega(self, at: Place) -> Jet:
        """The definition, in p, q = 1-p, v = pq and eps: > 0, and continuously differentiable."""
        raise NotImplementedError

    def require_defined(self, eps: Interval) -> None:
        """Go on only if `omega` is what it has to be for a range of eps > 0: true of what is typed here, to
        be established of what a certificate writes."""

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        """Omega at one L; of a contrast known to be even it is asked for L >= 0 alone."""
        here = self.omega(Place.over((logit, logit), (eps, eps))).value
        return here.lower.union(here.upper)

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        """A lower and an upper bound of b for L in a cell and eps in a range; of a contrast known to be even
        it is asked for L >= 0 alone."""
        b = self.omega(Place.over(cell, eps)).slope
        return b.lower, b.upper

    def least(self, cell: Interval, eps: Interval) -> Ball:
        """A lower bound of Omega over any cell of L and a range of eps: not above it, for certain."""
        if Fact.EVEN_RISING in self.facts:
            nearest = cell[0] if cell[0].numerator > 0 else max(-cell[1], Fraction(0))
            cell = nearest, nearest
        return self._enclosed(cell, (eps[1], eps[1]) if Fact.FALLS_IN_EPS in self.facts else eps)[0]

    def largest(self, cell: Interval, eps: Interval) -> Ball:
        """An upper bound of Omega over any cell of L and a range of eps."""
        if Fact.EVEN_RISING in self.facts:
            farthest = max(-cell[0], cell[1])
            cell = farthest, farthest
        return self._enclosed(cell, (eps[0], eps[0]) if Fact.FALLS_IN_EPS in self.facts else eps)[1]

    def _enclosed(self, cell: Interval, eps: Interval) -> Balls:
        if (cell[0] is cell[1] or cell[0] == cell[1]) and (eps[0] is eps[1] or eps[0] == eps[1]):
            return (self.value(cell[0], eps[0]),) * 2
        over = self.omega(Place.over(cell, eps)).value
        return over.lower, over.upper

    def bound(self, eps: Interval) -> Ball:
        """Of the fact BOUNDED: an upper bound of Omega on the whole line for a range of eps."""
        if eps[0] != eps[1]:
            require_fact(self, Fact.FALLS_IN_EPS)
        return self.supremum(eps[0])

    def supremum(self, eps: Fraction) -> Ball:
        """The same at one eps."""
        raise NotImplementedError

    def infimum(self, eps: Interval) -> Ball:
        """Of the fact AT_LEAST: a lower bound of Omega on the whole line for a range of eps."""
        raise NotImplementedError

    def steepest(self, eps: Fraction) -> Ball:
        """Of the fact STEEPEST: an upper bound of |b| on the whole line."""
        raise NotImplementedError

    def steepest_from(self, logit: Fraction, eps: Fraction) -> Ball:
        """An upper bound of b on [L, oo) for an L >= 0."""
        require_fact(self, Fact.STEEPEST)
        return self.steepest(eps)


class Peaked(Contrast):
    """A function of a spread that falls as |L| rises (v, or its root), whose slope has one peak."""

    def spread(self, logit: Fraction) -> Ball:
        """At L >= 0."""
        raise NotImplementedError

    def peak(self, eps: Fraction) -> Ball:
        """The spread at which b is largest, for L >= 0."""
        raise NotImplementedError

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        """b at one L >= 0."""
        raise NotImplementedError

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        """Over a cell in L >= 0 the least b is at an end; the largest at an end, or at the peak unless that
        is excluded, where it is what is steepest. b falls in eps."""
        if not self.facts.keys() >= _PEAKED:
            return super().slope(cell, eps)
        least = first, last = self.slope_at(cell[0], eps[1]), self.slope_at(cell[1], eps[1])
        peak = self.peak(eps[0])
        # the spread falls in L: the cell lies before the peak, or behind it
        if self.spread(cell[1]) > peak or self.spread(cell[0]) < peak:
            if eps[0] is not eps[1]:
                first, last = self.slope_at(cell[0], eps[0]), self.slope_at(cell[1], eps[0])
            return least[0].min(least[1]), first.max(last)
        return least[0].min(least[1]), self.steepest(eps[0])

    def steepest_from(self, logit: Fraction, eps: Fraction) -> Ball:
        """Behind the peak b falls."""
        if self.facts.keys() >= _PEAKED and self.spread(logit) < self.peak(eps):
            return self.slope_at(logit, eps)
        return super().steepest_from(logit, eps)


_PEAKED = {Fact.EVEN_RISING, Fact.FALLS_IN_EPS, Fact.ONE_PEAK, Fact.STEEPEST}

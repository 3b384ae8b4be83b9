"""A contrast: its definition, the facts that are proved of it, and enclosures of Omega and b.

The enclosures here need no fact, and are as sharp as the facts allow: where Omega is known to be even and to
rise, or to fall in eps, its range over a cell is its values at corners.

Lemma 66 (cells by their ends). Let f be Omega or b, f1 and f2 its values at the ends of a cell of width w, at
one eps, and let its derivative in L lie in [m, M] on the cell. Then on the cell f >= f1 + w min(m, 0),
f >= f2 - w max(M, 0), f <= f1 + w max(M, 0) and f <= f2 - w min(m, 0).
  By the mean value theorem f(L) - f1 = (L - L1) f'(x) with 0 <= L - L1 <= w, and likewise from L2. Omega is
  twice continuously differentiable: it is made, by sums, products, quotients, powers, roots, exponentials and
  logarithms, of what is so, where divisors do not vanish and roots and logarithms are of what is > 0 (lemma
  42; what is typed in this package is of the same kind). Where f' keeps its sign, f lies between its values
  at the ends.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.contrasts.facts import Fact, Facts, require_fact
from verified_grpo.checker.contrasts.jets import Jet, Place, Span
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball
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
        """A lower and an upper bound of b for L in a cell and eps in a range, by the definition over the cell
        and by lemma 66; of a contrast known to be even it is asked for L >= 0 alone."""
        jet = self.omega(Place.over(cell, eps, turns=cell[0] != cell[1]))
        ends = [_jet_at(self, end, eps).derivative for end in cell]
        return _cut(jet.derivative, jet.turn, ends, cell)

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
        jet = self.omega(Place.over(cell, eps))
        return _cut(jet.value, jet.slope, [_jet_at(self, end, eps).value for end in cell], cell)

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


def _jet_at(contrast: Contrast, logit: Fraction, eps: Interval) -> Jet:
    """Omega and b at one L for a range of eps."""
    return _known_jet(contrast, logit, eps, in_force().name, in_force().bits())


@lru_cache(maxsize=64)
def _known_jet(contrast: Contrast, logit: Fraction, eps: Interval, name: str, bits: int) -> Jet:
    """`name` and `bits`, the arithmetic in force, key the cache."""
    return contrast.omega(Place.over((logit, logit), eps))


def _cut(over: Span, derivative: Span | None, ends: list[Span], cell: Interval) -> Balls:
    """Bounds of a function over a cell, enclosed by `over`, from its values at the ends (lemma 66)."""
    if cell[0] == cell[1] or derivative is None or not derivative.is_finite():
        return over.lower, over.upper
    width, zero, (first, last) = ball(cell[1] - cell[0]), ball(0), ends
    falls, rises = derivative.lower.min(zero) * width, derivative.upper.max(zero) * width
    lower = (first.lower + falls).max(last.lower - rises)
    upper = (first.upper + rises).min(last.upper - falls)
    return (lower.max(over.lower), upper.min(over.upper)) if over.is_finite() else (lower, upper)


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

"""Classes of answers, and what a tilt by the mean reward makes of them, over cells of theta.

Under weights w_c(theta) ~ w_c exp(theta g_c), with D the largest reward less the least:
  M = sum w_c g_c, C = sum w_c a_c,
  V = sum_{c<d} w_c w_d (g_c-g_d)^2 + sum w_c r_c, r_c = s_c - g_c^2 >= 0 (law of total variance),
  V' = sum_{c<d} w_c w_d (g_c-g_d)^2 (g_c+g_d-2M) + sum w_c r_c (g_c-M), as w_c' = w_c (g_c-M).
|g_c+g_d-2M| <= 2D and |g_c-M| <= D, so |V'| <= 2D V. Each w_d/w_c rises with theta if g_d > g_c and falls if
not; M rises (M' = Var(g) >= 0): their ends enclose them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.jets import Span, exactly
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, exact
from verified_grpo.checker.reading import items, record

MAX_CLASSES = 200
FORMULAS = {"mean-var": "1/sqrt(V + eps)", "mean-std": "1/(sqrt(V) + eps)", "mean": "1"}
_KEYS = ("weight", "reward", "reward_squared")
_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Classes:
    """Weights, mean rewards in ascending order, variances within, and shares of correct answers, if known."""

    weights: list[Fraction]
    rewards: list[Fraction]
    noises: list[Fraction]
    correct: list[Fraction] | None
    words: str

    @classmethod
    def read(cls, value: object, where: str) -> Classes:
        """Two classes or more, whose rewards differ and whose weights sum to 1."""
        rows = [record(x, f"{where}[{i}]", _KEYS, ("correct",)) for i, x in enumerate(items(value, where))]
        require(
            2 <= len(rows) <= MAX_CLASSES, Code.OUTSIDE_DOMAIN, f"{where}: from 2 to {MAX_CLASSES} classes"
        )
        columns = {key: [exact(row[key], f"{where}.{key}") for row in rows] for key in _KEYS}
        known = ["correct" in row for row in rows]
        correct = [exact(row["correct"], f"{where}.correct") for row in rows if "correct" in row]
        w, g, s = (columns[key] for key in _KEYS)
        noises = [y - x**2 for x, y in zip(g, s, strict=True)]
        for name, holds in (
            ("weights > 0 that sum to 1", min(w) > 0 and sum(w) == 1),
            ("rewards that ascend", all(x < y for x, y in pairwise(g))),
            ("mean squares not below the squares of means", min(noises) >= 0),
            ("shares in [0, 1], of all classes or of none", all(0 <= a <= 1 for a in correct)
             and all(known) == any(known)),
        ):  # fmt: skip
            require(holds, Code.OUTSIDE_DOMAIN, f"{where}: {name} are expected")
        words = "; ".join(
            f"w = {row['weight']}, g = {row['reward']}, s = {row['reward_squared']}"
            + (f", a = {row['correct']}" if "correct" in row else "")
            for row in rows
        )
        return cls(w, g, noises, correct or None, words)

    @property
    def span(self) -> Fraction:
        """D."""
        return self.rewards[-1] - self.rewards[0]

    @property
    def operations(self) -> int:
        """About how many there are in one enclosure."""
        return 60 + 12 * len(self.weights) ** 2

    def covariance(self) -> list[tuple[Fraction, Fraction]]:
        """(k, q) with Cov(a, g) = sum q exp(k theta)/Z^2, q != 0, k descending: sum_{c<d} w_c w_d (a_c-a_d)
        (g_c-g_d), by the exponents g_c+g_d."""
        sums: defaultdict[Fraction, Fraction] = defaultdict(Fraction)
        rows = list(zip(self.weights, self.rewards, self.correct or [], strict=True))
        for i, (w, g, a) in enumerate(rows):
            for x, h, b in rows[:i]:
                sums[g + h] += w * x * (a - b) * (g - h)
        return sorted(((k, q) for k, q in sums.items() if q), reverse=True)


@dataclass(frozen=True)
class Tilt:
    """The contrast of the classes at one eps."""

    classes: Classes
    contrast: str
    eps: Fraction

    def largest_omega_square(self) -> Fraction:
        """Omega^2 is at most this: V >= min r; for the standard deviation V >= 0."""
        noise = min(self.classes.noises)
        return {"mean-var": 1 / (noise + self.eps), "mean-std": 1 / self.eps**2, "mean": _ONE}[self.contrast]

    def least_omega_square(self) -> Fraction:
        """And at least this: Var(g) <= D^2/4, and (sqrt V + eps)^2 <= 2V + 2 eps^2."""
        most = self.classes.span**2 / 4 + max(self.classes.noises)
        bounds = {"mean-var": 1 / (most + self.eps), "mean-std": 1 / (2 * most + 2 * self.eps**2)}
        return bounds.get(self.contrast, _ONE)

    def weights(self, cell: Interval) -> list[Span]:
        """Of the classes, over the cell."""
        top = self.classes.rewards[-1]
        given = list(zip(self.classes.weights, self.classes.rewards, strict=True))
        low, high = ([ball(w) * ball(t * (g - top)).exp() for w, g in given] for t in cell)
        if cell[0] == cell[1]:
            total = ball(0)
            for x in low:
                total = total + x
            return [exactly(x / total) for x in low]
        found = []
        for c, (x, y) in enumerate(zip(low, high, strict=True)):
            least, most = ball(1), ball(1)  # of sum_d w_d/w_c
            at_low, at_high = 1 / x, 1 / y
            for u, v in zip(low[:c], high[:c], strict=True):
                least, most = least + v * at_high, most + u * at_low
            for u, v in zip(low[c + 1 :], high[c + 1 :], strict=True):
                least, most = least + u * at_low, most + v * at_high
            found.append(Span(1 / most, 1 / least))
        return found

    def mean(self, cell: Interval) -> Span:
        """M."""
        least, most = (_average(self.weights((t, t)), self.classes.rewards) for t in cell)
        return Span(least.lower, most.upper)

    def correct(self, cell: Interval) -> Span:
        """C."""
        return _average(self.weights(cell), self.classes.correct or [])

    def omega(self, cell: Interval) -> Span:
        """Omega, by bounds of V, in which it falls."""
        if self.contrast == "mean":
            return exactly(ball(1))
        variance, _ = self._variance(cell)
        return Span(1 / self._divisor(variance.upper), 1 / self._divisor(variance.lower))

    def slope(self, cell: Interval) -> Span:
        """Omega': -V'/(2 (V+eps)^(3/2)); -(V'/V) sqrt(V)/(2 (sqrt(V)+eps)^2), where |V'/V| <= 2D."""
        if self.contrast == "mean":
            return exactly(ball(0))
        variance, rise = self._variance(cell)
        inverse = Span(1 / self._divisor(variance.upper), 1 / self._divisor(variance.lower))
        if self.contrast == "mean-var":
            return -(rise * inverse.power(3)) * exactly(ball(Fraction(1, 2)))
        bound, growth = ball(2 * self.classes.span), rise * variance.inverse()
        growth = Span(growth.lower.max(-bound), growth.upper.min(bound))
        return -(growth * variance.sqrt() * inverse.power(2)) * exactly(ball(Fraction(1, 2)))

    def _divisor(self, variance: Ball) -> Ball:
        if self.contrast == "mean-var":
            return (variance + ball(self.eps)).sqrt()
        return variance.sqrt() + ball(self.eps)

    def _variance(self, cell: Interval) -> tuple[Span, Span]:
        """V >= 0 and V'."""
        w, g, mean = self.weights(cell), self.classes.rewards, self.mean(cell)
        value, slope = exactly(ball(0)), exactly(ball(0))
        twice = exactly(ball(2)) * mean
        for c, (weight, noise) in enumerate(zip(w, self.classes.noises, strict=True)):
            for d in range(c):
                square = ball((g[c] - g[d]) ** 2)
                part = Span(weight.lower * w[d].lower * square, weight.upper * w[d].upper * square)
                value, slope = value + part, slope + part * (exactly(ball(g[c] + g[d])) + -twice)
            if noise:
                part = Span(weight.lower * ball(noise), weight.upper * ball(noise))
                value, slope = value + part, slope + part * (exactly(ball(g[c])) + -mean)
        return Span(value.lower.max(ball(0)), value.upper), slope


def _average(weights: list[Span], values: list[Fraction]) -> Span:
    total = exactly(ball(0))
    for weight, value in zip(weights, values, strict=True):
        total = total + weight * exactly(ball(value))
    return total


@dataclass(frozen=True)
class Drive:
    """F = Omega - alpha beta theta."""

    tilt: Tilt
    pull: Fraction

    def over(self, cell: Interval) -> Span:
        """F over a cell."""
        return self.tilt.omega(cell) + Span(-ball(self.pull * cell[1]), -ball(self.pull * cell[0]))

    def slope(self, cell: Interval) -> Span:
        """F' over a cell."""
        return self.tilt.slope(cell) + exactly(-ball(self.pull))

    def at_zero(self) -> int:
        """The sign of F(0) = Omega(0)."""
        return 1


@dataclass(frozen=True)
class Covariance:
    """P = sum q exp((k-k_max) theta), of the sign of Cov(a, g); each term is monotone."""

    terms: list[tuple[Fraction, Fraction]]

    def over(self, cell: Interval) -> Span:
        """P over a cell."""
        return self._sum(cell, slope=False)

    def slope(self, cell: Interval) -> Span:
        """P' over a cell."""
        return self._sum(cell, slope=True)

    def at_zero(self) -> int:
        """The sign of P(0), exactly."""
        total = sum((q for _, q in self.terms), _ZERO)
        return (total > 0) - (total < 0)

    def outweighs(self, theta: Fraction) -> bool:
        """Whether from theta on the first term exceeds all others together."""
        rest, top = ball(0), self.terms[0][0]
        for k, q in self.terms[1:]:
            rest = rest + ball(abs(q)) * ball((k - top) * theta).exp()
        return bool(rest < ball(abs(self.terms[0][1])))

    def _sum(self, cell: Interval, *, slope: bool) -> Span:
        total, top = exactly(ball(0)), self.terms[0][0]
        for k, q in self.terms:
            factor = exactly(ball(q * (k - top) if slope else q))
            falls = Span(ball((k - top) * cell[1]).exp(), ball((k - top) * cell[0]).exp())
            total = total + factor * falls
        return total

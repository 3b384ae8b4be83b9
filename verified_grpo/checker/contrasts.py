"""GRPO's contrasts Omega and their slopes b = dOmega/dL, enclosed in log-odds L.

Each formula is typed here from the definition of the contrast, in x = exp(-L) for L >= 0 (Omega is even in
L, b is odd), where p = 1/(1+x), 1-p = x/(1+x), v = p(1-p) = x/(1+x)^2 lose no digits however large L is.
The lemmas that the docstrings name are stated and proved in the package's docstring.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Protocol

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.diagnostics import Code, Fault
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball

Balls = tuple[Ball, Ball]


class Contrast(Protocol):
    """What the checks need: Omega falls in eps, and on L >= 0 it rises and its slope is >= 0."""

    @property
    def cost(self) -> int:
        """Of one evaluation, in units of the cheapest."""
        ...

    @property
    def formula(self) -> str:
        """The definition in one line."""
        ...

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        """Omega at L >= 0."""
        ...

    def supremum(self, eps: Fraction) -> Ball:
        """The least upper bound of Omega on the whole line."""
        ...

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        """A lower and an upper bound of b for L in a cell with 0 <= lo < hi and eps in a range."""
        ...

    def steepest(self, eps: Fraction) -> Ball:
        """An upper bound of |b| on the whole line; a fault where no closed form is known."""
        ...


class _Peaked:
    """A function of a spread (v or its root); its slope has one peak on L >= 0 (lemma 3)."""

    cost = 1

    def spread(self, logit: Fraction) -> Ball:
        raise NotImplementedError

    def peak(self, eps: Fraction) -> Ball:
        """The spread at which b is largest."""
        raise NotImplementedError

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        raise NotImplementedError

    def steepest(self, eps: Fraction) -> Ball:
        raise NotImplementedError

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        """The range of a quasi-concave function that falls in eps: ends, and the peak unless excluded."""
        lower = self.slope_at(cell[0], eps[1]).min(self.slope_at(cell[1], eps[1]))
        peak = self.peak(eps[0])
        # the spread falls in L: the cell lies before the peak, or behind it
        if self.spread(cell[1]) > peak or self.spread(cell[0]) < peak:
            return lower, self.slope_at(cell[0], eps[0]).max(self.slope_at(cell[1], eps[0]))
        return lower, self.steepest(eps[0])


class MeanVar(_Peaked):
    """Omega = 1/sqrt(v + eps): b = d v / (2 (v+eps)^(3/2)) with d = 2p-1 = tanh(L/2)."""

    formula = "Omega(L) = 1/sqrt(p(1-p) + eps)"

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return 1 / (self.spread(logit) + ball(eps)).sqrt()

    def supremum(self, eps: Fraction) -> Ball:
        return 1 / ball(eps).sqrt()

    def spread(self, logit: Fraction) -> Ball:
        x = (-ball(logit)).exp()
        return x / (1 + x) ** 2

    def peak(self, eps: Fraction) -> Ball:
        return ball(2 * eps / (1 + 12 * eps))

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        v = self.spread(logit)
        w = v + ball(eps)
        return ball(logit / 2).tanh() * v / (2 * w * w.sqrt())

    def steepest(self, eps: Fraction) -> Ball:
        return 1 / (3 * ball(3 * eps).sqrt() * ball(1 + 4 * eps))


class MeanStd(_Peaked):
    """Omega = 1/(s + eps) with s = sqrt(v): b = d s / (2 (s+eps)^2)."""

    formula = "Omega(L) = 1/(sqrt(p(1-p)) + eps)"

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return 1 / (self.spread(logit) + ball(eps))

    def supremum(self, eps: Fraction) -> Ball:
        return 1 / ball(eps)

    def spread(self, logit: Fraction) -> Ball:
        root = (-ball(logit / 2)).exp()
        return root / (1 + root**2)

    def peak(self, eps: Fraction) -> Ball:
        return ball(2 * eps) / (1 + ball(1 + 32 * eps**2).sqrt())

    def slope_at(self, logit: Fraction, eps: Fraction) -> Ball:
        s = self.spread(logit)
        return ball(logit / 2).tanh() * s / (2 * (s + ball(eps)) ** 2)

    def steepest(self, eps: Fraction) -> Ball:
        s = self.peak(eps)
        return (1 - 4 * s**2).sqrt() * s / (2 * (s + ball(eps)) ** 2)


class Mean:
    """Omega = 1."""

    cost = 1
    formula = "Omega(L) = 1"

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return ball(1)

    def supremum(self, eps: Fraction) -> Ball:
        return ball(1)

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        return ball(0), ball(0)

    def steepest(self, eps: Fraction) -> Ball:
        return ball(0)


@dataclass(frozen=True)
class Group:
    """The contrast of groups of G rewards: sum_k C(G-1,k) p^k (1-p)^(G-1-k) c_k, with c_k = c_{G-1-k}.

    c_k = (1-(k+1)/G) u_{k+1} + (k/G) u_k, u_j = 1/(S_j + eps), S_j = sqrt(j(G-j)/(G(G-ddof))), and the
    drops w_k = c_k - c_{k+1} are >= 0 up to the middle (lemma 4).
    """

    size: int
    ddof: int

    @property
    def cost(self) -> int:
        """Each evaluation sums over the group."""
        return self.size

    @property
    def formula(self) -> str:
        """The definition in one line."""
        size, last = self.size, self.size - 1
        return (
            f"Omega(L) = sum over k = 0..{last} of C({last},k) p^k (1-p)^({last}-k) (A(1,k+1) - A(0,k)), "
            f"A(r,j) = (r - j/{size})/(sqrt(j({size}-j)/{size * (size - self.ddof)}) + eps), "
            f"A = 0 where j is 0 or {size}"
        )

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        x = (-ball(logit)).exp()
        total = ball(0)
        for weight in _heights(self.size, self.ddof, eps, *_setting()):  # Horner; x^k, x^(G-1-k) weigh alike
            total = total * x + weight
        return total / (1 + x) ** (self.size - 1)

    def supremum(self, eps: Fraction) -> Ball:
        return _heights(self.size, self.ddof, eps, *_setting())[0]

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        """Lemma 4's b over the cell, cut by what its ends and its derivative allow (mean value theorem);
        lower bounds at the largest eps, upper ones at the least, for b falls in eps."""
        width, zero = ball(cell[1] - cell[0]), ball(0)
        held = least, _, near, far, (falls, rises) = self._over(cell, eps[1])
        lower = least.max(near + falls.min(zero) * width).max(far - rises.max(zero) * width)
        _, most, near, far, (falls, rises) = held if eps[0] == eps[1] else self._over(cell, eps[0])
        return lower, most.min(near + rises.max(zero) * width).min(far - falls.min(zero) * width)

    def _over(self, cell: Interval, eps: Fraction) -> tuple[Ball, Ball, Ball, Ball, Balls]:
        """Bounds of b over the cell, b at its near and far end, and bounds of its derivative.

        B_k rises in L; A_k has its only peak at x = (k+1)/(G-k-1); w_k >= 0.
        """
        near, far = (-ball(cell[0])).exp(), (-ball(cell[1])).exp()
        size, tables = self.size, [_tables(x, self.size) for x in (near, far)]
        least = most = at_near = at_far = falls = rises = ball(0)
        for k, drop in enumerate(_drops(size, self.ddof, eps, *_setting())):
            ends = [drop * q[k + 1] * p[size - k - 1] for p, q, _ in tables]
            rests = [1 - x[size - 2 - 2 * k] for _, _, x in tables]
            low, top = ends[0].min(ends[1]), ends[0].max(ends[1])
            summit = ball(Fraction(k + 1, size - k - 1))
            if not (far > summit or near < summit):
                top = drop * summit ** (k + 1) / (1 + summit) ** size
            least, most = least + low * rests[0], most + top * rests[1]
            at_near, at_far = at_near + ends[0] * rests[0], at_far + ends[1] * rests[1]
            turns = [
                size * out[1][1] - (k + 1) + (size * kept[0][1] - (k + 1)) * out[2][size - 2 - 2 * k]
                for out, kept in (tables[::-1], tables)
            ]
            falls = falls + (turns[0] * low).min(turns[0] * top)
            rises = rises + (turns[1] * low).max(turns[1] * top)
        return least, most, at_near, at_far, (falls, rises)

    def steepest(self, eps: Fraction) -> Ball:
        raise Fault(Code.WRONG_RULE, "no closed form of the steepest slope is known for groups")


def _tables(x: Ball, count: int) -> tuple[list[Ball], list[Ball], list[Ball]]:
    """The powers 0 to G of p = 1/(1+x), of q = 1-p and of x."""
    tables = []
    p = 1 / (1 + x)
    for base in (p, x * p, x):
        powers = [ball(1)]
        for _ in range(count):
            powers.append(powers[-1] * base)
        tables.append(powers)
    return tables[0], tables[1], tables[2]


def _setting() -> tuple[str, int]:
    return in_force().name, in_force().bits()


def _spread_squared(j: int, size: int, ddof: int) -> Fraction:
    return Fraction(j * (size - j), size * (size - ddof))


@lru_cache(maxsize=64)
def _heights(size: int, ddof: int, eps: Fraction, name: str, bits: int) -> list[Ball]:
    """The C(G-1,k) c_k for k = 0..G-1; `name` and `bits`, the arithmetic in force, key the cache."""
    u = [1 / (ball(_spread_squared(j, size, ddof)).sqrt() + ball(eps)) for j in range(size + 1)]
    c = [(ball(size - k - 1) * u[k + 1] + k * u[k]) / size for k in range(size)]
    return [comb(size - 1, k) * c[k] for k in range(size)]


@lru_cache(maxsize=64)
def _drops(size: int, ddof: int, eps: Fraction, name: str, bits: int) -> list[Ball]:
    """The (G-1) C(G-2,k) w_k for 2k < G-2, with G w_k = (G-2k-2)(u_{k+1} - u_{k+2}) + k (u_k - u_{k+2})."""
    squares = [_spread_squared(j, size, ddof) for j in range(size + 1)]
    roots = [ball(square).sqrt() for square in squares]

    def fall(i: int, j: int) -> Ball:
        """u_i - u_j, exactly 0 where S_i = S_j."""
        steps = (roots[i] + roots[j]) * (roots[i] + ball(eps)) * (roots[j] + ball(eps))
        return ball(squares[j] - squares[i]) / steps

    drops = []
    for k in range((size - 1) // 2):
        drop = (size - 2 * k - 2) * fall(k + 1, k + 2) + (k * fall(k, k + 2) if k else 0)
        drops.append((size - 1) * comb(size - 2, k) * drop / size)
    return drops

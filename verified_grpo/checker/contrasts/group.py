"""The contrast of finite groups: each reward's advantage within its own group.

Lemma 4 (groups). Let A(r,j) = (r - j/G)/(S_j+eps), S_j = sqrt(j(G-j)/(G(G-ddof))), A = 0 where j is 0 or G,
and c_k = A(1,k+1) - A(0,k). With u_j = 1/(S_j+eps): c_k = ((G-k-1) u_{k+1} + k u_k)/G, c_k = c_{G-1-k}, and
G (c_k - c_{k+1}) = (G-2k-2)(u_{k+1} - u_{k+2}) + k(u_k - u_{k+2}) is >= 0 and does not rise in eps for 2k <
G-2.
  The formulas are the definition, with S_j = S_{G-j} (the weights G-k-1 and k vanish where A is set to 0).
  S_j rises up to the middle, and 2k+3 <= G puts k+2 no farther from G/2 than k+1, so S_k <= S_{k+1} <=
  S_{k+2}; and u_i - u_j = (S_j-S_i)/((S_i+eps)(S_j+eps)) is >= 0 and falls in eps.
For Omega = sum_k C(G-1,k) p^k q^(G-1-k) c_k and L >= 0
b = (G-1) sum_{2k < G-2} C(G-2,k) (c_k - c_{k+1}) A_k B_k, A_k = x^(k+1)/(1+x)^G, B_k = 1 - x^(G-2-2k).
  dOmega/dp = (G-1) sum_k C(G-2,k) p^k q^(G-2-k) (c_{k+1}-c_k); join the terms k and G-2-k, whose drops are
  opposite, and multiply by dp/dL = pq. All factors are >= 0 for x <= 1; A_k rises in x up to x =
  (k+1)/(G-k-1) and falls after.
There (A_k B_k)' = A_k (G q - k - 1 + (G p - k - 1) x^(G-2-2k)) in L, with G p - k - 1 > 0; this bounds
b' over a cell, and so b by its values at the ends.
  A_k B_k = q^(k+1) p^(G-k-1) - q^(G-k-1) p^(k+1), and (q^i p^j)' = q^i p^j (j q - i p). p >= 1/2 > (k+1)/G.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import ClassVar

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.contrasts.base import Balls, Contrast
from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.limits import MAX_GROUP
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.reading import natural, record


@dataclass(frozen=True)
class Group(Contrast):
    """The contrast of groups of G rewards: sum_k C(G-1,k) p^k (1-p)^(G-1-k) c_k, with c_k = c_{G-1-k}.

    c_k = (1-(k+1)/G) u_{k+1} + (k/G) u_k, u_j = 1/(S_j + eps), S_j = sqrt(j(G-j)/(G(G-ddof))), and the
    drops w_k = c_k - c_{k+1} are >= 0 up to the middle (lemma 4).
    """

    size: int
    ddof: int

    name = "group"
    facts: ClassVar[Facts] = {
        Fact.BOUNDED: "Omega is a mean of the c_k, the largest of which is c_0 = c_{G-1} (lemma 4).",
        Fact.EVEN_RISING: "c_k = c_{G-1-k}: even. b >= 0 for L >= 0 (lemma 4).",
        Fact.FALLS_IN_EPS: "Each c_k falls in eps, as the u_j do; the drops in b do not rise in it (lemma "
        "4).",
        Fact.CONCAVE: "Advantages sum to zero over a group, so pq Omega = E[A r] = E[psi(j/G)], j ~ "
        "Binomial(G, p), psi(x) = x(1-x)/(c sqrt(x(1-x)) + eps), c = sqrt(G/(G-ddof)): the Bernstein "
        "polynomial of psi. As a function of v = x(1-x), itself concave, psi rises and is concave: with s "
        "= sqrt(v) its derivative is (cs+2eps)/(2(cs+eps)^2) > 0 and falls in s, by the sign of c(cs+eps) "
        "- 2c(cs+2eps) = -c(cs+3eps) < 0. So psi is concave, and so are its Bernstein polynomials.",
    }

    @classmethod
    def read(cls, value: object, where: str) -> Group:
        fields = record(value, where, ("contrast", "group_size", "ddof"))
        size = natural(fields["group_size"], f"{where}.group_size")
        ddof = natural(fields["ddof"], f"{where}.ddof")
        require(size <= MAX_GROUP, Code.TOO_MUCH_WORK, f"{where}: groups of more than {MAX_GROUP}")
        inside = size >= 2 and ddof <= 1
        require(inside, Code.OUTSIDE_DOMAIN, f"{where}: group_size >= 2 and ddof 0 or 1 does not hold")
        return cls(size, ddof)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.size}, ddof {self.ddof})"

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

    def omega(self, at: Place) -> Jet:
        last, total = self.size - 1, constant(ball(0))
        for k in range(self.size):
            total = total + comb(last, k) * _mixed(at, k, last - k) * self._height(k, at.eps)
        return total

    def _height(self, k: int, eps: Jet) -> Jet:
        """c_k for a range of eps."""
        total = constant(ball(0))
        for weight, j in ((self.size - k - 1, k + 1), (k, k)):
            if weight:
                root = ball(_spread_squared(j, self.size, self.ddof)).sqrt()
                total = total + constant(ball(Fraction(weight, self.size))) / (constant(root) + eps)
        return total

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
        ends = (-ball(cell[0])).exp(), (-ball(cell[1])).exp()
        held = least, _, near, far, (falls, rises) = self._over(*ends, eps[1])
        lower = least.max(near + falls.min(zero) * width).max(far - rises.max(zero) * width)
        _, most, near, far, (falls, rises) = held if eps[0] == eps[1] else self._over(*ends, eps[0])
        return lower, most.min(near + rises.max(zero) * width).min(far - falls.min(zero) * width)

    def steepest_from(self, logit: Fraction, eps: Fraction) -> Ball:
        """Lemma 4's b down to x = 0."""
        return self._over((-ball(logit)).exp(), ball(0), eps)[1]

    def _over(self, near: Ball, far: Ball, eps: Fraction) -> tuple[Ball, Ball, Ball, Ball, Balls]:
        """Bounds of b over a cell from x = near down to x = far, b at both, and bounds of its derivative.

        B_k rises in L; A_k has its only peak at x = (k+1)/(G-k-1); w_k >= 0.
        """
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


def _mixed(at: Place, i: int, j: int) -> Jet:
    """p^i q^j."""
    product = constant(ball(1))
    for base, exponent in ((at.p, i), (at.q, j)):
        if exponent:
            product = product * base**exponent
    return product


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

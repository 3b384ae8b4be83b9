"""Plain bisection in log-odds with ``mpmath.iv``: the yardstick of every ratio.

Cells on which the gap keeps a sign are dropped, cells on which it is monotone are bisected by the sign at
the middle, others are halved. (``mpmath.iv`` rounds ``exp`` in the wrong direction now and then: this is a
yardstick, not a proof.)
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from typing import Any

from mpmath import iv

from ..cases import Triple
from ..contestant import Answer, Contestant

Brackets = list[tuple[Any, Any]]


class Gap:
    """``g(L) = L - L_ref - Omega(L)/beta`` and ``g'``, with 1/v = exp(L) + exp(-L) + 2."""

    def __init__(self, beta: Any, eps: Any, p_ref: Any) -> None:
        self.log_odds_ref = iv.log(1 / (1 / p_ref - 1))
        self.weight = 1 / beta
        self.eps = eps

    @staticmethod
    def of(triple: Triple) -> Gap:
        """Decimal text is enclosed, whatever the precision."""
        return Gap(iv.mpf(triple.beta), iv.mpf(triple.eps), iv.mpf(triple.p_ref))

    def with_beta(self, beta: Any) -> Gap:
        """The gap at another beta, the rest shared."""
        other = copy(self)
        other.weight = 1 / beta
        return other

    def value(self, x: Any) -> Any:
        growth = iv.exp(x)
        variance = 1 / (growth + 1 / growth + 2)
        return x - self.log_odds_ref - self.weight / iv.sqrt(variance + self.eps)

    def slope(self, x: Any) -> Any:
        growth = iv.exp(x)
        variance = 1 / (growth + 1 / growth + 2)
        difference = 1 - 2 / (1 + growth)
        shifted = variance + self.eps
        return 1 - self.weight * difference / (2 * (1 + self.eps / variance) * iv.sqrt(shifted))

    def domain(self) -> tuple[Any, Any]:
        """Every fixed point lies between L_ref and L_ref + 1/(beta sqrt(eps)); a little more on each side."""
        return self.log_odds_ref.a - 1, (self.log_odds_ref + self.weight / iv.sqrt(self.eps)).b + 1


def solve(triple: Triple, digits: int = 15) -> tuple[Brackets, bool]:
    """Brackets to so many digits, and whether every cell was resolved."""
    before = iv.prec
    iv.prec = 30 + digits * 10 // 3
    try:
        return _search(Gap.of(triple), digits)
    finally:
        iv.prec = before


def _search(gap: Gap, digits: int) -> tuple[Brackets, bool]:
    brackets: Brackets = []
    complete = True
    pending = [gap.domain()]
    while pending:
        low, high = pending.pop()
        cell = iv.mpf([low, high])
        if 0 not in gap.value(cell):
            continue
        slope = gap.slope(cell)
        if 0 not in slope:
            found = _bisect(gap, low, high, slope.a > 0, digits)
            if found:
                brackets.append(found)
        elif cell.delta < 1e-9:
            complete = False
        else:
            middle = cell.mid
            pending += [(middle.b, high), (low, middle.a)]
    return brackets, complete


def _bisect(gap: Gap, low: Any, high: Any, rising: bool, digits: int) -> tuple[Any, Any] | None:
    """The zero of a monotone gap in the cell, if there is one."""
    left, right = gap.value(low), gap.value(high)
    if not ((left.b < 0 and right.a > 0) if rising else (left.a > 0 and right.b < 0)):
        return None
    width = iv.mpf(10) ** -digits * min(1, abs(low).b)
    while (high - low).b > width.a:
        middle = ((low + high) / 2).mid
        value = gap.value(middle)
        if value.b < 0:
            low, high = (middle, high) if rising else (low, middle)
        elif value.a > 0:
            low, high = (low, middle) if rising else (middle, high)
        else:
            break
    return low, high


def answer(found: tuple[Brackets, bool]) -> Answer:
    """The brackets as exact numbers."""
    brackets, complete = found
    return Answer(tuple((_exact(low.a), _exact(high.b)) for low, high in brackets), complete)


def _exact(x: Any) -> Fraction:
    """An end point of an mpmath interval, exactly."""
    sign, man, exp, _ = x._mpi_[0]
    value = int(man) * Fraction(2) ** int(exp)
    return -value if sign else value


CONTESTANT = Contestant(
    "mpmath.iv bisection", solve, answer, "brackets in log-odds; its exp does not always enclose"
)

"""Interval Newton in log-odds with pyintval: doubles with outward rounding, scalar."""

from __future__ import annotations

from typing import Any

from ..cases import Triple
from ..contestant import Contestant, exact_answer, optional

iv: Any = optional("pyintval")


def solve(triple: Triple) -> tuple[list[tuple[float, float]], bool]:
    """Brackets as narrow as doubles give, and whether every cell was resolved."""
    interval, exp, sqrt, recip = iv.Interval, iv.exp, iv.sqrt, iv.recip
    eps, weight, p_ref = interval(triple.eps), recip(interval(triple.beta)), interval(triple.p_ref)
    log_odds_ref = iv.log(p_ref / (1 - p_ref))

    def value(x: Any) -> Any:
        growth = exp(x)
        return x - log_odds_ref - weight / sqrt(recip(growth + recip(growth) + 2) + eps)

    def both(x: Any) -> tuple[Any, Any]:
        growth = exp(x)
        inverse = growth + recip(growth) + 2
        pull = weight / sqrt(recip(inverse) + eps)
        return x - log_odds_ref - pull, 1 - pull * (1 - 2 / (1 + growth)) / (2 + 2 * eps * inverse)

    def newton(low: float, high: float, slope: Any) -> tuple[float, float]:
        cell = interval(low, high)
        while True:
            middle = cell.mid
            point = interval(middle, middle)
            narrower = cell & (point - value(point) / slope)
            if narrower.is_empty or narrower.wid > 0.9 * cell.wid:
                return cell.lo, cell.hi
            cell = narrower
            slope = both(cell)[1]

    brackets: list[tuple[float, float]] = []
    complete = True
    pending = [
        (log_odds_ref.lo - 1, (log_odds_ref + weight / sqrt(eps)).hi + 1)
    ]  # no zero outside, nor at an end
    while pending:
        low, high = pending.pop()
        gap, slope = both(interval(low, high))
        if 0 not in gap:
            continue
        if 0 not in slope:
            left, right = value(interval(low, low)), value(interval(high, high))
            if 0 in left or 0 in right:
                complete = False
            elif (left.hi < 0) != (right.hi < 0):
                brackets.append(newton(low, high, slope))
        elif high - low < 1e-9:
            complete = False
        else:
            middle = (low + high) / 2
            pending += [(middle, high), (low, middle)]
    return brackets, complete


CONTESTANT = (
    Contestant("pyintval Newton", solve, exact_answer, "brackets in log-odds, doubles") if iv else None
)

"""codac's forward-backward contractor in log-odds, bisection around it, and a derivative for uniqueness.

The functions take the parameters as intervals, so that they are built once. There is no ``Interval("0.1")``:
a decimal is enclosed between the doubles next to it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..cases import Triple
from ..contestant import Contestant, exact_answer
from .upward import codac, rounding_its_way


@lru_cache(maxsize=1)
def _functions() -> tuple[Any, Any, Any]:
    """(gap, its slope, contractor of gap = 0), over the vector (L, L_ref, 1/beta, eps)."""
    box = codac.VectorVar(4)
    x, log_odds_ref, weight, eps = (box[k] for k in range(4))
    growth = codac.exp(x)
    inverse = growth + 1 / growth + 2
    pull = weight / codac.sqrt(1 / inverse + eps)
    gap = codac.AnalyticFunction([box], x - log_odds_ref - pull)
    slope = codac.AnalyticFunction([box], 1 - pull * (1 - 2 / (1 + growth)) / (2 + 2 * eps * inverse))
    return gap, slope, codac.CtcInverse(gap, codac.Interval(0))


def _decimal(text: str) -> Any:
    number = float(text)
    return codac.Interval(codac.prev_float(number), codac.next_float(number))


@rounding_its_way
def solve(triple: Triple) -> tuple[list[tuple[float, float]], bool]:
    """Brackets as narrow as doubles give, and whether every cell was resolved."""
    gap, slope, contractor = _functions()
    interval, vector = codac.Interval, codac.IntervalVector
    eps, weight, p_ref = _decimal(triple.eps), 1 / _decimal(triple.beta), _decimal(triple.p_ref)
    log_odds_ref = codac.log(p_ref / (1 - p_ref))
    box = vector([interval(0), log_odds_ref, weight, eps])

    def at(function: Any, x: Any) -> Any:
        box[0] = x
        return function.eval(box)

    def newton(cell: Any, derivative: Any) -> tuple[float, float]:
        while True:
            middle = interval(cell.mid())
            narrower = cell & (middle - at(gap, middle) / derivative)
            if narrower.is_empty() or narrower.diam() > 0.9 * cell.diam():
                return cell.lb(), cell.ub()
            cell = narrower
            derivative = at(slope, cell)

    brackets: list[tuple[float, float]] = []
    complete = True
    # No zero outside, nor at an end.
    pending = [interval(log_odds_ref.lb() - 1, (log_odds_ref + weight / codac.sqrt(eps)).ub() + 1)]
    while pending:
        cell = pending.pop()
        box[0] = cell
        contracted = contractor.contract(vector(box))
        part = interval((box if contracted is None else contracted)[0])  # a copy: `box` is used again
        if part.is_empty():
            continue
        # The contractor comes too close to a zero for a sign: step back, but not out of the cell.
        part = cell & part.inflate(1e-9 * max(1.0, part.mag()))
        derivative = at(slope, part)
        if not derivative.contains(0):
            left, right = at(gap, interval(part.lb())), at(gap, interval(part.ub()))
            if left.contains(0) or right.contains(0):
                complete = False
            elif (left.ub() < 0) != (right.ub() < 0):
                brackets.append(newton(part, derivative))
        elif part.diam() < 1e-7:
            complete = False
        else:
            left_half, right_half = part.bisect(0.5)
            pending += [right_half, left_half]
    return brackets, complete


CONTESTANT = (
    Contestant("codac contractor", solve, exact_answer, "brackets in log-odds, doubles") if codac else None
)

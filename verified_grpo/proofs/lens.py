"""Where the condition of Theorem 3 (2) fails, slab by slab: guesses in floating point, proved elsewhere.

At ``eps = 1e-5`` the left side ``beta cosh^2(c/beta)`` falls in beta and then rises; the right side depends
on ``q = 1 - p_ref`` alone, rises and then falls. So in a slab of q the failing set lies between two roots.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from itertools import pairwise

from verified_grpo.certificates.grammar.formulas import Relation

EPS = 1e-5
ENDS = (1.4e-7, 0.05)
COUNT = 32
TURN = ("1.28", "1.2987")
"""The left side turns between these."""

MARGIN = 0.004
"""Room for the proof on both sides of a root, relatively."""

CENTRE = 1 / math.sqrt(1 + 4 * EPS)


@dataclass(frozen=True)
class Slab:
    """``q`` from low to high: the condition holds at both ``outer`` and, where there are any, fails at both
    ``inner`` numbers."""

    low: str
    high: str
    outer: tuple[str, str]
    inner: tuple[str, str] | None

    def claims(self) -> Iterator[tuple[str, Relation, str]]:
        """(which side, relation, beta) for each of the numbers."""
        yield "below", ">", self.outer[0]
        yield "above", ">", self.outer[1]
        if self.inner:
            yield "from", "<", self.inner[0]
            yield "until", "<", self.inner[1]


def slabs() -> list[Slab]:
    """Slabs that look equally thick on a logarithmic axis, from nearly 1 downwards in ``p_ref``."""
    cuts = [ENDS[0] * (ENDS[1] / ENDS[0]) ** (k / COUNT) for k in range(COUNT + 1)]
    edges = [_rounded(cut, up=False) for cut in cuts[1:-1]]
    edges = [f"{ENDS[0]:g}", *edges, f"{ENDS[1]:g}"]
    return [_slab(low, high) for low, high in pairwise(edges)]


def _slab(low: str, high: str) -> Slab:
    a, b = float(low), float(high)
    peak = min(max(a, 2 * EPS), b)
    largest, least = (choose(right(a), right(peak), right(b)) for choose in (max, min))
    first, last = _roots(largest * (1 + MARGIN))
    outer = (_rounded(first, up=False), _rounded(last, up=True))
    if least * (1 - MARGIN) < left(float(TURN[1])) * (1 + MARGIN):
        return Slab(low, high, outer, None)
    first, last = _roots(least * (1 - MARGIN))
    return Slab(low, high, outer, (_rounded(first, up=True), _rounded(last, up=False)))


def left(beta: float) -> float:
    """About the left side of the condition."""
    return beta * math.cosh(CENTRE / beta) ** 2


def right(q: float) -> float:
    """About the right side of the condition."""
    spread = q * (1 - q) + EPS
    return (1 - 2 * q) * q * (1 - q) / (2 * spread * math.sqrt(spread))


def _roots(level: float) -> tuple[float, float]:
    """Where the left side takes a value, on both sides of its turn; the turn itself where it does not."""
    first = _bisected(lambda beta: left(beta) > level, 0.2, float(TURN[0]))
    last = _bisected(lambda beta: left(beta) < level, float(TURN[1]), 100.0)
    return first, last


def _bisected(before: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if before(middle) else (low, middle)
    return low


def _rounded(x: float, *, up: bool) -> str:
    """Four digits, without an exponent where it is short."""
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return f"{float(Context(prec=4, rounding=rounding).create_decimal(repr(x))):.4g}"

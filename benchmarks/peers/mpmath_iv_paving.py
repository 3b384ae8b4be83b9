"""Plain branch and prune with ``mpmath.iv``: contraction over a box of (beta, p_ref), mean-var, alpha = 1.

As the suite does, the fixed point's log-odds are an axis instead of p_ref: a box of (L, beta) is dropped when
the gap over it keeps a sign for all p_ref, and done when the multiplier ``b/beta = 1 - g'`` lies in (-1, 1).
"""

from __future__ import annotations

from typing import Any

from mpmath import iv

from .mpmath_iv import Gap

BITS = 80


def contracts(beta: tuple[str, str], eps: str, p_ref: tuple[str, str], limit: int) -> tuple[bool, int]:
    """(proved, number of leaves); gives up after so many leaves."""
    before = iv.prec
    iv.prec = BITS
    try:
        return _pave(iv.mpf(beta), iv.mpf(eps), iv.mpf(p_ref), limit)
    finally:
        iv.prec = before


def _pave(beta: Any, eps: Any, p_ref: Any, limit: int) -> tuple[bool, int]:
    whole = Gap(beta, eps, p_ref)
    low, high = whole.domain()
    pending = [(iv.mpf([low, high]), beta)]
    leaves = 0
    while pending:
        cell, part = pending.pop()
        gap = whole.with_beta(part)
        if 0 not in gap.value(cell) or abs(1 - gap.slope(cell)).b < 1:
            leaves += 1
        elif leaves + len(pending) > limit:
            return False, leaves
        elif cell.delta.b > iv.log(part.b / part.a).b:
            pending += [(half, part) for half in _halves(cell)]
        else:
            pending += [(cell, half) for half in _halves(part)]
    return True, leaves


def _halves(x: Any) -> tuple[Any, Any]:
    middle = x.mid
    return iv.mpf([middle, x.b]), iv.mpf([x.a, middle])

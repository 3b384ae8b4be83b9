"""Clopper and Pearson's interval for a probability, its ends rounded outward and proved.

For k successes among n, at confidence 1 - a, the interval is [l, u] with ``P(X >= k | l) = a/2`` and
``P(X <= k | u) = a/2``, X binomial; l = 0 for k = 0 and u = 1 for k = n. Whatever the true p is, an interval
made so contains it with probability at least 1 - a. At k = 0 and k = n the other end keeps a/2: with the
whole of a there the promise would not hold for every p.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import nextafter

from flint import arb
from scipy.special import betainccinv, betaincinv

from ...errors import InputError
from ...intervals import ArbEngine

BITS = 128
SMALL = arb((1, -80))
"""Of the bound: a rest that is smaller is added as a whole."""
WIDENINGS = 60


@lru_cache(maxsize=1 << 16)
def clopper_pearson(k: int, n: int, confidence: Fraction) -> tuple[float, float]:
    """Doubles that enclose Clopper and Pearson's interval, nearly always to the last few bits.

    Args:
        k, n: successes and size of the sample, 0 <= k <= n, n >= 1.
        confidence: in (0, 1), exact.

    Raises:
        InputError: arguments outside these domains.

    >>> [round(end, 9) for end in clopper_pearson(0, 8, Fraction("0.95"))]
    [0.0, 0.369416648]
    """
    if not (n >= 1 and 0 <= k <= n):
        raise InputError(f"k and n must be integers with 0 <= k <= n and n >= 1, not {k} and {n}")
    if not 0 < confidence < 1:
        raise InputError(f"the confidence must lie in (0, 1), not {confidence}")
    tail = (1 - confidence) / 2
    return _lower(k, n, tail), _upper(k, n, tail)


def _lower(k: int, n: int, tail: Fraction) -> float:
    """A double p with ``P(X >= k | p) <= tail``, proved: that grows with p, so p is not above l."""
    if k == 0:
        return 0.0
    return _outward(float(betaincinv(k, n - k + 1, float(tail))), k, n, tail, up=False)


def _upper(k: int, n: int, tail: Fraction) -> float:
    """A double p with ``P(X <= k | p) <= tail``, proved."""
    if k == n:
        return 1.0
    return _outward(float(betainccinv(k + 1, n - k, float(tail))), k, n, tail, up=True)


def _outward(guess: float, k: int, n: int, tail: Fraction, *, up: bool) -> float:
    """The innermost double whose tail is proved to be small enough: the same one whatever the guess, which
    only says where to begin. At most k successes with p are at least n - k failures with 1 - p."""

    def proved(p: float) -> bool:
        return _at_most(tail, n - k, n, 1 - Fraction(p)) if up else _at_most(tail, k, n, Fraction(p))

    beyond = 1.0 if up else 0.0
    if not 0 < guess < 1:
        return beyond
    begun, last = proved(guess), guess
    for widening in range(WIDENINGS):
        step = guess * 2.0 ** (widening - 53)
        grows = up != begun  # outward; inward where the tail is small already
        p = max(nextafter(last, 2), guess + step) if grows else min(nextafter(last, -1), guess - step)
        if not 0 < p < 1:
            return last if begun else beyond
        if proved(p) != begun:
            return _last_proved(proved, *((last, p) if begun else (p, last)))
        last = p
    return last if begun else beyond


def _last_proved(proved: Callable[[float], bool], good: float, bad: float) -> float:
    """By halving, until no double is left between one that is proved and one that is not."""
    while (middle := good + (bad - good) / 2) not in (good, bad):
        good, bad = (middle, bad) if proved(middle) else (good, middle)
    return good


def _at_most(bound: Fraction, k: int, n: int, p: Fraction) -> bool:
    """Whether ``P(X >= k) <= bound`` is proved.

    The terms' ratios ``(n - j)/(j + 1) p/q`` fall with j: as soon as one is below 1, what is left of the sum
    is less than a geometric series.
    """
    with ArbEngine(BITS) as engine:
        odds, limit = engine.exact(p / (1 - p)), engine.exact(bound)
        term = arb.bin_uiui(n, k) * engine.exact(p) ** k * engine.exact(1 - p) ** (n - k)
        total = term
        for j in range(k, n):
            ratio = odds * (n - j) / (j + 1)
            rest = term * ratio / (1 - ratio)
            if ratio < 1 and rest < SMALL * limit:
                total += rest
                break
            term *= ratio
            total += term
        return bool(total <= limit)  # a rest that was added is too large: still an upper bound

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
from math import exp, log, nextafter

from flint import arb

from ...errors import InputError
from ...intervals import ArbEngine
from ...model.approximate import approx_log

BITS = 128
SMALL = arb((1, -80))
"""Of the bound: a rest that is smaller is added as a whole."""
WIDENINGS = 60
STEPS, CLOSE = 60, 1e-8
"""Of Newton's method: the error after a step is about its square."""
FARTHEST = 700


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
    return _outward(_at(approx_root(k, n, tail)), k, n, tail, up=False)


def _upper(k: int, n: int, tail: Fraction) -> float:
    """A double p with ``P(X <= k | p) <= tail``, proved."""
    if k == n:
        return 1.0
    return _outward(_at(-approx_root(n - k, n, tail)), k, n, tail, up=True)


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
        return bool(_tail(engine, k, n, p, bound)[0] <= engine.exact(bound))


def _tail(engine: ArbEngine, k: int, n: int, p: Fraction, bound: Fraction) -> tuple[arb, arb]:
    """An upper bound of ``P(X >= k)``, sharp to what is small beside ``bound``, and ``P(X = k)``."""
    odds, small = engine.exact(p / (1 - p)), SMALL * engine.exact(bound)
    first = term = total = arb.bin_uiui(n, k) * engine.exact(p) ** k * engine.exact(1 - p) ** (n - k)
    for j in range(k, n):
        ratio = odds * (n - j) / (j + 1)
        rest = term * ratio / (1 - ratio)
        if ratio < 1 and rest < small:
            total += rest  # all of it: too large, and still an upper bound
            break
        term *= ratio
        total += term
    return total, first


def approx_root(k: int, n: int, tail: Fraction) -> float:
    """About the log-odds of p with ``P(X >= k | p) = tail``, k >= 1: where to begin, nothing more.

    ``log P`` rises with the log-odds L and is concave in it, its slope is ``k (1 - p) P(X = k)/P(X >= k)``:
    Newton's method comes from the left after its first step.
    """
    logit, target = log(k) - log(n + 1 - k), approx_log(tail)
    with ArbEngine(BITS) as engine:
        for _ in range(STEPS):
            odds = Fraction(exp(logit))
            total, first = _tail(engine, k, n, odds / (1 + odds), tail)
            step = (float(total.log().mid()) - target) * float((total / first).mid()) * float(1 + odds) / k
            logit -= step
            if abs(step) < CLOSE or abs(logit) > FARTHEST:
                break
    return logit


def _at(logit: float) -> float:
    """The probability, 0 or 1 where it is too close to tell."""
    return 1 / (1 + exp(-logit)) if abs(logit) <= FARTHEST else float(logit > 0)

"""What k successes among n say of a probability: Clopper and Pearson's interval.

Lemma 58 (intervals of confidence). Let X be binomial with n and p, and 0 < a < 1. The set of all p with P(X
>= k) > a/2 and P(X <= k) > a/2 contains the true p with probability 1 - a at least. It is an interval, and
lies to the right of every l with P(X >= k | l) <= a/2, or l = 0, and to the left of every u with P(X <= k |
u) <= a/2, or u = 1.
  P(X >= k | p) rises with p, P(X <= k | p) falls: the set is an interval, and l, u are not in it. That the
  true p is not in it has for each of the two conditions the probability a/2 at most: for the first, it holds
  for the largest observations alone, those with P(X >= k | p) <= a/2.
Here P(X >= k | p) = sum over j >= k of C(n,j) p^j q^(n-j): the terms' ratios (n-j)/(j+1) p/q fall with j, so
once one is below 1, what is left is less than a geometric series. P(X <= k | p) is P(X >= n-k | q).
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_operations
from verified_grpo.checker.numbers import ball

MAX_SAMPLES = 100_000
BITS = 192
_SMALL = Fraction(1, 2**80)


def below_interval(p: Fraction, k: int, n: int, confidence: Fraction) -> bool:
    """Whether p is proved to lie to the left of the interval, or to be its end 0."""
    return p == 0 or (0 < p < 1 and _tail(p, k, n, (1 - confidence) / 2))


def above_interval(p: Fraction, k: int, n: int, confidence: Fraction) -> bool:
    """Whether p is proved to lie to the right of the interval, or to be its end 1."""
    return p == 1 or (0 < p < 1 and _tail(1 - p, n - k, n, (1 - confidence) / 2))


def _tail(p: Fraction, k: int, n: int, bound: Fraction) -> bool:
    """Whether P(X >= k | p) <= bound is certain."""
    require(n <= MAX_SAMPLES, Code.TOO_MUCH_WORK, f"samples of more than {MAX_SAMPLES} are not checked here")
    pay_for_operations(2 * n, BITS)
    odds, limit = ball(p / (1 - p)), ball(bound)
    small = ball(bound * _SMALL)
    term = ball(comb(n, k)) * ball(p) ** k * ball(1 - p) ** (n - k)
    total: Ball = term
    for j in range(k, n):
        ratio = odds * (n - j) / (j + 1)
        if ratio < 1:
            rest = term * ratio / (1 - ratio)
            if rest < small:
                return bool(total + rest <= limit)
        term = term * ratio
        total = total + term
    return bool(total <= limit)

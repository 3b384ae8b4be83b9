"""Training by small steps at 60 digits, straight from the definitions: what proofs are held against."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

import mpmath
from mpmath import mpf

from verified_grpo.model import Contrast

DIGITS = 60
Slope = Callable[[mpf], mpf]


def number(x: Fraction) -> mpf:
    """The exact number at 60 digits."""
    return mpf(x.numerator) / x.denominator


def omega(contrast: Contrast, eps: Fraction, log_odds: mpf) -> mpf:
    """The contrast by its definition; of a group by the sum over the other answers."""
    p = 1 / (1 + mpmath.exp(-log_odds))
    v, e = p * (1 - p), number(eps)
    if contrast.name == "mean-var":
        return 1 / mpmath.sqrt(v + e)
    if contrast.name == "mean-std":
        return 1 / (mpmath.sqrt(v) + e)
    if contrast.name == "mean":
        return mpf(1)
    size, total = contrast.group_size, mpf(0)
    for k in range(size):
        weight = comb(size - 1, k) * p**k * (1 - p) ** (size - 1 - k)
        total += weight * (_advantage(contrast, e, 1, k + 1) - _advantage(contrast, e, 0, k))
    return total


def _advantage(contrast: Contrast, eps: mpf, reward: int, right: int) -> mpf:
    size = contrast.group_size
    if right in (0, size):
        return mpf(0)
    variance = mpf(right * (size - right)) / (size * (size - contrast.ddof))
    return (reward - mpf(right) / size) / (mpmath.sqrt(variance) + eps)


def reverse_drive(contrast: Contrast, beta: Fraction, eps: Fraction, p_ref: Fraction) -> Slope:
    """``F(L) = Omega - beta (L - L_ref)``."""
    start = log_odds(p_ref)
    return lambda x: omega(contrast, eps, x) - number(beta) * (x - start)


def k3_drive(contrast: Contrast, beta: Fraction, eps: Fraction, p_ref: Fraction) -> Slope:
    """``F(L) = Omega - beta (p - p_ref)/(p q)``."""

    def drive(x: mpf) -> mpf:
        p, q = 1 / (1 + mpmath.exp(-x)), 1 / (1 + mpmath.exp(x))
        return omega(contrast, eps, x) - number(beta) * (p - number(p_ref)) / (p * q)

    return drive


def log_odds(p: Fraction) -> mpf:
    """At 60 digits."""
    return mpmath.log(number(p) / (1 - number(p)))


def follow(drive: Slope, start: mpf, step: mpf, count: int) -> list[mpf]:
    """So many steps."""
    found = [start]
    for _ in range(count):
        found.append(found[-1] + step * drive(found[-1]))
    return found

"""Curves as bands: straight strips, end to end, each of which is a formal claim.

Where the strips lie is guessed in floating point; that the curve runs inside each is proved.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from verified_grpo.certificates.curves import Line, strip
from verified_grpo.intervals import canonical
from verified_grpo.rigor.properties.inequalities import Expression

from .claims import Inequality
from .framework import Part, supports
from .symbols import eps

l = sp.Symbol("l")  # noqa: E741 -- the certificate's name of the log-odds
SAMPLES = 16
SHARE = 0.3
"""A chord may leave the curve by this share of the half width; the rest is room for enclosures."""


def strips(
    name: str,
    label: str,
    curve: Expression,
    approx: Callable[[float], float],
    span: tuple[str, str],
    half: str,
) -> list[Part]:
    """Parts that enclose a curve over a range of log-odds at ``eps = 1e-5``, as few as the width allows."""
    parts: list[Part] = []
    left, end = Fraction(span[0]), Fraction(span[1])
    while left < end:
        right = _reach(approx, left, end, float(half) * SHARE)
        line = _chord(approx, left, right, half)
        text = f"For log-odds `l` from {canonical(left)} to {canonical(right)}: {label} is within {half} of "
        text += f"`{line.intercept} + ({line.slope}) l`."
        claim = Inequality(strip(curve, "l", line), ">", {l: (left, right), eps: "1e-5"})
        parts.append(supports(f"{name}-{len(parts) + 1}", text, claim))
        left = right
    return parts


def _chord(approx: Callable[[float], float], left: Fraction, right: Fraction, half: str) -> Line:
    """The chord, in decimals of six places."""
    start, end = approx(float(left)), approx(float(right))
    slope = (end - start) / float(right - left)
    return Line(_decimal(start - slope * float(left)), _decimal(slope), half)


def _decimal(x: float) -> str:
    return canonical(Fraction(round(x * 10**6), 10**6))


def _reach(approx: Callable[[float], float], left: Fraction, end: Fraction, most: float) -> Fraction:
    """How far a chord from here may go, on a grid of hundredths; at least one hundredth."""
    low, high = 1, int((end - left) * 100)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _bulge(approx, float(left), middle / 100) <= most else (low, middle - 1)
    return left + Fraction(low, 100)


def _bulge(approx: Callable[[float], float], left: float, wide: float) -> float:
    start, end = approx(left), approx(left + wide)
    shares = [k / SAMPLES for k in range(1, SAMPLES)]
    return max(abs(approx(left + wide * s) - start - (end - start) * s) for s in shares)

"""Looks for a place where a fact that is claimed of a contrast is false, in mpmath at 60 digits.

Samples prove nothing: what they do is to refute a slip in an argument or in a formula.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath
import sympy as sp

from verified_grpo.model import Contrast, Fact
from verified_grpo.model import derivation as d
from verified_grpo.model.contrasts import eps, p, q, v

mp = mpmath.mp
exactly = mpmath.workdps(60)
"""Around everything that is computed here."""
TINY = mp.mpf(10) ** -40
PLACES = [mp.mpf(k) / 4 for k in range(1, 120)]
STABILISERS = ("1e-5", "0.01", "0.5", "3")


@cache
def along(contrast: Contrast, order: int) -> Callable[[Any, Any], Any]:
    """``(L, eps) -> `` the derivative of Omega of an order in L."""
    expression = d.omega(contrast)
    for _ in range(order):
        expression = d.along_log_odds(expression)
    function = sp.lambdify((p, q, v, eps), expression, "mpmath", cse=True)

    def value(x: Any, at: Any) -> Any:
        success, failure = 1 / (1 + mp.exp(-x)), 1 / (1 + mp.exp(x))
        return mp.mpf(1) * function(success, failure, success * failure, at)

    return value


@exactly  # type: ignore[untyped-decorator]
def counterexample(contrast: Contrast, fact: Fact) -> str | None:
    """A place where the fact does not hold, in words; None where none was found."""
    for stabiliser in STABILISERS:
        found = LOOK[fact](contrast, mp.mpf(stabiliser))
        if found is not None:
            return f"{contrast.label}, eps {stabiliser}: {found}"
    return None


def _first(holds: Callable[[Any], bool], places: list[Any] = PLACES) -> str | None:
    return next((f"L = {mp.nstr(x, 8)}" for x in places if not holds(x)), None)


def _number(expression: sp.Expr, at: Any) -> Any:
    return mp.mpf(1) * sp.lambdify((eps,), expression, "mpmath")(at)


def _bounded(contrast: Contrast, at: Any) -> str | None:
    stabiliser = Fraction(mp.nstr(at, 30))
    known = contrast.definition.bound(contrast, (stabiliser, stabiliser))
    top = _number(contrast.definition.supremum(contrast), at) if known is None else mp.mpf(float(known))
    top = top * contrast.scale.numerator / contrast.scale.denominator
    omega = along(contrast, 0)
    return _first(lambda x: omega(x, at) <= top * (1 + TINY) and omega(-x, at) <= top * (1 + TINY))


def _even(contrast: Contrast, at: Any) -> str | None:
    omega, b = along(contrast, 0), along(contrast, 1)
    return _first(lambda x: abs(omega(x, at) / omega(-x, at) - 1) < TINY and b(x, at) >= -TINY)


def _falls(contrast: Contrast, at: Any) -> str | None:
    omega, b, more = along(contrast, 0), along(contrast, 1), at * mp.mpf("1.1")
    lower = _first(lambda x: omega(x, more) <= omega(x, at) + TINY)
    return lower or _first(lambda x: abs(b(x, more)) <= abs(b(x, at)) + TINY)


def _one_peak(contrast: Contrast, at: Any) -> str | None:
    bend = along(contrast, 2)
    signs = [bend(x, at) > 0 for x in PLACES]
    if not signs[0] or signs[-1]:
        return "b does not rise from 0 and fall at last"
    turns = [x for x, (here, there) in zip(PLACES, pairwise(signs), strict=False) if here is not there]
    return None if len(turns) == 1 else f"b' changes sign at {len(turns)} places"


def _at_least(contrast: Contrast, at: Any) -> str | None:
    omega, eps = along(contrast, 0), Fraction(mp.nstr(at, 30))
    floor = contrast.definition.floor(contrast, (eps, eps)) * contrast.scale
    least = mp.mpf(floor.numerator) / floor.denominator
    return _first(lambda x: min(omega(x, at), omega(-x, at)) >= least * (1 - TINY) > 0)


def _steepest(contrast: Contrast, at: Any) -> str | None:
    b, top = along(contrast, 1), _number(d.slope_bound(contrast), at)
    return _first(lambda x: abs(b(x, at)) <= top * (1 + TINY) and abs(b(-x, at)) <= top * (1 + TINY))


def _schwarzian(contrast: Contrast, at: Any) -> str | None:
    first, second, third = (along(contrast, k) for k in (1, 2, 3))

    def holds(x: Any) -> bool:
        b = first(x, at)
        return bool(b > 0 and third(x, at) / b - mp.mpf(3) / 2 * (second(x, at) / b) ** 2 < 0)

    return _first(holds, PLACES[:80])  # further out the digits cancel


def _concave(contrast: Contrast, at: Any) -> str | None:
    omega = along(contrast, 0)
    shares = [mp.mpf(k) / 400 for k in range(1, 400)]
    drive = [s * (1 - s) * omega(mp.log(s / (1 - s)), at) for s in shares]
    bends = [a - 2 * b + c for a, b, c in zip(drive, drive[1:], drive[2:], strict=False)]
    return next((f"p = {mp.nstr(shares[k + 1], 5)}" for k, bend in enumerate(bends) if bend > TINY), None)


def _bernstein(contrast: Contrast, at: Any) -> str | None:
    heights = [
        _number(c * sp.Rational(contrast.scale), at) for c in contrast.definition.coefficients(contrast)
    ]
    uneven = any(abs(a - b) > TINY for a, b in zip(heights, heights[::-1], strict=True))
    rising = any(a < b - TINY for a, b in pairwise(heights[: (len(heights) + 1) // 2]))
    omega, last = along(contrast, 0), len(heights) - 1

    def holds(x: Any) -> bool:
        s = 1 / (1 + mp.exp(-x))
        terms = (mp.binomial(last, k) * s**k * (1 - s) ** (last - k) * c for k, c in enumerate(heights))
        return bool(abs(sum(terms) / omega(x, at) - 1) < TINY)

    return "coefficients not symmetric, or rising" if uneven or rising else _first(holds, PLACES[:40])


def _constant(contrast: Contrast, at: Any) -> str | None:
    b = along(contrast, 1)
    return _first(lambda x: abs(b(x, at)) < TINY)


LOOK: dict[Fact, Callable[[Contrast, Any], str | None]] = {
    Fact.BOUNDED: _bounded,
    Fact.AT_LEAST: _at_least,
    Fact.EVEN_RISING: _even,
    Fact.FALLS_IN_EPS: _falls,
    Fact.ONE_PEAK: _one_peak,
    Fact.STEEPEST: _steepest,
    Fact.NEGATIVE_SCHWARZIAN: _schwarzian,
    Fact.CONCAVE: _concave,
    Fact.BERNSTEIN: _bernstein,
    Fact.CONSTANT: _constant,
}

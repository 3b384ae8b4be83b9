"""How an expression moves with v where p and q are in it, by exact arithmetic on its rational parts.

Lemma 68 (even ratios). Let w = p - q, so that p = (1+w)/2, q = (1-w)/2, v = (1-w^2)/4 and -1 < w < 1. What
numbers and letters make by sums, differences, products, quotients and integer powers is a ratio N/D of
polynomials in w and eps, if N(w) N(-w) > 0 for what is divided by. Where D is even in w let E = N and F = D,
elsewhere E = N(w) D(-w) and F = D(w) D(-w). If E is even, so is N/D = E/F, and with ' the derivative in
d = w^2 it does not rise in v if E'F - EF' >= 0 for 0 <= d < 1, and does not fall if that is <= 0. It is > 0
if EF is.
  D, a product of numbers and of what is divided by (above and below), is not 0; F is even. w -> -w exchanges
  p and q, and L and -L. (E/F)' F^2 = E'F - EF', and d falls as v rises.

Lemma 69 (Bernstein's form). Of a polynomial a_0 + ... + a_n d^n let b_k be the sum of C(k,i)/C(n,i) a_i over
i <= k. If no b_k of any power of eps is < 0, it is >= 0 for 0 <= d < 1 and eps > 0; and > 0 if one a_0 is.
  It is the sum of b_k C(n,k) d^k (1-d)^(n-k), each term of which is >= 0; the first is a_0 (1-d)^n.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import comb

from verified_grpo.checker.contrasts.trends import Trend, Trends
from verified_grpo.checker.expressions import Program, run
from verified_grpo.checker.fuel import pay_for_reading

_HIGHEST, _LONGEST = 16, 1024
"""Degree, and bits of a coefficient, beyond which a part is no ratio."""
_EACH = 16  # operations on short numbers that one on long ones costs

Polynomial = dict[tuple[int, int], Fraction]
"""Coefficients other than 0 by the powers of w, or of d, and of eps."""
Ratio = tuple[Polynomial, Polynomial]

_ONE: Polynomial = {(0, 0): Fraction(1)}
_ZERO: Ratio = {}, _ONE
_LETTERS: dict[str, Polynomial] = {
    "p": {(0, 0): Fraction(1, 2), (1, 0): Fraction(1, 2)},
    "q": {(0, 0): Fraction(1, 2), (1, 0): Fraction(-1, 2)},
    "v": {(0, 0): Fraction(1, 4), (2, 0): Fraction(-1, 4)},
    "eps": {(0, 1): Fraction(1)},
}


def _sum(x: Polynomial, y: Polynomial, sign: int = 1) -> Polynomial:
    total = {key: x.get(key, Fraction(0)) + sign * y.get(key, Fraction(0)) for key in x.keys() | y.keys()}
    return {key: c for key, c in total.items() if c}


def _product(x: Polynomial, y: Polynomial) -> Polynomial:
    pay_for_reading(_EACH * len(x) * len(y))
    total: Polynomial = {}
    for (i, j), a in x.items():
        for (k, m), b in y.items():
            total[i + k, j + m] = total.get((i + k, j + m), Fraction(0)) + a * b
    return {key: c for key, c in total.items() if c}


def _mirrored(x: Polynomial) -> Polynomial:
    """p and q exchanged."""
    return {(i, j): -c if i % 2 else c for (i, j), c in x.items()}


def _in_d(x: Polynomial) -> Polynomial:
    """Of one that is even in w."""
    return {(i // 2, j): c for (i, j), c in x.items()}


def _derivative(x: Polynomial) -> Polynomial:
    return {(i - 1, j): i * c for (i, j), c in x.items() if i}


def _is_short(x: Polynomial) -> bool:
    return all(
        i + j <= _HIGHEST and max(c.numerator.bit_length(), c.denominator.bit_length()) <= _LONGEST
        for (i, j), c in x.items()
    )


def _at_least_0(x: Polynomial) -> bool:
    """Whether a polynomial in d and eps is known to be (lemma 69)."""
    for power in {j for _, j in x}:
        a = {i: c for (i, j), c in x.items() if j == power}
        n = max(a)
        pay_for_reading(_EACH * (n + 1) * len(a))
        if any(sum(c * Fraction(comb(k, i), comb(n, i)) for i, c in a.items()) < 0 for k in range(n + 1)):
            return False
    return True


def _is_positive(x: Polynomial) -> bool:
    return _at_least_0(x) and any(i == 0 for i, _ in x)


def _ratio(numerator: Polynomial, denominator: Polynomial) -> Ratio | None:
    return (numerator, denominator) if _is_short(numerator) and _is_short(denominator) else None


def _quotient(x: Ratio, y: Ratio) -> Ratio | None:
    if not _is_positive(_in_d(_product(y[0], _mirrored(y[0])))):
        return None
    return _ratio(_product(x[0], y[1]), _product(x[1], y[0]))


def _times(x: Ratio, y: Ratio) -> Ratio | None:
    return _ratio(_product(x[0], y[0]), _product(x[1], y[1]))


def _plus(x: Ratio, y: Ratio, sign: int = 1) -> Ratio | None:
    top = _sum(_product(x[0], y[1]), _product(y[0], x[1]), sign)
    return _ratio(top, _product(x[1], y[1]))


def _minus(x: Ratio, y: Ratio) -> Ratio | None:
    return _plus(x, y, -1)


_RATIONAL = {"+": _plus, "-": _minus, "*": _times, "/": _quotient}


@dataclass(frozen=True)
class _Shape:
    """What is known of a part: its trend, and which ratio it is, if it is one."""

    trend: Trend
    ratio: Ratio | None


class _Shapes:
    """The algebra of shapes."""

    trends = Trends()

    def constant(self, text: str, value: Fraction) -> _Shape:
        number: Polynomial = {(0, 0): value} if value else {}
        return _Shape(self.trends.constant(text, value), _ratio(number, _ONE))

    def variable(self, name: str) -> _Shape:
        letter = _LETTERS.get(name)  # a range stands for another number each time
        return _Shape(self.trends.variable(name), None if letter is None else (letter, _ONE))

    def power(self, base: _Shape, exponent: int) -> _Shape:
        power = _folded("*", [(_ONE, _ONE), *[base.ratio] * abs(exponent)])
        ratio = power if exponent >= 0 else _folded("/", [(_ONE, _ONE), power])
        return _seen(self.trends.power(base.trend, exponent), ratio)

    def apply(self, operator: str, operands: list[_Shape]) -> _Shape:
        ratios = [x.ratio for x in operands]
        trend = self.trends.apply(operator, [x.trend for x in operands])
        if operator == "neg":
            operator, ratios = "-", [_ZERO, *ratios]
        return _seen(trend, _folded(operator, ratios) if operator in _RATIONAL else None)


def _folded(operator: str, ratios: Iterable[Ratio | None]) -> Ratio | None:
    def both(x: Ratio | None, y: Ratio | None) -> Ratio | None:
        return None if x is None or y is None else _RATIONAL[operator](x, y)

    return reduce(both, ratios)


def _seen(trend: Trend, ratio: Ratio | None) -> _Shape:
    """And what is known of it as a ratio (lemma 68)."""
    if ratio is None:
        return _Shape(trend, None)
    top, bottom = ratio
    if any(i % 2 for i, _ in bottom):
        top, bottom = _product(top, _mirrored(bottom)), _product(bottom, _mirrored(bottom))
    if any(i % 2 for i, _ in top):
        return _Shape(trend, ratio)
    top, bottom = _in_d(top), _in_d(bottom)
    slope = _sum(_product(_derivative(top), bottom), _product(top, _derivative(bottom)), -1)
    seen = {-direction for direction in (1, -1) if _at_least_0(_sum({}, slope, direction))}
    positive = trend.positive or _is_positive(_product(top, bottom))
    return _Shape(Trend(trend.directions | seen, positive), ratio)


def falls_in_v(program: Program) -> bool:
    """Whether an expression is known to be a function of v and eps that does not rise in v, for 0 < p < 1 and
    eps > 0, wherever it is defined."""
    return -1 in run(program, _Shapes()).trend.directions

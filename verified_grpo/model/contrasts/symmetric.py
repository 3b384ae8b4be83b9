"""How an expression moves with v where p and q are in it, by exact arithmetic on its rational parts.

Every polynomial in p is ``A + (p - q) B`` for polynomials A, B in v, since ``(p - q)^2 = 1 - 4v``: it is even
in L where B = 0. The checker shows the same by polynomials in p - q (its lemmas 68 and 69).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import comb

HIGHEST, LONGEST_BITS = 16, 512
"""Degree in p and eps, and bits of a coefficient, beyond which a part is not looked at as a ratio."""

Powers = tuple[int, int]
"""Of v and of eps."""


@dataclass(frozen=True)
class Polynomial:
    """``even + (p - q) odd``: coefficients other than 0 by their powers of v and eps."""

    even: tuple[tuple[Powers, Fraction], ...] = ()
    odd: tuple[tuple[Powers, Fraction], ...] = ()

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial(_gathered(self.even, other.even), _gathered(self.odd, other.odd))

    def __neg__(self) -> Polynomial:
        return Polynomial(_times(self.even, _MINUS), _times(self.odd, _MINUS))

    def __mul__(self, other: Polynomial) -> Polynomial:
        squared = _times(_times(self.odd, other.odd), _SQUARE)
        return Polynomial(
            _gathered(_times(self.even, other.even), squared),
            _gathered(_times(self.even, other.odd), _times(self.odd, other.even)),
        )

    @property
    def mirrored(self) -> Polynomial:
        """p and q exchanged."""
        return Polynomial(self.even, _times(self.odd, _MINUS))

    @property
    def slope(self) -> Polynomial:
        """Of one that is even, the derivative in v."""
        return Polynomial(tuple(((i - 1, j), i * c) for (i, j), c in self.even if i))

    @property
    def is_short(self) -> bool:
        terms = [(2 * i + j, c) for (i, j), c in self.even] + [(2 * i + j + 1, c) for (i, j), c in self.odd]
        return all(
            degree <= HIGHEST and max(c.numerator.bit_length(), c.denominator.bit_length()) <= LONGEST_BITS
            for degree, c in terms
        )

    @property
    def is_at_least_0(self) -> bool:
        """Of one that is even, whether it is known to be for 0 < v <= 1/4 and eps > 0: in Bernstein's form on
        [0, 1/4] no coefficient of any power of eps is negative."""
        return all(height >= 0 for power in self._stabilisers for height in self._heights(power))

    @property
    def is_positive(self) -> bool:
        """Of one that is even; at v = 1/4 it is the last coefficients that count."""
        return self.is_at_least_0 and any(self._heights(power)[-1] > 0 for power in self._stabilisers)

    @property
    def _stabilisers(self) -> set[int]:
        return {j for (_, j), _ in self.even}

    def _heights(self, power: int) -> list[Fraction]:
        """Bernstein's coefficients on [0, 1/4] of what stands at one power of eps."""
        scaled = {i: c / 4**i for (i, j), c in self.even if j == power}
        top = max(scaled)
        return [
            sum((c * Fraction(comb(k, i), comb(top, i)) for i, c in scaled.items()), Fraction(0))
            for k in range(top + 1)
        ]


Terms = tuple[tuple[Powers, Fraction], ...]

_MINUS: Terms = (((0, 0), Fraction(-1)),)
_SQUARE: Terms = (((0, 0), Fraction(1)), ((1, 0), Fraction(-4)))


def _gathered(*terms: Terms) -> Terms:
    total: dict[Powers, Fraction] = {}
    for powers, c in (term for some in terms for term in some):
        total[powers] = total.get(powers, Fraction(0)) + c
    return tuple((powers, c) for powers, c in total.items() if c)


def _times(x: Terms, y: Terms) -> Terms:
    return _gathered(tuple(((i + k, j + m), a * b) for (i, j), a in x for (k, m), b in y))


def _number(value: Fraction) -> Polynomial:
    return Polynomial((((0, 0), value),) if value else ())


_HALF: Terms = (((0, 0), Fraction(1, 2)),)
_LETTERS = {
    "p": Polynomial(_HALF, _HALF),
    "q": Polynomial(_HALF, _times(_HALF, _MINUS)),
    "v": Polynomial((((1, 0), Fraction(1)),)),
    "eps": Polynomial((((0, 1), Fraction(1)),)),
}


@dataclass(frozen=True)
class Ratio:
    """A quotient of polynomials; the divisor is never 0 for 0 < p < 1 and eps > 0."""

    top: Polynomial
    bottom: Polynomial

    def moves(self) -> tuple[set[int], bool]:
        """The directions, 1 not to fall and -1 not to rise, in which it is known to move with v, none where
        it is not even; and whether it is known to be > 0."""
        top, bottom = self.top, self.bottom
        if bottom.odd:
            top, bottom = top * bottom.mirrored, bottom * bottom.mirrored
        if top.odd:
            return set(), False
        slope = top.slope * bottom + -(top * bottom.slope)
        directions = {sign for sign, turned in ((1, slope), (-1, -slope)) if turned.is_at_least_0}
        return directions, (top * bottom).is_positive


def leaf(word: str) -> Ratio:
    """Of a letter or a number."""
    return Ratio(_LETTERS[word] if word in _LETTERS else _number(Fraction(word)), _number(Fraction(1)))


def made(operator: str, operands: Sequence[Ratio | None]) -> Ratio | None:
    """Of what an operator makes of ratios; None where that is none, is too long, or might divide by 0."""
    if operator == "neg":
        return made("-", (leaf("0"), *operands))
    return reduce(lambda x, y: _made(operator, x, y), operands)


def powered(base: Ratio | None, exponent: int) -> Ratio | None:
    """A power with an integer exponent."""
    power = made("*", (leaf("1"), *[base] * abs(exponent)))
    return power if exponent >= 0 else made("/", (leaf("1"), power))


def _made(operator: str, x: Ratio | None, y: Ratio | None) -> Ratio | None:
    if x is None or y is None:
        return None
    if operator == "/":
        if not (y.top * y.top.mirrored).is_positive:
            return None
        x, y, operator = x, Ratio(y.bottom, y.top), "*"
    if operator == "*":
        top = x.top * y.top
    else:
        second = y.top * x.bottom
        top = x.top * y.bottom + (second if operator == "+" else -second)
    made = Ratio(top, x.bottom * y.bottom)
    return made if made.top.is_short and made.bottom.is_short else None

"""A closed interval as an answer holds it: two exact ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter

from ..errors import InputError
from ..intervals import Number, decimal_down, decimal_up, exact
from ..intervals.exact import EXPONENT_LIMIT

TINY = re.compile(r"(-?)[0-9](?:\.[0-9]+)?e-([0-9]+)")
SHOWN = 8
"""Digits of each end in print, rounded outward."""


@dataclass(frozen=True)
class Enclosure:
    """All numbers from ``lower`` to ``upper``, both exact and both included.

    What is enclosed is said where one is handed out. There is no arithmetic: that is the engines'
    (:mod:`verified_grpo.intervals`). ``float(x)`` is the float nearest to the middle, for drawing; it claims
    nothing.

    >>> x = Enclosure.of(("0.3333", "0.3334"))
    >>> x, x.width, "1/3" in x
    ([0.3333, 0.3334], Fraction(1, 10000), True)

    Raises:
        InputError: ends in the wrong order.
    """

    lower: Fraction
    upper: Fraction

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise InputError(f"an enclosure goes from the smaller end to the larger, not {self!r}")

    @staticmethod
    def of(ends: Iterable[Number]) -> Enclosure:
        """From two exact numbers, as texts of certificates are; an end so near to 0 that no exact number is
        written so (``2.6e-5493439``) is moved outward, to 0 or to 1e-20000.

        Raises:
            InputError: not two, not exact, or in the wrong order.
        """
        both = list(ends)
        if len(both) != 2:
            raise InputError(f"an enclosure has two ends, not {len(both)}")
        return Enclosure(_outward(both[0], up=False), _outward(both[1], up=True))

    @property
    def width(self) -> Fraction:
        """How far the ends lie apart, exactly."""
        return self.upper - self.lower

    @property
    def doubles(self) -> tuple[float, float]:
        """Both ends as doubles, rounded outward."""
        low, high = _double(self.lower), _double(self.upper)
        return (
            nextafter(low, -inf) if low > self.lower else low,
            nextafter(high, inf) if high < self.upper else high,
        )

    def __contains__(self, number: Number) -> bool:
        return self.lower <= exact(number) <= self.upper

    def __float__(self) -> float:
        return _double((self.lower + self.upper) / 2)

    def __repr__(self) -> str:
        return f"[{decimal_down(self.lower, SHOWN)}, {decimal_up(self.upper, SHOWN)}]"


def _outward(end: Number, *, up: bool) -> Fraction:
    """The end; of a decimal beyond the exponents that are read, what lies next to it on the outer side."""
    tiny = TINY.fullmatch(end) if isinstance(end, str) else None
    if tiny is None or (len(tiny[2]) < 6 and int(tiny[2]) <= EXPONENT_LIMIT):
        return exact(end)
    below = bool(tiny[1])
    return Fraction(0) if below == up else Fraction(-1 if below else 1, 10**EXPONENT_LIMIT)


def _double(x: Fraction) -> float:
    """The nearest double, an infinity beyond all."""
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf

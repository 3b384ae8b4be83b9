"""A closed interval as an answer holds it: two exact ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter

from ..errors import InputError
from ..intervals import Number, decimal_down, decimal_up, exact

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
        """From two exact numbers, as texts of certificates are.

        Raises:
            InputError: not two, not exact, or in the wrong order.
        """
        both = [exact(end) for end in ends]
        if len(both) != 2:
            raise InputError(f"an enclosure has two ends, not {len(both)}")
        return Enclosure(*both)

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


def _double(x: Fraction) -> float:
    """The nearest double, an infinity beyond all."""
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf

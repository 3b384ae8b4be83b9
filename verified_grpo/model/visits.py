"""What a visit to a prompt teaches: nothing, if all answers of its group have one reward.

A group of G answers, each right with probability p by itself, has no success or no failure with probability
``p^G + (1-p)^G``: an exact rational. While the policy stays as it is, n visits in a row teach nothing with
its n-th power.
"""

from __future__ import annotations

from fractions import Fraction

from ..intervals import Engine, decimal_enclosure, make_engine
from .parameters import Range

BITS, DIGITS = 96, 9
HALF = Fraction(1, 2)


def no_signal(p: Fraction, group_size: int) -> Fraction:
    """The probability that a visit teaches nothing.

    >>> no_signal(Fraction(1, 2), 4)
    Fraction(1, 8)
    """
    return p**group_size + (1 - p) ** group_size


def no_signal_over(p: Range, group_size: int) -> Range:
    """Its least and its largest value over a range of p: it falls up to 1/2 and rises from there on."""
    ends = [no_signal(end, group_size) for end in p]
    least = no_signal(HALF, group_size) if p[0] <= HALF <= p[1] else min(ends)
    return least, max(ends)


def none_in(visits: int, once: Range) -> tuple[str, str]:
    """Decimal text around the probability that so many visits in a row teach nothing, rounded outward."""
    with make_engine("arb", BITS) as engine:
        return _power(engine, once[0], visits)[0], _power(engine, once[1], visits)[1]


def _power(engine: Engine[object], once: Fraction, visits: int) -> tuple[str, str]:
    return decimal_enclosure(engine, engine.power(engine.exact(once), visits), DIGITS)

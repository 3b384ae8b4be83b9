"""Arb's balls as an arithmetic of the checker; the one module that imports python-flint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from threading import RLock
from typing import cast

import flint

from verified_grpo.checker.enclosure import FINEST, Ball

# FLINT's precision is one number for all threads: who sets it keeps the others waiting until it is put back.
# The lock belongs to the library, so that whoever else sets the precision under it is kept out, too.
_ONE_AT_A_TIME: RLock = vars(flint).setdefault("precision_lock", RLock())


class Balls:
    """Midpoint and radius; rounding, functions and comparisons are Arb's."""

    name = "arb"

    def enclose(self, number: Fraction) -> Ball:
        return cast(Ball, flint.arb(flint.fmpq(*number.as_integer_ratio())))

    def ends(self, value: Ball) -> tuple[Fraction, Fraction]:
        held = cast(flint.arb, value)
        (low, high, unit), (_, radius, finer) = _around(held.mid()), _around(held.rad())
        least = min(unit, finer)
        reach = radius << (finer - least)
        return _scaled((low << (unit - least)) - reach, least), _scaled(
            (high << (unit - least)) + reach, least
        )

    @contextmanager
    def precision(self, bits: int) -> Iterator[None]:
        with _ONE_AT_A_TIME:
            before, flint.ctx.prec = flint.ctx.prec, bits
            try:
                yield
            finally:
                flint.ctx.prec = before

    def bits(self) -> int:
        return flint.ctx.prec


def _around(number: flint.arb) -> tuple[int, int, int]:
    """The number, twice, as multiples of a power of two, and its exponent; the multiples of 2^FINEST around
    it where it has finer bits."""
    mantissa, exponent = (int(part) for part in number.man_exp())
    finer = max(0, FINEST - exponent)
    return mantissa >> finer, -(-mantissa >> finer), exponent + finer


def _scaled(mantissa: int, exponent: int) -> Fraction:
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


ARB = Balls()

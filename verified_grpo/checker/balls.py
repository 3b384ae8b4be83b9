"""Arb's balls as an arithmetic of the checker; the one module that imports python-flint."""

from __future__ import annotations

from contextlib import AbstractContextManager
from fractions import Fraction
from typing import cast

import flint

from verified_grpo.checker.enclosure import Ball


class Balls:
    """Midpoint and radius; rounding, functions and comparisons are Arb's."""

    name = "arb"

    def enclose(self, number: Fraction) -> Ball:
        return cast(Ball, flint.arb(flint.fmpq(number.numerator, number.denominator)))

    def ends(self, value: Ball) -> tuple[Fraction, Fraction]:
        held = cast(flint.arb, value)
        middle, radius = _exact(held.mid()), _exact(held.rad())
        return middle - radius, middle + radius

    def precision(self, bits: int) -> AbstractContextManager[object]:
        return flint.ctx.workprec(bits)

    def bits(self) -> int:
        return flint.ctx.prec


def _exact(number: flint.arb) -> Fraction:
    mantissa, exponent = (int(part) for part in number.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


ARB = Balls()

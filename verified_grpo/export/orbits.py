"""Enclosures of the first points of an orbit, each proved from the one before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import flint

from ..intervals import ArbEngine
from .point import Point
from .text import real

Pair = tuple[Fraction, Fraction]

DIGITS = 25
"""Decimals of an enclosure at the end of its orbit, unless more are asked for."""


@dataclass(frozen=True)
class Start:
    """Where an orbit starts: log-odds, or those of a probability."""

    logit: Fraction | None
    p: Fraction | None

    @property
    def text(self) -> str:
        """As Coq's expression."""
        if self.p is None:
            assert self.logit is not None
            return real(self.logit)
        return f"(logit {real(self.p)})"

    def approx(self) -> flint.arb:
        """At the precision in force."""
        if self.p is None:
            assert self.logit is not None
            return flint.arb(_fmpq(self.logit))
        return flint.arb(_fmpq(self.p / (1 - self.p))).log()


@dataclass(frozen=True)
class Orbit:
    """Intervals around the points of the orbit, none proved here: Coq proves each from the last."""

    enclosures: tuple[Pair, ...]
    bits: int

    @classmethod
    def of(cls, point: Point, start: Start, steps: int, wanted: int = DIGITS) -> Orbit:
        """The start and so many images, to so many decimals, wide enough for arithmetic on T's formula."""
        digits = wanted
        while True:
            orbit = cls._at(point, start, steps, digits)
            if all(high - low < Fraction(1, 10**wanted) for low, high in orbit.enclosures):
                return orbit
            widest = max(high - low for low, high in orbit.enclosures)
            digits += len(str(int(widest * 10**wanted))) + 2

    @classmethod
    def _at(cls, point: Point, start: Start, steps: int, digits: int) -> Orbit:
        bits = int(digits * 3.33) + 48
        unit, enclosures = Fraction(1, 10**digits), []
        with ArbEngine(bits):
            here, radius = start.approx(), unit
            for _ in range(steps + 1):
                middle = _rounded(here, digits)
                enclosures.append((middle - radius, middle + radius))
                radius = _rounded_up(radius * _spread(point, middle), unit) + unit
                here = _image(point, middle)
        return cls(tuple(enclosures), bits)

    def lemmas(self, start: Start, label: str = "orbit") -> str:
        """Lemma orbit_n: the n-th point is enclosed."""
        bits, x = f"{self.bits}%positive", start.text
        low, high = map(real, self.enclosures[0])
        text = (
            f"Lemma {label}_0 : {low} <= iterate step 0 {x} <= {high}.\n"
            f"Proof. unfold iterate. enclose {bits}. Qed.\n"
        )
        for n in range(1, len(self.enclosures)):
            low, high = map(real, self.enclosures[n])
            text += (
                f"Lemma {label}_{n} : {low} <= iterate step {n} {x} <= {high}.\n"
                f"Proof. apply (next _ _ _ _ _ _ _ {label}_{n - 1}). carry {bits}. Qed.\n"
            )
        return text


def _rounded(value: flint.arb, digits: int) -> Fraction:
    """Near the middle of a ball, to so many decimals."""
    mantissa, exponent = value.mid().man_exp()
    exact = int(mantissa) * Fraction(2) ** int(exponent)
    return Fraction(round(exact * 10**digits), 10**digits)


def _image(point: Point, at: Fraction) -> flint.arb:
    """T(L)."""
    alpha, beta, eps, p_ref = (_fmpq(x) for x in (point.alpha, point.beta, point.eps, point.p_ref))
    here = flint.arb(_fmpq(at))
    reference = (flint.arb(p_ref) / (1 - flint.arb(p_ref))).log()
    v = 1 / ((1 + here.exp()) * (1 + (-here).exp()))
    return (
        (1 - flint.arb(alpha)) * here
        + flint.arb(alpha) * reference
        + 1 / (v + flint.arb(eps)).sqrt() / flint.arb(beta)
    )


def _spread(point: Point, at: Fraction) -> Fraction:
    """How much wider interval arithmetic makes T of a narrow interval, roughly and on the safe side."""
    x = math.exp(-abs(float(at)))
    v, eps = x / (1 + x) ** 2, float(point.eps)
    widest = 1 - float(point.alpha) + v / 2 / (v + eps) ** 1.5 / float(point.beta)
    return Fraction(1 + 2 * widest)


def _rounded_up(radius: Fraction, unit: Fraction) -> Fraction:
    """Up to a whole number of units, of two digits."""
    count = math.ceil(radius / unit)
    size = int(10 ** max(len(str(count)) - 2, 0))
    return unit * ((count // size + 1) * size)


def _fmpq(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)

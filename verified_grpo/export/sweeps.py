"""Where n steps of T carry an interval, and the slope on the way: rationals and cases, each proved by Coq."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import flint

from ..intervals import ArbEngine
from .point import Point
from .text import real

Pair = tuple[Fraction, Fraction]

BITS = 200
"""Of the guesses."""


@dataclass(frozen=True)
class Rounding:
    """Outward to so many decimals, and how many bits Coq is to use: 140 take four times as long as 60."""

    digits: int
    bits: int

    def down(self, value: Fraction) -> Fraction:
        """To a whole number of units below."""
        return Fraction(math.floor(value * 10**self.digits), 10**self.digits)

    def up(self, value: Fraction) -> Fraction:
        """To a whole number of units above."""
        return -self.down(-value)

    def below(self, value: flint.arb) -> Fraction:
        """A unit below at least; the ball is much narrower."""
        return self._middle(value) - Fraction(1, 10**self.digits)

    def above(self, value: flint.arb) -> Fraction:
        """A unit above at least."""
        return self._middle(value) + Fraction(2, 10**self.digits)

    def _middle(self, value: flint.arb) -> Fraction:
        return Fraction(int((value.mid() * 10**self.digits).floor().unique_fmpz()), 10**self.digits)


CELLS, BRACKETS = Rounding(10, 60), Rounding(22, 90)


@dataclass(frozen=True)
class Step:
    """One step over a cell: the image, the slope of Omega, the multiplier, and the lemma for each."""

    cell: Pair
    image: Pair
    slope: Pair
    multiplier: Pair
    lemmas: tuple[str, str, str]


@dataclass(frozen=True)
class Sweep:
    """n steps over a cell, with bounds of the slope of T^n on it."""

    steps: tuple[Step, ...]
    turns: tuple[Pair, ...]
    rounding: Rounding

    @classmethod
    def of(cls, point: Point, cell: Pair, n: int, rounding: Rounding = CELLS) -> Sweep:
        """From the cell on, each step over the image of the last."""
        steps: list[Step] = []
        turns: list[Pair] = []
        for _ in range(n):
            steps.append(_step(point, cell, rounding))
            here = steps[-1].multiplier
            turns.append(_product(turns[-1], here, rounding) if turns else here)
            cell = steps[-1].image
        return cls(tuple(steps), tuple(turns), rounding)

    @property
    def image(self) -> Pair:
        """Where the cell is after all steps."""
        return self.steps[-1].image

    @property
    def turn(self) -> Pair:
        """Bounds of the slope of T^n."""
        return self.turns[-1]

    def lemma(self, name: str) -> str:
        """Lemma NAME: the cell is swept into the image; before it, one lemma for each step."""
        text = "".join(
            _step_lemma(f"{name}_{j}", step, self.rounding.bits) for j, step in enumerate(self.steps)
        )
        proof = f"exact {name}_0"
        for j in range(1, len(self.steps)):
            proof = (
                f"refine (swept_again step step' {j} _ _ _ _ _ _ {_text(*self.turns[j - 1])} "
                f"{_text(*self.steps[j].multiplier)} {_text(*self.turns[j])} _ {name}_{j} _ _ _ _ _ _ _ _); "
                f"[{proof} | order ..]"
            )
        claim = _text(*self.steps[0].cell, *self.image, *self.turn)
        return f"{text}Lemma {name} : swept step step' {len(self.steps)} {claim}.\nProof. {proof}. Qed.\n"


def _step(point: Point, cell: Pair, rounding: Rounding) -> Step:
    low, high = cell
    with ArbEngine(BITS):
        ends = [_parts(point, end) for end in cell]
        middle = _parts(point, Fraction(0))
        beta, alpha = _arb(point.beta), _arb(point.alpha)
        reference = alpha * (_arb(point.p_ref) / (1 - _arb(point.p_ref))).log()
        omegas = [omega for omega, _ in ends]
        if low >= 0:
            name, least, most = "image_right", omegas[0], omegas[1]
        elif high <= 0:
            name, least, most = "image_left", omegas[1], omegas[0]
        else:
            name, least, most = "image_across", middle[0], max(omegas, key=lambda omega: omega.mid())
        base = [(1 - alpha) * _arb(end) + reference for end in cell]
        image = (rounding.below(base[0] + least / beta), rounding.above(base[1] + most / beta))
        slopes = [slope for _, slope in ends]
        steepest = 1 / (3 * (3 * _arb(point.eps)).sqrt() * (1 + 4 * _arb(point.eps)))
        peak = Fraction(point.approx_peak)
        above, top = _case(low, high, peak)
        below, bottom = _case(-high, -low, peak)
        most_slope = rounding.above(steepest) if top else max(map(rounding.above, slopes))
        least_slope = -rounding.above(steepest) if bottom else min(map(rounding.below, slopes))
        multiplier = [1 - point.alpha + side / point.beta for side in (least_slope, most_slope)]
    rounded = (rounding.down(multiplier[0]), rounding.up(multiplier[1]))
    return Step(
        cell, image, (least_slope, most_slope), rounded, (name, _ALTERNATIVES[below], _ALTERNATIVES[above])
    )


def _case(low: Fraction, high: Fraction, peak: Fraction) -> tuple[int, bool]:
    """Which alternative of slope_at_most holds on a cell, and whether it is the one by Bmax."""
    if high <= 0:
        return 1, False
    if high <= peak:
        return 2, False
    return (3, False) if low >= peak else (0, True)


_ALTERNATIVES = (
    "left; verify",
    "right; left; order",
    "right; right; left; split; verify",
    "right; right; right; split; verify",
)
"""Of slope_at_most and, turned round, of slope_at_least."""


def _step_lemma(name: str, step: Step, bits: int) -> str:
    cell, image, slope = _text(*step.cell), _text(*step.image), [real(side) for side in step.slope]
    verify = f"verify {bits}%positive"
    how = [text.replace("verify", verify) for text in step.lemmas[1:]]
    return (
        f"Lemma {name} : swept step step' 1 {cell} {image} {_text(*step.multiplier)}.\nProof.\n"
        f"  apply (step_swept alpha Lref beta eps B {cell} {image} {slope[0]} {slope[1]}).\n"
        f"  - apply ({step.lemmas[0]} alpha Lref beta eps A1 B E); {verify}.\n"
        f"  - intros x X. apply (slope_at_least eps {cell} {slope[0]} x E X); [{verify} .. | {how[0]}].\n"
        f"  - intros x X. apply (slope_at_most eps {cell} {slope[1]} x E X); [{verify} .. | {how[1]}].\n"
        "  - order.\n  - order.\nQed.\n"
    )


def _parts(point: Point, at: Fraction) -> tuple[flint.arb, flint.arb]:
    """Omega and its slope."""
    here, eps = _arb(at), _arb(point.eps)
    v = 1 / ((1 + here.exp()) * (1 + (-here).exp()))
    d = 1 / (1 + (-here).exp()) - 1 / (1 + here.exp())
    return 1 / (v + eps).sqrt(), d * v / (2 * (v + eps) * (v + eps).sqrt())


def _product(one: Pair, other: Pair, rounding: Rounding) -> Pair:
    corners = [a * b for a in one for b in other]
    return rounding.down(min(corners)), rounding.up(max(corners))


def _text(*numbers: Fraction) -> str:
    return " ".join(map(real, numbers))


def _arb(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))

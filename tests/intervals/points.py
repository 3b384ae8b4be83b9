"""Random intervals with dyadic ends, and the harness that holds enclosures against Arb at more bits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flint import arb, ctx
from mpmath import libmp

Mpf = tuple[int, int, int, int]
Pair = tuple[Mpf, Mpf]

# Random inputs for every operation at each precision, and a few where one costs a millisecond; the soak has
# five times as many here, and thousands of times as many in soak/containment.py.
SHARES = {24: 6_000, 53: 18_000, 64: 6_000, 80: 4_000, 113: 4_800, 200: 1_200, 700: 60, 3400: 6}
IMAGES = 40_000
TIMES = pytest.mark.parametrize("times", [1, pytest.param(5, marks=pytest.mark.soak)])


def number(x: Mpf) -> arb:
    """The exact value of a raw mpf, whatever the precision in force."""
    sign, man, exp, _ = x
    if not man and exp:
        return arb("-inf") if sign else arb("inf")
    return arb((-man if sign else man, exp))


def mpf(man: int, exp: int) -> Mpf:
    result: Mpf = libmp.from_man_exp(man, exp)
    return result


def random_point(rng: random.Random, bits: int, reach: int) -> Mpf:
    """A positive number: of full length, short near 0, near 1, near 1/4, longer than `bits`, or of any size.

    Sizes go from 2^-reach to 2^reach, or so."""
    match rng.randrange(16):
        case 0 | 1 | 2 | 3:
            return mpf(rng.randrange(1, 1024), -rng.randrange(4, 70))
        case 4 | 5 | 6:
            place = rng.randrange(11, bits + 40)
            return mpf((1 << place) + rng.randrange(-1000, 1000), -place)
        case 7:
            place = rng.randrange(2, 2 * bits)
            return mpf((1 << place) + 1, -place - 2)
        case 8:
            return mpf(
                rng.getrandbits(3 * bits) | 1 | 1 << (3 * bits - 1),
                rng.randrange(-3 * bits - 4, 2 - 3 * bits),
            )
        case 9:
            return mpf(rng.getrandbits(bits) | 1, rng.choice((-1, 1)) * rng.randrange(1, reach) - bits)
        case _:
            return mpf(rng.getrandbits(bits) | 1, rng.randrange(-bits - 6, 6 - bits))


def random_interval(rng: random.Random, bits: int, reach: int, *, signed: bool) -> Pair:
    """Half of them points, a quarter as thin as neighbours, a quarter wide."""
    low = random_point(rng, bits, reach)
    if signed and rng.getrandbits(1):
        low = libmp.mpf_neg(low)
    kind = rng.getrandbits(2)
    if kind < 2:
        return low, low
    if kind == 2:
        high: Mpf = libmp.mpf_add(low, mpf(1, low[2] + low[3] - bits))
    else:
        high = random_point(rng, bits, reach)
        if signed and rng.getrandbits(1):
            high = libmp.mpf_neg(high)
    return (low, high) if libmp.mpf_le(low, high) else (high, low)


@dataclass
class Tally:
    """What came of a run: inputs held against the oracle, those it decided entirely, and counterexamples."""

    inputs: int = 0
    decided: int = 0
    violations: list[Any] = field(default_factory=list)

    def judge(self, given: Any, decided: bool, violated: bool) -> None:
        self.inputs += 1
        self.decided += decided
        if violated:
            self.violations.append(given)

    def accept(self, inputs: int, decided: float = 0.9) -> None:
        """No violation among so many inputs, all but a few of which the oracle could decide."""
        assert not self.violations, (len(self.violations), self.violations[:3])
        assert self.inputs >= inputs
        assert self.decided >= decided * self.inputs, (self.decided, self.inputs)


def oracle_precision(bits: int) -> int:
    return 4 * bits + 400


def judge_pairs(
    tally: Tally,
    cases: Iterator[tuple[Any, Pair, list[tuple[Any, ...]]]],
    image: Callable[..., arb],
    bits: int,
) -> None:
    """Each case is (what was given, the enclosure, the points whose exact images it must contain)."""
    with ctx.workprec(oracle_precision(bits)):
        for given, (low, high), points in cases:
            nothing_known = low == libmp.fnan
            below, above = (arb("-inf"), arb("inf")) if nothing_known else (number(low), number(high))
            decided, violated = True, False
            for point in points:
                value = image(*point)
                if not (below <= value and value <= above):
                    inside = settle(below, above, image, point)
                    decided = decided and inside is not None
                    violated = violated or inside is False
            tally.judge(given, decided, violated)


def settle(below: arb, above: arb, image: Callable[..., arb], point: tuple[Any, ...]) -> bool | None:
    """Whether an image that is next to a bound lies between the bounds, the oracle's precision rising.

    Outside is where all of the oracle's ball is; None when the ball still reaches a bound at 32 times the
    precision.
    """
    for factor in (4, 32):
        with ctx.workprec(factor * ctx.prec):
            value = image(*point)
            if below <= value and value <= above:
                return True
            if below > value or value > above:
                return False
    return None

"""Every operation of the Arb engine on 40,000 random inputs, in the soak on five times as many, at low
precision against a much higher one.

A ball refutes an enclosure when the two have no point in common.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flint import arb, ctx

from verified_grpo.intervals import ArbEngine

from .points import IMAGES, SHARES, TIMES, Tally, number, oracle_precision, random_interval
from .test_containment_mpmath import BINARY, EXPONENTS, REACH, UNARY

BATCH = 10_000
Case = tuple[Any, arb, list[tuple[Any, ...]]]
Ball = tuple[arb, list[arb]]


def balls(rng: random.Random, engine: ArbEngine, count: int, reach: int, *, signed: bool) -> list[Ball]:
    """Balls around random intervals, each with ends that it contains."""
    result: list[Ball] = []
    for _ in range(count):
        low, high = random_interval(rng, engine.bits, reach, signed=signed)
        x, y = number(low), number(high)
        result.append((x, [x]) if low == high else (engine.hull(x, y), [x, y]))
    return result


def batches(share: int) -> Iterator[int]:
    for start in range(0, share, BATCH):
        yield min(BATCH, share - start)


def judge_balls(tally: Tally, cases: list[Case], bits: int) -> None:
    with ctx.workprec(oracle_precision(bits)):
        for given, enclosure, points in cases:
            images = [given[0](*point) for point in points]
            decided = all(enclosure.contains(value) for value in images)
            tally.judge(given, decided, not all(enclosure.overlaps(value) for value in images))


@TIMES
@pytest.mark.parametrize("name", BINARY)
def test_binary_operations_contain_their_images(name: str, times: int) -> None:
    tally, image = Tally(), BINARY[name]
    for bits, once in SHARES.items():
        share = times * once
        rng, engine = random.Random(f"arb {name} {bits}"), ArbEngine(bits)
        operation: Callable[[arb, arb], arb] = getattr(engine, name)
        with engine:
            left = right = balls(rng, engine, min(share, 2000), REACH, signed=True)
            if name == "div":
                right = [ball for ball in right if not ball[0].contains(0)]
        for count in batches(share):
            drawn = list(zip(rng.choices(left, k=count), rng.choices(right, k=count), strict=True))
            with engine:
                cases: list[Case] = [
                    ((image, a, b), operation(a, b), [(x, y) for x in xs for y in ys])
                    for (a, xs), (b, ys) in drawn
                ]
            judge_balls(tally, cases, bits)
    tally.accept(times * IMAGES)


@TIMES
@pytest.mark.parametrize("name", UNARY)
def test_functions_contain_their_images(name: str, times: int) -> None:
    tally, (image, signed, reach) = Tally(), UNARY[name]
    for bits, once in SHARES.items():
        share = times * once
        rng, engine = random.Random(f"arb {name} {bits}"), ArbEngine(bits)
        operation: Callable[[arb], arb] = getattr(engine, name)
        for count in batches(share):
            with engine:
                drawn = balls(rng, engine, count, reach, signed=signed)
                cases: list[Case] = [((image, a), operation(a), [(x,) for x in xs]) for a, xs in drawn]
            judge_balls(tally, cases, bits)
    tally.accept(times * IMAGES)


@TIMES
def test_powers_contain_their_images(times: int) -> None:
    tally = Tally()
    for bits, once in SHARES.items():
        share = times * once
        rng, engine = random.Random(f"arb power {bits}"), ArbEngine(bits)
        with engine:
            members = balls(rng, engine, min(share, 2000), REACH, signed=True)
        for count in batches(share):
            drawn = list(zip(rng.choices(members, k=count), rng.choices(EXPONENTS, k=count), strict=True))
            with engine:
                cases: list[Case] = [
                    ((pow, a, n), engine.power(a, n), [(x, n) for x in xs]) for (a, xs), n in drawn
                ]
            judge_balls(tally, cases, bits)
    tally.accept(times * IMAGES)

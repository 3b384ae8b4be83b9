"""Every operation of the mpmath engine on 40,000 random inputs, in the soak on five times as many, against
Arb at many more bits."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flint import arb, ctx

from verified_grpo.intervals import MpmathEngine

from .points import (
    IMAGES,
    SHARES,
    TIMES,
    Pair,
    Tally,
    judge_pairs,
    number,
    random_interval,
)

BINARY: dict[str, Callable[[arb, arb], arb]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
}
UNARY: dict[str, tuple[Callable[[arb], arb], bool, int]] = {  # image, signed, sizes up to 2^±reach
    "sqrt": (arb.sqrt, False, 10**6),
    "exp": (arb.exp, True, 40),
    "log": (arb.log, False, 10**6),
    "sigmoid": (lambda x: 1 / (1 + (-x).exp()), True, 40),
}
EXPONENTS = (-9, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 15, 64)
REACH = 3000

Member = tuple[Pair, arb, arb]


def pool(rng: random.Random, bits: int) -> list[Member]:
    intervals = [random_interval(rng, bits, REACH, signed=True) for _ in range(2000 if bits <= 200 else 200)]
    return [((low, high), number(low), number(high)) for low, high in intervals]


@TIMES
@pytest.mark.parametrize("name", BINARY)
def test_binary_operations_contain_many_images(name: str, times: int) -> None:
    tally = Tally()
    for bits, once in SHARES.items():
        share = times * once
        rng, engine = random.Random(f"{name} {bits}"), MpmathEngine(bits)
        left = right = pool(rng, bits)
        if name == "div":
            right = [member for member in right if number(member[0][0]) > 0 or number(member[0][1]) < 0]
        operation = getattr(engine, name)

        def cases(
            left: list[Member] = left,
            right: list[Member] = right,
            share: int = share,
            operation: Callable[[Pair, Pair], Pair] = operation,
            rng: random.Random = rng,
        ) -> Iterator[tuple[Any, Pair, list[Any]]]:
            for (a, x0, x1), (b, y0, y1) in zip(
                rng.choices(left, k=share), rng.choices(right, k=share), strict=True
            ):
                corners = (
                    [(x0, y0), (x1, y1)]
                    if a[0] == a[1] or b[0] == b[1]
                    else [(x0, y0), (x0, y1), (x1, y0), (x1, y1)]
                )
                yield (a, b), operation(a, b), corners

        judge_pairs(tally, cases(), BINARY[name], bits)
    tally.accept(times * IMAGES, decided=1)


@TIMES
@pytest.mark.parametrize("name", UNARY)
def test_functions_contain_many_images(name: str, times: int) -> None:
    tally, (image, signed, reach) = Tally(), UNARY[name]
    for bits, once in SHARES.items():
        share = times * once
        rng, operation = random.Random(f"{name} {bits}"), getattr(MpmathEngine(bits), name)
        intervals = (random_interval(rng, bits, reach, signed=signed) for _ in range(share))
        cases = (
            (a, operation(a), [(number(end),) for end in (a[:1] if a[0] == a[1] else a)]) for a in intervals
        )
        judge_pairs(tally, cases, image, bits)
    # No ball of the oracle is thin enough to tell sigmoid(2^40) from 1.
    tally.accept(times * IMAGES, decided=0.98 if name == "sigmoid" else 1)


@TIMES
def test_powers_contain_many_images(times: int) -> None:
    tally = Tally()
    for bits, once in SHARES.items():
        share = times * once
        rng, engine = random.Random(f"power {bits}"), MpmathEngine(bits)
        members = pool(rng, bits)
        cases = (
            ((a, n), engine.power(a, n), [(x0, n), (x1, n)] if a[0] != a[1] else [(x0, n)])
            for (a, x0, x1), n in zip(
                rng.choices(members, k=share), rng.choices(EXPONENTS, k=share), strict=True
            )
        )
        judge_pairs(tally, cases, pow, bits)
    tally.accept(times * IMAGES, decided=1)


def test_a_number_is_read_exactly_whatever_the_precision() -> None:
    with ctx.workprec(10):
        value = number((1, (1 << 300) + 1, -7, 301))
    assert value.rad() == 0
    assert tuple(int(part) for part in value.mid().man_exp()) == (-(1 << 300) - 1, -7)

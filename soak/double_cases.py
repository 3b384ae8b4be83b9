"""Random intervals of doubles, chosen to hurt, and the operations on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from . import float_oracle as oracle
from .float_oracle import Doubles, Masks

LARGEST = np.finfo(np.float64).max
TINY = np.finfo(np.float64).tiny
LEAST = 5e-324
EXPONENTS = (-3, -2, -1, 2, 3, 4)


def points(rng: np.random.Generator, count: int) -> Doubles:
    """Doubles: short dyadic near 0, beside 1, any bits at all, subnormal, near overflow, ordinary, zero."""
    kind = rng.integers(0, 16, count)
    sign = rng.choice([-1.0, 1.0], count)
    bits = rng.integers(0, 2**63, count, dtype=np.int64).view(np.float64)
    steps = rng.integers(-1000, 1001, count).astype(np.float64)
    short = rng.integers(1, 1024, count) * np.exp2(-rng.integers(4, 70, count).astype(np.float64))
    beside = 1 + steps * np.exp2(-rng.integers(11, 53, count).astype(np.float64))
    subnormal = rng.integers(0, 2**20, count) * LEAST
    near_overflow = LARGEST * (1 - np.abs(steps) * 2.0**-53)
    ordinary = rng.normal(size=count) * np.exp2(rng.integers(-12, 10, count).astype(np.float64))
    least_normal = TINY * (1 + steps * 2.0**-52)
    value = np.select(
        [kind < 3, kind < 6, kind < 8, kind == 8, kind == 9, kind == 10, kind == 11],
        [short, beside, bits, subnormal, near_overflow, least_normal, np.zeros(count)],
        ordinary,
    )
    return np.asarray(sign * np.where(np.isfinite(value), value, 1.0))


def intervals(rng: np.random.Generator, count: int) -> tuple[Doubles, Doubles]:
    """Points, thin ones, wide ones, some with an infinite end; lo <= hi."""
    one, other = points(rng, count), points(rng, count)
    kind = rng.integers(0, 8, count)
    with np.errstate(over="ignore"):
        next_to = np.nextafter(one, np.inf)
    other = np.where(kind < 3, one, np.where(kind < 5, next_to, other))
    lo, hi = np.minimum(one, other), np.maximum(one, other)
    lo, hi = np.where(np.isinf(lo), -LARGEST, lo), np.where(np.isinf(hi), LARGEST, hi)
    return np.where(kind == 6, -np.inf, lo), np.where(kind == 7, np.inf, hi)


def members(rng: np.random.Generator, lo: Doubles, hi: Doubles) -> list[Doubles]:
    """Both ends (the largest doubles for infinite ones) and a double between them."""
    low, high = np.maximum(lo, -LARGEST), np.minimum(hi, LARGEST)
    share = rng.random(lo.shape)
    inside = np.clip(low * (1 - share) + high * share, low, high)
    return [low, high, inside]


@dataclass(frozen=True)
class Operation:
    """What is asked of it: bounds below and above, the domain of its operands, and Arb's image."""

    arity: int
    at_most: Callable[..., Masks]
    at_least: Callable[..., Masks]
    image: Callable[..., arb]
    outside: Callable[..., Any]  # where the exact function is not defined on all of the operands
    exponent: int | None = None


def _negated(decide: Callable[..., Masks]) -> Callable[..., Masks]:
    """bound >= f(x, y) by -bound <= -f(x, y) = f(-x, y)."""
    return lambda bound, x, y: decide(-bound, -x, y)


def _sum_at_least(bound: Doubles, x: Doubles, y: Doubles) -> Masks:
    return oracle.sum_at_most(-bound, -x, -y)


def _difference(decide: Callable[..., Masks]) -> Callable[..., Masks]:
    return lambda bound, x, y: decide(bound, x, -y)


def _nowhere(*ends: Doubles) -> Any:
    return np.zeros(ends[0].shape, dtype=bool)


def _smooth(
    function: oracle.LongDouble, image: Callable[[arb], arb], outside: Callable[..., Any] = _nowhere
) -> Operation:
    return Operation(1, function.at_most, function.at_least, image, outside)


def _power(n: int) -> Operation:
    exact = oracle.of_few_bits(63 // n) if n > 0 else None
    power = oracle.LongDouble(lambda x: x**n, short=exact)
    outside = _zero_inside if n < 0 else _nowhere
    return Operation(1, power.at_most, power.at_least, lambda x: x**n, outside, n)


def _zero_inside(lo: Doubles, hi: Doubles) -> Any:
    return (lo <= 0) & (hi >= 0)


OPERATIONS: dict[str, Operation] = {
    "add": Operation(2, oracle.sum_at_most, _sum_at_least, lambda x, y: x + y, _nowhere),
    "sub": Operation(
        2, _difference(oracle.sum_at_most), _difference(_sum_at_least), lambda x, y: x - y, _nowhere
    ),
    "mul": Operation(
        2, oracle.product_at_most, _negated(oracle.product_at_most), lambda x, y: x * y, _nowhere
    ),
    "div": Operation(
        2,
        oracle.quotient_at_most,
        _negated(oracle.quotient_at_most),
        lambda x, y: x / y,
        lambda lo, hi, below, above: _zero_inside(below, above),
    ),
    "sqrt": Operation(1, oracle.root_at_most, oracle.root_at_least, arb.sqrt, lambda lo, hi: lo < 0),
    "exp": _smooth(oracle.LongDouble(np.exp, pivot=(0, 1)), arb.exp),
    "log": _smooth(oracle.LongDouble(np.log, pivot=(1, 0)), arb.log, lambda lo, hi: lo <= 0),
    "sigmoid": _smooth(
        oracle.LongDouble(lambda x: 1 / (1 + np.exp(-x)), pivot=(0, 0.5), ceiling=1),
        lambda x: 1 / (1 + (-x).exp()),
    ),
    **{f"power {n}": _power(n) for n in EXPONENTS},
}

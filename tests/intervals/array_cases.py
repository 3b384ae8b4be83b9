"""Random arrays of float64 intervals, and the harness that holds an array engine against Arb.

The soak runs :func:`violations` on many more batches; the suite takes a share.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

from verified_grpo.intervals import ArrayEngine, Intervals

Floats = NDArray[np.float64]

EXPONENTS = (-3, -2, -1, 0, 1, 2, 3, 4, 5, 8)
SPECIAL = np.array(
    [0.0, 5e-324, 2.2250738585072014e-308, 1e-300, 2**-53, 1 - 2**-53, 1.0, 1 + 2**-52, 709.78,
     745.2, 1e16, 1e308]
)  # fmt: skip
BINARY: dict[str, Callable[[arb, arb], arb]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
}  # fmt: skip
UNARY: dict[str, Callable[[arb], arb]] = {
    "neg": operator.neg,
    "sqrt": arb.sqrt,
    "exp": arb.exp,
    "log": arb.log,
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
}
OPERATIONS = (*BINARY, *UNARY, "power")


def random_doubles(rng: np.random.Generator, count: int) -> Floats:
    """Of all sizes: near 0, 1 and 1/4, moderate, of any binary exponent, and the special ones; both signs."""
    kinds = rng.integers(0, 6, count)
    near = 1 + rng.integers(-1000, 1000, count) * 2.0**-52
    any_size = np.ldexp(rng.uniform(0.5, 1, count), rng.integers(-1073, 1024, count))
    values = np.choose(
        kinds,
        [
            rng.uniform(0, 1, count),
            near,
            rng.uniform(0, 800, count),
            any_size,
            rng.choice(SPECIAL, count),
            near * np.ldexp(1.0, -rng.integers(0, 60, count)),
        ],
    )
    result: Floats = values * rng.choice([-1.0, 1.0], count)
    return result


def random_intervals(
    rng: np.random.Generator, engine: ArrayEngine, count: int, sign: str = "any"
) -> Intervals:
    """Points, neighbours and wide ones; `sign` is any, positive, or nonzero (zero is not inside)."""
    x = random_doubles(rng, count)
    other = np.where(rng.integers(0, 2, count) == 0, random_doubles(rng, count), np.nextafter(x, np.inf))
    y = np.where(rng.integers(0, 2, count) == 0, x, other)
    if sign != "any":
        x, y = (np.where(v == 0, 1.0, np.abs(v)) for v in (x, y))
    low, high = np.minimum(x, y), np.maximum(x, y)
    if sign == "nonzero":
        flipped = rng.integers(0, 2, count) == 0
        low, high = np.where(flipped, -high, low), np.where(flipped, -low, high)
    return engine.between(low, high)


def violations(name: str, engine: ArrayEngine, seed: int, count: int) -> tuple[list[Any], int]:
    """Counterexamples to the inclusion principle among `count` random inputs, and how many images Arb could
    place strictly (an enclosure's end may be the image itself: then balls cannot tell).

    Held against Arb at 300 bits: images of all combinations of end points.
    """
    rng = np.random.default_rng([seed, sum(map(ord, name))])
    domain = {"div": "nonzero", "sqrt": "positive", "log": "positive", "power": "nonzero"}.get(name, "any")
    a = random_intervals(rng, engine, count, domain if name not in BINARY else "any")
    if name in BINARY:
        b = random_intervals(rng, engine, count, domain)
        corners = [(x, y) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
        return judged(getattr(engine, name)(a, b), BINARY[name], corners)
    if name == "power":
        found: list[Any] = []
        decided = 0
        for n, part in zip(EXPONENTS, np.array_split(np.arange(count), len(EXPONENTS)), strict=True):
            base = a[part]
            bad, placed = judged(
                engine.power(base, n),
                lambda x, n=n: x**n,
                [(base.lo,), (base.hi,)],
            )
            found, decided = found + bad, decided + placed
        return found, decided
    return judged(getattr(engine, name)(a), UNARY[name], [(a.lo,), (a.hi,)])


def judged(
    enclosure: Intervals, image: Callable[..., arb], corners: Sequence[tuple[Floats, ...]]
) -> tuple[list[Any], int]:
    """The places at which an image is proved to lie outside, and how many images lie inside for certain."""
    found: list[Any] = []
    decided = 0
    with ctx.workprec(300):
        for corner in corners:
            for low, high, *point in zip(
                enclosure.lo.tolist(), enclosure.hi.tolist(), *(c.tolist() for c in corner), strict=True
            ):
                value = image(*map(arb, point))
                if low <= value and value <= high:
                    decided += 1
                elif value < low or value > high or not low <= high:
                    found.append((point, low, high))
    return found, decided

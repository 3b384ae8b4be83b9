"""Writes tests/intervals/vectors.json: `python -m tests.intervals.vectors` from the repository's root.

The project's own test vectors, one list for each operation: operands as intervals of doubles, and the exact
image, computed by Arb at 2000 bits and rounded here in integers. `inner` are its ends rounded inward at 120
bits: a sound enclosure begins and ends no later. `tight` is the tightest interval of doubles around the
image. Where the function is not defined on all of the operands both are null: then nothing may be claimed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

from flint import arb, ctx

FILE = Path(__file__).parent / "vectors.json"
BITS, INNER_BITS = 2000, 120
LARGEST, TINY, LEAST = 1.7976931348623157e308, 2.0**-1022, 5e-324

Interval = tuple[float, float]

ORDINARY: list[Interval] = [
    (0.0, 0.0),
    (1.0, 1.0),
    (-1.0, -1.0),
    (0.1, 0.1),
    (1.0, 2.0),
    (-3.0, -0.5),
    (-1.0, 2.0),
    (0.0, 1.0),
    (-2.0, 0.0),
    (1 - 2.0**-53, 1 + 2.0**-52),
    (-(2.0**-53), -(2.0**-53)),
    (LEAST, LEAST),
    (-LEAST, TINY),
    (3893924827815215 / 2**50, 3893924827815215 / 2**50),
    (700.0, 709.5),
]
LARGE: list[Interval] = [
    (LARGEST, LARGEST),
    (-LARGEST, LARGEST),
    (2.0**600, 2.0**601),
    (-(2.0**-600), 2.0**-600),
]
EXPONENTS = (-3, -2, -1, 0, 1, 2, 3, 8)

Image = Callable[..., arb]
BINARY: dict[str, Image] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
}
RISING: dict[str, tuple[Image, float, bool]] = {  # image, where its domain begins, whether that belongs to it
    "sqrt": (arb.sqrt, 0.0, True),
    "exp": (arb.exp, -math.inf, False),
    "log": (arb.log, 0.0, False),
    "sigmoid": (lambda x: 1 / (1 + (-x).exp()), -math.inf, False),
}


def vectors() -> dict[str, list[dict[str, Any]]]:
    """All of them by operation."""
    with ctx.workprec(BITS):
        made = {name: [_binary(name, a, b) for a, b in _pairs()] for name in BINARY}
        made["hull"] = [_vector([a, b], [arb(x) for x in (*a, *b)]) for a, b in _pairs()]
        made["neg"] = [_vector([a], [-arb(a[0]), -arb(a[1])]) for a in [*ORDINARY, *LARGE]]
        made["power"] = [_power(a, n) for a in ORDINARY for n in EXPONENTS]
        made |= {name: [_rising(name, a) for a in ORDINARY] for name in RISING}
    return made


def _pairs() -> list[tuple[Interval, Interval]]:
    return [*product(ORDINARY[1:], ORDINARY[::2]), *product(LARGE, LARGE), *product(ORDINARY[:4], LARGE)]


def _binary(name: str, a: Interval, b: Interval) -> dict[str, Any]:
    if name == "div" and b[0] <= 0 <= b[1]:
        return _vector([a, b], None)
    return _vector([a, b], [BINARY[name](arb(x), arb(y)) for x, y in product(a, b)])


def _power(a: Interval, n: int) -> dict[str, Any]:
    if n < 0 and a[0] <= 0 <= a[1]:
        return {**_vector([a], None), "exponent": n}
    images = [arb(x) ** n for x in a]
    if n > 0 and n % 2 == 0 and a[0] <= 0 <= a[1]:
        images.append(arb(0))
    return {**_vector([a], images), "exponent": n}


def _rising(name: str, a: Interval) -> dict[str, Any]:
    image, start, closed = RISING[name]
    inside = a[0] > start or (closed and a[0] == start)
    return _vector([a], [image(arb(x)) for x in a] if inside else None)


def _vector(operands: list[Interval], images: list[arb] | None) -> dict[str, Any]:
    """The image is the hull of these values, each known to nearly 2000 bits."""
    shown = [[x.hex() for x in operand] for operand in operands]
    if images is None:
        return {"operands": shown, "inner": None, "tight": None}
    lows, highs = zip(*(_ends(value) for value in images), strict=True)
    lower, upper = min(lows), max(highs)
    inner = [_dyadic(lower, INNER_BITS, up=True), _dyadic(upper, INNER_BITS, up=False)]
    return {"operands": shown, "inner": inner, "tight": [_double(lower, up=False), _double(upper, up=True)]}


def _ends(value: arb) -> tuple[Fraction, Fraction]:
    (m, e), (r, f) = ([int(part) for part in end.man_exp()] for end in (value.mid(), value.rad()))
    middle, radius = Fraction(m) * Fraction(2) ** e, Fraction(r) * Fraction(2) ** f
    return middle - radius, middle + radius


def _dyadic(x: Fraction, bits: int, *, up: bool) -> list[int]:
    """m, e with m * 2^e the number of so many bits next to x on one side."""
    if not x:
        return [0, 0]
    e = abs(x.numerator).bit_length() - x.denominator.bit_length() - bits
    scaled = x / Fraction(2) ** e
    return [math.ceil(scaled) if up else math.floor(scaled), e]


def _double(x: Fraction, *, up: bool) -> str:
    """The double next to x on one side, an infinity beyond the largest."""
    try:
        nearest = float(x)
    except OverflowError:
        nearest = math.inf if x > 0 else -math.inf
    if nearest != x and (nearest > x) != up:
        nearest = math.nextafter(nearest, math.inf if up else -math.inf)
    return (nearest + 0.0).hex()


def main() -> None:
    """Write the file."""
    rows = [f" {json.dumps(name)}: [\n  {_lines(found)}\n ]" for name, found in vectors().items()]
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n")


def _lines(found: list[dict[str, Any]]) -> str:
    return ",\n  ".join(json.dumps(vector) for vector in found)


if __name__ == "__main__":
    main()

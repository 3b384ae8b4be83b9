"""The project's own test vectors, on every engine: what a result must contain, and where it is silent."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import pytest

from verified_grpo.intervals import Engine, make_engine

from .vectors import FILE, vectors

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text())
NAMES = ("mpmath", "arb", "array")
INSIDE_DOUBLES = Fraction(2) ** 1000


def test_the_file_is_what_the_generator_writes() -> None:
    assert vectors() == VECTORS


def test_there_are_vectors_for_every_operation_of_the_protocol() -> None:
    operations = {"add", "sub", "mul", "div", "neg", "hull", "power", "sqrt", "exp", "log", "sigmoid"}
    assert set(VECTORS) == operations
    for name, listed in VECTORS.items():
        assert len(listed) > 10
        partial = name in ("div", "power", "sqrt", "log")
        assert any(vector["inner"] is None for vector in listed) == partial


def result_of(engine: Engine[Any], name: str, vector: dict[str, Any]) -> Any:
    ends = [[Fraction(float.fromhex(x)) for x in operand] for operand in vector["operands"]]
    values = [engine.interval(low, high) for low, high in ends]
    return engine.power(values[0], vector["exponent"]) if name == "power" else getattr(engine, name)(*values)


def dyadic(number: list[int]) -> Fraction:
    return Fraction(number[0]) * Fraction(2) ** number[1]


@pytest.mark.parametrize("operation", VECTORS)
@pytest.mark.parametrize("name", NAMES)
def test_the_image_is_contained_and_nothing_is_claimed_outside_the_domain(name: str, operation: str) -> None:
    engine = make_engine(name, 53)
    with engine:
        for vector in VECTORS[operation]:
            result = result_of(engine, operation, vector)
            if vector["inner"] is None:
                assert not engine.is_finite(result), vector
                continue
            low, high = (dyadic(end) for end in vector["inner"])
            if engine.is_finite(result):
                assert engine.lower(result) <= low, vector
                assert engine.upper(result) >= high, vector
            elif name == "array":  # beyond the doubles
                assert max(abs(low), abs(high)) > INSIDE_DOUBLES, vector
            else:  # a wide ball may reach out of the domain by its rounding alone
                assert (name, low == high) == ("arb", False), vector


@pytest.mark.parametrize("operation", VECTORS)
def test_arrays_are_tight(operation: str) -> None:
    """To the last place, but for sigmoid, which is composed: within four places."""
    engine = make_engine("array", 53)
    for vector in VECTORS[operation]:
        if vector["tight"] is None:
            continue
        result = result_of(engine, operation, vector)
        low, high = (float.fromhex(end) for end in vector["tight"])
        if operation != "sigmoid":
            assert (result.lo, result.hi) == (low, high), vector
        else:
            assert low - 4 * math.ulp(low) <= result.lo <= low
            assert high <= result.hi <= high + 4 * math.ulp(high)


@pytest.mark.parametrize("operation", VECTORS)
def test_mpmath_is_within_a_place_of_the_tightest(operation: str) -> None:
    engine = make_engine("mpmath", 53)
    for vector in VECTORS[operation]:
        if vector["tight"] is None:
            continue
        result = result_of(engine, operation, vector)
        low, high = (dyadic(end) for end in vector["inner"])
        room = Fraction(1, 2**51)
        assert low - engine.lower(result) <= room * abs(low), vector
        assert engine.upper(result) - high <= room * abs(high), vector

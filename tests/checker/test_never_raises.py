"""Valid certificates changed at random and sealed anew: a verdict, and never a fault of the checker."""

from __future__ import annotations

import random

import pytest

from soak.attacks import victims
from verified_grpo.checker import ARITHMETICS, Code, check_bytes

from .builder import seal
from .edits import edited
from .mutations import NUMBER, mutant, spots

VALID = victims()
LONG = ["1e-5000", "-1e-19999", "1e19999", "9" * 5000, "1/" + "9" * 5001, "0." + "0" * 4000 + "1", "1e999999"]


@pytest.mark.parametrize("seed", range(4))
def test_mutants(seed: int) -> None:
    source, names = random.Random(f"never raises {seed}"), sorted(VALID)
    for _ in range(60):
        changed, what = mutant(VALID[source.choice(names)], list(VALID.values()), source)
        verdict = check_bytes(seal(changed), source.choice(ARITHMETICS))
        assert verdict.code is not Code.CHECKER_FAULT, (what, verdict.message)


@pytest.mark.parametrize("name", sorted(VALID))
def test_numbers_longer_than_python_writes(name: str) -> None:
    """Some of the numbers, by ones that no float and no `str` of a whole number holds."""
    source, document = random.Random(name), VALID[name]
    numbers = [path for path, value in spots(document) if isinstance(value, str) and NUMBER.fullmatch(value)]
    for path in source.sample(numbers, min(10, len(numbers))):
        changed = edited(document, *path, value=source.choice(LONG))
        verdict = check_bytes(seal(changed), "arb")
        assert verdict.code is not Code.CHECKER_FAULT, (path, verdict.message)

"""Atlases: what fixtures state is true at sampled parameters, and no mutant that is false is accepted."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes

from .builder import seal
from .edits import edited
from .kinds.atlas.corpus import accepted
from .kinds.atlas.mutations import atlas_mutant
from .kinds.atlas.oracle import contradicted, leaves

MUTANTS = 400
CHECKED_BY_BOTH = 0.1
SWIFT = [name for name in accepted() if "group" not in name]


@pytest.mark.parametrize("name", SWIFT)
def test_what_is_accepted_is_true(name: str) -> None:
    assert contradicted(accepted()[name]["statement"]) is None


def test_the_oracle_can_tell() -> None:
    good = accepted()["atlas-two-turns"]
    for token in ("f", "r", "c4"):
        assert contradicted(edited(good, "statement", "cells", value=token)["statement"])
    rising = accepted()["atlas-climb"]
    assert contradicted(edited(rising, "statement", "cells", value="r")["statement"])


def test_leaves_cover_the_rectangle() -> None:
    statement = accepted()["atlas-wide"]["statement"]
    areas = [(x[1] - x[0]) * (y[1] - y[0]) for _, x, y in leaves(statement)]
    (left, right), (low, high) = (
        (float(Fraction(a)), float(Fraction(b))) for a, b in (statement["log_beta"], statement["logit_p_ref"])
    )
    assert float(sum(areas)) == pytest.approx((right - left) * (high - low))


def test_no_false_mutant_is_accepted() -> None:
    source, seen = random.Random(2026), {"accepted": 0, "rejected": 0}
    names = [name for name in SWIFT if name != "atlas-wide"]
    for _ in range(MUTANTS):
        document, what = atlas_mutant(accepted()[source.choice(names)], source)
        data = seal(document)
        verdict = check_bytes(data)
        seen["accepted" if verdict.outcome is Outcome.ACCEPTED else "rejected"] += 1
        if verdict.outcome is Outcome.ACCEPTED:
            assert contradicted(document["statement"]) is None, what
        if source.random() < CHECKED_BY_BOTH:
            assert {check_bytes(data, name).outcome for name in ARITHMETICS} == {verdict.outcome}
    assert seen["rejected"] > MUTANTS // 3
    assert seen["accepted"] > MUTANTS // 20

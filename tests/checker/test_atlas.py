"""Atlases: what fixtures state is true at sampled parameters, and no mutant that is false is accepted."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes

from .atlas_corpus import accepted, at
from .atlas_truth import contradicted_atlas, leaves
from .builder import Json, seal
from .limit_corpus import edited

MUTANTS = 400
CHECKED_BY_BOTH = 0.1
TOKEN = re.compile(r"[<^rfou]|c\d+")
PROOF = re.compile(r"[a-z]\d*(?:\.\d+)*[a-z]{0,2}?(?=[hsvgwmetdnqz]|$)")
SWIFT = [name for name in accepted() if "group" not in name]


@pytest.mark.parametrize("name", SWIFT)
def test_what_is_accepted_is_true(name: str) -> None:
    assert contradicted_atlas(accepted()[name]["statement"], name) is None


def test_the_oracle_can_tell() -> None:
    good = accepted()["atlas-two-turns"]
    for token in ("f", "r", "c4"):
        assert contradicted_atlas(edited(good, "statement", "cells", value=token)["statement"], "1")
    rising = accepted()["atlas-climb"]
    assert contradicted_atlas(edited(rising, "statement", "cells", value="r")["statement"], "1")


def test_leaves_cover_the_rectangle() -> None:
    statement = accepted()["atlas-wide"]["statement"]
    areas = [(x[1] - x[0]) * (y[1] - y[0]) for _, x, y in leaves(statement)]
    (left, right), (low, high) = (
        (float(eval_fraction(a)), float(eval_fraction(b)))
        for a, b in (statement["log_beta"], statement["logit_p_ref"])
    )
    assert float(sum(areas)) == pytest.approx((right - left) * (high - low))


def eval_fraction(text: str) -> Any:
    """A number of the format."""
    from fractions import Fraction

    return Fraction(text)


def test_no_false_mutant_is_accepted() -> None:
    source, seen = random.Random(2026), {"accepted": 0, "rejected": 0}
    names = [name for name in SWIFT if name != "atlas-wide"]
    for number in range(MUTANTS):
        document, what = _mutant(accepted()[source.choice(names)], source)
        data = seal(document)
        verdict = check_bytes(data)
        seen["accepted" if verdict.outcome is Outcome.ACCEPTED else "rejected"] += 1
        if verdict.outcome is Outcome.ACCEPTED:
            assert contradicted_atlas(document["statement"], str(number)) is None, what
        if source.random() < CHECKED_BY_BOTH:
            assert {check_bytes(data, name).outcome for name in ARITHMETICS} == {verdict.outcome}
    assert seen["rejected"] > MUTANTS // 3
    assert seen["accepted"] > MUTANTS // 20


def _mutant(document: Json, source: random.Random) -> tuple[Json, str]:
    """A verdict or a cut changed, a token of a proof changed, the cells or the parameters moved."""
    statement = document["statement"]
    tokens = TOKEN.findall(statement["cells"])
    match source.randrange(6):
        case 0 | 1:
            k = source.randrange(len(tokens))
            tokens[k] = source.choice(
                [t for t in ("<", "^", "r", "f", "u", "c2", "c3", "c4") if t != tokens[k]]
            )
            return edited(document, "statement", "cells", value="".join(tokens)), "a node"
        case 2:
            k = source.randrange(len(tokens))
            del tokens[k]
            return edited(document, "statement", "cells", value="".join(tokens)), "a node dropped"
        case 3:
            proofs = document["evidence"]["proofs"]
            k = source.randrange(len(proofs))
            swapped = source.choice("hsvgwetdnqzabc0123456789")
            return edited(
                document, "evidence", "proofs", value=proofs[:k] + swapped + proofs[k + 1 :]
            ), "a proof"
        case 4:
            axis = source.choice(("log_beta", "logit_p_ref"))
            ends = [eval_fraction(end) for end in statement[axis]]
            shift = (ends[1] - ends[0]) * source.choice((-2, -1, 1, 2)) / source.choice((1, 8, 1024))
            moved = edited(document, "statement", axis, value=[str(end + shift) for end in ends])
            return _within(moved), "cells moved"
        case _:
            name = source.choice(("eps", "alpha"))
            value = (
                eval_fraction(statement["parameters"][name])
                * source.choice((1, 2, 100))
                / source.choice((2, 3))
            )
            return edited(document, "statement", "parameters", name, value=str(min(value, 1))), name


def _within(document: Json) -> Json:
    """With ranges of beta and p_ref that lie in the rectangle, so that only the cells are at stake."""
    x, y = (document["statement"][axis][0] for axis in ("log_beta", "logit_p_ref"))
    inner = at(x, y, "u", "")["statement"]["parameters"]
    for name in ("beta", "p_ref"):
        document = edited(document, "statement", "parameters", name, value=inner[name])
    return document

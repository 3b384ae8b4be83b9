"""Curves: what fixtures state is true, the oracle can tell, and no mutant that is false is accepted."""

from __future__ import annotations

import random

import pytest

from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes

from .builder import seal
from .committed import committed, of_kinds
from .edits import edited
from .kinds.curve import contradicted
from .kinds.curve.corpus import rejected
from .mutations import mutant

MUTANTS = 200
CHECKED_BY_BOTH = 0.05
FALSE = ["curve-box-above-in-log-beta", "curve-flip-called-settling", "cusp-behind", "cusp-beta-beside-5.9"]


@pytest.mark.parametrize("name", of_kinds("curve"))
def test_what_is_accepted_is_true(name: str) -> None:
    assert contradicted(committed()[name]["statement"]) is None


@pytest.mark.parametrize("name", FALSE)
def test_the_oracle_can_tell(name: str) -> None:
    assert contradicted(rejected()[name][1]["statement"]) is not None


def test_the_oracle_sees_a_missing_piece() -> None:
    good = committed()["curve-fold"]
    pieces = good["statement"]["pieces"]
    fewer = edited(good, "statement", "pieces", value=pieces[: len(pieces) // 2])
    assert contradicted(fewer["statement"]) is not None


def test_no_false_mutant_is_accepted() -> None:
    source, documents = random.Random(2026), list(of_kinds("curve").values())
    seen = dict.fromkeys((Outcome.ACCEPTED, Outcome.REJECTED, Outcome.DECLINED), 0)
    for _ in range(MUTANTS):
        document, what = mutant(source.choice(documents), documents, source)
        data = seal(document)
        verdict = check_bytes(data)
        seen[verdict.outcome] += 1
        if verdict.outcome is Outcome.ACCEPTED:
            assert contradicted(document["statement"]) is None, what
        if source.random() < CHECKED_BY_BOTH:
            assert {check_bytes(data, name).outcome for name in ARITHMETICS} == {verdict.outcome}
    assert seen[Outcome.REJECTED] > MUTANTS // 3
    assert seen[Outcome.ACCEPTED] > MUTANTS // 20


def test_what_the_checker_prints() -> None:
    words = check_bytes(seal(committed()["curve-fold"])).statement_text
    assert "T(L) = L and T'(L) = 1" in words
    assert "in 2 chain(s)" in words
    assert "19 boxes" in words
    alone = check_bytes(seal(committed()["curve-cusp"])).statement_text
    assert "its only one" in alone
    assert "its only one" not in check_bytes(seal(committed()["curve-cusp-group"])).statement_text

from __future__ import annotations

import json

import pytest

from tests.report.samples import ACCEPTED, REJECTED
from verified_grpo.laboratory import checking


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ACCEPTED[0].parent)


def test_the_outcome_and_what_the_checker_printed() -> None:
    told = json.loads(checking.check("amplification.json"))
    assert told["outcome"] == "accepted"
    assert told["printed"].startswith("amplification.json: ACCEPTED [accepted] ")
    assert "Statement (established)" in told["printed"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [(str(REJECTED), "rejected"), ("absent.json", "fault"), ("-x", "fault")],
    ids=["false", "absent", "an option"],
)
def test_nothing_else_is_called_accepted(words: str, outcome: str) -> None:
    told = json.loads(checking.check(words))
    assert told["outcome"] == outcome
    assert told["printed"]


def test_a_digest_made_anew_leaves_the_rest_as_it_stands() -> None:
    text = (ACCEPTED[0].parent / "amplification.json").read_text()
    assert checking.sealed(text) == text
    altered = text.replace('"bits"', '"bit"', 1)
    assert altered != text
    new = checking.sealed(altered)
    assert new != altered
    assert len(new) == len(altered)
    assert checking.sealed(new) == new


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"digest": 3}', "[" * 100_000])
def test_what_is_no_certificate_stays_as_it_is(text: str) -> None:
    assert checking.sealed(text) == text

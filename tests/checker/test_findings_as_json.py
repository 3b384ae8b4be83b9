"""What a check finds beyond the statement stands as a number of its own beside the sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verified_grpo.checker import check_file

ACCEPTED = Path(__file__).parents[1] / "certificates" / "accepted"


@pytest.mark.parametrize("name", ["atlas-climb", "atlas-wide", "curve-fold", "curve-settling-two-weights"])
def test_the_number_of_the_sentence_is_a_key(name: str) -> None:
    verdict = check_file(ACCEPTED / f"{name}.json")
    found = verdict.as_json(name)["found"]
    assert isinstance(found, dict)
    ((key, number),) = found.items()
    last = " ".join(verdict.statement_text.split())
    sentence = {
        "undecided_share": f"at most the share {number} is in undecided cells.",
        "boxes_with_a_point": f"At least {number} of the boxes hold a point of it in the ranges above.",
    }[key]
    assert last.endswith(sentence)
    assert re.fullmatch(r"[0-9]+(\.[0-9]{6})?", number)


def test_what_finds_nothing_more_has_none() -> None:
    assert check_file(ACCEPTED / "contraction-mean.json").as_json("a")["found"] == {}
    assert check_file(ACCEPTED / "curve-cusp.json").as_json("a")["found"] == {}

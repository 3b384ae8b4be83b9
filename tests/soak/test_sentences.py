"""A checker that accepts what is true and prints what is false is found out."""

from __future__ import annotations

import pytest

from soak import attacks, page
from verified_grpo.checker import chaos, curves, paper, region, settling, steps
from verified_grpo.checker.readings import READINGS

MUTANTS = 60


@pytest.mark.soak
def test_no_sentence_of_a_chunk_is_false() -> None:
    """Of other mutants than those of `tests/checker/test_mutations.py`, which says the same of more."""
    found = attacks.survey(MUTANTS, "sentences")
    assert found.sentences > 0
    assert found.escapes == []


def only(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack certificates of this kind alone, by changes that may leave them true."""
    held = {name: found for name, found in attacks.victims().items() if found["statement"]["kind"] == kind}
    monkeypatch.setattr(attacks, "victims", lambda: held)
    monkeypatch.setattr(attacks, "SHARE_BEYOND", 0)


@pytest.mark.parametrize("kind", ["curve", "limit", "uniqueness", "chaos"])
def test_a_false_sentence_is_an_escape(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    only(kind, monkeypatch)
    assert attacks.survey(MUTANTS, "planted").escapes == []
    if kind == "curve":
        monkeypatch.setitem(curves._WORDS, "fold", "T(L) = L and T'(L) = 1 (two fixed points meet)")
    elif kind == "limit":
        monkeypatch.setitem(settling.MANNERS, "tends", "tends to the least fixed point")
    elif kind == "uniqueness":
        monkeypatch.setattr(region, "_claim", lambda *_: "For all these parameters T has no fixed point.")
    else:
        said = chaos._claim
        swap = {"at least one of them": "each of them", "exact period 3": "exact period 5", ">= x >": "> x >"}
        monkeypatch.setattr(chaos, "_claim", lambda *given: _swapped(said(*given), swap))
    assert attacks.survey(MUTANTS, "planted").escapes != []


@pytest.mark.parametrize("plant", ["reading", "reach", "counterexample"])
def test_a_false_clause_on_the_paper_is_an_escape(plant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    only("paper-statement", monkeypatch)
    assert attacks.survey(MUTANTS, "planted").escapes == []
    if plant == "reading":  # every sentence beside any parts is believed
        monkeypatch.setattr(paper, "reading", lambda fields: READINGS.get(fields["item"]))
    elif plant == "reach":
        monkeypatch.setitem(paper.REACHES, "numbers", paper.REACHES["all"])
    else:
        said = steps._counterexample
        swap = {"it is NOT true that": "it is true that"}
        monkeypatch.setattr(steps, "_counterexample", lambda *given: _swapped(said(*given), swap))
        misprint = {"misprint": attacks.victims()["paper-statement-misprint"]}
        monkeypatch.setattr(attacks, "victims", lambda: misprint)
    assert attacks.survey(3 * MUTANTS, "planted").escapes != []


def test_the_page_counts_them() -> None:
    held = {"kinds": {"limit": {"accepted": 1}}, "both": 0, "disagreements": [], "sentences": 1234}
    stamp = {"date": "", "seed": 1, "versions": {}, "seconds": 0, "code": ""}
    assert "1,234 sentences" in "".join(page._attacks({"attacks": {**held, **stamp}}))


def _swapped(text: str, swap: dict[str, str]) -> str:
    for phrase, other in swap.items():
        text = text.replace(phrase, other)
    return text

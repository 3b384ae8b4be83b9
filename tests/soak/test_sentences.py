"""A checker that accepts what is true and prints what is false is found out."""

from __future__ import annotations

import pytest

from soak import attacks, page
from verified_grpo.checker import chaos, curves, region, settling

MUTANTS = 60


def test_no_sentence_of_a_chunk_is_false() -> None:
    found = attacks.survey(MUTANTS, "sentences")
    assert found.sentences > 0
    assert found.escapes == []


@pytest.mark.parametrize("kind", ["curve", "limit", "uniqueness", "chaos"])
def test_a_false_sentence_is_an_escape(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    only = {name: held for name, held in attacks.victims().items() if held["statement"]["kind"] == kind}
    monkeypatch.setattr(attacks, "victims", lambda: only)
    monkeypatch.setattr(attacks, "SHARE_BEYOND", 0)
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


def test_the_page_counts_them() -> None:
    held = {"kinds": {"limit": {"accepted": 1}}, "both": 0, "disagreements": [], "sentences": 1234}
    stamp = {"date": "", "seed": 1, "versions": {}, "seconds": 0, "code": ""}
    assert "1,234 sentences" in "".join(page._attacks({"attacks": {**held, **stamp}}))


def _swapped(text: str, swap: dict[str, str]) -> str:
    for phrase, other in swap.items():
        text = text.replace(phrase, other)
    return text

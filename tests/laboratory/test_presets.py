from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.audit.configurations import FRAMEWORKS, configuration_of
from verified_grpo.audit.configurations.usual import TOLD, usual
from verified_grpo.errors import InputError
from verified_grpo.laboratory.answering import answer
from verified_grpo.laboratory.asking import CONTRASTS, FIELDS
from verified_grpo.laboratory.presets import Preset, presets

PAGE = Path(__file__).parents[2] / "verified_grpo/laboratory/templates/laboratory.html"
MADE = {str(one["name"]).split()[0]: one for one in presets()}


def test_there_is_one_for_each_framework_in_order() -> None:
    assert tuple(MADE) == FRAMEWORKS
    assert set(TOLD) <= set(FRAMEWORKS)


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_each_is_a_question_that_is_answered_or_says_why_not(name: str) -> None:
    made: Preset = MADE[name]
    if made["fields"] is None:
        assert str(made["note"]).startswith("By its defaults")
        return
    assert isinstance(made["fields"], dict)
    assert set(made["fields"]) <= set(FIELDS)
    told = json.loads(answer(json.dumps({**made["fields"], "p_ref": "0.3"})))
    assert told["views"][0]["verdict"] in ("rises", "rises-to-one")


def test_defaults_are_those_of_the_tables() -> None:
    """Numbers are not typed a second time: those of one framework, held against the documentation of it."""
    assert MADE["open_r1"]["fields"] == {
        "contrast": "group", "group_size": "8", "ddof": "1", "eps": "0.0001", "beta": "0.04", "kl": "k3",
    }  # fmt: skip
    assert MADE["trl"]["fields"] == {
        "contrast": "group", "group_size": "8", "ddof": "1", "eps": "0.0001", "beta": "0",
    }  # fmt: skip
    assert dict(MADE["ms_swift"]["fields"] or {})["kl_clamp"] == "10"  # type: ignore[call-overload]
    assert "7.5 times mean" in str(MADE["open_instruct"]["note"])


def test_what_had_to_be_told_is_said() -> None:
    for one in usual():
        note = str(MADE[one.configuration.framework]["note"])
        assert all(f"{key} {value}" in note for key, value in one.told.items())


@pytest.mark.parametrize("name", TOLD)
def test_nothing_is_told_that_a_default_would_do(name: str) -> None:
    for key in TOLD[name]:
        left = {other: text for other, text in TOLD[name].items() if other != key}
        try:
            assert configuration_of(name, left).verdict, key
        except InputError:
            continue


def test_the_page_has_every_contrast() -> None:
    text = PAGE.read_text()
    assert all(f">{name}" in text for name in CONTRASTS)

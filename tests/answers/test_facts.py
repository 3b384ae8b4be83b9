"""What the API and the command line answer of a contrast of which nothing is known: undecided, and why."""

from __future__ import annotations

import pytest

import verified_grpo
from verified_grpo.cli import main
from verified_grpo.model import Contrast, Fact, Parameters
from verified_grpo.model.contrasts import DEFINITIONS, Definition
from verified_grpo.rigor import PROPERTIES, Undecided, UndecidedLimit

BOX = Parameters.of(beta="3:3.5", eps="1e-3", p_ref="0.001:0.002")
EXPRESSION = DEFINITIONS["mean-var"].expression


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> Contrast:
    monkeypatch.setitem(DEFINITIONS, "unknown", Definition("unknown", "", EXPRESSION))
    return Contrast("unknown")


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_is_undecided(unknown: Contrast, name: str) -> None:
    outcome = verified_grpo.certify(name, unknown, BOX)
    assert isinstance(outcome, Undecided)
    assert "of unknown is not known to" in outcome.reason


def test_a_limit_over_a_box_is_not_taken_from_an_atlas(unknown: Contrast) -> None:
    assert isinstance(verified_grpo.limit(unknown, BOX), UndecidedLimit)


def test_parts_are_found_without_an_atlas_where_its_rules_do_not_apply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = (Fact.BOUNDED, Fact.EVEN_RISING, Fact.FALLS_IN_EPS)
    argued = {fact: DEFINITIONS["mean-var"].argued[fact] for fact in facts}
    monkeypatch.setitem(DEFINITIONS, "shaped", Definition("shaped", "", EXPRESSION, argued))
    box = Parameters.of(beta="3:60", eps="1e-3", p_ref="0.2:0.6")
    assert verified_grpo.certify("convergence", Contrast("shaped"), box).verdict == "proved"


@pytest.mark.parametrize(
    "command",
    [
        "fixed-points --beta 5 --eps 1e-3 --p-ref 0.3",
        "audit --property uniqueness --beta 3:3.5 --eps 1e-3 --p-ref 0.1",
        "audit --property contraction --beta 3:3.5 --eps 1e-3 --p-ref 0.1 --tolerance 0.1",
        "atlas --beta 1:2 --eps 1e-3 --p-ref 0.1:0.2 --out atlas.json",
        "curves --beta 1:2 --eps 1e-3 --p-ref 0.1:0.2 --out curves",
    ],
)
def test_the_command_line_says_what_is_missing(
    unknown: Contrast, command: str, capsys: pytest.CaptureFixture[str], tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(str(tmp_path))
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--contrast", unknown.name])
    assert end.value.code == 2
    printed = "".join(capsys.readouterr())
    assert "is not known to" in printed.replace("\n", " ")
    assert "Traceback" not in printed

"""Planted faults through the real command line: what is false, or has too weak evidence, ends undecided,
says where and why, and is never counted as proved."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sympy as sp

from verified_grpo.answers.statements import cases as catalogue
from verified_grpo.answers.statements import run as campaign
from verified_grpo.cli import main
from verified_grpo.proofs.claims import AllFixedPoints, Claim, Identity, Inequality, LimitOf, Region
from verified_grpo.proofs.derivations import Derivative
from verified_grpo.proofs.framework import NOT_CARRIED, PaperStatement, claims, restates, supports
from verified_grpo.proofs.symbols import bmax, eps

x, y = sp.symbols("x y", positive=True)
TRUE = Identity((x + y) ** 2, x**2 + 2 * x * y + y**2)
TIGHT = Inequality(bmax - sp.Rational("60.8556265") - sp.Rational(1, 10**8), ">", {eps: "1e-5"}, bits=120)
CUBE = Derivative("the derivative of a cube", x**3, x, 3 * x**2, {x: ("1", "2")})


def planted(claim: Claim, derivation: Derivative = CUBE) -> PaperStatement:
    """A statement around one claim."""
    words = dict.fromkeys(("title", "paper", "suite", "hypotheses", "not_proved"), "words")
    return PaperStatement(
        item="planted",
        verdict=NOT_CARRIED,
        parts=(supports("claim", "", claim),),
        steps=(restates("[claim]"),),
        conclusions=(claims("the claim", 1),),
        derivations=(derivation,),
        **words,
    )


FAULTS = {
    "a false identity": (planted(Identity((x + y) ** 2, x**2 + y**2)), "checker", "not-identical"),
    "a false inequality": (
        planted(Inequality(x**2 - 1, ">", {x: "0:2"})),
        "part claim",
        "the inequality is false at x = ",
    ),
    "an equality inside": (
        planted(Inequality((3 * x - 1) ** 2, ">", {x: "0:1"})),
        "part claim",
        "boxes are left without a decision, such as x in [0.33",
    ),
    "a wrong derivative": (
        planted(TRUE, replace(CUBE, claimed=3 * x)),
        "derivation",
        "the derivative of a cube: the two sides differ at x = ",
    ),
    "too weak a precision": (planted(replace(TIGHT, bits=16)), "part claim", "left without a decision"),
    "a wrong count": (
        planted(AllFixedPoints(2, 5, "1e-5", "0.3")),
        "part claim",
        "3 fixed points were found, not 2",
    ),
    "a wrong limit": (
        planted(LimitOf("fixed-point", 5, "1e-5", "0.001")),
        "part claim",
        "the limit is cycle, not fixed-point",
    ),
    "a property without its hypothesis": (
        planted(Region("contraction", "proved", "50:100", "1e-5", "0.001:0.9999")),
        "part claim",
        "contraction is refuted, not proved",
    ),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0), capsys.readouterr().out


def plant(monkeypatch: pytest.MonkeyPatch, statement: PaperStatement) -> None:
    """The statement in the place of the paper's."""
    cases = {statement.item: catalogue.paper_case(statement)}
    monkeypatch.setattr(catalogue, "paper_cases", lambda: cases)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_undecided_with_its_reason_and_exit_2(
    fault: tuple[PaperStatement, str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    statement, where, reason = fault
    plant(monkeypatch, statement)
    code, out = run(capsys, "certify", "planted", "--out", str(tmp_path), "--json")
    answer = json.loads(out)
    (row,) = answer["statements"]
    assert (code, row["verdict"], row["check"], row["file"]) == (2, "undecided", "", "")
    assert row["where"] == where
    assert reason in row["reason"]
    assert answer["reports"] == []
    assert not list(tmp_path.rglob("planted.json"))
    code, out = run(capsys, "certify", "planted", "--out", str(tmp_path))
    assert code == 2
    assert f"  {where}: " in out
    assert reason in out
    assert "0 of 1 certificates accepted" in out


@pytest.mark.parametrize("claim", [TRUE, TIGHT], ids=["identity", "enough precision"])
def test_what_is_true_is_certified_in_the_same_way(
    claim: Claim, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plant(monkeypatch, planted(claim))
    code, out = run(capsys, "certify", "planted", "--out", str(tmp_path), "--json")
    (row,) = json.loads(out)["statements"]
    assert (code, row["verdict"], row["check"], row["reason"]) == (0, NOT_CARRIED, "accepted", "")


def test_what_is_left_stands_on_the_first_page_beside_what_is_proved(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    false, true = FAULTS["a false inequality"][0], replace(planted(TRUE), item="planted-true")
    cases = {statement.item: catalogue.paper_case(statement) for statement in (false, true)}
    monkeypatch.setattr(catalogue, "paper_cases", lambda: cases)
    code, out = run(capsys, "certify", "planted", "--out", str(tmp_path), "--jobs", "2")
    assert code == 2
    assert "1 of 2 certificates accepted" in out
    text = (tmp_path / "paper.md").read_text()
    assert text.index("**UNDECIDED** 1 statement has no certificate") < text.index("Statements of the paper")
    assert "the inequality is false at x = " in text


def test_an_older_certificate_is_removed_when_the_evidence_no_longer_closes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plant(monkeypatch, planted(TRUE))
    assert [r.check for r in campaign.run(catalogue.select(["planted"]), tmp_path, "arb", 1)] == ["accepted"]
    plant(monkeypatch, FAULTS["a false identity"][0])
    shutil.rmtree(tmp_path / campaign.STATE)
    (result,) = campaign.run(catalogue.select(["planted"]), tmp_path, "arb", 1)
    assert result.verdict == "undecided"
    assert not (tmp_path / "planted.json").exists()

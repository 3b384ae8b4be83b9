"""``limit`` where one verdict cannot serve: alpha from 0 upwards, boxes without an orbit, slow passages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main
from verified_grpo.rigor.sequences import monotone

BOX = ("--engine", "arb", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.01:0.02", "--alpha", "0:0.5")
WIDER = ("--engine", "arb", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001", "--alpha", "0:1")
SLOW = ("--beta", "20", "--eps", "1e-5", "--p-ref", "0.99547215744", "--engine", "arb")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    out = capsys.readouterr()
    return int(end.value.code or 0), out.out, out.err


def statement(file: Path) -> Any:
    assert check_file(file, "arb").outcome is Outcome.ACCEPTED
    return json.loads(file.read_bytes())["statement"]


def test_each_part_of_alpha_has_its_answer_and_its_certificate(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "limit", *BOX, "--out", str(tmp_path / "limit.json"), "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["parameters"]["alpha"]) == (0, "by-alpha", ["0", "0.5"])
    mirror, small, large = answer["parts"]
    assert (mirror["verdict"], mirror["parameters"]["alpha"]) == ("rises-to-one", "0")
    assert (small["verdict"], small["parameters"]["alpha"]) == ("settles", ["0", "0.087"])
    assert small["alpha_above_0"] is True
    assert (large["verdict"], large["parameters"]["alpha"]) == ("settles", ["0.087", "0.5"])
    assert answer["all_fixed_points"]["verdict"] == "undecided"
    assert err.count("certificate written to") == 4
    assert statement(tmp_path / "limit-small-steps.json")["verdict"] == "rises-beyond"
    claims = [statement(tmp_path / f"limit{end}.json") for end in ("", "-small-alpha", "-large-alpha")]
    assert [claim["kind"] for claim in claims] == ["limit", "limit", "convergence"]
    assert [claim["parameters"]["alpha"] for claim in claims] == ["0", ["1e-100", "0.087"], ["0.087", "0.5"]]


def test_the_parts_are_read_by_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "limit", *BOX)
    assert code == 0
    assert ":\nproved: each part of the range of alpha has a limit of its own\n\nalpha = 0:\n" in out
    for line in (
        "0 < alpha <= 0.087:",
        "0.087 <= alpha <= 0.5:",
        "  the sequence rises without end: p tends",
    ):
        assert line in out


def test_a_part_without_a_verdict_leaves_the_whole_undecided(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "limit", *WIDER, "--out", str(tmp_path / "limit.json"), "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"]) == (0, "undecided")  # small steps are decided
    assert answer["views"]["small_steps"]["verdict"] == "rises-beyond"
    assert "not every part" in answer["reason"]
    assert [part["verdict"] for part in answer["parts"]] == ["rises-to-one", "settles", "undecided"]
    names = ["limit-small-alpha.json", "limit-small-steps.json", "limit.json"]
    assert sorted(file.name for file in tmp_path.iterdir()) == names


def test_a_box_without_cycles_tends_to_a_fixed_point(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Ranges of alpha: no atlas; T' > -1 wherever a cycle could be."""
    file = tmp_path / "limit.json"
    box = (*BOX[:-1], "0.087:0.5")
    code, out, _ = run(capsys, "limit", *box, "--out", str(file), "--json")
    assert (code, json.loads(out)["verdict"], json.loads(out)["manner"]) == (0, "settles", "tends")
    assert statement(file)["kind"] == "convergence"
    code, out, _ = run(capsys, "limit", *box)
    assert "(no cycle is possible)" in out.replace("\n", " ")


@pytest.mark.parametrize(
    ("p_ref", "source", "kind"),
    [
        ("0.99547215744", "the attracting fixed point", "limit"),
        ("0.99547215795243", "in the list", "fixed-points"),
    ],
)
def test_a_slow_passage_shows_the_bracket_of_its_fixed_point(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    p_ref: str,
    source: str,
    kind: str,
) -> None:
    """Before the fixed points that are about to meet, and past them, where the passage is longer still. The
    orbit is followed for fewer steps than else: neither would reach its end in ten times as many."""
    monkeypatch.setattr(monotone, "SETTLING_LIMIT", 2000)
    code, out, _ = run(capsys, "limit", *SLOW[:-3], p_ref, *SLOW[-2:], "--out", str(tmp_path / "limit.json"))
    assert code == 0
    assert "the orbit as far as it was followed shows L in [" in out
    assert source in out
    claims = [statement(tmp_path / f"limit{end}.json") for end in ("", "-bracket")]
    assert (claims[0]["verdict"], claims[1]["kind"]) == ("rises", kind)


@pytest.mark.parametrize("columns", ["20", "40", "80"])
def test_numbers_are_whole_on_narrow_terminals(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    tiny = ("--beta", "5", "--eps", "1e-5", "--p-ref", "1e-5000")
    for command in (("fixed-points", *tiny), ("limit", *SLOW[:-3], "0.3", "--period", "1")):
        code, out, _ = run(capsys, *command)
        assert code == 0
        assert "…" not in out
    assert max(map(len, out.splitlines())) <= 90


@pytest.mark.parametrize("out", ["", ".", "/"])
@pytest.mark.parametrize("command", ["limit", "chaos", "atlas"])
def test_a_file_without_a_name_is_refused(capsys: pytest.CaptureFixture[str], command: str, out: str) -> None:
    box = ("--beta", "4:5", "--eps", "1e-3", "--p-ref", "0.5:0.6")
    point = ("--beta", "0.68", "--eps", "1e-5", "--p-ref", "0.001")
    proved = {"limit": box, "chaos": point, "atlas": box}[command]
    code, _, err = run(capsys, command, *proved, "--out", out)
    assert code == 64
    assert "--out names a file" in err


def test_the_engine_of_arrays_names_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "limit", *SLOW[:-1], "array")
    assert code == 64
    assert "choose mpmath or arb" in err

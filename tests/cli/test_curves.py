"""``curves`` on the command line: answers, certificates, bad input; ``limit`` over boxes by closed forms and
atlases."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from tests.checker.builder import seal
from tests.checker.edits import MEAN_VAR, at
from tests.checker.kinds.curve import contradicted
from tests.checker.limit_builder import settles
from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main

WINDOW = ("--beta", "1:8", "--eps", "1e-3", "--p-ref", "0.001:0.9")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    output = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, output.out, output.err


@pytest.mark.parametrize("contrast", [(), ("--contrast", "group", "--group-size", "4", "--alpha", "0.8")])
def test_every_curve_is_certified(
    contrast: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(
        capsys, "curves", *WINDOW, *contrast, "--tolerance", "1/20", "--out", str(tmp_path), "--json"
    )
    answer = json.loads(out)
    assert code == 0
    assert [curve["curve"] for curve in answer["curves"]] == ["fold", "flip", "settling"]
    assert len(answer["cusps"]) == 1
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["cusp.json", "flip.json", "fold.json", "settling.json"]
    assert all(check_file(tmp_path / name).outcome is Outcome.ACCEPTED for name in files)


def test_one_curve_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "curves", *WINDOW, "--curve", "flip", "--curve", "cusp")
    assert code == 0
    assert "flip" in out
    assert "fold " not in out
    assert "a cusp, where folds meet: beta in [6.06" in out


def test_ranges_for_a_person_hold_the_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "curves", *WINDOW, "--curve", "fold")
    (line,) = [line for line in out.splitlines() if line.strip().startswith("fold")]
    shown = [float(number) for number in re.findall(r"([0-9.e-]+) to ([0-9.e-]+)", line)[0]]
    shown += [float(number) for number in re.findall(r"([0-9.e-]+) to ([0-9.e-]+)", line)[1]]
    _, out, _ = run(capsys, "curves", *WINDOW, "--curve", "fold", "--json")
    (curve,) = json.loads(out)["curves"]
    across, up = (
        [float(end) for piece in curve["pieces"] for end in piece[axis]]
        for axis in ("log_beta", "logit_p_ref")
    )
    true = [math.exp(min(across)), math.exp(max(across))]
    true += [1 / (1 + math.exp(-end)) for end in (min(up), max(up))]
    assert [shown[0] <= true[0], shown[1] >= true[1], shown[2] <= true[2], shown[3] >= true[3]] == [True] * 4
    assert all(abs(said / value - 1) < 2e-3 for said, value in zip(shown, true, strict=True))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("--curve", "circle"), "--curve is one of fold, flip, settling, cusp, not 'circle'"),
        (("--p-ref", "0:0.5"), "p_ref must lie strictly between 0 and 1"),
        (("--p-ref", "0.5:1"), "p_ref must lie strictly between 0 and 1"),
        (("--alpha", "0"), "alpha > 0"),
        (("--step-size", "2"), "step size times beta must be at most 1"),
        (("--step-size", "0.001:0.002"), "a curve needs an exact step size"),
        (("--step-size", "0.001", "--inner-steps", "2"), "one step an update alone"),
        (("--inner-steps", "2"), "--inner-steps belongs to --step-size"),
        (("--eps", "1e-5:1e-4"), "exact eps"),
        (("--beta", "5"), "range LO:HI"),
        (("--tolerance", "2"), "tolerance must lie in"),
    ],
)
def test_bad_input_is_one_clear_line(
    changed: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "curves", *WINDOW, *changed)
    assert (code, out) == (64, "")
    assert message in err.replace("\n", " ")
    assert err.count("\n") == 1


def test_a_wide_box_settles_by_a_closed_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "limit.json"
    box = ("--beta", "0.01:100", "--eps", "1e-5", "--p-ref", "0.5:0.999")
    code, out, _ = run(capsys, "limit", *box, "--out", str(file))
    assert code == 0
    assert "proved: the sequence rises in every step, to the least fixed point" in out
    assert check_file(file).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--start", "0"), "p_0 must lie strictly between 0 and 1"),
        (("--start", "1"), "p_0 must lie strictly between 0 and 1"),
        (("--start", "-0.1"), "p_0 must lie strictly between 0 and 1"),
        (("--period", "9"), "--period must be from 1 to 8, not 9"),
        (("--period", "0"), "--period must be from 1 to 8, not 0"),
        (("--p-ref", "0:0.5"), "p_ref must lie strictly between 0 and 1"),
        (("--p-ref", "0.5:1"), "p_ref must lie strictly between 0 and 1"),
    ],
)
def test_a_limit_refuses_what_it_cannot_mean(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "limit", "--beta", "5", "--eps", "1e-5", "--p-ref", "0.001", *arguments)
    assert (code, out) == (64, "")
    assert message in err


def test_a_box_of_weights_ends_in_a_cycle(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Too wide for one enclosed orbit; a cell of an atlas decides it."""
    file = tmp_path / "limit.json"
    box = ("--beta", "4.9:5.1", "--eps", "1e-5", "--p-ref", "0.001")
    code, out, _ = run(capsys, "limit", *box, "--out", str(file), "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["period"], answer["cells"]) == (0, "paved", 2, 1)
    assert answer["all_fixed_points"]["count"] == 3
    assert check_file(file).outcome is Outcome.ACCEPTED
    claim = json.loads(file.read_bytes())["statement"]
    assert claim["kind"] == "atlas"
    low, high = (float(end) for end in claim["parameters"]["p_ref"])
    assert low < 0.001 < high
    code, out, _ = run(capsys, "limit", *box)
    assert "a cycle of exactly 2 points (an atlas of 1 cell)" in out.replace("\n", " ")


def test_a_box_across_a_boundary_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "limit", "--beta", "5:15", "--eps", "1e-5", "--p-ref", "0.001:0.002")
    assert code == 0  # small steps are decided
    assert "the box is too wide" in out


def test_a_box_of_eps_asks_for_no_atlas(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "limit", "--beta", "4.9:5.1", "--eps", "1e-5:2e-5", "--p-ref", "0.001")
    assert code == 0  # small steps are decided
    assert "(the paper's iteration):\nundecided:" in out


def test_a_limit_by_a_closed_form_has_no_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "limit.json"
    claim = settles("tends", MEAN_VAR, at("1", "1e-5", "0.3"), "lift")
    file.write_bytes(seal(claim))
    assert check_file(file).outcome is Outcome.ACCEPTED
    code, _, err = run(capsys, "export", str(file), "--coq", "--out", str(tmp_path))
    assert code == 64
    assert "closed forms have no export" in err


STEPPED = ("--beta", "1:4", "--eps", "1e-3", "--p-ref", "1e-4:0.1", "--alpha", "0.9", "--curve", "flip")


def test_flips_of_one_step_are_another_curve(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """alpha beta = 2/eta + Omega'(L) there."""
    arguments = (*STEPPED, "--step-size", "1/4", "--tolerance", "1/20")
    code, out, _ = run(capsys, "curves", *arguments, "--out", str(tmp_path))
    assert code == 0
    assert "step of size 0.25 has multiplier" in " ".join(out.split())
    assert check_file(tmp_path / "flip.json").outcome is Outcome.ACCEPTED
    (curve,) = json.loads(run(capsys, "curves", *arguments, "--json")[1])["curves"]
    assert curve["step_size"] == "0.25"
    assert contradicted(curve) is None
    assert len(curve["pieces"]) > 2
    run(capsys, "report", str(tmp_path / "flip.json"), "--format", "md", "--out", str(tmp_path))
    assert "an update of one step of size 0.25 has multiplier -1" in (tmp_path / "report.md").read_text()


def test_a_flip_of_a_step_is_no_answer_about_the_exact_iteration(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "curves", *STEPPED, "--step-size", "1/4", "--out", str(tmp_path))
    question = tmp_path / "question.json"
    assert run(capsys, "question", "curves", *STEPPED, "--out", str(question))[0] == 0
    code, out, err = run(capsys, "check", str(tmp_path / "flip.json"), "--question", str(question))
    assert code == 1
    assert "does not answer the question" in " ".join((out + err).split())

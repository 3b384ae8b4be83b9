"""``run``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audit.runs_drawn import as_csv, as_trl, drawn
from verified_grpo.checker import Outcome, check_file
from verified_grpo.checker.tables import ENDING, check_table

from .test_cli import run

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "runs" / "rollouts.csv")
TRL = str(ROOT / "examples" / "configurations" / "trl.yaml")


def test_the_example_on_one_screen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, text, _ = run(capsys, "run", EXAMPLE, "--beta", "0.04", "--out", str(tmp_path))
    said = " ".join(text.split())
    assert code == 0
    assert "against p_ref, 22 rose, 0 fell, 2 are open" in said
    assert "Step size: 0.048" in said
    assert "One step size explains the run" in said
    assert "the KL term holds it back in part" in said
    assert "from 0.01 to 0.5: 3" in said
    assert "Groups of 16 with one reward" in said
    assert len(text.splitlines()) <= 40
    assert max(map(len, text.splitlines())) <= 80
    limits = tmp_path / "limits.csv"
    certificates = sorted(set(tmp_path.glob("*.json")) - {tmp_path / f"limits.csv{ENDING}"})
    assert len(certificates) == 3 + 20
    assert check_table(limits).outcome is Outcome.ACCEPTED
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in certificates[::5])
    rows = (tmp_path / "prompts.csv").read_text().splitlines()
    assert (len(rows), sum(",rose," in row for row in rows)) == (25, 22)
    report = (tmp_path / "run.md").read_text()
    assert "20 files, from spent-1.json on" in report
    assert f"limits.csv{ENDING}" in report
    assert (tmp_path / "run-figures" / "rise.svg").exists()
    assert "about 0.95" in report


def test_a_run_of_trl_against_its_configuration(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    as_trl(tmp_path, list(drawn([-2.0, -1.0, 0.0], 12, 8, 0.4)))
    code, text, _ = run(capsys, "run", str(tmp_path), "--config", TRL)
    assert code == 0
    assert "Held against: contrast group(8, ddof 1)" in " ".join(text.split())
    assert "no configuration is given" not in text
    answer = json.loads(run(capsys, "run", str(tmp_path), "--config", TRL, "--json")[1])
    assert (answer["prompts"], answer["with_p_ref"], answer["steps"]) == (3, 3, [1, 12])
    assert answer["moved"]["fell"] == 0


def test_a_configuration_outside_the_model_leaves_the_rest(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    config = tmp_path / "trl.yaml"
    config.write_text("beta: 0.1\nnum_generations: 8\nscale_rewards: batch\nloss_type: grpo\n")
    path = as_csv(tmp_path / "log.csv", list(drawn([-2.0, 0.0], 10, 16, 0.5)))
    code, text, _ = run(capsys, "run", str(path), "--config", str(config), "--framework", "trl")
    assert code == 0
    assert "The step size is not known: scale_rewards" in " ".join(text.split())
    assert "KL spent" in text


def test_single_samples_are_no_group(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", [(1, "a", 0), (2, "a", 1)])
    out = ("--out", str(tmp_path), "--format", "html")
    code, text, _ = run(capsys, "run", str(path), "--beta", "0.1", *out)
    said = " ".join(text.split())
    assert code == 2
    assert "nothing is sure" in (tmp_path / "run.html").read_text()
    assert "supposed are rewards over their standard deviation" in said
    assert "Groups without signal: not known, as a visit has 1 samples" in said


def test_a_log_that_begins_late_has_no_p_ref(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = as_csv(tmp_path / "log.csv", list(drawn([0.0], 3, 4, 0.0, first=100)))
    code, text, _ = run(capsys, "run", str(path))
    said = " ".join(text.split())
    assert code == 2
    assert "The log begins at step 100" in said
    assert "What KL was spent is not known" in said
    assert "beta is not known" in said
    table = tmp_path / "reference.csv"
    table.write_text("prompt,k,n\np0,1,400\n")
    code, text, _ = run(capsys, "run", str(path), "--reference", str(table))
    assert "1 prompt has a p_ref, from the table of the reference" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((EXAMPLE, "--confidence", "1"), "the confidence must lie in (0, 1)"),
        ((EXAMPLE, "--target", "0"), "the target must lie in (0, 1)"),
        ((EXAMPLE, "--group-size", "1"), "a group has 2 samples or more, not 1"),
        ((EXAMPLE, "--beta", "-1"), "--beta must not be less than 0"),
        ((EXAMPLE, "--beta", "1", "--config", TRL), "--beta is that of --config"),
        ((EXAMPLE, "--framework", "trl"), "belong to --config"),
        ((EXAMPLE, "--step", "time"), "no column 'time'; there are step, prompt, k, n"),
        ((EXAMPLE, EXAMPLE), "step 1 is in two files"),
        ((EXAMPLE, "--out", "OUT", "--format", "doc"), "unknown format 'doc': choose md, html or pdf"),
        ((TRL,), "the name must end in .csv, .jsonl, .parquet"),
    ],
)
def test_what_cannot_be_answered_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, "run", *(str(tmp_path) if x == "OUT" else x for x in arguments))
    assert (code, out, len(err.splitlines())) == (64, "", 1)
    assert message in err

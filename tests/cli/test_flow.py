"""``limit --reach --flow``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared import check_once, reports_check_once
from verified_grpo.checker import Outcome

from .test_cli import run

POINT = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.001")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--reach", "0.008", "--flow", "1"), "p reaches 0.008 at a time in [0.29842"),
        (("--reach", "0.008", "--flow", "p(1-p)"), "p reaches 0.008 at a time in [72.9"),
        (("--beta", "0", "--reach", "0.9", "--flow", "1"), "p reaches 0.9 at a time in ["),
        (("--reach", "0.001", "--flow", "1"), "p is at 0.001 or above at once"),
        (("--reach", "0.009", "--flow", "1"), "p never reaches 0.009"),
    ],
)
def test_when_it_is_there(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    """The answer as text and as JSON, and the certificate, of which the report is told."""
    out = tmp_path / "flow.json"
    code, text, _ = run(capsys, "limit", *POINT, *arguments, "--out", str(out))
    assert (code, f"proved: {words}" in text) == (0, True), text
    assert check_once(tmp_path_factory, out.read_bytes()).outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, "limit", *POINT, *arguments, "--json")[1])
    assert answer["flow"]["never"] is ("never" in words)
    with reports_check_once(tmp_path_factory):
        run(capsys, "report", str(out), "--format", "md", "--out", str(tmp_path))
    assert "Time of the flow" in (tmp_path / "report.md").read_text()


def test_what_is_not_decided_is_not_called_proved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "flow.json"
    mixed = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.0005:0.002", "--reach", "0.01", "--flow", "1")
    code, text, _ = run(capsys, "limit", *mixed, "--out", str(out))
    assert (code, "undecided: " in text, "proved:" in text, out.exists()) == (2, True, False, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--flow", "1"), "--flow times --reach"),
        (("--flow", "1", "--reach", "0.5", "--step-size", "0.1"), "no use for steps"),
        (("--flow", "1", "--reach", "0.5", "--kl", "k3"), "not with --kl k3"),
        (("--flow", "p", "--reach", "0.5"), "--flow"),
        (("--flow", "1", "--reach", "1"), "strictly between 0 and 1"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, "limit", *POINT, *arguments)
    assert (code, out, err.count("\n")) == (64, "", 1)
    assert message in err

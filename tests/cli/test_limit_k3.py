"""``limit --kl k3``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file

from .test_cli import run

POINT = ("--beta", "2", "--eps", "1e-5", "--p-ref", "0.001")


def test_both_views_of_k3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "k3.json"
    code, out, _ = run(capsys, "limit", *POINT, "--kl", "k3", "--out", str(file))
    assert code == 0
    assert "k3 in the loss\n" in out
    assert "proved: for any steps up to 0.0569685 it rises to the only fixed point" in out
    assert "p in [0.20158611, 0.20158612]" in out
    assert "for some of these parameters it repels" in out
    for path in (file, tmp_path / "k3-exact.json"):
        assert check_file(path).outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, "limit", *POINT, "--kl", "k3", "--json")[1])
    views = answer["views"]
    assert (answer["kl"], views["maximiser"]["verdict"]) == ("k3", "repels")
    assert views["small_steps"]["verdict"] == "rises"
    assert views["small_steps"]["largest_step"][0].startswith("0.05696856")


def test_where_both_views_agree(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "limit", "--beta", "0.04", "--eps", "1e-4", "--p-ref", "0.1:0.5", "--kl", "k3")
    assert (code, "proved: the sequence tends to it, and it attracts" in out) == (0, True)


def test_the_page_says_which_kl(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "limit", *POINT, "--kl", "k3", "--out", str(tmp_path / "k3.json"))
    code, _, _ = run(capsys, "report", str(tmp_path / "k3.json"), "--format", "md", "--out", str(tmp_path))
    assert code == 0
    page = (tmp_path / "report.md").read_text()
    assert "Small steps under k3" in page
    assert "rises to the only zero of the drive" in page
    assert "(lemma 39)" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--beta", "0"), "ask without --kl"),
        (("--alpha", "0.5"), "alpha = 1 only"),
        (("--step-size", "0.1"), "--kl k3 has no use for --step-size"),
        (("--reach", "0.1"), "--kl k3 has no use for"),
        (("--start", "0.1"), "--kl k3 has no use for"),
        (("--period", "2"), "--kl k3 has no use for"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, "limit", *POINT, "--kl", "k3", *arguments)
    assert (code, out, err.count("\n")) == (64, "", 1)
    assert message in err


VERL = ("--contrast", "group", "--group-size", "8", "--ddof", "1", "--eps", "1e-6", "--p-ref", "0.3")
CLAMPED = ("--kl", "k3", "--kl-clamp", "10")


def test_a_clamp_ends_the_pull(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "clamped.json"
    code, out, _ = run(capsys, "limit", *VERL, "--beta", "0.1", *CLAMPED, "--out", str(file))
    assert code == 0
    assert "k3 in the loss, clamped at 10\n" in out
    assert "proved: no stop: for any steps, of any size, p rises, and tends to 1" in " ".join(out.split())
    assert "solved exactly" not in out
    assert check_file(file).outcome is Outcome.ACCEPTED
    answer = json.loads(run(capsys, "limit", *VERL, "--beta", "0.1", *CLAMPED, "--json")[1])
    assert answer["pull"] == {"kernel": "k3", "clamp": "10"}
    assert answer["views"]["maximiser"] is None
    assert answer["views"]["small_steps"]["verdict"] == "rises-to-one"


def test_dropped_groups_weigh_the_pull(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "dropped.json"
    asked = ("limit", *VERL, "--beta", "1", *CLAMPED, "--drop-dead-groups", "8")
    code, out, _ = run(capsys, *asked, "--out", str(file))
    assert code == 0
    assert "clamped at 10, groups of 8 with one reward dropped" in out
    assert "it rises to the least fixed point" in " ".join(out.split())
    assert "p in [0.69683415, 0.69683416]" in out
    run(capsys, "report", str(file), "--format", "md", "--out", str(tmp_path))
    page = (tmp_path / "report.md").read_text()
    assert "Small steps under another pull" in page
    assert "each weighted by 1 - v^7" in page
    assert "0 where r - 1 - log r exceeds 10" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--kl-clamp", "10"), "a clamp is one of the estimator k3"),
        (("--kl", "k3", "--kl-clamp", "0"), "must be greater than 0"),
        (("--kl", "k3", "--kl-clamp", "ten"), "ten"),
        (("--drop-dead-groups", "1"), "2 to 1024 answers"),
        (("--drop-dead-groups", "8", "--reach", "0.1"), "--drop-dead-groups has no use for"),
        (("--drop-dead-groups", "8", "--beta", "0"), "no KL is in the loss"),
    ],
)
def test_bad_pulls_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, "limit", *POINT, *arguments)
    assert (code, out, err.count("\n")) == (64, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("words", "match"),
    [
        (["--reach", "0.5", "--flow", "1", "--clip", "0.2"], "--clip"),
        (["--reach", "0.5", "--flow", "1", "--clip-high", "0.2"], "--clip-high"),
        (["--reach", "0.5", "--flow", "1", "--updates", "5"], "--updates"),
        (["--kl", "k3", "--updates", "5"], "--updates"),
        (["--kl", "k3", "--clip", "0.2"], "--clip"),
    ],
)
def test_no_option_is_passed_over(words: list[str], match: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "limit", "--beta", "5", "--eps", "1e-3", "--p-ref", "0.3", *words)
    assert (code, out) == (64, "")
    assert match in err

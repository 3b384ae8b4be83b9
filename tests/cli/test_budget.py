"""``budget``, end to end."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.intervals import exact

from .test_cli import run


def test_what_half_a_nat_buys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "budget.json"
    code, text, _ = run(
        capsys, "budget", "--p-ref", "0.01", "--kl", "0.5", "--best-of", "16", "--out", str(out)
    )
    assert code == 0
    said = " ".join(text.split())
    assert "no policy has p above 0.22177869" in said
    assert "a tilt of the reference gets to 0.22177868" in said
    assert "best of 16 0.14854222 to 0.14854223 0.2724476 to 0.27244761" in said
    assert max(map(len, text.splitlines())) <= 80
    assert check_file(out).outcome is Outcome.ACCEPTED
    run(capsys, "report", str(out), "--format", "md", "--out", str(tmp_path))
    page = (tmp_path / "report.md").read_text()
    assert "**PROVED** for all these parameters the largest p of a policy with KL" in page
    assert "a logged mean over tokens" in page


def test_over_ranges_the_bounds_are_those_of_the_worst(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(run(capsys, "budget", "--p-ref", "0.01:0.02", "--target", "0.5:0.6", "--json")[1])
    low, high = map(exact, answer["kl"])
    assert low < Fraction("1.2731") < Fraction("2.0935") < high  # kl(0.5, 0.02) and kl(0.6, 0.01)
    text = run(capsys, "budget", "--p-ref", "0.01:0.5", "--kl", "0.5:3")[1]
    assert "no p is ruled out where both are largest" in " ".join(text.split())
    assert "5 nats rule nothing out" in run(capsys, "budget", "--p-ref", "0.01", "--kl", "5")[1]


def test_counts_before_and_after(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "spent.json"
    code, text, _ = run(capsys, "budget", "--before", "3/64", "--after", "40/64", "--out", str(out))
    assert (code, "it rose; between such rates the KL is at least 0.31351857 nats" in text) == (0, True)
    assert check_file(out).outcome is Outcome.ACCEPTED
    code, text, _ = run(capsys, "budget", "--before", "40/64", "--after", "3/64")
    assert (code, "it fell" in text) == (0, True)
    code, text, _ = run(capsys, "budget", "--before", "3/64", "--after", "4/64")
    assert (code, "a KL of 0 is not ruled out" in text) == (2, True)


def test_a_table_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table, out = tmp_path / "counts.csv", tmp_path / "out.csv"
    table.write_text("prompt,before_k,before_n,after_k,after_n\na,1,64,60,64\nb,3,64,4,64\nc,60,64,2,64\n")
    code, text, _ = run(capsys, "budget", "--table", str(table), "--out", str(out))
    assert (code, text.startswith("3 prompts: 1 rose and 1 fell beyond doubt, 1 are open")) == (0, True)
    rows = [line.split(",") for line in out.read_text().splitlines()]
    assert [row[5] for row in rows[1:]] == ["rose", "open", "fell"]
    alone = json.loads(run(capsys, "budget", "--before", "1/64", "--after", "60/64", "--json")[1])
    assert exact(rows[1][-1]) < exact(alone["kl_at_least"])  # all at once is a weaker statement
    answer = json.loads(run(capsys, "budget", "--table", str(table), "--json")[1])
    mean = (exact(rows[1][-1]) + exact(rows[3][-1])) / 3
    assert exact(answer["mean_kl_at_least"]) <= mean < exact(answer["mean_kl_at_least"]) + Fraction(1, 10**7)
    table.write_text("before_k,before_n,after_k,after_n\n1,4,2,4\n")
    code, text, _ = run(capsys, "budget", "--table", str(table))
    assert (code, "no prompt is known to have moved" in text) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "budget asks for --p-ref, or for counts"),
        (("--p-ref", "0.01"), "budget asks for --kl, or for --target, or for a policy to place"),
        (("--p-ref", "0.01", "--kl", "1", "--target", "0.5"), "one of them"),
        (("--p-ref", "0", "--kl", "1"), "p_ref must lie in (0, 1)"),
        (("--p-ref", "0.01", "--kl", "-1"), "a KL is 0 or more"),
        (("--p-ref", "0.01:0.02", "--best-of", "4"), "ask for one p_ref, not for a range"),
        (("--p-ref", "0.01", "--mix", "0.5"), "it asks for that, too"),
        (("--p-ref", "0.01", "--best-of", "4", "--out", "x.json"), "--out writes the certificate of"),
        (("--p-ref", "0.01", "--kl", "1", "--confidence", "0.9"), "--confidence is that of counts"),
        (("--before", "3/64"), "--before and --after go together"),
        (("--before", "3/64", "--after", "64"), "counts are typed k/n, as in 3/64"),
        (("--before", "3/64", "--after", "65/64"), "counts are k/n with 0 <= k <= n"),
        (("--before", "3/64", "--after", "4/64", "--kl", "1"), "--kl does not go with counts"),
        (("--before", "3/64", "--after", "4/64", "--confidence", "1"), "the confidence must lie in (0, 1)"),
        (("--table", "none.csv", "--before", "3/64"), "--table holds the counts"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "budget", *arguments)
    assert (code, out, len(err.splitlines())) == (64, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("prompt,before_k,before_n,after_k\n", "no column after_n"),
        ("before_k,before_n,after_k,after_n\n", "no prompt has counts before and after"),
        ("before_k,before_n,after_k,after_n\n1,2,x,2\n", "row 1: after_k is a whole number, not 'x'"),
        ("before_k,before_n,after_k,after_n\n1,2,3\n", "row 1: after_n is a whole number, not ''"),
        ("before_k,before_n,after_k,after_n\n3,2,1,2\n", "row 1: counts are k/n"),
        ("prompt,before_k,before_n,after_k,after_n\na,1,2,1,2\na,1,2,1,2\n", "'a' is there twice"),
    ],
)
def test_a_table_that_is_none_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str, message: str
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(table)
    code, _, err = run(capsys, "budget", "--table", str(path))
    assert (code, message in err) == (64, True)
    assert run(capsys, "budget", "--table", str(tmp_path / "absent.csv"))[0] == 74

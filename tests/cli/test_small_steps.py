"""Two views on the command line: small steps first, the exact iteration second; and steps of a size."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.intervals import exact

from .test_cli import run

GROUP = ("--contrast", "group", "--group-size", "16", "--ddof", "1", "--eps", "1e-4", "--beta", "0.6")
FLAGSHIP = ("limit", *GROUP, "--p-ref", "0.001", "--engine", "arb")
POINT = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.001")


def near(texts: Any, value: str, digits: int = 4) -> bool:
    low, high = (exact(text) for text in texts)
    room = Fraction(1, 10**digits)
    return low <= high and abs(low - exact(value)) < room and abs(high - exact(value)) < room


def test_the_group_of_sixteen_settles_where_the_exact_iteration_cycles(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, *FLAGSHIP, "--out", str(tmp_path / "limit.json"), "--json")
    answer = json.loads(out)
    views = answer["views"]
    small, exactly, part = views["small_steps"], views["maximiser"], views["part"]
    assert (code, small["verdict"], exactly["verdict"]) == (0, "rises", "cycle")
    assert near(small["limit"]["p"], "0.0949")
    assert near(small["largest_step"], "0.8329")
    assert near(small["largest_share"], "0.4997")
    assert near(exactly["points"][0]["p"], "0.0871")
    assert near(exactly["points"][1]["p"], "0.1033")
    assert exactly["points"] == answer["points"]
    assert part["differ"] is True
    assert near(part["flip_share"], "0.9995")
    assert exact(part["share"][0]) <= exact(small["largest_share"][1]) < exact(part["share"][1]) <= 1
    claims = [
        json.loads((tmp_path / name).read_bytes())["statement"]
        for name in ("limit.json", "limit-small-steps.json")
    ]
    assert [claim["kind"] for claim in claims] == ["limit", "small-steps"]
    assert all(check_file(file, "arb").outcome is Outcome.ACCEPTED for file in tmp_path.iterdir())


def test_both_views_are_said_small_steps_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *FLAGSHIP)
    assert code == 0
    small, exactly = out.split("solved exactly at every step (the paper's iteration):")
    assert "proved: for any steps up to 0.832934 it rises to the only fixed point" in small
    assert "p in [0.094945055, 0.094945056]" in small
    assert "period 2" in exactly
    assert "the two part at a share in [0.49976, 1]" in exactly
    assert "(local flip: the fixed point repels beyond a share in [0.99952, 0.99953])" in exactly


def test_limits_keep_the_order_of_the_prompts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Solved exactly the easiest of the three ends lowest."""
    ends = []
    for p_ref in ("0.001", "0.01", "0.02"):
        out = run(capsys, "limit", "--beta", "1", "--eps", "1e-5", "--p-ref", p_ref, "--json")[1]
        answer = json.loads(out)
        ends.append([exact(text) for text in answer["views"]["small_steps"]["limit"]["p"]])
        assert answer["views"]["part"]["differ"] is (p_ref != "0.02")
    assert ends[0][1] < ends[1][0] < ends[1][1] < ends[2][0]
    assert abs(ends[2][0] - exact("0.1995")) < exact("1e-4")


def test_a_parting_share_below_one_has_its_certificate(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The orbit overshoots into another basin long before the local flip (at 0.706)."""
    file = tmp_path / "limit.json"
    out = run(
        capsys, "limit", "--beta", "1", "--eps", "1e-5", "--p-ref", "0.001", "--out", str(file), "--json"
    )[1]
    part = json.loads(out)["views"]["part"]
    assert near(part["share"][1:] * 2, "0.3836")
    assert near(part["flip_share"], "0.7062")
    witness = tmp_path / "limit-parting.json"
    assert check_file(witness).outcome is Outcome.ACCEPTED
    claim = json.loads(witness.read_bytes())["statement"]
    assert exact(claim["parameters"]["alpha"]) == exact(part["share"][1])
    assert exact(claim["points"][0]["p"][0]) > Fraction(1, 2)


def test_without_kl_any_steps_rise(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "free.json"
    free = ("limit", "--beta", "0", "--eps", "1e-5", "--p-ref", "0.001")
    code, out, _ = run(capsys, *free, "--out", str(file), "--json")
    views = json.loads(out)["views"]
    assert (code, views["maximiser"], views["small_steps"]["verdict"]) == (0, None, "rises-to-one")
    assert views["small_steps"]["largest_step"] is None
    assert check_file(tmp_path / "free-small-steps.json").outcome is Outcome.ACCEPTED
    assert "p rises, and tends to 1" in run(capsys, *free)[1]
    code, out, _ = run(capsys, "limit", "--beta", "0:5", "--eps", "1e-5", "--p-ref", "0.001")
    assert (code, "or to\n1 where there is none" in out) == (0, True)


def test_a_step_of_a_size_is_said_and_answered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "steps.json"
    code, out, _ = run(
        capsys, "limit", *POINT, "--step-size", "0.05", "--inner-steps", "2", "--out", str(file), "--json"
    )
    answer = json.loads(out)
    assert (code, answer["verdict"]) == (0, "fixed-point")
    assert answer["update"] == {"step_size": "0.05", "inner_steps": 2, "share": "0.4375"}
    assert near(answer["points"][0]["p"], "0.008622")
    assert answer["all_fixed_points"]["fixed_points"][0]["kind"] == "attracting"
    assert check_file(file).outcome is Outcome.ACCEPTED
    code, out, _ = run(capsys, "limit", *POINT, "--step-size", "0.05")
    assert out.startswith(
        "steps of size 0.05: a share of 0.25 of the way to the maximiser:\nproved: the sequence"
    )
    code, out, _ = run(capsys, "limit", *POINT, "--step-size", "0.2", "--period", "2")
    assert "a share of 1 of the way" in out
    assert "exactly 1 cycle of period 2" in out


@pytest.mark.parametrize("command", ["fixed-points", "chaos"])
def test_other_commands_take_steps(capsys: pytest.CaptureFixture[str], command: str) -> None:
    point = ("--beta", "0.68", "--eps", "1e-5", "--p-ref", "0.001")
    out = run(capsys, command, *point, "--step-size", "0.1")[1]
    assert out.startswith("steps of size 0.1: a share of 0.068 of the way to the maximiser:")
    out = run(capsys, command, *point, "--step-size", "0.1", "--json")[1]
    assert json.loads(out)["update"]["share"] == "0.068"


def test_fixed_points_stay_and_their_kinds_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = (
        json.loads(run(capsys, "fixed-points", *POINT, *steps, "--json")[1])["fixed_points"]
        for steps in ((), ("--step-size", "0.1"))
    )
    assert [point["p"][0][:12] for point in whole] == [point["p"][0][:12] for point in part]
    assert (whole[0]["kind"], part[0]["kind"]) == ("repelling", "attracting")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--step-size", "0"), "the step size must be greater than 0"),
        (("--step-size", "-0.1"), "the step size must be greater than 0"),
        (("--step-size", "0.21"), "beyond one whole step"),
        (("--step-size", "abc"), "not a number"),
        (("--step-size", "0.1", "--inner-steps", "101"), "inner steps must be from 1 to 100, not 101"),
        (("--step-size", "0.1", "--inner-steps", "0"), "inner steps must be from 1 to 100, not 0"),
        (("--inner-steps", "2"), "--inner-steps belongs to --step-size"),
        (("--beta", "-1"), "beta must not be less than 0"),
        (("--beta", "0", "--start", "0.5"), "without KL no policy maximises the update"),
        (("--step-size", "0.1", "--reach", "1"), "strictly between 0 and 1"),
        (("--reach", "0.5", "--start", "0.1"), "no use for --start or --period"),
        (("--reach", "0.5", "--period", "2"), "no use for --start or --period"),
        (("--beta", "0", "--period", "2"), "without KL no policy maximises the update"),
    ],
)
def test_bad_steps_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, "limit", *POINT, *arguments)
    assert (code, out, err.count("\n")) == (64, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("arguments", "steps", "words"),
    [
        (("--step-size", "0.02", "--reach", "0.008"), [13, 13], "p reaches 0.008 after exactly 13 updates"),
        (("--step-size", "0.02", "--reach", "0.001"), [0, 0], "at once"),
        (("--step-size", "0.02", "--reach", "0.1"), None, "p never reaches 0.1"),
        (("--beta", "0", "--step-size", "0.01", "--reach", "0.9"), [243, 243], "after exactly 243 updates"),
        (
            ("--p-ref", "0.001:0.002", "--step-size", "0.02", "--reach", "0.004"),
            [2, 4],
            "2 at least and 4 at most",
        ),
    ],
)
def test_how_many_steps_to_a_target(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    steps: list[int] | None,
    words: str,
) -> None:
    file = tmp_path / "passage.json"
    code, out, _ = run(capsys, "limit", *POINT, *arguments, "--out", str(file), "--json")
    answer = json.loads(out)
    assert (code, answer["passage"]["steps"], answer["passage"]["never"]) == (0, steps, steps is None)
    assert check_file(file).outcome is Outcome.ACCEPTED
    assert words in run(capsys, "limit", *POINT, *arguments)[1]


def test_steps_that_may_overshoot_are_not_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "passage.json"
    code, out, _ = run(capsys, "limit", *POINT, "--reach", "0.008", "--out", str(file))
    assert (code, "undecided: such steps may overshoot" in out, file.exists()) == (2, True, False)


def test_a_passage_of_groups_says_how_often_a_visit_teaches_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    group = ("--contrast", "group", "--group-size", "8", "--ddof", "1", "--eps", "1e-4", "--beta", "0.6")
    way = (*group, "--p-ref", "0.001", "--step-size", "0.01", "--reach", "0.002")
    code, out, _ = run(capsys, "limit", *way)
    assert (code, "after exactly 31 updates" in out) == (0, True)
    said = "with probability 0.992028 at most, and 31 in a row do with 0.780264 at most"
    assert said in " ".join(out.split())
    none = json.loads(run(capsys, "limit", *way, "--json")[1])["no_signal"]
    once = Fraction(1, 1000) ** 8 + Fraction(999, 1000) ** 8
    assert exact(none["one_visit"]) == once
    low, high = (exact(end) for end in none["all_visits"])
    assert low <= once ** none["visits"] <= high
    paper = json.loads(run(capsys, "limit", *POINT, "--step-size", "0.02", "--reach", "0.008", "--json")[1])
    assert "no_signal" not in paper

"""``audit`` and small steps: configurations and properties, as they are typed."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.sequences.passage import Passage, passage

from .test_cli import run

FILES = Path(__file__).parents[2] / "examples" / "configurations"
REVERSE, K3, NO_KL = (
    str(FILES / name) for name in ("trl-bias-corrected.yaml", "trl.yaml", "trl-default.json")
)
SCALED = str(FILES / "open_instruct.yaml")


def test_a_configuration_says_how_far_one_update_may_go(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "audit", "--config", REVERSE, "--json", "--out", str(tmp_path))
    answer = json.loads(out)
    views = answer["views"]
    assert (code, answer["verdict"], views["same"]) == (0, "proved", True)
    small = views["small_steps"]
    # the share is the step times beta, the least p* that of the least p_ref
    assert abs(exact(small["largest_share"]) - exact(small["largest_step"]) / 5) < Fraction(1, 10**9)
    assert answer["answer"].startswith("Small steps lead every prompt to its least fixed point, p* >= 0.9954")
    assert exact(small["limit"]["p"][0]) >= exact("0.9954")
    assert views["largest_beta"] == "0.2512"
    names = {path.stem for path in (tmp_path / "certificates").iterdir()}
    assert {"small-steps", "largest-beta"} <= names
    for path in (tmp_path / "certificates").iterdir():
        assert check_file(path).outcome is Outcome.ACCEPTED
    statement = json.loads((tmp_path / "certificates" / "largest-beta.json").read_bytes())["statement"]
    assert (statement["kind"], statement["parameters"]["beta"]) == ("small-steps", ["0", "0.2512"])
    assert exact(statement["beyond"]) >= 0


def test_where_the_exact_maximiser_differs_it_is_said_second(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("audit", "--config", REVERSE, "--beta", "3", "--p-ref", "0.001:0.5")
    code, out, _ = run(capsys, *words)
    assert code == 0
    assert (
        out.index("Small steps lead") < out.index("A ceiling, not a forecast") < out.index("Solved exactly")
    )
    assert "it is not proved that every prompt settles" in " ".join(out.split())
    same = " ".join(run(capsys, "audit", "--config", K3)[1].split())
    assert "Solved exactly at every step, as in the paper, every prompt ends at the same place." in same


def test_another_target(capsys: pytest.CaptureFixture[str]) -> None:
    betas = []
    for target in ("0.2", "1/2", "0.9"):
        _, out, _ = run(capsys, "audit", "--config", REVERSE, "--target", target, "--json")
        answer = json.loads(out)
        betas.append(exact(answer["views"]["largest_beta"]))
        assert answer["views"]["target"] == ("0.5" if target == "1/2" else target)
    assert betas == sorted(betas, reverse=True)
    _, out, _ = run(capsys, "audit", "--config", REVERSE, "--p-ref", "0.5:0.9", "--json")
    assert json.loads(out)["guarantee"] == (
        "Every beta > 0 lets all these prompts end at 1/2 or above (p_ref >= 1/2)."
    )


def test_without_kl_a_configuration_is_answered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("audit", "--config", NO_KL, "--step-size", "0.05", "--target", "0.9", "--out", str(tmp_path))
    code, out, _ = run(capsys, *words, "--json")
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["views"]["maximiser"]) == (0, "proved", None)
    assert answer["views"]["largest_beta"] is None
    box = StepParameters.of(beta=0, eps="1e-4", p_ref="0.001:0.999")
    found = passage(Contrast("group", 8, 1), Update.of("0.05").recursion(box), "0.9")
    assert isinstance(found, Passage)
    assert found.steps is not None
    said = {item["name"]: item["answer"] for item in answer["findings"]}
    assert said["this-step"] == "Steps of size 0.05 lead every prompt to p = 1."
    assert said["passage"] == f"Every prompt gets to p = 0.9, after 0 to {found.steps[1]} updates."
    for path in (tmp_path / "certificates").iterdir():
        assert check_file(path).outcome is Outcome.ACCEPTED
    code, out, _ = run(capsys, "audit", "--config", REVERSE, "--beta", "0", "--json")
    assert (code, json.loads(out)["regulariser"]) == (0, "none")


def test_a_step_within_the_bound_and_one_beyond(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("audit", "--config", REVERSE, "--beta", "10", "--p-ref", "0.01:0.5", "--json")
    for size, kept in (("0.05", True), ("0.1", False)):
        _, out, _ = run(capsys, *words, "--step-size", size)
        answer = json.loads(out)
        bound = exact(answer["views"]["small_steps"]["largest_share"])
        assert (exact(size) * 10 <= bound) is kept
        assert ("small ones" in answer["answer"]) is kept
        assert ("exceed the bound" in answer["answer"]) is not kept
    code, out, _ = run(capsys, "audit", "--config", K3, "--step-size", "20", "--json")
    assert (code, json.loads(out)["verdict"]) == (2, "undecided")


def test_the_scale_of_a_contrast_scales_the_steps_and_not_beta(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Omega is 7.5: a step of 0.01 without KL adds 0.075 to the log-odds, whatever beta would have been."""
    table, out = tmp_path / "t.csv", tmp_path / "o.csv"
    table.write_text("k,n\n1,1000\n1,3\n")
    words = ("audit", "--pass-rates", str(table), "--config", SCALED, "--beta", "0", "--out", str(out))
    code, text, _ = run(capsys, *words, "--step-size", "0.01", "--json")
    assert (code, json.loads(text)["question"]["unit"]) == (0, "7.5")
    # log(999)/0.075 = 92.09, log(2)/0.075 = 9.24
    assert json.loads(text)["steps"] == [10, 93]
    _, text, _ = run(capsys, "audit", "--config", SCALED, "--step-size", "0.01", "--beta", "0", "--json")
    said = {item["name"]: item["answer"] for item in json.loads(text)["findings"]}
    assert said["passage"] == "Every prompt gets to p = 0.5, after 0 to 93 updates."


PROPERTY = ("audit", "--property")
BOX = ("--beta", "5", "--eps", "1e-5", "--p-ref", "0.001:0.002")


def test_a_property_of_one_step(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The exact iteration cycles at p_ref 0.001; half of the way it settles, all over the range."""
    assert run(capsys, *PROPERTY, "convergence", *BOX[:-1], "0.001")[0] != 0
    file = tmp_path / "c.json"
    words = (*PROPERTY, "convergence", *BOX, "--step-size", "0.1", "--out", str(file))
    code, out, _ = run(capsys, *words)
    assert code == 0
    assert out.startswith(
        "steps of size 0.1: a share of 0.5 of the way to the maximiser:\nproved: convergence"
    )
    assert check_file(file).outcome is Outcome.ACCEPTED
    statement = json.loads(file.read_bytes())["statement"]
    assert (statement["parameters"]["alpha"], statement["parameters"]["beta"]) == ("0.5", "10")
    code, out, _ = run(capsys, *words, "--json")
    assert json.loads(out)["update"] == {"step_size": "0.1", "inner_steps": 1, "share": "0.5"}


def test_a_property_over_ranges_of_steps_is_proved_or_left_undecided(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = (*PROPERTY, "no-cycles", "--beta", "1:2", "--eps", "1e-3", "--p-ref", "0.1:0.5")
    assert run(capsys, *words, "--step-size", "0.01", "--inner-steps", "2")[0] == 0
    code, out, _ = run(capsys, *PROPERTY, "contraction", *BOX, "--step-size", "0.05:0.1")
    assert code == 2
    assert "ask about one beta and one step size" in " ".join(out.split())
    code, out, _ = run(capsys, *PROPERTY, "contraction", *BOX, "--step-size", "0.05")
    assert (code, "refuted" in out) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--beta", "0"), "beta must be greater than 0"),
        (("--beta", "0", "--step-size", "0"), "the step size must be greater than 0"),
        (("--beta", "5", "--step-size", "0.3"), "step size times beta must be at most 1"),
        (("--beta", "5", "--inner-steps", "2"), "--inner-steps belongs to --step-size"),
        (("--beta", "5", "--step-size", "x"), "step size"),
        (("--beta", "5", "--step-size", "0.1", "--inner-steps", "101"), "inner steps must be from 1 to 100"),
        (("--beta", "1:5", "--step-size", "0.1", "--largest-set", "beta"), "--step-size cannot be combined"),
    ],
)
def test_steps_out_of_their_domain_are_one_line(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, error = run(capsys, *PROPERTY, "contraction", "--eps", "1e-5", "--p-ref", "0.1", *words)
    assert (code, out, error.count("\n")) == (64, "", 1)
    assert said in error

"""``advise``: one's own prompts under a configuration, from a table to certificates."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verified_grpo.audit.advice.groups import samples_for_a_success, without_signal
from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main
from verified_grpo.errors import InputError

CONFIGURATIONS = Path(__file__).parents[2] / "examples" / "configurations"
REVERSE = CONFIGURATIONS / "trl-bias-corrected.yaml"
PAPER = ("--beta", "5", "--eps", "1e-5")
TABLE = "k,n\n" + "0,8\n" * 3 + "1,8\n" * 4 + "4,8\n" * 5 + "8,8\n"


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(str(end.value.code))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rates.csv"
    path.write_text(TABLE)
    return path


def advised(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> Any:
    assert run("advise", *words, "--json") == code
    return json.loads(capsys.readouterr().out)


def test_every_prompt_is_counted_once(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = advised(capsys, "--pass-rates", table, "--config", REVERSE)
    assert {(one["k"], one["n"]): (one["prompts"], one["outcome"]) for one in found["rates"]} == {
        (0, 8): (3, "no success"),
        (1, 8): (4, "arrives"),
        (4, 8): (5, "arrives"),
        (8, 8): (1, "no failure"),
    }
    assert found["prompts"] == 13
    assert found["without_success"][0]["n"] == 8
    assert abs(float(found["without_success"][0]["p_at_most"]) - 0.369417) < 1e-5
    assert {one["p"]: one["n"] for one in found["samples"]} == {"0.1": 29, "0.01": 299, "0.001": 2995}


def test_a_fold_holds_prompts_back_and_below_the_largest_beta_none(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = advised(capsys, "--pass-rates", table, *PAPER)
    outcomes = {one["k"]: one["outcome"] for one in found["rates"]}
    assert (outcomes[1], outcomes[4]) == ("held back", "arrives")
    beta = found["largest_beta"][0]["beta"]
    below = advised(capsys, "--pass-rates", table, "--beta", beta, "--eps", "1e-5")
    assert {one["outcome"] for one in below["rates"] if 0 < one["k"] < 8} == {"arrives"}
    above = advised(capsys, "--pass-rates", table, "--beta", str(float(beta) * 1.01), "--eps", "1e-5")
    assert {one["k"]: one["outcome"] for one in above["rates"]}[1] in ("held back", "below")


def test_at_a_lower_share_richer_prompts_decide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("k,n\n1,100\n" + "10,100\n" * 8 + "30,100\n" * 11)
    found = advised(capsys, "--pass-rates", path, "--config", REVERSE)
    assert [one["p_ref"] for one in found["largest_beta"]] == ["0.01", "0.1", "0.3"]
    betas = [float(one["beta"]) for one in found["largest_beta"]]
    assert betas == sorted(betas)


def test_certificates_are_accepted(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "advice"
    assert run("advise", "--pass-rates", table, "--config", REVERSE, "--out", out) == 0
    assert "certificates written" in capsys.readouterr().err
    names = {path.name for path in out.glob("*.json")}
    assert {"rate-1-of-8.json", "rate-4-of-8.json", "largest-beta-100-percent.json"} <= names
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in out.glob("*.json"))


def test_a_clamp_and_dropped_groups_are_taken_in(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "algorithm: {adv_estimator: grpo, filter_groups: {enable: true}}\n"
        "actor_rollout_ref: {actor: {use_kl_loss: true, kl_loss_coef: 1}, rollout: {n: 8}}\n"
    )
    found = advised(capsys, "--pass-rates", table, "--config", path)
    assert {one["outcome"] for one in found["rates"] if 0 < one["k"] < 8} == {"arrives"}
    assert "filter_groups.enable" in found["no_largest_beta"]
    path.write_text(
        path.read_text().replace(", filter_groups: {enable: true}", "").replace("coef: 1", "coef: 0.001")
    )
    found = advised(capsys, "--pass-rates", table, "--config", path)
    assert found["largest_beta"][0]["idle_from"] != "0"
    steps = {one["k"]: one["small_steps"] for one in found["rates"]}
    assert steps[1]["limit"] is None
    assert steps[1]["verdict"] == "proved"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 64, "Missing option '--beta'"),
        (("--config", REVERSE, "--eps", "1"), 64, "--eps cannot be combined"),
        ((*PAPER, "--target", "1"), 64, "strictly between 0 and 1"),
        ((*PAPER, "--framework", "trl"), 64, "belong to --config"),
        (("--beta", "-1", "--eps", "1"), 64, "beta >= 0"),
    ],
)
def test_bad_input(
    words: tuple[object, ...], code: int, said: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("advise", "--pass-rates", table, *words) == code
    error = capsys.readouterr().err
    assert said in " ".join(error.split())
    assert "Traceback" not in error


def test_a_refused_file_gives_no_advice(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("beta: 0.04\nnum_generations: 8\nloss_type: vespo\n")
    assert run("advise", "--pass-rates", table, "--config", path) == 2
    assert "loss_type vespo" in " ".join(capsys.readouterr().err.split())


def test_more_rates_than_are_asked_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("pass_rate\n" + "".join(f"0.{i:05}\n" for i in range(1, 1100)))
    assert run("advise", "--pass-rates", path, *PAPER) == 64
    assert "more than 1024 different rates" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_share_without_signal_is_that_of_all_groups(size: int) -> None:
    """Every group of a prompt with k successes in n, one by one."""
    rates, total, alike = {(1, 4): 3, (2, 3): 1, (0, 4): 2}, Fraction(0), Fraction(0)
    for (k, n), count in rates.items():
        for group in product((0, 1), repeat=size):
            chance = Fraction(1)
            for reward in group:
                chance *= Fraction(k if reward else n - k, n)
            total += count * chance
            alike += count * chance * (len(set(group)) == 1)
    assert without_signal(rates, size) == alike / total


@given(
    p=st.fractions(Fraction(1, 500), Fraction(499, 500)),
    confidence=st.fractions(Fraction(1, 100), Fraction(999, 1000)),
)
@settings(max_examples=60, deadline=None)
def test_no_fewer_samples_show_a_success(p: Fraction, confidence: Fraction) -> None:
    n = samples_for_a_success(p, confidence)
    assert 1 - (1 - p) ** n >= confidence
    assert n == 1 or 1 - (1 - p) ** (n - 1) < confidence


def test_domains_of_what_samples_show() -> None:
    with pytest.raises(InputError):
        without_signal({(1, 2): 1}, 1)
    with pytest.raises(InputError):
        samples_for_a_success(Fraction(0), Fraction(1, 2))

"""``--config`` of fixed-points and limit, and ``compare``: a file's numbers in the place of options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main

FOLDER = Path(__file__).parents[2] / "examples" / "configurations"
TRL, WEIGHTED, FREE = (FOLDER / f"trl{name}" for name in (".yaml", "-bias-corrected.yaml", "-default.json"))


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return int(str(end.value.code))


def printed(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> Any:
    assert run(*words, "--json") == code
    return json.loads(capsys.readouterr().out)


def test_a_files_fixed_points_are_those_of_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "fixed-points", "--config", WEIGHTED, "--p-ref", "0.3")
    typed = ["--beta", "0.2", "--eps", "1e-4", "--contrast", "group", "--group-size", "8", "--ddof", "1"]
    assert found["fixed_points"] == printed(capsys, "fixed-points", *typed, "--p-ref", "0.3")["fixed_points"]
    read = {item["key"]: item["origin"] for item in found["configuration"]["settings"]}
    assert read["beta"] == "line 3"


def test_under_k3_there_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At beta 1 a run of the framework's own code ends at 0.6903."""
    path = tmp_path / "c.yaml"
    path.write_text("beta: 1\nnum_generations: 8\n")
    out = tmp_path / "c.json"
    old = ("--config", path, "--framework-version", "1.9.0", "--p-ref", "0.3")
    found = printed(capsys, "fixed-points", *old, "--out", out)
    assert (found["kl"], found["count"]) == ("k3", 1)
    assert abs(float(found["fixed_points"][0]["p"][0]) - 0.6903) < 1e-4
    assert check_file(out).outcome is Outcome.ACCEPTED
    typed = ["--beta", "1", "--eps", "1e-4", "--contrast", "group", "--group-size", "8", "--ddof", "1"]
    same = printed(capsys, "fixed-points", *typed, "--p-ref", "0.3", "--kl", "k3")
    assert same["fixed_points"] == found["fixed_points"]
    new = printed(capsys, "fixed-points", "--config", path, "--p-ref", "0.3")
    assert abs(float(new["fixed_points"][0]["p"][0]) - 0.7371) < 1e-4


def test_limit_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    k3 = printed(capsys, "limit", "--config", TRL, "--p-ref", "0.1")
    assert (k3["kl"], k3["views"]["small_steps"]["verdict"]) == ("k3", "rises")
    reverse = printed(capsys, "limit", "--config", WEIGHTED, "--p-ref", "0.1", "--beta", "2")
    assert reverse["configuration"]["weight"] == "2"
    free = printed(capsys, "limit", "--config", FREE, "--p-ref", "0.1")
    assert free["configuration"]["weight"] == "0"
    assert run("limit", "--config", TRL, "--p-ref", "0.1") == 0
    assert "beta 0.04 (line 4)" in capsys.readouterr().out


def test_what_a_file_has_no_room_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("beta: 1\nnum_generations: 8\nscale_rewards: batch\n")
    mean = tmp_path / "m.yaml"
    mean.write_text("beta: 1\nnum_generations: 8\nscale_rewards: none\n")
    for words, message, code in (
        (("--config", TRL, "--eps", "1"), "--eps cannot be combined with --config", 64),
        (("--config", TRL, "--contrast", "mean"), "--contrast cannot be combined with --config", 64),
        (("--config", TRL, "--alpha", "0.5"), "--alpha cannot be combined with --config", 64),
        (("--config", TRL, "--kl", "k3"), "--kl cannot be combined with --config", 64),
        (("--beta", "1"), "Missing option '--eps'.", 64),
        (("--beta", "1", "--eps", "1", "--framework", "trl"), "--framework belongs to --config", 64),
        (("--config", path), "scale_rewards batch", 2),
    ):
        for command in ("fixed-points", "limit"):
            assert run(command, *words, "--p-ref", "0.1") == code
            error = capsys.readouterr().err
            assert message in error
            assert error.count("\n") == 1


# --- compare


def test_one_file_at_two_weights(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "compare", TRL, "--beta", "1", "--p-ref", "0.1,0.5")
    assert found["verdict"] == "proved"
    assert found["higher"] == ["first", "first"]
    assert [difference["what"] for difference in found["differences"]] == ["KL weight"]
    alone = found["differences"][0]["alone"]
    assert alone == found["sides"][1]["points"]


def test_each_difference_is_tried_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = tmp_path / "a.yaml", tmp_path / "b.yaml"
    a.write_text("beta: 1\nnum_generations: 8\nuse_bias_correction_kl: false\n")
    b.write_text("beta: 2\nnum_generations: 8\nscale_rewards: none\n")
    found = printed(capsys, "compare", a, b, "--p-ref", "0.3")
    assert [difference["what"] for difference in found["differences"]] == ["advantage", "KL weight", "KL"]
    ends = [float(d["alone"][0]["small_steps"]["limit"]["p"][0]) for d in found["differences"]]
    assert abs(ends[2] - 0.7371) < 1e-4  # the first with the second's KL: TRL 1.16 at beta 1
    single = tmp_path / "c.yaml"
    for end, text in (
        (ends[0], "beta: 1\nnum_generations: 8\nscale_rewards: none\nuse_bias_correction_kl: false\n"),
        (ends[1], "beta: 2\nnum_generations: 8\nuse_bias_correction_kl: false\n"),
    ):
        single.write_text(text)
        alone = printed(capsys, "fixed-points", "--config", single, "--p-ref", "0.3")
        assert abs(float(alone["fixed_points"][0]["p"][0]) - end) < 1e-9
    keys = {item["key"]: (item["first"], item["second"]) for item in found["keys"]}
    assert keys["scale_rewards"] == ("group", "none")
    assert "num_generations" not in keys


def test_the_same_variant_in_other_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.sh"
    path.write_text("B=0.20\ntrl grpo --beta $B --num_generations 8 --scale-rewards True\n")
    found = printed(capsys, "compare", WEIGHTED, path)
    assert set(found["higher"]) == {"same"}
    assert found["differences"] == []


def test_comparisons_that_are_not_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("beta: 1\nnum_generations: 8\nloss_type: vespo\n")
    found = printed(capsys, "compare", TRL, path, "--p-ref", "0.3", code=2)
    assert "loss_type" in found["answer"]
    assert found["higher"] == ["undecided"]
    assert run("compare", path, path) == 2
    assert "Nothing is compared" in capsys.readouterr().out.replace("\n", " ")
    for words, message in (
        ((TRL,), "two configurations"),
        ((TRL, TRL, "--beta", "1"), "two configurations"),
        ((TRL, TRL, "--p-ref", "1"), "strictly between 0 and 1"),
        ((TRL, TRL, "--p-ref", ""), "where a number is wanted"),
        ((TRL, tmp_path / "none.yaml"), "expected a configuration file"),
    ):
        assert run("compare", *words) in (64, 74)
        assert message in capsys.readouterr().err


def test_how_long_prompts_take_stands_beside_where_they_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(capsys, "compare", WEIGHTED, "--beta", "1", "--p-ref", "0.1,0.3")
    first, second = (side["arrivals"] for side in found["sides"])
    assert second[0]["never"]
    assert (second[0]["time"], found["target"]) == (None, "0.5")
    low, high = (float(end) for end in first[1]["time"])
    assert low <= high < float(second[1]["time"][0])
    typed = ("--contrast", "group", "--group-size", "8", "--ddof", "1", "--eps", "1e-4", "--p-ref", "0.3")
    flow = printed(capsys, "limit", *typed, "--beta", "0.2", "--reach", "0.5", "--flow", "1")
    assert flow["flow"]["time"] == first[1]["time"]
    counted = printed(
        capsys, "compare", WEIGHTED, "--beta", "1", "--p-ref", "0.3", "--target", "0.6", "--step-size", "0.01"
    )
    for side, beta in zip(counted["sides"], ("0.2", "1"), strict=True):
        steps = printed(capsys, "limit", *typed, "--beta", beta, "--reach", "0.6", "--step-size", "0.01")
        assert side["arrivals"][0]["updates"] == steps["passage"]["steps"]


def test_under_k3_no_time_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "compare", TRL, WEIGHTED, "--p-ref", "0.3", "--framework-version", "1.9.0")
    assert "KL(pi||pi_ref) alone" in found["sides"][0]["arrivals"][0]["reason"]
    assert run("compare", TRL, WEIGHTED, "--p-ref", "0.3", "--framework-version", "1.9.0") == 0
    assert "not known: times and updates" in capsys.readouterr().out


def test_dropped_groups_and_clamps_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """verl's own code at beta 1, p_ref 0.3 ends at 0.6904, with dropped groups at 0.6968."""
    plain, dropped = tmp_path / "a.yaml", tmp_path / "b.yaml"
    text = (
        "algorithm: {adv_estimator: grpo, filter_groups: {enable: %s}}\n"
        "actor_rollout_ref: {actor: {use_kl_loss: true, kl_loss_coef: 1}, rollout: {n: 8}}\n"
    )
    plain.write_text(text % "false")
    dropped.write_text(text % "true")
    found = printed(capsys, "compare", plain, dropped, "--p-ref", "0.3")
    ends = [side["points"][0]["small_steps"]["limit"]["p"][0][:6] for side in found["sides"]]
    assert ends == ["0.6903", "0.6968"]
    assert found["higher"] == ["second"]
    (difference,) = found["differences"]
    assert "groups of 8 without signal dropped" in difference["second"]
    assert difference["alone"][0]["small_steps"]["limit"]["p"][0][:6] == "0.6968"

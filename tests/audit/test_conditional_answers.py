"""Answers under a condition that no file tells: several rewards, masks of truncated answers, a batch's
std."""

from __future__ import annotations

import json
from fractions import Fraction
from math import comb, exp, log, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.configurations import Configuration, read_configuration
from verified_grpo.audit.configurations.answer import audit
from verified_grpo.audit.configurations.clamp import Clamp
from verified_grpo.audit.configurations.conditions import SHORT, TRUNCATED
from verified_grpo.audit.configurations.pulled import NO_STOP
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN
from verified_grpo.model.steps import Update

PROMPTS = (Fraction(1, 10), Fraction(9, 10))
TRL = "num_generations: 8\n{}\n"
ORLHF = (
    "python3 -m openrlhf.cli.train_ppo_ray --algo.advantage.estimator reinforce_baseline "
    "--rollout.n_samples_per_prompt 8 {}\n"
)
ROLL = "adv_estimator: {}\nnum_return_sequences_in_group: 8\ndifficulty_mask: true\n{}\n"


def read(folder: Path, text: str, name: str = "c.yaml") -> Configuration:
    path = folder / name
    path.write_text(text)
    return read_configuration(path, conditional=True)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    return int(ended.value.code or 0)


def test_several_rewards_are_one_if_the_others_are_constant(tmp_path: Path) -> None:
    """The numbers are those of the one reward, and the verdict says that they rest on a condition."""
    several = audit(read(tmp_path, TRL.format("beta: 1\nreward_funcs: [accuracy, format]")), PROMPTS)
    one = audit(read(tmp_path, TRL.format("beta: 1\nreward_funcs: [accuracy]")), PROMPTS)
    assert (several.word, one.word) == ("conditional", "proved")
    assert (several.verdict, several.findings) == ("proved", one.findings)
    assert "reward_funcs accuracy format" in several.conditions[0]
    assert not one.conditions
    assert any("reward_funcs: read" in line for line in several.configuration.assumptions)
    assert not any(": read in" in line for line in one.configuration.assumptions)


@pytest.mark.parametrize(
    ("settings", "eps", "condition"),
    [
        ("reward_funcs: [a, b]\nreward_weights: [2.0, 2.0]", "1/20000", "all reward functions but one"),
        ("reward_funcs: [a, b]\nreward_weights: [0.1, 0.5]", "1/5000", "but b, of weight 0.5,"),
        ("reward_weights: [0.1, 0.5]", "1/5000", "but one, of weight 0.5,"),
        ("reward_funcs: [a]\nreward_weights: [2.0]", "1/20000", ""),
    ],
)
def test_a_weight_scales_the_reward_and_so_divides_eps(
    settings: str, eps: str, condition: str, tmp_path: Path
) -> None:
    found = read(tmp_path, TRL.format(settings))
    assert (found.eps, found.refusals) == (Fraction(eps), ())
    assert len(found.conditions) == bool(condition)
    assert all(condition in one.met for one in found.conditions)


@given(p=st.fractions("1/50", "49/50"), size=st.integers(2, 5), w=st.fractions("1/4", 3))
@examples(25)
def test_a_constant_reward_beside_a_weighted_one_leaves_its_contrast(
    p: Fraction, size: int, w: Fraction
) -> None:
    """The exact sum over groups of ``w r + c``: what a right answer's advantage is above a wrong one's."""

    def advantages(right: int) -> tuple[float, float]:
        rewards = [float(w) + 0.7] * right + [0.7] * (size - right)
        mean = sum(rewards) / size
        std = sqrt(sum((x - mean) ** 2 for x in rewards) / (size - 1))
        return (float(w) + 0.7 - mean) / (std + 1e-4), (0.7 - mean) / (std + 1e-4)

    def plain(right: int) -> tuple[float, float]:
        mean = right / size
        std = sqrt(right * (1 - mean) ** 2 / (size - 1) + (size - right) * mean**2 / (size - 1))
        return (1 - mean) / (std + 1e-4 / float(w)), -mean / (std + 1e-4 / float(w))

    for right in range(size + 1):
        assert advantages(right) == pytest.approx(plain(right), abs=1e-6) or right in (0, size)
    assert 0 < p < 1


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ("reward_funcs: [a, b]\nreward_weights: [1.0]", "1 weights for 2"),
        ("reward_funcs: [a, b]\nreward_weights: [0.0, 0.0]", "no reward has a weight above 0"),
        ("reward_weights: [-1.0]", "no reward has a weight above 0"),
        (
            "reward_funcs: [a, b]\nmulti_objective_aggregation: normalize_then_sum",
            "multi_objective_aggregation",
        ),
    ],
)
def test_what_is_no_sum_of_a_reward_and_constants_is_refused(
    settings: str, word: str, tmp_path: Path
) -> None:
    assert word in read(tmp_path, TRL.format(settings)).verdict


@pytest.mark.parametrize(
    ("text", "name", "key", "met"),
    [
        (TRL.format("mask_truncated_completions: true"), "c.yaml", "mask_truncated_completions", TRUNCATED),
        (
            "swift rlhf --rlhf_type grpo --num_generations 8 --overlong_filter true\n",
            "c.sh",
            "overlong_filter",
            TRUNCATED,
        ),
        (
            "swift rlhf --rlhf_type grpo --num_generations 8 --soft_cache_length 9\n",
            "c.sh",
            "soft_cache_length",
            SHORT,
        ),
        (
            "generator: {n_samples_per_prompt: 8, apply_overlong_filtering: true}\n"
            "trainer: {algorithm: {use_kl_loss: false}}\n",
            "c.yaml",
            "generator.apply_overlong_filtering",
            TRUNCATED,
        ),
        (ROLL.format("grpo", "max_len_mask: true"), "c.yaml", "max_len_mask", TRUNCATED),
        (ORLHF.format("--reward.overlong_buffer_len 9"), "c.sh", "reward.overlong_buffer_len", SHORT),
    ],
)
def test_a_mask_of_long_answers_is_idle_if_none_is_long(
    text: str, name: str, key: str, met: str, tmp_path: Path
) -> None:
    found = read(tmp_path, text, name)
    assert found.computable
    assert (met, key) in [(one.met, one.otherwise.split()[0]) for one in found.conditions]
    unconditional = read_configuration(tmp_path / name)
    assert key in unconditional.verdict
    assert not unconditional.conditions


def test_under_a_condition_a_value_that_only_a_run_knows_does_not_matter(tmp_path: Path) -> None:
    script = (
        "LEN=$((1024 * 4))\npython -m skyrl.train trainer.algorithm.use_kl_loss=false "
        "generator.n_samples_per_prompt=8 trainer.algorithm.overlong_buffer_len=$LEN\n"
    )
    found = read(tmp_path, script, "c.sh")
    assert [one.words for one in found.conditions] == [f"{SHORT} (trainer.algorithm.overlong_buffer_len)"]
    assert "overlong_buffer_len" in read_configuration(tmp_path / "c.sh").verdict


def test_the_command_says_the_conditions_first_and_takes_them_as_granted_if_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(TRL.format("beta: 1\nmask_truncated_completions: true\nreward_funcs: [a, b]"))
    command = ["audit", "--config", str(path)]
    assert run(*command) == 2
    said = capsys.readouterr().out
    assert said.startswith("conditional: Small steps lead every prompt")
    assert said.index("no answer is cut off") < said.index("Assumed: each prompt")
    assert run(*command, "--granted") == 0
    assert capsys.readouterr().out.startswith("proved: Small steps lead every prompt")
    for granted, verdict in (([], "conditional"), (["--granted"], "proved")):
        run(*command, *granted, "--json")
        found = json.loads(capsys.readouterr().out)
        assert (found["verdict"], found["granted"]) == (verdict, bool(granted))
        assert len(found["conditions"]) == 2
    assert run(*command, "--out", str(tmp_path / "out")) == 2
    page = (tmp_path / "out" / "configuration.md").read_text()
    assert "conditional" in page.lower()
    assert "no answer is cut off" in page


@pytest.mark.parametrize("command", [["fixed-points", "--p-ref", "0.3"], ["limit", "--p-ref", "0.3"]])
def test_other_commands_refuse_by_the_key(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(TRL.format("beta: 1\nreward_funcs: [a, b]"))
    assert run(command[0], "--config", str(path), *command[1:]) == 2
    assert "reward_funcs a b" in " ".join(capsys.readouterr().err.split())


def test_granted_belongs_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "audit",
        "--property",
        "uniqueness",
        "--beta",
        "1",
        "--eps",
        "1e-5",
        "--p-ref",
        "0.1",
        "--granted",
    ]
    assert run(*command, "--granted") == 64
    assert "--granted" in capsys.readouterr().err


def test_a_batchs_std_is_a_matter_of_pace_without_a_kl_and_a_condition_with_one(tmp_path: Path) -> None:
    free = read(tmp_path, TRL.format("beta: 0\nscale_rewards: batch"))
    assert (audit(free, PROMPTS).word, free.conditions) == ("proved", ())
    assert not audit(free, PROMPTS, update=Update.of("0.01")).findings
    held = read(tmp_path, TRL.format("beta: 1\nscale_rewards: batch"))
    assert held.contrast == MEAN.scaled(Fraction(7, 8) / (Fraction(1, 2) + Fraction(1, 10**4)))
    assert "stays at 0.5" in audit(held, PROMPTS).conditions[0]


@given(p=st.floats(0.001, 0.999), mean=st.floats(0.05, 0.95), low=st.integers(0, 7), wide=st.integers(1, 8))
@examples(60)
def test_whichever_groups_are_kept_a_right_answer_counts_more(
    p: float, mean: float, low: int, wide: int
) -> None:
    """ROLL's difficulty mask without a KL: advantages ``(r - mean)/std`` of the batch, cut at 2, and those
    centred in the group; the exact sum over the other seven answers."""
    kept = [right for right in range(9) if low < right < low + wide]
    if not set(kept) & set(range(1, 8)):
        return
    cut = [min((1 - mean) / sqrt(mean * (1 - mean)), 2.0), max(-mean / sqrt(mean * (1 - mean)), -2.0)]
    for good, bad in (
        (lambda k: cut[0], lambda k: cut[1]),
        (lambda k: 1 - k / 8, lambda k: -k / 8),
    ):
        drive = sum(
            comb(7, j)
            * p**j
            * (1 - p) ** (7 - j)
            * ((good(j + 1) if j + 1 in kept else 0) - (bad(j) if j in kept else 0))
            for j in range(8)
        )
        assert drive > 0


@pytest.mark.parametrize(
    ("text", "dropped", "paced", "refused"),
    [
        (ROLL.format("grpo", "difficulty_low_threshold: 0.1"), True, False, False),
        (ROLL.format("grpo", "difficulty_low_threshold: 0.2"), False, True, False),
        (
            ROLL.format("grpo", "difficulty_low_threshold: 0.2\nuse_kl_loss: true\nkl_loss_coef: 1"),
            False,
            False,
            True,
        ),
        (ROLL.format("reinforce", "difficulty_low_threshold: 0.1"), False, True, False),
        (ROLL.format("grpo", "difficulty_low_threshold: 0.95"), False, False, True),
    ],
)
def test_a_mask_by_difficulty_drops_groups_without_signal_or_is_a_matter_of_pace(
    text: str, dropped: bool, paced: bool, refused: bool, tmp_path: Path
) -> None:
    found = read(tmp_path, text)
    assert (found.dropped is not None, bool(found.paced), not found.computable) == (dropped, paced, refused)
    assert refused or audit(found, PROMPTS).verdict == "proved"


def test_a_batchs_std_divides_a_kl_in_the_reward_too(tmp_path: Path) -> None:
    """OpenRLHF's reinforce_baseline normalises the advantages with the KL that is in them."""
    found = read(tmp_path, ORLHF.format("--algo.kl.init_coef 1"), "c.sh")
    assert (found.contrast, found.conditions) == (MEAN.scaled(Fraction(7, 8)), ())
    assert audit(found, PROMPTS).word == "proved"
    assert "reinforce_baseline" in audit(found, PROMPTS, update=Update.of("0.01")).sentence


@pytest.mark.parametrize(
    ("options", "ends"),
    [
        ("--algo.kl.init_coef 1e-4 --algo.kl.use_loss --algo.kl.estimator k2", NO_STOP),
        ("--algo.kl.init_coef 0.195 --algo.kl.use_loss --algo.kl.estimator k2", NO_STOP),
        ("--algo.kl.init_coef 0.1957 --algo.kl.use_loss --algo.kl.estimator k2", ""),
        ("--algo.kl.init_coef 0.001", NO_STOP),
    ],
)
def test_a_constant_drive_that_outweighs_a_clamped_estimate_rises_to_1(
    options: str, ends: str, tmp_path: Path
) -> None:
    """Omega 7/4 at a std of 1/2: more than 0.195 times 2 sqrt(20)."""
    answer = audit(read(tmp_path, ORLHF.format(options), "c.sh"), PROMPTS)
    assert (answer.stepping.finding.sentence if answer.stepping else "") == ends


@given(p_ref=st.floats(0.001, 0.999), L=st.floats(-30, 30), estimator=st.sampled_from(["k1", "k2"]))
@examples(100)
def test_a_clamped_pull_is_no_larger_than_its_bound(p_ref: float, L: float, estimator: str) -> None:
    at = float(Clamp(estimator, Fraction(10), "").at)
    p, q = 1 / (1 + exp(-L)), 1 / (1 + exp(L))

    def pull(ratio: float) -> float:
        x = log(ratio)
        if estimator == "k1":
            return max(-at, min(at, x))
        return x if x * x / 2 <= at else 0.0

    bound = 2 * at if estimator == "k1" else 2 * sqrt(2 * at)
    assert abs(pull(p / p_ref) - pull(q / (1 - p_ref))) <= bound


def test_a_programs_call_has_the_defaults_that_it_does_not_name(tmp_path: Path) -> None:
    """No other file can set them; a call without any keyword is no run's."""
    program = "from trl import GRPOConfig\nGRPOConfig({})\n"
    found = read(tmp_path, program.format("logging_steps=1"), "c.py")
    assert found.beta == 0
    assert found.contrast is not None
    assert found.contrast.label == "group(8, ddof 1)"
    with pytest.raises(InputError, match="from defaults alone"):
        read(tmp_path, program.format("'folder'"), "c.py")

"""No silent key, no wrong kernel: small configurations that look ordinary and are not what they seem. Each
is read rightly or refused by the name of what changes it; none is answered from defaults."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.audit.configurations import (
    K3,
    NONE,
    REVERSE,
    Configuration,
    read_configuration,
)
from verified_grpo.audit.configurations.answer import Answer, audit
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.model import Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.k3 import k3_fixed_point

PROMPTS = (Fraction(1, 10), Fraction(9, 10))


def read(
    folder: Path, text: str, name: str = "c.yaml", framework: str | None = None, version: str | None = None
) -> Configuration:
    path = folder / name
    path.write_text(text)
    return read_configuration(path, framework, version)


def answered(folder: Path, text: str, name: str = "c.yaml", framework: str | None = None) -> Answer:
    return audit(read(folder, text, name, framework), PROMPTS)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(str(end.value.code))


# --- refused, and the refusal names the reason

AREAL = "gconfig: {{n_samples: 8}}\nref: {{path: m}}\nactor: {{kl_ctl: 2, {}}}\n"
NORM = "reward_norm: {mean_level: group, std_level: group, group_size: 8}"
SKYRL = "generator: {{n_samples_per_prompt: 8}}\ntrainer: {{algorithm: {{kl_loss_coef: 1, {}}}}}\n"
VERL = """algorithm: {{adv_estimator: grpo, {}}}
actor_rollout_ref: {{actor: {{use_kl_loss: true, kl_loss_coef: 1, {}}}, rollout: {{n: 8}}}}
"""
TRL = "beta: 0.04\nnum_generations: 8\n{}\n"
OPENRLHF = "--algo.advantage.estimator group_norm --algo.kl.init_coef 1 --rollout.n_samples_per_prompt 8 {}"
NEMO = """grpo: {{num_generations_per_prompt: 8, {}}}
loss_fn: {{reference_policy_kl_penalty: 2, {}}}
"""
OPEN = "beta: 5\nnum_samples_per_prompt_rollout: 4\nfilter_zero_std_samples: false\n{}\n"

REFUSED = [
    (AREAL.format("kl_estimator: k3, " + NORM), "c.yaml", ("k3 in the reward",)),
    (AREAL.format("kl_estimator: k2, " + NORM), "c.yaml", ("k2 in the reward",)),
    (AREAL.format("reward_norm: {mean_level: group, std_level: group}"), "c.yaml", ("group_size",)),
    (
        AREAL.format("reward_norm: {mean_level: group, std_level: none, group_size: 8}"),
        "c.yaml",
        ("std_level", "null"),
    ),
    (
        AREAL.format("adv_norm: {mean_level: group, std_level: group, group_size: 8}, " + NORM),
        "c.yaml",
        ("adv_norm",),
    ),
    (AREAL.format("overlong_reward_penalty: true, " + NORM), "c.yaml", ("overlong_reward_penalty",)),
    (AREAL.format("reward_scaling: 100, " + NORM), "c.yaml", ("reward_clip",)),
    (
        SKYRL.format("advantage_batch_normalize: true, dynamic_sampling: {type: replace}"),
        "c.yaml",
        ("advantage_batch_normalize", "dynamic_sampling.type"),
    ),
    (SKYRL.format("zero_variance_filter: true"), "c.yaml", ("zero_variance_filter",)),
    (SKYRL.format("loss_reduction: seq_mean_token_sum_norm"), "c.yaml", ("seq_mean_token_sum_norm",)),
    (SKYRL.format("policy_loss_type: cispo"), "c.yaml", ("policy_loss_type",)),
    (VERL.format("x: 1", "kl_loss_type: abs"), "c.yaml", ("abs",)),
    (VERL.format("x: 1", "entropy_coeff: 0.01"), "c.yaml", ("entropy_coeff",)),
    (VERL.format("use_kl_in_reward: true", "y: 1"), "c.yaml", ("use_kl_in_reward",)),
    (TRL.format("reward_funcs: [accuracy, format, tag_count]"), "c.yaml", ("reward_funcs", "0 or 1")),
    (
        TRL.format("multi_objective_aggregation: normalize_then_sum"),
        "c.yaml",
        ("multi_objective_aggregation",),
    ),
    (TRL.format("loss_type: vespo"), "c.yaml", ("loss_type",)),
    (TRL.format("reward_weights: [0.0]"), "c.yaml", ("reward_weights",)),
    (TRL.format("entropy_coef: 0.1"), "c.yaml", ("entropy_coef",)),
    (
        OPENRLHF.format("--algo.dynamic_filtering_enable --algo.dynamic_filtering_range 0.1 0.9"),
        "c.sh",
        ("dynamic_filtering_range",),
    ),
    (OPENRLHF.format("--algo.kl.target 0.1"), "c.sh", ("kl.target",)),
    (OPENRLHF.format("--reward.clip_range -1 1"), "c.sh", ("reward.clip_range",)),
    (
        NEMO.format("use_dynamic_sampling: true, adv_estimator: {use_leave_one_out_baseline: false}", "y: 1"),
        "c.yaml",
        ("use_dynamic_sampling",),
    ),
    (NEMO.format("use_leave_one_out_baseline: false", "reference_policy_kl_type: k2"), "c.yaml", ("k2",)),
    (
        NEMO.format("use_leave_one_out_baseline: false, reward_scaling: {enabled: true}", "y: 1"),
        "c.yaml",
        ("reward_scaling",),
    ),
    (NEMO.format("use_leave_one_out_baseline: false", "use_cispo: true"), "c.yaml", ("use_cispo",)),
    (OPEN.format("apply_r1_style_format_reward: true"), "c.yaml", ("apply_r1_style_format_reward",)),
]


@pytest.mark.parametrize("zero", ["0", "0.00", "0e0", "0.000"])
def test_a_weight_of_zero_is_off_however_it_is_written(zero: str, tmp_path: Path) -> None:
    assert read(tmp_path, VERL.format("x: 1", f"entropy_coeff: {zero}")).computable


@pytest.mark.parametrize(("text", "name", "words"), REFUSED)
def test_a_key_that_changes_the_answer_is_a_refusal_by_name(
    text: str, name: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    answer = answered(tmp_path, text, name)
    assert not answer.findings
    assert answer.verdict == "undecided"
    for word in words:
        assert word in answer.sentence
    assert "\n" not in answer.sentence


# --- a dialect that is not known, or says nothing that decides

DIALECTS = [
    ('{"cells": [], "nbformat": 4}', "train.ipynb", "trl", "Python"),
    ("rlhf_type: grpo\nbeta: 0.04\nnum_generations: 8\n", "c.yaml", "trl", "ms_swift"),
    ("beta: 0.04\nnum_generations: 8\nunsloth_num_chunks: 1\n", "c.yaml", "trl", "unsloth"),
    ("beta: 0.04\nnum_generations: 8\n# trl==0.17.0 trl==1.9.0\n", "c.yaml", "trl", "pinned"),
    ("use_vllm: true\nmax_completion_length: 64\n", "c.yaml", None, "beta"),
    ("learning_rate: 1e-6\n", "c.yaml", "trl", "num_generations"),
    ("trainer: {algorithm: {eps_clip_low: 0.2}}\n", "c.yaml", None, "kl_loss_coef"),
    ("trl grpo --config recipe.yaml --beta 0.04\n", "c.sh", None, "num_generations"),
    (
        "grpo: {num_generations_per_prompt: 8}\ndefaults: p.yaml\nloss_fn: {ratio_clip_min: 0.1}\n",
        "c.yaml",
        None,
        "parent",
    ),
]


@pytest.mark.parametrize(("text", "name", "framework", "word"), DIALECTS)
def test_nothing_is_answered_from_defaults(
    text: str, name: str, framework: str | None, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(text)
    options = ("--framework", framework) if framework else ()
    assert run("audit", "--config", str(path), *options) == 64
    captured = capsys.readouterr()
    assert captured.out == ""
    assert word in captured.err
    assert captured.err.count("\n") == 1


# --- kernels and scales that are read rightly


def test_the_kernel_is_that_of_the_frameworks_version(tmp_path: Path) -> None:
    """TRL weights k3 by the likelihood ratio from 1.10.0 on: its gradient is then that of KL(pi||pi_ref)."""
    text = "beta: 1\nnum_generations: 8\n"
    newest = read(tmp_path, text)
    assert newest.regulariser == REVERSE
    assert any("1.16.0" in line and "--framework-version" in line for line in newest.assumptions)
    assert read(tmp_path, text, version="1.10.0").regulariser == REVERSE
    assert read(tmp_path, text, version="1.9.0").regulariser == K3
    assert read(tmp_path, text + "use_bias_correction_kl: false\n").regulariser == K3
    assert read(tmp_path, text + "use_bias_correction_kl: true\n", version="1.9.0").regulariser == REVERSE


def test_the_default_weight_is_that_of_the_frameworks_version(tmp_path: Path) -> None:
    text = "num_generations: 8\n"
    assert read(tmp_path, text).regulariser == NONE
    old = read(tmp_path, text, version="0.18.0")
    assert (old.beta, old.regulariser) == (Fraction(1, 25), K3)
    assert read(tmp_path, text, version="0.19").beta == 0
    for version, word in (("2.0", "1.16.0"), ("new", "0.18.0"), ("0.1", "1.16.0")):
        with pytest.raises(InputError, match=word):
            read(tmp_path, text, version=version)
    with pytest.raises(InputError, match="1dda039b"):
        read(tmp_path, VERL.format("x: 1", "y: 1"), version="0.5")


def test_framework_version_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("num_generations: 8\n")
    assert run("audit", "--config", str(path), "--framework-version", "0.18.0", "--json") == 0
    payload = json.loads(capsys.readouterr().out)
    assert (payload["parameters"]["beta"], payload["framework_version"]) == ("0.04", "0.18.0")


@pytest.mark.parametrize(
    ("text", "name", "regulariser"),
    [
        (NEMO.format("x: 1", "reference_policy_kl_type: k3"), "c.yaml", REVERSE),
        (NEMO.format("x: 1", "reference_policy_kl_type: k1"), "c.yaml", REVERSE),
        (VERL.format("x: 1", "kl_loss_type: low_var_kl+"), "c.yaml", REVERSE),
        (VERL.format("x: 1", "kl_loss_type: k1+"), "c.yaml", REVERSE),
        (OPEN.format("kl_estimator: 3"), "c.yaml", REVERSE),
        (OPEN.format("kl_estimator: 2"), "c.yaml", K3),
        (OPEN.format("kl_estimator: 1"), "c.yaml", REVERSE),
        (OPEN.format("kl_estimator: 0"), "c.yaml", NONE),
    ],
)
def test_kernels(text: str, name: str, regulariser: str, tmp_path: Path) -> None:
    found = read(tmp_path, text, name)
    assert found.regulariser == regulariser
    assert bool(audit(found, PROMPTS).findings) is (regulariser != NONE)


def test_std_level_null_is_mean_only(tmp_path: Path) -> None:
    found = read(tmp_path, AREAL.format("reward_norm: {mean_level: group, std_level: null, group_size: 8}"))
    assert found.contrast is not None
    assert (found.contrast.name, found.unit, found.beta) == ("mean", Fraction(7, 8), Fraction(2))


def test_clip_ratios_of_both_sides_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, VERL.format("x: 1", "clip_ratio_low: 0.2, clip_ratio_high: 0.28"))
    assert any("0.2" in line and "0.28" in line for line in found.not_covered)


# --- scripts


def test_the_training_command_of_a_script_is_the_one_that_is_read(tmp_path: Path) -> None:
    text = (
        "export CUDA_VISIBLE_DEVICES=0\ntrl vllm-serve --model Qwen/Qwen2.5-7B &\n"
        "export CUDA_VISIBLE_DEVICES=1,2,3\n"
        "accelerate launch train_grpo.py --beta 0.04 --num_generations 8 --use_vllm true\n"
    )
    assert read(tmp_path, text, "run.sh").beta == Fraction(1, 25)
    with pytest.raises(InputError, match="2 commands"):
        read(
            tmp_path,
            "trl grpo --beta 0.04 --num_generations 8\ntrl grpo --beta 0.1 --num_generations 8\n",
            "run.sh",
        )


def test_plain_assignments_of_a_script_are_put_in(tmp_path: Path) -> None:
    text = (
        'adv_estimator="grpo"\npython3 -m verl.trainer.main_ppo algorithm.adv_estimator=$adv_estimator \\\n'
        "  actor_rollout_ref.actor.use_kl_loss=True actor_rollout_ref.rollout.n=8 # don't lower\n"
    )
    found = read(tmp_path, text, "run.sh")
    assert found.contrast is not None
    assert (found.framework, found.contrast.label) == ("verl", "group(8, ddof 1)")


@pytest.mark.parametrize(
    "script",
    [
        "trl grpo --beta $BETA --num_generations 8\n",
        "trl grpo --beta 0.04 --num_generations 8 --bf16 true $MORE\n",
        "if test -f x; then\nB=1\nfi\ntrl grpo --beta $B --num_generations 8\n",
        "for b in 1 2; do trl grpo --beta $b --num_generations 8; done\n",
        "trl grpo --beta $(cat beta) --num_generations 8\n",
        "trl grpo --beta 0.04 --num_generations 8 $MORE\n",
        "trl grpo --beta 0.04 --num_generations 8 ${ARGS[@]}\n",
        "cat <<END\n--beta 1\nEND\ntrl grpo --beta 0.04 --num_generations 8\n",
    ],
)
def test_what_a_script_does_not_say_itself_is_refused(script: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, script, "run.sh")
    assert "\n" not in str(caught.value)


def test_what_is_not_needed_may_come_from_elsewhere(tmp_path: Path) -> None:
    text = (
        'HOME_DIR=${HOME_DIR:-"${HOME}/x"}\ndocker run -v $HOME:/x image && echo "done: $(date)"\n'
        "OMP=1 trl grpo --output_dir $HOME_DIR --beta 0.04 --num_generations 8 --bf16 true "
        "--bf16 True 2>&1 | tee l\n"
    )
    found = read(tmp_path, text, "run.sh")
    assert found.beta == Fraction(1, 25)
    assert found.unknown == ()


def test_a_scripts_own_arguments_are_assumed_empty(tmp_path: Path) -> None:
    found = read(tmp_path, 'trl grpo --beta 0.04 --num_generations 8 "$@"\n', "run.sh")
    assert any("$@" in line for line in found.assumptions)


# --- the numbers and keys of files


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("beta: 017\nnum_generations: 8\n", "c.yaml", "octal"),
        ("beta: 1\nnum_generations: 010\n", "c.yaml", "octal"),
        ("actor.kl_ctl: 1\nactor: {kl_ctl: 2}\ngconfig: {n_samples: 8}\n", "c.yaml", "given twice"),
        ('{"actor.kl_ctl": 1, "actor": {"kl_ctl": 2}, "gconfig": {"n_samples": 8}}', "c.json", "given twice"),
        ('{"actor": {"kl_ctl": 1, "kl_ctl": 2}}', "c.json", "given twice"),
        ("actor: {kl_ctl: 1, kl_ctl: 2}\n", "c.yaml", "given twice"),
    ],
)
def test_numbers_and_keys_that_have_two_readings(text: str, name: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=word):
        read(tmp_path, text, name)


def test_a_pipe_does_not_hang(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "c.yaml"
    os.mkfifo(pipe)
    assert run("audit", "--config", str(pipe)) == 64
    error = capsys.readouterr().err
    assert "not a regular file" in error
    assert error.count("\n") == 1


# --- against what the frameworks' own code was measured to do


@pytest.mark.parametrize(
    ("text", "version", "p_ref", "expected", "within"),
    [
        ("beta: 1\nnum_generations: 8\n", "1.16.0", "0.3", 0.7371, 1e-4),
        ("beta: 1\nnum_generations: 8\n", "1.9.0", "0.3", 0.6903, 1e-4),
        ("beta: 2\nnum_generations: 8\n", "1.16.0", "0.0435", 0.1185, 5e-3),
        ("beta: 2\nnum_generations: 8\n", "1.16.0", "0.0923", 0.2115, 5e-3),
        ("beta: 2\nnum_generations: 8\nuse_bias_correction_kl: false\n", "1.16.0", "0.0923", 0.2789, 7e-3),
        ("beta: 1\nnum_generations: 8\nscale_rewards: none\n", "1.16.0", "0.0435", 0.0985, 3e-3),
        (
            NEMO.format("use_leave_one_out_baseline: false", "y: 1").replace("penalty: 2", "penalty: 1"),
            None,
            "0.3",
            0.7372,
            1e-4,
        ),
    ],
)
def test_fixed_points_are_those_of_the_frameworks_own_code(
    text: str, version: str | None, p_ref: str, expected: float, within: float, tmp_path: Path
) -> None:
    """Success where a run of the framework ends, or the zero of its exact expected gradient."""
    found = read(tmp_path, text, version=version)
    assert found.contrast is not None
    box = Parameters.of(beta=found.beta, eps=found.eps, p_ref=p_ref)
    if found.regulariser == K3:
        p = k3_fixed_point(found.contrast, box).p
    else:
        points = fixed_points(found.contrast, box)
        assert isinstance(points, FixedPoints)
        p = points.points[0].p
    assert abs(float(p[0]) - expected) < within


def test_a_flag_that_is_switched_off_by_its_negation(tmp_path: Path) -> None:
    text = "python grpo_fast.py --beta 5 --num_samples_per_prompt_rollout 4 {}\n"
    for words, dropped in (("", True), ("--no_filter_zero_std_samples", False)):
        found = read(tmp_path, text.format(words), "c.sh")
        assert (found.dropped is not None) is dropped
        assert not [key for key in found.unknown if key.startswith("no_filter")]
    trl = "trl grpo --beta 1 --num_generations 8 {}\n"
    assert read(tmp_path, trl.format(""), "c.sh").kernel == REVERSE
    assert read(tmp_path, trl.format("--no_use_bias_correction_kl"), "c.sh").kernel == K3


def test_an_environment_that_sums_several_rewards_is_refused(tmp_path: Path) -> None:
    env = "env: {geometry: {reward_functions: [{name: format, weight: 0.1}, {name: math, weight: 0.9}]}}\n"
    one = "env: {geometry: {reward_functions: [{name: math, weight: 1}]}}\n"
    nemo = NEMO.format("use_leave_one_out_baseline: false", "y: 1")
    assert "env.geometry.reward_functions: several" in read(tmp_path, nemo + env).verdict
    assert read(tmp_path, nemo + one).computable


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (VERL.replace("grpo", "rloo").format("x: 1", "y: 1"), "c.yaml", "mean"),
        (SKYRL.format("advantage_estimator: rloo"), "c.yaml", "mean"),
        ('{"orchestrator": {"group_size": 8, "algo": {"type": "max_rl"}}}', "c.json", "maxrl(8)"),
    ],
)
def test_other_baselines_have_their_contrasts(text: str, name: str, label: str, tmp_path: Path) -> None:
    """The expected difference of advantages: of the others' mean it is 1, over the mean (1 - q^(G-1))/p."""
    answer = answered(tmp_path, text, name)
    assert answer.configuration.contrast is not None
    assert answer.configuration.contrast.label == label
    assert answer.verdict == "proved"

"""Forks and parents told apart, versions that decide, and the variants of the frameworks that others
descend from: small files of each."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.audit.configurations import K3, NONE, REVERSE, Configuration, read_configuration
from verified_grpo.audit.configurations.answer import audit
from verified_grpo.cli import main
from verified_grpo.model.steps import Update

PROMPTS = (Fraction(1, 10), Fraction(9, 10))


def read(folder: Path, text: str, name: str = "c.yaml", version: str | None = None) -> Configuration:
    path = folder / name
    path.write_text(text)
    return read_configuration(path, None, version)


SWIFT = "swift rlhf --rlhf_type grpo --num_generations 8 --reward_funcs accuracy {}\n"
SLIME = "python train.py --advantage-estimator grpo --n-samples-per-prompt 8 --rm-type x {}\n"
EASY = "algorithm: {{adv_estimator: grpo, kl_coef: 1, {}}}\nworker: {{rollout: {{n: 8}}, {}}}\n"
ROLL = "adv_estimator: grpo\nnum_return_sequences_in_group: 8\n{}\n"
AXOLOTL = "rl: grpo\ntrl: {{num_generations: 8, {}}}\n"

# file, name, framework, contrast, scale, weight, regulariser, place
READ = [
    (SWIFT.format("--beta 0.3"), "c.sh", "ms_swift", "group(8, ddof 1)", "1", "0.3", K3, "loss"),
    (SWIFT.format(""), "c.sh", "ms_swift", "group(8, ddof 1)", "1", "0.04", K3, "loss"),
    (SWIFT.format("--scale_rewards none"), "c.sh", "ms_swift", "mean", "7/8", "0.04", K3, "loss"),
    (SWIFT.format("--advantage_estimator rloo"), "c.sh", "ms_swift", "mean", "1", "0.04", REVERSE, "reward"),
    (
        SWIFT.format("--advantage_estimator rloo --kl_in_reward false --scale_rewards group"),
        "c.sh",
        "ms_swift",
        "group(8, ddof 1)",
        "8/7",
        "0.04",
        K3,
        "loss",
    ),
    (
        EASY.format("use_kl_loss: true, kl_penalty: low_var_kl", "actor: {ppo_epochs: 1}"),
        "c.yaml",
        "easyr1",
        "group(8, ddof 1)",
        "1",
        "1",
        K3,
        "loss",
    ),
    (
        EASY.format("use_kl_loss: true, kl_penalty: mse", "actor: {ppo_epochs: 1}"),
        "c.yaml",
        "easyr1",
        "group(8, ddof 1)",
        "1",
        "1",
        REVERSE,
        "loss",
    ),
    (
        EASY.format("disable_kl: true", "actor: {ppo_epochs: 1}"),
        "c.yaml",
        "easyr1",
        "group(8, ddof 1)",
        "1",
        "0",
        NONE,
        "",
    ),
    (
        "python3 -m verl.trainer.main config=examples/config.yaml worker.rollout.n=8 algorithm.kl_coef=0.3\n",
        "c.sh",
        "easyr1",
        "group(8, ddof 1)",
        "1",
        "0.3",
        K3,
        "loss",
    ),
    (
        SLIME.format("--use-kl-loss --kl-loss-coef 1 --kl-loss-type k2"),
        "c.sh",
        "slime",
        "group(8, ddof 1)",
        "1",
        "1",
        REVERSE,
        "loss",
    ),
    (
        SLIME.format("--use-kl-loss --kl-loss-coef 1 --kl-loss-type k3 --use-unbiased-kl"),
        "c.sh",
        "slime",
        "group(8, ddof 1)",
        "1",
        "1",
        REVERSE,
        "loss",
    ),
    (SLIME.format("--disable-grpo-std-normalization"), "c.sh", "slime", "mean", "7/8", "0", NONE, "loss"),
    (
        ROLL.format("use_kl_loss: true\nkl_loss_coef: 1"),
        "c.yaml",
        "roll",
        "group(8, ddof 1)",
        "1",
        "1",
        K3,
        "loss",
    ),
    (
        ROLL.format("add_token_level_kl: true"),
        "c.yaml",
        "roll",
        "group(8, ddof 1)",
        "1",
        "0.2",
        REVERSE,
        "reward",
    ),
    (
        ROLL.format("advantage_clip: 3\nwhiten_advantages: true"),
        "c.yaml",
        "roll",
        "group(8, ddof 1)",
        "1",
        "0",
        NONE,
        "loss",
    ),
    (AXOLOTL.format("beta: 0.1"), "c.yaml", "axolotl", "group(8, ddof 1)", "1", "0.1", K3, "loss"),
    (
        AXOLOTL.format("beta: 0.1, use_bias_correction_kl: true"),
        "c.yaml",
        "axolotl",
        "group(8, ddof 1)",
        "1",
        "0.1",
        REVERSE,
        "loss",
    ),
    (
        "rl: grpo\nrl_beta: 0.1\ntrl: {scale_rewards: false}\n",
        "c.yaml",
        "axolotl",
        "mean",
        "7/8",
        "0.1",
        K3,
        "loss",
    ),
    (
        "num_generations: 8\nunsloth_num_chunks: 1\n",
        "c.yaml",
        "unsloth",
        "group(8, ddof 1)",
        "1",
        "0.001",
        K3,
        "loss",
    ),
    (
        "beta: 1\nuse_bias_correction_kl: true\nunsloth_num_chunks: 1\n",
        "c.yaml",
        "unsloth",
        "group(8, ddof 1)",
        "1",
        "1",
        K3,
        "loss",
    ),
    (
        "beta: 1\nscale_rewards: true\nloss_type: dr_grpo\nunsloth_num_chunks: 1\n",
        "c.yaml",
        "unsloth",
        "mean",
        "7/8",
        "1",
        K3,
        "loss",
    ),
    (
        "num_generations: 8\nreward_funcs: [accuracy]\ncode_provider: e2b\n",
        "c.yaml",
        "open_r1",
        "group(8, ddof 1)",
        "1",
        "0.04",
        K3,
        "loss",
    ),
    ('{"orchestrator": {"rollouts_per_example": 16}}', "c.json", "prime_rl", "mean", "15/16", "0", NONE, ""),
]


@pytest.mark.parametrize(
    ("text", "name", "framework", "contrast", "scale", "weight", "regulariser", "place"), READ
)
def test_read_as_the_framework_that_it_is(
    text: str,
    name: str,
    framework: str,
    contrast: str,
    scale: str,
    weight: str,
    regulariser: str,
    place: str,
    tmp_path: Path,
) -> None:
    found = read(tmp_path, text, name)
    assert found.contrast is not None
    assert (found.framework, found.contrast.unscaled.label, found.refusals) == (framework, contrast, ())
    assert (found.unit, found.beta) == (Fraction(scale), Fraction(weight))
    assert (found.regulariser, found.place) == (regulariser, place)
    assert found.unknown == ()


REFUSED = [
    (SWIFT.format("--dynamic_sample true"), "c.sh", "dynamic_sample"),
    (SWIFT.format("--kl_in_reward true"), "c.sh", "before normalisation"),
    (SWIFT.format("--advantage_estimator reinforce_plus_plus"), "c.sh", "whole batch"),
    (SWIFT.format("--scale_rewards gdpo"), "c.sh", "second time"),
    (SWIFT.format("--loss_type cispo"), "c.sh", "loss_type"),
    (EASY.format("kl_penalty: low_var_kl", "actor: {ppo_epochs: 1}"), "c.yaml", "use_kl_loss false"),
    (
        EASY.format("online_filtering: true, use_kl_loss: true, kl_penalty: mse", "actor: {ppo_epochs: 1}"),
        "c.yaml",
        "online_filtering",
    ),
    (SLIME.format("--use-kl-loss --kl-loss-coef 1"), "c.sh", "kl_loss_type k1"),
    (SLIME.format("--dynamic-sampling-filter-path f"), "c.sh", "dynamic_sampling_filter_path"),
    (SLIME.format("--normalize-advantages"), "c.sh", "normalize_advantages"),
    (ROLL.format("use_kl_loss: true\nkl_loss_coef: 1\nadvantage_clip: 2"), "c.yaml", "advantage_clip"),
    (
        ROLL.format("use_kl_loss: true\nkl_loss_coef: 1\nwhiten_advantages: true"),
        "c.yaml",
        "whiten_advantages",
    ),
    (ROLL.format("use_kl_loss: true\nadd_token_level_kl: true"), "c.yaml", "two KL terms"),
    (ROLL.format("add_token_level_kl: true\nkl_penalty: mse"), "c.yaml", "mse in the reward"),
    (AXOLOTL.format("async_prefetch: true"), "c.yaml", "async_prefetch"),
    ("rl: dpo\nrl_beta: 0.1\n", "c.yaml", "rl: dpo"),
    ("beta: 1\nloss_type: dapo\nunsloth_num_chunks: 1\n", "c.yaml", "mask_truncated_completions"),
    ("beta: 1\nloss_type: dr_grpo\nunsloth_num_chunks: 1\n", "c.yaml", "write scale_rewards"),
    ("num_generations: 8\ncode_provider: e2b\n", "c.yaml", "accuracy format tag_count (default)"),
    (
        '{"orchestrator": {"group_size": 8, "train": {"source": [{"group_size": 4}]}}}',
        "c.json",
        "settings of their own",
    ),
]


@pytest.mark.parametrize(("text", "name", "word"), REFUSED)
def test_refused_by_name(text: str, name: str, word: str, tmp_path: Path) -> None:
    answer = audit(read(tmp_path, text, name), PROMPTS)
    assert not answer.findings
    assert word in answer.sentence


def test_the_same_keys_of_two_versions_of_trl_have_two_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0.17 adds k3 as it is at beta 0.04; 1.16.0 adds nothing, and weights k3 where beta is given."""
    path, answers = tmp_path / "c.yaml", {}
    for text in ("num_generations: 8\n", "num_generations: 8\nbeta: 1\n"):
        path.write_text(text)
        for version in ("0.17", "1.16.0"):
            with pytest.raises(SystemExit):
                main(["audit", "--config", str(path), "--framework-version", version, "--json"])
            answers[text, version] = json.loads(capsys.readouterr().out)
    shown = [(found["weight"], found["regulariser"]) for found in answers.values()]
    assert shown == [("0.04", K3), ("0", NONE), ("1", K3), ("1", REVERSE)]
    limits = [found["views"]["small_steps"]["limit"] for found in list(answers.values())[2:]]
    assert limits[0] != limits[1]


def test_where_the_version_is_not_known_the_other_answers_stand_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with the versions it is of, on the first screen and in JSON; none where the version is known."""
    path = tmp_path / "c.yaml"

    def asked(*words: str) -> dict[tuple[str, str], tuple[str, str]]:
        with pytest.raises(SystemExit):
            main(["audit", "--config", str(path), "--json", *words])
        found = json.loads(capsys.readouterr().out)["other_versions"]
        assert all(one["small_steps"]["verdict"] == "proved" for one in found)
        return {
            (span["since"], span["before"]): (one["weight"], one["regulariser"])
            for one in found
            for span in one["versions"]
        }

    path.write_text("num_generations: 8\nbeta: 1\nscale_rewards: false\n")
    assert asked()["0.16", "0.22.0"] == ("1", K3)
    assert asked()["0.22.2", "1.10.0"] == ("1", K3)
    assert asked("--framework-version", "0.17") == {}
    path.write_text("num_generations: 8\n")
    assert asked() == {("0.16", "0.19"): ("0.04", K3), ("0.22.0", "0.22.2"): ("0", NONE)}
    with pytest.raises(SystemExit):
        main(["audit", "--config", str(path)])
    assert "If the run's trl is 0.16 to before 0.19 (beta 0.04" in " ".join(capsys.readouterr().out.split())
    path.write_text("num_generations: 8\nbeta: 1\nuse_bias_correction_kl: true\n# trl==1.9.0\n")
    assert asked() == {}


def test_a_kl_that_is_switched_off_may_be_any_and_not_be_switched_on(tmp_path: Path) -> None:
    found = read(tmp_path, SLIME.format(""), "c.sh")  # k1 in the loss, not used
    assert audit(found, PROMPTS).verdict == "proved"
    for asked in (
        found.at(Fraction(1)),
        read(tmp_path, '{"orchestrator": {"group_size": 8}}', "c.json").at(Fraction(1)),
    ):
        assert not audit(asked, PROMPTS).findings
        assert "none of the model's" in asked.verdict
    assert read(tmp_path, "num_generations: 8\n").at(Fraction(1)).computable


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        (SWIFT.format("--beta 0 --dynamic_sample true"), "c.sh", "dynamic_sample"),
        (
            EASY.format("online_filtering: true, disable_kl: true", "actor: {ppo_epochs: 1}"),
            "c.yaml",
            "online_filtering",
        ),
        (
            "algorithm: {adv_estimator: grpo, filter_groups: {enable: true}}\n"
            "actor_rollout_ref: {rollout: {n: 8}}\n",
            "c.yaml",
            "filter_groups",
        ),
        (
            "beta: 0\nkl_estimator: 2\nnum_samples_per_prompt_rollout: 8\n",
            "c.yaml",
            "filter_zero_std_samples",
        ),
    ],
)
def test_groups_that_are_dropped_matter_to_a_kl_and_to_the_size_of_steps_alone(
    text: str, name: str, key: str, tmp_path: Path
) -> None:
    """Without a KL the update is that of the kept groups, Omega/(1 - p^G - q^G): a larger step, so any lead
    to 1; of a step of a given size, or with a KL, the contrast says nothing."""
    found = read(tmp_path, text, name)
    assert any(key in line and "how large a step is" in line for line in found.assumptions)
    assert audit(found, PROMPTS).verdict == "proved"
    sized = audit(found, PROMPTS, update=Update.of("0.01"))
    assert key in sized.sentence
    assert not sized.findings
    weighted = audit(found.at(Fraction(1)), (Fraction(3, 10), Fraction(3, 10)))
    assert bool(weighted.findings) is (found.dropped is not None)
    assert weighted.findings or key in weighted.sentence


def test_cispo_scales_the_advantage_by_the_largest_ratio(tmp_path: Path) -> None:
    text = "num_generations: 8\nbeta: 1\nloss_type: cispo\n"
    for more, scale in (("", "1/5"), ("epsilon_high: 0.28\n", "7/25"), ("epsilon_high: 5\n", "1")):
        found = read(tmp_path, text + more)
        assert (found.unit, found.beta) == (Fraction(scale), Fraction(1))
        assert audit(found, PROMPTS).verdict == "proved"
    assert "cispo" in read(tmp_path, text + "epsilon: 0\n").verdict


def test_two_releases_of_trl_divide_where_the_others_do_not(tmp_path: Path) -> None:
    """0.22.0 and 0.22.1 leave advantages as they are for group, and divide them for none and batch."""
    for version, contrasts in (
        ("0.21.0", ("group", "mean")),
        ("0.22", ("mean", "group")),
        ("0.22.1", ("mean", "group")),
        ("0.22.2", ("group", "mean")),
    ):
        read_as = [
            read(tmp_path, f"num_generations: 8\nscale_rewards: {word}\n", version=version).contrast
            for word in ("group", "none")
        ]
        assert tuple(contrast.name for contrast in read_as if contrast) == contrasts


def test_a_version_that_the_file_pins_decides(tmp_path: Path) -> None:
    found = read(tmp_path, "# pip install trl[vllm]==0.17.0\nnum_generations: 8\n")
    assert (found.version, found.beta, found.regulariser) == ("0.17.0", Fraction(1, 25), K3)
    assert any("as the file pins it" in line for line in found.assumptions)
    assert read(tmp_path, "# trl==0.17.0\nnum_generations: 8\n", version="1.16.0").beta == 0
    assert read(tmp_path, "# my-trl==0.17.0\nnum_generations: 8\n").beta == 0


def test_the_first_screen_says_where_the_kl_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.sh"
    for text, word in (
        (SWIFT.format("--beta 0.3"), "stands in the loss, a sum over tokens"),
        (SWIFT.format("--advantage_estimator rloo"), "stands in the reward: that of whole answers"),
    ):
        path.write_text(text)
        with pytest.raises(SystemExit):
            main(["audit", "--config", str(path), "--p-ref", "0.3:0.4"])
        screen = capsys.readouterr().out.partition("Assumed:\n")[0]
        assert word in " ".join(screen.split())


def test_a_batch_that_is_used_twice_has_two_inner_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("num_generations: 8\nbeta: 1\nnum_iterations: 2\nepsilon_high: 0.28\n")
    shown = []
    for words in ((), ("--inner-steps", "1")):
        with pytest.raises(SystemExit):
            main(["audit", "--config", str(path), "--p-ref", "0.3", "--step-size", "0.01", *words])
        shown.append(capsys.readouterr().out)
    assert "2 to an update" in shown[0]
    assert "2 to an update" not in shown[1]
    assert "0.2 below, 0.28 above" in shown[0]

"""Configurations end to end: each framework's file to a variant, an answer, a report; and every bad file."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from verified_grpo.audit.configurations import (
    FRAMEWORKS,
    K3,
    NONE,
    NOT_COVERED,
    REVERSE,
    Configuration,
    read_configuration,
)
from verified_grpo.audit.configurations.answer import Answer, audit
from verified_grpo.audit.configurations.findings import MAXIMISER
from verified_grpo.checker import Outcome, check_file
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast, Parameters
from verified_grpo.rigor.k3 import k3_fixed_point

FOLDER = Path(__file__).parent.parent.parent / "examples" / "configurations"

Shipped = tuple[str, str, str, str, str, str, int]

# file, framework, contrast, beta, eps, regulariser, exit code
SHIPPED: list[Shipped] = [
    ("trl.yaml", "trl", "group(8, ddof 1)", "0.04", "1e-4", K3, 0),
    ("trl-bias-corrected.yaml", "trl", "group(8, ddof 1)", "0.2", "1e-4", REVERSE, 0),
    ("trl-default.json", "trl", "group(8, ddof 1)", "0", "1e-4", NONE, 0),
    ("verl.yaml", "verl", "group(5, ddof 1)", "0.2", "1e-6", K3, 0),
    ("openrlhf.sh", "openrlhf", "group(8, ddof 1)", "0.25", "1e-9", REVERSE, 0),
    ("nemo_rl.yaml", "nemo_rl", "group(16, ddof 1)", "0.01", "1e-6", REVERSE, 0),
    ("open_instruct.yaml", "open_instruct", "7.5 times mean", "0.05", "1", K3, 0),
    ("skyrl.yaml", "skyrl", "group(5, ddof 1)", "0.2", "1e-6", K3, 0),
    ("areal.yaml", "areal", "group(4, ddof 1)", "0.2", "1e-6", REVERSE, 0),
    ("ms_swift.sh", "ms_swift", "group(8, ddof 1)", "0.2", "1e-4", K3, 0),
    ("easyr1.yaml", "easyr1", "group(8, ddof 1)", "0.2", "1e-6", K3, 0),
    ("slime.sh", "slime", "group(8, ddof 1)", "0.01", "1e-6", K3, 0),
    ("roll.yaml", "roll", "group(8, ddof 1)", "0.2", "1e-6", K3, 0),
    ("prime_rl.json", "prime_rl", "0.9375 times mean", "0", "1", NONE, 0),
    ("unsloth.yaml", "unsloth", "group(8, ddof 1)", "0.02", "1e-4", K3, 0),
    ("axolotl.yaml", "axolotl", "group(8, ddof 1)", "0.02", "1e-4", K3, 0),
    ("open_r1.yaml", "open_r1", "group(16, ddof 1)", "0.04", "1e-4", K3, 0),
]


CONDITIONAL = "two-rewards.yaml"


def written(folder: Path, text: str, name: str = "c.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def read(folder: Path, text: str, framework: str | None = None, name: str = "c.yaml") -> Configuration:
    return read_configuration(written(folder, text, name), framework)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(str(end.value.code))


def test_every_framework_ships_an_example() -> None:
    assert {case[1] for case in SHIPPED} == set(FRAMEWORKS)
    assert {case[0] for case in SHIPPED} | {CONDITIONAL} == {path.name for path in FOLDER.iterdir()}


def test_the_example_of_a_conditional_answer(capsys: pytest.CaptureFixture[str]) -> None:
    for words, code, verdict in (((), 2, "conditional"), (("--granted",), 0, "proved")):
        assert run("audit", "--config", str(FOLDER / CONDITIONAL), *words) == code
        text = capsys.readouterr().out
        assert text.startswith(f"{verdict}: Small steps")
        assert max(map(len, text.splitlines())) <= 80


@pytest.fixture
def answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked again in another form is answered out of memory."""
    found: dict[str, Answer] = {}

    def answered(*words: Any, **more: Any) -> Answer:
        asked = repr((words, more))
        if asked not in found:
            found[asked] = audit(*words, **more)
        return found[asked]

    monkeypatch.setattr("verified_grpo.commands.audit_configuration.audit", answered)


@pytest.mark.usefixtures("answered_once")
@pytest.mark.parametrize("case", SHIPPED, ids=lambda case: case[0])
def test_shipped(case: Shipped, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    name, framework, contrast, beta, eps, regulariser, code = case
    found = read_configuration(FOLDER / name)
    label = found.contrast.label if found.contrast else ""
    assert (found.framework, label, found.regulariser) == (framework, contrast, regulariser)
    assert (found.beta, found.eps) == (exact(beta), exact(eps))
    out = tmp_path / "out"
    assert run("audit", "--config", str(FOLDER / name), "--out", str(out)) == code
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert "Assumed:" in text
    assert "Not covered:" in text
    assert (out / "configuration.md").read_text().count("What this assumes") == 1
    certificates = sorted((out / "certificates").glob("*.json"))
    assert bool(certificates) is (code == 0)
    assert all(check_file(path).outcome is Outcome.ACCEPTED for path in certificates)
    assert run("audit", "--config", str(FOLDER / name), "--json") == code
    payload = json.loads(capsys.readouterr().out)
    assert payload["framework"] == framework
    assert payload["verdict"] == {0: "proved", 2: "undecided"}[code]
    assert payload["assumptions"]
    assert payload["not_covered"]


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_reports(form: str, tmp_path: Path) -> None:
    words = ("audit", "--config", str(FOLDER / "trl.yaml"), "--format", form, "--out", str(tmp_path))
    assert run(*words) == 0
    assert (tmp_path / f"configuration.{form}").stat().st_size > 10_000


# --- the mappings


VERL = """algorithm: {adv_estimator: grpo, %s}
actor_rollout_ref: {actor: {use_kl_loss: true, kl_loss_coef: 0.01, %s}, rollout: {n: 8}}
"""


@pytest.mark.parametrize(
    ("algorithm", "actor", "regulariser", "contrast"),
    [
        ("x: 1", "kl_loss_type: low_var_kl", K3, "group"),
        ("x: 1", "kl_loss_type: mse", REVERSE, "group"),
        ("x: 1", "kl_loss_type: kl", NONE, "group"),
        ("x: 1", "kl_loss_type: abs", NOT_COVERED, "group"),
        ("use_kl_in_reward: true", "y: 1", NOT_COVERED, "group"),
        ("norm_adv_by_std_in_grpo: false", "y: 1", K3, "mean"),
    ],
)
def test_verl(algorithm: str, actor: str, regulariser: str, contrast: str, tmp_path: Path) -> None:
    found = read(tmp_path, VERL % (algorithm, actor))
    assert found.regulariser == regulariser
    assert found.computable is (regulariser in (K3, REVERSE))
    assert found.contrast is not None
    assert found.contrast.name == contrast
    if contrast == "mean":
        assert (found.beta, found.contrast.scale) == (Fraction(1, 100), Fraction(7, 8))


def test_defaults_are_the_frameworks(tmp_path: Path) -> None:
    assert read(tmp_path, "num_generations: 8\n").regulariser == NONE  # TRL: beta 0
    assert "gae" in read(tmp_path, "actor_rollout_ref: {rollout: {n: 8}}\n").verdict
    assert read(tmp_path, "generator: {n_samples_per_prompt: 5}\n").beta == Fraction(1, 1000)
    found = read(tmp_path, "grpo: {num_generations_per_prompt: 16}\nloss_fn: {a: 1}\n")
    assert found.contrast == Contrast("group-loo", 16)
    assert read(tmp_path, "verification_reward: 10.0\n").unit == Fraction(15, 2)
    assert read(tmp_path, "gconfig: {n_samples: 4}\n").beta == Fraction(1, 10)
    assert "gae" in read(tmp_path, "--algo.kl.init_coef 0.1", name="c.sh").verdict
    with pytest.raises(InputError, match="a group of 1"):  # AReaL's default
        read(tmp_path, "actor: {kl_ctl: 0}\n", "areal")


@pytest.mark.parametrize(
    ("text", "framework", "regulariser"),
    [
        ("beta: 0.1\nscale_rewards: batch\n", "trl", NOT_COVERED),
        ("beta: 0.1\nscale_rewards: false\n", "trl", REVERSE),
        ("beta: 0.1\nkl_estimator: 0\n", "open_instruct", NONE),
        ("beta: 0.1\nkl_estimator: 3\nmask_truncated_completions: true\n", "open_instruct", NOT_COVERED),
        ("beta: 0.1\nverification_reward: 0\n", "open_instruct", NOT_COVERED),
        ("trainer: {algorithm: {use_kl_loss: false}}\n", "skyrl", NONE),
        ("trainer: {algorithm: {use_kl_in_reward: true}}\n", "skyrl", NOT_COVERED),
        ("trainer: {algorithm: {advantage_estimator: gae}}\n", "skyrl", NOT_COVERED),
        ("actor: {reward_norm: {mean_level: batch}}\ngconfig: {n_samples: 4}\n", "areal", NOT_COVERED),
        (
            "actor: {reward_norm: {mean_level: group, std_level: none}}\ngconfig: {n_samples: 4}\n",
            "areal",
            NOT_COVERED,
        ),
        ("actor: {kl_ctl: 0}\ngconfig: {n_samples: 4}\n", "areal", NONE),
        ("actor: {reward_scaling: 0}\ngconfig: {n_samples: 4}\n", "areal", NOT_COVERED),
        ("grpo: {adv_estimator: {name: gdpo}}\n", "nemo_rl", NOT_COVERED),
        (
            "grpo: {normalize_rewards: false}\n"
            "loss_fn: {kl_output_clamp_value: null, kl_input_clamp_value: null}\n",
            "nemo_rl",
            REVERSE,
        ),
        ("grpo: {normalize_rewards: false}\nloss_fn: {use_kl_in_reward: true}\n", "nemo_rl", NOT_COVERED),
    ],
)
def test_what_is_and_is_not_covered(text: str, framework: str, regulariser: str, tmp_path: Path) -> None:
    found = read(tmp_path, text, framework)
    assert found.regulariser == regulariser
    assert found.computable is (regulariser in (K3, REVERSE) or not found.beta)  # without KL p rises to 1
    answer = audit(found, (Fraction(1, 10), Fraction(9, 10)))
    assert bool(answer.findings) is found.computable
    assert found.computable or found.verdict in answer.sentence


def test_openrlhf_places_and_estimators(tmp_path: Path) -> None:
    text = "--advantage_estimator {} --n_samples_per_prompt 8 --init_kl_coef 1e-3 --kl_estimator {} {}"
    for estimator, kind, place, regulariser in (
        ("group_norm", "k1", "", REVERSE),
        ("group_norm", "k3", "", NOT_COVERED),
        ("group_norm", "k3", "--use_kl_loss", K3),
        ("group_norm", "k2", "--use_kl_loss", REVERSE),
        ("dr_grpo", "k1", "--use_kl_loss", NONE),
    ):
        found = read(tmp_path, text.format(estimator, kind, place), name="run.sh")
        assert found.framework == "openrlhf"
        assert found.regulariser == regulariser


def test_a_reward_scale_is_an_equivalent_eps_or_beta() -> None:
    """(R r - R mean)/(R std + eps) is (r - mean)/(std + eps/R); without division Omega is R."""
    assert read_configuration(FOLDER / "areal.yaml").eps == Fraction(1, 10**5) / 10
    found = read_configuration(FOLDER / "open_instruct.yaml")
    assert found.beta == Fraction(1, 20)
    assert found.unit == 10 * Fraction(3, 4)


def test_numbers_stay_exact(tmp_path: Path) -> None:
    assert read(tmp_path, "beta: 1e-5\nnum_generations: 8\n", "trl").beta == Fraction(1, 10**5)
    assert read(tmp_path, '{"beta": 0.1}', "trl", "c.json").beta == Fraction(1, 10)
    third = read(tmp_path, "beta: 0.3333333333333333333333\n", "trl").beta
    assert third == exact("0.3333333333333333333333")


def test_another_beta(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("audit", "--config", str(FOLDER / "trl-default.json"), "--beta", "0.04", "--json") == 0
    payload = json.loads(capsys.readouterr().out)
    assert payload["parameters"]["beta"] == "0.04"
    assert any("was asked for" in line for line in payload["assumptions"])
    words = ("audit", "--config", str(FOLDER / "trl.yaml"), "--beta", "3", "--p-ref", "0.001:0.1")
    assert run(*words) in (0, 1, 2)


def test_a_large_beta_with_many_completions_oscillates(tmp_path: Path) -> None:
    found = read(tmp_path, "beta: 3\nnum_generations: 64\nuse_bias_correction_kl: false\n", "trl")
    answer = audit(found, (Fraction(1, 1000), Fraction(1, 2)))
    assert answer.verdict == "proved"  # by small steps: the repelling point is the maximiser's alone
    assert answer.findings[-1].view == MAXIMISER
    assert answer.findings[-1].verdict == "refuted"
    assert "repels" in answer.findings[-1].sentence
    assert "some prompt's fixed point repels" in answer.exactly
    reverse = read(
        tmp_path,
        "actor: {kl_ctl: 5, reward_norm: {mean_level: group, std_level: group, group_size: 4}}\n"
        "gconfig: {n_samples: 4}\n",
        "areal",
    )
    swings = audit(reverse, (Fraction(1, 1000), Fraction(1, 2)))
    assert swings.verdict == "proved"
    assert {found.name: found.verdict for found in swings.of(MAXIMISER)}["convergence"] == "undecided"


def test_the_guarantee_holds_and_is_nearly_sharp() -> None:
    """At the stated beta the least prompt's fixed point is at least 1/2; a little above it, it is not."""
    found = read_configuration(FOLDER / "trl.yaml")
    answer = audit(found, (Fraction(1, 100), Fraction(9, 10)))
    beta = exact(answer.guarantee.split()[4])
    assert found.contrast is not None
    for factor, above in ((Fraction(1), True), (Fraction(1001, 1000), False)):
        box = Parameters.of(beta=beta * factor, eps=found.eps, p_ref="0.01")
        assert (k3_fixed_point(found.contrast, box).logit[0] >= 0) is above
    assert audit(found.at(beta), answer.p_ref).verdict == "proved"


# --- bad files


BAD = [
    ("", "c.yaml", "the file is empty"),
    ("- 1\n- 2\n", "c.yaml", "a YAML mapping of settings is expected"),
    ("a: [1,\n", "c.yaml", "not YAML at line"),
    ("beta: !!python/object/apply:os.system ['true']\n", "c.yaml", "is not allowed"),
    ("beta: !secret 1\n", "c.yaml", "is not allowed"),
    ("beta: 1\nbeta: 2\n", "c.yaml", "is given twice"),
    ("{", "c.json", "not JSON"),
    ("[1]", "c.json", "a JSON object of settings is expected"),
    ('{"beta": 1, "beta": 2}', "c.json", "is given twice"),
    ('{"beta": NaN, "num_generations": 8}', "c.json", "beta: 'NaN' is not a number"),
    ("betaa: 0.1\nnum_generations: 8\n", "c.yaml", "unknown key 'betaa': did you mean 'beta'?"),
    ("num_generation: 8\nbeta: 1\n", "c.yaml", "did you mean 'num_generations'?"),
    ("beta: -1\nnum_generations: 8\n", "c.yaml", "beta: -1 is negative"),
    ("beta: lots\nnum_generations: 8\n", "c.yaml", "beta: 'lots' is not a number"),
    ("beta: 0.1\nnum_generations: 1\n", "c.yaml", "num_generations: a group of 1"),
    ("beta: 0.1\nnum_generations: 8.5\n", "c.yaml", "num_generations: a group of 8.5"),
    ("beta: 0.1\nnum_generations: 4096\n", "c.yaml", "group size from 2 to 128"),
    ("beta: 0.1\nsync_ref_model: maybe\n", "c.yaml", "neither true nor false"),
    ("beta: 0.1\nscale_rewards: some\n", "c.yaml", "'some' is not one of"),
    ("beta: ${oc.env:HOME}\nnum_generations: 8\n", "c.yaml", "resolvers are not run"),
    ("secret: ${oc.env:HOME}\nbeta: ${secret}\nnum_generations: 8\n", "c.yaml", "resolvers are not run"),
    ("beta: ${beta}\nnum_generations: 8\n", "c.yaml", "resolvers are not run"),
    ("colour: red\n", "c.yaml", "no framework is told by its keys"),
    ("nothing here\n", "c.txt", "neither YAML"),
    ("--beta 'unfinished", "c.sh", "not a command line"),
    ("--beta 1 --beta 2 --num_generations 8", "c.sh", "is given twice"),
]


@pytest.mark.parametrize(("text", "name", "message"), BAD)
def test_bad_files_are_one_line(
    text: str, name: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, text, name)
    out = tmp_path / "out"
    assert run("audit", "--config", str(path), "--out", str(out)) == 64
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert not out.exists()


def test_other_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = str(FOLDER / "trl.yaml")
    for words, message in (
        (("--config", good, "--framework", "grpox"), "unknown framework 'grpox'"),
        (("--config", good, "--p-ref", "0:1"), "p_ref must lie strictly between 0 and 1"),
        (("--config", good, "--beta", "-1"), "beta must not be less than 0"),
        (("--config", good, "--target", "0"), "the target is a success rate strictly between 0 and 1"),
        (("--config", good, "--step-size", "0"), "step size must be greater than 0"),
        (("--config", good, "--inner-steps", "2"), "--inner-steps belongs to --step-size"),
        (("--config", good, "--step-size", "26"), "step size times beta must be at most 1"),
        (("--config", good, "--step-size", "0.1:0.2"), "one step size, not a range"),
        (
            ("--config", good, "--step-size", "0.1", "--inner-steps", "2"),
            "several inner steps are not covered",
        ),
        (("--config", good, "--contrast", "mean"), "--contrast cannot be combined with --config"),
        (("--config", good, "--format", "doc", "--out", str(tmp_path / "x")), "unknown format 'doc'"),
    ):
        assert run("audit", *words) == 64
        assert message in capsys.readouterr().err
    assert run("audit", "--config", str(tmp_path / "none.yaml")) == 74
    assert "expected a configuration file" in capsys.readouterr().err
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text in UTF-8"):
        read_configuration(tmp_path / "binary.yaml")


def test_aliases_cannot_multiply(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, 9)]
    with pytest.raises(InputError, match="more than"):
        read(tmp_path, "\n".join(lines), "trl")


def test_merge_keys_and_references(tmp_path: Path) -> None:
    text = "base: &base {n_samples: 8}\ngconfig: {<<: *base}\nactor: {kl_ctl: '${weight}'}\nweight: 1e-2\n"
    found = read(tmp_path, text)
    assert found.beta == Fraction(1, 100)
    assert {item.key: item.value for item in found.read}["gconfig.n_samples"] == "8"

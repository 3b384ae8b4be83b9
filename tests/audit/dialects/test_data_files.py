"""YAML with parents, dumps of runs, TOML, JSON."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.audit.configurations import read_configuration
from verified_grpo.audit.dialects import Source, read_file
from verified_grpo.cli import main
from verified_grpo.errors import InputError


def read(folder: Path, text: str, name: str = "c.yaml") -> Source:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text)
    return read_file(path, lambda values: True)


def test_parents_of_a_yaml_file(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("a: {b: 1, c: 2, d: {x: 1}}\nlist: [1, 2]\nr: ${a.b}\n")
    (tmp_path / "middle.yaml").write_text("defaults: base.yaml\n\na:\n  c: 3\n")
    (tmp_path / "other.yaml").write_text("a: {d: {_override_: true, y: 2}}\n")
    found = read(
        tmp_path, "defaults:\n  - ../middle.yaml\n  - ../other.yaml\na: {b: 1e-2}\nlist: [9]\n", "sub/c.yaml"
    )
    assert found.values == {"a.b": "1e-2", "a.c": "3", "a.d.y": "2", "list.0": "9", "r": "1e-2"}
    assert found.origins["a.b"] == "line 4"
    assert found.origins["a.c"] == "line 4 of ../middle.yaml"
    assert any("../middle.yaml, base.yaml, ../other.yaml" in sentence for sentence in found.assumed)
    assert read(tmp_path, "_base_: base.yaml\nz: 1\n").values["a.b"] == "1"


def test_parents_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("defaults: b.yaml\n")
    (tmp_path / "list.yaml").write_text("- 1\n")
    for text, word in (
        ("defaults: none.yaml\n", "none.yaml is not there"),
        ("defaults: a.yaml\n", "leads back to itself"),
        ("defaults: list.yaml\n", "mapping"),
        ("defaults: ./\nx: !y 1\n", "not allowed"),
    ):
        with pytest.raises(InputError, match=word):
            read(tmp_path, text, "b.yaml")


def test_hydras_own_defaults_are_left_to_the_table(tmp_path: Path) -> None:
    found = read(tmp_path, "defaults:\n  - ppo_trainer\n  - _self_\nx: 1\n")
    assert found.values["defaults.0"] == "ppo_trainer"


def test_a_configuration_with_parents_is_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "base.yaml").write_text(
        "grpo: {num_generations_per_prompt: 16, use_leave_one_out_baseline: true}\n"
        "loss_fn: {reference_policy_kl_penalty: 0.01}\n"
    )
    path = tmp_path / "c.yaml"
    path.write_text(
        "defaults: base.yaml\ngrpo:\n  use_leave_one_out_baseline: false\nloss_fn:\n"
        "  reference_policy_kl_penalty: 2\n"
    )
    found = read_configuration(path)
    assert found.contrast is not None
    assert (found.framework, found.contrast.label) == ("nemo_rl", "group(16, ddof 1)")
    assert found.beta == 2
    with pytest.raises(SystemExit) as end:
        main(["audit", "--config", str(path), "--json"])
    assert end.value.code == 0
    read_from = {item["key"]: item["origin"] for item in json.loads(capsys.readouterr().out)["settings"]}
    assert read_from["grpo.num_generations_per_prompt"] == "line 1 of base.yaml"
    assert read_from["loss_fn.reference_policy_kl_penalty"] == "line 5"


def test_a_dump_of_weights_and_biases(tmp_path: Path) -> None:
    text = (
        "wandb_version: 1\n_wandb:\n  value: {cli_version: x}\nbeta:\n    desc: null\n    value: 0.04\n"
        "num_generations:\n    value: 8\nnested:\n    value: {a: {b: 1}}\n"
    )
    found = read(tmp_path, text, "config.yaml")
    assert (found.values["beta"], found.values["nested.a.b"]) == ("0.04", "1")
    assert (found.origins["beta"], found.origins["nested.a.b"]) == ("line 6", "line 10")
    configuration = read_configuration(tmp_path / "config.yaml")
    assert configuration.contrast is not None
    assert (configuration.contrast.label, configuration.beta) == ("group(8, ddof 1)", Fraction(1, 25))
    assert read(tmp_path, "beta: {value: 1}\nother: 2\n").values["beta.value"] == "1"


def test_hydras_dumps(tmp_path: Path) -> None:
    text = (
        "- algorithm.adv_estimator=grpo\n- actor_rollout_ref.rollout.n=8\n"
        "- +actor_rollout_ref.actor.use_kl_loss=true\n- actor_rollout_ref.actor.kl_loss_coef=0.3\n"
    )
    path = tmp_path / ".hydra" / "overrides.yaml"
    found = read(tmp_path, text, ".hydra/overrides.yaml")
    assert found.origins["actor_rollout_ref.rollout.n"] == "line 2"
    configuration = read_configuration(path)
    assert (configuration.framework, configuration.beta) == ("verl", Fraction(3, 10))


def test_toml_and_json(tmp_path: Path) -> None:
    toml = read(tmp_path, "beta = 1e-3\n[a]\nb.c = 017_0\n".replace("017_0", "17_0"), "c.toml")
    assert toml.values == {"beta": "1e-3", "a.b.c": "170"}
    assert toml.origins["beta"] == "line 1"
    with pytest.raises(InputError, match="not TOML"):
        read(tmp_path, "beta = \n", "c.toml")
    path = tmp_path / "training_args.json"
    path.write_text('{\n "beta": 0.04,\n "num_generations": 8,\n "bf16": true,\n "seed": null\n}\n')
    found = read_configuration(path)
    assert found.beta == Fraction(1, 25)
    assert {item.key: item.origin for item in found.read}["num_generations"] == "line 3"


def test_deep_and_long_yaml(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too deeply"):
        read(tmp_path, "a: " + "[" * 100_000)
    with pytest.raises(InputError, match="values"):
        read(tmp_path, "".join(f"key{k}: {k}\n" for k in range(100_000)))
    assert read(tmp_path, "# nothing\n" * 100_000 + "beta: 1\n").origins["beta"] == "line 100001"


def test_a_leading_zero_is_refused_as_ambiguous(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("beta: 017\nnum_generations: 8\n")
    with pytest.raises(InputError, match="octal"):
        read_configuration(path)

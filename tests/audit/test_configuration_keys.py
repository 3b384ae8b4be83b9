"""The tables of keys: complete, read by the mappings, and no key of an algorithm passes in silence."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.configurations import TABLES, Configuration, read_configuration
from verified_grpo.audit.configurations.keys import Effect, Table
from verified_grpo.errors import InputError

BASES: dict[str, list[dict[str, str]]] = {
    "trl": [{"beta": "1", "num_generations": "8"}],
    "verl": [
        {
            "algorithm.adv_estimator": "grpo",
            "actor_rollout_ref.actor.use_kl_loss": "true",
            "actor_rollout_ref.rollout.n": "8",
        }
    ],
    "openrlhf": [
        {"algo.advantage.estimator": "group_norm", "rollout.n_samples_per_prompt": "8"},
        {
            "algo.advantage.estimator": "group_norm",
            "rollout.n_samples_per_prompt": "8",
            "algo.dynamic_filtering_enable": "true",
        },
    ],
    "nemo_rl": [{"grpo.use_leave_one_out_baseline": "false", "loss_fn.reference_policy_kl_penalty": "2"}],
    "open_instruct": [
        {"beta": "5", "filter_zero_std_samples": "false", "num_samples_per_prompt_rollout": "4"}
    ],
    "skyrl": [{"generator.n_samples_per_prompt": "8"}],
    "areal": [
        {
            "gconfig.n_samples": "8",
            "actor.reward_norm.mean_level": "group",
            "actor.reward_norm.std_level": "group",
            "actor.reward_norm.group_size": "8",
            "actor.adv_norm.mean_level": "batch",
        }
    ],
    "ms_swift": [{"beta": "1", "num_generations": "8"}],
    "easyr1": [{"algorithm.use_kl_loss": "true", "algorithm.kl_penalty": "mse", "worker.rollout.n": "8"}],
    "slime": [{"use_kl_loss": "true", "kl_loss_type": "k2", "n_samples_per_prompt": "8"}],
    "roll": [
        {
            "adv_estimator": "grpo",
            "num_return_sequences_in_group": "8",
            "use_kl_loss": "true",
            "kl_loss_coef": "1",
        },
        {"adv_estimator": "grpo", "num_return_sequences_in_group": "8", "add_token_level_kl": "true"},
        {"adv_estimator": "grpo", "num_return_sequences_in_group": "8", "difficulty_mask": "true"},
    ],
    "prime_rl": [{"orchestrator.group_size": "8"}],
    "unsloth": [{"beta": "1", "num_generations": "8"}],
    "axolotl": [{"rl": "grpo", "trl.beta": "1", "trl.num_generations": "8"}],
    "open_r1": [{"beta": "1", "num_generations": "8"}],
}
VALUES = (
    "true",
    "false",
    "null",
    "0",
    "1",
    "0.3",
    "2",
    "8",
    "grpo",
    "group",
    "k1",
    "k3",
    "filter",
    "cispo",
    "x",
)


def read(values: dict[str, str], framework: str) -> Configuration:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.json"
        path.write_text(
            json.dumps({key: None if value == "null" else value for key, value in values.items()})
        )
        return read_configuration(path, framework)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_says_what_it_does_and_where_that_was_read(table: Table) -> None:
    assert table.repository.count("/") == 1
    assert len(table.commit) == 8
    assert table.decisive()
    for key in table.keys:
        assert key.meaning, key.name
        assert key.file.split()[0].endswith((".py", ".yaml")), key.name
        assert table.concerns(key.name) or f"{key.name}." in table.spaces, key.name
        assert key.effect is not Effect.MODELLED or not key.name.endswith("."), key.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_modelled_key_is_read_by_the_mapping(table: Table) -> None:
    """A row that nobody reads would be a silent key."""
    read_keys = {item.key for base in BASES[table.name] for item in read(base, table.name).read}
    for key in table.keys:
        if key.effect is Effect.MODELLED:
            assert read_keys & {key.name, *key.aliases}, key.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_changing_key_refuses_by_its_name(table: Table) -> None:
    for key in table.keys:
        if key.effect is Effect.CHANGING:
            for name in (key.name, *key.aliases):
                found = read({**BASES[table.name][0], name: "7 8"}, table.name)
                assert name in found.verdict, name
                assert key.meaning in found.verdict, name
                idle = read({**BASES[table.name][0], name: "" if key.several else key.idle[0]}, table.name)
                assert name not in idle.verdict, name


@given(table=st.sampled_from(TABLES), data=st.data())
@examples(200)
def test_no_key_of_the_algorithm_passes_in_silence(table: Table, data: st.DataObject) -> None:
    """An extra key is read, refused, known to change nothing, or named as unknown; nothing else."""
    space = data.draw(st.sampled_from(table.spaces))
    invented = st.from_regex(r"[a-z]{3,12}(_[a-z]{2,8})?(\.[a-z]{3,9})?", fullmatch=True).map(
        lambda x: space + x
    )
    known = st.sampled_from([key.name.rstrip(".") for key in table.keys])
    name = data.draw(invented | known)
    value = data.draw(st.sampled_from(VALUES))
    base = {key: old for key, old in BASES[table.name][0].items() if key != name}
    try:
        found = read({**base, name: value}, table.name)
    except InputError:
        return  # refused
    entry = table.known(name)
    if entry is None or not table.concerns(name):
        assert name in (*found.unknown, *found.outside)
        assert table.concerns(name) is (name in found.unknown)
    elif (
        entry.effect is Effect.CHANGING and value != "null" and value not in entry.idle and not entry.several
    ):
        assert name in found.verdict
    elif entry.effect is Effect.MODELLED and name == entry.name:
        assert name in {item.key for item in found.read} | set(found.neutral)
    else:
        assert name in (*found.neutral, *found.unknown)


def test_unknown_keys_are_named_in_text_json_report_and_beside_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from verified_grpo.cli import main

    path = tmp_path / "c.yaml"
    path.write_text("beta: 0.04\nnum_generations: 8\nadvantage_colour: red\n")
    table = tmp_path / "t.csv"
    table.write_text("prompt,k,n\na,1,8\n")
    shown = []
    for words in (
        ("--config", str(path), "--json"),
        ("--config", str(path), "--out", str(tmp_path / "out")),
        ("--pass-rates", str(table), "--config", str(path)),
    ):
        with pytest.raises(SystemExit):
            main(["audit", *words])
        shown.append(capsys.readouterr())
    assert json.loads(shown[0].out)["unknown"] == ["advantage_colour"]
    assert "advantage_colour" in shown[1].out
    assert "advantage_colour" in (tmp_path / "out" / "configuration.md").read_text().replace("\\", "")
    assert "advantage_colour" in shown[2].err

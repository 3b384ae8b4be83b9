"""Python programs and notebooks: parsed, never run; what only a run knows is said by its line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.audit.configurations import FRAMEWORKS, read_configuration
from verified_grpo.audit.dialects import Source, read_file
from verified_grpo.errors import InputError


def read(folder: Path, text: str, name: str = "train.py") -> Source:
    path = folder / name
    path.write_text(text)
    return read_file(path, lambda values: True)


def test_keywords_of_the_call(tmp_path: Path) -> None:
    text = (
        "from trl import GRPOConfig, GRPOTrainer\n"
        "BETA = 4e-2\n"
        "shared = dict(num_generations=6, output_dir='x')\n"
        "args = GRPOConfig(\n    use_vllm=True, beta=BETA, learning_rate=args.rate, **shared,\n"
        "    generation_kwargs={'top_p': -0.5, 'stop': None}, max_steps=1_000,\n)\n"
        "args.scale_rewards = False\n"
        "GRPOTrainer(args=args, reward_funcs=[first, second])\n"
    )
    found = read(tmp_path, text)
    assert found.values["beta"] == "4e-2"
    assert found.origins["beta"] == "line 5"
    assert found.values["num_generations"] == "6"
    assert (found.values["scale_rewards"], found.origins["scale_rewards"]) == ("false", "line 8")
    assert found.values["generation_kwargs.top_p"] == "-0.5"
    assert found.values["generation_kwargs.stop"] is None
    assert found.values["max_steps"] == "1000"
    assert "line 5: args.rate" in found.unsure["learning_rate"]
    assert [found.values[f"reward_funcs.{k}"] for k in (0, 1)] == ["first", "second"]
    assert found.told == "trl"


@pytest.mark.parametrize(
    "before",
    [
        "B = 1\nB = 2\n",
        "def f(B):\n    pass\nB = 1\n",
        "for B in (1, 2):\n    pass\n",
        "B = 1\nB += 1\n",
        "B = 1 + 1\n",
        "import B\n",
        "",
        "def f():\n    global B\n    B = 2\nB = 1\n",
        "with x as B:\n    pass\n",
        "B = 1\nfrom settings import *\n",
    ],
)
def test_a_name_that_is_not_certain_is_unsure(before: str, tmp_path: Path) -> None:
    assert (
        "known only when the program runs" in read(tmp_path, f"{before}GRPOConfig(beta=B)\n").unsure["beta"]
    )


def test_a_key_that_is_set_in_a_dictionary_later_is_unsure_and_its_others_are_not(tmp_path: Path) -> None:
    """As programs do under a condition; of arguments inside of it the defaults are known."""
    found = read(
        tmp_path,
        "p = argparse.ArgumentParser()\np.add_argument('--g', default=4)\nargs = p.parse_args()\n"
        "c: dict = dict(beta=0.1, num_generations=args.g)\nif x:\n    c['seed'] = 2\nc['beta'] = 3\n"
        "GRPOConfig(**c)\n",
    )
    assert set(found.unsure) == {"beta", "seed"}
    assert "c['beta'] is known only when the program runs" in found.unsure["beta"]
    assert found.values["num_generations"] == "4"
    assert "args.g" in found.supposed["num_generations"]


@pytest.mark.parametrize(
    "text",
    [
        "c = {'beta': 1}\nc[k] = 2\nGRPOConfig(**c)\n",
        "c = {'beta': 1}\nc['beta'] = 2\nf(c)\nGRPOConfig(**c)\n",
        "c = {'beta': 1}\nc.update(beta=2)\nGRPOConfig(**c)\n",
        "c = {'beta': 1}\nd = c\nd['beta'] = 2\nGRPOConfig(**c)\n",
        "GRPOConfig(**load())\n",
        "GRPOConfig(beta=1)\nGRPOConfig(beta=2)\n",
        "a = GRPOConfig(beta=1)\nsetattr(a, 'beta', 2)\n",
        "AsyncGRPOConfig(beta=1)\n",
        "TrlParser((A, GRPOConfig)).parse()\n",
        "from nemo_rl.algorithms import GRPOConfig\nGRPOConfig(beta=1)\n",
        "GRPOConfig(beta=\n",
        "x = 1\n",
        "\x00",
    ],
)
def test_what_cannot_be_read_is_one_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_change_under_a_condition_is_unsure(tmp_path: Path) -> None:
    found = read(tmp_path, "a = GRPOConfig(beta=1, num_generations=8)\nif x:\n    a.beta = 2\n")
    assert "line 3" in found.unsure["beta"]
    trainer = "t = GRPOTrainer(args=GRPOConfig(beta=1))\nt.args.beta = 2\nself.beta = 3\n"
    path = tmp_path / "trainer.py"
    path.write_text(trainer)
    assert "t.args.beta is set, too" in read_file(path, lambda values: True).unsure["beta"]
    path = tmp_path / "train.py"
    with pytest.raises(InputError, match=r"beta: line 3: a\.beta is known only when the program runs"):
        read_configuration(path)


def test_a_program_is_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    text = (
        f"open({str(marker)!r}, 'w')\nfrom trl import GRPOConfig\nGRPOConfig(beta=0.1, num_generations=4)\n"
    )
    assert read(tmp_path, text).values["beta"] == "0.1"
    assert not marker.exists()


def test_a_program_is_answered_as_the_trainer_it_configures(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(
        "training_args = GRPOConfig(\n    use_vllm=True,\n    beta = 0.04,\n    num_generations = 6,\n"
        "    scale_rewards = False,\n)\n"
    )
    found = read_configuration(path)
    assert found.contrast is not None
    assert (found.contrast.name, found.unit, found.beta) == ("mean", Fraction(5, 6), Fraction(1, 25))
    assert {item.key: item.origin for item in found.read}["beta"] == "line 3"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from unsloth import FastLanguageModel", "unsloth"),
        ("from open_r1.rewards import accuracy", "open_r1"),
    ],
)
def test_defaults_of_what_builds_on_trl_are_not_taken_for_trls(line: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(f"{line}\nfrom trl import GRPOConfig\nGRPOConfig(num_generations=8)\n")
    if name in FRAMEWORKS:
        assert read_configuration(path).framework == name
        return
    with pytest.raises(InputError, match=name):
        read_configuration(path)


def test_several_reward_functions_of_a_program_are_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    call = "GRPOTrainer(args=GRPOConfig(beta=1, num_generations=8), reward_funcs={})\n"
    path.write_text(call.format("[a, b]"))
    assert "reward_funcs" in read_configuration(path).verdict
    path.write_text(call.format("[a]"))
    assert read_configuration(path).computable
    path.write_text(call.format("load_rewards()"))
    assert any(
        "load_rewards() (line 1) is taken to be one" in x for x in read_configuration(path).assumptions
    )


def notebook(*cells: tuple[str, str]) -> str:
    return json.dumps(
        {
            "nbformat": 4,
            "cells": [{"cell_type": kind, "source": text.splitlines(keepends=True)} for kind, text in cells],
        }
    )


def test_cells_of_a_notebook(tmp_path: Path) -> None:
    text = notebook(
        ("markdown", "GRPOConfig(beta=9)"),
        ("code", "!pip install trl\n%load_ext x\nfrom trl import GRPOConfig"),
        ("code", "%%bash\nrm -rf /"),
        ("code", "this is no python"),
        ("code", "N = 4\nGRPOConfig(\n  beta=0.1,\n  num_generations=N)"),
    )
    found = read(tmp_path, text, "train.ipynb")
    assert (found.values["beta"], found.values["num_generations"]) == ("0.1", "4")
    assert found.origins["beta"] == "line 3 of cell 5"
    assert "pip install trl" in found.text
    assert any("cell 4" in sentence for sentence in found.assumed)


def test_a_notebook_with_large_outputs(tmp_path: Path) -> None:
    path = tmp_path / "train.ipynb"
    cell = '{"cell_type": "code", "source": "GRPOConfig(beta=0.1, num_generations=4)", "outputs": ["'
    path.write_text('{"nbformat": 4, "cells": [' + cell + "x" * (50 * 2**20) + '"]}]}')
    assert read_configuration(path).beta == Fraction(1, 10)


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{"cell_type": "code"}]}']
)
def test_what_is_no_notebook(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a notebook"):
        read(tmp_path, text, "train.ipynb")


ARGUMENTS = """import argparse
from trl import GRPOConfig
def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--num-generations", type=int, default=8)
    parser.add_argument("--beta", type=float{})
    return parser.parse_args()
def main():
    args = parse_args()
    {}
    c = GRPOConfig(num_generations=args.num_generations, beta=args.beta)
"""


@pytest.mark.parametrize(
    ("beta", "between", "known"),
    [
        (", default=0.5", "pass", True),
        ("", "pass", False),
        (", default=0.5", "args.beta = 1", False),
        (", default=0.5", "args = other()", False),
        (", default=0.5, action=Other", "pass", False),
        (', default=0.5)\n    parser.add_argument("--beta", default=1', "pass", False),
        (", default=0.5)\n    parser.set_defaults(beta=1", "pass", False),
        (", default=DEFAULT", "pass", False),
    ],
)
def test_defaults_of_the_command_line_are_supposed(
    beta: str, between: str, known: bool, tmp_path: Path
) -> None:
    path = tmp_path / "train.py"
    path.write_text(ARGUMENTS.format(beta, between))
    found = read_file(path, lambda values: True)
    assert ("beta" not in found.unsure) is known
    if known:
        assert found.values["beta"] == "0.5"
        assert "args.beta at its default" in found.supposed["beta"]
        assert found.values["num_generations"] == "8"

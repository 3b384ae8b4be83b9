"""Files that look like a configuration of one of the frameworks and are not: each is refused by name, and
the refusal says what to write instead. They are never answered from a framework's defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from .keys import Table
from .source import Flat

TRL = "beta, num_generations and scale_rewards"
INSTEAD = (
    "where it trains as {framework} does, write {keys} into a YAML file and name --framework {framework}"
)


@dataclass(frozen=True)
class Dialect:
    """Another framework's files: the keys that tell them, with a dot at the end sections; why they are not
    read."""

    name: str
    signs: tuple[str, ...]
    why: str
    framework: str = "trl"
    keys: str = TRL


VERL = (
    "verl",
    "algorithm.adv_estimator, actor_rollout_ref.actor.kl_loss_coef and actor_rollout_ref.rollout.n",
)

DIALECTS = (
    Dialect(
        "ms-swift",
        ("rlhf_type",),
        "its k3 is clamped, its default beta is 0.04, and rloo or kl_in_reward are other variants",
        *VERL,
    ),
    Dialect(
        "EasyR1",
        ("worker.actor.", "worker.rollout."),
        "a fork of verl with other names and defaults",
        *VERL,
    ),
    Dialect(
        "ROLL",
        ("adv_estimator", "num_return_sequences_in_group", "actor_train.", "actor_infer."),
        "its names and defaults are its own",
        *VERL,
    ),
    Dialect("Axolotl", ("trl.", "rl"), "TRL's keys are nested in it"),
    Dialect(
        "slime",
        ("kl_loss_coef", "kl_loss_type", "disable_grpo_std_normalization", "rm_type", "num_rollout"),
        "its names and defaults are its own",
        *VERL,
    ),
    Dialect("prime-rl", ("orchestrator.",), "its names and defaults are its own"),
)


def refuse_text(path: Path, text: str) -> None:
    """Refuse programs, notebooks and TOML by the name of the file, or by what stands in it.

    Raises:
        InputError: such a file.
    """
    suffix = path.suffix.lower()
    called = re.search(r"^[^#\n]*?\b(\w*GRPOConfig\s*\()", text, re.MULTILINE)
    if suffix in (".py", ".ipynb") or called:
        what = f"a Python program ({called[1]}...))" if called else "a Python program or notebook"
        raise InputError(f"{path}: {what} is not read: {_instead('trl', TRL)}")
    if suffix == ".toml":
        raise InputError(
            f"{path}: TOML (prime-rl) is not read: the frameworks that are write YAML, JSON or commands"
        )


def refuse_dialect(path: Path, values: Flat, tables: tuple[Table, ...]) -> None:
    """Refuse another framework's keys, and dumps that wrap each value.

    Raises:
        InputError: such a file.
    """
    for dialect in DIALECTS:
        sign = next((key for key in values for sign in dialect.signs if _shows(key, sign)), None)
        if sign is not None:
            raise InputError(
                f"{path}: {sign} is a key of {dialect.name}, which is not read ({dialect.why}): "
                + _instead(dialect.framework, dialect.keys)
            )
    for table in tables:
        wrapped = next((key for key in table.decisive() if f"{key}.value" in values), None)
        if wrapped is not None:
            raise InputError(
                f"{path}: {wrapped} holds its value under 'value', as a dump of W&B does, which is not read: "
                f"write {wrapped}: {values[f'{wrapped}.value']}, and so on"
            )


def _shows(key: str, sign: str) -> bool:
    return key.startswith(sign) if sign.endswith(".") else key == sign


def _instead(framework: str, keys: str) -> str:
    return INSTEAD.format(framework=framework, keys=keys)

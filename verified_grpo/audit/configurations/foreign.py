"""Files that look like a configuration of one of the frameworks and are not: each is refused by name, and
the refusal says what to write instead. They are never answered from a framework's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ..dialects import Flat

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


TOLD = {
    "unsloth": "its own defaults differ from TRL's (beta 0.001)",
    "open_r1": "it pins TRL 0.18.0, whose defaults differ from the newest",
}
"""Frameworks that a program names by what it imports."""


def refuse_told(path: Path, name: str) -> None:
    """Refuse a program of a framework that is not read.

    Raises:
        InputError: always.
    """
    raise InputError(f"{path}: a program of {name}, which is not read ({TOLD[name]}): {_instead('trl', TRL)}")


def refuse_dialect(path: Path, values: Flat) -> None:
    """Refuse another framework's keys.

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


def _shows(key: str, sign: str) -> bool:
    return key.startswith(sign) if sign.endswith(".") else key == sign


def _instead(framework: str, keys: str) -> str:
    return INSTEAD.format(framework=framework, keys=keys)

"""What a framework does when it is told no more than to train by GRPO: its own defaults, out of its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import FRAMEWORKS, configuration_of
from .configuration import Configuration

EIGHT = "8"
TOLD: Mapping[str, Mapping[str, str]] = {
    "verl": {"algorithm.adv_estimator": "grpo", "actor_rollout_ref.rollout.n": EIGHT},
    "openrlhf": {"algo.advantage.estimator": "group_norm", "rollout.n_samples_per_prompt": EIGHT},
    "areal": {"gconfig.n_samples": EIGHT},
    "easyr1": {"worker.rollout.n": EIGHT},
    "slime": {"n_samples_per_prompt": EIGHT},
    "roll": {"adv_estimator": "grpo", "num_return_sequences_in_group": EIGHT},
    "prime_rl": {"orchestrator.group_size": EIGHT},
    "axolotl": {"rl": "grpo"},
    "open_r1": {"reward_funcs": "accuracy"},
}
"""What has to be said for groups with one 0/1 reward, where a framework's default is something else, or a
group of one."""


@dataclass(frozen=True)
class Usual:
    """A framework's configuration by its defaults, and what had to be said beside them."""

    configuration: Configuration
    told: Mapping[str, str]


def usual() -> list[Usual]:
    """Every framework's. One that is outside the model is refused by name, as a file is."""
    return [_usual(name) for name in FRAMEWORKS]


def _usual(name: str) -> Usual:
    told = TOLD.get(name, {})
    found = configuration_of(name, told)
    return Usual(replace(found, read=tuple(dict.fromkeys(found.read))), told)

"""Beside TRL's ``GRPOTrainer``: certified limits among its own metrics, and warnings in words.

    certified = CertifiedGRPOCallback()
    trainer = GRPOTrainer(..., reward_funcs=certified.watch(reward), callbacks=[certified])

The reward function is watched, not changed: its rewards go to the trainer as they are. Numbers are logged by
TRL's ``log_metric``, so that they stand where TRL's stand, in the state, W&B and TensorBoard.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import wraps
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from ..audit.runs.changes import Counts
from ..audit.runs.question import Variant, of_file
from ..audit.runs.sentences import stepping_of
from ..errors import InputError
from ..intervals import exact
from .watching import Watch, Watched

DECISIVE = ("beta", "num_generations", "scale_rewards", "loss_type")
"""Of the configuration: handed on even where they have TRL's default."""
logger = logging.getLogger(__name__)
Reward = Callable[..., list[float]]


class CertifiedGRPOCallback(TrainerCallback):  # type: ignore[misc]
    """Logs ``certified/limit_low`` and ``limit_high`` (the certified limit of small steps, in the mean over
    the batch's prompts with a p_ref), ``pass_rate``, ``without_signal`` (groups with one reward), and
    ``step_size_low`` and ``step_size_high`` (an estimate, per optimiser step).

    Args:
        success: a reward from this number on is a success.
        target: prompts whose certified limit lies below are warned of.
        confidence: of each prompt's interval for p_ref, and of the step size's.
        reference: successes and samples of the reference by prompt, ``{prompt: (k, n)}``; without them the
            samples of step 0 are the reference's, and later prompts have no limit.
        share: of the training's time that fits of the step size may take.

    Not proved: the step size, which is fitted in floating point; that one prompt's limit is not moved by
    other prompts in the same network. Each process sees its own samples; TRL logs the mean over processes
    and over the steps between two logs, in single precision, which rounds the ends of a limit to 7 digits.

    Raises:
        InputError: a number outside its domain.
    """

    def __init__(
        self,
        *,
        success: float = 1.0,
        target: str = "0.5",
        confidence: str = "0.95",
        reference: Mapping[str, tuple[int, int]] | None = None,
        share: float = 0.005,
    ) -> None:
        self.asked = {"success": success, "share": share}
        self.target, self.confidence = exact(target), exact(confidence)
        if not (0 < self.target < 1 and 0 < self.confidence < 1):
            raise InputError("target and confidence must lie in (0, 1)")
        self.reference = {name: Counts(*pair) for name, pair in (reference or {}).items()}
        self.watched: Watched | None = None
        self._training = self._told = False

    def watch(self, reward: Reward) -> Reward:
        """The same reward function, its rewards seen: of several functions give the one that tells a success.

        Raises:
            InputError: an asynchronous function.
        """
        if iscoroutinefunction(reward):
            raise InputError("an asynchronous reward function is not watched: give one that returns rewards")

        @wraps(reward)
        def seen(*given: Any, **named: Any) -> list[float]:
            rewards = reward(*given, **named)
            self._see(rewards, named)
            return rewards

        return seen

    def _see(self, rewards: list[float], named: Mapping[str, Any]) -> None:
        state, log = named.get("trainer_state"), named.get("log_metric")
        if not self._training or self.watched is None or state is None or log is None:
            return
        numbers, sentences = self.watched.add(int(state.global_step), named["prompts"], rewards)
        for name, value in numbers.items():
            log(name, value)
        for words in sentences:
            logger.warning("step %d: %s", state.global_step, words)

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The variant is that of the run's own configuration, as ``audit --config`` reads it."""
        variant, refusal = variant_of(args)
        watch = Watch(variant, refusal, int(args.num_generations), self.confidence, self.target, **self.asked)
        self.watched = Watched(watch, self.reference)
        if variant is not None:
            logger.info("held against: %s", variant.words)

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Rewards from here to the step's end are of training."""
        self._training = True

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Rewards from here on are of an evaluation."""
        self._training = False

    def on_log(
        self, args: Any, state: Any, control: Any, logs: Mapping[str, Any] | None = None, **_: Any
    ) -> None:
        """Of several reward functions one is watched, and the trainer adds them up: that is said once."""
        functions = [name for name in logs or {} if name.startswith("rewards/") and name.endswith("/mean")]
        if len(functions) > 1 and not self._told:
            self._told = True
            logger.warning(
                "several reward functions are added up: what is certified is for training on one of them"
            )

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The step size of the whole run, in words."""
        if self.watched is not None and (found := self.watched.fit()) is not None:
            logger.info(stepping_of(found, self.confidence))


def variant_of(args: Any) -> tuple[Variant | None, str]:
    """The variant of a ``GRPOConfig``, or why there is none: its settings that are not TRL's defaults, read
    as a file of them."""
    from trl import __version__

    said = {
        one.name: value
        for one in fields(args)
        if one.init
        and (isinstance(value := getattr(args, one.name), (bool, int, float, str)) or value is None)
        and (one.name in DECISIVE or (one.default is not MISSING and value != one.default))
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "training_args.json"
        file.write_text(json.dumps(said), encoding="utf-8")
        try:
            return of_file(file, "trl", __version__)
        except InputError as error:
            return None, str(error).removeprefix(f"{file}: ")

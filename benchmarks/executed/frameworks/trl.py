"""TRL: the part of ``_generate_and_score_completions`` from rewards to advantages, and ``_compute_loss``."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option
from ..source import Source

TRAINER, UTILS = "trl/trainer/grpo_trainer.py", "trl/trainer/utils.py"
METHOD = "GRPOTrainer._generate_and_score_completions"
LOSSES = ("grpo", "bnpo", "dapo", "dr_grpo", "sapo", "luspo", "cispo")
REFERENCE = "reference"
OWN = ("nanstd", "nanmin", "nanmax")


class Trainer(SimpleNamespace):
    """What the cut methods ask of a trainer of one process, with answers of one token."""

    def _get_per_token_logps(self, model: Any, *_: Any, **__: Any) -> Any:
        return self.ref if model == REFERENCE else self.logp

    def _get_per_token_logps_and_entropies(self, *_: Any, **__: Any) -> Any:
        found = (self.logp, torch.zeros_like(self.logp).detach(), None)
        return found if self.three else found[:2]

    def compute_liger_loss(self, *_: Any) -> None:
        """Never asked for."""


def options(source: Source) -> list[Option]:
    """Scalings, both kernels where the version has both, and the losses that it has."""
    text = source.text(TRAINER)
    utilities = [name for name in OWN if f"def {name}(" in source.text(UTILS)]
    own = vars(source.cut(UTILS, *utilities)) if utilities else {}
    cut = vars(source.cut(TRAINER, *(name for name in OWN if f"def {name}(" in text)))
    advantages = source.statements(TRAINER, METHOD, "rewards", "process_slice", **own, **cut)
    loss = source.cut(TRAINER, "GRPOTrainer._compute_loss", **own, **cut)._compute_loss
    losses = [name for name in LOSSES if f'"{name}"' in text]
    kernels = ("true", "false") if "use_bias_correction_kl" in text else ("false",)
    settings = [("group", kernels[0], losses[0]), *(("none", kernel, losses[0]) for kernel in kernels)]
    settings += [("group", kernel, losses[0]) for kernel in kernels[1:]]
    settings += [("group", kernels[0], name) for name in losses[1:]]
    three = "aux_loss" in text
    words = "group" if '"none"' in text and "scale_rewards" in text else "true"
    return [_option(advantages, loss, three, words, *setting) for setting in settings]


def _option(
    run: Any, compute: Any, three: bool, words: str, scaling: str, weighted: str, name: str
) -> Option:
    given: Any = scaling if words == "group" else scaling == "group"
    configuration = {
        "beta": "1",
        "num_generations": "8",
        "scale_rewards": scaling if words == "group" else str(given).lower(),
        "use_bias_correction_kl": weighted,
        "loss_type": name,
    }

    def trainer(logp: Any, ref: Any = None) -> Trainer:
        return Trainer(
            logp=logp,
            ref=ref,
            ref_model=REFERENCE,
            three=three,
            beta=1.0,
            scale_rewards=given,
            num_generations=8,
            num_iterations=1,
            reward_weights=torch.ones(1),
            multi_objective_aggregation="sum_then_normalize",
            loss_type=name,
            epsilon_low=0.2,
            epsilon_high=0.2,
            max_completion_length=1,
            importance_sampling_level="token",
            top_entropy_quantile=1.0,
            token_entropy_percentile_threshold=0.0,
            off_policy_mask_threshold=None,
            use_vllm=False,
            vllm_importance_sampling_correction=False,
            aux_loss_enabled=False,
            use_adaptive_entropy=False,
            entropy_coef=0.0,
            _entropy_bonus_enabled=False,
            current_gradient_accumulation_steps=1,
            model=SimpleNamespace(training=True),
            control=SimpleNamespace(should_evaluate=False),
            _metrics={"train": defaultdict(list), "eval": defaultdict(list)},
            tools=None,
            accelerator=SimpleNamespace(
                num_processes=1,
                gather=lambda value: value,
                gather_for_metrics=lambda value: value,
                reduce=lambda value, reduction=None: value,
            ),
            args=SimpleNamespace(
                use_bias_correction_kl=weighted == "true",
                delta=None,
                sapo_temperature_pos=1.0,
                sapo_temperature_neg=1.05,
                gradient_accumulation_steps=1,
                steps_per_generation=1,
            ),
        )

    def advantages(rewards: Any) -> Any:
        return run(
            self=trainer(None),
            rewards_per_func=rewards[:, None],
            device="cpu",
            num_generations=len(rewards),
            mode="train",
            unscorable_mask=torch.zeros(len(rewards), dtype=torch.bool),
        )["advantages"]

    def of(logp: Any, ref: Any, given: Any) -> Any:
        ids, mask = torch.zeros(len(ref), 1, dtype=torch.long), torch.ones_like(ref)
        inputs = {
            "prompt_ids": ids,
            "prompt_mask": ids,
            "completion_ids": ids,
            "completion_mask": mask,
            "advantages": given,
            "ref_per_token_logps": ref,
            "old_per_token_logps": None,
            "num_items_in_batch": mask.sum(),
        }
        return compute(trainer(logp, ref), None, inputs)

    def kl(logp: Any, ref: Any) -> Any:
        """The loss of one sample without advantage is the estimate."""
        parts = [of(logp[i : i + 1], ref[i : i + 1], torch.zeros(1)) for i in range(len(ref))]
        return torch.stack(parts)[:, None]

    label = (
        f"scale_rewards {configuration['scale_rewards']}, use_bias_correction_kl {weighted}, loss_type {name}"
    )
    return Option(label, configuration, advantages, lambda r, logp, ref: of(logp, ref, advantages(r)), kl)

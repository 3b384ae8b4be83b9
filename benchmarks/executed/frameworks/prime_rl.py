"""prime-rl: the advantages of ``GRPOAlgorithm`` and ``MaxRLAlgorithm``, and the default loss."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

MAX_RL = "src/prime_rl/orchestrator/algo/max_rl.py"
ALGORITHM, LOSS = "src/prime_rl/orchestrator/algo/grpo.py", "src/prime_rl/trainer/rl/loss.py"
NAMES = ("_safe_mean", "compute_importance_ratio_and_mismatch_kl", "default_loss_fn", "ipo_loss_fn")


def options(source: Source) -> list[Option]:
    """Both losses; the advantages are what a sample is given."""
    given: dict[str, float] = {}
    known = {
        "Algorithm": object,
        "iter_trainable_traces": lambda episodes: [(0, episode) for episode in episodes],
        "assign_advantages": lambda trace, advantage: given.__setitem__(trace.name, advantage),
    }
    algorithm = source.cut(ALGORITHM, "GRPOAlgorithm", **known).GRPOAlgorithm
    over_mean = source.cut(MAX_RL, "MaxRLAlgorithm", **known).MaxRLAlgorithm
    cut = source.cut(LOSS, *NAMES, LossOutputs=SimpleNamespace)
    return [
        *(_option(algorithm.score_group, cut, given, kind, "grpo") for kind in ("default", "ipo")),
        _option(lambda _, traces: over_mean().score_group(traces), cut, given, "default", "max_rl"),
    ]


def _option(score: Any, cut: Any, given: dict[str, float], kind: str, name: str) -> Option:
    configuration = {
        "orchestrator.group_size": "8",
        "trainer.loss.type": kind,
        "orchestrator.algo.type": name,
    }
    config = SimpleNamespace(
        dppo_mask_low=0.2, dppo_mask_high=0.2, ipo_threshold=0.1, adv_tau=1.0, kl_tau=1e-3
    )
    function = cut.default_loss_fn if kind == "default" else cut.ipo_loss_fn

    def advantages(rewards: Any) -> Any:
        traces = [SimpleNamespace(name=str(i), reward=float(r)) for i, r in enumerate(rewards)]
        asyncio.run(score(SimpleNamespace(length_penalty=None), traces))
        return torch.tensor([given[trace.name] for trace in traces])

    def policy(logp: Any, values: Any) -> Any:
        inputs = SimpleNamespace(
            trainer_logprobs=logp[:, 0],
            inference_logprobs=logp.detach()[:, 0],
            advantages=values[:, 0],
            loss_mask=torch.ones(len(values), dtype=torch.bool),
            loss_weights=None,
        )
        return function(inputs, config).loss / len(values)

    return combined(f"{name}, loss {kind}", configuration, advantages, policy, None)

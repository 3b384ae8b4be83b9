"""open-instruct: the advantages of ``data_loader``, ``estimate_kl`` and ``compute_grpo_loss``."""

from __future__ import annotations

import ast
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from ..measured import Option, combined
from ..source import Source

LOADER, UTILS, GRPO = (f"open_instruct/{name}.py" for name in ("data_loader", "model_utils", "grpo_utils"))
SETTINGS = (("centered", "2"), ("standard", "2"), ("centered", "1"), ("centered", "3"), ("centered", "0"))
REWARD = 10.0


def options(source: Source) -> list[Option]:
    """Both normalisations and every estimator; groups without signal are kept."""
    utils = source.cut(UTILS, "estimate_kl")
    kinds = SimpleNamespace(dapo="dapo", cispo="cispo")
    loss = source.cut(GRPO, "compute_grpo_loss", model_utils=utils, GRPOLossType=kinds).compute_grpo_loss
    return [_option(_advantages(source), loss, *setting) for setting in SETTINGS]


def _advantages(source: Source) -> Any:
    """The statements from ``scores_per_prompt`` to the branches of the normalisation, wherever they stand."""
    for node in ast.walk(ast.parse(source.text(LOADER))):
        body = getattr(node, "body", [])
        starts = [i for i, child in enumerate(body) if _sets(child)] if isinstance(body, list) else []
        if starts:
            end = next(i for i in range(starts[0], len(body)) if isinstance(body[i], ast.If)) + 1
            return compile(ast.Module(body[starts[0] : end], []), LOADER, "exec")
    raise LookupError("no advantages")


def _sets(node: Any) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "scores_per_prompt"


def _option(code: Any, loss: Any, normalised: str, kind: str) -> Option:
    beta = 5.0
    configuration = {
        "beta": "5",
        "num_samples_per_prompt_rollout": "8",
        "advantage_normalization_type": normalised,
        "kl_estimator": kind,
        "verification_reward": "10",
        "filter_zero_std_samples": "false",
    }
    asked = SimpleNamespace(num_samples_per_prompt_rollout=8, advantage_normalization_type=normalised)
    config = SimpleNamespace(loss_fn="dapo", clip_lower=0.2, clip_higher=0.272, kl_estimator=int(kind))

    def advantages(rewards: Any) -> Any:
        scores = REWARD * rewards.numpy().astype(float)
        scope: dict[str, Any] = {"np": np, "scores": scores, "self": SimpleNamespace(config=asked)}
        exec(code, scope)  # noqa: S102
        return torch.tensor(scope["advantages"])

    def both(logp: Any, given: Any, ref: Any) -> Any:
        ratio = torch.exp(logp - logp.detach())
        return loss(logp, ratio, given, ref, config, torch.ones_like(given))

    return combined(
        f"{normalised}, kl_estimator {kind}",
        configuration,
        advantages,
        lambda logp, given: both(logp, given, None)[0].mean(),
        lambda logp, ref: both(logp, torch.zeros_like(ref), ref)[2],
        lambda kl: kl.mean(),
        beta,
    )

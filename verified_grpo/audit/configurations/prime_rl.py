"""prime-rl's settings: mean-only advantages and no KL to a fixed reference."""

from __future__ import annotations

import re

from .configuration import NONE, Configuration
from .draft import Draft
from .settings import Settings
from .tables.prime_rl import TABLE as TABLE

OWN = re.compile(r"orchestrator\.(train\.)?(source|env)\.\d+\.(algo\.type|group_size|rollouts_per_example)")


def configure(settings: Settings) -> Configuration:
    """Map the sections ``orchestrator`` and ``trainer.loss``."""
    draft = Draft(settings, settings.number("trainer.loss.adv_tau") * 0)
    estimator, loss = settings.text("orchestrator.algo.type"), settings.text("trainer.loss.type")
    if estimator not in ("grpo", "max_rl"):
        draft.refuse(f"orchestrator.algo.type {estimator}: not covered, only grpo and max_rl")
        return draft.done()
    own = next((key for key in settings.values if OWN.match(key)), None)
    if own is not None:
        draft.refuse(f"{own}: environments with settings of their own; ask about one at a time")
    scale = settings.number("trainer.loss.adv_tau")
    if scale == 0:
        draft.refuse("trainer.loss.adv_tau: 0 rewards nothing")
        return draft.done()
    size = settings.size("orchestrator.group_size")
    if estimator == "max_rl":
        draft.over_mean(size, scale)
    else:
        draft.mean_only(size, scale)
    draft.kernel = NONE
    draft.assumptions.append("prime-rl has no KL to a fixed reference.")
    mirror = settings.text("trainer.loss.kl_tau")
    draft.not_covered.append(f"kl_tau {mirror}: a penalty towards the policy that sampled (a mirror term).")
    draft.not_covered.append(
        f"Masks of the loss {loss}, and rollouts by older policies (asynchronous training)."
    )
    return draft.done()

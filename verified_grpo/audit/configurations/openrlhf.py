"""OpenRLHF's options (``trainer/ppo_utils/experience_maker.py`` at 3c3be623), dotted or in their older
spelling."""

from __future__ import annotations

from .configuration import NOT_COVERED, Configuration, Draft
from .settings import Settings

NAME, COMMIT = "openrlhf", "3c3be623"
EPS = "1e-9"
KEYS = (
    "algo.advantage.estimator",
    "algo.advantage.no_std_norm",
    "algo.kl.init_coef",
    "algo.kl.estimator",
    "algo.kl.use_loss",
    "rollout.n_samples_per_prompt",
    "actor.eps_clip",
    "advantage_estimator",
    "init_kl_coef",
    "kl_estimator",
    "use_kl_loss",
    "n_samples_per_prompt",
)
SIGNS = ("algo.advantage.", "algo.kl.", "advantage_estimator", "init_kl_coef", "use_kl_loss")


def configure(settings: Settings) -> Configuration:
    """Map the options: ``group_norm`` or ``dr_grpo``, k1 in the reward after normalisation by default."""
    draft = Draft(NAME, COMMIT, settings.number("algo.kl.init_coef", "0.01", "init_kl_coef"))
    estimator = settings.text("algo.advantage.estimator", "not set", "advantage_estimator")
    if estimator not in ("group_norm", "dr_grpo"):
        draft.regulariser = NOT_COVERED
        draft.verdict = f"algo.advantage.estimator: {estimator}; covered are group_norm and dr_grpo"
        return draft.done(settings.read)
    size = settings.size("rollout.n_samples_per_prompt", "1", "n_samples_per_prompt")
    if estimator == "dr_grpo":
        draft.mean_only(size)
    else:
        draft.group(size, 1, EPS)
        if settings.flag("algo.advantage.no_std_norm", False):
            draft.assumptions.append(
                "no_std_norm is taken to speak of the batch normalisation that other estimators have."
            )
    kind = settings.choice("algo.kl.estimator", "k1", ("k1", "k2", "k3"), "kl_estimator")
    in_loss = settings.flag("algo.kl.use_loss", False, "use_kl_loss")
    draft.kl(kind, "loss" if in_loss else "reward", "algo.kl")
    draft.not_covered.append("Clipping of the likelihood ratio, and of the reward.")
    return draft.done(settings.read)

"""The standard atlases: what ``make atlases`` draws up, the benchmark measures and the manual shows."""

from __future__ import annotations

from ...model import Contrast
from .question import AtlasQuestion, ask

BETA, LOW_BETA, P_REF = "0.01:100", "1e-4:100", "1e-4:0.999"


def standard_atlases() -> dict[str, AtlasQuestion]:
    """Questions by name, all over the same window, at the undecided share of 1 %."""
    return {
        "eps-1e-5": ask(beta=BETA, eps="1e-5", p_ref=P_REF),
        "eps-1e-3": ask(beta=BETA, eps="1e-3", p_ref=P_REF),
        "mean-std": ask(beta=BETA, eps="1e-4", p_ref=P_REF, contrast=Contrast("mean-std")),
        "group-8": ask(beta=BETA, eps="1e-4", p_ref=P_REF, contrast=Contrast("group", 8, 1)),
        "group-16": ask(beta=BETA, eps="1e-4", p_ref=P_REF, contrast=Contrast("group", 16, 1)),
        "alpha-0.5": ask(beta=BETA, eps="1e-5", p_ref=P_REF, alpha="0.5"),
    }


def small_step_atlases() -> dict[str, AtlasQuestion]:
    """Those of small steps, from smaller beta on."""
    return {
        "small-steps-eps-1e-5": ask(beta=LOW_BETA, eps="1e-5", p_ref=P_REF),
        "small-steps-group-16": ask(
            beta=LOW_BETA, eps="1e-4", p_ref=P_REF, contrast=Contrast("group", 16, 1)
        ),
    }

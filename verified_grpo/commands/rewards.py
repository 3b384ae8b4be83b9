"""The option for rewards of two other values than 0 and 1."""

from __future__ import annotations

from ..intervals import canonical, exact_range
from ..model import Contrast
from .options import remark


def rewarded(values: tuple[str, str] | None, contrast: Contrast, eps: str) -> tuple[Contrast, str]:
    """Contrast and stabiliser as they are for 0 and 1, and what was made of them is said.

    Raises:
        InputError: values that are no exact numbers or not in order, or a contrast without such a form.
    """
    if values is None:
        return contrast, eps
    from ..model.rewards import Rewards

    rewards, given = Rewards.of(*values), exact_range(eps)
    chosen, stabiliser = rewards.contrast(contrast), rewards.stabiliser(contrast, given)
    low, high = (canonical(end) for end in stabiliser)
    written = low if low == high else f"{low}:{high}"
    if stabiliser != given:
        remark(f"rewards {values[0]} and {values[1]} are rewards 0 and 1 with eps {written}")
    elif chosen != contrast:
        remark(f"rewards {values[0]} and {values[1]}: Omega is {chosen.label}")
    else:
        remark(f"rewards {values[0]} and {values[1]} are rewards 0 and 1: only their difference counts")
    return chosen, written

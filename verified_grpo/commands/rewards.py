"""The options for rewards of two other values than 0 and 1, and for the spread of a whole batch."""

from __future__ import annotations

from ..errors import InputError
from ..intervals import canonical, exact_range
from ..model import Contrast
from .options import remark


def over_batch(contrast: Contrast, std: str | None, eps: str) -> str:
    """The stabiliser with the batch's standard deviation added, which contrast batch divides by.

    Raises:
        InputError: contrast batch without its standard deviation, or one < 0, or for another contrast.
    """
    if contrast.name != "batch":
        if std is not None:
            raise InputError("--batch-std belongs to --contrast batch")
        return eps
    if std is None:
        raise InputError("contrast batch needs --batch-std: the batch's standard deviation, or a range of it")
    spread, stabiliser = exact_range(std), exact_range(eps)
    if spread[0] < 0:
        raise InputError(f"a standard deviation is not negative: {std}")
    low, high = (canonical(a + b) for a, b in zip(spread, stabiliser, strict=True))
    written = low if low == high else f"{low}:{high}"
    remark(f"Omega divides by the batch's standard deviation plus eps, {written}, which stands for eps")
    return written


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

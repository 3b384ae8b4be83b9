"""Several reward functions, whose weighted sum is the reward.

The sum of a reward of 0 and 1 with weight w and of others that are constant over the answers to a prompt is,
but for a number that the group's mean takes off, the reward of 0 and 1 times w. That the others are constant
is a condition; with equal weights it may be any of them that varies.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...errors import InputError
from ...intervals import canonical, exact
from .draft import Draft

SUMMED = "several reward functions are summed, so a reward is not 0 or 1: one 0/1 reward is needed"

ALL_BUT_ONE = (
    "all reward functions but one give every answer to a prompt the same reward, and that one is 0 or 1"
)


def reward_scale(draft: Draft, section: str = "") -> Fraction:
    """What a reward of 0 and 1 counts in the sum, by ``reward_funcs`` and ``reward_weights``; refused, and 1,
    where that is nothing."""
    settings = draft.settings
    names = settings.words(f"{section}reward_funcs")
    weights = _weights(draft, settings.words(f"{section}reward_weights"))
    if weights and names and len(weights) != len(names):
        draft.refuse(f"{section}reward_weights: {len(weights)} weights for {len(names)} reward functions")
    scale = max(weights, default=Fraction(1))
    if scale <= 0:
        draft.refuse(f"{section}reward_weights: no reward has a weight above 0")
        return Fraction(1)
    number = max(len(names), len(weights))
    if number > 1:
        shown = " ".join(names) or f"of {number}"
        given = "" if settings.has_words(f"{section}reward_funcs") or not names else " (default)"
        words = f"{section}reward_funcs {shown}{given}: {SUMMED}"
        draft.only_read(f"{section}reward_funcs")
        draft.provided(_condition(names, weights, scale), words)
    return scale


def _weights(draft: Draft, words: Sequence[str]) -> list[Fraction]:
    try:
        return [exact(word) for word in words]
    except InputError as error:
        raise InputError(f"reward_weights: {error}") from None


def _condition(names: Sequence[str], weights: Sequence[Fraction], scale: Fraction) -> str:
    """All but one are constant: any one where all weights are alike, else that of the largest."""
    if len(set(weights)) < 2:
        return ALL_BUT_ONE
    one = names[weights.index(scale)] if len(names) == len(weights) else "one"
    return (
        f"all reward functions but {one}, of weight {canonical(scale)}, give every answer to a prompt the "
        f"same reward, and {one} is 0 or 1"
    )

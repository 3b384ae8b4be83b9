"""What the advice says, in sentences."""

from __future__ import annotations

from fractions import Fraction

from ...intervals import decimal_down
from .advising import Advice, Outcome

DIGITS = 4


def sentence(found: Advice) -> str:
    """The answer in one sentence."""
    total, target = found.prompts.total, short(found.target)
    done, stays = found.count("arrives"), found.count("held back") + found.count("below")
    parts = [f"{done:,} of {total:,} prompts end at {target} or above"]
    for count, words in (
        (stays, "stay below"),
        (found.count("undecided"), "not decided"),
        (found.count("no success"), "without a success"),
        (found.count("no failure"), "without a failure"),
    ):
        parts += [f"{count:,} {words}"] if count else []
    return f"With small steps {', '.join(parts)}."


MEANINGS: dict[Outcome, str] = {
    "arrives": "end at {} or above",
    "held back": "are held back below {} by a fold: a fixed point there or above exists, too",
    "below": "end below {}",
    "undecided": "are not decided",
    "no success": "show no success: nothing is learned from groups whose rewards are all alike",
    "no failure": "show no failure: nothing is left to gain",
}


def short(x: Fraction) -> str:
    """To be read; rounded down."""
    return "1/2" if x == Fraction(1, 2) else decimal_down(x, DIGITS)

"""Rewards of two values, in whatever clothes they are logged: which is a success.

Numbers (the larger one of two is the success), truth values, and words. Rewards of more than two values make
classes of answers, which are another question, and are refused by name.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from ...characters import shortened
from ...errors import InputError
from ...intervals import canonical, exact
from ..reward_words import FAILURE, SUCCESS

ALONE = {Fraction(0): False, Fraction(1): True, Fraction(-1): False}
"""What a number is where the log has no other."""
SHOWN = 5


def successes(values: Collection[str]) -> dict[str, bool]:
    """Whether each of these texts is a success.

    >>> successes({"1.0", "-1"}) == {"1.0": True, "-1": False}
    True

    Raises:
        InputError: words and numbers together, words that are not known, or more than two numbers.
    """
    words = {text: text.strip().lower() for text in values}
    named = [text for text, word in words.items() if word in SUCCESS | FAILURE]
    if named and len(named) == len(words):
        return {text: word in SUCCESS for text, word in words.items()}
    numbers = {text: _number(text) for text in values}
    strange = sorted(text for text in values if numbers[text] is None and text not in named)
    if strange:
        raise InputError(f"{shortened(strange[0], 40)!r} is no reward: a number, or a word such as pass")
    if named:
        raise InputError(
            f"rewards of two kinds: {shortened(min(named), 40)!r} is a word, and others are numbers"
        )
    return _of_numbers({text: number for text, number in numbers.items() if number is not None})


def _number(text: str) -> Fraction | None:
    try:
        return exact(text)
    except InputError:
        return None


def _of_numbers(numbers: dict[str, Fraction]) -> dict[str, bool]:
    distinct = sorted(set(numbers.values()))
    if len(distinct) > 2:
        shown = ", ".join(canonical(x) for x in distinct[:SHOWN])
        more = ", ..." if len(distinct) > SHOWN else ""
        raise InputError(
            f"{len(distinct)} different rewards ({shown}{more}): run reads rewards of two values; of more, "
            "name a column of them with --reward"
        )
    if len(distinct) == 2:
        return {text: number == distinct[1] for text, number in numbers.items()}
    if distinct and distinct[0] not in ALONE:
        raise InputError(f"every reward is {canonical(distinct[0])}: whether that is a success is not known")
    return {text: ALONE[number] for text, number in numbers.items()}


def said(found: dict[str, bool]) -> str:
    """Which rewards are taken for what, in words; empty where it is plain."""
    numbers = {_number(text): success for text, success in found.items()}
    if set(numbers) <= {None, Fraction(0), Fraction(1)}:
        return ""
    right, wrong = (
        [canonical(x) for x, success in numbers.items() if x is not None and success is wanted]
        for wanted in (True, False)
    )
    parts = [f"{' and '.join(right)} is a success"] if right else []
    parts += [f"{' and '.join(wrong)} a failure"] if wrong else []
    return "rewards: " + ", ".join(parts)

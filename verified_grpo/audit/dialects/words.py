"""Words of a shell script, what its variables stand for, and what only a run knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Word:
    """One word of a command.

    Attributes:
        text: as it is after the script's own assignments are put in; what is not known stays with its ``$``.
        line: where it stands.
        supposed: what had to be supposed of the environment.
        unknown: why parts are not known.
        maybe: why the word itself may be absent; empty where it stands for certain.
        free: not quoted, and nothing but one unknown variable: it may be any number of words.
    """

    text: str
    line: int
    supposed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    maybe: str = ""
    free: bool = False


@dataclass(frozen=True)
class Command:
    """The words of one command, without the assignments before it."""

    words: tuple[Word, ...]
    line: int


@dataclass(frozen=True)
class Known:
    """A variable with a certain value: one word, or the words of an array."""

    words: tuple[Word, ...]
    array: bool = False


@dataclass(frozen=True)
class Hidden:
    """A variable that the script assigns in a way that only a run knows; ``either``: the words of every value
    that it may have, None where they are not all known."""

    reason: str
    either: tuple[Word, ...] | None = None


Value = Known | Hidden


def joined(words: Iterable[Word], line: int) -> Word:
    """Words in one, as ``"${ARRAY[*]}"`` puts them."""
    parts = tuple(words)
    maybe = next((word.maybe for word in parts if word.maybe), "")
    return Word(
        " ".join(word.text for word in parts),
        line,
        merged(word.supposed for word in parts),
        merged((*word.unknown, *([maybe] if maybe else [])) for word in parts),
    )


def merged(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Each sentence once, in order."""
    return tuple(dict.fromkeys(item for items in lists for item in items))


def alternatives(*values: Value | None) -> tuple[Word, ...] | None:
    """The words of all values that a variable may have, for a command that takes it as words; None where one
    is not known."""
    found: list[Word] = []
    for value in values:
        words = value.words if isinstance(value, Known) else value.either if value else ()
        apart = isinstance(value, Known) and not value.array
        if words is None or any(word.free or (apart and word.unknown) for word in words):
            return None
        found += (
            [replace(word, text=part) for word in words for part in word.text.split()] if apart else words
        )
    return tuple(found)


def uncertain(words: Iterable[Word], reason: str) -> tuple[Word, ...]:
    """Words that stand there only if something holds."""
    return tuple(replace(word, maybe=word.maybe or reason) for word in words)


ARGUMENT = "is an argument of the script"
OF_FUNCTION = "an argument of a function of the script"
ABSENT = "the script's own arguments are taken to be absent"
POSITIONAL = re.compile(r"[0-9@*#]")


def source_of(name: str) -> str:
    """Where the value of a variable comes from that the script does not assign."""
    if POSITIONAL.fullmatch(name) or name == "OPTARG":
        return f"${name} {ARGUMENT}"
    return f"${name} is not assigned in the file"


def silent(name: str) -> str:
    """What is supposed where a default is taken."""
    if POSITIONAL.fullmatch(name):
        return ABSENT
    return f"${name} is taken to be unset in the environment"

"""Every key of a file, sorted by a framework's table: what makes the answer a refusal, and what the answer
must name."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from ...errors import InputError
from ...intervals import exact
from ..dialects import Flat, Source
from .conditions import Condition
from .keys import Effect, Key, Table

NEAR = 2
"""Edits within which an unknown key counts as a misspelt one."""

SHOWN = 6
"""How many words of a value a refusal repeats."""


@dataclass(frozen=True)
class Census:
    """The keys of a file.

    Attributes:
        refusals: one sentence for each changing key that is not idle.
        conditions: for those whose effect a condition rules out.
        paced: those of keys that change the size of steps alone where there is no KL.
        unknown: keys in the algorithm's name spaces that the table does not have.
        neutral: those that are known to change nothing, and changing keys at an idle value.
        outside: keys outside those name spaces; nobody looked at them.
    """

    refusals: tuple[str, ...]
    conditions: tuple[Condition, ...]
    paced: tuple[str, ...]
    unknown: tuple[str, ...]
    neutral: tuple[str, ...]
    outside: tuple[str, ...]


def census(source: Source, table: Table) -> Census:
    """Sort the keys of a file.

    Raises:
        InputError: a key of the algorithm that is given twice, that looks misspelt, or an older spelling
            beside the newer one with another value.
    """
    unknown, neutral, outside = [], [], []
    given: dict[str, Flat] = {}
    for name in source.values:
        entry = table.known(name)
        if entry is not None:
            given.setdefault(entry.name, {})[name] = source.values[name]
        if not table.concerns(name):
            outside.append(name)
        elif entry is None:
            _refuse_misspelt(name, table)
            unknown.append(name)
        elif entry.effect is not Effect.MODELLED:
            neutral.append(name)
        elif not _is_spelt(name, entry):
            unknown.append(name)
    _refuse_twice(source, table)
    _refuse_unsure(source, table)
    said = [
        (key, words)
        for key in table.keys
        for words in _refusal(key, given.get(key.name, {}), source.unsure.keys())
    ]
    return Census(
        tuple(words for key, words in said if not key.pace and not key.condition),
        tuple(Condition(key.condition, words) for key, words in said if key.condition),
        tuple(words for key, words in said if key.pace),
        tuple(unknown),
        tuple(neutral),
        tuple(outside),
    )


def _is_spelt(name: str, entry: Key) -> bool:
    """Whether a key of a file is a modelled one, or a member of one that is a list."""
    if entry.several:
        name = re.sub(r"\.\d+$", "", name)
    return name in (entry.name, *entry.aliases)


def _refusal(key: Key, given: Flat, unsure: Container[str]) -> list[str]:
    """Why a changing key makes an answer impossible; nothing where it is absent or idle. Under its condition
    the value does not matter, known or not."""
    if key.effect is not Effect.CHANGING:
        return []
    unknown = next((name for name in given if name in unsure), "")
    if key.condition and unknown:
        return [f"{unknown}: {key.meaning}"]
    said = {name: value for name, value in given.items() if value is not None}
    words = [word for value in said.values() for word in value.split()]
    if len(words) < 2 if key.several else all(_is_idle(word, key) for word in words):
        return []
    name = next(iter(said)) if len(said) == 1 else key.name
    shown = f" {' '.join(words)}" if len(words) <= SHOWN else ""
    return [f"{name}{shown}: {key.meaning}"]


def _is_idle(word: str, key: Key) -> bool:
    """As it is written, or as a number: 0.00 is 0."""
    if word.lower() in key.idle:
        return True
    try:
        value = exact(word)
    except InputError:
        return False
    return any(_is_number(idle) and exact(idle) == value for idle in key.idle)


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _refuse_twice(source: Source, table: Table) -> None:
    for name, (first, second) in source.twice.items():
        entry = table.known(name)
        if entry is not None and entry.effect is not Effect.NEUTRAL:
            raise InputError(f"the option {name!r} is given twice, as {first} and as {second}")
    for key in table.keys:
        given = {name: source.values[name] for name in (key.name, *key.aliases) if source.values.get(name)}
        if len(set(given.values())) > 1 and not key.superseded:
            both = " and ".join(f"{name} {value}" for name, value in given.items())
            raise InputError(f"{both}: two spellings of one setting, with two values")


def _refuse_unsure(source: Source, table: Table) -> None:
    """A key that changes the answer must be known, unless a condition makes it idle; one that the mapping
    reads is refused where it does."""
    for name, reason in source.unsure.items():
        entry = table.known(name)
        if entry is not None and entry.effect is Effect.CHANGING and not entry.condition:
            raise InputError(f"{name}: {reason}: write the value itself, or leave the option out")


def _refuse_misspelt(name: str, table: Table) -> None:
    """A key within two edits of one that the mapping reads is taken for a mistake."""
    known = [
        spelt for key in table.keys if key.effect is Effect.MODELLED for spelt in (key.name, *key.aliases)
    ]
    near = [spelt for spelt in known if len(spelt) > 3 and _edits(name, spelt) <= NEAR]
    if near:
        raise InputError(f"unknown key {name!r}: did you mean {' or '.join(map(repr, near))}?")


def _edits(a: str, b: str) -> int:
    """Levenshtein's distance, or more than NEAR where it is certain to be."""
    if abs(len(a) - len(b)) > NEAR:
        return NEAR + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > NEAR:
            return NEAR + 1
    return row[-1]

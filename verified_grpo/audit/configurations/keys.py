"""What a framework's keys mean: one table a framework, read by the mapping and by whoever wants to check it.

Every key in the name spaces of a framework's algorithm is *modelled* (the mapping reads it), *neutral* (it
changes neither advantage, KL, grouping nor rewards), or *changing* (it does, and the model has nothing for
it: any value but an idle one makes the answer a refusal by name). A key of those name spaces that no table
knows is named in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from ...errors import InputError

OFF = ("false", "null", "none", "0", "0.0", "off", "no", "")
"""Values by which a switch, a weight or an optional setting is off."""


class Effect(Enum):
    """What a key does to the answer."""

    MODELLED = "modelled"
    NEUTRAL = "neutral"
    CHANGING = "changing"


Default = str | tuple[tuple[str, str], ...]
"""A default, or pairs (the first version that has it, the default) in the order of versions."""


@dataclass(frozen=True)
class Key:
    """One key, or with a dot at its end a whole section.

    Attributes:
        name, aliases: as in the framework's own files; older spellings.
        effect, meaning: what it does.
        file: of the framework's repository, where that was read.
        default: the framework's, by version where versions differ; for modelled keys.
        idle: values of a changing key that change nothing.
        several: it is a list; a changing key changes something only where it has several values.
        pace: without a KL it changes the size of steps alone.
        condition: what must be the case for it to change nothing, under which there is an answer.
        superseded: an alias beside the name itself is not read.
        decisive: the mapping needs it or another decisive one; all of them where a file inherits from
        another.
    """

    name: str
    effect: Effect
    meaning: str
    file: str
    default: Default = ""
    aliases: tuple[str, ...] = ()
    idle: tuple[str, ...] = OFF
    several: bool = False
    pace: bool = False
    decisive: bool = False
    superseded: bool = False
    condition: str = ""


@dataclass(frozen=True)
class Table:
    """The keys of one framework.

    Attributes:
        name: as ``--framework`` takes it. ``repository``, ``commit``: the state of the source that was read.
        versions: the oldest and the newest version whose defaults are known; empty where only the commit is.
        signs: keys by which a file is told to be this framework's; with a dot at the end, sections.
        spaces: the name spaces of the algorithm; the empty text is the whole file.
        parents: keys that name a file which this one inherits from; ``standard``: those of the framework
            itself, which hold its defaults; ``presets``: those whose values are known, with these.
        fork_of: the framework whose keys this one has, too; its own signs tell it from there.
        executed: versions or commits whose own code was run beside this mapping (benchmarks/executed.json).
        turns: versions at which a key begins to do something else.
        trainer: the framework whose trainer this one uses as it is, and the version.
    """

    name: str
    repository: str
    commit: str
    signs: tuple[str, ...]
    spaces: tuple[str, ...]
    keys: tuple[Key, ...]
    versions: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    standard: tuple[str, ...] = ()
    presets: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    fork_of: str = ""
    executed: tuple[str, ...] = ()
    trainer: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    _named: dict[str, Key] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for key in self.keys:
            for name in (key.name, *key.aliases):
                assert name not in self._named, f"{self.name}: {name} stands twice in the table"
                self._named[name] = key

    def key(self, name: str) -> Key:
        """The entry of a modelled key; KeyError for any other."""
        return self._named[name]

    def known(self, name: str) -> Key | None:
        """The entry of a key of a file: its own, else the innermost section that holds it."""
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            holder = ".".join(parts[:length])
            found = self._named.get(holder) or self._named.get(f"{holder}.")
            if found is not None:
                return found
        return None

    def concerns(self, name: str) -> bool:
        """Whether a key of a file lies in a name space of the algorithm."""
        return any(name.lstrip("~").startswith(space) for space in self.spaces)

    def decisive(self) -> tuple[str, ...]:
        """The keys of which at least one must be in a file."""
        return tuple(key.name for key in self.keys if key.decisive)

    def ran(self, version: str) -> bool:
        """Whether the framework's own code was run at this version."""
        return any(
            _order(version) == _order(known) for known in self.executed if _numeric(known, version)
        ) or (version in self.executed)

    def version(self, asked: str | None) -> str:
        """The version whose defaults are taken: the one asked for, else the newest that is known.

        Raises:
            InputError: a version that was not read.
        """
        if asked is None:
            return self.versions[-1] if self.versions else self.commit
        if not self.versions:
            if asked == self.commit:
                return asked
            raise InputError(f"--framework-version {asked}: {self.name} was read at {self.commit} only")
        oldest, newest = self.versions
        if not _numeric(asked) or not _order(oldest) <= _order(asked) <= _order(newest):
            raise InputError(
                f"--framework-version {asked}: {self.name} was read from {oldest} to {newest}; a version "
                f"such as 0.18.0 or {newest} is expected"
            )
        return asked

    def in_order(self, versions: Iterable[str]) -> tuple[str, ...]:
        """Those that were read, the oldest first; of two spellings of one (0.22, 0.22.0) the longer."""
        oldest, newest = map(_order, self.versions)
        named = {_order(x): x for x in sorted(versions, key=len)}
        return tuple(named[order] for order in sorted(named) if oldest <= order <= newest)

    def default(self, key: Key, version: str) -> str:
        """The default of a modelled key in a version."""
        if isinstance(key.default, str):
            return key.default
        return [value for since, value in key.default if _order(since) <= _order(version)][-1]


def between(version: str, oldest: str, newest: str) -> bool:
    """Whether a version lies in a range of versions; a commit lies in none."""
    return _numeric(version) and _order(oldest) <= _order(version) <= _order(newest)


def _numeric(*versions: str) -> bool:
    return all(re.fullmatch(r"\d+(\.\d+)*", version) for version in versions)


def _order(version: str) -> tuple[int, ...]:
    """Versions compare number by number; 0.19 is 0.19.0."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def modelled(
    file: str,
    name: str,
    default: Default,
    meaning: str,
    *aliases: str,
    decisive: bool = False,
    superseded: bool = False,
    several: bool = False,
) -> Key:
    """A key that the mapping reads."""
    return Key(
        name,
        Effect.MODELLED,
        meaning,
        file,
        default,
        aliases,
        decisive=decisive,
        superseded=superseded,
        several=several,
    )


def changing(
    file: str,
    name: str,
    meaning: str,
    *aliases: str,
    idle: tuple[str, ...] = OFF,
    several: bool = False,
    pace: bool = False,
    condition: str = "",
) -> Key:
    """A key that changes the answer in a way that the model does not have, at least unless a condition is
    met that no file tells."""
    return Key(
        name,
        Effect.CHANGING,
        meaning,
        file,
        aliases=aliases,
        idle=idle,
        several=several,
        pace=pace,
        condition=condition,
    )


def neutral(file: str, meaning: str, *names: str) -> tuple[Key, ...]:
    """Keys that share a meaning and change nothing that is asked about."""
    return tuple(Key(name, Effect.NEUTRAL, meaning, file) for name in names)


def nested(section: str, keys: Iterable[Key]) -> tuple[Key, ...]:
    """The keys of another framework as they stand in a section of this one."""
    return tuple(
        replace(key, name=section + key.name, aliases=tuple(section + name for name in key.aliases))
        for key in keys
    )


def defaulted(
    keys: Iterable[Key],
    repository: str,
    own: dict[str, tuple[str, str, str]],
    without: tuple[str, ...] = (),
) -> tuple[Key, ...]:
    """The keys of another framework, read in its repository, with defaults of this one: ``(default, file,
    meaning)`` by name."""
    return tuple(
        replace(key, default=own[key.name][0], file=own[key.name][1], meaning=own[key.name][2])
        if key.name in own
        else replace(key, file=f"{key.file} ({repository})")
        for key in keys
        if key.name not in without
    )

"""Settings of a file under the names that a framework gives them: typed reading, with the framework's
defaults, and a record of what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ...errors import InputError
from ...intervals import exact
from ..dialects import Flat
from .keys import Table

TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(frozen=True)
class Read:
    """One setting that the mapping rests on: as text, whether the file gave it, and where it stands there (as
    ``line 3``; empty where the reader does not know, or the file does not speak of it)."""

    key: str
    value: str
    given: bool
    origin: str = ""


@dataclass
class Settings:
    """The flat values of a file and the framework's table; every typed access is remembered in ``read``.

    Attributes:
        unsure: keys that only a run knows, each with the reason. ``origins``: where keys stand in the file.
        group_size: the last group that was asked for; 0 before.
    """

    values: Flat
    table: Table
    version: str
    read: list[Read] = field(default_factory=list)
    unsure: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    group_size: int = 0

    def has(self, key: str) -> bool:
        """Whether the file gives the key a value."""
        return any(self.values.get(name) is not None for name in self._names(key))

    def text(self, key: str) -> str:
        """The value as written, or the framework's default; older names of the key are looked up too."""
        for name in self._names(key):
            value = self.values.get(name)
            if name in self.unsure:
                raise InputError(f"{name}: {self.unsure[name]}: write the value itself")
            if value is not None:
                if "$" in value or "`" in value:
                    raise InputError(
                        f"{name}: {value!r} refers to something outside the file, and resolvers are not run: "
                        "write the value itself"
                    )
                self.read.append(Read(name, value, True, self.origins.get(name, "")))
                return value
        default = self.table.default(self.table.key(key), self.version)
        self.read.append(Read(key, default or "not set", False))
        return default

    def has_words(self, key: str) -> bool:
        """Whether the file gives the list a member."""
        return any(self._members(name) for name in self._names(key))

    def words(self, key: str) -> list[str]:
        """The members of a list, written as words or item by item, or those of the framework's default."""
        for name in self._names(key):
            members = self._members(name)
            for member in members:
                if member in self.unsure:
                    raise InputError(f"{member}: {self.unsure[member]}: write the value itself")
            words = [word for member in members for word in (self.values[member] or "").split()]
            if words:
                self.read.append(Read(name, " ".join(words), True, self.origins.get(members[0], "")))
                return words
        default = self.table.default(self.table.key(key), self.version)
        self.read.append(Read(key, default or "not set", False))
        return default.split()

    def _members(self, name: str) -> list[str]:
        """The keys of a list that have a value; a null in it, or one written as a word, is none."""
        found = [key for key in self.values if key == name or re.fullmatch(rf"{re.escape(name)}\.\d+", key)]
        return [key for key in found if (self.values[key] or "null").lower() not in ("null", "none")]

    def optional(self, key: str) -> str:
        """The value, or empty text where the file says null; the default where it does not speak of the
        key."""
        for name in self._names(key):
            if (
                name in self.values
                and name not in self.unsure
                and (self.values[name] or "null").lower() == "null"
            ):
                self.read.append(Read(name, "null", True, self.origins.get(name, "")))
                return ""
        value = self.text(key)
        return "" if value.lower() in ("null", "") else value

    def number(self, key: str, *, signed: bool = False) -> Fraction:
        """An exact number, not negative unless ``signed``."""
        text = self.text(key)
        name = self.read[-1].key
        if re.match(r"[-+]?0[0-9_]", text):
            raise InputError(
                f"{name}: {text}: some readers take a leading zero for an octal number: write it "
                "without the zero"
            )
        try:
            value = exact(text)
        except InputError as error:
            raise type(error)(f"{name}: {error}") from None
        if value < 0 and not signed:
            raise InputError(f"{name}: {text} is negative; a number of at least 0 is expected")
        return value

    def size(self, key: str) -> int:
        """The size of a group: a whole number of at least 2."""
        value = self.number(key)
        if value.denominator != 1 or value < 2:
            shown = self.read[-1]
            raise InputError(
                f"{shown.key}: a group of {shown.value}: group-normalised advantages need a whole number of "
                "at least 2 completions a prompt"
            )
        self.group_size = int(value)
        return self.group_size

    def flag(self, key: str) -> bool:
        """true or false."""
        text = self.text(key)
        if text.lower() not in (*TRUE, *FALSE):
            raise InputError(f"{self.read[-1].key}: {text!r} is neither true nor false")
        return text.lower() in TRUE

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""
        text = self.text(key)
        if text not in allowed:
            raise InputError(f"{self.read[-1].key}: {text!r} is not one of {', '.join(allowed)}")
        return text

    def _names(self, key: str) -> tuple[str, ...]:
        entry = self.table.key(key)
        return (entry.name, *entry.aliases)

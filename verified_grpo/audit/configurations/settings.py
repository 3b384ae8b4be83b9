"""Settings of a file under the names that a framework gives them: typed reading, with a record of what was
read and what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ...errors import InputError
from ...intervals import exact
from .source import Flat

TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(frozen=True)
class Read:
    """One setting that the mapping rests on: as text, and whether the file gave it."""

    key: str
    value: str
    given: bool


@dataclass
class Settings:
    """The flat values of a file; every typed access is remembered in ``read``."""

    values: Flat
    read: list[Read] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether the file gives the key a value."""
        return self.values.get(key) is not None

    def text(self, key: str, default: str, *aliases: str) -> str:
        """The value as written, or the framework's default; older names of the key are looked up too."""
        for name in (key, *aliases):
            value = self.values.get(name)
            if value is not None:
                if "${" in value:
                    raise InputError(
                        f"{name}: {value!r} refers to something outside the file, and resolvers are not run: "
                        "write the value itself"
                    )
                self.read.append(Read(name, value, True))
                return value
        self.read.append(Read(key, default, False))
        return default

    def number(self, key: str, default: str, *aliases: str) -> Fraction:
        """An exact number that is not negative."""
        text = self.text(key, default, *aliases)
        try:
            value = exact(text)
        except InputError as error:
            raise type(error)(f"{self.read[-1].key}: {error}") from None
        if value < 0:
            raise InputError(f"{self.read[-1].key}: {text} is negative; a number of at least 0 is expected")
        return value

    def size(self, key: str, default: str, *aliases: str) -> int:
        """The size of a group: a whole number of at least 2."""
        value = self.number(key, default, *aliases)
        if value.denominator != 1 or value < 2:
            shown = self.read[-1]
            raise InputError(
                f"{shown.key}: a group of {shown.value}: group-normalised advantages need a whole number of "
                "at least 2 completions a prompt"
            )
        return int(value)

    def flag(self, key: str, default: bool, *aliases: str) -> bool:
        """true or false."""
        text = self.text(key, "true" if default else "false", *aliases)
        if text.lower() not in (*TRUE, *FALSE):
            raise InputError(f"{self.read[-1].key}: {text!r} is neither true nor false")
        return text.lower() in TRUE

    def choice(self, key: str, default: str, allowed: tuple[str, ...], *aliases: str) -> str:
        """One of a few words."""
        text = self.text(key, default, *aliases)
        if text not in allowed:
            raise InputError(f"{self.read[-1].key}: {text!r} is not one of {', '.join(allowed)}")
        return text

"""The options of the one command of a script that trains: ``--key value ...``, ``--flag``, ``--key=value``,
and Hydra's ``key=value``."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import InputError
from .shell import commands
from .source import Flat, Source, Telling, flatten
from .words import OF_FUNCTION, Command, Word
from .yaml_files import plain_yaml

OWN_ARGUMENTS = re.compile(r"\$(@|\*|\{@.*\}|\{\*.*\})")
HYDRA = re.compile(r"[~+]{0,2}[A-Za-z_]+(\.\w+)+=.*", re.DOTALL)
KEY = re.compile(r"~?[A-Za-z_][\w.]*")
REFERENCE = re.compile(r"\$|`")


def read_script(path: Path, text: str, telling: Telling) -> Source:
    """The options of the one command that trains.

    Raises:
        InputError: no command with options, several that train, options that only a run knows, and what
            :func:`.shell.commands` raises.
    """
    try:
        found, assumed = commands(text, path.parent)
        options = [(command, _Options(path, command)) for command in found]
    except InputError as error:
        raise InputError(f"{path}: {str(error).removeprefix(f'{path}: ')}") from None
    options = [(command, read) for command, read in options if read.values]
    if not options:
        raise InputError(f"{path}: neither YAML (.yaml), JSON (.json) nor a command line with options")
    training = [(command, read) for command, read in options if telling(read.values)]
    if len(training) > 1:
        lines = ", ".join(str(command.line) for command, _ in training[:5])
        raise InputError(
            f"{path}: {len(training)} commands with options of a training (lines {lines}): keep the one that "
            "is asked about"
        )
    _, chosen = training[0] if training else options[0]
    if training and chosen.lost:
        word = chosen.lost[0]
        why = f" ({word.unknown[0]})" if word.unknown else ""
        raise InputError(
            f"{path}: line {word.line}: the command takes {word.text}, which the file does not say{why}: "
            "write its options"
        )
    return chosen.source(assumed if training else ())


def read_overrides(path: Path, words: list[str], lines: dict[str, str]) -> Source:
    """Hydra's overrides, one a line."""
    numbers = [int(lines.get(f".{k}", "line 0").split()[1]) for k in range(len(words))]
    command = Command(tuple(Word(text, line) for text, line in zip(words, numbers, strict=True)), 1)
    return _Options(path, command).source(())


class _Options:
    """The options of one command."""

    def __init__(self, path: Path, command: Command) -> None:
        self.path = path
        self.values: Flat = {}
        self.origins: dict[str, str] = {}
        self.unsure: dict[str, str] = {}
        self.supposed: dict[str, str] = {}
        self.twice: dict[str, tuple[str, str]] = {}
        self.assumed: list[str] = []
        self.lost: list[Word] = []
        self.loose: list[str] = []
        self._read(command.words)

    def source(self, assumed: tuple[str, ...]) -> Source:
        said = list(self.assumed)
        if self.loose:
            names = ", ".join(dict.fromkeys(self.loose))
            said.append(f"Each of these is taken to be one word, the value of its option: {names}.")
        return Source(
            self.values,
            self.origins,
            self.unsure,
            self.supposed,
            self.twice,
            (*assumed, *said),
        )

    def _read(self, words: tuple[Word, ...]) -> None:
        place = 0
        while place < len(words):
            word, place = words[place], place + 1
            key, equals, value = word.text.lstrip("-+").partition("=")
            if OWN_ARGUMENTS.fullmatch(word.text) and OF_FUNCTION not in word.unknown:
                self.assumed.append(f"The script's own arguments ({word.text}) are taken to be empty.")
            elif word.text.startswith("--") and word.text != "--":
                parts: list[Word] = []
                while not equals and place < len(words) and not _is_option(words[place], bool(parts)):
                    parts.append(words[place])
                    place += 1
                said = value if equals else " ".join(part.text for part in parts) or "true"
                self._put(key.replace("-", "_"), said, word, *parts)
            elif word.free and self.values:
                self.lost.append(word)
            elif equals and KEY.fullmatch(key):
                self._put(key, value, word)

    def _put(self, key: str, value: str, *words: Word) -> None:
        inner = self._mapping(value) if HYDRA.fullmatch(words[0].text) and value.startswith("{") else None
        for name, text in [(key, value)] if inner is None else [(f"{key}.{k}", v) for k, v in inner]:
            before = self.values.get(name)
            certain = not any(word.maybe for word in words)
            if certain and name in self.values and str(before).lower() != str(text).lower():
                self.twice[name] = str(before), str(text)
            self.values[name] = None if text in ("null", "~") else text
            self._know(name, words)

    def _know(self, name: str, words: tuple[Word, ...]) -> None:
        """Where a setting stands, and what it depends on."""
        self.origins[name] = f"line {words[0].line}"
        maybe = next((word.maybe for word in words if word.maybe), "")
        reasons = [maybe] if maybe else [reason for word in words for reason in word.unknown]
        self.unsure.pop(name, None)
        self.supposed.pop(name, None)
        if reasons:
            self.unsure[name] = f"line {words[0].line}: {reasons[0]}"
            self.loose += [word.text for word in words[1:] if word.free]
        supposed = [sentence for word in words for sentence in word.supposed]
        if supposed:
            self.supposed[name] = ", ".join(dict.fromkeys(supposed))

    def _mapping(self, text: str) -> list[tuple[str, str | None]] | None:
        """Hydra's ``key={a: 1}``, taken apart."""
        try:
            tree, _ = plain_yaml(self.path, text)
        except InputError:
            return None
        return list(flatten(tree)) if isinstance(tree, dict) else None


def _is_option(word: Word, has_value: bool) -> bool:
    """Whether a word is no value of the option before it; an unknown one can be the first value."""
    if OWN_ARGUMENTS.fullmatch(word.text) or word.text.startswith("--") or HYDRA.fullmatch(word.text):
        return True
    return word.free and (has_value or "[" in word.text)

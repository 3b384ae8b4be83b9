"""Training configurations: which framework wrote a file, and which variant of GRPO it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from ...errors import InputError
from . import areal, nemo_rl, open_instruct, openrlhf, skyrl, trl, verl
from .configuration import K3, NONE, NOT_COVERED, REVERSE, Configuration
from .settings import Settings
from .source import Flat, read_source

__all__ = ["FRAMEWORKS", "K3", "NONE", "NOT_COVERED", "REVERSE", "Configuration", "read_configuration"]

_MODULES: tuple[ModuleType, ...] = (trl, verl, openrlhf, nemo_rl, open_instruct, skyrl, areal)
FRAMEWORKS = tuple(module.NAME for module in _MODULES)
NEAR = 2
"""Edits within which an unread key counts as a misspelt one."""


def read_configuration(path: Path, framework: str | None = None) -> Configuration:
    """The variant that a configuration file asks for, with every assumption of the translation.

    Args:
        path: YAML, JSON, or the text of a command line.
        framework: one of FRAMEWORKS; detected from the keys where it is None.

    Raises:
        InputError: an unreadable file, a framework that is not known or cannot be told, a key that looks
            misspelt, a value that is not what its key wants. Each names the key.

    Not proved: that the framework does what the mapping says of it; the commit it was read at is named.
    """
    values = read_source(path)
    module = _named(framework) if framework else _detected(path, values)
    _refuse_misspelt(values, module)
    configure: Callable[[Settings], Configuration] = module.configure
    configuration = configure(Settings(values))
    used = {item.key for item in configuration.read}
    return replace(configuration, ignored=tuple(key for key in values if key not in used))


def _named(framework: str) -> ModuleType:
    for module in _MODULES:
        if framework.lower().replace("-", "_") == module.NAME:
            return module
    raise InputError(f"unknown framework {framework!r}: choose one of {', '.join(FRAMEWORKS)}")


def _detected(path: Path, values: Flat) -> ModuleType:
    """The framework most of whose telling keys occur; a key of another framework's style counts for it."""
    scores = [sum(_shows(values, sign) for sign in module.SIGNS) for module in _MODULES]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        raise InputError(
            f"{path}: no framework is told by its keys: name it by --framework ({', '.join(FRAMEWORKS)})"
        )
    return _MODULES[scores.index(best)]


def _shows(values: Flat, sign: str) -> bool:
    return any(key.startswith(sign) for key in values) if sign.endswith(".") else sign in values


def _refuse_misspelt(values: Flat, module: ModuleType) -> None:
    """A key within two edits of one that the mapping reads is taken for a mistake."""
    for key in values:
        if key in module.KEYS:
            continue
        near = [known for known in module.KEYS if len(known) > 3 and _edits(key, known) <= NEAR]
        if near:
            raise InputError(f"unknown key {key!r}: did you mean {' or '.join(map(repr, near))}?")


def _edits(a: str, b: str) -> int:
    """Levenshtein's distance, or more than NEAR where it is certain to be."""
    if abs(len(a) - len(b)) > NEAR:
        return NEAR + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]

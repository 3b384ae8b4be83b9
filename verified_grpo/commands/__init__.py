"""The commands, one a file: what each asks, which room it calls, and how its answer is printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

NAMES = (
    "fixed-points",
    "limit",
    "chaos",
    "curves",
    "atlas",
    "audit",
    "compare",
    "advise",
    "budget",
    "run",
    "certify",
    "question",
    "check",
    "export",
    "report",
    "serve",
)
"""In the order of the help."""
COMPLETION = "_VERIFIED_GRPO_COMPLETE"


def load(names: Sequence[str] = NAMES) -> tuple[ModuleType, ...]:
    """Import the modules of commands: each adds itself to the application, which keeps the order of the
    help."""
    modules = tuple(import_module(f".{name.replace('-', '_')}", __name__) for name in names)
    from .options import app

    app.registered_commands.sort(key=lambda command: NAMES.index(str(command.name)))
    return modules


def application() -> Any:
    """The commands that are loaded, as Typer runs them; their signatures are read once for as long as no
    other one is loaded."""
    from .options import app

    return _read(tuple(str(command.name) for command in app.registered_commands))


@cache
def _read(names: tuple[str, ...]) -> Any:
    """The application of commands of these names."""
    from typer.main import get_command

    from .options import app

    return get_command(app)


def needed(words: Sequence[str]) -> tuple[str, ...]:
    """The command among the words, so that nobody waits for what the others import; none where the version
    is all that is asked for, and all of them for the list, or for whoever types a name that is none."""
    if COMPLETION in os.environ:
        return NAMES
    asked = named(words)
    if asked in NAMES:
        return (str(asked),)
    return () if asked is None and "--version" in words else NAMES


def named(words: Sequence[str]) -> str | None:
    """The command that is asked for: the first word that is no option, as those before a command take no
    values."""
    return next((word for word in words if not word.startswith("-")), None)

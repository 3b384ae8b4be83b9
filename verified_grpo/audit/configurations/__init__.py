"""Training configurations: which framework wrote a file, and which variant of GRPO it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from ...errors import InputError
from ..dialects import Flat, Source, read_file
from . import areal, nemo_rl, open_instruct, openrlhf, skyrl, trl, verl
from .census import census
from .configuration import K3, NONE, NOT_COVERED, REVERSE, Configuration
from .foreign import DIALECTS, refuse_dialect, refuse_told
from .keys import Effect, Table
from .settings import Settings

__all__ = ["FRAMEWORKS", "K3", "NONE", "NOT_COVERED", "REVERSE", "Configuration", "read_configuration"]

_MODULES: tuple[ModuleType, ...] = (trl, verl, openrlhf, nemo_rl, open_instruct, skyrl, areal)
TABLES: tuple[Table, ...] = tuple(module.TABLE for module in _MODULES)
FRAMEWORKS = tuple(table.name for table in TABLES)


def read_configuration(path: Path, framework: str | None = None, version: str | None = None) -> Configuration:
    """The variant that a configuration file asks for, with every assumption of the translation.

    Args:
        path: YAML, JSON, TOML, a script with one command that trains, a Python program or a notebook with
            one call of ``GRPOConfig``.
        framework: one of FRAMEWORKS; detected from the keys where it is None.
        version: the framework's version, whose defaults are taken; the newest that was read where it is None.

    Raises:
        InputError: an unreadable file, a pipe, a framework that is not known or cannot be told, a dialect
            that is not read, a file without a key that decides, a key that looks misspelt or stands twice,
            a value that is not what its key wants. Each names the key.

    Not proved: that the framework does what the mapping says of it; the commit it was read at is named.
    """
    source = read_file(path, _tells)
    refuse_dialect(path, source.values)
    module = _named(framework) if framework else _detected(path, source)
    table: Table = module.TABLE
    taken = table.version(version)
    counted = census(source, table)
    _require_decisive(path, source.values, table)
    _require_own(path, source.values, table)
    configure: Callable[[Settings], Configuration] = module.configure
    found = configure(Settings(source.values, table, taken, unsure=source.unsure, origins=source.origins))
    return replace(
        found,
        refusals=(*found.refusals, *counted.refusals),
        assumptions=(
            *found.assumptions,
            *_supposed(found, source),
            *source.assumed,
            *_defaults(found, table, version),
        ),
        unknown=counted.unknown,
        neutral=(*counted.neutral, *_without_part(found, source.values, table)),
        outside=counted.outside,
    )


def _tells(values: Flat) -> bool:
    """Whether options are those of a training."""
    signs = [sign for table in TABLES for sign in table.signs] + [s for d in DIALECTS for s in d.signs]
    return any(_shows(values, sign) for sign in signs)


def _named(framework: str) -> ModuleType:
    for module in _MODULES:
        if framework.lower().replace("-", "_") == module.TABLE.name:
            return module
    raise InputError(f"unknown framework {framework!r}: choose one of {', '.join(FRAMEWORKS)}")


def _detected(path: Path, source: Source) -> ModuleType:
    """The framework that the file names itself, else the one most of whose telling keys occur; a key of
    another framework's style counts for it."""
    if source.told in FRAMEWORKS:
        return _named(source.told)
    if source.told:
        refuse_told(path, source.told)
    values = source.values
    scores = [_score(values, table) for table in TABLES]
    best = max(scores)
    if best == (0, 0) or scores.count(best) > 1:
        raise InputError(
            f"{path}: no framework is told by its keys: name it by --framework ({', '.join(FRAMEWORKS)})"
        )
    return _MODULES[scores.index(best)]


def _score(values: Flat, table: Table) -> tuple[int, int]:
    """How many telling keys a file has, first those that no other framework has a key of."""
    shown = [sign for sign in table.signs if _shows(values, sign)]
    others = [other for other in TABLES if other is not table]
    own = [sign for sign in shown if not any(other.known(sign) for other in others)]
    return len(own), len(shown)


def _shows(values: Flat, sign: str) -> bool:
    return any(key.startswith(sign) for key in values) if sign.endswith(".") else sign in values


def _given(values: Flat, table: Table, name: str) -> bool:
    entry = table.key(name)
    return any(key in values for key in (entry.name, *entry.aliases))


def _require_decisive(path: Path, values: Flat, table: Table) -> None:
    """Nothing is answered from defaults alone."""
    decisive = table.decisive()
    if not any(_given(values, table, name) for name in decisive):
        raise InputError(
            f"{path}: read as {table.name}, and none of the keys that decide is in it "
            f"({', '.join(decisive)}): write those of the run; nothing is answered from defaults alone"
        )


def _require_own(path: Path, values: Flat, table: Table) -> None:
    """Where a file inherits from another, which is not read, it must hold every key that decides."""
    parents = [
        f"{key} {value}"
        for key, value in values.items()
        if value not in (None, *table.standard)
        and any(key == name or key.startswith(f"{name}.") for name in table.parents)
    ]
    missing = [name for name in table.decisive() if not _given(values, table, name)]
    if parents and missing:
        raise InputError(
            f"{path}: the parent file ({parents[0]}) is not read, and may set {', '.join(missing)}: "
            "write them here"
        )


def _supposed(found: Configuration, source: Source) -> list[str]:
    """What was supposed of the environment for the settings that the answer rests on."""
    return [
        f"{item.key} {item.value}: {source.supposed[item.key]}."
        for item in found.read
        if item.key in source.supposed
    ]


def _without_part(found: Configuration, values: Flat, table: Table) -> list[str]:
    """Keys of the mapping that this variant does not ask for, such as an eps where nothing is divided."""
    read = {item.key for item in found.read}
    return [
        name
        for key in table.keys
        if key.effect is Effect.MODELLED
        for name in (key.name, *key.aliases)
        if name in values and name not in read
    ]


def _defaults(found: Configuration, table: Table, asked: str | None) -> list[str]:
    """Which version's defaults were taken, which mattered, and how to say otherwise."""
    if not table.versions:
        return [f"Defaults are those of {table.repository} at {table.commit}."]
    differing = [
        f"{item.key} {item.value}"
        for item in found.read
        if not item.given and isinstance(table.key(item.key).default, tuple)
    ]
    why = "as asked" if asked else "the newest that was read; --framework-version VERSION takes another's"
    told = f" Defaults that differ by version: {', '.join(differing)}." if differing else ""
    return [f"Defaults are those of {table.name} {found.version} ({why}).{told}"]

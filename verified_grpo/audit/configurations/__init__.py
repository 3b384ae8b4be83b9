"""Training configurations: which framework wrote a file, and which variant of GRPO it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from ...errors import InputError
from ..dialects import Flat, Source, read_file
from . import (
    areal,
    axolotl,
    easyr1,
    ms_swift,
    nemo_rl,
    open_instruct,
    open_r1,
    openrlhf,
    prime_rl,
    roll,
    skyrl,
    slime,
    trl,
    unsloth,
    verl,
)
from .census import census
from .configuration import K3, NONE, NOT_COVERED, REVERSE, Configuration
from .keys import Effect, Table
from .settings import Settings

__all__ = ["FRAMEWORKS", "K3", "NONE", "NOT_COVERED", "REVERSE", "Configuration", "read_configuration"]

_MODULES: tuple[ModuleType, ...] = (
    trl,
    verl,
    openrlhf,
    nemo_rl,
    open_instruct,
    skyrl,
    areal,
    ms_swift,
    easyr1,
    slime,
    roll,
    prime_rl,
    unsloth,
    axolotl,
    open_r1,
)
TABLES: tuple[Table, ...] = tuple(module.TABLE for module in _MODULES)
FRAMEWORKS = tuple(table.name for table in TABLES)

NO = "no_"
LARGER = "{}; without one that changes how large a step is, and not where steps lead."


def read_configuration(
    path: Path, framework: str | None = None, version: str | None = None, *, conditional: bool = False
) -> Configuration:
    """The variant that a configuration file asks for, with every assumption of the translation.

    Args:
        path: YAML, JSON, TOML, a script with one command that trains, a Python program or a notebook with
            one call of ``GRPOConfig``.
        framework: one of FRAMEWORKS; detected from the keys where it is None.
        version: the framework's version, whose defaults are taken; the newest that was read where it is None.
        conditional: whether a file that is a variant under a condition only is one, with its ``conditions``;
            else it is refused.

    Raises:
        InputError: an unreadable file, a pipe, a framework that is not known or cannot be told, a dialect
            that is not read, a file without a key that decides, a key that looks misspelt or stands twice,
            a value that is not what its key wants. Each names the key.

    Not proved: that the framework does what the mapping says of it; the commit it was read at is named.
    """
    source = read_file(path, _tells)
    module = _named(framework) if framework else _detected(path, source)
    table: Table = module.TABLE
    _require_no_fork(path, source.values, table)
    pin = None if version else _pinned(source.text, table)
    taken = table.version(version or pin)
    source, assumed = _with_preset(_without_negations(source, table), table)
    counted = census(source, table)
    if not source.whole:
        _require_decisive(path, source.values, table)
    _require_own(path, source.values, table)
    configure: Callable[[Settings], Configuration] = module.configure
    found = configure(Settings(source.values, table, taken, unsure=source.unsure, origins=source.origins))
    found = replace(found, conditions=(*found.conditions, *counted.conditions))
    paced = (*found.paced, *counted.paced)
    dropped = [found.dropped.words] if found.dropped else []
    whole = replace(
        found,
        refusals=(*found.refusals, *counted.refusals, *(paced if found.beta else ())),
        paced=() if found.beta else paced,
        assumptions=(
            *found.assumptions,
            *(() if found.beta else map(LARGER.format, (*paced, *dropped))),
            *_supposed(found, source),
            *source.assumed,
            *assumed,
            *_defaults(found, table, "as asked" if version else "as the file pins it" if pin else ""),
            _executed(table, taken),
        ),
        unknown=counted.unknown,
        neutral=(*counted.neutral, *_without_part(found, source.values, table)),
        outside=counted.outside,
        version_given=bool(version or pin),
    )
    return whole if conditional else whole.without_conditions()


def configuration_of(framework: str, values: Mapping[str, str | None]) -> Configuration:
    """The variant of settings that no file holds, with the defaults of the newest version that was read.

    Raises:
        InputError: a framework that is not known, or a value that is not what its key wants.
    """
    module = _named(framework)
    configure: Callable[[Settings], Configuration] = module.configure
    found = configure(Settings(dict(values), module.TABLE, module.TABLE.version(None)))
    return found.without_conditions()


def _tells(values: Flat) -> bool:
    """Whether options are those of a training."""
    return any(_shows(values, sign) for table in TABLES for sign in table.signs)


def _named(framework: str) -> ModuleType:
    for module in _MODULES:
        if framework.lower().replace("-", "_") == module.TABLE.name:
            return module
    raise InputError(f"unknown framework {framework!r}: choose one of {', '.join(FRAMEWORKS)}")


def _detected(path: Path, source: Source) -> ModuleType:
    """The framework that the file names itself, else the one most of whose telling keys occur; a key of
    another framework's style counts for it. A fork is told from its parent by its own keys."""
    if source.told:
        return _named(source.told)
    values = source.values
    forks = [module for module in _MODULES if module.TABLE.fork_of and _forked(values, module.TABLE)]
    if len(forks) == 1 and _is_parent(values, forks[0].TABLE):
        return forks[0]
    scores = [(0, 0) if table.fork_of else _score(values, table) for table in TABLES]
    best = max(scores)
    if best == (0, 0) or scores.count(best) > 1:
        raise InputError(
            f"{path}: no framework is told by its keys: name it by --framework ({', '.join(FRAMEWORKS)})"
        )
    return _MODULES[scores.index(best)]


def _score(values: Flat, table: Table) -> tuple[int, int]:
    """How many telling keys a file has, first those that no other framework has a key of."""
    shown = [sign for sign in table.signs if _shows(values, sign)]
    others = [other for other in TABLES if other is not table and not other.fork_of]
    own = [sign for sign in shown if not any(other.known(sign) for other in others)]
    return len(own), len(shown)


def _forked(values: Flat, table: Table) -> bool:
    """Whether a key of a fork occurs that no other framework's table has."""
    others = [other for other in TABLES if other is not table]
    return any(
        _shows(values, sign) and not any(other.known(sign) for other in others) for sign in table.signs
    )


def _is_parent(values: Flat, fork: Table) -> bool:
    """Whether the rest of a fork's file is its parent's: no third framework is told better."""
    scores = {table.name: _score(values, table) for table in TABLES if not table.fork_of}
    return all(score <= scores[fork.fork_of] or score[0] == 0 for score in scores.values())


def _pinned(text: str, table: Table) -> str | None:
    """The version that a file pins by itself, as in ``trl==0.18.0``.

    Raises:
        InputError: two of them.
    """
    if not table.versions:
        return None
    found = set(re.findall(rf"(?<![\w-]){re.escape(table.name)}(?:\[[\w,-]*\])?==(\d+(?:\.\d+)*)", text))
    if len(found) > 1:
        raise InputError(
            f"{table.name} is pinned to {' and to '.join(sorted(found))}: name one by --framework-version"
        )
    return next(iter(found), None)


def _with_preset(source: Source, table: Table) -> tuple[Source, list[str]]:
    """The framework's own file that this one inherits from, where its values are known."""
    for path, pairs in table.presets:
        for parent in table.parents:
            if (source.values.get(parent) or "").endswith(path):
                values = {**dict(pairs), **source.values}
                del values[parent]
                said = f"{path} is taken to be the framework's own, at {table.commit}."
                return replace(source, values=values), [said]
    return source, []


def _without_negations(source: Source, table: Table) -> Source:
    """``--no_x``, by which Transformers' parser switches a flag off that is on by default, as ``x false``."""
    off = {
        name: name[len(NO) :]
        for name, value in source.values.items()
        if name.startswith(NO) and value == "true" and table.known(name) is None
    }
    meant = {
        name: key for name, key in off.items() if table.known(key) is not None and key not in source.values
    }
    if not meant:
        return source
    values = {
        meant.get(name, name): "false" if name in meant else value for name, value in source.values.items()
    }
    renamed = [
        {meant.get(name, name): said for name, said in given.items()}
        for given in (source.origins, source.unsure, source.supposed)
    ]
    origins, unsure, supposed = renamed
    return replace(source, values=values, origins=origins, unsure=unsure, supposed=supposed)


def _executed(table: Table, version: str) -> str:
    """Whether the mapping was held against the framework's own code."""
    if table.trainer:
        name, used = table.trainer
        return (
            f"Run: {name} {used}'s own code, which {table.name} trains with, was held against this mapping."
        )
    if table.ran(version):
        return f"Run: {table.name}'s own code at {version} was held against this mapping."
    ran = f"its code was run at {', '.join(table.executed)}" if table.executed else "its code was never run"
    return f"Not run: {table.name} at {version} was read and not run beside this mapping; {ran}."


def _shows(values: Flat, sign: str) -> bool:
    return any(key.startswith(sign) for key in values) if sign.endswith(".") else sign in values


def _given(values: Flat, table: Table, name: str) -> bool:
    entry = table.key(name)
    return any(key in values for key in (entry.name, *entry.aliases))


def _require_decisive(path: Path, values: Flat, table: Table) -> None:
    """Nothing is answered from defaults alone, but for a program whose own call has them."""
    decisive = table.decisive()
    if not any(_given(values, table, name) for name in decisive):
        raise InputError(
            f"{path}: read as {table.name}, and none of the keys that decide is in it "
            f"({', '.join(decisive)}): write those of the run; nothing is answered from defaults alone"
        )


def _require_no_fork(path: Path, values: Flat, table: Table) -> None:
    """A fork's file is not read as its parent's, whose defaults are others."""
    for fork in TABLES:
        if fork.fork_of == table.name and _forked(values, fork):
            sign = next(sign for sign in fork.signs if _shows(values, sign))
            raise InputError(
                f"{path}: {sign} is a key of {fork.name}, not of {table.name}: name --framework {fork.name}"
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


def _defaults(found: Configuration, table: Table, chosen: str) -> list[str]:
    """Which version's defaults were taken, which mattered, and how to say otherwise."""
    if not table.versions:
        return [f"Defaults are those of {table.repository} at {table.commit}."]
    differing = [
        f"{item.key} {item.value}"
        for item in found.read
        if not item.given and isinstance(table.key(item.key).default, tuple)
    ]
    why = chosen or "the newest that was read; --framework-version VERSION takes another's"
    told = f" Defaults that differ by version: {', '.join(differing)}." if differing else ""
    return [f"Defaults are those of {table.name} {found.version} ({why}).{told}"]

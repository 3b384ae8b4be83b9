"""What a file asks for under other versions of its framework, where it does not say which one it is for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ...model import Range
from . import TABLES, read_configuration
from .comparison import At, under
from .configuration import Configuration
from .keys import Table


@dataclass(frozen=True)
class Under:
    """The same file with the defaults of other versions, where that is another variant than the newest ones'.

    Attributes:
        spans: pairs of a first version, and the next that is not meant; empty where there is none.
        configuration, at: which variant, and where small steps lead.
    """

    spans: tuple[tuple[str, str], ...]
    configuration: Configuration
    at: At


def other_versions(
    path: Path, framework: str | None, found: Configuration, p_ref: Range
) -> tuple[Under, ...]:
    """Other variants that a file may stand for; none where its version is known.

    Raises:
        InputError: as :func:`read_configuration`.
    """
    table = next(table for table in TABLES if table.name == found.framework)
    if found.version_given or not table.versions:
        return ()
    turns = _turns(table)
    spans: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    variants = {}
    for since, until in zip(turns, (*turns[1:], ""), strict=True):
        configuration = _read(path, framework, since)
        if configuration is None or _variant(configuration) == _variant(found):
            continue
        same = spans.setdefault(_variant(configuration), [])
        variants[_variant(configuration)] = configuration
        if same and same[-1][1] == since:
            same[-1] = same[-1][0], until
        else:
            same.append((since, until))
    return tuple(
        Under(tuple(spans[key]), configuration, under(configuration, p_ref))
        for key, configuration in variants.items()
    )


def _read(path: Path, framework: str | None, version: str) -> Configuration | None:
    """Nothing where the file cannot be one for this version."""
    try:
        return read_configuration(path, framework, version, conditional=True)
    except InputError:
        return None


def _turns(table: Table) -> tuple[str, ...]:
    """The versions at which a default changes, or what a key does."""
    since = {first for key in table.keys if isinstance(key.default, tuple) for first, _ in key.default}
    return table.in_order({table.versions[0], *since, *table.turns})


def _variant(configuration: Configuration) -> tuple[object, ...]:
    """What an answer depends on."""
    kernel = configuration.kernel if configuration.beta else ""
    contrast, beta = configuration.contrast, configuration.beta
    return contrast, beta, configuration.eps, kernel, configuration.clamps, configuration.refusals

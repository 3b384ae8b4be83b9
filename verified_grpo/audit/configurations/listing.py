"""The tables of keys as a page of the manual: ``python -m verified_grpo.audit.configurations.listing FILE``
writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from ...work.files import write_bytes
from . import TABLES
from .keys import OFF, Effect, Key, Table

HEAD = """# Keys of configurations

What `verified-grpo audit --config` reads, refuses and passes over, framework by framework, made from the
tables in `verified_grpo/audit/configurations/tables`; [the configuration you train with](configurations.md)
says what is done with them. A key that is *refused* makes the answer a refusal by name, unless its value is
one of those that change nothing. Keys that a table does not have are named in the answer. "Run" says at
which states the framework's own code was held against the mapping (`benchmarks/executed.json`); where each
key stands in the source is noted in `benchmarks/source_facts.json`.
"""


def listing() -> str:
    """The page."""
    return "\n".join([HEAD, *(_framework(table) for table in TABLES)])


def _framework(table: Table) -> str:
    versions = f", versions {' to '.join(table.versions)}" if table.versions else ""
    modelled, changing, neutral = (
        [key for key in table.keys if key.effect is effect]
        for effect in (Effect.MODELLED, Effect.CHANGING, Effect.NEUTRAL)
    )
    lines = [
        f"## {table.name}",
        "",
        f"`{table.repository}` at `{table.commit}`{versions}. {_run(table)}",
        "",
        "| read | default | what it is | where that stands |",
        "|---|---|---|---|",
        *(_row(_names(key), _default(key), key.meaning, f"`{key.file}`") for key in modelled),
        "",
        "| refused | unless | why | where that stands |",
        "|---|---|---|---|",
        *(_row(_names(key), _idle(key), key.meaning, f"`{key.file}`") for key in changing),
        "",
        f"Changing nothing: {', '.join(f'`{key.name}`' for key in neutral)}.",
        "",
    ]
    return "\n".join(lines)


def _run(table: Table) -> str:
    if table.trainer:
        return f"Run: as {' '.join(table.trainer)}, whose trainer it uses."
    return f"Run: {', '.join(table.executed)}."


def _names(key: Key) -> str:
    return ", ".join(f"`{name}`" for name in (key.name, *key.aliases))


def _default(key: Key) -> str:
    if isinstance(key.default, str):
        return f"`{key.default}`" if key.default else "none"
    since = [f"`{value}`" + (f" from {version}" if version != "0" else "") for version, value in key.default]
    return ", ".join(since)


def _idle(key: Key) -> str:
    if key.several:
        return "one value"
    return "off" if key.idle == OFF else ", ".join(f"`{value}`" for value in key.idle if value not in OFF)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main(arguments: Iterable[str]) -> None:
    """Write the page to each file that is named."""
    for file in arguments:
        write_bytes(Path(file), listing().encode())


if __name__ == "__main__":
    main(sys.argv[1:])

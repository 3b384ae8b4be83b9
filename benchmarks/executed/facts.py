"""Where the tables' keys stand in the frameworks' sources, in the suite's own environment:
``python -m benchmarks.executed.facts NAME=CHECKOUT ...`` looks every key up that is read or refused, in the
file and at the commit that its table names, and writes the lines. A key that is not there ends it with 1."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verified_grpo.audit.configurations import TABLES
from verified_grpo.audit.configurations.keys import Effect, Key, Table

FACTS = Path(__file__).parent.parent / "source_facts.json"


def main(arguments: Sequence[str]) -> int:
    """Replace the facts of the frameworks that are named."""
    facts: dict[str, Any] = json.loads(FACTS.read_text()) if FACTS.exists() else {}
    missing = []
    for words in arguments:
        name, _, folder = words.partition("=")
        table = next(table for table in TABLES if table.name == name)
        facts[name] = {"commit": table.commit, "keys": looked_up(table, folder)}
        missing += [f"{name} {key}" for key, found in facts[name]["keys"].items() if found[1] is None]
    lines = ",\n ".join(f"{json.dumps(name)}: {json.dumps(facts[name])}" for name in sorted(facts))
    FACTS.write_text(f"{{\n {lines}\n}}\n")
    print("\n".join(missing))
    return int(bool(missing))


def concerned(table: Table) -> list[Key]:
    """The keys whose place in the framework's own repository is a fact to note."""
    return [key for key in table.keys if key.effect is not Effect.NEUTRAL and "(" not in key.file]


def looked_up(table: Table, folder: str) -> dict[str, list[Any]]:
    """Every key with its file and the first line that has its last word."""
    return {
        key.name: [key.file, _line(_text(folder, table.commit, key.file), key)] for key in concerned(table)
    }


def _text(folder: str, commit: str, path: str) -> str:
    shown = subprocess.run(["git", "-C", folder, "show", f"{commit}:{path}"], capture_output=True, text=True)
    return shown.stdout


def _line(text: str, key: Key) -> int | None:
    for name in (key.name, *key.aliases):
        word = re.escape(name.rstrip(".").split(".")[-1]).replace("_", "[-_]")
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(rf"(?<![A-Za-z0-9_]){word}(?![A-Za-z0-9_])", line):
                return number
    return None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

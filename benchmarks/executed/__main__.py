"""Run what is asked and write the rows: ``python -m benchmarks.executed --out FILE NAME=CHECKOUT ...``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from .measured import measured
from .source import Source

COMMAND = "python -m benchmarks.executed --out benchmarks/executed.json NAME=CHECKOUT[@REVISION] ..."


def main(arguments: Sequence[str] | None = None) -> int:
    """The frameworks that were named, at their revisions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.executed", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the JSON file whose rows are replaced")
    parser.add_argument("asked", nargs="+", metavar="NAME=CHECKOUT[@REVISION]")
    given = parser.parse_args(arguments)
    rows: list[dict[str, Any]] = json.loads(given.out.read_text())["rows"] if given.out.exists() else []
    for words in given.asked:
        name, _, place = words.partition("=")
        source = Source.of(place)
        print(f"{name} {source.revision}", file=sys.stderr)
        rows = [row for row in rows if (row["framework"], row["revision"]) != (name, source.revision)]
        options = import_module(f"{__package__}.frameworks.{name}").options(source)
        head = {"framework": name, "revision": source.revision}
        rows += [{**head, **measured(option)} for option in options]
    rows.sort(key=lambda row: (row["framework"], row["revision"]))
    given.out.write_text(written(rows))
    return 0


def written(rows: list[dict[str, Any]]) -> str:
    """One row a line."""
    lines = ",\n  ".join(json.dumps(row) for row in rows)
    return f'{{\n "command": {json.dumps(COMMAND)},\n "rows": [\n  {lines}\n ]\n}}\n'


if __name__ == "__main__":
    sys.exit(main())

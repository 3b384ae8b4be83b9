"""Run what is asked and write the rows: ``python -m benchmarks.executed --out FILE NAME=CHECKOUT ...``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from .measured import measured
from .rows import rows, written
from .source import Source


def main(arguments: Sequence[str] | None = None) -> int:
    """The frameworks that were named, at their revisions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.executed", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the JSON file whose rows are replaced")
    parser.add_argument("asked", nargs="+", metavar="NAME=CHECKOUT[@REVISION]")
    given = parser.parse_args(arguments)
    found = rows(given.out)
    for words in given.asked:
        name, _, place = words.partition("=")
        source = Source.of(place)
        print(f"{name} {source.revision}", file=sys.stderr)
        found = [row for row in found if (row["framework"], row["revision"]) != (name, source.revision)]
        options = import_module(f"{__package__}.frameworks.{name}").options(source)
        head = {"framework": name, "revision": source.revision}
        found += [{**head, **measured(option)} for option in options]
    given.out.write_text(written(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

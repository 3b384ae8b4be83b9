"""Which twins are compiled each time: all that the proved checker does not accept, one of each kind that it
does.

``python -m verified_grpo.export.sample TWINS OUT`` copies them. What is left out has a proof by the kernel
all the same: the proved checker's, whose answers the suite asks for again. ``make coq TWINS=all`` takes all.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .proved import SOURCES


def sample(entries: Iterable[Mapping[str, Any]], accepted: Iterable[str]) -> list[str]:
    """The names of their theorems, of a manifest's entries and the digests of what is accepted."""
    found, kinds, known = [], set(), frozenset(accepted)
    for entry in entries:
        if "theorem" in entry and (entry["digest"] not in known or entry["kind"] not in kinds):
            found.append(str(entry["theorem"]))
            if entry["digest"] in known:
                kinds.add(entry["kind"])
    return found


def main(twins: Path, out: Path) -> None:
    """Copy them out of a folder with all."""
    entries = json.loads((SOURCES / "twins.json").read_text())["twins"]
    accepted = json.loads((SOURCES / "proved.json").read_text())["accepted"]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in sample(entries, accepted):
        shutil.copy(twins / f"{name}.v", out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

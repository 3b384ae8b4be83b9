"""The file of results, which both environments read and write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent.parent / "executed.json"
COMMAND = "python -m benchmarks.executed --out benchmarks/executed.json NAME=CHECKOUT[@REVISION] ..."
FAR = 12.0
"""Clamps are looked for up to a ratio of ``exp(FAR)``."""


def rows(path: Path) -> list[dict[str, Any]]:
    """What a file of results says; nothing where there is none."""
    found: list[dict[str, Any]] = json.loads(path.read_text())["rows"] if path.exists() else []
    return found


def written(found: list[dict[str, Any]]) -> str:
    """One row a line, in the order of frameworks and revisions."""
    ordered = sorted(found, key=lambda row: (row["framework"], row["revision"]))
    lines = ",\n  ".join(json.dumps(row) for row in ordered)
    return f'{{\n "command": {json.dumps(COMMAND)},\n "rows": [\n  {lines}\n ]\n}}\n'

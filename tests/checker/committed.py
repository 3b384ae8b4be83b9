"""The accepted fixtures as they are committed: what all others are made from, by named edits."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from .builder import Json

FOLDER = Path(__file__).parents[1] / "certificates"


@cache
def committed() -> dict[str, Json]:
    """The accepted certificates by name, without their digests."""
    found = {file.stem: json.loads(file.read_bytes()) for file in sorted(FOLDER.glob("accepted/*.json"))}
    for document in found.values():
        del document["digest"]
    return found


def of_kinds(*kinds: str) -> dict[str, Json]:
    """Those whose statements are of these kinds."""
    return {
        name: document for name, document in committed().items() if document["statement"]["kind"] in kinds
    }

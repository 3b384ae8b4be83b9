"""What the proved checker says of an accepted certificate of the corpus after one change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.checker import corpus
from tests.checker.builder import Json
from verified_grpo.export import proved

Change = Callable[[Json, Json], object]


def asked(vcheck: Path, path: Path, name: str, change: Change) -> str:
    """The outcome of a file of the corpus after a change of its statement and evidence."""
    document = json.loads(corpus.files()[f"accepted/{name}.json"][1])
    change(document["statement"], document["evidence"])
    path.write_text(json.dumps(document))
    return proved.check(path, vcheck).outcome


def undone_by(vcheck: Path, folder: Path, name: str, change: Change) -> None:
    """A file of the corpus is proved as it is, and not after the change."""
    assert asked(vcheck, folder / "same.json", name, lambda *_: None) == "proved"
    assert asked(vcheck, folder / "one.json", name, change) == "not proved"

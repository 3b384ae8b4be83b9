"""What was done so far: counts by part, each with the digest of the code that it speaks of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from verified_grpo.work.files import write_bytes

Entry = dict[str, Any]

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "ledger"
PACKAGES = ("python-flint", "mpmath", "numpy", "crival", "sympy", "hypothesis", "atheris")


def load(folder: Path = FOLDER) -> dict[str, Entry]:
    """The entries of all parts by name: each is a file, so that parts may run side by side."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def save(part: str, held: Entry, folder: Path = FOLDER) -> None:
    """Written beside and renamed."""
    write_bytes(folder / f"{part}.json", (json.dumps(held, indent=1, sort_keys=True) + "\n").encode())


def entry(ledger: dict[str, Entry], part: str, files: Iterable[str], seed: int) -> Entry:
    """The entry of a part, begun anew where the code or the seed is another."""
    now = {"code": digest(files), "seed": seed}
    held = ledger.get(part)
    if held is None or any(held[key] != value for key, value in now.items()):
        held = ledger[part] = {**now}
    held["date"] = datetime.now(UTC).strftime("%Y-%m-%d")
    held["versions"] = versions()
    return held


def digest(patterns: Iterable[str], texts: Iterable[str] = ()) -> str:
    """Of the sources that match, in order of their names, and of texts: twelve digits of SHA-256."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(found):
        total.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    for text in texts:
        total.update(text.encode())
    return total.hexdigest()[:12]


def versions() -> dict[str, str]:
    """Of Python and of the packages that took part."""
    found = {"python": python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found

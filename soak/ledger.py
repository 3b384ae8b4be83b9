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

from verified_grpo.certificates.canonical import write_bytes

Entry = dict[str, Any]

ROOT = Path(__file__).parent.parent
FILE = Path(__file__).parent / "ledger.json"
PACKAGES = ("python-flint", "mpmath", "numpy", "crival", "sympy", "hypothesis", "atheris")


def load(path: Path = FILE) -> dict[str, Entry]:
    """The ledger; empty where there is none."""
    if not path.exists():
        return {}
    value: dict[str, Entry] = json.loads(path.read_text())
    return value


def save(ledger: dict[str, Entry], path: Path = FILE) -> None:
    """Written beside and renamed."""
    write_bytes(path, (json.dumps(ledger, indent=1, sort_keys=True) + "\n").encode())


def entry(ledger: dict[str, Entry], part: str, files: Iterable[str], seed: int) -> Entry:
    """The entry of a part, begun anew where the code or the seed is another."""
    now = {"code": digest(files), "seed": seed}
    held = ledger.get(part)
    if held is None or any(held[key] != value for key, value in now.items()):
        held = ledger[part] = {**now}
    held["date"] = datetime.now(UTC).strftime("%Y-%m-%d")
    held["versions"] = versions()
    return held


def digest(patterns: Iterable[str]) -> str:
    """Of the sources that match, in order of their names: the first twelve digits of SHA-256."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(found):
        total.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
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

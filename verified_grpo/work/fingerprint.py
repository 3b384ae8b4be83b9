"""What finished work depends on: the code that made it, and the libraries' versions."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from .._version import __version__

LIBRARIES = ("mpmath", "numpy", "python-flint", "sympy")
DECIDING = ("*.py", "model/written/*.json")
PACKAGE = Path(__file__).parent.parent


@cache
def software() -> dict[str, str]:
    """Names and versions of what the search used, or could have used: of what is installed."""
    return {**{name: found for name in LIBRARIES if (found := _version(name))}, "verified-grpo": __version__}


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # takes as long as a small check

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def fingerprint(*folders: Path) -> str:
    """A hash of the package's code and of the programs that are written down beside it, of the code in other
    folders, and of the libraries' versions.

    The whole package counts: no list of rooms can then leave one out that decides.
    """
    total = hashlib.sha256(json.dumps(software(), sort_keys=True).encode())
    for folder in (PACKAGE, *folders):
        for path in sorted(path for ending in DECIDING for path in folder.rglob(ending)):
            total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()

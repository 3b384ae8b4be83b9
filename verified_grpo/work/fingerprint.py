"""What finished work depends on: the code that made it, and the libraries' versions."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .._version import __version__

LIBRARIES = ("mpmath", "numpy", "python-flint", "sympy")
PACKAGE = Path(__file__).parent.parent


@cache
def software() -> dict[str, str]:
    """Names and versions of what the search used."""
    return {**{name: version(name) for name in LIBRARIES}, "verified-grpo": __version__}


@cache
def fingerprint(*folders: Path) -> str:
    """A hash of the package's code, of that in other folders beside it, and of the libraries' versions.

    The whole package counts: no list of rooms can then leave one out that decides.
    """
    total = hashlib.sha256(json.dumps(software(), sort_keys=True).encode())
    for folder in (PACKAGE, *folders):
        for path in sorted(folder.rglob("*.py")):
            total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()

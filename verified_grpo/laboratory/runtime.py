"""Python for a page: Pyodide, and the libraries of arithmetic as it takes them, fetched by the registries'
own clients when a page is built.

Each is one archive, known by its SHA-256: what has another is not used, wherever it came from. They are kept
in the user's cache and are no part of the package.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ..errors import InputError
from ..work.cache import user_cache
from ..work.files import write_bytes

SECONDS = 300
PAGE_PYTHON = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "314", "--abi", "cp314")
"""Which Python the libraries are for, in pip's words."""


@dataclass(frozen=True)
class Archive:
    """What is fetched: one file of one version, and nothing else that calls itself so."""

    name: str
    version: str
    file: str
    sha256: str

    @property
    def title(self) -> str:
        """For a line that somebody reads."""
        return f"{self.name} {self.version}"


PYODIDE = Archive(
    "pyodide",
    "314.0.7",
    "pyodide-314.0.7.tgz",
    "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
)
FLINT = Archive(
    "python-flint",
    "0.9.0",
    "python_flint-0.9.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
    "b31f5c00e0e36040ab58d00b3025156e20869b990d776e4bf90f870b1ee11ad3",
)
MPMATH = Archive(
    "mpmath",
    "1.3.0",
    "mpmath-1.3.0-py3-none-any.whl",
    "a0b2b9fe80bbcd81a6647ff13108738cfb482d481d826cc0e02f5b35e5c88d2c",
)
SYMPY = Archive(
    "sympy",
    "1.14.0",
    "sympy-1.14.0-py3-none-any.whl",
    "e091cc3e99d2141a0ba2847328f5479b05d94a6635cb96148ccb3f34671bd8f5",
)
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""Of Pyodide, what a page loads."""


def interpreter() -> Mapping[str, bytes]:
    """The files of Pyodide that a page loads, by name.

    Raises:
        InputError: it is not in the cache and cannot be fetched.
    """
    with tarfile.open(fileobj=BytesIO(fetched(PYODIDE)), mode="r:gz") as archive:
        found = {}
        for name in PARTS:
            member = archive.extractfile(f"package/{name}")
            assert member is not None
            found[name] = member.read()
    return found


def fetched(archive: Archive) -> bytes:
    """The archive's bytes, out of the cache, or from its registry.

    Raises:
        InputError: it can be had from neither; the line says why.
    """
    kept = user_cache() / "pages" / archive.file
    if (data := _right(kept, archive)) is not None:
        return data
    with tempfile.TemporaryDirectory() as name:
        _run(_command(archive, name), archive)
        data = _right(Path(name) / archive.file, archive)
    if data is None:
        raise InputError(f"{archive.title} cannot be used: what its registry gave has another SHA-256")
    write_bytes(kept, data)
    return data


def _right(path: Path, archive: Archive) -> bytes | None:
    """The bytes of a file if they are those of the archive."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == archive.sha256 else None


def _command(archive: Archive, folder: str) -> Sequence[str]:
    """Its registry's client, told to write the one file into a folder."""
    if archive.file.endswith(".tgz"):
        asked = f"{archive.name}@{archive.version}"
        return [
            "npm",
            "pack",
            asked,
            "--silent",
            "--ignore-scripts",
            "--fetch-retries=1",
            "--pack-destination",
            folder,
        ]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    return [*pip, "--only-binary=:all:", *PAGE_PYTHON, "--implementation", "cp", "--dest", folder,
            f"{archive.name}=={archive.version}"]  # fmt: skip


def _run(command: Sequence[str], archive: Archive) -> None:
    missing = f"{archive.title} is not in {user_cache() / 'pages'} and cannot be fetched"
    if shutil.which(command[0]) is None:
        raise InputError(f"{missing}: {command[0]} is not installed")
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"{missing}: no answer within {SECONDS} seconds") from None
    if ran.returncode:
        said = [line.strip() for line in (ran.stderr or ran.stdout).splitlines() if line.strip()]
        raise InputError(f"{missing}: {said[-1] if said else 'its client says nothing'}")

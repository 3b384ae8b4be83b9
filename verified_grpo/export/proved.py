"""The checker that is proved in Coq, as a program: built once from the files beside the library, kept in the
user's cache, and asked about certificates.

Its theorem (``accepted_holds`` in ``proofs/coq/checker/Extract.v``) is about the bytes of the file: the
statement that it prints holds. Nothing here is part of that proof.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import FileError, InputError
from ..work.cache import user_cache

SOURCES = Path(__file__).parents[1] / "proofs" / "coq"
_CONTRASTS = ("mean-var", "mean-std", "mean", "group")
FAMILIES = {
    "Box": (
        *("fixed-points", "small-steps", "passage"),
        *("amplification", "contraction", "uniqueness", "convergence", "no-cycles"),
    ),
    "Sequence": ("limit", "trajectory"),
    "Cycle": ("cycles",),
    "Curve": ("curve",),
    "K3": ("k3-fixed-point", "k3-amplification", "k3-small-steps", "k3-convergence"),
    "Expression": ("inequality", "identity"),
    "Verifier": ("erring-verifier", "verifier-ceiling"),
    "Chaos": ("chaos",),
}
"""The kinds it is proved for, by the family whose ``...Certificates.v`` reads and checks them."""
_WITHOUT_VARIANT = (*FAMILIES["Expression"], "verifier-ceiling")
COVERED = {
    kind: () if kind in _WITHOUT_VARIANT else _CONTRASTS for kinds in FAMILIES.values() for kind in kinds
}
"""The contrasts of each kind; none of one that speaks of no variant."""
SECONDS = 60.0
"""Of the processor, for one certificate or row; what takes longer is not proved."""
AT_ONCE = 200
"""Files of one run of the program."""


@dataclass(frozen=True)
class Answer:
    """Of one file: ``proved`` with the statement that is, or ``not proved`` or ``declined`` with a reason."""

    outcome: str
    statement: dict[str, Any] | None
    message: str


def program(library: Path | None = None) -> Path:
    """The program, built if this version of it is not in the cache.

    Args:
        library: the compiled library, where there is one; else it is compiled first.

    Raises:
        InputError: Coq or OCaml is missing, or refuses the files; its last line says which.
    """
    folder = user_cache() / f"vcheck-{_digest()}"
    if not (folder / "vcheck").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as name:
            _build(Path(name), library)
            made = Path(name) / "kept"
            made.mkdir()
            shutil.copy(Path(name) / "vcheck", made)
            try:
                made.rename(folder)
            except OSError:  # somebody else built it meanwhile
                if not (folder / "vcheck").exists():
                    raise
    return folder / "vcheck"


def check(path: Path, vcheck: Path | None = None, *, seconds: float | None = None) -> Answer:
    """What the program says of a file; it is built where a file of its kinds asks for it.

    Raises:
        FileError: the file cannot be read.
        InputError: as :func:`program`.
    """
    return next(check_all([path], vcheck, seconds=seconds))


def check_all(
    paths: Sequence[Path], vcheck: Path | None = None, *, seconds: float | None = None
) -> Iterator[Answer]:
    """The same of many, one after another, by as few runs of the program as there may be."""
    reasons = [not_covered(bytes_of(path)) for path in paths]
    asked = [path for path, reason in zip(paths, reasons, strict=True) if not reason]
    lines = _lines(vcheck or program(), asked, SECONDS if seconds is None else seconds) if asked else iter(())
    for reason in reasons:
        yield Answer("declined", None, reason) if reason else next(lines)


def _lines(vcheck: Path, paths: Sequence[Path], limit: float) -> Iterator[Answer]:
    """A line of the program a file; after one that ends the program it is run again on the rest."""
    left = [path.absolute() for path in paths]
    while left:
        asked, left = left[:AT_ONCE], left[AT_ONCE:]
        lines = said(vcheck, asked, limit)
        while asked:
            line = next(lines, "")
            yield _answer(line, limit)
            del asked[0]
            if not line:
                break
        lines.close()
        left = asked + left


def said(vcheck: Path, paths: Sequence[Path], limit: float) -> Generator[str, None, None]:
    """Lines of the program about files: one a certificate, one a row of a table."""
    with subprocess.Popen(
        [vcheck, "--seconds", str(limit), *paths],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    ) as running:
        try:
            assert running.stdout is not None
            yield from map(str.strip, running.stdout)
        finally:
            running.kill()


def statement_of(line: str) -> dict[str, Any] | None:
    """The statement that a line of the program says is proved."""
    word, _, statement = line.partition(" ")
    return json.loads(statement) if word == "proved" else None


def _answer(line: str, limit: float) -> Answer:
    if statement := statement_of(line):
        return Answer("proved", statement, "the checker proved in Coq accepts it")
    if line == "not proved":
        return Answer(line, None, "the checker proved in Coq does not accept it, which refutes nothing")
    if not line:
        return Answer("not proved", None, "the checker proved in Coq ended without an answer")
    return Answer("not proved", None, f"no proof within {limit:.0f} seconds of the processor")


def bytes_of(path: Path) -> bytes:
    """Of a file.

    Raises:
        FileError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; expected the path of a certificate") from None


def not_covered(data: bytes) -> str:
    """Why a certificate is none of its kinds, nothing if it may be one."""
    try:
        statement = json.loads(data)["statement"]
        kind = str(statement["kind"])
        if kind in _WITHOUT_VARIANT:
            return ""
        contrast = str(statement["variant"]["contrast"])
        if set(statement["variant"]) - {"contrast", "group_size", "ddof", "omega"}:
            contrast = f"a multiple of {contrast}"
    except (ValueError, KeyError, TypeError, RecursionError):
        return "it has no statement about a variant"
    if "plateau" in statement:
        return f"no checker is proved for the plateau of a {kind} yet"
    if statement.get("curve") == "cusp":
        return "no checker is proved for the cusp of a curve yet"
    if statement.get("verdict") == "entropy":
        return "no checker is proved for the topological entropy of a map yet"
    if contrast in COVERED.get(kind, ()):
        return ""
    names = ", ".join(name for name in COVERED if COVERED[name])
    known = f"{names} of {', '.join(_CONTRASTS)}, and for {', '.join(_WITHOUT_VARIANT)}"
    return f"no checker is proved for {kind} of {contrast} yet; it is for {known}"


def _digest() -> str:
    """Of everything that the program is made from."""
    total = hashlib.sha256()
    for path in sorted([*SOURCES.glob("*.v"), *(SOURCES / "checker").iterdir()]):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _build(out: Path, library: Path | None) -> None:
    given = [] if library is None else [library.absolute()]
    command = [SOURCES / "checker" / "build.sh", out, *given]
    ran = subprocess.run(["bash", *command], capture_output=True, text=True, check=False)
    if ran.returncode:
        said = [line for line in ran.stderr.splitlines() if line.strip()] or ["it says nothing"]
        raise InputError(f"the proved checker cannot be built: {said[-1]}")


if __name__ == "__main__":
    sys.stdout.write(f"{program(*map(Path, sys.argv[1:2]))}\n")

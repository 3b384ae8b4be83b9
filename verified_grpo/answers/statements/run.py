"""Running many cases: side by side, resumed where an earlier run stopped, each certificate written as it is
finished.

A finished case is taken from disk when its certificate is there, unaltered, and was made by the same code,
libraries and engine: its digest is a unit of a store beside the certificates, whose question these are.
Nothing else is remembered, so a run can be killed at any moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...certificates.canonical import read, write
from ...checker import check_file
from ...work.fingerprint import fingerprint
from ...work.parallel import as_finished
from ...work.store import Store, Unit
from .cases import Case, Unproved, all_cases

STATE = ".finished"


@dataclass(frozen=True)
class Result:
    """What came of a case.

    Attributes:
        name, verdict: ``undecided`` where the evidence did not close.
        check, file: the checker's word and the certificate; both empty when undecided.
        resumed: whether it was taken from disk.
        where, reason: at which step, or on which boxes, the evidence stopped, and why; empty when decided.
    """

    name: str
    verdict: str
    check: str
    file: str
    resumed: bool
    where: str = ""
    reason: str = ""


def run(cases: Sequence[Case], folder: Path, engine: str, jobs: int) -> Iterator[Result]:
    """Prove the cases and yield each result as it is finished.

    Args:
        cases: from the catalogue.
        folder: where the certificates go, one file a case.
        engine: ``mpmath`` or ``arb``.
        jobs: how many processes work side by side; 1 works in this one.
    """
    store = Store(folder / STATE, _mark(engine))
    waiting = []
    for case in cases:
        path = folder / f"{case.name}.json"
        if _is_finished(store, case.name, path):
            yield _judged(case.name, path, resumed=True)
        else:
            waiting.append(case.name)
    tasks = [(name, folder, engine) for name in waiting]
    for name, open_end in as_finished(prove_and_keep, tasks, jobs):
        if open_end is None:
            yield _judged(name, folder / f"{name}.json", resumed=False)
        else:
            yield Result(name, "undecided", "", "", False, open_end.where, open_end.reason)


def prove_and_keep(name: str, folder: Path, engine: str) -> tuple[str, Unproved | None]:
    """Prove one case of the catalogue; where it is decided, note the certificate as finished."""
    open_end = prove_and_write(name, folder, engine)
    if open_end is None:
        data = (folder / f"{name}.json").read_bytes()
        Store(folder / STATE, _mark(engine)).put(name, Unit(_hash(data), schema="certificate"))
    return name, open_end


def prove_and_write(name: str, folder: Path, engine: str) -> Unproved | None:
    """Prove one case of the catalogue; its certificate is written, or an older one removed when nothing was
    decided, which is then what is given back."""
    outcome = all_cases()[name].prove(engine)
    path = folder / f"{name}.json"
    if isinstance(outcome, Unproved):
        path.unlink(missing_ok=True)
        return outcome
    write(path, outcome)
    return None


def _judged(name: str, path: Path, *, resumed: bool) -> Result:
    verdict = read(path)["statement"].get("verdict", "proved")
    return Result(name, verdict, check_file(path).outcome.value, str(path), resumed)


def _mark(engine: str) -> str:
    """The engine, and a hash of the code that proves and of the libraries' versions."""
    from ... import proofs

    return f"{engine} {fingerprint(Path(proofs.__file__).parent)}"


def _is_finished(store: Store, name: str, path: Path) -> bool:
    """Whether the certificate on disk is the one that was finished."""
    unit = store.get(name)
    try:
        return unit is not None and unit.data == _hash(path.read_bytes())
    except OSError:
        return False


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()

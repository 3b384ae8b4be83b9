"""Running many cases: side by side, resumed where an earlier run stopped, each certificate written as it is
finished.

A finished case is taken from disk when its certificate is there, unaltered, and was made by the same code,
libraries and engine: a fingerprint of these is kept beside the certificates. Nothing else is remembered, so
a run can be killed at any moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ...certificates.canonical import canonical_bytes, digest, read, write
from ...checker import check_file
from ...errors import CertificateError
from ...work.files import write_bytes
from ...work.fingerprint import fingerprint
from .cases import Case, Unproved, all_cases

STATE = ".finished.json"


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
    mark = _mark(engine)
    state = _read_state(folder / STATE)
    waiting = []
    for case in cases:
        path = folder / f"{case.name}.json"
        if state.get(case.name) == [mark, _digest_on_disk(path)]:
            yield _judged(case.name, path, resumed=True)
        else:
            waiting.append(case.name)
    for name, open_end in _proved(waiting, folder, engine, jobs):
        if open_end is None:
            path = folder / f"{name}.json"
            state[name] = [mark, _digest_on_disk(path)]
            write_bytes(folder / STATE, canonical_bytes(state))
            yield _judged(name, path, resumed=False)
        else:
            yield Result(name, "undecided", "", "", False, open_end.where, open_end.reason)


def _proved(
    names: Sequence[str], folder: Path, engine: str, jobs: int
) -> Iterator[tuple[str, Unproved | None]]:
    if jobs == 1 or len(names) < 2:
        for name in names:
            yield name, prove_and_write(name, folder, engine)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        futures = {pool.submit(prove_and_write, name, folder, engine): name for name in names}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


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
    import proofs

    return f"{engine} {fingerprint(Path(proofs.__file__).parent)}"


def _digest_on_disk(path: Path) -> str | None:
    """The digest of a certificate whose bytes agree with it, else None."""
    try:
        certificate = read(path)
        whole = canonical_bytes(certificate) == path.read_bytes()
        whole = whole and digest(certificate) == certificate.get("digest")
    except (CertificateError, OSError):
        return None
    return str(certificate["digest"]) if whole else None


def _read_state(path: Path) -> dict[str, list[str | None]]:
    try:
        state = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}

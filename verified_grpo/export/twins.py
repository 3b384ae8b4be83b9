"""Which certificates have a twin in Coq: every formal claim of a set of files, once, with its theorem or the
reason why it has none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..certificates.canonical import canonical_bytes, read
from ..certificates.grammar.values import Json
from ..checker import Outcome, check_file
from ..errors import CertificateError, InputError
from ..work.files import write_bytes
from .files import coq_file, theorem
from .text import identifier

PLAIN = ("identity", "inequality")
"""Kinds whose twins would say nothing of the recursion: they are not listed."""


@dataclass
class Twin:
    """One formal claim: SHA-256 of its canonical bytes, its places, and its theorem or why there is none."""

    kind: str
    digest: str
    places: list[str]
    name: str
    text: str = field(default="", repr=False)
    reason: str = ""

    def entry(self) -> Json:
        """As the manifest lists it."""
        answer = {"theorem": self.name} if self.text else {"reason": self.reason}
        return {"kind": self.kind, "digest": self.digest, "places": self.places, **answer}


def twins(files: Iterable[Path]) -> list[Twin]:
    """Every formal claim of these certificates, the parts of paper statements among them, each once.

    A claim that files of their own make is named after the first of them.

    Raises:
        CertificateError: the checker does not accept one of the files.
    """
    found: dict[str, Twin] = {}
    claims = [claim for path in sorted(files) for claim in _claims(path)]
    for place, statement, evidence in sorted(claims, key=lambda claim: "#" in claim[0]):
        digest = hashlib.sha256(canonical_bytes(statement)).hexdigest()
        if digest in found:
            found[digest].places.append(place)
            continue
        twin = Twin(statement["kind"], digest, [place], _name(place))
        try:
            twin.text = coq_file(place, theorem(twin.name, statement, evidence))
        except InputError as error:
            twin.reason = str(error).partition(";")[0]
        found[digest] = twin
    return sorted(found.values(), key=lambda twin: twin.name)


def write_twins(files: Iterable[Path], out: Path, manifest: Path) -> list[Twin]:
    """Write every theorem into a folder, and the manifest.

    Raises:
        CertificateError: the checker does not accept one of the files.
        InputError: a file cannot be written.
    """
    found = twins(files)
    for twin in found:
        if twin.text:
            write_bytes(out / f"{twin.name}.v", twin.text.encode("ascii"))
    write_bytes(manifest, manifest_bytes(found))
    return found


def manifest_bytes(found: Iterable[Twin]) -> bytes:
    """The manifest: one entry a claim."""
    return (json.dumps({"twins": [twin.entry() for twin in found]}, indent=1) + "\n").encode("ascii")


def _claims(path: Path) -> Iterator[tuple[str, Json, Json]]:
    """The claims of one accepted certificate: where each stands, its statement, its evidence."""
    verdict = check_file(path)
    if verdict.outcome is not Outcome.ACCEPTED:
        raise CertificateError(
            f"{path}: not exported, the checker says {verdict.outcome.value}: {verdict.message}"
        )
    yield from (claim for claim in claims_of(path) if claim[1]["kind"] not in PLAIN)


def claims_of(path: Path) -> Iterator[tuple[str, Json, Json]]:
    """Of any certificate."""
    certificate = read(path)
    statement, evidence = certificate["statement"], certificate["evidence"]
    if statement["kind"] != "paper-statement":
        yield path.name, statement, evidence
        return
    parts = zip(statement["parts"], evidence["parts"], strict=True)
    yield from ((f"{path.name}#{i}", part["claim"], proof) for i, (part, proof) in enumerate(parts, 1))


def _name(place: str) -> str:
    file, _, part = place.partition("#")
    return identifier(Path(file).stem + (f"-part-{part}" if part else ""))

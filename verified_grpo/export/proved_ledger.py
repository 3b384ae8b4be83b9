"""Which committed certificates, and formal parts of statements of the paper, the proved checker accepts.

``python -m verified_grpo.export.proved_ledger`` asks the program about each and writes the SHA-256 of every
statement that it proves, from which ``verified_grpo.proofs.kernel`` makes what the reports read. The suite
asks again where the program can be built.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..certificates.canonical import canonical_bytes
from ..work.files import write_bytes
from . import proved
from .twins import claims_of

WRITTEN = proved.SOURCES / "proved.json"
CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"


def accepted(files: Iterable[Path], vcheck: Path | None = None) -> list[str]:
    """The digests of the statements that it proves, as the program prints them, in order.

    Raises:
        InputError: the program cannot be built.
    """
    claims = {
        hashlib.sha256(canonical_bytes(statement)).hexdigest(): (statement, evidence)
        for path in files
        for _, statement, evidence in claims_of(path)
    }
    with tempfile.TemporaryDirectory() as name:
        paths = {}
        for digest, (statement, evidence) in claims.items():
            paths[digest] = Path(name) / digest
            paths[digest].write_text(json.dumps({"evidence": evidence, "statement": statement}))
        answers = list(proved.check_all(list(paths.values()), vcheck))
    return sorted(
        digest for digest, answer in zip(paths, answers, strict=True) if answer.statement == claims[digest][0]
    )


def ledger(digests: Iterable[str]) -> bytes:
    """As it is written down."""
    return (json.dumps({"accepted": sorted(digests)}, indent=1) + "\n").encode("ascii")


if __name__ == "__main__":
    write_bytes(WRITTEN, ledger(accepted(sorted(CERTIFICATES.glob("[!.]*.json")))))

"""One Coq file from one certificate, which the independent checker accepts first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..certificates.canonical import read
from ..checker import Outcome, check_file
from ..errors import CertificateError, InputError
from ..work.files import write_bytes
from .chaos import chaos
from .cycles import cycles
from .fixed_points import fixed_points
from .limits import limit
from .regions import region
from .text import comment, identifier

EXPORTED: dict[str, Callable[[str, Any, Any], str]] = {
    "fixed-points": fixed_points,
    "amplification": region,
    "contraction": region,
    "uniqueness": region,
    "limit": limit,
    "cycles": cycles,
    "chaos": chaos,
}
"""From a kind to what writes its theorem, by the theorem's name, the statement and the evidence."""

HEADER = "From VerifiedGRPO Require Import Export.\n"


def theorem(name: str, statement: Mapping[str, Any], evidence: Mapping[str, Any]) -> str:
    """The text of one theorem and its proof, for a statement that has been checked.

    Raises:
        InputError: its kind, its contrast or its form has no export.
    """
    kind, kinds = statement["kind"], ", ".join(EXPORTED)
    if kind not in EXPORTED:
        raise InputError(f"kind {kind} has no export to Coq; these have: {kinds}")
    variant = statement["variant"]
    if variant != {"contrast": "mean-var"}:
        contrast = variant["contrast"] if "scale" not in variant else f"{variant['contrast']} with a scale"
        raise InputError(f"contrast {contrast} has no export to Coq; mean-var has, for kinds {kinds}")
    return EXPORTED[kind](name, statement, evidence)


def export(path: Path, out: Path) -> Path:
    """Write the Coq file of one certificate, to be compiled on top of ``proofs/coq``.

    Raises:
        CertificateError: the checker does not accept it.
        InputError: it has no export, or the file cannot be written.
    """
    verdict = check_file(path)
    if verdict.outcome is not Outcome.ACCEPTED:
        raise CertificateError(
            f"{path}: not exported, the checker says {verdict.outcome.value}: {verdict.message}"
        )
    certificate, name = read(path), identifier(path.stem)
    try:
        text = theorem(name, certificate["statement"], certificate["evidence"])
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return write_bytes(out / f"{name}.v", coq_file(path.name, text).encode("ascii"))


def coq_file(source: str, text: str) -> str:
    """A whole file: where the claim comes from, what it is built on, the theorem."""
    return f"(** {comment(source)} *)\n\n{HEADER}\n{text}"

"""The certificate as bytes: one object, one text, one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from ..errors import CertificateError, FileError
from ..work.files import write_bytes
from ..work.fingerprint import software
from .grammar.values import AnyCertificate, Certificate, Claim, Evidence

FORMAT: Final = "verified-grpo/1"


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """The one text of a JSON object: sorted keys, ASCII, one space of indentation, a final newline."""
    return (
        json.dumps(value, sort_keys=True, ensure_ascii=True, indent=1, separators=(",", ": ")) + "\n"
    ).encode("ascii")


def digest(certificate: Mapping[str, object]) -> str:
    """``sha256:`` and the hash of the canonical bytes without the key ``digest``."""
    body = {key: value for key, value in certificate.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical_bytes(body)).hexdigest()


def seal(statement: Claim, evidence: Evidence, engine: str, bits: int) -> Certificate[Claim, Evidence]:
    """A whole certificate: format, provenance and digest put around a statement and its evidence."""
    certificate: Certificate[Claim, Evidence] = {
        "format": FORMAT,
        "statement": statement,
        "evidence": evidence,
        "provenance": {"engine": engine, "bits": bits, "software": software()},
        "digest": "",
    }
    certificate["digest"] = digest(certificate)
    return certificate


def write(path: Path, certificate: Mapping[str, Any]) -> Path:
    """Write a certificate whole or not at all.

    Raises:
        FileError: the file cannot be written there.
    """
    return write_bytes(path, canonical_bytes(certificate))


def read(path: Path) -> AnyCertificate:
    """The certificate in a file, its format looked at and nothing else: only the checker says whether it
    holds.

    Raises:
        FileError: not readable.
        CertificateError: not JSON, or not a certificate of this format.
    """
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise CertificateError(f"{path}: not a readable certificate ({type(error).__name__})") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise CertificateError(f"{path}: not a certificate of format {FORMAT}")
    return cast(AnyCertificate, value)

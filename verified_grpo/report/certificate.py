"""Certificates as a report reads them: the checker first, then, and only if it accepts, what they say."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verified_grpo.certificates.grammar.values import AnyCertificate
from verified_grpo.checker import Outcome, Verdict, check_bytes
from verified_grpo.errors import FileError


@dataclass(frozen=True)
class Certificate:
    """A file, what the checker says of it, and its content.

    Attributes:
        file: the path to type when re-checking it.
        sha256: of the bytes of the file.
        verdict: the checker's, computed when the report was made.
        content: the parsed certificate if the checker accepted it, else None: nothing that a rejected
            certificate says is ever shown as a result.
    """

    file: str
    sha256: str
    verdict: Verdict
    content: AnyCertificate | None

    @property
    def claim(self) -> Any:
        """What it states, if the checker accepted it, under the types of its kind.

        Raises:
            ValueError: it did not.
        """
        if self.content is None:
            raise ValueError(f"{self.file} is not accepted: what it states is not shown")
        return self.content["statement"]

    @property
    def kind(self) -> str:
        """The statement's kind, or `rejected` or `declined`."""
        return str(self.claim["kind"]) if self.content else self.verdict.outcome.value


def read_certificate(path: Path, shown: str = "") -> Certificate:
    """The certificate in a file, checked; pages call it by the path, or as ``shown`` says.

    Raises:
        FileError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; expected the path of a certificate") from None
    verdict = check_bytes(data)
    content = json.loads(data) if verdict.outcome is Outcome.ACCEPTED else None
    return Certificate(shown or _shown(path), hashlib.sha256(data).hexdigest(), verdict, content)


def _shown(path: Path) -> str:
    """The path as it was given, unless it belongs to one machine only: then the file's name."""
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()

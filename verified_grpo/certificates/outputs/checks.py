"""What ``check`` and ``certify`` print."""

from __future__ import annotations

from typing import Literal, TypedDict

from ..grammar.values import Digest, Number


class CheckedFile(TypedDict):
    """The checker's verdict on a file; ``found``: numbers beside the statement, by name; ``at``: what it says
    of the point that was asked about."""

    file: str
    outcome: Literal["accepted", "rejected", "declined"]
    code: str
    message: str
    standing: str
    decided: bool
    statement: str
    claim: dict[str, object] | None
    claim_digest: Digest | Literal[""]
    digest: str
    engine: str
    arithmetic: str
    found: dict[str, Number]
    at: list[str]


class CheckAnswer(TypedDict):
    """Of ``check``."""

    files: list[CheckedFile]


class ProvedFile(TypedDict):
    """What the checker that is proved in Coq says of a file: the statement that its theorem is about."""

    file: str
    outcome: Literal["proved", "not proved", "declined"]
    statement: dict[str, object] | None
    message: str


class ProvedCheckAnswer(TypedDict):
    """Of ``check --proved``."""

    files: list[ProvedFile]


class CertifiedStatement(TypedDict):
    """A statement of ``certify``; ``check`` and ``file`` are empty where it is undecided."""

    name: str
    verdict: str
    check: str
    file: str
    resumed: bool
    where: str
    reason: str


class CertifyAnswer(TypedDict):
    """Of ``certify``."""

    statements: list[CertifiedStatement]
    reports: list[str]

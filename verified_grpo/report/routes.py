"""How a statement is known: by Coq's kernel, wholly or in part, or by the checker.

The table beside this file is written by ``python -m verified_grpo.proofs.kernel``. A statement of the paper
is found in it by its name and by the digest of the suite's claim, any other by the digest of the whole
statement: what is not exactly a claim of the table is marked as the checker's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..certificates.canonical import canonical_bytes
from ..certificates.grammar.values import Json
from .certificate import Certificate

TABLE = Path(__file__).parent / "kernel.json"
CHECKER, KERNEL = "checker-accepted", "kernel-checked"


@dataclass(frozen=True)
class Route:
    """The strongest route, the theorems of ``proofs/coq`` that make it so, and what they leave out."""

    word: str
    theorems: tuple[str, ...] = ()
    missing: str = ""


@lru_cache(maxsize=1)
def table() -> Json:
    """What the kernel has checked of the suite's own statements."""
    content: Json = json.loads(TABLE.read_text(encoding="ascii"))
    return content


def by_proved_checker(statement: Mapping[str, Any]) -> bool:
    """Whether the checker that is proved in Coq accepts a certificate of exactly this statement: it was asked
    when ``python -m verified_grpo.export.proved_ledger`` wrote the list, and is by the suite."""
    return hashlib.sha256(canonical_bytes(statement)).hexdigest() in table()["proved"]


def route(certificate: Certificate) -> Route:
    """The strongest route of an accepted certificate; nothing is said of others."""
    if not certificate.content:
        return Route("")
    return statement_route(certificate.claim)


def statement_route(statement: Mapping[str, Any]) -> Route:
    """The strongest route of a statement that the checker has accepted."""
    if statement["kind"] != "paper-statement":
        theorem = table()["twins"].get(hashlib.sha256(canonical_bytes(statement)).hexdigest())
        return Route(KERNEL, (theorem,)) if theorem else Route(CHECKER)
    known = table()["statements"].get(statement["item"])
    if not known or known["words"] != hashlib.sha256(statement["suite"].encode()).hexdigest():
        return Route(CHECKER)
    return Route(known["route"], tuple(known["theorems"]), known["missing"])

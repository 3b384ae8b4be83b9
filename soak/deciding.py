"""What verdicts rest on: the proved checker's files, the definitions of the one in Python."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from verified_grpo.export import proved

from .kernel import ARITHMETIC, OF_TABLES, needed
from .ledger import ROOT, Entry, digest

FOLDER = "verified_grpo/proofs/coq/checker"
READER = "{}Certificates"
"""The file that reads and checks a family of kinds."""


def state(kinds: Collection[str]) -> str:
    """The digest of what decides certificates of these kinds."""
    families = [family for family, held in proved.FAMILIES.items() if {*held} & {*kinds}]
    return _digest(map(READER.format, families), needed(kinds))


def state_of_rows() -> str:
    """The digest of what decides rows of audited tables."""
    return _digest(["Tables"], needed((), first=OF_TABLES))


def counted(held: Entry | None, code: str) -> Entry:
    """What was counted of this state, or nothing yet."""
    if held and held["code"] == code:
        return held
    return {"code": code, "counts": {}, "causes": {}, "escapes": [], "chunks": 0, "seconds": 0}


def _digest(roots: Iterable[str], definitions: dict[str, str]) -> str:
    arithmetics = [f"verified_grpo/checker/{name}.py" for names in ARITHMETIC.values() for name in names]
    texts = (f"{name}\n{text}" for name, text in definitions.items())
    return digest([*deciding(*roots), *arithmetics], texts)


def deciding(*roots: str) -> list[str]:
    """The files of the proved checker that these rest on, themselves among them."""
    found, left = {"Integers"}, list(roots)
    while left:
        found.add(name := left.pop())
        required = re.findall(
            r"^From VerifiedGRPO\.Checker Require Import ([^.]*)\.", source(name), flags=re.MULTILINE
        )
        left += {other for line in required for other in line.split()} - found
    return [f"{FOLDER}/{name}.v" for name in sorted(found)]


def source(name: str) -> str:
    """The text of one of them."""
    return (ROOT / FOLDER / f"{name}.v").read_text()

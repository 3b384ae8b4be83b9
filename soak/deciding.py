"""Which files of the proved checker a verdict rests on."""

from __future__ import annotations

import re

from .ledger import ROOT

FOLDER = "verified_grpo/proofs/coq/checker"
READER = "{}Certificates"
"""The file that reads and checks a family of kinds."""


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

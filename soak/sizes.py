"""How much must be read to believe a certificate of each kind, and how long its check takes."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from verified_grpo.checker import ARITHMETICS, check_bytes, fuel, limits
from verified_grpo.checker.reading import mapping, read_document

from .kernel import APART, ARITHMETIC, KINDS, ROOM, kernel, lines, total
from .ledger import ROOT, Entry

FILES = ("verified_grpo/checker/*.py", "soak/sizes.py", "soak/kernel.py")
CERTIFICATES = ("reports/certificates/[!.]*.json", "tests/certificates/accepted/*.json")
ROUNDS = 3
BOUNDS = {
    "MAX_BYTES": "bytes of a file",
    "MAX_DEPTH": "nested lists and objects",
    "MAX_NUMBER_LENGTH": "characters of a number",
    "MAX_NATURAL_DIGITS": "digits of a count",
    "MAX_EXPONENT": "exponent of ten of a parameter or cut",
    "MAX_SCALE": "exponent of ten of p and 1-p",
    "MAX_LOGIT": "log-odds",
    "MAX_BITS": "bits of working precision",
    "MAX_GROUP": "size of a group",
    "MAX_PERIOD": "points of a cycle",
    "MAX_PARTS": "formal parts of a statement of the paper",
    "MAX_INTEGER_BITS": "bits of an integer in an identity",
    "MAX_VARIABLES": "variables of an identity",
}
FUEL = "units of fuel for a whole file, where `--fuel` gives no more (some hundred million a second)"


def measure(entry: Entry) -> None:
    """Lines and times, put into the ledger's entry."""
    entry["whole"] = total({path.stem: path.read_text() for path in sorted(ROOM.glob("*.py"))})
    entry["kinds"] = {kind: needed(kind) for kind in KINDS}
    entry["arithmetic"] = {
        name: total({module: (ROOM / f"{module}.py").read_text() for module in modules})
        for name, modules in ARITHMETIC.items()
    }
    entry["bounds"] = {name: [what, getattr(limits, name)] for name, what in BOUNDS.items()}
    entry["bounds"]["DEFAULT"] = [FUEL, fuel.DEFAULT]
    entry["times"] = times()


def needed(kind: str) -> dict[str, Any]:
    """What must be read for a kind, less what is for groups and expressions alone; and where it stands."""
    plain, whole = kernel([kind], without=APART), kernel([kind])
    groups = total(whole)["code"] - total(plain)["code"]
    return {
        **total(plain),
        "groups": groups,
        "modules": {name: lines(s)["code"] for name, s in plain.items()},
    }


def times() -> dict[str, Any]:
    """Milliseconds of processor time by kind and arithmetic, over all committed certificates."""
    spent: dict[str, dict[str, list[float]]] = {}
    for path in sorted(path for pattern in CERTIFICATES for path in ROOT.glob(pattern)):
        data = path.read_bytes()
        kind = str(mapping(read_document(data)["statement"], "statement")["kind"])
        for arithmetic in ARITHMETICS:
            spent.setdefault(kind, {}).setdefault(arithmetic, []).append(_seconds(data, arithmetic) * 1000)
    return {
        kind: {
            "files": len(by["arb"]),
            **{
                name: {"median": round(median(found), 2), "largest": round(max(found), 1)}
                for name, found in by.items()
            },
        }
        for kind, by in sorted(spent.items())
    }


def _seconds(data: bytes, arithmetic: str) -> float:
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        check_bytes(data, arithmetic)
        least = min(least, time.process_time() - start)
    return least

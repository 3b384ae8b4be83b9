"""How much must be read to believe a certificate of each kind, and how long its check takes."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from statistics import median
from typing import Any

from verified_grpo.checker import ARITHMETICS, check, check_bytes
from verified_grpo.checker.paper import PaperStatement
from verified_grpo.checker.reading import mapping, read_document

from .ledger import ROOT, Entry

FILES = ("verified_grpo/checker/*.py", "soak/sizes.py")
ROOM = ROOT / "verified_grpo/checker"
PACKAGE = "verified_grpo.checker."
ARITHMETIC = {"arb": ("balls",), "rational": ("rational", "elementary")}
CERTIFICATES = ("reports/certificates/[!.]*.json", "tests/certificates/accepted/*.json")
ROUNDS = 3


def measure(entry: Entry) -> None:
    """Lines and times, put into the ledger's entry."""
    entry["modules"] = {path.stem: lines(path) for path in sorted(ROOM.glob("*.py"))}
    entry["kinds"] = {kind: {"modules": sorted(needed(kind))} for kind in kinds()}
    entry["arithmetic"] = {name: list(modules) for name, modules in ARITHMETIC.items()}
    entry["times"] = times()


def kinds() -> dict[str, str]:
    """The module that checks each kind."""
    modules = {kind: read.__self__.__module__ for kind, read in check._FORMAL.items()}  # type: ignore[attr-defined]
    modules["paper-statement"] = PaperStatement.__module__
    return {kind: module.removeprefix(PACKAGE) for kind, module in modules.items()}


def needed(kind: str) -> set[str]:
    """The modules that decide on a kind: its own, all that they import, and the way from bytes to the
    kind; without the arithmetic, which is chosen, and without the other kinds.
    """
    others = set(kinds().values()) - {kinds()[kind]}
    waiting, found = {"check", kinds()[kind]}, set[str]()
    while waiting:
        module = waiting.pop()
        found.add(module)
        skipped = found | {name for names in ARITHMETIC.values() for name in names}
        waiting |= imports(ROOM / f"{module}.py") - skipped - (others if module == "check" else set())
    return found


def imports(path: Path) -> set[str]:
    """The modules of the room that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
            found.add((node.module or "").removeprefix(PACKAGE))
    return found


def lines(path: Path) -> dict[str, int]:
    """All lines of a file, and those that are code: neither blank, nor comment, nor part of a docstring."""
    source = path.read_text()
    text = source.splitlines()
    prose: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        holds = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if holds and ast.get_docstring(node, clean=False) is not None:  # type: ignore[arg-type]
            first = node.body[0]  # type: ignore[attr-defined]
            prose |= set(range(first.lineno, first.end_lineno + 1))
    code = [n for n, line in enumerate(text, 1) if n not in prose and line.strip() and line.strip()[0] != "#"]
    return {"lines": len(text), "code": len(code)}


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

"""The house: imports point downwards, between rooms and between the families of ``rigor``; no file is part of
a circle; the checker imports nothing but itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "verified_grpo"
FLOORS = (
    {"errors", "_version", "characters", "lazily"},
    {"work"},
    {"intervals"},
    {"model"},
    {"rigor"},
    {"certificates"},
    {"checker"},
    {"proofs"},
    {"answers"},
    {"audit", "export"},
    {"report"},
    {"atlases"},
    {"laboratory"},
    {"commands", "notebook", "integrations"},
    {"cli"},
)
FAMILIES = (
    {"points"},
    {"classes"},
    {"sequences"},
    {"chaos"},
    {"k3", "k3_steps", "pull_steps"},
    {"properties", "cells", "pavings"},
    {"arrays"},
)
"""Of ``rigor``."""


@cache
def imports() -> dict[str, set[str]]:
    """Every module of the package with the modules that it imports, wherever in its text."""
    files = {_module(path): path for path in PACKAGE.rglob("*.py")}
    return {name: set(_imported(name, path, set(files))) - {name} for name, path in files.items()}


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, path: Path, known: set[str]) -> Iterator[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (above, node.module or "") if part)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield from {inner if inner in known else source} & known


def _floor(module: str, floors: tuple[set[str], ...], depth: int) -> int | None:
    parts = module.split(".")
    return next((k for k, rooms in enumerate(floors) if len(parts) > depth and parts[depth] in rooms), None)


@pytest.mark.parametrize(
    ("floors", "depth", "inside"), [(FLOORS, 1, "verified_grpo."), (FAMILIES, 2, "verified_grpo.rigor.")]
)
def test_imports_point_downwards(floors: tuple[set[str], ...], depth: int, inside: str) -> None:
    upwards = []
    for module, imported in imports().items():
        here = _floor(module, floors, depth)
        for other in imported if module.startswith(inside) else ():
            there = _floor(other, floors, depth) if other.startswith(inside) else None
            if here is not None and there is not None and there > here:
                upwards.append(f"{module} imports {other}")
    assert not upwards


def test_every_room_has_its_floor() -> None:
    rooms = {module.split(".")[1] for module in imports() if module != PACKAGE.name}
    assert rooms == set.union(*FLOORS)


def test_no_file_is_part_of_a_circle() -> None:
    modules = {
        name: {other for other in imported if other != "verified_grpo"}
        for name, imported in imports().items()
        if name != "verified_grpo"
    }
    try:
        tuple(TopologicalSorter(modules).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {error.args[1]}")


def test_the_checker_imports_only_itself() -> None:
    for module, imported in imports().items():
        if module.startswith("verified_grpo.checker"):
            assert all(other.startswith("verified_grpo.checker") for other in imported), module

"""Exactly what must be read to believe certificates of some kinds, and nothing else.

    python -m soak.kernel FOLDER KIND ...      writes it out as a package that checks these kinds alone

A definition of the checker (function, method, class, constant, row of the table of kinds) is kept if one that
is kept mentions it; the first is `check_bytes`. Methods are not told apart by the types of their objects, so
rather too much is kept than too little. That nothing is missing is tested: the package that is written gives
the verdicts of the whole checker.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from verified_grpo.checker import check
from verified_grpo.work.files import write_bytes

from .ledger import ROOT

ROOM = ROOT / "verified_grpo/checker"
KINDS = tuple(check._KINDS)
PACKAGE = "verified_grpo.checker."
# The arithmetics are written against what stands in enclosure.
_BALLS = {("enclosure", "Ball"), ("enclosure", "FINEST")}
FIRST = _BALLS | {("check", "check_bytes")}
OF_TABLES = _BALLS | {("tables.table", "check_table")}
TABLED, TABLES = "check", ("_FORMAL", "_KINDS")  # of their rows those of the kinds are kept
APART = ("Group", "GroupLOO", "GroupMixed", "MaxRL", "Batch", "Scaled", "Written")
"""Contrasts of groups and batches, multiples, and expressions, each for their certificates alone."""
ARITHMETIC = {"arb": ("balls",), "rational": ("rational", "elementary")}
_CHOSEN = {name for names in ARITHMETIC.values() for name in names}
_PRINTING = {"command", "__main__", "__init__"}
_DECLINING = {"fuel"}  # it ends checks and lets none pass: whoever believes a certificate need not read it

Held = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


Place = tuple[str, str]  # a module and a name in it


@dataclass(frozen=True)
class Definition:
    """A part of a module that stands or falls as one; a class's own part is all of it but its members."""

    module: str
    holder: str  # the class of a member
    names: frozenset[str]
    places: frozenset[Place]  # what it mentions, where that is defined
    attributes: frozenset[str]  # what it mentions after a dot


def kernel(kinds: Collection[str], without: Collection[str] = ()) -> dict[str, str]:
    """What decides, by module; the arithmetic comes on top; so does what prints, or declines."""
    return {name: source for name, source in needed(kinds, without).items() if name not in _DECLINING}


def needed(
    kinds: Collection[str], without: Collection[str] = (), first: Collection[Place] = FIRST
) -> dict[str, str]:
    """The sources by module, pruned to what `first` leads to; what declines is among them."""
    trees = {name: _tree(name) for name in _modules()}
    found = [d for name in trees for d in _definitions(name, frozenset(kinds if name == TABLED else ()))]
    places, attributes, kept = {*first}, set[str](), set[Definition]()
    while fresh := {d for d in found if d not in kept and _is_needed(d, places, attributes)}:
        kept |= fresh
        places |= {place for d in fresh for place in d.places if place[1] not in without}
        attributes |= {name for d in fresh for name in d.attributes}
    sources = {name: _pruned(name, tree, kinds, kept) for name, tree in trees.items()}
    return {name: source for name, source in sources.items() if source}


def _modules() -> list[str]:
    """The modules of the room but for what is chosen or prints; packages only hand names on."""
    paths = (path.relative_to(ROOM).with_suffix("") for path in sorted(ROOM.rglob("*.py")))
    names = (".".join(path.parts) for path in paths if path.name not in _PRINTING)
    return [name for name in names if name not in _CHOSEN]


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(_source(name).read_text())


def _source(name: str) -> Path:
    return ROOM.joinpath(*name.split(".")).with_suffix(".py")


def _is_needed(definition: Definition, places: Collection[Place], attributes: Collection[str]) -> bool:
    """A member is needed with its class, if its name stands after some dot or Python itself calls it."""
    if not definition.holder:
        return any((definition.module, name) in places for name in definition.names)
    called = any(name in attributes or name.startswith("__") for name in definition.names)
    return called and (definition.module, definition.holder) in places


@cache
def _definitions(module: str, kinds: frozenset[str]) -> tuple[Definition, ...]:
    """Of a module; `kinds` matter where the tables stand."""
    return tuple(_read_definitions(module, _tree(module), kinds))


def _read_definitions(module: str, tree: ast.Module, kinds: Collection[str]) -> Iterator[Definition]:
    imported = {
        alias.asname or alias.name: (node.module.removeprefix(PACKAGE), alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }

    def definition(holder: str, node: Held, parts: Iterable[ast.AST]) -> Definition:
        listed = list(parts)
        named = {part.id for part in listed if isinstance(part, ast.Name)}
        places = frozenset(imported.get(name, (module, name)) for name in named)
        dotted = frozenset(part.attr for part in listed if isinstance(part, ast.Attribute))
        return Definition(module, holder, _names(node), places, dotted)

    for node in tree.body:
        if not isinstance(node, Held):
            continue
        node = _with_rows(node, kinds)
        members = _members(node)
        inner = {id(part) for member in members for part in ast.walk(member)}
        yield definition("", node, (part for part in ast.walk(node) if id(part) not in inner))
        for member in members:
            yield definition(node.name, member, ast.walk(member))  # type: ignore[union-attr]


def _members(node: ast.stmt) -> list[Held]:
    """Methods and constants of a class; fields, which are declared, belong to its own part."""
    body = node.body if isinstance(node, ast.ClassDef) else []
    return [part for part in body if isinstance(part, ast.FunctionDef | ast.Assign)]


def _names(node: Held) -> frozenset[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset({node.name})
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return frozenset(part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def _with_rows(node: Held, kinds: Collection[str]) -> Held:
    """Of a table of kinds the rows of these kinds."""
    if not (isinstance(node, ast.AnnAssign) and _names(node) & set(TABLES)):
        return node
    assert isinstance(node.value, ast.Dict)
    pairs = list(zip(node.value.keys, node.value.values, strict=True))
    rows = [(k, v) for k, v in pairs if not isinstance(k, ast.Constant) or k.value in kinds]
    table = ast.Dict([k for k, _ in rows], [v for _, v in rows])
    return ast.AnnAssign(node.target, node.annotation, table, node.simple)


def _pruned(module: str, tree: ast.Module, kinds: Collection[str], kept: Collection[Definition]) -> str:
    """The source of a module without what is not kept, its imports cut to what is mentioned; else empty."""
    here = [d for d in kept if d.module == module]
    if not here:
        return ""
    mentioned = {"annotations", *(name for d in here for _, name in d.places), *(d.module for d in here)}
    text = _source(module).read_text().splitlines()
    put: dict[int, str] = {}  # what is written instead of the lines from here
    cut: set[int] = set()
    for node in tree.body:
        lines = range(_first(node), node.end_lineno + 1)  # type: ignore[operator]
        if isinstance(node, ast.ImportFrom):
            names = [alias for alias in node.names if (alias.asname or alias.name) in mentioned]
            cut |= set(lines)
            put[lines[0]] = ast.unparse(ast.ImportFrom(node.module, names, 0)) if names else ""
        elif isinstance(node, Held) and not any(d.names == _names(node) and not d.holder for d in here):
            cut |= set(lines)
        elif isinstance(node, Held):
            if (table := _with_rows(node, kinds)) is not node:
                cut |= set(lines)
                put[lines[0]] = ast.unparse(ast.fix_missing_locations(table))
            for member in _members(node):
                if not any(d.names == _names(member) and d.holder == node.name for d in here):  # type: ignore[union-attr]
                    cut |= set(range(_first(member), member.end_lineno + 1))  # type: ignore[operator]
    written = [put.get(n, None if n in cut else line) for n, line in enumerate(text, 1)]
    return _squeezed([line for line in written if line is not None])


def _first(node: ast.stmt) -> int:
    """The line of its first decorator, or of itself."""
    held = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
    return min([node.lineno, *(decorator.lineno for decorator in held)])


def _squeezed(lines: list[str]) -> str:
    """At most two blank lines in a row."""
    kept = [
        line
        for k, line in enumerate(lines)
        if line.strip() or any(x.strip() for x in lines[max(0, k - 2) : k])
    ]
    return "\n".join(kept).strip() + "\n"


def write(kinds: Collection[str], folder: Path, arithmetic: str = "arb") -> dict[str, str]:
    """The package `verified_grpo.checker` for these kinds, with one arithmetic, below a folder."""
    sources = needed(kinds) | {name: _source(name).read_text() for name in ARITHMETIC[arithmetic]}
    room = folder / "verified_grpo/checker"
    for name, source in sources.items():
        file = room.joinpath(*name.split(".")).with_suffix(".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(file, source.encode())
    for path in {room.parent, room, *(file.parent for file in room.rglob("*.py"))}:
        write_bytes(path / "__init__.py", b"")
    return sources


def lines(source: str) -> dict[str, int]:
    """The lines that are not blank, and those of them that are code: neither comment nor docstring."""
    prose: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        holds = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if holds and ast.get_docstring(node, clean=False) is not None:  # type: ignore[arg-type]
            first = node.body[0]  # type: ignore[attr-defined]
            prose |= set(range(first.lineno, first.end_lineno + 1))
    text = [(n, line.strip()) for n, line in enumerate(source.splitlines(), 1) if line.strip()]
    code = [n for n, line in text if n not in prose and line[0] != "#"]
    return {"lines": len(text), "code": len(code)}


def total(sources: dict[str, str]) -> dict[str, int]:
    """Over some modules."""
    counted = [lines(source) for source in sources.values()]
    return {what: sum(row[what] for row in counted) for what in ("lines", "code")}


if __name__ == "__main__":
    folder, *asked = sys.argv[1:]
    held = total(write(asked, Path(folder)))
    sys.stderr.write(f"{', '.join(asked)}: {held['lines']} lines, {held['code']} of them code, in {folder}\n")

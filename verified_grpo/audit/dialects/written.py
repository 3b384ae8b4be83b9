"""Values that a Python program writes out: literals, and names that are bound to one, once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Written: TypeAlias = "str | Unknown | list[Written] | dict[str, Written] | None"


@dataclass(frozen=True)
class Unknown:
    """A value that only a run knows, as it is written, and where it stands in the program, if that is one
    place."""

    text: str
    node: ast.expr | None = None


SHOWN = 40
NESTED = 20


class Names:
    """The names of one program, and what each is certain to stand for."""

    def __init__(self, nodes: list[ast.AST], text: str) -> None:
        self._lines = re.split(r"\r\n|\r|\n", text)
        self._bound: Counter[str] = Counter()
        self._looked_at: Counter[str] = Counter()
        self._values: dict[str, ast.expr] = {}
        self._functions: set[str] = set()
        self._changed: set[str] = set()
        self._stored: dict[str, list[str]] = {}
        self._plain: set[int] = set()
        for node in nodes:
            self._bind(node)

    def _bind(self, node: ast.AST) -> None:
        """Whatever gives a name a value counts; a plain assignment also says which."""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            self._bound[node.id] += 1
        elif isinstance(node, ast.Name):
            self._looked_at[node.id] += 1
        elif isinstance(node, ast.arg):
            self._bound[node.arg] += 1
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._bound[node.name] += 1
            self._functions.add(node.name)
        elif isinstance(node, ast.alias):
            self._bound[(node.asname or node.name).partition(".")[0]] += 1
            self._functions.add(node.asname or node.name)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.value, ast.Name):
            key = _stored(node)
            if key is not None:
                self._stored.setdefault(node.value.id, []).append(key)
            elif isinstance(node.ctx, ast.Store | ast.Del) or getattr(node, "attr", "") in _CHANGING:
                self._changed.add(node.value.id)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            self._bound[node.target.id] += 1
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self._values[target.id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            self._values[node.target.id] = node.value
        elif isinstance(node, ast.Module):
            for statement in node.body:
                self._plain |= {id(target) for target in getattr(statement, "targets", ())}

    def assigned(self) -> Iterator[tuple[str, ast.expr]]:
        """Names with what was last assigned to them."""
        yield from self._values.items()

    def once(self, name: str) -> ast.expr | None:
        """What a name is bound to, if nothing else is."""
        changed = name in self._changed or name in self._stored
        return self._values.get(name) if self._bound[name] == 1 and not changed else None

    def is_plain(self, target: ast.AST) -> bool:
        """Whether an assignment stands at the top of the program, under no condition."""
        return id(target) in self._plain

    def is_function(self, node: ast.expr) -> bool:
        """Whether a name is a function or a class, or comes from another module."""
        return isinstance(node, ast.Name) and node.id in self._functions and self._bound[node.id] == 1

    def written(self, node: ast.expr, depth: int = 0) -> Written:
        """A literal's text, a list or a dictionary of such, or what only a run knows. A dictionary by its
        name is certain only where nothing else looks at it, which might change it; of a key that is set
        later, ``settings["beta"] = 1``, only a run knows whether it is, and to what."""
        if depth > NESTED:
            return Unknown("...")
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            inner = self.written(node.operand, depth + 1)
            sign = "-" if isinstance(node.op, ast.USub) else ""
            return sign + inner if isinstance(inner, str) else Unknown(_shown(node))
        if isinstance(node, ast.List | ast.Tuple):
            if any(isinstance(item, ast.Starred) for item in node.elts):
                return Unknown(_shown(node))
            return [self.written(item, depth + 1) for item in node.elts]
        if isinstance(node, ast.Dict):
            return self._dictionary(node, depth)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
            plain = not node.args and all(keyword.arg for keyword in node.keywords)
            pairs = {str(key.arg): self.written(key.value, depth + 1) for key in node.keywords}
            return pairs if plain else Unknown(_shown(node))
        once = isinstance(node, ast.Name) and self._bound[node.id] == 1 and not self._bound["*"]
        if once and isinstance(node, ast.Name) and node.id in self._values:
            found, stored = self.written(self._values[node.id], depth + 1), self._stored.get(node.id, [])
            if isinstance(found, dict):
                found |= {key: Unknown(f"{node.id}[{key!r}]") for key in stored}
                alone = self._looked_at[node.id] <= 1 + len(stored)
            else:
                alone = not stored
            if alone and node.id not in self._changed:
                return found
        return Unknown(_shown(node), node)

    def _constant(self, node: ast.Constant) -> str | Unknown | None:
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if node.value is None or isinstance(node.value, str):
            return node.value
        if isinstance(node.value, int):
            return str(node.value)
        if isinstance(node.value, float):
            line = self._lines[node.lineno - 1].encode()
            return line[node.col_offset : node.end_col_offset].decode().replace("_", "")
        return Unknown(_shown(node))

    def _dictionary(self, node: ast.Dict, depth: int) -> Written:
        found: dict[str, Written] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.written(value, depth + 1)
                if not isinstance(inner, dict):
                    return Unknown(_shown(node))
                found |= inner
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                found[key.value] = self.written(value, depth + 1)
            else:
                return Unknown(_shown(node))
        return found


def _stored(node: ast.Subscript | ast.Attribute) -> str | None:
    """The key that ``x["key"] = ...`` sets."""
    if not isinstance(node, ast.Subscript) or isinstance(node.ctx, ast.Load):
        return None
    return (
        node.slice.value
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
        else None
    )


_CHANGING = ("update", "setdefault", "pop", "popitem", "clear", "append", "extend", "insert", "remove")


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."

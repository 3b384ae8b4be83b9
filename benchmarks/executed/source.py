"""Functions cut out of a framework's source: nothing of it is imported, only what is named is executed."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]


@dataclass(frozen=True)
class Source:
    """A state of a framework: a git repository at a revision, or a folder of installed packages."""

    folder: Path
    name: str

    @property
    def revision(self) -> str:
        """A version where the name is one (of a tag), else the name."""
        return re.sub(r"^v(?=\d)", "", self.name)

    @classmethod
    def of(cls, text: str) -> Source:
        """``CHECKOUT[@REVISION]``."""
        folder, _, revision = text.partition("@")
        installed = next(Path(folder).glob("trl-*.dist-info"), None)
        if installed is not None:
            return cls(Path(folder), installed.name.removeprefix("trl-").removesuffix(".dist-info"))
        asked = ["git", "-C", folder, "rev-parse", revision or "HEAD"]
        commit = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
        return cls(Path(folder), revision or commit[:8])

    def text(self, path: str) -> str:
        """A file of the state."""
        if (self.folder / path).exists() and not (self.folder / ".git").exists():
            return (self.folder / path).read_text()
        shown = ["git", "-C", str(self.folder), "show", f"{self.name}:{path}"]
        return subprocess.run(shown, check=True, capture_output=True, text=True).stdout

    def cut(self, path: str, *names: str, **known: Any) -> SimpleNamespace:
        """The functions, classes and methods (``Class.method``) of a file, with nothing around them but what
        is ``known``; other decorators than a method's kind, and annotations,
        are dropped."""
        tree = ast.parse(self.text(path))
        scope: dict[str, Any] = {**_COMMON, **known}
        for name in names:
            node = _named(tree, name)
            _bare(node)
            exec(compile(ast.Module([node], []), f"{path}:{name}", "exec"), scope)  # noqa: S102
        return SimpleNamespace(**{name.split(".")[-1]: scope[name.split(".")[-1]] for name in names})

    def statements(self, path: str, method: str, first: str, last: str, **known: Any) -> Any:
        """A run of a method's statements, from the first that sets a name to the last before another is set,
        as a function of ``self`` and of names, which returns all that was set."""
        body = _named(ast.parse(self.text(path)), method).body
        start = next(place for place, node in enumerate(body) if _sets(node, first))
        end = next(place for place, node in enumerate(body) if place > start and _sets(node, last))
        code = compile(ast.Module(body[start:end], []), f"{path}:{method}", "exec")

        def run(**values: Any) -> dict[str, Any]:
            scope = {**_COMMON, **known, **values}
            exec(code, scope)  # noqa: S102
            return scope

        return run


KEPT = ("staticmethod", "classmethod", "property")
_COMMON: dict[str, Any] = {
    "torch": torch,
    "np": np,
    "F": torch.nn.functional,
    "nn": torch.nn,
    "defaultdict": defaultdict,
    "Enum": SimpleNamespace,
    "itertools": __import__("itertools"),
    "math": __import__("math"),
}


def _named(tree: ast.Module, name: str) -> Any:
    node: Any = tree
    for part in name.split("."):
        node = next(
            child
            for child in node.body
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and child.name == part
        )
    return node


def _bare(node: ast.AST) -> None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef):
            inner.decorator_list = [kept for kept in inner.decorator_list if ast.unparse(kept) in KEPT]
            inner.returns = None
            arguments = inner.args
            for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                argument.annotation = None
            for extra in (arguments.vararg, arguments.kwarg):
                if extra is not None:
                    extra.annotation = None
        elif isinstance(inner, ast.ClassDef):
            inner.decorator_list = []


def _sets(node: ast.AST, name: str) -> bool:
    return any(
        isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store) and inner.id == name
        for inner in ast.walk(node)
    )

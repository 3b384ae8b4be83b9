"""The defaults of a Python program's command line: ``args.n``, where ``args`` is what ``parse_args()``
gave."""

from __future__ import annotations

import ast

from .written import Names

ABSENT = "the command line is taken to leave {} at its default"
PARSING = ("parse_args", "parse_known_args")


def default_of(node: ast.expr, names: Names, nodes: list[ast.AST]) -> ast.expr | None:
    """The default that the program writes out for an attribute of its arguments; None where it is no such
    attribute, or has no default or several."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return None
    made = names.once(node.value.id)
    if not isinstance(made, ast.Call) or _called(made) not in PARSING:
        return None
    found = [call for call in nodes if isinstance(call, ast.Call) and _adds(call, node.attr)]
    if (
        any(isinstance(call, ast.Call) and _called(call) == "set_defaults" for call in nodes)
        or len(found) != 1
    ):
        return None
    given = {keyword.arg: keyword.value for keyword in found[0].keywords}
    plain = not given.keys() & {"action", "nargs", None}
    return given.get("default") if plain else None


def _called(call: ast.Call) -> str:
    """``f(...)`` or ``x.f(...)``."""
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _adds(call: ast.Call, name: str) -> bool:
    """Whether a call adds the argument of this name."""
    if _called(call) != "add_argument":
        return False
    words = [
        word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
    ]
    named = [keyword.value for keyword in call.keywords if keyword.arg == "dest"]
    if named:
        return isinstance(named[0], ast.Constant) and named[0].value == name
    return any(word.lstrip("-").replace("-", "_") == name for word in words)

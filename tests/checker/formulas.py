"""Formulas as the checker prints them, with all their parentheses, read back into trees."""

from __future__ import annotations

import re
from typing import Any

from .forms import Unread


def expression(text: str) -> Any:
    """The tree of a formula."""
    tokens = re.findall(r"[()]|[^\s()]+", text.replace("^", " ^ "))
    tree = _tree(tokens)
    if tokens:
        raise Unread(text)
    return tree


def _tree(tokens: list[str]) -> Any:
    token = tokens.pop(0) if tokens else ""
    if token == "(":
        return _bracket(tokens)
    return [token, _tree(tokens)] if tokens[:1] == ["("] and token.isalpha() else token


def _bracket(tokens: list[str]) -> Any:
    """What follows an opening parenthesis, up to the one that closes it."""
    if tokens and tokens[0].startswith("-") and not re.fullmatch(r"-[0-9].*", tokens[0]):
        sign = tokens.pop(0)
        if sign != "-":
            tokens.insert(0, sign[1:])
        tree: Any = ["neg", _tree(tokens)]
    else:
        parts, operators = [_tree(tokens)], set[str]()
        while tokens and tokens[0] != ")":
            operators.add(tokens.pop(0))
            parts.append(_tree(tokens))
        if len(operators) > 1:
            raise Unread(" ".join(sorted(operators)))
        tree = [*operators, *parts] if operators else parts[0]
    if not tokens or tokens.pop(0) != ")":
        raise Unread("a parenthesis that is not closed")
    return tree

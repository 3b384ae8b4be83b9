"""Kinds ``identity`` and ``inequality``."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...rigor.properties.inequalities import Expression
from .values import Bits, Node, Side

Relation = Literal[">", "<", ">=", "<="]


class Identity(TypedDict):
    """Two expressions are equal as rational functions."""

    kind: Literal["identity"]
    variables: list[str]
    left: Expression
    right: Expression


class Grid(TypedDict):
    """Exact evaluation at more points than the degree in each variable."""

    rule: Literal["grid"]


class Inequality(TypedDict):
    """An expression has a sign on a box."""

    kind: Literal["inequality"]
    box: dict[str, Side]
    expression: Expression
    relation: Relation


class BoxTree(Bits):
    """The box as a tree of boxes on each of which the enclosure has the sign."""

    rule: Literal["tree"]
    nodes: list[Node]

"""Binary trees in preorder: the leaves cover the root, for each cut lies strictly inside its box."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.numbers import Interval, exact
from verified_grpo.checker.reading import items, text

Box = dict[str, Interval]
N = TypeVar("N")
B = TypeVar("B")
Cut = Callable[[int, N, B], tuple[B, B] | None]


def walk(nodes: Iterable[N], root: B, cut: Cut[N, B]) -> Iterator[tuple[int, N, B]]:
    """Each leaf with its number among the nodes and its box, in preorder; the boxes cover the root.

    `cut` gives the two parts of a box at a node, in the order in which they are described, and None at a
    leaf. The stack of boxes still to be described must be empty at the end and not before.
    """
    waiting = [root]
    for number, node in enumerate(nodes):
        require(bool(waiting), Code.TREE_OVERRUN, f"the tree was complete before node {number}")
        box = waiting.pop()
        parts = cut(number, node, box)
        if parts is None:
            yield number, node, box
        else:
            waiting += parts[::-1]
    require(not waiting, Code.TREE_UNFINISHED, f"the tree ends with {len(waiting)} boxes left")


def leaves(nodes: Sequence[object], root: Box, kinds: Collection[str]) -> Iterator[tuple[str, Box, str]]:
    """Each leaf as (kind, closed box, where it stands), in preorder.

    A node is ["split", axis, "at"], followed by the nodes below and then those above the cut, or [kind].
    """

    def cut(number: int, item: object, box: Box) -> tuple[Box, Box] | None:
        where, node = _place(number), items(item, _place(number))
        require(bool(node), Code.TREE_NODE, f"{where}: an empty node")
        kind = text(node[0], where)
        if kind == "split":
            require(len(node) == 3, Code.TREE_NODE, f"{where}: a split names an axis and a cut")
            return _halves(box, text(node[1], where), node[2], where)
        plain = kind in kinds and len(node) == 1
        require(plain, Code.TREE_NODE, f"{where}: a node is a split or one of {', '.join(kinds)}")
        return None

    for number, node, box in walk(nodes, root, cut):
        yield text(items(node, "")[0], ""), box, _place(number)


def _place(number: int) -> str:
    return f"evidence.nodes[{number}]"


def _halves(box: Box, axis: str, at: object, where: str) -> tuple[Box, Box]:
    """The parts below and above a cut."""
    require(axis in box, Code.TREE_AXIS, f"{where}: the box has no axis {axis[:60]!r}")
    point, (lower, upper) = exact(at, where), box[axis]
    require(lower < point < upper, Code.TREE_CUT, f"{where}: the cut is not strictly inside the box")
    return {**box, axis: (lower, point)}, {**box, axis: (point, upper)}

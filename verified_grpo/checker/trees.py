"""Binary trees over a box, in preorder: the leaves cover it, for each cut lies strictly inside its box."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.numbers import Interval, exact
from verified_grpo.checker.reading import items, text

Box = dict[str, Interval]


def leaves(nodes: Sequence[object], root: Box, kinds: Collection[str]) -> Iterator[tuple[str, Box, str]]:
    """Each leaf as (kind, closed box, where it stands), in preorder; the union of the boxes is the root.

    A node is ["split", axis, "at"], followed by the nodes below and then those above the cut, or [kind].
    The walk keeps its own stack of boxes still to be described; it must be empty at the end and not before.
    """
    waiting = [root]
    for i, item in enumerate(nodes):
        where = f"evidence.nodes[{i}]"
        require(bool(waiting), Code.TREE_OVERRUN, f"{where}: the tree was complete before this node")
        node, box = items(item, where), waiting.pop()
        require(bool(node), Code.TREE_NODE, f"{where}: an empty node")
        kind = text(node[0], where)
        if kind == "split":
            require(len(node) == 3, Code.TREE_NODE, f"{where}: a split names an axis and a cut")
            waiting.extend(_cut(box, text(node[1], where), node[2], where))
        else:
            plain = kind in kinds and len(node) == 1
            require(plain, Code.TREE_NODE, f"{where}: a node is a split or one of {', '.join(kinds)}")
            yield kind, box, where
    require(not waiting, Code.TREE_UNFINISHED, f"the tree ends with {len(waiting)} boxes left")


def _cut(box: Box, axis: str, at: object, where: str) -> tuple[Box, Box]:
    """The upper and the lower half: the lower one is taken from the stack first."""
    require(axis in box, Code.TREE_AXIS, f"{where}: the box has no axis {axis[:60]!r}")
    point, (lower, upper) = exact(at, where), box[axis]
    require(lower < point < upper, Code.TREE_CUT, f"{where}: the cut is not strictly inside the box")
    return {**box, axis: (point, upper)}, {**box, axis: (lower, point)}

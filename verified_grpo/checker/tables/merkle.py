"""The root of a table: one hash that stands for its header and all of its rows, in their order.

Leaf 0 is the header, leaf i row i. A leaf is SHA-256 of a zero byte and the row's bytes, a node SHA-256 of a
one byte and its two sides; a tree of n leaves has the largest power of two below n on its left side. Leaves
and nodes begin differently, so none can be taken for the other: two tables with one root, and as many rows,
would be a collision of SHA-256.

A proof of inclusion is the list of siblings on the way from a leaf to the root, each with its side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

Sibling = tuple[str, bytes]
"""``"L"`` or ``"R"``: on which side it stands."""


def leaf(data: bytes) -> bytes:
    """Of the header, or of a row."""
    return hashlib.sha256(b"\0" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Of two sides."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Leaves taken in one after another; kept are as many hashes as the tree is high.

    Args:
        followed: the leaves, by number, whose proofs of inclusion are wanted.
    """

    def __init__(self, followed: Sequence[int] = ()) -> None:
        self.size = 0
        self.paths: dict[int, list[Sibling]] = {number: [] for number in followed}
        self._whole: list[tuple[int, bytes, list[int]]] = []  # height, hash, the followed leaves below

    def add(self, data: bytes) -> None:
        """The next leaf."""
        height, top, below = 0, data, [self.size] if self.size in self.paths else []
        while self._whole and self._whole[-1][0] == height:
            top, below = self._joined(self._whole.pop(), top, below)
            height += 1
        self._whole.append((height, top, below))
        self.size += 1

    def root(self) -> bytes:
        """Of all leaves, one at least; afterwards the paths lead to it, and no leaf can be added."""
        _, top, below = self._whole.pop()
        while self._whole:
            top, below = self._joined(self._whole.pop(), top, below)
        return top

    def _joined(
        self, left: tuple[int, bytes, list[int]], right: bytes, below: list[int]
    ) -> tuple[bytes, list[int]]:
        for number in left[2]:
            self.paths[number].append(("R", right))
        for number in below:
            self.paths[number].append(("L", left[1]))
        return node(left[1], right), left[2] + below


def root_of(data: bytes, path: Sequence[Sibling]) -> bytes:
    """Where a leaf leads by its proof of inclusion."""
    top = data
    for side, sibling in path:
        top = node(sibling, top) if side == "L" else node(top, sibling)
    return top


def side_of(number: int, size: int) -> str:
    """The sides on which the siblings of a leaf stand in a tree of so many, from the leaf up: a proof of
    inclusion with others speaks of another leaf."""
    sides = ""
    while size > 1:
        left = 1 << (size - 1).bit_length() - 1
        sides = ("R" if number < left else "L") + sides
        number, size = (number, left) if number < left else (number - left, size - left)
    return sides

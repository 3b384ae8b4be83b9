"""Where the exact iteration ends elsewhere than small steps, read off an atlas of the exact iteration.

Cells that end in a cycle do. Cells whose orbit climbs above even odds do where the least fixed point lies
below; those on the line where it crosses even odds are cut further, and each part is decided anew. Of all
other cells nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from ...certificates.atlas_cells import NODE, PROOF
from ...certificates.grammar.plane import Atlas, AtlasCells
from ...certificates.grammar.values import Certificate
from ...intervals.array_bounds import ARRAYS, SPARE
from ...intervals.environment import in_sound_floats
from ...rigor.cells.patches import Law, Patches
from ...rigor.cells.rules import decide

Side = tuple[Fraction, Fraction]
Texts = tuple[str, str]

FURTHER = 6
"""Cuts of a cell on the line."""
NOTHING = ("u", "")


@dataclass(frozen=True)
class Cut:
    """A cell and what is below it."""

    node: str
    halves: tuple[Tree, Tree]


Tree = Cut | Texts | int
"""A leaf is its node and its proof, or the number of a part that is still to be decided."""


@in_sound_floats
def parting_tree(law: Law, atlas: Certificate[Atlas, AtlasCells]) -> Texts:
    """The tree of cells where the views part, and its proofs, as the texts of a certificate of contours."""
    statement = atlas["statement"]
    across, up = ((Fraction(a), Fraction(b)) for a, b in (statement["log_beta"], statement["logit_p_ref"]))
    proofs = iter(PROOF.findall(atlas["evidence"]["proofs"]))
    reading = _Reading(law, iter(NODE.findall(statement["cells"])), proofs)
    tree = reading.tree(across, up)
    return _written(tree, reading.decided())


@dataclass(frozen=True)
class _Reading:
    law: Law
    nodes: Iterator[str]
    proofs: Iterator[str]
    parts: list[tuple[Side, Side]] = field(default_factory=list)

    def tree(self, across: Side, up: Side) -> Tree:
        """The next node of the atlas and all below it."""
        node = next(self.nodes)
        if node in "<^":
            low, high = _halves(node, across, up)
            return Cut(node, (self.tree(*low), self.tree(*high)))
        if node == "u":
            return NOTHING
        proof = next(self.proofs)
        if node[0] == "c":
            return node, proof
        if proof[0] != "e":
            return NOTHING
        return ("d", proof) if self._is_below_half(across[0], up[1]) else self._on_the_line(across, up, 0)

    def _on_the_line(self, across: Side, up: Side, cuts: int) -> Tree:
        if self._is_below_half(across[0], up[1]):
            self.parts.append((across, up))
            return len(self.parts) - 1
        if cuts == FURTHER or not self._is_below_half(across[1], up[0]):
            return NOTHING
        node = "<" if across[1] - across[0] > up[1] - up[0] else "^"
        low, high = _halves(node, across, up)
        return Cut(node, (self._on_the_line(*low, cuts + 1), self._on_the_line(*high, cuts + 1)))

    def _is_below_half(self, x: Fraction, y: Fraction) -> bool:
        """Whether the least fixed point is: T(0) < 0."""
        weight = ARRAYS.exp(ARRAYS.exact(-x))
        lift = self.law.pull * ARRAYS.exact(y) + weight * self.law.shape.least
        return bool(lift.hi <= -SPARE)

    def decided(self) -> list[Texts]:
        """Of each part, whether it climbs."""
        if not self.parts:
            return []
        sides = np.array([[float(end) for side in part for end in side] for part in self.parts]).T
        found = decide(self.law, Patches(*sides)).verdicts
        return [("d", proof) if proof[:1] == "e" else NOTHING for _, proof in found]


def _halves(node: str, across: Side, up: Side) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    low, high = across if node == "<" else up
    first, second = (low, (low + high) / 2), ((low + high) / 2, high)
    return ((first, up), (second, up)) if node == "<" else ((across, first), (across, second))


def _written(tree: Tree, decided: list[Texts]) -> Texts:
    """In preorder; two halves of which nothing is said are one leaf."""
    if isinstance(tree, int):
        return decided[tree]
    if not isinstance(tree, Cut):
        return tree
    low, high = (_written(half, decided) for half in tree.halves)
    return NOTHING if low == high == NOTHING else (tree.node + low[0] + high[0], low[1] + high[1])

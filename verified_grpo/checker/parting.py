"""Where the two views part: cells of (beta, p_ref) in which the exact iteration does not tend to the least
fixed point, to which small steps lead.

A tree in preorder, as of an atlas; its leaves are cells that end in a cycle of two or more points (c2 and so
on), by the rules of atlas_rules.py; `d`, cells that end at another fixed point; and `u`, of which nothing is
said.

Lemma 45 (overshoot; Omega bounded, even and rising in |L|). Let T(0) < 0, and L_k >= A >= 0 with T(A) >= A.
Then L_n does not tend to the least fixed point.
  F(0) has the sign of T(0) - 0: so L* < 0 (lemma 36). By lemma 13, e, L_n stays at or above A >= 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verified_grpo.checker.atlas_flow import Cell
from verified_grpo.checker.atlas_rules import EACH, NEEDS, Proof, check_cell, evaluations, read_proofs
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.numbers import ball
from verified_grpo.checker.plane import Rectangle, halves, tokens
from verified_grpo.checker.reading import fingerprint
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import walk

_NODE = re.compile(r"[<^du]|c[1-9][0-9]?")
_MAX_PERIOD = 64
WORDS = {
    "d": "the exact iteration tends to another, higher fixed point",
    "c": "the exact iteration tends to a cycle",
}


@dataclass(frozen=True)
class Parting:
    """The tree of cells in which the exact iteration is known to end elsewhere."""

    nodes: list[str]
    words: str

    @classmethod
    def read(cls, words: str) -> Parting:
        """From the statement's text."""
        nodes = [match[0] for match in tokens(_NODE, words, "statement.parting")]
        known = all(node[0] != "c" or 2 <= int(node[1:]) <= _MAX_PERIOD for node in nodes)
        require(known, Code.OUTSIDE_DOMAIN, f"statement.parting: periods are from 2 to {_MAX_PERIOD}")
        count = sum(node not in "<^u" for node in nodes)
        said = (
            f"\nIn {count} cells the sequence L_n = T(L_{{n-1}}) from p_ref does not tend to p*, for any of\n"
            "  their (beta, p_ref).\n"
            f"Where these cells are: their tree, as a text, has the {fingerprint(words)}."
        )
        return cls(nodes, said)

    def proofs(self, recursion: Recursion, words: str) -> list[Proof]:
        """The proofs of the leaves, if they are as many, and the contrast is known to be what they need."""
        given = list(read_proofs(words))
        matching = len(given) == len(self._claimed())
        require(matching, Code.COUNT_MISMATCH, "one proof for each cell where the views part is expected")
        for letter in sorted({letter for letter, _ in given}):
            recursion.require(*NEEDS[letter])
        return given

    def cost(self, proofs: list[Proof]) -> int:
        """How many values and slopes the check asks for."""
        claimed = zip(proofs, self._claimed(), strict=True)
        return EACH * len(self.nodes) + sum(evaluations(proof, node) for proof, node in claimed)

    def check(self, recursion: Recursion, rectangle: Rectangle, proofs: list[Proof]) -> None:
        """Each leaf but `u` by its proof, in the order of the tree."""
        left = iter(proofs)
        for _, node, (across, up, _) in walk(self.nodes, rectangle.place, halves):
            if node != "u":
                _check(Cell(recursion, across, up), node, next(left))

    def _claimed(self) -> list[str]:
        return [node for node in self.nodes if node not in "<^u"]


def _check(cell: Cell, node: str, proof: Proof) -> None:
    letter, numbers = proof
    fits = letter == "e" if node == "d" else letter in "tdn" or (letter == "z" and node == "c2")
    require(fits, Code.WRONG_RULE, f"the rule {letter!r} does not prove {node!r}")
    check_cell(cell, letter, numbers, 1 if node == "d" else int(node[1:]))
    if node == "d":
        low = bool(cell.highest_move(ball(0)) < 0)
        require(low, Code.CONTOUR_NOT_PROVED, "the least fixed point is not proved to lie below p = 1/2")

"""Kind "atlas": what the sequence from p_ref does, for all (beta, p_ref) of a rectangle, cell by cell.

The statement holds a binary tree in preorder, as a text: `<` halves the range of log beta, `^` that of the
log-odds of p_ref, lower half first; other tokens are leaves with their verdict. The leaves cover the
rectangle by the tree's shape; corners are exact, because the rectangle's are. The evidence holds one token
for each leaf that is not `u`, in the same order: a rule (atlas_rules.py) and its numbers.

With `step_size` (and `inner_steps`) T is the map of such updates (updates.py), of which beta is the KL
weight: at each (beta, p_ref) a map of the form (R), with A in [0, 1] for alpha and w for 1/beta.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.atlas_flow import Cell
from verified_grpo.checker.atlas_rules import EACH, NEEDS, Proof, check_cell, evaluations, read_proofs
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.findings import Findings
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import exact, precision, read_evidence
from verified_grpo.checker.parameters import MAP_OF_STEPS
from verified_grpo.checker.plane import Rectangle, halves, tokens
from verified_grpo.checker.reading import fingerprint, range_text, record, tag
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import walk
from verified_grpo.checker.updates import UPDATE_KEYS, Update

_NODE = re.compile(r"[<^rfou]|c[1-9][0-9]?")
_KEYS = ("kind", "variant", "parameters", "log_beta", "logit_p_ref", "cells", "undecided")
WORDS = {
    "r": "rises to the least fixed point",
    "f": "tends to a fixed point",
    "c": "tends to a cycle of exactly so many points as stated (c2: two)",
    "o": "rises without bound, and p_n to 1",
    "u": "nothing is claimed",
}
_MAX_PERIOD = 64


@dataclass(frozen=True)
class Atlas:
    """The verdicts on the cells of a rectangle of (log beta, log-odds of p_ref)."""

    recursion: Recursion
    rectangle: Rectangle
    nodes: list[str]
    undecided: Fraction
    words: str
    update: Update | None

    @classmethod
    def read(cls, statement: dict[str, object]) -> Atlas:
        """The statement: its parameters, its rectangle, its tree and the area left open."""
        fields = record(statement, "statement", _KEYS, UPDATE_KEYS)
        update = Update.read(fields)
        recursion, words = Recursion.read(fields, *([] if update is None else [MAP_OF_STEPS]))
        words += "" if update is None else f"{update.words}\n"
        fixed = recursion.box.is_exact("alpha", "eps")
        require(fixed, Code.OUTSIDE_DOMAIN, "statement.parameters: alpha and eps of an atlas are numbers")
        rectangle = Rectangle.read(fields)
        nodes = [match[0] for match in tokens(_NODE, fields["cells"], "statement.cells")]
        known = all(node[0] != "c" or 2 <= int(node[1:]) <= _MAX_PERIOD for node in nodes)
        require(known, Code.OUTSIDE_DOMAIN, f"statement.cells: periods are from 2 to {_MAX_PERIOD}")
        undecided = exact(fields["undecided"], "statement.undecided")
        words += _claim(fields, nodes)
        return cls(recursion, rectangle, nodes, undecided, words, update)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("cells",))
        fields, bits = read_evidence(evidence, "proofs")
        proofs = list(read_proofs(fields["proofs"]))
        decided = [node for node in self.nodes if node not in "<^u"]
        matching = len(proofs) == len(decided)
        require(matching, Code.COUNT_MISMATCH, "one proof for each decided cell is expected")
        count = sum(evaluations(proof, node) for proof, node in zip(proofs, decided, strict=True))
        for letter in sorted({letter for letter, _ in proofs}):
            self.recursion.require(*NEEDS[letter])
        each = EACH if self.update is None else EACH + self.update.inner
        pay_for_evaluations(count + each * len(self.nodes), bits, self.recursion.contrast.cost)
        with precision(bits):
            self.rectangle.require_holds(self.recursion.box)
            if self.update is not None:
                self.update.require_within_one(self.rectangle.across)
            self._check_cells(iter(proofs))

    def findings(self) -> Findings:
        """How much of the box of beta and p_ref may lie in undecided cells, to a millionth."""
        places = walk(self.nodes, self.rectangle.place, halves)
        parts = ((across, up) for _, node, (across, up, _) in places if node == "u")
        return self.rectangle.findings(parts, self.recursion.box, "undecided cells")

    def _check_cells(self, proofs: Iterator[Proof]) -> None:
        """Each leaf by its proof, in the order of the tree; the share of those that have none."""
        open_area = Fraction(0)
        for _, node, (across, up, cuts) in walk(self.nodes, self.rectangle.place, halves):
            if node == "u":
                open_area += Fraction(1, 2**cuts)
            else:
                self._check_cell(Cell(self.recursion, across, up, self.update), node, *next(proofs))
        stated = open_area <= self.undecided
        require(stated, Code.COUNT_MISMATCH, "more than the stated area is undecided")

    def _check_cell(self, cell: Cell, node: str, letter: str, numbers: list[int]) -> None:
        mirror = self.recursion.box.alpha[0] == 0
        # z proves a cycle of two and no other; h and v alone prove that the limit is the least one
        tending = "tdn" + ("z" if node == "c2" else "vsgwehq" if node == "f" else "")
        fits = {"o": "m", "r": "hv"}.get(node, tending) if mirror == (node == "o") else ""
        require(letter in fits, Code.WRONG_RULE, f"the rule {letter!r} does not prove {node!r}")
        if letter != "m":  # alpha = 0: lemma 11
            check_cell(cell, letter, numbers, int(node[1:] or 1) if node[0] == "c" else 1)


def _claim(fields: dict[str, object], nodes: list[str]) -> str:
    """The conclusion in words; every text in it has been read before."""
    across, up = (fields[axis] for axis in ("log_beta", "logit_p_ref"))
    counts = {node: nodes.count(node) for node in sorted(set(nodes)) if node not in "<^"}
    lines = [f"  {node} ({count} cells): {WORDS[node[0]]}" for node, count in counts.items()]
    return (
        f"Rectangle: log(beta) in {range_text(across)}, log(p_ref/(1-p_ref)) in {range_text(up)}, which "
        "holds the\n  ranges above, cut into closed cells by halving. For all (beta, p_ref) of a cell the "
        "sequence\n"
        "  L_n = T(L_{n-1}) from p_0 = p_ref does what the cell's letter says:\n"
        + "\n".join(lines)
        + f"\nWhich letter is whose: the tree of cells, as a text, has the {fingerprint(fields['cells'])}."
        + f"\nOf the rectangle's area at most the share {fields['undecided']} is in undecided cells."
    )

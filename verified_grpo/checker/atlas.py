"""Kind "atlas": what the sequence from p_ref does, for all (beta, p_ref) of a rectangle, cell by cell.

The statement holds a binary tree in preorder, as a text: `<` halves the range of log beta, `^` that of the
log-odds of p_ref, lower half first; other tokens are leaves with their verdict. The leaves cover the
rectangle by the tree's shape; corners are exact, because the rectangle's are. The evidence holds one token
for each leaf that is not `u`, in the same order: a rule (atlas_rules.py) and its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from verified_grpo.checker.atlas_flow import Cell
from verified_grpo.checker.atlas_rules import NEEDS, check_cell
from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.findings import Findings
from verified_grpo.checker.fuel import pay_for_evaluations, pay_for_reading
from verified_grpo.checker.numbers import (
    Interval,
    ball,
    exact,
    log_odds,
    logit_interval,
    precision,
    read_evidence,
)
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.reading import fingerprint, range_text, record, tag, text
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import walk

_NODE = re.compile(r"[<^rfou]|c[1-9][0-9]?")
_PROOF = re.compile(
    r"([hvsgwm])|(e)([0-9]{1,4})|([tdn])([0-9]{1,4})([a-t])([a-t])|([qz])([0-9]+)\.([0-9]+)\.([0-9]+)"
)
_KEYS = ("kind", "variant", "parameters", "log_beta", "logit_p_ref", "cells", "undecided")
WORDS = {
    "r": "rises to the least fixed point",
    "f": "tends to a fixed point",
    "c": "tends to a cycle of exactly so many points as stated (c2: two)",
    "o": "rises without bound, and p_n to 1",
    "u": "nothing is claimed",
}
_MAX_PERIOD = 64
_MAX_CUTS = 60
_MAX_LOG_BETA = 10**6
_MAX_BRACKET = 10**9
_AREA_BITS = 96
_STEP_COST = 6  # evaluations a step
_TOKEN_COST = 250  # operations; a character may ask for a cell and its proof, some hundred bytes

Proof = tuple[str, list[int]]
Place = tuple[Interval, Interval, int]


@dataclass(frozen=True)
class Atlas:
    """The verdicts on the cells of a rectangle of (log beta, log-odds of p_ref)."""

    recursion: Recursion
    rectangle: tuple[Interval, Interval]
    nodes: list[str]
    undecided: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Atlas:
        """The statement: its parameters, its rectangle, its tree and the area left open."""
        fields = record(statement, "statement", _KEYS)
        recursion, words = Recursion.read(fields)
        fixed = recursion.box.is_exact("alpha", "eps")
        require(fixed, Code.OUTSIDE_DOMAIN, "statement.parameters: alpha and eps of an atlas are numbers")
        rectangle = tuple(
            logit_interval(fields[axis], f"statement.{axis}") for axis in ("log_beta", "logit_p_ref")
        )
        small = max(map(abs, rectangle[0])) <= _MAX_LOG_BETA
        require(small, Code.HUGE_NUMBER, f"statement.log_beta: beyond {_MAX_LOG_BETA}")
        nodes = [match[0] for match in _tokens(_NODE, fields["cells"], "statement.cells")]
        known = all(node[0] != "c" or 2 <= int(node[1:]) <= _MAX_PERIOD for node in nodes)
        require(known, Code.OUTSIDE_DOMAIN, f"statement.cells: periods are from 2 to {_MAX_PERIOD}")
        undecided = exact(fields["undecided"], "statement.undecided")
        words += _claim(fields, nodes)
        return cls(recursion, (rectangle[0], rectangle[1]), nodes, undecided, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("cells",))
        fields, bits = read_evidence(evidence, "proofs")
        proofs = [_proof(match) for match in _tokens(_PROOF, fields["proofs"], "evidence.proofs")]
        decided = [node for node in self.nodes if node not in "<^u"]
        matching = len(proofs) == len(decided)
        require(matching, Code.COUNT_MISMATCH, "one proof for each decided cell is expected")
        steps = sum(_steps(proof, node) for proof, node in zip(proofs, decided, strict=True))
        for letter in sorted({letter for letter, _ in proofs}):
            self.recursion.require(*NEEDS[letter])
        pay_for_evaluations(_STEP_COST * (steps + len(self.nodes)), bits, self.recursion.contrast.cost)
        with precision(bits):
            self._check_rectangle()
            self._check_cells(iter(proofs))

    def findings(self) -> Findings:
        """How much of the box of beta and p_ref may lie in undecided cells, to a millionth."""
        box = self.recursion.box
        with precision(_AREA_BITS):
            sides = [ends(ball(x).log()) for x in box.beta], [ends(log_odds(x)) for x in box.p_ref]
        places = (place for _, node, place in walk(self.nodes, (*self.rectangle, 0), halves) if node == "u")
        share = sum(_covered(across, sides[0]) * _covered(up, sides[1]) for across, up, _ in places)
        millionths = min(ceil(share * 10**6), 10**6)
        said = "Of the ranges of beta and p_ref above, by area in these axes, at most the share "
        share_said = f"{millionths / 10**6:.6f}"
        numbers = (("undecided_share", share_said),)
        return Findings(f"{said}{share_said} is\n  in undecided cells.", millionths < 10**6, numbers)

    def _check_rectangle(self) -> None:
        """The rectangle holds all (beta, p_ref) of the parameters."""
        box, (across, up) = self.recursion.box, self.rectangle
        for side, order in ((0, 1), (1, -1)):
            corners = (across[side], ball(box.beta[side]).log()), (up[side], log_odds(box.p_ref[side]))
            inside = all(bool(order * (value - ball(end)) >= 0) for end, value in corners)
            require(inside, Code.OUTSIDE_DOMAIN, "the rectangle does not hold the ranges of beta and p_ref")

    def _check_cells(self, proofs: Iterator[Proof]) -> None:
        """Each leaf by its proof, in the order of the tree; the share of those that have none."""
        open_area = Fraction(0)
        for _, node, (across, up, cuts) in walk(self.nodes, (*self.rectangle, 0), halves):
            if node == "u":
                open_area += Fraction(1, 2**cuts)
            else:
                self._check_cell(Cell(self.recursion, across, up), node, *next(proofs))
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


def _covered(cell: Interval, side: list[Interval]) -> Fraction:
    """An upper bound of the share that a cell covers of a range with enclosed ends; all of one number."""
    common, width = min(cell[1], side[1][1]) - max(cell[0], side[0][0]), side[1][0] - side[0][1]
    return min(common / width, Fraction(1)) if common >= 0 < width else Fraction(common >= 0)


def halves(number: int, node: str, place: Place) -> tuple[Place, Place] | None:
    """The halves of a cell, the lower one first; how often a cell was cut goes with it."""
    if node not in "<^":
        return None
    across, up, cuts = place
    require(cuts < _MAX_CUTS, Code.TREE_CUT, f"a cell is cut more than {_MAX_CUTS} times")
    low, high = across if node == "<" else up
    halves = (low, (low + high) / 2), ((low + high) / 2, high)
    lower, upper = ((half, up, cuts + 1) if node == "<" else (across, half, cuts + 1) for half in halves)
    return lower, upper


def _tokens(pattern: re.Pattern[str], value: object, where: str) -> Iterator[re.Match[str]]:
    """The tokens that the whole text is made of."""
    string, at = text(value, where), 0
    pay_for_reading(_TOKEN_COST * len(string))
    while at < len(string):
        match = pattern.match(string, at)
        if match is None:
            raise Fault(Code.TREE_NODE, f"{where}: no token at character {at}: {string[at : at + 20]!r}")
        yield match
        at = match.end()


def _proof(match: re.Match[str]) -> Proof:
    letter, *rest = (part for part in match.groups() if part is not None)
    fits = all(len(part) <= 9 for part in rest)
    require(fits, Code.HUGE_NUMBER, "evidence.proofs: a number of more than nine digits")
    return letter, [int(part) if part.isdigit() else ord(part) - ord("a") for part in rest]


def _steps(proof: Proof, node: str) -> int:
    """How many steps of orbits a proof asks for."""
    letter, numbers = proof
    turn = int(node[1:]) if node[0] == "c" else 1
    return (numbers[0] if numbers else 0) + (4 * turn if letter in "tdn" else 0)


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

"""The cells of an atlas, read from its certificate: exact coordinates, a verdict, the rule that carries it.

The tree is one text, in preorder. ``<`` cuts a cell in the middle of its range of log beta, ``^`` in the
middle of its range of log-odds of p_ref; the lower half comes first. A leaf is ``r`` (the sequence rises to
the least fixed point), ``f`` (tends to a fixed point), ``c2`` (tends to a cycle of two points, and so on),
``o`` (alpha = 0: rises to one) or ``u`` (undecided). The evidence has one token for each leaf but ``u``, in
the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, cast

from ..errors import CertificateError
from ..intervals import exact, make_engine
from ..model import MEAN, Workbench
from ..rigor.verdicts import CellVerdict
from .grammar.plane import Atlas, AtlasCells

Range = tuple[Fraction, Fraction]

SCALE_BITS = 96
"""Of the logarithms of a range's ends."""
VERDICTS: dict[str, CellVerdict] = {
    "r": "rises",
    "f": "fixed-point",
    "c": "cycle",
    "o": "rises-to-one",
    "u": "undecided",
}
RULES = {
    "h": "p_ref at least 1/2",
    "s": "closed form S4",
    "v": "closed form S7",
    "g": "closed form S3",
    "w": "contraction",
    "e": "climb",
    "t": "trap",
    "d": "trap, two turns",
    "n": "trap, monotone",
    "q": "below 1/2, attracting",
    "z": "below 1/2, repelling",
    "m": "mirror",
}
NODE = re.compile(r"[<^rfou]|c[1-9][0-9]?")
PROOF = re.compile(r"[hsvgwm]|e[0-9]{1,4}|[tdn][0-9]{1,4}[a-t][a-t]|[qz][0-9]+\.[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Cell:
    """A closed rectangle of (log beta, log-odds of p_ref) in which every sequence from p_ref does the same.

    ``period`` is 0 unless the verdict is ``fixed-point`` (1) or ``cycle``; ``rule`` is empty for
    ``undecided``.
    """

    log_beta: Range
    logit_p_ref: Range
    verdict: CellVerdict
    period: int
    rule: str


def cells(certificate: Mapping[str, Any]) -> Iterator[Cell]:
    """The cells in the order of the tree; together they are the atlas's rectangle, and share only edges.

    Raises:
        CertificateError: not an atlas, or its tree and its evidence do not fit. That the verdicts hold, only
        the checker says.
    """
    return cells_of(_statement(certificate), certificate["evidence"])


def cells_of(statement: Atlas, evidence: AtlasCells) -> Iterator[Cell]:
    """The same of a claim and its evidence.

    Raises:
        CertificateError: the tree and the evidence do not fit.
    """
    nodes, proofs = _tokens(NODE, statement["cells"]), iter(_tokens(PROOF, evidence["proofs"]))
    waiting = [(_range(statement["log_beta"]), _range(statement["logit_p_ref"]))]
    for node in nodes:
        if not waiting:
            raise CertificateError("the atlas's tree goes on after its end")
        across, up = waiting.pop()
        if node in "<^":
            low, high = across if node == "<" else up
            halves = ((low + high) / 2, high), (low, (low + high) / 2)
            waiting += [(half, up) if node == "<" else (across, half) for half in halves]
        else:
            rule = "" if node == "u" else RULES[_next(proofs)[0]]
            yield Cell(across, up, VERDICTS[node[0]], _period(node), rule)
    if waiting:
        raise CertificateError(f"the atlas's tree ends with {len(waiting)} cells left")


def undecided_fraction(certificate: Mapping[str, Any]) -> Fraction:
    """An upper bound of the share that no verdict covers of the ranges of beta and p_ref, by area in log beta
    times log-odds; the rectangle of the cells reaches a little beyond them, or far.

    Raises:
        CertificateError: as :func:`cells`.
    """
    undecided = (cell for cell in cells(certificate) if cell.verdict == "undecided")
    parts = ((cell.log_beta, cell.logit_p_ref) for cell in undecided)
    return share_in(parts, _statement(certificate)["parameters"])


def share_in(parts: Iterable[tuple[Range, Range]], given: Mapping[str, Any]) -> Fraction:
    """An upper bound of the share that parts of the plane (log beta, log-odds) cover of the ranges of beta
    and p_ref of a statement's parameters."""
    sides = [enclosed_side(axis, _range(given[axis])) for axis in ("beta", "p_ref")]
    total = Fraction(0)
    for part in parts:
        total += prod(_covered(side, own) for side, own in zip(sides, part, strict=True))
    return min(total, Fraction(1))


Side = tuple[Range, Range]


def enclosed_side(axis: str, ends: Range) -> Side:
    """The ends of a range of beta, as log beta, or of p_ref, as log-odds, each enclosed."""
    with make_engine("arb", SCALE_BITS) as engine:
        bench = Workbench(engine, MEAN)
        values = [engine.log(engine.exact(x)) if axis == "beta" else bench.log_odds(x) for x in ends]
        low, high = ((engine.lower(value), engine.upper(value)) for value in values)
    return low, high


def _covered(side: Side, part: Range) -> Fraction:
    """An upper bound of the share of a side that a cell's covers; all of a side that is one number."""
    (low, least_low), (least_high, high) = side[0], side[1]
    common, width = min(part[1], high) - max(part[0], low), least_high - least_low
    if common < 0:
        return Fraction(0)
    return min(common / width, Fraction(1)) if width > 0 else Fraction(1)


def _statement(certificate: Mapping[str, Any]) -> Atlas:
    statement = certificate.get("statement")
    if not isinstance(statement, dict) or statement.get("kind") != "atlas":
        raise CertificateError("not a certificate of an atlas")
    return cast(Atlas, statement)


def _range(ends: list[str] | str) -> Range:
    low, high = (ends, ends) if isinstance(ends, str) else ends
    return exact(low), exact(high)


def _tokens(pattern: re.Pattern[str], text: str) -> list[str]:
    tokens = pattern.findall(text)
    if sum(map(len, tokens)) != len(text):
        raise CertificateError("an atlas's text holds something that is no token of it")
    return tokens


def _period(node: str) -> int:
    return int(node[1:]) if node[0] == "c" else int(node == "f")


def _next(proofs: Iterator[str]) -> str:
    for proof in proofs:
        return proof
    raise CertificateError("the atlas has fewer proofs than decided cells")

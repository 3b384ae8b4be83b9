"""Contours of the least fixed point written down, and read: columns of log beta, in each a strip a level.

A column is ``x:k,v/d,v/d;`` in multiples of 1/GRAIN: its right side, how many levels have their contour at or
below the rectangle's bottom, and for the next ones strips from v to v + d; the contours of all others are at
or above its top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..errors import CertificateError
from ..intervals import canonical, decimal_up
from ..model import Contrast, Parameters, Range
from ..rigor.cells.contours import GRAIN, Column
from .atlas_cells import share_in
from .builders import plane_box, variant
from .canonical import seal
from .grammar.plane import ContourColumns, ContourEvidence, ContourLevels
from .grammar.plane import Contours as Claim
from .grammar.values import Certificate

ContoursCertificate = Certificate[Claim, ContourEvidence]

BITS = 64
COLUMN = re.compile(r"(-?[0-9]+):([0-9]+)((?:,-?[0-9]+/[0-9]+)*);")
PART = re.compile(r"[<^du]|c[1-9][0-9]?")
"""A node of the tree of cells where the exact iteration ends elsewhere."""
SHARE_DIGITS = 6


@dataclass(frozen=True)
class Band:
    """A closed rectangle of (log beta, log-odds of p_ref) in which p* is at least the level before ``low``
    and at most that at ``high`` (0 before the first, 1 after the last): ``high - low`` is 0 in a band, and
    the number of contours in a strip."""

    log_beta: Range
    logit_p_ref: Range
    low: int
    high: int


def contours_certificate(
    contrast: Contrast,
    box: Parameters,
    rectangle: tuple[Range, Range],
    levels: Sequence[Fraction],
    columns: Sequence[Column],
    open_share: Fraction,
    grid: Sequence[Fraction],
    parting: tuple[str, str],
    *,
    k3: bool = False,
) -> ContoursCertificate:
    """The certificate of contours.

    Args:
        contrast, box: alpha and eps exact.
        rectangle: ranges of log beta and of the log-odds of p_ref that hold the box's.
        levels: of p, ascending.
        columns: side by side, from the rectangle's left to its right.
        open_share: the share of the area in strips.
        grid: the points of the line of log-odds that carry the bounds.
        parting: the tree of cells where the exact iteration ends elsewhere, and its proofs.
        k3: under KL(pi_ref || pi), where no grid is needed, and nothing is told to part.
    """
    bottom, top = (int(end * GRAIN) for end in rectangle[1])
    statement: Claim = {
        "kind": "contours",
        "variant": variant(contrast),
        "parameters": plane_box(box),
        "log_beta": [canonical(x) for x in rectangle[0]],
        "logit_p_ref": [canonical(x) for x in rectangle[1]],
        "levels": [canonical(level) for level in levels],
        "columns": "".join(_written(column, bottom, top) for column in columns),
        "undecided": decimal_up(open_share, SHARE_DIGITS),
        "parting": parting[0],
    }
    if k3:
        statement["kl"] = "k3"
        levels_alone: ContourLevels = {"rule": "levels", "bits": BITS}
        return seal(statement, levels_alone, "array", 53)
    evidence: ContourColumns = {
        "rule": "columns",
        "bits": BITS,
        "grid": [canonical(point) for point in grid],
        "proofs": parting[1],
    }
    return seal(statement, evidence, "array", 53)


def _written(column: Column, bottom: int, top: int) -> str:
    below = sum(strip == (bottom, bottom) for strip in column.strips)
    own = [strip for strip in column.strips[below:] if strip != (top, top)]
    return f"{column.right}:{below}{''.join(f',{low}/{high - low}' for low, high in own)};"


def bands(certificate: Mapping[str, Any]) -> Iterator[Band]:
    """The rectangles that the columns cut the plane into, from left to right and from below; together they
    are the whole, and share only edges.

    Raises:
        CertificateError: not contours. That what they say holds, only the checker says.
    """
    statement = _statement(certificate)
    (left, _), (bottom, top) = (
        [int(Fraction(end) * GRAIN) for end in statement[axis]] for axis in ("log_beta", "logit_p_ref")
    )
    count = len(statement["levels"])
    for right, below, own in COLUMN.findall(statement["columns"]):
        strips = [(bottom, bottom)] * int(below)
        for part in own.split(",")[1:]:
            low, width = map(int, part.split("/"))
            strips.append((low, low + width))
        strips += [(top, top)] * (count - len(strips))
        cuts = sorted({bottom, top, *(end for strip in strips for end in strip)})
        for low, high in pairwise(cuts):
            passed = sum(end <= low for _, end in strips)
            reached = count - sum(end >= high for end, _ in strips)
            yield Band(_scaled(left, int(right)), _scaled(low, high), passed, reached)
        left = int(right)


def strips_fraction(certificate: Mapping[str, Any]) -> Fraction:
    """An upper bound of the share of the ranges of beta and p_ref that lies in strips, by area in log beta
    times log-odds.

    Raises:
        CertificateError: as :func:`bands`.
    """
    strips = ((b.log_beta, b.logit_p_ref) for b in bands(certificate) if b.low != b.high)
    return share_in(strips, certificate["statement"]["parameters"])


def parting_cells(certificate: Mapping[str, Any]) -> Iterator[tuple[Range, Range]]:
    """The cells in which the exact iteration ends elsewhere: log beta and log-odds of p_ref.

    Raises:
        CertificateError: as :func:`bands`, or the tree goes on after its end.
    """
    statement = _statement(certificate)
    waiting = [
        tuple((Fraction(a), Fraction(b)) for a, b in (statement["log_beta"], statement["logit_p_ref"]))
    ]
    for node in PART.findall(statement["parting"]):
        if not waiting:
            raise CertificateError("the tree of cells goes on after its end")
        across, up = waiting.pop()
        if node in "<^":
            low, high = across if node == "<" else up
            halves = ((low + high) / 2, high), (low, (low + high) / 2)
            waiting += [(half, up) if node == "<" else (across, half) for half in halves]
        elif node != "u":
            yield across, up


def _statement(certificate: Mapping[str, Any]) -> dict[str, Any]:
    statement = certificate.get("statement")
    if not isinstance(statement, dict) or statement.get("kind") != "contours":
        raise CertificateError("not a certificate of contours")
    return statement


def _scaled(low: int, high: int) -> Range:
    return Fraction(low, GRAIN), Fraction(high, GRAIN)

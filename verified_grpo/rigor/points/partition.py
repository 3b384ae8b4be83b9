"""A partition of the line of log-odds on which the zeros of the gap can be counted.

The line is cut into cells; on each the gap is proved to be positive, negative, increasing or decreasing for
every parameter of the box. Outside the cells the gap has no zero (:meth:`GapOverBox.domain`). The number of
zeros is then the number of monotone cells with opposite signs at their ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ...intervals import Sign
from ...model import GapOverBox
from ..subdivision import Subdivision, halves

V = TypeVar("V")

CELL_LIMIT, HALVINGS = 50_000, 10


class Rule(Enum):
    """What is proved of the gap on a cell; the values are the words of the certificate."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True)
class LineCell:
    """A closed cell [low, high] of log-odds with the rule proved on it."""

    low: Fraction
    high: Fraction
    rule: Rule

    @property
    def is_monotone(self) -> bool:
        return self.rule in (Rule.INCREASING, Rule.DECREASING)


@dataclass(frozen=True)
class Unresolved:
    """A cell on which nothing could be proved: a double zero, none, or a change of count over the box."""

    low: Fraction
    high: Fraction


def classify(gap: GapOverBox[V], low: Fraction, high: Fraction) -> Rule | None:
    """The rule that holds on the cell, or None when none is proved."""
    if gap.lowest.rises_over(low, high):
        return Rule.INCREASING
    if gap.highest.falls_over(low, high):
        return Rule.DECREASING
    sign = gap.sign_at(low)  # the only one that the whole cell can have
    if sign is Sign.POSITIVE and gap.lowest.has_sign_over(low, high, sign):
        return Rule.POSITIVE
    if sign is Sign.NEGATIVE and gap.highest.has_sign_over(low, high, sign):
        return Rule.NEGATIVE
    return None


def partition(gap: GapOverBox[V], ends: Sequence[Fraction], finest: int) -> list[LineCell] | Unresolved:
    """Cut the domain at the given ends, then in halves, until each cell has a rule.

    Args:
        gap: the gap over the box of parameters.
        ends: increasing; the first and last bound the domain. Guesses: good ones save work, none is trusted.
        finest: a cell of width 2^-finest without a rule ends the search.

    Returns:
        The cells in order, or the first cell that stays without a rule.
    """
    waiting = Subdivision(pairwise(ends))
    cells: list[LineCell] = []
    for low, high in waiting:
        rule = classify(gap, low, high)
        if rule is not None:
            cells.append(LineCell(low, high, rule))
        elif (high - low) * 2**finest <= 1 or len(cells) + len(waiting) > CELL_LIMIT:
            return Unresolved(low, high)
        else:
            waiting.put_back(*halves(low, high))
    return cells if gap.highest is gap.lowest else _joined(gap, cells)


def _joined(gap: GapOverBox[V], cells: Sequence[LineCell]) -> list[LineCell]:
    """The cells, with a cut taken out where over a box the gap has no sign: there a branch of zeros crosses
    the cut. Where the rule does not hold on the two cells as one, they are cut beside the branch."""
    joined: list[LineCell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        crossed = before is not None and before.rule is cell.rule and cell.is_monotone
        crossed = crossed and gap.sign_at(cell.low) is Sign.UNDECIDED
        if before is None or not crossed:
            joined.append(cell)
        elif classify(gap, before.low, cell.high) is cell.rule:
            joined[-1] = LineCell(before.low, cell.high, cell.rule)
        else:
            joined[-1:] = _cut_beside(gap, before, cell)
    return joined


def _cut_beside(gap: GapOverBox[V], before: LineCell, cell: LineCell) -> list[LineCell]:
    """Two cells with a branch of zeros across their cut, as three with the branch in the middle one; the two
    as they are, where that does not succeed."""
    ends = before.low, _beside(gap, before.low, cell.low), _beside(gap, cell.high, cell.low), cell.high
    cut = [LineCell(low, high, cell.rule) for low, high in pairwise(ends) if low < high]
    good = all(classify(gap, piece.low, piece.high) is cell.rule for piece in cut)
    return cut if good else [before, cell]


def _beside(gap: GapOverBox[V], outer: Fraction, inner: Fraction) -> Fraction:
    """From ``outer``, where the gap has a sign, nearly as far towards ``inner`` as it has one."""
    for _ in range(HALVINGS):
        middle = (outer + inner) / 2
        if gap.sign_at(middle) is Sign.UNDECIDED:
            inner = middle
        else:
            outer = middle
    return outer

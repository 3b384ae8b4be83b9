"""Kind "fixed-points": how many there are, and a bracket for each, by a partition of the whole line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.brackets import (
    KEYS,
    STABILITIES,
    Bracket,
    describe_point,
    read_cells,
    require_multiplier,
    require_stability,
    shown,
)
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, Pair, ball, precision, read_evidence, read_pair
from verified_grpo.checker.reading import choice, items, natural, record, tag
from verified_grpo.checker.recursion import Recursion

RULES = ("increasing", "decreasing", "positive", "negative")
_MEANING = {"attracting": "|T'| < 1", "repelling": "|T'| > 1", "undecided": "no claim on |T'| and 1"}

Cell = tuple[str, Interval]


@dataclass(frozen=True)
class FixedPoint:
    """One claimed fixed point."""

    bracket: Bracket
    multiplier: Pair
    stability: str
    words: str


@dataclass(frozen=True)
class FixedPoints:
    """For every parameter in the box T has exactly these fixed points, one in each bracket, ascending."""

    recursion: Recursion
    points: tuple[FixedPoint, ...]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> FixedPoints:
        """The statement, its list as long as its count says."""
        fields = record(statement, "statement", ("kind", "variant", "parameters", "count", "fixed_points"))
        recursion, words = Recursion.read(fields)
        count = natural(fields["count"], "statement.count")
        claimed = items(fields["fixed_points"], "statement.fixed_points")
        require(len(claimed) == count, Code.COUNT_MISMATCH, f"count is {count}, {len(claimed)} are listed")
        points = tuple(_read_point(point, f"statement.fixed_points[{i}]") for i, point in enumerate(claimed))
        words += f"For all these parameters T has exactly {count} fixed point(s)."
        words += "".join(f"\n  {number}. {point.words}" for number, point in enumerate(points, 1))
        return cls(recursion, points, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        if tag(evidence, "evidence", "rule", ("mirror", "line-partition")) == "mirror":
            record(evidence, "evidence", ("rule",))
            self.recursion.box.require_mirror()
            require(not self.points, Code.COUNT_MISMATCH, "for alpha = 0 there is no fixed point")
            return
        fields, bits = read_evidence(evidence, "start", "cells")
        self.recursion.box.require_positive_alpha()
        self.recursion.require(Fact.BOUNDED)
        cells = read_cells(fields["start"], fields["cells"], RULES)
        require(bool(cells), Code.BAD_VALUE, "evidence.cells: at least one cell is expected")
        pay_for_evaluations(4 * (len(cells) + len(self.points) + 1), bits, self.recursion.contrast.cost)
        with precision(bits):
            self._check_tails(cells[0][1][0], cells[-1][1][1])
            for (rule, cell), point in zip(cells, self._assign(cells), strict=True):
                self._check_cell(rule, cell, point)
            for point in self.points:
                self._check_point(point)

    def _check_tails(self, start: Fraction, end: Fraction) -> None:
        left = ball(start) < self.recursion.lowest_fixed_point()
        require(left, Code.LEFT_TAIL, "a fixed point left of the first cell is not excluded")
        right = ball(end) > self.recursion.highest_fixed_point()
        require(right, Code.RIGHT_TAIL, "a fixed point right of the last cell is not excluded")

    def _assign(self, cells: Sequence[Cell]) -> list[FixedPoint | None]:
        """The claimed fixed point of each cell: each lies in one monotone cell, no two in the same."""
        waiting = list(reversed(self.points))
        assigned: list[FixedPoint | None] = []
        for rule, cell in cells:
            inside = bool(waiting) and _holds(cell, waiting[-1].bracket.logit)
            assigned.append(waiting.pop() if inside and rule in ("increasing", "decreasing") else None)
        number = len(self.points) - len(waiting) + 1
        require(
            not waiting,
            Code.BRACKET_OUTSIDE_CELLS,
            f"bracket {number} is in no monotone cell of its own, or out of order",
        )
        return assigned

    def _check_cell(self, rule: str, cell: Interval, point: FixedPoint | None) -> None:
        recursion = self.recursion
        if rule in ("positive", "negative"):
            kept = recursion.gap_is_positive(cell) if rule == "positive" else recursion.gap_is_negative(cell)
            _require_of(cell, kept, Code.CELL_SIGN, f"the gap is not {rule}")
            return
        rises = rule == "increasing"
        monotone = recursion.gap_rises(cell) if rises else recursion.gap_falls(cell)
        _require_of(cell, monotone, Code.CELL_SLOPE, f"the gap is not proved {rule}")
        before = -1 if rises else 1  # the sign of the gap left of its zero
        left, right = (recursion.gap_sign(end) for end in (point.bracket.logit if point else cell))
        if point is None:
            empty = left == -before or right == before
            _require_of(cell, empty, Code.CELL_NOT_EMPTY, "a fixed point in it is not excluded")
        else:
            crossing = left == before and right == -before
            _require_of(cell, crossing, Code.BRACKET_SIGN, "the gap does not change sign over the bracket")

    def _check_point(self, point: FixedPoint) -> None:
        """T' = 1 - alpha + b/beta, compared through b/beta."""
        point.bracket.check_probabilities()
        recursion, cell = self.recursion, point.bracket.logit
        low, high = recursion.box.alpha
        swing = recursion.swing(cell)
        require_multiplier(point.multiplier, *swing, (1 - high, 1 - low))
        attracting, repelling = recursion.multiplier_inside(swing), recursion.multiplier_outside(swing)
        require_stability(point.stability, attracting, repelling)


def _require_of(cell: Interval, holds: bool, code: Code, fault: str) -> None:
    """A fault names the cell, which takes as long as a value of the gap."""
    if not holds:
        require(False, code, f"cell {shown(cell)}: {fault}")


def _holds(outer: Interval, inner: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _read_point(value: object, where: str) -> FixedPoint:
    fields = record(value, where, (*KEYS, "multiplier", "stability"))
    bracket = Bracket.of(fields, where)
    multiplier = read_pair(fields["multiplier"], f"{where}.multiplier")
    stability = choice(fields["stability"], f"{where}.stability", STABILITIES)
    return FixedPoint(
        bracket, multiplier, stability, f"{describe_point(fields)}; {stability}: {_MEANING[stability]}"
    )

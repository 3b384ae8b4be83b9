"""Kind "fixed-points": how many there are, and a bracket for each, by a partition of the whole line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.arithmetic import Ball, sigma
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.limits import require_work
from verified_grpo.checker.numbers import (
    Interval,
    Scaled,
    ball,
    ball_minus,
    logit,
    logit_interval,
    precision,
    precision_bits,
    scaled,
)
from verified_grpo.checker.parameters import describe, read_contrast, read_parameters
from verified_grpo.checker.reading import choice, items, mapping, natural, pair, record, tag
from verified_grpo.checker.recursion import Recursion

Pair = tuple[Scaled, Scaled]

RULES = ("increasing", "decreasing", "positive", "negative")
STABILITIES = ("attracting", "repelling", "undecided")


@dataclass(frozen=True)
class FixedPoint:
    """One claimed fixed point."""

    logit: Interval
    p: Pair
    one_minus_p: Pair
    multiplier: Pair
    stability: str


@dataclass(frozen=True)
class Cell:
    """A closed cell of the line with the rule that says what the gap does on it."""

    ends: Interval
    rule: str


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
        contrast = read_contrast(fields["variant"], "statement.variant")
        box = read_parameters(fields["parameters"], "statement.parameters")
        count = natural(fields["count"], "statement.count")
        claimed = items(fields["fixed_points"], "statement.fixed_points")
        require(len(claimed) == count, Code.COUNT_MISMATCH, f"count is {count}, {len(claimed)} are listed")
        points = tuple(_read_point(point, f"statement.fixed_points[{i}]") for i, point in enumerate(claimed))
        words = describe(fields["parameters"], contrast)
        words += f"For all these parameters T has exactly {count} fixed point(s)."
        for number, point in enumerate(claimed, 1):
            words += f"\n  {number}. {_describe_point(mapping(point, ''))}"
        return cls(Recursion(contrast, box), points, words)

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        rule = tag(evidence, "evidence", "rule", ("mirror", "line-partition"))
        if rule == "mirror":
            record(evidence, "evidence", ("rule",))
            mirror = self.recursion.box.alpha[1] == 0
            require(mirror, Code.WRONG_RULE, "the rule 'mirror' is for alpha = 0 alone")
            require(
                not self.points, Code.COUNT_MISMATCH, "alpha = 0: T(L) - L = Omega(L)/beta > 0 everywhere"
            )
            return
        fields = record(evidence, "evidence", ("rule", "bits", "start", "cells"))
        self.recursion.box.require_positive_alpha()
        bits = precision_bits(fields["bits"], "evidence.bits")
        cells = _read_cells(fields["start"], fields["cells"])
        require_work(bits * len(cells) * self.recursion.contrast.cost)
        with precision(bits):
            self._check_tails(cells[0].ends[0], cells[-1].ends[1])
            brackets = self._assign(cells)
            for cell, point in zip(cells, brackets, strict=True):
                self._check_cell(cell, point)
            for number, point in enumerate(self.points, 1):
                self._check_point(point, f"fixed point {number}")

    def _check_tails(self, start: Fraction, end: Fraction) -> None:
        left = ball(start) < self.recursion.lowest_fixed_point()
        require(left, Code.LEFT_TAIL, "a fixed point left of the first cell is not excluded")
        right = ball(end) > self.recursion.highest_fixed_point()
        require(right, Code.RIGHT_TAIL, "a fixed point right of the last cell is not excluded")

    def _assign(self, cells: Sequence[Cell]) -> list[FixedPoint | None]:
        """The claimed fixed point of each cell: each lies in one monotone cell, no two in the same."""
        waiting = list(reversed(self.points))
        assigned: list[FixedPoint | None] = []
        for cell in cells:
            bracket = waiting[-1].logit if waiting else None
            inside = bracket is not None and cell.ends[0] <= bracket[0] and bracket[1] <= cell.ends[1]
            assigned.append(waiting.pop() if inside and cell.rule in ("increasing", "decreasing") else None)
        number = len(self.points) - len(waiting) + 1
        require(
            not waiting,
            Code.BRACKET_OUTSIDE_CELLS,
            f"bracket {number} is in no monotone cell of its own, or out of order",
        )
        return assigned

    def _check_cell(self, cell: Cell, point: FixedPoint | None) -> None:
        shown = f"cell [{float(cell.ends[0]):.6g}, {float(cell.ends[1]):.6g}]"
        if cell.rule == "positive":
            require(
                self.recursion.gap_is_positive(cell.ends), Code.CELL_SIGN, f"{shown}: the gap is not positive"
            )
        elif cell.rule == "negative":
            require(
                self.recursion.gap_is_negative(cell.ends), Code.CELL_SIGN, f"{shown}: the gap is not negative"
            )
        else:
            rises = cell.rule == "increasing"
            monotone = self.recursion.gap_rises(cell.ends) if rises else self.recursion.gap_falls(cell.ends)
            require(monotone, Code.CELL_SLOPE, f"{shown}: the gap is not proved {cell.rule}")
            before = -1 if rises else 1  # the sign of the gap left of its zero
            if point is None:
                left, right = (self.recursion.gap_sign(end) for end in cell.ends)
                empty = left == -before or right == before
                require(empty, Code.CELL_NOT_EMPTY, f"{shown}: a fixed point in it is not excluded")
            else:
                left, right = (self.recursion.gap_sign(end) for end in point.logit)
                crossing = left == before and right == -before
                require(
                    crossing, Code.BRACKET_SIGN, f"{shown}: the gap does not change sign over the bracket"
                )

    def _check_point(self, point: FixedPoint, shown: str) -> None:
        lower, upper = (ball(end) for end in point.logit)
        p_inside = _encloses(point.p, sigma(lower), sigma(upper))
        require(p_inside, Code.P_NOT_ENCLOSED, f"{shown}: p may lie outside the stated interval")
        complement = _encloses(point.one_minus_p, sigma(-upper), sigma(-lower))
        require(
            complement, Code.COMPLEMENT_NOT_ENCLOSED, f"{shown}: 1 - p may lie outside the stated interval"
        )
        least, most = self.recursion.swing(point.logit)
        shares = [1 - alpha for alpha in self.recursion.box.alpha]
        lower, upper = ball_minus(point.multiplier[0], shares[1]), ball_minus(point.multiplier[1], shares[0])
        enclosed = lower <= least and most <= upper
        require(enclosed, Code.MULTIPLIER_NOT_ENCLOSED, f"{shown}: T' may lie outside the stated interval")
        proved = {
            "attracting": self.recursion.multiplier_inside(point.logit),
            "repelling": self.recursion.multiplier_outside(point.logit),
            "undecided": True,
        }
        require(
            proved[point.stability], Code.STABILITY_NOT_PROVED, f"{shown} is not proved {point.stability}"
        )


def _encloses(outer: Pair, lower: Ball, upper: Ball) -> bool:
    """Whether probabilities from lower to upper lie in the outer interval; they lie in (0, 1) anyway."""
    below, above = (ball(end) for end in outer)
    return (below <= 0 or below <= lower) and (above >= 1 or upper <= above)


def _read_point(value: object, where: str) -> FixedPoint:
    fields = record(value, where, ("logit", "p", "one_minus_p", "multiplier", "stability"))
    return FixedPoint(
        logit=logit_interval(fields["logit"], f"{where}.logit"),
        p=_read_pair(fields["p"], f"{where}.p"),
        one_minus_p=_read_pair(fields["one_minus_p"], f"{where}.one_minus_p"),
        multiplier=_read_pair(fields["multiplier"], f"{where}.multiplier"),
        stability=choice(fields["stability"], f"{where}.stability", STABILITIES),
    )


def _read_pair(value: object, where: str) -> Pair:
    """Two numbers; whether they are in order, the enclosure to be checked decides."""
    lower, upper = pair(value, where)
    return scaled(lower, where), scaled(upper, where)


def _read_cells(start: object, value: object) -> list[Cell]:
    left = logit(start, "evidence.start")
    cells = []
    for i, item in enumerate(items(value, "evidence.cells")):
        where = f"evidence.cells[{i}]"
        fields = record(item, where, ("end", "rule"))
        right = logit(fields["end"], f"{where}.end")
        require(left < right, Code.UNORDERED_CELLS, f"{where}: its end is not right of its start")
        cells.append(Cell((left, right), choice(fields["rule"], f"{where}.rule", RULES)))
        left = right
    require(bool(cells), Code.BAD_VALUE, "evidence.cells: at least one cell is expected")
    return cells


def _describe_point(fields: dict[str, object]) -> str:
    shown = [f"{name} in [{', '.join(map(str, items(fields[key], key)))}]" for key, name in _SHOWN]
    meaning = {"attracting": "|T'| < 1", "repelling": "|T'| > 1", "undecided": "no claim on |T'| and 1"}
    stability = str(fields["stability"])
    return f"{', '.join(shown)}; {stability}: {meaning[stability]}"


_SHOWN = (("logit", "L"), ("p", "p"), ("one_minus_p", "1-p"), ("multiplier", "T'(L)"))

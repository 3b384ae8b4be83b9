"""Kind "chaos-region": boxes of (beta, p_ref), cells of a grid, on each of which one point is a witness of
Li and Yorke's condition for all its parameters (lemma 20, in chaos.py).

The cells are different cells of one grid, so they overlap in edges at most: the area of their union, in log
beta times log-odds of p_ref, is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.chaos import ordered_points
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations, pay_for_reading
from verified_grpo.checker.numbers import Interval, ball, exact, log_odds, logit, precision, read_evidence
from verified_grpo.checker.orbits import Orbits
from verified_grpo.checker.parameters import Parameters
from verified_grpo.checker.reading import items, natural, pair, record, tag
from verified_grpo.checker.recursion import Recursion

_FIELDS = ("kind", "variant", "parameters", "beta_cuts", "p_ref_cuts", "cells", "area")


@dataclass(frozen=True)
class ChaosRegion:
    """Cells of a grid over the box, each a column (of beta) and a row (of p_ref), counted from 0."""

    recursion: Recursion
    columns: tuple[Interval, ...]
    rows: tuple[Interval, ...]
    cells: tuple[tuple[int, int], ...]
    area: Fraction
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> ChaosRegion:
        """The statement."""
        fields = record(statement, "statement", _FIELDS)
        recursion, words = Recursion.read(fields)
        box = recursion.box
        columns = _read_cuts(fields["beta_cuts"], "statement.beta_cuts", box.beta)
        rows = _read_cuts(fields["p_ref_cuts"], "statement.p_ref_cuts", box.p_ref)
        cells = []
        for i, cell in enumerate(items(fields["cells"], "statement.cells")):
            column, row = (natural(k, f"statement.cells[{i}]") for k in pair(cell, f"statement.cells[{i}]"))
            inside = column < len(columns) and row < len(rows)
            require(inside, Code.OUTSIDE_DOMAIN, f"statement.cells[{i}]: no cell of the grid")
            cells.append((column, row))
        ascending = all(a < b for a, b in pairwise(cells))
        require(ascending, Code.UNORDERED_CELLS, "statement.cells: not in ascending order, or repeated")
        pay_for_reading(len(columns) * len(cells))  # they are gone through for each column
        area = exact(fields["area"], "statement.area")
        require(area > 0, Code.OUTSIDE_DOMAIN, "statement.area: area > 0 does not hold")
        return cls(recursion, columns, rows, tuple(cells), area, words + _claim(fields, cells))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        tag(evidence, "evidence", "rule", ("witnesses",))
        fields, bits = read_evidence(evidence, "points")
        points = [logit(x, "evidence.points") for x in items(fields["points"], "evidence.points")]
        require(len(points) == len(self.cells), Code.COUNT_MISMATCH, "evidence.points: one for each cell")
        pay_for_evaluations(16 * (len(points) + 1), bits, self.recursion.contrast.cost)
        with precision(bits):
            for (column, row), x in zip(self.cells, points, strict=True):
                here = replace(self.recursion.box, beta=self.columns[column], p_ref=self.rows[row])
                proved = self._is_witness(here, x)
                where = f"column {column}, row {row}"
                require(proved, Code.ORDER_NOT_PROVED, f"{where}: the four points are not proved in order")
            require(
                bool(self._total() >= ball(self.area)), Code.AREA_NOT_PROVED, "the cells' area is smaller"
            )

    def _is_witness(self, box: Parameters, x: Fraction) -> bool:
        """The hypothesis of lemma 20, whichever way round, for all parameters of a cell."""
        orbits, here, images = Orbits(Recursion(self.recursion.contrast, box)), ball(x), []
        for _ in range(3):
            here = orbits.image(here)
            images.append(here)
        return any(ordered_points(ball(x), images, images, falls=falls) for falls in (True, False))

    def _total(self) -> Ball:
        """The sum of the cells' areas, column by column."""
        heights = [log_odds(high) - log_odds(low) for low, high in self.rows]
        total = ball(0)
        for number, (low, high) in enumerate(self.columns):
            height = ball(0)
            for column, row in self.cells:
                if column == number:
                    height = height + heights[row]
            total = total + height * (ball(high).log() - ball(low).log())
        return total


def _read_cuts(value: object, where: str, side: Interval) -> tuple[Interval, ...]:
    cuts = [exact(x, where) for x in items(value, where)]
    ordered = len(cuts) >= 2 and all(a < b for a, b in pairwise(cuts))
    require(ordered, Code.UNORDERED_CELLS, f"{where}: two numbers or more in ascending order")
    require(
        (cuts[0], cuts[-1]) == side, Code.OUTSIDE_DOMAIN, f"{where}: from one end of the box to the other"
    )
    return tuple(pairwise(cuts))


def _claim(fields: dict[str, object], cells: Sequence[tuple[int, int]]) -> str:
    """The conclusion in words; every text in it has been read as a number before."""
    lines = ""
    for number in sorted({column for column, _ in cells}):
        cuts = items(fields["beta_cuts"], "beta_cuts")
        rows = [row for column, row in cells if column == number]
        lines += f"\n  beta in [{cuts[number]}, {cuts[number + 1]}]: rows {_runs(rows)}"
    return (
        f"For all parameters in each of {len(cells)} cells, with beta and p_ref in one column and row of the "
        f"grid,\n  some x has T^3(x) >= x > T(x) > T^2(x) or the reverse. So there T has cycles of every "
        f"period and is chaotic\n  in the sense of Li and Yorke (their theorem is cited, not checked).\n"
        f"The cells' area in log(beta) times log(p_ref/(1-p_ref)) is at least {fields['area']}.\n"
        f"Row k is p_ref between number k and k+1 (counted from 0) of "
        f"{', '.join(map(str, items(fields['p_ref_cuts'], 'p_ref_cuts')))}.{lines}"
    )


def _runs(rows: Sequence[int]) -> str:
    """Ascending numbers with neighbours joined: 3-5, 8."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in runs)

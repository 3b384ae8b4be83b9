"""Kind "cycles": all cycles of exactly one period, at exact parameters.

Lemma 23 (where cycles are). Let alpha > 0 and m <= Omega <= M. Every point of a cycle of T lies in [L_ref +
c m, L_ref + c M], c = 1/(alpha beta).
  The largest point x is T of a point y <= x of the cycle: x = (1-alpha) y + alpha L_ref + Omega(y)/beta <=
  (1-alpha) x + alpha L_ref + M/beta. The least likewise.

Lemma 24 (counting cycles). Let cells that share ends cover that range, F(L) = T^n(L) - L, and let each cell
either have no zero of F or F strictly monotone. Let each monotone cell with opposite strict signs of F at
its ends hold exactly one bracket: either a listed one, with opposite signs of F at its ends, or a bracket of
a smaller period d, d < n a divisor of n, with opposite signs of T^d(L) - L at its ends; and let F have the
same strict sign at both ends of every other monotone cell. Let the brackets be listed in cycles of n, T of
each inside the cell of the next (the first after the last), all in different cells. Then T has exactly the
listed cycles of exact period n, one point in each bracket.
  The zeros of F are one in each cell that holds a bracket, and none is at the end of a cell. One in the cell
  of a smaller bracket is a zero of T^d(L) - L, since that bracket holds such a zero, which is a zero of F:
  its period is smaller than n. One in the cell of a listed bracket lies in the bracket; T of it is a zero of
  F in the cell of the next bracket, so the zero there; the n cells differ, so its period is n.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.brackets import (
    STABILITIES,
    Bracket,
    describe_point,
    require_multiplier,
    require_stability,
)
from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations, pay_for_number
from verified_grpo.checker.limits import MAX_PERIOD
from verified_grpo.checker.numbers import (
    Interval,
    Pair,
    ball,
    logit_interval,
    precision,
    read_evidence,
    read_pair,
)
from verified_grpo.checker.orbits import Orbits, ends, product, side
from verified_grpo.checker.reading import choice, describe_range, items, mapping, natural, record, tag, text
from verified_grpo.checker.recursion import Recursion
from verified_grpo.checker.trees import walk

CUT = Fraction(31, 64)  # where a cell is cut
SPLIT, EMPTY, MONOTONE = "s", "e", "m"


@dataclass(frozen=True)
class Cycle:
    """A claimed cycle: its points in the order of T, its multiplier and what that proves."""

    points: tuple[Bracket, ...]
    multiplier: Pair
    stability: str


@dataclass(frozen=True)
class Cycles:
    """All cycles of one exact period."""

    recursion: Recursion
    period: int
    cycles: tuple[Cycle, ...]
    words: str

    @classmethod
    def read(cls, statement: dict[str, object]) -> Cycles:
        """The statement; its parameters are exact numbers."""
        fields = record(
            statement, "statement", ("kind", "variant", "parameters", "period", "count", "cycles")
        )
        recursion, words = Recursion.read(fields)
        require(
            recursion.box.is_point, Code.OUTSIDE_DOMAIN, "statement.parameters: exact numbers are expected"
        )
        period = natural(fields["period"], "statement.period")
        fits = 1 <= period <= MAX_PERIOD
        require(fits, Code.OUTSIDE_DOMAIN, f"statement.period: from 1 to {MAX_PERIOD}")
        listed = items(fields["cycles"], "statement.cycles")
        count = natural(fields["count"], "statement.count")
        require(count == len(listed), Code.COUNT_MISMATCH, f"count {count}, {len(listed)} cycles")
        cycles = tuple(_read_cycle(item, f"statement.cycles[{i}]", period) for i, item in enumerate(listed))
        return cls(recursion, period, cycles, words + _claim(period, listed))

    def check(self, evidence: object) -> None:
        """Establish the statement or raise the fault that prevents it."""
        if tag(evidence, "evidence", "rule", ("mirror", "cells")) == "mirror":
            record(evidence, "evidence", ("rule",))
            self.recursion.box.require_mirror()
            require(not self.cycles, Code.COUNT_MISMATCH, "for alpha = 0 there is no cycle")
            return
        fields, bits = read_evidence(evidence, "logit", "tree", "smaller")
        self.recursion.box.require_positive_alpha()
        self.recursion.require(Fact.BOUNDED)
        span = logit_interval(fields["logit"], "evidence.logit")
        tree = text(fields["tree"], "evidence.tree")
        smaller = [
            _read_smaller(item, f"evidence.smaller[{i}]", self.period)
            for i, item in enumerate(items(fields["smaller"], "evidence.smaller"))
        ]
        brackets = self.period * len(self.cycles) + len(smaller)
        count = 16 * self.period * (len(tree) + brackets + 1) + brackets * len(tree)
        pay_for_evaluations(count, bits, self.recursion.contrast.cost)
        with precision(bits):
            self._check_range(span)
            cells = self._check_cells(list(leaves(tree, span)))
            homes = self._check_brackets(cells, smaller)
            for cycle, own in zip(self.cycles, homes, strict=True):
                self._check_cycle(cycle, own)

    def _check_range(self, span: Interval) -> None:
        """Lemma 23: the cells leave nothing out."""
        left = self.recursion.lowest_fixed_point() >= ball(span[0])
        require(bool(left), Code.LOGIT_RANGE_LEFT, "points of cycles may lie to the left of the cells")
        right = self.recursion.highest_fixed_point() <= ball(span[1])
        require(bool(right), Code.LOGIT_RANGE_RIGHT, "points of cycles may lie to the right of the cells")

    def _check_cells(self, cells: Sequence[tuple[str, Interval]]) -> list[Interval]:
        """The monotone cells, in order, once each cell has been seen to be what it is called."""
        orbits, monotone = Orbits(self.recursion), []
        for kind, cell in cells:
            image, (least, most) = turned(orbits, cell, self.period)
            if kind == EMPTY:
                away = image > ball(cell[1]) or image < ball(cell[0])
                away = away or self._keeps_away(orbits, cell, (least, most))
                require(bool(away), Code.CELL_SIGN, f"T^{self.period}(L) - L may have a zero on a cell")
            else:
                slopes = least > 1 or most < 1
                require(bool(slopes), Code.CELL_SLOPE, f"T^{self.period}(L) - L may turn on a cell")
                monotone.append(cell)
        return monotone

    def _keeps_away(self, orbits: Orbits, cell: Interval, slope: Balls) -> bool:
        """The mean value theorem for T^n(L) - L from the middle of the cell."""
        middle, radius = (cell[0] + cell[1]) / 2, ball((cell[1] - cell[0]) / 2)
        swing = radius * abs(slope[0] - 1).max(abs(slope[1] - 1))
        value = orbits.after(self.period, ball(middle)) - ball(middle)
        return bool(value > swing or value < -swing)

    def _check_brackets(
        self, cells: Sequence[Interval], smaller: Sequence[tuple[int, Interval]]
    ) -> list[list[Interval]]:
        """The cells of the points of each cycle, once lemma 24's count is established."""
        orbits, taken = Orbits(self.recursion), set[Interval]()

        def home(bracket: Interval, period: int) -> Interval:
            own = [cell for cell in cells if cell[0] <= bracket[0] and bracket[1] <= cell[1]]
            alone = len(own) == 1 and own[0] not in taken
            require(alone, Code.BRACKET_OUTSIDE_CELLS, "a bracket is not alone in a monotone cell")
            taken.add(own[0])
            signs = {side(orbits.after(period, ball(end)), end) for end in bracket}
            require(signs == {-1, 1}, Code.BRACKET_SIGN, f"T^{period}(L) - L is not proved to change sign")
            return own[0]

        homes = [[home(point.logit, self.period) for point in cycle.points] for cycle in self.cycles]
        for period, bracket in smaller:
            home(bracket, period)
        for cell in cells:
            signs = {side(orbits.after(self.period, ball(end)), end) for end in cell}
            wanted = ({-1, 1},) if cell in taken else ({1}, {-1})
            require(signs in wanted, Code.CELL_NOT_EMPTY, "a monotone cell may hold a zero not accounted for")
        return homes

    def _check_cycle(self, cycle: Cycle, homes: Sequence[Interval]) -> None:
        """T leads from each bracket into the cell of the next; p, multiplier and stability are right."""
        orbits, factors = Orbits(self.recursion), []
        for point, following in zip(cycle.points, [*homes[1:], homes[0]], strict=True):
            inside = orbits.maps_into(point.logit, following)
            require(inside, Code.CYCLE_NOT_CLOSED, "T of a bracket may miss the cell of the next")
            point.check_probabilities()
            factors.append(orbits.slope(point.logit))
        least, most = product(factors)
        require_multiplier(cycle.multiplier, least, most)
        require_stability(cycle.stability, least > -1 and most < 1, least > 1 or most < -1)


def leaves(tree: str, span: Interval) -> Iterator[tuple[str, Interval]]:
    """The cells of a tree, left first: s cuts a cell at 31/64 of its width, e and m stand."""

    def cut(number: int, letter: str, cell: Interval) -> tuple[Interval, Interval] | None:
        known = letter in (SPLIT, EMPTY, MONOTONE)
        require(known, Code.TREE_NODE, f"evidence.tree: letter {number} is not s, e or m")
        pay_for_number(cell[0].denominator.bit_length())  # longer by 6 bits a cut
        middle = cell[0] + (cell[1] - cell[0]) * CUT
        return ((cell[0], middle), (middle, cell[1])) if letter == SPLIT else None

    for _, letter, cell in walk(tree, span, cut):
        yield letter, cell


def turned(orbits: Orbits, cell: Interval, period: int) -> tuple[Ball, Balls]:
    """T^n of a cell, and bounds of its slope there (lemma 8 and the chain rule)."""
    here, factors = ball(cell[0]).union(ball(cell[1])), []
    for _ in range(period):
        around = ends(here)
        least, most = orbits.slope(around)
        middle, radius = (around[0] + around[1]) / 2, ball((around[1] - around[0]) / 2)
        swing = radius * abs(least).max(abs(most))
        require(swing.is_finite(), Code.ORBIT_LOST, "nothing is known of T' on some cell")
        here = orbits.at(middle) + (-swing).union(swing)
        factors.append((least, most))
    return here, product(factors)


def _read_cycle(value: object, where: str, period: int) -> Cycle:
    fields = record(value, where, ("points", "multiplier", "stability"))
    points = items(fields["points"], f"{where}.points")
    require(len(points) == period, Code.COUNT_MISMATCH, f"{where}: period {period}, {len(points)} points")
    read = tuple(Bracket.read(p, f"{where}.points[{i}]") for i, p in enumerate(points))
    stability = choice(fields["stability"], f"{where}.stability", STABILITIES)
    return Cycle(read, read_pair(fields["multiplier"], f"{where}.multiplier"), stability)


def _read_smaller(value: object, where: str, period: int) -> tuple[int, Interval]:
    fields = record(value, where, ("period", "logit"))
    divisor = natural(fields["period"], f"{where}.period")
    proper = 1 <= divisor < period and period % divisor == 0
    require(proper, Code.OUTSIDE_DOMAIN, f"{where}.period: no proper divisor of {period}")
    return divisor, logit_interval(fields["logit"], f"{where}.logit")


def _claim(period: int, listed: Sequence[object]) -> str:
    """The conclusion in words; every text in it has been read as a number or word before."""
    words = f"T has exactly {len(listed)} cycle(s) of exact period {period}."
    for number, cycle in enumerate(listed, 1):
        fields = mapping(cycle, "cycle")
        meaning = {"attracting": ", < 1 in size", "repelling": ", > 1 in size"}.get(
            str(fields["stability"]), ""
        )
        words += f"\n  {number}. {describe_range('multiplier', fields['multiplier'])}{meaning}:"
        words += "".join(f"\n     {describe_point(point)}" for point in items(fields["points"], "points"))
    return words

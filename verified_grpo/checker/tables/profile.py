"""One curve for all rows: the fixed points of a row are where it is at the row's height.

Lemma 57 (profile). Let F(L) = L - c Omega(L), c = 1/(alpha beta), Omega > 0 even and rising in |L|, and
bounded. The fixed points for p_ref are the zeros of F - L_ref. F is continuous, goes from -oo to oo, and
rises on L <= 0. Let the line be cut into closed cells that meet at their ends, the first without a left end
and the last without a right one, and let r <= L_ref <= R.
  (least) If F < r on (-oo, l], and F(h) > R, the least fixed point lies in (l, h). It is below t if F(t) > R,
    and not below t if F < r on (-oo, t).
  (count) A cell on which F rises has exactly one where F is < r at its left end (or it has none) and > R at
    its right end; and none where F > R at the left one or < r at the right one; where it falls, the other way
    round. A cell on which F keeps to one side of [r, R] has none. Cells share ends at which F is outside of
    [r, R] in each of these cases, so nothing is counted twice.
  (beyond) A fixed point lies at t or above if F(x) <= r for some x >= t.
  Zeros of F - L_ref, all the more for r < F or F > R; the intermediate value theorem, and F -> oo for the
  last. b <= 0 for L <= 0 (lemma 2), so F' = 1 - c b > 0 there.
Lemma 67 (profile of any shape). The same holds of an Omega > 0 that is bounded and nothing else, if the cells
begin at an s: a first one, (-oo, s], on which F < s.
  F(L) = L - c Omega(L) < L. Lemma 57 needs evenness for its first cell alone, on which F rises.
Where F rises on (-oo, x] it is at most F(x) there; over cells one takes the largest of what is known on each:
at the right end of a cell where it rises, at the left end of one where it falls, and on one of which only an
enclosure is known its upper end. The last cell is looked at up to an end e: beyond it F rises where c b < 1
is known on [e, oo), and else has no zero where e - c sup Omega > R.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.recursion import Recursion

MAX_TURNS = 64
MAX_HALVES = 4000
_ZERO = Fraction(0)
Height = Ball | None
"""A bound; None: there is none."""


@dataclass(frozen=True)
class Cell:
    """A closed cell, its ends None where it has none; what is proved of F on it: it "rises", it "falls", or
    it lies between `bottom` and `top`, which are its values at the ends otherwise."""

    low: Fraction | None
    high: Fraction | None
    rule: str
    bottom: Height
    top: Height


class Profile:
    """F, cut where it turns. All of it at exact alpha, beta and eps; the p_ref of the recursion plays no
    part.

    Args:
        recursion: with alpha beta > 0.
        turns: zones, ascending, in which F may turn; nothing is believed of them but their ends.
        end: zeros are looked for up to here.
        start: where the cells begin, of an Omega whose shape is not known (lemma 67).
    """

    def __init__(
        self, recursion: Recursion, turns: list[Interval], end: Fraction, start: Fraction | None = None
    ) -> None:
        recursion.require(Fact.BOUNDED, *([Fact.EVEN_RISING] if start is None else []))
        require(len(turns) <= MAX_TURNS, Code.TOO_MUCH_WORK, f"evidence.turns: more than {MAX_TURNS}")
        begin = [] if start is None else [start]
        ordered = all(x < y for x, y in pairwise([*begin, *(x for turn in turns for x in turn), end]))
        require(ordered and end > 0, Code.UNORDERED_CELLS, "evidence.turns: the zones do not ascend")
        self.recursion = recursion
        self.gain = recursion.gain(0)
        self.end, self.reach = end, ball(end) - self.gain * recursion.ceiling()
        pay_for_evaluations(4 * MAX_HALVES * (len(turns) + 1), 192, recursion.contrast.cost)
        self.start = start
        self.cells = self._cells(turns, end)
        self._beyond: dict[Fraction, list[Ball]] = {}
        self.endless = start is None and bool(
            self.gain * recursion.contrast.steepest_from(end, recursion.box.eps[0]) < 1
        )

    def at(self, point: Fraction) -> Ball:
        """F at a point."""
        return ball(point) - self.gain * self.recursion.least_omega((point, point))

    def is_below(self, point: Fraction, height: Ball) -> bool:
        """Whether F < height is certain on (-oo, point]."""
        before = (cell for cell in self.cells if cell.low is None or cell.low < point)
        return all(self._keeps_below(cell, point, height) for cell in before)

    def _keeps_below(self, cell: Cell, point: Fraction, height: Ball) -> bool:
        """The same on a cell, where it ends after the point up to there."""
        if cell.rule == "rises" and (cell.high is None or point <= cell.high):
            return point <= self.end and bool(self.at(point) < height)
        return cell.top is not None and bool(cell.top < height)

    def reaches(self, target: Fraction, height: Ball) -> bool:
        """Whether F <= height is certain at the target, or at the end of a cell beyond it."""
        if target not in self._beyond:
            beyond = [end for cell in self.cells for end in (cell.low, cell.high) if end is not None]
            self._beyond[target] = [self.at(x) for x in (target, *beyond) if x >= target]
        return any(value <= height for value in self._beyond[target])

    def count(self, low: Height, high: Height) -> int | None:
        """How many zeros F - L_ref has, the same for every L_ref in [low, high]; None where that is open."""
        if not self.endless and (high is None or not self.reach > high):
            return None
        total = 0
        for cell in self.cells:
            begins = cell.bottom is None or (low is not None and cell.bottom < low)
            crossed = cell.rule != "turns" and begins and (cell.top is None or _above(cell.top, high))
            missed = _above(cell.bottom, high) or (
                cell.top is not None and low is not None and bool(cell.top < low)
            )
            if not crossed and not missed:
                return None
            total += bool(crossed)
        return total

    def _cells(self, turns: list[Interval], end: Fraction) -> tuple[Cell, ...]:
        left, cells = self.start, list[Cell]()
        if left is not None:
            cells.append(Cell(None, left, "turns", None, ball(left)))
        for turn in turns:
            cells.append(self._monotone(left, turn[0], turn[0]))
            cells.append(self._turning(turn))
            left = turn[1]
        cells.append(self._monotone(left, None, end))
        return tuple(cells)

    def _monotone(self, low: Fraction | None, high: Fraction | None, reach: Fraction) -> Cell:
        """What F does on a cell; of one on which it is not proved to rise or fall, nothing is known."""
        at_low, at_high = (None if x is None else self.at(x) for x in (low, high))
        begin = low if low is not None and self.start is not None else max(low or _ZERO, _ZERO)
        if begin >= reach or self._keeps(begin, reach, rises=True):
            return Cell(low, high, "rises", at_low, at_high)
        if low is not None and high is not None and self._keeps(low, high, rises=False):
            return Cell(low, high, "falls", at_high, at_low)
        return Cell(low, high, "turns", None, None)

    def _keeps(self, low: Fraction, high: Fraction, *, rises: bool) -> bool:
        """Whether F rises (falls) on all of a cell: by halves, as long as there are not too many."""
        waiting, tried = [(low, high)], 0
        while waiting:
            cell, tried = waiting.pop(), tried + 1
            if self.recursion.gap_rises(cell) if rises else self.recursion.gap_falls(cell):
                continue
            middle = (cell[0] + cell[1]) / 2
            against = self.recursion.gap_falls if rises else self.recursion.gap_rises
            if tried > MAX_HALVES or against((middle, middle)):
                return False
            waiting += [(cell[0], middle), (middle, cell[1])]
        return True

    def _turning(self, turn: Interval) -> Cell:
        """F over a zone, by the mean value theorem."""
        middle, radius = (turn[0] + turn[1]) / 2, ball((turn[1] - turn[0]) / 2)
        slopes = [abs(1 - self.gain * b) for b in self.recursion.slope(turn)]
        swing = radius * slopes[0].max(slopes[1])
        value = self.at(middle)
        return Cell(turn[0], turn[1], "turns", value - swing, value + swing)


def _above(bound: Height, height: Height) -> bool:
    """Whether a bound is certainly above the end of a range that may have none."""
    return bound is not None and height is not None and bool(bound > height)

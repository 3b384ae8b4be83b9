"""Which steps are small enough for a row: `rises` is lemma 36 (small_steps.py), for one step size too, since
with alpha' beta' = alpha beta an update is the small step T(L) = L + F(L)/beta' of the same drive F."""

from __future__ import annotations

from fractions import Fraction

from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.tables.binomial import BITS
from verified_grpo.checker.tables.bracketing import Limit
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import OURS, Question
from verified_grpo.checker.tables.reference import Reference
from verified_grpo.checker.tables.rows import Row, Unfit

MAX_PARTS = 256
_ZERO, _HALF = Fraction(0), Fraction(1, 2)


class Pace:
    """Of the steps of all rows of a question.

    Args:
        question: what is asked.
        profile: of the pull KL(pi || pi_ref); None of the others.
    """

    def __init__(self, question: Question, profile: Profile | None) -> None:
        self.question, self.profile = question, profile
        self._recursion = question.recursion(_HALF)

    def check(self, row: Row, reference: Reference, limit: Limit) -> None:
        """That the steps are small enough: X (alpha beta + s) <= 1, under k3 X (s + beta M) <= 1."""
        question, column = self.question, f"{OURS}largest_step"
        if question.step is not None and question.regulariser != "k3":
            return  # of one size: looked at before
        stated = row.number(column) if question.step is None else question.step[0]
        if stated is None:
            return
        if question.beta == 0 or stated <= 0:
            raise Unfit(column, "no such number is claimed here")
        room = ball(1 / stated - question.pull)
        if self.profile is None:
            if limit.low is None or limit.high is None or reference.low == 0 or reference.high == 1:
                raise Unfit(column, "without a bracket no step is proved to be small enough")
            room = ball(1 / stated) - ball(question.beta) * self._stiffest(reference, limit.low, limit.high)
        if not self.fall_within(room, reference, limit.high):
            raise Unfit(column, "it exceeds what is proved to be small enough")

    def keeps_order(self, reference: Reference) -> bool:
        """Whether an update keeps order from L_ref on: then no sequence passes the least fixed point. Under
        k3 that is asked with the limit at hand."""
        if self.question.regulariser != "reverse":
            return True
        weight = self.question.update(_HALF).box.beta[0]
        return self.fall_within(ball(weight - self.question.pull), reference, None)

    def fall_within(self, room: Ball, reference: Reference, limit: Fraction | None) -> bool:
        """Whether -b <= room >= 0 is certain from L_ref to the limit; where Omega is even and rises, b >= 0
        from 0 on, and is odd."""
        if not room >= 0:
            return False
        recursion = self._recursion
        if not recursion.knows(Fact.EVEN_RISING):
            least = None if reference.least is None else ends(reference.least)[0]
            if least is None or limit is None:
                return False
            return least >= limit or self._bounded(room, (least, limit), side=0)
        if reference.low >= _HALF:
            return True
        near = _ZERO if limit is None or limit >= 0 else -limit
        if reference.least is None:
            return bool(recursion.contrast.steepest_from(near, self.question.eps) <= room)
        return self._bounded(room, (near, max(near, -ends(reference.least)[0])), side=1)

    def _bounded(self, room: Ball, line: Interval, side: int) -> bool:
        """Whether b <= room is certain on a cell, or for the side 0 -b <= room; by halves."""
        recursion, waiting, tried = self._recursion, [line], 0
        pay_for_evaluations(2 * MAX_PARTS, BITS, recursion.contrast.cost)
        while waiting:
            cell, tried = waiting.pop(), tried + 1
            if _sided(recursion.slope(cell), side)[0] <= room:
                continue
            if tried > MAX_PARTS or _sided(recursion.slope((cell[0], cell[0])), side)[1] > room:
                return False
            middle = (cell[0] + cell[1]) / 2
            waiting += [(cell[0], middle), (middle, cell[1])]
        return True

    def _stiffest(self, reference: Reference, low: Fraction, high: Fraction) -> Ball:
        """M of lemma 45: the largest of 1 and the slope of the pull, at the ends of the bracket."""
        largest = ball(1)
        for x in (ball(low).exp(), ball(high).exp()):
            for p in (reference.low, reference.high):
                largest = largest.max(ball(1 - p) * x + ball(p) / x)
        return largest


def _sided(bounds: Balls, side: int) -> Balls:
    """The largest and the least of b, or for the side 0 of -b."""
    return (bounds[1], bounds[0]) if side else (-bounds[0], -bounds[1])

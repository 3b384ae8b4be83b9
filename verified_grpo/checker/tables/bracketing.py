"""Where the limit of a row lies: a bracket, both of whose ends are proved.

A fixed point's place follows from the profile (lemma 57), or under k3 from lemma 26 (k3.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.k3 import K3
from verified_grpo.checker.limits import MAX_LOGIT
from verified_grpo.checker.numbers import Interval, ball
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import OURS, Question
from verified_grpo.checker.tables.reference import Reference, inner
from verified_grpo.checker.tables.rows import Row, Unfit

_ZERO, _ONE = Fraction(0), Fraction(1)
_SIDES = {"low": "above", "high": "below"}


@dataclass(frozen=True)
class Limit:
    """A bracket of the limit in log-odds, and enclosures of p and 1-p from its ends."""

    low: Fraction | None
    high: Fraction | None
    p_low: Ball
    p_high: Ball
    rest_low: Ball
    rest_high: Ball

    @classmethod
    def between(cls, low: Fraction | None, high: Fraction | None) -> Limit:
        """Of the bracket; without an end p reaches to 0, or 1."""
        (p_low, rest_high), (p_high, rest_low) = _sides(low, _ZERO), _sides(high, _ONE)
        return cls(low, high, p_low, p_high, rest_low, rest_high)

    def check_cells(self, row: Row, reference: Reference) -> None:
        """p, 1-p and the gain of the row enclose those of the bracket; a fixed point exceeds its p_ref."""
        for name, least, most in (
            ("p", self.p_low, self.p_high),
            ("one_minus_p", self.rest_low, self.rest_high),
            ("gain", (self.p_low - ball(reference.high)).max(ball(0)), self.p_high - ball(reference.low)),
        ):
            below, above = (row.number(f"{OURS}{name}_{end}") for end in ("low", "high"))
            if below is not None and not (below <= 0 or ball(below) <= least):
                raise Unfit(f"{OURS}{name}_low", "the limit may lie below it")
            if above is not None and not (above >= 1 or most <= ball(above)):
                raise Unfit(f"{OURS}{name}_high", "the limit may lie above it")


class Brackets:
    """Of the limits of all rows of a question.

    Args:
        question: what is asked.
        profile: of the pull KL(pi || pi_ref); None of the others.
    """

    def __init__(self, question: Question, profile: Profile | None) -> None:
        self.question, self.profile = question, profile

    def least(self, row: Row, reference: Reference) -> Limit:
        """The bracket of the least fixed point, both ends proved."""
        if reference.is_absorbing:
            raise Unfit(f"{OURS}verdict", "p_ref is 0 or 1 and stays there")
        if self.question.beta == 0:
            for end in ("low", "high"):
                row.require_empty(f"{OURS}logit_{end}")
            return Limit(None, None, ball(1), ball(1), ball(0), ball(0))
        return Limit.between(
            self._bracket_end(row, reference, "low", self._above),
            self._bracket_end(row, reference, "high", self._below),
        )

    def _bracket_end(
        self, row: Row, reference: Reference, end: str, is_on_side: Callable[[Reference, Fraction], bool]
    ) -> Fraction | None:
        """An end of the limit, as the one of an interval of confidence: the inner of two."""

        def proved(point: Fraction) -> bool:
            return is_on_side(reference, point)

        column = f"{OURS}logit_{end}"
        stated = row.number(column)
        if stated is None:
            return None
        if abs(stated) > MAX_LOGIT:
            raise Unfit(column, f"log-odds beyond {MAX_LOGIT}")
        if proved(inside := inner(stated, end)):
            return inside
        if not proved(stated):
            raise Unfit(column, f"the least fixed point is not proved to lie {_SIDES[end]} it")
        return stated

    def _above(self, reference: Reference, point: Fraction) -> bool:
        """Whether the least fixed point is proved to lie above a point, for every p_ref."""
        if reference.least is None:
            return False
        if self.profile is not None:
            return self.profile.is_below(point, reference.least)
        return self._k3(reference.low).sign(point) == -1

    def _below(self, reference: Reference, point: Fraction) -> bool:
        """The same of below."""
        if reference.most is None:
            return False
        if self.profile is not None:
            return bool(self.profile.at(point) > reference.most)
        return self._k3(reference.high).sign(point) == 1

    def _k3(self, p_ref: Fraction) -> K3:
        return K3(self.question.recursion(p_ref))

    def crosses(self, reference: Reference, bracket: Interval) -> bool:
        """Whether for every p_ref F - L_ref is < 0 at one end and > 0 at the other."""
        assert self.profile is not None
        assert reference.least is not None
        assert reference.most is not None
        if max(map(abs, bracket)) > MAX_LOGIT or bracket[0] >= bracket[1]:
            return False
        left, right = (self.profile.at(end) for end in bracket)
        return bool(left < reference.least and right > reference.most)


def _sides(logit: Fraction | None, without: Fraction) -> tuple[Ball, Ball]:
    """p and 1-p at an end of a bracket, each with its own digits; `without` one p = 0, or 1."""
    if logit is None:
        return ball(without), ball(1 - without)
    x = (-ball(logit)).exp()
    p = 1 / (1 + x)
    return p, x * p

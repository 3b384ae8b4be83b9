"""Whether a row follows: every number that it claims is proved again, from its counts on.

`rises` is lemma 36 (small_steps.py), for one step size too: with alpha' beta' = alpha beta an update is the
small step T(L) = L + F(L)/beta' of the same drive F. Where its fixed point is follows from the profile (lemma
57), or under k3 from lemma 26 (k3.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from verified_grpo.checker.contrasts.base import Balls
from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.diagnostics import Fault
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_evaluations
from verified_grpo.checker.k3 import K3
from verified_grpo.checker.limits import MAX_LOGIT
from verified_grpo.checker.numbers import Interval, ball, log_odds
from verified_grpo.checker.orbits import Orbits, Walk, ends
from verified_grpo.checker.tables.binomial import BITS, above_interval, below_interval
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import OURS, Question
from verified_grpo.checker.tables.rows import Row, Unfit

NO_SUCCESS, NO_FAILURE = "no success seen", "no failure seen"
MOST_STEPS = 100_000
MAX_PARTS = 256
_ZERO, _HALF, _ONE = Fraction(0), Fraction(1, 2), Fraction(1)
_WIDEST, _NARROWEST, _FOLLOWED = 8, 48, 400
_SMALLEST = -1074  # the exponent of the smallest double
_SIDES = {"low": "above", "high": "below"}
_CLAIMS = ("logit", "p", "one_minus_p", "gain")


class Beyond(Exception):
    """A claim that no rule of this checker proves or refutes."""


@dataclass(frozen=True)
class Reference:
    """The range of p_ref of a row, 0 and 1 left out of it where it is more than that; k of n."""

    low: Fraction
    high: Fraction
    k: int
    n: int

    @property
    def is_absorbing(self) -> bool:
        """Whether p_ref is 0 or 1 and nothing else."""
        return self.low == self.high and self.low in (0, 1)

    @cached_property
    def least(self) -> Ball | None:
        """The lower end of L_ref; None where there is none."""
        return None if self.low == 0 else log_odds(self.low)

    @cached_property
    def most(self) -> Ball | None:
        """The upper end."""
        if self.low == self.high:
            return self.least
        return None if self.high == 1 else log_odds(self.high)


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


class Judge:
    """All rows of one question.

    Args:
        question: what is asked.
        profile: of the pull KL(pi || pi_ref); None of the others.
    """

    def __init__(self, question: Question, profile: Profile | None) -> None:
        self.question, self.profile = question, profile
        self._may_turn = question.step is not None and profile is not None
        self._recursion = question.recursion(_HALF)
        self._lowest_goal, self._highest_goal = ends(log_odds(question.target))

    def check(self, row: Row) -> None:
        """Establish what a row claims.

        Raises:
            Unfit: a cell does not follow.
            Beyond: none of the rules here is about it.
        """
        reference, verdict, limit = self._reference(row), row.word(f"{OURS}verdict"), None
        if verdict == "rises" and (self.question.step is None or self._ordered(reference)):
            limit = self._limit(row, reference)
            limit.check_cells(row, reference)
            self._steps(row, reference, limit)
        elif self._may_turn and verdict in ("rises", "falls", "fixed-point"):
            limit = self._settles(row, reference)
            limit.check_cells(row, reference)
        elif verdict == "absorbing":
            self._absorbing(row, reference)
        elif verdict == "undecided":
            for name in _CLAIMS:
                for end in ("low", "high"):
                    _require_empty(row, f"{OURS}{name}_{end}")
        elif self._may_turn and verdict in ("cycle", "depends"):
            raise Beyond(f"verdict {verdict}")
        else:
            raise Unfit(f"{OURS}verdict", f"{verdict[:40]!r} is no verdict here")
        self._count(row, reference)
        self._period(row, limit)
        self._passage(row, reference)
        self._note(row, reference, verdict, limit)

    # --- p_ref

    def _reference(self, row: Row) -> Reference:
        k, n = self.question.rates.of(row)
        if not self.question.confidence:
            rate, column = Fraction(k, n), f"{OURS}p_ref"
            if row.number(column) != rate:
                raise Unfit(column, f"it is not {rate}")
            return Reference(rate, rate, k, n)
        return Reference(self._end(row, k, n, "low"), self._end(row, k, n, "high"), k, n)

    def _end(self, row: Row, k: int, n: int, end: str) -> Fraction:
        """An end of the interval of confidence: of the decimals that are stated, and of the double next to
        them inside, the inner one that is proved to be outside of the interval."""
        column = f"{OURS}p_ref_{end}"
        stated, proved = row.number(column), below_interval if end == "low" else above_interval
        if stated is None or not 0 <= stated <= 1 or not proved(stated, k, n, self.question.confidence):
            raise Unfit(column, "the interval of confidence is not proved to end there")
        inner = _inner(stated, end)
        if stated in (0, 1) or not proved(inner, k, n, self.question.confidence):
            return stated
        return inner

    # --- rising

    def _limit(self, row: Row, reference: Reference) -> Limit:
        """The bracket of the least fixed point, both ends proved."""
        if reference.is_absorbing:
            raise Unfit(f"{OURS}verdict", "p_ref is 0 or 1 and stays there")
        if self.question.beta == 0:
            for end in ("low", "high"):
                _require_empty(row, f"{OURS}logit_{end}")
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
        if proved(inner := _inner(stated, end)):
            return inner
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

    def _steps(self, row: Row, reference: Reference, limit: Limit) -> None:
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
        if not self._fall_within(room, reference, limit.high):
            raise Unfit(column, "it exceeds what is proved to be small enough")

    def _stiffest(self, reference: Reference, low: Fraction, high: Fraction) -> Ball:
        """M of lemma 45: the largest of 1 and the slope of the pull, at the ends of the bracket."""
        largest = ball(1)
        for x in (ball(low).exp(), ball(high).exp()):
            for p in (reference.low, reference.high):
                largest = largest.max(ball(1 - p) * x + ball(p) / x)
        return largest

    def _fall_within(self, room: Ball, reference: Reference, limit: Fraction | None) -> bool:
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

    def _ordered(self, reference: Reference) -> bool:
        """Whether an update keeps order from L_ref on: then no sequence passes the least fixed point. Under
        k3 that is asked with the limit at hand."""
        if self.question.regulariser != "reverse":
            return True
        weight = self.question.update(_HALF).box.beta[0]
        return self._fall_within(ball(weight - self.question.pull), reference, None)

    def _settles(self, row: Row, reference: Reference) -> Limit:
        """A fixed point of an update to which the sequence from p_ref tends: F changes its sign over the
        bracket, around which T maps an interval into itself and contracts (lemma 9), and the sequence comes
        into it."""
        stated = [row.number(f"{OURS}logit_{end}") for end in ("low", "high")]
        low, high = stated
        if low is None or high is None or reference.least is None or reference.most is None:
            raise Beyond("a limit without a bracket")
        if not self._crosses(reference, (low, high)):
            raise Unfit(f"{OURS}logit_low", "no fixed point is proved to lie in the bracket")
        inner = _inner(low, "low"), _inner(high, "high")
        bracket = inner if inner[0] < inner[1] and self._crosses(reference, inner) else (low, high)
        update = self.question.update(_HALF)
        orbits = Orbits(replace(update, box=replace(update.box, p_ref=(reference.low, reference.high))))
        try:
            basin = next(filter(partial(_traps, orbits), _around(bracket)), None)
            caught = basin is not None and _comes_into(orbits, basin)
        except Fault as fault:
            raise Beyond(str(fault)) from None
        if not caught:
            raise Beyond("a sequence that is not seen to settle")
        return Limit.between(*bracket)

    def _crosses(self, reference: Reference, bracket: Interval) -> bool:
        """Whether for every p_ref F - L_ref is < 0 at one end and > 0 at the other."""
        assert self.profile is not None
        assert reference.least is not None
        assert reference.most is not None
        if max(map(abs, bracket)) > MAX_LOGIT or bracket[0] >= bracket[1]:
            return False
        left, right = (self.profile.at(end) for end in bracket)
        return bool(left < reference.least and right > reference.most)

    # --- the other columns

    def _absorbing(self, row: Row, reference: Reference) -> None:
        if not reference.is_absorbing:
            raise Unfit(f"{OURS}verdict", "p_ref is neither 0 nor 1")
        for end in ("low", "high"):
            _require_empty(row, f"{OURS}logit_{end}")
            for name, value in (("p", reference.low), ("one_minus_p", 1 - reference.low), ("gain", _ZERO)):
                if row.number(f"{OURS}{name}_{end}") not in (None, value):
                    raise Unfit(f"{OURS}{name}_{end}", f"it is {value} there")
        _require_empty(row, f"{OURS}largest_step")

    def _count(self, row: Row, reference: Reference) -> None:
        column = f"{OURS}fixed_points"
        stated = row.number(column)
        if stated is None:
            return
        found: int | None = 0 if self.question.beta == 0 else 1
        if reference.is_absorbing:
            found = None
        elif self.profile is not None:
            found = self.profile.count(reference.least, reference.most)
        if found is None or stated != found:
            raise Unfit(column, "that there are so many is not proved")

    def _period(self, row: Row, limit: Limit | None) -> None:
        """1 for a limit; and in the long run how fast."""
        column = f"{OURS}period"
        if row.number(column) not in ((None,) if limit is None else (None, 1)):
            raise Unfit(column, "a limit has the period 1")
        rate = row.number(f"{OURS}rate")
        if rate is None:
            return
        if self.question.step is None or limit is None or limit.low is None or limit.high is None:
            raise Unfit(f"{OURS}rate", "no such number is claimed here")
        steepest = Orbits(self.question.update(_HALF)).steepest((limit.low, limit.high))
        if not steepest <= ball(rate):
            raise Unfit(f"{OURS}rate", "|T'| at the limit may be larger")

    def _passage(self, row: Row, reference: Reference) -> None:
        """Lemma 38 (passage.py) for every p_ref of the row: its corners are the ends of p_ref."""
        least, most = (self._whole(row, f"{OURS}steps_{end}") for end in ("low", "high"))
        if least is None and most is None:
            return
        column = f"{OURS}steps_high"
        if self.question.step is None or self.question.regulariser == "k3" or least is None or most is None:
            raise Unfit(column, "no such number is claimed here")
        if reference.low in (0, 1) or reference.high in (0, 1):
            raise Unfit(column, "p_ref may be as near to 0 or 1 as it likes")
        update = self.question.update(reference.low)
        (alpha,), (beta,) = {*update.box.alpha}, {*update.box.beta}
        if reference.low < self.question.target and not self._fall_within(
            ball((1 - alpha) * beta), reference, self._highest_goal
        ):
            raise Unfit(column, "the order of sequences is not proved to be kept on the way")
        pay_for_evaluations(4 * (int(least) + int(most)), BITS, update.contrast.cost)
        here, slow = ends(log_odds(reference.low))[0], Walk(update)
        for _ in range(most):
            here = ends(slow.least(here))[0]
        if not (reference.low >= self.question.target if most == 0 else here >= self._highest_goal):
            raise Unfit(column, "the target is not proved to be reached by then")
        box = replace(update.box, p_ref=(reference.high, reference.high))
        here, fast = ends(log_odds(reference.high))[1], Walk(replace(update, box=box))
        for n in range(least):
            if not here < self._lowest_goal:
                raise Unfit(f"{OURS}steps_low", f"the target may be reached by step {n}")
            here = ends(fast.largest(here))[1]

    def _whole(self, row: Row, column: str) -> int | None:
        stated = row.number(column)
        if stated is None:
            return None
        if stated.denominator != 1 or not 0 <= stated <= MOST_STEPS:
            raise Unfit(column, f"a number of steps up to {MOST_STEPS} is expected")
        return int(stated)

    def _note(self, row: Row, reference: Reference, verdict: str, limit: Limit | None) -> None:
        """What the note says of the target is true, and nothing is left unsaid."""
        column, note, target = f"{OURS}note", row.word(f"{OURS}note"), self.question.target
        name = "1/2" if target == _HALF else self.question.target_text
        held, low, may = (f"held back below {name}", f"ends below {name}", f"may end below {name}")
        if reference.k == 0:
            wanted = note == NO_SUCCESS
        elif verdict == "undecided":
            wanted = note == "undecided"
        elif note == NO_FAILURE:
            wanted = reference.k == reference.n
        elif note in (held, low):
            wanted = self._ends_below(row, limit) and (note == low or self._held(reference))
        elif note == may:
            wanted = True
        else:
            wanted = note == "" and self._ends_above(row, reference, limit)
        if not wanted:
            raise Unfit(column, f"{note[:40]!r} is not what is proved")

    def _ends_below(self, row: Row, limit: Limit | None) -> bool:
        """Of a limit whose p is proved to be in the stated range."""
        stated = row.number(f"{OURS}p_high")
        if limit is None:
            return False
        return (stated is not None and stated <= self.question.target) or (
            limit.high is not None and limit.high <= self._lowest_goal
        )

    def _ends_above(self, row: Row, reference: Reference, limit: Limit | None) -> bool:
        stated = row.number(f"{OURS}p_low")
        if limit is None:
            return reference.is_absorbing and reference.low == 1
        return (stated is not None and stated >= self.question.target) or (
            limit.low is not None and limit.low >= self._highest_goal
        )

    def _held(self, reference: Reference) -> bool:
        """Whether a fixed point at the target or above exists, for every p_ref (lemma 57)."""
        if self.profile is None or reference.least is None:
            return False
        return self.profile.reaches(self._highest_goal, reference.least)


def _sided(bounds: Balls, side: int) -> Balls:
    """The largest and the least of b, or for the side 0 of -b."""
    return (bounds[1], bounds[0]) if side else (-bounds[0], -bounds[1])


def _sides(logit: Fraction | None, without: Fraction) -> tuple[Ball, Ball]:
    """p and 1-p at an end of a bracket, each with its own digits; `without` one p = 0, or 1."""
    if logit is None:
        return ball(without), ball(1 - without)
    x = (-ball(logit)).exp()
    p = 1 / (1 + x)
    return p, x * p


def _around(bracket: Interval) -> Iterator[Interval]:
    """Intervals around a bracket, the largest first."""
    for halvings in range(_NARROWEST):
        reach = Fraction(_WIDEST, 2**halvings)
        yield bracket[0] - reach, bracket[1] + reach


def _traps(orbits: Orbits, cell: Interval) -> bool:
    """Whether T maps a cell into itself and contracts there."""
    return orbits.maps_into(cell, cell) and bool(orbits.steepest(cell) < 1)


def _comes_into(orbits: Orbits, cell: Interval) -> bool:
    """Whether the sequence from p_ref is seen in a cell, for every p_ref."""
    pay_for_evaluations(4 * _FOLLOWED, BITS, orbits.recursion.contrast.cost)
    here = orbits.start(None)
    for _ in range(_FOLLOWED):
        low, high = ends(here)
        if cell[0] <= low and high <= cell[1]:
            return True
        here = orbits.image(here)
    return False


def _inner(stated: Fraction, end: str) -> Fraction:
    """The double next to a stated end, inside: what is written of an interval of doubles is one double wider
    on each side, so that its decimals lie outside."""
    size = abs(stated)
    if size == 0:
        return stated
    top, bottom = size.numerator, size.denominator
    exponent = top.bit_length() - bottom.bit_length()
    exponent -= size < Fraction(2) ** exponent  # 2^exponent <= size < 2 * that
    last = max(exponent - 52, _SMALLEST)
    count = round(size / Fraction(2) ** last)
    inward = 1 if (stated > 0) == (end == "low") else -1
    if inward < 0 and count == 2**52 and last > _SMALLEST:  # below a power of two doubles lie twice as close
        last, count = last - 1, 2 * count
    found = (count + inward) * Fraction(2) ** last
    return found if stated > 0 else -found


def _require_empty(row: Row, column: str) -> None:
    if row.word(column) != "":
        raise Unfit(column, "nothing can be claimed there")

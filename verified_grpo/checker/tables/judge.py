"""Whether a row follows: every number that it claims is proved again, from its counts on."""

from __future__ import annotations

from fractions import Fraction

from verified_grpo.checker.numbers import ball
from verified_grpo.checker.orbits import Orbits
from verified_grpo.checker.tables.bracketing import Brackets, Limit
from verified_grpo.checker.tables.caught import settled
from verified_grpo.checker.tables.pace import Pace
from verified_grpo.checker.tables.passages import check_passage
from verified_grpo.checker.tables.profile import Profile
from verified_grpo.checker.tables.question import OURS, Question
from verified_grpo.checker.tables.reference import Reference
from verified_grpo.checker.tables.rows import Beyond, Row, Unfit

NO_SUCCESS, NO_FAILURE = "no success seen", "no failure seen"
_ZERO, _HALF = Fraction(0), Fraction(1, 2)
_CLAIMS = ("logit", "p", "one_minus_p", "gain")


class Judge:
    """All rows of one question.

    Args:
        question: what is asked.
        profile: of the pull KL(pi || pi_ref); None of the others.
    """

    def __init__(self, question: Question, profile: Profile | None) -> None:
        self.question, self.profile = question, profile
        self._may_turn = question.step is not None and profile is not None
        self._brackets, self._pace = Brackets(question, profile), Pace(question, profile)

    def check(self, row: Row) -> None:
        """Establish what a row claims.

        Raises:
            Unfit: a cell does not follow.
            Beyond: none of the rules here is about it.
        """
        reference, verdict, limit = Reference.of(row, self.question), row.word(f"{OURS}verdict"), None
        if verdict == "rises" and (self.question.step is None or self._pace.keeps_order(reference)):
            limit = self._brackets.least(row, reference)
            limit.check_cells(row, reference)
            self._pace.check(row, reference, limit)
        elif self._may_turn and verdict in ("rises", "falls", "fixed-point"):
            limit = settled(self._brackets, row, reference)
            limit.check_cells(row, reference)
        elif verdict == "absorbing":
            self._absorbing(row, reference)
        elif verdict == "undecided":
            for name in _CLAIMS:
                for end in ("low", "high"):
                    row.require_empty(f"{OURS}{name}_{end}")
        elif self._may_turn and verdict in ("cycle", "depends"):
            raise Beyond(f"verdict {verdict}")
        else:
            raise Unfit(f"{OURS}verdict", f"{verdict[:40]!r} is no verdict here")
        self._count(row, reference)
        self._period(row, limit)
        check_passage(self._pace, row, reference)
        self._note(row, reference, verdict, limit)

    def _absorbing(self, row: Row, reference: Reference) -> None:
        if not reference.is_absorbing:
            raise Unfit(f"{OURS}verdict", "p_ref is neither 0 nor 1")
        for end in ("low", "high"):
            row.require_empty(f"{OURS}logit_{end}")
            for name, value in (("p", reference.low), ("one_minus_p", 1 - reference.low), ("gain", _ZERO)):
                if row.number(f"{OURS}{name}_{end}") not in (None, value):
                    raise Unfit(f"{OURS}{name}_{end}", f"it is {value} there")
        row.require_empty(f"{OURS}largest_step")

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
            limit.high is not None and limit.high <= self.question.goal[0]
        )

    def _ends_above(self, row: Row, reference: Reference, limit: Limit | None) -> bool:
        stated = row.number(f"{OURS}p_low")
        if limit is None:
            return reference.is_absorbing and reference.low == 1
        return (stated is not None and stated >= self.question.target) or (
            limit.low is not None and limit.low >= self.question.goal[1]
        )

    def _held(self, reference: Reference) -> bool:
        """Whether a fixed point at the target or above exists, for every p_ref (lemma 57)."""
        if self.profile is None or reference.least is None:
            return False
        return self.profile.reaches(self.question.goal[1], reference.least)

"""What a reviewer may ask of a file beside its check: whether it answers a question, and what it says of a
point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike, fspath

from verified_grpo.checker.arithmetic import using
from verified_grpo.checker.check import check_file, read_file
from verified_grpo.checker.diagnostics import Code, Fault, Outcome, Verdict
from verified_grpo.checker.fuel import DEFAULT
from verified_grpo.checker.places import look_up
from verified_grpo.checker.questions import Question, check_answer
from verified_grpo.checker.tables import ENDING, Sample, Source, certificate_of, check_table


@dataclass(frozen=True)
class Request:
    """How files are checked: the arithmetic and the fuel, a question to be answered, a point to be looked
    up; of tables, which rows, and who reads what the standard library cannot."""

    arithmetic: str | None = None
    fuel: int = DEFAULT
    question: Question | None = None
    point: dict[str, Fraction] | None = None
    sample: Sample | None = None
    parquet: Source | None = None

    def verdict(self, path: str | PathLike[str]) -> Verdict:
        """On one file; where there is a question, as an answer to it."""
        if certificate_of(path) is not None:
            return self._of_table(fspath(path))
        if self.question is None:
            return check_file(path, self.arithmetic, fuel=self.fuel)
        try:
            data = read_file(path)
        except Fault as fault:
            return Verdict(fault.code, str(fault))
        return check_answer(self.question, data, self.arithmetic, fuel=self.fuel)

    def _of_table(self, path: str) -> Verdict:
        """On a table and the certificate beside it, whichever of the two is named."""
        if self.question is not None:
            return Verdict(Code.OTHER_QUESTION, "a table answers no question of this form")
        source = self.parquet if path.lower().removesuffix(ENDING).endswith(".parquet") else None
        return check_table(path, self.arithmetic, fuel=self.fuel, sample=self.sample, source=source)

    def lines(self, verdict: Verdict) -> list[str]:
        """What an accepted file says of the point, or why it says nothing; without a point nothing."""
        if self.point is None or verdict.outcome is not Outcome.ACCEPTED:
            return []
        try:
            with using(verdict.arithmetic):
                return look_up(verdict.claim, self.point)
        except Fault as fault:
            return [f"nothing: {fault}"]


def worst(verdicts: Sequence[Verdict]) -> Outcome:
    """Rejected if any is, else declined if any is, else accepted."""
    found = [verdict.outcome for verdict in verdicts]
    return next((o for o in (Outcome.REJECTED, Outcome.DECLINED) if o in found), Outcome.ACCEPTED)


def unreadable(verdicts: Sequence[Verdict]) -> bool:
    """Whether nothing is rejected and a file could not be read: then there is no verdict on them all."""
    read = all(verdict.code is not Code.UNREADABLE_FILE for verdict in verdicts)
    return not read and worst(verdicts) is not Outcome.REJECTED

"""Formal claims about classes of answers, beside those of :mod:`.claims`."""

from __future__ import annotations

from dataclasses import dataclass

from verified_grpo.certificates.classes import classes_certificate
from verified_grpo.intervals import exact
from verified_grpo.model.classes import AnswerClasses, Exactly
from verified_grpo.rigor.classes.outcomes import NothingToLearn, Tilted, TiltQuestion
from verified_grpo.rigor.classes.search import tilted

from .claims import ENGINE, Open, Proof

Row = tuple[Exactly, Exactly, Exactly]


@dataclass(frozen=True)
class TiltOf:
    """Of answers in classes (weight, reward, correct) there are exactly ``count`` fixed points, and
    correctness has the ``course`` on the way to the least, turns ``turns`` times for theta > 0, and stays
    below ``ceiling``."""

    rows: tuple[Row, ...]
    count: int
    course: str
    beta: Exactly
    eps: Exactly
    turns: int = 0
    ceiling: str = "1"
    contrast: str = "mean-var"

    def prove(self, engine: str = ENGINE) -> Proof | Open:
        question = TiltQuestion.of(AnswerClasses.of(self.rows), self.contrast, self.beta, self.eps)
        found = tilted(question, engine=engine)
        if isinstance(found, NothingToLearn):
            return Open("all answers have one mean reward")
        if not isinstance(found, Tilted):
            return Open(found.reason)
        moves = found.correctness
        if moves is None:
            return Open("; ".join(found.undecided))
        seen = found.count, moves.course, len(moves.turns)
        if seen != (self.count, self.course, self.turns):
            return Open(f"{seen} was found, not {(self.count, self.course, self.turns)}")
        if exact(moves.supremum[1]) > exact(self.ceiling):
            return Open(f"only a supremum of {moves.supremum[1]} is proved, not {self.ceiling}")
        certificate = classes_certificate(found)
        return Proof(certificate["statement"], certificate["evidence"])

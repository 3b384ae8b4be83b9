"""What ``audit --pass-rates`` prints where the verifier errs."""

from __future__ import annotations

from typing import Literal, TypedDict

from ..grammar.values import Count, Number, Range, Side
from .pass_rates import PassRatesQuestion


class JudgedTableQuestion(PassRatesQuestion):
    """What is asked of every prompt of a table of a verifier's rates."""

    true_positive: Side
    false_positive: Side
    errors: Literal["independent", "systematic"]


class MovedRange(TypedDict):
    """A mean over the prompts that have a limit: of the reference, and in the limit of small steps."""

    before: Range
    after: Range


class JudgedTableAnswer(TypedDict):
    """Of ``audit --pass-rates`` where the verifier errs: prompts by verdict, and by where the exact iteration
    ends; the rate of right answers, and of systematic errors what its mean does not pass."""

    file: str
    answer: str
    question: JudgedTableQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct_rates: Count
    verdicts: dict[str, Count]
    exact: dict[str, Count]
    right: MovedRange | None
    bound: Number | None
    assumed: list[str]

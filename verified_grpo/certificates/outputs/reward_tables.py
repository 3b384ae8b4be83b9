"""What ``audit --pass-rates`` prints of rewards of any values."""

from __future__ import annotations

from typing import TypedDict

from ..grammar.values import Count, Number, Range


class RewardTableQuestion(TypedDict):
    """What is asked of every prompt of a table of rewards; numbers as text."""

    contrast: str
    alpha: Number
    beta: Number
    eps: Number
    step_size: str
    inner_steps: str


class MovedMean(TypedDict):
    """A mean over the prompts that have a limit: as sampled, and in the limit of small steps."""

    before: Number
    after: Range


class RewardTableAnswer(TypedDict):
    """Of ``audit --pass-rates`` where rewards are classes of answers: prompts by verdict, by whether correct
    answers become more, by the course of correctness, and by where the exact iteration ends."""

    file: str
    answer: str
    question: RewardTableQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct: Count
    verdicts: dict[str, Count]
    change: dict[str, Count]
    course: dict[str, Count]
    exact: dict[str, Count]
    mean_reward: MovedMean | None
    correct: MovedMean | None
    assumed: list[str]

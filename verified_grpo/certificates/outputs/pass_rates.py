"""What ``audit --pass-rates`` prints."""

from __future__ import annotations

from typing import TypedDict

from ..grammar.values import Count, Number


class PassRatesQuestion(TypedDict):
    """The variant, the confidence of the intervals of p_ref (0: rates are exact), the target, and which steps
    are asked about."""

    contrast: str
    beta: Number
    eps: Number
    alpha: Number
    unit: Number
    regulariser: str
    confidence: Number
    target: Number
    step_size: str
    inner_steps: str


class PassRatesAnswer(TypedDict):
    """Of ``audit --pass-rates``: prompts by verdict and by what is noted of them."""

    file: str
    answer: str
    question: PassRatesQuestion
    columns: list[str]
    guessed: bool
    prompts: Count
    distinct_rates: Count
    verdicts: dict[str, Count]
    notes: dict[str, Count]
    at_risk: Count
    held_back: Count
    exact: dict[str, Count]
    steps: list[Count] | None
    assumed: list[str]

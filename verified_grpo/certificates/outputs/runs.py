"""What ``run`` prints."""

from __future__ import annotations

from typing import Literal, TypedDict

from ..grammar.values import Count, Number, Range
from .budgets import Directions


class Moved(TypedDict):
    """A prompt of a run whose start and end are apart; the start is p_ref, or its own first visit."""

    prompt: str
    of_reference: bool
    start: list[Count]
    end: list[Count]
    p_start: Range
    p_end: Range
    direction: Literal["rose", "fell", "open"]
    kl_at_least: Number | None


class FittedStep(TypedDict):
    """The step size per optimiser step, an estimate in floating point; ``high`` null: no bound is known."""

    low: float
    best: float
    high: float | None
    p_value: float
    explains: bool
    reason: str


class TimeConstant(TypedDict):
    """Of the KL, in steps, beside the length of the run; an estimate."""

    low: float
    high: float | None
    run: Count


class StepsToTarget(TypedDict):
    """From a start to the target, least and most (null: no bound); null where it is never, or not known."""

    start: Number
    never: bool
    steps: list[Count | None] | None


class RunAnswer(TypedDict):
    """Of ``run``: what a log tells. ``without_signal`` is silent groups and all, by thirds of the run."""

    prompts: Count
    with_p_ref: Count
    samples: Count
    steps: list[Count]
    read: list[str]
    confidence: Number
    moved: Directions
    mean_rates: list[Range] | None
    mean_limit: Range | None
    furthest: list[Moved]
    mean_kl_at_least: Number | None
    variant: str | None
    supposed: list[str]
    refusal: str | None
    step_size: FittedStep | None
    kl_time_constant: TimeConstant | None
    target: Number
    passages: list[StepsToTarget]
    without_signal: list[list[Count]]
    without_signal_at_p_ref: Range | None

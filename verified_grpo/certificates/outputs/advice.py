"""What ``advise`` prints."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...rigor.verdicts import Answer
from ..grammar.values import Count, Number, Range, Variant
from .configurations import ConfigurationSteps


class AdvisedRate(TypedDict):
    """The prompts with k successes among n; null where small steps were not asked about, or not decided."""

    k: Count
    n: Count
    prompts: Count
    outcome: Literal["arrives", "held back", "below", "undecided", "no success", "no failure"]
    small_steps: ConfigurationSteps | None
    reason: str


class AdvisedWeight(TypedDict):
    """Up to which KL weight that share of the prompts with a success gets to the target: decided by those of
    ``p_ref``, for weights from ``idle_from`` on; null where none is shown."""

    share: Number
    p_ref: Number
    beta: Number | None
    idle_from: Number


class AdvisedGroups(TypedDict):
    """Groups of a size: ends of the exact share that teaches nothing, and the weight for all prompts."""

    size: Count
    without_signal: Range
    largest_beta: Number | None


class AdvisedUnseen(TypedDict):
    """Prompts without a success among n."""

    n: Count
    prompts: Count
    p_at_most: Number


class AdvisedSamples(TypedDict):
    """How many samples show a success of this rate with the confidence asked for."""

    p: Number
    n: Count


class AdviseAnswer(TypedDict):
    """Of ``advise``."""

    verdict: Answer
    answer: str
    file: str
    configuration: str | None
    framework: str | None
    framework_version: str | None
    variant: Variant
    weight: Number
    eps: Number
    regulariser: str
    target: Number
    confidence: Number
    prompts: Count
    rates: list[AdvisedRate]
    largest_beta: list[AdvisedWeight]
    no_largest_beta: str
    groups: list[AdvisedGroups]
    without_success: list[AdvisedUnseen]
    samples: list[AdvisedSamples]
    assumed: list[str]
    assumptions: list[str]
    not_covered: list[str]
    unknown: list[str]

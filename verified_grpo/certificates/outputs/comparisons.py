"""What ``compare`` prints."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...rigor.verdicts import Answer
from ..grammar.values import Count, Number, Range, Variant
from .configurations import ConfigurationSteps


class ComparedPoint(TypedDict):
    """A prompt under one configuration; ``reason``: why there is no answer."""

    p_ref: Number
    small_steps: ConfigurationSteps | None
    reason: str


class ComparedSide(TypedDict):
    """One of two configurations."""

    file: str
    framework: str
    framework_version: str
    variant: Variant | None
    contrast_scale: Number
    weight: Number
    eps: Number
    regulariser: str
    refusals: list[str]
    unknown: list[str]
    assumptions: list[str]
    not_covered: list[str]
    points: list[ComparedPoint]
    arrivals: list[ComparedArrival]


class ComparedArrival(TypedDict):
    """When a prompt gets to the target: ends of the sum of infinitely small steps, or least and most updates
    of the size that was asked about; null where the other one is asked about, never, or for a reason."""

    time: Range | None
    updates: list[Count] | None
    never: bool
    reason: str


class ComparedKey(TypedDict):
    """A setting with two values."""

    key: str
    first: str
    second: str


class ComparedDifference(TypedDict):
    """What the two say otherwise; ``alone``: the first with that of the second."""

    what: str
    first: str
    second: str
    alone: list[ComparedPoint]


class CompareAnswer(TypedDict):
    """Of ``compare``; ``higher``: under which of the two each prompt is proved to end higher."""

    verdict: Answer
    answer: str
    p_ref: list[Number]
    target: Number
    step_size: Number | None
    higher: list[Literal["first", "second", "same", "undecided"]]
    sides: list[ComparedSide]
    keys: list[ComparedKey]
    differences: list[ComparedDifference]
    assumed: list[str]

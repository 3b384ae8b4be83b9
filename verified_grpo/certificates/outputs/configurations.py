"""What ``audit --config`` prints."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...rigor.verdicts import Answer, ConditionalVerdict
from ..grammar.values import Number, Place, Range, Variant
from .configured import Setting


class Finding(TypedDict):
    """An answer about a configuration; ``numbers``: those of its sentence, by name."""

    name: str
    view: Literal["small steps", "this step", "exact maximiser"]
    verdict: Answer
    answer: str
    numbers: dict[str, Number]


class ConfigurationSteps(TypedDict):
    """Small steps over all prompts: where their limits lie, and up to which step, or share of the way."""

    verdict: Answer
    limit: Place | None
    largest_step: Number | None
    largest_share: Number | None


class ConfigurationViews(TypedDict):
    """Small steps, and the verdicts on the exact maximiser; ``same``: both are proved to end alike."""

    small_steps: ConfigurationSteps | None
    maximiser: dict[str, Answer] | None
    same: bool | None
    target: Number
    largest_beta: Number | None


class Asked(TypedDict):
    """What a configuration is about, for all p_ref of a range."""

    beta: Number
    eps: Number
    p_ref: Range


class Versions(TypedDict):
    """From one on, and before another."""

    since: str
    before: str | None


class OfVersion(TypedDict):
    """What a file asks for with the defaults of other versions."""

    versions: list[Versions]
    weight: Number
    contrast: str
    regulariser: str
    verdict: Answer
    answer: str
    small_steps: ConfigurationSteps | None


class ConfigurationAnswer(TypedDict):
    """Of ``audit --config``; ``other_versions``: where the file does not say which version it is for;
    ``conditions``: what the findings rest on and no file tells; ``granted``: whether they were said to be
    met."""

    file: str
    framework: str
    commit: str
    framework_version: str
    variant: Variant | None
    parameters: Asked
    contrast_scale: Number
    weight: Number
    regulariser: str
    kl_place: Literal["loss", "reward", "none"]
    inner_steps: int
    verdict: ConditionalVerdict
    answer: str
    conditions: list[str]
    granted: bool
    findings: list[Finding]
    guarantee: str
    views: ConfigurationViews
    assumed: list[str]
    assumptions: list[str]
    not_covered: list[str]
    settings: list[Setting]
    refusals: list[str]
    unknown: list[str]
    neutral: list[str]
    outside: list[str]
    other_versions: list[OfVersion]

"""Small steps beside updates that are solved exactly."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from ..grammar.values import Form, Number, Place, Range
from .ends import Maximiser


class NoSmallLimit(TypedDict):
    """Of small steps: no bound of the step is known, or none exists."""

    limit: None
    largest_step: None
    largest_share: None


class UndecidedSteps(NoSmallLimit):
    """Nothing is proved."""

    verdict: Literal["undecided"]
    reason: str


class StepsToOne(NoSmallLimit):
    """Any steps lead to 1; each adds ``gain`` times its size or more (null: not known)."""

    verdict: Literal["rises-to-one"]
    gain: Number | None


LeastOnly = Annotated[list[Number | None], Form(minItems=2, maxItems=2)]
"""A lower bound, and ``null``."""


class StepsBeyond(TypedDict):
    """There may be no fixed point."""

    verdict: Literal["rises-beyond"]
    limit: None
    beyond: Number
    largest_step: LeastOnly
    largest_share: LeastOnly


class StepsRise(TypedDict):
    """To the least fixed point."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Range
    largest_share: Range


SmallStepsView = UndecidedSteps | StepsToOne | StepsBeyond | StepsRise


class K3StepsRise(TypedDict):
    """With k3 in the loss: to the only fixed point; steps go no share of the way."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: Range
    largest_share: None


class PullStepsRise(TypedDict):
    """Under another pull: to the least zero of the drive."""

    verdict: Literal["rises"]
    limit: Place
    largest_step: LeastOnly
    largest_share: None


PullStepsView = UndecidedSteps | StepsToOne | PullStepsRise


class K3Maximiser(TypedDict):
    """With k3 in the loss, solved exactly: whether the sequence tends to the fixed point."""

    verdict: Literal["fixed-point", "repels", "undecided"]
    reason: NotRequired[str]


class K3Views(TypedDict):
    """Both views with k3 in the loss."""

    small_steps: UndecidedSteps | K3StepsRise | StepsToOne | PullStepsRise
    maximiser: K3Maximiser | None


class Parting(TypedDict):
    """Whether the views are proved to differ, at which share, and beyond which share the point repels."""

    differ: bool | None
    share: Range | None
    flip_share: Range | None


class Views(TypedDict):
    """Small steps, and updates that are solved exactly."""

    small_steps: SmallStepsView
    maximiser: Maximiser | None
    part: Parting

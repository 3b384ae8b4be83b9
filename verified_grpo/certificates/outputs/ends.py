"""What the exact iteration does in the end."""

from __future__ import annotations

from typing import Literal, NotRequired

from ...rigor.verdicts import Monotony
from ..grammar.sequences import Caught, OnSequence, Settled, ToOne
from ..grammar.values import Count, Place


class OfAlpha(OnSequence):
    """``alpha_above_0`` marks the part of a range of alpha that begins just above 0."""

    alpha_above_0: NotRequired[Literal[True]]


class ToOneEnd(OfAlpha, ToOne):
    """p tends to 1."""


class TurnlessEnd(OfAlpha):
    """A rise or a fall; ``limit_by_orbit`` is the bracket that the orbit alone has shown."""

    verdict: Monotony
    step: Count
    limit: Place
    limit_by_orbit: NotRequired[Place]
    attraction: NotRequired[Caught]


class CaughtEnd(OfAlpha, Caught):
    """Points that attract."""


class SettledEnd(OfAlpha, Settled):
    """A fixed point."""


class PavedEnd(OfAlpha):
    """An atlas of the box has one verdict."""

    verdict: Literal["paved"]
    period: Count
    cells: Count


class UndecidedEnd(OfAlpha):
    """Nothing is proved."""

    verdict: Literal["undecided"]
    reason: str


Part = ToOneEnd | TurnlessEnd | CaughtEnd | SettledEnd | PavedEnd | UndecidedEnd


class ByAlphaEnd(OnSequence):
    """A verdict for each part of a range of alpha from 0 upwards; with a reason where not all have one."""

    verdict: Literal["by-alpha", "undecided"]
    parts: list[Part]
    reason: NotRequired[str]


Maximiser = Part | ByAlphaEnd

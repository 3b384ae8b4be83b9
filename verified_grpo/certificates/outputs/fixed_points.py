"""What ``fixed-points`` prints."""

from __future__ import annotations

from typing import Literal

from ...rigor.verdicts import Stability
from ..grammar.values import Count, OnBox, OnK3, Place, Range
from .configured import OfConfiguration
from .steps import OfUpdate
from .verifiers import OfVerifier


class ListedPoint(Place):
    """A fixed point of a list."""

    multiplier: Range
    kind: Stability


class ListedPoints(OnBox):
    """All fixed points."""

    verdict: Literal["proved"]
    count: Count
    fixed_points: list[ListedPoint]
    engine: str
    bits: Count


class UndecidedPoints(OnBox):
    """Where the search stopped."""

    verdict: Literal["undecided"]
    reason: str
    bracket: Range | None


class PointsAnswer(ListedPoints, OfUpdate, OfVerifier, OfConfiguration):
    """Of ``fixed-points``."""


class UndecidedPointsAnswer(UndecidedPoints, OfUpdate, OfVerifier, OfConfiguration):
    """Of ``fixed-points``."""


class K3PointsAnswer(OnK3, OfConfiguration):
    """Of ``fixed-points --kl k3``: there is one."""

    kl: Literal["k3"]
    verdict: Literal["proved"]
    count: Count
    fixed_points: list[ListedPoint]
    engine: str
    bits: Count


Listed = ListedPoints | UndecidedPoints


FixedPointsAnswer = PointsAnswer | UndecidedPointsAnswer | K3PointsAnswer

"""Kind ``fixed-points``; under the other regulariser ``k3-fixed-point``, ``k3-amplification`` and
``k3-convergence``."""

from __future__ import annotations

from typing import Literal, TypedDict, final

from ...rigor.verdicts import Decided, Stability
from .values import (
    Bits,
    Count,
    ExactlyWithoutAlpha,
    Node,
    Number,
    OnBox,
    OnK3,
    Place,
    Range,
)


class FixedPoint(Place):
    """A fixed point with its multiplier."""

    multiplier: Range
    stability: Stability


class FixedPoints(OnBox):
    """All fixed points, in ascending order."""

    kind: Literal["fixed-points"]
    count: Count
    fixed_points: list[FixedPoint]


class LineCell(TypedDict):
    """A cell up to its right end, and what the gap does on it."""

    end: Number
    rule: Literal["increasing", "decreasing", "positive", "negative"]


class LinePartition(Bits):
    """The line cut into cells."""

    rule: Literal["line-partition"]
    start: Number
    cells: list[LineCell]


class Mirror(TypedDict):
    """alpha = 0: every step rises."""

    rule: Literal["mirror"]


FixedPointsEvidence = LinePartition | Mirror


class K3FixedPoint(OnK3):
    """The one fixed point."""

    kind: Literal["k3-fixed-point"]
    fixed_point: FixedPoint


class K3Amplification(OnK3):
    """A margin in log-odds above p_ref."""

    kind: Literal["k3-amplification"]
    margin: Number


class K3Convergence(OnK3):
    """Where the sequence from p_ref tends; refuted: the fixed point of some parameters repels."""

    kind: Literal["k3-convergence"]
    verdict: Decided


K3Claim = K3FixedPoint | K3Amplification | K3Convergence


class Concave(Bits):
    """Of the fixed point."""

    rule: Literal["concave"]


class Corner(Bits):
    """Of the margin."""

    rule: Literal["closed-form"]


class AboveHalf(Bits):
    """Every step ends at even odds or above."""

    rule: Literal["half"]


class Nested(Bits):
    """A tree of boxes on which nested intervals contract."""

    rule: Literal["tree"]
    steps: Count
    nodes: list[Node]


@final
class Repelling(Bits):
    """Exact parameters, and a bracket of the fixed point that repels."""

    rule: Literal["witness"]
    parameters: ExactlyWithoutAlpha
    bracket: Range


K3ConvergenceEvidence = AboveHalf | Nested | Repelling
K3Evidence = Concave | Corner | K3ConvergenceEvidence

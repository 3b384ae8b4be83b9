"""Kinds ``cycles``, ``chaos`` and ``chaos-region``."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict, final

from ...rigor.verdicts import Monotony, Stability
from .points import Mirror
from .values import Bits, Count, Form, Number, OnBox, Place, Range


class Cycle(TypedDict):
    """Its points in the order of T."""

    points: list[Place]
    multiplier: Range
    stability: Stability


class ListedCycles(OnBox):
    """All cycles of one period."""

    period: Count
    count: Count
    cycles: list[Cycle]


class Cycles(ListedCycles):
    """As a claim."""

    kind: Literal["cycles"]


class Smaller(TypedDict):
    """A point whose period is a proper divisor."""

    period: Count
    logit: Range


class CycleCells(Bits):
    """How a range that holds every cycle is cut."""

    rule: Literal["cells"]
    logit: Range
    tree: Annotated[str, Form(pattern="^[sem]+$")]
    smaller: list[Smaller]


CyclesEvidence = CycleCells | Mirror


@final
class AtProbability(TypedDict):
    """A point by its probability."""

    p: Number


@final
class AtLogit(TypedDict):
    """A point by its log-odds."""

    logit: Number


ChaosStart = AtProbability | AtLogit


class LiYorke(TypedDict):
    """A point and its three images in the order that forces chaos."""

    verdict: Literal["li-yorke"]
    start: ChaosStart
    order: Monotony
    images: list[Range]


class PeriodThree(TypedDict):
    """A point of exact period 3."""

    verdict: Literal["period-three"]
    logit: Range


class Entropy(TypedDict):
    """A bound of the topological entropy by a covering."""

    verdict: Literal["entropy"]
    turns: Count
    intervals: list[Range]
    entropy: Number


FoundChaos = LiYorke | PeriodThree | Entropy
"""A verdict with its numbers."""


class LiYorkeClaim(OnBox, LiYorke):
    """As a claim."""

    kind: Literal["chaos"]


class PeriodThreeClaim(OnBox, PeriodThree):
    """As a claim."""

    kind: Literal["chaos"]


class EntropyClaim(OnBox, Entropy):
    """As a claim."""

    kind: Literal["chaos"]


Chaos = LiYorkeClaim | PeriodThreeClaim | EntropyClaim


class ThreeSteps(Bits):
    """Of a point and its images."""

    rule: Literal["orbit"]


class Return(Bits):
    """Of a point of period 3."""

    rule: Literal["return"]


class Covering(Bits):
    """A vector w > 0 with A w >= r w."""

    rule: Literal["covering"]
    weights: list[Number]


ChaosEvidence = ThreeSteps | Return | Covering


class ChaosRegion(OnBox):
    """Li and Yorke's condition for all parameters of some cells."""

    kind: Literal["chaos-region"]
    beta_cuts: list[Number]
    p_ref_cuts: list[Number]
    cells: list[Annotated[list[Count], Form(minItems=2, maxItems=2)]]
    area: Number


class Witnesses(Bits):
    """A point for each cell."""

    rule: Literal["witnesses"]
    points: list[Number]

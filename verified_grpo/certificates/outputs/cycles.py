"""Lists of cycles, and chaos."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ...rigor.verdicts import Monotony
from ..grammar.chaos import ChaosStart, ListedCycles
from ..grammar.values import Count, Number, OnBox, Range
from .steps import OfUpdate


class ProvedCycles(ListedCycles):
    """All cycles of a period."""

    verdict: Literal["proved"]


class UndecidedCycles(OnBox):
    """Where the search stopped."""

    verdict: Literal["undecided"]
    period: Count
    reason: str
    bracket: Range | None


class CyclesAnswer(ProvedCycles, OfUpdate):
    """Of ``limit --period``."""


class UndecidedCyclesAnswer(UndecidedCycles, OfUpdate):
    """Of ``limit --period``."""


class FourPoints(TypedDict):
    """Li and Yorke's order."""

    start: ChaosStart
    order: Monotony
    images: list[Range]


class ThreeCycle(TypedDict):
    """A point of period 3."""

    logit: Range


class EntropyBound(TypedDict):
    """A bound of the entropy of T^turns."""

    turns: Count
    intervals: list[Range]
    entropy: Number


class ChaosAnswer(OnBox, OfUpdate):
    """Of ``chaos``: what was found, and why the rest was not."""

    verdict: Literal["proved", "undecided"]
    li_yorke: NotRequired[FourPoints]
    period_three: NotRequired[ThreeCycle]
    entropy: NotRequired[EntropyBound]
    not_found: list[str]

"""What ``audit --property`` and ``--largest-set`` print."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..grammar.values import Box, Count, Exactly, Number, OnBox, Range
from .steps import OfUpdate
from .verifiers import OfVerifier

Sides = dict[str, Range]
"""A box by its axes."""


class PartsOf(TypedDict):
    """The parts of a box with one verdict."""

    volume: Range
    share: Range
    boxes: list[Sides]


class Parts(TypedDict):
    """The parts of a box, on which the property holds, fails, or is undecided."""

    coordinates: str
    volume: Range
    inner: PartsOf
    outer: PartsOf
    undecided: PartsOf


class Goals(TypedDict):
    """What was asked of a property."""

    property: str
    rate: NotRequired[Number]
    gain: NotRequired[Number]
    target: NotRequired[Number]


class OfProperty(Goals, OnBox, OfUpdate, OfVerifier):
    """A property over a box, and the kind of its certificate (or why there is none)."""

    parts: NotRequired[Parts]
    certificate: str


class ProvedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["proved"]
    method: str
    margin: NotRequired[Number]


class RefutedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["refuted"]
    witness: Exactly
    brackets: list[Range]


class UndecidedProperty(OfProperty):
    """Of ``audit --property``."""

    verdict: Literal["undecided"]
    reason: str
    undecided_fraction: float
    boxes: list[Sides]


class DecidedBySign(Goals, OnBox, OfUpdate, OfVerifier):
    """Of ``audit --property`` with independent errors: what the sign of T - F decides; ``margin``: the least
        distance of fixed points from the reference, ``threshold``: of alpha beta, above which the map
    contracts."""

    verdict: Literal["proved", "refuted", "undecided"]
    certificate: str
    effect: NotRequired[Literal["amplifies", "harms", "stands-still"]]
    apart: NotRequired[Number]
    margin: NotRequired[Number]
    threshold: NotRequired[Number]
    reason: NotRequired[str]


class Threshold(TypedDict):
    """A closed form of the set, for every p_ref."""

    threshold: Range
    formula: str
    holds: Literal["above", "up to"]
    for_every_p_ref: Literal["sufficient", "necessary and sufficient"]


class LargestSet(Goals, OnBox):
    """Of ``audit --largest-set``: for which values of a parameter the property holds."""

    largest_set: Literal["beta", "alpha", "eps"]
    inner: list[Range]
    outer: list[Range]
    undecided: list[Range]
    refuted: list[Range]
    witness: Exactly | None
    certificate: str
    closed_form: NotRequired[Threshold]


class GroupSizes(Goals):
    """Of ``audit --largest-set group-size``."""

    parameters: Box
    ddof: Count
    largest_set: Literal["group-size"]
    inner: list[Count]
    refuted: list[Count]
    undecided: list[Count]


PropertyAnswer = (
    ProvedProperty | RefutedProperty | UndecidedProperty | LargestSet | GroupSizes | DecidedBySign
)

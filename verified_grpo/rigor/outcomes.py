"""What a question about a box of parameters can end in: proved, refuted or undecided, each with its
evidence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..model import Contrast, Parameters, Point

Node = tuple[str, ...] | tuple[str, str, Fraction]


@dataclass(frozen=True)
class Question:
    """A property (``amplification``, ``contraction``, ``uniqueness``) of every parameter of a box.

    ``rate`` belongs to contraction: every multiplier within ``[-rate, rate]``; None asks for ``|T'| < 1``.
    """

    property: str
    contrast: Contrast
    parameters: Parameters
    rate: Fraction | None = None


@dataclass(frozen=True)
class ClosedForm:
    """The property follows from a formula at one corner of the box."""

    bits: int


@dataclass(frozen=True)
class Tree:
    """A paving of log-odds x beta x eps x alpha as a binary tree in preorder.

    A node is ``("split", axis, at)``, ``("excluded",)`` (no fixed point in the leaf) or ``("holds",)`` (the
    property holds at every fixed point in the leaf). ``logit`` is the range of log-odds that holds every
    fixed point of the box.
    """

    logit: tuple[Fraction, Fraction]
    nodes: tuple[Node, ...]
    bits: int


@dataclass(frozen=True)
class Proved:
    """The property holds for every parameter of the box. ``margin``: amplification's proved gain in
    log-odds."""

    question: Question
    evidence: ClosedForm | Tree
    margin: Fraction | None = None
    verdict: str = "proved"


@dataclass(frozen=True)
class Refuted:
    """The property fails at ``point``: brackets of the fixed points that show it."""

    question: Question
    point: Point
    brackets: tuple[tuple[Fraction, Fraction], ...]
    bits: int
    verdict: str = "refuted"


@dataclass(frozen=True)
class Undecided:
    """Neither proved nor refuted.

    ``boxes`` are leaves left over, each a tuple of (axis, low, high); ``fraction`` is the share of the box,
    in the search's halvings, that has no verdict.
    """

    question: Question
    reason: str
    boxes: tuple[tuple[tuple[str, Fraction, Fraction], ...], ...] = ()
    fraction: float = 1.0
    verdict: str = "undecided"


Outcome = Proved | Refuted | Undecided

"""What a question about a box of parameters can end in: proved, refuted or undecided, each with its
evidence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...model import Contrast, Parameters, Point
from ..chaos.cycles import Cycles
from ..no_truth_value import NoTruthValue
from ..points.fixed_points import FixedPoints
from ..sequences.outcomes import ConvergesToCycle, Monotone
from ..verdicts import PROVED, REFUTED, UNDECIDED, Answer

Node = tuple[str, ...] | tuple[str, str, Fraction]


@dataclass(frozen=True)
class PropertyQuestion:
    """A property (one of ``PROPERTIES``) of every parameter of a box.

    ``rate`` belongs to contraction: every multiplier within ``[-rate, rate]``; None asks for ``|T'| < 1``.
    ``gain`` and ``target`` belong to amplification: the odds multiplied by at least ``gain``, or p at least
    ``target``, at every fixed point.
    """

    property: str
    contrast: Contrast
    parameters: Parameters
    rate: Fraction | None = None
    gain: Fraction | None = None
    target: Fraction | None = None


@dataclass(frozen=True)
class ClosedForm:
    """The property follows from a formula at one corner of the box."""

    bits: int


@dataclass(frozen=True)
class Argued:
    """Proved by the outcome of another question, or by enclosures and the argument that ``method`` names,
    which no kind of certificate carries."""

    method: str
    bits: int


Carrier = FixedPoints | Monotone | ConvergesToCycle | Cycles
"""A proved outcome of another question, whose certificate shows the verdict."""


@dataclass(frozen=True)
class Tree:
    """A paving of log-odds x beta x eps x alpha (x p_ref, where orbits are asked about) as a binary tree in
    preorder.

    A node is ``("split", axis, at)``, ``("excluded",)`` (no fixed point in the leaf, or no point of a cycle)
    or ``("holds",)`` (the property holds at every fixed point in the leaf, or ``T' > -1``). ``logit`` is the
    range of log-odds that holds every fixed point of the box, or every point L < 0 of a cycle.
    """

    logit: tuple[Fraction, Fraction]
    nodes: tuple[Node, ...]
    bits: int


@dataclass(frozen=True)
class Proved(NoTruthValue, read="verdict"):
    """The property holds for every parameter of the box. ``margin``: amplification's proved gain in
    log-odds. ``carrier``: the outcome of another question that shows it."""

    question: PropertyQuestion
    evidence: ClosedForm | Tree | Argued
    margin: Fraction | None = None
    verdict: Answer = PROVED
    carrier: Carrier | None = None


@dataclass(frozen=True)
class Refuted(NoTruthValue, read="verdict"):
    """The property fails at ``point``: brackets of the fixed points, or of the cycle's points, that show
    it. ``margin``: of amplification, in log-odds, which a fixed point misses."""

    question: PropertyQuestion
    point: Point
    brackets: tuple[tuple[Fraction, Fraction], ...]
    bits: int
    margin: Fraction | None = None
    verdict: Answer = REFUTED
    carrier: Carrier | None = None


@dataclass(frozen=True)
class Undecided(NoTruthValue, read="verdict"):
    """Neither proved nor refuted.

    ``boxes`` are leaves left over, each a tuple of (axis, low, high); ``fraction`` is the share of the box,
    in the search's halvings, that has no verdict.
    """

    question: PropertyQuestion
    reason: str
    boxes: tuple[tuple[tuple[str, Fraction, Fraction], ...], ...] = ()
    fraction: float = 1.0
    verdict: Answer = UNDECIDED


Outcome = Proved | Refuted | Undecided

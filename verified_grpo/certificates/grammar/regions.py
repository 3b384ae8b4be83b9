"""Properties of boxes: kinds ``amplification``, ``contraction``, ``uniqueness``, ``convergence`` and
``no-cycles``."""

from __future__ import annotations

from typing import Literal, NotRequired, final

from ...rigor.verdicts import Decided
from .values import Bits, Exactly, Node, Number, OnBox, Range


@final
class AmplificationByMargin(OnBox):
    """Log-odds of every fixed point above those of p_ref by a margin."""

    kind: Literal["amplification"]
    verdict: Decided
    margin: Number


@final
class AmplificationToTarget(OnBox):
    """Every fixed point at a target or above."""

    kind: Literal["amplification"]
    verdict: Decided
    target: Number


Amplification = AmplificationByMargin | AmplificationToTarget


@final
class Contraction(OnBox):
    """Every fixed point attracts, perhaps at a rate."""

    kind: Literal["contraction"]
    verdict: Decided
    rate: NotRequired[Number]


@final
class Uniqueness(OnBox):
    """One fixed point."""

    kind: Literal["uniqueness"]
    verdict: Decided


@final
class Convergence(OnBox):
    """The sequence from p_ref tends to a fixed point."""

    kind: Literal["convergence"]
    verdict: Literal["proved"]


@final
class NoCycles(OnBox):
    """No periodic point but fixed points."""

    kind: Literal["no-cycles"]
    verdict: Literal["proved"]


OrbitClaim = Convergence | NoCycles
RegionClaim = Amplification | Contraction | Uniqueness | OrbitClaim


class ClosedForm(Bits):
    """An inequality at a corner of the box."""

    rule: Literal["closed-form"]


class Paving(Bits):
    """A paving of log-odds and parameters, as a tree."""

    rule: Literal["tree"]
    logit: Range
    nodes: list[Node]


@final
class Witness(Bits):
    """Exact parameters, and brackets of the fixed points that contradict the property."""

    rule: Literal["witness"]
    parameters: Exactly
    brackets: list[Range]


OrbitEvidence = ClosedForm | Paving
RegionEvidence = OrbitEvidence | Witness

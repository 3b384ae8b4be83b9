"""Kind ``paper-statement``: formal claims of the other kinds, and how a verdict on a sentence follows."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict, final

from ...rigor.properties.inequalities import Expression
from .chaos import Chaos, ChaosEvidence, ChaosRegion, Cycles, CyclesEvidence, Witnesses
from .classes import AnswerClasses, TiltEvidence
from .formulas import BoxTree, Grid, Identity, Inequality, Relation
from .plane import Atlas, AtlasCells, ContourEvidence, Contours, Curve, CurveEvidence
from .points import FixedPoints, FixedPointsEvidence, K3Claim, K3Evidence
from .regions import RegionClaim, RegionEvidence
from .sequences import Limit, LimitEvidence, Passage, PassageEvidence, SmallSteps, SmallStepsEvidence
from .values import Count, Form
from .verifiers import BySignOfGain, ErringVerifier, Shares, VerifierCeiling

FormalClaim = (
    FixedPoints | RegionClaim | Identity | Inequality | Limit | SmallSteps | Passage | Cycles | Curve | Chaos
    | ChaosRegion | Atlas | Contours | K3Claim | AnswerClasses | ErringVerifier | VerifierCeiling
)  # fmt: skip
FormalEvidence = (
    FixedPointsEvidence | RegionEvidence | Grid | BoxTree | LimitEvidence | SmallStepsEvidence
    | PassageEvidence | CyclesEvidence | CurveEvidence | ChaosEvidence | Witnesses | AtlasCells
    | ContourEvidence | K3Evidence | TiltEvidence | BySignOfGain | Shares
)  # fmt: skip

ELSEWHERE = "(Not in the paper"
"""How the ``paper``'s words begin where it has none: what is found against such a statement is no erratum."""

Role = Literal["supports", "refutes"]
Concluded = Literal["claim", "beyond", "amended", "against", "flaw", "misprint"]


class Part(TypedDict):
    """A formal claim, and what it does for the statement."""

    role: Role
    text: str
    claim: FormalClaim


class Theorem(TypedDict):
    """Of Coq's library: file, name, digest of what it states."""

    file: str
    name: str
    sha256: Annotated[str, Form(pattern="^[0-9a-f]{64}$")]


@final
class ByTheorems(TypedDict):
    """Theorems that Coq's kernel has checked."""

    theorems: list[Theorem]


@final
class ByAssumptions(TypedDict):
    """Named textbook theorems, and the paper's own hypotheses."""

    assumptions: list[str]


@final
class Restates(TypedDict):
    """What a part says."""

    rule: Literal["restates"]


@final
class BySign(TypedDict):
    """A difference is a product of positive expressions."""

    rule: Literal["sign"]
    positive: list[Expression]
    relation: Relation


@final
class BySubstitution(TypedDict):
    """An identity with expressions in place of its variables."""

    rule: Literal["substitution"]
    variables: list[str]
    where: dict[str, Expression]


@final
class ByCounterexample(TypedDict):
    """An inequality that a part contradicts."""

    rule: Literal["counterexample"]
    claim: Inequality


Because = ByTheorems | ByAssumptions | Restates | BySign | BySubstitution | ByCounterexample


class Step(TypedDict):
    """A sentence, the parts that it is about, and what justifies it."""

    text: str
    parts: list[Count]
    because: Because


class Conclusion(TypedDict):
    """What is concluded, and from which steps."""

    of: Concluded
    range: Literal["all", "numbers"]
    text: str
    steps: list[Count]


class Argument(TypedDict):
    """A statement of the paper, and how it is argued."""

    kind: Literal["paper-statement"]
    item: str
    title: str
    paper: str
    suite: str
    not_proved: str
    parts: list[Part]
    steps: list[Step]
    conclusions: list[Conclusion]


class PaperStatement(Argument):
    """The same with its computed verdict, and the assumptions that it is given."""

    verdict: str
    given: list[str]


class Parts(TypedDict):
    """The evidence of each part."""

    rule: Literal["parts"]
    parts: list[FormalEvidence]

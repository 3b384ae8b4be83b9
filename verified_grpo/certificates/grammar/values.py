"""What all kinds are built of: numbers as text, ranges, parameters, brackets; and the whole certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, NotRequired, TypedDict, TypeVar, cast

from ...rigor.properties.inequalities import Expression

Json = dict[str, Any]
"""A JSON object of which nothing more is known."""


@dataclass(frozen=True)
class Form:
    """What no type says of a text (its pattern), of a list (its length) or of a whole number (the least)."""

    pattern: str | None = None
    minItems: int | None = None
    maxItems: int | None = None
    minimum: int | None = None


Number = Annotated[str, Form(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?(e-?[1-9][0-9]*|/[1-9][0-9]*)?$")]
"""An exact number: an integer, a decimal, or a fraction in lowest terms."""
Range = Annotated[list[Number], Form(minItems=2, maxItems=2)]
"""A closed interval, lower end first."""
Side = Number | Range
"""A parameter: a number, or a range."""
Count = Annotated[int, Form(minimum=0)]
Digest = Annotated[str, Form(pattern="^sha256:[0-9a-f]{64}$")]
Axis = Literal["alpha", "beta", "eps", "p_ref"]
Node = Annotated[list[str], Form(minItems=1, maxItems=3)]
"""Of a tree in preorder: ``["split", axis, at]``, or the word of a leaf."""


class Variant(TypedDict):
    """Which contrast; ``group`` has a size and a ddof, ``expression`` its Omega; what it is multiplied by."""

    contrast: str
    group_size: NotRequired[Count]
    ddof: NotRequired[Count]
    omega: NotRequired[Expression]
    scale: NotRequired[Number]


class Box(TypedDict):
    """The parameters that a statement is about."""

    alpha: Side
    beta: Side
    eps: Side
    p_ref: Side


class Exactly(TypedDict):
    """One choice of parameters."""

    alpha: Number
    beta: Number
    eps: Number
    p_ref: Number


class PlaneBox(TypedDict):
    """Ranges of beta and p_ref at exact alpha and eps."""

    alpha: Number
    beta: Side
    eps: Number
    p_ref: Side


class WithoutAlpha(TypedDict):
    """The parameters of a regulariser that knows no previous policy."""

    beta: Side
    eps: Side
    p_ref: Side


class ExactlyWithoutAlpha(TypedDict):
    """One choice of these."""

    beta: Number
    eps: Number
    p_ref: Number


AnyBox = Box | PlaneBox | Exactly | WithoutAlpha | ExactlyWithoutAlpha


def sides(box: AnyBox) -> dict[Axis, Side]:
    """The parameters by their names."""
    return cast(dict[Axis, Side], box)


class OnVariant(TypedDict):
    """What is said of one contrast."""

    variant: Variant


class OnBox(OnVariant):
    """What is said of a contrast for all parameters of a box."""

    parameters: Box


class OnPlane(OnVariant):
    """What is said of a contrast for all parameters of a window of (beta, p_ref)."""

    parameters: PlaneBox


class OnK3(OnVariant):
    """What is said of the recursion under KL(pi_ref || pi)."""

    parameters: WithoutAlpha


class AtPoint(TypedDict):
    """What is said of one choice of parameters."""

    parameters: Exactly


Scoped = OnBox | OnPlane | OnK3 | AtPoint
"""Whatever has parameters."""


class Place(TypedDict):
    """Brackets of a point: of its log-odds, of its probability and of what that lacks to 1."""

    logit: Range
    p: Range
    one_minus_p: Range


class Bits(TypedDict):
    """The precision that the checker is to take."""

    bits: Count


class Provenance(TypedDict):
    """What searched; no claim rests on it."""

    engine: str
    bits: Count
    software: dict[str, str]


Claim = TypeVar("Claim")
Evidence = TypeVar("Evidence")


class Certificate(TypedDict, Generic[Claim, Evidence]):
    """The whole file."""

    format: Literal["verified-grpo/1"]
    statement: Claim
    evidence: Evidence
    provenance: Provenance
    digest: Digest


AnyCertificate = Certificate[Any, Any]

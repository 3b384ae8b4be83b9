"""How long a sequence takes, and where it is on the way."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from ..grammar.sequences import Clip, Metric, OnSequence, Plateau
from ..grammar.values import Count, Form, Number, Range
from .steps import OfUpdate


class PassageCount(TypedDict):
    """Least and most number of updates; ``null`` where there is none, or none is known."""

    reach: Number
    steps: Annotated[list[Count], Form(minItems=2, maxItems=2)] | None
    never: bool | None
    plateau: NotRequired[Plateau]
    reason: NotRequired[str]


class NoSignal(TypedDict):
    """With which probability a visit of a group at p_ref teaches nothing, and so many in a row."""

    one_visit: Number | Range
    visits: Count
    all_visits: Range


class PassageAnswer(OnSequence, OfUpdate):
    """Of ``limit --reach``."""

    verdict: Literal["proved", "undecided"]
    passage: PassageCount
    no_signal: NotRequired[NoSignal]


class TrajectoryAnswer(OnSequence, OfUpdate):
    """Of ``limit --trajectory --updates``: p after the last of them."""

    verdict: Literal["proved", "undecided"]
    clip: NotRequired[Clip]
    updates: NotRequired[Count]
    p: NotRequired[Range]
    reason: NotRequired[str]


class FlowAnswer(TypedDict):
    """Least and most time; ``null`` where there is none, or none is known. The plateau is in log-odds."""

    metric: Metric
    reach: Number
    time: Range | None
    never: bool | None
    plateau: Range | None
    reason: NotRequired[str]


class FlowTimeAnswer(OnSequence):
    """Of ``limit --reach --flow``."""

    verdict: Literal["proved", "undecided"]
    flow: FlowAnswer

"""The options that say how the verifier errs, and what an answer in words says of right answers."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Group

from ..answers.judged import Judged
from ..model.erring import Errors
from .options import remark
from .shown import wrapped

TruePositive = Annotated[
    str | None,
    typer.Option("--true-positive", help="how often the verifier passes a right answer: a number or range"),
]
FalsePositive = Annotated[
    str | None,
    typer.Option("--false-positive", help="how often the verifier passes a wrong answer: a number or range"),
]
ErrorsOption = Annotated[
    Errors | None,
    typer.Option(
        "--errors", help="of the verifier: drawn anew at each look, or on the same answers each time"
    ),
]
ObservedRate = Annotated[
    bool,
    typer.Option("--observed-rate", help="with a verifier that errs: --p-ref is how often it passes answers"),
]


def remind(judged: Judged) -> None:
    """Say whose rate the numbers are where an answer's own words do not: of independent errors."""
    if judged.verifier is not None:
        remark(f"{judged.verifier.words}, {Errors.INDEPENDENT.words}; p is the rate of right answers")


def under(judged: Judged, text: Any, listed: Any) -> Any:
    """An answer in words with what is true of the rate of success; of fixed points where they are
    listed."""
    if judged.verifier is None:
        return text
    if not judged.is_systematic:
        return Group(wrapped(judged.heading), text)
    return Group(text, "", *map(wrapped, (judged.heading, *judged.conclusions(listed))))

"""Curves and conditions in the certificates' expression language that a report knows by name, and strips.

A strip says that a curve stays near a straight line: ``half - |curve(x) - (intercept + slope x)| > 0`` on a
range of x. It is an ordinary inequality; it is built and recognised here, so that a figure is drawn only of a
formula that stands in the certificate, number for number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from ..rigor.properties.inequalities import Expression

SPREAD: Expression = ["+", "1", ["*", "4", "eps", ["^", ["cosh", ["/", "l", "2"]], "2"]]]
"""``1 + 4 eps cosh^2(l/2)``, which is ``1 + eps/v`` at log-odds l, ``v = p(1-p)``."""

LOG_WEIGHT: Expression = ["-", ["/", "l", "2"], ["/", ["log", SPREAD], "2"]]
"""``log omega-`` at log-odds l, with the stabiliser inside the root; ``log omega+`` is its value at -l."""

LOG_BARRIER: Expression = ["-", ["log", ["sinh", ["/", "l", "2"]]], ["*", "3/2", ["log", SPREAD]]]
"""``log B`` of Lemma 1 at log-odds l > 0."""

_CENTRE: Expression = ["/", "1", ["sqrt", ["+", "1", ["*", "4", "eps"]]]]
_VARIANCE: Expression = ["*", "q", ["-", "1", "q"]]
CONDITION: Expression = [
    "-",
    ["*", "beta", ["^", ["cosh", ["/", _CENTRE, "beta"]], "2"]],
    [
        "/",
        ["*", ["-", "1", ["*", "2", "q"]], _VARIANCE],
        ["*", "2", ["^", ["sqrt", ["+", _VARIANCE, "eps"]], "3"]],
    ],
]
"""Left minus right side of the condition of Theorem 3 (2), with ``q = 1 - p_ref``."""


@dataclass(frozen=True)
class Line:
    """``intercept + slope x``, and how far at most a curve is from it; exact numbers as text."""

    intercept: str
    slope: str
    half: str


def strip(curve: Expression, variable: str, line: Line) -> Expression:
    """The expression that is positive where the curve is nearer than ``half`` to the line."""
    straight = ["+", line.intercept, ["*", line.slope, variable]]
    return ["-", line.half, ["abs", ["-", curve, straight]]]


def any_strip(claim: Mapping[str, object]) -> tuple[Expression, str, Line] | None:
    """The curve, its variable and the line of a claim that is a strip; None for any other claim."""
    match claim:
        case {
            "kind": "inequality",
            "relation": ">",
            "expression": [
                "-",
                str(half),
                ["abs", ["-", curve, ["+", str(start), ["*", str(slope), str(name)]]]],
            ],
        }:
            if name[0].isalpha() and not any(text[0].isalpha() for text in (start, slope, half)):
                return cast(Expression, curve), name, Line(start, slope, half)
    return None


def strip_of(claim: Mapping[str, object], curve: Expression, variable: str) -> Line | None:
    """The line of a claim that is a strip of this curve in this variable; None for any other claim."""
    found = any_strip(claim)
    return found[2] if found and found[:2] == (curve, variable) else None

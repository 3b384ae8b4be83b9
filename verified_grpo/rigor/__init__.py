"""The rigorous algorithms: all fixed points, properties over boxes. They propose nothing that enclosures
have not decided."""

from __future__ import annotations

from .fixed_points import FixedPoint, FixedPoints, UndecidedFixedPoints, fixed_points
from .outcomes import ClosedForm, Outcome, Proved, Question, Refuted, Tree, Undecided
from .regions import PROPERTIES, certify

__all__ = [
    "PROPERTIES",
    "ClosedForm",
    "FixedPoint",
    "FixedPoints",
    "Outcome",
    "Proved",
    "Question",
    "Refuted",
    "Tree",
    "Undecided",
    "UndecidedFixedPoints",
    "certify",
    "fixed_points",
]

"""The rigorous algorithms: all fixed points and cycles, properties over boxes, orbits and their limits. They
propose nothing that enclosures have not decided."""

from __future__ import annotations

from .cycles import Cycle, Cycles, UndecidedCycles, cycles
from .fixed_points import FixedPoint, FixedPoints, UndecidedFixedPoints, fixed_points
from .limit_outcomes import (
    ConvergesToCycle,
    ConvergesToFixedPoint,
    FallsToGreatest,
    Limit,
    Monotone,
    RisesToLeast,
    RisesToOne,
    UndecidedLimit,
)
from .limits import limit
from .orbits import Orbit, orbit
from .outcomes import ClosedForm, Outcome, Proved, Question, Refuted, Tree, Undecided
from .regions import PROPERTIES, certify

__all__ = [
    "PROPERTIES",
    "ClosedForm",
    "ConvergesToCycle",
    "ConvergesToFixedPoint",
    "Cycle",
    "Cycles",
    "FallsToGreatest",
    "FixedPoint",
    "FixedPoints",
    "Limit",
    "Monotone",
    "Orbit",
    "Outcome",
    "Proved",
    "Question",
    "Refuted",
    "RisesToLeast",
    "RisesToOne",
    "Tree",
    "Undecided",
    "UndecidedCycles",
    "UndecidedFixedPoints",
    "UndecidedLimit",
    "certify",
    "cycles",
    "fixed_points",
    "limit",
    "orbit",
]

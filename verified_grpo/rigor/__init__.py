"""The rigorous algorithms: all fixed points and cycles, properties over boxes, orbits and their limits. They
propose nothing that enclosures have not decided."""

from __future__ import annotations

from .chaos import chaos_witness
from .chaos_outcomes import Covering, LiYorke, NoWitness, PeriodThree
from .chaos_region import ChaosRegion, chaos_region
from .covering import entropy_bound
from .curves import cusps, flip_curve, fold_curve, settling_bound
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
from .outcomes import Argued, ClosedForm, Outcome, Proved, Question, Refuted, Tree, Undecided
from .regions import PROPERTIES, certify

__all__ = [
    "PROPERTIES",
    "Argued",
    "ChaosRegion",
    "ClosedForm",
    "ConvergesToCycle",
    "ConvergesToFixedPoint",
    "Covering",
    "Cycle",
    "Cycles",
    "FallsToGreatest",
    "FixedPoint",
    "FixedPoints",
    "LiYorke",
    "Limit",
    "Monotone",
    "NoWitness",
    "Orbit",
    "Outcome",
    "PeriodThree",
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
    "chaos_region",
    "chaos_witness",
    "cusps",
    "cycles",
    "entropy_bound",
    "fixed_points",
    "flip_curve",
    "fold_curve",
    "limit",
    "orbit",
    "settling_bound",
]

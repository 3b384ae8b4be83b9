"""The rigorous algorithms: all fixed points and cycles, properties over boxes, orbits and their limits. They
propose nothing that enclosures have not decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazily import attributes

if TYPE_CHECKING:
    from .chaos.cycles import Cycle, Cycles, UndecidedCycles, cycles
    from .chaos.entropy import entropy_bound
    from .chaos.outcomes import Covering, LiYorke, NoWitness, PeriodThree
    from .chaos.regions import ChaosRegion, chaos_region
    from .chaos.witnesses import chaos_witness
    from .points.curves import cusps, flip_curve, fold_curve, settling_bound
    from .points.fixed_points import FixedPoint, FixedPoints, UndecidedFixedPoints, fixed_points
    from .properties.certify import PROPERTIES, certify
    from .properties.outcomes import (
        Argued,
        ClosedForm,
        Outcome,
        PropertyQuestion,
        Proved,
        Refuted,
        Tree,
        Undecided,
    )
    from .sequences.limits import limit
    from .sequences.orbits import Orbit, orbit
    from .sequences.outcomes import (
        ConvergesToCycle,
        ConvergesToFixedPoint,
        FallsToGreatest,
        Limit,
        Monotone,
        RisesToLeast,
        RisesToOne,
        UndecidedLimit,
    )

_HOMES = {
    "chaos.cycles": (
        "Cycle",
        "Cycles",
        "UndecidedCycles",
        "cycles",
    ),
    "chaos.entropy": ("entropy_bound",),
    "chaos.outcomes": (
        "Covering",
        "LiYorke",
        "NoWitness",
        "PeriodThree",
    ),
    "chaos.regions": (
        "ChaosRegion",
        "chaos_region",
    ),
    "chaos.witnesses": ("chaos_witness",),
    "points.curves": (
        "cusps",
        "flip_curve",
        "fold_curve",
        "settling_bound",
    ),
    "points.fixed_points": (
        "FixedPoint",
        "FixedPoints",
        "UndecidedFixedPoints",
        "fixed_points",
    ),
    "properties.certify": (
        "PROPERTIES",
        "certify",
    ),
    "properties.outcomes": (
        "Argued",
        "ClosedForm",
        "Outcome",
        "Proved",
        "PropertyQuestion",
        "Refuted",
        "Tree",
        "Undecided",
    ),
    "sequences.limits": ("limit",),
    "sequences.orbits": (
        "Orbit",
        "orbit",
    ),
    "sequences.outcomes": (
        "ConvergesToCycle",
        "ConvergesToFixedPoint",
        "FallsToGreatest",
        "Limit",
        "Monotone",
        "RisesToLeast",
        "RisesToOne",
        "UndecidedLimit",
    ),
}
__getattr__ = attributes(__name__, _HOMES)

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
    "PropertyQuestion",
    "Proved",
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

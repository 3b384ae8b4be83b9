"""A sequence followed for so many updates, as an answer: where it is after the last of them."""

from __future__ import annotations

from ..certificates import builders
from ..certificates.grammar.values import Json
from ..intervals import canonical
from ..rigor.sequences.clipping import ClippedTrajectory, UndecidedClipping
from ..rigor.sequences.trajectory import Trajectory, UndecidedTrajectory

Followed = Trajectory | UndecidedTrajectory | ClippedTrajectory | UndecidedClipping


def trajectory_json(found: Followed) -> Json:
    """The answer of ``limit --trajectory``; with ``clip`` where the ratio of policies is clipped."""
    told: Json = {
        "variant": builders.variant(found.contrast),
        "parameters": builders.parameters(found.parameters),
        "start": "p_ref",
    }
    if isinstance(found, ClippedTrajectory | UndecidedClipping):
        told["clip"] = {"low": canonical(found.clip.low), "high": canonical(found.clip.high)}
    if isinstance(found, UndecidedTrajectory | UndecidedClipping):
        return told | {"verdict": "undecided", "reason": found.reason}
    n, last = found.values[-1]
    return told | {"verdict": "proved", "updates": n, "p": list(last.p)}

"""All fixed points as an answer: what ``fixed-points`` prints and a notebook hands on."""

from __future__ import annotations

from ..certificates import builders
from ..certificates.grammar.values import OnBox
from ..certificates.outputs import Listed, ListedPoint
from ..intervals import canonical
from ..rigor import FixedPoints, UndecidedFixedPoints


def fixed_points_json(found: FixedPoints | UndecidedFixedPoints) -> Listed:
    """The answer of ``fixed-points``: count and enclosures, or undecided with its reason and bracket."""
    head: OnBox = {
        "variant": builders.variant(found.contrast),
        "parameters": builders.parameters(found.parameters),
    }
    if isinstance(found, UndecidedFixedPoints):
        bracket = None if found.bracket is None else [canonical(x) for x in found.bracket]
        return {**head, "verdict": "undecided", "reason": found.reason, "bracket": bracket}
    points: list[ListedPoint] = [
        {
            "logit": [canonical(x) for x in point.logit],
            "p": list(point.p),
            "one_minus_p": list(point.one_minus_p),
            "multiplier": list(point.multiplier),
            "kind": point.stability,
        }
        for point in found.points
    ]
    return {
        **head,
        "verdict": "proved",
        "count": found.count,
        "fixed_points": points,
        "engine": found.engine,
        "bits": found.bits,
    }

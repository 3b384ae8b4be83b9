"""All fixed points as an answer: what ``fixed-points`` prints and a notebook hands on."""

from __future__ import annotations

from ..certificates import builders
from ..certificates.grammar.values import OnBox
from ..certificates.k3 import without_alpha
from ..certificates.outputs.fixed_points import K3PointsAnswer, Listed, ListedPoint
from ..intervals import canonical
from ..rigor import FixedPoint, FixedPoints, UndecidedFixedPoints
from ..rigor.k3 import K3FixedPoint


def fixed_points_json(found: FixedPoints | UndecidedFixedPoints) -> Listed:
    """The answer of ``fixed-points``: count and enclosures, or undecided with its reason and bracket."""
    head: OnBox = {
        "variant": builders.variant(found.contrast),
        "parameters": builders.parameters(found.parameters),
    }
    if isinstance(found, UndecidedFixedPoints):
        bracket = None if found.bracket is None else [canonical(x) for x in found.bracket]
        return {**head, "verdict": "undecided", "reason": found.reason, "bracket": bracket}
    points = [_point(point) for point in found.points]
    return {
        **head,
        "verdict": "proved",
        "count": found.count,
        "fixed_points": points,
        "engine": found.engine,
        "bits": found.bits,
    }


def k3_point_json(found: K3FixedPoint) -> K3PointsAnswer:
    """The answer of ``fixed-points --kl k3``: the only one."""
    return {
        "variant": builders.variant(found.contrast),
        "parameters": without_alpha(builders.parameters(found.parameters)),
        "kl": "k3",
        "verdict": "proved",
        "count": 1,
        "fixed_points": [_point(found)],
        "engine": found.engine,
        "bits": found.bits,
    }


def _point(point: FixedPoint | K3FixedPoint) -> ListedPoint:
    return {
        "logit": [canonical(x) for x in point.logit],
        "p": list(point.p),
        "one_minus_p": list(point.one_minus_p),
        "multiplier": list(point.multiplier),
        "kind": point.stability,
    }

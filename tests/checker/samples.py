"""Points of a box of parameters, and what is true of the map there."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .builder import Json
from .truth import fixed_points, mp, multiplier

SAMPLES = 3
SLACK = mp.mpf(10) ** -35  # what the 60 digits of the oracle are trusted for


def sampled_points(parameters: Json) -> list[Json]:
    """Corners and some points of a box, as exact text; the same for the same box."""
    source = random.Random(json.dumps(parameters, sort_keys=True))
    axes = {key: value if isinstance(value, list) else [value] for key, value in parameters.items()}
    if all(len(ends) == 1 for ends in axes.values()):
        return [{key: ends[0] for key, ends in axes.items()}]
    points = [{key: source.choice(ends) for key, ends in axes.items()} for _ in range(SAMPLES)]
    points += [{key: ends[0] for key, ends in axes.items()}, {key: ends[-1] for key, ends in axes.items()}]
    for _ in range(SAMPLES):
        share = Fraction(source.randrange(1, 100), 100)
        points.append({key: _between(ends, share) for key, ends in axes.items()})
    return points


def _between(ends: list[str], share: Fraction) -> str:
    if len(ends) == 1:
        return ends[0]
    low, high = (Fraction(end) for end in ends)
    value = low + (high - low) * share
    return f"{value.numerator}/{value.denominator}"


@lru_cache(maxsize=4096)
def _found(variant: str, point: str) -> list[tuple[Any, Any]]:
    """The fixed points and their multipliers, remembered."""
    contrast, parameters = json.loads(variant), json.loads(point)
    return [(x, multiplier(contrast, parameters, x)) for x in fixed_points(contrast, parameters)]


def truth_at(statement: Json, point: Json) -> list[tuple[Any, Any]]:
    """(L*, T'(L*)) of all fixed points at one point of the parameters."""
    return _found(json.dumps(statement["variant"], sort_keys=True), json.dumps(point, sort_keys=True))

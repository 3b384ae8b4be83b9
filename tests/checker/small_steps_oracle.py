"""The oracle of small steps, `kinds/small_steps.py`, under the names that `soak/proved_rows.py` calls it by:
counts are kept for the digest of that file."""

from __future__ import annotations

from .builder import Json
from .kinds.small_steps import contradicted
from .kinds.small_steps import least_fixed_point as least_fixed_point


def contradicted_small_steps(statement: Json, points: list[Json]) -> str | None:
    """At the points of its parameters that are sampled, which these are."""
    return contradicted(statement)

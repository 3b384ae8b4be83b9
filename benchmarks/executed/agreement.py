"""What the suite's mapping says of each measured option: ``python -m benchmarks.executed.agreement`` writes
it into the rows, in the suite's own environment."""

from __future__ import annotations

import json
import math
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from verified_grpo.audit.configurations import K3, REVERSE, Configuration, read_configuration
from verified_grpo.audit.configurations.clamp import largest_ratio
from verified_grpo.intervals import exact, make_engine
from verified_grpo.model import Parameters, Workbench
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.k3 import k3_fixed_point

from .rows import FAR, RESULTS, rows, written

NEAR = 1e-4
"""The frameworks compute in single precision."""


def main() -> int:
    """Every row with its verdict; 1 where one differs."""
    found = [{**row, "mapping": verdict(row)} for row in rows(RESULTS)]
    RESULTS.write_text(written(found))
    return int(any(row["mapping"].startswith("differs") for row in found))


def verdict(row: dict[str, Any]) -> str:
    """``agrees``, ``refused`` by the mapping, or ``differs`` and in what."""
    found = mapped(row)
    if not found.computable:
        return "refused"
    differing = [name for name, holds in _comparisons(row, found).items() if not holds]
    return f"differs: {', '.join(differing)}" if differing else "agrees"


def mapped(row: dict[str, Any]) -> Configuration:
    """The configuration of a row, read as its framework's, at the version that was run."""
    numeric = row["framework"] == "trl" and "." in row["revision"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.json"
        given = {key: None if value == "null" else value for key, value in row["configuration"].items()}
        path.write_text(json.dumps(given))
        return read_configuration(path, row["framework"], row["revision"] if numeric else None)


def _comparisons(row: dict[str, Any], found: Configuration) -> dict[str, bool]:
    return {
        "contrast": all(abs(omega(found, p) - value) < NEAR * max(1, value) for p, value in row["drive"]),
        "gradient of the KL": found.kernel == row["kl_gradient"],
        "place of the KL": (found.place or "none") == row["kl_place"],
        "clamp": _clamp_holds(found, row["kl_cut_at_ratio"]),
        "fixed point": _point_holds(found, row),
    }


def omega(found: Configuration, p: float) -> float:
    """The mapping's contrast at a success rate."""
    assert found.contrast is not None
    with make_engine("arb", 96) as engine:
        bench = Workbench(engine, found.contrast)
        log_odds = engine.lower(bench.log_odds(exact(str(p))))
        return float(engine.lower(bench.profile(found.eps, (found.eps, found.eps)).at(log_odds)[0]))


def _clamp_holds(found: Configuration, cut: float | None) -> bool:
    """Where the mapping takes a clamp to be idle, it is; and one that was seen is known."""
    with make_engine("arb", 96) as engine:
        ratios = [float(largest_ratio(engine, clamp)) for clamp in found.clamps]
    known = min((ratio for ratio in ratios if ratio < math.exp(FAR)), default=None)
    return known is None if cut is None else known is not None and known <= cut * (1 + NEAR)


def _point_holds(found: Configuration, row: dict[str, Any]) -> bool:
    """The zero of the framework's expected gradient against the certified enclosure."""
    zero = row["fixed_point"]
    if found.beta == 0 or zero is None or found.contrast is None:
        return bool(found.beta == 0) == (zero is None)
    box = Parameters.of(beta=found.beta, eps=found.eps, p_ref=str(row["p_ref"]))
    assert found.regulariser in (REVERSE, K3)
    if found.regulariser == K3:
        low, high = k3_fixed_point(found.contrast, box).p
    else:
        points = fixed_points(found.contrast, box)
        assert isinstance(points, FixedPoints)
        low, high = points.points[0].p
    return bool(float(Fraction(low)) - NEAR < zero < float(Fraction(high)) + NEAR)


if __name__ == "__main__":
    raise SystemExit(main())

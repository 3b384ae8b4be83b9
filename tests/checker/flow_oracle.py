"""Whether a statement of kind "flow-time" is true at sampled parameters, by Gauss-Legendre quadrature at 60
digits; and valid certificates by hand."""

from __future__ import annotations

from typing import Any

from .builder import Json, certificate, decimal, widened
from .small_steps_oracle import anchor, corner, drive
from .truth import mp, number, sigma

SLACK = mp.mpf(10) ** -20
PIECES, LOOKED = 24, 400


def time_to(variant: Json, point: Json, reach: str, metric: str) -> Any:
    """The integral of 1/(w F); None where F is not positive on a grid of the way."""
    p = number(reach)
    low, high = anchor(point), mp.log(p / (1 - p))
    if low >= high:
        return mp.mpf(0)
    grid = [low + (high - low) * k / LOOKED for k in range(LOOKED + 1)]
    if any(drive(variant, point, x) <= 0 for x in grid):
        return None

    def pace(x: Any) -> Any:
        w = sigma(x) * sigma(-x) if metric == "p(1-p)" else 1
        return 1 / (w * drive(variant, point, x))

    return mp.quad(pace, mp.linspace(low, high, PIECES + 1), maxdegree=4)


def contradicted_flow(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these exact parameters, or None."""
    for point in points:
        time = time_to(statement["variant"], point, statement["reach"], statement["metric"])
        if (statement["verdict"] == "never") != (time is None):
            return f"whether it is reached, at {point}"
        if time is not None:
            low, high = (number(end) for end in statement["time"])
            if not low <= time * (1 + SLACK) + SLACK or not time <= high * (1 + SLACK) + SLACK:
                return f"the time {mp.nstr(time, 12)} at {point}"
            if "plateau" in statement and 2 * _time_between(statement, point) < time * (1 - SLACK):
                return f"less than half of the time on the plateau at {point}"
    return None


def _time_between(statement: Json, point: Json) -> Any:
    """The time spent on the plateau, from L_ref at the earliest and to the target at the latest."""
    low, high = (sigma(number(end)) for end in statement["plateau"])
    variant, metric, reach = statement["variant"], statement["metric"], number(statement["reach"])
    ends = [max(low, number(point["p_ref"])), min(high, reach)]
    before, after = (time_to(variant, point, mp.nstr(p, 50), metric) for p in ends)
    return after - before


def flow_certificate(
    variant: Json, parameters: Json, reach: str, metric: str, parts: int = 96, room: str = "0.02"
) -> Json:
    """Reached: times of the corners with some room, on even cells."""
    slow, fast = (corner(parameters, k) for k in (1, 0))
    times = [time_to(variant, point, reach, metric) for point in (fast, slow)]
    low, high = times[0] * (1 - number(room)), times[1] * (1 + number(room))
    claim = {"verdict": "reached", "time": [decimal(low, 10), decimal(high, 10, up=True)]}
    p = number(reach)
    end = mp.log(p / (1 - p))
    evidence = {
        "rule": "cells",
        "bits": 120,
        "slow": _cuts(anchor(slow), end, parts, outside=True),
        "fast": _cuts(anchor(fast), end, parts, outside=False),
    }
    return certificate(_statement(variant, parameters, reach, metric, claim), evidence)


def never_reached(variant: Json, parameters: Json, reach: str, metric: str, barrier: str) -> Json:
    """Never: the drive is not positive at the barrier."""
    evidence = {"rule": "barrier", "bits": 120, "barrier": barrier}
    return certificate(_statement(variant, parameters, reach, metric, {"verdict": "never"}), evidence)


def _statement(variant: Json, parameters: Json, reach: str, metric: str, claim: Json) -> Json:
    head = {"kind": "flow-time", "variant": variant, "parameters": parameters}
    return {**head, "reach": reach, "metric": metric, **claim}


def _cuts(low: Any, high: Any, parts: int, *, outside: bool) -> list[str]:
    """Even cells from one end to the other, or just inside of both; none for no parts."""
    if not parts:
        return []
    ends = [low + (high - low) * k / parts for k in range(parts + 1)]
    inner = [widened(x, x, 12)[0] for x in ends[1:-1]]
    first, last = widened(low, low, 25), widened(high, high, 25)
    return [first[0 if outside else 1], *inner, last[1 if outside else 0]]

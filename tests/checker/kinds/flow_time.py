"""Kind "flow-time": when the flow reaches a target; the oracle is Gauss-Legendre quadrature at 60 digits."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..builder import Json, certificate, decimal, widened
from ..committed import committed
from ..edits import GROUP_8, MEAN_STD, MEAN_VAR, Bad, at, edited
from ..forms import Reader, range_in
from ..heads import ALL, head
from ..samples import sampled_points
from ..truth import mp, number, sigma
from .small_steps import anchor, corner, drive

POINT = at("5", "1e-5", "0.001")


@cache
def accepted() -> dict[str, Json]:
    """Valid certificates by name."""
    at_once = flow_certificate(MEAN_VAR, POINT, "0.001", "1", parts=0)
    return {
        "flow": flow_certificate(MEAN_VAR, POINT, "0.007", "1"),
        "flow-plain": flow_certificate(MEAN_VAR, POINT, "0.007", "p(1-p)"),
        "flow-no-kl": flow_certificate(MEAN_VAR, at("0", "1e-3", "0.01"), "0.9", "p(1-p)", 256),
        "flow-box": flow_certificate(
            MEAN_STD, at(["2", "2.5"], ["1e-3", "2e-3"], ["0.1", "0.12"], ["0.5", "0.6"]), "0.2", "1"
        ),
        "flow-group": flow_certificate(GROUP_8, at("0.3", "1e-4", "0.05"), "0.15", "1"),
        "flow-plateau": edited(
            flow_certificate(MEAN_VAR, at("1", "1e-5", "0.26"), "0.95", "1", 256),
            "statement",
            "plateau",
            value=["1.5", "2"],
        ),
        "flow-at-once": at_once,
        "flow-never": never_reached(MEAN_VAR, POINT, "0.009", "1", "-4.72"),
    }


def rejected() -> dict[str, tuple[str, Json]]:
    """Certificates that must not be accepted: name -> (code, document)."""
    return dict(_bad())


def _bad() -> Bad:
    good, plain, never = (committed()[name] for name in ("flow", "flow-plain", "flow-never"))
    time, slow, fast = ("statement", "time"), ("evidence", "slow"), ("evidence", "fast")
    low, high = good["statement"]["time"]
    code = "passage-not-proved"
    lingers = committed()["flow-plateau"]
    yield "flow-plateau-too-short", (code, edited(lingers, "statement", "plateau", value=["1.7", "2"]))
    box = committed()["flow-box"]
    told = edited(box, "statement", "plateau", value=["-3", "3"])
    yield "flow-plateau-of-a-box", ("outside-domain", told)
    yield (
        "flow-plateau-turned-round",
        ("empty-range", edited(lingers, "statement", "plateau", value=["2", "1"])),
    )
    yield "flow-too-early", (code, edited(good, *time, 1, value=low))
    yield "flow-too-late", (code, edited(good, *time, 0, value=high))
    yield "flow-in-the-other-metric", (code, edited(good, "statement", "metric", value="p(1-p)"))
    yield "flow-in-an-unknown-metric", ("bad-value", edited(good, "statement", "metric", value="p"))
    yield "flow-plain-in-the-other", (code, edited(plain, "statement", "metric", value="1"))
    yield "flow-farther", (code, edited(good, "statement", "reach", value="0.0071"))
    yield "flow-less-far", (code, edited(good, "statement", "reach", value="0.0069"))
    yield "flow-of-a-harder-prompt", (code, edited(good, "statement", "parameters", "p_ref", value="0.0009"))
    yield "flow-of-an-easier-prompt", (code, edited(good, "statement", "parameters", "p_ref", value="0.0011"))
    cuts = good["evidence"]["slow"]
    yield "flow-slow-cells-too-short", (code, edited(good, *slow, value=cuts[:-2]))
    yield "flow-slow-cells-too-late", (code, edited(good, *slow, value=cuts[1:]))
    yield "flow-no-slow-cells", (code, edited(good, *slow, value=[]))
    yield "flow-fast-cells-outside", (code, edited(good, *fast, value=cuts))
    yield "flow-cells-descend", ("unordered-cells", edited(good, *slow, value=cuts[::-1]))
    yield "flow-past-the-limit", (code, edited(good, "statement", "parameters", "beta", value="7"))
    yield "flow-reach-one", ("outside-domain", edited(good, "statement", "reach", value="1"))
    yield "flow-other-rule", ("bad-value", edited(good, "evidence", "rule", value="barrier"))
    yield "flow-barrier-too-low", (code, edited(never, "evidence", "barrier", value="-4.8"))
    yield "flow-never-below-the-limit", (code, edited(never, "statement", "reach", value="0.008"))
    yield "flow-barrier-below-p-ref", (code, edited(never, "evidence", "barrier", value="-7"))


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


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false at one of some sampled parameters, or None."""
    for point in sampled_points(statement["parameters"]):
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


SPEEDS = {"1": "F(L)", "p(1-p)": "p (1-p) F(L)"}
LAW = (
    "Flow: dL/dt = SPEED, L(0) = log(p_ref/(1-p_ref)), on the line of log-odds L, F(L) = Omega(L) - alpha "
    "beta (L - L(0)), Omega(L) = <omega:x>, p = 1/(1+exp(-L))."
)


def sentences(reader: Reader) -> Json:
    return {**head(reader, LAW.replace("SPEED", SPEEDS[reader.given["metric"]])), **_conclusion(reader)}


def _conclusion(reader: Reader) -> Json:
    said, verdict = reader.take_one(
        {
            f"{ALL}p(t) >= <reach> first at a time t with t in <time:r>.": "reached",
            f"{ALL}and all times t >= 0: p(t) < <reach>.": "never",
        }
    )
    time = {"time": range_in(said, "time")} if verdict == "reached" else {}
    if reader.is_next("At least half"):
        time["plateau"] = range_in(reader.take("At least half of this time L in <at:r>."), "at")
    return {"verdict": verdict, "reach": said["reach"], "metric": reader.given["metric"], **time}

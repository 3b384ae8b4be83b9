"""Whether a statement about the fixed points of a region is true, at sampled parameters."""

from __future__ import annotations

from typing import Any

from ...builder import Json
from ...samples import SLACK, sampled_points, truth_at
from ...truth import mp, number, omega, sigma, slope

STEPS_OF_BETA = 12


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None; of what is said to exist, that no sample shows it."""
    if statement["verdict"] == "refuted":
        return None if _has_witness(statement) else "no witness found"
    return _region(statement)


def _region(statement: Json) -> str | None:
    for point in sampled_points(statement["parameters"]):
        truth = truth_at(statement, point)
        p_ref = number(point["p_ref"])
        anchor = mp.log(p_ref / (1 - p_ref))
        match statement["kind"]:
            case "amplification":
                holds = bool(truth) and not any(_misses(statement, x, anchor, SLACK) for x, _ in truth)
            case "contraction":
                rate = number(statement.get("rate", "1"))
                holds = all(abs(m) <= rate + SLACK for _, m in truth)
            case _:
                holds = len(truth) == 1
        if not holds:
            return f"{statement['kind']} at {point}"
    return None


def _is_witness(statement: Json, point: Json) -> bool:
    truth, p_ref = truth_at(statement, point), number(point["p_ref"])
    match statement["kind"]:
        case "amplification":
            return any(_misses(statement, x, mp.log(p_ref / (1 - p_ref))) for x, _ in truth)
        case "contraction":
            return any(abs(m) >= 1 for _, m in truth)
    return len(truth) > 1


def _misses(statement: Json, x: Any, anchor: Any, slack: Any = 0) -> bool:
    """Whether a fixed point stays short of the margin or the target."""
    if "target" in statement:
        return bool(sigma(x) < number(statement["target"]) - slack)
    return bool(x - anchor < number(statement["margin"]) - slack)


def _has_witness(statement: Json) -> bool:
    """Search for a witness: at sampled points; then on a grid of fixed points, where p_ref is explicit: alpha
    and eps are tried at their ends, beta at points between its ends too.
    """
    variant, box = statement["variant"], statement["parameters"]
    if any(_is_witness(statement, point) for point in sampled_points(box) if number(point["alpha"]) > 0):
        return True
    axes = {
        key: [number(end) for end in (value if isinstance(value, list) else [value])]
        for key, value in box.items()
    }
    anchors = [mp.log(p / (1 - p)) for p in (axes["p_ref"][0], axes["p_ref"][-1])]
    for alpha in axes["alpha"]:
        for beta in _between_geometrically(axes["beta"]):
            for eps in axes["eps"]:
                if alpha <= 0:
                    continue
                grid = (mp.mpf(i) / 16 for i in range(-400, 400))
                found = [(x, x - omega(variant, x, eps) / (alpha * beta)) for x in grid]
                inside = [(x, anchor) for x, anchor in found if anchors[0] <= anchor <= anchors[1]]
                if statement["kind"] == "amplification":
                    if any(_misses(statement, x, anchor) for x, anchor in inside):
                        return True
                    continue
                steep = [x for x, _ in inside if abs(1 - alpha + slope(variant, x, eps) / beta) >= 1]
                # on the falling branch of the gap a fixed point has neighbours on both sides
                rising = [x for x in steep if slope(variant, x, eps) > alpha * beta]
                if rising if statement["kind"] == "uniqueness" else steep:
                    return True
    return False


def _between_geometrically(ends: list[Any]) -> list[Any]:
    """Both ends of a range of positive numbers, and points between; the one number of a point."""
    if len(ends) == 1 or not ends[0] > 0:
        return ends
    return [ends[0] * (ends[1] / ends[0]) ** (mp.mpf(i) / STEPS_OF_BETA) for i in range(STEPS_OF_BETA + 1)]

"""Whether a statement is true, as far as plain evaluation at sampled parameters can tell.

`contradicted(statement)` is a reason why the statement is false, or None where no sample contradicts it. It
never looks at evidence. Existence claims (verdict "refuted") count as contradicted unless a sample confirms
them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from .atlas_truth import contradicted_atlas
from .budget_oracle import contradicted_budget, parameters
from .chaos_oracle import contradicted_chaos, contradicted_cycles, contradicted_region
from .classes_oracle import contradicted_classes
from .clipping_oracle import contradicted_clipping
from .contours_oracle import contradicted_contours
from .curve_oracle import contradicted_curve
from .descent_oracle import contradicted_descent
from .flow_oracle import contradicted_flow
from .k3_oracle import contradicted_k3
from .k3_steps_oracle import contradicted_k3_steps
from .limit_oracle import contradicted_limit
from .passage_oracle import contradicted_passage
from .pull_steps_oracle import contradicted_pull_steps
from .small_steps_oracle import contradicted_small_steps
from .trajectory_oracle import contradicted_trajectory
from .truth import fixed_points, mp, multiplier, number, omega, sigma, slope
from .verifiers_oracle import contradicted_ceiling, contradicted_effect, rates_of

Json = dict[str, Any]
SAMPLES = 3
STEPS_OF_BETA = 12
KINDS = (
    "fixed-points",
    "amplification",
    "contraction",
    "uniqueness",
    "convergence",
    "no-cycles",
    "identity",
    "inequality",
    "limit",
    "small-steps",
    "passage",
    "trajectory",
    "flow-time",
    "answer-classes",
    "atlas",
    "contours",
    "cycles",
    "chaos",
    "chaos-region",
    "curve",
    "k3-fixed-point",
    "k3-amplification",
    "k3-convergence",
    "k3-small-steps",
    "pull-small-steps",
    "clipped-trajectory",
    "kl-budget",
    "erring-verifier",
    "verifier-ceiling",
    "paper-statement",
)
SLACK = mp.mpf(10) ** -35  # what the 60 digits of the oracle are trusted for


RANGE = re.compile(r'"([^":]+):([^":]+)"')
"""In a formula, for each of its numbers."""


def contradicted(statement: Json) -> str | None:
    """A reason why the statement is false, or None; remembered, for many mutants state the same."""
    reasons = (_contradicted(json.dumps(member, sort_keys=True)) for member in _members(statement))
    return next((reason for reason in reasons if reason), None)


def _members(statement: Json) -> list[Json]:
    """What is stated where numbers are chosen from the ranges of a formula: ends, middles, some between."""
    variant: Json = statement["variant"] if isinstance(statement.get("variant"), dict) else {}
    omega = json.dumps(variant.get("omega"))
    if not RANGE.search(omega):
        return [statement]
    source = random.Random(json.dumps(statement, sort_keys=True))
    shares = [lambda: Fraction(0), lambda: Fraction(1), lambda: Fraction(1, 2)]
    shares += [lambda: Fraction(source.randrange(100), 99)] * 2
    chosen = (json.loads(RANGE.sub(partial(_chosen, share), omega)) for share in shares)
    return [{**statement, "variant": {**variant, "omega": one}} for one in chosen]


def _chosen(share: Callable[[], Fraction], found: re.Match[str]) -> str:
    low, high = Fraction(found[1]), Fraction(found[2])
    return f'"{low + (high - low) * share()}"'


@lru_cache(maxsize=1 << 14)
def _contradicted(text: str) -> str | None:
    statement: Json = json.loads(text)
    match statement["kind"]:
        case "fixed-points":
            return _fixed_points(statement)
        case "amplification" | "contraction" | "uniqueness":
            if statement["verdict"] == "refuted":
                return None if _has_witness(statement) else "no witness found"
            return _region(statement)
        case "convergence" | "no-cycles":
            return contradicted_descent(statement, sampled_points(statement["parameters"]))
        case "identity":
            return _identity(statement)
        case "inequality":
            return _inequality(statement)
        case "limit":
            return contradicted_limit(statement, sampled_points(statement["parameters"]))
        case "small-steps":
            return contradicted_small_steps(statement, sampled_points(statement["parameters"]))
        case "passage":
            return contradicted_passage(statement, sampled_points(statement["parameters"]))
        case "flow-time":
            return contradicted_flow(statement, sampled_points(statement["parameters"]))
        case "answer-classes":
            return contradicted_classes(statement)
        case "trajectory":
            return contradicted_trajectory(statement, sampled_points(statement["parameters"]))
        case "atlas":
            return contradicted_atlas(statement, text)
        case "contours":
            return contradicted_contours(statement, text)
        case "cycles":
            return contradicted_cycles(statement, statement["parameters"])
        case "chaos":
            return contradicted_chaos(statement, sampled_points(statement["parameters"]))
        case "chaos-region":
            return contradicted_region(statement)
        case "curve":
            return contradicted_curve(statement)
        case "k3-fixed-point" | "k3-amplification" | "k3-convergence":
            return contradicted_k3(statement, sampled_points(statement["parameters"]))
        case "clipped-trajectory":
            return contradicted_clipping(statement)
        case "pull-small-steps":
            return contradicted_pull_steps(statement, sampled_points(statement["parameters"]))
        case "k3-small-steps":
            return contradicted_k3_steps(statement, sampled_points(statement["parameters"]))
        case "kl-budget":
            return contradicted_budget(statement, sampled_points(parameters(statement)))
        case "erring-verifier":
            return contradicted_effect(
                statement, sampled_points(rates_of(statement, statement["parameters"]))
            )
        case "verifier-ceiling":
            point = rates_of(statement, {"p_ref": statement["p_ref"]})
            return contradicted_ceiling(statement, sampled_points(point))
        case "paper-statement":
            reasons = [contradicted(part["claim"]) for part in statement["parts"]]
            return next((reason for reason in reasons if reason), None)
    raise ValueError(statement["kind"])


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


def _inside(value: Any, interval: list[str]) -> bool:
    low, high = (number(end) for end in interval)
    return bool(low - SLACK * abs(value) <= value <= high + SLACK * abs(value))


def _fixed_points(statement: Json) -> str | None:
    for point in sampled_points(statement["parameters"]):
        truth = truth_at(statement, point)
        if not len(truth) == statement["count"] == len(statement["fixed_points"]):
            return f"{len(truth)} fixed points at {point}"
        for (x, m), claim in zip(truth, statement["fixed_points"], strict=True):
            right = {
                "logit": _inside(x, claim["logit"]),
                "p": _inside(sigma(x), claim["p"]),
                "one_minus_p": _inside(sigma(-x), claim["one_minus_p"]),
                "multiplier": _inside(m, claim["multiplier"]),
                "stability": {"attracting": abs(m) < 1, "repelling": abs(m) > 1}.get(
                    claim["stability"], True
                ),
            }
            for field, holds in right.items():
                if not holds:
                    return f"{field} of {mp.nstr(x, 20)} at {point}"
    return None


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


def evaluate(expression: Any, values: dict[str, Any], exact: bool) -> Any:
    """An expression at a point, by recursion: Fractions where exact, mpmath elsewhere."""
    if isinstance(expression, str):
        if expression in values:
            return values[expression]
        return Fraction(expression) if exact else number(expression)
    operator, *operands = expression
    if operator == "^":
        return evaluate(operands[0], values, exact) ** int(operands[1])
    first, *others = [evaluate(operand, values, exact) for operand in operands]
    if operator in _FUNCTIONS:
        return _FUNCTIONS[operator](first)
    for other in others:
        match operator:
            case "+":
                first = first + other
            case "-":
                first = first - other
            case "*":
                first = first * other
            case "/":
                first = first / other
    return first


_FUNCTIONS = {
    "neg": lambda x: -x,
    "abs": abs,
    "sqrt": mp.sqrt,
    "exp": mp.exp,
    "log": mp.log,
    "cosh": mp.cosh,
    "sinh": mp.sinh,
    "tanh": mp.tanh,
    "sigma": sigma,
}


def _identity(statement: Json) -> str | None:
    source = random.Random(5)
    for _ in range(8):
        values = {name: Fraction(source.randrange(1, 10**6), 997) for name in statement["variables"]}
        try:
            left, right = (evaluate(statement[side], values, True) for side in ("left", "right"))
        except ZeroDivisionError:
            continue
        if left != right:
            return f"the sides differ at {values}"
    return None


def _inequality(statement: Json) -> str | None:
    for point in [*sampled_points(statement["box"]), *sampled_points(statement["box"])]:
        value = evaluate(statement["expression"], {key: number(x) for key, x in point.items()}, False)
        relation = statement["relation"]
        holds = isinstance(value, mp.mpf) and (value > -SLACK if ">" in relation else value < SLACK)
        if not holds:
            return f"{value} at {point}"
    return None

"""Whether a statement about the k3 regulariser is true, by evaluation at 60 digits; and valid certificates.

One step maximises E[A] - beta KL(pi_ref || pi): the next p solves (p - p_ref)/(p (1-p)) = Omega/beta.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from typing import Any

from .builder import Json, certificate, widened
from .truth import mp, number, omega, sigma, slope

SLACK = mp.mpf(10) ** -35
PARTS = 16
STEPS, SETTLED = 400, mp.mpf(10) ** -3


def step(variant: Json, point: Json, x: Any) -> Any:
    """The log-odds after one step from log-odds x: the positive root of a quadratic in the odds."""
    beta, eps, p_ref = (number(point[key]) for key in ("beta", "eps", "p_ref"))
    b = omega(variant, x, eps) / beta - (1 - 2 * p_ref)
    root = mp.sqrt(b**2 + 4 * p_ref * (1 - p_ref))
    return mp.log((b + root) / (2 * (1 - p_ref)) if b > 0 else 2 * p_ref / (root - b))


def fixed_point(variant: Json, point: Json) -> tuple[Any, Any]:
    """The fixed point, by bisection, and its multiplier."""
    beta, eps, p_ref = (number(point[key]) for key in ("beta", "eps", "p_ref"))
    low = mp.log(p_ref / (1 - p_ref))
    high = low + 1000
    for _ in range(220):
        x = (low + high) / 2
        pull = (1 - p_ref) * mp.exp(x) - p_ref * mp.exp(-x) + 1 - 2 * p_ref  # (p - p_ref)/(p (1-p))
        low, high = (x, high) if pull < omega(variant, x, eps) / beta else (low, x)
    steepness = (1 - p_ref) * mp.exp(low) + p_ref * mp.exp(-low)
    return low, slope(variant, low, eps) / (beta * steepness)


def contradicted_k3(statement: Json, points: list[Json]) -> str | None:
    """A reason why the statement is false at one of these parameters, or None."""
    variant = statement["variant"]
    if statement.get("verdict") == "refuted":
        grid = chain(points, _grid(statement["parameters"]))
        return None if any(abs(fixed_point(variant, p)[1]) >= 1 for p in grid) else "no witness found"
    found = [(point, *fixed_point(variant, point)) for point in points]
    if statement["kind"] == "k3-fixed-point":
        reasons = (_claim(statement["fixed_point"], x, m) for _, x, m in found)
        return next((reason for reason in reasons if reason), None)
    if statement["kind"] == "k3-amplification":
        enough = all(x - _anchor(p) >= number(statement["margin"]) - SLACK for p, x, _ in found)
        return None if enough else "the margin"
    for point, x, _ in found:
        here = _anchor(point)
        for _ in range(STEPS):
            here = step(variant, point, here)
        if abs(here - x) > SETTLED:
            return f"no limit at {point}"
    return None


def _grid(parameters: Json) -> Iterator[Json]:
    """Points inside the box, geometrically between the ends of each range."""
    axes = {}
    for name, value in parameters.items():
        low, high = (number(end) for end in (value if isinstance(value, list) else [value, value]))
        axes[name] = [
            low * (high / low) ** (mp.mpf(i) / PARTS) for i in range(PARTS + 1 if low < high else 1)
        ]
    yield from (dict(zip(axes, values, strict=True)) for values in product(*axes.values()))


def _anchor(point: Json) -> Any:
    return mp.log(number(point["p_ref"]) / (1 - number(point["p_ref"])))


def _claim(claim: Json, x: Any, m: Any) -> str | None:
    for field, value in {"logit": x, "p": sigma(x), "one_minus_p": sigma(-x), "multiplier": m}.items():
        low, high = (number(end) for end in claim[field])
        room = SLACK if field != "multiplier" else mp.mpf(10) ** -25  # a difference quotient
        if not low - room * (1 + abs(value)) <= value <= high + room * (1 + abs(value)):
            return field
    stable = {"attracting": abs(m) < 1, "repelling": abs(m) > 1}.get(claim["stability"], True)
    return None if stable else "stability"


@cache
def k3_certificates() -> dict[str, Json]:
    """Valid certificates by name."""
    plain: Json = {"beta": "0.04", "eps": "1e-4", "p_ref": "0.3"}
    wild: Json = {"beta": ["1", "3"], "eps": "1e-4", "p_ref": ["0.001", "0.01"]}
    mean_var, group = {"contrast": "mean-var"}, {"contrast": "group", "group_size": 8, "ddof": 1}
    low = {"beta": "5", "eps": "1e-4", "p_ref": "0.1"}
    x, _ = fixed_point(mean_var, {"beta": "3", "eps": "1e-4", "p_ref": "0.001"})
    near = widened(x - mp.mpf(10) ** -9, x + mp.mpf(10) ** -9)
    witness = {
        "rule": "witness",
        "parameters": {"beta": "3", "eps": "1e-4", "p_ref": "0.001"},
        "bracket": near,
    }
    return {
        "k3-point": _point(mean_var, plain),
        "k3-point-group": _point(group, low),
        "k3-margin": k3_certificate("k3-amplification", plain, {"rule": "closed-form"}, margin="5.1"),
        "k3-half": k3_certificate("k3-convergence", plain, {"rule": "half"}, verdict="proved"),
        "k3-witness": k3_certificate("k3-convergence", wild, witness, verdict="refuted"),
    }


def k3_certificate(kind: str, parameters: Json, evidence: Json, **fields: Any) -> Json:
    """For the paper's contrast."""
    statement = {"kind": kind, "variant": {"contrast": "mean-var"}, "parameters": parameters, **fields}
    return certificate(statement, {**evidence, "bits": 160})


def _point(variant: Json, parameters: Json) -> Json:
    x, m = fixed_point(variant, parameters)
    width, slack = mp.mpf(10) ** -15, mp.mpf(10) ** -9
    logit = widened(x - width, x + width, 22)
    low, high = (number(end) for end in logit)
    claim = {
        "logit": logit,
        "p": widened(sigma(low), sigma(high), 30),
        "one_minus_p": widened(sigma(-high), sigma(-low), 30),
        "multiplier": widened(m - slack, m + slack),
        "stability": "attracting" if abs(m) < 1 else "repelling",
    }
    statement = {"kind": "k3-fixed-point", "variant": variant, "parameters": parameters, "fixed_point": claim}
    return certificate(statement, {"rule": "concave", "bits": 160})

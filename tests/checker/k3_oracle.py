"""The map under the k3 regulariser and its fixed point, at 60 digits.

One step maximises E[A] - beta KL(pi_ref || pi): the next p solves (p - p_ref)/(p (1-p)) = Omega/beta.
"""

from __future__ import annotations

from typing import Any

from .builder import Json
from .truth import mp, number, omega, slope


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

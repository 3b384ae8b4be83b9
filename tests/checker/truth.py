"""What is true, by mpmath at 60 digits from the definitions: shared with neither prover nor checker."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from math import comb, prod
from typing import Any

import mpmath
import numpy as np

mp = mpmath.MPContext()
mp.dps = 60

NEAREST = mp.mpf(10) ** -57
SECANTS = 300
FARTHEST = 600.0  # log-odds

Variant = dict[str, Any]
Point = dict[str, Any]  # alpha, beta, eps, p_ref as mpf or Fraction or text


def number(value: Any) -> Any:
    """An mpf of a number of a certificate."""
    return _read(value) if isinstance(value, str) else mp.mpf(value)


@lru_cache(maxsize=1 << 16)
def _read(value: str) -> Any:
    if "/" in value:
        top, bottom = value.split("/")
        return mp.mpf(top) / mp.mpf(bottom)
    return mp.mpf(value)


def sigma(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


@lru_cache(maxsize=256)
def _advantage_gaps(size: int, ddof: int, eps: Any) -> list[Any]:
    """c_k by the definition: the advantage of a success minus that of a failure beside k other successes."""

    def advantage(reward: int, successes: int) -> Any:
        mean = mp.mpf(successes) / size
        variance = (successes * (1 - mean) ** 2 + (size - successes) * mean**2) / (size - ddof)
        return mp.mpf(0) if variance == 0 else (reward - mean) / (mp.sqrt(variance) + eps)

    return [advantage(1, k + 1) - advantage(0, k) for k in range(size)]


def omega(variant: Variant, x: Any, eps: Any) -> Any:
    """The contrast at log-odds x."""
    if "scale" in variant:
        return number(variant["scale"]) * omega(without_scale(variant), x, eps)
    match variant["contrast"]:
        case "mean-var":
            return 1 / mp.sqrt(_variance(x) + eps)
        case "mean-std":
            return 1 / (mp.sqrt(_variance(x)) + eps)
        case "mean":
            return mp.mpf(1)
        case "expression":
            letters = {"p": sigma(x), "q": sigma(-x), "v": _variance(x), "eps": eps}
            return mp.mpf(1) * written(variant["omega"], letters, mp)
        case name if name in BESIDE_OTHERS:
            return _beside_others(variant, sigma(x), sigma(-x), eps, mp.mpf)
    odds, total = mp.exp(x), mp.mpf(0)  # p^k q^(n-k) = q^n odds^k
    weights = _weighted_gaps(variant["group_size"], variant["ddof"], eps)
    for weight in reversed(weights):
        total = total * odds + weight
    return total / (1 + odds) ** (len(weights) - 1)


BESIDE_OTHERS = ("group-loo", "group-mixed", "maxrl", "batch")


@lru_cache(maxsize=64)
def _gaps_beside_others(name: str, size: int, ddof: int, eps: Any) -> list[Any]:
    """By the definitions: the advantages of a success less those of a failure, beside k right others."""
    if name == "group-mixed":
        return _advantage_gaps(size, ddof, eps)
    gaps = []
    for k in range(size):
        advantages = []
        for r in (1, 0):
            group = [r, *[1] * k, *[0] * (size - 1 - k)]
            others, mean = group[1:], mp.mpf(sum(group)) / size
            if name == "maxrl":
                advantages.append((r - mean) / mean if mean else mp.mpf(0))
            elif name == "batch":
                advantages.append((r - mean) / eps)
            else:
                middle = mp.mpf(k) / (size - 1)
                spread = mp.sqrt(sum((o - middle) ** 2 for o in others) / (size - 2))
                advantages.append((r - middle) / (spread + eps if spread else 1))
        gaps.append(advantages[0] - advantages[1])
    return gaps


def _beside_others(variant: Variant, p: Any, q: Any, eps: Any, number_of: Any) -> Any:
    """Omega from them: of mpmath's numbers, or place by place."""
    name, size = variant["contrast"], variant["group_size"]
    gaps = _gaps_beside_others(name, size, variant.get("ddof", 0), eps)
    total = sum(comb(size - 1, k) * p**k * q ** (size - 1 - k) * number_of(gap) for k, gap in enumerate(gaps))
    if name == "group-mixed":
        return total / sum(comb(size, j) * p**j * q ** (size - j) for j in range(1, size))
    return total


def without_scale(variant: Variant) -> Variant:
    return {key: value for key, value in variant.items() if key != "scale"}


def written(tree: Any, letters: dict[str, Any], library: Any) -> Any:
    """The value of an expression: mpmath's numbers, or numpy's arrays."""
    if isinstance(tree, str):
        return letters[tree] if tree in letters else number(tree) if library is mp else float(number(tree))
    operator, *operands = tree
    if operator == "^":
        return written(operands[0], letters, library) ** int(operands[1])
    values = [written(operand, letters, library) for operand in operands]
    match operator:
        case "+":
            return sum(values[1:], values[0])
        case "*":
            return prod(values[1:], start=values[0])
        case "-":
            return values[0] - values[1]
        case "/":
            return values[0] / values[1]
        case "neg":
            return -values[0]
    return getattr(library, operator)(values[0])


def _variance(x: Any) -> Any:
    """p (1 - p) in the tail where no digits are lost."""
    e = mp.exp(-abs(x))
    return e / (1 + e) ** 2


@lru_cache(maxsize=256)
def _weighted_gaps(size: int, ddof: int, eps: Any) -> list[Any]:
    return [comb(size - 1, k) * gap for k, gap in enumerate(_advantage_gaps(size, ddof, eps))]


def slope(variant: Variant, x: Any, eps: Any) -> Any:
    """dOmega/dL by a central difference: 60 digits leave some 40 right."""
    if variant["contrast"] == "mean":
        return mp.mpf(0)
    step = mp.mpf(10) ** -20
    return (omega(variant, x + step, eps) - omega(variant, x - step, eps)) / (2 * step)


def gap(variant: Variant, point: Point, x: Any) -> Any:
    """L - L_ref - Omega/(alpha beta)."""
    alpha, beta, eps, p_ref = (number(point[key]) for key in ("alpha", "beta", "eps", "p_ref"))
    return x - mp.log(p_ref / (1 - p_ref)) - omega(variant, x, eps) / (alpha * beta)


def multiplier(variant: Variant, point: Point, x: Any) -> Any:
    """T' at log-odds x."""
    alpha, beta, eps = (number(point[key]) for key in ("alpha", "beta", "eps"))
    return 1 - alpha + slope(variant, x, eps) / beta


def float_omega(variant: Variant, x: Any, eps: float) -> Any:
    """The same in doubles, place by place."""
    if "scale" in variant:
        return float(number(variant["scale"])) * float_omega(without_scale(variant), x, eps)
    e = np.exp(-np.abs(x))
    v = e / (1 + e) ** 2
    near, far = 1 / (1 + e), e / (1 + e)
    p, q = np.where(x > 0, near, far), np.where(x > 0, far, near)
    match variant["contrast"]:
        case name if name in BESIDE_OTHERS:
            return _beside_others(variant, p, q, mp.mpf(eps), float)
        case "mean-var":
            return 1 / np.sqrt(v + eps)
        case "mean-std":
            return 1 / (np.sqrt(v) + eps)
        case "mean":
            return np.ones_like(x)
        case "expression":
            letters = {"p": p, "q": q, "v": v, "eps": eps}
            return np.ones_like(x) * written(variant["omega"], letters, np)
    n = variant["group_size"] - 1
    weights = _weighted_gaps(n + 1, variant["ddof"], mp.mpf(eps))
    q = e / (1 + e)
    return sum(float(weight) * q**k * (1 - q) ** (n - k) for k, weight in enumerate(weights))


def fixed_points(variant: Variant, point: Point) -> list[Any]:
    """All fixed points: signs of the gap on a fine grid of floats, then bisection (none at alpha 0)."""
    if number(point["alpha"]) == 0:
        return []
    alpha, beta, eps, p_ref = (float(number(point[key])) for key in ("alpha", "beta", "eps", "p_ref"))
    anchor, gain = np.log(p_ref / (1 - p_ref)), 1 / (alpha * beta)
    if variant["contrast"] in ("expression", *BESIDE_OTHERS):  # which may be least, and largest, anywhere
        low, high = anchor, anchor + gain * float_omega(variant, np.arange(-60, 60, 1 / 256), eps).max()
        if variant["contrast"] == "group-mixed":  # it has no bound, and floats end
            high = min(high, FARTHEST)
    else:
        low = anchor + gain * float_omega(variant, np.array([0.0]), eps)[0]
        high = anchor + gain * float_omega(variant, np.array([1e6]), eps)[0]
    grid = np.unique(
        np.clip(np.concatenate([[low - 1, high + 1], np.arange(-60, 60, 1 / 256)]), low - 1, high + 1)
    )
    signs = np.sign(grid - anchor - gain * float_omega(variant, grid, eps))
    changes = np.flatnonzero((signs[:-1] != signs[1:]) & (signs[:-1] != 0))
    gap_at = partial(gap, variant, point)
    return [zero(gap_at, mp.mpf(float(grid[i])), mp.mpf(float(grid[i + 1]))) for i in changes]


def highest(function: Callable[[Any], Any], low: Any, high: Any, cells: int) -> Any:
    """The highest value on a grid, or at a peak beside its highest point, by thirds."""
    points = [low + (high - low) * i / cells for i in range(cells + 1)]
    values = [function(x) for x in points]
    best = max(range(cells + 1), key=values.__getitem__)
    low, high = points[max(0, best - 1)], points[min(cells, best + 1)]
    for _ in range(60):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if function(a) > function(b) else (a, high)
    return max(values[best], function((low + high) / 2))


def zero(function: Callable[[Any], Any], x: Any, y: Any) -> Any:
    """Between ends of opposite signs: the secant, each time the same end stays with its value halved."""
    f, g = function(x), function(y)
    for _ in range(SECANTS):
        if abs(y - x) <= NEAREST * (1 + abs(x)) or f == g:
            break
        middle = (x * g - y * f) / (g - f)
        value = function(middle)
        if value == 0:
            return middle
        if mp.sign(value) == mp.sign(g):
            f = f / 2
        else:
            x, f = y, g
        y, g = middle, value
    return y

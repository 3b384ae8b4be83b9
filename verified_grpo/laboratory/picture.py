"""What the laboratory draws, in floating point: for the eye alone, nothing of it is proved."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..model.approximate import approx, approx_log_odds
from ..model.pulls import Kernel, Pull
from ..rigor.points.guesses import approx_profile
from .asking import Posed

UPDATES, KEPT, COBWEB, CURVE = 4000, 200, 60, 160
SMALLEST_CHANGE = 1e-6
SHARE = 0.05
"""Of the way to the maximiser: a small step, where there is KL in the loss."""
Step = Callable[[float], float]


def picture(posed: Posed, largest: str | None) -> dict[str, Any] | None:
    """The rise of p by small steps and the cobweb of whole updates, as numbers to be drawn; None over ranges,
    under a clamp, or beyond floats. ``largest``: the bound of small steps, where one is proved."""
    box = posed.asked.box
    if not posed.pull.is_plain or any(side[0] != side[1] for side in dict(box).values()):
        return None
    try:
        beta, eps = approx(box.beta[0]) if box.beta[0] else 0.0, approx(box.eps[0])
        start = approx_log_odds(box.p_ref[0])
        profile = approx_profile(posed.contrast, eps)
        drive = _drive(lambda x: profile(x)[0], beta, start, posed.pull)
        return {
            "rise": _rise(drive, start, _size(posed, beta, largest)),
            "cobweb": _cobweb(profile, start, posed),
        }
    except (ArithmeticError, ValueError, ModuleNotFoundError):
        return None


def _drive(omega: Step, beta: float, start: float, pull: Pull) -> Step:
    """dL/dt of infinitely small natural-gradient steps."""
    if pull.kernel is Kernel.K3:
        reference = _sigma(start)
        return lambda x: omega(x) - beta * (_sigma(x) - reference) / max(_sigma(x) * _sigma(-x), 1e-300)
    return lambda x: omega(x) - beta * (x - start)


def _size(posed: Posed, beta: float, largest: str | None) -> float:
    """That of the steps that were asked about; else half of the largest small one."""
    if posed.asked.update is not None:
        return approx(posed.asked.update.step_size[0])
    if largest is not None:
        return float(largest) / 2
    return SHARE / beta if beta else 1.0


def _rise(drive: Step, start: float, size: float) -> dict[str, Any]:
    """p after so many steps of a size, at some of them."""
    terms = [start]
    while len(terms) <= UPDATES:
        following = terms[-1] + size * drive(terms[-1])
        if not math.isfinite(following):
            break
        terms.append(following)
        if len(terms) > 20 and abs(_sigma(following) - _sigma(terms[-20])) < SMALLEST_CHANGE:
            break
    every = max(1, len(terms) // KEPT)
    return {"size": size, "points": [[k, _sigma(x)] for k, x in enumerate(terms) if k % every == 0]}


def _cobweb(
    profile: Callable[[float], tuple[float, float]], start: float, posed: Posed
) -> dict[str, Any] | None:
    """The map of whole updates over the window of its sequence, and that sequence."""
    if not posed.is_plain or not posed.asked.box.beta[0]:
        return None
    box = posed.asked.recursion
    alpha, beta = approx(box.alpha[0]) if box.alpha[0] else 0.0, approx(box.beta[0])

    def step(x: float) -> float:
        return (1 - alpha) * x + alpha * start + profile(x)[0] / beta

    terms = [start]
    for _ in range(COBWEB):
        terms.append(step(terms[-1]))
    room = 0.1 * (max(terms) - min(terms)) or 1.0
    low, high = min(terms) - room, max(terms) + room
    places = [low + (high - low) * k / CURVE for k in range(CURVE + 1)]
    return {"window": [low, high], "curve": [[x, step(x)] for x in places], "terms": terms}


def _sigma(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0

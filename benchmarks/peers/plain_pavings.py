"""The two pavings as one would write them with a package at hand: plain bisection of the longest side with
crival's arrays and with pyintval's scalars, and codac's separator with its own paver.

``J2``: where ``exp(y) > |b|`` at ``p = exp(x)``; ``J3``: where ``x cosh(c/x)^2 > b`` at ``p_ref = y``; both
at eps 1e-5.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..contestant import optional
from .upward import codac, rounding_its_way

ival: Any = optional("ival")
pyintval: Any = optional("pyintval")

Window = tuple[float, float, float, float]
Found = tuple[int, int, float, float]
"""Boxes in all, boundary boxes, area inside, area of the boundary."""


def condition(job: str, x: Any, y: Any, eps: Any, functions: Any) -> Any:
    """The expression whose sign is asked for, on any package's intervals."""
    if job == "J2":
        p = functions.exp(x)
        left = functions.exp(y)
        odds = 1 - 2 * p
    else:
        p, growth = y, functions.exp(1 / functions.sqrt(0.25 + eps) / x)
        left = x * (growth + 2 + 1 / growth) / 4
        odds = 2 * p - 1
    variance = p * (1 - p)
    shifted = variance + eps
    return left - odds * variance / (2 * shifted * functions.sqrt(shifted))


def by_crival(job: str, window: Window, tolerance: float) -> Found:
    """Level by level, all boxes of a level at once."""
    interval = ival.Interval
    eps = interval(np.nextafter(1e-5, 0), np.nextafter(1e-5, 1))
    boxes = np.array([window]).T
    count, inside, between = [0, 0], 0.0, 0.0
    while boxes.size:
        x_low, x_high, y_low, y_high = boxes
        value = condition(job, interval(x_low, x_high), interval(y_low, y_high), eps, ival)
        width, height = x_high - x_low, y_high - y_low
        good, bad = value.lo > 0, value.hi <= 0
        small = ~good & ~bad & (np.maximum(width, height) <= tolerance)
        inside += float((width * height)[good].sum())
        between += float((width * height)[small].sum())
        count[0] += int((good | bad | small).sum())
        count[1] += int(small.sum())
        rest = boxes[:, ~(good | bad | small)]
        wide = rest[1] - rest[0] >= rest[3] - rest[2]
        middle = np.where(wide, rest[0] + rest[1], rest[2] + rest[3]) / 2
        first, second = rest.copy(), rest.copy()
        first[1, wide], second[0, wide] = middle[wide], middle[wide]
        first[3, ~wide], second[2, ~wide] = middle[~wide], middle[~wide]
        boxes = np.concatenate([first, second], axis=1)
    return count[0], count[1], inside, between


def by_pyintval(job: str, window: Window, tolerance: float) -> Found:
    """Depth first, one box at a time."""
    interval = pyintval.Interval
    eps = interval("1e-5")
    pending, boxes, rest, inside, between = [window], 0, 0, 0.0, 0.0
    while pending:
        x_low, x_high, y_low, y_high = pending.pop()
        value = condition(job, interval(x_low, x_high), interval(y_low, y_high), eps, pyintval)
        width, height = x_high - x_low, y_high - y_low
        if value.lo > 0 or value.hi <= 0:
            boxes += 1
            inside += width * height if value.lo > 0 else 0.0
        elif max(width, height) <= tolerance:
            boxes, rest, between = boxes + 1, rest + 1, between + width * height
        elif width >= height:
            middle = (x_low + x_high) / 2
            pending += [(x_low, middle, y_low, y_high), (middle, x_high, y_low, y_high)]
        else:
            middle = (y_low + y_high) / 2
            pending += [(x_low, x_high, y_low, middle), (x_low, x_high, middle, y_high)]
    return boxes, rest, inside, between


@rounding_its_way
def by_codac(job: str, window: Window, tolerance: float) -> Any:
    """``SepInverse`` and ``pave``; of the ways to write the condition that were tried this one gave the least
    boundary. The boxes are counted outside the timing, by :func:`counted`.
    """
    box = codac.VectorVar(2)
    eps = codac.Interval(codac.prev_float(1e-5), codac.next_float(1e-5))
    function = codac.AnalyticFunction([box], condition(job, box[0], box[1], eps, codac))
    separator = codac.SepInverse(function, codac.Interval(0, math.inf))
    x_low, x_high, y_low, y_high = window
    return codac.pave(codac.IntervalVector([[x_low, x_high], [y_low, y_high]]), separator, tolerance)


@rounding_its_way
def counted(paving: Any) -> Found:
    """The numbers of a paving of codac's."""
    kind = type(paving)
    inside, outside, between = (paving.boxes(k) for k in (kind.inner, kind.outer_complem, kind.bound))
    areas = [sum(box.volume() for box in part) for part in (inside, between)]
    return len(inside) + len(outside) + len(between), len(between), *areas

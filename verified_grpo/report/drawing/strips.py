"""Curves proved strip by strip: pictures of Figures 1 and 4 of the paper.

A strip encloses the logarithm of a curve, over a range of log-odds, between two parallel lines. What is drawn
is the union of the strips, in the plane of the paper and in the one in which the curve is seen whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from verified_grpo.report.drawing.recursion import sigma
from verified_grpo.report.drawing.style import CURVE, INK, PALE, PROVED, REFUTED, canvas

# How far apart points of a strip's edges are, which are straight in log-odds and bent in p.
STEP = 0.1


@dataclass(frozen=True)
class Strip:
    """Over [left, right] in log-odds the logarithm of the curve is within `half` of a line."""

    left: float
    right: float
    intercept: float
    slope: float
    half: float


Band = tuple[list[float], list[float], list[float]]


def band(strips: Sequence[Strip]) -> Band:
    """The strips' edges: log-odds, lower and upper end of the curve."""
    across: list[float] = []
    lower: list[float] = []
    upper: list[float] = []
    for strip in strips:
        count = math.ceil((strip.right - strip.left) / STEP)
        for k in range(count + 1):
            logit = strip.left + (strip.right - strip.left) * k / count
            middle = strip.intercept + strip.slope * logit
            across.append(logit)
            lower.append(math.exp(middle - strip.half))
            upper.append(math.exp(middle + strip.half))
    return across, lower, upper


def weights_picture(strips: Sequence[Strip], ceiling: float) -> bytes:
    """omega+ and omega- against p, and against log-odds up to where the stabiliser stops them."""
    across, lower, upper = band(strips)
    with canvas(15.5, 6.6) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        for axes, place in ((left, sigma), (right, float)):
            mirrored = ([place(-x) for x in across], lower, upper)
            _fill(axes, mirrored, CURVE, r"$\omega^{+}_{\varepsilon}$, successes")
            _fill(
                axes,
                ([place(x) for x in across], lower, upper),
                REFUTED,
                r"$\omega^{-}_{\varepsilon}$, failures",
            )
        left.set(xlim=(0, 1), ylim=(0, 6), xlabel="$p$")
        left.axvline(0.5, color=PALE, linewidth=0.6, linestyle=":")
        left.legend(loc="upper center")
        right.set(xlim=(strips[0].left, strips[-1].right), yscale="log", xlabel=r"$\log\,p/(1-p)$")
        right.axhline(ceiling, color=INK, linewidth=0.7, linestyle="--", label=r"$1/\sqrt{\varepsilon}$")
        right.legend(loc="lower center")
    return drawing.svg


def barrier_picture(strips: Sequence[Strip], peak: tuple[float, float]) -> bytes:
    """B against the fixed point, on the whole of [0, 1] and in log-odds above 1/2; shaded, where beta exceeds
    it."""
    across, lower, upper = band(strips)
    with canvas(15.5, 6.6) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        # The curve is symmetric about 1/2; between its halves it is lower than where they start.
        whole = [1 - sigma(x) for x in reversed(across)] + [sigma(x) for x in across]
        _barrier(left, (whole, lower[::-1] + lower, upper[::-1] + upper), peak)
        _barrier(right, (across, lower, upper), peak)
        left.set(xlim=(0, 1), ylim=(0, 70), xlabel="$p^{*}$", ylabel=r"$\beta$")
        left.text(0.5, 35, "attracting", ha="center", color=PROVED)
        left.legend(loc="upper center", bbox_to_anchor=(0.5, 0.8))
        right.set(xlim=(0, strips[-1].right), ylim=(0.03, 200), yscale="log")
        right.set(xlabel=r"$\log\,p^{*}/(1-p^{*})$")
        right.text(3.2, 85, "every prompt contracts", color=PROVED)
        right.text(13, 0.15, "repelling", color=INK)
    return drawing.svg


def _barrier(axes: Axes, edges: Band, peak: tuple[float, float]) -> None:
    axes.fill_between(edges[0], edges[2], 1e3, facecolor="#eef6f0", linewidth=0)
    _fill(axes, edges, CURVE, r"$\mathcal{B}(p^{*})$")
    axes.axhspan(*peak, facecolor=PROVED, linewidth=0)
    axes.axhline(sum(peak) / 2, color=PROVED, linewidth=0.8, label=r"$B_{\max}(\varepsilon)$")


def _fill(axes: Axes, edges: Band, colour: str, label: str) -> None:
    axes.fill_between(*edges, facecolor=colour, edgecolor=colour, linewidth=0.5, label=label)

"""The picture of a trajectory: p and its log-odds after so many updates, as bands that contain them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from verified_grpo.report.drawing.style import CURVE, INK, PROVED, canvas

Range = tuple[float, float]
THIN = 0.01
"""A term whose enclosure is longer than this share of the axis ends the cobweb."""


def trajectory_picture(steps: Sequence[int], p: Sequence[Range], logit: Sequence[Range]) -> bytes:
    """The whole picture as SVG; between two numbers of updates the bands are joined by straight lines."""
    with canvas(15.5, 6.6) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        for axes, ranges, name in ((left, p, r"$p_n$"), (right, logit, r"$L_n$")):
            draw_band(axes, steps, ranges, name)
        left.set_ylim(0, min(1.0, 1.1 * max(high for _, high in p)))
    return drawing.svg


def draw_band(axes: Axes, steps: Sequence[int], ranges: Sequence[Range], name: str) -> Axes:
    """One of the two; the axes again."""
    lower, upper = [low for low, _ in ranges], [high for _, high in ranges]
    axes.fill_between(steps, lower, upper, color=CURVE, alpha=0.25, linewidth=0)
    for edge in (lower, upper):
        axes.plot(steps, edge, color=CURVE, linewidth=0.9)
    axes.set_xlim(steps[0], max(steps[-1], steps[0] + 1))
    axes.set_xlabel("updates", color=INK)
    axes.set_ylabel(name, color=INK)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    return axes


def draw_terms(axes: Axes, terms: Sequence[Range], limits: Sequence[Range], shown: int) -> Axes:
    """Terms against their number, as bars joined through their middles, in the axes' next colour; right of so
    many numbers what they tend to."""
    middles = [(low + high) / 2 for low, high in terms]
    (line,) = axes.plot(range(len(middles)), middles, marker="o", markersize=1.8, linewidth=0.6)
    for number, (low, high) in enumerate(terms):
        axes.vlines(number, low, high, color=line.get_color(), linewidth=1.4)
    for low, high in limits:
        axes.fill_between(
            [shown + 0.7, shown + 2.3], low, high, facecolor=line.get_color(), edgecolor=line.get_color()
        )
    axes.set_xlim(-0.5, shown + 2.5)
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("$n$", color=INK)
    axes.set_ylabel("$p_n$", color=INK)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    return axes


def draw_cobweb(axes: Axes, terms: Sequence[Range]) -> None:
    """Up to the map, across to the diagonal, and again, as long as the terms are thin."""
    known = [(low + high) / 2 for low, high in takewhile(lambda term: term[1] - term[0] <= THIN, terms)]
    corners = [known[(k + 1) // 2] for k in range(2 * len(known) - 1)]
    axes.plot([known[k // 2] for k in range(len(corners))], corners, color=PROVED, linewidth=0.7)

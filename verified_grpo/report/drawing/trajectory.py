"""The picture of a trajectory: p and its log-odds after so many updates, as bands that contain them."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from verified_grpo.report.drawing.style import CURVE, INK, canvas

Range = tuple[float, float]


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

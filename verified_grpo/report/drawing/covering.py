"""The picture of chaos on one map: T against the diagonal, with the intervals that it carries over one
another, or with the few steps of a witness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.patches import Rectangle

from verified_grpo.report.drawing.bands import BandCell
from verified_grpo.report.drawing.log_odds import Window
from verified_grpo.report.drawing.recursion import map_in_log_odds
from verified_grpo.report.drawing.style import INK, PROVED, REFUTED, canvas

Enclosure = tuple[float, float]


def covering_picture(
    view: Window, band: Sequence[BandCell], intervals: Sequence[Enclosure], logit_ref: Enclosure
) -> bytes:
    """The intervals as columns, and the square that their images cross from side to side."""
    with canvas(9.5, 8.6) as drawing:
        axes = drawing.figure.subplots()
        map_in_log_odds(axes, view, band, logit_ref)
        low, high = intervals[0][0], intervals[-1][1]
        square = Rectangle((low, low), high - low, high - low, fill=False, edgecolor=INK, linewidth=0.7)
        axes.add_patch(square)
        for left, right in intervals:
            axes.add_patch(
                Rectangle((left, low), right - left, high - low, facecolor=(PROVED, 0.25), linewidth=0)
            )
        if len(intervals) == 1:  # a bracket, too small to be seen
            middle = (low + high) / 2
            axes.plot(middle, middle, marker="s", markersize=4, color=REFUTED, markerfacecolor="none")
    return drawing.svg


def steps_picture(
    view: Window, band: Sequence[BandCell], steps: Sequence[Enclosure], logit_ref: Enclosure
) -> bytes:
    """A point and its next images, as a cobweb of boxes joined through their middles."""
    with canvas(9.5, 8.6) as drawing:
        axes = drawing.figure.subplots()
        map_in_log_odds(axes, view, band, logit_ref)
        middles = [sum(step) / 2 for step in steps]
        across = [x for x in middles for _ in range(2)]
        axes.plot(across[:-1], [middles[0], *across[2:]], color=INK, linewidth=0.8)
        for number, (here, there) in enumerate(pairwise(steps)):
            size = here[1] - here[0], there[1] - there[0]
            axes.add_patch(Rectangle((here[0], there[0]), *size, facecolor=(PROVED, 0.35), linewidth=0))
            axes.plot(middles[number], middles[number + 1], marker="o", markersize=3, color=PROVED)
        axes.plot(middles[0], middles[0], marker="s", markersize=4, color=REFUTED, markerfacecolor="none")
    return drawing.svg

"""The set where the condition of Theorem 3 (2) fails, paved in slabs: Figure 3 of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from verified_grpo.report.drawing.style import INK, canvas

HOLDS, FAILS, OPEN = "#a9d5b8", "#e8a15c", "white"


@dataclass(frozen=True)
class Slab:
    """For 1 - p_ref in [low, high]: the condition holds up to the first of the outer weights and from the
    second on (they are equal where it holds for all), and fails between the inner ones, if there are any."""

    low: float
    high: float
    outer: tuple[float, float]
    inner: tuple[float, float] | None


def lens_picture(slabs: Sequence[Slab]) -> bytes:
    """In the plane of the paper, and with both axes logarithmic."""
    with canvas(15.5, 7.4) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        for slab in slabs:
            _slab(left, 1 - slab.high, 1 - slab.low, slab, 0.0, edge=0)
            _slab(right, max(slab.low, 1e-12), slab.high, slab, 1e-3, edge=0.15)
        left.set(xlim=(0, 66), ylim=(0.9, 1.0), xlabel=r"$\beta$", ylabel=r"$p_{\mathrm{ref}}$")
        right.set(xscale="log", yscale="log", xlim=(0.15, 110), ylim=(0.5, slabs[0].high / 4))
        right.set(xlabel=r"$\beta$", ylabel=r"$1-p_{\mathrm{ref}}$")
        entries = [
            Patch(facecolor=colour, edgecolor=INK, linewidth=0.3, label=word)
            for colour, word in ((HOLDS, "holds"), (FAILS, "fails"), (OPEN, "undecided"))
        ]
        drawing.figure.legend(handles=entries, loc="outside upper center", ncols=3)
    return drawing.svg


def _slab(axes: Axes, low: float, high: float, slab: Slab, first: float, edge: float) -> None:
    """One slab: holds, undecided, fails, undecided, holds."""
    boxes = [(first, slab.outer[0], HOLDS), (*slab.outer, OPEN), (slab.outer[1], 1e3, HOLDS)]
    if slab.inner:
        boxes.append((*slab.inner, FAILS))
    for start, end, colour in boxes:
        axes.add_patch(
            Rectangle((start, low), end - start, high - low, facecolor=colour, edgecolor=INK, linewidth=edge)
        )

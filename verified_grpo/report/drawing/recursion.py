"""The picture of a recursion: its map against the diagonal, the certified fixed points on it, and the proof
below.

Left, in log-odds, where every fixed point can be told from 0 and 1; right, in the probability of success,
as one is used to see it. Below, the partition of the line by which the certificate proves that there is no
other fixed point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from verified_grpo.report.drawing.bands import BandCell
from verified_grpo.report.drawing.log_odds import Window, mark_axis, mark_probabilities
from verified_grpo.report.drawing.style import CURVE, INK, PALE, PROVED, REFUTED, canvas

MARKS = {
    "attracting": ("o", INK, INK),
    "repelling": ("o", "white", INK),
    "undecided": ("D", "white", PALE),
    "witness": ("X", REFUTED, INK),
}
RULES = {
    "left tail": ("#e8eaed", "$g<0$"),
    "negative": ("#e8eaed", "$g<0$"),
    "increasing": ("#cfe8d8", "$g$ increasing"),
    "decreasing": ("#f6dfc4", "$g$ decreasing"),
    "positive": ("#d5e1f1", "$g>0$"),
    "right tail": ("#d5e1f1", "$g>0$"),
}


@dataclass(frozen=True)
class Mark:
    """A certified bracket of log-odds, and whether T falls there (its number is then put above)."""

    low: float
    high: float
    stability: str
    falls: bool = False

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class ProofCell:
    """A cell of the partition and the rule that holds on it."""

    low: float
    high: float
    rule: str


def recursion_picture(
    view: Window,
    band: Sequence[BandCell],
    marks: Sequence[Mark],
    pieces: Sequence[ProofCell],
    logit_ref: tuple[float, float],
) -> bytes:
    """The whole picture as SVG."""
    with canvas(15.5, 8.2 if pieces else 7.2) as drawing:
        grid = drawing.figure.add_gridspec(2 if pieces else 1, 2, height_ratios=[16, 1] if pieces else None)
        left = drawing.figure.add_subplot(grid[0, 0])
        right = drawing.figure.add_subplot(grid[0, 1])
        _in_log_odds(left, view, band, marks, logit_ref)
        draw_in_probability(right, band, marks, logit_ref)
        if pieces:
            _partition(drawing.figure.add_subplot(grid[1, :]), view, pieces, marks)
    return drawing.svg


def _in_log_odds(
    axes: Axes, view: Window, band: Sequence[BandCell], marks: Sequence[Mark], logit_ref: tuple[float, float]
) -> None:
    map_in_log_odds(axes, view, band, logit_ref)
    for number, mark in enumerate(marks, start=1):
        _mark(axes, mark.low, mark.high, mark, str(number))


def map_in_log_odds(
    axes: Axes, view: Window, band: Sequence[BandCell], logit_ref: tuple[float, float]
) -> None:
    """T against the diagonal in log-odds, and where the reference policies are."""
    mark_axis(axes, view, both=True)
    axes.set_box_aspect(1)
    axes.plot([view.low, view.high], [view.low, view.high], color=PALE, linewidth=0.7)
    _fill(axes, [(c.left, c.right, c.lower, c.upper) for c in band])
    _reference(axes, *logit_ref)
    axes.set_xlabel("$L$", labelpad=1)
    axes.set_ylabel("$T(L)$", labelpad=1)
    mark_probabilities(axes, view)


def draw_in_probability(
    axes: Axes, band: Sequence[BandCell], marks: Sequence[Mark], logit_ref: tuple[float, float]
) -> None:
    """The map of p against the diagonal, with the fixed points."""
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.set_box_aspect(1)
    axes.plot([0, 1], [0, 1], color=PALE, linewidth=0.7)
    _fill(axes, [tuple(map(sigma, (c.left, c.right, c.lower, c.upper))) for c in band])
    _reference(axes, *map(sigma, logit_ref))
    for mark in marks:
        _mark(axes, sigma(mark.low), sigma(mark.high), mark, "")
    axes.set_xlabel("$p$", labelpad=1)
    axes.set_ylabel(r"$\sigma(T(L))$, $p=\sigma(L)$", labelpad=3)


def _fill(axes: Axes, cells: Sequence[tuple[float, ...]]) -> None:
    """The band as one outline: up its upper edge and back along its lower one."""
    across = [x for left, right, *_ in cells for x in (left, right)]
    lower = [low for *_, low, _ in cells for _ in range(2)]
    upper = [high for *_, high in cells for _ in range(2)]
    if across:
        axes.fill_between(across, lower, upper, facecolor=(CURVE, 0.3), edgecolor=CURVE, linewidth=0.8)


def _reference(axes: Axes, low: float, high: float) -> None:
    """The reference policies of the box."""
    axes.axvspan(low, high, facecolor=(REFUTED, 0.15), linewidth=0)
    for end in {low, high}:
        axes.axvline(end, color=REFUTED, linewidth=0.7, linestyle=":")


def _mark(axes: Axes, low: float, high: float, mark: Mark, number: str) -> None:
    shape, face, edge = MARKS[mark.stability]
    axes.add_patch(
        Rectangle(
            (low, low), high - low, high - low, facecolor=PROVED, edgecolor=PROVED, alpha=0.3, linewidth=0.5
        )
    )
    middle = (low + high) / 2
    axes.plot(
        [middle],
        [middle],
        marker=shape,
        markersize=4.2,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.9,
    )
    if number:
        below = 3 if mark.falls else -9
        axes.annotate(f"${number}$", (middle, middle), textcoords="offset points", xytext=(5, below))


def _partition(axes: Axes, view: Window, pieces: Sequence[ProofCell], marks: Sequence[Mark]) -> None:
    mark_axis(axes, view, both=False)
    axes.set_ylim(0, 1)
    axes.yaxis.set_visible(False)
    axes.tick_params(direction="out", length=2)
    named: dict[str, Patch] = {}
    for piece in merged(pieces):
        colour, label = RULES[piece.rule]
        low, high = max(piece.low, view.low), min(piece.high, view.high)
        if low < high:
            cell = Rectangle((low, 0), high - low, 1, facecolor=colour, edgecolor=INK, linewidth=0.3)
            named.setdefault(label, axes.add_patch(cell))
    for number, mark in enumerate(marks, start=1):
        axes.plot([mark.middle], [0.5], marker="|", color=INK, markersize=8)
        axes.annotate(f"${number}$", (mark.middle, 0.5), textcoords="offset points", xytext=(-8, -3))
    axes.legend(
        named.values(), named, loc="upper center", bbox_to_anchor=(0.5, -0.75), ncols=4, handlelength=1.2
    )


def merged(pieces: Sequence[ProofCell]) -> list[ProofCell]:
    """Neighbours of the same colour as one piece."""
    joined: list[ProofCell] = []
    for piece in pieces:
        if joined and RULES[joined[-1].rule] == RULES[piece.rule]:
            joined[-1] = ProofCell(joined[-1].low, piece.high, piece.rule)
        else:
            joined.append(piece)
    return joined


def sigma(logit: float) -> float:
    """The logistic function, in floats, for drawing."""
    if logit < 0:
        return math.exp(max(logit, -700)) / (1 + math.exp(max(logit, -700)))
    return 1 / (1 + math.exp(-min(logit, 700)))

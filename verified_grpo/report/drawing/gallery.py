"""Many recursions side by side: pictures of Figures 2 and 5 of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from verified_grpo.report.drawing.bands import BandCell
from verified_grpo.report.drawing.log_odds import Window, mark_axis, mark_places
from verified_grpo.report.drawing.orbit import Enclosure
from verified_grpo.report.drawing.recursion import MARKS, Mark, sigma
from verified_grpo.report.drawing.style import PALE, canvas

# From small to large weights; told apart without red and green.
COLOURS = ("#30123b", "#4662d7", "#1b9e9e", "#8a8d00", "#e07b12", "#a01515", "#6b6b6b")


@dataclass(frozen=True)
class MapCurve:
    """The map at one weight: its band, and its fixed points."""

    beta: str
    cells: Sequence[BandCell]
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Orbit:
    """A sequence at one weight: enclosures of its terms, and brackets of what it tends to."""

    beta: str
    terms: Sequence[Enclosure]
    limits: Sequence[Enclosure]


def maps_picture(view: Window, panels: Sequence[tuple[str, Sequence[MapCurve]]]) -> bytes:
    """One column for each p_ref: the maps in p above, in log-odds below, with all fixed points."""
    with canvas(15.5, 11.4) as drawing:
        rows = drawing.figure.subplots(2, len(panels), squeeze=False)
        for column, (p_ref, curves) in enumerate(panels):
            top, bottom = rows[0][column], rows[1][column]
            top.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xlabel="$p$")
            top.set_title(rf"$p_{{\mathrm{{ref}}}}={p_ref}$")
            top.plot([0, 1], [0, 1], color=PALE, linewidth=0.6)
            mark_axis(bottom, view, both=True, most=6)
            bottom.plot([view.low, view.high], [view.low, view.high], color=PALE, linewidth=0.6)
            bottom.set_xlabel("$L$", labelpad=1)
            for axes in (top, bottom):
                axes.set_box_aspect(1)
                for colour, curve in zip(COLOURS, curves, strict=False):
                    _curve(axes, curve, colour, in_p=axes is top)
        rows[0][0].set_ylabel("$h(p)$", labelpad=1)
        rows[1][0].set_ylabel("$T(L)$", labelpad=1)
        drawing.figure.legend(
            handles=_legend([c.beta for c in panels[0][1]]), loc="outside upper center", ncols=7
        )
    return drawing.svg


def _curve(axes: Axes, curve: MapCurve, colour: str, *, in_p: bool) -> None:
    place = sigma if in_p else float
    across = [place(x) for c in curve.cells for x in (c.left, c.right)]
    lower = [place(c.lower) for c in curve.cells for _ in range(2)]
    upper = [place(c.upper) for c in curve.cells for _ in range(2)]
    axes.fill_between(across, lower, upper, facecolor=(colour, 0.4), edgecolor=colour, linewidth=0.6)
    for mark in curve.marks:
        shape, face, _ = MARKS[mark.stability]
        at = place(mark.middle)
        face = "white" if face == "white" else colour
        axes.plot(
            [at], [at], marker=shape, markersize=3.4, color=colour, markerfacecolor=face, markeredgewidth=0.8
        )


def orbits_picture(view: Window, panels: Sequence[tuple[str, Sequence[Orbit]]], terms: int) -> bytes:
    """One panel for each p_ref: the terms against n, and at the right edge what each sequence tends to."""
    columns = 3
    with canvas(15.5, 5.6 * -(-len(panels) // columns)) as drawing:
        grid = drawing.figure.subplots(-(-len(panels) // columns), columns, squeeze=False)
        flat = [axes for row in grid for axes in row]
        for axes, (p_ref, orbits) in zip(flat, panels, strict=False):
            mark_places(axes, view)
            axes.set_title(rf"$p_{{\mathrm{{ref}}}}={p_ref}$")
            for colour, orbit in zip(COLOURS, orbits, strict=False):
                _orbit(axes, orbit, colour, terms)
            axes.set_xlim(-0.5, terms + 2.5)
            axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
            axes.set_xlabel("$n$", labelpad=1)
        for axes in flat[len(panels) :]:
            axes.set_visible(False)
        drawing.figure.legend(
            handles=_legend([o.beta for o in panels[0][1]]), loc="outside upper center", ncols=7
        )
    return drawing.svg


def _orbit(axes: Axes, orbit: Orbit, colour: str, terms: int) -> None:
    """The terms as bars, joined by thin lines through their middles; the limit as short lines."""
    middles = [(low + high) / 2 for low, high in orbit.terms]
    axes.plot(range(len(middles)), middles, color=colour, linewidth=0.5)
    axes.vlines(range(len(middles)), *zip(*orbit.terms, strict=True), color=colour, linewidth=1.4)
    axes.plot(range(len(middles)), middles, color=colour, marker="o", markersize=1.6, linestyle="")
    for low, high in orbit.limits:
        axes.fill_between(
            [terms + 0.7, terms + 2.3], low, high, facecolor=colour, edgecolor=colour, linewidth=1.2
        )


def _legend(betas: Sequence[str]) -> list[Line2D]:
    return [
        Line2D([], [], color=colour, linewidth=1.6, label=rf"$\beta={beta}$")
        for colour, beta in zip(COLOURS, betas, strict=False)
    ]

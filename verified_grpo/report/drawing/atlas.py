"""The picture of an atlas: its cells by verdict, and over them the curves that organise them.

Verdicts differ in lightness and in hatching, so that the picture can be read without colour; the curves
differ in their dashes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from verified_grpo.certificates.atlas_cells import Cell
from verified_grpo.errors import InputError
from verified_grpo.report.document import Curve
from verified_grpo.report.drawing.style import INK, Drawing, canvas

FORMS = ("svg", "png", "pdf")
DOTS = 200
"""Of a PNG, an inch."""

# verdict: (colour, hatch, words)
LOOKS = {
    "rises": ("#f6f4ea", "", "rises to the least fixed point"),
    "rises-to-one": ("#f6f4ea", "", "rises to 1"),
    "fixed-point": ("#c3d7ea", "", "tends to a fixed point"),
    "cycle-2": ("#e39b4f", "////", "tends to a 2-cycle"),
    "cycle": ("#8c3b12", "xxxx", "tends to a longer cycle"),
    "undecided": (INK, "", "undecided"),
}
DASHES: dict[str, Any] = {"fold": "-", "flip": (0, (5, 1.5)), "settling bound": (0, (1, 1.2))}
STROKES = {"fold": "#5b2a86", "flip": "#0b6e4f", "settling bound": "#b3123b"}
BETAS = [10.0**k for k in range(-12, 13)]
ODDS = ["1e-8", "1e-6", "1e-4", "1e-3", "0.01", "0.1", "0.5", "0.9", "0.99", "0.999", "0.9999"]
LEAST_EDGED = 0.008
"""Cells narrower or lower than this share of the picture have edges too thin to be seen."""

Rectangle = tuple[float, float, float, float]


def look_of(cell: Cell) -> str:
    """The key of LOOKS for a cell."""
    return "cycle-2" if cell.period == 2 else cell.verdict


def atlas_picture(found: Sequence[Cell], curves: Sequence[Curve], form: str = "svg") -> bytes:
    """The atlas as a file.

    Args:
        found: the cells, all of them.
        curves: points (log beta, log-odds) of curves by name, for drawing only.
        form: ``svg``, ``png`` or ``pdf``.

    Raises:
        InputError: another form.
    """
    require_form(form)
    with canvas(15.5, 14) as drawing:
        draw_atlas(drawing.figure.add_subplot(), found, curves)
        data = b"" if form == "svg" else saved(drawing, form)
    return data or drawing.svg


def draw_atlas(axes: Axes, found: Sequence[Cell], curves: Sequence[Curve]) -> None:
    """The cells, the curves over them, the scales and the legend."""
    _draw_cells(axes, found)
    draw_curves(axes, curves)
    label_plane(axes, *_extent(found))
    _legend(axes, found, curves)


def require_form(form: str) -> None:
    """Go on only if a picture can have this form.

    Raises:
        InputError: it cannot.
    """
    if form not in FORMS:
        raise InputError(f"a picture is one of {', '.join(FORMS)}, not {form!r}")


def saved(drawing: Drawing, form: str) -> bytes:
    """The bytes of a PNG or PDF, free of dates and names of software."""
    file = io.BytesIO()
    blank = {"CreationDate": None, "Producer": None, "Creator": None} if form == "pdf" else {"Software": None}
    drawing.figure.savefig(file, format=form, dpi=DOTS, metadata=blank)
    return file.getvalue()


def _draw_cells(axes: Axes, found: Sequence[Cell]) -> None:
    """One shape for each verdict, so that hatches run through; then the cells' edges, where they can be
    seen. All of it is vectors."""
    for look, (colour, hatch, _) in LOOKS.items():
        chosen = merged([_rectangle(cell) for cell in found if look_of(cell) == look])
        if chosen:
            shape = PathPatch(joined(chosen), facecolor=colour, edgecolor=INK if hatch else colour)
            shape.set(linewidth=0.0 if hatch else 0.15, hatch=hatch)
            axes.add_patch(shape)
    (left, right), (low, high) = _extent(found)
    edges = [
        (a, b, c, d)
        for a, b, c, d in (_rectangle(cell) for cell in found if cell.verdict != "undecided")
        if b - a > LEAST_EDGED * (right - left) and d - c > LEAST_EDGED * (high - low)
    ]
    if edges:
        axes.add_patch(PathPatch(joined(edges), fill=False, edgecolor=INK, linewidth=0.12, alpha=0.35))


def _rectangle(cell: Cell) -> Rectangle:
    a, b, c, d = map(float, (*cell.log_beta, *cell.logit_p_ref))
    return a, b, c, d


def merged(rectangles: Sequence[Rectangle]) -> list[Rectangle]:
    """The same area in fewer rectangles: those side by side become one, then those on top of one another.

    >>> merged([(0, 1, 0, 1), (1, 2, 0, 1), (0, 2, 1, 3)])
    [(0, 2, 0, 3)]
    """
    rows: list[Rectangle] = []
    for a, b, c, d in sorted(rectangles, key=lambda r: (r[2], r[3], r[0])):
        if rows and rows[-1][1:] == (a, c, d):
            a = rows.pop()[0]
        rows.append((a, b, c, d))
    stacks: list[Rectangle] = []
    for a, b, c, d in sorted(rows, key=lambda r: (r[0], r[1], r[2])):
        if stacks and stacks[-1][:2] == (a, b) and stacks[-1][3] == c:
            c = stacks.pop()[2]
        stacks.append((a, b, c, d))
    return stacks


def joined(rectangles: Sequence[Rectangle]) -> Path:
    """All rectangles as one path."""
    x0, x1, y0, y1 = np.array(rectangles).T
    points = np.stack([x0, y0, x1, y0, x1, y1, x0, y1, x0, y0], axis=1).reshape(-1, 2)
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(rectangles)
    return Path(points, codes)


def draw_curves(axes: Axes, curves: Sequence[Curve]) -> None:
    """Curves for orientation."""
    for curve in curves:
        x, y = zip(*curve.points, strict=True) if curve.points else ((), ())
        axes.plot(x, y, color="white", linewidth=2.2, alpha=0.7)
        axes.plot(x, y, color=STROKES[curve.name], linestyle=DASHES[curve.name], linewidth=1.1)


def label_plane(axes: Axes, across: tuple[float, float], up: tuple[float, float]) -> None:
    """The axes of beta and p_ref."""
    (left, right), (low, high) = across, up
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)
    betas = [beta for beta in BETAS if left - 0.01 <= log(beta) <= right + 0.01]
    axes.set_xticks([log(beta) for beta in betas], [f"{beta:g}" for beta in betas])
    odds = [p for p in ODDS if low - 0.01 <= _logit(float(p)) <= high + 0.01]
    axes.set_yticks([_logit(float(p)) for p in odds], odds)
    axes.set_xlabel(r"$\beta$ (KL weight, logarithmic)")
    axes.set_ylabel(r"$p_{\mathrm{ref}}$ (in log-odds)")


def _legend(axes: Axes, found: Sequence[Cell], curves: Sequence[Curve]) -> None:
    seen = {look_of(cell) for cell in found}
    entries: list[Patch | Line2D] = [
        Patch(facecolor=colour, edgecolor=INK, linewidth=0.3, hatch=hatch, label=words)
        for look, (colour, hatch, words) in LOOKS.items()
        if look in seen
    ]
    entries += [
        Line2D([], [], color=STROKES[c.name], linestyle=DASHES[c.name], linewidth=1.1, label=c.name)
        for c in curves
        if c.points
    ]
    axes.legend(handles=entries, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, handlelength=2.6)


def _extent(found: Sequence[Cell]) -> tuple[tuple[float, float], tuple[float, float]]:
    sides = [[cell.log_beta for cell in found], [cell.logit_p_ref for cell in found]]
    (left, right), (low, high) = (
        (float(min(a for a, _ in side)), float(max(b for _, b in side))) for side in sides
    )
    return (left, right), (low, high)


def _logit(p: float) -> float:
    return log(p / (1 - p))

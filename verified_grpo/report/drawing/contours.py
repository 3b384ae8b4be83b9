"""The picture of a map of small steps: bands of p* between contours, and hatched over them where the exact
iteration is proved to end elsewhere.

The bands go from dark (low p*) to light, so that the picture can be read without colour; contours are the
black strips that enclose them.
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch

from verified_grpo.certificates.contours import Band
from verified_grpo.report.document import Curve
from verified_grpo.report.drawing.atlas import (
    DASHES,
    STROKES,
    Rectangle,
    draw_curves,
    joined,
    label_plane,
    merged,
    require_form,
    saved,
)
from verified_grpo.report.drawing.style import INK, canvas

PALETTE = "YlGnBu_r"
ELSEWHERE = "#d9480f"
DARKEST, LIGHTEST = 0.02, 0.98

Colour = tuple[int, int, int]


def band_colours(count: int) -> list[Colour]:
    """Of the bands, from the lowest p* to the highest, as red, green and blue up to 255."""
    palette = mpl.colormaps[PALETTE]
    places = [DARKEST + (LIGHTEST - DARKEST) * k / max(count - 1, 1) for k in range(count)]
    red, green, blue = zip(*(palette(place)[:3] for place in places), strict=True)
    return [
        (round(255 * r), round(255 * g), round(255 * b)) for r, g, b in zip(red, green, blue, strict=True)
    ]


def contours_picture(
    bands: Sequence[Band],
    levels: Sequence[str],
    elsewhere: Sequence[Rectangle],
    curves: Sequence[Curve],
    form: str = "svg",
) -> bytes:
    """The map as a file.

    Args:
        bands: the rectangles of the columns, all of them.
        levels: of p, as texts.
        elsewhere: cells in which the exact iteration ends elsewhere.
        curves: for drawing only.
        form: ``svg``, ``png`` or ``pdf``.

    Raises:
        InputError: another form.
    """
    require_form(form)
    with canvas(15.5, 14) as drawing:
        draw_contours(drawing.figure.add_subplot(), bands, levels, elsewhere, curves)
        data = b"" if form == "svg" else saved(drawing, form)
    return data or drawing.svg


def draw_contours(
    axes: Axes,
    bands: Sequence[Band],
    levels: Sequence[str],
    elsewhere: Sequence[Rectangle],
    curves: Sequence[Curve],
) -> None:
    """The bands, what is hatched over them, the curves, the scales and the legend."""
    colours = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in band_colours(len(levels) + 1)]
    places = [_rectangle(band) for band in bands]
    for n, colour in enumerate(colours):
        _fill(axes, [r for r, b in zip(places, bands, strict=True) if b.low == b.high == n], colour)
    _fill(axes, [r for r, b in zip(places, bands, strict=True) if b.low != b.high], INK)
    if elsewhere:
        shape = joined(merged(elsewhere))
        axes.add_patch(PathPatch(shape, facecolor="none", edgecolor=ELSEWHERE, linewidth=0.0, hatch="////"))
    draw_curves(axes, curves)
    label_plane(axes, *_extent(places))
    _legend(axes, bands, levels, colours, hatched=bool(elsewhere), curves=curves)


def _fill(axes: Axes, rectangles: Sequence[Rectangle], colour: str) -> None:
    if rectangles:
        axes.add_patch(
            PathPatch(joined(merged(rectangles)), facecolor=colour, edgecolor=colour, linewidth=0.15)
        )


def _rectangle(band: Band) -> Rectangle:
    a, b, c, d = map(float, (*band.log_beta, *band.logit_p_ref))
    return a, b, c, d


def _extent(places: Sequence[Rectangle]) -> tuple[tuple[float, float], tuple[float, float]]:
    left, right, low, high = zip(*places, strict=True)
    return (min(left), max(right)), (min(low), max(high))


def _legend(
    axes: Axes,
    bands: Sequence[Band],
    levels: Sequence[str],
    colours: Sequence[str],
    *,
    hatched: bool,
    curves: Sequence[Curve],
) -> None:
    ends = ["0", *levels, "1"]
    entries: list[Patch | Line2D] = [
        Patch(facecolor=colours[n], edgecolor=INK, linewidth=0.3, label=f"{ends[n]} to {ends[n + 1]}")
        for n in sorted({band.low for band in bands if band.low == band.high})
    ]
    entries.append(Patch(facecolor=INK, label="contours"))
    if hatched:
        entries.append(
            Patch(facecolor="white", edgecolor=ELSEWHERE, hatch="////", linewidth=0.3, label="views part")
        )
    entries += [
        Line2D([], [], color=STROKES[c.name], linestyle=DASHES[c.name], linewidth=1.1, label=c.name)
        for c in curves
        if c.points
    ]
    axes.legend(
        handles=entries, title="p* between", loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=1.6
    )

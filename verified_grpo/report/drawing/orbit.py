"""The picture of a sequence: its cobweb on the map, and its terms one after the other, on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from verified_grpo.report.drawing.bands import BandCell
from verified_grpo.report.drawing.log_odds import Window, mark_places
from verified_grpo.report.drawing.recursion import map_in_log_odds
from verified_grpo.report.drawing.style import INK, PROVED, REFUTED, canvas

Enclosure = tuple[float, float]

# An enclosure that looks longer than this share of the axis is drawn as a bar and gets no cobweb.
THIN = 0.01


@dataclass(frozen=True)
class Spot:
    """A limit point and its image: brackets, and the basin around the point where one is claimed."""

    at: Enclosure
    image: Enclosure
    basin: Enclosure | None


def orbit_picture(
    view: Window,
    band: Sequence[BandCell],
    orbit: Sequence[Enclosure],
    spots: Sequence[Spot],
    logit_ref: Enclosure,
) -> bytes:
    """The whole picture as SVG."""
    with canvas(15.5, 7.2) as drawing:
        left, right = drawing.figure.subplots(1, 2)
        map_in_log_odds(left, view, band, logit_ref)
        _cobweb(left, view, orbit)
        for spot in spots:
            _spot(left, spot)
        _terms(right, view, orbit, spots)
    return drawing.svg


def _cobweb(axes: Axes, view: Window, orbit: Sequence[Enclosure]) -> None:
    """Up to the map, across to the diagonal, and again, as long as the enclosures are thin."""
    across: list[float] = []
    up: list[float] = []
    for low, high in orbit:
        if view.axis.distance(low, high) > THIN:
            break
        middle = (low + high) / 2
        if across:
            across.append(across[-1])
            up.append(middle)
        across.append(middle)
        up.append(middle)
    axes.plot(across, up, color=INK, linewidth=0.6)


def _spot(axes: Axes, spot: Spot) -> None:
    (left, right), (low, high) = spot.at, spot.image
    if spot.basin:
        axes.axvspan(*spot.basin, facecolor=(PROVED, 0.12), linewidth=0)
    axes.add_patch(Rectangle((left, low), right - left, high - low, facecolor=(PROVED, 0.4), linewidth=0))
    axes.plot(
        (left + right) / 2, (low + high) / 2, marker="s", markersize=4.5, color=PROVED, markerfacecolor="none"
    )


def _terms(axes: Axes, view: Window, orbit: Sequence[Enclosure], spots: Sequence[Spot]) -> None:
    """L_n against n, as bars; the limit as lines across."""
    mark_places(axes, view)
    axes.set_box_aspect(1)
    for spot in spots:
        if spot.basin:
            axes.axhspan(*spot.basin, facecolor=(PROVED, 0.12), linewidth=0)
        axes.axhspan(*spot.at, facecolor=(PROVED, 0.4), linewidth=0)
        axes.axhline(sum(spot.at) / 2, color=PROVED, linewidth=0.7)
    axes.axhline(sum(orbit[0]) / 2, color=REFUTED, linewidth=0.7, linestyle=":")
    for number, (low, high) in enumerate(orbit):
        axes.plot([number, number], [low, high], color=INK, linewidth=1.2)
        axes.plot([number], [(low + high) / 2], color=INK, marker="o", markersize=2.4)
    axes.set_xlim(-0.5, max(len(orbit) - 0.5, 1.5))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.set_xlabel("$n$", labelpad=1)
    axes.set_title("$p_n$", loc="left", pad=3)

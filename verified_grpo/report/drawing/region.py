"""The picture of a closed form over a box, in the plane of eps and alpha*beta."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from verified_grpo.report.drawing.bands import Axis, BandCell
from verified_grpo.report.drawing.style import CURVE, INK, PROVED, REFUTED, canvas


@dataclass(frozen=True)
class Plane:
    """A window of the plane of eps (across) and alpha*beta (up), both logarithmic."""

    eps: tuple[float, float]
    weight: tuple[float, float]

    @property
    def across(self) -> Axis:
        return _logarithmic(*self.eps)

    @property
    def up(self) -> Axis:
        return _logarithmic(*self.weight)


@dataclass(frozen=True)
class Box:
    """Ranges of eps and of alpha*beta."""

    eps: tuple[float, float]
    weight: tuple[float, float]


def even_cuts(low: float, high: float) -> list[float]:
    """End points of cells that look equally wide on a logarithmic axis."""
    return [low * (high / low) ** (k / 120) for k in range(121)]


def _logarithmic(low: float, high: float) -> Axis:
    return Axis(lambda x: math.log(max(x, 1e-300) / low) / math.log(high / low))


def around(box: Box, others: Sequence[float]) -> Plane:
    """A window with room around the box and some values of alpha*beta."""
    weights = [*box.weight, *others]
    return Plane((box.eps[0] / 20, box.eps[1] * 20), (min(weights) / 6, max(weights) * 6))


def region_picture(
    plane: Plane, band: Sequence[BandCell], box: Box, witness: tuple[float, float] | None
) -> bytes:
    """The box against the curve alpha*beta = Bmax(eps); above the curve every prompt contracts."""
    with canvas(10.5, 5.4) as drawing:
        axes = drawing.figure.add_subplot()
        _scales(axes, plane)
        across = [x for cell in band for x in (cell.left, cell.right)]
        lower = [cell.lower for cell in band for _ in range(2)]
        upper = [cell.upper for cell in band for _ in range(2)]
        axes.fill_between(across, upper, plane.weight[1], facecolor="#eef6f0", linewidth=0)
        axes.fill_between(
            across,
            lower,
            upper,
            facecolor=CURVE,
            edgecolor=CURVE,
            linewidth=0.9,
            label="$B_{\\max}(\\varepsilon)$",
        )
        colour = PROVED if witness is None else REFUTED
        _box(axes, box, colour)
        if witness:
            axes.plot(
                *witness,
                marker="X",
                color=REFUTED,
                markeredgecolor=INK,
                markeredgewidth=0.4,
                markersize=7,
                linestyle="",
                label="witness",
            )
        else:
            axes.plot(
                box.eps[0],
                box.weight[0],
                marker="o",
                color=PROVED,
                markersize=5,
                linestyle="",
                label="decisive corner",
            )
        axes.legend(loc="upper right")
    return drawing.svg


def _scales(axes: Axes, plane: Plane) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*plane.eps)
    axes.set_ylim(*plane.weight)
    axes.set_xlabel(r"$\varepsilon$")
    axes.set_ylabel(r"$\alpha\beta$")


def _box(axes: Axes, box: Box, colour: str) -> None:
    """The box; where a side is a single number, a line or a point of visible width."""
    (left, right), (low, high) = box.eps, box.weight
    axes.add_patch(
        Rectangle(
            (left, low), right - left, high - low, facecolor=colour, alpha=0.25, edgecolor=colour, linewidth=0
        )
    )
    axes.plot(
        [left, right, right, left, left],
        [low, low, high, high, low],
        color=colour,
        linewidth=1.6,
        label="box",
    )


def margin_picture(weights: tuple[float, float], band: Sequence[BandCell], box: Box, margin: float) -> bytes:
    """The least amplification over all prompts against alpha*beta, and the margin claimed."""
    with canvas(10.5, 5.4) as drawing:
        axes = drawing.figure.add_subplot()
        axes.set_xscale("log")
        axes.set_yscale("log")
        across = [x for cell in band for x in (cell.left, cell.right)]
        lower = [cell.lower for cell in band for _ in range(2)]
        upper = [cell.upper for cell in band for _ in range(2)]
        axes.axvspan(*box.weight, facecolor=PROVED, alpha=0.15, label="box")
        axes.fill_between(
            across,
            lower,
            upper,
            facecolor=CURVE,
            edgecolor=CURVE,
            linewidth=0.9,
            label=r"$\Omega_{\min}/(\alpha\beta)$",
        )
        axes.axhline(margin, color=PROVED, linewidth=1.1, linestyle="--", label="margin claimed")
        axes.set_xlim(*weights)
        axes.set_xlabel(r"$\alpha\beta$")
        axes.set_ylabel(r"$\mathrm{logit}\,p^{*}-\mathrm{logit}\,p_{\mathrm{ref}}$")
        axes.legend(loc="upper right")
    return drawing.svg

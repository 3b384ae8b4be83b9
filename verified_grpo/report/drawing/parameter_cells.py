"""Cells of (beta, p_ref) on the scales of the atlas: beta logarithmic, p_ref by its log-odds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullLocator

from verified_grpo.report.drawing.style import PROVED, canvas

MARKS = (*(m * 10.0**-k for k in range(8, 0, -1) for m in (1, 2, 5)), 0.9, 0.99, 0.999)
WEIGHTS = tuple(m * 10.0**k for k in range(-4, 5) for m in (1, 2, 5))
MOST = 8


@dataclass(frozen=True)
class ParameterCell:
    """A cell: ends of beta and of the log-odds of p_ref."""

    beta: tuple[float, float]
    log_odds_ref: tuple[float, float]


def cells_picture(
    cells: Sequence[ParameterCell], beta: tuple[float, float], log_odds_ref: tuple[float, float]
) -> bytes:
    """All cells in a window."""
    with canvas(12.0, 8.0) as drawing:
        axes = drawing.figure.subplots()
        axes.set_xscale("log")
        axes.set_xlim(*beta)
        axes.set_ylim(*log_odds_ref)
        for cell in cells:
            (left, right), (low, high) = cell.beta, cell.log_odds_ref
            axes.add_patch(Rectangle((left, low), right - left, high - low, facecolor=PROVED, linewidth=0))
        weights = [x for x in WEIGHTS if beta[0] <= x <= beta[1]]
        weights = weights[:: -(-len(weights) // MOST)] if len(weights) > 1 else list(beta)
        axes.xaxis.set_major_locator(FixedLocator(weights))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(lambda x, _: f"${x:g}$")
        places = [p for p in MARKS if log_odds_ref[0] <= math.log(p / (1 - p)) <= log_odds_ref[1]]
        if len(places) < 2:
            places = [1 / (1 + math.exp(-x)) for x in log_odds_ref]
        axes.set_yticks([math.log(p / (1 - p)) for p in places], [f"${p:.4g}$" for p in places])
        axes.set_xlabel(r"$\beta$", labelpad=1)
        axes.set_ylabel(r"$p_{\mathrm{ref}}$", labelpad=1)
    return drawing.svg

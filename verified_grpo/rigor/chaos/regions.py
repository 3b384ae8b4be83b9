"""Where in the plane of (beta, p_ref) a witness of chaos exists: cells of a grid, each with one point that
is a witness for all its parameters; a paving from inside."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import numpy as np

from ...errors import InputError
from ...intervals import Engine, Exact, decimal_down, exact, make_engine
from ...model import Contrast, Parameters, Range, Workbench
from ...model.step import Step
from ..no_truth_value import NoTruthValue
from .witnesses import ApproxMap, Floats, four_points

V = TypeVar("V")

BITS = 96
GRID_LIMIT = 400
REACH, POINTS = (-12.0, 48.0), 1500
DIGITS = 6
AREA_DIGITS = 8


@dataclass(frozen=True)
class ChaosCell:
    """A cell of the grid, and the log-odds of its witness."""

    column: int
    row: int
    point: Fraction


@dataclass(frozen=True)
class ChaosRegion(NoTruthValue, read="cells"):
    """Cells on which T is proved chaotic in the sense of Li and Yorke, for all parameters in them.

    ``area`` is a lower bound of theirs, in log beta times log-odds of p_ref; ``share`` is about how much of
    the window that is. The set of all parameters with a witness may be larger.
    """

    contrast: Contrast
    parameters: Parameters
    beta_cuts: tuple[Fraction, ...]
    p_ref_cuts: tuple[Fraction, ...]
    cells: tuple[ChaosCell, ...]
    area: Fraction
    engine: str
    bits: int

    @property
    def approx_share(self) -> float:
        """The cells' part of the window's area, in floating point."""
        beta, p_ref = self.parameters.beta, self.parameters.p_ref
        width = math.log(beta[1] / beta[0])
        height = math.log(p_ref[1] / (1 - p_ref[1])) - math.log(p_ref[0] / (1 - p_ref[0]))
        return float(self.area) / (width * height)


def chaos_region(
    contrast: Contrast,
    eps: Exact,
    alpha: Exact = 1,
    *,
    beta: Exact = "0.25:5",
    p_ref: Exact = "1e-4:0.002",
    columns: int = 100,
    rows: int = 100,
    engine: str = "arb",
) -> ChaosRegion | None:
    """Cells of a grid (even in log beta and in log-odds of p_ref) with a witness each.

    Args:
        contrast: any contrast.
        eps, alpha: exact numbers, alpha in (0, 1].
        beta, p_ref: the window, as ranges.
        columns, rows: of the grid, 1 to 400 each; the finer, the more of the set is found.
        engine: ``arb`` or ``mpmath``.

    Returns:
        The cells, or None where none has a proved witness.

    Raises:
        InputError: a window that is no box, or a grid outside its domain.

    Not proved: anything about the other cells.
    """
    window = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    if not (1 <= columns <= GRID_LIMIT and 1 <= rows <= GRID_LIMIT):
        raise InputError(f"columns and rows must be from 1 to {GRID_LIMIT}")
    flat = window.beta[0] == window.beta[1] or window.p_ref[0] == window.p_ref[1]
    if flat or window.eps[0] < window.eps[1] or window.alpha[0] < window.alpha[1] or not window.alpha[0]:
        raise InputError("a region needs ranges of beta and p_ref, an exact eps and an exact alpha > 0")
    across = _cuts(window.beta, columns, math.log, math.exp)
    up = _cuts(window.p_ref, rows, lambda p: math.log(p / (1 - p)), lambda x: 1 / (1 + math.exp(-x)))
    room, points = _guesses(contrast, window, across, up)
    with make_engine(engine, BITS) as arithmetic:
        bench, cells = Workbench(arithmetic, contrast), []
        for column, sides in enumerate(pairwise(across)):
            for row, height in enumerate(pairwise(up)):
                if room[row, column] > 0:
                    box = Parameters(window.alpha, sides, window.eps, height)
                    x = Fraction(round(float(points[row, column]) * 1000), 1000)
                    if four_points(Step(bench, box), x) is not None:
                        cells.append(ChaosCell(column, row, x))
        if not cells:
            return None
        area = _area(bench, across, up, cells)
    return ChaosRegion(contrast, window, across, up, tuple(cells), area, engine, BITS)


def _cuts(
    side: Range, count: int, there: Callable[[float], float], back: Callable[[float], float]
) -> tuple[Fraction, ...]:
    """Ends of equal parts on another scale, short decimals between the exact ends."""
    low, high = there(float(side[0])), there(float(side[1]))
    inner = [back(low + (high - low) * k / count) for k in range(1, count)]
    cuts = (side[0], *(Fraction(f"{x:.{DIGITS}e}") for x in inner), side[1])
    if any(a >= b for a, b in pairwise(cuts)):
        raise InputError("the window is too small for so fine a grid")
    return cuts


def _guesses(
    contrast: Contrast, window: Parameters, across: tuple[Fraction, ...], up: tuple[Fraction, ...]
) -> tuple[Floats, Floats]:
    """For the middle of each cell the point with the most room, in floating point, and that room."""
    betas = np.array([math.sqrt(float(a) * float(b)) for a, b in pairwise(across)])
    odds = [math.log(float(p) / (1 - float(p))) for p in up]
    references = np.array([(a + b) / 2 for a, b in pairwise(odds)])
    beta, reference = np.meshgrid(betas, references)
    approx = ApproxMap(contrast, float(window.alpha[0]), beta, float(window.eps[0]), reference)
    room, points = np.full(beta.shape, -np.inf), np.zeros(beta.shape)
    for x in np.linspace(*REACH, POINTS):
        falling, rising = approx.room(np.full(beta.shape, x))
        here = np.maximum(falling, rising)
        better = here > room
        room[better], points[better] = here[better], x
    return room, points


def _area(
    bench: Workbench[V], across: tuple[Fraction, ...], up: tuple[Fraction, ...], cells: list[ChaosCell]
) -> Fraction:
    """A decimal below the sum of the cells' areas."""
    engine: Engine[V] = bench.engine
    logs = [engine.log(engine.exact(x)) for x in across]
    odds = [bench.log_odds(x) for x in up]
    total = engine.exact(0)
    for cell in cells:
        width = engine.sub(logs[cell.column + 1], logs[cell.column])
        height = engine.sub(odds[cell.row + 1], odds[cell.row])
        total = engine.add(total, engine.mul(width, height))
    return exact(decimal_down(engine.lower(total), AREA_DIGITS))

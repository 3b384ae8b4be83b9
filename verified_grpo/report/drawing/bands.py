"""Curves as bands of enclosures: what is drawn contains the exact curve.

A curve over a range is covered by cells; over each cell the model's program is evaluated by Arb once, on
the whole cell and the whole box of parameters, so the band holds every point of the curve for every choice
of parameters. Cells are halved until the band is about as thin as a line, or as narrow as one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp
from flint import arb

from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals.arb_engine import ArbEngine
from verified_grpo.model.contrast import Contrast, eps, p, q, v
from verified_grpo.model.derivation import L, L_ref, alpha, beta, in_log_odds, omega, slope_bound, step
from verified_grpo.model.parameters import Parameters
from verified_grpo.model.program import BoundProgram, compile_expressions

BITS = 64

# Shares of an axis: a cell is halved while its band is thicker than THIN, unless the cell is narrower than
# NARROW.
THIN = 0.003
NARROW = 0.0015


@dataclass(frozen=True)
class Cell:
    """The curve over [left, right] lies in [lower, upper]."""

    left: float
    right: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Axis:
    """How far apart two numbers look on an axis of length 1: the difference of their places."""

    place: Callable[[float], float]

    def distance(self, low: float, high: float) -> float:
        return self.place(high) - self.place(low)


def step_band(contrast: Contrast, parameters: Parameters, cuts: Sequence[float], axis: Axis) -> list[Cell]:
    """T over the cells between the cuts, for all parameters of the box; both axes have the same scale."""
    engine = ArbEngine(BITS)
    with engine:
        odds = (engine.div(engine.exact(x), engine.exact(1 - x)) for x in parameters.p_ref)
        program = compile_expressions([in_log_odds(step(contrast))], [L, L_ref, alpha, beta, eps]).bind(
            engine,
            L_ref=engine.hull(*map(engine.log, odds)),
            alpha=engine.interval(*parameters.alpha),
            beta=engine.interval(*parameters.beta),
            eps=engine.interval(*parameters.eps),
        )
        return _refined(engine, program, cuts, axis, axis)


def margin_band(
    contrast: Contrast, largest_eps: Fraction, cuts: Sequence[float], across: Axis, up: Axis
) -> list[Cell]:
    """Omega at p = 1/2, its least value, over cells of the weight alpha*beta: Omega_min/(alpha*beta)."""
    engine = ArbEngine(BITS)
    with engine:
        half = sp.Rational(1, 2)
        least = omega(contrast).subs({v: half**2, p: half, q: half})
        program = compile_expressions([least / beta], [beta, eps]).bind(engine, eps=engine.exact(largest_eps))
        return _refined(engine, program, cuts, across, up)


def bound_band(contrast: Contrast, cuts: Sequence[float], across: Axis, up: Axis) -> list[Cell]:
    """Bmax(eps), the steepest slope of a contrast over all prompts, over cells of eps > 0."""
    engine = ArbEngine(BITS)
    with engine:
        program = compile_expressions([slope_bound(contrast)], [eps]).bind(engine)
        return _refined(engine, program, cuts, across, up)


def _refined(
    engine: ArbEngine, program: BoundProgram[arb], cuts: Sequence[float], across: Axis, up: Axis
) -> list[Cell]:
    cells: list[Cell] = []
    waiting = list(pairwise(cuts))[::-1]
    while waiting:
        left, right = waiting.pop()
        cell = _cell(engine, program, left, right)
        thick = cell is None or up.distance(cell.lower, cell.upper) > THIN
        if thick and across.distance(left, right) > NARROW:
            middle = (left + right) / 2
            waiting += [(middle, right), (left, middle)]
        elif cell is not None:
            cells.append(cell)
    return cells


def _cell(engine: ArbEngine, program: BoundProgram[arb], left: float, right: float) -> Cell | None:
    """One cell; None where nothing is known."""
    (value,) = program(engine.interval(Fraction(left), Fraction(right)))
    try:
        lower, upper = engine.lower(value), engine.upper(value)
    except NotEnoughPrecision:
        return None
    return Cell(left, right, math.nextafter(float(lower), -math.inf), math.nextafter(float(upper), math.inf))

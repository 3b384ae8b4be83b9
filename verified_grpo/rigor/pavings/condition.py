"""Where the condition of Theorem 3 (2) holds, over (beta, p_ref): below the graph of ``psi``.

The condition is ``beta cosh(c/beta)^2 > b(L_ref)``, ``c = Omega(0)/2``. With ``z = c/beta`` its left side has
the derivative ``cosh z (cosh z - 2 z sinh z)`` in beta, so it falls in beta where ``z tanh z > 1/2``, and
``z tanh z`` rises in z: one test at the largest beta. Its right side rises in p_ref from 1/2 to b's peak. So
for each beta it holds exactly for ``p_ref < psi(beta)``, and psi falls.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from ...errors import InputError
from ...intervals import Intervals
from ...intervals.array_bounds import ARRAYS, ONE, points
from ...intervals.array_engine import FloatArray
from ...intervals.environment import in_sound_floats
from ...intervals.steady_arrays import approx_exp
from ...model import MEAN_VAR, formulas
from .graph import Graph, edges_of

GRID = 2048
SECANT_STEPS = 3
REACH = 1e-9
BEYOND = 1e300
"""Stands for psi above the window."""


@in_sound_floats
def condition_graph(eps: Fraction, beta_high: float, p_ref_high: float) -> Graph:
    """``beta -> psi(beta)`` for beta in (0, beta_high]; 1e300 and more where psi lies above ``p_ref_high``.

    Raises:
        InputError: beyond the left side's turning point (beta near 1.3), or the peak of b.
    """
    stabiliser = ARRAYS.exact(eps)
    profile = formulas.profile_program(MEAN_VAR).bind(ARRAYS, eps=stabiliser)
    half = ARRAYS.div(profile(ONE)[0], ARRAYS.exact(2))
    peak, _ = formulas.peak_program(MEAN_VAR).bind(ARRAYS, eps=stabiliser)()
    p = ARRAYS.points(p_ref_high)
    top = float(ARRAYS.log(ARRAYS.div(p, ARRAYS.sub(ONE, p))).hi)
    if not (_falls(half, beta_high) and 0 < top < peak.lo):
        raise InputError(
            "the condition is a graph only for beta up to about 1.29 and p_ref below the peak of b"
        )

    def slope(x: FloatArray) -> Intervals:
        value: Intervals = profile(ARRAYS.exp(points(-x)))[1]
        return value

    inverse = _inverse(slope, eps, top)

    def graph(low: FloatArray, high: FloatArray) -> Intervals:
        edges, left, right = edges_of(low, high)
        lower, upper = inverse(_left_side(half, edges))
        return ARRAYS.between(lower[right], upper[left])  # psi falls

    return graph


def _falls(half: Intervals, beta: float) -> bool:
    """Whether ``z tanh z > 1/2`` at ``z = c/beta``."""
    z = ARRAYS.div(half, points(beta))
    decay = ARRAYS.exp(ARRAYS.mul(ARRAYS.exact(-2), z))
    tangent = ARRAYS.div(ARRAYS.sub(ONE, decay), ARRAYS.add(ONE, decay))
    return bool(beta > 0 and ARRAYS.mul(z, tangent).lo > 0.5)


def _left_side(half: Intervals, beta: FloatArray) -> Intervals:
    """``beta cosh(c/beta)^2 = beta (e^2z + 2 + e^-2z)/4``."""
    weight = points(beta)
    growth = ARRAYS.exp(ARRAYS.div(ARRAYS.mul(ARRAYS.exact(2), half), weight))
    total = ARRAYS.add(ARRAYS.add(growth, ARRAYS.exact(2)), ARRAYS.div(ONE, growth))
    return ARRAYS.mul(weight, ARRAYS.div(total, ARRAYS.exact(4)))


def _inverse(
    slope: Callable[[FloatArray], Intervals], eps: Fraction, top: float
) -> Callable[[Intervals], tuple[FloatArray, FloatArray]]:
    """From enclosures of a level to bounds of the p in [1/2, sigma(top)] with ``b = level``, by the signs at
    both ends; huge for bounds that lie above.
    """
    program, stabiliser = formulas.approx_profile_over_arrays(MEAN_VAR), float(eps)

    def approx(x: FloatArray) -> FloatArray:
        slope: FloatArray = program(approx_exp(-x), stabiliser)[1]
        return slope

    grid = np.linspace(0.0, top, GRID)
    values = np.maximum.accumulate(approx(grid))

    def inverse(level: Intervals) -> tuple[FloatArray, FloatArray]:
        with np.errstate(all="ignore"):
            middle = level.lo / 2 + level.hi / 2
            x = np.interp(middle, values, grid)
            for _ in range(SECANT_STEPS):
                rise = (approx(x + 1e-6) - approx(x - 1e-6)) / 2e-6
                x = np.clip(x - (approx(x) - middle) / rise, 0.0, top)
        reach = REACH * (1 + x)
        under, over = np.maximum(x - reach, 0.0), np.minimum(x + reach, top)
        beyond = np.isnan(x) | (middle >= values[-1])
        under, over = np.where(beyond, top, under), np.where(beyond, top, over)
        lower = np.where(slope(under).hi < level.lo, ARRAYS.sigmoid(points(under)).lo, 0.5)
        upper = np.where(slope(over).lo > level.hi, ARRAYS.sigmoid(points(over)).hi, np.inf)
        return np.where((under == top) & (lower > 0.5), BEYOND, lower), upper

    return inverse

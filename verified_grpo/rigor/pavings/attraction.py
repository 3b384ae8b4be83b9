"""Which fixed points attract, over (log p, log beta): above the graph of ``log |b|``.

At alpha = 1 a fixed point with PoS p has ``T' = b/beta``, so it attracts where ``log beta > log |b(L)|``, and
repels below: figure 4 of the paper, with ``B(p) = |b|``.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...errors import InputError
from ...intervals import Intervals
from ...intervals.array_bounds import ARRAYS, ONE, points
from ...intervals.array_engine import FloatArray
from ...intervals.environment import in_sound_floats
from ...model import Contrast, formulas
from ...model.contrasts import PEAKED
from .graph import Graph, edges_of


@in_sound_floats
def attraction_graph(contrast: Contrast, eps: Fraction) -> Graph:
    """``x = log p -> log |b|`` for p in (0, 1); -inf at 1/2, where b is 0.

    In the odds ``t = p/(1 - p)`` of success ``b(-L)`` is what the model's program gives at t; over the line
    it has one peak, of height Bmax, and one trough, of depth Bmax, at ``t`` and ``1/t`` of the peak (S2, S3):
    its extremes over a column are there and at the ends.

    Raises:
        InputError: a contrast whose slope is not known to have one peak; a column that reaches p = 1.
    """
    if not contrast.knows(*PEAKED):
        raise InputError(f"the graph is drawn by the peak of the slope: {contrast.lacks(*PEAKED)}")
    stabiliser = ARRAYS.exact(eps)
    profile = formulas.profile_program(contrast).bind(ARRAYS, eps=stabiliser)
    place, height = formulas.peak_program(contrast).bind(ARRAYS, eps=stabiliser)()
    peak, trough = ARRAYS.exp(ARRAYS.neg(place)), ARRAYS.exp(place)

    def graph(low: FloatArray, high: FloatArray) -> Intervals:
        edges, left, right = edges_of(low, high)
        if (edges >= 0).any():
            raise InputError("log p must be below 0")
        p = ARRAYS.exp(points(edges))
        odds = ARRAYS.div(p, ARRAYS.sub(ONE, p))
        slope = profile(odds)[1]
        first, last = odds.lo[left], odds.hi[right]
        largest = np.maximum(slope.hi[left], slope.hi[right])
        largest = np.where((first <= peak.hi) & (last >= peak.lo), height.hi, largest)
        least = np.minimum(slope.lo[left], slope.lo[right])
        least = np.where((first <= trough.hi) & (last >= trough.lo), -height.hi, least)
        smallest = np.maximum(least, -largest)  # of |b|, where b keeps a sign
        below = np.where(smallest > 0, ARRAYS.log(points(np.where(smallest > 0, smallest, 1.0))).lo, -np.inf)
        return ARRAYS.between(below, ARRAYS.log(points(np.maximum(largest, -least))).hi)

    return graph

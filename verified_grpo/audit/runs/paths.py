"""The way of small steps from every start, in floating point: for estimates, which nothing proved rests on.

``dL/dtau = Omega(L) - beta R(L)`` from ``L_ref``, tau the sum of the step sizes: the time from one log-odds
to another is the integral of one over the drive, and the way is its inverse.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...intervals.array_engine import FloatArray
from ...model import Contrast
from ...model.approximate import approx
from ...rigor.points.guesses import approx_profile

START, SPACING = 10.0, 0.1
"""Starts lie in log-odds from -START to START, so far apart."""
FINE = 0.02
BEYOND = 18.0
STILL = 1e-12


class Paths:
    """p after a sum of steps, for a grid of starts that are the reference's log-odds as well; and for prompts
    that never or always succeed, where nothing moves."""

    def __init__(self, contrast: Contrast, eps: Fraction, beta: Fraction, *, forward: bool = False) -> None:
        self.starts = np.arange(-START, START + SPACING / 2, SPACING)
        line = np.arange(-START, BEYOND, FINE)
        profile = approx_profile(contrast, approx(eps))
        omega = np.array([profile(float(x))[0] for x in line])
        weight = float(beta)
        self._ways = [_way(line, omega, weight, float(start), forward) for start in self.starts]
        self.starts = np.concatenate([self.starts, [-np.inf, np.inf]])

    def p(self, taus: FloatArray) -> FloatArray:
        """A row a start, a column a sum of steps."""
        logits = np.stack([np.interp(taus, times, line) for times, line in self._ways])
        never, always = np.zeros((1, len(taus))), np.ones((1, len(taus)))
        return np.concatenate([1 / (1 + np.exp(-logits)), never, always])


def _way(
    line: FloatArray, omega: FloatArray, beta: float, start: float, forward: bool
) -> tuple[FloatArray, FloatArray]:
    """Times at the places of the line from a start on, up to where the drive ends."""
    places = np.concatenate([[start], line[line > start + FINE / 2]])
    drive = np.interp(places, line, omega)
    if beta:
        drive = drive - beta * _pull(places, start, forward)
    stops = np.flatnonzero(drive <= STILL)
    end = int(stops[0]) if len(stops) else len(places)
    if end <= 1:
        return np.zeros(1), places[:1]
    slowness = 1 / drive[:end]
    times = np.concatenate([[0.0], np.cumsum((slowness[1:] + slowness[:-1]) / 2 * np.diff(places[:end]))])
    return times, places[:end]


def _pull(places: FloatArray, start: float, forward: bool) -> FloatArray:
    """Of KL(pi||pi_ref), or of KL(pi_ref||pi)."""
    if not forward:
        return np.asarray(places - start)
    reference = 1 / (1 + np.exp(-start))
    p = 1 / (1 + np.exp(-places))
    return np.asarray((p - reference) / (p * (1 - p)))

"""Whether one step size explains a run: samples drawn from what was fitted, and how they differ from the run.

Three distances are looked at: of the parts of the run (the rate of progress changed), of the prompts' slopes
(some go faster than others), and of all counts (more scatter than that of sampling). Each is compared with
its values in runs that are drawn from the fitted model, with the fitted starts and step size. These are not
fitted anew, so that the run's own distances are rather too small: one step size is refused too seldom rather
than too often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...intervals.array_engine import FloatArray
from .fitting import LEAST, SEED, Fitted, Samples, expected_rates, probabilities

DRAWS = 99
REASONS = (
    "the rate of progress changed in the course of the run",
    "some prompts went faster than others",
    "the counts scatter more than samples do",
)


@dataclass(frozen=True)
class Fit:
    """The smallest of three p-values, times three, and what it is about; at most 1."""

    p_value: float
    reason: str

    def refused(self, confidence: float) -> bool:
        """Whether one step size is ruled out, at this confidence."""
        return self.p_value <= 1 - confidence


def goodness(fitted: Fitted, draws: int = DRAWS) -> Fit:
    """How well one step size explains the counts."""
    source = np.random.default_rng(SEED)
    p = probabilities(fitted.paths, fitted.best, fitted.samples)
    seen = _distances(fitted, fitted.samples, p)
    beyond = np.zeros(len(REASONS))
    for _ in range(draws):
        starts = source.choice(len(fitted.weights), size=len(fitted.samples.drawn), p=_whole(fitted.weights))
        right = source.binomial(fitted.samples.drawn.astype(np.int64), p[starts]).astype(np.float64)
        drawn = Samples(right, fitted.samples.drawn, fitted.samples.offsets, fitted.samples.prompts)
        beyond += _distances(fitted, drawn, p) >= seen
    values = (1 + beyond) / (draws + 1)
    k = int(np.argmin(values))
    return Fit(min(1.0, float(values[k]) * len(REASONS)), REASONS[k])


def _whole(weights: FloatArray) -> FloatArray:
    return np.asarray(weights / weights.sum())


def _distances(fitted: Fitted, samples: Samples, p: FloatArray) -> FloatArray:
    """Of the parts, of the slopes, of all counts; p of every start is given."""
    expected = expected_rates(fitted, samples, p)
    rest = samples.right - samples.drawn * expected
    spread = np.maximum(samples.drawn * expected * (1 - expected), LEAST)
    parts = rest.sum(axis=0) ** 2 / np.maximum(spread.sum(axis=0), LEAST)
    drawn = np.maximum(samples.drawn.sum(axis=1, keepdims=True), 1)
    lean = samples.offsets - (samples.drawn * samples.offsets).sum(axis=1, keepdims=True) / drawn
    slopes = (lean * rest).sum(axis=1) ** 2 / np.maximum((lean**2 * spread).sum(axis=1), LEAST)
    return np.array([parts.sum(), slopes.sum(), (rest**2 / (spread + 0.05)).sum()])

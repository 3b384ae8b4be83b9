"""How large the steps of a run are: one step size for all prompts and all steps, by likelihood.

Each prompt goes the way of small steps from a start of its own. The starts are not estimated one by one,
which would bias the step size where a prompt has few samples: their distribution over a grid is, by maximum
likelihood (Kiefer and Wolfowitz, 1956), together with the step size. The interval holds all step sizes whose
likelihood is within half the chi-square quantile of the largest (Wilks): its confidence is approximate, and
so is every number here. Steps are counted from a prompt's first visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from ...intervals.array_engine import FloatArray
from .log import Log, Visit
from .paths import Paths

BINS = 48
MOST_PROMPTS = 1500
SEED = 20
LEAST = 1e-9
TINY = 1e-300
ROUNDS, ENOUGH = 120, 1e-3
LONGEST = 40.0
"""Of sums of steps; beyond it every prompt is at rest."""
COARSE = 22
HALVINGS = 10


@dataclass(frozen=True)
class Samples:
    """Successes and samples, a row a prompt, a column a part of the run; and the mean steps of the parts."""

    right: FloatArray
    drawn: FloatArray
    offsets: FloatArray
    prompts: int


def samples_of(log: Log) -> Samples | None:
    """The samples by prompt and by steps since its first visit; None where no prompt is visited twice."""
    rows = [visits for visits in log.prompts.values() if visits[-1].step > visits[0].step]
    if not rows:
        return None
    prompts = len(rows)
    if prompts > MOST_PROMPTS:
        chosen = np.random.default_rng(SEED).choice(prompts, MOST_PROMPTS, replace=False)
        rows = [rows[i] for i in sorted(chosen)]
    longest = max(visits[-1].step - visits[0].step for visits in rows)
    return _binned(rows, longest, prompts)


def _binned(rows: Sequence[Sequence[Visit]], longest: int, prompts: int) -> Samples:
    """The first visits are a part of their own; the others are cut evenly."""
    bins = min(BINS, longest)
    right, drawn = np.zeros((len(rows), bins + 1)), np.zeros((len(rows), bins + 1))
    sums, counts = np.zeros(bins + 1), np.zeros(bins + 1)
    for i, visits in enumerate(rows):
        for visit in visits:
            offset = visit.step - visits[0].step
            b = 0 if offset == 0 else 1 + (offset - 1) * bins // longest
            right[i, b] += visit.counts.k
            drawn[i, b] += visit.counts.n
            sums[b] += offset * visit.counts.n
            counts[b] += visit.counts.n
    used = counts > 0
    return Samples(right[:, used], drawn[:, used], sums[used] / counts[used], prompts)


@dataclass(frozen=True)
class Fitted:
    """The best step size and its interval, per optimiser step; ``high`` None: no bound is known.

    Attributes:
        weights: of the starts.
        gain: by how much the log-likelihood exceeds that of no step at all.
    """

    samples: Samples
    paths: Paths
    low: float
    best: float
    high: float | None
    weights: FloatArray
    gain: float


def probabilities(paths: Paths, step: float, samples: Samples) -> FloatArray:
    """p of every start (a row) in every part (a column)."""
    return np.clip(paths.p(step * samples.offsets), LEAST, 1 - LEAST)


def by_start(samples: Samples, p: FloatArray) -> FloatArray:
    """The log-likelihood of every prompt (a row) for every start (a column)."""
    wrong = samples.drawn - samples.right
    return np.asarray(samples.right @ np.log(p).T + wrong @ np.log1p(-p).T)


def expected_rates(fitted: Fitted, samples: Samples, p: FloatArray) -> FloatArray:
    """What the fit expects of every prompt (a row) in every part (a column), in the mean over the starts that
    the prompt's samples leave; p of every start is given."""
    table = by_start(samples, p) + np.log(fitted.weights + TINY)
    share = np.exp(table - table.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    return np.asarray(share @ p)


class Likelihood:
    """Of a step size, the starts' distribution taken as the most likely one."""

    def __init__(self, samples: Samples, paths: Paths) -> None:
        self.samples, self.paths = samples, paths
        self.weights = np.full(len(paths.starts), 1 / len(paths.starts))

    def by_start(self, step: float) -> FloatArray:
        """The log-likelihood of every prompt (a row) for every start (a column)."""
        return by_start(self.samples, probabilities(self.paths, step, self.samples))

    def at(self, step: float) -> float:
        """The log-likelihood; the weights found are kept, as where the next search begins."""
        table = self.by_start(step)
        largest = table.max(axis=1, keepdims=True)
        likelihood = np.exp(table - largest)
        weights, before = (self.weights + 1e-4) / (1 + 1e-4 * len(self.weights)), -np.inf
        for _ in range(ROUNDS):
            mixed = likelihood @ weights
            value = float(np.log(mixed).sum())
            if value - before < ENOUGH:
                break
            before = value
            weights = weights * (likelihood.T @ (1 / mixed)) / len(mixed)
        self.weights = weights
        return value + float(largest.sum())


def fit(samples: Samples, paths: Paths, confidence: float) -> Fitted:
    """The most likely step size and the interval of those not much less likely."""
    likelihood = Likelihood(samples, paths)
    longest = float(samples.offsets.max())
    drop = NormalDist().inv_cdf((1 + confidence) / 2) ** 2 / 2
    trials = np.concatenate([[0.0], np.geomspace(1e-3, LONGEST, COARSE)]) / longest
    values = [likelihood.at(step) for step in trials]
    k = int(np.argmax(values))
    best, top = _peak(
        likelihood, trials[max(k - 1, 0)], trials[min(k + 1, len(trials) - 1)], trials[k], values[k]
    )
    level = top - drop
    likelihood.at(best)
    weights = likelihood.weights
    unlikely = [step for step, value in zip(trials, values, strict=True) if value < level]
    below, above = [step for step in unlikely if step <= best], [step for step in unlikely if step > best]
    low = _crossing(likelihood, level, max(below), best) if below and values[0] < level else 0.0
    high = _crossing(likelihood, level, min(above), best) if above else None
    return Fitted(samples, paths, low, best, high, weights, top - values[0])


def _peak(likelihood: Likelihood, low: float, high: float, best: float, top: float) -> tuple[float, float]:
    """By halving the longer side: the largest value lies between two neighbours of the best trial."""
    for _ in range(HALVINGS):
        step = (low + best) / 2 if best - low > high - best else (best + high) / 2
        value = likelihood.at(step)
        if value > top:
            low, high, best, top = (low, best, step, value) if step < best else (best, high, step, value)
        else:
            low, high = (step, high) if step < best else (low, step)
    return best, top


def _crossing(likelihood: Likelihood, level: float, outside: float, inside: float) -> float:
    """Where the likelihood falls below the level, a little outside."""
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        outside, inside = (outside, middle) if likelihood.at(middle) >= level else (middle, inside)
    return outside

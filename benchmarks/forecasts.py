"""Whether small steps foretell a run, held against doing nothing and against logistic growth.

    python -m benchmarks.forecasts TRAJECTORIES.csv

The table has a row a prompt, `k_sequence` a digit a visit, of `n_per_visit` samples. Each way is fitted to
the first half of the visits and asked for the successes of the second half:

- persistence: each prompt stays at the rate that its first half (or the last quarter of that) shows;
- logistic growth: the log-odds of all prompts rise by the same at every visit; or each prompt's by its own
  (a regression with a weak pull of the slope to 0);
- small steps: they rise by a step size times the contrast of groups with a KL of 0.001.

The starts of the last two have one distribution, by maximum likelihood, as in `run`; persistence is the same
with a step size of 0. Printed is the mean squared error of a visit's rate, without what is the samples' own
scatter, which no forecast is rid of: `(k/n - p)^2 - k/n (1 - k/n)/(n - 1)` in the mean.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verified_grpo.audit.runs.fitting import LEAST, Fitted, Likelihood, Samples, by_start, fit, probabilities
from verified_grpo.audit.runs.paths import Paths
from verified_grpo.model import Contrast

EPS, BETA = Fraction(1, 10**6), Fraction(1, 1000)
GROUP = 8
ROUNDS = 40
Floats = NDArray[np.float64]


def read(path: Path) -> Floats:
    """Successes, a row a prompt, a column a visit that all prompts have."""
    with path.open(encoding="utf-8", newline="") as file:
        sequences = [row["k_sequence"] for row in csv.DictReader(file)]
    visits = min(map(len, sequences))
    return np.array([[int(digit) for digit in one[:visits]] for one in sequences], dtype=np.float64)


def part(right: Floats, visits: range) -> Samples:
    """Some of the visits."""
    chosen = right[:, visits.start : visits.stop]
    drawn = np.full_like(chosen, GROUP)
    return Samples(chosen, drawn, np.arange(visits.start, visits.stop, dtype=np.float64), len(right))


def forecast(found: Fitted, later: Samples) -> Floats:
    """p of every prompt and later visit, in the mean over the starts that its first half leaves."""
    early = probabilities(found.paths, found.best, found.samples)
    table = by_start(found.samples, early) + np.log(found.weights + LEAST)
    share = np.exp(table - table.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    return np.asarray(share @ probabilities(found.paths, found.best, later))


def regressed(early: Samples, later: Samples) -> Floats:
    """Each prompt's own line of log-odds, by Newton's method. The slope is normal about 0, with deviation
    0.1, and so, with 3, is the start, without which a prompt that always fails has none."""
    x = np.stack([np.ones_like(early.offsets), early.offsets])
    prior = np.diag([1 / 9, 100])
    lines = np.zeros((len(early.right), 2))
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-lines @ x))
        slope = (early.right - early.drawn * p) @ x.T - lines @ prior
        weight = early.drawn * p * (1 - p)
        bend = np.einsum("it,at,bt->iab", weight, x, x) + prior
        lines += np.clip(np.linalg.solve(bend, slope[..., None])[..., 0], -2, 2)
    return np.asarray(1 / (1 + np.exp(-lines @ np.stack([np.ones_like(later.offsets), later.offsets]))))


def error(p: Floats, later: Samples) -> float:
    """The mean squared error without the scatter of the samples."""
    rate = later.right / GROUP
    return float(((rate - p) ** 2 - rate * (1 - rate) / (GROUP - 1)).mean())


def main(path: Path) -> None:
    """One line a way."""
    right = read(path)
    half = right.shape[1] // 2
    early, later = part(right, range(half)), part(right, range(half, right.shape[1]))
    quarter = right[:, half - half // 2 : half].mean(axis=1, keepdims=True) / GROUP
    rows = {"persistence, last quarter": error(np.broadcast_to(quarter, later.right.shape), later)}
    for name, contrast, eps, beta in (
        ("logistic growth", Contrast("mean"), EPS, Fraction(0)),
        ("small steps", Contrast("group", GROUP, 1), EPS, BETA),
    ):
        found = fit(early, Paths(contrast, eps, beta), 0.95)
        likelihood = Likelihood(early, found.paths)
        likelihood.at(0.0)
        still = replace(found, best=0.0, weights=likelihood.weights)
        rows.setdefault("persistence, first half", error(forecast(still, later), later))
        rows[f"{name}, {found.best:.4f} a visit"] = error(forecast(found, later), later)
    rows["logistic growth, each its own"] = error(regressed(early, later), later)
    for name, value in rows.items():
        print(f"{name:36} {value:.5f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""A log drawn from small steps: groups of 16, whose success goes the way that steps of 0.05 lead.

    python examples/runs/draw.py > examples/runs/rollouts.csv

24 prompts, visited at each of 60 steps; the first step draws from the reference. Nothing but the samples is
random, so that one step size explains the log.
"""

from __future__ import annotations

import csv
import sys
from math import comb, exp, sqrt
from random import Random

PROMPTS, STEPS, GROUP, STEP_SIZE, BETA = 24, 60, 16, 0.05, 0.04


def omega(p: float) -> float:
    """The advantage of a success less that of a failure, others drawn with p: over std (ddof 1) + 1e-4."""
    total = 0.0
    for others in range(GROUP):
        chance = comb(GROUP - 1, others) * p**others * (1 - p) ** (GROUP - 1 - others)
        for right, sign in ((1, 1), (0, -1)):
            k = others + right
            std = sqrt(k * (GROUP - k) / (GROUP * (GROUP - 1)))
            total += chance * sign * (right - k / GROUP) / (std + 1e-4)
    return total


def main() -> None:
    """Rows of step, prompt, k and n."""
    source = Random(1)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("step", "prompt", "k", "n"))
    starts = [-4 + 5 * i / (PROMPTS - 1) for i in range(PROMPTS)]
    here = list(starts)
    for step in range(1, STEPS + 1):
        for i, logit in enumerate(here):
            p = 1 / (1 + exp(-logit))
            rows.writerow((step, f"q{i:02}", sum(source.random() < p for _ in range(GROUP)), GROUP))
            here[i] += STEP_SIZE * (omega(p) - BETA * (logit - starts[i]))


if __name__ == "__main__":
    main()

"""Makes ``sample.csv``: GRPO on a policy of two answers a prompt, right or wrong, in small noisy steps.

    python examples/training_run/make_sample.py

Every prompt has a log-odds of its own; a visit draws 8 answers, normalises their rewards within the group and
takes a step along the gradient, with a k3 term of weight 0.001. A little of each step is shared by all.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

PROMPTS, VISITS, GROUP = 60, 24, 8
STEP, SHARED, BETA, EPS = 0.25, 0.05, 0.001, 1e-6


def main() -> None:
    """Write the sample; the same on every machine."""
    random = np.random.default_rng(2026)
    start = random.normal(-1.0, 2.5, PROMPTS)
    logit, counts = start.copy(), np.zeros((PROMPTS, VISITS), dtype=int)
    for visit in range(VISITS):
        p = 1 / (1 + np.exp(-logit))
        rewards = random.random((PROMPTS, GROUP)) < p[:, None]
        counts[:, visit] = rewards.sum(axis=1)
        centred = rewards - rewards.mean(axis=1, keepdims=True)
        advantage = centred / (rewards.std(axis=1, ddof=1, keepdims=True) + EPS)
        gradient = (advantage * (rewards - p[:, None])).mean(axis=1)
        p_start = 1 / (1 + np.exp(-start))
        gradient -= BETA * (p - p_start)  # of KL(start||now), which k3 estimates
        logit = logit + STEP * gradient + SHARED * gradient.mean()
    rows = ["prompt_index,n_per_visit,visits,k_sequence"]
    rows += [f"{i},{GROUP},{VISITS},{''.join(map(str, row))}" for i, row in enumerate(counts)]
    (Path(__file__).parent / "sample.csv").write_text("\n".join(rows) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()

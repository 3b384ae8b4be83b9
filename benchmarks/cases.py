"""The cases measured: parameters as decimal text, so that all contestants read the same exact numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass

EPS = "1e-5"


@dataclass(frozen=True)
class Triple:
    """(beta, eps, p_ref) of contrast mean-var with alpha = 1, as decimal text."""

    beta: str
    eps: str
    p_ref: str


def random_triples(count: int, seed: int) -> list[Triple]:
    """beta log-uniform in 0.01:10, p_ref uniform in 0.01:0.99, both to six significant digits; eps 1e-5."""
    draw = random.Random(seed)
    return [
        Triple(f"{10 ** draw.uniform(-2, 1):.6g}", EPS, f"{draw.uniform(0.01, 0.99):.6g}")
        for _ in range(count)
    ]


THREE_ROOTS = Triple("5", EPS, "0.3")
"""A triple with three fixed points, for the runs at many digits."""

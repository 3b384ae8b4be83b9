"""The four contrasts by their own files and written as expressions: how long all fixed points, the limit of
small steps, and the check of both certificates take.

    python -m benchmarks.expressions [--repeat N] [--out benchmarks/expressions.json]

Milliseconds are the processor's, of one thread, by Arb: the mean of N prompts, p_ref from 0.02 on; beta 2,
eps 1e-3.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from verified_grpo.certificates import fixed_points_certificate
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.model import Contrast, Parameters
from verified_grpo.rigor import fixed_points
from verified_grpo.rigor.points.fixed_points import FixedPoints
from verified_grpo.rigor.sequences.small_steps import small_steps
from verified_grpo.work.files import write_bytes

from . import machine
from .passages import timed

GROUP = (
    "q^3*(3/4)/(1/2 + eps) + 3*p*q^2*((1/2)/(sqrt(1/3) + eps) + (1/4)/(1/2 + eps))"
    " + 3*p^2*q*((1/4)/(1/2 + eps) + (1/2)/(sqrt(1/3) + eps)) + p^3*(3/4)/(1/2 + eps)"
)
PAIRS = {
    "mean-var": (Contrast("mean-var"), "1/sqrt(v + eps)"),
    "mean-std": (Contrast("mean-std"), "1/(sqrt(v) + eps)"),
    "mean": (Contrast("mean"), "1"),
    "group of 4": (Contrast("group", 4, 1), GROUP),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "expressions.json")
    asked = parser.parse_args(arguments)
    results: dict[str, Any] = {
        "machine": machine.facts(),
        "milliseconds": "of processor time, one thread, a prompt",
    }
    for name, (own, text) in PAIRS.items():
        sides = [measured(contrast, asked.repeat) for contrast in (own, Contrast.of(text))]
        results[name] = {
            what: {"own file": sides[0][what], "expression": sides[1][what]} for what in sides[0]
        }
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    return 0


def measured(contrast: Contrast, repeat: int) -> dict[str, float]:
    """Milliseconds a prompt; what is compiled once is compiled before."""
    boxes = [Parameters.of(beta=2, eps="1e-3", p_ref=Fraction(2 + k, 100)) for k in range(repeat)]
    small_steps(contrast, Parameters.of(beta=2, eps="1e-3", p_ref="1/3"))
    found, points = timed(lambda: [fixed_points(contrast, box) for box in boxes])
    rises, steps = timed(lambda: [small_steps(contrast, box) for box in boxes])
    sealed = [canonical_bytes(fixed_points_certificate(x)) for x in found if isinstance(x, FixedPoints)]
    sealed += [canonical_bytes(small_steps_certificate(x)) for x in rises]
    outcomes, checks = timed(lambda: [check_bytes(x, "arb").outcome for x in sealed])
    if outcomes != [Outcome.ACCEPTED] * 2 * repeat:
        raise SystemExit(f"{contrast.label}: {outcomes}")
    each = {"fixed points": points, "small steps": steps, "both checks": checks}
    return {name: round(1000 * seconds / repeat, 2) for name, seconds in each.items()}


if __name__ == "__main__":
    raise SystemExit(main())

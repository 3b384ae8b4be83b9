"""How long it takes to count a thousand steps and a million, and to check the count; how wide an enclosure is
after them; and both views of a prompt.

    python -m benchmarks.passages [--steps N ...] [--out benchmarks/passages.json]

Seconds are the processor's. The prompt is beta 1, eps 1e-5, p_ref 1/1000, from there to p = 0.05.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from verified_grpo.answers.views import views
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.checker import ARITHMETICS, check_bytes
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.sequences.passage import Passage, passage
from verified_grpo.rigor.sequences.trajectory import Trajectory, trajectory
from verified_grpo.work.files import write_bytes

from . import machine

X = TypeVar("X")

REACH = "0.05"
WHOLE = 8178
"""Of steps of this reciprocal size: about so many lead there at size 1e-4."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=[1000, 1_000_000])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "passages.json")
    asked = parser.parse_args(arguments)
    results: dict[str, Any] = {
        "machine": machine.facts(),
        "seconds": "of processor time, one thread",
        "passages": [counted(n) for n in asked.steps],
        "views": [viewed(Parameters.of(beta=beta, eps="1e-5", p_ref="0.001")) for beta in ("0.3", 1, 5)],
    }
    write_bytes(asked.out, (json.dumps(results, indent=1) + "\n").encode())
    return 0


def counted(about: int) -> dict[str, Any]:
    """A passage of about so many steps, its certificate checked, and the same way enclosed."""
    size = exact("1e-4") * Fraction(WHOLE, about)
    recursion = Update.of(Fraction(round(size * 10**12), 10**12)).recursion(
        StepParameters.of(beta=1, eps="1e-5", p_ref="0.001")
    )
    found, seconds = timed(lambda: passage(MEAN_VAR, recursion, REACH))
    if not isinstance(found, Passage) or found.steps is None:
        raise SystemExit(f"{found}")
    certificate = canonical_bytes(passage_certificate(found))
    measured: dict[str, Any] = {"steps": list(found.steps), "search": seconds, "bytes": len(certificate)}
    for name in ARITHMETICS:
        verdict, seconds = timed(partial(check_bytes, certificate, name))
        measured[f"check {name}"] = [verdict.outcome.value, seconds]
    way, seconds = timed(partial(trajectory, MEAN_VAR, recursion, found.steps[1]))
    assert isinstance(way, Trajectory)
    low, high = way.values[-1][1].logit
    return {**measured, "trajectory": seconds, "width": f"{float(high - low):.1e}"}


def viewed(point: Parameters) -> dict[str, Any]:
    """Both views of a prompt."""
    _, seconds = timed(lambda: views(MEAN_VAR, point))
    return {"beta": str(point.beta[0]), "both views": seconds}


def timed(work: Callable[[], X]) -> tuple[X, float]:
    """What it gives, and the processor's seconds."""
    start = time.process_time()
    return work(), round(time.process_time() - start, 3)


if __name__ == "__main__":
    raise SystemExit(main())

"""What a first answer costs: a new process, imports, formulas derived and compiled, one triple."""

from __future__ import annotations

import subprocess
import sys
import time

from .timing import rounded

PROGRAM = """
from verified_grpo import MEAN_VAR, Parameters, fixed_points
fixed_points(MEAN_VAR, Parameters.of(beta=5, eps="1e-5", p_ref="0.3"), engine="arb")
"""


def measure(rounds: int) -> dict[str, float]:
    """Wall-clock seconds of the whole process, the least of some."""
    return {"wall_seconds": rounded(min(_one() for _ in range(rounds)))}


def _one() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
    return time.perf_counter() - start

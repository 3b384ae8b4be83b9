"""Peak memory: each piece of work in a process of its own, which reports the most it ever held.

python -m benchmarks.memory NAME
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from . import box_proofs, checking
from .all_fixed_points import contestants
from .cases import THREE_ROOTS, random_triples
from .suite import solver
from .timing import rounded

LIMIT = 300.0


def works(triples: int, seed: int, digits: int) -> dict[str, Callable[[], Any]]:
    """What is run, by name; each function is one process."""
    cases = random_triples(triples, seed)
    race: dict[str, Callable[[], Any]] = {
        f"all fixed points: {name}": partial(lambda c: [c.solve(t) for t in cases], c)
        for name, c in contestants().items()
        if c is not None
    }
    return {
        "nothing but the imports": lambda: None,
        **race,
        f"{digits} digits: arb": partial(solver("arb", digits), THREE_ROOTS),
        f"{digits} digits: mpmath": partial(solver("mpmath", digits), THREE_ROOTS),
        "box proofs": lambda: [box_proofs.prove(case, "arb") for case in box_proofs.CASES],
        "check": lambda: checking.check_all(checking.prove_all(cases)),
    }


def measure(triples: int, seed: int, digits: int) -> dict[str, Any]:
    """Peak megabytes of each piece of work."""
    shape = [str(triples), str(seed), str(digits)]
    peaks: dict[str, Any] = {}
    for name in works(triples, seed, digits):
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", name, *shape],
            capture_output=True,
            text=True,
            check=False,
        )
        peaks[name] = rounded(float(child.stdout)) if child.returncode == 0 else "failed"
    return {"unit": "MB", "limit": LIMIT, "peak": peaks}


def peak() -> float:
    """The most megabytes this process ever held.

    Linux tells the peak of the program itself; getrusage may count what the parent held before it became this
    program.
    """
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1.024e-3
    except OSError:
        pass
    unit = 1e-6 if sys.platform == "darwin" else 1.024e-3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    works(*(int(x) for x in sys.argv[2:5]))[sys.argv[1]]()
    print(peak())

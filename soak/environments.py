"""Floating-point environments planted before anything else is done: are the same bytes published?

python -m soak.environments [NAME]      prints the digest of tables and an atlas made in that environment
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction

from tests.intervals.environments import FLAGS, POSSIBLE, change

from .ledger import ROOT

SECONDS = 300
FILE = "intervals/environment.py"


def planted() -> Iterator[tuple[str, dict[str, str]]]:
    """A row of the ledger for each environment that can be set here."""
    sound = published("") if POSSIBLE else ""
    for name in FLAGS if POSSIBLE else ():
        found = published(name)
        noticed = {"by": "the guard", "says": "the same bytes"} if found == sound else None
        yield f"environment: {name}", {"file": FILE, **(noticed or {"by": "nobody", "says": found[:80]})}


def published(name: str) -> str:
    """What a fresh process, changed before the package is imported, prints."""
    command = [sys.executable, "-W", "ignore", "-m", "soak.environments", *([name] if name else [])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    return done.stdout or f"stopped: {(done.stderr.strip().splitlines() or ['nothing printed'])[-1]}"


def digest() -> str:
    """Of a table with numbers below 2^-1022, and of the certificate of an atlas."""
    import numpy as np

    from verified_grpo.answers.atlas import ask, draw_up
    from verified_grpo.certificates import canonical_bytes
    from verified_grpo.model import MEAN_VAR
    from verified_grpo.rigor.arrays import Dynamics, References, solve_table

    dynamics = Dynamics(MEAN_VAR, Fraction(1), Fraction(1, 25), Fraction(1, 10**5))
    table = solve_table(dynamics, References.of_counts(np.arange(1, 40), np.full(39, 40)))
    total = hashlib.sha256()
    for column in fields(table):
        total.update(np.ascontiguousarray(getattr(table, column.name)).tobytes())
    total.update(canonical_bytes(draw_up(ask(beta="1:20", eps="1e-3", p_ref="0.01:0.6", tolerance="0.5"))))
    return total.hexdigest()


if __name__ == "__main__":
    if sys.argv[1:]:
        change(sys.argv[1])
    sys.stdout.write(f"{digest()}\n")

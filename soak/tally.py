"""What came of a chunk of cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

EXAMPLES = 3


@dataclass
class Tally:
    """Cases tried, violations with a few examples, and how many the oracle could not decide."""

    cases: int = 0
    violations: int = 0
    undecided: int = 0
    by_arb: int = 0  # cases of doubles that were passed on to Arb
    examples: list[str] = field(default_factory=list)

    def judge(self, right: Any, given: Any) -> None:
        """A mask of what is right; anything else is a violation."""
        for k in np.flatnonzero(~right):
            self.violations += 1
            self.examples.append(str([(float(lo[k]), float(hi[k])) for lo, hi in given]))

    def add_to(self, row: dict[str, Any]) -> None:
        """Add to a row of the ledger."""
        for key in ("cases", "violations", "undecided", "by_arb"):
            row[key] = row.get(key, 0) + getattr(self, key)
        row["examples"] = [*row.get("examples", []), *self.examples][:EXAMPLES]

"""Long tests that the suite runs only a share of: attacks, planted faults, containment, fuzzing.

    python -m soak [attacks] [faults] [containment] [fuzz] [sizes] [--budget SECONDS] [--seed N]

Every part is cut into numbered chunks, each determined by the seed and its number. What was done is kept in
`ledger/` beside this file, so that a run goes on where the last one stopped; counts are dropped when the
code they speak of has changed. After each part the manual's page `docs/trust.md` is written anew from the
ledger: no number on it is typed by hand.
"""

from __future__ import annotations

"""Answers of the arrays held against Arb's, claim by claim, at random.

    python -m benchmarks.table_agreement [--claims N] [--seed N] [--out FILE]

A claim is the number of a row's fixed points, the bracket of one of them, the limit of its sequence, or that
this limit attracts. Arb is asked the same question from the exact numbers; a claim that cannot be true beside
Arb's proof is a contradiction, and one is enough for exit code 1.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np

from verified_grpo.intervals import exact
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import (
    ConvergesToCycle,
    FixedPoints,
    Monotone,
    fixed_points,
    limit,
)
from verified_grpo.rigor.arrays import Dynamics, References, TableColumns, Verdict, solve_table

from . import machine

OUT = Path(__file__).parent / "table_agreement.json"
ROWS = 400
LIMITS_EVERY = 4
"""Arb takes longest for limits: one row in so many is asked for its own."""
CONTRASTS = (
    MEAN_VAR,
    MEAN_VAR,
    MEAN_STD,
    MEAN_STD,
    MEAN,
    *(Contrast("group", g, g % 3 % 2) for g in (2, 4, 8, 16)),
)


@dataclass
class Tally:
    """What was compared."""

    claims: Counter[str] = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    undecided_by_arrays: int = 0
    undecided_by_arb: int = 0

    def judge(self, kind: str, agrees: bool, where: str) -> None:
        """Count a claim; remember it where it contradicts Arb."""
        self.claims[kind] += 1
        if not agrees:
            self.contradictions.append(f"{kind}: {where}")


def random_dynamics(draw: random.Random) -> Dynamics:
    """alpha 1 or any in (0, 1), beta and eps log-uniform, short decimals."""
    alpha = "1" if draw.random() < 0.5 else f"{draw.uniform(0.01, 0.99):.3g}"
    beta, eps = f"{10 ** draw.uniform(-1.3, 1.5):.4g}", f"{10 ** draw.uniform(-8, -2):.3g}"
    return Dynamics(draw.choice(CONTRASTS), exact(alpha), exact(beta), exact(eps))


def random_counts(draw: random.Random, size: int) -> tuple[list[int], list[int]]:
    """k of n with 0 < k < n, of small and large n, rare ones too."""
    n = [2 + int(10 ** draw.uniform(0, 7)) for _ in range(size)]
    k = [
        draw.randrange(1, total) if draw.random() < 0.5 else min(total - 1, int(total ** draw.random()))
        for total in n
    ]
    return k, n


def compare(draw: random.Random, tally: Tally, rows: int = ROWS) -> None:
    """One random table against Arb."""
    dynamics = random_dynamics(draw)
    k, n = random_counts(draw, rows)
    columns = solve_table(dynamics, References.of_counts(np.array(k), np.array(n)))
    for row in range(rows):
        _compare_row(dynamics, Fraction(k[row], n[row]), columns, row, tally)


def _compare_row(dynamics: Dynamics, p_ref: Fraction, columns: TableColumns, row: int, tally: Tally) -> None:
    where = f"{dynamics.contrast.label} {dynamics.alpha} {dynamics.beta} {dynamics.eps} p_ref {p_ref}"
    parameters = Parameters.of(alpha=dynamics.alpha, beta=dynamics.beta, eps=dynamics.eps, p_ref=p_ref)
    tally.rows += 1
    tally.undecided_by_arrays += bool(columns.undecided[row])
    tally.counts[str(columns.count[row])] += 1
    tally.verdicts[Verdict(columns.verdict[row]).name.lower()] += 1
    found = fixed_points(dynamics.contrast, parameters, digits=12, engine="arb")
    if not isinstance(found, FixedPoints):
        tally.undecided_by_arb += 1
        return
    if columns.count[row] >= 0:
        brackets = [
            pair for pair in zip(columns.fixed_low[row], columns.fixed_high[row], strict=True)
            if not math.isnan(pair[0])
        ]  # fmt: skip
        tally.judge("count", columns.count[row] == len(brackets) == found.count, where)
        for pair, point in zip(brackets, found.points, strict=False):
            tally.judge("bracket", _meets(pair, point.logit), where)
    if columns.verdict[row]:
        _compare_limit(found, columns, row, tally, where)


def _compare_limit(found: FixedPoints, columns: TableColumns, row: int, tally: Tally, where: str) -> None:
    """The least fixed point by the list; other limits, and one row in a few, by Arb's own proof."""
    bracket = (columns.limit_low[row], columns.limit_high[row])
    rate, period = columns.rate[row], columns.period[row]
    if period == 1:
        near = [point for point in found.points if _meets(bracket, point.logit)]
        least = columns.verdict[row] == Verdict.RISES and columns.step[row] == 0
        agrees = near[:1] == [found.points[0]] if least else bool(near)
        tally.judge("limit is a fixed point", agrees, where)
        if not math.isnan(rate):
            repels = bool(near) and all(point.stability == "repelling" for point in near)
            tally.judge("limit attracts", rate < 1 and not repels, where)
    if period > 1 or row % LIMITS_EVERY == 0:
        proof = limit(found.contrast, found.parameters, digits=12, engine="arb")
        if isinstance(proof, Monotone | ConvergesToCycle):
            cycle = proof.points if isinstance(proof, ConvergesToCycle) else (proof.limit,)
            met = len(cycle) == period and all(_meets(bracket, point.logit) for point in cycle)
            tally.judge("limit", met, where)


def _meets(pair: tuple[float, float], exact_pair: tuple[Fraction, Fraction]) -> bool:
    low, high = pair
    return bool(low <= exact_pair[1] and exact_pair[0] <= high)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare until so many claims are made; write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table_agreement")
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims to hold against Arb")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random tables")
    parser.add_argument("--out", type=Path, default=OUT, help="file of the result")
    asked = parser.parse_args(arguments)
    draw, tally, tables = random.Random(asked.seed), Tally(), 0
    while tally.claims.total() < asked.claims:
        compare(draw, tally)
        tables += 1
        if tables % 20 == 0:
            sys.stderr.write(f"{tally.claims.total()} claims, {len(tally.contradictions)} contradictions\n")
    result = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"python -m benchmarks.table_agreement --claims {asked.claims} --seed {asked.seed}",
        "machine": machine.facts(),
        "tables": tables,
        "rows": tally.rows,
        "claims": {"all": tally.claims.total(), **dict(sorted(tally.claims.items()))},
        "rows_by_count": dict(sorted(tally.counts.items())),
        "rows_by_verdict": dict(sorted(tally.verdicts.items())),
        "contradictions": tally.contradictions,
        "rows_undecided_by_arrays": tally.undecided_by_arrays,
        "rows_undecided_by_arb": tally.undecided_by_arb,
    }
    asked.out.write_text(json.dumps(result, indent=1) + "\n")
    return 1 if tally.contradictions else 0


if __name__ == "__main__":
    sys.exit(main())

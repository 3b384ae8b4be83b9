"""All fixed points of random triples at 15 digits: the suite's two engines, the yardstick and the peers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from .cases import Triple
from .contestant import Answer, Contestant
from .peers import codac_contractor, mpmath_iv, pyintval_newton
from .suite import contestant
from .timing import rounded, summary, take_turns

YARDSTICK = mpmath_iv.CONTESTANT.name
PEERS = {
    YARDSTICK: mpmath_iv.CONTESTANT,
    "codac contractor": codac_contractor.CONTESTANT,
    "pyintval Newton": pyintval_newton.CONTESTANT,
}


def contestants() -> dict[str, Contestant | None]:
    """By name; None where a peer is not installed."""
    ours = (contestant("arb"), contestant("mpmath"))
    return {**{c.name: c for c in ours}, **PEERS}


def measure(triples: Sequence[Triple], rounds: int) -> dict[str, Any]:
    """Times and ratios, and whether all agree."""
    entered = contestants()
    racing = {name: c for name, c in entered.items() if c is not None}
    times, found = take_turns(
        {name: partial(_solve_all, c, triples) for name, c in racing.items()},
        rounds,
        {name: c.fresh for name, c in racing.items()},
    )
    answers = {name: [c.answer(f) for f in found[name]] for name, c in racing.items()}
    report: dict[str, Any] = dict.fromkeys(entered, "not installed")
    for name, c in racing.items():
        widths = (float(high - low) for a in answers[name] for low, high in a.brackets)
        counts = Counter(len(a.brackets) for a in answers[name])
        report[name] = {
            **summary(times[name], times[YARDSTICK]),
            "microseconds_per_triple": rounded(min(times[name]) / len(triples) * 1e6),
            "counts": {str(count): number for count, number in sorted(counts.items())},
            "incomplete": sum(not a.complete for a in answers[name]),
            "widest_bracket": rounded(max(widths, default=0.0)),
            "delivers": c.delivers,
        }
    return {
        "triples": len(triples),
        "rounds": rounds,
        "contestants": report,
        "disagreements": disagreements(answers),
    }


def _solve_all(c: Contestant, triples: Sequence[Triple]) -> list[Any]:
    return [c.solve(triple) for triple in triples]


def disagreements(answers: dict[str, list[Answer]]) -> list[str]:
    """Where two that claim completeness differ in the count, or in where a fixed point is."""
    found = []
    reference = next(iter(answers))
    for name, theirs in answers.items():
        for k, (a, b) in enumerate(zip(answers[reference], theirs, strict=True)):
            if a.complete and b.complete and not agree(a, b):
                found.append(f"triple {k}: {reference} and {name}")
    return found


def agree(a: Answer, b: Answer) -> bool:
    """As many brackets, which overlap one for one."""
    pairs = list(zip(sorted(a.brackets), sorted(b.brackets), strict=False))
    return len(a.brackets) == len(b.brackets) and all(x[0] <= y[1] and y[0] <= x[1] for x, y in pairs)

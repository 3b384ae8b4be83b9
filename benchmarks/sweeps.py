"""A sweep of random triples, each with numbers of its own: from decimal text to a frame of certified columns,
its arrays alone, and the peers of :mod:`.all_fixed_points`, one triple after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from verified_grpo import Variant
from verified_grpo.intervals import exact
from verified_grpo.intervals.array_bounds import ARRAYS, Interval
from verified_grpo.model import MEAN_VAR
from verified_grpo.rigor.arrays.mixed import MixedColumns, solve_mixed
from verified_grpo.rigor.arrays.table import References

from .all_fixed_points import PEERS, YARDSTICK
from .cases import Triple
from .timing import rounded, take_turns

FRAME, ARRAYS_ALONE = "verified-grpo, from text to frame", "verified-grpo, arrays alone"


def frame(triples: Sequence[Triple]) -> Any:
    """As a notebook asks."""
    beta, eps, p_ref = ([getattr(t, name) for t in triples] for name in ("beta", "eps", "p_ref"))
    return Variant().sweep(beta=beta, eps=eps, p_ref=p_ref)


def arrays_alone(triples: Sequence[Triple]) -> Callable[[], MixedColumns]:
    """The same with the numbers read beforehand."""

    def made(name: str) -> Interval:
        return ARRAYS.exacts(exact(getattr(t, name)).as_integer_ratio() for t in triples)

    reference = References.of_fractions([exact(t.p_ref) for t in triples])
    between = ARRAYS.between(reference.low, reference.high)
    return partial(solve_mixed, MEAN_VAR, made("beta"), made("eps"), between)


def measure(triples: Sequence[Triple], rounds: int) -> dict[str, Any]:
    """Microseconds a triple, and how many times the fastest peer takes; mpmath.iv is left out."""
    work: dict[str, Callable[[], Any]] = {
        FRAME: partial(frame, triples),
        ARRAYS_ALONE: arrays_alone(triples),
    }
    peers = {name: c for name, c in PEERS.items() if c is not None and name != YARDSTICK}
    for name, peer in peers.items():
        work[name] = partial(_one_by_one, peer.solve, triples)
    times, found = take_turns(work, rounds)
    each = {name: min(spent) / len(triples) * 1e6 for name, spent in times.items()}
    report: dict[str, Any] = {
        "triples": len(triples),
        "microseconds_per_triple": {name: rounded(x) for name, x in each.items()},
        "undecided_by_arrays": int((~found[ARRAYS_ALONE].known).sum()),
        "disagreements": [
            k
            for name in peers
            for k, (brackets, complete) in enumerate(found[name])
            if complete and len(brackets) != found[FRAME]["count"][k]
        ],
    }
    if peers:
        fastest = min(each[name] for name in peers)
        report["times_faster_than_the_fastest_peer"] = {
            name: rounded(fastest / each[name]) for name in (FRAME, ARRAYS_ALONE)
        }
    return report


def _one_by_one(solve: Callable[[Triple], Any], triples: Sequence[Triple]) -> list[Any]:
    return [solve(triple) for triple in triples]

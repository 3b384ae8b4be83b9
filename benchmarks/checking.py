"""Check time against prove time: certificates of the random triples, and of the boxes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from verified_grpo.certificates import canonical_bytes, fixed_points_certificate, region_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.rigor import FixedPoints

from . import box_proofs
from .cases import Triple
from .suite import forget, solver
from .timing import rounded, summary, take_turns


def measure(triples: Sequence[Triple], rounds: int, yardstick: Sequence[float]) -> dict[str, Any]:
    """Seconds to prove and write, and to check, with Arb; ``yardstick`` is of the same triples."""
    proofs = prove_all(triples)
    times, _ = take_turns(
        {"prove": partial(prove_all, triples), "check": partial(check_all, proofs)},
        rounds,
        {"prove": forget, "check": lambda: None},
    )
    return {
        "fixed points": {
            **{name: summary(spent, yardstick) for name, spent in times.items()},
            "check_over_prove": rounded(min(times["check"]) / min(times["prove"])),
            "mean_bytes": sum(map(len, proofs)) // len(proofs),
        },
        "boxes": {case.name: _box(case, rounds) for case in box_proofs.CASES},
    }


def prove_all(triples: Sequence[Triple]) -> list[bytes]:
    """Certificates of all fixed points of each triple; undecided triples give none."""
    found = map(solver("arb"), triples)
    return [canonical_bytes(fixed_points_certificate(f)) for f in found if isinstance(f, FixedPoints)]


def check_all(proofs: Sequence[bytes]) -> None:
    """Raise if one certificate is not accepted: the time of a rejection would be no measure."""
    for data in proofs:
        verdict = check_bytes(data)
        if verdict.outcome is not Outcome.ACCEPTED:
            raise AssertionError(f"a certificate of the benchmark is {verdict.outcome}: {verdict.message}")


def _box(case: box_proofs.Case, rounds: int) -> dict[str, Any]:
    data = canonical_bytes(region_certificate(box_proofs.prove(case, "arb"), "arb"))
    times, _ = take_turns(
        {"prove": partial(box_proofs.prove, case, "arb"), "check": partial(check_all, [data])},
        rounds,
        {"prove": forget, "check": lambda: None},
    )
    return {
        "prove_seconds": rounded(min(times["prove"])),
        "check_seconds": rounded(min(times["check"])),
        "check_over_prove": rounded(min(times["check"]) / min(times["prove"])),
        "bytes": len(data),
    }

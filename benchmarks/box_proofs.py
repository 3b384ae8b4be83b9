"""Properties over boxes of parameters: seconds and leaves a second, next to plain ``mpmath.iv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from verified_grpo.model import MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import Outcome, Proved, Tree, certify

from .peers import mpmath_iv_paving
from .suite import forget
from .timing import rounded, seconds, summary, take_turns

PLAIN_LEAVES = 20_000


@dataclass(frozen=True)
class Case:
    """A question with its known answer; ``plain`` when the plain paving is made for it."""

    name: str
    property: str
    contrast: Contrast
    beta: str
    eps: str
    p_ref: str
    verdict: str
    plain: bool = False


GROUP = Contrast("group", 8, 0)
CASES = (
    Case("closed form", "contraction", MEAN_VAR, "61:100", "1e-5:1e-4", "0.001:0.9999", "proved"),
    Case("witness", "contraction", MEAN_VAR, "50:100", "1e-5", "0.001:0.9999", "refuted"),
    Case("margin", "amplification", MEAN_VAR, "0.001:100", "1e-6:1", "0.001:0.999", "proved"),
    Case("paving, mean-var", "contraction", MEAN_VAR, "0.1:1", "1e-5", "0.5:0.99", "proved", plain=True),
    Case(
        "paving, mean-var, near a fold",
        "contraction",
        MEAN_VAR,
        "0.1:4",
        "1e-5",
        "0.9:0.99",
        "proved",
        plain=True,
    ),
    Case("paving, group of 8", "contraction", GROUP, "0.5:10", "1e-5", "0.1:0.9", "proved"),
    Case("paving, group of 8, one fixed point", "uniqueness", GROUP, "0.5:10", "1e-5", "0.1:0.9", "proved"),
)


def prove(case: Case, engine: str) -> Outcome:
    """The suite's answer; a wrong verdict is an error, its time would be no measure."""
    box = Parameters.of(beta=case.beta, eps=case.eps, p_ref=case.p_ref)
    outcome = certify(case.property, case.contrast, box, engine=engine)
    if outcome.verdict != case.verdict:
        raise AssertionError(f"{case.name}: {outcome.verdict}, expected {case.verdict}")
    return outcome


def measure(rounds: int) -> dict[str, Any]:
    """Every case on both engines."""
    return {case.name: _measure(case, rounds) for case in CASES}


def _measure(case: Case, rounds: int) -> dict[str, Any]:
    names = {f"verified-grpo, {engine}": engine for engine in ("arb", "mpmath")}
    times, outcomes = take_turns(
        {name: partial(prove, case, engine) for name, engine in names.items()},
        rounds,
        dict.fromkeys(names, forget),
    )
    report: dict[str, Any] = {
        "question": f"{case.property}, {case.contrast.label}",
        "box": f"beta {case.beta}, eps {case.eps}, p_ref {case.p_ref}",
        "verdict": case.verdict,
    }
    yardstick = None
    if case.plain:
        trials = [seconds(partial(_plain, case)) for _ in range(rounds)]
        yardstick, (proved, count) = min(trials)
        report["mpmath.iv paving"] = {
            "seconds": rounded(yardstick),
            "proved": proved,
            "leaves": count,
            "leaves_per_second": rounded(count / yardstick),
        }
    for name, spent in times.items():
        entry = summary(spent, [yardstick]) if yardstick else {"seconds": summary(spent, spent)["seconds"]}
        found = leaves(outcomes[name])
        report[name] = {**entry, "leaves": found, "leaves_per_second": rounded(found / min(spent))}
    return report


def _plain(case: Case) -> tuple[bool, int]:
    beta, p_ref = (tuple(text.split(":")) for text in (case.beta, case.p_ref))
    return mpmath_iv_paving.contracts((beta[0], beta[1]), case.eps, (p_ref[0], p_ref[1]), PLAIN_LEAVES)


def leaves(outcome: Outcome) -> int:
    """Leaves of a paving; 0 where none was needed."""
    if isinstance(outcome, Proved) and isinstance(outcome.evidence, Tree):
        return (len(outcome.evidence.nodes) + 1) // 2
    return 0

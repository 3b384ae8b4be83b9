"""Held-out parameters of every contrast: both views, the largest step and passages, against brute force at 60
digits."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest

from tests.checker.oracle import contradicted
from tests.checker.truth import float_omega
from verified_grpo.answers.views import views, views_certificates
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast, Fact
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.model.verifier import Verifier
from verified_grpo.rigor.sequences.passage import Passage, passage
from verified_grpo.rigor.sequences.small_steps import RisesBySteps

CONTRASTS = (
    Contrast("mean-var"),
    Contrast("mean-std"),
    Contrast("mean"),
    Contrast("group", 8, 1),
    Contrast("maxrl", 5),
    Contrast("group-loo", 4),
    Contrast("group-mixed", 4, 1),
    Contrast("batch", 8),
    Contrast.of("1/(p + eps)"),
    Verifier.of("0.9", "0.2").drive(Contrast("mean-var")),  # errors drawn anew at each look
    Verifier.of("0.97", "0.35").drive(Contrast("mean-std")),
)
AXES, FAR, NEAR = ("alpha", "beta", "eps", "p_ref"), 40_000, 1e-6
SHARES = ("0.9", "0.4", "0.1")
"""Of the largest step."""


def drawn(source: random.Random) -> StepParameters:
    eps, alpha = source.choice(("1e-4", "0.01", "0.3")), source.choice(("1", "1", "0.6"))
    beta, odds = 10 ** source.uniform(-0.3, 1), 10 ** source.uniform(-3, 0.3)
    return StepParameters.of(beta=f"{beta:.3g}", eps=eps, p_ref=f"{odds / (1 + odds):.3g}", alpha=alpha)


def claims(contrast: Contrast, box: StepParameters, source: random.Random) -> Iterator[Any]:
    """Certificates of the views, and of the steps to a place on the way to the limit, and to one beyond."""
    found = views(contrast, box)
    if not found.is_proved:  # of one without a bound there may be no fixed point, which nothing proves
        assert contrast.lacks(Fact.BOUNDED)
        return
    yield from views_certificates(found).values()
    if not isinstance(found.small, RisesBySteps) or found.small.limit is None:
        return
    size = exact(f"{float(found.small.largest_step[0]) * float(source.choice(SHARES)):.3g}")
    update = Update((size, size), source.choice((1, 3)) if size * box.beta[0] < Fraction(1, 4) else 1)
    reached = exact(found.small.limit.p[0])
    for share in (Fraction(1, 3), Fraction(4, 5), Fraction(6, 5)):
        target = exact(f"{float(box.p_ref[0] + (reached - box.p_ref[0]) * share):.6g}")
        if 0 < target < 1 and size * box.beta[0] <= 1:
            count = passage(contrast, update.recursion(box), target)
            if isinstance(count, Passage) and (count.steps or (0, 0))[1] < 500:
                yield passage_certificate(count)


def false(statement: dict[str, Any]) -> str | None:
    """What contradicts a statement; where a sequence settles more slowly than the oracle waits it is followed
    farther, in floats."""
    reason = contradicted(statement)
    if reason is None or not reason.startswith("no such limit") or "points" not in statement:
        return reason
    alpha, beta, eps, p_ref = (float(exact(statement["parameters"][name])) for name in AXES)
    start = here = math.log(p_ref / (1 - p_ref))
    for _ in range(FAR):
        omega = float(float_omega(statement["variant"], np.array([here]), eps)[0])
        here = (1 - alpha) * here + alpha * start + omega / beta
    brackets = [[float(exact(end)) for end in point["logit"]] for point in statement["points"]]
    return None if any(low - NEAR <= here <= high + NEAR for low, high in brackets) else reason


@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=pytest.mark.soak) for k in range(1, 25))])
@pytest.mark.parametrize("contrast", CONTRASTS, ids=[contrast.label for contrast in CONTRASTS])
def test_what_is_certified_is_what_happens(contrast: Contrast, seed: int) -> None:
    source, kinds = random.Random(f"{contrast.label} {seed}"), set()
    for certificate in claims(contrast, drawn(source), source):
        verdict = check_bytes(canonical_bytes(certificate))
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
        statement = cast(dict[str, Any], certificate["statement"])
        assert false(statement) is None, statement
        kinds.add(statement["kind"])
    assert "small-steps" in kinds or contrast.lacks(Fact.BOUNDED)

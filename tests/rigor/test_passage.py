"""Counts of steps against sequences followed at 60 digits, and their certificates."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.checker.kinds.passage import contradicted, reached
from tests.checker.samples import sampled_points
from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.certificates.passage import passage_certificate, passage_payload
from verified_grpo.checker import ARITHMETICS, Outcome, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.steps import StepParameters, Update
from verified_grpo.rigor.sequences.passage import Passage, UndecidedPassage, passage

CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 8, 1))


def accepted(found: Passage) -> None:
    certificate = passage_certificate(found)
    for arithmetic in ARITHMETICS:
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    statement: Any = certificate["statement"]
    assert contradicted(statement) is None


@pytest.mark.parametrize("seed", range(8))
def test_exact_parameters_have_an_exact_count(seed: int) -> None:
    source = random.Random(seed)
    contrast, p_ref = CONTRASTS[seed % 4], Fraction(source.randrange(1, 300), 1000)
    beta = Fraction(source.randrange(0, 30), 10)
    box = StepParameters.of(beta=beta, eps="1e-3", p_ref=p_ref)
    recursion = Update.of(Fraction(source.randrange(1, 20), 1000), source.randrange(1, 4)).recursion(box)
    reach = p_ref + (1 - p_ref) / 50
    found = passage(contrast, recursion, reach)
    assert isinstance(found, Passage)
    accepted(found)
    statement: Any = passage_certificate(found)["statement"]
    point = sampled_points(statement["parameters"])[0]
    n = reached(statement["variant"], point, statement["reach"], 600)
    assert found.steps == (None if n is None else (n, n))


@pytest.mark.parametrize(
    ("numbers", "reach"),
    [
        ({"beta": "50:51", "eps": "1e-5:2e-5", "p_ref": "0.001:0.002", "alpha": "0.1:0.102"}, "0.004"),
        ({"beta": "50:51", "eps": "1e-5:2e-5", "p_ref": "0.001:0.002", "alpha": "0.1:0.102"}, "0.0015"),
        ({"beta": "50:51", "eps": "1e-5:2e-5", "p_ref": "0.001:0.002", "alpha": "0.1:0.102"}, "0.5"),
        ({"beta": "30:40", "eps": "1e-2", "p_ref": "0.4:0.6", "alpha": "0:0.02"}, "0.7"),
    ],
)
def test_a_box_is_counted_by_two_corners(numbers: dict[str, str], reach: str) -> None:
    found = passage(MEAN_VAR, Parameters.of(**numbers), reach)
    assert isinstance(found, Passage)
    accepted(found)


def test_at_once_and_never() -> None:
    box = Parameters.of(beta=50, eps="1e-5", p_ref="0.001", alpha="0.1")
    at_once, never = (passage(MEAN_VAR, box, reach) for reach in ("0.001", "0.009"))
    assert passage_payload(at_once) == {"reach": "0.001", "steps": [0, 0], "never": False}
    assert passage_payload(never) == {"reach": "0.009", "steps": None, "never": True}


def test_thousands_of_steps_stay_exact() -> None:
    """Enclosures do not widen: a passage of some eight thousand steps is known to the step."""
    box = StepParameters.of(beta=1, eps="1e-5", p_ref="0.001")
    found = passage(MEAN_VAR, Update.of("1e-4").recursion(box), "0.05")
    assert isinstance(found, Passage)
    assert found.steps == (8176, 8176)
    certificate = canonical_bytes(passage_certificate(found))
    assert check_bytes(certificate).outcome is Outcome.ACCEPTED


def test_what_has_no_monotone_count_is_undecided() -> None:
    whole = Parameters.of(beta=5, eps="1e-5", p_ref="0.001")
    found = passage(MEAN_VAR, whole, "0.008")
    assert isinstance(found, UndecidedPassage)
    assert "may overshoot" in found.reason
    mixed = Parameters.of(beta=50, eps="1e-5", p_ref="0.0005:0.002", alpha="0.1")
    found = passage(MEAN_VAR, mixed, "0.01")
    assert isinstance(found, UndecidedPassage)
    assert "may never get there" in found.reason
    assert passage_payload(found)["never"] is None
    with pytest.raises(InputError, match="strictly between 0 and 1"):
        passage(MEAN_VAR, mixed, 1)


def test_a_plateau_beside_a_fold_is_found_and_certified() -> None:
    """With p_ref 0.26 the drive is positive all the way, and nearly 0 where two fixed points vanished."""
    steps = Update.of("0.1").recursion(StepParameters.of(beta=1, eps="1e-5", p_ref="0.26"))
    found = passage(MEAN_VAR, steps, "0.95")
    assert isinstance(found, Passage)
    assert found.plateau is not None
    first, last = found.plateau.updates
    assert 2 * (last - first) >= found.steps[1] if found.steps else False
    assert found.plateau.logit[0] < Fraction(7, 4) < found.plateau.logit[1]
    assert passage_payload(found)["plateau"] == passage_certificate(found)["statement"].get("plateau")
    accepted(found)
    quick = passage(
        MEAN_VAR, Update.of("0.1").recursion(StepParameters.of(beta=1, eps="1e-5", p_ref="0.4")), "0.95"
    )
    assert isinstance(quick, Passage)
    assert quick.plateau is None


def test_a_plateau_of_many_updates_is_told_by_every_so_many() -> None:
    """More updates than places are kept: those are multiples of a power of two."""
    steps = Update.of("0.01").recursion(StepParameters.of(beta=1, eps="1e-5", p_ref="0.26:0.2605"))
    found = passage(MEAN_VAR, steps, "0.95")
    assert isinstance(found, Passage)
    assert found.plateau is not None
    assert all(n % 8 == 0 for n in found.plateau.updates)
    assert check_bytes(canonical_bytes(passage_certificate(found))).outcome is Outcome.ACCEPTED

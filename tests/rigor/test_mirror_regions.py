"""Properties at alpha = 0 and over ranges of alpha from there."""

from __future__ import annotations

from typing import Any

import pytest

from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.region_builders import no_certificate, region_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor.properties.certify import PROPERTIES, ask, decide
from verified_grpo.rigor.properties.largest_sets import largest_set
from verified_grpo.rigor.properties.where_it_holds import find_parts

VACUOUS = {"amplification": "proved", "contraction": "proved", "no-cycles": "proved"}
FALSE = {"uniqueness": "refuted", "convergence": "refuted"}


def answered(name: str, contrast: Contrast = MEAN_VAR, engine: str = "arb", **sides: Any) -> Any:
    goals = {key: exact(sides.pop(key)) for key in ("gain", "target", "rate") if key in sides}
    box = Parameters.of(**{"beta": "5", "eps": "1e-5", "p_ref": "0.01:0.02", **sides})
    outcome = decide(ask(name, contrast, box, **goals), engine=engine)
    if no_certificate(outcome) is None:
        verdict = check_bytes(canonical_bytes(region_certificate(outcome, engine)))
        assert verdict.outcome is Outcome.ACCEPTED
    return outcome


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
@pytest.mark.parametrize("name", PROPERTIES)
def test_alpha_zero_alone(name: str, engine: str) -> None:
    outcome = answered(name, alpha="0", engine=engine)
    assert outcome.verdict == (VACUOUS | FALSE)[name]
    assert outcome.carrier.count == 0


@pytest.mark.parametrize("name", FALSE)
def test_ranges_from_zero_hold_a_counterexample(name: str) -> None:
    outcome = answered(name, alpha="0:0.5")
    assert (outcome.verdict, outcome.point.alpha, outcome.brackets) == ("refuted", 0, ())


@pytest.mark.parametrize(
    ("name", "sides", "verdict"),
    [
        ("amplification", {}, "proved"),
        ("amplification", {"gain": "2"}, "proved"),
        ("amplification", {"target": "0.02"}, "proved"),
        ("amplification", {"gain": "200"}, "refuted"),
        ("contraction", {}, "refuted"),
        ("contraction", {"contrast": MEAN}, "undecided"),
        ("no-cycles", {}, "undecided"),
        ("no-cycles", {"beta": "100"}, "proved"),
        ("no-cycles", {"p_ref": "0.5:0.9"}, "proved"),
        ("no-cycles", {"p_ref": "0.001", "alpha": "0:1"}, "refuted"),
    ],
)
def test_ranges_from_zero(name: str, sides: dict[str, Any], verdict: str) -> None:
    outcome = answered(name, **{"alpha": "0:0.5", **sides})
    assert outcome.verdict == verdict
    if verdict == "undecided":
        assert "ask for a range of alpha above 0" in outcome.reason


def test_scales_that_are_logarithms_refuse_zero() -> None:
    question = ask("contraction", MEAN_VAR, Parameters.of(beta="5", eps="1e-5", p_ref="0.3", alpha="0:1"))
    for search in (lambda: largest_set(question, "alpha"), lambda: find_parts(question)):
        with pytest.raises(InputError, match="alpha must be above 0"):
            search()

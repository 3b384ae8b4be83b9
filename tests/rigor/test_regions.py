"""Properties over boxes: what is proved is accepted by the checker, what is refuted has a witness."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verified_grpo.certificates import canonical_bytes, region_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import ClosedForm, Proved, Refuted, Tree, Undecided, certify

ENGINES = ("mpmath", "arb")
GROUP = Contrast("group", 8, 1)


def ask(name: str, contrast: Contrast, engine: str = "arb", rate: Fraction | None = None, **box: Any) -> Any:
    return certify(name, contrast, Parameters.of(**box), engine=engine, rate=rate)


def accepted(outcome: Any, engine: str = "arb") -> bool:
    return check_bytes(canonical_bytes(region_certificate(outcome, engine))).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("engine", ENGINES)
def test_contraction_above_the_threshold_is_proved(engine: str) -> None:
    outcome = ask("contraction", MEAN_VAR, engine, beta="61:100", eps="1e-5:1e-4", p_ref="0.001:0.9999")
    assert isinstance(outcome, Proved)
    assert isinstance(outcome.evidence, ClosedForm)
    assert accepted(outcome, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["contraction", "uniqueness"])
def test_below_the_threshold_it_is_refuted_by_a_witness(name: str, engine: str) -> None:
    outcome = ask(name, MEAN_VAR, engine, beta="50:100", eps="1e-5", p_ref="0.001:0.9999")
    assert isinstance(outcome, Refuted)
    assert Fraction(1, 1000) <= outcome.point.p_ref <= Fraction(9999, 10000)
    assert accepted(outcome, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_amplification_with_its_margin(engine: str) -> None:
    """S1: the margin is 1/(beta_hi sqrt(1/4 + eps_hi)) = 1/(100 sqrt(1.25))."""
    outcome = ask("amplification", MEAN_VAR, engine, beta="0.001:100", eps="1e-6:1", p_ref="0.001:0.999")
    assert isinstance(outcome, Proved)
    assert outcome.margin is not None
    assert outcome.margin**2 * Fraction(5, 4) * 10**4 <= 1
    assert outcome.margin**2 * Fraction(5, 4) * 10**4 > 1 - Fraction(1, 10**10)
    assert accepted(outcome, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "contrast", "box"),
    [
        ("contraction", MEAN_VAR, {"beta": "50:100", "eps": "1e-5:1e-4", "p_ref": "0.001:0.9"}),
        ("uniqueness", MEAN_VAR, {"beta": "0.04:0.1", "eps": "1e-5", "p_ref": "0.3:0.9"}),
        ("contraction", MEAN_STD, {"beta": "900:2000", "eps": "1e-4", "p_ref": "0.1:0.9"}),
        ("uniqueness", GROUP, {"beta": "1:10", "eps": "1e-6", "p_ref": "0.3:0.9", "alpha": "1/2:1"}),
        pytest.param(
            *("uniqueness", GROUP, {"beta": "0.5:10", "eps": "1e-6", "p_ref": "0.1:0.9", "alpha": "1/2:1"}),
            marks=pytest.mark.soak,
        ),
    ],
)
def test_pavings_are_proved_and_accepted(
    engine: str, name: str, contrast: Contrast, box: dict[str, Any]
) -> None:
    outcome = ask(name, contrast, engine, **box)
    assert isinstance(outcome, Proved), outcome.reason
    assert isinstance(outcome.evidence, Tree)
    assert accepted(outcome, engine)


def test_the_mean_contrast_contracts_always() -> None:
    outcome = ask("contraction", MEAN, beta="0.001:100", eps="1", p_ref="0.001:0.999", alpha="0.1:1")
    assert isinstance(outcome, Proved)
    assert accepted(outcome)


def test_a_rate_is_proved_where_it_holds_and_refuted_where_it_does_not() -> None:
    box = {"beta": "100:200", "eps": "1e-5", "p_ref": "0.001:0.99999"}
    held = ask("contraction", MEAN_VAR, rate=Fraction(7, 10), **box)
    assert isinstance(held, Proved)
    assert accepted(held)
    missed = ask("contraction", MEAN_VAR, rate=Fraction(1, 2), **box)
    assert isinstance(missed, Refuted)
    assert accepted(missed)
    left = ask("contraction", MEAN_VAR, beta="0.1:100", eps="1e-5", p_ref="0.001:0.9999")
    assert isinstance(left, Undecided)
    assert left.boxes
    with pytest.raises(CertificateError, match="undecided"):
        region_certificate(left, "arb")


def test_a_false_claim_never_comes_out_proved_around_the_threshold() -> None:
    """Bmax(1e-5) = 60.858...: contraction fails just below it, for p_ref near the fold, and holds just
    above."""
    for beta, verdict in (("60.8581", "proved"), ("60.8", "refuted"), ("30", "refuted")):
        outcome = ask("contraction", MEAN_VAR, beta=f"{beta}:100", eps="1e-5", p_ref="0.001:0.99999")
        assert outcome.verdict == verdict


@pytest.mark.parametrize(
    ("name", "extra", "says"),
    [
        ("beauty", {}, "unknown property"),
        ("contraction", {"alpha": "1:2"}, "alpha must lie in"),
    ],
)
def test_bad_questions_are_refused(name: str, extra: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        ask(name, MEAN_VAR, beta="1", eps="1e-5", p_ref="0.3", **extra)


@pytest.mark.parametrize("rate", [Fraction(0), Fraction(1), Fraction(-1, 2)])
def test_a_rate_outside_the_unit_interval_is_refused(rate: Fraction) -> None:
    with pytest.raises(InputError, match="strictly between 0 and 1"):
        ask("contraction", MEAN_VAR, rate=rate, beta="1", eps="1e-5", p_ref="0.3")


@pytest.mark.parametrize("alpha", ["1", "1e-400:1"])
@pytest.mark.parametrize("name", ["uniqueness", "contraction", "convergence"])
def test_boxes_beyond_floats_have_an_answer(name: str, alpha: str) -> None:
    wide = "1e-300:" + "0." + "9" * 310
    outcome = ask(name, MEAN_STD, beta="1e-2:7e-2", eps="3e-400", p_ref=wide, alpha=alpha)
    if not isinstance(outcome, Undecided):
        assert accepted(outcome)

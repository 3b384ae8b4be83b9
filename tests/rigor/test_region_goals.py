"""Gains, targets, convergence, no cycles over boxes: what is proved holds at points, by other means."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.certificates import canonical_bytes, region_certificate
from verified_grpo.certificates.region_builders import carried_by, no_certificate
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters, Point
from verified_grpo.rigor import (
    Argued,
    ClosedForm,
    ConvergesToCycle,
    FixedPoints,
    Proved,
    Refuted,
    Tree,
    certify,
    cycles,
    fixed_points,
    limit,
)

ENGINES = ("mpmath", "arb")
GROUP = Contrast("group", 8, 1)
CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, GROUP)
GOALS = ("rate", "gain", "target")


def ask(name: str, contrast: Contrast = MEAN_VAR, engine: str = "arb", **given: Any) -> Any:
    goals: dict[str, Any] = {key: Fraction(given.pop(key)) for key in GOALS if key in given}
    return certify(name, contrast, Parameters.of(**given), engine=engine, **goals)


def accepted(outcome: Any, engine: str = "arb") -> bool:
    data = canonical_bytes(region_certificate(outcome, engine))
    return check_bytes(data).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("engine", ENGINES)
def test_a_gain_by_the_closed_form_by_a_paving_and_refuted(engine: str) -> None:
    """gain: 1/(beta sqrt(1/4 + eps)) >= log 2 gives beta <= 2.88533 for all prompts, and a little more for
    easy ones."""
    box: dict[str, Any] = {"eps": "1e-5", "p_ref": "0.01:0.9", "gain": 2}
    form = ask("amplification", engine=engine, beta="0.1:2.885", **box)
    paved = ask("amplification", engine=engine, beta="0.1:3.3", **{**box, "p_ref": "0.6:0.9"})
    against = ask("amplification", engine=engine, beta="0.1:2.9", **box)
    assert isinstance(form.evidence, ClosedForm)
    assert isinstance(paved.evidence, Tree)
    assert isinstance(against, Refuted)
    assert all(accepted(outcome, engine) for outcome in (form, paved, against))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("contrast", [MEAN_VAR, MEAN_STD, GROUP])
def test_a_target_by_a_paving_and_refuted(contrast: Contrast, engine: str) -> None:
    box: dict[str, Any] = {"eps": "1e-5:1e-4", "p_ref": "0.3:0.9", "target": "0.9"}
    proved = ask("amplification", contrast, engine, beta="0.1:0.7", **box)
    against = ask("amplification", contrast, engine, beta="0.1:2", **box)
    assert isinstance(proved, Proved)
    assert isinstance(against, Refuted)
    assert against.point == Point(Fraction(1), Fraction(2), Fraction(1, 10_000), Fraction(3, 10))
    assert accepted(proved, engine)
    assert accepted(against, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["convergence", "no-cycles"])
@pytest.mark.parametrize(
    ("contrast", "box", "evidence"),
    [
        (MEAN_VAR, {"beta": "0.1:1", "eps": "1e-5", "p_ref": "0.3:0.9"}, ClosedForm),
        (MEAN_VAR, {"beta": "61:100", "eps": "1e-5", "p_ref": "0.001:0.999"}, ClosedForm),
        (MEAN_VAR, {"beta": "41:99", "eps": "1e-5", "p_ref": "0.001:0.9", "alpha": "0.1:0.5"}, ClosedForm),
        (MEAN, {"beta": "0.1:9", "eps": "1", "p_ref": "0.001:0.999", "alpha": "0.1:1"}, ClosedForm),
        (MEAN_VAR, {"beta": "1:4", "eps": "1e-3", "p_ref": "0.05:0.9", "alpha": "0.5:1"}, Tree),
        (GROUP, {"beta": "0.3:0.9", "eps": "1e-5", "p_ref": "0.05:0.4", "alpha": "0.3:0.9"}, Tree),
    ],
)
def test_no_cycles_where_t_falls_gently(
    name: str, contrast: Contrast, box: dict[str, Any], evidence: type, engine: str
) -> None:
    outcome = ask(name, contrast, engine, **box)
    assert isinstance(outcome, Proved), outcome
    assert isinstance(outcome.evidence, evidence)
    assert carried_by(outcome) == name
    assert accepted(outcome, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_cycle_of_figure_5_refutes_both(engine: str) -> None:
    for name in ("convergence", "no-cycles"):
        outcome = ask(name, engine=engine, beta="5", eps="1e-5", p_ref="0.001")
        assert isinstance(outcome, Refuted)
        assert len(outcome.brackets) == 2
        assert carried_by(outcome) == "limit"
        assert accepted(outcome, engine)


def test_a_rate_where_a_multiplier_is_next_to_nothing() -> None:
    """At beta 0.001 the only fixed point has T' near e^-100000: it contracts at any rate."""
    assert ask("contraction", beta="0.001", eps="1e-4", p_ref="0.9", rate="0.1").verdict == "proved"
    assert ask("contraction", beta="5", eps="1e-5", p_ref="0.9", rate="0.1").verdict == "refuted"


def test_a_box_with_a_cycle_somewhere_inside_is_refuted() -> None:
    outcome = ask("convergence", beta="1:10", eps="1e-5", p_ref="0.001:0.5")
    assert isinstance(outcome, Refuted)
    assert isinstance(limit(MEAN_VAR, outcome.point.box), ConvergesToCycle)
    assert accepted(outcome)


def test_a_cycle_beside_a_sequence_that_converges_refutes_no_cycles_alone() -> None:
    box: dict[str, Any] = {"beta": "1", "eps": "1e-3", "p_ref": "0.0015"}
    assert ask("convergence", MEAN_STD, **box).verdict == "proved"
    against = ask("no-cycles", MEAN_STD, **box)
    assert isinstance(against, Refuted)
    assert carried_by(against) == "cycles"
    assert accepted(against)


def test_a_limit_over_the_box_carries_convergence() -> None:
    outcome = ask("convergence", MEAN_STD, beta="1", eps="1e-3", p_ref="0.001:0.002")
    assert isinstance(outcome, Proved)
    assert outcome.evidence == Argued("limit over the box", outcome.evidence.bits)
    assert carried_by(outcome) == "limit"
    assert accepted(outcome)


def test_where_t_is_steep_two_cycles_are_counted() -> None:
    """T' < -1 at some L below the fixed point, and still no cycle: for a point its list is the certificate,
    over a box nothing carries it, and the outcome says so."""
    for p_ref, kind in (("0.0065", "cycles"), ("0.0064:0.0066", None)):
        outcome = ask("no-cycles", beta="5", eps="1e-5", p_ref=p_ref)
        assert isinstance(outcome, Proved), outcome
        assert carried_by(outcome) == kind
        if kind is None:
            assert "no kind of certificate" in (no_certificate(outcome) or "")
            with pytest.raises(CertificateError, match="no kind of certificate"):
                region_certificate(outcome, "arb")
        else:
            assert accepted(outcome)


@pytest.mark.parametrize(
    ("name", "extra", "says"),
    [
        ("amplification", {"gain": 1}, "greater than 1"),
        ("amplification", {"target": 1}, "strictly between 0 and 1"),
        ("amplification", {"gain": 2, "target": "0.5"}, "one of them"),
        ("contraction", {"gain": 2}, "goes with amplification"),
        ("no-cycles", {"target": "0.5"}, "goes with amplification"),
        ("convergence", {"rate": "0.5"}, "goes with contraction"),
    ],
)
def test_bad_goals_are_refused(name: str, extra: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        ask(name, beta="1", eps="1e-5", p_ref="0.3", **extra)


def side(least: float, most: float) -> st.SearchStrategy[tuple[Fraction, Fraction]]:
    one = st.floats(least, most).map(lambda x: Fraction(round(x * 10**4), 10**4))
    return st.tuples(one, one).map(lambda pair: (min(pair), max(pair)))


boxes = st.builds(
    Parameters,
    alpha=side(0.05, 1),
    beta=side(0.1, 80),
    eps=st.sampled_from([(Fraction(1, 10**5),) * 2, (Fraction(1, 100), Fraction(1, 50))]),
    p_ref=side(0.001, 0.999),
)


def inside(box: Parameters, shares: tuple[float, float]) -> Parameters:
    """A point of the box: two sides by shares, the others at alternating ends."""
    low, high = (Fraction(round(share * 64), 64) for share in shares)
    mixed = {"beta": low, "p_ref": high, "alpha": high, "eps": low}
    values = {name: a + (b - a) * mixed[name] for name, (a, b) in box}
    return Point(values["alpha"], values["beta"], values["eps"], values["p_ref"]).box


@examples(60)
@given(
    box=boxes,
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    contrast=st.sampled_from([MEAN_VAR, MEAN_STD, MEAN]),
    goal=st.sampled_from(["gain", "target"]),
    engine=st.sampled_from(ENGINES),
)
def test_goals_agree_with_the_fixed_points_of_a_point(
    box: Parameters, shares: tuple[float, float], contrast: Contrast, goal: str, engine: str
) -> None:
    amount = {"gain": Fraction(2), "target": Fraction(4, 5)}[goal]
    asked: dict[str, Any] = {goal: amount}
    outcome = certify("amplification", contrast, box, engine=engine, **asked)
    assert isinstance(outcome, Proved | Refuted)
    assert accepted(outcome, engine)
    at = outcome.point.box if isinstance(outcome, Refuted) else inside(box, shares)
    found = fixed_points(contrast, at, engine="arb")
    assert isinstance(found, FixedPoints)
    p_ref, least = at.p_ref[0], min(Fraction(point.p[1]) for point in found.points)
    wanted = amount if goal == "target" else 2 * p_ref / (1 + p_ref)
    assert (least >= wanted) == isinstance(outcome, Proved)


@examples(40)
@given(box=boxes, shares=st.tuples(st.floats(0, 1), st.floats(0, 1)), contrast=st.sampled_from(CONTRASTS[:2]))
def test_what_is_proved_of_orbits_holds_at_a_point(
    box: Parameters, shares: tuple[float, float], contrast: Contrast
) -> None:
    outcome = certify("no-cycles", contrast, box, engine="arb")
    at = outcome.point.box if isinstance(outcome, Refuted) else inside(box, shares)
    caught = limit(contrast, at)
    if isinstance(outcome, Proved):
        assert not (isinstance(caught, ConvergesToCycle) and caught.period > 1)
        listed = cycles(contrast, at, 2)
        assert not getattr(listed, "cycles", ())
    if no_certificate(outcome) is None:
        assert accepted(outcome)

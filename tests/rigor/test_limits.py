"""Where the sequence goes: the cases of S4, S5, S7 and Figure 5, random parameters, boxes; each checked."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.kinds.limit import contradicted
from tests.shared import examples
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.limit_builders import limit_certificate, limit_command_payload
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Parameters
from verified_grpo.rigor import FixedPoints, fixed_points
from verified_grpo.rigor.sequences import monotone
from verified_grpo.rigor.sequences.limits import limit
from verified_grpo.rigor.sequences.outcomes import (
    ByAlpha,
    ConvergesToCycle,
    ConvergesToFixedPoint,
    FallsToGreatest,
    Limit,
    Monotone,
    RisesToLeast,
    RisesToOne,
    Settles,
    UndecidedLimit,
)

ENGINES = ("mpmath", "arb")
CONTRASTS = (MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 2, 0), Contrast("group", 8, 1))


def certified(outcome: Limit) -> Any:
    """The outcome, after the checker has accepted its certificate, and that of its rate."""
    assert not isinstance(outcome, UndecidedLimit), outcome
    for part in (outcome, getattr(outcome, "attraction", None)):
        if part is not None:
            certificate = limit_certificate(part)
            verdict = check_bytes(canonical_bytes(certificate))
            assert verdict.outcome is Outcome.ACCEPTED, verdict
    return outcome


def at(beta: str, p_ref: str, eps: str = "1e-5", alpha: str = "1") -> Parameters:
    return Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)


def near(point: Any, p: str) -> bool:
    """Whether a bracket of p agrees with so many rounded digits."""
    unit = Fraction(1, 10 ** len(p.partition(".")[2]))
    return all(abs(Fraction(end) - Fraction(p)) <= unit / 2 + Fraction(1, 10**12) for end in point.p)


@pytest.mark.parametrize("engine", ENGINES)
def test_figure_5_s_divergence_is_a_two_cycle(engine: str) -> None:
    found = certified(limit(MEAN_VAR, at("5", "0.001"), engine=engine))
    assert type(found) is ConvergesToCycle
    assert found.period == 2
    assert near(found.points[0], "0.002338")
    assert near(found.points[1], "0.058716")
    assert Fraction(found.multiplier[1]) < found.rate < 1
    assert min(point.radius for point in found.points) > Fraction(1, 10)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_smaller_p_ref_reaches_the_upper_fixed_point(engine: str) -> None:
    parameters = at("5", "0.0001")
    found = certified(limit(MEAN_VAR, parameters, engine=engine))
    assert isinstance(found, ConvergesToFixedPoint)
    every = fixed_points(MEAN_VAR, parameters)
    assert isinstance(every, FixedPoints)
    upper = every.points[-1].logit
    assert found.point.logit[0] <= upper[1]
    assert upper[0] <= found.point.logit[1]
    assert every.count == 3


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cycle_beside_two_fixed_points_above_one_half(engine: str) -> None:
    parameters = at("3", "0.001")
    found = certified(limit(MEAN_VAR, parameters, engine=engine))
    assert type(found) is ConvergesToCycle
    assert near(found.points[0], "0.001995")
    assert near(found.points[1], "0.633")
    every = fixed_points(MEAN_VAR, parameters)
    assert isinstance(every, FixedPoints)
    missed = [point for point in every.points if point.logit[0] > 0]
    assert [point.stability for point in missed] == ["repelling", "attracting"]


@pytest.mark.parametrize("engine", ENGINES)
def test_from_one_half_upwards_the_sequence_rises_to_the_least_fixed_point(engine: str) -> None:
    """S4's first case."""
    for beta, p_ref in (("5", "0.5"), ("5", "0.9"), ("0.04", "0.7"), ("100", "0.99")):
        parameters = at(beta, p_ref)
        found = certified(limit(MEAN_VAR, parameters, engine=engine))
        assert type(found) is RisesToLeast
        assert found.step == 0
        assert found.attraction is not None
        (tends_to,) = found.attraction.points
        every = fixed_points(MEAN_VAR, parameters)
        assert isinstance(every, FixedPoints)
        assert tends_to.logit[0] <= every.points[0].logit[1]
        assert every.points[0].logit[0] <= tends_to.logit[1]


def test_mirror_weight_above_bmax_rises_for_any_prompt() -> None:
    """S7: (1 - alpha) beta >= Bmax(eps); Bmax(0.01) = 1.85... and p_ref is small."""
    for p_ref in ("0.0001", "0.01", "0.3"):
        found = certified(limit(MEAN_VAR, at("4", p_ref, "0.01", "0.5")))
        assert type(found) is RisesToLeast
        assert found.step == 0


def test_the_mirror_rises_to_one() -> None:
    found = certified(limit(MEAN_VAR, at("5", "0.001", alpha="0")))
    assert isinstance(found, RisesToOne)
    assert Fraction("0.3999") == found.gain  # 2/(5 sqrt(1 + 4e-5)) = 0.399992


def test_another_start_goes_elsewhere() -> None:
    """Beside the cycle from p_ref there is an attracting fixed point near 1, reached from high p."""
    parameters = at("3", "0.001")
    high = certified(limit(MEAN_VAR, parameters, start="0.9999"))
    assert isinstance(high, ConvergesToFixedPoint | Monotone)
    falling = certified(limit(MEAN_VAR, at("5", "0.9"), start="0.97"))
    assert type(falling) is FallsToGreatest
    assert falling.attraction is not None


def test_slow_passages_beside_a_fold_are_still_decided() -> None:
    """At beta = 20 two fixed points meet at p_ref = 0.99547215794 (double at L = 7.4291): below it the
    sequence stops there after some 2000 steps, a little above it passes the bottleneck and climbs on."""
    below, above = (certified(limit(MEAN_VAR, at("20", p_ref))) for p_ref in ("0.9954711", "0.9954731"))
    assert type(below) is type(above) is RisesToLeast
    assert below.limit.logit[1] < Fraction("7.43")
    assert above.limit.logit[0] > 21
    assert min(below.orbit_steps, above.orbit_steps) > 300
    assert below.attraction is not None
    assert Fraction(99, 100) < below.attraction.rate < 1


@pytest.mark.parametrize("engine", ENGINES)
def test_one_verdict_for_a_box(engine: str) -> None:
    for box, kind, period in (
        (Parameters.of(beta="4.99:5.01", eps="1e-5", p_ref="0.3:0.31"), ConvergesToFixedPoint, 1),
        (Parameters.of(beta="5:5.001", eps="1e-5", p_ref="0.001:0.0010001"), ConvergesToCycle, 2),
        (Parameters.of(beta="60:61", eps="1e-5:2e-5", p_ref="0.5:0.6", alpha="0.7:0.8"), ConvergesToCycle, 1),
    ):
        found = certified(limit(MEAN_VAR, box, engine=engine))
        found = found.attraction if isinstance(found, Monotone) else found
        assert isinstance(found, kind)
        assert found.period == period
        claim = limit_certificate(found)["statement"]
        assert contradicted(claim) is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("contrast", "box"),
    [
        (MEAN_VAR, {"beta": "0.0428:0.045", "eps": "1e-5", "p_ref": "0.0007"}),
        (MEAN_STD, {"beta": "0.1268:0.13", "eps": "1e-3:1.03e-3", "p_ref": "0.0069", "alpha": "0.1"}),
        (MEAN_VAR, {"beta": "0.02:0.0207", "eps": "1e-5", "p_ref": "0.0002", "alpha": "0.5"}),
    ],
)
def test_a_rise_over_a_box_too_wide_for_a_rate(engine: str, contrast: Contrast, box: dict[str, Any]) -> None:
    """Both arithmetics decide the sign at the end of the bracket, which touches a corner's fixed point."""
    found = certified(limit(contrast, Parameters.of(**box), engine=engine))
    claim = limit_certificate(found)["statement"]
    assert contradicted(claim) is None


@pytest.mark.parametrize("engine", ENGINES)
def test_multipliers_too_small_to_be_written_out(engine: str) -> None:
    """beta = 1e-6: L* is near 316 million, and T' near e^(-L*)."""
    found = certified(limit(MEAN_VAR, at("1e-6", "0.1"), engine=engine))
    limits = (found.limit,) if isinstance(found, Monotone) else found.points
    assert limits[0].logit[0] > 316_000_000


def test_a_box_over_two_verdicts_is_undecided() -> None:
    box = Parameters.of(beta="5", eps="1e-5", p_ref="0.0001:0.001")
    found = limit(MEAN_VAR, box)
    assert isinstance(found, UndecidedLimit)
    with pytest.raises(CertificateError, match="undecided"):
        limit_certificate(found)
    assert limit_command_payload(found)["verdict"] == "undecided"


def test_chaos_is_undecided() -> None:
    found = limit(MEAN_VAR, at("1.7128", "1/10000", "1e-3"))
    assert isinstance(found, UndecidedLimit)
    assert "no cycle of period up to 64" in found.reason


@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda c: c.label)
@examples(20)
@given(data=st.data())
def test_random_parameters_agree_with_the_checker_and_the_plain_orbit(
    contrast: Contrast, data: st.DataObject
) -> None:
    draw = data.draw
    alpha = draw(st.sampled_from(["1", "0.9", "1/2", "0.2"]))
    beta, eps = str(draw(st.integers(1, 200)) / 10), draw(st.sampled_from(["0.1", "1e-3", "1e-5"]))
    p_ref = f"{draw(st.integers(1, 999))}/1000"
    found = limit(contrast, at(beta, p_ref, eps, alpha), engine=draw(st.sampled_from(ENGINES)))
    if isinstance(found, UndecidedLimit):
        return
    certified(found)
    claim = limit_certificate(found)["statement"]
    if contrast.name != "group":  # the oracle is slow there, and the checker has had its say
        assert contradicted(claim) is None


def test_the_payload_is_the_statement_s() -> None:
    payload = limit_command_payload(limit(MEAN_VAR, at("5", "0.9")))
    assert payload["verdict"] == "rises"
    assert payload["attraction"]["verdict"] == "fixed-point"
    assert payload["start"] == "p_ref"
    assert limit_command_payload(limit(MEAN_VAR, at("5", "0.9"), start="1/7"))["start"] == "1/7"


def test_more_digits_give_narrower_brackets() -> None:
    found = certified(limit(MEAN_VAR, at("3", "0.001"), digits=60))
    assert all(high - low < Fraction(1, 10**59) for low, high in (point.logit for point in found.points))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "0"}, "p_0 must lie strictly between 0 and 1"),
        ({"start": "1.5"}, "p_0 must lie strictly between 0 and 1"),
        ({"start": 0.3}, "binary float"),
        ({"digits": 0}, "digits must be from 1 to"),
    ],
)
def test_bad_input_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        limit(MEAN_VAR, at("5", "0.3"), **changes)


FROM_ZERO = [  # contrast, parameters, start, end of the part next to 0, its form, whether more is left
    (MEAN_VAR, {"beta": "5", "p_ref": "0.01:0.02", "alpha": "0:0.5"}, None, "0.087", "lift", True),
    (MEAN_VAR, {"beta": "100", "p_ref": "0.001:0.02", "alpha": "0:1"}, None, "0.844", "order", True),
    (MEAN_STD, {"beta": "0.1:9", "p_ref": "0.5:0.9", "alpha": "0:1"}, None, "1", "order", False),
    (MEAN, {"beta": "0.1:9", "p_ref": "1e-9:0.9", "alpha": "0:0.9"}, "1e-3", "0.9", "order", False),
    (Contrast("group", 8, 1), {"beta": "1", "p_ref": "0.1", "alpha": "0:1/7"}, "0.7", "1/7", "lift", False),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("contrast", "sides", "start", "end", "form", "left"), FROM_ZERO)
def test_alpha_from_zero_upwards_is_answered_in_parts(
    engine: str, contrast: Contrast, sides: dict[str, str], start: str | None, end: str, form: str, left: bool
) -> None:
    box = Parameters.of(eps="1e-5", **sides)
    found = limit(contrast, box, start=start, engine=engine)
    assert isinstance(found, ByAlpha)
    assert certified(found.mirror).sequence.parameters.alpha == (0, 0)
    assert certified(found.near).form == form
    low, high = found.near.sequence.parameters.alpha
    assert (0 < low <= Fraction(1, 10**100), high) == (True, Fraction(end))
    assert (found.beyond is not None) == left
    if found.beyond is not None:
        assert found.beyond.sequence.parameters.alpha == (high, box.alpha[1])
    assert found.near.rises == (form == "order" and start is None)
    with pytest.raises(CertificateError, match="each part"):
        limit_certificate(found)


@examples(25)
@given(beta=st.integers(1, 200), p=st.integers(1, 999), contrast=st.sampled_from([MEAN_VAR, MEAN_STD, MEAN]))
def test_the_part_next_to_alpha_zero_holds_at_every_alpha_of_it(
    beta: int, p: int, contrast: Contrast
) -> None:
    """At tiny alphas the sequence itself takes too long; at the end of the part it is followed."""
    sides = {"beta": f"{beta}/10", "eps": "1e-3", "p_ref": f"{p}/1000"}
    found = limit(contrast, Parameters.of(alpha="0:1", **sides))
    assert isinstance(found, ByAlpha)
    end = found.near.sequence.parameters.alpha[1]
    for alpha in (end, end / 3):
        point = limit(contrast, Parameters.of(alpha=alpha, **sides))
        if isinstance(point, UndecidedLimit):
            continue
        assert isinstance(point, Monotone | ConvergesToFixedPoint | Settles)
        assert not found.near.rises or isinstance(point, RisesToLeast)


@pytest.mark.parametrize("engine", [pytest.param("mpmath", marks=pytest.mark.soak), "arb"])
def test_beside_a_fold_the_limit_s_bracket_is_that_of_the_fixed_point(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5e-10 below the double point: the rise is proved, and its end by the list of fixed points or the rate,
    though the orbit is too slow to come near it, in ten times as many steps as it is followed for here."""
    monkeypatch.setattr(monotone, "SETTLING_LIMIT", 2000)
    parameters = at("20", "0.99547215744")
    found = certified(limit(MEAN_VAR, parameters, engine=engine))
    every = fixed_points(MEAN_VAR, parameters, engine="arb")
    assert isinstance(found, RisesToLeast)
    assert isinstance(every, FixedPoints)
    assert not found.reached
    assert found.limit.logit[1] - found.limit.logit[0] > Fraction(1, 10**9)
    best = found.narrow
    assert best is not None
    assert best.logit[1] - best.logit[0] < Fraction(1, 10**13)
    least = every.points[0].logit
    assert found.limit.logit[0] <= best.logit[0] <= least[1]
    assert least[0] <= best.logit[1] <= found.limit.logit[1]
    payload = limit_command_payload(found)
    assert Fraction(payload["limit"]["logit"][0]) == best.logit[0]
    assert Fraction(payload["limit_by_orbit"]["logit"][0]) == found.limit.logit[0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("eps", ["1e-400", "1e-30", "1e-5", "1e400"])
@pytest.mark.parametrize("beta", ["1e-400", "5", "1e400"])
def test_parameters_beyond_floats_have_an_answer(engine: str, beta: str, eps: str) -> None:
    found = limit(MEAN_VAR, at(beta, "0.3", eps), engine=engine)
    if not isinstance(found, UndecidedLimit):
        certified(found)
    elif eps != "1e-30":
        assert "log-odds beyond 1e12" in found.reason


def test_a_limit_that_no_certificate_holds_is_undecided() -> None:
    """L* is near 1.3e12, beyond what the checker reads."""
    found = limit(MEAN_STD, at("0.07844", "3.083e-05", "1e-8", "1e-3"), start="1811/10000")
    assert isinstance(found, UndecidedLimit | Settles)


HIGH = {"beta": "0.01:100", "eps": "1e-6:1", "p_ref": "0.5:0.999", "alpha": "0.1:1"}
MIRRORED = {"beta": "100:200", "eps": "1e-5", "p_ref": "0.001:0.9", "alpha": "0.3"}
LIGHT = {"beta": "0.5:1.5", "eps": "1e-5", "p_ref": "0.3:0.9", "alpha": "0.5:1"}
HEAVY = {"beta": "61:99", "eps": "1e-5:1", "p_ref": "1e-9:0.9", "alpha": "1"}
BOXES = [  # contrast, parameters, start, form, rises
    (MEAN_VAR, HIGH, None, "order", True),
    (MEAN_VAR, MIRRORED, None, "order", True),
    (MEAN_STD, LIGHT, None, "lift", False),
    (MEAN_VAR, LIGHT, "1/9", "lift", False),
    (MEAN_VAR, HEAVY, None, "contraction", False),
]


@pytest.mark.parametrize(("contrast", "sides", "start", "form", "rises"), BOXES)
def test_closed_forms_decide_wide_boxes(
    contrast: Contrast, sides: dict[str, str], start: str | None, form: str, rises: bool
) -> None:
    found = certified(limit(contrast, Parameters.of(**sides), start=start))
    assert isinstance(found, Settles)
    assert (found.form, found.rises) == (form, rises)
    payload = limit_command_payload(found)
    assert payload["verdict"] == "settles"
    assert contradicted(payload) is None


def test_a_box_that_no_form_holds_on_says_so() -> None:
    found = limit(MEAN_VAR, Parameters.of(beta="5:6", eps="1e-5", p_ref="0.001:0.01"))
    assert isinstance(found, UndecidedLimit)
    assert "too wide" in found.reason

"""The map of small steps: drawn up, checked, and held against the least fixed point by brute force."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.kinds.contours import contradicted
from tests.checker.truth import fixed_points, mp, sigma
from tests.shared import examples
from verified_grpo.answers.atlas import ask, draw_up_small_steps
from verified_grpo.answers.atlas.small_steps import levels_of
from verified_grpo.certificates import canonical_bytes
from verified_grpo.certificates.contours import ContoursCertificate, bands, parting_cells, strips_fraction
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.cli import main
from verified_grpo.errors import CertificateError, InputError
from verified_grpo.model import Contrast
from verified_grpo.report.pages.maps import map_picture

CASES = {
    "mean-var": (None, "1e-5", "1"),
    "mean-std": (Contrast("mean-std"), "1e-3", "1"),
    "mean": (Contrast("mean"), "1e-4", "1"),
    "group": (Contrast("group", 8, 1), "1e-4", "1"),
    "two-weights": (None, "1e-4", "0.5"),
}
ASKED = ["atlas", "--view", "small-steps", "--beta", "0.5:5", "--eps", "1e-3", "--p-ref", "0.001:0.6"]
POINTS = 40


@pytest.fixture(scope="module", params=sorted(CASES))
def drawn(request: pytest.FixtureRequest) -> tuple[str, ContoursCertificate]:
    contrast, eps, alpha = CASES[request.param]
    asked = ask(beta="0.01:30", eps=eps, p_ref="1e-4:0.99", alpha=alpha, contrast=contrast, tolerance="0.15")
    return request.param, draw_up_small_steps(asked)


def test_it_is_accepted_by_both_arithmetics(drawn: tuple[str, ContoursCertificate]) -> None:
    data = canonical_bytes(drawn[1])
    for arithmetic in ("arb", "rational"):
        verdict = check_bytes(data, arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    assert strips_fraction(drawn[1]) <= Fraction("0.15")


def test_points_by_brute_force_lie_in_their_bands(drawn: tuple[str, ContoursCertificate]) -> None:
    """Held-out points, and the corners of strips (by the oracle)."""
    name, certificate = drawn
    statement, source = certificate["statement"], random.Random(name)
    ends = [mp.mpf(0), *(mp.mpf(level) for level in statement["levels"]), mp.mpf(1)]
    found, given_ = list(bands(certificate)), statement["parameters"]
    for _ in range(POINTS):
        x, y = (
            Fraction(source.uniform(*map(float, map(Fraction, statement[axis]))))
            for axis in ("log_beta", "logit_p_ref")
        )
        point = {
            "alpha": given_["alpha"],
            "beta": mp.exp(_real(x)),
            "eps": given_["eps"],
            "p_ref": sigma(_real(y)),
        }
        p = sigma(fixed_points(dict(statement["variant"]), point)[0])
        band = next(
            b
            for b in found
            if b.log_beta[0] <= x <= b.log_beta[1] and b.logit_p_ref[0] <= y <= b.logit_p_ref[1]
        )
        assert ends[band.low] <= p <= ends[band.high + 1]
    assert contradicted(dict(statement)) is None


def _real(x: Fraction) -> Any:
    return mp.mpf(x.numerator) / x.denominator


def test_the_bands_are_the_whole_rectangle(drawn: tuple[str, ContoursCertificate]) -> None:
    found = list(bands(drawn[1]))
    statement = drawn[1]["statement"]
    sides = [[Fraction(end) for end in statement[axis]] for axis in ("log_beta", "logit_p_ref")]
    area = sum((b.log_beta[1] - b.log_beta[0]) * (b.logit_p_ref[1] - b.logit_p_ref[0]) for b in found)
    assert area == (sides[0][1] - sides[0][0]) * (sides[1][1] - sides[1][0])
    assert all(band.low <= band.high for band in found)


@examples(8)
@given(
    st.floats(-9, 3), st.floats(0.2, 3), st.floats(-9, 5), st.floats(0.5, 4),
    st.sampled_from(["1e-6", "1e-4", "0.01", "0.5"]), st.sampled_from(["1", "0.3"]),
)  # fmt: skip
def test_any_window_is_accepted_and_true(
    left: float, wide: float, bottom: float, high: float, eps: str, alpha: str
) -> None:
    beta = [f"{float(mp.exp(x)):.6g}" for x in (left, left + wide)]
    p_ref = [f"{float(sigma(mp.mpf(y))):.6g}" for y in (bottom, bottom + high)]
    asked = ask(beta=":".join(beta), eps=eps, p_ref=":".join(p_ref), alpha=alpha, tolerance="0.4")
    certificate = draw_up_small_steps(asked)
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED
    assert contradicted(dict(certificate["statement"])) is None


def test_a_contrast_of_one_s_own_has_contours_and_no_hatching() -> None:
    contrast = Contrast.of("1/(p + eps)")
    asked = ask(beta="0.5:5", eps="0.01", p_ref="0.01:0.6", contrast=contrast, tolerance="0.1")
    certificate = draw_up_small_steps(asked)
    assert check_bytes(canonical_bytes(certificate)).outcome is Outcome.ACCEPTED
    assert list(parting_cells(certificate)) == []
    assert map_picture(certificate, "svg").startswith(b"<?xml")


def test_levels_begin_above_the_least_p_ref() -> None:
    levels = levels_of(ask(beta="1:2", eps="1e-3", p_ref="0.004:0.5"))
    assert [str(level) for level in levels[:3]] == ["1/200", "1/100", "1/50"]
    assert levels_of(ask(beta="1:2", eps="1e-3", p_ref="0.9995:0.9999")) == [Fraction("0.999")]
    deep = levels_of(ask(beta="1:2", eps="1e-3", p_ref="1e-200:0.5"))
    assert deep[0] == Fraction("1e-12")


def test_a_higher_tolerance_leaves_wider_strips_and_a_smaller_file() -> None:
    sizes = []
    for tolerance in ("0.3", "0.1"):
        asked = ask(beta="0.5:5", eps="1e-3", p_ref="0.001:0.6", alpha="0.5", tolerance=tolerance)
        certificate = draw_up_small_steps(asked)
        assert strips_fraction(certificate) <= Fraction(tolerance)
        sizes.append(len(canonical_bytes(certificate)))
    assert sizes[0] < sizes[1]


def run(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


def test_the_command_from_the_question_to_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, picture, question = tmp_path / "map.json", tmp_path / "map.png", tmp_path / "question.json"
    more = ["--tolerance", "0.2"]
    assert run(["question", *ASKED, *more, "--out", str(question)]) == 0
    assert run([*ASKED, *more, "--out", str(out), "--picture", str(picture), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["view"] == "small-steps"
    assert said["levels"][0] == "0.002"
    assert Fraction(said["undecided"]) <= Fraction("0.2")
    assert said["parting_cells"] == sum(1 for _ in parting_cells(json.loads(out.read_text())))
    assert picture.stat().st_size > 10_000
    assert run(["check", str(out), "--question", str(question), "--at", "beta=1,p_ref=0.01"]) == 0
    assert "small steps rise to the least fixed point, p* in [" in capsys.readouterr().out
    assert run([*ASKED, "--tolerance", "0.5"]) == 0
    assert "contours of p*" in capsys.readouterr().out


@pytest.mark.parametrize(
    "contrast", [None, Contrast("mean"), Contrast("maxrl", 8)], ids=["plain", "mean", "maxrl"]
)
def test_the_map_under_k3_is_true_and_accepted(contrast: Contrast | None) -> None:
    asked = ask(beta="1e-4:30", eps="1e-4", p_ref="1e-4:0.99", contrast=contrast, tolerance="0.1")
    certificate = draw_up_small_steps(asked, k3=True)
    for arithmetic in ("arb", "rational"):
        verdict = check_bytes(canonical_bytes(certificate), arithmetic)
        assert verdict.outcome is Outcome.ACCEPTED, verdict.message
    assert strips_fraction(certificate) <= Fraction("0.1")
    assert contradicted(dict(certificate["statement"])) is None


def test_the_command_under_k3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, picture, question = tmp_path / "map.json", tmp_path / "map.svg", tmp_path / "question.json"
    assert run([*ASKED, "--kl", "k3", "--out", str(out), "--picture", str(picture), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kl"], said["parting_cells"]) == ("k3", 0)
    assert run([*ASKED, "--kl", "k3"]) == 0
    assert "under KL(pi_ref || pi), k3 in the loss: nothing is told" in capsys.readouterr().out
    assert run(["check", str(out), "--at", "beta=1,p_ref=0.01"]) == 0
    assert "p* in [" in capsys.readouterr().out
    assert run(["question", *ASKED, "--out", str(question)]) == 0
    assert run(["check", str(out), "--question", str(question)]) == 1, "under another KL it is another map"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([*ASKED, "--alpha", "0"], "alpha = 0 has no map of small steps"),
        ([*ASKED[:2], "flow", *ASKED[3:]], "--view is maximiser or small-steps, not 'flow'"),
        ([*ASKED, "--step-size", "0.1"], "is of any steps small enough: it has no use for --step-size"),
        (
            ["atlas", *ASKED[3:], "--kl", "k3"],
            "--kl k3 has a map of small steps alone: ask with --view small-steps",
        ),
        (
            [*ASKED, "--kl", "k3", "--alpha", "0.5"],
            "k3 in the loss is a KL to the reference alone: alpha must",
        ),
        ([*ASKED, "--inner-steps", "2"], "--inner-steps belongs to --step-size"),
    ],
)
def test_what_is_not_answered_is_one_line(
    wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wrong) == 64
    error = capsys.readouterr().err.strip()
    assert said in error
    assert error.count("\n") == 0


def test_what_is_no_map_is_refused(drawn: tuple[str, ContoursCertificate]) -> None:
    with pytest.raises(CertificateError):
        list(bands({"statement": {"kind": "atlas"}}))
    with pytest.raises(InputError):
        map_picture(drawn[1], "gif")

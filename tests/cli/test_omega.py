"""`--omega`: a contrast of one's own from the command line to the checker and the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker import Outcome, check_file
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast, Parameters
from verified_grpo.rigor import fixed_points
from verified_grpo.rigor.points.fixed_points import FixedPoints
from verified_grpo.rigor.sequences.small_steps import RisesBySteps, small_steps

from .test_cli import run

GROUP_4 = (
    "q^3*(3/4)/(1/2 + eps) + 3*p*q^2*((1/2)/(sqrt(1/3) + eps) + (1/4)/(1/2 + eps))"
    " + 3*p^2*q*((1/4)/(1/2 + eps) + (1/2)/(sqrt(1/3) + eps)) + p^3*(3/4)/(1/2 + eps)"
)
"""Groups of 4, ddof 1: beside k successes among the others, A(1) with k + 1, less A(0) with k."""
OWN = ("--omega", "1/(p + eps)", "--beta", "5", "--eps", "1e-3", "--p-ref", "0.05")


def test_from_an_expression_to_a_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "mine.json"
    code, text, _ = run(capsys, "limit", *OWN, "--out", str(out))
    assert code == 0
    assert "rises to the only fixed point" in text
    files = sorted(tmp_path.glob("*.json"))
    assert [file.name for file in files] == ["mine-parting.json", "mine-small-steps.json", "mine.json"]
    assert all(check_file(file).outcome is Outcome.ACCEPTED for file in files)
    assert "Omega(L) = (1 / (p + eps)), q = 1-p, v = p(1-p)" in check_file(out).statement_text
    for style in ("md", "html"):
        code, _, _ = run(
            capsys, "report", *map(str, files), "--format", style, "--out", str(tmp_path / style)
        )
        assert code == 0
    assert r"\Omega(L) = \frac{1}{p + \varepsilon}" in (tmp_path / "md/report.md").read_text()


def test_a_contrast_of_no_list_goes_to_a_pdf(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One that weighs rare successes by their information; not a line of code is written."""
    own = ("--omega", "log(2 + eps - p)/(sqrt(v) + eps)", *OWN[2:])
    file = tmp_path / "mine.json"
    assert run(capsys, "fixed-points", *own, "--out", str(file))[0] == 0
    assert check_file(file).outcome is Outcome.ACCEPTED
    assert run(capsys, "report", str(file), "--format", "pdf", "--out", str(tmp_path / "pdf"))[0] == 0
    (printed,) = (tmp_path / "pdf").glob("*.pdf")
    assert printed.read_bytes().startswith(b"%PDF")


def test_the_answer_names_the_expression(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "fixed-points", *OWN, "--json")
    assert code == 0
    assert json.loads(out)["variant"] == {"contrast": "expression", "omega": ["/", "1", ["+", "p", "eps"]]}


@pytest.mark.parametrize(
    ("options", "code", "line"),
    [
        (("--omega", "p - 1/2"), 64, "is not known to be > 0 for p from 0"),
        (("--omega", "1/x"), 64, "'x' in an expression"),
        (("--omega", "+".join(["p"] * 300)), 64, "more than 400 letters"),
        (("--omega", "(" * 900 + "p" + ")" * 900), 64, "is not an expression"),
        (("--omega", "cosh(p)"), 64, "'cosh(p)' in an expression"),
        (("--omega", "1/p"), 2, "is not known to be bounded"),
        (("--omega", "1/(p+eps)", "--contrast", "mean"), 64, "leave --contrast"),
        (("--contrast", "expression"), 64, "needs its expression"),
    ],
)
def test_bad_expressions_are_one_line(
    options: tuple[str, ...], code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out, said = run(capsys, "fixed-points", *options, *OWN[2:])
    assert given == code
    assert line in out + said
    assert len((out + said).strip().splitlines()) == 1


def test_properties_over_boxes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    box = ("--omega", "1/(p + eps)", "--beta", "30:40", "--eps", "0.1", "--p-ref", "0.1:0.2")
    for name in ("contraction", "uniqueness"):
        file = tmp_path / f"{name}.json"
        assert run(capsys, "audit", "--property", name, *box, "--out", str(file))[0] == 0
        assert check_file(file).outcome is Outcome.ACCEPTED


def test_a_question_is_held_against_its_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    question, answer = tmp_path / "question.json", tmp_path / "answer.json"
    assert run(capsys, "question", "fixed-points", *OWN, "--out", str(question))[0] == 0
    assert run(capsys, "fixed-points", *OWN, "--out", str(answer))[0] == 0
    assert run(capsys, "check", "--question", str(question), str(answer))[0] == 0
    other = ("--omega", "1/(p + 2*eps)", *OWN[2:])
    assert run(capsys, "question", "fixed-points", *other, "--out", str(question))[0] == 0
    assert run(capsys, "check", "--question", str(question), str(answer))[0] == 1


BENT = "1/(p + eps) + 7*eps"
"""Falls in eps and then rises: no corner of a range of eps is the farthest."""


def test_a_range_of_eps_holds_the_fixed_points_of_each(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "range.json"
    where = ("--beta", "2", "--p-ref", "0.1")
    code, out, _ = run(
        capsys, "fixed-points", "--omega", BENT, *where, "--eps", "1e-3:0.2", "--out", str(file), "--json"
    )
    assert code == 0
    assert check_file(file).outcome is Outcome.ACCEPTED
    low, high = (exact(end) for end in json.loads(out)["fixed_points"][0]["logit"])
    own, inner = Contrast.of(BENT), []
    for eps in ("1e-3", "0.01", "0.05", "0.1", "0.2"):
        found = fixed_points(own, Parameters.of(beta=2, eps=eps, p_ref="0.1"))
        assert isinstance(found, FixedPoints)
        inner.append(found.points[0].logit)
    assert all(low <= first and last <= high for first, last in inner)
    assert min(range(5), key=lambda k: inner[k][0]) not in (0, 4), "the least is inside of the range"
    assert high - low < 2, "plain enclosures over all eps: not sharp, but a place"


def test_small_steps_and_passages_over_a_range_of_eps(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = ("--omega", "1/(p + eps)", "--beta", "2", "--eps", "1e-3:1e-2", "--p-ref", "0.05")
    assert (
        "it rises to the only fixed point" in run(capsys, "limit", *own, "--out", str(tmp_path / "a.json"))[1]
    )
    assert check_file(tmp_path / "a-small-steps.json").outcome is Outcome.ACCEPTED
    counted = (*own, "--step-size", "0.01", "--reach", "0.1", "--out", str(tmp_path / "b.json"))
    assert "after 6 at least and 7 at most updates" in run(capsys, "limit", *counted)[1]
    assert check_file(tmp_path / "b.json").outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        (
            ("--omega", "1/(p + eps)", "--eps", "1e-3"),
            "proved: amplification: logit p* - logit p_ref >= 0.31",
        ),
        (("--omega", BENT, "--eps", "1e-3:1e-1"), "proved: amplification: logit p* - logit p_ref >= 0.2"),
        (("--omega", "1/(p + eps)", "--eps", "1e-3", "--gain", "1.3"), "odds times at least 1.3"),
        (("--omega", "1/(p + eps)", "--eps", "1e-3", "--target", "0.2"), "p* at least 0.2"),
        (("--contrast", "maxrl", "--group-size", "8", "--eps", "1e-3"), "p_ref >= 0.31"),
        (("--omega", "1/(p + eps)", "--eps", "1e-3", "--gain", "9"), "refuted: amplification"),
    ],
)
def test_amplification_without_a_known_shape(
    options: tuple[str, ...], verdict: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, box = tmp_path / "a.json", ("--beta", "2:3", "--p-ref", "0.1:0.9", "--tolerance", "1")
    _, out, _ = run(capsys, "audit", "--property", "amplification", *options, *box, "--out", str(file))
    assert verdict in out
    assert check_file(file).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("omega", "adds"), [("1/(p*q + eps)", True), ("1/(p + eps) + 1/(q + eps)", True), ("1/(p + eps)", False)]
)
def test_what_is_even_in_p_and_q_opens_the_rules_that_need_it(
    omega: str, adds: bool, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    box = ("--beta", "0", "--eps", "1e-3", "--p-ref", "0.05:0.5", "--out", str(tmp_path / "a.json"))
    _, out, _ = run(capsys, "limit", "--omega", omega, *box)
    assert "p rises, and tends to 1" in out
    assert ("each step eta adds at least" in out) is adds
    (file,) = tmp_path.glob("a*.json")
    assert check_file(file).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("name", ["mean-var", "mean-std", "mean", "group"])
def test_the_four_contrasts_written_as_expressions_give_the_same(name: str) -> None:
    """By their own files and by what they are, nothing known of it."""
    written = {"mean-var": "1/sqrt(p*q + eps)", "mean-std": "1/(sqrt(p*q) + eps)", "mean": "1 + 0*p"}
    named = Contrast(name) if name != "group" else Contrast("group", 4, 1)
    text = written.get(name, GROUP_4)
    box = Parameters.of(beta=2, eps="1e-2", p_ref="0.05")
    ours, own = fixed_points(named, box), fixed_points(Contrast.of(text), box)
    assert isinstance(ours, FixedPoints)
    assert isinstance(own, FixedPoints)
    assert [x.stability for x in own.points] == [x.stability for x in ours.points]
    for one, other in zip(own.points, ours.points, strict=True):
        assert one.logit[0] <= other.logit[1]
        assert other.logit[0] <= one.logit[1]
    limits = [small_steps(contrast, box) for contrast in (named, Contrast.of(text))]
    assert all(isinstance(x, RisesBySteps) and x.limit is not None for x in limits)
    steps = [x.largest_step for x in limits if isinstance(x, RisesBySteps)]
    assert steps[1][0] <= steps[0][1]
    assert steps[0][0] <= steps[1][1]

"""Tables whose rates are those of a verifier that errs: the right answers behind each rate, certified."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import findroot, log, mp, mpf, sqrt

from tests.shared import examples
from verified_grpo.audit.judged_rates import AuditedJudged, JudgedQuestion, audit_judged
from verified_grpo.audit.judged_rates.sentences import answered, means
from verified_grpo.audit.judged_rates.solving import answered as solved
from verified_grpo.audit.pass_rates import Question
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.cli import main
from verified_grpo.errors import InputError
from verified_grpo.intervals import exact
from verified_grpo.model import MEAN_VAR, Contrast
from verified_grpo.model.verifier import Verifier
from verified_grpo.report.audits.judged_rates import judged_rates_document
from verified_grpo.report.markdown import markdown

ERRORS = ["independent", "systematic"]
CLEAN = Question(MEAN_VAR, exact("0.5"), exact("1e-4"))
ERRING = Verifier.of("0.9", "0.2")
TABLE = "prompt,k,n\na,207,1000\nb,1,10\nc,2,10\nd,414,2000\ne,5,10\n"


def judged(errors: str, verifier: Verifier = ERRING, clean: Question = CLEAN) -> JudgedQuestion:
    return JudgedQuestion(clean, verifier, errors)


def audited(tmp_path: Path, errors: str) -> tuple[AuditedJudged, list[dict[str, Any]]]:
    path, out = tmp_path / "t.csv", tmp_path / "o.csv"
    path.write_text(TABLE)
    found = audit_judged(path, judged(errors), out=out)
    return found, list(pl.read_csv(out, infer_schema=False).iter_rows(named=True))


@pytest.mark.parametrize(
    ("errors", "p"), [("independent", Fraction("0.16926969")), ("systematic", Fraction(1, 23))]
)
def test_a_measured_rate_is_that_of_passing(errors: str, p: Fraction, tmp_path: Path) -> None:
    """0.9 of 0.01 and 0.2 of 0.99 are 0.207: the row says what `limit` says of p_ref 0.01."""
    found, rows = audited(tmp_path, errors)
    first = rows[0]
    assert (first["certified_passed_ref_low"], first["certified_right_ref_low"]) == ("0.207", "0.01")
    low, high = (Fraction(first[f"certified_right_{end}"]) for end in ("low", "high"))
    assert abs(low - p) < Fraction(1, 10**7)
    assert 0 <= high - low < Fraction(1, 10**10)
    assert first["certified_bound"] == ("1/23" if errors == "systematic" else None)
    assert found.distinct == 4, "414 of 2000 are 207 of 1000"
    assert rows[3]["certified_rate"] == "1"


def test_rates_that_no_answers_have_are_said_and_claim_nothing(tmp_path: Path) -> None:
    found, rows = audited(tmp_path, "independent")
    assert [row["certified_verdict"] for row in rows] == [
        "gains",
        "impossible",
        "absorbing",
        "gains",
        "gains",
    ]
    assert rows[1]["certified_right_low"] is rows[1]["certified_right_ref_low"] is None
    assert rows[2]["certified_right_low"] == "0"
    assert not found.decided
    assert [one.prompt for one in found.listed] == ["b"]
    assert answered(found) == (
        "With small steps, 3 of 5 prompts end with more right answers than before, proved one by one; 1 is "
        "all wrong or all right for good, 1 is at a rate that this verifier cannot have."
    )


def test_the_mean_stays_below_the_mean_of_the_bounds(tmp_path: Path) -> None:
    found, rows = audited(tmp_path, "systematic")
    assert found.bound == (2 * Fraction(1, 23) + Fraction(27, 35)) / 4  # 0 right answers: the bound is 0
    assert found.now == ((2 * Fraction("0.01") + Fraction(3, 7)) / 4,) * 2 or found.now is not None
    assert "it does not get above 0.214" in means(found)
    assert all(
        Fraction(row["certified_right_high"]) <= exact(row["certified_bound"]) + Fraction(1, 10**11)
        for row in rows
        if row["certified_bound"]
    )


@pytest.mark.parametrize("errors", ERRORS)
def test_every_certificate_is_accepted(errors: str, tmp_path: Path) -> None:
    found, rows = audited(tmp_path, errors)
    assert found.certificates is not None
    files = sorted(found.certificates.iterdir())
    settled = {row["certified_rate"] for row in rows if row["certified_verdict"] == "gains"}
    endings = {"-small-steps", "-right-answers"} if errors == "systematic" else {"-small-steps"}
    assert {number + ending for number in settled for ending in endings} <= {file.stem for file in files}
    for file in files:
        assert check_bytes(file.read_bytes()).outcome is Outcome.ACCEPTED


def brute_force(errors: str, m: Fraction, t: Fraction, f: Fraction, beta: Fraction) -> mpf:
    """The least zero of the drive above the reference, by marching up the line of log-odds of the followed
    rate, and p there: written anew, from the definition of the update."""
    mp.dps, eps = 30, mpf(10) ** -4
    big = [mpf(x.numerator) / x.denominator for x in (m, t, f, beta)]
    rate, passing, wrong, weight = big
    right = (rate - wrong) / (passing - wrong)
    start = rate if errors == "systematic" else right
    ref = log(start / (1 - start))

    def drive(L: mpf) -> mpf:
        p = 1 / (1 + mp.exp(-L))
        seen, gain = (
            (p, mpf(1)) if errors == "systematic" else (wrong + (passing - wrong) * p, passing - wrong)
        )
        return gain / sqrt(seen * (1 - seen) + eps) - weight * (L - ref)

    L, step = ref, mpf(1) / 64
    while drive(L + step) > 0:
        L += step
    p = 1 / (1 + mp.exp(-findroot(drive, (L, L + step), solver="anderson")))
    if errors == "independent":
        return p
    return right * passing / rate * p + right * (1 - passing) / (1 - rate) * (1 - p)


@pytest.mark.parametrize("errors", ERRORS)
@given(t=st.integers(60, 100), f=st.integers(0, 40), share=st.integers(1, 99), beta=st.integers(1, 40))
@examples(6)
def test_the_limit_is_that_of_brute_force(errors: str, t: int, f: int, share: int, beta: int) -> None:
    T, F, weight = Fraction(t, 100), Fraction(f, 100), Fraction(beta, 8)
    m = F + (T - F) * Fraction(share, 100)
    clean = Question(MEAN_VAR, weight, exact("1e-4"))
    found, _ = solved(judged(errors, Verifier.of(T, F), clean), (m.numerator, m.denominator))
    assert found.verdict == "gains"
    assert found.right is not None
    low, high = (mpf(exact(end).numerator) / exact(end).denominator for end in found.right)
    assert low - mpf(10) ** -11 <= brute_force(errors, m, T, F, weight) <= high + mpf(10) ** -11


@pytest.mark.parametrize("errors", ERRORS)
def test_a_verifier_of_ranges_holds_those_of_its_numbers(errors: str) -> None:
    clean = Question(MEAN_VAR, exact(4), exact("1e-4"))
    wide, _ = solved(judged(errors, Verifier.of("0.89:0.91", "0.19:0.2"), clean), (3, 10))
    one, _ = solved(judged(errors, clean=clean), (3, 10))
    for name in ("right_ref", "right"):
        outer, inner = getattr(wide, name), getattr(one, name)
        assert exact(outer[0]) <= exact(inner[0]) <= exact(inner[1]) <= exact(outer[1])
    assert exact(wide.bound or "1") >= exact(one.bound or "1")


@pytest.mark.parametrize("errors", ERRORS)
def test_an_interval_of_confidence_holds_the_measured_rate(errors: str) -> None:
    clean = Question(MEAN_VAR, exact(2), exact("1e-4"), confidence=exact("0.9"))
    wide, made = solved(judged(errors, clean=clean), (300, 800))
    one, _ = solved(judged(errors, clean=Question(MEAN_VAR, exact(2), exact("1e-4"))), (300, 800))
    assert wide.right is not None
    assert one.right is not None
    assert exact(wide.right[0]) < exact(one.right[0]) <= exact(one.right[1]) < exact(wide.right[1])
    assert "-small-steps" in made
    few, _ = solved(judged(errors, clean=clean), (2, 8))
    assert (few.verdict, few.right) == ("undecided", None)
    assert "no answers behind them" in (few.reason or "")


def test_an_interval_is_reported_with_both_its_ends(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("prompt,k,n\na,2,8\n")
    clean = Question(MEAN_VAR, exact(2), exact("1e-4"), confidence=exact("0.9"))
    found = audit_judged(path, judged("systematic", clean=clean))
    low, high = found.listed[0].answer.passed_ref
    assert low != high
    said = markdown(judged_rates_document(found, "o.csv"), "").replace("\\", "")
    assert f"{low} to {high}" in said


def test_wrong_answers_that_always_pass_more_often_take_over() -> None:
    clean = Question(MEAN_VAR, exact(4), exact("1e-4"))
    found, made = solved(judged("systematic", Verifier.of("0.2", "0.9"), clean), (3, 10))
    assert found.verdict == "loses"
    assert made["-right-answers"]["statement"]["side"] == "above"
    assert found.right is not None
    assert exact(found.bound or "1") < exact(found.right[0]) < exact(found.right[1]) < Fraction(6, 7)


def test_without_kl_what_passes_takes_all() -> None:
    clean = Question(MEAN_VAR, Fraction(0), exact("1e-4"))
    assert solved(judged("systematic", clean=clean), (207, 1000))[0].right == ("1/23", "1/23")
    assert solved(judged("independent", clean=clean), (207, 1000))[0].right == ("1", "1")


def test_a_swing_of_the_exact_iteration_stands_beside_small_steps() -> None:
    clean = Question(MEAN_VAR, exact(5), exact("1e-5"))
    found, _ = solved(judged("systematic", Verifier.of(1, 0), clean), (1, 1000))
    assert (found.verdict, found.exact) == ("gains", "cycle")


@pytest.mark.parametrize(
    ("errors", "rates", "clean", "said"),
    [
        ("independent", ("0.2", "0.9"), CLEAN, "ask about them"),
        ("independent", ("0.5:0.9", "0.2:0.6"), CLEAN, "a measured rate tells nothing"),
        ("systematic", ("0.5", "0.5"), CLEAN, "a measured rate tells nothing"),
        (
            "systematic",
            ("0.9", "0.2"),
            Question(Contrast("group", 8, 1), exact("0.04"), exact("1e-4"), regulariser="KL(pi_ref||pi)"),
            "k3",
        ),
    ],
)
def test_what_has_no_answer_is_named(errors: str, rates: tuple[str, str], clean: Question, said: str) -> None:
    with pytest.raises(InputError, match=said):
        judged(errors, Verifier.of(*rates), clean)


# --- the command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["audit", *words])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err


VERIFIER = ("--true-positive", "0.9", "--false-positive", "0.2", "--errors")
NUMBERS = ("--beta", "0.5", "--eps", "1e-4")


def test_the_command_writes_table_certificates_and_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(TABLE)
    words = ("--pass-rates", str(tmp_path / "t.csv"), *NUMBERS, *VERIFIER, "systematic")
    code, out, err = run(capsys, *words, "--out", str(tmp_path / "o.csv"), "--json")
    assert code == 2
    said = json.loads(out)
    assert said["verdicts"] == {"absorbing": 1, "gains": 3, "impossible": 1}
    assert (said["question"]["errors"], said["question"]["true_positive"]) == ("systematic", "0.9")
    assert "certificates written to" in err
    assert "RIGHT ANSWERS" in (tmp_path / "o.md").read_text().upper()
    code, other, _ = run(capsys, *words, "--observed-rate", "--json")
    assert json.loads(other) == said, "a table's rates are observed whether that is said or not"


def test_a_group_of_a_framework_takes_systematic_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("prompt,k,n\na,3,8\n")
    words = ("--pass-rates", str(tmp_path / "t.csv"), "--config", "examples/configurations/trl-default.json")
    code, out, _ = run(capsys, *words, *VERIFIER, "systematic")
    assert code == 0
    assert "the only prompt ends with more right answers than before" in " ".join(out.split())


@pytest.mark.parametrize(
    ("more", "line"),
    [
        (("--true-positive", "0.9"), "needs --true-positive, --false-positive and --errors"),
        ((*VERIFIER, "systematic", "--step-size", "0.1"), "without --step-size"),
        ((*VERIFIER, "systematic", "--target", "0.1"), "--target cannot be combined"),
        ((*VERIFIER, "systematic", "--apart", "0.1"), "--apart cannot be combined"),
        (("--true-positive", "1.1", *VERIFIER[2:], "systematic"), "probabilities from 0 to 1"),
        (("--true-positive", "0.9", "--false-positive", "-0.1", "--errors", "systematic"), "from 0 to 1"),
        (("--observed-rate",), "belongs to a verifier that errs"),
    ],
)
def test_bad_questions_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: tuple[str, ...], line: str
) -> None:
    (tmp_path / "t.csv").write_text(TABLE)
    code, _, err = run(capsys, "--pass-rates", str(tmp_path / "t.csv"), *NUMBERS, *more)
    assert (code, err.count("\n")) == (64, 1)
    assert line in err


# --- configurations

BY_SAMPLE = "examples/configurations/trl-bias-corrected.yaml"


@pytest.mark.parametrize("errors", ERRORS)
def test_a_configuration_says_what_becomes_of_right_answers(
    errors: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text("num_generations: 8\nbeta: 0.2\nscale_rewards: none\n")
    words = ("--config", str(tmp_path / "own.yaml"), "--framework", "trl", *VERIFIER, errors)
    code, out, _ = run(capsys, *words, "--p-ref", "0.1:0.3", "--json", "--out", str(tmp_path))
    assert code == 0
    said = json.loads(out)
    found = {finding["name"]: finding for finding in said["findings"]}
    assert found["right-answers"]["answer"] in said["answer"]
    if errors == "systematic":
        low, high = Fraction(9, 27), Fraction(27, 41)  # 0.9 p/(0.2 + 0.7 p) at 0.1 and 0.3
        assert abs(exact(found["right-answers"]["numbers"]["bound"]) - high) < Fraction(1, 1000)
        assert exact(found["right-answers"]["numbers"]["right_least"]) < low
        assert "largest-beta" not in found, "it would be of the rate of passing"
        assert said["parameters"]["p_ref"] == ["0.27", "0.41"]
    files = list((tmp_path / "certificates").iterdir())
    assert "right-answers" in {file.stem for file in files}
    assert all(check_bytes(file.read_bytes()).outcome is Outcome.ACCEPTED for file in files)


def test_the_observed_rate_of_a_configuration_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for rate in (("0.1:0.3",), ("0.27:0.41", "--observed-rate")):
        code, out, _ = run(capsys, "--config", BY_SAMPLE, *VERIFIER, "systematic", "--json", "--p-ref", *rate)
        assert code == 0
        answers.append(json.loads(out))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("examples/configurations/trl.yaml", *VERIFIER, "independent"), 2, "are not covered"),
        ((BY_SAMPLE, *VERIFIER, "systematic", "--target", "0.5"), 64, "of the rate of passing"),
        ((BY_SAMPLE, *VERIFIER[:4]), 64, "type --errors independent"),
        (
            (BY_SAMPLE, "--true-positive", "0.2", "--false-positive", "0.9", "--errors", "independent"),
            64,
            "ask about them",
        ),
        ((BY_SAMPLE, *VERIFIER, "systematic", "--observed-rate", "--p-ref", "0.1:0.3"), 64, "passes between"),
    ],
)
def test_configurations_without_an_answer_say_why(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, line: str
) -> None:
    found, out, err = run(capsys, "--config", *words)
    assert found == code
    assert line in " ".join((out + err).split())

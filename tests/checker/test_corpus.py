"""Every fixture gets the diagnostic expected of it; every diagnostic has one; committed ones are current."""

from __future__ import annotations

from pathlib import Path

import flint
import pytest

from verified_grpo.checker import ARITHMETICS, Code, Outcome, check_bytes, check_file
from verified_grpo.checker.limits import MAX_BYTES
from verified_grpo.checker.region import Region

from . import corpus
from .builder import seal
from .edits import edited

CODES = corpus.codes()


# What is accepted by rationals, too, is seen in test_fuel.py, where the work is counted.
CASES = [
    (name, arithmetic)
    for name in CODES
    for arithmetic in ARITHMETICS
    if not (name.startswith("accepted/") and arithmetic == "rational")
]


@pytest.mark.parametrize(("name", "arithmetic"), CASES)
def test_each_file_gets_its_diagnostic(name: str, arithmetic: str) -> None:
    verdict = check_bytes(corpus.files()[name][1], arithmetic)
    assert verdict.code.value == CODES[name], verdict.message
    assert verdict.outcome is verdict.code.outcome
    assert (verdict.outcome is Outcome.ACCEPTED) == name.startswith("accepted/")


def test_every_diagnostic_has_a_fixture(tmp_path: Path) -> None:
    assert check_file(tmp_path).code is Code.UNREADABLE_FILE
    assert check_file(tmp_path / "none.json").code is Code.UNREADABLE_FILE
    assert check_file("a\0b").code is Code.UNREADABLE_FILE
    assert check_bytes(bytes(MAX_BYTES + 1)).code is Code.TOO_LARGE
    shown = {*CODES.values(), Code.UNREADABLE_FILE.value, Code.TOO_LARGE.value}
    shown.add(Code.CHECKER_FAULT.value)  # of which no file is known: see the last test
    shown.add(Code.OTHER_QUESTION.value)  # of a file beside a question: test_questions.py
    tables = (Code.ROW_OPEN, Code.TABLE_UNREADABLE, Code.TABLE_CHANGED, Code.ROW_NOT_PROVED)  # test_tables.py
    shown |= {code.value for code in tables}
    assert shown == {code.value for code in Code}


def test_what_is_committed_is_what_is_drawn_up_byte_for_byte() -> None:
    drawn_up = {f"{name}.json": seal(document) for name, document in corpus.drawn_up().items()}
    assert {file.name: file.read_bytes() for file in corpus.FOLDER.glob("*/*.json")} == drawn_up


def test_nothing_else_is_committed() -> None:
    assert {file.parent.name for file in corpus.FOLDER.rglob("*.json")} == {"accepted"}


def test_a_fixture_is_a_file_too() -> None:
    for name in ("accepted/amplification.json", "rejected/margin-too-large.json", "malformed/empty.json"):
        assert corpus.fixture(name).read_bytes() == corpus.files()[name][1]


def test_any_flipped_byte_is_caught() -> None:
    data = (corpus.FOLDER / "accepted/amplification.json").read_bytes()
    for i in range(len(data)):
        for change in (1, 2, 16):
            altered = data[:i] + bytes([data[i] ^ change]) + data[i + 1 :]
            assert check_bytes(altered).outcome is not Outcome.ACCEPTED


def test_any_missing_byte_is_caught() -> None:
    data = (corpus.FOLDER / "accepted/identity-bmax.json").read_bytes()
    for i in range(len(data)):
        assert check_bytes(data[:i]).outcome is not Outcome.ACCEPTED
        assert check_bytes(data[:i] + data[i + 1 :]).outcome is not Outcome.ACCEPTED


def test_too_few_bits_never_accept_what_more_bits_reject() -> None:
    for name, document in corpus.accepted().items():
        if "bits" in document["evidence"]:
            verdict = check_bytes(seal(edited(document, "evidence", "bits", value=16)))
            # what is known of an expression is established with the same bits
            written = "omega" in document["statement"].get("variant", {})
            unknown = verdict.code is Code.MISSING_FACT and written
            assert verdict.outcome is not Outcome.DECLINED or unknown, name
    for name, (code, document) in corpus.rejected().items():
        evidence = document["evidence"]
        if isinstance(evidence, dict) and evidence.get("bits") == 120 and code != "too-much-work":
            high = edited(document, "evidence", "bits", value=4000)
            assert check_bytes(seal(high)).code.value == code, name


def test_precision_is_put_back() -> None:
    before = flint.ctx.prec
    for name in (
        "accepted/fixed-points-beta-5",
        "rejected/bracket-beside-the-zero",
        "rejected/leaves-of-a-smaller-rate",
    ):
        check_file(corpus.fixture(f"{name}.json"))
        assert flint.ctx.prec == before


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        (
            "fixed-points-beta-5",
            [
                "alpha = 1, beta = 5, eps = 1e-5, p_ref = 0.3",
                "exactly 3 fixed point(s)",
                "|T'| < 1",
                "|T'| > 1",
            ],
        ),
        ("fixed-points-mirror", ["alpha = 0", "exactly 0 fixed point(s)"]),
        ("fixed-points-group-8", ["k = 0..7", "A = 0 where j is 0 or 8"]),
        ("amplification", ["every fixed point L*", ">= 0.008 > 0", "beta in [0.001, 100]"]),
        ("contraction-tree", ["|T'(L*)| <= 0.9 < 1", "1/(sqrt(p(1-p)) + eps)"]),
        ("contraction-witness", ["For some of these parameters", "|T'(L*)| >= 1"]),
        ("uniqueness-closed-form", ["exactly one fixed point"]),
        ("uniqueness-witness", ["For some of these parameters", "two fixed points or more"]),
        ("limit-cycle-beta-5", ["exactly 2 points", "|L_{m+2} - x_i| <= 0.935 |L_m - x_i|", "m >= 10"]),
        ("limit-rises", ["does not fall from n = 0 on", "the least of all fixed points"]),
        ("limit-falls", ["from p_0 = 0.97 does not rise", "greatest fixed point <= L_0"]),
        ("limit-mirror", ["rises without bound, by at least 0.3999 a step"]),
        ("identity-bmax", ["= ((1/27) * (eps^-1) * ((1 + (4 * eps))^-2))"]),
        ("inequality-box", ["For all x in [0, 1], y in [1, 2]", "log((y + exp(x)))", "> 0"]),
        (
            "paper-statement-fails",
            [
                "a name and a title, not checked: a recurrence that converges",
                "Verdict, computed: fails.",
                "Steps, 1 by rule, 3 by theorem, 0 by assumption:",
                "checked by Coq's kernel: s4_rises_in_p (PaperFixedPoints.v, statement ",
                "  [1] refutes\n",
                "    prose, not checked: the paper says: The probability",
                "  - against, at the numbers of its parts, by step 1, 2\n",
            ],
        ),
        (
            "paper-statement-assumes",
            [
                "Verdict, computed: holds, sharper given H2.",
                "  H2: the paper's setting: exact maximisation",
                "Steps, 2 by rule, 2 by theorem, 1 by assumption:",
                "ASSUMED by H2: the paper's setting",
                "by rule sign from part 1: wherever both sides are defined, and f > 0, and k > 0, and s > 0",
            ],
        ),
    ],
)
def test_the_statement_is_printed_back(name: str, phrases: list[str]) -> None:
    shown = check_file(corpus.FOLDER / f"accepted/{name}.json").statement_text
    for phrase in phrases:
        assert phrase in shown


def test_outcomes_are_no_conditions() -> None:
    with pytest.raises(TypeError, match="`value`"):
        bool(Outcome.REJECTED)


@pytest.mark.parametrize("error", [MemoryError, OverflowError, RecursionError])
def test_beyond_the_machine_is_declined(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def check(self: Region, evidence: object) -> None:
        raise error

    monkeypatch.setattr(Region, "check", check)
    verdict = check_file(corpus.FOLDER / "accepted/amplification.json")
    assert verdict.code is Code.TOO_MUCH_WORK
    assert "every fixed point" in verdict.statement_text


def test_a_fault_of_the_checker_is_declined_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(self: Region, evidence: object) -> None:
        raise ValueError("surprise")

    monkeypatch.setattr(Region, "check", check)
    files = [corpus.FOLDER / f"accepted/{name}.json" for name in ("amplification", "identity-bmax")]
    verdicts = [check_file(file) for file in files]
    assert [verdict.code for verdict in verdicts] == [Code.CHECKER_FAULT, Code.ACCEPTED]
    assert "surprise" in verdicts[0].message
    assert verdicts[0].outcome is Outcome.DECLINED


def test_verdicts_are_no_conditions() -> None:
    verdict = check_file(corpus.fixture("rejected/margin-too-large.json"))
    with pytest.raises(TypeError, match="`outcome`"):
        bool(verdict)

"""The frame: what does not close is undecided, and the table and the names fit the modules."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from verified_grpo.certificates.canonical import canonical_bytes
from verified_grpo.checker import Outcome, check_bytes
from verified_grpo.checker.paper import reading
from verified_grpo.checker.readings import READINGS
from verified_grpo.proofs import all_statements, names
from verified_grpo.proofs.__main__ import table
from verified_grpo.proofs.claims import Identity, Inequality, Proof
from verified_grpo.proofs.derivations import Derivative, Rewriting
from verified_grpo.proofs.framework import (
    NOT_CARRIED,
    Certified,
    PaperStatement,
    Undecided,
    certify,
    claims,
    formal,
    refutes,
    restates,
    supports,
)
from verified_grpo.proofs.symbols import bmax, eps

x, y = sp.symbols("x y", positive=True)
TRUE = Identity((x + y) ** 2, x**2 + 2 * x * y + y**2)


def plain(*parts: object, **fields: object) -> PaperStatement:
    """A small statement to plant faults in."""
    given = {
        "parts": parts or (supports("square", "", TRUE),),
        "steps": (restates("[square]"),),
        "conclusions": (claims("the square", 1),),
        "derivations": (),
    }
    words = dict.fromkeys(("title", "paper", "suite", "hypotheses", "not_proved"), "words")
    return PaperStatement(**{"item": "planted", "verdict": NOT_CARRIED, **words, **given, **fields})  # type: ignore[arg-type]


def test_a_true_statement_is_certified_and_accepted() -> None:
    outcome = certify(plain())
    assert isinstance(outcome, Certified)
    verdict = check_bytes(canonical_bytes(outcome.certificate))
    assert verdict.outcome is Outcome.ACCEPTED
    assert "Verdict, computed: formal part established; verdict not carried." in verdict.statement_text
    (step,) = outcome.certificate["statement"]["steps"]
    assert step == {"text": "[1]", "parts": [1], "because": {"rule": "restates"}}


def test_what_nobody_read_is_not_carried_and_what_was_read_is(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = plain(verdict="holds")
    unread = certify(statement)
    assert isinstance(unread, Undecided)
    assert (unread.where, "not carried" in unread.reason) == ("verdict", True)
    proof = TRUE.prove()
    assert isinstance(proof, Proof)
    given = dict(formal(statement, [proof.statement]))
    monkeypatch.setitem(READINGS, "planted", reading(given))
    read = certify(statement)
    assert isinstance(read, Certified)
    assert read.certificate["statement"]["verdict"] == "holds"


def test_a_planted_false_statement_is_undecided() -> None:
    false = supports("square", "", Identity((x + y) ** 2, x**2 + y**2))
    outcome = certify(plain(false))
    assert isinstance(outcome, Undecided)
    assert "not-identical" in outcome.reason


def test_a_false_inequality_is_undecided_and_names_a_point() -> None:
    outcome = certify(plain(supports("square", "", Inequality(x**2 - 1, ">", {x: "0:2"}))))
    assert isinstance(outcome, Undecided)
    assert outcome.where == "part square"
    assert "false at x = " in outcome.reason


def test_an_inequality_that_touches_zero_is_undecided_with_its_boxes() -> None:
    outcome = certify(
        plain(supports("square", "", Inequality((x - sp.Rational(1, 3)) ** 2, ">", {x: "0:1"})))
    )
    assert isinstance(outcome, Undecided)
    assert "left without a decision" in outcome.reason
    assert "x in [0.33333" in outcome.reason


def test_a_wrong_derivative_is_undecided() -> None:
    wrong = Derivative("cube", x**3, x, 3 * x, {x: ("0", "2")})
    outcome = certify(plain(derivations=(wrong,)))
    assert isinstance(outcome, Undecided)
    assert outcome.where == "derivation"


def test_a_wrong_derivative_of_sympy_is_caught_by_the_series(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Derivative("cube", x**3, x, 2 * x**2, {x: ("0", "2")})
    monkeypatch.setattr(sp, "diff", lambda *_: 2 * x**2)
    assert "series disagrees" in wrong.fault()


def test_a_wrong_simplification_is_caught() -> None:
    assert Rewriting("root", sp.sqrt(x**2 + y**2), x + y, {x: ("0", "1"), y: ("0", "1")}).fault()
    assert not Rewriting("root", sp.sqrt(x**2 * y**4), x * y**2, {x: ("0", "1"), y: ("0", "1")}).fault()


def test_too_weak_a_precision_is_undecided() -> None:
    tight = Inequality(bmax - sp.Rational("60.8556265") - sp.Rational(1, 10**8), ">", {eps: "1e-5"})
    weak, strong = (certify(plain(supports("square", "", replace(tight, bits=bits)))) for bits in (16, 120))
    assert isinstance(weak, Undecided)
    assert isinstance(strong, Certified)


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "true"},
        {"parts": ()},
        {"steps": (restates("no part is named"),)},
        {"steps": (restates("[square] and [unknown-part]"),)},
        {"parts": (supports("square", "", TRUE), refutes("square", "", TRUE))},
    ],
)
def test_a_statement_must_be_well_formed(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="planted"):
        plain(**fields)


def test_an_identity_with_equal_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="shows nothing"):
        Identity(x + y, y + x)


def test_names_are_unique_and_the_table_has_a_row_for_each() -> None:
    assert len(set(names())) == len(names()) == table().row_count
    assert all(statement.paper and statement.suite and statement.not_proved for statement in all_statements())


@pytest.mark.parametrize("engine", ["mpmath", "arb"])
def test_both_engines_certify(engine: str) -> None:
    for item in ("figure-5", "s3-mean-std", "theorem-6"):
        statement = next(s for s in all_statements() if s.item == item)
        outcome = certify(statement, engine)
        assert isinstance(outcome, Certified)
        assert outcome.certificate["provenance"]["engine"] == engine


def test_formulas_in_prose_are_closed() -> None:
    """What stands between two backquotes is a formula; an odd number would leave one open."""
    for s in all_statements():
        texts = (
            s.title,
            s.paper,
            s.suite,
            s.hypotheses,
            s.not_proved,
            *(step.text for step in s.steps),
            *(conclusion.text for conclusion in s.conclusions),
            *(part.text for part in s.parts),
        )
        assert all(text.count("`") % 2 == 0 for text in texts), s.item

"""What the checker takes on trust of the paper is what is here: theorems as Coq's files state them, and
statements as they were read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verified_grpo.checker.paper import reading
from verified_grpo.checker.readings import READINGS
from verified_grpo.checker.textbook import ASSUMPTIONS
from verified_grpo.checker.theorems import THEOREMS
from verified_grpo.proofs import all_statements, library, names
from verified_grpo.proofs.library import LIBRARY, sentences, statements
from verified_grpo.proofs.tables import CHECKER, theorems

CERTIFICATES = Path(__file__).parents[2] / "reports" / "certificates"


def test_every_digest_is_that_of_the_file_that_the_kernel_checks() -> None:
    assert THEOREMS
    for file, listed in THEOREMS.items():
        for name, digest in listed.items():
            assert statements()[file, name].sha256 == digest, (file, name)


def test_the_table_of_theorems_is_current() -> None:
    assert (CHECKER / "theorems.py").read_bytes() == theorems()


@pytest.mark.parametrize("item", names())
def test_the_reading_is_that_of_the_committed_certificate(item: str) -> None:
    statement = json.loads((CERTIFICATES / f"{item}.json").read_text())["statement"]
    rest = {key: value for key, value in statement.items() if key not in ("verdict", "given")}
    assert reading(rest) == READINGS[item]


def test_nothing_else_was_read() -> None:
    assert set(READINGS) == set(names())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hypothesis E : 0 < eps.\nLet f :=", "Hypothesis E : 0 <= eps.\nLet f :="),  # of the section
        ("hh p = p -> p_ref < p < 1.", "hh p = p -> p_ref <= p < 1."),  # the conclusion
        ("Let hh := h p_ref beta eps.", "Let hh := h p_ref beta 1."),  # what a letter stands for
    ],
)
def test_a_changed_hypothesis_or_conclusion_is_another_theorem(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is a changed definition below; a comment or a proof is not."""
    key = ("PaperFixedPoints.v", "theorem_3")
    text = (LIBRARY / key[0]).read_text()
    assert old in text
    assert digest_in(tmp_path, monkeypatch, {key[0]: text.replace(old, new)}) != THEOREMS[key[0]][key[1]]
    same = text.replace("Theorem theorem_3", "(* a (* nested *) remark *)\nTheorem   theorem_3")
    assert (
        digest_in(tmp_path, monkeypatch, {key[0]: same.replace("Proof.", "Proof. idtac.")})
        == THEOREMS[key[0]][key[1]]
    )
    map_file = (LIBRARY / "PaperMap.v").read_text()
    definition = "(1 - p_ref) / p_ref * exp"
    assert definition in map_file
    changed = {"PaperMap.v": map_file.replace(definition, "(2 - p_ref) / p_ref * exp")}
    assert digest_in(tmp_path, monkeypatch, changed) != THEOREMS[key[0]][key[1]]


def digest_in(folder: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> str:
    """The digest of theorem_3 in a copy of the library with other files."""
    for path in LIBRARY.glob("*.v"):
        (folder / path.name).write_text(changed.get(path.name, path.read_text()))
    with monkeypatch.context() as patch:
        patch.setattr(library, "LIBRARY", folder)
        statements.cache_clear()
        digest = statements()["PaperFixedPoints.v", "theorem_3"].sha256
    statements.cache_clear()
    return digest


def test_sentences_end_where_coq_ends_them() -> None:
    source = "Lemma a x : x.(field) = 1. (* b. (* c. *) *) Proof. exact (f 1.5). Qed."
    assert list(sentences(source)) == ["Lemma a x : x.(field) = 1", "Proof", "exact (f 1.5)", "Qed"]


def test_most_steps_are_rules_or_theorems() -> None:
    """The count is pinned: an assumption more is a statement less that holds by itself. What is assumed is a
    theorem of a textbook, named, and the paper's own setting."""
    assert set(ASSUMPTIONS) == {"A11", "H2"}
    classes = [next(iter(step.because)) for statement in all_statements() for step in statement.steps]
    assert (len(classes), classes.count("assumptions")) == (263, 2)
    assert all(kind in ("rule", "theorems", "assumptions") for kind in classes)
    rules, theorems_used = classes.count("rule"), classes.count("theorems")
    said = (Path(__file__).parents[2] / "docs" / "statements.md").read_text()
    assert f"{len(classes)} steps {rules} are rules of the checker, {theorems_used} theorems of" in said

"""Certificates of small steps have pages of their own."""

from __future__ import annotations

from pathlib import Path

from verified_grpo.certificates.canonical import write
from verified_grpo.certificates.passage import passage_certificate
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.model import MEAN_VAR, Parameters
from verified_grpo.model.steps import StepParameters
from verified_grpo.report import write_report
from verified_grpo.rigor.sequences.passage import passage
from verified_grpo.rigor.sequences.small_steps import small_steps


def page(beta: str, folder: Path, form: str = "md") -> str:
    outcome = small_steps(MEAN_VAR, StepParameters.of(beta=beta, eps="1e-5", p_ref="0.001"))
    write(folder / "steps.json", small_steps_certificate(outcome))
    return write_report([folder / "steps.json"], form, folder)[0].read_text()


def test_each_verdict_says_its_claim_and_what_it_is_not_about(tmp_path: Path) -> None:
    rises = page("5", tmp_path)
    assert "**PROVED** for all these parameters and any steps 0" in rises
    assert "any steps up to $0.0486534" in rises
    assert "0.0086220" in rises
    assert r"\eta_{n}" in rises
    assert "the bound is sufficient, not sharp" in rises
    beyond = page("0:5", tmp_path)
    assert "rises to the least fixed point, never beyond it" in beyond
    free = page("0", tmp_path)
    assert "any steps: p rises, to 1" in free
    assert "lemmas 37 and 64" in free


def test_the_common_hypotheses_are_true_of_small_steps(tmp_path: Path) -> None:
    front, _, own = page("5", tmp_path).partition('<a id="c1">')
    (said,) = [line for line in front.splitlines() if "exact maximiser" in line]
    assert "a statement on small steps is about another update, and says so" in said
    assert "Hypotheses of every statement" not in front
    assert "not the exact maximiser" in own


def test_the_page_as_html(tmp_path: Path) -> None:
    assert "<mi>η</mi>" in page("5", tmp_path, "html")


def test_the_page_of_a_passage(tmp_path: Path) -> None:
    slow = Parameters.of(beta=50, eps="1e-5", p_ref="0.001", alpha="0.1")
    words = []
    for reach in ("0.008", "0.1"):
        found = passage(MEAN_VAR, slow, reach)
        write(tmp_path / "passage.json", passage_certificate(found))
        words.append(write_report([tmp_path / "passage.json"], "md", tmp_path)[0].read_text())
    assert "first after exactly 13 updates" in words[0]
    assert "**PROVED** for all these parameters and all n" in words[1]
    assert all("lemma 38" in text for text in words)

"""Certificates of small steps have pages of their own."""

from __future__ import annotations

from pathlib import Path

from verified_grpo.certificates.canonical import write
from verified_grpo.certificates.small_steps import small_steps_certificate
from verified_grpo.model import MEAN_VAR
from verified_grpo.model.steps import StepParameters
from verified_grpo.report import write_report
from verified_grpo.rigor.sequences.small_steps import small_steps


def page(beta: str, folder: Path, form: str = "md") -> str:
    outcome = small_steps(MEAN_VAR, StepParameters.of(beta=beta, eps="1e-5", p_ref="0.001"))
    write(folder / "steps.json", small_steps_certificate(outcome))
    return write_report([folder / "steps.json"], form, folder)[0].read_text()


def test_each_verdict_says_its_claim_and_what_it_is_not_about(tmp_path: Path) -> None:
    rises = page("5", tmp_path)
    assert "**PROVED** any steps up to $0.0486534" in rises
    assert "0.0086220" in rises
    assert r"\eta_{n}" in rises
    assert "the bound is sufficient, not sharp" in rises
    beyond = page("0:5", tmp_path)
    assert "rises to the least fixed point, never beyond it" in beyond
    free = page("0", tmp_path)
    assert "any steps: p rises, to 1" in free
    assert "lemma 37" in free


def test_the_page_as_html(tmp_path: Path) -> None:
    assert "<mi>η</mi>" in page("5", tmp_path, "html")

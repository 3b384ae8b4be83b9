"""Certificates under the second regulariser have pages of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from verified_grpo.certificates.canonical import write
from verified_grpo.certificates.k3 import K3Outcome, k3_certificate
from verified_grpo.model import Contrast, Parameters
from verified_grpo.report import write_report
from verified_grpo.rigor.k3 import K3Repels, k3_amplification, k3_convergence, k3_fixed_point

GROUP = Contrast("group", 8, 1)
BOX = Parameters.of(beta="0.04", eps="1e-4", p_ref="0.001:0.999")
REPELLING = Contrast("group", 64, 1), Parameters.of(beta="3", eps="1e-4", p_ref="0.001:0.01")


def page(outcome: K3Outcome, folder: Path) -> str:
    write(folder / "k3.json", k3_certificate(outcome))
    return write_report([folder / "k3.json"], "md", folder)[0].read_text()


def test_each_kind_says_its_claim_and_what_it_is_not_about(tmp_path: Path) -> None:
    fixed = page(k3_fixed_point(GROUP, BOX), tmp_path)
    assert "**PROVED** for all these parameters there is exactly one fixed point, attracting" in fixed
    assert fixed.count("4.0860") == 2  # as it was checked, and typeset
    amplified = page(k3_amplification(GROUP, BOX), tmp_path)
    assert "3.7938" in amplified
    settled = page(k3_convergence(GROUP, BOX), tmp_path)
    assert "tends to the only fixed point, which attracts" in settled
    assert all("which the other kinds are about" in text for text in (fixed, amplified, settled))


def test_a_fixed_point_that_repels_is_refuted_in_its_colour(tmp_path: Path) -> None:
    outcome = k3_convergence(*REPELLING)
    if not isinstance(outcome, K3Repels):
        pytest.fail(f"not refuted: {type(outcome).__name__}")
    assert "> **REFUTED** for some of these parameters the only fixed point repels" in page(outcome, tmp_path)

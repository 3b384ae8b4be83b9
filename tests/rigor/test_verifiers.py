"""Verifiers that err, over ranges: values by hand, and from the search to the checker and the page."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from verified_grpo.certificates.canonical import canonical_bytes, write
from verified_grpo.certificates.verifiers import ceiling_certificate, effect_certificate
from verified_grpo.checker import check_bytes
from verified_grpo.checker.diagnostics import Code
from verified_grpo.errors import InputError
from verified_grpo.model import MEAN, MEAN_VAR, Contrast, Parameters
from verified_grpo.model.verifier import Verifier
from verified_grpo.report import write_report
from verified_grpo.rigor.verifiers import Effect, UndecidedEffect, ceiling, effect

BOX = Parameters.of(beta="1:5", eps="1e-5", p_ref="0.001:0.9")


@pytest.mark.parametrize(
    ("t", "f", "apart", "said"),
    [
        ("0.8:0.95", "0.05:0.1", "0", "amplifies"),
        ("0:1", "0:1", "0.1", "amplifies"),
        ("0.1:0.2", "0.2:0.4", "0.1", "harms"),
        ("0.1", "0.3:0.4", "0", "harms"),
        ("0.3", "0.3", "0", "stands-still"),
    ],
)
@pytest.mark.parametrize("contrast", [MEAN_VAR, Contrast("group", 8, 1).scaled(Fraction(7, 8))])
def test_the_sign_is_accepted(t: str, f: str, apart: str, said: str, contrast: Contrast) -> None:
    found = effect(contrast, BOX, Verifier.of(t, f), apart=Fraction(apart))
    assert isinstance(found, Effect)
    assert found.effect == said
    sealed = canonical_bytes(effect_certificate(found))
    for arithmetic in ("arb", "rational"):
        assert check_bytes(sealed, arithmetic).code is Code.ACCEPTED


def test_a_margin_that_is_met_exactly_is_accepted_by_every_arithmetic() -> None:
    """Without a division it is J/(alpha beta) = 7/2, of which the factors are no binary fractions."""
    found = effect(MEAN, Parameters.of(beta="0.2", eps="1", p_ref="0.1:0.3"), Verifier.of("0.9", "0.2"))
    assert isinstance(found, Effect)
    sealed = canonical_bytes(effect_certificate(found))
    for arithmetic in ("arb", "rational"):
        assert check_bytes(sealed, arithmetic).code is Code.ACCEPTED


def test_margin_and_threshold_by_hand() -> None:
    """Without a division Omega is 1: the margin is J/beta. Without errors the threshold is Bmax."""
    found = effect(MEAN, BOX, Verifier.of("0.8:0.9", "0.3"))
    assert isinstance(found, Effect)
    assert found.margin is not None
    assert 0 <= Fraction(1, 10) - found.margin < Fraction(1, 10**12)
    assert found.threshold is None
    clean = effect(MEAN_VAR, BOX, Verifier.of(1, 0))
    assert isinstance(clean, Effect)
    assert clean.threshold is not None
    assert Fraction("60.8556") < clean.threshold < Fraction("60.8557")
    unknown = effect(Contrast("group-loo", 4), BOX, Verifier.of(1, 0))
    assert isinstance(unknown, Effect)
    assert (unknown.margin, unknown.threshold) == (None, None)


def test_ranges_with_either_sign_are_undecided() -> None:
    found = effect(MEAN_VAR, BOX, Verifier.of("0.2:0.9", "0.1:0.3"))
    assert isinstance(found, UndecidedEffect)
    assert "--apart" in found.reason
    with pytest.raises(InputError, match=r"no rates of these ranges are 0\.9 apart"):
        effect(MEAN_VAR, BOX, Verifier.of("0.2:0.9", "0.1:0.3"), apart=Fraction(9, 10))
    with pytest.raises(TypeError, match="reason"):
        bool(found)


def test_the_ceiling_by_hand(tmp_path: Path) -> None:
    """0.009/0.207 is 1/23; a long fraction is rounded outward; the page says it."""
    hundredth = (Fraction(1, 100),) * 2
    found = ceiling(hundredth, Verifier.of("0.9", "0.2"), [(Fraction(1, 2), Fraction(3, 5))])
    assert (found.side, found.bound) == ("below", Fraction(1, 23))
    sealed = ceiling_certificate(found)
    assert check_bytes(canonical_bytes(sealed)).code is Code.ACCEPTED
    rounded = ceiling(hundredth, Verifier.of("0.87654321", "0.12345678"))
    assert rounded.bound is not None
    assert 0 < rounded.bound - rounded.verifier.precision(hundredth)[1] < Fraction(1, 10**12)
    assert ceiling(hundredth, Verifier.of("0.3", "0.3")).side == "at"
    (report,) = write_report([write(tmp_path / "c.json", sealed)], "md", tmp_path)
    assert "the rate of right answers stays below" in report.read_text()
    with pytest.raises(InputError, match="is open"):
        ceiling(hundredth, Verifier.of("0.1:0.9", "0.2"))

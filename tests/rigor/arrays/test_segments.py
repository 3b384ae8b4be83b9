"""Segments of the half-line by the slope: true by Arb at sampled places, narrow zones between."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from verified_grpo.errors import NotEnoughPrecision
from verified_grpo.intervals import ArbEngine, Sign
from verified_grpo.model import MEAN, MEAN_STD, MEAN_VAR, Contrast, Profile
from verified_grpo.rigor.arrays.segments import segments

EPS = Fraction(1, 10**4)


@pytest.mark.parametrize("threshold", ["1/100", "3/10", "1", "19", "40"])
@pytest.mark.parametrize(
    "contrast",
    [MEAN_VAR, MEAN_STD, MEAN, Contrast("group", 2, 1), Contrast("group", 16, 1)],
    ids=lambda c: c.label,
)
def test_segments_say_the_truth_and_leave_little_out(contrast: Contrast, threshold: str) -> None:
    limit = Fraction(threshold)
    with ArbEngine(160) as engine:
        profile = Profile(engine, contrast, EPS)
        found = segments(profile, EPS, limit)
        assert found[0].low == 0
        assert found[0].below
        assert found[-1].high is None
        assert found[-1].below
        assert len(found) in (1, 3)
        for left, right in pairwise(found):
            assert left.high is not None
            assert 0 <= right.low - left.high < Fraction(1, 10**9)
        for segment in found:
            high = segment.low + 40 if segment.high is None else segment.high
            for k in range(17):
                x = segment.low + (high - segment.low) * k / 16
                sign = engine.sign(engine.sub(engine.exact(limit), profile.at(x)[1]))
                assert sign is (Sign.POSITIVE if segment.below else Sign.NEGATIVE)
                assert float(segment.low) == segment.low  # ends are doubles


def test_a_search_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with ArbEngine(160) as engine:
        profile = Profile(engine, MEAN_VAR, EPS)
        hugging = engine.lower(profile.slope_bound)  # the largest slope to 45 digits
        assert all(segment.below for segment in segments(profile, EPS, hugging))
        monkeypatch.setattr("verified_grpo.rigor.arrays.segments.CELL_LIMIT", 20)
        with pytest.raises(NotEnoughPrecision, match="too near the threshold"):
            segments(profile, EPS, hugging)
        monkeypatch.setattr("verified_grpo.rigor.arrays.segments.TAIL_LIMIT", 1)
        with pytest.raises(NotEnoughPrecision, match="does not fall below"):
            segments(profile, EPS, Fraction(1, 10**9))

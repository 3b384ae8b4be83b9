"""The bounds that :mod:`verified_grpo.intervals.fixed_point` states, against Arb, where they are tightest."""

from __future__ import annotations

from random import Random

import pytest
from flint import arb, ctx

from verified_grpo.intervals import fixed_point
from verified_grpo.intervals.fixed_point import EXP_DEFICIT, exp_below, log2_below, log_between

PRECISIONS = [64, 96, 128, 224, 512, 544, 1024, 3008, 10_016, 33_056]


def samples(rng: Random, w: int) -> list[int]:
    """Arguments of `w` bits below 1: any, small by all sorts of degrees, next to the table's steps and to
    1."""
    count = 400 if w < 1000 else 40 if w < 5000 else 6
    numbers = [rng.getrandbits(w) >> rng.choice([0, 0, 1, 3, 9, 30, 45, w // 2, w - 3]) for _ in range(count)]
    steps = [(rng.randrange(1, 256) << (w - 8)) + rng.choice([-1, 0, 1]) for _ in range(count // 4)]
    return [*numbers, *steps, 0, 1, (1 << w) - 1]


@pytest.mark.parametrize("w", PRECISIONS)
def test_exp_is_never_too_large_and_two_ulps_too_small_at_most(w: int) -> None:
    with ctx.workprec(3 * w):
        for t in samples(Random(w), w):
            deficit = arb((t, -w)).exp() * arb((1, w)) - exp_below(t, w)
            assert deficit >= 0
            assert deficit < EXP_DEFICIT


@pytest.mark.parametrize("w", PRECISIONS)
def test_log2_is_never_too_large_and_two_ulps_too_small_at_most(w: int) -> None:
    with ctx.workprec(w + 80):
        deficit = arb(2).log() * arb((1, w)) - log2_below(w)
        assert deficit >= 0
        assert deficit < 2


@pytest.mark.parametrize("w", PRECISIONS)
def test_log_lies_between_its_bounds(w: int) -> None:
    rng = Random(w)
    one = 1 << w
    for t in samples(rng, w):
        m = one + t // 2 if rng.getrandbits(1) else one - t // 4
        if not 3 * one <= 4 * m < 6 * one:
            continue
        low, high = log_between(m, w)
        with ctx.workprec(2 * w + 80):
            truth = arb((m, -w)).log() * arb((1, w))
            assert low <= truth
            assert truth <= high
        assert high - low <= 16 + w // 8


def test_log_is_proved_whatever_the_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess that is wrong by a thousandth costs width at most, never soundness."""
    rng, w = Random(7), 128
    guess = fixed_point._log_guess
    for off in (-1, 1):
        monkeypatch.setattr(
            fixed_point, "_log_guess", lambda m, w, off=off: guess(m, w) + off * (1 << (w - 10))
        )
        for _ in range(300):
            m = (3 << (w - 2)) + rng.randrange(3 << (w - 2))
            low, high = log_between(m, w)
            with ctx.workprec(w + 80):
                truth = arb((m, -w)).log() * arb((1, w))
                assert low <= truth
                assert truth <= high


def test_a_hopeless_guess_is_an_error_not_a_wrong_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixed_point, "_log_guess", lambda m, w: (1 << w) - 1)
    with pytest.raises(ArithmeticError, match="guess"):
        log_between(5 << 125, 128)

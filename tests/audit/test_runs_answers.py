"""What is said of a run, against runs whose truth is known: drawn here, with step sizes of our own."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import exp
from pathlib import Path
from random import Random

import numpy as np
import pytest
from flint import arb

from verified_grpo import StepParameters, small_steps
from verified_grpo.audit.runs import movement
from verified_grpo.audit.runs.answer import Answered, answered, silent_groups
from verified_grpo.audit.runs.changes import Counts, changes, interval, simultaneous
from verified_grpo.audit.runs.fitting import fit, samples_of
from verified_grpo.audit.runs.goodness import goodness
from verified_grpo.audit.runs.limits import limits
from verified_grpo.audit.runs.log import Log, Visit
from verified_grpo.audit.runs.movement import movements
from verified_grpo.audit.runs.paths import Paths
from verified_grpo.audit.runs.question import Question, Variant, supposed
from verified_grpo.audit.runs.scalars import LoggedKL
from verified_grpo.audit.runs.sentences import holding, silence, spending, stepping
from verified_grpo.model import Contrast
from verified_grpo.rigor.points.guesses import approx_profile
from verified_grpo.rigor.sequences.small_steps import RisesBySteps

from .runs_drawn import drawn

SURE = Fraction("0.95")
MEAN = Variant(Contrast("mean"), Fraction(1, 10**4), Fraction(0))
ZERO = Fraction(0)


def log_of(rows: object) -> Log:
    cells: dict[str, dict[int, list[int]]] = {}
    for step, prompt, reward in rows:  # type: ignore[attr-defined]
        cells.setdefault(prompt, {}).setdefault(step, []).append(reward)
    return Log(
        {
            prompt: tuple(Visit(step, Counts(sum(r), len(r))) for step, r in steps.items())
            for prompt, steps in cells.items()
        }
    )


def asked(log: Log, variant: Variant | None = MEAN, refusal: str = "") -> Answered:
    return answered(log, Question(SURE, Fraction(1, 2), log.group_size, variant, refusal))


def test_rises_and_falls_that_are_there_are_seen_and_others_are_not() -> None:
    source = Random(5)
    rates = {"up": (0.1, 0.9), "down": (0.9, 0.1), "still": (0.5, 0.5)}
    log = log_of(
        (step, name, int(source.random() < (start if step == 1 else end)))
        for step in range(1, 21)
        for name, (start, end) in rates.items()
        for _ in range(64)
    )
    found, means = movements(log, SURE)
    assert {one.prompt: one.moved for one in found} == {"up": "rose", "down": "fell", "still": "open"}
    assert all(one.of_reference for one in found)
    kls = {one.prompt: one.spent.kl for one in found if one.spent is not None}
    assert kls["up"] > Fraction(1, 2)
    assert kls["still"] == 0
    assert means is not None
    assert all(low <= Fraction(1, 2) <= high for low, high in means)


def test_the_mean_over_unequal_rates_keeps_its_confidence() -> None:
    """By brute force: of 3 samples with unequal p the mean is missed no more often than is said."""
    each = Fraction("0.8")
    for rates in product((0.02, 0.5, 0.98), repeat=3):
        missed = 0.0
        for outcome in product((0, 1), repeat=3):
            chance = 1.0
            for hit, p in zip(outcome, rates, strict=True):
                chance *= p if hit else 1 - p
            log = Log(
                {"a": tuple(Visit(step, Counts(hit, 1)) for step, hit in enumerate((0, *outcome), start=1))}
            )
            low, high = _end(log, each)
            missed += chance * (not float(low) - 1e-9 <= sum(rates) / 3 <= float(high) + 1e-9)
        assert missed <= 0.2 + 1e-9, rates


def _end(log: Log, each: Fraction) -> tuple[Fraction, Fraction]:
    visits = log.prompts["a"][1:]
    counts = Counts(sum(v.counts.k for v in visits), len(visits))
    return movement._mean(counts, len(visits), each)


def test_all_intervals_hold_at_once() -> None:
    assert simultaneous(SURE, 50) == 1 - Fraction(1, 1000)
    alone = changes([("a", Counts(3, 64), Counts(40, 64))], SURE)[0]
    among = changes([(str(i), Counts(3, 64), Counts(40, 64)) for i in range(100)], SURE)[0]
    assert among.p_ref[0] < alone.p_ref[0]
    assert alone.p_ref[1] < among.p_ref[1]
    assert interval(Counts(0, 8), SURE)[0] == 0


def test_paths_are_those_of_euler_with_tiny_steps() -> None:
    """The drive integrated another way: with a pull, to the fixed point and no further."""
    contrast, beta, start = Contrast("group", 8, 1), 2.0, -2.0
    paths = Paths(contrast, Fraction(1, 10**4), Fraction(2))
    row = int(np.argmin(abs(paths.starts - start)))
    p = paths.p(np.array([0.0, 0.1, 0.5, 3.0]))[row]
    profile, here, seen = approx_profile(contrast, 1e-4), start, []
    for n in range(30001):
        if n in (0, 1000, 5000, 30000):
            seen.append(1 / (1 + exp(-here)))
        here += 1e-4 * (profile(here)[0] - beta * (here - start))
    assert p == pytest.approx(seen, abs=2e-3)


@pytest.mark.parametrize("size", [0.02, 0.1])
def test_the_step_size_of_a_run_that_has_one(size: float) -> None:
    starts = [-3 + 0.1 * i for i in range(40)]
    found = asked(log_of(drawn(starts, 24, 8, size)))
    assert found.fitted is not None
    assert found.fit is not None
    assert found.fitted.low < size < (found.fitted.high or 0)
    assert (found.fitted.high or 9) - found.fitted.low < 0.04
    assert not found.fit.refused(0.95)
    assert "per optimiser step" in stepping(found)


def test_the_interval_keeps_its_confidence() -> None:
    """Of 20 runs at 80 %: fewer than 11 hits have a chance of less than 1 in 400."""
    paths, hits = Paths(MEAN.contrast, MEAN.eps, ZERO), 0
    for seed in range(20):
        log = log_of(drawn([-2 + 0.2 * i for i in range(20)], 10, 4, 0.1, seed=seed))
        samples = samples_of(log)
        assert samples is not None
        one = fit(samples, paths, 0.8)
        hits += one.low <= 0.1 <= (one.high or 9)
    assert hits >= 11


def test_a_run_without_progress_shows_none() -> None:
    found = asked(log_of(drawn([-1.0, 0.0, 1.0, -2.0], 20, 8, 0.0)))
    assert found.fitted is not None
    assert found.fitted.low == 0
    assert "No rise is seen" in stepping(found)


def test_one_step_size_is_refused_where_there_are_two() -> None:
    starts = [-2 + 0.1 * i for i in range(30)]
    slow, fast = list(drawn(starts, 30, 8, 0.0)), list(drawn(starts, 30, 8, 0.15, seed=2))
    two = log_of([*slow, *((step, f"fast-{prompt}", reward) for step, prompt, reward in fast)])
    samples = samples_of(two)
    assert samples is not None
    assert goodness(fit(samples, Paths(MEAN.contrast, MEAN.eps, ZERO), 0.95)).refused(0.95)


def test_one_step_size_is_refused_where_it_changes() -> None:
    source, starts = Random(3), [-2 + 0.1 * i for i in range(40)]
    rows = [
        (step, f"p{i}", int(source.random() < 1 / (1 + exp(-(start + 0.3 * min(step, 8))))))
        for step in range(1, 33)
        for i, start in enumerate(starts)
        for _ in range(8)
    ]
    found = asked(log_of(rows))
    assert found.fit is not None
    assert found.fit.refused(0.95)


def test_groups_without_signal_by_brute_force() -> None:
    log = log_of(drawn([-1.0, 2.0], 9, 4, 0.1))
    visits = [visit for row in log.prompts.values() for visit in row]
    parts = list(silent_groups(log, 4))
    assert sum(part.groups for part in parts) == len(visits)
    assert sum(part.silent for part in parts) == sum(visit.counts.k in (0, 4) for visit in visits)
    assert list(silent_groups(log, 8)) == []


@pytest.mark.parametrize("reward", [0, 1])
def test_a_run_of_one_reward_bounds_no_step(reward: int) -> None:
    """Prompts that never succeed, or always, do not move at any step size."""
    found = asked(
        log_of((step, prompt, reward) for step in range(1, 7) for prompt in "abc" for _ in range(8))
    )
    assert found.fitted is not None
    assert (found.fitted.low, found.fitted.high) == (0, None)


def test_where_the_kl_stands() -> None:
    starts = [-3 + 0.1 * i for i in range(40)]
    log = log_of(drawn(starts, 24, 8, 0.1))
    weak = asked(log, Variant(Contrast("mean"), MEAN.eps, Fraction(1, 10**4)))
    assert weak.constant is not None
    assert "does not hold this run back" in holding(weak.constant)
    assert weak.constant.low < 10**5 < (weak.constant.high or 0)
    assert asked(log).constant is None  # no KL


def test_steps_to_a_target_are_the_certified_time_over_the_step_size() -> None:
    found = asked(log_of(drawn([-3 + 0.1 * i for i in range(40)], 24, 8, 0.1)))
    one = next(x for x in found.passages if x.start == Fraction(1, 100))
    truth = float(arb(99).log()) / 0.1  # log-odds from 1/100 to 1/2, 0.1 a step
    assert one.steps is not None
    assert one.steps[0] < truth < (one.steps[1] or 0)


def test_what_is_not_known_is_said() -> None:
    once = Log({"a": (Visit(1, Counts(1, 8)),)})
    found = asked(once)
    assert found.movements == []
    assert "no prompt is visited at two steps" in stepping(found)
    assert "What KL was spent is not known" in spending(found)
    outside = asked(log_of(drawn([0.0], 5, 8, 0.1)), None, "loss_type: outside the model")
    assert "The step size is not known: loss_type: outside the model." in stepping(outside)


def test_what_nobody_said_is_supposed_aloud() -> None:
    assert supposed(8, None).supposed == (
        "no configuration is given: supposed are groups of 8, rewards over their standard deviation "
        "(ddof 1), eps 0.0001",
        "beta is not known: steps are fitted as if there were no KL term",
    )
    assert supposed(4096, ZERO).contrast == Contrast("mean-std")


def test_a_prompt_of_a_reference_table_is_held_against_it(tmp_path: Path) -> None:
    log = Log({"a": (Visit(7, Counts(60, 64)),)}, {"a": Counts(1, 64)})
    ((one,), _) = movements(log, SURE)
    assert (one.of_reference, one.moved, one.start) == (True, "rose", Counts(1, 64))


def test_the_logged_kl_beside_what_the_rates_need() -> None:
    counts: dict[str, tuple[Visit, ...]] = {"a": (Visit(1, Counts(10, 1000)), Visit(2, Counts(900, 1000)))}
    for logged, words in (
        (
            LoggedKL(5.0, (5.0, 5.0)),
            "Logged are 5 nats of whole answers (about: an estimate, times the answers'",
        ),
        (LoggedKL(2.5, (5.0, 10.0)), "Logged are 5 to 10 nats"),
        (LoggedKL(0.1, (0.1, 0.1)), "less than that: it is not the KL of these prompts"),
        (LoggedKL(0.1, None), "cannot be converted to whole answers: their lengths"),
        (None, "A logged KL is a mean over tokens or an estimate, and is not compared."),
    ):
        assert words in spending(asked(Log(counts, logged=logged)))
    log = Log(counts, logged=LoggedKL(5.0, (5.0, 5.0)))
    found = asked(log)
    least = found.movements[0].spent
    assert least is not None
    assert f"at least about {float(least.kl) / 5:.0%} of it was needed" in spending(found)


def test_certified_limits_are_those_of_the_intervals() -> None:
    """By the small steps of single questions, at the exact ends of the interval."""
    variant = Variant(Contrast("group", 8, 1), Fraction(1, 10**4), Fraction(5))
    moved = movements(Log({"a": (Visit(0, Counts(3, 8)), Visit(1, Counts(4, 8)))}), SURE)[0]
    found = limits(Log({}), moved, variant, SURE)
    assert found is not None
    for end, p_ref in zip(found.ends[0], moved[0].p_start, strict=True):
        exactly = small_steps(variant.contrast, StepParameters.of(beta=5, eps="1e-4", p_ref=p_ref))
        assert isinstance(exactly, RisesBySteps)
        assert exactly.limit is not None
        assert float(end) == pytest.approx(float(exactly.limit.p[0]), abs=1e-6)
    assert found.ends[0][0] <= found.ends[0][1]
    assert limits(Log({}), [], variant, SURE) is None
    unknown = Variant(variant.contrast, variant.eps, None)
    assert limits(Log({}), moved, unknown, SURE) is None
    free = Variant(variant.contrast, variant.eps, Fraction(0))
    assert limits(Log({}), moved, free, SURE).ends == ((1, 1),)  # type: ignore[union-attr]


def test_visits_of_mixed_sizes_are_not_taken_for_groups() -> None:
    log = log_of([(1, "a", 0)] * 4 + [(1, "b", 1)] * 8)
    assert log.group_size is None
    assert "not known, as a visit has 4 to 8 samples" in silence(asked(log))

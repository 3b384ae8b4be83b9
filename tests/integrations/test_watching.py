"""What is logged beside a trainer, from batches that are made here; the trainer itself is in test_trl.py."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from verified_grpo import StepParameters, small_steps
from verified_grpo.audit.runs.changes import Counts, interval
from verified_grpo.audit.runs.question import Variant
from verified_grpo.errors import InputError
from verified_grpo.integrations.watching import Watch, Watched
from verified_grpo.intervals import exact
from verified_grpo.model import Contrast
from verified_grpo.rigor.sequences.small_steps import RisesBySteps

GROUP, SURE = 8, Fraction("0.95")
STRONG = Variant(Contrast("group", GROUP, 1), exact("1e-4"), Fraction(5))


def watched(
    variant: Variant | None = STRONG, refusal: str = "", share: float = 1e-9, **more: Counts
) -> Watched:
    return Watched(Watch(variant, refusal, GROUP, SURE, Fraction(1, 2), share=share), more)


def batch(hits: dict[str, int]) -> tuple[list[str], list[float]]:
    """Groups one after another, so many successes in each."""
    prompts = [name for name in hits for _ in range(GROUP)]
    return prompts, [float(i < k) for k in hits.values() for i in range(GROUP)]


def test_the_limit_is_that_of_the_interval_of_p_ref() -> None:
    """By another way: Arb's limits at the interval's ends, each at an exact p_ref."""
    numbers, _ = watched().add(0, *batch({"a": 3}))
    ends = []
    for p_ref in interval(Counts(3, GROUP), SURE):
        found = small_steps(STRONG.contrast, StepParameters.of(beta=5, eps="1e-4", p_ref=p_ref))
        assert isinstance(found, RisesBySteps)
        assert found.limit is not None
        ends.append(float(found.limit.p[0]))
    assert numbers["certified/limit_low"] == pytest.approx(ends[0], abs=1e-6)
    assert numbers["certified/limit_high"] == pytest.approx(ends[1], abs=1e-6)
    assert numbers["certified/limit_low"] <= ends[0] + 1e-9
    assert numbers["certified/pass_rate"] == 3 / 8


def test_a_limit_below_the_target_is_said_once_and_stays_that_of_the_reference() -> None:
    one = watched()
    first, words = one.add(0, *batch({"a": 1, "b": 0}))
    assert first["certified/limit_low"] < first["certified/limit_high"]
    held = watched(a=Counts(10, 1000))
    assert "of 1 of 1 in the batch of step 0" in held.add(0, *batch({"a": 1}))[1][0]
    assert held.add(1, *batch({"a": 8}))[1] == [
        "most groups have one reward: 100% of this batch taught nothing"
    ]
    later, again = one.add(1, *batch({"a": 8, "b": 7}))
    assert later["certified/limit_high"] == first["certified/limit_high"]
    assert not set(words) & set(again)


def test_groups_with_one_reward_are_counted_and_others_are_not_guessed() -> None:
    numbers, words = watched().add(0, *batch({"a": 0, "b": 8, "c": 4}))
    assert numbers["certified/without_signal"] == 2 / 3
    assert any("67% of this batch taught nothing" in sentence for sentence in words)
    mixed, _ = watched().add(0, ["a", "b"] * 4, [1.0] * 8)  # no group in a row
    assert "certified/without_signal" not in mixed


def test_the_step_size_waits_until_it_is_cheap_and_is_that_of_the_run() -> None:
    source, one, patient = Random(3), watched(share=1e9), watched()
    flat = Variant(Contrast("mean"), exact("1e-4"), Fraction(0))
    quick = Watched(Watch(flat, "", GROUP, SURE, Fraction(1, 2), share=1e9))
    for step in range(20):
        hits = {
            f"p{i}": sum(
                source.random() < 1 / (1 + 2.718281828 ** (2 - 0.1 * i - 0.15 * step)) for _ in range(GROUP)
            )
            for i in range(20)
        }
        numbers, _ = quick.add(step, *batch(hits))
        assert "certified/step_size_low" not in patient.add(step, *batch(hits))[0]
    assert numbers["certified/step_size_low"] < 0.15 < numbers["certified/step_size_high"]
    assert one.log.prompts == {}
    assert quick.log.steps == (0, 19)


def test_what_is_not_known_is_said() -> None:
    numbers, words = watched(None, "scale_rewards batch: outside").add(0, *batch({"a": 4}))
    assert "certified/limit_low" not in numbers
    assert words == ["no limit is certified: scale_rewards batch: outside"]
    _, late = watched().add(7, *batch({"a": 4}))
    assert "no prompt of this batch has a p_ref" in late[0]
    _, scaled = watched().add(0, ["a"] * 8, [0.5, 2.0] * 4)
    assert "rewards other than 0 and 1: a success is a reward of 1 or more" in scaled[0]
    assert watched().add(0, ["a"], [None]) == ({}, [])
    with pytest.raises(InputError, match="1 rewards of 2 prompts"):
        watched().add(0, ["a", "b"], [1.0])


def test_chats_are_prompts_too() -> None:
    one = watched()
    one.add(0, [[{"role": "user", "content": "x"}]] * 8, [1.0] * 8)
    assert list(one.log.prompts) == ['[{"role": "user", "content": "x"}]']

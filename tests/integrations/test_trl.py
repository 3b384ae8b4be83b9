"""TRL's own trainer with the callback: run by `make example-trl`, in whose environment TRL is installed."""

from __future__ import annotations

import importlib
import logging
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trl", reason="TRL is installed in the environment of examples/trl alone")

from verified_grpo.errors import InputError
from verified_grpo.integrations.trl import CertifiedGRPOCallback, variant_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "trl"
STEPS = 40
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    yield importlib.import_module("train")
    for name in ("train", "settings"):
        sys.modules.pop(name, None)


def trained(
    train: Any, folder: Path, callback: CertifiedGRPOCallback, wrap: Callable[[Any], Any] = lambda x: x
) -> Any:
    """The example's first setting, shorter; the trainer when it is done."""
    setting = replace(train.SETTINGS[0], steps=STEPS, copies=1)
    reference = train.model(1, setting.spread)
    right = train.targets(reference, setting)
    reference.save_pretrained(folder)
    observer = train.Observer(right, setting.steps)
    arguments = train.arguments(setting, 1, str(folder))
    arguments.logging_strategy, arguments.logging_steps = "steps", 1
    trainer = train.GRPOTrainer(
        model=str(folder),
        reward_funcs=wrap(callback.watch(observer.reward)),
        args=arguments,
        train_dataset=train.Dataset.from_list([{"prompt": f"s{k}"} for k in range(train.PROMPTS)]),
        processing_class=train.tokenizer(),
        callbacks=[callback],
    )
    trainer.train()
    return trainer


def test_certified_numbers_stand_among_trl_s_own(
    example: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "verified_grpo")
    example.torch.set_num_threads(1)
    callback = CertifiedGRPOCallback(share=0.05, target="0.9")
    spent: list[float] = []

    def timed(reward: Any) -> Any:
        see = callback._see

        def measured(rewards: list[float], named: Mapping[str, Any]) -> None:
            begun = time.perf_counter()
            see(rewards, named)
            spent.append(time.perf_counter() - begun)

        callback._see = measured  # type: ignore[method-assign]
        return reward

    begun = time.perf_counter()
    trainer = trained(example, tmp_path, callback, timed)
    total = time.perf_counter() - begun
    rows = [row for row in trainer.state.log_history if "reward" in row]
    assert len(rows) == STEPS
    for row in rows:
        assert 0 <= row["certified/limit_low"] <= row["certified/limit_high"] <= 1
        assert row["certified/pass_rate"] == pytest.approx(row["rewards/reward/mean"], abs=1e-6)
        assert row["certified/without_signal"] == pytest.approx(row["frac_reward_zero_std"], abs=1e-6)
    assert rows[-1]["certified/step_size_low"] < rows[-1]["certified/step_size_high"]
    assert "beta 2" in caplog.text
    assert "the KL holds prompts below 0.9" in caplog.text
    assert "Step size: " in caplog.text or "No rise is seen" in caplog.text
    assert sorted(spent)[STEPS // 2] < 0.01 * total / STEPS  # a step's usual cost
    assert callback.watched is not None
    assert callback.watched.log.samples == STEPS * 8 * 8


def test_the_variant_is_that_of_the_configuration(example: Any, tmp_path: Path) -> None:
    found, refusal = variant_of(example.arguments(example.SETTINGS[4], 1, str(tmp_path)))
    assert found is not None
    assert (found.words, refusal) == ("contrast group(8, ddof 1), eps 0.0001, beta 2, KL(pi_ref||pi)", "")
    outside = replace(example.SETTINGS[0], scale_rewards="batch")
    none, why = variant_of(example.arguments(outside, 1, str(tmp_path)))
    assert none is None
    assert "scale_rewards" in why


def test_what_cannot_be_watched_is_refused() -> None:
    async def reward(**_: Any) -> list[float]:
        return []

    with pytest.raises(InputError, match="asynchronous"):
        CertifiedGRPOCallback().watch(reward)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"must lie in \(0, 1\)"):
        CertifiedGRPOCallback(target="1")


def test_several_reward_functions_are_said_once(caplog: pytest.LogCaptureFixture) -> None:
    callback = CertifiedGRPOCallback()
    for _ in range(2):
        callback.on_log(None, None, None, {"rewards/a/mean": 0.0, "rewards/b/mean": 0.0})
    assert caplog.text.count("several reward functions are added up") == 1

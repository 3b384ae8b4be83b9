"""Runs of TRL's own trainer, whose logs are committed, against what is certified from their configurations.

Neither torch nor TRL is needed: `make example-trl` makes the logs, the tables and the figure again.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verified_grpo import FixedPoints, fixed_points, limit
from verified_grpo.rigor.sequences.outcomes import ConvergesToCycle

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "trl"
sys.path.insert(0, str(FOLDER))
try:
    settings: Any = import_module("settings")
    observed: Any = import_module("observed")
    certified: Any = import_module("certified")
    compare: Any = import_module("compare")
finally:
    sys.path.remove(str(FOLDER))

SETTINGS, SEEDS = settings.SETTINGS, settings.SEEDS
RUNS = observed.runs()
ONE_TOKEN = [run for run in RUNS if run.setting.tokens == 1 and run.setting.beta]
EXCEPTIONS = {"beta-0.5": 0.06, "cispo-beta-0.4": 0.01}
"""Settings of one token not all of whose prompts are within four standard errors, and how far off they are at
most; the page says why."""


@pytest.fixture(scope="module")
def found() -> list[Any]:
    """Every run beside its certified numbers; once."""
    return [compare.compared(run) for run in RUNS]


def test_there_are_enough_settings_and_each_has_all_its_runs() -> None:
    assert len(SETTINGS) >= 16
    assert [(run.setting, run.seed) for run in RUNS] == [(s, seed) for s in SETTINGS for seed in SEEDS]
    assert sum(path.stat().st_size for path in (FOLDER / "logs").iterdir()) < 600_000
    for name, least in (("beta", 4), ("num_generations", 3), ("scale_rewards", 2), ("loss_type", 3)):
        assert len({getattr(setting, name) for setting in SETTINGS}) >= least, name
    assert {setting.use_bias_correction_kl for setting in SETTINGS} == {True, False}
    assert {setting.optimizer for setting in SETTINGS} == {"adamw", "sgd"}
    assert {setting.tokens for setting in SETTINGS} == {1, 2, 3}


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run.setting.name}-{run.seed}")
def test_what_was_sampled_is_what_the_policy_says(run: Any) -> None:
    """The log's probabilities against TRL's own samples, and the reference's against its tokens."""
    spread = np.sqrt(run.mean * (1 - run.mean) / run.tries[run.half :].sum(axis=0))
    assert (np.abs(run.sampled - run.mean) < 5 * spread).all()
    p_ref = np.array(run.p_ref, dtype=float)
    assert np.allclose(run.p_ref_tokens.prod(axis=1), p_ref, rtol=1e-5)
    assert run.step[-1] > run.setting.steps - run.step[0]


def test_a_setting_agrees_within_four_standard_errors_or_is_an_exception(found: list[Any]) -> None:
    chosen = [item for item in found if item.run in ONE_TOKEN]
    off = {item.run.setting.name for item in chosen if not item.agrees}
    assert off == set(EXCEPTIONS)
    for item in chosen:
        assert item.off.max() < EXCEPTIONS.get(item.run.setting.name, 0.04), item.run.setting.name


def test_another_kl_or_contrast_is_told_apart(found: list[Any]) -> None:
    """The runs would notice a mapping that is wrong: the other direction of the KL, another group size, a
    contrast without its division, a beta ten per cent off."""
    by_name = {item.run.setting.name: item for item in found if item.run.seed == 1}
    item, plain = by_name["beta-2"], by_name["k3-beta-2"]
    held = item.held
    for wrong in (
        replace(held, forward=True),
        replace(held, contrast=plain.held.contrast.__class__("group", 2, 1)),
        replace(held, beta=held.beta * 8 / 7, contrast=held.contrast.__class__("mean")),
        replace(held, beta=held.beta * 11 / 10),
    ):
        assert not _compared(item, wrong).agrees, wrong
    assert not _compared(plain, replace(plain.held, forward=False)).agrees


def _compared(item: Any, held: Any) -> Any:
    brackets = np.array([certified.fixed_point(held, p_ref) for p_ref in item.run.p_ref])
    return replace(item, held=held, brackets=brackets)


def test_without_kl_success_rises_to_one(found: list[Any]) -> None:
    for item in found:
        if not item.run.setting.beta:
            assert item.brackets is None
            assert item.run.p[-1].min() > 0.95
            assert (item.run.p[-1] > item.run.p[0]).all()


def test_answers_of_several_tokens_end_nearer_to_where_their_own_kl_lets_them(found: list[Any]) -> None:
    """Not at the certified point, which takes an answer for one outcome: nearer to that of a KL a token."""
    chosen = [item for item in found if item.run.setting.tokens > 1]
    assert len(chosen) >= 6
    for item in chosen:
        run = item.run
        near = np.abs(run.mean - item.by_tokens)
        assert not item.agrees
        assert ((run.mean > item.middle) == run.setting.use_bias_correction_kl).all(), run.setting.name
        assert near.max() < (0.03 if run.setting.tokens == 2 else 0.07), run.setting.name
        assert near.mean() < item.off.mean() * (0.5 if run.setting.tokens == 2 else 1), run.setting.name


def test_one_token_is_the_case_of_one_outcome(found: list[Any]) -> None:
    """The formula for several tokens, with one of them, gives the certified points."""
    item = next(item for item in found if item.run.setting.name == "beta-2")
    assert np.allclose(certified.by_tokens(item.run, item.held), item.middle, atol=1e-6)


def test_the_hard_prompts_rest_where_the_exact_iteration_repels(found: list[Any]) -> None:
    """README's example, nearly: they rise to the least fixed point, which the exact iteration leaves."""
    for item in found:
        if (item.run.setting.name, item.run.seed) != (compare.HARD, 1):
            continue
        hardest = int(np.argmin(np.array(item.run.p_ref, dtype=float)))
        box = item.held.at(item.run.p_ref[hardest]).maximised
        least = fixed_points(item.held.contrast, box)
        assert isinstance(least, FixedPoints)
        assert least.points[0].stability == "repelling"
        cycle = limit(item.held.contrast, box)
        assert isinstance(cycle, ConvergesToCycle)
        assert cycle.period == 2
        assert item.errors[hardest] <= compare.WITHIN


def test_trajectories_for_one_fitted_step_size(found: list[Any]) -> None:
    item = next(item for item in found if item.run.setting.name == compare.SLOW)
    size, certified_rise = compare.rise(item)
    assert 0.01 < float(size) < 1 / float(item.held.beta)
    distance = np.abs(certified_rise - item.run.p[: compare.RISE])
    assert np.sqrt((distance**2).mean()) < 0.03
    still = np.array(item.run.p_ref, dtype=float)
    assert np.sqrt(((still - item.run.p[: compare.RISE]) ** 2).mean()) > 0.05


def test_the_page_and_the_figure_are_current(found: list[Any]) -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"<!-- tables -->\n\n(.*)\n\n<!-- end -->", page, flags=re.DOTALL)
    assert shown == compare.tables(found)
    assert compare.PICTURE.read_bytes() == compare.picture(found)
    for name in EXCEPTIONS:
        assert f"**{name}**" in page

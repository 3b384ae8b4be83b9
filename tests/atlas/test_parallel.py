"""Work side by side: in order, in rounds, lazily."""

from __future__ import annotations

import operator
import time

import pytest

from verified_grpo.work.parallel import as_finished, side_by_side


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("size", [0, 1, 7])
@pytest.mark.parametrize("ahead", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int, size: int, ahead: int) -> None:
    tasks = [(x,) for x in range(size)]
    assert list(side_by_side(operator.neg, tasks, jobs, ahead=ahead)) == [-x for x in range(size)]


def test_one_process_works_only_when_asked() -> None:
    done: list[int] = []
    results = side_by_side(done.append, [(x,) for x in range(5)], 1)
    next(results)
    assert done == [0]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("size", [0, 1, 7])
def test_each_result_comes_once_as_it_is_finished(jobs: int, size: int) -> None:
    assert (
        sorted(as_finished(operator.neg, [(x,) for x in range(size)], jobs))
        == [-x for x in range(size)][::-1]
    )


def test_whoever_stops_early_waits_for_nobody() -> None:
    begun = time.monotonic()
    results = as_finished(time.sleep, [(0,), (600,), (600,)], 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 60

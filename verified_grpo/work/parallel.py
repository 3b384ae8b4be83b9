"""Work side by side, results in order: the one door to joblib, which ships no types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from joblib import Parallel, delayed  # type: ignore[import-untyped]

R = TypeVar("R")


def side_by_side(
    work: Callable[..., R], tasks: Sequence[tuple[Any, ...]], jobs: int, *, ahead: int = 1
) -> Iterator[R]:
    """The results of ``work(*task)`` in the order of the tasks, in rounds of ``ahead`` tasks a process.

    Whoever stops early wastes a round at most, and no more results than a round's wait in memory. Within a
    round a process that is done takes the next task: where tasks differ much, several ahead keep all busy.
    """
    if jobs == 1 or len(tasks) <= 1:
        yield from (work(*task) for task in tasks)
        return
    with Parallel(n_jobs=jobs) as parallel:
        for first in range(0, len(tasks), ahead * jobs):
            yield from parallel(delayed(work)(*task) for task in tasks[first : first + ahead * jobs])

"""Work side by side, results in order: the one door to joblib, which ships no types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from joblib import Parallel, delayed  # type: ignore[import-untyped]

R = TypeVar("R")


def side_by_side(work: Callable[..., R], tasks: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[R]:
    """The results of ``work(*task)`` in the order of the tasks, each as soon as it and those before it are
    there."""
    results: Iterator[R] = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(work)(*task) for task in tasks
    )
    return results

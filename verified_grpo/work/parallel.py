"""Work side by side: on this machine, or through joblib (which ships no types) wherever its backends reach.

A process that works for this one ends with it: killed at any moment, it leaves nobody behind.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import active_children, current_process
from typing import Any, TypeVar

R = TypeVar("R")
LOOK = 0.5
"""Seconds between two looks at whether the parent is still there."""


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
    from joblib import Parallel  # type: ignore[import-untyped]  # half the start of what works alone

    with Parallel(n_jobs=jobs) as parallel:
        for first in range(0, len(tasks), ahead * jobs):
            yield from parallel(_calls(work, tasks[first : first + ahead * jobs]))


def as_finished(work: Callable[..., R], tasks: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[R]:
    """The results of ``work(*task)`` as they come, the quickest first: for tasks that differ much, on this
    machine."""
    if jobs == 1 or len(tasks) <= 1:
        yield from (work(*task) for task in tasks)
        return
    with ProcessPoolExecutor(jobs, initializer=_employed, initargs=(os.getpid(),)) as pool:
        futures = [pool.submit(work, *task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            for process in active_children():
                process.terminate()
            pool.shutdown(cancel_futures=True)
            raise


def _employed(parent: int) -> None:
    """What Ctrl-C means is the parent's to decide, for all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _watch(parent)


def _calls(work: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    from joblib import delayed

    parent = os.getpid()
    return (delayed(_watched)(parent, work, *task) for task in tasks)


def _watched(parent: int, work: Callable[..., R], *task: Any) -> R:
    """Do a task in a process that ends when the one that asked for it does."""
    _watch(parent)
    return work(*task)


@cache
def _watch(parent: int) -> None:
    """Have a thread look after the parent, which may have died before this process had its first task. A
    worker of a cluster has no parent here, nor has the process itself when it does the work."""
    if os.getppid() == parent or current_process().name.startswith("LokyProcess"):
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)

"""Seconds, and ratios of seconds.

Contestants take turns, so that a slow minute of the machine hits all of them. All work in one thread, and its
processor time is what counts, so that other work on the machine disturbs little.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

Nothing = Callable[[], None]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of one call, and what it returned."""
    gc.collect()
    start = time.thread_time()
    result = work()
    return time.thread_time() - start, result


def take_turns(
    work: Mapping[str, Callable[[], Any]], rounds: int, fresh: Mapping[str, Nothing] | None = None
) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """Times of every contestant, one a round, starting with another one each round; and their last results.

    One untimed call each comes first: imports, compiled formulas and cached constants are paid there.
    """
    names = list(work)
    times: dict[str, list[float]] = {name: [] for name in names}
    results = {}
    for turn in range(-1, rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            if fresh:
                fresh[name]()
            spent, results[name] = seconds(work[name])
            if turn >= 0:
                times[name].append(spent)
    return times, results


def summary(times: Sequence[float], yardstick: Sequence[float]) -> dict[str, Any]:
    """Least and median seconds, and how many times faster than the yardstick (above 1: faster)."""
    return {
        "seconds": {"min": rounded(min(times)), "median": rounded(median(times))},
        "times_faster": {
            "min": rounded(min(yardstick) / min(times)),
            "median": rounded(median(yardstick) / median(times)),
        },
    }


def rounded(x: float) -> float:
    """Four significant digits: the noise is larger."""
    return float(f"{x:.4g}")

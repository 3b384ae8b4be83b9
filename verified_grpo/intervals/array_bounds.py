"""Arrays of intervals: doubles outward, by the array engine. Comparisons of bounds are NumPy's; where nothing
is known the bounds are infinite, or NaN, and compare so that nothing is concluded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from . import ArrayEngine

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Interval = Any
"""What :class:`ArrayEngine` makes; its own operators are used, which the protocol does not name."""

SPARE = 1e-9
"""Bounds are asked to be so much better than needed, so that an arithmetic that rounds otherwise agrees."""
TIGHT = 1 - 2.0**-20
"""The same for ratios."""

smallest, largest = np.minimum, np.maximum
"""Of bounds; NaN goes through, so that nothing known stays nothing known."""


ARRAYS = ArrayEngine()
ONE: Interval = ARRAYS.exact(1)
between: Callable[[Any, Any], Interval] = ARRAYS.between
points: Callable[[Any], Interval] = ARRAYS.points


def around(radius: Any) -> Interval:
    """[-radius, radius]."""
    return between(-radius, radius)


def magnitude(value: Interval) -> Any:
    """The largest absolute value inside."""
    return np.maximum(np.abs(value.lo), np.abs(value.hi))


def size(value: Interval) -> Interval:
    """Encloses the absolute value."""
    low, high = np.abs(value.lo), np.abs(value.hi)
    straddles = (value.lo < 0) & (value.hi > 0)
    return between(np.where(straddles, 0.0, np.minimum(low, high)), np.maximum(low, high))


def rows(values: Interval, chosen: Any) -> Interval:
    """Some of the intervals of an array."""
    return between(values.lo[chosen], values.hi[chosen])

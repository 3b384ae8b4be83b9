"""Many prompts at once: one row each, with certified columns.

Of a contrast whose slope has one peak many rows go by arrays, whatever their numbers. Of another, rows that
share alpha, beta and eps share a curve, which costs as much as some hundred single answers; so these go by
arrays where they are many. The others go one at a time. All say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from ..intervals import Number, canonical, exact
from ..intervals.array_bounds import ARRAYS, Interval
from ..model import Contrast, Fact, Point
from ..rigor import FixedPoints, fixed_points
from ..rigor.arrays.curve import Dynamics
from ..rigor.arrays.mixed import NEEDED, solve_mixed
from ..rigor.arrays.small_steps import probabilities
from ..rigor.arrays.table import References, solve_small_steps
from ..rigor.sequences.small_steps import RisesBySteps, small_steps
from .enclosure import Enclosure

if TYPE_CHECKING:
    import polars as pl

NAMES = ("beta", "eps", "p_ref", "alpha")
BY_ARRAYS = 32
"""So many rows, each with numbers of its own, are faster by arrays."""
ON_ONE_CURVE = 100
"""So many rows that share a curve are."""
NUMBERS = ("p_lower", "p_upper", "one_minus_p_lower", "one_minus_p_upper", "largest_step")
Axis = Number | Sequence[Number]


def sweep(contrast: Contrast, axes: Mapping[str, Axis], *, grid: bool) -> pl.DataFrame:
    """Where small steps lead each row, and how many fixed points it has.

    Args:
        contrast: any contrast.
        axes: ``beta``, ``eps``, ``p_ref``, ``alpha``: a number, or a sequence of them (a NumPy array of
            integers or texts is one).
        grid: every combination of the sequences, the last name's fastest; else they are read side by side and
            are equally long.

    Returns:
        A Polars frame: the numbers as text; ``count`` of fixed points; ``p_lower``, ``p_upper``,
        ``one_minus_p_lower``, ``one_minus_p_upper`` of the least one, to which small steps rise, and
        ``largest_step``, up to which any steps do; doubles rounded outward, null where undecided.

    Raises:
        InputError: numbers outside their domains, sequences of different lengths, or none at all.
    """
    import polars as pl

    rows = list(_rows(axes, grid=grid))
    told = _Told(len(rows))
    alone = np.ones(len(rows), dtype=np.bool_)
    if contrast.knows(*NEEDED) and len(rows) >= BY_ARRAYS:
        places = np.array([k for k, row in enumerate(rows) if row.alpha.numerator], dtype=np.int64)
        alone[places] = ~_mixed(contrast, rows, places, told)
    elif contrast.knows(Fact.EVEN_RISING):
        for shared in _curves(rows):
            _on_a_curve(contrast, rows, shared, told)
            alone[shared] = False
    for place in np.flatnonzero(alone):
        told.put(place, *_one(contrast, rows[place]))
    return pl.DataFrame(
        {name: _texts([getattr(row, name) for row in rows]) for name in NAMES} | told.columns()
    )


def _texts(numbers: Sequence[Fraction]) -> list[str]:
    """As they are written; rows of a grid, and of an axis of one number, hold the same ones."""
    written = {id(number): number for number in numbers}
    texts = {key: canonical(number) for key, number in written.items()}
    return [texts[id(number)] for number in numbers]


class _Told:
    """The columns as arrays: a count of -1 and NaN are nothing."""

    def __init__(self, size: int) -> None:
        self.count = np.full(size, -1, dtype=np.int64)
        self.numbers = {name: np.full(size, np.nan) for name in NUMBERS}

    def put(self, places: Any, count: Any, *numbers: Any) -> None:
        """Of some rows, or of one."""
        self.count[places] = count
        for column, values in zip(self.numbers.values(), numbers, strict=True):
            column[places] = values

    def columns(self) -> dict[str, Any]:
        """As Polars has them, with nulls."""
        import polars as pl

        counts = pl.Series("count", [None if n < 0 else n for n in self.count.tolist()], dtype=pl.Int64)
        numbers = {name: pl.Series(name, x, nan_to_null=True) for name, x in self.numbers.items()}
        return {"count": counts, **numbers}


def _rows(axes: Mapping[str, Axis], *, grid: bool) -> Iterator[Point]:
    """The choices of numbers, in order."""
    columns = [_column(name, axes[name]) for name in NAMES]
    if not grid:
        lengths = {len(column) for column in columns}
        longest = max(lengths)
        if lengths - {1, longest}:
            raise InputError(f"sequences of different lengths, {sorted(lengths)}: or ask for grid=True")
        columns = [column * longest if len(column) == 1 else column for column in columns]
    for beta, eps, p_ref, alpha in product(*columns) if grid else zip(*columns, strict=True):
        row = Point(alpha, beta, eps, p_ref)
        inside = beta.numerator > 0 and eps.numerator > 0 and 0 < p_ref.numerator < p_ref.denominator
        if not (inside and 0 <= alpha.numerator <= alpha.denominator):
            row.box  # noqa: B018  # which says what is allowed
        yield row


def _column(name: str, axis: Axis) -> list[Fraction]:
    """The numbers of an axis; one number is a column of one."""
    numbers = axis if isinstance(axis, Iterable) and not isinstance(axis, str) else [axis]
    try:
        values = [exact(number) for number in numbers]
    except InputError as error:
        raise type(error)(f"{name}: {error}") from None
    if not values:
        raise InputError(f"{name}: no number")
    return values


def _one(contrast: Contrast, row: Point) -> tuple[float, ...]:
    """One row by itself, by Arb."""
    listed = fixed_points(contrast, row.box, engine="arb")
    small = small_steps(contrast, row.box, known=listed)
    count = listed.count if isinstance(listed, FixedPoints) else -1
    if not isinstance(small, RisesBySteps) or small.limit is None:
        return count, *[np.nan] * len(NUMBERS)
    p, one_minus_p = (Enclosure.of(ends).doubles for ends in (small.limit.p, small.limit.one_minus_p))
    return count, *p, *one_minus_p, Enclosure.of(small.largest_step).doubles[0]


def _mixed(contrast: Contrast, rows: Sequence[Point], places: Any, told: _Told) -> Any:
    """Rows with numbers of their own, and which of them were decided."""

    chosen = [rows[place] for place in places]
    made: list[Interval] = [
        ARRAYS.exacts(getattr(row, name).as_integer_ratio() for row in chosen)
        for name in ("alpha", "beta", "eps")
    ]
    alpha, beta, eps = made
    reference = References.of_fractions([row.p_ref for row in chosen])
    found = solve_mixed(contrast, alpha * beta, eps, ARRAYS.between(reference.low, reference.high))
    told.put(places, found.count, *probabilities(found.low, found.high), found.largest_step)
    return found.known


def _curves(rows: Sequence[Point]) -> list[list[int]]:
    """The places of rows that share a curve, where they are many."""
    by_curve: dict[tuple[Fraction, Fraction, Fraction], list[int]] = {}
    for place, row in enumerate(rows):
        by_curve.setdefault((row.alpha, row.beta, row.eps), []).append(place)
    return [places for (alpha, *_), places in by_curve.items() if alpha and len(places) >= ON_ONE_CURVE]


def _on_a_curve(contrast: Contrast, rows: Sequence[Point], places: Sequence[int], told: _Told) -> None:
    """Rows that share one."""

    first, rates = rows[places[0]], [rows[place].p_ref for place in places]
    dynamics = Dynamics(contrast, first.alpha, first.beta, first.eps)
    found = solve_small_steps(dynamics, References.of_fractions(rates))
    sides = found.p_low, found.p_high, found.one_minus_p_low, found.one_minus_p_high
    told.put(places, found.count, *sides, found.largest_step)

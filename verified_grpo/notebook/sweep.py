"""Many prompts at once: one row each, with certified columns.

Rows that share contrast, alpha, beta and eps share a curve, which costs as much as some hundred single
answers; so these go by arrays where they are many, and one at a time else. Both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from ..errors import InputError
from ..intervals import Number, canonical, exact
from ..model import Contrast, Fact, Point
from ..rigor import FixedPoints, fixed_points
from ..rigor.sequences.small_steps import RisesBySteps, small_steps
from .enclosure import Enclosure

if TYPE_CHECKING:
    import polars as pl

NAMES = ("beta", "eps", "p_ref", "alpha")
BY_ARRAYS = 100
"""So many rows on one curve are faster by arrays."""
Axis = Number | Sequence[Number]
Columns = Mapping[str, object]


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
    told: list[Columns] = [{}] * len(rows)
    by_curve: dict[tuple[Fraction, Fraction, Fraction], list[int]] = {}
    for place, row in enumerate(rows):
        row.box  # noqa: B018  # the domains are tested there
        by_curve.setdefault((row.alpha, row.beta, row.eps), []).append(place)
    for places in by_curve.values():
        chosen = [rows[place] for place in places]
        many = len(chosen) >= BY_ARRAYS and contrast.knows(Fact.EVEN_RISING) and chosen[0].alpha > 0
        answers = _by_arrays(contrast, chosen) if many else [_one(contrast, row) for row in chosen]
        for place, answer in zip(places, answers, strict=True):
            told[place] = answer
    given = ({name: canonical(getattr(row, name)) for name in NAMES} for row in rows)
    return pl.DataFrame([{**numbers, **answer} for numbers, answer in zip(given, told, strict=True)])


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
        yield Point(alpha, beta, eps, p_ref)


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


def _one(contrast: Contrast, row: Point) -> Columns:
    """One row by itself, by Arb."""
    listed = fixed_points(contrast, row.box, engine="arb")
    small = small_steps(contrast, row.box, known=listed)
    count = listed.count if isinstance(listed, FixedPoints) else None
    if not isinstance(small, RisesBySteps) or small.limit is None:
        return _told(count, None, None, None)
    p, one_minus_p = (Enclosure.of(ends).doubles for ends in (small.limit.p, small.limit.one_minus_p))
    return _told(count, p, one_minus_p, Enclosure.of(small.largest_step).doubles[0])


def _by_arrays(contrast: Contrast, rows: Sequence[Point]) -> list[Columns]:
    """Rows on one curve."""
    from ..rigor.arrays.curve import Dynamics
    from ..rigor.arrays.table import References, solve_small_steps

    dynamics = Dynamics(contrast, rows[0].alpha, rows[0].beta, rows[0].eps)
    found = solve_small_steps(dynamics, References.of_fractions([row.p_ref for row in rows]))
    return [
        _told(
            int(found.count[k]) if found.count[k] >= 0 else None,
            (float(found.p_low[k]), float(found.p_high[k])),
            (float(found.one_minus_p_low[k]), float(found.one_minus_p_high[k])),
            float(found.largest_step[k]),
        )
        if found.known[k]
        else _told(None, None, None, None)
        for k in range(len(rows))
    ]


def _told(
    count: int | None,
    p: tuple[float, float] | None,
    one_minus_p: tuple[float, float] | None,
    step: float | None,
) -> Columns:
    low, high = p or (None, None)
    complement_low, complement_high = one_minus_p or (None, None)
    return {
        "count": count,
        "p_lower": low,
        "p_upper": high,
        "one_minus_p_lower": complement_low,
        "one_minus_p_upper": complement_high,
        "largest_step": step,
    }

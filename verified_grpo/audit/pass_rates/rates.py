"""The pass rate of every row of a window, exactly: a pair of integers (k, n), the rate being k/n."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ...errors import InputError
from ...intervals import canonical, exact
from .bad_row import BadRow
from .columns import Columns
from .rewards import Seen, counted, summed, told
from .tables import WINDOW, Table

IntArray = NDArray[np.int64]
Rate = tuple[int, int]
MOST = 2**31
"""Samples of one prompt must be fewer."""
NEAR = Fraction(1, 10)
"""How far a rounded rate times n may be from an integer."""


class Rates:
    """The different rates of a window, ``distinct``, and for every row which of them it has, ``codes``."""

    def __init__(self, distinct: list[Rate], codes: IntArray) -> None:
        self.distinct, self.codes = distinct, codes


def prompts(
    table: Table, columns: Columns, size: int = WINDOW, seen: Seen | None = None
) -> Iterator[pl.DataFrame]:
    """The table's rows in windows; rewards grouped first, into one row a prompt with ``k`` and ``n``, in
    the order in which the prompts appear. ``seen`` is told what rewards there are.
    """
    if not columns.reward:
        yield from of_one_step(table, columns, size)
        return
    parts, first, met = [], 0, Seen() if seen is None else seen
    for frame in of_one_step(table, columns, size):
        try:
            parts.append(counted(frame, columns, met))
        except BadRow as bad:
            raise BadRow(bad.row + first, bad.reason, bad.kind) from None
        first += len(frame)
        if len(parts) == 16:  # as long as the different prompts, not as the rows
            parts = [summed(parts, columns.prompt)]
    if parts:
        whole = told(summed(parts, columns.prompt), columns.prompt)
        yield from (whole[k : k + size] for k in range(0, len(whole), size))


def of_one_step(table: Table, columns: Columns, size: int) -> Iterator[pl.DataFrame]:
    """The rows of the step that was asked for. Without one they must all be of the same: what a policy solves
    later on is no ``p_ref``.

    Raises:
        InputError: several steps, and nobody said which.
    """
    step: str | None = columns.step or None
    filters: set[object] = set()
    for frame in table.windows(size):
        if columns.filters:
            filters |= set(frame[columns.filters].unique())
            _require_one_filter(table, columns.filters, filters)
        chosen = frame
        if columns.steps:
            found = frame[columns.steps].cast(pl.String)
            step = found[0] if step is None else step
            chosen = frame.filter(found == step)
            if not columns.step and len(chosen) < len(frame):
                raise InputError(
                    f"{table.path}: column {columns.steps} holds several steps, and only the rows of the "
                    f"reference policy show p_ref: name its step, as in --step {step}"
                )
        if len(chosen):
            yield chosen


def _require_one_filter(table: Table, name: str, met: set[object]) -> None:
    if len(met) > 1:
        one = next(iter(sorted(map(str, met))))
        raise InputError(
            f"{table.path}: column {name} holds several filters, each with the same answers once more: keep "
            f"the rows of one, as jq -c 'select(.{name} == \"{one}\")' does of JSON lines"
        )


def grouped(columns: Columns) -> Columns:
    """The columns of what :func:`prompts` yields."""
    return Columns(k="k", n="n", prompt=columns.prompt) if columns.reward else columns


def rates_of(frame: pl.DataFrame, columns: Columns, *, reduced: bool) -> Rates:
    """The rates of a window.

    Args:
        frame: rows as :func:`prompts` yields them.
        columns: as :func:`grouped` gives them.
        reduced: in lowest terms, so that 1/2 and 4/8 are one rate; else n is the size of the sample.

    Raises:
        BadRow: the first row that is not ``0 <= k <= n``, ``n >= 1``, or not a rate in [0, 1].
    """
    if columns.rate:
        return _of_rates(frame, columns, reduced=reduced)
    k, n = _counts(frame, columns.k), _samples(frame, columns)
    return _coded(k, n, reduced=reduced)


def _coded(k: IntArray, n: IntArray, *, reduced: bool) -> Rates:
    _require((n >= 1) & (n < MOST), lambda i: f"n must be from 1 to {MOST - 1}, not {n[i]}")
    _require(k >= 0, lambda i: f"k must not be negative: {k[i]}")
    _require(k <= n, lambda i: f"k must not exceed n: {k[i]} of {n[i]}")
    if reduced:
        divisor = np.gcd(k, n)
        k, n = k // divisor, n // divisor
    keys, codes = np.unique(n << 32 | k, return_inverse=True)
    low = (keys & (2**32 - 1)).tolist()
    return Rates(list(zip(low, (keys >> 32).tolist(), strict=True)), codes.astype(np.int64))


def _of_rates(frame: pl.DataFrame, columns: Columns, *, reduced: bool) -> Rates:
    series = frame[columns.rate]
    if series.dtype.is_float() and not columns.has_counts:
        raise InputError(
            f"column {columns.rate} holds binary fractions, which are not the rates that were measured: give "
            "counts (--k, --n), or --n beside the rate, or write the rates as text"
        )
    values = _exact_values(series, columns.rate)
    inside = np.array([0 <= x <= 1 for x in values.table], dtype=np.bool_)[values.codes]
    _require(inside, lambda i: f"column {columns.rate} must lie in [0, 1], not {_as_rate(values.at(i))}")
    if columns.has_counts:
        return _nearest(values, _samples(frame, columns), columns, reduced=reduced)
    order = sorted(set(values.table))
    place = {rate: i for i, rate in enumerate(order)}
    codes = np.array([place[x] for x in values.table], dtype=np.int64)[values.codes]
    return Rates([(x.numerator, x.denominator) for x in order], codes)


def _as_rate(value: Fraction) -> str:
    shown = canonical(value)
    return f"{shown}: a percentage is written {shown}%" if 1 < value <= 100 else shown


def _nearest(values: _Values, n: IntArray, columns: Columns, *, reduced: bool) -> Rates:
    """Counts from rates that were rounded: the integer next to rate times n, which must be near."""
    rates = [values.table[code] for code in values.codes]
    k = np.array([round(rate * int(size)) for rate, size in zip(rates, n, strict=True)], dtype=np.int64)
    far = np.array([abs(rate * int(size) - int(c)) > NEAR for rate, size, c in zip(rates, n, k, strict=True)])
    _require(~far, lambda i: f"column {columns.rate}: {float(rates[i])} is no count out of {n[i]}")
    return _coded(k, n, reduced=reduced)


# --- values of a column


class _Values:
    """Exact values: the different ones, and which a row has."""

    def __init__(self, table: list[Fraction], codes: IntArray) -> None:
        self.table, self.codes = table, codes

    def at(self, row: int) -> Fraction:
        """The value of a row, from 0."""
        return self.table[int(self.codes[row])]


def _exact_values(series: pl.Series, name: str) -> _Values:
    """Every value of a column as a number; a binary fraction as itself."""
    _not_empty(series, name)
    if series.dtype == pl.Boolean or not (series.dtype == pl.String or series.dtype.is_numeric()):
        raise InputError(f"column {name} holds values of type {series.dtype}, not numbers")
    different = series.unique(maintain_order=True)
    codes = series.replace_strict(different, np.arange(len(different)), return_dtype=pl.Int64).to_numpy()
    table = []
    for i, value in enumerate(different.to_list()):
        try:
            table.append(_number(value))
        except (InputError, ValueError, OverflowError) as error:
            raise BadRow(int(np.argmax(codes == i)) + 1, f"column {name}: {error}") from None
    return _Values(table, codes)


def _number(value: int | float | str) -> Fraction:
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise InputError(f"{value} is not a number")
        return Fraction(value)
    if isinstance(value, str) and value.endswith("%"):
        return exact(value[:-1].rstrip()) / 100
    return exact(value)


def _counts(frame: pl.DataFrame, name: str) -> IntArray:
    """A column of integers, whatever they are written as: 3, "3", 3.0."""
    series = frame[name]
    if series.dtype == pl.String:
        quick = series.cast(pl.Int64, strict=False)
        if quick.null_count() == 0:
            return np.asarray(quick.to_numpy(), dtype=np.int64)
    if series.dtype.is_integer() and series.dtype != pl.UInt64:
        _not_empty(series, name)
        return series.to_numpy().astype(np.int64)
    values = _exact_values(series, name)
    fits = np.array([x.denominator == 1 and abs(x) < 2**62 for x in values.table], dtype=np.bool_)
    _require(fits[values.codes], lambda i: f"column {name} must hold integers, not {canonical(values.at(i))}")
    return np.array([int(x) for x in values.table], dtype=np.int64)[values.codes]


def _samples(frame: pl.DataFrame, columns: Columns) -> IntArray:
    if columns.n:
        return _counts(frame, columns.n)
    return np.full(len(frame), columns.samples, dtype=np.int64)


def _not_empty(series: pl.Series, name: str) -> None:
    if series.null_count():
        raise BadRow(int(series.is_null().arg_max() or 0) + 1, f"column {name} is empty")


def _require(holds: NDArray[np.bool_], why: Callable[[int], str]) -> None:
    """Name the first row for which something does not hold, and say why."""
    if not holds.all():
        i = int(np.argmin(holds))
        raise BadRow(i + 1, why(i))

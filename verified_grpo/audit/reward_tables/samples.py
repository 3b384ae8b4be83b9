"""Samples, one a row, as classes of answers: each prompt's shares of rewards are those of its samples.

What is counted is exact. That the shares are those of the reference policy nobody proves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from ...errors import InputError
from ...intervals import canonical
from ...model.classes import AnswerClasses
from ..pass_rates.bad_row import BadRow
from ..pass_rates.columns import Columns
from ..pass_rates.rates import of_one_step
from ..pass_rates.rewards import REWARD, ROW, flattened, keys_of, reward_number
from ..pass_rates.tables import WINDOW, Table
from ..reward_words import WORDS

CORRECT = "whether one is correct"
GIVEN, JUDGED, OFTEN = "which reward", "which correctness", "how often"
FIRST = "where it is first"
GAP, BETWEEN = "|", ":"


@dataclass
class Numbers:
    """The different values of a column, in the order in which they were met."""

    name: str
    read: Callable[[Any], Fraction | None]
    values: list[Fraction] = field(default_factory=list)
    places: dict[Fraction, int] = field(default_factory=dict)
    binary: bool = False

    def codes(self, series: pl.Series, rows: pl.Series) -> pl.Series:
        """Each value's place among the different ones; nothing where it is missing.

        Raises:
            BadRow: the first that is none.
        """
        self.binary |= series.dtype.is_float()
        different = series.unique(maintain_order=True)
        known: list[int | None] = []
        for value in different.to_list():
            try:
                number = self.read(value)
            except (InputError, ValueError, OverflowError) as error:
                place = int((series == value).arg_max() or 0)
                raise BadRow(int(rows[place]) + 1, f"column {self.name}: {error}") from None
            known.append(None if number is None else self._place(number))
        if len(known) == 1:
            return pl.Series([known[0]] * len(series), dtype=pl.Int64)
        return series.replace_strict(different, pl.Series(known, dtype=pl.Int64), return_dtype=pl.Int64)

    def _place(self, number: Fraction) -> int:
        if number not in self.places:
            self.places[number] = len(self.values)
            self.values.append(number)
        return self.places[number]


@dataclass
class Samples:
    """All prompts in the order of the table: a frame with each one's name, ``n``, ``missing`` and which of
    the different ``tables`` of classes it has."""

    frame: pl.DataFrame
    tables: list[AnswerClasses]
    remarks: tuple[str, ...]


def samples(table: Table, columns: Columns, correct: str, size: int = WINDOW) -> Samples:
    """Read the whole table, window by window.

    Args:
        correct: the column that says whether an answer is correct; empty: there is none.

    Raises:
        InputError: the first row that cannot be used, a prompt without rewards, or one with too many
            different ones.
    """
    rewards, shares = Numbers(columns.reward, _reward), Numbers(correct, _share)
    parts, first, lists = [], 0, False
    for frame in of_one_step(table, columns, size):
        try:
            part, listed = _counted(frame, columns, correct, rewards, shares)
        except BadRow as bad:
            raise InputError(f"{table.path}: row {first + bad.row}: {bad.reason}") from None
        parts.append(part)
        first, lists = first + len(frame), lists or listed
        if len(parts) == 16:
            parts = [_summed(parts, columns.prompt)]
    if not parts:
        raise InputError(f"{table.path}: the table has no rows")
    whole = _compositions(_summed(parts, columns.prompt), columns.prompt)
    found, codes = _distinct(whole, columns.prompt, rewards.values, shares.values if correct else None)
    shown = [columns.prompt, "n", "missing"] if whole["missing"].sum() else [columns.prompt, "n"]
    return Samples(
        whole[shown].with_columns(table=codes),
        found,
        tuple(_remarks(rewards, shares, int(whole["missing"].sum()), lists)),
    )


def _reward(value: Any) -> Fraction | None:
    if value is None or (isinstance(value, str) and (word := value.strip().lower()) in WORDS):
        known = None if value is None else WORDS[word]
        return None if known is None else Fraction(known)
    if isinstance(value, bool):
        return Fraction(value)
    return reward_number(repr(value) if isinstance(value, float) else value)


def _share(value: Any) -> Fraction | None:
    share = _reward(value)
    if share is not None and not 0 <= share <= 1:
        raise InputError(f"correct is 0, 1 or a share between, not {canonical(share)}")
    return share


def _counted(
    frame: pl.DataFrame, columns: Columns, correct: str, rewards: Numbers, shares: Numbers
) -> tuple[pl.DataFrame, bool]:
    """How often each prompt has each pair of reward and correctness in a window."""
    named = pl.DataFrame({columns.prompt: keys_of(frame[columns.prompt], columns.prompt)})
    rows = named.with_row_index(ROW).with_columns(frame[columns.reward].alias(REWARD))
    if correct:
        rows = rows.with_columns(frame[correct].alias(CORRECT))
    flat, lists = flattened(rows)
    if lists and correct:
        raise InputError(f"column {columns.reward} holds lists: with {correct} write one sample a row")
    given = rewards.codes(flat[REWARD], flat[ROW])
    judged = shares.codes(flat[CORRECT], flat[ROW]) if correct else pl.Series([0] * len(flat), dtype=pl.Int64)
    empty = given.is_not_null() & judged.is_null()
    if empty.any():
        raise BadRow(int(flat[ROW][int(empty.arg_max() or 0)]) + 1, f"column {correct} is empty")
    counted = pl.DataFrame({columns.prompt: flat[columns.prompt], GIVEN: given, JUDGED: judged})
    return counted.group_by(columns.prompt, GIVEN, JUDGED, maintain_order=True).len(OFTEN), lists


def _summed(parts: list[pl.DataFrame], prompt: str) -> pl.DataFrame:
    keys = [prompt, GIVEN, JUDGED]
    return pl.concat(parts).group_by(keys, maintain_order=True).agg(pl.col(OFTEN).sum())


def _compositions(counted: pl.DataFrame, prompt: str) -> pl.DataFrame:
    """A row a prompt: n, how many are missing, and what its samples are as text, ``reward:correct:count``."""
    there = pl.col(GIVEN).is_not_null()
    cell = pl.concat_str([GIVEN, JUDGED, OFTEN], separator=BETWEEN)
    first = pl.col(FIRST).min().over(prompt)
    ordered = counted.with_row_index(FIRST).with_columns(first).sort(FIRST, GIVEN, JUDGED)
    return ordered.group_by(prompt, maintain_order=True).agg(
        n=pl.col(OFTEN).filter(there).sum(),
        missing=pl.col(OFTEN).filter(~there).sum(),
        samples=cell.filter(there).str.join(GAP),
    )


def _distinct(
    whole: pl.DataFrame, prompt: str, rewards: list[Fraction], shares: list[Fraction] | None
) -> tuple[list[AnswerClasses], pl.Series]:
    """The different tables of classes, in the order of the table, and which of them each prompt has."""
    places: dict[AnswerClasses, int] = {}
    known: dict[str, int] = {}
    for name, text in whole.select(prompt, "samples").iter_rows():
        if text in known:
            continue
        try:
            classes = AnswerClasses.of(_rows(text, rewards, shares))
        except InputError as error:
            raise InputError(f"prompt {str(name)[:60]!r}: {error}") from None
        known[text] = places.setdefault(classes, len(places))
    return list(places), pl.Series([known[text] for text in whole["samples"]], dtype=pl.Int64)


def _rows(text: str, rewards: list[Fraction], shares: list[Fraction] | None) -> Iterator[Any]:
    if not text:
        raise InputError("all of its rewards are missing; drop its rows, or write what they are")
    cells = [tuple(map(int, cell.split(BETWEEN))) for cell in text.split(GAP)]
    total = sum(count for _, _, count in cells)
    for r, c, count in cells:
        yield Fraction(count, total), rewards[r], None if shares is None else shares[c]


def _remarks(rewards: Numbers, shares: Numbers, missing: int, lists: bool) -> Iterator[str]:
    """What a reader has to know of how the values were read."""
    several = ", ".join(canonical(value) for value in sorted(rewards.values)[:6])
    more = f" and {len(rewards.values) - 6} more" if len(rewards.values) > 6 else ""
    yield f"rewards as they are: {several}{more}"
    if rewards.binary or shares.binary:
        yield "binary fractions are read as the shortest decimals that name them"
    if lists:
        yield "each value of a list is a reward"
    if missing:
        yield f"{missing:,} rewards are missing and left out, as column missing says row by row"

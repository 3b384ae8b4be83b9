"""Rewards as they are logged: success or failure in whatever clothes, several in a row, some missing.

A number that is neither is refused by name: two other values are a scaled reward, several make classes of
answers, and what either does to an update is not that of 0 and 1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from ...errors import InputError
from ...intervals import canonical, exact
from ..reward_words import WORDS
from .bad_row import BadRow, OtherRewards
from .columns import Columns

ROW, REWARD = "row of the table", "one reward"


@dataclass
class Seen:
    """What rewards were met, in all windows: to be said aloud."""

    values: set[int] = field(default_factory=set)
    missing: int = 0
    lists: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader has to know of how the rewards were read."""
        said = []
        if -1 in self.values:
            said.append(
                "rewards -1 and 1 are read as failure and success (for a trainer that sees -1 and 1, eps "
                "counts half of what is written, and without a standard deviation the advantage twice)"
            )
        if self.lists:
            said.append("each value of a list is a reward")
        if self.missing:
            said.append(
                f"{self.missing:,} rewards are missing and left out, as column missing says row by row"
            )
        return tuple(said)


def counted(frame: pl.DataFrame, columns: Columns, seen: Seen) -> pl.DataFrame:
    """Prompt by prompt ``k`` successes, ``n`` rewards, and how many are ``missing``.

    Raises:
        BadRow: the first row with a reward that is neither a success nor a failure, or without a prompt.
        InputError: prompts that are no names, or three values of rewards, -1 and 0 among them.
    """
    keys = keys_of(frame[columns.prompt], columns.prompt)
    rows = pl.DataFrame({columns.prompt: keys}).with_row_index(ROW)
    flat, lists = flattened(rows.with_columns(frame[columns.reward].alias(REWARD)))
    seen.lists |= lists
    rewards = flat[REWARD]
    different = rewards.unique(maintain_order=True)
    outcomes = _outcomes(flat, different, columns.reward)
    seen.values |= {value for value in outcomes if value is not None}
    if {-1, 0} <= seen.values:
        raise OtherRewards(f"column {columns.reward} holds -1 and 0: {_SEVERAL}")
    found = _mapped(rewards, different, outcomes)
    seen.missing += found.null_count()
    marked = pl.DataFrame(
        {
            columns.prompt: flat[columns.prompt],
            "k": (found == 1).fill_null(value=False).cast(pl.Int64),
            "n": found.is_not_null().cast(pl.Int64),
            "missing": found.is_null().cast(pl.Int64),
        }
    )
    return summed([marked], columns.prompt)


def summed(parts: list[pl.DataFrame], prompt: str) -> pl.DataFrame:
    """Parts of a table put together, a row a prompt."""
    total = [pl.col(name).sum() for name in ("k", "n", "missing")]
    return pl.concat(parts).group_by(prompt, maintain_order=True).agg(total)


def told(whole: pl.DataFrame, prompt: str) -> pl.DataFrame:
    """Without the column of what is missing where nothing is.

    Raises:
        InputError: a prompt of which every reward is missing.
    """
    empty = whole.filter(pl.col("n") == 0)
    if len(empty):
        raise InputError(
            f"prompt {str(empty[prompt][0])[:60]!r}: all of its rewards are missing; drop its rows, or write "
            "0 where nothing is a failure"
        )
    return whole if whole["missing"].sum() else whole.drop("missing")


_SEVERAL = (
    "rewards of several values make classes of answers, which a table of rates does not model: name a column "
    "of 0 and 1, such as whether the reward reaches a threshold"
)


def keys_of(series: pl.Series, name: str) -> pl.Series:
    """Prompts as keys: text, integers, or chats as their JSON."""
    if series.null_count():
        raise BadRow(int(series.is_null().arg_max() or 0) + 1, f"column {name} is empty")
    if series.dtype.is_nested():
        return pl.Series(name, [json.dumps(_plain(value), ensure_ascii=False) for value in series], pl.String)
    if series.dtype.is_float():
        raise InputError(f"column {name} must hold text or integers, not {series.dtype}")
    return series


def _plain(value: Any) -> Any:
    return value.to_list() if isinstance(value, pl.Series) else value


def flattened(rows: pl.DataFrame) -> tuple[pl.DataFrame, bool]:
    """One reward a row: lists, or their JSON, taken apart; and whether there were any."""
    series = rows[REWARD]
    if series.dtype == pl.String and series.str.starts_with("[").any():
        lists = [_listed(value) for value in series]
        rows = rows.with_columns(pl.Series(REWARD, lists, pl.List(pl.String)))
    if rows[REWARD].dtype.is_nested() and not isinstance(rows[REWARD].dtype, pl.Struct):
        return rows.explode(REWARD), True
    return rows, False


def _listed(value: str | None) -> list[str | None]:
    try:
        found = json.loads(value, parse_float=str, parse_int=str) if value and value[0] == "[" else [value]
    except ValueError:
        return [value]
    return [json.dumps(x) if isinstance(x, (bool, list, dict)) else x for x in found]


def _outcomes(flat: pl.DataFrame, different: pl.Series, name: str) -> list[int | None]:
    """1, 0, -1, or None where nothing was measured, of each different value."""
    outcomes: list[int | None] = []
    for value in different.to_list():
        try:
            outcomes.append(_outcome(value))
        except (InputError, ValueError, OverflowError) as error:
            place = int((flat[REWARD] == value).arg_max() or 0)
            other = isinstance(error, OtherRewards)
            reason = str(error) + _hint(different) if other else f"column {name}: {error}"
            kind = OtherRewards if other else InputError
            raise BadRow(int(flat[ROW][place]) + 1, reason, kind) from None
    return outcomes


def _outcome(value: Any) -> int | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and (word := value.strip().lower()) in WORDS:
        return WORDS[word]
    number = reward_number(value)
    if number not in (-1, 0, 1):
        raise OtherRewards(f"reward must be 0 or 1, not {canonical(number)}")
    return int(number)


def reward_number(value: Any) -> Fraction:
    """A reward that is no word, exactly; a binary fraction as itself.

    Raises:
        InputError, ValueError, OverflowError: it is no number.
    """
    if isinstance(value, (dict, list)):
        raise InputError(
            "an object is no reward: name the number in it by its path, as in --reward score.value"
        )
    return Fraction(value) if isinstance(value, float) else exact(value)


def _hint(different: pl.Series) -> str:
    """What else the rewards are, and what to do."""
    if len(different.drop_nulls()) != 2:
        return f": {_SEVERAL}"
    one, other = sorted(str(value) for value in different.drop_nulls())
    return (
        f": {one} and {other} are a scaled reward, which a table does not model; write 0 and 1 for the rates "
        "of success (the scale changes what eps and the advantage are)"
    )


def _mapped(rewards: pl.Series, different: pl.Series, outcomes: list[int | None]) -> pl.Series:
    known = dict(zip(different.to_list(), outcomes, strict=True))
    if len(known) == 1:
        return pl.Series([next(iter(known.values()))] * len(rewards), dtype=pl.Int64)
    keys = pl.Series(list(known), dtype=rewards.dtype)
    return rewards.replace_strict(
        keys, pl.Series(list(known.values()), dtype=pl.Int64), return_dtype=pl.Int64
    )

"""The certified columns: records as a person and a program read them beside the table's own columns."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ...intervals.array_engine import FloatArray
from .columns import OURS, Columns
from .question import Question
from .rates import Rate, Rates
from .records import ENGINE, EXACT_WORDS, SETTLED, WORDS, Answers, Verdict

NO_SUCCESS, NO_FAILURE = "no success seen", "no failure seen"
AT_RISK = ("cycle", "depends", "undecided", NO_SUCCESS)
"""Values of the column ``certified_note`` that put a prompt at risk, the worst first: it has no proved limit
above ``p_ref``. One whose limit lies below the target is *behind* (:attr:`.Question.behind`)."""


def certified(frame: pl.DataFrame, rates: Rates, answers: Answers, question: Question) -> pl.DataFrame:
    """The rows of a window with what is proved of each beside them.

    Ends are moved outward by one more double, so that the shortest decimals that name them, which a text
    file shows, lie outside the enclosure too.
    """
    columns: dict[str, pl.Series] = {}
    if question.confidence:
        columns |= _ends(answers, "p_ref", bottom=0.0, top=1.0)
    else:
        columns["p_ref"] = pl.Series([_fraction(rate) for rate in rates.distinct], dtype=pl.String)
    columns["fixed_points"] = _known(answers["count"], answers["count"] >= 0)
    columns |= _ends(answers, "logit")
    columns |= _ends(answers, "p", bottom=0.0, top=1.0)
    columns |= _ends(answers, "one_minus_p", bottom=0.0, top=1.0)
    columns |= _ends(answers, "gain")
    columns["verdict"] = _words(WORDS, answers["verdict"])
    columns["period"] = _known(answers["period"], answers["period"] > 0)
    columns["rate"] = _real(_outward(answers["rate"], up=True))
    if question.update is None:
        columns["largest_step"] = _real(_outward(answers["largest_step"], up=False))
        columns["exact"] = _words(EXACT_WORDS, answers["exact"])
        columns |= _ends(answers, "exact_p", bottom=0.0, top=1.0)
    else:
        for name in ("steps_low", "steps_high"):
            columns[name] = _known(answers[name], answers[name] >= 0)
    columns["note"] = notes(rates.distinct, answers, question)
    found = pl.DataFrame({OURS + name: column for name, column in columns.items()})
    return frame.hstack(found[rates.codes].get_columns())


def plain_counts(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """Counts that were read as text are written as the integers that they are."""
    plain = frame.clone()
    for name in (columns.k, columns.n):
        if name and frame[name].dtype == pl.String and _all_integers(frame[name]):
            plain.replace_column(frame.get_column_index(name), frame[name].cast(pl.Int64))
    return plain


def _all_integers(series: pl.Series) -> bool:
    return series.cast(pl.Int64, strict=False).null_count() == 0


def notes(rates: list[Rate], answers: Answers, question: Question) -> pl.Series:
    """Why a prompt is at risk or behind, or why its row is special; nothing for all others."""
    k, n = np.array(rates, dtype=object).reshape(-1, 2).T
    verdict, settled = answers["verdict"], np.isin(answers["verdict"], SETTLED)
    held, low, maybe_low = question.behind
    target = ENGINE.exact(question.target)
    below = settled & (answers["p_high"] < target.lo)
    said = np.full(len(answers), None, dtype=object)
    said[(k == n).astype(np.bool_)] = NO_FAILURE
    said[settled & (answers["p_low"] < target.hi)] = maybe_low
    said[below] = low
    said[below & answers["higher"].astype(np.bool_)] = held
    for word in (Verdict.UNDECIDED, Verdict.CYCLE, Verdict.DEPENDS):
        said[verdict == word] = WORDS[word]
    said[(k == 0).astype(np.bool_)] = NO_SUCCESS
    return pl.Series(said.tolist(), dtype=pl.String)


def _words(names: Sequence[str | None], values: NDArray[Any]) -> pl.Series:
    return pl.Series(np.array(names, dtype=object)[values], dtype=pl.String)


def _fraction(rate: Rate) -> str:
    divisor = gcd(*rate)
    return f"{rate[0] // divisor}/{rate[1] // divisor}" if rate[1] != divisor else str(rate[0] // divisor)


def _ends(answers: Answers, name: str, bottom: float = -np.inf, top: float = np.inf) -> dict[str, pl.Series]:
    low = np.maximum(_outward(answers[f"{name}_low"], up=False), bottom)
    high = np.minimum(_outward(answers[f"{name}_high"], up=True), top)
    return {f"{name}_low": _real(low), f"{name}_high": _real(high)}


def _outward(x: FloatArray, *, up: bool) -> FloatArray:
    """The next double; 0 and 1 are exact as decimals too, and an infinite end stays where it is."""
    moved: FloatArray = np.nextafter(x, np.inf if up else -np.inf)
    return np.where((x == 0) | (x == 1) | np.isinf(x), x, moved)


def _real(x: FloatArray) -> pl.Series:
    """Numbers where there are any, and else nothing: an infinite end says nothing."""
    return _known(x, np.isfinite(x))


def _known(values: NDArray[Any], where: NDArray[np.bool_]) -> pl.Series:
    series = pl.Series(values)
    return series.set(pl.Series(~where), None)

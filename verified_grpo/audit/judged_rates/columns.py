"""The certified columns of a table of a verifier's rates: numbers as exact text."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ..pass_rates.columns import OURS
from .solving import Answer

MEANINGS = (
    ("rate", "which of the different rates the prompt has; certificates are numbered by it"),
    (
        "verdict",
        "gains or loses right answers, absorbing (all wrong, or all right), impossible, or undecided",
    ),
    ("passed_ref_low, passed_ref_high", "how often the reference's answers pass, as measured"),
    ("right_ref_low, right_ref_high", "how often they are right, which follows from that and the verifier"),
    ("passed_low, passed_high", "how often answers pass in the limit of small steps"),
    ("right_low, right_high", "how often they are right in that limit"),
    (
        "bound",
        "of systematic errors: the rate of right answers stays below it, where it gains, whatever beta is",
    ),
    ("largest_step", "any steps up to this size lead to the limit (sufficient)"),
    ("exact", "where the exact iteration ends: same, another fixed point, cycle, undecided"),
    ("reason", "why a prompt is undecided"),
)
PAIRS = ("passed_ref", "right_ref", "passed", "right")


def certified(frame: pl.DataFrame, codes: Sequence[int], answers: Sequence[Answer]) -> pl.DataFrame:
    """The rows with what is proved of each beside them; ``codes``: which answer is whose."""
    columns: dict[str, pl.Series] = {
        "rate": pl.Series(range(1, len(answers) + 1), dtype=pl.Int64),
        "verdict": _text(answers, "verdict"),
    }
    for name in PAIRS:
        pairs = [getattr(answer, name) for answer in answers]
        for k, end in enumerate(("low", "high")):
            columns[f"{name}_{end}"] = pl.Series([pair and pair[k] for pair in pairs], dtype=pl.String)
    for name in ("bound", "largest_step", "exact", "reason"):
        columns[name] = _text(answers, name)
    found = pl.DataFrame({OURS + name: column for name, column in columns.items()})
    return frame.hstack(found[list(codes)].get_columns())


def _text(answers: Sequence[Answer], name: str) -> pl.Series:
    return pl.Series([getattr(answer, name) for answer in answers], dtype=pl.String)

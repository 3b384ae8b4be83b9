"""The certified columns of a table of rewards: a row a prompt, numbers as exact text."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ..pass_rates.columns import OURS
from .solving import Answer, Ends

MEANINGS = (
    ("classes", "which of the different tables of classes the prompt has; certificates are numbered by it"),
    ("verdict", "proved, nothing to learn, or undecided"),
    ("fixed_points", "how many there are: the proof that there are no others is in the certificate"),
    ("theta_low, theta_high", "the least fixed point, where small steps end; empty where there is none"),
    ("reward_ref", "the mean reward of the samples, exact"),
    ("reward_low, reward_high", "the mean reward in the limit of small steps"),
    ("correct_ref", "the share of correct samples, exact"),
    ("correct_low, correct_high", "the share of correct answers in that limit"),
    ("change", "gains, loses or stays: the limit's correctness beside the samples'"),
    ("course", "what correctness does on the way: rises, falls, turns or stays"),
    ("turns", "how often it turns on the way"),
    ("best_low, best_high", "the supremum of correctness on the way"),
    ("largest_step", "any steps up to this size lead to the limit (sufficient)"),
    ("exact", "where the exact iteration ends: same, another fixed point, cycle, no bound, undecided"),
    ("reason", "why a prompt is undecided"),
)
ABOUT_CORRECT = ("correct", "change", "course", "turns", "best")


def certified(frame: pl.DataFrame, answers: Sequence[Answer], *, with_correct: bool) -> pl.DataFrame:
    """The prompts with what is proved of each beside them; ``frame`` has a column ``table``."""
    columns: dict[str, pl.Series] = {
        "classes": pl.Series(range(1, len(answers) + 1), dtype=pl.Int64),
        "verdict": _text([a.verdict for a in answers]),
        "fixed_points": pl.Series([a.count for a in answers], dtype=pl.Int64),
        **_ends("theta", [a.theta for a in answers]),
        "reward_ref": _text([a.reward for a in answers]),
        **_ends("reward", [a.reward_limit for a in answers]),
        "correct_ref": _text([a.correct for a in answers]),
        **_ends("correct", [a.correct_limit for a in answers]),
        "change": _text([a.change for a in answers]),
        "course": _text([a.course for a in answers]),
        "turns": pl.Series([a.turns for a in answers], dtype=pl.Int64),
        **_ends("best", [a.supremum for a in answers]),
        "largest_step": _text([a.largest_step for a in answers]),
        "exact": _text([a.exact for a in answers]),
        "reason": _text([a.reason for a in answers]),
    }
    shown = {
        OURS + name: column
        for name, column in columns.items()
        if with_correct or name.partition("_")[0] not in ABOUT_CORRECT
    }
    found = pl.DataFrame(shown)[frame["table"]]
    return frame.drop("table").hstack(found.get_columns())


def _text(values: Sequence[str | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _ends(name: str, values: Sequence[Ends | None]) -> dict[str, pl.Series]:
    return {
        f"{name}_{end}": _text([None if pair is None else pair[k] for pair in values])
        for k, end in enumerate(("low", "high"))
    }

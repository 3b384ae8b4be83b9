"""What a trainer's state says beside a log: means over batches, told and not compared.

``trainer_state.json`` of transformers' trainers holds ``log_history``: a list of objects with a ``step`` and
means of the batch. TRL's ``kl`` is a mean over tokens of an estimate; it becomes the KL of whole answers
neither by the mean length nor otherwise, so that it is refused as a measure of what was spent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...errors import FileError, InputError

SILENT, KL = "frac_reward_zero_std", "kl"


def read_state(path: Path) -> list[str]:
    """What is told of a state, in sentences.

    Raises:
        FileError: the file cannot be read.
        InputError: no trainer's state.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path}: not JSON") from None
    history = value.get("log_history") if isinstance(value, dict) else None
    if not isinstance(history, list):
        raise InputError(f"{path}: no trainer's state: it has no list log_history")
    return [*_told(path, _series(history, SILENT), _silent), *_told(path, _series(history, KL), _kl)]


Series = list[tuple[int, float]]


def _series(history: list[Any], key: str) -> Series:
    """Steps and finite values of a mean."""
    rows = [row for row in history if isinstance(row, dict)]
    return [
        (row["step"], float(row[key]))
        for row in rows
        if type(row.get("step")) is int and type(row.get(key)) in (int, float) and abs(row[key]) < 1e300
    ]


def _told(path: Path, series: Series, words: Any) -> list[str]:
    return [f"{path.name} logs {words(series)}"] if series else []


def _silent(series: Series) -> str:
    third = max(1, len(series) // 3)
    first, last = (sum(x for _, x in part) / len(part) for part in (series[:third], series[-third:]))
    return f"{first:.0%} of the groups without signal in its first third and {last:.0%} in its last"


def _kl(series: Series) -> str:
    step, last = series[-1]
    return (
        f"a KL of {last:.3g} at step {step:,}, a mean over tokens of an estimate: no KL of whole answers, "
        "and not compared with what was spent"
    )

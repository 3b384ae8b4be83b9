"""What a trainer logs beside its samples: means over batches, from its state or from exports of its scalars.

``trainer_state.json`` of transformers' trainers, W&B's exports (CSV or JSON, a row a step), and those of
TensorBoard (CSV or JSON, a file a scalar, named after it). TRL's ``kl`` is a mean over the tokens of a batch
of an estimate that is never below 0. Answers of n to m tokens each: the mean over answers of its sum over
their tokens, which estimates the KL of whole answers, lies between n and m times as high.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import FileError, InputError

SILENT, KL = "frac_reward_zero_std", "kl"
SHORTEST, LONGEST = "completions/min_length", "completions/max_length"
NAMES = {name.replace("/", "_"): name for name in (SILENT, KL, SHORTEST, LONGEST)}
STEPS = ("step", "_step", "Step", "train/global_step")
ONE_SCALAR = ("Wall time", "Step", "Value")
EVENTS = "events.out.tfevents"
LAST = 4
"""One part in so many of the logged steps is the end of the run."""
_EXTREME = ("__MIN", "__MAX")
_OF_TENSORBOARD = re.compile(r"(?:.*tag-)?(.*?)(?: \(\d+\))?", re.DOTALL)
Series = dict[int, float]


@dataclass(frozen=True)
class LoggedKL:
    """A logged KL over the last quarter of its steps, in floating point: the mean over tokens, and the ends
    of what that is of whole answers; None where the answers' lengths are not logged."""

    by_token: float
    whole: tuple[float, float] | None


def is_scalars(path: Path) -> bool:
    """Whether a file holds scalars and no samples: by its name, or by a CSV's header."""
    if path.is_dir():
        return False
    if path.suffix.lower() == ".json" or path.name.startswith(EVENTS):
        return True
    return path.suffix.lower() == ".csv" and _tells_scalars(_header(path))


def _header(path: Path) -> list[str]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return next(csv.reader(file), [])
    except (OSError, ValueError, csv.Error):
        return []  # the reader of tables says what is wrong


def _tells_scalars(header: list[str]) -> bool:
    scalar = any(_name(column) in NAMES for column in header)
    return tuple(header) == ONE_SCALAR or (scalar and any(step in header for step in STEPS))


def read_scalars(path: Path) -> dict[str, Series]:
    """By TRL's names, the values at their steps; names that nothing here is said of are left out.

    Raises:
        FileError: the file cannot be read.
        InputError: none of the shapes, two runs in one export, or TensorBoard's own event file.
    """
    if path.name.startswith(EVENTS):
        raise InputError(
            f"{path}: TensorBoard's event files are not read: export train/kl and "
            "train/completions/min_length and max_length as CSV from its page, or give trainer_state.json"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{path}: not UTF-8 text") from None
    return _collected(path, _of_json(path, text) if path.suffix.lower() == ".json" else _of_csv(path, text))


def _of_csv(path: Path, text: str) -> list[Mapping[str, Any]]:
    rows = list(csv.DictReader(text.splitlines()))
    if rows and tuple(rows[0]) == ONE_SCALAR:
        return [{"step": row["Step"], _tag(path): row["Value"]} for row in rows]
    return list(rows)


def _of_json(path: Path, text: str) -> list[Mapping[str, Any]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{path}: not JSON") from None
    rows = value.get("log_history") if isinstance(value, dict) else value
    if not isinstance(rows, list) or (rows is value and not rows):
        raise InputError(f"{path}: no trainer's state: it has no list log_history")
    if rows and all(isinstance(row, list) and len(row) == len(ONE_SCALAR) for row in rows):
        return [{"step": step, _tag(path): value} for _, step, value in rows]
    return [row for row in rows if isinstance(row, dict)]


def _tag(path: Path) -> str:
    """The scalar's name in that of TensorBoard's file."""
    match = _OF_TENSORBOARD.fullmatch(path.stem)
    return match[1] if match else path.stem


def _name(column: str) -> str:
    """W&B writes a run's name before the metric's, trainers the name of the part."""
    last = column.rpartition(" - ")[2].replace("/", "_")
    return last.removeprefix("train_")


def _collected(path: Path, rows: Iterable[Mapping[str, Any]]) -> dict[str, Series]:
    found: dict[str, Series] = {}
    columns: dict[str, str] = {}
    for row in rows:
        step = next((_whole(row[name]) for name in STEPS if row.get(name) not in (None, "")), None)
        for column, value in row.items():
            name = NAMES.get(_name(str(column)))
            number = _number(value)
            if step is None or name is None or number is None or str(column).endswith(_EXTREME):
                continue
            if columns.setdefault(name, column) != column:
                raise InputError(f"{path}: {columns[name]} and {column} are two runs: export one of them")
            found.setdefault(name, {})[step] = number
    return found


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def _number(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, (int, float, str)) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and abs(number) < 1e300 else None


def told(found: Mapping[str, Series]) -> list[str]:
    """What is said of the scalars beside the KL."""
    silent, kl = list(found.get(SILENT, {}).values()), found.get(KL, {})
    sentences = []
    if kl:
        step = max(kl)
        sentences.append(
            f"logged is a KL of {kl[step]:.3g} at step {step:,}, a mean over tokens of an estimate"
        )
    if not silent:
        return sentences
    third = max(1, len(silent) // 3)
    first, last = (sum(part) / len(part) for part in (silent[:third], silent[-third:]))
    return [
        *sentences,
        f"logged are {first:.0%} of the groups without signal in its first third and {last:.0%} in its last",
    ]


def logged_kl(found: Mapping[str, Series]) -> LoggedKL | None:
    """The KL over the last quarter of the steps at which it was logged; None where it was not, or where it is
    below 0, which TRL's estimate never is."""
    kl = found.get(KL, {})
    steps = sorted(kl)[-max(1, len(kl) // LAST) :]
    if not steps or min(kl[step] for step in steps) < 0:
        return None
    short, long = ([found.get(name, {}).get(step) for step in steps] for name in (SHORTEST, LONGEST))
    whole: tuple[float, float] | None = None
    if None not in (*short, *long):
        whole = (
            _mean(kl[s] * (n or 0) for s, n in zip(steps, short, strict=True)),
            _mean(kl[s] * (n or 0) for s, n in zip(steps, long, strict=True)),
        )
    return LoggedKL(_mean(kl[step] for step in steps), whole)


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every)

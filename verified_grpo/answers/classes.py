"""Questions about classes of answers: from rows or a file, one prompt or many; equal ones are solved once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import FileError, InputError
from ..intervals import exact
from ..model.classes import AnswerClasses, Exactly
from ..rigor.classes.outcomes import TiltOutcome, TiltQuestion
from ..rigor.classes.search import tilted

NEEDED, OPTIONAL, PROMPT = ("weight", "reward"), ("reward_squared", "correct"), "prompt"
ALLOWED = f"the columns are {', '.join(NEEDED)}, and if there are such {', '.join(OPTIONAL)} and {PROMPT}"


@dataclass(frozen=True)
class Table:
    """Prompts in the order of a file; the one of a file without names is called None."""

    prompts: tuple[tuple[str | None, AnswerClasses], ...]


def answer_classes(
    rows: Iterable[Sequence[Exactly | None]] | AnswerClasses,
    *,
    beta: Exactly,
    eps: Exactly,
    alpha: Exactly = 1,
    contrast: str = "mean-var",
    digits: int = 15,
    engine: str = "arb",
) -> TiltOutcome:
    """Where a prompt goes whose answers have these classes: all fixed points of the tilt with the mean reward
    and the correctness there, both views of steps, and the course of correctness.

    Args:
        rows: ``(weight, reward)``, ``(weight, reward, correct)`` or ``(weight, reward, correct,
            reward_squared)``, exact numbers; weights sum to 1.
        beta, eps, alpha: exact numbers: beta >= 0, eps > 0, alpha in [0, 1].
        contrast: mean-var, mean-std or mean, as population models.

    Raises:
        InputError: rows or numbers outside their domain, or a finite group, which is no tilt by the reward.

    Not proved: anything of finite groups or samples, or of prompts that share parameters.

    >>> found = answer_classes([("0.8", 0, 0), ("0.19", 1, 0), ("0.01", 1, 1)], beta=5, eps="1e-5")
    >>> found.count, found.correctness.course
    (3, 'rises')
    """
    classes = rows if isinstance(rows, AnswerClasses) else AnswerClasses.of(rows)
    question = TiltQuestion.of(classes, contrast, beta, eps, alpha)
    return tilted(question, digits=digits, engine=engine)


def solve_all(
    questions: Iterable[TiltQuestion], *, digits: int = 15, engine: str = "arb"
) -> tuple[list[TiltOutcome], int]:
    """The outcomes in their order, and how many different questions were solved."""
    known: dict[TiltQuestion, TiltOutcome] = {}
    outcomes = []
    for question in questions:
        if question not in known:
            known[question] = tilted(question, digits=digits, engine=engine)
        outcomes.append(known[question])
    return outcomes, len(known)


def read_classes(path: Path) -> Table:
    """The classes in a CSV file.

    Raises:
        FileError: the file cannot be read.
        InputError: columns that are unknown, missing or named twice, or rows that make no classes; it says
            where.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: no text in UTF-8") from None
    return parse_classes(text, str(path))


def parse_classes(text: str, name: str) -> Table:
    """As :func:`read_classes`, from text; ``name`` stands in messages."""
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [x.strip() for x in next(reader, [])]
    _look_at(columns, name)
    groups: dict[str | None, list[tuple[str, ...]]] = {}
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                counts = f"{len(cells)} cells where there are {len(columns)} columns"
                raise InputError(f"{name}, line {reader.line_num}: {counts}")
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            groups.setdefault(row.get(PROMPT), []).append(_cells(row, f"{name}, line {reader.line_num}"))
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}") from None
    if not groups:
        raise InputError(f"{name}: no classes of answers: at least one row is needed")
    found = []
    for prompt, rows in groups.items():
        try:
            found.append((prompt, AnswerClasses.of(rows)))
        except InputError as error:
            where = name if prompt is None else f"{name}, prompt {prompt!r}"
            raise InputError(f"{where}: {error}") from None
    return Table(tuple(found))


def _look_at(columns: Sequence[str], name: str) -> None:
    known = (*NEEDED, *OPTIONAL, PROMPT)
    if unknown := [x for x in columns if x not in known]:
        raise InputError(f"{name}: unknown column {unknown[0]!r}: {ALLOWED}")
    if missing := [x for x in NEEDED if x not in columns]:
        raise InputError(f"{name}: no column {missing[0]!r}: {ALLOWED}")
    if len(set(columns)) < len(columns):
        raise InputError(f"{name}: a column is named twice: {ALLOWED}")


def _cells(row: Mapping[str, str], where: str) -> Any:
    """Numbers of a row, None for an empty cell of an optional column."""
    for column in (*NEEDED, *OPTIONAL):
        if row.get(column):
            try:
                exact(row[column])
            except InputError as error:
                raise InputError(f"{where}, {column}: {error}") from None
        elif column in NEEDED:
            raise InputError(f"{where}: {column} is empty")
    return row["weight"], row["reward"], row.get("correct") or None, row.get("reward_squared") or None

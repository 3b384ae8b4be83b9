"""Logs as trainers write them: TRL's completions, verl's and open-instruct's JSON lines, tables of steps.

A row is a sample (``step``, ``prompt`` and a reward) or a visit (``step``, ``prompt``, ``k`` and ``n``). The
steps of one prompt come in order, and each step is in one file. Nothing is pooled over steps.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...characters import shortened, visible
from ...errors import InputError
from ..pass_rates.tables import SUFFIXES, Table, open_table
from ..reward_words import MISSING
from .changes import Counts
from .log import Log, Visit
from .rewards import said, successes
from .scalars import is_scalars, logged_kl, read_scalars, told

STEPS = ("step", "global_step", "training_step", "_step", "Step")
PROMPTS = ("prompt", "prompt_idx", "prompt_index", "prompt_id", "input", "question")
REWARDS = ("reward", "score", "is_correct", "correct")
PAIRS = (("k", "n"), ("hits", "tries"), ("successes", "samples"))
OF_TRL = ("completion", "advantage")
"""Columns of TRL's completions, beside ``step``, ``prompt``, and one a reward function."""
_WHOLE = re.compile(r"[0-9]{1,15}(\.0)?", re.ASCII)
_SHARD = re.compile(r"[0-9]+|[^0-9]+")


@dataclass(frozen=True)
class Named:
    """Columns that are named on the command line; None: they are found."""

    step: str | None = None
    prompt: str | None = None
    reward: str | None = None


@dataclass
class _Held:
    """What has been read: rewards by prompt and step, rows that lack something, and their first step."""

    cells: dict[str, dict[int, Counter[str]]] = field(default_factory=dict)
    whole: dict[str, dict[int, Counts]] = field(default_factory=dict)
    files: dict[int, Path] = field(default_factory=dict)
    empty: int = 0
    bare: int | None = None
    used: list[tuple[str, ...]] = field(default_factory=list)


def read_log(paths: Sequence[Path], named: Named, reference: Path | None = None) -> Log:
    """The log in some files, or in the tables of a folder.

    Raises:
        FileError: a file cannot be read.
        InputError: no step, no prompt or no reward, steps out of order or twice, rewards of two kinds or of
            more than two values, a first step without a reward, no rows.
    """
    held = _Held()
    beside = [] if named.prompt else [path for path in paths if is_scalars(path)]
    if len(beside) == len(paths):
        raise InputError(
            f"{paths[0]}: a trainer's state, or an export of scalars, holds means over batches and no "
            "prompts: give the completions, too (TRL: log_completions=True writes "
            "completions/completions_*.parquet)"
        )
    scalars: dict[str, dict[int, float]] = {}
    for path in beside:
        for name, series in read_scalars(path).items():
            scalars.setdefault(name, {}).update(series)
    for path in _files([path for path in paths if path not in beside]):
        _read(open_table(path), named, held)
    prompts = _visits(held)
    read = _used(held)
    if held.empty:
        read.append(f"{held.empty:,} rows have no step, prompt or reward, and are left out")
    if not prompts:
        raise InputError(f"{paths[0]}: no row has a step, a prompt and a reward")
    first = min(visits[0].step for visits in prompts.values())
    if held.bare is not None and held.bare < first:
        raise InputError(
            f"step {held.bare}, the first, has rows and no reward: nothing is known from before any update"
        )
    words = said(_meaning(held))
    read += [*([f"{words}, held against training on 1 and 0"] if words else []), *told(scalars)]
    table = {} if reference is None else _reference(reference, named)
    return Log(prompts, table, tuple(read), logged_kl(scalars))


def _used(held: _Held) -> list[str]:
    """The columns, and of how many files."""
    kinds = Counter(held.used)
    return [
        f"{count} file{'s' * (count > 1)} with the columns {', '.join(map(visible, columns))}"
        for columns, count in kinds.items()
    ]


def _files(paths: Sequence[Path]) -> list[Path]:
    """Files as they are given, and the tables of folders in the order of the numbers in their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [one for one in path.iterdir() if one.suffix.lower() in SUFFIXES]
            if not inside:
                raise InputError(f"{path}: the folder has no file that ends in {', '.join(SUFFIXES)}")
            found += sorted(inside, key=_numbered)
        else:
            found.append(path)
    return found


def _numbered(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _SHARD.findall(path.name)]


def _read(table: Table, named: Named, held: _Held) -> None:
    """Add one file's rows; a step that another file holds is refused."""
    columns = _columns(table, named, stepless=False)
    held.used.append(columns)
    own: set[int] = set()
    last: dict[str, int] = {}
    for row, (step, prompt, *values) in enumerate(_rows(table, columns), start=1):
        values = [None if value is None or value.strip().lower() in MISSING else value for value in values]
        if step is None or prompt is None or None in values:
            held.empty += 1
            if step is not None:
                number = _step(table.path, row, step)
                held.bare = number if held.bare is None else min(held.bare, number)
            continue
        number = _step(table.path, row, step)
        if number < last.get(prompt, number):
            raise InputError(
                f"{table.path}: row {row}: step {number} comes after step {last[prompt]} of the same prompt: "
                "sort the steps; of a run that was resumed give one log of each step"
            )
        last[prompt] = number
        if number not in own:
            if number in held.files:
                raise InputError(f"step {number} is in two files, {held.files[number]} and {table.path}")
            own.add(number)
        _add(table.path, row, held, prompt, number, [value for value in values if value is not None])
    held.files |= dict.fromkeys(own, table.path)


def _add(path: Path, row: int, held: _Held, prompt: str, step: int, values: list[str]) -> None:
    if len(values) == 1:
        held.cells.setdefault(prompt, {}).setdefault(step, Counter())[values[0]] += 1
        return
    visits = held.whole.setdefault(prompt, {})
    if step in visits:
        raise InputError(f"{path}: row {row}: step {step} is there twice for the prompt {_cut(prompt)}")
    visits[step] = _counts(path, row, values)


def _counts(path: Path, row: int, values: list[str]) -> Counts:
    if not all(_WHOLE.fullmatch(value) for value in values):
        raise InputError(f"{path}: row {row}: k and n are whole numbers, not {_cut('/'.join(values))}")
    try:
        return Counts(*(int(float(value)) for value in values))
    except InputError as error:
        raise InputError(f"{path}: row {row}: {error}") from None


def _step(path: Path, row: int, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InputError(f"{path}: row {row}: a step is a whole number, not {_cut(text)}")
    return int(text.partition(".")[0])


def _columns(table: Table, named: Named, *, stepless: bool) -> tuple[str, ...]:
    """Step, prompt, and reward or k and n; without a step for a table of the reference."""
    path, names = table.path, table.names
    step = () if stepless else (_one(path, names, named.step, STEPS, "step"),)
    prompt = _one(path, names, named.prompt, PROMPTS, "prompt")
    pair = next((pair for pair in PAIRS if set(pair) <= set(names)), None)
    if pair is not None and named.reward is None:
        return (*step, prompt, *pair)
    return (*step, prompt, _reward(table, named, (*step, prompt)))


def _one(path: Path, names: list[str], asked: str | None, known: tuple[str, ...], what: str) -> str:
    if asked is not None:
        if asked not in names:
            raise InputError(f"{path}: no column {asked!r}; there are {', '.join(names)}")
        return asked
    found = [name for name in known if name in names]
    if not found:
        shown = ", ".join(map(_cut, names))
        raise InputError(f"{path}: no {what}s: name their column with --{what}; there are {shown}")
    return found[0]


def _reward(table: Table, named: Named, others: tuple[str, ...]) -> str:
    """The column of rewards: by its name, or TRL's one reward function."""
    names = table.names
    if named.reward is None and not set(REWARDS) & set(names) and set(OF_TRL) <= set(names):
        functions = [name for name in names if name not in (*others, *OF_TRL) and _is_number(table, name)]
        if len(functions) == 1:
            return functions[0]
        if functions:
            raise InputError(
                f"{table.path}: several reward functions ({', '.join(functions)}): the trainer adds them up; "
                "name the one that tells a success with --reward"
            )
    return _one(table.path, names, named.reward, REWARDS, "reward")


def _is_number(table: Table, name: str) -> bool:
    return bool(table.schema[name].is_numeric())


def _rows(table: Table, columns: tuple[str, ...]) -> Iterator[tuple[str | None, ...]]:
    for frame in table.windows():
        yield from zip(*(map(_text, frame[name].to_list()) for name in columns), strict=True)


def _text(value: Any) -> str | None:
    """A cell as text; a chat or a list of tokens as JSON."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return None if value != value else repr(value)
    return json.dumps(value, default=str, sort_keys=True)


def _meaning(held: _Held) -> dict[str, bool]:
    seen = {text for visits in held.cells.values() for cell in visits.values() for text in cell}
    return successes(seen) if seen else {}


def _visits(held: _Held) -> dict[str, tuple[Visit, ...]]:
    """Every prompt's visits in order, with successes counted."""
    right = _meaning(held)
    found: dict[str, dict[int, Counts]] = {prompt: dict(visits) for prompt, visits in held.whole.items()}
    for prompt, steps in held.cells.items():
        for step, cell in steps.items():
            k = sum(count for text, count in cell.items() if right[text])
            if step in found.setdefault(prompt, {}):
                raise InputError(f"step {step} has both samples and counts of the prompt {_cut(prompt)}")
            found[prompt][step] = Counts(k, cell.total())
    return {name: tuple(Visit(step, own[step]) for step in sorted(own)) for name, own in found.items()}


def _reference(path: Path, named: Named) -> dict[str, Counts]:
    """Counts by prompt of a table without steps."""
    table, held = open_table(path), _Held()
    columns = _columns(table, named, stepless=True)
    for row, (prompt, *values) in enumerate(_rows(table, columns), start=1):
        if prompt is not None and None not in values:
            _add(path, row, held, prompt, 0, [value for value in values if value is not None])
    found = {prompt: visits[0].counts for prompt, visits in _visits(held).items()}
    if not found:
        raise InputError(f"{path}: no row has a prompt and a reward")
    return found


def _cut(text: str) -> str:
    return repr(shortened(text, 40))

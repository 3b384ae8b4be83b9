"""The audit of a table of rewards from the first row to the last: read, solve, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import polars as pl

from ...errors import InputError
from ...intervals import exact
from ..pass_rates.columns import Asked, Columns, choose, correctness
from ..pass_rates.tables import WINDOW, open_table
from ..pass_rates.writing import certificates_beside, check_output, keeping, write_frame
from .columns import certified
from .question import RewardQuestion
from .samples import Samples, samples
from .solving import LOSES, OPEN, UNDECIDED, Answer, solve

LISTED = 8
Sums = tuple[Fraction, Fraction, Fraction]
"""Over prompts: under the reference, and around the limit."""


@dataclass(frozen=True)
class Listed:
    """A prompt whose limit has fewer correct answers than its samples, or of which that is undecided."""

    prompt: str
    answer: Answer


@dataclass(frozen=True)
class AuditedRewards:
    """A finished audit.

    Attributes:
        correct: the column of correctness, or empty.
        prompts, distinct: how many there are, and how many different tables of classes they have.
        verdicts, changes, courses, exactly: prompts by what is proved of them.
        rewards, shares: means over the prompts that have a limit (``settled``; of them ``judged`` with
            correctness).
        listed: the first prompts that lose, or of which that is undecided.
        certificates: the folder with a certificate for each different table; None where none was asked for.
    """

    path: Path
    question: RewardQuestion
    columns: Columns
    correct: str
    guessed: bool
    remarks: tuple[str, ...]
    prompts: int
    distinct: int
    verdicts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    courses: Counter[str] = field(default_factory=Counter)
    exactly: Counter[str] = field(default_factory=Counter)
    settled: int = 0
    rewards: tuple[Fraction, ...] = ()
    shares: tuple[Fraction, ...] | None = None
    listed: tuple[Listed, ...] = ()
    certificates: Path | None = None

    @property
    def decided(self) -> bool:
        """Whether there is a limit of every prompt, and, where it is asked about, its correctness."""
        return not (self.verdicts[UNDECIDED] or self.changes[OPEN] or self.courses[OPEN])


def audit_rewards(
    path: Path,
    question: RewardQuestion,
    *,
    asked: Asked | None = None,
    correct: str | None = None,
    out: Path | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    window: int = WINDOW,
) -> AuditedRewards:
    """Where small steps take every prompt of a table of samples, by the classes of its rewards.

    Args:
        path: CSV, JSON lines or Parquet: a sample a row, with its prompt and its reward, an exact number.
        question: contrast, parameters, updates.
        asked: the columns, where they are not to be guessed.
        correct: the column that says whether an answer is correct (0, 1, or a share between); None: one
            named ``correct`` or ``is_correct`` if there is such, else correctness is not asked about.
        out: the prompts with certified columns; beside it a folder of certificates, one for each different
            table of classes. Nothing is written without it.
        jobs: processes; the same bytes come out, whatever it is.
        progress: told how many different tables are solved, and of how many.
        window: rows in memory at a time; beside them the counts of each prompt's rewards.

    Raises:
        InputError: a bad row, column or file, each named.

    Not proved: that a prompt's samples have its answers' shares (their error of sampling is not carried);
    anything of finite groups, or of prompts that share parameters. Source: R1 to R3 of the manual's page on
    rewards.
    """
    if out is not None:
        check_output(path, out)
    named = tuple(name for name in (*(asked or Asked()).names, correct) if name)
    table = open_table(path).reaching(named)
    columns = choose(table.names, asked or Asked())
    if not columns.reward:
        raise InputError(f"{path}: classes of answers need a reward a row: name it with --reward")
    judged = _correctness(table.names, columns, correct)
    read = samples(table, columns, judged, window)
    folder = certificates_beside(out)
    answers = solve(
        question, read.tables, jobs, keeping(folder), lambda done: progress(done, len(read.tables))
    )
    audited = _told(path, question, columns, judged, correct is None, read, answers, folder)
    if out is not None:
        table.require_unchanged()
        write_frame(out, certified(read.frame, answers, with_correct=bool(judged)))
    return audited


def _correctness(names: list[str], columns: Columns, correct: str | None) -> str:
    if correct is not None and correct not in names:
        raise InputError(f"--correct: no column {correct[:60]!r}")
    if correct is not None and correct == columns.reward:
        raise InputError(f"--correct: column {correct[:60]} is that of the reward")
    return correctness(names, columns) if correct is None else correct


def _told(
    path: Path,
    question: RewardQuestion,
    columns: Columns,
    correct: str,
    guessed: bool,
    read: Samples,
    answers: list[Answer],
    folder: Path | None,
) -> AuditedRewards:
    """Counts and means over all prompts."""
    often = Counter(read.frame["table"].to_list())
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("verdict", "change", "course", "exact")}
    for place, answer in enumerate(answers):
        for name, counter in counts.items():
            if (value := getattr(answer, name)) is not None:
                counter[value] += often[place]
    settled = [(answer, often[k]) for k, answer in enumerate(answers) if answer.reward_limit is not None]
    total = sum(count for _, count in settled)
    bad = [place for place, answer in enumerate(answers) if correct and _is_listed(answer)]
    first = read.frame.filter(pl.col("table").is_in(bad)).head(LISTED)
    listed = [
        Listed(str(name), answers[place]) for name, place in first.select(columns.prompt, "table").iter_rows()
    ]
    return AuditedRewards(
        path,
        question,
        columns,
        correct,
        bool(correct) and guessed,
        read.remarks,
        len(read.frame),
        len(answers),
        verdicts=counts["verdict"],
        changes=counts["change"],
        courses=counts["course"],
        exactly=counts["exact"],
        settled=total,
        rewards=_means([(a.reward, a.reward_limit, n) for a, n in settled], total),
        shares=_means([(a.correct, a.correct_limit, n) for a, n in settled], total) if correct else None,
        listed=tuple(listed),
        certificates=folder,
    )


def _is_listed(answer: Answer) -> bool:
    return answer.change in (LOSES, OPEN) or answer.verdict == UNDECIDED


def _means(rows: list[tuple[str | None, tuple[str, str] | None, int]], total: int) -> tuple[Fraction, ...]:
    """Before, and both ends of the limit, averaged over prompts."""
    sums = [Fraction(0)] * 3
    for before, after, count in rows:
        assert before is not None
        assert after is not None
        for k, text in enumerate((before, *after)):
            sums[k] += exact(text) * count
    return tuple(x / max(1, total) for x in sums)

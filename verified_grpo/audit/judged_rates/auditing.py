"""The audit of a table of a verifier's rates from the first row to the last: read, solve, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import polars as pl

from ...errors import InputError
from ...intervals import exact
from ...intervals.environment import in_sound_floats
from ..pass_rates.auditing import scanned
from ..pass_rates.certified import plain_counts
from ..pass_rates.columns import Asked, Columns, choose
from ..pass_rates.rates import Rate, grouped, prompts, rates_of
from ..pass_rates.rewards import Seen
from ..pass_rates.tables import WINDOW, Table, open_table
from ..pass_rates.writing import certificates_beside, check_output, keeping, require_flat, write_frame
from .columns import certified
from .question import JudgedQuestion
from .solving import IMPOSSIBLE, UNDECIDED, Answer, solve

LISTED = 8


@dataclass(frozen=True)
class Listed:
    """A prompt of which nothing is known: the verifier cannot pass at its rate, or it is undecided."""

    prompt: str
    answer: Answer


@dataclass(frozen=True)
class AuditedJudged:
    """A finished audit.

    Attributes:
        prompts, distinct: how many there are, and how many different rates they have.
        verdicts, exactly: prompts by what is proved of them, and by where the exact iteration ends.
        settled: prompts with a limit; over them ``now`` encloses the mean rate of right answers of the
            reference and ``after`` that in the limit.
        bound: of systematic errors: the mean over them of what that rate stays below (of losing: above).
        listed: the first prompts of which nothing is known.
        certificates: the folder with those of each different rate; None where none was asked for.
    """

    path: Path
    question: JudgedQuestion
    columns: Columns
    remarks: tuple[str, ...]
    prompts: int
    distinct: int
    verdicts: Counter[str] = field(default_factory=Counter)
    exactly: Counter[str] = field(default_factory=Counter)
    settled: int = 0
    now: tuple[Fraction, Fraction] | None = None
    after: tuple[Fraction, Fraction] | None = None
    bound: Fraction | None = None
    listed: tuple[Listed, ...] = ()
    certificates: Path | None = None

    @property
    def decided(self) -> bool:
        """Whether every prompt has a limit."""
        return not (self.verdicts[UNDECIDED] or self.verdicts[IMPOSSIBLE])


@in_sound_floats
def audit_judged(
    path: Path,
    question: JudgedQuestion,
    *,
    asked: Asked | None = None,
    out: Path | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    window: int = WINDOW,
) -> AuditedJudged:
    """Where small steps take the right answers of every prompt of a table of observed rates.

    Args:
        path: CSV, JSON lines or Parquet, as :func:`verified_grpo.audit.pass_rates.audit_table` reads them;
            the rates in it are those at which the verifier passed answers.
        question: variant, verifier, and what a measured rate is taken for.
        asked: the columns, where they are not to be guessed.
        out: the table with certified columns beside its own; beside it a folder of certificates. Nothing is
            written without it.
        jobs: processes; the same bytes come out, whatever it is.
        progress: told how many different rates are solved, and of how many.
        window: rows read at a time.

    Raises:
        InputError: a bad row, column or file, each named.

    Not proved: that a measured rate is that of passing (with a confidence: that its interval holds it), or
    that the verifier has these rates on every prompt. Source: R4 and R5 of the manual's page on verifiers.
    """
    if out is not None:
        check_output(path, out)
    table = open_table(path).reaching((asked or Asked()).names)
    columns, seen = choose(table.names, asked or Asked()), Seen()
    if question.clean.confidence and not columns.has_counts:
        raise InputError("an interval of confidence needs the size of each sample: name it with --n")
    if out is not None and out.suffix.lower() == ".csv" and not columns.reward:
        require_flat(table)
    scanned(table, columns, window, seen)
    frame, rates, codes = _read(table, columns, question, window)
    folder = certificates_beside(out)
    answers = solve(question, rates, jobs, keeping(folder), lambda done: progress(done, len(rates)))
    audited = _told(path, question, columns, tuple(seen.remarks), frame, codes, answers, folder)
    if out is not None:
        table.require_unchanged()
        write_frame(out, certified(frame, codes, answers))
    return audited


def _read(
    table: Table, columns: Columns, question: JudgedQuestion, window: int
) -> tuple[pl.DataFrame, list[Rate], list[int]]:
    """All rows, the different rates in the order of the table, and which of them each row has."""
    read, parts, places, codes = grouped(columns), [], dict[Rate, int](), list[int]()
    for frame in prompts(table, columns, window):
        found = rates_of(frame, read, reduced=not question.clean.confidence)
        parts.append(plain_counts(frame, read))
        codes += [places.setdefault(found.distinct[code], len(places)) for code in found.codes]
    return pl.concat(parts), list(places), codes


def _told(
    path: Path,
    question: JudgedQuestion,
    columns: Columns,
    remarks: tuple[str, ...],
    frame: pl.DataFrame,
    codes: list[int],
    answers: list[Answer],
    folder: Path | None,
) -> AuditedJudged:
    """Counts and means over all prompts."""
    often = Counter(codes)
    verdicts, exactly = Counter[str](), Counter[str]()
    for place, answer in enumerate(answers):
        verdicts[answer.verdict] += often[place]
        if answer.exact is not None:
            exactly[answer.exact] += often[place]
    settled = [(answer, often[place]) for place, answer in enumerate(answers) if answer.right is not None]
    total = sum(count for _, count in settled)
    bounds = [(answer.bound, count) for answer, count in settled]
    unknown = {k for k, answer in enumerate(answers) if answer.verdict in (UNDECIDED, IMPOSSIBLE)}
    rows = [row for row, place in enumerate(codes) if place in unknown][:LISTED]
    names = frame[columns.prompt] if columns.prompt else pl.Series(range(1, len(codes) + 1))
    return AuditedJudged(
        path,
        question,
        columns,
        remarks,
        len(codes),
        len(answers),
        verdicts,
        exactly,
        total,
        _mean([(answer.right_ref, count) for answer, count in settled], total),
        _mean([(answer.right, count) for answer, count in settled], total),
        None if not total or any(bound is None for bound, _ in bounds) else _weighted(bounds, total),
        tuple(Listed(str(names[row]), answers[codes[row]]) for row in rows),
        folder,
    )


def _mean(rows: list[tuple[tuple[str, str] | None, int]], total: int) -> tuple[Fraction, Fraction] | None:
    """Of enclosures, each so often; None of nothing."""
    if not total:
        return None
    low, high = (_weighted([(pair and pair[k], count) for pair, count in rows], total) for k in (0, 1))
    return low, high


def _weighted(rows: list[tuple[str | None, int]], total: int) -> Fraction:
    return sum((exact(text or "0") * count for text, count in rows), Fraction(0)) / total

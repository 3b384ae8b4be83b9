"""``verified-grpo check``: certificates re-checked by the independent checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from fractions import Fraction
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from ..characters import file_name, visible
from ..checker import Verdict
from ..checker.command import arithmetics
from ..checker.fuel import DEFAULT, NUMBER
from ..checker.questions import Question
from ..checker.tables import Sample, certificate_of
from ..errors import InputError
from .options import PROVED, REFUTED, UNDECIDED, UNWRITABLE, AsJson, answer, app

CODES = {"accepted": PROVED, "rejected": REFUTED, "declined": UNDECIDED}


@app.command("check")
def check_command(
    files: Annotated[list[Path], typer.Argument(help="certificates, or audited tables")],
    arithmetic: Annotated[
        str | None,
        typer.Option(
            help="of the check: arb or rational (standard library); by default the one that did not find it",
            show_default=False,
        ),
    ] = None,
    fuel: Annotated[
        str | None,
        typer.Option(help=f"what the check of a file may cost, {DEFAULT:,} by default", show_default=False),
    ] = None,
    question: Annotated[
        Path | None, typer.Option(help="accept only what answers the question in this file")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="beta=B,p_ref=P: what an accepted atlas or curve says there")
    ] = None,
    proved: Annotated[
        bool,
        typer.Option("--proved", help="by the checker that is proved in Coq, built when first asked for"),
    ] = False,
    rows: Annotated[int | None, typer.Option(help="of a table: check only so many rows", min=1)] = None,
    seed: Annotated[int | None, typer.Option(help="by which the rows are drawn, 0 by default", min=0)] = None,
    as_json: AsJson = False,
) -> int:
    """Re-check certificates with the independent checker, which prints the statement it checked.

    With --proved another program checks, extracted from Coq with the proof that what it accepts holds. It
    knows some kinds only, and what it does not accept is not refuted. Of a table in CSV, it proves rows.

    A table that audit --pass-rates wrote is checked row by row against the certificate beside it.

    Example:

    verified-grpo check reports/certificates/contraction-proved.json

    verified-grpo check atlases/eps-1e-5.json --at beta=5,p_ref=0.001
    """
    from ..checker import ARITHMETICS
    from ..checker.requests import Request, unreadable, worst

    if proved:
        if (arithmetic, fuel, question, at, rows, seed) != (None,) * 6:
            raise InputError("--proved has an arithmetic and limits of its own, and answers no question")
        return _by_proved(files, as_json)
    if arithmetic not in (None, *ARITHMETICS):
        raise InputError(f"no arithmetic {arithmetic!r}: {' or '.join(ARITHMETICS)}")
    if fuel is not None and not NUMBER.fullmatch(fuel):
        raise InputError(
            f"no amount of fuel: {fuel!r}; a whole number above 0 is expected, as in 1000000000000"
        )
    amount = DEFAULT if fuel is None else int(fuel)
    request = Request(arithmetic, amount, *_asked(question, at), _sample(files, rows, seed), _parquet)
    verdicts = [(path, request.verdict(path)) for path in files]
    told = [(path, verdict, request.lines(verdict)) for path, verdict in verdicts]
    payload = {"files": [{**verdict.as_json(str(path)), "at": there} for path, verdict, there in told]}
    answer(payload, check_text(told), as_json)
    found = [verdict for _, verdict in verdicts]
    return UNWRITABLE if unreadable(found) else CODES[worst(found).value]


def _by_proved(files: Sequence[Path], as_json: bool) -> int:
    """The answers of the program that is proved; 0 where it accepts all files."""
    from ..export import proved, proved_rows

    tables = {path: table for path in files if (table := proved_rows.table_of(path))}
    certificates = proved.check_all([path for path in files if path not in tables])
    answers = [
        (path, proved_rows.check_rows(tables[path]) if path in tables else next(certificates))
        for path in files
    ]
    lines = []
    for path, told in answers:
        lines.append(f"{file_name(path)}: {told.outcome} ({visible(told.message)})")
        if told.statement is not None:
            lines += [f"  {visible(line)}" for line in dumps(told.statement, indent=1).splitlines()]
    payload = {"files": [{"file": str(path), **asdict(told)} for path, told in answers]}
    answer(payload, "\n".join(lines), as_json)
    return PROVED if all(told.outcome == "proved" for _, told in answers) else UNDECIDED


def _asked(question: Path | None, at: str | None) -> tuple[Question | None, dict[str, Fraction] | None]:
    """The question and the point, read by the checker."""
    from ..checker.check import read_file
    from ..checker.diagnostics import Fault
    from ..checker.places import read_point

    try:
        asked = None if question is None else Question.read(read_file(question))
        return asked, None if at is None else read_point(at)
    except Fault as fault:
        raise InputError(str(fault)) from None


def _sample(files: Iterable[Path], rows: int | None, seed: int | None) -> Sample | None:
    if rows is None:
        if seed is not None:
            raise InputError("--seed goes with --rows")
        return None
    if not any(certificate_of(path) for path in files):
        raise InputError("--rows is about tables, and none is named")
    return Sample(rows, seed or 0)


def _parquet(path: str) -> Iterator[Sequence[object]]:
    """The rows of a table that the checker cannot read by itself."""
    from ..audit.pass_rates.sealing import cells_of

    return cells_of(Path(path))


def check_text(verdicts: Iterable[tuple[Path, Verdict, Sequence[str]]]) -> str:
    """Outcome, reason and the statement as the checker understood it."""
    parts = []
    for path, verdict, there in verdicts:
        parts.append(
            f"{file_name(path)}: {verdict.outcome.value} ({visible(verdict.message)}){arithmetics(verdict)}"
        )
        if verdict.statement_text:
            parts.append(f"  Statement ({verdict.standing}):")
            parts.append("  " + verdict.statement_text.replace("\n", "\n  "))
            parts.append(f"  Claim: {verdict.claim_digest}")
        parts += [f"  {line}" for line in there]
    return "\n".join(parts)

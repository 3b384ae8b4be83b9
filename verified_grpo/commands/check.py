"""``verified-grpo check``: certificates re-checked by the independent checker."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ..characters import file_name, visible
from ..checker import Verdict
from ..checker.command import arithmetics
from ..checker.fuel import DEFAULT, NUMBER
from ..errors import InputError
from .options import PROVED, REFUTED, UNDECIDED, AsJson, answer, app


@app.command("check")
def check_command(
    files: Annotated[list[Path], typer.Argument(help="certificates")],
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
    as_json: AsJson = False,
) -> int:
    """Re-check certificates with the independent checker, which prints the statement it checked.

    Example:

    verified-grpo check reports/certificates/contraction-proved.json
    """
    from ..checker import ARITHMETICS, Outcome, check_file

    if arithmetic not in (None, *ARITHMETICS):
        raise InputError(f"no arithmetic {arithmetic!r}: {' or '.join(ARITHMETICS)}")
    if fuel is not None and not NUMBER.fullmatch(fuel):
        raise InputError(
            f"no amount of fuel: {fuel!r}; a whole number above 0 is expected, as in 1000000000000"
        )
    amount = DEFAULT if fuel is None else int(fuel)
    verdicts = [(path, check_file(path, arithmetic, fuel=amount)) for path in files]
    payload = {"files": [verdict.as_json(str(path)) for path, verdict in verdicts]}
    answer(payload, check_text(verdicts), as_json)
    outcomes = {v.outcome for _, v in verdicts}
    if Outcome.REJECTED in outcomes:
        return REFUTED
    return UNDECIDED if Outcome.DECLINED in outcomes else PROVED


def check_text(verdicts: Iterable[tuple[Path, Verdict]]) -> str:
    """Outcome, reason and the statement as the checker understood it."""
    parts = []
    for path, verdict in verdicts:
        parts.append(
            f"{file_name(path)}: {verdict.outcome.value} ({visible(verdict.message)}){arithmetics(verdict)}"
        )
        if verdict.statement_text:
            parts.append(f"  Statement ({verdict.standing}):")
            parts.append("  " + verdict.statement_text.replace("\n", "\n  "))
            parts.append(f"  Claim: {verdict.claim_digest}")
    return "\n".join(parts)

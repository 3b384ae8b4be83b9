"""``verified-grpo check``: certificates re-checked by the independent checker."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from ..checker import Verdict
from ..errors import InputError
from .options import PROVED, REFUTED, UNDECIDED, AsJson, answer, app


@app.command("check")
def check_command(
    files: Annotated[list[Path], typer.Argument(help="certificates")],
    arithmetic: Annotated[str, typer.Option(help="of the check: arb or rational (standard library)")] = "arb",
    as_json: AsJson = False,
) -> int:
    """Re-check certificates with the independent checker, which prints the statement it checked.

    Example:

    verified-grpo check reports/certificates/contraction-proved.json
    """
    from ..checker import ARITHMETICS, Outcome, check_file

    if arithmetic not in ARITHMETICS:
        raise InputError(f"no arithmetic {arithmetic!r}: {' or '.join(ARITHMETICS)}")
    verdicts = [(path, check_file(path, arithmetic)) for path in files]
    payload = {
        "files": [
            {"file": str(path), "outcome": v.outcome.value, "code": v.code.value, "message": v.message}
            for path, v in verdicts
        ]
    }
    answer(payload, check_text(verdicts), as_json)
    outcomes = {v.outcome for _, v in verdicts}
    if Outcome.REJECTED in outcomes:
        return REFUTED
    return UNDECIDED if Outcome.DECLINED in outcomes else PROVED


def check_text(verdicts: Iterable[tuple[Path, Verdict]]) -> str:
    """Outcome, reason and the statement as the checker understood it."""
    parts = []
    for path, verdict in verdicts:
        parts.append(f"{path}: {verdict.outcome.value} ({verdict.message})")
        if verdict.statement_text:
            parts.append("  " + verdict.statement_text.replace("\n", "\n  "))
    return "\n".join(parts)

"""All cycles of a period, as ``limit --period`` lists them."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group
from rich.table import Table

from ..errors import InputError
from ..intervals import decimal_down, decimal_up
from ..model import Contrast
from ..rigor import Cycles, UndecidedCycles
from .options import PROVED, UNDECIDED, answer, write_certificate
from .shown import bracket, number_table, shortened
from .steps import Asked

LISTED = 8
"""The longest period that is listed: the work grows like 2 to the period."""
SHOWN_DIGITS = 12


def list_cycles(
    contrast: Contrast, asked: Asked, period: int, engine: str, out: Path | None, as_json: bool
) -> int:
    """Print all cycles of exactly this period under the updates asked about, write their certificate; the
    exit code."""
    from ..certificates import cycles_certificate
    from ..certificates.chaos_builders import cycles_payload
    from ..rigor import cycles

    if not 1 <= period <= LISTED:
        raise InputError(f"--period must be from 1 to {LISTED}, not {period}")
    found = cycles(contrast, asked.recursion, period, engine=engine)
    if out is not None and not isinstance(found, UndecidedCycles):
        write_certificate(out, cycles_certificate(found))
    answer(asked.mark(cycles_payload(found)), Group(asked.heading, cycles_text(found)), as_json, out=out)
    return UNDECIDED if isinstance(found, UndecidedCycles) else PROVED


def cycles_text(found: Cycles | UndecidedCycles) -> str | Table:
    """A table of the points in the order in which T visits them; each line of a cell is an end."""
    if isinstance(found, UndecidedCycles):
        where = "" if found.bracket is None else f": L in {bracket(*found.bracket)}"
        return f"undecided: {found.reason}{where}"
    plural = "cycle" if len(found.cycles) == 1 else "cycles"
    title = f"proved: exactly {len(found.cycles)} {plural} of period {found.period}"
    if not found.cycles:
        return title
    table = number_table(title)
    for name in ("cycle", "log-odds L", "p", "multiplier", "kind"):
        table.add_column(name, no_wrap=True)
    for number, cycle in enumerate(found.cycles, 1):
        for k, point in enumerate(cycle.points):
            logit = decimal_down(point.logit[0], SHOWN_DIGITS), decimal_up(point.logit[1], SHOWN_DIGITS)
            last = (shortened(cycle.multiplier), cycle.stability) if k == 0 else (("", ""), "")
            cells = ("\n".join(pair) for pair in (logit, shortened(point.p), last[0]))
            table.add_row("" if k else str(number), *cells, last[1])
    return table

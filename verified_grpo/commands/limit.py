"""``verified-grpo limit``: what the sequence does in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group

from ..errors import InputError
from ..rigor.sequences.outcomes import ByAlpha
from .cycles import list_cycles
from .fixed_points import fixed_points_json, fixed_points_text
from .limit_words import limit_text
from .options import (
    PROVED,
    UNDECIDED,
    Alpha,
    AsJson,
    Beta,
    ContrastName,
    Ddof,
    EngineName,
    Eps,
    GroupSize,
    PRef,
    answer,
    app,
    output_file,
    sibling,
    write_certificate,
)


@app.command("limit")
def limit_command(
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = "mean-var",
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    start: Annotated[str | None, typer.Option("--start", help="p_0 in (0, 1), if not p_ref")] = None,
    period: Annotated[
        int | None, typer.Option("--period", help="list all cycles of this period instead, 1 to 8")
    ] = None,
    engine: EngineName = "arb",
    out: Annotated[
        Path | None, output_file("--out", "write the certificate to this file, and others beside it")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What the sequence from p_ref (or another start) does in the end, and the fixed points beside it.

    With --period, all cycles of that period instead, whichever of them the sequence sees.

    A range of alpha from 0 upwards has an answer for each of its parts: at 0 p rises to 1.

    Example:

    verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from ..answers.limits import is_proved, limit, limit_certificates, limit_json
    from ..model import Contrast, Parameters
    from ..rigor import fixed_points

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast(contrast, group_size, ddof)
    if period is not None:
        if start is not None:
            raise InputError("--period lists the cycles of the map: it has no use for --start")
        return list_cycles(chosen, box, period, engine, out, as_json)
    found = limit(chosen, box, start=start, engine=engine)
    beside = fixed_points(chosen, box, engine=engine)
    text: Any = limit_text(found)
    if not isinstance(found, ByAlpha):
        text = Group(text, "", fixed_points_text(beside))
    if out is not None:
        for ending, certificate in limit_certificates(found, beside).items():
            write_certificate(sibling(out, ending), certificate)
    answer({**limit_json(found), "all_fixed_points": fixed_points_json(beside)}, text, as_json, out=out)
    return PROVED if is_proved(found) else UNDECIDED

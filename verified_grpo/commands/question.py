"""``verified-grpo question``: the statement that a command is asked for, written down without any search."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.main

from ..errors import InputError
from . import NAMES, load
from .options import PROVED, app, remark

FOREIGN = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command("question", context_settings=FOREIGN)
def question_command(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="fixed-points, limit, audit, atlas, curves or chaos")],
) -> int:
    """Write down what a command with its options asks, without answering it.

    A certificate is held against it by check --question. With --out FILE it goes there, else it is printed.

    Example:

    verified-grpo question limit --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from ..answers.questions import asked, question_bytes
    from ..model import Contrast, Parameters
    from ..work.files import write_bytes

    options, given = _options(context, command)
    kind, goals = asked(command, options, given)
    missing = [f"--{name.replace('_', '-')}" for name in ("beta", "eps", "p_ref") if options[name] is None]
    if missing:
        raise InputError(f"a question needs {', '.join(missing)}: a number or a range LO:HI")
    box = Parameters.of(
        beta=options["beta"], eps=options["eps"], p_ref=options["p_ref"], alpha=options["alpha"] or "1"
    )
    contrast = Contrast.asked(*(options[name] for name in ("contrast", "group_size", "ddof", "omega")))
    written = question_bytes(kind, contrast, box, goals)
    out: Path | None = options["out"]
    if out is None:
        sys.stdout.write(written.decode("ascii"))
    else:
        write_bytes(out, written)
        remark(f"question written to {out}")
    return PROVED


def _options(context: typer.Context, command: str) -> tuple[Mapping[str, Any], list[str]]:
    """The options as the command itself reads them, and the names of those that were typed; the command is
    not run."""
    load([name for name in NAMES if name == command])
    group: Any = typer.main.get_command(app)
    target = group.get_command(context, command)
    if target is None:
        raise InputError(f"no such command {command!r}")
    made = target.make_context(command, list(context.args))
    given = [name for name in made.params if made.get_parameter_source(name).name == "COMMANDLINE"]
    return made.params, given

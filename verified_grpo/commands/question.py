"""``verified-grpo question``: the statement that a command is asked for, written down without any search."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InputError
from . import NAMES, application, load
from .options import PROVED, app, remark, typed_options

FOREIGN = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command("question", context_settings=FOREIGN)
def question_command(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="fixed-points, limit, audit, atlas, curves or chaos")],
    kind: Annotated[
        str | None, typer.Option("--kind", help="small-steps: of limit's two answers, that on small steps")
    ] = None,
) -> int:
    """Write down what a command with its options asks, without answering it.

    A certificate is held against it by check --question. With --out FILE it goes there, else it is printed.
    Of limit: with --reach the count of updates, with --step-size those updates, with --kind small-steps any
    steps (up to --step-size), else the exact iteration.

    Example:

    verified-grpo question limit --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from ..answers.judged import Judged
    from ..answers.questions import asked, question_bytes
    from ..model import Contrast
    from ..work.files import write_bytes
    from .steps import Asked

    options, given = _options(context, command)
    if options.get("classes") is not None:
        raise InputError(
            "no question is written down about --classes: the certificate's statement says all of it"
        )
    needed = [name for name in ("beta", "eps", "p_ref") if options.get(name, "") is None]
    missing = [f"--{name.replace('_', '-')}" for name in needed]
    if missing:
        raise InputError(f"a question needs {', '.join(missing)}: a number or a range LO:HI")
    if kind not in (None, "small-steps"):
        raise InputError("--kind is small-steps, or left out")
    options = {**options, "alpha": options.get("alpha") or "1", "kind": kind}
    asked_for, goals = asked(command, options, [*given, *(["kind"] if kind else [])])
    judged = Judged.read(
        options.get("true_positive"),
        options.get("false_positive"),
        options.get("errors"),
        options["p_ref"],
        observed=bool(options.get("observed_rate")),
    )
    numbers = {name: options[name] for name in ("beta", "eps", "alpha")}
    numbers["p_ref"] = judged.p_ref(options["p_ref"])
    about = Asked.read(options.get("step_size"), options.get("inner_steps"), **numbers)
    box = about.box if asked_for == "small-steps" else about.recursion
    contrast = Contrast.asked(*(options[name] for name in ("contrast", "group_size", "ddof", "omega")))
    written = question_bytes(asked_for, judged.contrast(contrast), box, goals)
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
    target = application().get_command(context, command)
    if target is None:
        raise InputError(f"no such command {command!r}")
    made = target.make_context(command, list(context.args))
    return made.params, typed_options(made)

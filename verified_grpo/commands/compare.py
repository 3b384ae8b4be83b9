"""``verified-grpo compare``: two training configurations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group

from ..audit.assumed import ASSUMED
from ..audit.targets import written
from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact
from .options import PROVED, UNDECIDED, AsJson, answer, app
from .shown import number_table, shortened, wrapped
from .steps import InnerSteps, StepSize, read_update

if TYPE_CHECKING:
    from rich.table import Table

    from ..audit.configurations import Configuration
    from ..audit.configurations.arrival import Arrival
    from ..audit.configurations.comparison import At, Comparison
    from ..certificates.outputs.comparisons import CompareAnswer, ComparedPoint, ComparedSide

P_REFS = "0.01,0.1,0.3,0.5,0.9"
SHOWN = 4


@app.command("compare")
def compare_command(
    first: Annotated[Path, typer.Argument(help="a training configuration")],
    second: Annotated[Path | None, typer.Argument(help="another one; the same at --beta if left out")] = None,
    beta: Annotated[
        str | None, typer.Option("--beta", help="of one configuration: compare it with this KL weight")
    ] = None,
    p_ref: Annotated[
        str, typer.Option("--p-ref", help="success rates of the reference, with commas between")
    ] = P_REFS,
    target: Annotated[
        str, typer.Option("--target", help="success rate until which steps are counted")
    ] = "0.5",
    step_size: StepSize = None,
    inner_steps: InnerSteps = None,
    framework: Annotated[
        str | None, typer.Option("--framework", help="of both files, if not to be detected")
    ] = None,
    framework_version: Annotated[
        str | None, typer.Option("--framework-version", help="of both, if not the newest that is known")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Two configurations side by side: where small steps lead prompts under each, what differs, and why.

    Each difference, of advantage, KL weight and KL, is also tried alone: the first configuration with that
    of the second. The exit code says whether both have an answer for every p_ref.

    Example:

    verified-grpo compare examples/configurations/trl.yaml --beta 1
    """
    from ..audit.configurations import read_configuration
    from ..audit.configurations.comparison import compare

    if (second is None) == (beta is None):
        raise InputError("compare two configurations, or one at another --beta")
    read = read_configuration(first, framework, framework_version)
    other = (
        read.at(exact(beta)) if beta else read_configuration(second or first, framework, framework_version)
    )
    p_refs = [exact(word) for word in p_ref.split(",")]
    update = read_update(step_size, inner_steps)
    found = compare(read, other, p_refs, target=exact(target), update=update)
    names = (first.name, second.name if second else f"{first.name} at beta {canonical(other.beta)}")
    answer(compare_json(found, names, step_size), compare_text(found, names, step_size), as_json)
    return PROVED if found.verdict == "proved" else UNDECIDED


def compare_json(found: Comparison, names: tuple[str, str], size: str | None = None) -> CompareAnswer:
    """The answer of ``compare``."""
    sides = [
        _side(configuration, name, points, arrivals)
        for configuration, name, points, arrivals in zip(
            found.configurations, names, found.points, found.arrivals, strict=True
        )
    ]
    return {
        "verdict": found.verdict,
        "answer": found.sentence,
        "p_ref": [canonical(p) for p in found.p_refs],
        "target": canonical(found.target),
        "step_size": None if size is None else canonical(exact(size)),
        "higher": list(found.order),
        "sides": sides,
        "keys": [{"key": key, "first": a, "second": b} for key, a, b in found.keys],
        "differences": [
            {
                "what": difference.what,
                "first": difference.first,
                "second": difference.second,
                "alone": [_point(at) for at in difference.alone],
            }
            for difference in found.differences
        ],
        "assumed": list(ASSUMED),
    }


def _side(
    configuration: Configuration, name: str, points: Sequence[At], arrivals: Sequence[Arrival]
) -> ComparedSide:
    from ..certificates import builders

    contrast = configuration.contrast
    return {
        "file": name,
        "framework": configuration.framework,
        "framework_version": configuration.version,
        "variant": None if contrast is None else builders.variant(contrast),
        "contrast_scale": canonical(configuration.unit),
        "weight": canonical(configuration.beta),
        "eps": canonical(configuration.eps),
        "regulariser": configuration.regulariser,
        "refusals": list(configuration.refusals),
        "unknown": list(configuration.unknown),
        "assumptions": list(configuration.assumptions),
        "not_covered": list(configuration.not_covered),
        "points": [_point(at) for at in points],
        "arrivals": [one.json for one in arrivals],
    }


def _point(at: At) -> ComparedPoint:
    return {
        "p_ref": canonical(at.p_ref),
        "small_steps": None if at.stepping is None else at.stepping.json,
        "reason": at.reason,
    }


def compare_text(found: Comparison, names: tuple[str, str], size: str | None = None) -> Group:
    """The comparison for a terminal."""
    from ..audit.configurations.words import other_keys
    from .audit_configuration import asked

    lines = [wrapped(f"{found.verdict}: {found.sentence}"), *ASSUMED, ""]
    for word, name, configuration in zip(("first", "second"), names, found.configurations, strict=True):
        lines.append(wrapped(f"{name}: {asked(configuration)}", f"{word:<7} "))
        lines += [
            wrapped(line, "        ") for line in other_keys(configuration)[:1] if configuration.unknown
        ]
    lines += ["", "Where small steps end, and how large they may be:"]
    below = [""]
    for reason in dict.fromkeys(at.reason for side in found.points for at in side if at.reason):
        below.append(wrapped(f"no answer: {reason}", "  "))
    if found.keys:
        below.append("Settings that differ:")
        below += [wrapped(f"{key}: {a} | {b}", "  ") for key, a, b in found.keys]
    if found.differences:
        below.append("What each difference does alone (the first, with that of the second):")
    for difference in found.differences:
        ends = ", ".join(f"{canonical(at.p_ref)}: {_end(at)}" for at in difference.alone)
        below.append(wrapped(f"{difference.what}, {difference.first} | {difference.second}: p* {ends}", "  "))
    until: list[Any] = ["", _heading(found, size), _arrivals(found)]
    reasons = dict.fromkeys(one.reason for side in found.arrivals for one in side if one.reason)
    until += [wrapped(f"not known: {reason}", "  ") for reason in reasons]
    return Group(*lines, _table(found), *until, *below)


def _heading(found: Comparison, size: str | None) -> str:
    what = "the sum of the steps' sizes" if size is None else f"updates of size {size}"
    return f"Until p = {written(found.target)}, {what}:"


def _arrivals(found: Comparison) -> Table:
    table = number_table()
    for name in ("p_ref", "first", "second"):
        table.add_column(name, no_wrap=True)
    for p, a, b in zip(found.p_refs, *found.arrivals, strict=True):
        table.add_row(canonical(p), _when(a), _when(b))
    return table


def _when(one: Arrival) -> str:
    """The time rounded up, or the least and the most updates."""
    if one.never:
        return "never"
    if one.time is not None:
        return decimal_up(one.time[1], SHOWN)
    if one.updates is None:
        return "-"
    least, most = one.updates
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _table(found: Comparison) -> Table:
    table = number_table()
    for name in ("p_ref", "p* first", "p* second", "higher", "largest step", "second's"):
        table.add_column(name, no_wrap=True)
    for p, a, b, higher in zip(found.p_refs, *found.points, found.order, strict=True):
        table.add_row(canonical(p), _end(a), _end(b), higher, _step(a), _step(b))
    return table


def _end(at: At) -> str:
    """Where it ends, rounded down."""
    if at.stepping is None or at.verdict != "proved":
        return "-"
    limit = at.stepping.limit
    if limit is None:
        return "1"
    low, high = shortened((limit.p[0], limit.p[1]))
    return low if low == high else f"{decimal_down(exact(low), SHOWN)}.."


def _step(at: At) -> str:
    """The largest small step, rounded down, in the file's units."""
    if at.stepping is None or at.verdict != "proved":
        return "-"
    step = at.stepping.largest_step
    return "any" if step is None else decimal_down(step, SHOWN)

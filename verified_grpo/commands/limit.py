"""``verified-grpo limit``: what the sequence does in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group

from ..certificates.limit_builders import limit_command_payload
from ..errors import InputError
from ..rigor import FixedPoints, Limit, UndecidedFixedPoints
from .cycles import list_cycles
from .fixed_points import fixed_points_json, fixed_points_text
from .limit_boxes import PavedLimit, paved_limit
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
    remark,
)
from .shown import shortened

VERDICTS = {
    "rises": "rises to the least fixed point above it",
    "falls": "falls to the greatest fixed point below it",
    "fixed-point": "tends to a fixed point",
    "cycle": "is caught by an attracting cycle",
    "settles": "tends to a fixed point, which one may depend on the parameters (closed form)",
    "rises-to-one": "rises without end: p tends to 1 (alpha = 0)",
}
RISES_BY_CLOSED_FORM = "rises in every step, to the least fixed point (closed form)"


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
    out: Annotated[Path | None, typer.Option("--out", help="write the certificate to this file")] = None,
    as_json: AsJson = False,
) -> int:
    """What the sequence from p_ref (or another start) does in the end, and the fixed points beside it; with
    --period, all cycles of that period instead, whichever of them the sequence sees.

    Example:

    verified-grpo limit --beta 5 --eps 1e-5 --p-ref 0.001
    """
    from ..certificates import limit_certificate
    from ..certificates.canonical import write
    from ..model import Contrast, Parameters
    from ..rigor import UndecidedLimit, fixed_points, limit

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast(contrast, group_size, ddof)
    if period is not None:
        if start is not None:
            raise InputError("--period lists the cycles of the map: it has no use for --start")
        return list_cycles(chosen, box, period, engine, out, as_json)
    outcome = limit(chosen, box, start=start, engine=engine)
    beside = fixed_points(chosen, box, engine=engine)
    paved = paved_limit(chosen, box) if isinstance(outcome, UndecidedLimit) and start is None else None
    if paved is not None:
        answer(paved_json(outcome, beside, paved), paved_text(beside, paved), as_json)
        if out is not None:
            write(out, paved.certificate)
            remark(f"certificate written to {out}")
        return PROVED
    answer(limit_json(outcome, beside), limit_text(outcome, beside), as_json)
    if isinstance(outcome, UndecidedLimit):
        return UNDECIDED
    if out is not None:
        write(out, limit_certificate(outcome))
        remark(f"certificate written to {out}")
    return PROVED


def paved_json(
    outcome: Limit, beside: FixedPoints | UndecidedFixedPoints, paved: PavedLimit
) -> dict[str, Any]:
    """The answer where an atlas of the box gave it."""
    payload = limit_command_payload(outcome)
    del payload["reason"]
    payload |= {"verdict": "paved", "period": paved.period, "cells": paved.cells}
    return {**payload, "all_fixed_points": fixed_points_json(beside)}


def paved_text(beside: FixedPoints | UndecidedFixedPoints, paved: PavedLimit) -> Group:
    """The same for a person."""
    what = "a fixed point" if paved.period == 1 else f"a cycle of exactly {paved.period} points"
    cells = "1 cell" if paved.cells == 1 else f"{paved.cells} cells"
    head = f"proved: for all parameters of the box the sequence tends to {what} (an atlas of {cells})"
    return Group(head, "", fixed_points_text(beside))


def limit_json(outcome: Limit, beside: FixedPoints | UndecidedFixedPoints) -> dict[str, Any]:
    """The answer of ``limit``, with all the fixed points, also those that the sequence misses."""
    return {**limit_command_payload(outcome), "all_fixed_points": fixed_points_json(beside)}


def limit_text(outcome: Limit, beside: FixedPoints | UndecidedFixedPoints) -> Group:
    """The verdict, the points it tends to, rate and basin, then the table of fixed points."""
    payload = limit_command_payload(outcome)
    if payload["verdict"] == "undecided":
        head = f"undecided: {payload['reason']}"
    else:
        rises = payload.get("manner") == "rises"
        words = RISES_BY_CLOSED_FORM if rises else VERDICTS[payload["verdict"]]
        head = f"proved: the sequence {words}"
    lines = [head, *_limit_lines(payload)]
    if "attraction" in payload:
        lines += ["and from a step on at a rate:", *_limit_lines(payload["attraction"])]
    return Group("\n".join(lines), "", fixed_points_text(beside))


def _limit_lines(payload: dict[str, Any]) -> list[str]:
    """Period, points with their basins, and rate: what a verdict has of them."""
    lines = []
    if payload.get("period", 1) > 1:
        lines.append(f"  period {payload['period']}")
    for point in payload.get("points", []):
        low, high = shortened((point["p"][0], point["p"][1]))
        basin = f", basin L in [{', '.join(point['basin'])}]" if "basin" in point else ""
        lines.append(f"  p in [{low}, {high}]{basin}")
    for key, words in (("gain", "each step at least"), ("step", "from step"), ("rate", "rate at most")):
        if key in payload:
            lines.append(f"  {words} {payload[key]}")
    return lines

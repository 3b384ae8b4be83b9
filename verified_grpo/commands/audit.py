"""``verified-grpo audit``: a property over a box of parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from ..certificates import builders
from ..intervals import canonical
from ..rigor import Outcome, Proved, Refuted
from .options import (
    PROVED,
    REFUTED,
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
    errors,
)


@app.command("audit")
def audit_command(
    prop: Annotated[str, typer.Option("--property", help="amplification, contraction or uniqueness")],
    beta: Beta,
    eps: Eps,
    p_ref: PRef,
    alpha: Alpha = "1",
    contrast: ContrastName = "mean-var",
    group_size: GroupSize = 0,
    ddof: Ddof = 0,
    rate: Annotated[str | None, typer.Option("--rate", help="contraction at this rate, in (0, 1)")] = None,
    engine: EngineName = "arb",
    out: Annotated[Path | None, typer.Option("--out", help="write the certificate to this file")] = None,
    as_json: AsJson = False,
) -> int:
    """A property of every fixed point for every parameter of a box: proved, refuted with a witness, or
    undecided.

    Example: verified-grpo audit --property contraction --beta 61:100 --eps 1e-5:1e-4 --p-ref 0.001:0.9999
    """
    from ..certificates import region_certificate
    from ..certificates.canonical import write
    from ..intervals import exact
    from ..model import Contrast, Parameters
    from ..rigor import Undecided, certify

    box = Parameters.of(beta=beta, eps=eps, p_ref=p_ref, alpha=alpha)
    chosen = Contrast(contrast, group_size, ddof)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(f"{prop}: paving", total=1.0)
        outcome = certify(
            prop,
            chosen,
            box,
            rate=None if rate is None else exact(rate),
            engine=engine,
            progress=lambda _, done: bar.update(task, completed=done),
        )
    answer(region_json(outcome), region_text(outcome), as_json)
    if isinstance(outcome, Undecided):
        return UNDECIDED
    if out is not None:
        write(out, region_certificate(outcome, engine))
        errors.print(f"certificate written to {out}", soft_wrap=True)
    return PROVED if outcome.verdict == "proved" else REFUTED


def region_json(outcome: Outcome) -> dict[str, Any]:
    """The answer of ``audit --property``."""
    question = outcome.question
    payload: dict[str, Any] = {
        "property": question.property,
        "variant": builders.variant(question.contrast),
        "parameters": builders.parameters(question.parameters),
        "verdict": outcome.verdict,
    }
    if isinstance(outcome, Proved):
        payload["method"] = "closed form" if not hasattr(outcome.evidence, "nodes") else "paving"
        if outcome.margin is not None:
            payload["margin"] = canonical(outcome.margin)
    elif isinstance(outcome, Refuted):
        payload["witness"] = builders.point(outcome.point)
        payload["brackets"] = [[canonical(x) for x in bracket] for bracket in outcome.brackets]
    else:
        payload["reason"] = outcome.reason
        payload["undecided_fraction"] = outcome.fraction
        payload["boxes"] = [
            {axis: [canonical(low), canonical(high)] for axis, low, high in part} for part in outcome.boxes
        ]
    return payload


def region_text(outcome: Outcome) -> str:
    """One or two lines."""
    name = outcome.question.property
    if isinstance(outcome, Proved):
        margin = "" if outcome.margin is None else f": logit p* - logit p_ref >= {canonical(outcome.margin)}"
        return f"proved: {name}{margin}"
    if isinstance(outcome, Refuted):
        at = ", ".join(f"{key} {value}" for key, value in builders.point(outcome.point).items())
        where = "; ".join(f"[{float(low):.12g}, {float(high):.12g}]" for low, high in outcome.brackets)
        return f"refuted: {name} fails at {at}\n  fixed point at log-odds {where}"
    return f"undecided: {outcome.reason} ({outcome.fraction:.2%} of the search)"

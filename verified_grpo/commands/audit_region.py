"""``verified-grpo audit --property``: a property over a box of parameters."""

from __future__ import annotations

from typing import Any

from rich.progress import Progress

from ..certificates import builders
from ..errors import InputError
from ..intervals import canonical, exact
from ..rigor import PROPERTIES, Outcome, Proved, Refuted, Undecided, certify
from .audit_options import AuditOptions
from .options import PROVED, REFUTED, UNDECIDED, answer, errors


def audit_region(options: AuditOptions) -> int:
    """Prove, refute or leave undecided; the exit code says which."""
    from ..certificates import region_certificate
    from ..certificates.canonical import write

    if options.prop is None:
        raise InputError(
            f"audit needs --property ({', '.join(PROPERTIES)}) and ranges, --config FILE or --pass-rates FILE"
        )
    box, engine = options.box(), options.engine or "arb"
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(f"{options.prop}: paving", total=1.0)
        outcome = certify(
            options.prop,
            options.chosen_contrast(),
            box,
            rate=None if options.rate is None else exact(options.rate),
            engine=engine,
            progress=lambda _, done: bar.update(task, completed=done),
        )
    answer(region_json(outcome), region_text(outcome), options.as_json)
    if isinstance(outcome, Undecided):
        return UNDECIDED
    if options.out is not None:
        write(options.out, region_certificate(outcome, engine))
        errors.print(f"certificate written to {options.out}", soft_wrap=True)
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

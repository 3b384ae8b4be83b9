"""When the flow of infinitely small steps is at a target, as ``limit --reach --flow`` answers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ..certificates import builders
from ..certificates.flow import flow_certificate, flow_payload
from ..intervals import canonical, decimal_down, decimal_up
from ..model import Contrast
from ..model.steps import StepParameters
from ..rigor.sequences.flow import FlowTime, UndecidedFlow, flow_time
from .options import PROVED, UNDECIDED, answer, write_certificate
from .shown import shown_between, wrapped

DIGITS = 8


class Metric(StrEnum):
    """In which metric the flow goes."""

    NATURAL = "1"
    PLAIN = "p(1-p)"


HEADINGS = {
    "1": "the flow of infinitely small steps of natural gradient (dL/dt = F):",
    "p(1-p)": "the flow of the plain gradient of one logit (dL/dt = p (1-p) F):",
}


def time_flow(
    contrast: Contrast,
    box: StepParameters,
    reach: str,
    metric: Metric,
    engine: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """Print the time, write the certificate; the exit code."""
    found = flow_time(contrast, box, reach, metric.value, engine=engine)
    proved = isinstance(found, FlowTime)
    head = {"variant": builders.variant(contrast), "parameters": builders.parameters(box), "start": "p_ref"}
    payload = {**head, "verdict": "proved" if proved else "undecided", "flow": flow_payload(found)}
    if out is not None and proved:
        write_certificate(out, flow_certificate(found))
    lines = [HEADINGS[metric.value], wrapped(flow_words(found))]
    if isinstance(found, FlowTime) and found.plateau is not None:
        where = shown_between(found.plateau)
        lines.append(wrapped(f"a plateau: at least half of this time it is {where}"))
    answer(payload, "\n".join(lines), as_json, out=out)
    return PROVED if proved else UNDECIDED


def flow_words(found: FlowTime | UndecidedFlow) -> str:
    """The time in words."""
    reach = canonical(found.reach)
    if isinstance(found, UndecidedFlow):
        return f"undecided: {found.reason}"
    if found.time is None:
        return f"proved: p never reaches {reach}: the flow stays below it for ever"
    if not found.time[1]:
        return f"proved: p is at {reach} or above at once"
    low, high = found.time
    return f"proved: p reaches {reach} at a time in [{decimal_down(low, DIGITS)}, {decimal_up(high, DIGITS)}]"

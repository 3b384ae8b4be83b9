"""What the command line prints: outcomes as JSON objects and as text for a person (80 columns)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Group
from rich.table import Table

from .campaign import Result
from .certificates import builders
from .certificates.limit_builders import limit_command_payload
from .checker import Verdict
from .intervals import canonical, decimal_down, decimal_up, exact
from .rigor import FixedPoints, Limit, Outcome, Proved, Refuted, UndecidedFixedPoints

SHOWN_DIGITS = 15


def fixed_points_json(found: FixedPoints | UndecidedFixedPoints) -> dict[str, Any]:
    """The answer of ``fixed-points``: count and enclosures, or undecided with its reason and bracket."""
    head = {"variant": builders.variant(found.contrast), "parameters": builders.parameters(found.parameters)}
    if isinstance(found, UndecidedFixedPoints):
        bracket = None if found.bracket is None else [canonical(x) for x in found.bracket]
        return {**head, "verdict": "undecided", "reason": found.reason, "bracket": bracket}
    points = [
        {
            "logit": [canonical(x) for x in point.logit],
            "p": list(point.p),
            "one_minus_p": list(point.one_minus_p),
            "multiplier": list(point.multiplier),
            "kind": point.stability,
        }
        for point in found.points
    ]
    how = {"engine": found.engine, "bits": found.bits}
    return {**head, "verdict": "proved", "count": found.count, "fixed_points": points, **how}


def fixed_points_text(found: FixedPoints | UndecidedFixedPoints) -> str | Table:
    """A table of brackets; each line of a cell is an end."""
    if isinstance(found, UndecidedFixedPoints):
        if found.bracket is None:
            return f"undecided: {found.reason}"
        return "undecided: {}: L in [{:.12g}, {:.12g}]".format(found.reason, *map(float, found.bracket))
    if not found.points:
        return "proved: no fixed point (alpha = 0): the log-odds rise at every step"
    plural = "fixed point" if found.count == 1 else "fixed points"
    title = f"proved: exactly {found.count} {plural}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("log-odds L", "p", "1 - p", "multiplier", "kind"):
        table.add_column(name, no_wrap=True)
    for point in found.points:
        logit = decimal_down(point.logit[0], SHOWN_DIGITS), decimal_up(point.logit[1], SHOWN_DIGITS)
        columns = [logit, *(_shortened(pair) for pair in (point.p, point.one_minus_p, point.multiplier))]
        table.add_row(*("\n".join(pair) for pair in columns), point.stability)
    return table


def _shortened(pair: tuple[str, str]) -> tuple[str, str]:
    """Decimal text rounded outward to a column's width; extreme exponents are only cut in their digits."""
    return _cut(pair[0], up=False), _cut(pair[1], up=True)


def _cut(text: str, *, up: bool, digits: int = 8) -> str:
    mantissa, _, exponent = text.partition("e")
    if len(mantissa.replace("-", "").replace(".", "").lstrip("0")) <= digits:
        return text
    short = (decimal_up if up else decimal_down)(exact(mantissa), digits)
    return f"{short}e{exponent}" if exponent else short


VERDICTS = {
    "rises": "rises to the least fixed point above it",
    "falls": "falls to the greatest fixed point below it",
    "fixed-point": "tends to a fixed point",
    "cycle": "is caught by an attracting cycle",
    "rises-to-one": "rises without end: p tends to 1 (alpha = 0)",
}


def limit_json(outcome: Limit, beside: FixedPoints | UndecidedFixedPoints) -> dict[str, Any]:
    """The answer of ``limit``, with all the fixed points, also those that the sequence misses."""
    return {**limit_command_payload(outcome), "all_fixed_points": fixed_points_json(beside)}


def limit_text(outcome: Limit, beside: FixedPoints | UndecidedFixedPoints) -> Group:
    """The verdict, the points it tends to, rate and basin, then the table of fixed points."""
    payload = limit_command_payload(outcome)
    if payload["verdict"] == "undecided":
        head = f"undecided: {payload['reason']}"
    else:
        head = f"proved: the sequence {VERDICTS[payload['verdict']]}"
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
        low, high = _shortened((point["p"][0], point["p"][1]))
        basin = f", basin L in [{', '.join(point['basin'])}]" if "basin" in point else ""
        lines.append(f"  p in [{low}, {high}]{basin}")
    for key, words in (("gain", "each step at least"), ("step", "from step"), ("rate", "rate at most")):
        if key in payload:
            lines.append(f"  {words} {payload[key]}")
    return lines


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


def certify_text(results: Sequence[Result], reports: Sequence[str]) -> str:
    """A line a statement, then the reports."""
    width = max(len(result.name) for result in results)
    lines = [f"{r.name:<{width}}  {r.verdict:<18} {r.check}".rstrip() for r in results]
    accepted = sum(result.check == "accepted" for result in results)
    lines.append(f"{accepted} of {len(results)} certificates accepted by the checker")
    return "\n".join([*lines, *(f"report: {path}" for path in reports)])


def check_text(verdicts: Iterable[tuple[Path, Verdict]]) -> str:
    """Outcome, reason and the statement as the checker understood it."""
    parts = []
    for path, verdict in verdicts:
        parts.append(f"{path}: {verdict.outcome.value} ({verdict.message})")
        if verdict.statement_text:
            parts.append("  " + verdict.statement_text.replace("\n", "\n  "))
    return "\n".join(parts)

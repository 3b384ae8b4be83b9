"""Limits in words: each verdict for a person."""

from __future__ import annotations

from typing import Any

from ..answers.limits import NOT_ALL, is_proved, limit_json
from ..intervals import canonical, decimal_down, decimal_up
from ..rigor.sequences.outcomes import ByAlpha, Limit, Monotone, TendsInBox, UndecidedLimit
from ..rigor.verdicts import Ending
from .shown import shortened

SHOWN_DIGITS = 12
VERDICTS: dict[Ending, str] = {
    "rises": "rises to the least fixed point above it",
    "falls": "falls to the greatest fixed point below it",
    "fixed-point": "tends to a fixed point",
    "cycle": "is caught by an attracting cycle",
    "settles": "tends to a fixed point, which one may depend on the parameters (closed form)",
    "rises-to-one": "rises without end: p tends to 1 (alpha = 0)",
}
RISES_BY_CLOSED_FORM = "rises in every step, to the least fixed point (closed form)"
NO_CYCLE = "tends to a fixed point, which one may depend on the parameters (no cycle is possible)"
BY_LIST = "the bracket is that of this fixed point in the list of all"
BY_RATE = "the bracket is that of the attracting fixed point"
TOO_SLOW = "nothing narrower is proved: the orbit is too slow"


def limit_text(found: Limit) -> str:
    """The verdict, the points it tends to, rate and basin; one paragraph a part of a range of alpha."""
    if isinstance(found, ByAlpha):
        return _by_alpha_text(found)
    whole = "for all parameters of the box " * isinstance(found, TendsInBox)
    verdict = f"proved: {whole}the sequence" if is_proved(found) else "undecided:"
    return "\n".join([f"{verdict} {_words(found)}", *_lines(found)])


def _by_alpha_text(found: ByAlpha) -> str:
    """alpha from 0 upwards."""
    head = "proved: each part of the range of alpha has a limit of its own"
    if not is_proved(found):
        head = f"undecided: {NOT_ALL}"
    lines = [head]
    for k, part in enumerate(found.parts):
        low, high = map(canonical, part.sequence.parameters.alpha)
        where = ("alpha = 0", f"0 < alpha <= {high}", f"{low} <= alpha <= {high}")[k]
        words = _words(part).removesuffix(" (alpha = 0)")
        lines += ["", f"{where}:", f"  {'the sequence ' if is_proved(part) else 'undecided: '}{words}"]
        lines += _lines(part)
    return "\n".join([*lines, "", "no fixed point at alpha = 0, at least one at every alpha above it"])


def _words(found: Limit) -> str:
    """What the sequence does."""
    if isinstance(found, UndecidedLimit):
        return found.reason
    if isinstance(found, TendsInBox) and found.cells:
        what = "a fixed point" if found.period == 1 else f"a cycle of exactly {found.period} points"
        cells = "1 cell" if found.cells == 1 else f"{found.cells} cells"
        return f"tends to {what} (an atlas of {cells})"
    if isinstance(found, TendsInBox):
        return NO_CYCLE
    payload = limit_json(found)
    return RISES_BY_CLOSED_FORM if payload.get("manner") == "rises" else VERDICTS[payload["verdict"]]


def _lines(found: Limit) -> list[str]:
    """The numbers of the verdict."""
    payload = limit_json(found)
    if "attraction" not in payload:
        return [*_numbers(payload), *_remarks(found)]
    return [
        *(line for line in _numbers(payload) if not line.startswith("  p in ")),
        "and from a step on at a rate:",
        *_numbers(payload["attraction"]),
        *_remarks(found),
    ]


def _remarks(found: Limit) -> list[str]:
    """Where the bracket of the limit does not come from the orbit alone."""
    if not isinstance(found, Monotone) or found.reached:
        return []
    source = BY_LIST if found.narrow is not None else TOO_SLOW
    source = BY_RATE if found.attraction is not None else source
    low, high = found.limit.logit
    shown = f"L in [{decimal_down(low, SHOWN_DIGITS)}, {decimal_up(high, SHOWN_DIGITS)}]"
    return [f"  the orbit as far as it was followed shows {shown};", f"  {source}"]


def _numbers(payload: dict[str, Any]) -> list[str]:
    """Period, points with their basins, and rate: what a verdict has of them."""
    lines = []
    if payload.get("period", 1) > 1:
        lines.append(f"  period {payload['period']}")
    for point in [payload["limit"]] if "limit" in payload else payload.get("points", []):
        low, high = shortened((point["p"][0], point["p"][1]))
        basin = f", basin L in [{', '.join(point['basin'])}]" if "basin" in point else ""
        lines.append(f"  p in [{low}, {high}]{basin}")
    for key, words in (("gain", "each step at least"), ("step", "from step"), ("rate", "rate at most")):
        if key in payload:
            lines.append(f"  {words} {payload[key]}")
    return lines

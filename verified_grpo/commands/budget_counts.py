"""Counts before and after, as ``budget`` answers: what moved, and what KL that has cost at least."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from ..audit.runs.change_tables import read_changes, read_counts, written
from ..audit.runs.changes import Change, changes
from ..certificates.budget import budget_certificate
from ..characters import shortened as cut
from ..intervals import canonical
from ..work.files import write_bytes
from .options import PROVED, UNDECIDED, answer, write_certificate
from .shown import ends, shortened, wrapped

LISTED = 10


def of_counts(before: str, after: str, sure: Fraction, out: Path | None, as_json: bool) -> int:
    """One prompt before and after; undecided where nothing is known to have moved."""
    (found,) = changes([("", read_counts(before), read_counts(after))], sure)
    if out is not None:
        write_certificate(out, budget_certificate(found.spent))
    payload = {**_measured(sure, 1), **_as_json(found)}
    rates = [" to ".join(shortened(ends(side))) for side in (found.p_ref, found.p)]
    lines = [
        f"before {before}: p_ref {rates[0]}",
        f"after  {after}: p {rates[1]}",
        f"(both at once with confidence {canonical(sure)}, by Clopper and Pearson)",
    ]
    if found.moved == "open":
        lines.append("undecided: the intervals meet, and a KL of 0 is not ruled out")
    else:
        least = shortened(ends((found.spent.kl, found.spent.kl)))[0]
        words = f"it {found.moved}; between such rates the KL is at least {least} nats, proved"
        lines.append(wrapped(words))
    answer(payload, "\n".join(lines), as_json, out=out)
    return UNDECIDED if found.moved == "open" else PROVED


def of_table(table: Path, sure: Fraction, out: Path | None, as_json: bool) -> int:
    """All prompts at once; undecided where none is known to have moved."""
    found = changes(read_changes(table), sure)
    if out is not None:
        write_bytes(out, written(found))
    total = sum((one.spent.kl for one in found), Fraction(0))
    moved = {word: sum(one.moved == word for one in found) for word in ("rose", "fell", "open")}
    largest = sorted(found, key=lambda one: one.spent.kl, reverse=True)[:LISTED]
    mean = total / len(found)
    payload = {
        **_measured(sure, len(found)),
        "moved": moved,
        "mean_kl_at_least": shortened(ends((mean, mean)))[0],
        "largest": [{"prompt": one.prompt, **_as_json(one)} for one in largest if one.moved != "open"],
    }
    lines = [
        wrapped(
            f"{len(found):,} prompts: {moved['rose']:,} rose and {moved['fell']:,} fell beyond doubt, "
            f"{moved['open']:,} are open (all intervals at once with confidence {canonical(sure)}, by "
            "Clopper and Pearson)"
        )
    ]
    if moved["open"] == len(found):
        lines.append("undecided: no prompt is known to have moved, and a KL of 0 is not ruled out")
    else:
        words = f"the mean KL over these prompts is at least {payload['mean_kl_at_least']} nats; the largest:"
        lines += [wrapped(words), *(_row(one) for one in largest if one.moved != "open")]
    answer(payload, "\n".join(lines), as_json, out=out)
    return UNDECIDED if moved["open"] == len(found) else PROVED


def _row(one: Change) -> str:
    least = shortened(ends((one.spent.kl, one.spent.kl)))[0]
    counts = f"{one.before.k}/{one.before.n} to {one.after.k}/{one.after.n}"
    return f"  {cut(one.prompt, 30):<30}  {counts:<20}  {one.moved}, at least {least}"


def _measured(sure: Fraction, prompts: int) -> dict[str, Any]:
    return {"asks": "spent", "unit": "nats", "confidence": canonical(sure), "prompts": prompts}


def _as_json(one: Change) -> dict[str, Any]:
    return {
        "before": [one.before.k, one.before.n],
        "after": [one.after.k, one.after.n],
        "p_ref": ends(one.p_ref),
        "p": ends(one.p),
        "direction": one.moved,
        "kl_at_least": canonical(one.spent.kl),
    }

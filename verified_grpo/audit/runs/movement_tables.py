"""The prompts of a run as CSV, a row each."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from ...intervals import canonical
from .limits import Limits
from .movement import Movement

ENDS = ("start_low", "start_high", "end_low", "end_high")
COUNTS = ("start_k", "start_n", "end_k", "end_n")
COLUMNS = ("prompt", "start_is", *COUNTS, "moved", *ENDS, "kl_at_least")


def of_reference(found: Limits) -> bytes:
    """Every prompt that has a p_ref, with the counts of the reference: what its limit is found from."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("prompt", "k", "n"))
    writer.writerows(found.prompts)
    return text.getvalue().encode("utf-8", "surrogateescape")


def written(found: Sequence[Movement]) -> bytes:
    """Every prompt that has a start and a later visit."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        start = "p_ref" if one.of_reference else "first visit"
        counts = (one.start.k, one.start.n, one.end.k, one.end.n)
        cost = "" if one.spent is None else canonical(one.spent.kl)
        writer.writerow(
            (one.prompt, start, *counts, one.moved, *map(canonical, (*one.p_start, *one.p_end)), cost)
        )
    return text.getvalue().encode("utf-8", "surrogateescape")

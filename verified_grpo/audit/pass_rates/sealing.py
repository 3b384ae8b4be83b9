"""The certificate beside an audited table: its question, its root, and where the curve of all rows turns.

The checker proves every row again from this and the table alone. Nothing is believed of how the rows were
found: by which worker, in which run, before or after a kill.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from ...certificates.audited_table import (
    AuditedTable,
    ProfileOfRows,
    RatesColumns,
    RowsByFact,
    RowsProfile,
    audited_table_certificate,
)
from ...certificates.builders import variant
from ...certificates.canonical import write
from ...checker.limits import MAX_LOGIT
from ...checker.tables.rows import Cells, Number, read_rows
from ...checker.tables.table import ENDING, seal_rows
from ...errors import NotEnoughPrecision
from ...intervals import canonical
from ...rigor.arrays.table import shared_curve
from ...rigor.points.guesses import ApproxGap
from ..targets import HALF
from .columns import Columns
from .question import Question
from .tables import open_table

BITS = 128
ZONE = Fraction(1, 2**12)
"""On both sides of a fold nothing is said of the curve's direction."""
FARTHEST = 1000
"""Log-odds of p_ref up to which fixed points are counted."""


def write_certificate(out: Path, question: Question, columns: Columns, rows: int) -> Path:
    """Read a finished table once, and write its certificate beside it.

    Args:
        out: the table, as it was written.
        question: what was asked of every row.
        columns: where the rates are in the finished table.
        rows: how many it has.

    Raises:
        FileError: the one cannot be read, or the other not be written.
    """
    names, root, marks = seal_rows(cells_of(out), rows)
    regulariser: Literal["reverse", "k3", "none"] = "k3" if question.under_k3 else "reverse"
    if question.beta == 0:
        regulariser = "none"
    update = question.update
    statement: AuditedTable = {
        "kind": "audited-table",
        "variant": variant(question.contrast),
        "alpha": canonical(question.alpha),
        "beta": canonical(question.beta),
        "eps": canonical(question.eps),
        "regulariser": regulariser,
        "steps": "small"
        if update is None
        else {"size": canonical(update.step_size[0]), "inner": update.inner_steps},
        "confidence": canonical(question.confidence),
        "target": canonical(question.target),
        "rates": _rates(columns),
        "columns": names,
        "rows": rows,
        "root": root,
    }
    evidence: RowsProfile | RowsByFact
    if regulariser == "reverse":
        evidence = {"rule": "profile", "bits": BITS, "marks": marks, **_turns(question)}
    else:
        evidence = {"rule": "concave" if regulariser == "k3" else "no-pull", "bits": BITS, "marks": marks}
    return write(out.with_name(out.name + ENDING), audited_table_certificate(statement, evidence, 53))


def cells_of(path: Path) -> Iterator[Cells]:
    """The names of a table's columns and then its rows, as the checker reads them; of Parquet, which it does
    not read, the same cells that JSON lines of it would have."""
    if path.suffix.lower() != ".parquet":
        yield from read_rows(str(path))
        return
    table = open_table(path)
    yield table.names
    for frame in table.windows():
        for row in frame.iter_rows():
            yield [_cell(value) for value in row]


def _cell(value: object) -> object:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float)):
        return Number(repr(value))
    if isinstance(value, (list, tuple)):
        return [_cell(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _cell(item) for key, item in value.items()}
    return str(value)


def _rates(columns: Columns) -> RatesColumns:
    named = {"k": columns.k, "rate": columns.rate, "n": columns.n, "samples": columns.samples}
    return cast(RatesColumns, {key: value for key, value in named.items() if value})


def _turns(question: Question) -> ProfileOfRows:
    """The zones between the pieces on which the curve is monotone, and an end beyond all fixed points; where
    arrays have no curve, no row claims anything."""
    if not question.has_arrays:
        return _turns_of_any_shape(question)
    try:
        curve = shared_curve(question.dynamics)
    except NotEnoughPrecision:
        return {"turns": [], "end": "1"}
    zones = [
        [canonical(Fraction(left.high)), canonical(Fraction(right.low))]
        for left, right in pairwise(curve.pieces)
    ]
    reach = math.ceil(curve.approx_weight * curve.approx_omega_max * 1.001) + FARTHEST
    return {"turns": zones, "end": str(min(reach, MAX_LOGIT))}


def _turns_of_any_shape(question: Question) -> ProfileOfRows:
    """Around the folds that floats show, from a start below every L_ref."""
    box = question.recursion(HALF, HALF)
    gap = ApproxGap(question.contrast, box.lowest_gap)
    folds = sorted(gap.fold(x) for x, _ in gap.folds())
    zones = [[canonical(Fraction(x) + side * ZONE) for side in (-1, 1)] for x in folds]
    bound = question.contrast.definition.bound(question.contrast, box.eps)
    assert bound is not None  # of what is written
    reach = math.ceil(gap.weight * float(bound * question.contrast.scale) * 1.001) + FARTHEST
    return {"turns": zones, "end": str(min(reach, MAX_LOGIT)), "start": str(-FARTHEST)}

"""The certificate of an audited table: which table it is, what is asked of each row, and what all rows share.

What the rows claim stands in their own columns; the table lies beside the certificate, and its root stands in
it.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from .canonical import seal
from .grammar.values import Bits, Certificate, Count, Digest, Form, Number, Range, Variant


class RatesColumns(TypedDict):
    """Where a row says how often it succeeded: ``k`` or ``rate``; ``n``, or ``samples`` for all rows."""

    k: NotRequired[str]
    rate: NotRequired[str]
    n: NotRequired[str]
    samples: NotRequired[Count]


class Updates(TypedDict):
    """Of one size, so many to an update."""

    size: Number
    inner: Count


class AuditedTable(TypedDict):
    """Every row of the table with this root claims what follows from its counts."""

    kind: Literal["audited-table"]
    variant: Variant
    alpha: Number
    beta: Number
    eps: Number
    regulariser: Literal["reverse", "k3", "none"]
    steps: Literal["small"] | Updates
    confidence: Number
    target: Number
    rates: RatesColumns
    columns: list[str]
    rows: Count
    root: Digest


Marks = Annotated[str, Form(pattern="^([0-9a-f]{8})*$")]


class Marked(Bits):
    """A mark for each part of the table, by which a change is found where it is."""

    marks: Marks


class ProfileOfRows(TypedDict):
    """The curve F that all rows share turns in ``turns`` at most; zeros are looked for up to ``end``. Of a
    contrast of no known shape ``start`` lies below every L_ref."""

    turns: list[Range]
    end: Number
    start: NotRequired[Number]


class RowsProfile(Marked, ProfileOfRows):
    """All rows by one curve."""

    rule: Literal["profile"]


class RowsByFact(Marked):
    """One fixed point a row, for its drive is concave; or none, for nothing pulls."""

    rule: Literal["concave", "no-pull"]


TableEvidence = RowsProfile | RowsByFact


def audited_table_certificate(
    statement: AuditedTable, evidence: TableEvidence, bits: int
) -> Certificate[AuditedTable, TableEvidence]:
    """Sealed; rows are found by arrays of doubles, and what these leave open by Arb."""
    return seal(statement, evidence, "array", bits)

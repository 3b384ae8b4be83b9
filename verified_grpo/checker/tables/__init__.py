"""Audited tables: one certificate beside the table, and what every row of it claims, proved again."""

from __future__ import annotations

from verified_grpo.checker.tables.table import (
    ENDING,
    Sample,
    Source,
    certificate_of,
    check_table,
    included,
)

__all__ = ["ENDING", "Sample", "Source", "certificate_of", "check_table", "included"]

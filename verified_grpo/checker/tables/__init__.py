"""Audited tables: one certificate beside the table, and what every row of it claims, proved again."""

from __future__ import annotations

from verified_grpo.checker.tables.table import Sample, certificate_of, check_table, included

__all__ = ["Sample", "certificate_of", "check_table", "included"]

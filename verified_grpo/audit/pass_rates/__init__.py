"""Tables of pass rates: every prompt's limit, certified; equal rates are solved once."""

from __future__ import annotations

from .solving import Solved, solve
from .tables import Table, read_table

__all__ = ["Solved", "Table", "read_table", "solve"]

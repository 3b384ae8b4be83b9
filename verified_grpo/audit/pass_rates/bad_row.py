"""A row of a table that cannot be used."""

from __future__ import annotations

from ...errors import InputError


class BadRow(InputError):
    """Its number, from 1, within the window that was being read, and why."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row, self.reason = row, reason

"""A row of a table that cannot be used, and rewards that are no rates."""

from __future__ import annotations

from ...errors import InputError


class BadRow(InputError):
    """Its number, from 1, within the window that was being read, and why."""

    kind: type[InputError] = InputError
    """What it is, said of the whole table."""

    def __init__(self, row: int, reason: str, kind: type[InputError] = InputError) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row, self.reason, self.kind = row, reason, kind


class OtherRewards(InputError):
    """Rewards that are not two outcomes: no rates of success, but classes of answers."""

"""What a check finds beyond the words of its statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Findings:
    """A sentence that holds beside the statement's, with the numbers in it by name; `decided` is False where
    the statement, though established, leaves open all of what was asked."""

    sentence: str
    decided: bool
    numbers: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class Finder(Protocol):
    """A statement of which more is to be said once it is established."""

    def findings(self) -> Findings:
        """What holds beside the statement; only to be asked after its check."""
        ...

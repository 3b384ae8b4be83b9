"""In which of two ways a verifier errs."""

from __future__ import annotations

from enum import StrEnum


class Errors(StrEnum):
    """Whether the verifier errs anew at each look, or on the same answers each time."""

    INDEPENDENT = "independent"
    SYSTEMATIC = "systematic"

    @property
    def words(self) -> str:
        """As sentences tell it."""
        return "drawn anew at each look" if self is Errors.INDEPENDENT else "the same ones each time"

"""The sign of an enclosure: a predicate with more than two values."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn

from ..errors import UndecidedComparison


class Sign(Enum):
    """What an enclosure proves about the sign of the number it contains.

    `ZERO` means that the enclosure is exactly {0}; `UNDECIDED` that it proves nothing (it reaches both
    sides of zero, touches it, or nothing is known). A sign is not a boolean: compare it, `sign is
    Sign.POSITIVE`.
    """

    NEGATIVE = "negative"
    ZERO = "zero"
    POSITIVE = "positive"
    UNDECIDED = "undecided"

    def __bool__(self) -> NoReturn:
        raise UndecidedComparison(
            f"a sign ({self.value}) is not true or false: compare it, as in `sign is Sign.POSITIVE`"
        )

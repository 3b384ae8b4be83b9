"""The signs of many enclosures at once: masks, never a plain array of booleans that could be negated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from ..errors import UndecidedComparison
from .sign import Sign

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Signs:
    """What an array of enclosures proves about the signs of the numbers inside, place by place.

    At each place at most one of `positive`, `negative` and `zero` is true; where none is, the sign is
    undecided. "Not proved positive" is `~signs.positive` and no statement about the number; signs as a whole
    are not true or false.
    """

    positive: BoolArray
    negative: BoolArray
    zero: BoolArray

    @property
    def undecided(self) -> BoolArray:
        """Where nothing is proved."""
        return ~(self.positive | self.negative | self.zero)

    def __getitem__(self, place: int) -> Sign:
        """The sign at one place, as a scalar engine would give it."""
        if self.positive[place]:
            return Sign.POSITIVE
        if self.negative[place]:
            return Sign.NEGATIVE
        return Sign.ZERO if self.zero[place] else Sign.UNDECIDED

    def __len__(self) -> int:
        return len(self.positive)

    def __bool__(self) -> NoReturn:
        raise UndecidedComparison("signs are not true or false: ask for the places where they are `positive`")

"""What is halved until it is decided: cells of the line, boxes of parameters, ranges of one of them.

Whoever searches takes the parts one by one. A part on which something is proved is done with; of any other
one the pieces go back, to be looked at in their turn; or it is given up, when it is small enough or the
budget is spent (`taken` parts were looked at, `len` of them wait). The search may stop at any part: `rest` is
what nobody has looked at then.

Nothing is proved here: what the parts have to do with each other is up to who cuts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from heapq import heappop, heappush
from typing import Generic, TypeVar

from ..model import Range

P = TypeVar("P")


class Subdivision(Generic[P]):
    """Depth first, pieces in the order in which they are given: the parts come in the preorder of their tree,
    as certificates write trees down, and cells of the line from left to right."""

    def __init__(self, parts: Iterable[P]) -> None:
        self.taken = 0
        self._waiting: list[P] = []
        self.put_back(*parts)

    def __iter__(self) -> Iterator[P]:
        while self:
            yield self.take()

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self) -> P:
        """The next part."""
        self.taken += 1
        return self._next()

    def put_back(self, *pieces: P) -> None:
        """The pieces of a part that is not decided: they come next."""
        self._waiting += reversed(pieces)

    def rest(self) -> list[P]:
        """The parts that wait, in the order in which they would come."""
        return self._waiting[::-1]

    def _next(self) -> P:
        return self._waiting.pop()


class LargestFirst(Subdivision[P]):
    """The largest part next; of equal ones that which has waited longest."""

    def __init__(self, part: P, size: Callable[[P], float]) -> None:
        self._size, self._made = size, 0
        self._heap: list[tuple[float, int, P]] = []
        super().__init__([part])

    def __len__(self) -> int:
        return len(self._heap)

    def put_back(self, *pieces: P) -> None:
        for piece in pieces:
            self._made += 1
            heappush(self._heap, (-self._size(piece), self._made, piece))

    def rest(self) -> list[P]:
        return [part for _, _, part in sorted(self._heap)]

    def _next(self) -> P:
        return heappop(self._heap)[-1]


def halves(low: Fraction, high: Fraction) -> tuple[Range, Range]:
    """A cell cut in the middle."""
    middle = (low + high) / 2
    return (low, middle), (middle, high)


def nearly_halves(low: Fraction, high: Fraction) -> tuple[Range, Range]:
    """A cell cut beside its middle, where 0 or an end that is halved again and again is a special point."""
    cut = low + (high - low) * Fraction(31, 64)
    return (low, cut), (cut, high)

"""What contrasts of groups have in common whose enclosures come from their definition alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from verified_grpo.checker.contrasts.base import Contrast
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.limits import MAX_GROUP
from verified_grpo.checker.numbers import ball
from verified_grpo.checker.reading import natural, record


@dataclass(frozen=True)
class OfGroups(Contrast):
    """Of groups of `size` rewards, at least `fewest`; `ddof` where a divisor is chosen."""

    size: int
    ddof: int = 0
    fewest: ClassVar[int] = 2
    keys: ClassVar[tuple[str, ...]] = ("group_size",)

    @classmethod
    def read(cls, value: object, where: str) -> Self:
        fields = record(value, where, ("contrast", *cls.keys))
        size = natural(fields["group_size"], f"{where}.group_size")
        ddof = natural(fields.get("ddof", 0), f"{where}.ddof")
        require(size <= MAX_GROUP, Code.TOO_MUCH_WORK, f"{where}: groups of more than {MAX_GROUP}")
        inside = size >= cls.fewest and ddof <= 1
        allowed = f"group_size >= {cls.fewest}{' and ddof 0 or 1' if 'ddof' in cls.keys else ''}"
        require(inside, Code.OUTSIDE_DOMAIN, f"{where}: {allowed} does not hold")
        return cls(size, ddof)

    @property
    def label(self) -> str:
        ddof = f", ddof {self.ddof}" if "ddof" in self.keys else ""
        return f"{self.name} ({self.size}{ddof})"

    @property
    def cost(self) -> int:
        """Each evaluation sums over the group."""
        return 3 * self.size


def powers(at: Place, i: int, j: int) -> Jet:
    """p^i q^j."""
    made = constant(ball(1))
    for letter, exponent in ((at.p, i), (at.q, j)):
        if exponent:
            made = made * letter**exponent
    return made


def over(weight: Ball, root: Ball, eps: Jet) -> Jet:
    """weight/(root + eps)."""
    return constant(weight) / (constant(root) + eps)

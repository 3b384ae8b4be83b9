"""Two values of the reward, x for a failure and x + d for a success, in place of 0 and 1.

A baseline takes x away. The spread of the rewards is d times that of 0 and 1, so a division by it leaves d
behind in the stabiliser alone: ``d/(d s + eps) = 1/(s + eps/d)``, and ``d/sqrt(d^2 v + eps) = 1/sqrt(v +
eps/d^2)``. Where nothing is divided, Omega is d times what it is for 0 and 1. The KL weight stays what it is:
steps of a given size would tell beta/d from d Omega.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..intervals import exact
from .contrasts import Contrast
from .parameters import Range


@dataclass(frozen=True)
class Rewards:
    """The two values, exact numbers, that of a success the larger."""

    failure: Fraction
    success: Fraction

    @classmethod
    def of(cls, failure: str, success: str) -> Rewards:
        """From text.

        Raises:
            InputError: no exact numbers, or a success is worth no more than a failure.
        """
        values = exact(failure), exact(success)
        if not values[0] < values[1]:
            raise InputError("reward values: that of a failure first, and that of a success is larger")
        return cls(*values)

    @property
    def spread(self) -> Fraction:
        """d, how much more a success is worth."""
        return self.success - self.failure

    def contrast(self, of_0_and_1: Contrast) -> Contrast:
        """The contrast of these rewards.

        Raises:
            InputError: an expression, which is of the rewards that it was written for.
        """
        power = of_0_and_1.definition.spread_in_eps
        if power is None:
            raise InputError(
                f"contrast {of_0_and_1.label} is written for the rewards that it is of: put their values "
                "into it, and leave --reward-values out"
            )
        return of_0_and_1.scaled(self.spread) if power == 0 else of_0_and_1

    def stabiliser(self, of_0_and_1: Contrast, eps: Range) -> Range:
        """The stabiliser that eps is for 0 and 1."""
        unit = self.spread ** (of_0_and_1.definition.spread_in_eps or 0)
        return eps[0] / unit, eps[1] / unit

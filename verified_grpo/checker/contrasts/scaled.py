"""A multiple of a contrast: c Omega for an exact c > 0.

Lemma 53 (multiples). Every fact of Omega is one of c Omega, with bounds c times as large.
  Evenness, monotony in |L| and in eps, the number of peaks of b, concavity of pq Omega and boundedness
  survive a positive factor, as do Omega > 0 and continuity; and the Schwarzian derivative b''/b -
  (3/2)(b'/b)^2 does not see it. So every lemma that asks for facts of Omega holds of c Omega, whose values
  and slopes are c times those of Omega.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.contrasts.base import Balls, Contrast
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, exact
from verified_grpo.checker.reading import mapping

SCALE = "scale"


@dataclass(frozen=True)
class Scaled(Contrast):
    """`scale` times `inner`, whose name it has; `written` is the factor as the certificate writes it."""

    inner: Contrast
    scale: Fraction
    written: str

    @property
    def facts(self) -> dict:  # type: ignore[override,type-arg]  # those of what is multiplied
        return self.inner.facts

    @property
    def cost(self) -> int:
        return self.inner.cost + 1

    @property
    def label(self) -> str:
        return f"{self.written} times {self.inner.label}"

    @property
    def formula(self) -> str:
        return f"Omega(L) = {self.written} Omega_1(L), Omega_1{self.inner.formula.removeprefix('Omega')}"

    def omega(self, at: Place) -> Jet:
        return constant(ball(self.scale)) * self.inner.omega(at)

    def require_defined(self, eps: Interval) -> None:
        self.inner.require_defined(eps)

    def value(self, logit: Fraction, eps: Fraction) -> Ball:
        return ball(self.scale) * self.inner.value(logit, eps)

    def slope(self, cell: Interval, eps: Interval) -> Balls:
        return self._both(self.inner.slope(cell, eps))

    def least(self, cell: Interval, eps: Interval) -> Ball:
        return ball(self.scale) * self.inner.least(cell, eps)

    def largest(self, cell: Interval, eps: Interval) -> Ball:
        return ball(self.scale) * self.inner.largest(cell, eps)

    def bound(self, eps: Interval) -> Ball:
        return ball(self.scale) * self.inner.bound(eps)

    def supremum(self, eps: Fraction) -> Ball:
        return ball(self.scale) * self.inner.supremum(eps)

    def infimum(self, eps: Interval) -> Ball:
        return ball(self.scale) * self.inner.infimum(eps)

    def steepest(self, eps: Fraction) -> Ball:
        return ball(self.scale) * self.inner.steepest(eps)

    def steepest_from(self, logit: Fraction, eps: Fraction) -> Ball:
        return ball(self.scale) * self.inner.steepest_from(logit, eps)

    def _both(self, bounds: Balls) -> Balls:
        return ball(self.scale) * bounds[0], ball(self.scale) * bounds[1]


def read_scaled(value: object, where: str, read: Callable[[object, str], Contrast]) -> Contrast:
    """A variant's contrast, times its scale if it has one."""
    fields = dict(mapping(value, where))
    if SCALE not in fields:
        return read(fields, where)
    scale = exact(written := fields.pop(SCALE), f"{where}.{SCALE}")
    require(scale > 0, Code.OUTSIDE_DOMAIN, f"{where}: scale > 0 does not hold")
    return Scaled(read(fields, where), scale, str(written))

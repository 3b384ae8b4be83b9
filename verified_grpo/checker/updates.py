"""Updates that are steps of one size, and the map that they obey at each beta.

Lemma 54 (updates). Let eta > 0, mu >= 1, beta > 0, r = 1 - eta beta >= 0. mu steps x -> x + eta (Omega(L) -
beta (x - A_L)) from x = L, with Omega(L) and the anchor A_L = alpha L_ref + (1-alpha) L held, lead to T(L) =
(1-A) L + A L_ref + w Omega(L), w = eta (1 + r + ... + r^{mu-1}), A = alpha beta w. In beta w does not rise,
and A does not fall; A <= alpha.
  x - A_L - Omega/beta is multiplied by r in each step: x ends at r^mu L + (1 - r^mu)(A_L + Omega/beta), and
  1 - r^mu = (1-r)(1 + r + ... + r^{mu-1}) = beta w. r falls in beta; A = alpha (1 - r^mu).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.diagnostics import Code, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import Interval, ball, exact
from verified_grpo.checker.reading import natural

UPDATE_KEYS = ("step_size", "inner_steps")
MAX_INNER = 100


@dataclass(frozen=True)
class Update:
    """mu steps of size eta."""

    size: Fraction
    inner: int
    words: str

    @classmethod
    def read(cls, fields: dict[str, object]) -> Update | None:
        """Of a statement, by its keys `step_size` and (2 or more) `inner_steps`; None: it has none."""
        if "step_size" not in fields:
            alone = "inner_steps" not in fields
            require(alone, Code.OUTSIDE_DOMAIN, "statement.inner_steps: of which size they are is not said")
            return None
        size, inner = exact(fields["step_size"], "statement.step_size"), 1
        require(size > 0, Code.OUTSIDE_DOMAIN, "statement.step_size: a number above 0 is expected")
        if "inner_steps" in fields:
            inner = natural(fields["inner_steps"], "statement.inner_steps")
            known = 2 <= inner <= MAX_INNER
            require(known, Code.OUTSIDE_DOMAIN, f"statement.inner_steps: from 2 to {MAX_INNER} is expected")
        return cls(size, inner, _words(str(fields["step_size"]), inner))

    def require_within_one(self, x: Interval) -> None:
        """Go on only if eta beta <= 1 for all log beta of a range."""
        within = ball(self.size) * ball(x[1]).exp() <= 1
        require(bool(within), Code.OUTSIDE_DOMAIN, "steps of more than one whole step: eta beta <= 1 fails")

    def weight(self, x: Fraction) -> Ball:
        """w at one log beta."""
        left = 1 - ball(self.size) * ball(x).exp()
        total = ball(1)
        for _ in range(self.inner - 1):
            total = 1 + left * total
        return ball(self.size) * total

    def pull(self, alpha: Fraction, x: Fraction) -> Ball:
        """A at one log beta."""
        return ball(alpha) * ball(x).exp() * self.weight(x)


def _words(size: str, inner: int) -> str:
    if inner == 1:
        return f"Updates: one step of size {size} each, a = {size} beta."
    return f"Updates: {inner} steps of size {size} each, a = 1 - (1 - {size} beta)^{inner}."

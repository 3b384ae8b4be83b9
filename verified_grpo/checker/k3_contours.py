"""Contours of the only fixed point under KL(pi_ref || pi), for kind "contours" with `kl` "k3".

Lemma 55 (contours under k3). Let D be as in lemma 26, F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)), L* its
only zero. For 0 < l < 1 let v = l - l (1-l) Omega(l)/beta. If p_ref <= v, then p* <= l for this and every
larger beta and every smaller p_ref; if p_ref >= v, then p* >= l for this and every smaller beta and every
larger p_ref.
  At l F = beta (p_ref - v)/(l (1-l)), where v < l. F > 0 from L_ref to L* and F < 0 above (lemma 26). If
  p_ref <= v < l, F(l) <= 0 above L_ref: L* is at most l's log-odds. If p_ref >= v, F(l) >= 0: l's log-odds
  are at most L_ref, which is below L*, or lie between L_ref and L*. v rises in beta.
So at a column's left side v bounds the strip's lower end, at its right side its upper end.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verified_grpo.checker.contrasts.facts import Fact
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import ball, log_odds
from verified_grpo.checker.orbits import ends
from verified_grpo.checker.recursion import Recursion

LAW = "Drive under KL(pi_ref || pi): F(L) = Omega(L) - beta (p - p_ref)/(p (1-p)) on the line of log-odds L"
STEPS = (
    "For all (beta, p_ref) of it let p* be the only zero of F. Small steps L_n = L_{n-1} + eta_n F(L_{n-1})\n"
    "  from L_0 = log(p_ref/(1-p_ref)) rise to it if 0 < eta_n <= 1/(max(0, -Omega') from L_0 to the limit\n"
    "  + beta max(1, slope of the pull at the limit)) and the sum of the eta_n diverges."
)


@dataclass(frozen=True)
class K3Levels:
    """Of each level l (1-l) Omega(l), from below and from above."""

    levels: tuple[Fraction, ...]
    swings: list[tuple[Ball, Ball]]

    @classmethod
    def over(cls, recursion: Recursion, levels: tuple[Fraction, ...]) -> K3Levels:
        """From the values of Omega at the levels."""
        recursion.require(Fact.CONCAVE)
        swings = []
        for level in levels:
            cell, spread = ends(log_odds(level)), ball(level * (1 - level))
            swings.append((spread * recursion.least_omega(cell), spread * recursion.largest_omega(cell)))
        return cls(levels, swings)

    def bounds(self, x: Fraction) -> tuple[list[Ball | None], list[Ball | None]]:
        """At one x, for each level: log-odds that those of v are certainly at least (None: v may be <= 0),
        and at most (None: v <= 0)."""
        weight = ball(-x).exp()
        lower, upper = [], []
        for level, (least, most) in zip(self.levels, self.swings, strict=True):
            lower.append(_log_odds(level, ends(weight * most)[1]))
            upper.append(_log_odds(level, ends(weight * least)[0]))
        return lower, upper


def _log_odds(level: Fraction, drop: Fraction) -> Ball | None:
    """Of level - drop, where it is positive; both are exact."""
    return log_odds(level - drop) if level > drop else None

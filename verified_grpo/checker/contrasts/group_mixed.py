"""The contrast of groups that are drawn again until both outcomes are in them.

A group of equal rewards has advantage 0 (lemma 4), so that of `group` is the mean of the advantages over
groups with both outcomes, times the probability D = 1 - p^G - q^G of such a group. Divided by it, this is
the mean over those groups alone. D = sum over j = 1..G-1 of C(G,j) p^j q^(G-j), by the binomial theorem.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import ClassVar

from verified_grpo.checker.contrasts.facts import Fact, Facts
from verified_grpo.checker.contrasts.group import Group
from verified_grpo.checker.contrasts.jets import Jet, Place, constant
from verified_grpo.checker.contrasts.of_groups import OfGroups, over, powers
from verified_grpo.checker.numbers import ball


@dataclass(frozen=True)
class GroupMixed(OfGroups):
    """Omega = Omega_G/(1 - p^G - q^G)."""

    name = "group-mixed"
    keys = ("group_size", "ddof")
    facts: ClassVar[Facts] = {
        Fact.EVEN_RISING: "Omega_G > 0 is even and does not fall in |L| (lemma 4). p^G + q^G is even, and "
        "for p >= 1/2 its derivative G (p^(G-1) - q^(G-1)) is >= 0: D falls in |L|.",
        Fact.FALLS_IN_EPS: "Omega_G does, and D has no eps. For L >= 0 b = Omega_G'/D + Omega_G (-D')/D^2, "
        "where Omega_G' and Omega_G are >= 0 and fall in eps (lemma 4), and -D' >= 0.",
    }

    @property
    def cost(self) -> int:
        """Each evaluation makes two sums over the group."""
        return 5 * self.size

    @property
    def formula(self) -> str:
        inner = Group(self.size, self.ddof).formula
        return (
            f"Omega(L) = Omega_G(L)/(1 - p^{self.size} - (1-p)^{self.size}), "
            f"Omega_G{inner.removeprefix('Omega')}"
        )

    def omega(self, at: Place) -> Jet:
        size, above, kept = self.size, constant(ball(0)), constant(ball(0))
        for k in range(size):
            height = constant(ball(0))
            for weight, j in ((size - k - 1, k + 1), (k, k)):
                if weight:
                    root = ball(Fraction(j * (size - j), size * (size - self.ddof))).sqrt()
                    height = height + over(ball(Fraction(weight, size)), root, at.eps)
            above = above + comb(size - 1, k) * powers(at, k, size - 1 - k) * height
        for j in range(1, size):
            kept = kept + comb(size, j) * powers(at, j, size - j)
        return above / kept

"""The contrast of groups of which those without signal are dropped: dynamic sampling.

A group whose rewards are all equal has advantage 0. If it is drawn again until both outcomes are in it, a
sample of it gets the advantages of ``group``, over the probability that a group has both: ``Omega_G/(1 -
p^G - q^G)``, 1 - p^G - q^G = sum over j = 1..G-1 of C(G, j) p^j q^(G-j). Near p = 0 (and 1) it grows like
1/p, without bound. It is the contrast of an update without KL, or whose KL is taken over all samples; a KL
that is averaged over the kept ones is another term. Source: DAPO's dynamic sampling (verl,
``algorithm.filter_groups``); the form with its limits is checked here by sums over all groups.
"""

from __future__ import annotations

from fractions import Fraction

from .definition import Chosen
from .facts import Fact
from .groups import TreeOfGroup, in_general, product, share, spread, total
from .reading import Tree


def tree(chosen: Chosen) -> Tree:
    """The contrast of all groups over the share of those that are kept."""
    size = chosen.group_size
    kept = total(share(size, j) for j in range(1, size))
    return ("/", total(_term(chosen, k) for k in range(size)), kept)


def _term(chosen: Chosen, k: int) -> Tree:
    """Beside k successes: the two advantages, each over its own group's spread."""
    size, parts = chosen.group_size, []
    for weight, j in ((size - k - 1, k + 1), (k, k)):
        if weight:
            square = Fraction(j * (size - j), size * (size - chosen.ddof))
            parts.append(("/", str(Fraction(weight, size)), spread(square)))
    return product(share(size - 1, k), total(parts))


DEFINITION = TreeOfGroup(
    name="group-mixed",
    words="a finite group with both outcomes in it",
    expression=in_general,
    argued={
        Fact.EVEN_RISING: "Omega_G is even and does not fall in |L|; p^G + q^G is even and rises in |L|, so "
        "1 - p^G - q^G falls.",
        Fact.FALLS_IN_EPS: "For L >= 0, with D = 1 - p^G - q^G: b = Omega_G'/D + Omega_G (-D')/D^2, and "
        "Omega_G, Omega_G' >= 0 fall in eps, -D' >= 0.",
    },
    made=tree,
    has_ddof=True,
)

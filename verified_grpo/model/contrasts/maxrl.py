"""MaxRL's contrast: ``(r - m)/m``, m the mean of the group's rewards, 0 where all are 0.

A success stands beside k others: ``(1 - m)/m = G/(k + 1) - 1``, a failure beside k successes: -1 (0 if k =
0). So ``Omega = E[G/(k + 1)] - q^(G-1) = (1 - q^G)/p - q^(G-1) = (1 - q^(G-1))/p = 1 + q + ... + q^(G-2)``:
it falls from G - 1 to 1. Source: prime-rl, ``orchestrator/algo/grpo.py`` (``max_rl``); SkyRL,
``ppo_utils.py``.
"""

from __future__ import annotations

from fractions import Fraction

from .definition import Chosen
from .facts import Fact
from .groups import Range, TreeOfGroup, in_general
from .reading import Tree


def tree(chosen: Chosen) -> Tree:
    """By Horner's scheme in q."""
    made: Tree = "1"
    for _ in range(chosen.group_size - 2):
        made = ("+", "1", ("*", "q", made))
    return made


def largest(chosen: Chosen, eps: Range) -> Fraction:
    """At p = 0."""
    return Fraction(chosen.group_size - 1)


def smallest(chosen: Chosen, eps: Range) -> Fraction:
    """At p = 1."""
    return Fraction(1)


DEFINITION = TreeOfGroup(
    name="maxrl",
    words="the mean of the group's rewards",
    expression=in_general,
    argued={
        Fact.AT_LEAST: "The power of 0 is 1, the others are > 0.",
        Fact.BOUNDED: "Each of the G - 1 powers of q is at most 1.",
        Fact.FALLS_IN_EPS: "There is no eps in it.",
        Fact.CONCAVE: "p q Omega = q - q^G, whose second derivative is -G (G-1) q^(G-2).",
    },
    made=tree,
    largest=largest,
    smallest=smallest,
)

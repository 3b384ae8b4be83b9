"""The contrast of rewards that are divided by the standard deviation S of a whole batch, which is given.

The mean is still the group's, so a success has ``1 - 1/G`` more than a failure beside the same others,
divided by S + eps: ``Omega = (1 - 1/G)/(S + eps)``. S depends on all prompts of a batch; it is a number or
a range that is given, and stands, with the stabiliser added, in the place of eps. Source: TRL,
``grpo_trainer.py`` (``scale_rewards`` ``batch``).
"""

from __future__ import annotations

from fractions import Fraction

from ...intervals import canonical
from .definition import Chosen
from .facts import Fact
from .groups import Range, TreeOfGroup, in_general
from .reading import Tree


def _share(chosen: Chosen) -> Fraction:
    return 1 - Fraction(1, chosen.group_size)


def tree(chosen: Chosen) -> Tree:
    """eps is S and the stabiliser together."""
    return ("/", canonical(_share(chosen)), "eps")


def largest(chosen: Chosen, eps: Range) -> Fraction:
    """At the least eps."""
    return _share(chosen) / eps[0]


DEFINITION = TreeOfGroup(
    name="batch",
    words="the batch's standard deviation, which is given",
    expression=in_general,
    argued={
        Fact.BOUNDED: "It does not depend on p.",
        Fact.EVEN_RISING: "It does not depend on p.",
        Fact.FALLS_IN_EPS: "It is 1/eps times a number, and b is 0.",
        Fact.STEEPEST: "b is 0.",
        Fact.CONCAVE: "p (1 - p) is.",
        Fact.CONSTANT: "It does not depend on p.",
    },
    made=tree,
    spread_in_eps=0,
    largest=largest,
)

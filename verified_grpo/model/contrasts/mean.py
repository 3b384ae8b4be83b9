"""The contrast without a division: ``r - mean``. Source: version 4 of the paper, section 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .definition import Definition
from .facts import Fact

if TYPE_CHECKING:
    import sympy as sp


def omega() -> sp.Expr:
    """In the letters of contrasts."""
    from .symbols import whole

    return whole(1)


DEFINITION = Definition(
    name="mean",
    words="mean only",
    expression=omega,
    spread_in_eps=0,
    argued={
        Fact.BOUNDED: "It is 1.",
        Fact.EVEN_RISING: "It is 1.",
        Fact.FALLS_IN_EPS: "It is 1, and b is 0.",
        Fact.STEEPEST: "b is 0.",
        Fact.CONCAVE: "p (1 - p) is.",
        Fact.CONSTANT: "It is 1.",
    },
)

"""The paper's contrast: ``(r - mean)/sqrt(var + eps)``. Source: Mroueh, eq. (4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .definition import Definition
from .facts import Fact

if TYPE_CHECKING:
    import sympy as sp


def omega() -> sp.Expr:
    """In the letters of contrasts."""
    from .symbols import eps, sqrt, v

    return 1 / sqrt(v + eps)


DEFINITION = Definition(
    name="mean-var",
    words="mean and variance, as in the paper",
    expression=omega,
    spread="v",
    spread_in_eps=2,
    argued={
        Fact.BOUNDED: "v > 0.",
        Fact.EVEN_RISING: "It falls in v, which is even in L and falls as |L| rises.",
        Fact.FALLS_IN_EPS: "So do 1/sqrt(v + eps) and |p - q| v/(2 (v + eps)^(3/2)).",
        Fact.ONE_PEAK: "S2: with s = (p - q)^2 the logarithmic derivative of b has the sign of (1 + 4 eps) - "
        "(1 + 12 eps) s.",
        Fact.STEEPEST: "b at its peak: 1/(3 sqrt(3 eps) (1 + 4 eps)).",
        Fact.NEGATIVE_SCHWARZIAN: "S(Omega) <= 1/4 - 3/(8 (p-q)^2): Omega is composed of "
        "v -> (v + eps)^(-1/2), whose Schwarzian is 3/(8 (v + eps)^2), and of v in L.",
        Fact.CONCAVE: "v/sqrt(v + eps) rises in v and is concave in it, and v = p (1 - p) is concave.",
    },
)

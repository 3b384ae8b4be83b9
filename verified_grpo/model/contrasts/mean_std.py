"""The training frameworks' contrast: ``(r - mean)/(std + eps)``. Source: Mroueh, eq. (3) as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .definition import Definition
from .facts import Fact

if TYPE_CHECKING:
    import sympy as sp


def omega() -> sp.Expr:
    """In the letters of contrasts."""
    from .symbols import eps, sqrt, v

    return 1 / (sqrt(v) + eps)


DEFINITION = Definition(
    name="mean-std",
    words="mean and standard deviation, as in training frameworks",
    expression=omega,
    spread="sqrt(v)",
    spread_in_eps=1,
    argued={
        Fact.BOUNDED: "sqrt(v) > 0.",
        Fact.EVEN_RISING: "It falls in v, which is even in L and falls as |L| rises.",
        Fact.FALLS_IN_EPS: "So do 1/(s + eps) and |p - q| s/(2 (s + eps)^2), s = sqrt(v).",
        Fact.ONE_PEAK: "S3: the logarithmic derivative of b in s has the sign of eps - s - 8 eps s^2.",
        Fact.STEEPEST: "b at its peak.",
        Fact.NEGATIVE_SCHWARZIAN: "Omega is a Moebius map of 1/s = 2 cosh(L/2): S(Omega) = (1 - 3/2 "
        "coth^2(L/2))/4.",
        Fact.CONCAVE: "v/(sqrt(v) + eps) rises in v and is concave in it, and v = p (1 - p) is concave.",
    },
)

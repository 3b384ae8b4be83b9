"""What the three monotone items of Proposition 1 share: the sign of h' is that of 2p - 1."""

from __future__ import annotations

import sympy as sp

from .claims import Identity
from .derivations import Derivative
from .framework import Part, supports
from .symbols import DOMAIN, beta, eps, h, h_free, odds, p, r, variance, x

POSITIVE_FACTOR = supports(
    "factor",
    "`h (1 - h) = odds x/(1 + odds x)^2 > 0`.",
    Identity(h_free * (1 - h_free), odds * x / (1 + odds * x) ** 2),
)


def sign_part(text: str, centre: sp.Expr) -> Part:
    """``h'`` with p written from 1/2, so that its sign can be read off."""
    return supports(
        "sign",
        text,
        Identity(
            -h_free * (1 - h_free) * (1 - 2 * centre) / (2 * beta * r**3),
            odds * x / (1 + odds * x) ** 2 * (2 * centre - 1) / (2 * beta * r**3),
        ),
    )


DERIVATIVE = Derivative(
    "h' as printed",
    h(),
    p,
    -h() * (1 - h()) * (1 - 2 * p) / (2 * beta * (variance + eps) ** sp.Rational(3, 2)),
    DOMAIN,
)

"""Parts that several statements rest on: each is checked anew in every certificate that uses it."""

from __future__ import annotations

import sympy as sp

from verified_grpo.model import MEAN_STD, MEAN_VAR, Contrast

from .claims import Identity, Region
from .framework import Part, supports
from .symbols import eps, odds, p, p_ref, r, x

s, t = sp.symbols("s t", positive=True)
half = sp.Rational(1, 2)

GAIN = supports(
    "gain",
    "With `x = exp(-Omega/beta)`: `h - p_ref = p_ref (1-p_ref) (1-x)/(p_ref + (1-p_ref) x)`.",
    Identity(
        1 / (1 + (1 - p_ref) / p_ref * x) - p_ref, p_ref * (1 - p_ref) * (1 - x) / (p_ref + (1 - p_ref) * x)
    ),
)
BELOW_ONE = supports(
    "below-one",
    "`1 - h = odds x/(1 + odds x) > 0`.",
    Identity(1 - 1 / (1 + odds * x), odds * x / (1 + odds * x)),
)
DEEPEST = supports(
    "deepest",
    "`(1/4 + eps) - (p(1-p) + eps) = (p - 1/2)^2`: the root is largest, and `Omega` smallest, at `p = 1/2`.",
    Identity((sp.Rational(1, 4) + eps) - (p * (1 - p) + eps), (p - half) ** 2),
)
ROOT_ABOVE_EPS = supports(
    "above-eps",
    "`r^2 - eps = p(1-p)` for `r^2 = p(1-p) + eps`; with `odds o = p/(1-p) > 0` it is `o/(1 + o)^2 > 0`.",
    Identity((odds / (1 + odds)) * (1 - odds / (1 + odds)), odds / (1 + odds) ** 2),
)

squared_slope = s * (1 - s) ** 2 / (1 - s + 4 * eps) ** 3  # B^2 with s = (2p - 1)^2
bmax_squared = 1 / (27 * eps * (1 + 4 * eps) ** 2)

SLOPE_IN_S = supports(
    "slope-in-s",
    "With `s = (2p-1)^2`, `p(1-p) = (1-s)/4`: the square of `B = p(1-p)(2p-1)/(2 (p(1-p) + eps)^(3/2))` is "
    "`s (1-s)^2/(1-s+4 eps)^3`.",
    Identity((((1 - s) / 4) ** 2 * s) / (4 * ((1 - s) / 4 + eps) ** 3), squared_slope),
)
MAXIMUM = supports(
    "maximum",
    "`Bmax^2 - B^2` is a square times `1 + 4 eps - (1 + 3 eps) s` over positive numbers.",
    Identity(
        bmax_squared - squared_slope,
        (1 + 4 * eps - s * (1 + 12 * eps)) ** 2
        * (1 + 4 * eps - (1 + 3 * eps) * s)
        / (27 * eps * (1 + 4 * eps) ** 2 * (1 - s + 4 * eps) ** 3),
    ),
)
POSITIVE_FACTOR = supports(
    "positive-factor",
    "`1 + 4 eps - (1 + 3 eps) s = eps + (1 - s)(1 + 3 eps) > 0` for `s <= 1`.",
    Identity(1 + 4 * eps - (1 + 3 * eps) * s, eps + (1 - s) * (1 + 3 * eps)),
)
ATTAINED = supports(
    "attained",
    "At `s = (1 + 4 eps)/(1 + 12 eps)` the value is `Bmax^2 = 1/(27 eps (1 + 4 eps)^2)`.",
    Identity(squared_slope.subs(s, (1 + 4 * eps) / (1 + 12 * eps)), bmax_squared),
)
RISE_AND_FALL = supports(
    "rise-and-fall",
    "The quotient rule's numerator for `d(B^2)/ds` is `(1 - s)(1 + 4 eps - (1 + 12 eps) s)`.",
    Identity(
        ((1 - s) ** 2 - 2 * s * (1 - s)) * (1 - s + 4 * eps) + 3 * s * (1 - s) ** 2,
        (1 - s) * (1 + 4 * eps - (1 + 12 * eps) * s),
    ),
)


def amplification(name: str, contrast: Contrast = MEAN_VAR) -> Part:
    """Amplification over the main box, with a margin."""
    return supports(
        name,
        f"{contrast.label}, a large box: every fixed point exceeds p_ref by the margin, in log-odds.",
        Region("amplification", "proved", "0.001:100", "1e-6:1", "0.001:0.999", contrast=contrast),
    )


MEAN_STD_CONTRAST, GROUP_OF_8 = MEAN_STD, Contrast("group", 8, 1)
__all__ = [
    "ATTAINED",
    "BELOW_ONE",
    "DEEPEST",
    "GAIN",
    "GROUP_OF_8",
    "MAXIMUM",
    "MEAN_STD_CONTRAST",
    "POSITIVE_FACTOR",
    "RISE_AND_FALL",
    "ROOT_ABOVE_EPS",
    "SLOPE_IN_S",
    "amplification",
    "bmax_squared",
    "half",
    "r",
    "s",
    "squared_slope",
    "t",
]

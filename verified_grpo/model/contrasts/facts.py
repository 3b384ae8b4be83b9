"""What a contrast may be known to be. A search whose rule rests on a fact asks for it, and is undecided
without.

Of every contrast: ``Omega > 0`` on (0, 1), continuously differentiable. The checker has its own list, and
arguments of its own; here a fact that is claimed in error costs certificates that are refused, and tables and
paved boxes that are wrong.
"""

from __future__ import annotations

from enum import Enum


class Fact(Enum):
    """The value completes "Omega is not known to ...": it is what the reason of an undecided answer says."""

    BOUNDED = "be bounded by a known number"
    """``supremum`` is the least upper bound of Omega on the line."""

    AT_LEAST = "be at least a known number"
    """``floor`` is a lower bound of Omega on the line."""

    EVEN_RISING = "be even in L and not to fall as |L| rises"
    """So ``b = dOmega/dL`` is odd, ``>= 0`` for L >= 0, and Omega at p = 1/2 is the least."""

    FALLS_IN_EPS = "fall in eps, as does |b|"
    """Neither rises as eps rises, at any L."""

    ONE_PEAK = "have a slope of one peak"
    """On L > 0 b rises up to one point and falls after it; it is the zero of ``db/dL`` that SymPy finds in
    ``spread``."""

    STEEPEST = "have a bound of |b| in closed form"
    """The largest ``|b|``, Bmax."""

    NEGATIVE_SCHWARZIAN = "have b > 0 and a negative Schwarzian derivative for L > 0"

    CONCAVE = "make p (1-p) Omega concave in p"
    """``p (1 - p) Omega`` is concave on [0, 1], 0 at its ends."""

    BERNSTEIN = "be a Bernstein polynomial of coefficients that fall to the middle"
    """``coefficients``, symmetric, which do not rise up to the middle."""

    CONSTANT = "be constant"
    """b = 0."""


Facts = dict[Fact, str]
"""Facts, each with the argument that proves it."""

PEAKED = (Fact.EVEN_RISING, Fact.FALLS_IN_EPS, Fact.ONE_PEAK, Fact.STEEPEST)
"""What enclosures by the peak of ``b`` rest on."""

"""What a contrast may be known to be. A lemma names the facts that it needs, a contrast those that are proved
of it; a rule that needs a fact asks for it and declines without.

Of every contrast, whatever its facts: Omega is > 0 and, as a function of L, continuous with a continuous
derivative b. Nothing else goes without saying.
"""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from verified_grpo.checker.diagnostics import Code, Fault


class Fact(Enum):
    """The value completes "Omega is known to ...": it is what a diagnostic prints."""

    BOUNDED = "be bounded by a known number"
    """`bound(eps)` is an upper bound of Omega on the line, for a range of eps."""

    AT_LEAST = "be at least a known number"
    """`infimum(eps)` is a lower bound of Omega on the line, for a range of eps."""

    EVEN_RISING = "be even in L and not to fall as |L| rises"
    """So b is odd, >= 0 for L >= 0, and Omega(0) is the least value."""

    FALLS_IN_EPS = "fall in eps, as does |b|"
    """At every L neither rises as eps rises."""

    ONE_PEAK = "have a slope of one peak"
    """On L > 0 b' is > 0 up to one point and < 0 after it."""

    STEEPEST = "have a bound of |b| in closed form"
    """`steepest(eps)` is an upper bound of |b| on the line, Bmax."""

    NEGATIVE_SCHWARZIAN = "have b > 0 and a negative Schwarzian derivative for L > 0"
    """b > 0 and b''/b - (3/2) (b'/b)^2 < 0 there."""

    CONCAVE = "make p (1-p) Omega concave in p"
    """D(p) = p (1-p) Omega, 0 at p = 0 and p = 1, is continuous and concave on [0, 1]."""


class Known(Protocol):
    """Whatever names the facts that are proved of it."""

    @property
    def facts(self) -> Facts: ...

    @property
    def label(self) -> str: ...


Facts = dict[Fact, str]
"""Facts, each with the argument that proves it."""


def require_fact(contrast: Known, *facts: Fact) -> None:
    """Go on only if these are proved of a contrast."""
    for fact in facts:
        if fact not in contrast.facts:
            raise Fault(Code.MISSING_FACT, f"Omega of {contrast.label} is not known to {fact.value}")

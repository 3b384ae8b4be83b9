"""The success rate that is aimed at."""

from __future__ import annotations

from fractions import Fraction

from ..intervals import canonical

HALF = Fraction(1, 2)
"""What is aimed at where nothing is said."""


def written(target: Fraction) -> str:
    """As a person writes it."""
    return "1/2" if target == HALF else canonical(target)

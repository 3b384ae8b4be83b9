"""One certified answer about a configuration, and the numbers in it as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ...certificates.grammar.values import AnyCertificate
from ...intervals import decimal_down, decimal_up, exact
from ...rigor.verdicts import Answer

DIGITS = 4
SMALL_STEPS, THIS_STEP, MAXIMISER = "small steps", "this step", "exact maximiser"


@dataclass(frozen=True)
class Finding:
    """One certified answer: a name, its verdict, a sentence, the certificate where one was made, which
    updates it is about (``small steps``, ``this step`` or the ``exact maximiser``), and the sentence's
    numbers by name, rounded as they are there."""

    name: str
    verdict: Answer
    sentence: str
    certificate: AnyCertificate | None = None
    view: str = MAXIMISER
    numbers: Mapping[str, str] = field(default_factory=dict)


def short_down(x: Fraction | str) -> str:
    """A few digits, rounded down."""
    return decimal_down(exact(x), DIGITS)


def short_up(x: Fraction | str) -> str:
    """A few digits, rounded up."""
    return decimal_up(exact(x), DIGITS)


def probability_down(p: str, one_minus_p: str) -> str:
    """A lower bound of p from decimals around p and 1 - p, near 1 by its complement."""
    return f"1 - {short_up(one_minus_p)}" if exact(one_minus_p) < Fraction(1, 1000) else short_down(p)


def probability_up(p: str, one_minus_p: str) -> str:
    """An upper bound of p, likewise."""
    return f"1 - {short_down(one_minus_p)}" if exact(one_minus_p) < Fraction(1, 1000) else short_up(p)


def within(p: tuple[str, str], one_minus_p: tuple[str, str]) -> dict[str, str]:
    """Ends of p and of 1 - p, as numbers of a finding."""
    return {
        "p_least": p[0],
        "p_most": p[1],
        "one_minus_p_least": one_minus_p[0],
        "one_minus_p_most": one_minus_p[1],
    }

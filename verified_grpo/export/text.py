"""Exact numbers as Coq reads them, and the names it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ..certificates.grammar.values import Bits, Side
from ..errors import InputError

SMALLEST_POWER = 20_000
"""A smaller power of ten is beyond what Coq's unary exponents carry."""

_PLAIN_POWER = 20
_SCIENTIFIC = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?e-([0-9]+)", re.ASCII)
_RESERVED = {
    "exists",
    "forall",
    "fun",
    "if",
    "in",
    "let",
    "match",
    "return",
    "then",
    "with",
    "as",
    "at",
    "end",
    "else",
}


def real(number: Fraction) -> str:
    """A rational as an exact expression of Coq's reals.

    >>> real(Fraction(-3, 10)), real(Fraction(5))
    ('(-3 / 10)', '5')
    """
    if number.denominator == 1:
        return f"({number.numerator})" if number < 0 else str(number.numerator)
    return f"({number.numerator} / {number.denominator})"


def bound(text: str) -> str:
    """A bound as a certificate writes it; a small power of ten stays a power, for its integers would be huge.

    >>> bound("0.25"), bound("-2.5e-300")
    ('(1 / 4)', '(-25 * powerRZ 10 (-301))')

    Raises:
        InputError: a power of ten below 10^-20000.
    """
    scientific = _SCIENTIFIC.fullmatch(text)
    if not scientific or int(scientific[4]) <= _PLAIN_POWER:
        return real(Fraction(text))
    sign, whole, decimals, exponent = scientific.groups()
    power = int(exponent) + len(decimals or "")
    if power > SMALLEST_POWER:
        raise InputError(f"{text} is smaller than 1e-{SMALLEST_POWER}, which has no export to Coq")
    return f"({sign}{int(whole + (decimals or ''))} * powerRZ 10 (-{power}))"


def working_bits(evidence: Bits) -> int:
    """Bits of Coq's first attempt at each number; a second one has twice as many."""
    return min(int(evidence["bits"]), 96)


def identifier(name: str) -> str:
    """A name that Coq takes: letters, digits and _, a letter first, no word of the language.

    >>> identifier("fixed-points-beta-0.04"), identifier("3 points"), identifier("forall")
    ('fixed_points_beta_0_04', 'certificate_3_points', 'certificate_forall')
    """
    cleaned = re.sub(r"[^A-Za-z0-9_]", "_", name)
    if cleaned in _RESERVED or not re.match(r"[A-Za-z]", cleaned):
        return f"certificate_{cleaned}"
    return cleaned


def comment(text: str) -> str:
    """Anybody's text inside a comment: what could end the comment, or begin a text in it, is shown as its
    number, and so is all that is not ASCII.

    >>> comment("x *) Axiom a : False.")
    'x [U+002A]) Axiom a : False.'
    """
    return re.sub(r'[*"]|[^ -~]', lambda found: f"[U+{ord(found.group()):04X}]", text)


def span(side: Side) -> tuple[Fraction, Fraction]:
    """A number or a range of a certificate, as its two ends."""
    low, high = side if isinstance(side, list) else (side, side)
    return Fraction(low), Fraction(high)


def all_of(claims: Sequence[str], between: str = " ") -> str:
    """Claims joined by and."""
    return f" /\\{between}".join(claims)

"""What a terminal shows: paragraphs, tables of numbers, enclosures rounded outward to a column's width."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from math import exp

from rich import box as frames
from rich.table import Table

from ..characters import visible
from ..intervals import canonical, decimal_down, decimal_up, exact

WIDTH = 79
LINE_DIGITS = 12


def wrapped(text: str, lead: str = "") -> str:
    """A paragraph, its other lines as far to the right as its lead makes the first; its words may be
    anybody's."""
    return textwrap.fill(
        visible(text), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )


def number_table(title: str | None = None) -> Table:
    """An empty table of the one look that all have."""
    return Table(
        title=title, title_justify="left", box=frames.SIMPLE_HEAD, pad_edge=False, collapse_padding=True
    )


def bracket(low: Fraction, high: Fraction) -> str:
    """A range in a line, its ends rounded outward.

    >>> bracket(Fraction(-1, 3), Fraction(2, 3))
    '[-0.333333333334, 0.666666666667]'
    """
    return f"[{decimal_down(low, LINE_DIGITS)}, {decimal_up(high, LINE_DIGITS)}]"


def ends(given: tuple[Fraction, Fraction]) -> tuple[str, str]:
    """Both ends of a range as exact text."""
    return canonical(given[0]), canonical(given[1])


def shortened(pair: tuple[str, str]) -> tuple[str, str]:
    """Decimal text rounded outward to a column's width; extreme exponents are only cut in their digits."""
    return _cut(pair[0], up=False), _cut(pair[1], up=True)


def _cut(text: str, *, up: bool, digits: int = 8) -> str:
    mantissa, _, exponent = text.partition("e")
    if len(mantissa.replace("-", "").replace(".", "").lstrip("0")) <= digits:
        return text
    short = (decimal_up if up else decimal_down)(exact(mantissa), digits)
    return f"{short}e{exponent}" if exponent else short


def shown_between(log_odds: tuple[Fraction, Fraction]) -> str:
    """Where a part of the way is, in rounded probabilities."""
    low, high = (1 / (1 + exp(min(700.0, -float(end)))) for end in log_odds)
    return f"between p = {low:.4g} and {high:.4g} (rounded)"

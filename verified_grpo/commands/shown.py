"""Enclosures as a table shows them: rounded outward to a column's width."""

from __future__ import annotations

from ..intervals import decimal_down, decimal_up, exact


def shortened(pair: tuple[str, str]) -> tuple[str, str]:
    """Decimal text rounded outward to a column's width; extreme exponents are only cut in their digits."""
    return _cut(pair[0], up=False), _cut(pair[1], up=True)


def _cut(text: str, *, up: bool, digits: int = 8) -> str:
    mantissa, _, exponent = text.partition("e")
    if len(mantissa.replace("-", "").replace(".", "").lstrip("0")) <= digits:
        return text
    short = (decimal_up if up else decimal_down)(exact(mantissa), digits)
    return f"{short}e{exponent}" if exponent else short

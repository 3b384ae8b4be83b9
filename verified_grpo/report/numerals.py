"""Numbers of a certificate, made short enough to read: rounded outward, never to nearest.

A certificate's number may have thousands of digits or an exponent of a thousand million. It is shortened
here on its digits, without ever being written out: what is printed as a lower bound is at most the number,
as an upper bound at least. A number that is short already is printed as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from verified_grpo.report.formula import Tree

# Digits of a bound in a table; the certificate has them all.
TABLE_DIGITS = 20


@dataclass(frozen=True)
class _Decimal:
    """`digits * 10**exponent` with a sign; `digits` starts and ends with no zero unless it is "0"."""

    negative: bool
    digits: str
    exponent: int


def bounds(pair: Sequence[str], digits: int = TABLE_DIGITS, *, scientific: bool = False) -> tuple[str, str]:
    """The two ends of a range of numbers, rounded outward to so many significant digits.

    >>> bounds(["1.23456", "1.23999"], 3)
    ('1.23', '1.24')
    """
    return (
        shortened(pair[0], digits, up=False, scientific=scientific),
        shortened(pair[1], digits, up=True, scientific=scientific),
    )


def shortened(number: str, digits: int, *, up: bool, scientific: bool = False) -> str:
    """The number to so many significant digits, rounded up or down; a fraction becomes a decimal.

    >>> shortened("2/3", 4, up=False), shortened("-2/3", 4, up=False), shortened("1e-12", 4, up=True)
    ('0.6666', '-0.6667', '1e-12')
    """
    return _text(_rounded(_parse(number, digits, up=up), digits, up=up), scientific)


def scientific(pair: Sequence[str], digits: int) -> Tree:
    """A range of positive numbers, with one power of ten where both ends have the same."""
    low, high = bounds(pair, digits, scientific=True)
    (first, _, power), (last, _, other) = low.partition("e"), high.partition("e")
    if power and power == other:
        return ("*", ("interval", first, last), f"1e{power}")
    return ("interval", low, high)


def percent(share: Fraction, places: int = 2) -> str:
    """A share from 0 to 1, rounded for reading, but never to nothing or to the whole.

    >>> percent(Fraction(1, 3)), percent(Fraction(1, 10**6)), percent(Fraction(0))
    ('33.33%', 'below 0.01%', '0.00%')
    """
    shown = f"{float(share):.{places}%}"
    least = Fraction(1, 10 ** (places + 2))
    if shown == f"{0:.{places}%}" and share > 0:
        return f"below {float(least):.{places}%}"
    if shown == f"{1:.{places}%}" and share < 1:
        return f"above {float(1 - least):.{places}%}"
    return shown


def as_floats(pair: Sequence[str]) -> tuple[float, float]:
    """An interval for drawing."""
    low, high = pair
    return as_float(low), as_float(high)


def as_float(number: str) -> float:
    """About the number, for drawing only; infinite or zero where a float cannot follow."""
    decimal = _rounded(_parse(number, 25, up=False), 20, up=False)
    return float(f"{'-' if decimal.negative else ''}{decimal.digits}e{decimal.exponent}")


def _parse(number: str, digits: int, *, up: bool) -> _Decimal:
    negative = number.startswith("-")
    if "/" in number:
        above, below = number.lstrip("-").split("/")
        # Decimal reads long integers that int(text) refuses.
        value = Fraction(int(Decimal(above)), int(Decimal(below)))
        return _divide(negative, value, digits, away=up != negative)
    mantissa, _, exponent = number.lstrip("-").partition("e")
    whole, _, part = mantissa.partition(".")
    return _normal(negative, whole + part, int(exponent or 0) - len(part))


def _divide(negative: bool, value: Fraction, digits: int, *, away: bool) -> _Decimal:
    """A positive fraction with a few digits more than asked, rounded away from zero or towards it."""
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    exponent = bits * 30103 // 100000 - digits - 3
    scaled = value / Fraction(10) ** exponent
    floor, rest = divmod(scaled.numerator, scaled.denominator)
    return _normal(negative, str(floor + (away and rest > 0)), exponent)


def _normal(negative: bool, digits: str, exponent: int) -> _Decimal:
    stripped = digits.rstrip("0")
    significant = stripped.lstrip("0")
    if not significant:
        return _Decimal(False, "0", 0)
    return _Decimal(negative, significant, exponent + len(digits) - len(stripped))


def _rounded(decimal: _Decimal, digits: int, *, up: bool) -> _Decimal:
    surplus = len(decimal.digits) - digits
    if surplus <= 0:
        return decimal
    # The last digit is not 0, so something is always cut off and rounding away from zero adds one.
    kept = int(decimal.digits[:digits]) + (up != decimal.negative)
    return _normal(decimal.negative, str(kept), decimal.exponent + surplus)


def _text(decimal: _Decimal, scientific: bool) -> str:
    digits = decimal.digits
    minus = "-" if decimal.negative else ""
    magnitude = len(digits) - 1 + decimal.exponent
    if scientific or not -4 <= magnitude <= 8:
        part = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{minus}{digits[0]}{part}" + (f"e{magnitude}" if magnitude else "")
    if decimal.exponent >= 0:
        return minus + digits + "0" * decimal.exponent
    if magnitude < 0:
        return f"{minus}0.{'0' * (-magnitude - 1)}{digits}"
    return f"{minus}{digits[: magnitude + 1]}.{digits[magnitude + 1 :]}"

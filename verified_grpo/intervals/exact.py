"""Exact numbers at the boundary: what a user may type, what a certificate may say, and nothing in binary floating point.

Text is read by a grammar of the suite's own (never ``eval``, never SymPy's parser): an integer, a decimal with an optional
exponent, or ``a/b``. Text is written outward: :func:`decimal_down` and :func:`decimal_up` round away from what they bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from flint import fmpz

from ..errors import InputError, NotExactError
from .engine import Dyadic, Engine, dyadic_fraction

V = TypeVar("V")

Exact = int | str | Fraction | Sequence[int | str | Fraction]
"""A number, ``"LO:HI"``, or a pair of numbers."""

LENGTH_LIMIT = 30_000
EXPONENT_LIMIT = 20_000

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,9}))?", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_ALLOWED = "allowed are an integer, a decimal such as 0.04 or 1e-5, or a fraction such as 3/10"


def exact(number: int | str | Fraction) -> Fraction:
    """The exact value of an int, a Fraction, or decimal or ``a/b`` text.

    >>> exact("1e-5"), exact("3/10")
    (Fraction(1, 100000), Fraction(3, 10))

    Raises:
        NotExactError: a float or anything else that is not exact; the message says what to type instead.
        InputError: text outside the grammar, too long, or with an exponent beyond 20,000.
    """
    if isinstance(number, bool) or not isinstance(number, int | str | Fraction):
        if isinstance(number, float):
            raise NotExactError(f'{number!r} is a binary float, not an exact number: write "{number!r}" or a Fraction')
        raise NotExactError(f"{type(number).__name__} is not an exact number: give an int, a Fraction or text")
    if not isinstance(number, str):
        return Fraction(number)
    text = number.strip()
    if len(text) > LENGTH_LIMIT:
        raise InputError(f"a number of {len(text)} characters: at most {LENGTH_LIMIT} are allowed")
    if not text:
        raise InputError(f"empty text where a number is wanted: {_ALLOWED}")
    if "/" in text:
        return _fraction(text)
    match = _DECIMAL.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise InputError(f"{_shown(text)} is not a number: {_ALLOWED}")
    sign, whole, decimals, exponent = match[1], match[2] or "", match[3] or "", int(match[4] or 0)
    if abs(exponent) > EXPONENT_LIMIT:
        raise InputError(f"{_shown(text)}: exponents beyond {EXPONENT_LIMIT} are not allowed")
    shift = exponent - len(decimals)
    value = Fraction(_int(whole + decimals))
    value = value * 10**shift if shift >= 0 else value / 10**-shift
    return -value if sign == "-" else value


def _fraction(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    if not (_INTEGER.fullmatch(numerator.strip()) and _INTEGER.fullmatch(denominator.strip())):
        raise InputError(f"{_shown(text)} is not a fraction of two integers: {_ALLOWED}")
    below = _int(denominator.strip())
    if not below:
        raise InputError(f"{_shown(text)} divides by zero")
    return Fraction(_int(numerator.strip()), below)


def exact_range(value: Exact) -> tuple[Fraction, Fraction]:
    """A closed range from ``"LO:HI"``, a pair, or a number (a point).

    >>> exact_range("0.001:1")
    (Fraction(1, 1000), Fraction(1, 1))

    Raises:
        InputError: as :func:`exact`, or a range the wrong way round, or not of two ends.
    """
    if isinstance(value, str) and ":" in value:
        value = value.split(":")
    if isinstance(value, int | str | Fraction | float):
        number = exact(value)
        return number, number
    ends = [exact(end) for end in value]
    if len(ends) != 2:
        raise InputError(f"a range has two ends, LO:HI, not {len(ends)}")
    low, high = ends
    if low > high:
        raise InputError(f"the range {canonical(low)}:{canonical(high)} is the wrong way round: write the smaller end first")
    return low, high


def canonical(x: Fraction) -> str:
    """The text of an exact number in a certificate: a terminating decimal, or ``a/b`` where that is shorter (or the only one).

    >>> canonical(Fraction(1, 100000)), canonical(Fraction(-1, 25)), canonical(Fraction(1, 3))
    ('1e-5', '-0.04', '1/3')
    """
    ratio = f"{_digits(x.numerator)}/{_digits(x.denominator)}"
    places = _decimal_places(x.denominator)
    if places is None or places > LENGTH_LIMIT:
        return ratio
    decimal = _decimal_text(x.numerator * (10**places // x.denominator), -places)
    return decimal if len(decimal) <= len(ratio) + 6 else ratio


def decimal_down(x: Fraction, digits: int) -> str:
    """The largest decimal of so many significant digits that does not exceed x."""
    return _rounded(x, digits, up=False)


def decimal_up(x: Fraction, digits: int) -> str:
    """The smallest decimal of so many significant digits that is not below x."""
    return _rounded(x, digits, up=True)


def decimal_enclosure(engine: Engine[V], value: V, digits: int) -> tuple[str, str]:
    """Decimal text around an enclosure, rounded outward; also for numbers as small as ``e^(-3e10)``.

    Raises:
        NotEnoughPrecision: nothing is known about the value.
    """
    shift = _decimal_exponent(engine.upper_dyadic(value), engine.lower_dyadic(value))
    if abs(shift) < 4000:
        return decimal_down(engine.lower(value), digits), decimal_up(engine.upper(value), digits)
    scaled = engine.mul(value, engine.power(engine.exact(10), -shift))
    return (
        _rounded(engine.lower(scaled), digits, up=False, shift=shift),
        _rounded(engine.upper(scaled), digits, up=True, shift=shift),
    )


def _decimal_exponent(*ends: Dyadic) -> int:
    """The decimal exponent of the larger end, about; only scaling depends on it, never soundness."""
    sizes = [m.bit_length() + e for m, e in ends if m]
    return max(sizes) * 30103 // 100000 if sizes else 0


def _rounded(x: Fraction, digits: int, *, up: bool, shift: int = 0) -> str:
    """x * 10^shift rounded down or up to so many significant digits."""
    if not x:
        return "0"
    n, d = x.numerator, x.denominator
    exponent = (n.bit_length() - d.bit_length()) * 30103 // 100000 - digits  # one or two digits more than asked
    n, d = (n, d * 10**exponent) if exponent >= 0 else (n * 10**-exponent, d)
    coefficient = -(-n // d) if up else n // d
    if surplus := len(_digits(abs(coefficient))) - digits:
        unit = 10**surplus
        coefficient = -(-coefficient // unit) if up else coefficient // unit
    return _decimal_text(coefficient, exponent + max(surplus, 0) + shift)


def _decimal_text(coefficient: int, exponent: int) -> str:
    """``coefficient * 10^exponent`` without trailing zeros, in fixed notation from 1e-4 to 1e21, else scientific."""
    if not coefficient:
        return "0"
    sign = "-" if coefficient < 0 else ""
    digits = _digits(abs(coefficient))
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    leading = exponent + len(stripped) - 1
    if not -4 <= leading < 21:
        body = stripped[0] + ("." + stripped[1:] if len(stripped) > 1 else "")
        return f"{sign}{body}e{leading}"
    if exponent >= 0:
        return sign + stripped + "0" * exponent
    if leading >= 0:
        return f"{sign}{stripped[: leading + 1]}.{stripped[leading + 1 :]}"
    return f"{sign}0.{'0' * (-leading - 1)}{stripped}"


def _decimal_places(denominator: int) -> int | None:
    """How many decimal places a fraction in lowest terms with this denominator has, None when it does not terminate."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


# Python limits int <-> text to 4300 digits for the whole process; Arb's integers have no such limit.
def _digits(n: int) -> str:
    return str(fmpz(n))


def _int(text: str) -> int:
    return int(fmpz(text.lstrip("+") or "0"))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


__all__ = ["Exact", "canonical", "decimal_down", "decimal_enclosure", "decimal_up", "dyadic_fraction", "exact", "exact_range"]

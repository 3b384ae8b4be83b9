"""Exact numbers at the boundary: what a user may type and a certificate may say; nothing in binary floating
point.

Text is read by a grammar of the suite's own (never ``eval``, never SymPy's parser): an integer, a decimal
with an optional exponent, or ``a/b``. Text is written outward: :func:`decimal_down` and :func:`decimal_up`
round away from what they bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Integral
from operator import index
from typing import SupportsIndex, TypeVar

from ..errors import InputError, NotExactError
from .engine import Dyadic, Engine, dyadic_fraction

V = TypeVar("V")

Number = str | Fraction | Decimal | SupportsIndex
"""An exact number: an integer of any library is one that says so (``__index__``)."""
Exact = Number | Sequence[Number]
"""A number, ``"LO:HI"``, or a pair of numbers."""

LENGTH_LIMIT = 30_000
EXPONENT_LIMIT = 20_000

# Decimals of at most so many digits are written as decimals even where a/b would be shorter.
DECIMAL_DIGITS = 25

# End points with a binary exponent beyond this are scaled in the engine before they are written.
_SCALED_BEYOND = 2**16

# Texts of more digits than this are FLINT's to read.
_SHORT = 1000

# Numbers whose exponent in scientific notation is within the limit.
_SMALLEST = Fraction(1, 10**EXPONENT_LIMIT)
_BEYOND = 10 ** (EXPONENT_LIMIT + 1)

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?", re.ASCII)
_FRACTION = re.compile(r"([+-]?[0-9]+)/([+-]?[0-9]+)", re.ASCII)
_ALLOWED = "allowed are an integer, a decimal such as 0.04 or 1e-5, or a fraction such as 3/10"


def exact(number: Number) -> Fraction:
    """The exact value of an integer (NumPy's too), a Fraction, a Decimal, or decimal or ``a/b`` text.

    >>> exact("1e-5"), exact("3/10")
    (Fraction(1, 100000), Fraction(3, 10))

    Raises:
        NotExactError: a float or anything else that is not exact; the message says what to type instead.
        InputError: text outside the grammar, longer than 30,000 characters, or of a number with an exponent
        beyond 20,000, as it is written or in scientific notation.
    """
    if not isinstance(number, str):
        if type(number) is int or isinstance(number, Fraction):
            return Fraction(number)
        if isinstance(number, Decimal):
            return exact(str(number))
        if isinstance(number, bool) or not isinstance(number, Integral):
            raise _not_exact(number)
        return Fraction(index(number))
    if len(number) > LENGTH_LIMIT:
        raise InputError(f"a number of {len(number)} characters: at most {LENGTH_LIMIT} are allowed")
    text = number.strip(" ")
    if not text:
        raise InputError(f"empty text where a number is wanted: {_ALLOWED}")
    value = _ratio(text) if "/" in text else _decimal(text)
    # What is read can be written: `canonical` may use an exponent where the text given had none.
    size = value.numerator.bit_length() - value.denominator.bit_length()
    if abs(size) > 3 * EXPONENT_LIMIT and value and not _SMALLEST <= abs(value) < _BEYOND:
        raise InputError(f"{_shown(text)}: an exponent beyond {EXPONENT_LIMIT} is not allowed")
    return value


def _decimal(text: str) -> Fraction:
    match = _DECIMAL.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise InputError(f"{_shown(text)} is not a number: {_ALLOWED}")
    if match[4] and abs(_int(match[4])) > EXPONENT_LIMIT:
        raise InputError(f"{_shown(text)}: an exponent beyond {EXPONENT_LIMIT} is not allowed")
    return Fraction(Decimal(text))  # exact, whatever the decimal context says


def _ratio(text: str) -> Fraction:
    match = _FRACTION.fullmatch(text)
    if not match:
        raise InputError(f"{_shown(text)} is not a number: {_ALLOWED}")
    below = _int(match[2])
    if not below:
        raise InputError(f"{_shown(text)} divides by zero")
    return Fraction(_int(match[1]), below)


def _not_exact(number: object) -> NotExactError:
    if not isinstance(number, float):
        kind = type(number).__name__
        return NotExactError(
            f'{kind} is not an exact number: give an int, Fraction, Decimal or text like "0.04"'
        )
    meant = float.__repr__(number)  # a subclass such as NumPy's has a repr of its own
    if not _DECIMAL.fullmatch(meant):
        return NotExactError(f"{meant} is not a number that can be used: {_ALLOWED}")
    value = exact(meant)
    flaw = "" if value == Fraction(number) else f", not exactly {value}"
    return NotExactError(f'{meant} is a binary float{flaw}: write "{meant}" or {value!r}')


def exact_range(value: Exact) -> tuple[Fraction, Fraction]:
    """A closed range from ``"LO:HI"``, a pair, or a number (a range of one point); equal ends are a point
    too.

    >>> exact_range("0.001:1")
    (Fraction(1, 1000), Fraction(1, 1))

    Raises:
        InputError: as :func:`exact`, or a range the wrong way round, or not of two ends.
    """
    if isinstance(value, str) and ":" in value:
        ends: Sequence[Number] = value.split(":")
    elif isinstance(value, list | tuple):
        ends = value
    else:
        number = exact(value)  # type: ignore[arg-type]  # `exact` refuses what is not a number
        return number, number
    if len(ends) != 2:
        raise InputError(f"a range has two ends, LO:HI, not {len(ends)}")
    low, high = exact(ends[0]), exact(ends[1])
    if low > high:
        shown = f"{_shorter(canonical(low))}:{_shorter(canonical(high))}"
        raise InputError(f"the range {shown} is the wrong way round: write the smaller end first")
    return low, high


def canonical(x: Fraction) -> str:
    """The text of an exact number in a certificate; reading it with :func:`exact` gives x back.

    A terminating decimal, where it is short (25 digits) or not longer than ``a/b``; else ``a/b`` in lowest
    terms.

    >>> canonical(Fraction(1, 100000)), canonical(Fraction(-1, 25)), canonical(Fraction(1, 3))
    ('1e-5', '-0.04', '1/3')
    """
    places = _decimal_places(x.denominator)
    if places is None or places > LENGTH_LIMIT:
        return f"{_digits(x.numerator)}/{_digits(x.denominator)}"
    decimal = _decimal_text(x.numerator * (10**places // x.denominator), -places)
    if len(decimal) <= DECIMAL_DIGITS or x.denominator == 1:
        return decimal
    ratio = f"{_digits(x.numerator)}/{_digits(x.denominator)}"
    return decimal if len(decimal) <= len(ratio) else ratio


def decimal_down(x: Fraction, digits: int) -> str:
    """The largest decimal of so many significant digits that does not exceed x.

    >>> decimal_down(Fraction(2, 3), 5), decimal_down(Fraction(-2, 3), 5)
    ('0.66666', '-0.66667')
    """
    return _rounded(x, digits, up=False)


def decimal_up(x: Fraction, digits: int) -> str:
    """The smallest decimal of so many significant digits that is not below x.

    >>> decimal_up(Fraction(2, 3), 5), decimal_up(Fraction(1, 10**9), 5)
    ('0.66667', '1e-9')
    """
    return _rounded(x, digits, up=True)


def decimal_enclosure(engine: Engine[V], value: V, digits: int) -> tuple[str, str]:
    """Decimal text (lower, upper) around an enclosure, rounded outward; also for numbers as small as
    ``e^(-3e10)``.

    Raises:
        NotEnoughPrecision: nothing is known about the value.
    """
    return (
        _decimal_end(engine, engine.lower_dyadic(value), digits, up=False),
        _decimal_end(engine, engine.upper_dyadic(value), digits, up=True),
    )


def _decimal_end(engine: Engine[V], end: Dyadic, digits: int, *, up: bool) -> str:
    """An end point m * 2^e; where e is huge, m * 2^e * 10^-s is enclosed first, s being about its size."""
    m, e = end
    if not m:
        return "0"
    if abs(e) <= _SCALED_BEYOND:
        return _rounded_dyadic(m, e, digits, up=up)
    shift = _digits_of_bits(m.bit_length() + e)
    with engine:
        power = engine.mul(engine.power(engine.exact(2), e), engine.power(engine.exact(10), -shift))
        scaled = engine.mul(engine.exact(m), power)
        bound = engine.upper(scaled) if up else engine.lower(scaled)
    return _rounded(bound, digits, up=up, shift=shift)


def _rounded_dyadic(m: int, e: int, digits: int, *, up: bool) -> str:
    """m * 2^e rounded down or up: to a digit or two more by shifts, then, the same way, digit by digit."""
    exponent = _digits_of_bits(m.bit_length() + e) - digits - 1
    if exponent > 0 or e >= 0:
        return _rounded(dyadic_fraction((m, e)), digits, up=up)
    scaled = m * _ten(-exponent)
    coefficient = -(-scaled >> -e) if up else scaled >> -e
    while not -_ten(digits) < coefficient < _ten(digits):
        coefficient = -(-coefficient // 10) if up else coefficient // 10
        exponent += 1
    return _decimal_text(coefficient, exponent)


def _rounded(x: Fraction, digits: int, *, up: bool, shift: int = 0) -> str:
    """x * 10^shift, rounded down or up to so many significant digits."""
    if not x:
        return "0"
    exponent = _magnitude(x) - digits + 1
    # Integers, not Fractions: no common divisor has to be looked for in long numbers.
    numerator, denominator = x.numerator * _ten(-exponent), x.denominator * _ten(exponent)
    coefficient = -(-numerator // denominator) if up else numerator // denominator
    return _decimal_text(coefficient, exponent + shift)


def _magnitude(x: Fraction) -> int:
    """``floor(log10 |x|)`` for x != 0."""
    numerator, denominator = abs(x.numerator), x.denominator
    guess = _digits_of_bits(numerator.bit_length() - denominator.bit_length())
    while _reaches(numerator, denominator, guess + 1):
        guess += 1
    while not _reaches(numerator, denominator, guess):
        guess -= 1
    return guess


def _digits_of_bits(bits: int) -> int:
    """About bits * log10(2): to one for all bits below 10^17."""
    return bits * 30102999566398120 // 10**17


def _reaches(numerator: int, denominator: int, power: int) -> bool:
    """Whether numerator/denominator >= 10^power."""
    return numerator * _ten(-power) >= denominator * _ten(power)


def _decimal_text(coefficient: int, exponent: int) -> str:
    """``coefficient * 10^exponent`` without idle zeros; positional from 1e-4 to below 1e21, else
    scientific.
    """
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
    """The decimal places of a fraction in lowest terms with this denominator; None if it goes on for ever."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


@lru_cache(maxsize=512)
def _ten(power: int) -> int:
    """10^power, or 1 for a negative power."""
    ten: int = 10 ** max(power, 0)
    return ten


# Python limits int <-> text to 4300 digits for the whole process; FLINT's integers have no such limit.
def _digits(n: int) -> str:
    from flint import fmpz  # for long numbers only

    return str(fmpz(n))


def _int(text: str) -> int:
    if len(text) < _SHORT:
        return int(text)
    from flint import fmpz

    return int(fmpz(text.removeprefix("+")))


def _shorter(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def _shown(text: str) -> str:
    return repr(_shorter(text))

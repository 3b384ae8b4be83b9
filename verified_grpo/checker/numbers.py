"""Exact numbers from text, and the balls that enclose them."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import NamedTuple

from verified_grpo.checker.arithmetic import in_force
from verified_grpo.checker.diagnostics import Code, Fault, require
from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.fuel import pay_for_number
from verified_grpo.checker.limits import (
    MAX_BITS,
    MAX_EXPONENT,
    MAX_LOGIT,
    MAX_NUMBER_LENGTH,
    MAX_SCALE,
    MIN_BITS,
)
from verified_grpo.checker.reading import natural, pair, record, text

_DECIMAL = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]*[1-9]))?(?:e(-?[1-9][0-9]*))?")
_FRACTION = re.compile(r"(-?)([1-9][0-9]*)/([1-9][0-9]*)")
_PIECE = 4000
_DIGIT_BITS = 4  # at most, of a decimal digit
_GUARD_BITS = 64  # so that rounding here never decides against a prover that works with the stated bits

Interval = tuple[Fraction, Fraction]


class Scaled(NamedTuple):
    """The number mantissa * 10^exponent, not multiplied out: the exponent may be thirteen digits long."""

    mantissa: Fraction | int
    exponent: int


def scaled(value: object, where: str, largest_exponent: int = MAX_SCALE) -> Scaled:
    """The number of a text: an integer or decimal, either with an exponent, or a/b in lowest terms."""
    digits = text(value, where)
    shown = f"{where}: {digits[:40]!r}"
    fits = len(digits) <= MAX_NUMBER_LENGTH
    require(fits, Code.HUGE_NUMBER, f"{shown}... is longer than {MAX_NUMBER_LENGTH}")
    pay_for_number(_DIGIT_BITS * len(digits))
    if "/" in digits and (match := _FRACTION.fullmatch(digits)):
        denominator = _integer(match[3])
        fraction = Fraction(_integer(match[2]), denominator)
        lowest = denominator >= 2 and fraction.denominator == denominator
        require(lowest, Code.BAD_NUMBER, f"{shown} is not in lowest terms")
        return Scaled(-fraction if match[1] else fraction, 0)
    if not (match := _DECIMAL.fullmatch(digits)):
        known = "integer, decimal (both may end in e5 or e-5) or a/b"
        raise Fault(Code.BAD_NUMBER, f"{shown} is no exact number: {known}")
    sign, whole, decimals, exponent = match[1], match[2], match[3] or "", match[4] or "0"
    mantissa = _integer(whole + decimals)
    require(not (sign and mantissa == 0), Code.BAD_NUMBER, f"{shown}: zero has no sign")
    fits = len(exponent) <= 14 and abs(int(exponent)) <= largest_exponent
    require(fits, Code.HUGE_NUMBER, f"{shown}: the exponent is beyond {largest_exponent}")
    return Scaled(-mantissa if sign else mantissa, int(exponent) - len(decimals))


Pair = tuple[Scaled, Scaled]


def read_pair(value: object, where: str) -> Pair:
    """Two numbers; whether they are in order, the enclosure to be checked decides."""
    lower, upper = pair(value, where)
    return scaled(lower, where), scaled(upper, where)


def exact(value: object, where: str) -> Fraction:
    """The number a text stands for, as a fraction."""
    number = scaled(value, where, MAX_EXPONENT)
    pay_for_number(_DIGIT_BITS * abs(number.exponent))
    return _multiplied_out(number)


def _multiplied_out(number: Scaled) -> Fraction:
    (above, below), power = number.mantissa.as_integer_ratio(), 10 ** abs(number.exponent)
    return Fraction(above * power, below) if number.exponent > 0 else Fraction(above, below * power)


def _integer(digits: str) -> int:
    """In pieces, since int() refuses more than 4300 digits at once."""
    value = 0
    for start in range(0, len(digits), _PIECE):
        piece = digits[start : start + _PIECE]
        value = value * 10 ** len(piece) + int(piece)
    return value


def interval(value: object, where: str) -> Interval:
    """A closed interval ["lo", "hi"] with lo < hi."""
    ends = pair(value, where)
    lower, upper = exact(ends[0], where), exact(ends[1], where)
    require(lower < upper, Code.EMPTY_RANGE, f"{where}: the lower end is not below the upper end")
    return lower, upper


def number_or_interval(value: object, where: str) -> Interval:
    """An exact number, as an interval of one point, or an interval."""
    if isinstance(value, list):
        return interval(value, where)
    point = exact(value, where)
    return point, point


def logit(value: object, where: str) -> Fraction:
    """A point on the line of log-odds, bounded so that exp of it stays an ordinary ball."""
    point = exact(value, where)
    require(abs(point) <= MAX_LOGIT, Code.HUGE_NUMBER, f"{where}: log-odds beyond {MAX_LOGIT}")
    return point


def logit_interval(value: object, where: str) -> Interval:
    """A closed interval of log-odds with lo < hi."""
    ends = interval(value, where)
    require(max(map(abs, ends)) <= MAX_LOGIT, Code.HUGE_NUMBER, f"{where}: log-odds beyond {MAX_LOGIT}")
    return ends


def precision_bits(value: object, where: str) -> int:
    """The working precision that the evidence asks for."""
    bits = natural(value, where)
    require(bits <= MAX_BITS, Code.TOO_MUCH_WORK, f"{where}: more than {MAX_BITS} bits")
    require(bits >= MIN_BITS, Code.BAD_VALUE, f"{where}: fewer than {MIN_BITS} bits")
    return bits


def read_evidence(evidence: object, *keys: str) -> tuple[dict[str, object], int]:
    """The fields of evidence that has a rule, a working precision and these keys; and the precision."""
    fields = record(evidence, "evidence", ("rule", "bits", *keys))
    return fields, precision_bits(fields["bits"], "evidence.bits")


def precision(bits: int) -> AbstractContextManager[object]:
    """The working precision for a block, and what it was before afterwards."""
    return in_force().precision(bits + _GUARD_BITS)


def ball(number: Fraction | Scaled | int) -> Ball:
    """An enclosure of an exact number at the precision in force."""
    if isinstance(number, Scaled):
        return ball_minus(number, Fraction(0))
    return in_force().enclose(number if type(number) is Fraction else Fraction(number))


def log_odds(p: Fraction) -> Ball:
    """log(p/(1-p)) of an exact probability."""
    return ball(p / (1 - p)).log()


def ball_minus(number: Scaled, shift: Fraction) -> Ball:
    """An enclosure of a number less a fraction, subtracted exactly unless the exponent is huge."""
    if abs(number.exponent) <= (MAX_EXPONENT if shift else 40):  # beyond, a power is dear to write out
        return ball(_multiplied_out(number) - shift)
    return ball(number.mantissa) * ball(10) ** number.exponent - ball(shift)

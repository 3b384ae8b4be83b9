"""The range of p_ref that a row states: its rate, or an interval of confidence around it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from verified_grpo.checker.enclosure import Ball
from verified_grpo.checker.numbers import log_odds
from verified_grpo.checker.tables.binomial import above_interval, below_interval
from verified_grpo.checker.tables.question import OURS, Question
from verified_grpo.checker.tables.rows import Row, Unfit

_SMALLEST = -1074  # the exponent of the smallest double


@dataclass(frozen=True)
class Reference:
    """The range of p_ref of a row, 0 and 1 left out of it where it is more than that; k of n."""

    low: Fraction
    high: Fraction
    k: int
    n: int

    @classmethod
    def of(cls, row: Row, question: Question) -> Reference:
        """As a row states it.

        Raises:
            Unfit: it is not proved to be that.
        """
        k, n = question.rates.of(row)
        if not question.confidence:
            rate, column = Fraction(k, n), f"{OURS}p_ref"
            if row.number(column) != rate:
                raise Unfit(column, f"it is not {rate}")
            return cls(rate, rate, k, n)
        low, high = (_end(row, question, k, n, end) for end in ("low", "high"))
        return cls(low, high, k, n)

    @property
    def is_absorbing(self) -> bool:
        """Whether p_ref is 0 or 1 and nothing else."""
        return self.low == self.high and self.low in (0, 1)

    @cached_property
    def least(self) -> Ball | None:
        """The lower end of L_ref; None where there is none."""
        return None if self.low == 0 else log_odds(self.low)

    @cached_property
    def most(self) -> Ball | None:
        """The upper end."""
        if self.low == self.high:
            return self.least
        return None if self.high == 1 else log_odds(self.high)


def _end(row: Row, question: Question, k: int, n: int, end: str) -> Fraction:
    """An end of the interval of confidence: of the decimals that are stated, and of the double next to
    them inside, the inner one that is proved to be outside of the interval."""
    column = f"{OURS}p_ref_{end}"
    stated, proved = row.number(column), below_interval if end == "low" else above_interval
    if stated is None or not 0 <= stated <= 1 or not proved(stated, k, n, question.confidence):
        raise Unfit(column, "the interval of confidence is not proved to end there")
    inside = inner(stated, end)
    if stated in (0, 1) or not proved(inside, k, n, question.confidence):
        return stated
    return inside


def inner(stated: Fraction, end: str) -> Fraction:
    """The double next to a stated end, inside: what is written of an interval of doubles is one double wider
    on each side, so that its decimals lie outside."""
    size = abs(stated)
    if size == 0:
        return stated
    top, bottom = size.numerator, size.denominator
    exponent = top.bit_length() - bottom.bit_length()
    exponent -= size < Fraction(2) ** exponent  # 2^exponent <= size < 2 * that
    last = max(exponent - 52, _SMALLEST)
    count = round(size / Fraction(2) ** last)
    inward = 1 if (stated > 0) == (end == "low") else -1
    if inward < 0 and count == 2**52 and last > _SMALLEST:  # below a power of two doubles lie twice as close
        last, count = last - 1, 2 * count
    found = (count + inward) * Fraction(2) ** last
    return found if stated > 0 else -found

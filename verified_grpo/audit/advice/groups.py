"""What samples of a prompt show, exactly: groups without signal, and how many samples show a success.

A group of G answers whose rewards are all alike has advantage 0: it teaches nothing. At success rate p that
has the probability ``p^G + (1-p)^G``. n samples show no success with probability ``(1-p)^n``. Both are exact
for answers that are drawn independently, and rational where p is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, log

from ...errors import InputError
from ..pass_rates.rates import Rate


def without_signal(rates: Mapping[Rate, int], size: int) -> Fraction:
    """The expected share of groups of ``size`` answers that teach nothing, if each prompt is drawn alike.

    Args:
        rates: prompts by their success rates k/n, taken as exact.
        size: at least 2.

    Raises:
        InputError: a smaller size, or no prompt.
    """
    total = sum(rates.values())
    if size < 2 or not total:
        raise InputError("groups of at least 2 answers, and at least one prompt, are expected")
    alike = (count * Fraction(k**size + (n - k) ** size, n**size) for (k, n), count in rates.items())
    return sum(alike, Fraction(0)) / total


def samples_for_a_success(p: Fraction, confidence: Fraction) -> int:
    """The fewest samples among which there is a success with probability ``confidence`` or more.

    Args:
        p: the success rate, in (0, 1).
        confidence: in (0, 1).

    Raises:
        InputError: outside of these.

    >>> samples_for_a_success(Fraction(1, 100), Fraction(95, 100))
    299
    """
    if not (0 < p < 1 and 0 < confidence < 1):
        raise InputError("a success rate and a confidence strictly between 0 and 1 are expected")
    n = max(1, ceil(log(1 - confidence) / log(1 - p)))
    while (1 - p) ** n > 1 - confidence:
        n += 1
    while n > 1 and (1 - p) ** (n - 1) <= 1 - confidence:
        n -= 1
    return n

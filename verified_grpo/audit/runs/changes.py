"""Prompts before and after: which moved beyond doubt, and what KL that has cost at least.

Every count has an interval of its own, by Clopper and Pearson. With m prompts there are 2m of them, and at
confidence c each is made at ``1 - (1-c)/(2m)``: with probability at least c all of them hold at once,
whatever the true rates are (Bonferroni), and then so does every sentence made of them. Samples of one prompt
are taken as independent, with one probability of success.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from ...errors import InputError
from ...intervals import decimal_down, decimal_up, exact
from ...model import Range
from ...rigor.budget import Spent, spent
from ..pass_rates.confidence import clopper_pearson

Moved = Literal["rose", "fell", "open"]
DIGITS = 9
MOST = 10**9


@dataclass(frozen=True)
class Counts:
    """k successes of n samples."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not (1 <= self.n <= MOST and 0 <= self.k <= self.n):
            raise InputError(f"counts are k/n with 0 <= k <= n and 1 <= n <= {MOST}, not {self.k}/{self.n}")

    @property
    def rate(self) -> float:
        """For pictures and sentences."""
        return self.k / self.n


@dataclass(frozen=True)
class Change:
    """One prompt: its counts, the intervals of both rates, and the KL between them at least."""

    prompt: str
    before: Counts
    after: Counts
    p_ref: Range
    p: Range
    spent: Spent

    @property
    def moved(self) -> Moved:
        """Which way, where the intervals are apart."""
        if self.p[0] > self.p_ref[1]:
            return "rose"
        return "fell" if self.p[1] < self.p_ref[0] else "open"


def changes(rows: Sequence[tuple[str, Counts, Counts]], confidence: Fraction) -> list[Change]:
    """Every prompt's change, all intervals at once at this confidence.

    Raises:
        InputError: no rows, or a confidence outside (0, 1).
    """
    if not rows:
        raise InputError("no prompt has counts before and after")
    each = simultaneous(confidence, 2 * len(rows))
    found = []
    for prompt, before, after in rows:
        p_ref, p = interval(before, each), interval(after, each)
        found.append(Change(prompt, before, after, p_ref, p, _spent(p_ref, p)))
    return found


def simultaneous(confidence: Fraction, count: int) -> Fraction:
    """The confidence of each of so many intervals that hold at once with ``confidence``.

    >>> simultaneous(Fraction("0.95"), 10)
    Fraction(199, 200)

    Raises:
        InputError: a confidence outside (0, 1).
    """
    if not 0 < confidence < 1:
        raise InputError("the confidence must lie in (0, 1)")
    return 1 - (1 - confidence) / count


@lru_cache(maxsize=1 << 16)
def interval(counts: Counts, confidence: Fraction) -> Range:
    """Clopper and Pearson's, in decimals rounded outward."""
    low, high = clopper_pearson(counts.k, counts.n, confidence)
    return exact(decimal_down(Fraction(low), DIGITS)), min(
        exact(decimal_up(Fraction(high), DIGITS)), Fraction(1)
    )


@lru_cache(maxsize=1 << 16)
def _spent(p_ref: Range, p: Range) -> Spent:
    return spent(p_ref, p)

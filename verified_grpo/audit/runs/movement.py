"""Which prompts of a run rose or fell beyond doubt: its start against its last quarter of visits.

The start is the reference's p, where its samples are known, else the prompt's own first visit. The end is the
*mean* rate over the last quarter of the other visits. Where these are several steps, their samples have no
common p; by Hoeffding (1956) a sum of independent trials with unequal p is beyond its mean by one or more no
more often than the binomial of the mean p, so that Clopper and Pearson's interval, opened to ``(k-1)/n`` and
``(k+1)/n``, holds the mean rate at the confidence given. Taken as independent: samples, given the policies
that drew them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log, sqrt

from ...intervals import decimal_down, decimal_up, exact
from ...model import Range
from ...rigor.budget import Spent, spent
from .changes import DIGITS, Counts, Moved, interval, simultaneous
from .log import Log, Visit

LAST = 4
"""One part in so many of a prompt's later visits is its end."""
ONE = Fraction(1)
LEEWAY = 1 + 1e-9
"""For the rounding of a few operations."""


@dataclass(frozen=True)
class Movement:
    """A prompt's start and end, with intervals that hold at once.

    Attributes:
        of_reference: whether the start is the reference's p, or the prompt's own first visit.
        spent: the KL to the reference at least, in the mean over the end (it is convex in p); None where
            the start is not the reference's.
    """

    prompt: str
    of_reference: bool
    start: Counts
    end: Counts
    p_start: Range
    p_end: Range
    spent: Spent | None

    @property
    def moved(self) -> Moved:
        """Which way, where the intervals are apart."""
        if self.p_end[0] > self.p_start[1]:
            return "rose"
        return "fell" if self.p_end[1] < self.p_start[0] else "open"

    @property
    def gap(self) -> Fraction:
        """How far the intervals are apart; below 0 where they meet."""
        return max(self.p_end[0] - self.p_start[1], self.p_start[0] - self.p_end[1])


def movements(run: Log, confidence: Fraction) -> tuple[list[Movement], tuple[Range, Range] | None]:
    """Every prompt that has a start and a later visit, and the mean of their rates at either end: all
    intervals at once at this confidence."""
    pairs = [(prompt, *ends) for prompt in run.prompts if (ends := _ends(run, prompt)) is not None]
    if not pairs:
        return [], None
    each = simultaneous(confidence, 2 * len(pairs) + 2)
    found = [_movement(*pair, each) for pair in pairs]
    return found, (_over_prompts([x.start for x in found], each), _over_prompts([x.end for x in found], each))


def _over_prompts(counts: Sequence[Counts], each: Fraction) -> Range:
    """The mean over the prompts of their rates. It is a sum of independent terms between 0 and ``1/(m n)``;
    by Hoeffding (1963) it is off by more than ``sqrt(log(2/a)/2 sum 1/(m^2 n))`` with probability a at most.
    """
    m = len(counts)
    mean = sum((Fraction(x.k, x.n) for x in counts), Fraction(0)) / m
    spread = float(sum((Fraction(1, x.n) for x in counts), Fraction(0)) / m**2)
    off = Fraction(sqrt(log(2 / float(1 - each)) / 2 * spread) * LEEWAY)
    low, high = exact(decimal_down(mean - off, DIGITS)), exact(decimal_up(mean + off, DIGITS))
    return max(low, Fraction(0)), min(high, ONE)


def _ends(run: Log, prompt: str) -> tuple[bool, Counts, tuple[Visit, ...]] | None:
    """Whether the start is the reference's, its counts, and the visits of the end; None where there are
    not both."""
    visits, reference = run.prompts[prompt], run.p_ref(prompt)
    later = visits if run.reference and reference is not None else visits[1:]
    if not later:
        return None
    last = later[-max(1, len(later) // LAST) :]
    return reference is not None, reference or visits[0].counts, last


def _movement(
    prompt: str, of_reference: bool, start: Counts, last: Sequence[Visit], each: Fraction
) -> Movement:
    end = Counts(sum(visit.counts.k for visit in last), sum(visit.counts.n for visit in last))
    p_start, p_end = interval(start, each), _mean(end, len(last), each)
    cost = spent(p_start, p_end) if of_reference else None
    return Movement(prompt, of_reference, start, end, p_start, p_end, cost)


def _mean(counts: Counts, visits: int, each: Fraction) -> Range:
    """The interval of the mean rate over so many visits."""
    low, high = interval(counts, each)
    if visits == 1:
        return low, high
    less, more = Fraction(counts.k - 1, counts.n), Fraction(counts.k + 1, counts.n)
    down = exact(decimal_down(max(less, Fraction(0)), DIGITS))
    return min(low, down), max(high, min(exact(decimal_up(more, DIGITS)), ONE))

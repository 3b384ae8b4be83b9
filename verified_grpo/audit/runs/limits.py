"""Where a run's prompts would settle: certified limits of small steps, for every p_ref of their intervals.

The intervals are those of the movements, which hold all at once. What is solved is what a table of pass rates
asks, so that ``limits.csv`` carries the same numbers with a certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...errors import InputError, MissingFact
from ...intervals.environment import in_sound_floats
from ...model import Range
from ...rigor.arrays import References, solve_small_steps
from ..configurations import K3, REVERSE
from ..pass_rates.question import Question as Asked
from ..pass_rates.rates import Rate
from ..pass_rates.records import Answers, Verdict, blank, fill_risen, fill_small
from ..pass_rates.solving import Solver
from .changes import simultaneous
from .log import Log
from .movement import Movement
from .question import Variant

KNOWN = (Verdict.RISES, Verdict.ABSORBING)


@dataclass(frozen=True)
class Limits:
    """The limits of the prompts that have a p_ref.

    Attributes:
        asked: the question, with the confidence of each prompt's interval.
        ends: for every one of them the ends of its limit, rounded outward; (0, 1) where none is proved.
        prompts: their names, in the same order, with the counts of the reference.
    """

    asked: Asked
    prompts: tuple[tuple[str, int, int], ...]
    ends: tuple[Range, ...]

    @property
    def mean(self) -> Range:
        """Over the prompts; the intervals of p_ref hold all at once."""
        count = len(self.ends)
        low, high = (sum((pair[k] for pair in self.ends), Fraction(0)) / count for k in (0, 1))
        return low, high


def limits(log: Log, moved: Sequence[Movement], variant: Variant, confidence: Fraction) -> Limits | None:
    """None where no prompt has a p_ref, or the variant is none that tables answer; beta is known.

    >>> from ...intervals import exact
    >>> from ...model import Contrast
    >>> from .changes import Counts
    >>> from .log import Visit
    >>> from .movement import movements
    >>> log = Log({"a": (Visit(0, Counts(3, 8)), Visit(1, Counts(4, 8)))})
    >>> variant = Variant(Contrast("mean-std"), exact("1e-4"), exact("0.1"))
    >>> found = limits(log, movements(log, exact("0.95"))[0], variant, exact("0.95"))
    >>> float(found.ends[0][0]) > 0.999
    True
    """
    known = [one for one in moved if one.of_reference]
    if not known or variant.beta is None:
        return None
    asked = asked_of(variant, simultaneous(confidence, 2 * len(moved) + 2))
    if asked is None:
        return None
    rates = [(one.start.k, one.start.n) for one in known]
    found = solved(asked, list(dict.fromkeys(rates)))
    names = tuple((one.prompt, *rate) for one, rate in zip(known, rates, strict=True))
    return Limits(asked, names, tuple(found[rate] for rate in rates))


def asked_of(variant: Variant, each: Fraction) -> Asked | None:
    """What a table asks of this variant; None where it is none that tables answer."""
    kind = K3 if variant.forward and variant.beta else REVERSE
    assert variant.beta is not None
    try:
        return Asked(variant.contrast, variant.beta, variant.eps, regulariser=kind, confidence=each)
    except (InputError, MissingFact):
        return None


@in_sound_floats
def solved(asked: Asked, rates: list[Rate]) -> dict[Rate, Range]:
    """Of every rate the ends of its limit; of the exact iteration, which a table has beside it, nothing."""
    answers = Solver(asked).solve(rates) if asked.under_k3 else _small_steps(asked, rates)
    found: dict[Rate, Range] = {}
    for rate, record in zip(rates, answers, strict=True):
        ends = [record["p_low"], record["p_high"]] if record["verdict"] in KNOWN else [0.0, 1.0]
        low, high = (whole if x != x else Fraction(float(x)) for x, whole in zip(ends, (0, 1), strict=True))
        found[rate] = Fraction(low), Fraction(high)
    return found


def _small_steps(asked: Asked, rates: list[Rate]) -> Answers:
    answers = blank(rates, asked)
    rows = np.flatnonzero(answers["verdict"] == Verdict.UNDECIDED)
    if asked.beta == 0:
        fill_risen(answers, rows)
    else:
        ends = References.of_ranges(answers["p_ref_low"][rows], answers["p_ref_high"][rows])
        fill_small(answers, rows, solve_small_steps(asked.dynamics, ends), asked)
    return answers

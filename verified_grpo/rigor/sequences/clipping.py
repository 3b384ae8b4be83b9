"""A trajectory of clipped updates, solved exactly, at exact parameters: followed by enclosures at as many
bits as it takes. The lemma is that of ``checker/clipping.py``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...errors import InputError, NotEnoughPrecision
from ...intervals import make_engine
from ...model import Contrast, Parameters, Workbench
from ...model.clipping import Clip, ClippedStep
from ..no_truth_value import NoTruthValue
from .outcomes import LimitPoint
from .trajectory import enclosed, listed_numbers

CLIPPED_LIMIT = 10_000
PRECISIONS = (192, 512, 1536)
WIDEST = Fraction(1, 10**16)


@dataclass(frozen=True)
class ClippedTrajectory(NoTruthValue, read="values"):
    """L_n lies in the bracket of each of these n."""

    contrast: Contrast
    parameters: Parameters
    clip: Clip
    values: tuple[tuple[int, LimitPoint], ...]
    engine: str
    bits: int


@dataclass(frozen=True)
class UndecidedClipping(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says why."""

    contrast: Contrast
    parameters: Parameters
    clip: Clip
    reason: str


def clipped_trajectory(
    contrast: Contrast, parameters: Parameters, updates: int, clip: Clip, *, engine: str = "arb"
) -> ClippedTrajectory | UndecidedClipping:
    """The exact iteration from ``p_ref`` with clipped ratios, enclosed at up to a thousand updates.

    Args:
        contrast: any contrast; its advantages are taken to be ``q Omega`` and ``-p Omega``, of mean 0.
        parameters: exact numbers.
        updates: from 1 to 10,000.
        clip: from where to where the ratio counts.
        engine: ``arb`` or ``mpmath``.

    Returns:
        The enclosures, or undecided where the sequence is too sensitive to be followed.

    Raises:
        InputError: updates out of range, or ranges of parameters.

    Not proved: what the sequence does after the last of them. Source: lemma 48 of the checker.
    """
    if not 1 <= updates <= CLIPPED_LIMIT:
        raise InputError(f"clipped updates must be from 1 to {CLIPPED_LIMIT}, not {updates}")
    if not parameters.is_point:
        raise InputError("clipped updates are followed at exact parameters: give numbers, not ranges")
    for bits in PRECISIONS:
        with make_engine(engine, bits) as arithmetic:
            step = ClippedStep(Workbench(arithmetic, contrast), parameters, clip)
            try:
                found = _followed(step, listed_numbers(updates))
            except NotEnoughPrecision:
                continue
            if found is not None:
                values = tuple((n, enclosed(arithmetic, low, high)) for n, low, high in found)
                return ClippedTrajectory(contrast, parameters, clip, values, engine, bits)
    reason = f"the sequence is not followed so far with {PRECISIONS[-1]} bits: ask for fewer updates"
    return UndecidedClipping(contrast, parameters, clip, reason)


def _followed(step: ClippedStep[Any], wanted: list[int]) -> list[tuple[int, Fraction, Fraction]] | None:
    """Bounds at these numbers; None where they become wide."""
    engine, found = step.engine, []
    low, high = engine.lower(step.log_odds_ref), engine.upper(step.log_odds_ref)
    for before, n in pairwise([0, *wanted]):
        for _ in range(before, n):
            low, high = step.over(low, high)
            if high - low > WIDEST:
                return None
        found.append((n, low, high))
    return found

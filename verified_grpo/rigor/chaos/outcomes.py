"""What a search for chaos can end in: each outcome with what a certificate needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...model import Contrast, Parameters, Range
from ..no_truth_value import NoTruthValue


@dataclass(frozen=True)
class LiYorke(NoTruthValue, read="images"):
    """For every parameter of the box ``T^3(x) >= x > T(x) > T^2(x)`` (``falls``), or the reverse.

    ``start`` is x, as log-odds or as a probability; ``images`` enclose the log-odds of T(x), T^2(x), T^3(x).
    """

    contrast: Contrast
    parameters: Parameters
    start: Fraction
    is_probability: bool
    falls: bool
    images: tuple[Range, Range, Range]
    engine: str
    bits: int


@dataclass(frozen=True)
class PeriodThree(NoTruthValue, read="logit"):
    """For every parameter of the box a point of exact period 3 lies in ``logit``."""

    contrast: Contrast
    parameters: Parameters
    logit: Range
    engine: str
    bits: int


@dataclass(frozen=True)
class Covering(NoTruthValue, read="entropy"):
    """``T^turns`` carries each of these disjoint intervals over at least one of them, so that T has at least
    this topological ``entropy`` (natural logarithm). ``weights``: w > 0 with ``A w >= r w``."""

    contrast: Contrast
    parameters: Parameters
    turns: int
    intervals: tuple[Range, ...]
    weights: tuple[Fraction, ...]
    entropy: Fraction
    engine: str
    bits: int


@dataclass(frozen=True)
class NoWitness(NoTruthValue, read="reason"):
    """Nothing was found or proved, which says nothing about the map: never "not chaotic"."""

    contrast: Contrast
    parameters: Parameters
    reason: str
    engine: str
    bits: int


ChaosOutcome = LiYorke | PeriodThree | Covering | NoWitness

"""A verifier that errs, over ranges: which way updates move the rate of right answers, how far its fixed
points lie from the reference at least, from which KL weight on the map contracts; and the bound that
errors which belong to the answer set to that rate.

The lemmas with their proofs are in ``checker/verifiers.py`` (61 to 63). With T the true positives, F the
false ones, all is decided by the sign of ``T - F``: nothing of it depends on a search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..errors import InputError
from ..intervals import canonical, decimal_down, decimal_up, exact, make_engine
from ..model import MEAN_VAR, Contrast, Parameters, Profile, Range
from ..model.contrasts import Fact
from ..model.verifier import Verifier
from .no_truth_value import NoTruthValue

BITS = 64
DIGITS, LONGEST = 12, 16
LEEWAY = Fraction(1, 2**44)
"""For a checker that rounds otherwise, where a bound is met exactly."""
ZERO = Fraction(0)
EffectName = Literal["amplifies", "harms", "stands-still"]
SideName = Literal["below", "above", "at"]
EFFECTS: dict[int, EffectName] = {1: "amplifies", -1: "harms", 0: "stands-still"}
OPEN = (
    "these ranges hold rates that amplify and rates that do not: ask about some of them, or with --apart D "
    "about those whose true positives exceed the false ones by D"
)
SIDES: dict[int, SideName] = {1: "below", -1: "above", 0: "at"}


@dataclass(frozen=True)
class Effect(NoTruthValue, read="effect"):
    """With errors drawn anew at each look, for all parameters, and all rates that are ``apart`` at least.

    ``margin``: how far every fixed point lies from the log-odds of the reference, on the side of the effect;
    ``threshold``: the map contracts where ``alpha beta`` exceeds it. None where no closed form is known.
    """

    contrast: Contrast
    parameters: Parameters
    verifier: Verifier
    apart: Fraction
    effect: EffectName
    margin: Fraction | None
    threshold: Fraction | None
    engine: str
    bits: int


@dataclass(frozen=True)
class UndecidedEffect(NoTruthValue, read="reason"):
    """The ranges allow either sign of T - F."""

    verifier: Verifier
    reason: str


@dataclass(frozen=True)
class Ceiling(NoTruthValue, read="bound"):
    """With errors that belong to the answer: the rate of right answers stays below (above, at) ``bound``
    (None: at that of the reference), and where the rate of passing lies in the first range of a pair it lies
    in the second."""

    p_ref: Range
    verifier: Verifier
    side: SideName
    bound: Fraction | None
    rates: tuple[tuple[Range, Range], ...]


def effect(
    contrast: Contrast,
    parameters: Parameters,
    verifier: Verifier,
    *,
    apart: Fraction = ZERO,
    engine: str = "arb",
) -> Effect | UndecidedEffect:
    """What independent errors make of every update from the reference, and of every fixed point.

    Args:
        contrast: any one that is defined on the box; the margin needs one that is least at p = 1/2, the
            threshold mean-var.
        parameters: numbers or ranges.
        verifier: its rates, numbers or ranges.
        apart: above 0: of all rates in the ranges those are meant with ``T - F`` at least this (or, where
            there are none, ``F - T``).

    Raises:
        InputError: ``apart`` is negative, or more than the ranges have.

    Not proved: that no larger margin and no lower threshold would do. Source: R4, lemmas 61 and 62.
    """
    sign = verifier.sign if not apart else _sign_apart(verifier, apart)
    if sign is None:
        return UndecidedEffect(verifier, OPEN)
    least = max(verifier.gain[0] if sign > 0 else -verifier.gain[1], apart)
    contrast.definition.require_defined(contrast, parameters.eps)
    margin = _margin(contrast, parameters, least, engine) if sign else None
    threshold = _threshold(parameters.eps[0], verifier, engine) if sign and contrast == MEAN_VAR else None
    return Effect(contrast, parameters, verifier, apart, EFFECTS[sign], margin, threshold, engine, BITS)


def ceiling(p_ref: Range, verifier: Verifier, observed: Sequence[Range] = ()) -> Ceiling:
    """What errors that belong to the answer make of the rate of right answers, whatever is trained on them.

    Args:
        p_ref: the rate of right answers of the reference, in (0, 1).
        verifier: its rates, numbers or ranges.
        observed: rates of passing, whose rates of right answers are asked for.

    Raises:
        InputError: ``T - F`` changes its sign on the ranges, or nothing is learned.

    Not proved: that training comes near the bound. Source: R5, lemma 63.
    """
    verifier.observed(p_ref)
    if verifier.sign is None:
        raise InputError("whether right or wrong answers pass more often is open: ask about less wide ranges")
    rates = tuple((pair, _outward(verifier.true_rate(pair, p_ref))) for pair in observed)
    low, high = verifier.precision(p_ref)
    bounds = {1: _written(high, decimal_up), -1: _written(low, decimal_down), 0: None}
    return Ceiling(p_ref, verifier, SIDES[verifier.sign], bounds[verifier.sign], rates)


def _written(bound: Fraction, rounded: Callable[[Fraction, int], str]) -> Fraction:
    """As it is, or rounded where that would be long."""
    if len(canonical(bound)) <= LONGEST:
        return bound
    return min(exact(rounded(bound, DIGITS)), Fraction(1))


def _outward(pair: Range) -> Range:
    low, high = exact(decimal_down(pair[0], DIGITS)), exact(decimal_up(pair[1], DIGITS))
    return max(low, ZERO), min(high, Fraction(1))


def _sign_apart(verifier: Verifier, apart: Fraction) -> int:
    """The sign of the rates that are meant."""
    low, high = verifier.gain
    if apart < 0 or max(high, -low) < apart:
        raise InputError(f"no rates of these ranges are {canonical(apart)} apart")
    return 1 if high >= apart else -1


def _margin(contrast: Contrast, box: Parameters, least: Fraction, engine: str) -> Fraction | None:
    falls = contrast.knows(Fact.FALLS_IN_EPS) or box.eps[0] == box.eps[1]
    if not (contrast.knows(Fact.EVEN_RISING) and falls):
        return None
    with make_engine(engine, BITS) as arithmetic:
        lowest = Profile(arithmetic, contrast, box.eps[1]).omega_min
        gain = arithmetic.exact(least / (box.alpha[1] * box.beta[1])) if box.alpha[1] else None
        if gain is None:
            return None
        bound = arithmetic.mul(arithmetic.mul(gain, lowest), arithmetic.exact(1 - LEEWAY))
        return exact(decimal_down(arithmetic.lower(bound), DIGITS))


def _threshold(eps: Fraction, verifier: Verifier, engine: str) -> Fraction | None:
    """B of lemma 62, rounded up."""
    width = max(abs(2 * end - 1) for end in (*verifier.true_positive, *verifier.false_positive))
    c = 1 + 4 * eps
    with make_engine(engine, BITS) as arithmetic:
        root = arithmetic.sqrt(arithmetic.exact(27 * c**2 * (c - width**2)))
        steepest = arithmetic.div(arithmetic.exact(2 * width**3 * (1 + LEEWAY)), root)
        return exact(decimal_up(arithmetic.upper(steepest), DIGITS))

"""Where small steps lead under k3: to the only zero of the drive, for any steps below a bound of its own.

``F(L) = Omega(L) - beta K(L)`` with the pull K of :mod:`..model.k3`; the lemma with its proof is in
``checker/k3_steps.py``. Several steps at frozen advantages add up to no share of the way, as they do under
the other KL, so that there is no bound of a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from ..errors import NotEnoughPrecision
from ..intervals import decimal_down, decimal_up, exact, make_engine
from ..model import Contrast, Parameters, Range, Workbench
from ..model.k3 import K3Step
from .k3 import NEEDS, k3_fixed_point, require_reference_only
from .no_truth_value import NoTruthValue
from .sequences.outcomes import LimitPoint, probabilities
from .sequences.small_steps import BITS, LEEWAY, STEP_DIGITS, ZERO, SlopeBound, slope_bound

V = TypeVar("V")


@dataclass(frozen=True)
class K3Rises(NoTruthValue, read="limit"):
    """For every parameter of the box and any steps up to ``largest_step[0]`` the sequence from p_ref rises to
    the only zero of the drive, in ``limit``; ``largest_step`` encloses ``1/(s + beta M)``."""

    contrast: Contrast
    parameters: Parameters
    limit: LimitPoint
    largest_step: Range
    slopes: SlopeBound
    engine: str
    bits: int


@dataclass(frozen=True)
class K3StepsUndecided(NoTruthValue, read="reason"):
    """Nothing was proved; ``reason`` says where it stopped."""

    contrast: Contrast
    parameters: Parameters
    reason: str


def k3_small_steps(
    contrast: Contrast, parameters: Parameters, *, digits: int = 15, engine: str = "arb"
) -> K3Rises | K3StepsUndecided:
    """Where any small steps lead from ``p_ref`` with k3 in the loss.

    Args:
        contrast: one that makes ``p (1 - p) Omega`` concave, bounded, even and rising.
        parameters: exact numbers or ranges, alpha = 1, beta > 0.
        digits: for exact parameters the bracket is about ``10^-digits`` wide in log-odds.
        engine: ``arb`` or ``mpmath``.

    Returns:
        The limit and the bound of the steps, proved; undecided where the fixed point's bracket is.

    Raises:
        InputError: alpha other than 1, or digits out of range.

    Not proved: that larger steps do anything else (the bound is sufficient). Source: lemma 39 of the checker.
    """
    require_reference_only(parameters)
    if missing := contrast.lacks(*NEEDS):
        return K3StepsUndecided(contrast, parameters, missing)
    try:
        found = k3_fixed_point(contrast, parameters, digits=digits, engine=engine)
        with make_engine(engine, max(found.bits, BITS)) as arithmetic:
            bench = Workbench(arithmetic, contrast)
            slopes = slope_bound(bench, parameters, min(ZERO, found.logit[1]), found.logit[0])
            step = _largest_step(K3Step(bench, parameters), found.logit, slopes)
            limit = LimitPoint(*probabilities(arithmetic, found.logit))
            return K3Rises(contrast, parameters, limit, step, slopes, engine, arithmetic.bits)
    except NotEnoughPrecision as error:
        return K3StepsUndecided(contrast, parameters, f"not enough precision: {error}")


def _largest_step(step: K3Step[V], bracket: Range, slopes: SlopeBound) -> Range:
    """``1/(s + beta M)``, rounded outward. The pull is steepest at an end; at ``L_ref`` its slope is 1."""
    engine, (weak, strong) = step.engine, step.parameters.beta
    least = max(weak, engine.lower(step.stiffness_over(*bracket)[0]))
    most = strong
    for end in bracket:
        most = max(most, engine.upper(step.stiffness_over(end, end)[1]))
    shortest = 1 / ((slopes.steepest + most) * LEEWAY)
    longest = LEEWAY / (slopes.least + least)
    return exact(decimal_down(shortest, STEP_DIGITS)), exact(decimal_up(longest, STEP_DIGITS))

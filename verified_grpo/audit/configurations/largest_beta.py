"""The largest KL weight under which small steps lead every prompt of a range to a target.

Under KL(pi||pi_ref) the least fixed point lies at the log-odds t of the target or above if and only if
``Omega(L) >= alpha beta (L - L_ref)`` for all L in ``(L_ref, t)``, hence for ``beta`` up to the infimum of
``Omega(L)/(alpha (L - L_ref))``. The ratio falls for L <= 0, where ``Omega`` does not rise; above 0 ``Omega``
rises, so on a cell [a, b] there it is at least ``Omega(a)/(b - L_ref)``, and halving cells finds the infimum.
Under k3 there is one fixed point, and it lies at t or above if and only if ``Omega(t) >= beta K(t)``. Both
grow with ``p_ref``: the least one of the range decides.
"""

from __future__ import annotations

import heapq
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from ...certificates.grammar.values import AnyCertificate
from ...certificates.small_steps import small_steps_certificate
from ...intervals import Engine, make_engine
from ...model import Contrast, Fact, Profile, Range, Workbench
from ...model.formulas import pull_program
from ...model.steps import StepParameters
from ...rigor.sequences.small_steps import RisesBySteps, small_steps

V = TypeVar("V")

NEEDS = (Fact.BOUNDED, Fact.EVEN_RISING)
BITS = 96
CELLS = 512
NEAR = Fraction(1, 10**6)
"""Cells are halved until the bound is so near to a value that is met, relatively."""
ZERO = Fraction(0)


@lru_cache(maxsize=64)
def largest_beta(
    contrast: Contrast, eps: Fraction, p_ref: Fraction, target: Fraction, *, forward: bool
) -> Fraction:
    """A lower bound of the weight up to which p* >= target for every prompt from ``p_ref`` on, alpha = 1.

    Args:
        contrast: bounded, even and rising in ``|L|``; under k3 one with a single fixed point.
        eps: exact.
        p_ref, target: exact probabilities, ``p_ref < target``.
        forward: k3 in the loss.

    Raises:
        NotEnoughPrecision: an enclosure is too wide.
        MissingFact: the contrast is not known to be so.

    Not proved: that a larger weight misses the target (the bound is rounded down).
    """
    contrast.require(*NEEDS)
    with make_engine("arb", BITS) as engine:
        bench = Workbench(engine, contrast)
        profile = bench.profile(eps, (eps, eps))
        start, end = bench.log_odds(p_ref), bench.log_odds(target)
        if forward:
            pull = pull_program().bind(engine, p_ref=engine.exact(p_ref))(engine.exp(engine.neg(end)))[0]
            return engine.lower(engine.div(engine.exact(_least_omega(profile, end)), pull))
        return _infimum(engine, profile, engine.lower(start), engine.upper(end))


def _least_omega(profile: Profile[V], log_odds: V) -> Fraction:
    """A lower bound of ``Omega`` over an enclosure of log-odds."""
    engine = profile.engine
    low, high = engine.lower(log_odds), engine.upper(log_odds)
    values = [engine.lower(profile.at(x)[0]) for x in (low, high)]
    return min(values) if low > 0 or high < 0 else min(*values, engine.lower(profile.omega_min))


def _infimum(engine: Engine[V], profile: Profile[V], start: Fraction, end: Fraction) -> Fraction:
    """A lower bound of ``Omega(L)/(L - start)`` for L in (start, end]."""

    def ratio(a: Fraction, b: Fraction) -> Fraction:
        return engine.lower(profile.at(a)[0]) / (b - start)

    if end <= 0:
        return ratio(end, end)
    first = max(ZERO, start)
    best, cells = ratio(end, end), [(ratio(first, end), first, end)]
    for _ in range(CELLS):
        bound, a, b = cells[0]
        if bound >= best * (1 - NEAR):
            break
        heapq.heappop(cells)
        middle = (a + b) / 2
        best = min(best, ratio(middle, middle))
        for left, right in ((a, middle), (middle, b)):
            heapq.heappush(cells, (ratio(left, right), left, right))
    return cells[0][0]


def backed(
    contrast: Contrast, eps: Fraction, p_ref: Range, beta: Fraction, target: Fraction
) -> AnyCertificate | None:
    """The certificate that for every weight from 0 to ``beta`` small steps end at the target or above, for
    every prompt of the range; None where the search for one does not close."""
    box = StepParameters.of(beta=(ZERO, beta), eps=eps, p_ref=p_ref)
    found = small_steps(contrast, box)
    if not isinstance(found, RisesBySteps):
        return None
    with make_engine("arb", BITS) as engine:
        needed = engine.upper(Workbench(engine, contrast).log_odds(target))
    return small_steps_certificate(found) if found.beyond >= needed else None

"""Small steps under k3: up to which size they rise to the only fixed point.

One natural-gradient step is ``L + eta F(L)`` with ``F = Omega - beta K(L)``, K the pull of
:mod:`verified_grpo.model.k3`. F is positive from ``L_ref`` up to the one fixed point ``L*`` (lemma 26 of the
checker), so the argument of its lemma 36 holds for ``eta <= 1/sup(-F')`` over ``[L_ref, L*]``: there ``L +
eta F(L)`` keeps order, and cannot lead past ``L*``. ``-F' <= s + beta dK/dL``, s the steepest fall of
``Omega``; ``dK/dL = q_ref e^L + p_ref e^-L`` is convex, so it is largest at one of the two ends: it is 1 at
``L_ref``, and ``beta + (p - q) Omega`` is ``beta dK/dL`` at ``L*`` (lemma 27). Several inner steps between
two samplings have no such closed form.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from ..intervals import make_engine
from ..model import Contrast, Parameters, Range, Workbench
from ..model.k3 import K3Step
from .sequences.small_steps import slope_bound

V = TypeVar("V")

BITS = 96
ZERO = Fraction(0)


def k3_largest_step(contrast: Contrast, parameters: Parameters, point: Range, steepest: Fraction) -> Fraction:
    """A lower bound of ``1/(s + beta max dK/dL)`` from ``L_ref`` to ``L*``, for every parameter of the box.

    Args:
        contrast: one that :func:`.k3.k3_fixed_point` accepts.
        parameters: exact numbers or ranges, alpha = 1.
        point: a bracket of the fixed points, in log-odds.
        steepest: an upper bound of s, the steepest fall of ``Omega`` from ``L_ref`` to the fixed point.

    Not proved: that larger steps do anything else; it is an argument with enclosures, and has no certificate.
    """
    with make_engine("arb", BITS) as engine:
        step = K3Step(Workbench(engine, contrast), parameters)
        return 1 / (parameters.beta[1] + steepest + _stiffening(step, point))


def k3_steepest_fall(contrast: Contrast, parameters: Parameters, point: Range) -> Fraction:
    """An upper bound of the steepest fall of ``Omega`` from ``L_ref`` to the fixed point.

    Raises:
        NotEnoughPrecision: the slope is not enclosed.
    """
    with make_engine("arb", BITS) as engine:
        return slope_bound(Workbench(engine, contrast), parameters, min(point[1], ZERO), point[0]).steepest


def _stiffening(step: K3Step[V], point: Range) -> Fraction:
    """An upper bound of ``(p - q) Omega`` at the fixed points, at least 0."""
    if point[1] <= 0:
        return ZERO
    engine = step.engine
    p = engine.upper(engine.sigmoid(engine.exact(point[1])))
    return (2 * p - 1) * engine.upper(step.low.largest_omega_over(*point))

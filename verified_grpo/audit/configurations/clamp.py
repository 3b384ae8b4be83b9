"""Where a clamped estimator of the KL is idle.

Frameworks clamp the estimates of the KL, mostly at 10. Beyond the clamp an estimate has no gradient, so that
nothing pulls the policy back there: the fixed point that the estimator would have without its clamp may then
not exist. With ``r = pi_ref/pi`` a clamp at c leaves k1 ``= -log r`` alone for ``e^-c <= r <= e^c``, and k3
``= r - 1 - log r`` at least for ``e^-c <= r <= R`` where ``k3(R) = c``, ``R > 1``. A success has ``r =
p_ref/p``, a failure ``r = q_ref/q``.

From ``p_ref`` on, every policy of the recursion, and every fixed point, has ``pull = w`` with ``0 < w <= W``,
``W = sup Omega/beta``. Under KL(pi_ref||pi) the pull is ``q_ref/q - p_ref/p``: so ``q_ref/q <= W + 1``, and
``p_ref/p >= max(p_ref, 1 - W)``. Under KL(pi||pi_ref) it is the gain in log-odds, ``log(p/p_ref) +
log(q_ref/q)``, both at least 0: each is at most W. Hence a bound on W, and so on beta, for which the clamp is
idle on the way and at the end. It is sufficient, not necessary.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ...intervals import Engine, decimal_up, exact, make_engine
from ...model import Contrast, Profile

V = TypeVar("V")

BITS, DIGITS, HALVINGS = 96, 4, 60


@dataclass(frozen=True)
class Clamp:
    """What is cut at which size: the estimator ``k3``, or ``k1``, which is the log-ratio itself.

    Attributes:
        key: the framework's setting, for the answer's words.
    """

    estimator: str
    at: Fraction
    key: str


def least_beta(
    clamps: tuple[Clamp, ...], contrast: Contrast, eps: Fraction, p_ref: Fraction, *, forward: bool
) -> Fraction:
    """A weight from which on all clamps are idle, for every prompt from ``p_ref`` on; 0 without clamps.

    Args:
        p_ref: the least of the prompts, or 0 for all.
        forward: KL(pi_ref||pi), else KL(pi||pi_ref).

    Not proved: that a smaller weight reaches a clamp.
    """
    with make_engine("arb", BITS) as engine:
        drive = engine.upper(Profile(engine, contrast, eps).omega_max)
        found = [drive / _largest_drive(engine, clamp, p_ref, forward=forward) for clamp in clamps]
    return max((exact(decimal_up(beta, DIGITS)) for beta in found), default=Fraction(0))


def _largest_drive(engine: Engine[V], clamp: Clamp, p_ref: Fraction, *, forward: bool) -> Fraction:
    """A W that the clamp allows, greater than 0."""
    least = engine.upper(engine.exp(engine.exact(-clamp.at)))
    largest = largest_ratio(engine, clamp)
    if not forward:
        return min(engine.lower(engine.log(engine.exact(largest))), clamp.at)
    return largest - 1 if p_ref >= least else min(largest - 1, 1 - least)


def largest_ratio(engine: Engine[V], clamp: Clamp) -> Fraction:
    """A ratio ``pi_ref/pi`` above 1, nearly the largest, that the clamp leaves alone."""
    if clamp.estimator == "k1":
        return engine.lower(engine.exp(engine.exact(clamp.at)))
    low, high = Fraction(1), 2 * clamp.at + 4  # k3(2c + 4) = 2c + 3 - log(2c + 4) > c
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        value = engine.sub(engine.exact(middle - 1), engine.log(engine.exact(middle)))
        low, high = (middle, high) if engine.upper(value) <= clamp.at else (low, middle)
    return low

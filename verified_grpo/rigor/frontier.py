"""Where familiar policies lie on the frontier of p and KL: tilts of the reference pay ``kl(p, p_ref)``.

Best of n (one of n answers, uniformly among the successes if there are any), one exact update, and mixtures
``pi_ref^(1-s) pi^s`` with a tilt change no odds among successes and none among failures (lemma 60 of the
checker): they differ in where they stop, and no policy with their p has less KL. Mixtures of a network's
weights are no such mixtures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Engine, decimal_down, decimal_up, exact, make_engine
from ..model import Range
from .budget import BITS, DIGITS, MOST_BITS, least_kl
from .no_truth_value import NoTruthValue

MOST_ANSWERS = 10**9


@dataclass(frozen=True)
class OnFrontier(NoTruthValue, read="p"):
    """A tilt of a reference with this p_ref has p in ``p`` and a KL to it in ``kl``."""

    p_ref: Fraction
    p: Range
    kl: Range


def best_of(n: int, p_ref: Fraction, *, engine: str = "arb") -> OnFrontier:
    """The best of n answers: ``p = 1 - (1 - p_ref)^n``.

    Raises:
        InputError: n below 1 or above 10^9, or p_ref outside (0, 1).
    """
    if not 1 <= n <= MOST_ANSWERS:
        raise InputError(f"best of n asks for 1 <= n <= {MOST_ANSWERS}, not {n}")

    def failure(arithmetic: Engine[Any]) -> Any:
        return arithmetic.power(arithmetic.exact(1 - p_ref), n)

    return _placed(p_ref, lambda a: a.sub(a.exact(1), failure(a)), engine)


def one_step(beta: Fraction, p_ref: Fraction, *, engine: str = "arb") -> OnFrontier:
    """The policy that maximises the reward less beta times its KL: the log-odds ``L_ref + 1/beta``.

    Raises:
        InputError: beta is not above 0, or p_ref outside (0, 1).
    """
    if not beta > 0:
        raise InputError("the one step asks for beta > 0")
    return _placed(p_ref, lambda a: _tilted(a, p_ref, a.exact(1 / beta)), engine)


def mixture(share: Fraction, p: Fraction, p_ref: Fraction, *, engine: str = "arb") -> OnFrontier:
    """The share of the way, in log-odds, from the reference to its tilt to p.

    Raises:
        InputError: a share outside [0, 1], p or p_ref outside (0, 1).
    """
    if not (0 <= share <= 1 and 0 < p < 1):
        raise InputError("a mixture asks for a share in [0, 1], and for p in (0, 1)")

    def way(arithmetic: Engine[Any]) -> Any:
        ratio = p / (1 - p) / (p_ref / (1 - p_ref))
        return arithmetic.mul(arithmetic.exact(share), arithmetic.log(arithmetic.exact(ratio)))

    return _placed(p_ref, lambda a: _tilted(a, p_ref, way(a)), engine)


def _tilted(engine: Engine[Any], p_ref: Fraction, shift: Any) -> Any:
    """The probability whose log-odds are the reference's and a shift."""
    return engine.sigmoid(engine.add(engine.log(engine.exact(p_ref / (1 - p_ref))), shift))


def _placed(p_ref: Fraction, p_of: Callable[[Engine[Any]], Any], engine: str) -> OnFrontier:
    """p and its KL in decimals, with as many bits as that takes."""
    if not 0 < p_ref < 1:
        raise InputError("p_ref must lie in (0, 1)")
    bits = BITS
    while bits <= MOST_BITS:
        with make_engine(engine, bits) as arithmetic:
            value = p_of(arithmetic)
            low, high = arithmetic.lower(value), min(arithmetic.upper(value), Fraction(1))
        if (high - low) * 10 ** (DIGITS + 1) < low:
            p = exact(decimal_down(low, DIGITS)), min(exact(decimal_up(high, DIGITS)), Fraction(1))
            return OnFrontier(p_ref, p, least_kl((p_ref, p_ref), p, engine=engine).kl)
        bits *= 2
    raise NotEnoughPrecision(f"p is nearer to 0 than {MOST_BITS} bits tell")

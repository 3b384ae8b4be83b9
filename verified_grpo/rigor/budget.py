"""What a divergence from the reference can buy, whatever the training: ``KL(pi || pi_ref) >= kl(p, p_ref)``.

``kl`` is the divergence of two coins; the lemmas with their proofs are in ``checker/budget.py`` (59 and 60).
Nothing is supposed of the optimiser, of clipping, or of parameters that prompts share. The divergence is that
of whole answers to one prompt, in nats.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Engine, Sign, decimal_down, decimal_up, exact, make_engine
from ..model import Range
from .no_truth_value import NoTruthValue

BITS, MOST_BITS = 128, 8192
DIGITS, MOST_DIGITS = 15, 1000
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class LargestP(NoTruthValue, read="p"):
    """For every p_ref and K of the ranges the largest p of a policy with ``KL <= K`` lies in ``p``."""

    p_ref: Range
    kl: Range
    p: Range
    engine: str
    bits: int


@dataclass(frozen=True)
class LeastKl(NoTruthValue, read="kl"):
    """For every p_ref and p of the ranges the least KL of a policy with this p lies in ``kl``."""

    p_ref: Range
    p: Range
    kl: Range
    engine: str
    bits: int


@dataclass(frozen=True)
class Spent(NoTruthValue, read="kl"):
    """A policy with p in its range is at least ``kl`` nats from a reference with p_ref in its own."""

    p_ref: Range
    p: Range
    kl: Fraction
    engine: str
    bits: int


def largest_p(p_ref: Range, kl: Range, *, digits: int = DIGITS, engine: str = "arb") -> LargestP:
    """The most that a budget buys: the root of ``kl(p, p_ref) = K`` above p_ref, 1 from ``log(1/p_ref)`` on.

    Args:
        p_ref: exact, in (0, 1).
        kl: nats, 0 or more, exact.
        digits: of the bracket of p, at one p_ref and K.
        engine: ``arb`` or ``mpmath``.

    Raises:
        InputError: arguments outside these domains.
        NotEnoughPrecision: K is nearer to ``log(1/p_ref)`` than 8192 bits tell.

    Not proved: that a trained network comes near it. Source: lemmas 59 and 60 of the checker.
    """
    _require_inside(p_ref)
    if kl[0] < 0:
        raise InputError("a KL is 0 or more")
    _require_digits(digits)
    low, fine = _root(p_ref[0], kl[0], digits, engine)
    high, finer = _root(p_ref[1], kl[1], digits, engine)
    return LargestP(p_ref, kl, (low[0], high[1]), engine, max(fine, finer))


def least_kl(p_ref: Range, p: Range, *, digits: int = DIGITS, engine: str = "arb") -> LeastKl:
    """The least divergence at which a policy has this p: ``kl(p, p_ref)``, which the tilt to p attains.

    Args:
        p_ref: exact, in (0, 1).
        p: exact, in [0, 1].

    Raises:
        InputError: arguments outside these domains.

    Not proved: that training to p pays no more. Source: lemmas 59 and 60 of the checker.
    """
    _require_inside(p_ref)
    _require_probability(p)
    _require_digits(digits)
    low, fine = _nearest(p_ref, p, digits, engine)
    corners = [_enclosed(x, q, digits, engine) for x, q in product(p, p_ref)]
    high = max(bounds[1] for bounds, _ in corners)
    return LeastKl(p_ref, p, (low, high), engine, max(fine, *(bits for _, bits in corners)))


def spent(p_ref: Range, p: Range, *, digits: int = DIGITS, engine: str = "arb") -> Spent:
    """The least divergence between ranges of p_ref and p, which may end at 0 and 1; 0 where they meet.

    Raises:
        InputError: no probabilities.

    Not proved: that the divergence is not larger. Source: lemmas 59 and 60 of the checker.
    """
    _require_probability(p_ref)
    _require_probability(p)
    _require_digits(digits)
    low, bits = _nearest(p_ref, p, digits, engine)
    return Spent(p_ref, p, low, engine, bits)


def _require_inside(p_ref: Range) -> None:
    if not (p_ref[0] > 0 and p_ref[1] < 1):
        raise InputError("p_ref must lie in (0, 1)")


def _require_probability(p: Range) -> None:
    if not (0 <= p[0] <= p[1] <= 1):
        raise InputError("a probability must lie in [0, 1]")


def _require_digits(digits: int) -> None:
    if not 1 <= digits <= MOST_DIGITS:
        raise InputError(f"digits must be from 1 to {MOST_DIGITS}, not {digits}")


def _nearest(p_ref: Range, p: Range, digits: int, engine: str) -> tuple[Fraction, int]:
    """A lower bound of kl at the ends that face each other."""
    if p[0] > p_ref[1]:
        facing = p[0], p_ref[1]
    elif p[1] < p_ref[0]:
        facing = p[1], p_ref[0]
    else:
        return ZERO, BITS
    if facing[1] in (ZERO, ONE):
        raise InputError("a reference that never or always succeeds has an infinite KL to any other p")
    bounds, bits = _enclosed(*facing, digits, engine)
    return bounds[0], bits


def _enclosed(p: Fraction, q: Fraction, digits: int, engine: str) -> tuple[Range, int]:
    """``kl(p, q)`` between decimals of so many digits, with as many bits as that takes; and the bits."""
    if p == q:
        return (ZERO, ZERO), BITS
    bits = max(BITS, 4 * digits)
    while bits <= MOST_BITS:
        with make_engine(engine, bits) as arithmetic:
            value = _of_numbers(arithmetic, p, q)
            low, high = arithmetic.lower(value), arithmetic.upper(value)
            if low > 0 and (high - low) * 10 ** (digits + 1) < low:
                return (exact(decimal_down(low, digits)), exact(decimal_up(high, digits))), bits
        bits *= 2
    raise NotEnoughPrecision(f"p and p_ref are nearer to each other than {MOST_BITS} bits tell")


def _of_numbers(engine: Engine[Any], p: Fraction, q: Fraction) -> Any:
    """``kl(p, q)`` of exact numbers."""
    total = engine.exact(0)
    for share, of in ((p, q), (1 - p, 1 - q)):
        if share:
            ratio = engine.log(engine.exact(share / of))
            total = engine.add(total, engine.mul(engine.exact(share), ratio))
    return total


def _root(q: Fraction, kl: Fraction, digits: int, engine: str) -> tuple[Range, int]:
    """Decimals around the largest p within the budget."""
    if not kl:
        return (q, q), BITS
    bits = max(BITS, 4 * digits)
    while bits <= MOST_BITS:
        with make_engine(engine, bits) as arithmetic:
            found = _Search(arithmetic, q, kl).root(digits)
        if found is not None:
            return found, bits
        bits *= 2
    raise NotEnoughPrecision(f"the KL is nearer to log(1/p_ref) than {MOST_BITS} bits tell")


class _Search:
    """For the root at one p_ref and K, on the line of log-odds; None where the precision ends."""

    def __init__(self, engine: Engine[Any], q: Fraction, kl: Fraction) -> None:
        self.engine, self.q, self.kl = engine, q, engine.exact(kl)
        self.all = engine.neg(engine.log(engine.exact(q)))

    def root(self, digits: int) -> Range | None:
        sign = self.engine.sign(self.engine.sub(self.kl, self.all))
        if sign is not Sign.NEGATIVE:
            return (ONE, ONE) if sign is Sign.POSITIVE else None
        start = self.engine.lower(self.engine.log(self.engine.exact(self.q / (1 - self.q))))
        low, width = start, ONE
        while (beyond := self._excess(low + width)) is not Sign.POSITIVE:
            if beyond is not Sign.NEGATIVE:
                return None
            low, width = low + width, 2 * width
        narrow = self._halved(low, low + width, digits)
        return None if narrow is None else self._decimals(*narrow, digits)

    def _halved(self, low: Fraction, high: Fraction, digits: int) -> Range | None:
        """Until it is narrower than the digits ask."""
        while (high - low) * 10 ** (digits + 2) > 1:
            middle = (low + high) / 2
            match self._excess(middle):
                case Sign.NEGATIVE:
                    low = middle
                case Sign.POSITIVE:
                    high = middle
                case _:
                    return None
        return low, high

    def _decimals(self, low: Fraction, high: Fraction, digits: int) -> Range | None:
        """p of both ends, rounded outward, and proved there; p is not below p_ref."""
        engine = self.engine
        below = exact(decimal_down(engine.lower(engine.sigmoid(engine.exact(low))), digits))
        above = exact(decimal_up(engine.upper(engine.sigmoid(engine.exact(high))), digits))
        below, above = max(below, self.q), min(above, ONE)
        within = below == self.q or self._compared(below) is Sign.NEGATIVE
        beyond = above == 1 or self._compared(above) is Sign.POSITIVE
        return (below, above) if within and beyond else None

    def _compared(self, p: Fraction) -> Sign:
        """The sign of ``kl(p, p_ref) - K``."""
        return self.engine.sign(self.engine.sub(_of_numbers(self.engine, p, self.q), self.kl))

    def _excess(self, logit: Fraction) -> Sign:
        """The sign of ``kl(sigma(logit), p_ref) - K``, where 1 - p may be tiny."""
        engine, at = self.engine, self.engine.exact(logit)
        p, rest = engine.sigmoid(at), engine.sigmoid(engine.neg(at))
        success = engine.mul(p, engine.log(engine.div(p, engine.exact(self.q))))
        failure = engine.mul(rest, engine.log(engine.div(rest, engine.exact(1 - self.q))))
        return engine.sign(engine.sub(engine.add(success, failure), self.kl))

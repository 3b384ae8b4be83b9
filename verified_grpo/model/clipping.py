"""Clipped updates: by how much the ratio of the new policy to the old one may count.

With advantages ``q Omega`` of successes and ``-p Omega`` of failures (mean 0) the exact maximiser of the
clipped surrogate has the log-odds

    T(L) = max(min(A + Omega/beta, min(C, D)), min(A + w/beta, max(C, D)), A)

with ``A = alpha L_ref + (1-alpha) L``, the caps ``C = logit((1 + high) p)`` of successes (none where that
reaches 1) and ``D = logit(p + low q)`` of failures, and ``w = p Omega`` where C <= D, that is ``high p <= low
q``, else ``q Omega``: what is left of the drive between the caps. The proof is lemma 48 of the checker.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ..errors import InputError, NotEnoughPrecision
from ..intervals import Engine, Sign, exact
from .gap import Workbench
from .parameters import Parameters, Range

V = TypeVar("V")


@dataclass(frozen=True)
class Clip:
    """The ratio counts from ``1 - low`` to ``1 + high``.

    Raises:
        InputError: low outside (0, 1), or high not above 0.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not (0 < self.low < 1 and self.high > 0):
            raise InputError("the ratio is clipped from 1 - LOW to 1 + HIGH, 0 < LOW < 1 and HIGH > 0")

    @staticmethod
    def of(low: int | str | Fraction, high: int | str | Fraction | None = None) -> Clip:
        """From what a user writes; without ``high`` both are the same."""
        return Clip(exact(low), exact(low if high is None else high))


class ClippedStep(Generic[V]):
    """One clipped update at exact parameters."""

    def __init__(self, bench: Workbench[V], parameters: Parameters, clip: Clip) -> None:
        self.engine: Engine[V] = bench.engine
        self.clip, point = clip, parameters.midpoint
        self.profile = bench.profile(point.eps, parameters.eps)
        self.log_odds_ref = bench.log_odds(point.p_ref)
        exactly = self.engine.exact
        self.beta, self.rest = exactly(point.beta), exactly(1 - point.alpha)
        self.held = self.engine.mul(exactly(point.alpha), self.log_odds_ref)
        self.turn = self.engine.log(exactly(clip.low / clip.high))

    def over(self, low: Fraction, high: Fraction) -> Range:
        """Bounds of T on a cell: T rises in L by A and the caps, and in Omega and w.

        Raises:
            NotEnoughPrecision: it is open whether successes have a cap.
        """
        engine, profile = self.engine, self.profile
        omega = profile.least_omega_over(low, high), profile.largest_omega_over(low, high)
        shares = self._shares(low, high)
        least = self._at(low, omega[0], engine.mul(omega[0], engine.exact(engine.lower(shares[0]))))
        most = self._at(high, omega[1], engine.mul(omega[1], engine.exact(engine.upper(shares[1]))))
        return least[0], most[1]

    def _at(self, x: Fraction, omega: V, weight: V) -> Range:
        engine = self.engine
        anchor = engine.add(self.held, engine.mul(self.rest, engine.exact(x)))
        whole, part = (engine.add(anchor, engine.div(drive, self.beta)) for drive in (omega, weight))
        success, failure = self._caps(x)
        bounds = []
        for end in (engine.lower, engine.upper):
            caps = [end(failure)] if success is None else [end(success), end(failure)]
            within = end(part) if success is None else min(end(part), max(caps))
            bounds.append(max(min(end(whole), min(caps)), within, end(anchor)))
        return bounds[0], bounds[1]

    def _caps(self, x: Fraction) -> tuple[V | None, V]:
        """C, or None, and D."""
        engine = self.engine
        odds, (low, high) = engine.exp(engine.exact(x)), (self.clip.low, self.clip.high)
        failure = engine.log(engine.div(engine.add(odds, engine.exact(low)), engine.exact(1 - low)))
        left = engine.sub(engine.exact(1), engine.mul(engine.exact(high), odds))
        sign = engine.sign(left)
        if sign is Sign.POSITIVE:
            return engine.log(engine.div(engine.mul(engine.exact(1 + high), odds), left)), failure
        if sign is Sign.NEGATIVE:
            return None, failure
        raise NotEnoughPrecision("whether successes have a cap is open")

    def _shares(self, low: Fraction, high: Fraction) -> tuple[V, V]:
        """Enclosures of a lower and an upper bound of w/Omega on the cell."""
        engine = self.engine
        ends = [engine.exact(x) for x in (low, high)]
        p = engine.sigmoid(ends[0]), engine.sigmoid(ends[1])
        q = engine.sigmoid(engine.neg(ends[1])), engine.sigmoid(engine.neg(ends[0]))
        if engine.sign(engine.sub(ends[1], self.turn)) is Sign.NEGATIVE:
            return p
        if engine.sign(engine.sub(ends[0], self.turn)) is Sign.POSITIVE:
            return q
        return engine.hull(p[0], q[0]), engine.hull(p[1], q[1])

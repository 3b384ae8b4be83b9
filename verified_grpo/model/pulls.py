"""What holds the policy: the pull R of the drive ``F = Omega - beta R``, by kernels of the ratio to the
reference.

The policy's gradient of a KL, on-policy and with completions taken as single outcomes, is ``E_pi[k(r) grad
log pi]`` with ``r = pi_ref/pi`` and ``k(1) = 0``. One natural-gradient step at frozen advantages moves the
log-odds by the step times

    F(L) = Omega(L) - beta R(L),   R(L) = w(p) k(p_ref/p) - w(q) k(q_ref/q),   q = 1 - p.

* ``reverse``: ``k = -log r``, KL(pi || pi_ref); with w = 1, ``R = L - L_ref``.
* ``k3``: ``k = 1 - r``, the gradient of the estimator ``r - 1 - log r``, KL(pi_ref || pi); with w = 1, ``R =
  (p - p_ref)/(p q)``.
* Clamped at c, the estimator of k3 is constant where it exceeds c, so ``k = 0`` there: at c = 10 for r above
  13.6 or below 1.7e-5.
* ``weighted``: ``k = -log r``, the gradient of that estimator times the differentiable likelihood ratio;
  without a clamp it is ``reverse``. Clamped, the product is constant where k3 exceeds c, and ``k = 0``
  (NeMo-RL).
* Where groups of G answers with one reward are dropped, an answer stays if the other G - 1 are not all of its
  class: ``w(v) = 1 - v^(G-1)``. (A mean over the kept answers divides F by ``1 - p^G - q^G``, another size of
  the steps.) Their advantages are 0, so Omega is what it was.

With v the probability of a class and o = 1 - v, the part of R' of either class is ``o (w g - (G-1) v^(G-1)
k)``, g = 1 (``reverse``) or r (``k3``). The clamp makes F jump, upwards as L rises above ``L_ref``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from ..errors import InputError
from ..intervals import Engine, Sign, exact
from .parameters import Range

V = TypeVar("V")

LARGEST_GROUP = 1024
TIGHTENINGS = 8


class Kernel(StrEnum):
    """Which penalty of an outcome."""

    REVERSE = "reverse"
    K3 = "k3"
    WEIGHTED = "weighted"


@dataclass(frozen=True)
class Pull:
    """A kernel, where it is clamped, and the size of groups that are dropped where all rewards are alike.

    Attributes:
        kernel: of KL(pi || pi_ref), of the estimator k3, or of k3 times the likelihood ratio.
        clamp: of the estimator k3 (``weighted``: of the product), > 0; None: nowhere.
        dead_groups: answers a group, 2 to 1024; None: every group is kept.

    Raises:
        InputError: outside of these.
    """

    kernel: Kernel = Kernel.REVERSE
    clamp: Fraction | None = None
    dead_groups: int | None = None

    def __post_init__(self) -> None:
        if self.clamp is not None and self.kernel is Kernel.REVERSE:
            raise InputError("a clamp is one of the estimator k3")
        if self.clamp is not None and not self.clamp > 0:
            raise InputError("the clamp must be greater than 0")
        if self.dead_groups is not None and not 2 <= self.dead_groups <= LARGEST_GROUP:
            raise InputError(f"dropped groups must have 2 to {LARGEST_GROUP} answers, not {self.dead_groups}")

    @staticmethod
    def of(
        kernel: str = "reverse",
        *,
        clamp: int | str | Fraction | None = None,
        dead_groups: int | None = None,
    ) -> Pull:
        """From what a user writes.

        >>> Pull.of("k3", clamp=10).clamp
        Fraction(10, 1)
        """
        return Pull(Kernel(kernel), None if clamp is None else exact(clamp), dead_groups)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is clamped and no group dropped."""
        return self.clamp is None and self.dead_groups is None


@dataclass(frozen=True)
class _Class(Generic[V]):
    """One class of outcomes over a cell and all p_ref: ratio, its logarithm and its probability at both ends,
    and the probability of the other class over all."""

    ratios: tuple[V, V]
    logs: tuple[V, V]
    shares: tuple[V, V]
    other: V


class PullOver(Generic[V]):
    """A pull on one engine, for a range of p_ref."""

    def __init__(self, engine: Engine[V], pull: Pull, p_ref: Range) -> None:
        self.engine, self.pull, self.p_ref = engine, pull, p_ref
        self._one, self._zero = engine.exact(1), engine.exact(0)

    def over(self, low: Fraction, high: Fraction) -> V:
        """Encloses R over the cell and all p_ref."""
        success, failure = self._classes(low, high)
        mul = self.engine.mul
        parts = (mul(self._weight(part), self._value(part)) for part in (success, failure))
        return self.engine.sub(*parts)

    def slope_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses R' over the cell and all p_ref, wherever the clamp does not set in."""
        return self.engine.add(*(self._slope(part) for part in self._classes(low, high)))

    def is_smooth_over(self, low: Fraction, high: Fraction) -> bool:
        """Whether the clamp is proved to set in nowhere inside of the cell."""
        if self.pull.clamp is None:
            return True
        return all(self._is_free(part) or self._is_cut(part) for part in self._classes(low, high))

    def ceiling(self, start: Fraction) -> V | None:
        """Encloses an upper bound of R at and above a point from which on failures are clamped, if they
        are."""
        success, failure = self._classes(start, start)
        if not (self._is_above_one(failure) and self._is_cut(failure)):
            return None
        most = self.engine.exact(1 - self.p_ref[0])
        if self.pull.kernel is not Kernel.K3:
            most = self.engine.neg(self.engine.log(self.engine.exact(self.p_ref[0])))
        return self.engine.mul(self._weight(success), most)

    def _classes(self, low: Fraction, high: Fraction) -> Iterator[_Class[V]]:
        """Successes, whose ratio falls in L, and failures, whose ratio rises."""
        engine, (least, most) = self.engine, self.p_ref
        for near, far, fewest, all_of in ((high, low, least, most), (-low, -high, 1 - most, 1 - least)):
            a, b = engine.exact(near), engine.exact(far)
            ratios = tuple(
                engine.mul(engine.exact(ref), engine.add(self._one, engine.exp(engine.neg(x))))
                for ref, x in ((fewest, a), (all_of, b))
            )
            shares = engine.sigmoid(a), engine.sigmoid(b)
            other = engine.hull(engine.sigmoid(engine.neg(a)), engine.sigmoid(engine.neg(b)))
            logs = engine.log(ratios[0]), engine.log(ratios[1])
            yield _Class((ratios[0], ratios[1]), logs, shares, other)

    def _excess(self, part: _Class[V], end: int) -> Sign:
        """The sign of the estimator less the clamp at an end."""
        engine, clamp = self.engine, self.pull.clamp
        assert clamp is not None
        known = engine.sub(engine.sub(part.ratios[end], part.logs[end]), engine.exact(1 + clamp))
        return engine.sign(known)

    def _is_above_one(self, part: _Class[V]) -> bool:
        return self.engine.sign(part.logs[0]) is Sign.POSITIVE

    def _is_cut(self, part: _Class[V]) -> bool:
        """Whether the estimator is proved to exceed the clamp on all of the cell."""
        if self.pull.clamp is None:
            return False
        if self._is_above_one(part):
            return self._excess(part, 0) is Sign.POSITIVE
        below = self.engine.sign(part.logs[1]) is Sign.NEGATIVE
        return below and self._excess(part, 1) is Sign.POSITIVE

    def _is_free(self, part: _Class[V]) -> bool:
        """Whether it is proved to be below the clamp there: it is convex in r."""
        return self.pull.clamp is None or all(self._excess(part, end) is Sign.NEGATIVE for end in (0, 1))

    def _weight(self, part: _Class[V]) -> V:
        return self._one if self.pull.dead_groups is None else self.engine.sub(self._one, self._alike(part))

    def _alike(self, part: _Class[V]) -> V:
        """``v^(G-1)``."""
        assert self.pull.dead_groups is not None
        power = self.pull.dead_groups - 1
        return self.engine.hull(*(self.engine.power(v, power) for v in part.shares))

    def _value(self, part: _Class[V]) -> V:
        """k over the class."""
        if self._is_cut(part):
            return self._zero
        engine = self.engine
        value = (
            engine.sub(self._one, self._ratio(part))
            if self.pull.kernel is Kernel.K3
            else engine.neg(engine.hull(*part.logs))
        )
        return value if self._is_free(part) else engine.hull(value, self._zero)

    def _ratio(self, part: _Class[V]) -> V:
        """r over the class, as far as it is not clamped: there ``r <= 1 + c + log r``."""
        engine, (low, high) = self.engine, part.ratios
        if self.pull.clamp is not None and engine.sign(part.logs[1]) is Sign.POSITIVE:
            most = engine.exact(1 + self.pull.clamp)
            for _ in range(0 if self._is_free(part) else TIGHTENINGS):
                high = engine.add(most, engine.log(high))
        return engine.hull(low, high)

    def _slope(self, part: _Class[V]) -> V:
        """``o (w g - (G-1) v^(G-1) k)``."""
        if self._is_cut(part):
            return self._zero
        engine, group = self.engine, self.pull.dead_groups
        g = self._ratio(part) if self.pull.kernel is Kernel.K3 else self._one
        inner = engine.mul(self._weight(part), g)
        if group is not None:
            all_alike = engine.mul(engine.exact(group - 1), self._alike(part))
            inner = engine.sub(inner, engine.mul(all_alike, self._value(part)))
        slope = engine.mul(part.other, inner)
        return slope if self._is_free(part) else engine.hull(slope, self._zero)

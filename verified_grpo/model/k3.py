"""The second regulariser: the k3 estimator in the loss, which holds the policy by ``KL(pi_ref || pi)``.

``k3 = rho - log rho - 1`` with ``rho = pi_ref/pi`` has, averaged over samples of ``pi`` itself, the gradient
``E_pi[(1 - rho) grad log pi] = -E_ref[grad log pi]``, which is that of ``KL(pi_ref || pi)`` (on-policy only,
completions taken as single outcomes).

Exact update. On finitely many outcomes, ``E_pi[A] - beta KL(pi_ref || pi)`` is ``sum pi_i A_i + beta sum
ref_i log pi_i`` up to a constant: strictly concave where ref_i > 0, and its maximiser has ``A_i + beta
ref_i/pi_i = lam``. The advantage knows only the reward, so pi/ref is one number on successes and one on
failures: ``p_ref/p = (lam - A_1)/beta``, ``q_ref/q = (lam - A_0)/beta``, and with ``Omega = A_1 - A_0``

    K(p) = q_ref/q - p_ref/p = (p - p_ref)/(p q) = Omega/beta,      q = 1 - p.                          (K)

K rises from -infinity to infinity on (0, 1) (``K' = q_ref/q^2 + p_ref/p^2``), so (K) has one root. With ``w =
Omega/beta`` it is ``p = 2 p_ref/((1 - w) + S)``, ``q = 2 q_ref/((1 + w) + S)``, ``S = sqrt((1 - w)^2 + 4 w
p_ref)``. One step of the recursion is ``p_n = K^-1(Omega(p_(n-1))/beta)``.

All of it in log-odds ``L``, with ``t = exp(-L)``: ``K = q_ref/t - p_ref t + q_ref - p_ref`` and ``dK/dL =
q_ref/t + p_ref t``. The multiplier of a fixed point is ``b/(beta dK/dL)``, ``b = dOmega/dL``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Generic, TypeVar

from ..intervals import Engine, Sign
from . import formulas
from .gap import Workbench
from .parameters import Parameters, Point

V = TypeVar("V")


class K3Step(Generic[V]):
    """One update of the log-odds under k3 for all parameters of a box (alpha = 1), and its fixed point.

    The gap ``K(L) - Omega(L)/beta`` rises in beta and eps and falls in p_ref, so over a box its range is two
    corners, those of :class:`.Parameters`.
    """

    def __init__(self, bench: Workbench[V], parameters: Parameters) -> None:
        self.engine: Engine[V] = bench.engine
        self.bench, self.parameters = bench, parameters
        self.low, self.high = (bench.profile(eps, parameters.eps) for eps in parameters.eps)

    def gap_at(self, x: Fraction, corner: Point) -> V:
        """Encloses ``K(x) - Omega(x)/beta`` at one choice of parameters."""
        engine, profile = self.engine, self.bench.profile(corner.eps, self.parameters.eps)
        drive = engine.div(profile.at(x)[0], engine.exact(corner.beta))
        return engine.sub(self._pull(x, corner.p_ref)[0], drive)

    def gap_slope_at(self, x: Fraction, corner: Point) -> V:
        """Encloses the gap's derivative in L at one choice of parameters."""
        engine, profile = self.engine, self.bench.profile(corner.eps, self.parameters.eps)
        drive = engine.div(profile.at(x)[1], engine.exact(corner.beta))
        return engine.sub(self._pull(x, corner.p_ref)[1], drive)

    def sign_at(self, x: Fraction) -> Sign:
        """The sign of the gap at x for all parameters of the box, if it is one."""
        if self.engine.sign(self.gap_at(x, self.parameters.lowest_gap)) is Sign.POSITIVE:
            return Sign.POSITIVE
        falls = self.engine.sign(self.gap_at(x, self.parameters.highest_gap)) is Sign.NEGATIVE
        return Sign.NEGATIVE if falls else Sign.UNDECIDED

    def _pull(self, x: Fraction, reference: Fraction) -> tuple[V, ...]:
        engine = self.engine
        bound = formulas.pull_program().bind(engine, p_ref=engine.exact(reference))
        return bound(engine.exp(engine.neg(engine.exact(x))))

    def next_over(self, low: Fraction, high: Fraction) -> tuple[V, V]:
        """Enclosures of the least and the largest next log-odds from [low, high], over the whole box."""
        box = self.parameters
        return (
            self.answer(self.high.least_omega_over(low, high), box.beta[1], box.p_ref[0]),
            self.answer(self.low.largest_omega_over(low, high), box.beta[0], box.p_ref[1]),
        )

    def reach(self) -> tuple[V, V]:
        """Enclosures of a lower and an upper bound of every log-odds after one step, hence of the fixed
        point."""
        box = self.parameters
        return (
            self.answer(self.high.omega_min, box.beta[1], box.p_ref[0]),
            self.answer(self.low.omega_max, box.beta[0], box.p_ref[1]),
        )

    def answer(self, omega: V, beta: Fraction, reference: Fraction) -> V:
        """Encloses the log-odds that solve ``K = omega/beta``; they rise in ``omega/beta`` and in p_ref.

        The odds x solve ``q_ref x^2 - B x - p_ref = 0`` with ``B = omega/beta - (q_ref - p_ref)``: the form
        of the root is chosen by the sign of B, so that no digit cancels.
        """
        engine, other = self.engine, 1 - reference
        b = engine.sub(engine.div(omega, engine.exact(beta)), engine.exact(other - reference))
        root = engine.sqrt(engine.add(engine.power(b, 2), engine.exact(4 * reference * other)))
        if engine.sign(b) is Sign.NEGATIVE:
            return engine.log(engine.div(engine.exact(2 * reference), engine.sub(root, b)))
        return engine.log(engine.div(engine.add(b, root), engine.exact(2 * other)))

    def steepest_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``b`` on the cell for every eps of the box."""
        slope = self.low.slope_over(low, high)
        return slope if self.low is self.high else self.engine.hull(slope, self.high.slope_over(low, high))

    def stiffness_over(self, low: Fraction, high: Fraction) -> tuple[V, V]:
        """Enclosures of a lower and an upper bound of ``beta dK/dL > 0`` on the cell, over the whole box."""
        (p, r), (weak, strong) = self.parameters.p_ref, self.parameters.beta
        return self._stiffness(low, high, 1 - r, p, weak), self._stiffness(high, low, 1 - p, r, strong)

    def _stiffness(self, rise: Fraction, fall: Fraction, other: Fraction, p: Fraction, beta: Fraction) -> V:
        """``beta (other e^rise + p e^-fall)``."""
        engine = self.engine
        up = engine.mul(engine.exact(other), engine.exp(engine.exact(rise)))
        down = engine.mul(engine.exact(p), engine.exp(engine.exact(-fall)))
        return engine.mul(engine.exact(beta), engine.add(up, down))

    def multiplier_over(self, low: Fraction, high: Fraction) -> V:
        """Encloses ``b/(beta dK/dL)`` on a bracket of the fixed point, for every parameter of the box."""
        engine, slope = self.engine, self.steepest_over(low, high)
        weak, strong = self.stiffness_over(low, high)
        return engine.hull(engine.div(slope, weak), engine.div(slope, strong))

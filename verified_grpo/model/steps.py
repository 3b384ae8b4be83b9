"""Small steps: updates that go part of the way to the maximiser, and the recursion that they obey.

One natural-gradient (mirror ascent) step of size ``eta`` on the update's objective, at frozen advantages,
moves the log-odds by ``eta (Omega(L) - beta (L - A))``, where ``A = alpha L_ref + (1 - alpha) L_old`` is the
anchor; ``mu`` inner steps go the **share** ``a = 1 - (1 - eta beta)^mu`` of the way to the maximiser:

    L_n = (1 - a alpha) L_{n-1} + a alpha L_ref + (a/beta) Omega(L_{n-1})

which is the recursion (R) with ``alpha a`` for alpha and ``beta/a`` for beta. Without KL (``beta = 0``) the
step is ``L_n = L_{n-1} + eta mu Omega(L_{n-1})``: (R) with alpha 0 and weight ``1/(eta mu)``, the limit of
both as beta falls to 0. So every verdict on (R) is one on training with this step.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

from ..errors import InputError
from ..intervals import Exact, exact_range
from .parameters import Parameters, Range

INNER_STEPS_LIMIT = 100
"""Inner steps of one update: the share is an exact number whose digits grow with each."""
EXACT_NEEDS_KL = "without KL no policy maximises the update: ask with a step size"


@dataclass(frozen=True)
class StepParameters(Parameters):
    """Parameters of small steps: as :class:`Parameters`, but beta may be 0, an ordinary choice there."""

    beta_may_be_0: ClassVar[bool] = True

    @property
    def pull(self) -> Range:
        """The range of ``alpha beta``, the slope of the pull towards the reference."""
        return self.alpha[0] * self.beta[0], self.alpha[1] * self.beta[1]

    @property
    def maximised(self) -> Parameters:
        """The same box for the exact iteration.

        Raises:
            InputError: beta reaches 0.
        """
        if self.beta[0] == 0:
            raise InputError(f"beta must be greater than 0: {EXACT_NEEDS_KL}")
        return Parameters(**dict(self))


@dataclass(frozen=True)
class Update:
    """Updates of ``inner_steps`` steps of size ``step_size`` each.

    Attributes:
        step_size: eta, a closed range of positive numbers.
        inner_steps: mu, from 1 to 100.

    Raises:
        InputError: outside of these.
    """

    step_size: Range
    inner_steps: int = 1

    def __post_init__(self) -> None:
        if self.step_size[0] > self.step_size[1]:
            raise InputError("step size: a range goes from the smaller number to the larger")
        if not self.step_size[0] > 0:
            raise InputError("the step size must be greater than 0")
        if not 1 <= self.inner_steps <= INNER_STEPS_LIMIT:
            raise InputError(f"inner steps must be from 1 to {INNER_STEPS_LIMIT}, not {self.inner_steps}")

    @staticmethod
    def of(step_size: Exact, inner_steps: int = 1) -> Update:
        """From what a user writes.

        >>> Update.of("0.1", 2).share((Fraction(1), Fraction(1)))
        (Fraction(19, 100), Fraction(19, 100))
        """
        try:
            return Update(exact_range(step_size), inner_steps)
        except InputError as error:
            text = str(error)
            raise type(error)(text if "step" in text else f"step size: {text}") from None

    def share(self, beta: Range) -> Range:
        """The range of the share ``a`` over a range of beta: it rises in eta and in beta.

        Raises:
            InputError: eta times beta exceeds 1 somewhere, which is beyond one whole step.
        """
        if self.step_size[1] * beta[1] > 1:
            raise InputError(
                "step size times beta must be at most 1: more is beyond one whole step, past the maximiser"
            )
        return self._share(self.step_size[0], beta[0]), self._share(self.step_size[1], beta[1])

    def recursion(self, box: Parameters) -> Parameters:
        """The parameters of (R) for these updates, each range outward (for one exact choice exact).

        ``a/beta = eta (1 + (1 - eta beta) + ... + (1 - eta beta)^(mu - 1))`` rises in eta and falls in beta.

        Raises:
            InputError: eta times beta exceeds 1 somewhere.
        """
        share = self.share(box.beta)
        least = self._length(self.step_size[0], box.beta[1])
        most = self._length(self.step_size[1], box.beta[0])
        alpha = box.alpha[0] * share[0], box.alpha[1] * share[1]
        return Parameters(alpha, (1 / most, 1 / least), box.eps, box.p_ref)

    def _share(self, eta: Fraction, beta: Fraction) -> Fraction:
        return 1 - (1 - eta * beta) ** self.inner_steps

    def _length(self, eta: Fraction, beta: Fraction) -> Fraction:
        """``a/beta``, and ``eta mu`` where beta is 0."""
        return self._share(eta, beta) / beta if beta else eta * self.inner_steps


@dataclass(frozen=True)
class Stepped:
    """A box with the updates that are meant: exact ones (``update`` None), or steps."""

    box: StepParameters
    update: Update | None

    @cached_property
    def recursion(self) -> Parameters:
        """The parameters of the recursion that these updates obey.

        Raises:
            InputError: no KL and no step size, or a step beyond a whole one.
        """
        return self.box.maximised if self.update is None else self.update.recursion(self.box)

    @property
    def is_exact(self) -> bool:
        """Whether the recursion's parameters are those of these updates and no others: of ranges of beta or
        of step sizes it has every combination of alpha and beta, which no step need have."""
        if self.update is None:
            return True
        size, beta = self.update.step_size, self.box.beta
        return size[0] == size[1] and beta[0] == beta[1]

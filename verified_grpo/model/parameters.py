"""Parameters of the recursion, exact numbers or ranges of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Self

from ..errors import InputError
from ..intervals import Exact, exact_range

NAMES = ("alpha", "beta", "eps", "p_ref")

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Parameters:
    """A box of parameters; each field is a closed range ``(lower, upper)`` of exact numbers, a point where
    both are equal.

    Attributes:
        alpha: share of the KL weight on the reference policy, in [0, 1].
        beta: total KL weight, > 0.
        eps: stabiliser of the advantage, > 0.
        p_ref: probability of success of the reference policy, in (0, 1).

    Raises:
        InputError: a range outside its domain; the message names the parameter and what is allowed.
    """

    alpha: Range
    beta: Range
    eps: Range
    p_ref: Range

    beta_may_be_0: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for name, (low, high) in self:
            if low is not high and low > high:
                raise InputError(
                    f"{name} from {low} to {high}: a range goes from the smaller number to the larger"
                )
        # Numerators have the sign of their fractions; comparing fractions is slower.
        if not (self.alpha[0].numerator >= 0 and self.alpha[1] <= 1):
            raise InputError("alpha must lie in [0, 1]")
        if not self.beta[0].numerator > 0 and not (self.beta_may_be_0 and self.beta[0] == 0):
            raise InputError(f"beta must {'not be less' if self.beta_may_be_0 else 'be greater'} than 0")
        if not self.eps[0].numerator > 0:
            raise InputError("eps must be greater than 0")
        if not (self.p_ref[0].numerator > 0 and self.p_ref[1] < 1):
            raise InputError("p_ref must lie strictly between 0 and 1")

    @classmethod
    def of(cls, *, beta: Exact, eps: Exact, p_ref: Exact, alpha: Exact = 1) -> Self:
        """Parameters from what a user writes: text (``"1e-5"``, ``"3/10"``, ``"0.01:100"``), int, Fraction
        or a pair of them.

        >>> Parameters.of(beta="0.04", eps="1e-5", p_ref="3/10").beta[0]
        Fraction(1, 25)
        """
        values = {"alpha": alpha, "beta": beta, "eps": eps, "p_ref": p_ref}
        ranges = {}
        try:
            for name, value in values.items():
                ranges[name] = exact_range(value)
        except InputError as error:
            raise type(error)(f"{name}: {error}") from None
        return cls(**ranges)

    def __iter__(self) -> Iterator[tuple[str, Range]]:
        for name in NAMES:
            yield name, getattr(self, name)

    @cached_property
    def is_point(self) -> bool:
        """Whether every parameter is one exact number."""
        sides = (self.alpha, self.beta, self.eps, self.p_ref)
        return all([low is high or low == high for low, high in sides])  # noqa: C419  # a list is faster

    @property
    def lowest_gap(self) -> Point:
        """The corner at which the gap ``g(L)`` is smallest for every L: it increases in alpha, beta and eps,
        not in p_ref."""
        return Point(self.alpha[0], self.beta[0], self.eps[0], self.p_ref[1])

    @property
    def highest_gap(self) -> Point:
        """The corner at which the gap is largest for every L."""
        return Point(self.alpha[1], self.beta[1], self.eps[1], self.p_ref[0])

    @property
    def midpoint(self) -> Point:
        """The centre of the box."""
        return Point(*((low + high) / 2 for _, (low, high) in self))


@dataclass(frozen=True)
class Point:
    """One exact choice of the parameters."""

    alpha: Fraction
    beta: Fraction
    eps: Fraction
    p_ref: Fraction

    @property
    def box(self) -> Parameters:
        """The box that holds this point alone."""
        return Parameters(*((x, x) for x in (self.alpha, self.beta, self.eps, self.p_ref)))

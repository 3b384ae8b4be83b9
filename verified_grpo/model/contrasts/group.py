"""The contrast of a finite group: ``(r - mean)/(std + eps)`` over G independent samples."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from .definition import Chosen, Definition
from .facts import Fact, Facts

if TYPE_CHECKING:
    import sympy as sp

GROUP_SIZE_LIMIT = 128
LARGEST_CONSTANT = 3
"""In groups of two or three all that have both outcomes have the same spread."""


class GroupDefinition(Definition):
    """Omega in Bernstein form; ``group_size`` G >= 2, the standard deviation's divisor is ``G - ddof``."""

    def check(self, chosen: Chosen) -> None:
        if not 2 <= chosen.group_size <= GROUP_SIZE_LIMIT:
            raise InputError(
                f"contrast group needs a group size from 2 to {GROUP_SIZE_LIMIT}, not {chosen.group_size}"
            )
        if chosen.ddof not in (0, 1):
            raise InputError(f"ddof is 0 or 1, not {chosen.ddof}")

    def facts(self, chosen: Chosen) -> Facts:
        return _OF_SMALL if chosen.group_size <= LARGEST_CONSTANT else self.argued

    def label(self, chosen: Chosen) -> str:
        return f"group({chosen.group_size}, ddof {chosen.ddof})"

    def own(self, chosen: Chosen) -> Mapping[str, Any]:
        return {"group_size": chosen.group_size, "ddof": chosen.ddof}

    def omega(self, chosen: Chosen) -> sp.Expr:
        return bernstein(self.degree(chosen), group_coefficients(chosen))

    def supremum(self, chosen: Chosen) -> sp.Expr:
        return group_coefficients(chosen)[0]

    def degree(self, chosen: Chosen) -> int:
        return chosen.group_size - 1

    def coefficients(self, chosen: Chosen) -> tuple[sp.Expr, ...]:
        return group_coefficients(chosen)


def bernstein(degree: int, coefficients: tuple[sp.Expr, ...]) -> sp.Expr:
    """The polynomial with these Bernstein coefficients, written in ``p`` and ``q`` so that no digit
    cancels."""
    import sympy as sp

    from .symbols import p, q

    return sp.Add(
        *(sp.binomial(degree, k) * p**k * q ** (degree - k) * c for k, c in enumerate(coefficients))
    )


@cache
def group_coefficients(chosen: Chosen) -> tuple[sp.Expr, ...]:
    """``c_k``, k = 0..G-1: advantage of a success minus advantage of a failure when k of the *other* rewards
    are 1.

    A success sits in a group with k + 1 ones, a failure in one with k. A group without variance has
    advantage 0, so ``c_0`` and ``c_{G-1}`` lose one of their two terms. By symmetry ``c_k = c_{G-1-k}``.
    """
    import sympy as sp

    from .symbols import eps

    size = chosen.group_size

    def advantage(reward: int, ones: int) -> sp.Expr:
        if ones in (0, size):
            return sp.Integer(0)
        variance = sp.Rational(ones * (size - ones), size * (size - chosen.ddof))
        return (reward - sp.Rational(ones, size)) / (sp.sqrt(variance) + eps)

    return tuple(advantage(1, k + 1) - advantage(0, k) for k in range(size))


_ARGUED: Facts = {
    Fact.BOUNDED: "Omega is a mean of its coefficients; c_0 = c_{G-1} is the largest.",
    Fact.EVEN_RISING: "A Bernstein polynomial of symmetric coefficients that fall to the middle: its "
    "derivative in p changes sign once, at 1/2, by variation diminishing.",
    Fact.FALLS_IN_EPS: "Each coefficient falls in eps, and so do their drops up to the middle.",
    Fact.CONCAVE: "p q Omega is the Bernstein polynomial of x(1-x)/(c sqrt(x(1-x)) + eps), which is concave.",
    Fact.BERNSTEIN: "With u_j = 1/(S_j + eps), S_j the spread of a group with j ones: G (c_k - c_{k+1}) = "
    "(G-2k-2)(u_{k+1} - u_{k+2}) + k (u_k - u_{k+2}), and S_k <= S_{k+1} <= S_{k+2} for 2k < G-2.",
}
_OF_SMALL: Facts = {**_ARGUED, Fact.CONSTANT: "All coefficients are u_1 (G-1)/G."}


def omega() -> sp.Expr:
    """In general; each size has its own."""
    import sympy as sp

    return sp.Symbol("Omega")


DEFINITION = GroupDefinition(
    name="group", words="a finite group", expression=omega, argued=_ARGUED, spread_in_eps=1
)

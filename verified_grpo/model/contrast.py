"""Contrasts: how much more advantage a success gets than a failure.

The *contrast* ``Omega(p)`` is the advantage of a success minus the advantage of a failure when the policy
that was sampled succeeds with probability ``p``. It is all that the dynamics of GRPO with 0/1 rewards see of
the advantage.

Every contrast is written here once, as a SymPy expression in the positive symbols ``p``, ``q = 1 - p``, ``v
= p q`` and ``eps``. Keeping ``q`` and ``v`` beside ``p`` lets all programs work in log-odds, where none of
the three is lost to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import sympy as sp

from ..errors import InputError

p, q, v, eps = sp.symbols("p q v eps", positive=True)

GROUP_SIZE_LIMIT = 128


@dataclass(frozen=True)
class Contrast:
    """A normalisation of the advantage.

    Attributes:
        name: ``mean-var`` (the paper's, ``(r - mean)/sqrt(var + eps)``), ``mean-std`` (``(r - mean)/(std +
            eps)``), ``mean`` (no normalisation) or ``group`` (``mean-std`` on a finite group).
        group_size: G >= 2, for ``group`` only (0 otherwise).
        ddof: 0 or 1, the standard deviation's divisor is ``G - ddof``; for ``group`` only.

    Raises:
        InputError: an unknown name, a group without its size, or a size or ddof outside the domain.
    """

    name: str
    group_size: int = 0
    ddof: int = 0

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise InputError(f"unknown contrast {self.name!r}: choose one of {', '.join(NAMES)}")
        if self.name == "group":
            if not 2 <= self.group_size <= GROUP_SIZE_LIMIT:
                raise InputError(
                    f"contrast group needs a group size from 2 to {GROUP_SIZE_LIMIT}, not {self.group_size}"
                )
            if self.ddof not in (0, 1):
                raise InputError(f"ddof is 0 or 1, not {self.ddof}")
        elif self.group_size or self.ddof:
            raise InputError(f"group size and ddof belong to contrast group, not to {self.name}")

    @property
    def label(self) -> str:
        """A short name for tables: ``group(8, ddof 1)``."""
        return f"group({self.group_size}, ddof {self.ddof})" if self.name == "group" else self.name


NAMES = ("mean-var", "mean-std", "mean", "group")
MEAN_VAR = Contrast("mean-var")
MEAN_STD = Contrast("mean-std")
MEAN = Contrast("mean")


@cache
def omega_expression(contrast: Contrast) -> sp.Expr:
    """``Omega`` as an expression in ``p``, ``q``, ``v = p q`` and ``eps``.

    Source: Mroueh, eqs (3) and (4) (``mean-std``, ``mean-var``), section 2 of the version 4 abstract
    (``mean``); the finite group is :func:`group_coefficients` in Bernstein form.
    """
    if contrast.name == "mean-var":
        return 1 / sp.sqrt(v + eps)
    if contrast.name == "mean-std":
        return 1 / (sp.sqrt(v) + eps)
    if contrast.name == "mean":
        return sp.Integer(1)
    n = contrast.group_size - 1
    return bernstein(n, group_coefficients(contrast))


def bernstein(degree: int, coefficients: tuple[sp.Expr, ...]) -> sp.Expr:
    """The polynomial with these Bernstein coefficients, written in ``p`` and ``q`` so that no digit
    cancels."""
    return sp.Add(
        *(sp.binomial(degree, k) * p**k * q ** (degree - k) * c for k, c in enumerate(coefficients))
    )


@cache
def group_coefficients(contrast: Contrast) -> tuple[sp.Expr, ...]:
    """``c_k``, k = 0..G-1: advantage of a success minus advantage of a failure when k of the *other* rewards
    are 1.

    A success sits in a group with k + 1 ones, a failure in one with k. A group without variance has
    advantage 0, so ``c_0`` and ``c_{G-1}`` lose one of their two terms. By symmetry ``c_k = c_{G-1-k}``.
    """
    size = contrast.group_size

    def advantage(reward: int, ones: int) -> sp.Expr:
        if ones in (0, size):
            return sp.Integer(0)
        variance = sp.Rational(ones * (size - ones), size * (size - contrast.ddof))
        return (reward - sp.Rational(ones, size)) / (sp.sqrt(variance) + eps)

    return tuple(advantage(1, k + 1) - advantage(0, k) for k in range(size))

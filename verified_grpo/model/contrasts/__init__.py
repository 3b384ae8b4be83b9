"""Contrasts: how much more advantage a success gets than a failure; one file each, one row each in the table.

The *contrast* ``Omega(p)`` is the advantage of a success minus the advantage of a failure when the policy
that was sampled succeeds with probability ``p``. It is all that the dynamics of GRPO with 0/1 rewards see of
the advantage.

Every contrast is written here once, as a SymPy expression in the positive symbols ``p``, ``q = 1 - p``, ``v
= p q`` and ``eps``. Keeping ``q`` and ``v`` beside ``p`` lets all programs work in log-odds, where none of
the three is lost to rounding. Beside it stand the facts that searches may use, each with its argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lazily import attributes
from .contrast import MEAN, MEAN_STD, MEAN_VAR, Contrast, omega_expression
from .definition import Definition
from .facts import PEAKED, Fact
from .group import GROUP_SIZE_LIMIT, bernstein, group_coefficients
from .table import DEFINITIONS

if TYPE_CHECKING:
    from .symbols import eps, p, q, v

_HOMES = {
    "symbols": (
        "eps",
        "p",
        "q",
        "v",
    ),
}
__getattr__ = attributes(__name__, _HOMES)

__all__ = [
    "DEFINITIONS",
    "GROUP_SIZE_LIMIT",
    "MEAN",
    "MEAN_STD",
    "MEAN_VAR",
    "PEAKED",
    "Contrast",
    "Definition",
    "Fact",
    "bernstein",
    "eps",
    "group_coefficients",
    "omega_expression",
    "p",
    "q",
    "v",
]

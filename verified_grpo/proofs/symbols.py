"""The letters that the statements share.

Identities are between rational functions, so what is not rational is named and becomes a free variable: ``x =
exp(-Omega/beta)``, ``r = sqrt(v + eps)`` (then ``eps = r^2 - p (1 - p)``), ``odds = (1 - p_ref)/p_ref``. An
identity in free variables holds in particular at their meanings.
"""

from __future__ import annotations

import sympy as sp

from verified_grpo.model.contrasts import eps, p
from verified_grpo.model.derivation import alpha, beta, h, p_ref

x, r, odds = sp.symbols("x r odds", positive=True)

variance = p * (1 - p)
omega = 1 / sp.sqrt(variance + eps)
h_free = 1 / (1 + odds * x)
bmax = 1 / (3 * sp.sqrt(3 * eps) * (1 + 4 * eps))
barrier = variance * (2 * p - 1) / (2 * (variance + eps) ** sp.Rational(3, 2))
"""B(p) of Lemma 1 for p >= 1/2 (without the absolute value: its odd extension)."""

DOMAIN = {beta: ("1/10", "10"), eps: ("1/1000", "1"), p: ("0", "1"), p_ref: ("1/100", "99/100")}
"""Where derivations are re-checked."""


def minus(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """``a - b`` as it is written: SymPy would cancel at once what the identity is to show."""
    return sp.Add(a, sp.Mul(-1, b, evaluate=False), evaluate=False)


__all__ = [
    "DOMAIN",
    "alpha",
    "barrier",
    "beta",
    "bmax",
    "eps",
    "h",
    "h_free",
    "minus",
    "odds",
    "omega",
    "p",
    "p_ref",
    "r",
    "variance",
    "x",
]

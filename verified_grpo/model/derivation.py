"""What SymPy derives: the recursion, its derivatives, fixed points, folds and closed forms, each from the
contrast alone.

Derivatives are taken along log-odds ``L = log(p/q)``, where ``dp/dL = p q``, ``dq/dL = -p q`` and ``dv/dL =
v (q - p)``: :func:`along_log_odds` is that derivation, so no expression ever contains ``1 - p``.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from .contrasts import MEAN_VAR, PEAKED, Contrast, Fact, omega_expression
from .contrasts.symbols import eps, p, q, v

L, L_ref = sp.symbols("L L_ref", real=True)
alpha, beta, p_ref, t = sp.symbols("alpha beta p_ref t", positive=True)


class sigma(sp.Function):  # type: ignore[misc]  # SymPy ships no types
    """The logistic function ``1/(1 + exp(-L))``, kept whole so that programs evaluate it without
    cancellation."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        return sigma(self.args[0]) * sigma(-self.args[0])


def along_log_odds(expression: sp.Expr) -> sp.Expr:
    """``d/dL`` of an expression in ``p``, ``q`` and ``v`` (parameters held fixed)."""
    by_variance = sp.powsimp(sp.diff(expression, v) * v) * (q - p)
    return sp.diff(expression, p) * p * q - sp.diff(expression, q) * p * q + by_variance


@cache
def omega(contrast: Contrast) -> sp.Expr:
    """``Omega`` in ``p, q, v, eps``."""
    return omega_expression(contrast)


@cache
def slope(contrast: Contrast) -> sp.Expr:
    """``b = dOmega/dL``, so that the multiplier of a fixed point is ``(1 - alpha) + b/beta``; at alpha = 1
    it is ``h'(p*)``."""
    return along_log_odds(omega(contrast))


@cache
def curvature(contrast: Contrast) -> sp.Expr:
    """``db/dL``: its sign tells whether the gap is concave or convex in log-odds."""
    return along_log_odds(slope(contrast))


def step(contrast: Contrast) -> sp.Expr:
    """``T(L) = (1 - alpha) L + alpha L_ref + Omega/beta``: one update of the log-odds (Theorem 2; version
    4's two KL terms)."""
    return (1 - alpha) * L + alpha * L_ref + omega(contrast) / beta


def multiplier(contrast: Contrast) -> sp.Expr:
    """``T'(L) = (1 - alpha) + b/beta``."""
    return (1 - alpha) + slope(contrast) / beta


def gap(contrast: Contrast) -> sp.Expr:
    """``g(L) = L - L_ref - Omega/(alpha beta)``; for alpha > 0 its zeros are the fixed points: ``L - T(L) =
    alpha g(L)``."""
    return L - L_ref - omega(contrast) / (alpha * beta)


def gap_slope(contrast: Contrast) -> sp.Expr:
    """``g'(L) = 1 - b/(alpha beta)``."""
    return 1 - slope(contrast) / (alpha * beta)


def pull() -> sp.Expr:
    """``K`` in ``t = q/p`` and ``p_ref``: how strongly k3 draws a policy back, in units of beta
    (:mod:`.k3`)."""
    return (1 - p_ref) / t - p_ref * t + 1 - 2 * p_ref


def pull_slope() -> sp.Expr:
    """``dK/dL = -t dK/dt``, positive."""
    return sp.expand(-t * sp.diff(pull(), t))


def in_log_odds(expression: sp.Expr) -> sp.Expr:
    """The same expression with ``p = sigma(L)``, ``q = sigma(-L)``, ``v = p q``."""
    return expression.subs(v, p * q).subs({p: sigma(L), q: sigma(-L)})


def in_failure_odds(expression: sp.Expr) -> sp.Expr:
    """The same expression in the odds of failure ``t = q/p = exp(-L)``: one exponential, and the difference
    ``p - q = (1 - t)/(1 + t)`` loses nothing."""
    difference = expression.subs(q - p, (t - 1) / (1 + t))
    return difference.subs(v, t / (1 + t) ** 2).subs({p: 1 / (1 + t), q: t / (1 + t)})


# --- in the probability of success, as the paper writes it
# -----------------------------------------------------------


def h(contrast: Contrast = MEAN_VAR) -> sp.Expr:
    """Theorem 2's map ``h(p) = 1/(1 + (1 - p_ref)/p_ref * exp(-Omega(p)/beta))`` (alpha = 1), in ``p``."""
    return 1 / (1 + (1 - p_ref) / p_ref * sp.exp(-in_probability(omega(contrast)) / beta))


def h_prime(contrast: Contrast = MEAN_VAR) -> sp.Expr:
    """``h'(p)`` by differentiation (Proposition 1)."""
    return sp.diff(h(contrast), p)


def in_probability(expression: sp.Expr) -> sp.Expr:
    """The same expression in ``p`` alone."""
    return expression.subs(v, p * q).subs(q, 1 - p)


def lemma1(contrast: Contrast = MEAN_VAR) -> sp.Expr:
    """``h'(p*)`` with ``h(p*) = p*`` put in: Lemma 1's expression, in ``p``."""
    value = sp.Symbol("value", positive=True)
    derivative = sp.diff(1 / (1 + sp.exp(-sp.Function("z")(p))), p)
    z_prime = sp.diff(in_probability(omega(contrast)) / beta, p)
    at_fixed_point = derivative.subs(sp.Derivative(sp.Function("z")(p), p), z_prime)
    return sp.simplify(at_fixed_point.subs(sp.exp(-sp.Function("z")(p)), 1 / value - 1).subs(value, p))


@cache
def peak_variance(contrast: Contrast) -> sp.Expr:
    """The variance ``v = p q`` at which ``|b|`` is largest (S2, S3), for a slope of one peak.

    SymPy solves ``d log(b^2) = 0`` after ``(p - q)^2 = 1 - 4 v``. The unknown is the reciprocal of the
    contrast's spread, ``v`` or ``sqrt(v)``, whose formula loses no digit when eps is small. That this
    critical point is the maximum, and the only one with v in (0, 1/4), is what the fact says; so the root
    that lies there at one eps does at all, by continuity.

    Raises:
        MissingFact: a contrast whose slope is not known to have one peak.
    """
    contrast.require(*PEAKED)
    unknown = sp.Symbol("r", positive=True)
    reciprocal = 1 / unknown if contrast.definition.spread == "v" else 1 / unknown**2
    squared = (squared_slope(contrast)).subs(v, reciprocal)
    candidates = sp.solve(sp.numer(sp.together(sp.diff(sp.log(squared), unknown))), unknown)
    variances = [reciprocal.subs(unknown, c) for c in candidates if c.subs(eps, 1) > 0]
    (solution,) = (variance for variance in variances if variance.subs(eps, 1) < sp.Rational(1, 4))
    return solution


def squared_slope(contrast: Contrast) -> sp.Expr:
    """``b^2`` as a function of the variance alone, by ``(p - q)^2 = 1 - 4 v``."""
    return sp.simplify(slope(contrast) / (p - q)) ** 2 * (1 - 4 * v)


@cache
def slope_bound(contrast: Contrast) -> sp.Expr:
    """``Bmax(eps)``, the largest ``|b|`` over all prompts: ``1/(3 sqrt(3 eps)(1 + 4 eps))`` for ``mean-var``
    (S2, S3).

    Raises:
        MissingFact: no closed form is known.
    """
    contrast.require(Fact.STEEPEST)
    if contrast.knows(Fact.CONSTANT):
        return sp.Integer(0)
    size = sp.simplify(slope(contrast) / (p - q)) * sp.sqrt(1 - 4 * v)
    peak = peak_variance(contrast)
    value = size.subs(v, peak)
    return sp.simplify(value) if peak.is_rational_function(eps) else value


def fold_curve(contrast: Contrast) -> tuple[sp.Expr, sp.Expr]:
    """The folds, explicit in the double fixed point's log-odds: ``beta = b/alpha`` and ``L_ref = L -
    Omega/b``."""
    return slope(contrast) / alpha, L - omega(contrast) / slope(contrast)

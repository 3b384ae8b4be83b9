"""The derived expressions as compiled programs, one cache for all of them.

All inputs are in log-odds; the names of the inputs are those of :mod:`.derivation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import sympy as sp

from ..intervals.steady import SteadyFloats
from . import derivation as d
from .automatic import differentiated
from .contrasts import Contrast, Fact, eps
from .program import Program, compile_expressions


@cache
def profile_program(contrast: Contrast) -> Program:
    """``(t, eps) -> (Omega, b)``: contrast and slope where the odds of failure are ``t = exp(-L)``.

    ``Omega`` is even in L and ``b`` odd: for ``t <= 1`` the program has both sides, by the sign of ``b``.
    """
    return compile_expressions(
        [d.in_failure_odds(d.omega(contrast)), d.in_failure_odds(d.slope(contrast))], (d.t, eps)
    )


@cache
def omega_program(contrast: Contrast) -> Program:
    """``(t, eps) -> Omega`` alone, of half as many operations."""
    return compile_expressions([d.in_failure_odds(d.omega(contrast))], (d.t, eps))


@cache
def approx_profile(contrast: Contrast) -> Callable[[Any, Any], tuple[Any, Any]]:
    """``(t, eps) -> (Omega, b)`` as :func:`profile_program`, in floats: for guesses."""
    expressions = [d.in_failure_odds(d.omega(contrast)), d.in_failure_odds(d.slope(contrast))]
    function: Callable[[Any, Any], tuple[Any, Any]] = sp.lambdify((d.t, eps), expressions, "math", cse=True)
    return function


@cache
def approx_profile_over_arrays(contrast: Contrast) -> Callable[[Any, Any], tuple[Any, Any]]:
    """The same over arrays, alike on every processor but where an expression has exponentials of its own."""
    if contrast.omega is not None:
        expressions = [d.in_failure_odds(d.omega(contrast)), d.in_failure_odds(d.slope(contrast))]
        function: Callable[[Any, Any], tuple[Any, Any]] = sp.lambdify(
            (d.t, eps), expressions, "numpy", cse=True
        )
        return function
    return profile_program(contrast).bind(SteadyFloats())


@cache
def plain_program(contrast: Contrast) -> Program:
    """``(L, eps) -> (Omega, b)`` at any L, whatever is known of the contrast."""
    if contrast.omega is not None:
        return differentiated(contrast.omega)
    return compile_expressions(
        [d.in_log_odds(d.omega(contrast)), d.in_log_odds(d.slope(contrast))], (d.L, eps)
    )


@cache
def slope_program(contrast: Contrast) -> Program:
    """``(L, eps) -> b``."""
    if contrast.omega is not None:
        both = differentiated(contrast.omega)
        return replace(both, outputs=both.outputs[1:])
    return compile_expressions([d.in_log_odds(d.slope(contrast))], (d.L, eps))


@cache
def curvature_program(contrast: Contrast) -> Program:
    """``(L, eps) -> db/dL``."""
    return compile_expressions([d.in_log_odds(d.curvature(contrast))], (d.L, eps))


@cache
def peak_program(contrast: Contrast) -> Program:
    """``eps -> (L at the peak of b, Bmax)`` for a slope of one peak.

    ``v = p q`` gives ``p - q = sqrt(1 - 4 v)`` and ``L = log(p/q) = 2 log((1 + sqrt(1 - 4 v))/(2 sqrt(v)))``.
    """
    variance = d.peak_variance(contrast)
    peak = 2 * sp.log((1 + sp.sqrt(1 - 4 * variance)) / (2 * sp.sqrt(variance)))
    return compile_expressions([peak, d.slope_bound(contrast)], (eps,))


@cache
def log_odds_program() -> Program:
    """``p_ref -> L_ref = log(p_ref/(1 - p_ref))``."""
    return compile_expressions([sp.log(d.p_ref) - sp.log(1 - d.p_ref)], (d.p_ref,))


@cache
def limit_program(contrast: Contrast) -> Program:
    """``eps -> Omega`` at p = 0 (and 1): the largest contrast.

    Raises:
        MissingFact: none is known.
    """
    contrast.require(Fact.BOUNDED)
    return compile_expressions([contrast.definition.supremum(contrast)], (eps,))


@cache
def coefficients_program(contrast: Contrast) -> Program:
    """``eps -> c_0, c_1, ...`` up to the middle, the Bernstein coefficients of a group's ``Omega``.

    Raises:
        MissingFact: Omega is not known to have any.
    """
    contrast.require(Fact.BERNSTEIN)
    coefficients = contrast.definition.coefficients(contrast)
    return compile_expressions(coefficients[: (len(coefficients) + 1) // 2], (eps,))

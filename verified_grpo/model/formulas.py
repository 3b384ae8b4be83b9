"""The derived expressions as compiled programs, one cache for all of them.

They are written down (:mod:`.written`); SymPy derives what is not, as of expressions that a user writes. All
inputs are in log-odds; the names of the inputs are those of :mod:`.derivation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from ..intervals.steady import Steady, SteadyFloats
from . import written
from .automatic import differentiated, from_letters
from .contrasts import Contrast, Fact
from .contrasts.reading import Tree
from .program import Program

NOT_IN_UNITS_OF_OMEGA = {"peak": (0,)}
"""The outputs, by their places, that do not grow with a contrast's scale."""


def _program(name: str, contrast: Contrast | None = None) -> Program:
    if contrast is not None and contrast.scale != 1:
        return _program(name, contrast.unscaled).times(contrast.scale, NOT_IN_UNITS_OF_OMEGA.get(name, ()))
    found = written.program(name, contrast)
    if found is None:
        from .deriving import derive

        return derive(name, contrast)
    return found


@cache
def profile_program(contrast: Contrast) -> Program:
    """``(t, eps) -> (Omega, b)``: contrast and slope where the odds of failure are ``t = exp(-L)``.

    ``Omega`` is even in L and ``b`` odd: for ``t <= 1`` the program has both sides, by the sign of ``b``.
    """
    return _program("profile", contrast)


@cache
def omega_program(contrast: Contrast) -> Program:
    """``(t, eps) -> Omega`` alone, of half as many operations."""
    return _program("omega", contrast)


@cache
def approx_profile(contrast: Contrast) -> Callable[[Any, Any], tuple[Any, Any]]:
    """``(t, eps) -> (Omega, b)`` as :func:`profile_program`, in floats: for guesses."""
    if contrast.scale != 1:
        return _multiplied(approx_profile(contrast.unscaled), float(contrast.scale))
    if contrast.tree is not None:
        return _at_odds(contrast.tree, SteadyFloats())
    found = written.guess(contrast)
    if found is None:
        from .deriving import derive_guess

        return derive_guess(contrast)
    return found


@cache
def approx_omega(contrast: Contrast) -> Callable[[Any, Any], Any]:
    """``(t, eps) -> Omega``, bit for bit that of :func:`approx_profile`: for orbits, which need no slope."""
    found = written.omega_guess(contrast) if contrast.scale == 1 else None
    if found is not None:
        return found
    profile = approx_profile(contrast)
    return lambda t, eps: profile(t, eps)[0]


@cache
def approx_profile_over_arrays(contrast: Contrast) -> Callable[[Any, Any], tuple[Any, Any]]:
    """The same over arrays, alike on every processor but where an expression has exponentials of its own."""
    if contrast.scale != 1:
        return _multiplied(approx_profile_over_arrays(contrast.unscaled), float(contrast.scale))
    from ..intervals.steady_arrays import SteadyArrays

    if contrast.tree is not None:
        return _at_odds(contrast.tree, SteadyArrays())
    return profile_program(contrast).bind(SteadyArrays())


def _at_odds(tree: Tree, arithmetic: Steady[Any]) -> Callable[[Any, Any], tuple[Any, ...]]:
    """A written contrast and its slope by the odds of failure."""
    bound = from_letters(tree).bind(arithmetic)

    def guess(t: Any, eps: Any) -> tuple[Any, ...]:
        p = 1 / (1 + t)
        return bound(p, t * p, t * p * p, eps)

    return guess


def _multiplied(
    profile: Callable[[Any, Any], tuple[Any, Any]], scale: float
) -> Callable[[Any, Any], tuple[Any, Any]]:
    def scaled(t: Any, eps: Any) -> tuple[Any, Any]:
        omega, slope = profile(t, eps)
        return scale * omega, scale * slope

    return scaled


@cache
def plain_program(contrast: Contrast) -> Program:
    """``(L, eps) -> (Omega, b)`` at any L, whatever is known of the contrast."""
    if contrast.tree is not None:
        return differentiated(contrast.tree).times(contrast.scale)
    return _program("plain", contrast)


@cache
def turns_program(contrast: Contrast) -> Program:
    """``(p, q, v, eps) -> (Omega, b, db/dL)`` of a written contrast, part by part."""
    assert contrast.tree is not None
    return from_letters(contrast.tree, turns=True).times(contrast.scale)


@cache
def slope_program(contrast: Contrast) -> Program:
    """``(L, eps) -> b``."""
    if contrast.tree is not None:
        both = plain_program(contrast)
        return replace(both, outputs=both.outputs[1:]).pruned()
    return _program("slope", contrast)


@cache
def curvature_program(contrast: Contrast) -> Program:
    """``(L, eps) -> db/dL``."""
    return _program("curvature", contrast)


@cache
def peak_program(contrast: Contrast) -> Program:
    """``eps -> (L at the peak of b, Bmax)`` for a slope of one peak."""
    return _program("peak", contrast)


@cache
def log_odds_program() -> Program:
    """``p_ref -> L_ref = log(p_ref/(1 - p_ref))``."""
    return _program("log-odds")


@cache
def step_program() -> Program:
    """``(L, W, L_ref, alpha, beta) -> T`` where ``W`` is Omega."""
    return _program("step")


@cache
def pull_program() -> Program:
    """``(t, p_ref) -> (K, dK/dL)``, the pull of k3 (:mod:`.k3`)."""
    return _program("pull")


@cache
def limit_program(contrast: Contrast) -> Program:
    """``eps -> Omega`` at p = 0 (and 1): the largest contrast.

    Raises:
        MissingFact: none is known.
    """
    contrast.require(Fact.BOUNDED)
    return _program("limit", contrast)


@cache
def coefficients_program(contrast: Contrast) -> Program:
    """``eps -> c_0, c_1, ...`` up to the middle, the Bernstein coefficients of a group's ``Omega``.

    Raises:
        MissingFact: Omega is not known to have any.
    """
    contrast.require(Fact.BERNSTEIN)
    return _program("coefficients", contrast)


@cache
def definition_program(contrast: Contrast) -> Program:
    """``(p, q, v, eps) -> Omega``, as the contrast's file has it: for formulas that are shown."""
    return _program("definition", contrast)

"""Guesses in floats, as SymPy writes them; :mod:`verified_grpo.model.deriving` does it anew."""

from __future__ import annotations

from math import sqrt


def approx_profile(t: float, eps: float) -> tuple[float, float]:
    x0 = sqrt(t)
    x1 = t + 1
    x2 = eps + x0/x1
    return (1/x2, -1/2*x0*(t - 1)/(x1**2*x2**2))


def approx_omega(t: float, eps: float) -> float:
    x0 = sqrt(t)
    x1 = t + 1
    x2 = eps + x0/x1
    return 1/x2

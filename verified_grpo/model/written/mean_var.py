"""Guesses in floats, as SymPy writes them; :mod:`verified_grpo.model.deriving` does it anew."""

from __future__ import annotations

from math import sqrt


def approx_profile(t: float, eps: float) -> tuple[float, float]:
    x0 = t + 1
    x1 = eps + t/x0**2
    return (1/sqrt(x1), -1/2*t*(t - 1)/(x0**3*x1**(3/2)))


def approx_omega(t: float, eps: float) -> float:
    x0 = t + 1
    x1 = eps + t/x0**2
    return 1/sqrt(x1)

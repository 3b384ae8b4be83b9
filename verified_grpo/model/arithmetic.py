"""Plain floating point behind the programs: for guesses only, never for a claim.

A program bound to one of these two gives an *approximate* value: of one point (Python floats, fast for a few
points) or of an array of points (NumPy). Overflow and division by zero give infinities or NaN; whoever
guesses checks what comes out.
"""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from typing import Any

import numpy as np


class ApproxScalar:
    """Operations on Python floats."""

    add = staticmethod(operator.add)
    sub = staticmethod(operator.sub)
    mul = staticmethod(operator.mul)
    neg = staticmethod(operator.neg)
    sqrt = staticmethod(math.sqrt)

    @staticmethod
    def exact(x: int | Fraction) -> float:
        try:
            return float(x)
        except OverflowError:
            return math.inf if x > 0 else -math.inf

    @staticmethod
    def div(a: float, b: float) -> float:
        return a / b if b else math.nan

    @staticmethod
    def power(a: float, n: int) -> float:
        try:
            return float(a**n)
        except (OverflowError, ZeroDivisionError):
            return math.inf

    @staticmethod
    def exp(a: float) -> float:
        return math.exp(a) if a < 709 else math.inf

    @staticmethod
    def log(a: float) -> float:
        return math.log(a) if a > 0 else -math.inf

    @staticmethod
    def sigmoid(a: float) -> float:
        return 1 / (1 + math.exp(-a)) if a > -709 else 0.0


class ApproxArray:
    """Operations on NumPy arrays of floats (broadcasting)."""

    add = staticmethod(np.add)
    sub = staticmethod(np.subtract)
    mul = staticmethod(np.multiply)
    neg = staticmethod(np.negative)
    div = staticmethod(np.divide)
    sqrt = staticmethod(np.sqrt)
    exp = staticmethod(np.exp)
    log = staticmethod(np.log)

    @staticmethod
    def exact(x: int | Fraction) -> Any:
        return ApproxScalar.exact(x)

    @staticmethod
    def power(a: Any, n: int) -> Any:
        return np.asarray(a) ** float(n)

    @staticmethod
    def sigmoid(a: Any) -> Any:
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-np.asarray(a)))

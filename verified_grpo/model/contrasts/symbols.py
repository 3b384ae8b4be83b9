"""The letters in which contrasts are written."""

from __future__ import annotations

import sympy as sp

p, q, v, eps = sp.symbols("p q v eps", positive=True)

"""The names of engines, for whoever only reads them."""

from __future__ import annotations

ENGINES = ("mpmath", "arb")
"""The engines of single numbers, at any precision; ``array`` is beside them, at 53 bits only."""

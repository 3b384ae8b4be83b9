"""The tokens of a cell: what an atlas writes of its verdict and of its proof."""

from __future__ import annotations

Verdicts = list[tuple[str, str]]
"""For each cell the token of its verdict and the token of its proof."""
UNDECIDED = ("u", "")

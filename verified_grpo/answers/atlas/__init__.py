"""The atlas: what the sequence from p_ref does, over a rectangle of (beta, p_ref), cell by cell, each cell
proved; and, as a second map, where any small steps lead."""

from __future__ import annotations

from .drawing_up import State, draw_up
from .question import MAXIMISER, SMALL_STEPS, VIEWS, AtlasQuestion, ask, require_view
from .small_steps import draw_up_small_steps

__all__ = [
    "MAXIMISER",
    "SMALL_STEPS",
    "VIEWS",
    "AtlasQuestion",
    "State",
    "ask",
    "draw_up",
    "draw_up_small_steps",
    "require_view",
]

"""The atlas: what the sequence from p_ref does, over a rectangle of (beta, p_ref), cell by cell, each cell
proved."""

from __future__ import annotations

from .drawing_up import State, draw_up
from .question import Question, ask

__all__ = ["Question", "State", "ask", "draw_up"]

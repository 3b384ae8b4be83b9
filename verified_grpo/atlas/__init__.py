"""The atlas: what the sequence from p_ref does, over a rectangle of (beta, p_ref), cell by cell, each cell
proved."""

from __future__ import annotations

from .cells import Cell, cells, undecided_fraction
from .drawing_up import State, draw_up
from .question import Question, ask

__all__ = ["Cell", "Question", "State", "ask", "cells", "draw_up", "undecided_fraction"]

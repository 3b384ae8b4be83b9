"""The atlas: what the sequence from p_ref does, over a rectangle of (beta, p_ref), cell by cell, each cell
proved."""

from __future__ import annotations

from .cells import Cell, cells, undecided_fraction

__all__ = ["Cell", "cells", "undecided_fraction"]

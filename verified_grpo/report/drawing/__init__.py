"""Figures, drawn by matplotlib as SVG with the same bytes for the same certificate."""

from __future__ import annotations

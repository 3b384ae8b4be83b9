"""What every audit of training rests on, for a terminal: two lines."""

from __future__ import annotations

ASSUMED = (
    "Assumed: each prompt learns by itself, by small exact steps without noise.",
    "A ceiling, not a forecast: clipping, shared weights, Adam are not in it.",
)

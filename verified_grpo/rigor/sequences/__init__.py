"""What sequences do: orbits, traps, monotone runs, closed forms, and the limits that these prove."""

from __future__ import annotations

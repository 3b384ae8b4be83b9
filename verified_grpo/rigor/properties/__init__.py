"""Properties over boxes of parameters: proved, refuted by a counterexample, or where in the box they hold."""

from __future__ import annotations

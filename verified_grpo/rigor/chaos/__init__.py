"""All cycles of a period, witnesses of chaos, and bounds of the entropy."""

from __future__ import annotations

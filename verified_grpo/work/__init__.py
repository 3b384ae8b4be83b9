"""Files written whole, journals of finished work, fingerprints, work side by side; knows no mathematics."""

from __future__ import annotations

"""Reports from certificates alone."""

from __future__ import annotations

"""All fixed points, each in a bracket, and the curves in the plane of (beta, p_ref) at which they change."""

from __future__ import annotations

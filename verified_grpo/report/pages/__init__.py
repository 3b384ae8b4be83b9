"""One page for each kind of certificate."""

from __future__ import annotations

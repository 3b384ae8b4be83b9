"""Beside a trainer while it trains: what is certified of the prompts it samples. A module a trainer."""

from __future__ import annotations

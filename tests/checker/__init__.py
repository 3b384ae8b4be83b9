"""Tests of the independent checker, with a builder of certificates and an oracle of truth of their own."""

from __future__ import annotations

"""Kinds of certificates: of each its fixtures, its oracle and its sentences, in one module."""

from __future__ import annotations

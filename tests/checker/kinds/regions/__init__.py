"""Kinds "amplification", "contraction" and "uniqueness": what holds at all fixed points of a region."""

from __future__ import annotations

from .corpus import accepted as accepted
from .corpus import rejected as rejected
from .oracle import contradicted as contradicted
from .sentences import sentences as sentences

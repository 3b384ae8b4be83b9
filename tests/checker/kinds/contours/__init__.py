"""Kind "contours": how high small steps lead on the plane of (beta, p_ref)."""

from __future__ import annotations

from .corpus import accepted as accepted
from .corpus import rejected as rejected
from .oracle import contradicted as contradicted
from .sentences import sentences as sentences

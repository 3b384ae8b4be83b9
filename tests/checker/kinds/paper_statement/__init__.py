"""Kind "paper-statement": the paper's statements, carried by parts and steps."""

from __future__ import annotations

from .corpus import accepted as accepted
from .corpus import rejected as rejected
from .oracle import contradicted as contradicted
from .sentences import sentences as sentences

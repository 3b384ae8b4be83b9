"""The folder of the user's cache: what was built or fetched once, and can be built or fetched again."""

from __future__ import annotations

import os
from pathlib import Path


def user_cache() -> Path:
    """`verified-grpo` in `$XDG_CACHE_HOME`, or in `~/.cache`; it need not be there yet."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path.home() / ".cache") / "verified-grpo"

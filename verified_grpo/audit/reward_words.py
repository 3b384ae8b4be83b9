"""Words that logs write for a success and for a failure, in small letters; c and i are Inspect's."""

from __future__ import annotations

SUCCESS = frozenset({"true", "pass", "passed", "correct", "c", "yes", "success", "right", "solved"})
FAILURE = frozenset({"false", "fail", "failed", "incorrect", "i", "no", "failure", "wrong", "unsolved"})
MISSING = frozenset({"", "n/a", "na", "null", "none"})
WORDS = {**dict.fromkeys(SUCCESS, 1), **dict.fromkeys(FAILURE, 0), **dict.fromkeys(MISSING, None)}
"""What a word is worth; None: nothing was measured."""

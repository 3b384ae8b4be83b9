"""Words that logs write for a success and for a failure, in small letters; c and i are Inspect's."""

from __future__ import annotations

SUCCESS = frozenset({"true", "pass", "passed", "correct", "c", "yes", "success", "right", "solved"})
FAILURE = frozenset({"false", "fail", "failed", "incorrect", "i", "no", "failure", "wrong", "unsolved"})

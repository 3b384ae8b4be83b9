"""What a page that checks asks Python for. Its text runs there, beside the checker and nothing else of the
package: it imports no other room."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout

from verified_grpo.checker.command import run
from verified_grpo.checker.reading import digest

OUTCOMES = {0: "accepted", 1: "rejected", 2: "declined"}


def check(name: str) -> str:
    """The checker's command on a file: its outcome by the exit code, and what it printed, as JSON."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = run([name])
    return json.dumps({"outcome": OUTCOMES.get(code, "fault"), "printed": printed.getvalue()})


def sealed(text: str) -> str:
    """A certificate's text with the digest of what it says now; any other text as it is."""
    try:
        document = json.loads(text)
        return text.replace(document["digest"], digest(document), 1)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return text

"""`python -m verified_grpo.checker FILE ...`, and the command `verified-grpo-checker`."""

from __future__ import annotations

import os
import sys

from verified_grpo.checker.command import UNREADABLE, run


def main() -> None:
    """End with the exit code."""
    code = run(sys.argv[1:])
    if code == UNREADABLE:
        os._exit(code)  # what standard output would not take must not be tried again
    sys.exit(code)


if __name__ == "__main__":
    main()

"""`python -m verified_grpo.checker FILE ...`."""

from __future__ import annotations

import os
import sys

from verified_grpo.checker.command import UNREADABLE, run

code = run(sys.argv[1:])
if code == UNREADABLE:
    os._exit(code)  # what standard output would not take must not be tried again
sys.exit(code)

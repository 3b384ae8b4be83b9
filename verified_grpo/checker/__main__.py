"""`python -m verified_grpo.checker FILE ...`."""

from __future__ import annotations

import sys

from verified_grpo.checker.command import main

sys.exit(main(sys.argv[1:]))

"""``python -m verified_grpo.laboratory``: fetch Python for pages into the user's cache."""

from __future__ import annotations

import sys

from ..errors import InputError
from ..work.cache import user_cache
from .runtime import FLINT, MPMATH, PYODIDE, SYMPY, fetched


def main() -> int:
    """0 if all is there, else the exit code of the error."""
    try:
        for archive in (PYODIDE, FLINT, MPMATH, SYMPY):
            fetched(archive)
            sys.stdout.write(f"{user_cache() / 'pages' / archive.file}\n")
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

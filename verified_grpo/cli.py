"""The command line: it reads words, calls one room, prints the answer, and ends with the exit code of the
contract.

Exit codes: 0 proved or accepted, 1 refuted or rejected, 2 undecided or declined, 64 wrong usage. With
``--json`` standard output holds one JSON object and nothing else; progress and messages go to standard error.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import typer

from .commands import (
    atlas,
    audit,
    certify,
    chaos,
    check,
    curves,
    export,
    fixed_points,
    limit,
    question,
    report,
)
from .commands.options import INTERRUPTED, PROVED, USAGE, app, failure
from .errors import VerifiedGrpoError

COMMANDS = (fixed_points, limit, chaos, curves, atlas, audit, certify, question, check, export, report)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the contract's exit code; errors are one line, never a
    traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a path may be bytes that are no text: they come out again
        sys.stdout.reconfigure(errors="surrogateescape")
    try:
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except typer.TyperException as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        if message:  # empty where the help was the answer
            failure(message)
        code = USAGE
    except VerifiedGrpoError as error:
        failure(str(error))
        code = error.exit_code
    sys.exit(code or PROVED)


if __name__ == "__main__":
    main()
